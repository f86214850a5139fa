"""The seats at an event and in its sessions: how many are offered, taken, waited for and free, and who gets them."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from attrs import evolve, frozen

from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.submissions import belongs_to
from wtisd_model.objects import ReprMixin
from wtisd_model.rules.seats import capacities, holds_seat, next_in_line, seats_needed
from wtisd_model.types.attendance import ParticipationMode, SeatId
from wtisd_model.types.moment import moment_in_utc


@frozen(kw_only=True, repr=False)
class SeatRow(ReprMixin):
    """The seats in one mode of attendance, at the event as a whole or in one session."""

    session_id: str | None
    """The session; None for the event as a whole."""
    mode: ParticipationMode
    """On site or remote."""
    offered: int | None
    """The number of seats; None if it is unlimited."""
    taken: int
    """The number of registrations that hold a seat here."""
    waiting: int
    """Registrations on the waitlist that need a seat here, and perhaps others elsewhere."""
    free: int | None
    """The number of free seats; None if it is unlimited."""


def seat_rows(dossier: Dossier) -> Iterator[SeatRow]:
    """Yield the rows of the event, then those of each session that is neither a draft nor cancelled."""
    event, limits = dossier.event, capacities(dossier.event)
    call = event.call(CallKind.REGISTRATION)
    sessions = [session for session in event.sessions if session.status.is_held]
    offers = [(None, event.attendance_mode), *((session.id, event.mode_of(session)) for session in sessions)]
    anywhere = {mode for _, attendance in offers if attendance is not None for mode in attendance.modes}
    ids = {id_ for id_, _ in offers}
    taken, waiting = Counter[tuple[SeatId, ParticipationMode]](), Counter[tuple[SeatId, ParticipationMode]]()
    for registration in dossier.registrations:
        if not belongs_to(registration, event):
            continue
        if holds_seat(call, registration.state):
            taken.update((id_, registration.mode) for id_ in seats_needed(registration, ids))
        elif registration.state is RegistrationState.WAITLISTED and registration.purged_at is None:
            waiting.update((id_, registration.mode) for id_ in seats_needed(registration, ids))
    for id_, attendance in offers:
        modes = () if attendance is None else attendance.modes
        for mode in ParticipationMode:
            here = id_, mode
            if mode in modes or taken[here] or waiting[here]:
                # The event does not limit a mode that only some of its sessions offer.
                elsewhere = id_ is None and mode in anywhere
                limit = limits[mode].get(id_, 0 if modes and mode not in modes and not elsewhere else None)
                yield SeatRow(
                    session_id=id_,
                    mode=mode,
                    offered=limit,
                    taken=taken[here],
                    waiting=waiting[here],
                    free=None if limit is None else max(0, limit - taken[here]),
                )


def promote(dossier: Dossier, *, now: datetime) -> Dossier:
    """Return the dossier with waitlisted registrations approved, as many as there are free seats.

    On-site and remote seats are separate. The order is that of ``waitlisted_at``, then of ``submitted_at``, then of
    ``id``. A registration needs a seat at the event, and one in each session that it names. It gets all that are
    limited, or keeps waiting; then it is passed over, and the next one whose seats are all free is approved. So among
    those who need the same seats nobody is approved before somebody who has waited longer, but a place at the event is
    not kept for those who wait for a full session.

    One that needs no limited seat is approved too, and those who wait get seats even if the call's waitlist was closed.
    Other registrations stay as they are. No seat is for purged ones, those that name another event, a session that the
    event does not have or only cancelled ones, those whose mode is not offered, and people who hold a seat already.
    Nothing changes without a call for registrations, nor once the event is cancelled or over.

    Args:
        dossier: the event and its registrations.
        now: the present moment, aware; it becomes the moment of the approvals.

    Raises:
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*; ``too-many-items`` if a
            history has no room for one more transition.
    """
    moment = moment_in_utc(now, "/now")
    promoted = set(next_in_line(require_dossier(dossier).event, dossier.registrations, moment))
    if not promoted:
        return dossier
    registrations = tuple(
        each.approve(at=moment) if index in promoted else each for index, each in enumerate(dossier.registrations)
    )
    return evolve(dossier, registrations=registrations)
