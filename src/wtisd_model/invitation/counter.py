"""Proposals of another time (COUNTER, RFC 5546 section 3.2.7), and the organizer's refusal (DECLINECOUNTER)."""

from datetime import datetime

from attrs import evolve

from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.serializer import serialize
from wtisd_model.contentlines.values import encode_integer, encode_text
from wtisd_model.ical.calendar import CalendarOptions
from wtisd_model.ical.times import slot_properties, stamp_property
from wtisd_model.ical.vevent import entry_context, organizer_property
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.invitation.recipients import (
    check_announced,
    check_organizer,
    copied_to,
    find_session,
    person_or_raise,
    places_for,
    reachable,
    reader_language,
    require_registration,
)
from wtisd_model.invitation.reply import invitation_of, is_in_utc, restamped, to_organizer
from wtisd_model.invitation.template import attendee, attendee_params, comment_property, describe, message_calendar
from wtisd_model.model.event import Event, session_status
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import Session
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot


def counter(request: Message, slot: TimeSlot, *, stamped: datetime, comment: str | None = None) -> Message:
    """Return a message that proposes another time to the organizer.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        slot: the proposed time.
        stamped: the time of the proposal, aware (DTSTAMP).
        comment: at most 10,000 characters.

    Returns:
        A message with the whole content of the invitation, but at the proposed time.

    Raises:
        MessageError: ``not-a-request``.
        ExportError: as for `to_ical`, if the time zone database lacks a zone.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``text-too-long`` and others.
        TypeError: *request* is not a Message, or *slot* is not a TimeSlot.

    Source: RFC 5546 section 3.2.7.
    """
    invitation = invitation_of(request)
    require_instance(slot, TimeSlot, "counter proposes a TimeSlot.")
    at, utc = moment_in_utc(stamped, "/stamped"), is_in_utc(request)
    properties: list[Property] = []
    for each in restamped(invitation.vevent, at):
        if each.name == "DTSTART":
            properties += slot_properties(slot, utc=utc)
        elif each.name not in {"DTEND", "X-WTISD-ZONE"}:
            properties.append(each)
    properties += [invitation.attendee(attendee_params(ParticipationStatus.TENTATIVE)), *comment_property(comment)]
    return to_organizer(
        request,
        Method.COUNTER,
        Reason.COUNTERED,
        properties,
        stamped=at,
        slots=[slot],
        utc=utc,
        slot=slot,
        previous=request.texts.slot,
        comment=comment,
    )


def decline_counter(
    event: Event,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    comment: str | None = None,
) -> Message:
    """Return a message that declines a person's proposal: the invitation still holds as it is.

    Args:
        event: the current event.
        registration: that of the person who proposed another time.
        stamped: the time of this message, aware (DTSTAMP).
        session: the subject of the proposal, a session or its id; by default the event.
        language: the language of the mail around it; by default the person's own.
        comment: the reason, at most 10,000 characters.

    Raises:
        MessageError: as for `cancel`.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``language-unknown``, ``text-too-long`` and others.
        TypeError: *event* is not an Event, or *registration* is not a Registration.

    Source: RFC 5546 section 3.2.8.
    """
    about = find_session(event, session)
    check_announced(event, about)
    person = person_or_raise(reachable(event, require_registration(registration)), "registration")
    tag = require_language(language) or reader_language(registration)
    at = moment_in_utc(stamped, "/stamped")
    check_organizer(event)
    # The message itself has only references; the facts are for the mail around it.
    context = entry_context(
        event,
        ProgrammeLanguages(event),
        CalendarOptions(stamped=at, utc=True),
        tag,
        places=places_for(event, registration),
        remote_first=registration.mode is ParticipationMode.REMOTE,
    )
    status = session_status(event, about)
    entry, texts = describe(about, context, status=status, shown=status)
    properties = [
        Property("UID", encode_text(entry.uid)),
        stamp_property(at),
        Property("SEQUENCE", encode_integer(entry.sequence)),
        *organizer_property(event, tag),
        attendee(person, {}),
        *comment_property(comment),
    ]
    return Message(
        method=Method.DECLINECOUNTER,
        uid=entry.uid,
        sequence=entry.sequence,
        stamped=at,
        recipient=person.email,
        name=person.name,
        reason=Reason.COUNTER_DECLINED,
        language=tag or event.title.language,
        texts=evolve(texts, comment=comment),
        copied_to=copied_to(registration, person),
        ics=serialize(message_calendar(Method.DECLINECOUNTER, Component("VEVENT", properties), utc=True)),
    )
