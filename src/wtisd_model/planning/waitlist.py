"""The waitlist: who is given the seats that have become free."""

from datetime import datetime

from attrs import evolve

from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.rules.seats import next_in_line
from wtisd_model.types.timeslot import moment_in_utc


def promote(dossier: Dossier, *, now: datetime) -> Dossier:
    """Approve those who wait, as many as seats are free, strictly first come first served.

    On-site and remote seats are apart. The order is that of ``waitlisted_at``, then of ``id``. Nobody is passed
    over, and nobody who does not wait is touched. Nothing changes where the call for registrations is missing, or
    has no waitlist or no capacity, and once the event is cancelled or over. Purged registrations get no seat.

    Args:
        dossier: the event and its registrations.
        now: the present moment, aware; it becomes the moment of the approvals.

    Raises:
        InvalidValueError: ``moment-naive``; ``too-many-items`` where a history has no room for one more step.
    """
    moment = moment_in_utc(now, "/now")
    promoted = set(next_in_line(as_dossier(dossier).event, dossier.registrations, moment))
    if not promoted:
        return dossier
    registrations = tuple(
        each.approve(at=moment) if index in promoted else each for index, each in enumerate(dossier.registrations)
    )
    return evolve(dossier, registrations=registrations)
