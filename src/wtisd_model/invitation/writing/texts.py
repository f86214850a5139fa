"""What a message says of an event or a session: as a VEVENT, and in words for the mail around it."""

from wtisd_model.ical.vevent import Entry, Shared, event_entry, session_entry
from wtisd_model.invitation.message import Texts
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session


def entry_of(
    event: Event, session: Session | None, common: Shared, *, status: EventStatus | None, transparent: bool = False
) -> Entry:
    """Return the VEVENT of a session or, without one, that of the event."""
    if session is None:
        return event_entry(event, common, status=status, transparent=transparent)
    return session_entry(event, session, common, status=status, transparent=transparent)


def texts_of(event: Event, session: Session | None, common: Shared, entry: Entry, status: EventStatus) -> Texts:
    """Say the same in words; *status* is what holds, whether or not the lines say it."""
    organizer = event.organizer
    return Texts(
        title=entry.title,
        within=None if session is None else event.title.in_language(common.language),
        slot=entry.slot,
        status=status,
        where=entry.venue.where,
        links=entry.venue.links,
        remote_first=entry.venue.remote_first,
        about=entry.about,
        organizer=None if organizer is None else organizer.name.in_language(common.language),
        organizer_email=None if organizer is None else organizer.email,
        url=event.url,
    )
