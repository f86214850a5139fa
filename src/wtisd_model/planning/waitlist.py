"""Seats for those who wait: `promote` approves as many registrations as there are free seats."""

from datetime import datetime

from attrs import evolve

from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.rules.seats import next_in_line
from wtisd_model.types.moment import moment_in_utc


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
        registration.approve(at=moment) if position in promoted else registration
        for position, registration in enumerate(dossier.registrations)
    )
    return evolve(dossier, registrations=registrations)
