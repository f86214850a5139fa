"""Why a person is written to: what happened to a registration between two versions of a dossier."""

from collections.abc import Sequence
from typing import Final

from wtisd_model.invitation.message import Reason
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.programme.chosen import awaited_ids
from wtisd_model.types.language import LocalizedText

_IMPORTANCE: Final = {
    reason: place
    for place, reason in enumerate(
        (
            Reason.CANCELLED,
            Reason.ERASED,
            Reason.REJECTED,
            Reason.WITHDRAWN,
            Reason.ADDRESS_CHANGED,
            Reason.PROMOTED,
            Reason.INVITED,
            Reason.MOVED,
            Reason.CLOCKS_CHANGED,
            Reason.WAITLISTED,
            Reason.PENDING,
            Reason.RECEIVED,
            Reason.DROPPED,
            Reason.PROGRAMME_CHANGED,
            Reason.SEAT_FOUND,
            Reason.SESSION_WAITLISTED,
            Reason.CHANGED,
            Reason.EDITED,
            Reason.REPEATED,
            Reason.REMINDED,
            Reason.SESSION_REMINDED,
        )
    )
}
_ENDED: Final = {
    RegistrationState.REJECTED: Reason.REJECTED,
    RegistrationState.WITHDRAWN: Reason.WITHDRAWN,
    RegistrationState.WAITLISTED: Reason.WAITLISTED,
}
_IN_SESSIONS: Final = frozenset({RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.ATTENDED})
"""The states in which somebody has seats in sessions, or waits for them."""


def by_importance(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the reasons of a letter, each once, the most important first."""
    if len(reasons) == 1:
        return tuple(reasons)
    return tuple(sorted(set(reasons), key=_IMPORTANCE.__getitem__))


def reasons_of_change(
    then: Registration | None, now: Registration, *, was_invited: bool, is_invited: bool
) -> list[Reason]:
    """Return what the person of a registration has to hear of its change; nothing if they see none.

    Args:
        then: as the person knows it; None if they have heard nothing of it yet.
        now: as it is, with its personal data.
        was_invited: whether the person was invited then.
        is_invited: whether the person is invited now.
    """
    if then is now:
        return []
    reasons: list[Reason] = []
    if is_invited:
        if not was_invited:
            waited = then is not None and then.state is RegistrationState.WAITLISTED
            reasons.append(Reason.PROMOTED if waited else Reason.INVITED)
    elif now.state is RegistrationState.PENDING:
        if then is None:
            reasons.append(Reason.RECEIVED)
        elif was_invited or then.state is not RegistrationState.PENDING:
            reasons.append(Reason.PENDING)
    elif then is None or then.state is not now.state:
        reasons.append(_ENDED[now.state])
    # A no-show who did come waits again for what they waited for before.
    if now.state in _IN_SESSIONS and (then is None or then.state is not RegistrationState.NO_SHOW):
        awaited = awaited_ids(now)
        awaited_then = frozenset[str]() if then is None else awaited_ids(then)
        if awaited_then & now.session_ids - awaited:
            reasons.append(Reason.SEAT_FOUND)
        if awaited - awaited_then:
            reasons.append(Reason.SESSION_WAITLISTED)
    if then is not None and then.state.is_active and now.state.is_active and _shown(then) != _shown(now):
        reasons.append(Reason.CHANGED)
    return reasons


def decision_on(then: Registration | None, now: Registration) -> LocalizedText | None:
    """Return the reason that the office gave for the last change of state since *then*, for the person."""
    if len(now.history) <= (0 if then is None else len(then.history)):
        return None
    return now.history[-1].reason


def _shown(registration: Registration) -> object:
    """Return what a letter shows of a registration, but its state and its waits."""
    person = registration.participant
    return registration.mode, registration.session_ids, person and (person.name, person.email)
