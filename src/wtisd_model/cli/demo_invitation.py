"""An invitation to the reference event, its update, its cancellation, and the mail of the first, for `demo`."""

from datetime import datetime, timedelta

from attrs import evolve

from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import local_time


def invitation_files(event: Event, at: datetime) -> dict[str, bytes]:
    """Make the files, by their names.

    Args:
        event: the reference event.
        at: when the person is invited. The other room and time come three weeks later, and are made up.
    """
    # Every other command would take longer to start.
    from wtisd_model.invitation.cancellation import cancel
    from wtisd_model.invitation.message import Reason
    from wtisd_model.invitation.request import invite
    from wtisd_model.mail import mail

    person = Registration(
        id="r-1",
        event_uid=event.uid,
        participant=Contact(name="Participant 1", email="participant1@example.org", language="fr"),
        mode=ParticipationMode.ON_SITE,
        submitted_at=at,
    ).approve(at=at)
    # Whoever presses Accept in a demo is to reach nobody real.
    desk = None if event.organizer is None else evolve(event.organizer, email="desk1@example.org")
    event = evolve(event, organizer=desk)
    later = at + timedelta(weeks=3)
    end = later + timedelta(days=1)
    moved = _moved(event, later)
    invitation = invite(event, person, stamped=at)
    return {
        "invitation.ics": invitation.ics,
        "invitation-moved.ics": invite(moved, person, stamped=later, reason=Reason.MOVED).ics,
        "invitation-cancel.ics": cancel(moved.cancel(at=end), person, stamped=end).ics,
        "invitation.eml": bytes(mail(invitation, sender="Desk 1 <desk1@example.org>")),
    }


def _moved(event: Event, at: datetime) -> Event:
    """Give it another room, and let it start and end an hour later."""
    slot = TimeSlot(
        start=local_time("2023-05-17T15:30:00", "Europe/Zurich"), end=local_time("2023-05-17T17:30:00", "Europe/Zurich")
    )
    place, *others = event.locations
    return event.revised(at=at, slot=slot, locations=(evolve(place, room="Room 2"), *others))
