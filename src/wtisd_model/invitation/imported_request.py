"""An invitation that others wrote, as a message that can be answered like our own."""

from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding
from wtisd_model.ical.importer.imported import Attendee, Imported
from wtisd_model.ical.method import Method
from wtisd_model.invitation.message import Message, MessageOptions, Reason
from wtisd_model.invitation.recipients import Person
from wtisd_model.invitation.template import Templates
from wtisd_model.model.event import Event
from wtisd_model.model.session import Session


def request_for(imported: Imported, email: str, *, stamped: datetime) -> Message:
    """Find the invitation of a person in what `from_ical` read, to answer it with `reply` and the like.

    It is written anew, with the uid, sequence, organizer and times that were read, and as much of the rest as our
    objects carry.

    Args:
        imported: what was read of a message with the method REQUEST.
        email: the address of the person who answers, one of those invited.
        stamped: when it came, aware.

    Raises:
        MessageError: ``not-a-request`` where it is no REQUEST, or where nobody of this address is invited;
            ``organizer-without-address``; ``event-without-slot``.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: ``moment-naive``, ``moment-unreadable`` or ``wrong-type``.
    """
    if imported.method is not Method.REQUEST:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/imported/method"))
    invited = next((each for each in imported.attendees if each.email.casefold() == email.casefold()), None)
    if invited is None:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/email"))
    event, session = _about(imported, invited)
    templates = Templates(event, MessageOptions.of(Method.REQUEST, stamped=stamped))
    template = templates.template(invited.language, False, session)  # noqa: FBT003 - how they take part is unknown
    return template.to_message(Reason.INVITED, Person(invited.email, invited.name), invited.status, rsvp=True)


def _about(imported: Imported, invited: Attendee) -> tuple[Event, Session | None]:
    for event in imported.events:
        for session in event.sessions:
            if session.export_uid(event.uid) == invited.uid:
                return event, session
    return next(event for event in imported.events if event.uid == invited.uid), None
