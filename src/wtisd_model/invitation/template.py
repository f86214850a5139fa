"""Messages without their recipients and stamps: the content shared by all who see the same is written only once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple, Self

from attrs import asdict, evolve, field, frozen

from wtisd_model.contentlines.serializer import content_line
from wtisd_model.contentlines.values import encode_keyword, encode_text
from wtisd_model.ical.calendar import alarms, stamp_in_utc
from wtisd_model.ical.times import stamp_line
from wtisd_model.ical.vevent import ChosenLines, ChosenPlace, EntryContext, ExportedEntry, calendar_entry, where_lines
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
from wtisd_model.model.event import Event, places_of, session_status
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.places import Places
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.objects import unchecked_constructor
from wtisd_model.programme.chosen import NO_SESSIONS, ChosenSession, choices_of
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.places import links_of, maps_of, where_in_words
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import TaggedText

_CLASS: Final = {
    Privacy.PRIVATE: content_line("CLASS", encode_keyword("PRIVATE")),
    Privacy.PUBLIC: content_line("CLASS", encode_keyword("PUBLIC")),
    Privacy.SECRET: content_line("CLASS", encode_keyword("CONFIDENTIAL")),
}

# Python 3.11 takes as long to look up a member of an enum as to call a function; a million messages are made.
_MOVED: Final = Reason.MOVED
_REMOTE: Final = ParticipationMode.REMOTE
_UNANSWERED: Final = ParticipationStatus.NEEDS_ACTION

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


@frozen(kw_only=True, eq=False, slots=False)  # with slots, attrs 23.1 caches no property
class SharedContent:
    """What messages share that are about one subject, in one language and for one mode of attendance."""

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
    entry: ExportedEntry = field(repr=False)
    """The event or the session."""
    lines: bytes = field(repr=False)
    """Those of the entry after SEQUENCE, for people who chose no sessions."""
    numbers: bytes = field(repr=False)
    """The properties of the entry that change with each version of the event, whatever a reader sees of it."""
    added: bytes = field(repr=False)
    """All properties but those of the entry and ATTENDEE, which follows them."""
    ending: bytes = field(repr=False)
    is_dropped: bool
    """True if it is about a session that the event no longer has."""
    is_elsewhere: bool
    """True if the sessions that a person chose say where they are, in place of the event."""
    context: EntryContext = field(repr=False)

    @cached_property
    def visible(self) -> object:
        """What every reader sees of it."""
        return self.beginning, self.lines, self.added, self.ending

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The texts by their names."""
        return asdict(self.texts, recurse=False)

    @cached_property
    def place(self) -> ChosenPlace:
        """The place for the sessions that people chose."""
        return self.context.programme.place(self.entry)


class Template:
    """A message without its recipient and its stamp."""

    __slots__ = (
        *("_attended", "_awaited", "_chosen", "_content", "_has_drafts", "_people", "_texts", "_visible"),
        *("last_change", "reader_language", "shared", "uid"),
    )

    def __init__(
        self,
        shared: SharedContent,
        attended: frozenset[str] = frozenset(),
        awaited: frozenset[str] = frozenset(),
        people: tuple[Registration, ...] = (),
        *,
        has_drafts: bool = False,
    ) -> None:
        """Take what it shares with others and, if it names sessions, which.

        Args:
            shared: all that does not depend on these sessions.
            attended: those that the reader chose.
            awaited: those in which the reader waits for a seat.
            people: all readers, if several share a mailbox.
            has_drafts: whether some were chosen that may be announced yet.
        """
        self.shared: SharedContent = shared
        self.uid: str = shared.uid
        self.last_change: int = shared.last_change
        self.reader_language: str | None = shared.reader_language
        self._attended, self._awaited, self._people, self._has_drafts = attended, awaited, people, has_drafts
        self._visible: object = None
        self._chosen: list[ChosenLines] | None = None
        self._content: bytes | None = None
        self._texts: Texts | None = None

    @property
    def texts(self) -> Texts:
        """The facts about it, for the mail around the message."""
        if self._texts is None:
            self._texts = self.texts_with() if self.names_sessions else self.shared.texts
        return self._texts

    @property
    def sessions(self) -> tuple[ChosenSession, ...]:
        """The sessions that the texts name."""
        return tuple([lines.session for lines in self._lines()])

    @property
    def visible(self) -> object:
        """What a reader sees of it, to be compared with that of another version."""
        if self._visible is None:
            shared, context = self.shared, self.shared.context
            if not self.names_sessions:
                self._visible = shared.visible
                return self._visible
            seen: object = context.programme.visible(self._attended, self._awaited)
            if self._people:
                seen = [lines.visible for lines in context.programme.shared(self._people)]
            where = where_lines(self._places(), context) if shared.is_elsewhere else b""
            self._visible = shared.visible, shared.place, seen, self._has_drafts, where
        return self._visible

    @property
    def names_sessions(self) -> bool:
        """True if its readers chose sessions that it may name."""
        return bool(self._attended or self._awaited or self._people)

    def _places(self) -> Places:
        context = self.shared.context
        return places_chosen(context.event, self._attended, remote=context.remote_first)

    def _lines(self) -> list[ChosenLines]:
        """Return the text of the sessions that it names, in order."""
        if self._chosen is None:
            programme, people = self.shared.context.programme, self._people
            self._chosen = programme.shared(people) if people else programme.of(self._attended, self._awaited)
        return self._chosen

    def _is_over(self) -> bool:
        """Return True if its readers chose sessions, none of which takes place any more."""
        return not self._has_drafts and not any(lines.is_held for lines in self._lines())

    def texts_with(self, **facts: object) -> Texts:
        """Return the texts with the sessions that it names, and with other *facts*."""
        shared = self.shared
        where = _where_in_texts(self._places(), shared.context) if shared.is_elsewhere else {}
        own = {"sessions": self.sessions, "nothing_left": self._is_over()}
        return _new_texts(**(shared.facts | where | own | facts))

    @property
    def where(self) -> tuple[TaggedText, ...]:
        """The locations that the texts name."""
        return self.texts.where if self.shared.is_elsewhere else self.shared.texts.where

    def _write(self) -> bytes:
        """Return all properties after SEQUENCE but ATTENDEE."""
        shared, entry = self.shared, self.shared.entry
        if not self.names_sessions:
            return shared.lines + shared.added
        where = where_lines(self._places(), shared.context) if shared.is_elsewhere else entry.where
        described = shared.place.filled(self._lines(), nothing_left=self._is_over())
        return b"".join((entry.before, *described, where, entry.after, shared.added))

    def request(
        self,
        registration: Registration,
        session: Session | None,
        person: Person,
        others: OtherAttendees,
        reason: Reason,
        stamp: Stamp,
        holders: Sequence[Registration],
        texts: Texts | None = None,
    ) -> Message:
        """Return the invitation to the person of a registration, with the *others* listed.

        The *holders* are the registrations of all who share the mailbox, and have the entry or had it. The *texts* are
        those of the template, but for what was before a change.
        """
        # A reply to another time does not count (RFC 5546 section 3.2.2.1).
        status = _UNANSWERED if reason is _MOVED else status_since(self.last_change, registration, session)
        is_asked, chairs = status is _UNANSWERED, is_chair(registration, session)
        lines = attendee_line(person, status, self.reader_language, rsvp=is_asked, chairs=chairs)
        if others.listed:
            lines += others.but(person, session, self.last_change)
        return self.to_message(reason, stamp, person, lines, holders, texts)

    def cancellation(
        self,
        registration: Registration,
        session: Session | None,
        person: Person,
        stamp: Stamp,
        holders: Sequence[Registration],
        *,
        stays: bool,
    ) -> Message:
        """Return the cancellation for a person; *stays* if they still take part in the event; *holders* as above."""
        is_dropped = self.shared.is_dropped
        if not is_dropped and self.texts.status is EventStatus.CANCELLED:
            reason = Reason.CANCELLED
        else:
            reason = Reason.DROPPED if is_dropped or stays else Reason.WITHDRAWN
        status = status_since(self.last_change, registration, session)
        line = attendee_line(person, status, self.reader_language)
        return self.to_message(reason, stamp, person, line, holders)

    def to_message(
        self,
        reason: Reason,
        stamp: Stamp,
        person: Person | None = None,
        attendees: bytes = b"",
        holders: Sequence[Registration] = (),
        texts: Texts | None = None,
    ) -> Message:
        """Return the message to a person, with the lines about those who attend, or to all readers."""
        moment, stamped = stamp
        recipient, name = (None, None) if person is None else person
        shared, content = self.shared, self._content
        if content is None:
            content = self._content = self._write()
        ics = b"".join((shared.beginning, stamped, shared.numbers, content, attendees, shared.ending))
        return _new_message(
            method=shared.method,
            uid=shared.uid,
            sequence=shared.sequence,
            stamped=moment,
            recipient=recipient,
            name=name,
            reason=reason,
            language=shared.language,
            texts=texts or self.texts,
            ics=ics,
            copied_to=None if person is None else copied_to(holders, person),
            registration_ids=(holders[0].id,)
            if len(holders) == 1
            else tuple(dict.fromkeys([holder.id for holder in holders])),
            delegated_from=(),
        )


_new_texts: Final[Callable[..., Texts]] = unchecked_constructor(Texts)
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
        self._shared: dict[tuple[object, ...], SharedContent] = {}
        self._templates: dict[tuple[object, ...], Template] = {}
        self._octets = self._shared_octets = 0

    def template(
        self, session: Session | None, registration: Registration | None, sharing: Sequence[Registration] = ()
    ) -> Template:
        """Return the message about a session or the event for those who see the same of it.

        What they see depends on their language, on how they take part, and on the sessions that they chose. Without a
        registration it is for anybody. The language is that of the options, or else that of the person.

        An invitation to the event names the sessions that the person chose. If people *sharing* the mailbox are invited
        too, it names those of all, and who chose each.
        """
        language, remote, attended, awaited = self._options.language, False, NO_SESSIONS, NO_SESSIONS
        if registration is not None:
            language = language or reader_language(registration)
            remote = registration.mode is _REMOTE
            if session is None and (registration.session_ids or sharing):
                attended, awaited = choices_of(registration)
                if sharing:
                    return self._template(language, attended, awaited, (registration, *sharing), remote=remote)
        key = (language, remote, attended, awaited) if session is None else (language, remote, session.id, session.uid)
        template = self._templates.get(key)
        if template is None:
            if attended or awaited:
                template = self._template(language, attended, awaited, remote=remote)
            else:
                template = Template(self._shared_by(session, language, NO_SESSIONS, remote=remote))
            self._keep(len(template.shared.lines) + (self._most_octets * len(attended) if attended else 0))
            self._templates[key] = template
        return template

    def _template(
        self,
        language: str | None,
        attended: frozenset[str],
        awaited: frozenset[str],
        people: tuple[Registration, ...] = (),
        *,
        remote: bool,
    ) -> Template:
        """Return the message about the event for a person who chose sessions, or for *people* who share a mailbox."""
        own = NO_SESSIONS if attended.isdisjoint(self._with_places[remote]) else attended
        chosen, drafts = attended | awaited if awaited else attended, self._drafts
        if people:
            chosen = chosen.union(*[ids for each in people for ids in choices_of(each)])
        if self._options.method is not Method.REQUEST or chosen <= drafts:
            return Template(self._shared_by(None, language, own, remote=remote))
        shared = self._shared_by(None, language, own, remote=remote, is_elsewhere=bool(own))
        return Template(shared, attended, awaited, people, has_drafts=not chosen.isdisjoint(drafts))

    def _shared_by(
        self,
        session: Session | None,
        language: str | None,
        chosen: frozenset[str],
        *,
        remote: bool,
        is_elsewhere: bool = False,
    ) -> SharedContent:
        """Return what all messages share or, with the places of sessions *chosen*, those to people who chose them."""
        about = None if session is None else (session.id, session.uid)
        key = (about, language, remote, is_elsewhere or chosen)
        shared = self._shared.get(key)
        if shared is None:
            shared = self._write(session, language, chosen, remote=remote, is_elsewhere=is_elsewhere)
            octets = 2 * (len(shared.beginning) + len(shared.lines))
            self._keep(octets)
            self._shared_octets += octets
            self._shared[key] = shared
        return shared

    def _keep(self, octets: int) -> None:
        """Make room: languages and choices come from registrations, so there may be many templates."""
        if self._octets + octets > MOST_OCTETS:
            self._templates.clear()
            if 2 * self._shared_octets > MOST_OCTETS:  # not only since people chose differently
                self._shared.clear()
                self._contexts.clear()
                self._shared_octets = 0
            self._octets = self._shared_octets
        self._octets += octets

    @cached_property
    def _most_octets(self) -> int:
        """What a session that a person chose adds to a template, at the most if places have names of usual length."""
        longest = max([len(session.title.text) for session in self.event.sessions], default=0)
        return 300 + 4 * longest

    @cached_property
    def _drafts(self) -> frozenset[str]:
        return frozenset(session.id for session in self.event.sessions if session.status is EventStatus.DRAFT)

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
        self,
        session: Session | None,
        language: str | None,
        chosen: frozenset[str],
        *,
        remote: bool,
        is_elsewhere: bool,
    ) -> SharedContent:
        event, options = self.event, self._options
        context = self._context(language, remote=remote)
        is_dropped = session is not None and session.export_uid(event.uid) not in self._uids
        if session is not None and is_dropped:
            status = EventStatus.CANCELLED
            # Removing it raised the sequence of the event; if it returns, that rises again.
            session = evolve(session, changed_sequence=event.sequence)
        else:
            status = session_status(event, session)
        places = places_chosen(event, chosen, remote=remote) if chosen else None
        if options.method is Method.CANCEL:  # who takes part no more gets no link to join
            places = (places or places_of(event, session))._replace(virtual_locations=())
        entry = calendar_entry(
            session,
            context,
            # "If uninviting specific Attendees, then MUST NOT be included" (RFC 5546 section 3.2.5, STATUS).
            status=None if options.method is Method.CANCEL and status is not EventStatus.CANCELLED else status,
            places=_NOWHERE if is_elsewhere else places,
            transparent=options.transparent,
        )
        organizer, lines = event.organizer, entry.lines
        texts = Texts(
            title=entry.title,
            within=None if session is None else event.title.in_language(language),
            slot=entry.slot,
            status=status,
            **_where_in_texts(entry.places, context),
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
        added = privacy + comment_line(options.comment)
        # "ATTENDEE 0" (RFC 5546 section 3.2.1)
        attendee = b"" if options.method is Method.PUBLISH else b"ATTENDEE"
        beginning, ending = calendar_around(
            options.method,
            b"".join((entry.uid_line, b"DTSTAMP:\r\n", entry.numbers, lines, added, attendee)),
            alarms(options.reminders, entry.title) if status is EventStatus.SCHEDULED else b"",
            slots=[entry.slot],
            utc=options.utc,
        )
        return SharedContent(
            method=options.method,
            uid=entry.uid,
            sequence=entry.sequence,
            last_change=event.last_change(session),
            reader_language=language,
            language=language or event.title.language,
            texts=texts,
            beginning=beginning + entry.uid_line,
            entry=entry,
            lines=lines,
            numbers=entry.numbers,
            added=added,
            ending=ending,
            is_dropped=is_dropped,
            is_elsewhere=is_elsewhere,
            context=context,
        )


def _where_in_texts(places: Places, context: EntryContext) -> dict[str, Any]:
    """Return what texts say of the places of an entry."""
    language, words = context.language, context.words
    return {
        "where": where_in_words(places, language, words),
        "links": tuple(links_of(places, language, words)),
    }


_NOWHERE: Final = Places(locations=(), virtual_locations=(), venue_to_follow=False)
