"""Messages without their recipients and stamps: the content shared by all who see the same is written only once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Final, NamedTuple, Self

from attrs import evolve, field, frozen

from wtisd_model.contentlines.serializer import content_line
from wtisd_model.contentlines.values import encode_keyword, encode_text
from wtisd_model.ical.calendar import alarms, stamp_in_utc
from wtisd_model.ical.times import stamp_line
from wtisd_model.ical.vevent import EntryContext, calendar_entry
from wtisd_model.invitation.message import Message, MessageOptions, Privacy, Reason, Texts, comment_or_none
from wtisd_model.invitation.property_counts import calendar_around
from wtisd_model.invitation.recipients import (
    OtherAttendees,
    Person,
    attendee_line,
    copied_to,
    is_chair,
    places_chosen,
    reader_language,
    sessions_with_places,
    status_since,
)
from wtisd_model.model.event import Event, session_status
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.objects import unchecked_constructor
from wtisd_model.programme.chosen import ChosenSession, awaited_ids
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.places import links_of, maps_of, where_in_words
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.people import Contact

_CLASS: Final = {
    Privacy.PRIVATE: content_line("CLASS", encode_keyword("PRIVATE")),
    Privacy.PUBLIC: content_line("CLASS", encode_keyword("PUBLIC")),
    Privacy.SECRET: content_line("CLASS", encode_keyword("CONFIDENTIAL")),
}

MOST_OCTETS: Final = 8_000_000
"""The maximum size of all templates of an event that are kept: thousands for an average one."""


class Stamp(NamedTuple):
    """When a message is made (RFC 5545 DTSTAMP)."""

    moment: datetime
    """In UTC."""
    line: bytes

    @classmethod
    def of(cls, stamped: datetime) -> Self:
        """Return a moment as a stamp, or raise as `stamp_in_utc` does."""
        moment = stamp_in_utc(stamped)
        return cls(moment, stamp_line(moment))


def comment_line(comment: str | None) -> bytes:
    """Return COMMENT, or nothing for None."""
    checked = comment_or_none(comment)
    return b"" if checked is None else content_line("COMMENT", encode_text(checked))


@frozen(kw_only=True)
class Template:
    """A message without its recipient and its stamp."""

    method: Method
    uid: str
    sequence: int
    last_change: int
    """The sequence since which replies count."""
    reader_language: str | None
    """The language that the reader asked for; None for the original."""
    language: str
    texts: Texts
    beginning: bytes = field(repr=False)
    """All that comes before DTSTAMP."""
    numbers: bytes = field(repr=False)
    """The properties that change with each version of the event, whatever a reader sees of it."""
    content: bytes = field(repr=False)
    """All other properties but ATTENDEE, which follows them."""
    ending: bytes = field(repr=False)
    is_dropped: bool
    """True if it is about a session that the event no longer has."""

    @property
    def visible(self) -> object:
        """What a reader sees of it, to be compared with that of another version."""
        return self.beginning, self.content, self.ending, self.texts.sessions

    def request(
        self,
        registration: Registration,
        session: Session | None,
        person: Person,
        others: OtherAttendees,
        reason: Reason,
        stamp: Stamp,
    ) -> Message:
        """Return the invitation to the person of a registration, with the *others* listed."""
        unanswered = ParticipationStatus.NEEDS_ACTION
        # A reply to another time does not count (RFC 5546 section 3.2.2.1).
        status = unanswered if reason is Reason.MOVED else status_since(self.last_change, registration, session)
        is_asked, chairs = status is unanswered, is_chair(registration, session)
        lines = attendee_line(person, status, self.reader_language, rsvp=is_asked, chairs=chairs)
        if others.listed:
            lines += others.but(person, session, self.last_change)
        return self.to_message(reason, stamp, person, lines, copied_to(registration, person))

    def cancellation(
        self, registration: Registration, session: Session | None, person: Person, stamp: Stamp, *, stays: bool
    ) -> Message:
        """Return the cancellation for a person; *stays* if they still take part in the event."""
        if not self.is_dropped and self.texts.status is EventStatus.CANCELLED:
            reason = Reason.CANCELLED
        else:
            reason = Reason.DROPPED if self.is_dropped or stays else Reason.WITHDRAWN
        status = status_since(self.last_change, registration, session)
        line = attendee_line(person, status, self.reader_language)
        return self.to_message(reason, stamp, person, line, copied_to(registration, person))

    def to_message(
        self,
        reason: Reason,
        stamp: Stamp,
        person: Person | None = None,
        attendees: bytes = b"",
        copied_to: Contact | None = None,
    ) -> Message:
        """Return the message to a person, with the lines about those who attend, or to all readers."""
        moment, stamped = stamp
        recipient, name = (None, None) if person is None else person
        ics = b"".join((self.beginning, stamped, self.numbers, self.content, attendees, self.ending))
        return _new_message(
            method=self.method,
            uid=self.uid,
            sequence=self.sequence,
            stamped=moment,
            recipient=recipient,
            name=name,
            reason=reason,
            language=self.language,
            texts=self.texts,
            ics=ics,
            copied_to=copied_to,
            registration_ids=(),
            delegated_from=(),
        )


_new_message: Final[Callable[..., Message]] = unchecked_constructor(Message)  # a million are made


class Templates:
    """The messages of one method about one version of an event, each written when it is first needed."""

    def __init__(
        self,
        event: Event,
        options: MessageOptions,
        requests: Iterable[InterpretationRequest] = (),
        *,
        is_copy: bool = False,
    ) -> None:
        """Take a version of an event; *is_copy* if it was read from a message, whose texts are passed on."""
        self.event = event
        self._options = options
        self._languages = ProgrammeLanguages(event, requests)
        self._is_copy = is_copy
        self._contexts: dict[tuple[str | None, bool], EntryContext] = {}
        self._templates: dict[tuple[object, ...], Template] = {}
        self._octets = 0

    def template(
        self, session: Session | None, registration: Registration | None, sharing: Sequence[Registration] = ()
    ) -> Template:
        """Return the message about a session or the event for those who see the same of it.

        What they see depends on their language, on how they take part, and on the sessions that they chose. Without a
        registration it is for anybody. The language is that of the options, or else that of the person.

        An invitation to the event names the sessions that the person chose, and those of the people *sharing* the
        mailbox, who are invited too.
        """
        language, remote, chosen = self._options.language, False, _NO_SESSIONS
        own: tuple[ChosenSession, ...] = ()
        if registration is not None:
            language = language or reader_language(registration)
            remote = registration.mode is ParticipationMode.REMOTE
            if session is None and self._options.method is Method.REQUEST and (registration.session_ids or sharing):
                attended = registration.attended_ids
                if attended and not attended.isdisjoint(self._with_places[remote]):
                    chosen = attended
                own = self._chosen(registration, sharing, language, remote=remote)
        key = (language, remote, chosen, own) if session is None else (language, remote, session.id, session.uid)
        template = self._templates.get(key)
        if template is None:
            template = self._write(session, language, chosen, remote=remote)
            if own:
                template = evolve(template, texts=evolve(template.texts, sessions=own))
            # Languages and choices come from registrations, so there may be many templates: memory stays flat.
            size = len(template.content) + len(template.beginning)
            if self._octets + size > MOST_OCTETS:
                self._templates.clear()
                self._contexts.clear()
                self._octets = 0
            self._templates[key] = template
            self._octets += size
        return template

    def _chosen(
        self, registration: Registration, sharing: Sequence[Registration], language: str | None, *, remote: bool
    ) -> tuple[ChosenSession, ...]:
        programme = self._context(language, remote=remote).programme
        if sharing:
            return programme.shared((registration, *sharing))
        waits = awaited_ids(registration) if registration.waits else _NO_SESSIONS
        chosen = sorted((registration.attended_ids | waits) & programme.order.keys(), key=programme.order.__getitem__)
        return tuple([programme.session(id_, rooms=not remote, links=remote, awaited=id_ in waits) for id_ in chosen])

    @cached_property
    def _with_places(self) -> tuple[frozenset[str], frozenset[str]]:
        """The sessions whose own places take the place of the event's, for people on site and remotely."""
        return sessions_with_places(self.event, remote=False), sessions_with_places(self.event, remote=True)

    @cached_property
    def _uids(self) -> frozenset[str]:
        return frozenset(session.export_uid(self.event.uid) for session in self.event.sessions)

    def _context(self, language: str | None, *, remote: bool) -> EntryContext:
        context = self._contexts.get((language, remote))
        if context is None:
            context = self._contexts[language, remote] = EntryContext(
                self.event,
                self._languages,
                language,
                utc=self._options.utc,
                remote_first=remote,
                announces=self._options.method is Method.PUBLISH,
                is_copy=self._is_copy,
            )
        return context

    def _write(
        self, session: Session | None, language: str | None, chosen: frozenset[str], *, remote: bool
    ) -> Template:
        event, options = self.event, self._options
        context = self._context(language, remote=remote)
        is_dropped = session is not None and session.export_uid(event.uid) not in self._uids
        if session is not None and is_dropped:
            status = EventStatus.CANCELLED
            # Removing it raised the sequence of the event; if it returns, that rises again.
            session = evolve(session, changed_sequence=event.sequence)
        else:
            status = session_status(event, session)
        entry = calendar_entry(
            session,
            context,
            # "If uninviting specific Attendees, then MUST NOT be included" (RFC 5546 section 3.2.5, STATUS).
            status=None if options.method is Method.CANCEL and status is not EventStatus.CANCELLED else status,
            places=places_chosen(event, chosen, remote=remote) if chosen else None,
            transparent=options.transparent,
        )
        organizer = event.organizer
        texts = Texts(
            title=entry.title,
            within=None if session is None else event.title.in_language(language),
            slot=entry.slot,
            status=status,
            where=where_in_words(entry.places, language, context.words),
            links=tuple(links_of(entry.places, language, context.words)),
            remote_first=remote,
            about=entry.about,
            languages=entry.languages,
            organizer=None if organizer is None else organizer.name.in_language(language),
            organizer_email=None if organizer is None else organizer.email,
            url=event.url if session is None else session.url or event.url,
            maps=tuple(maps_of(entry.places.locations, language)),
            image=event.image,
            comment=options.comment,
        )
        privacy = b"" if options.privacy is None else _CLASS[options.privacy]
        content = entry.lines + privacy + comment_line(options.comment)
        # "ATTENDEE 0" (RFC 5546 section 3.2.1)
        added = b"" if options.method is Method.PUBLISH else b"ATTENDEE"
        beginning, ending = calendar_around(
            options.method,
            b"".join((entry.uid_line, b"DTSTAMP:\r\n", entry.numbers, content, added)),
            alarms(options.reminders, entry.title) if status is EventStatus.SCHEDULED else b"",
            slots=[entry.slot],
            utc=options.utc,
        )
        return Template(
            method=options.method,
            uid=entry.uid,
            sequence=entry.sequence,
            last_change=event.last_change(session),
            reader_language=language,
            language=language or event.title.language,
            texts=texts,
            beginning=beginning + entry.uid_line,
            numbers=entry.numbers,
            content=content,
            ending=ending,
            is_dropped=is_dropped,
        )


_NO_SESSIONS: Final[frozenset[str]] = frozenset()
