"""Messages without their recipients: the content shared by all readers of one language is serialized only once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

from attrs import evolve, field, frozen

from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.serializer import PreparedComponent, content_line, encode_parameters, prepare
from wtisd_model.contentlines.values import encode_cal_address, encode_keyword, encode_text
from wtisd_model.ical.calendar import alarms, vcalendar
from wtisd_model.ical.vevent import EntryContext, ExportedEntry, calendar_entry, entry_context
from wtisd_model.invitation.message import Message, MessageOptions, Privacy, Reason, Texts, comment_or_none
from wtisd_model.invitation.property_counts import check_counts
from wtisd_model.invitation.recipients import Person, check_organizer, places_for, reader_language
from wtisd_model.model.event import Event, places_of, session_status
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.places import Places
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.objects import unchecked_constructor
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.places import links_of, where_in_words
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot

Parameters = Mapping[str, tuple[str, ...]]


def attendee_params(
    status: ParticipationStatus, language: str | None = None, *, rsvp: bool = False, chairs: bool = False
) -> Parameters:
    """Return the parameters of an invited person: one individual, who is required to take part.

    Nobody is optional: people have registered themselves, and hold a seat.

    Source: RFC 5545 sections 3.2.3, 3.2.10, 3.2.12, 3.2.16 and 3.2.17.
    """
    # The first two are the defaults, but some calendar programs need them.
    role = "CHAIR" if chairs else "REQ-PARTICIPANT"
    parameters = {"CUTYPE": ("INDIVIDUAL",), "ROLE": (role,), "PARTSTAT": (status.upper(),)}
    if language is not None:
        parameters["LANGUAGE"] = (language,)
    if rsvp:
        parameters["RSVP"] = ("TRUE",)
    return parameters


def attendee(person: Person, parameters: Parameters) -> Property:
    """Return the ATTENDEE of a person, with CN after the other parameters."""
    name = {} if person.name is None else {"CN": (person.name,)}
    return Property("ATTENDEE", encode_cal_address(person.email), {**parameters, **name})


def attendee_line(
    person: Person, status: ParticipationStatus, language: str | None, *, rsvp: bool = False, chairs: bool = False
) -> bytes:
    """Return the content line of an ATTENDEE, the only one in which messages to many people differ."""
    parameters = _encoded(status, language, rsvp=rsvp, chairs=chairs)
    if person.name is not None:
        parameters += encode_parameters({"CN": (person.name,)})
    return content_line("ATTENDEE", parameters, encode_cal_address(person.email))


@lru_cache(maxsize=512)
def _encoded(status: ParticipationStatus, language: str | None, *, rsvp: bool, chairs: bool) -> str:
    return encode_parameters(attendee_params(status, language, rsvp=rsvp, chairs=chairs))


_CLASS: Final = {
    Privacy.PRIVATE: Property("CLASS", encode_keyword("PRIVATE")),
    Privacy.PUBLIC: Property("CLASS", encode_keyword("PUBLIC")),
    Privacy.SECRET: Property("CLASS", encode_keyword("CONFIDENTIAL")),
}

MOST_OCTETS: Final = 8_000_000
"""The maximum size of all cached templates: thousands for an average event."""


def message_calendar(
    method: Method, vevent: Component, *added: str, slots: Iterable[TimeSlot] = (), utc: bool
) -> Component:
    """Return the VCALENDAR of a message.

    It has none of the properties of a feed: X-WR-CALNAME makes it a new calendar in Outlook (MS-OXCICAL). The names in
    *added* are those of properties that the event gets later.

    Raises:
        MessageError: ``property-count``.
    """
    check_counts(method, vevent, *added)
    return vcalendar([Property("METHOD", encode_keyword(method))], [vevent], slots=slots, utc=utc)


def comment_property(comment: str | None) -> list[Property]:
    """Return COMMENT, or nothing for None."""
    checked = comment_or_none(comment)
    return [] if checked is None else [Property("COMMENT", encode_text(checked))]


def describe(
    session: Session | None,
    context: EntryContext,
    *,
    status: EventStatus,
    shown: EventStatus | None,
    transparent: bool = False,
) -> tuple[ExportedEntry, Texts]:
    """Return the VEVENT of a session or of the event, and the same facts for the mail around it.

    The mail has *status*, and the VEVENT the one that is *shown*, if any.
    """
    entry = calendar_entry(session, context, status=shown, transparent=transparent)
    event, organizer = context.event, context.event.organizer
    return entry, Texts(
        title=entry.title,
        within=None if session is None else event.title.in_language(context.language),
        slot=entry.slot,
        status=status,
        where=where_in_words(entry.places, context.language, context.words),
        links=tuple(links_of(entry.places, context.language, context.words)),
        remote_first=context.remote_first,
        about=entry.about,
        languages=entry.languages,
        organizer=None if organizer is None else organizer.name.in_language(context.language),
        organizer_email=None if organizer is None else organizer.email,
        url=event.url if session is None else session.url or event.url,
    )


@frozen(kw_only=True)
class Template:
    """A message without its recipient."""

    method: Method
    stamped: datetime
    uid: str
    sequence: int
    last_change: int
    """The sequence since which replies count."""
    reader_language: str | None
    """The language that the reader asked for; None for the original."""
    language: str
    texts: Texts
    calendar: Component = field(repr=False, eq=False)
    prepared: PreparedComponent
    is_dropped: bool
    """True if it is about a session that the event no longer has."""

    def cancel_reason(self, *, stays: bool) -> Reason:
        """Return why a person gets this cancellation; *stays* if they still take part in the event."""
        if not self.is_dropped and self.texts.status is EventStatus.CANCELLED:
            return Reason.CANCELLED
        return Reason.DROPPED if self.is_dropped or stays else Reason.WITHDRAWN

    def to_message(
        self,
        reason: Reason,
        person: Person | None,
        status: ParticipationStatus = ParticipationStatus.NEEDS_ACTION,
        *,
        rsvp: bool = False,
        chairs: bool = False,
        others: bytes = b"",
        copied_to: Contact | None = None,
    ) -> Message:
        """Return the message to a person, with the reply so far, or to all readers; *others* are further lines."""
        attendees = b""
        if person is not None:
            attendees = attendee_line(person, status, self.reader_language, rsvp=rsvp, chairs=chairs) + others
        return _new_message(
            method=self.method,
            uid=self.uid,
            sequence=self.sequence,
            stamped=self.stamped,
            recipient=None if person is None else person.email,
            name=None if person is None else person.name,
            reason=reason,
            language=self.language,
            texts=self.texts,
            ics=self.prepared.prefix + attendees + self.prepared.suffix,
            calendar=self.calendar if self.method is Method.REQUEST else None,
            copied_to=copied_to,
            delegated_from=(),
        )


_new_message: Final[Callable[..., Message]] = unchecked_constructor(Message)  # a million are made

_TemplateKey = tuple[str | None, bool, tuple[str, str | None] | Places | None]
"""The language, whether the reader takes part remotely, and the id and uid of a session, or the places of the event."""


class Templates:
    """The templates of the messages of one call, each written when it is first needed.

    Raises:
        MessageError: ``organizer-without-address``.
    """

    def __init__(
        self,
        event: Event,
        options: MessageOptions,
        requests: Iterable[InterpretationRequest] = (),
        *,
        is_copy: bool = False,
    ) -> None:
        """Check the organizer; *is_copy* if the event was read from a message, whose texts are passed on."""
        check_organizer(event)
        self._languages = ProgrammeLanguages(event, requests)
        self._is_copy = is_copy
        self._event = event
        self._places = places_of(event)
        self._uids = frozenset(session.export_uid(event.uid) for session in event.sessions)
        self._options = options
        self._kept: dict[_TemplateKey, Template] = {}
        self._octets = 0

    def template(self, session: Session | None, registration: Registration | None) -> Template:
        """Return the template about a session or the event for those who read a language and take part alike.

        Without a registration it is for anybody. The language is that of the options, or else that of the person.
        """
        language = self._options.language
        if language is None and registration is not None:
            language = reader_language(registration)
        remote = registration is not None and registration.mode is ParticipationMode.REMOTE
        places = None if registration is None or session is not None else places_for(self._event, registration)
        # Nearly everybody has the places of the event, which take longer to hash than to compare.
        own_places = None if places == self._places else places
        key = (language, remote, own_places if session is None else (session.id, session.uid))
        template = self._kept.get(key)
        if template is None:
            template = self._write(language, session, own_places, remote=remote)
            # Languages come from registrations, so there may be many templates: memory stays flat.
            size = len(template.prepared.prefix) + len(template.prepared.suffix)
            if self._octets + size > MOST_OCTETS:
                self._kept.clear()
                self._octets = 0
            self._kept[key] = template
            self._octets += size
        return template

    def _write(self, language: str | None, session: Session | None, places: Places | None, *, remote: bool) -> Template:
        event, options = self._event, self._options
        context = entry_context(
            event,
            self._languages,
            options,
            language,
            places=places,
            remote_first=remote,
            announces=options.method is Method.PUBLISH,
            is_copy=self._is_copy,
        )
        is_dropped = session is not None and session.export_uid(event.uid) not in self._uids
        if session is not None and is_dropped:
            status = EventStatus.CANCELLED
            # Removing it raised the sequence of the event; if it returns, that rises again.
            session = evolve(session, changed_sequence=event.sequence)
        else:
            status = session_status(event, session)
        # "If uninviting specific Attendees, then MUST NOT be included" (RFC 5546 section 3.2.5, STATUS).
        shown = None if options.method is Method.CANCEL and status is not EventStatus.CANCELLED else status
        entry, texts = describe(session, context, status=status, shown=shown, transparent=options.transparent)
        privacy = [] if options.privacy is None else [_CLASS[options.privacy]]
        reminds = options.reminders and status is EventStatus.SCHEDULED
        reminders = alarms(options.reminders, entry.title) if reminds else ()
        properties = [*entry.properties, *privacy, *comment_property(options.comment)]
        vevent = Component("VEVENT", properties, reminders)
        # "ATTENDEE 0" (RFC 5546 section 3.2.1)
        added = () if options.method is Method.PUBLISH else ("ATTENDEE",)
        calendar = message_calendar(options.method, vevent, *added, slots=[entry.slot], utc=options.utc)
        return Template(
            method=options.method,
            stamped=options.stamped,
            uid=entry.uid,
            sequence=entry.sequence,
            last_change=event.last_change(session),
            reader_language=language,
            language=language or event.title.language,
            texts=evolve(texts, comment=options.comment),
            calendar=calendar,
            prepared=prepare(calendar, vevent),
            is_dropped=is_dropped,
        )
