"""What the organizer tells whoever reads it (PUBLISH), and who proposed another time (DECLINECOUNTER)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from attrs import evolve

from wtisd_model.ical.component import Component
from wtisd_model.ical.method import Method
from wtisd_model.ical.property import Property
from wtisd_model.ical.serializer import serialize
from wtisd_model.ical.times import stamp_property
from wtisd_model.ical.values import encode_integer, encode_text
from wtisd_model.ical.vevent import organizer_property, session_status, shared
from wtisd_model.invitation.invited import reachable, reader_language, refuse_draft
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.invitation.writing.attendee import check_organizer
from wtisd_model.invitation.writing.distribution import as_event, as_registration, refused, session_of
from wtisd_model.invitation.writing.options import Manner, Privacy
from wtisd_model.invitation.writing.template import Templates
from wtisd_model.invitation.writing.texts import entry_of, texts_of
from wtisd_model.invitation.writing.vcalendar import calendar, comment_property
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import checked_language
from wtisd_model.types.timeslot import moment_in_utc


def publish(
    event: Event,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Message:
    """Tell of an event or a session whoever reads it; nobody is asked to answer.

    For all of a programme in one file, to which calendar programs subscribe, see `to_ical`.

    Args:
        event: as it is now.
        stamped: the moment of this message, aware (DTSTAMP).
        session: one of the event's, by itself or by its id.
        language: whose texts to choose; by default each text is in the language it was written in.
        reminders: how long before the start a reminder shows; ten at most.
        privacy: who else may see it in a calendar.
        transparent: whether it leaves the time of whoever keeps it free.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``organizer-without-address``, ``session-unknown``, ``uid-repeated``; ``event-without-slot`` or
            ``session-not-announced`` for a draft.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: an option that cannot be, as for `invite`.
        TypeError: *event* is no Event, or *reminders* are not several.

    Source: RFC 5546 section 3.2.1.
    """
    about = session_of(as_event(event), session)
    refuse_draft(event, about)
    manner = Manner.of(
        Method.PUBLISH, stamped=stamped, utc=utc, reminders=reminders, privacy=privacy, transparent=transparent
    )
    template = Templates(event, manner).template(checked_language(language), False, about)  # noqa: FBT003 - for everybody
    return template.addressed(Reason.PUBLISHED, b"", None)


def decline_counter(
    event: Event,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    comment: str | None = None,
) -> Message:
    """Tell a person that the time that they proposed is not taken: what they are invited to stays as it is.

    Args:
        event: as it is now.
        registration: of whoever proposed another time.
        stamped: the moment of this message, aware (DTSTAMP).
        session: the one that the proposal was about, by itself or by its id.
        language: whose texts the mail around it chooses; by default the language that the person reads.
        comment: why, 10,000 characters at most.

    Raises:
        MessageError: as `cancel`.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``language-unknown``, ``text-too-long`` and kin.
        TypeError: *event* is no Event, or *registration* no Registration.

    Source: RFC 5546 section 3.2.8.
    """
    about = session_of(as_event(event), session)
    refuse_draft(event, about)
    person = refused(reachable(event, as_registration(registration)), "registration")
    tag = checked_language(language) or reader_language(registration)
    at = moment_in_utc(stamped, "/stamped")
    check_organizer(event)
    # What it says of the event is for the mail around it: such a message has nothing but what it refers to.
    remote = registration.mode is ParticipationMode.REMOTE
    common = shared(event, stamped=at, language=tag, utc=True, remote_first=remote)
    status = event.status if about is None else session_status(event, about)
    entry = entry_of(event, about, common, status=status)
    content = [
        Property("UID", encode_text(entry.uid)),
        stamp_property(at),
        *([Property("SEQUENCE", encode_integer(event.sequence))] if event.sequence else []),
        *organizer_property(event, tag),
        *comment_property(comment),
    ]
    return Message(
        method=Method.DECLINECOUNTER,
        uid=entry.uid,
        sequence=event.sequence,
        stamped=at,
        recipient=person.email,
        name=person.name,
        reason=Reason.COUNTER_DECLINED,
        language=tag or event.title.language,
        texts=evolve(texts_of(event, about, common, entry, status), comment=comment),
        ics=serialize(calendar(Method.DECLINECOUNTER, Component("VEVENT", content), utc=True)),
    )
