"""The seats at an event and in its sessions: how many are offered, taken, waited for and free."""

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.submissions import belongs_to
from wtisd_model.objects import ReprMixin
from wtisd_model.rules.seats import capacities, seats_held
from wtisd_model.types.attendance import ParticipationMode, SeatId


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
    """Registrations that wait for a seat here: at the event, or in the session alone or with one at the event."""
    free: int | None
    """The number of free seats; None if it is unlimited."""


def seats(dossier: Dossier) -> tuple[SeatRow, ...]:
    """Return how many seats are offered, taken, waited for and free, at the event as a whole and in each session.

    There is a row for each mode of attendance that is offered, or in which somebody has or awaits a seat; first those
    of the event, then those of the sessions that are scheduled or postponed, in their order. A registration counts in
    the row of the event, and in those of the sessions that it chose, as taken or waiting: it holds the seats of
    `seats_held`, and waits where it has an open wait or, while waitlisted, at the event and in all its sessions. One
    that names another event does not count. The event does not limit a mode that only some of its sessions offer.

    Raises:
        TypeError: *dossier* is not a Dossier.
    """
    return tuple(_rows(require_dossier(dossier)))


def _rows(dossier: Dossier) -> Iterator[SeatRow]:
    event, limits = dossier.event, capacities(dossier.event)
    sessions = [session for session in event.sessions if session.status.is_held]
    offers = [(None, event.attendance_mode), *((session.id, event.mode_of(session)) for session in sessions)]
    anywhere = {mode for _, attendance in offers if attendance is not None for mode in attendance.modes}
    taken, waiting = ({mode: Counter[SeatId]() for mode in ParticipationMode} for _ in range(2))
    for registration in dossier.registrations:
        held, awaited = seats_held(event, registration), registration.waits
        for id_ in held:
            taken[registration.mode][id_] += 1
        if (not held or awaited) and registration.purged_at is None and belongs_to(registration, event):
            if registration.state is RegistrationState.WAITLISTED:
                waiting[registration.mode].update((None, *registration.session_ids))
            waiting[registration.mode].update(wait.session_id for wait in awaited if wait.until is None)
    for id_, attendance in offers:
        modes = () if attendance is None else attendance.modes
        for mode in ParticipationMode:
            here, there = taken[mode][id_], waiting[mode][id_]
            if mode in modes or here or there:
                # The event does not limit a mode that only some of its sessions offer.
                elsewhere = id_ is None and mode in anywhere
                limit = limits[mode].get(id_, 0 if modes and mode not in modes and not elsewhere else None)
                yield SeatRow(
                    session_id=id_,
                    mode=mode,
                    offered=limit,
                    taken=here,
                    waiting=there,
                    free=None if limit is None else max(0, limit - here),
                )
