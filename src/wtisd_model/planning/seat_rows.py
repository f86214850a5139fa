"""The seats at an event and in its sessions: how many are offered, taken, waited for and free."""

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from wtisd_model.findings import ReprMixin
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import RegistrationState
from wtisd_model.model.submissions import belongs_to
from wtisd_model.rules.seats import capacities, seats_needed, takes_seat
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
    """Registrations on the waitlist that need a seat here, and perhaps others elsewhere."""
    free: int | None
    """The number of free seats; None if it is unlimited."""


def seat_rows(dossier: Dossier) -> Iterator[SeatRow]:
    """Yield the rows of the event, then those of each session that is neither a draft nor cancelled."""
    event, limits = dossier.event, capacities(dossier.event)
    call = event.call(CallKind.REGISTRATION)
    sessions = [each for each in event.sessions if each.status.is_held]
    offers = [(None, event.attendance_mode), *((each.id, event.mode_of(each)) for each in sessions)]
    anywhere = {mode for _, attendance in offers if attendance is not None for mode in attendance.modes}
    ids = {id_ for id_, _ in offers}
    taken, waiting = Counter[tuple[SeatId, ParticipationMode]](), Counter[tuple[SeatId, ParticipationMode]]()
    for each in dossier.registrations:
        if not belongs_to(each, event):
            continue
        if takes_seat(call, each.state):
            taken.update((id_, each.mode) for id_ in seats_needed(each, ids))
        elif each.state is RegistrationState.WAITLISTED and each.purged_at is None:
            waiting.update((id_, each.mode) for id_ in seats_needed(each, ids))
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
