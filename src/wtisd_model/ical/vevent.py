"""An event and its sessions as VEVENTs, for feeds and messages alike.

`EntryContext` has what all VEVENTs of an event have in common; `calendar_entry` writes one, with its lines in a fixed
order. The caller adds its own: DTSTAMP, a color and reminders in a feed, attendees in a message.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, partial
from operator import itemgetter
from typing import Final, NamedTuple

from wtisd_model.contentlines.serializer import content_line, encode_parameters, further_text, text_line
from wtisd_model.contentlines.values import (
    encode_cal_address,
    encode_date_time_utc,
    encode_geo,
    encode_integer,
    encode_keyword,
    encode_text,
    encode_text_list,
    encode_uri,
)
from wtisd_model.ical.times import slot_lines
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.places import Places
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.programme.chosen import ChosenSession, Programme
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.people import contacts_of
from wtisd_model.programme.places import address_of, joined_address, links_of, virtual_name
from wtisd_model.programme.texts import categories, description_of, document_label, texts_about
from wtisd_model.types.document import Document
from wtisd_model.types.language import TaggedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.timeslot import TimeSlot

_STATUS: Final = {
    EventStatus.SCHEDULED: content_line("STATUS", encode_keyword("CONFIRMED")),
    EventStatus.POSTPONED: content_line("STATUS", encode_keyword("TENTATIVE")),
    EventStatus.CANCELLED: content_line("STATUS", encode_keyword("CANCELLED")),
}

TRANSPARENT: Final = content_line("TRANSP", encode_keyword("TRANSPARENT"))

_AS_URI: Final = encode_parameters({"VALUE": ("URI",)})

_LINE_BREAK: Final = b"\r\n"

_BETWEEN_LOCATIONS: Final = "; "  # Outlook splits locations at semicolons


class EntryContext:
    """What the VEVENTs of an event share, with the lines that are equal in each of them."""

    def __init__(
        self,
        event: Event,
        languages: ProgrammeLanguages,
        language: str | None,
        *,
        utc: bool,
        describe: Callable[[Sequence[TaggedText]], bytes] | None = None,
        remote_first: bool = False,
        announces: bool = False,
        is_copy: bool = False,
    ) -> None:
        """Write what is equal in each of them.

        Args:
            event: not a draft.
            languages: those spoken at the event and its sessions, and those interpreted into.
            language: the reader's; None for the one that each text was written in.
            utc: whether times are in UTC.
            describe: writes the paragraphs of a description; by default `description_line`.
            remote_first: whether the reader takes part remotely.
            announces: True if the readers have not registered yet, so that they are told how to take part.
            is_copy: True if the texts are those of a message from others, which have the status and the links already.

        Raises:
            ExportError: ``event-without-slot`` for a draft; what the ``encode`` functions refuse.
        """
        self.event: Event = event
        self.slot: TimeSlot = slot_of_announced(event)
        self.places: Places = places_of(event)
        self.language: str | None = language
        self.languages: ProgrammeLanguages = languages
        self.words: Locale = locale_for(language or event.title.language)
        self.utc = utc
        self.describe: Callable[[Sequence[TaggedText]], bytes] = describe or description_line
        self.remote_first: bool = remote_first
        self.announces: bool = announces
        self.is_copy: bool = is_copy
        self.changes: bytes = b""
        for name, moment in (("CREATED", event.created), ("LAST-MODIFIED", event.updated)):
            if moment is not None:
                self.changes += content_line(name, encode_date_time_utc(moment))
        # RELTYPE is PARENT where it is not said (RFC 5545 section 3.2.15).
        self.parent: bytes = content_line("RELATED-TO", encode_text(event.uid))
        self.where: bytes = where_lines(self.places, self)
        self.details: bytes = _details(event, language)

    @cached_property
    def programme(self) -> "ProgrammeLines":
        """The sessions of the event, for people who chose some of them."""
        return ProgrammeLines(Programme(self.event, self.language, self.words), self.words, remote=self.remote_first)


class ExportedEntry(NamedTuple):
    """One VEVENT, without DTSTAMP, and the same in words."""

    uid: str
    sequence: int
    slot: TimeSlot
    title: TaggedText
    about: tuple[TaggedText, ...]
    """What it is about, paragraph by paragraph."""
    languages: tuple[tuple[str, str], ...]
    """Labels, each with a text: the languages spoken, and those interpreted into."""
    places: Places
    uid_line: bytes
    numbers: bytes
    """CREATED, LAST-MODIFIED and SEQUENCE, which follow UID and DTSTAMP; the same whatever a reader sees."""
    before: bytes
    """The other lines up to DESCRIPTION."""
    paragraphs: tuple[TaggedText, ...]
    """Those of DESCRIPTION."""
    first: int
    """How many of them come before the sessions that a person chose."""
    description: bytes
    where: bytes
    """LOCATION, GEO and CONFERENCE."""
    after: bytes
    """All others."""

    @property
    def lines(self) -> bytes:
        """All lines after SEQUENCE."""
        return self.before + self.description + self.where + self.after


# Why: docs/decisions/0032
def calendar_entry(
    session: Session | None,
    context: EntryContext,
    *,
    status: EventStatus | None,
    places: Places | None = None,
    transparent: bool = False,
) -> ExportedEntry:
    """Return the VEVENT of a session, or that of the event itself, with a STATUS unless that is None.

    It is transparent if something else, such as its sessions, takes a person's time. Its places are its own, unless the
    reader has others.
    """
    event, language, words = context.event, context.language, context.words
    thing = session or event
    uid = event.uid if session is None else session.export_uid(event.uid)
    sequence = event.entry_sequence(session)
    slot = context.slot if session is None else session.slot
    title = thing.title.in_language(language)
    if places is None:
        places = context.places if session is None else context.places.of_session(session)
    where, inherited = context.where, context.places
    # Tuples that are inherited are the same objects, which takes no time to see.
    if places.locations is not inherited.locations or places.virtual_locations is not inherited.virtual_locations:
        where = where_lines(places, context)
    if session is None:
        documents = event.documents
    else:
        # Everybody would get a mail for each file that is added, so they are only where programs fetch them.
        documents = session.materials if context.announces or context.is_copy else ()
    languages: tuple[tuple[str, str], ...] = ()
    first = 0
    if context.is_copy:
        about = paragraphs = tuple(texts_about(event, session, language))
    else:
        said = description_of(
            event,
            session,
            context.languages,
            places=places,
            documents=documents,
            status=status,
            language=language,
            words=words,
            announces=context.announces,
        )
        about, languages = (*said.about, *said.terms), said.languages
        paragraphs = tuple(said.paragraphs(remote_first=context.remote_first))
        first = len(said.status) + (len(said.links) if context.remote_first else 0)
    before = (
        b"" if session is None else context.parent,
        b"" if status is None else _STATUS[status],
        TRANSPARENT if transparent else b"",
        slot_lines(slot, utc=context.utc),
        text_line("SUMMARY", [title]),
    )
    attachments = _attachments(documents, language, words) if documents else b""
    return ExportedEntry(
        uid,
        sequence,
        slot,
        title,
        about,
        languages,
        places,
        content_line("UID", encode_text(uid)),
        context.changes + content_line("SEQUENCE", encode_integer(sequence)),
        b"".join(before),
        paragraphs,
        first,
        context.describe(paragraphs),
        where,
        _labels(session, context) + context.details + attachments,
    )


class ChosenLines(NamedTuple):
    """A session that somebody chose, as text that continues the DESCRIPTION of the event."""

    order: str
    """What to sort by; no two are equal."""
    session: ChosenSession
    is_held: bool
    day: bytes
    """Its day, which is written before the first session of that day; often empty."""
    lines: bytes
    in_one: bool
    """True if its title is in the language of the words around it."""
    visible: bytes
    """What a reader sees of it, to be compared with that of another version."""


class ProgrammeLines:
    """The sessions of an event as text of its entry, for people who chose some, in one language and mode."""

    def __init__(self, programme: Programme, words: Locale, *, remote: bool) -> None:
        """Take the sessions, the words for the reader, and whether the reader takes part remotely."""
        self._programme, self._words, self._remote = programme, words, remote
        # None for sessions that are not announced
        self._attended: Callable[[str], ChosenLines | None] = cache(partial(self._line, awaited=False))
        self._awaited: Callable[[str], ChosenLines | None] = cache(partial(self._line, awaited=True))

    def of(self, attended: frozenset[str], awaited: frozenset[str]) -> list[ChosenLines]:
        """Return the text of the announced sessions of a person, in order: those to attend, and those *awaited*."""
        found = [*map(self._attended, attended), *map(self._awaited, awaited)]
        return sorted([lines for lines in found if lines is not None], key=itemgetter(0))

    def shared(self, people: Sequence[Registration]) -> list[ChosenLines]:
        """Return the text of the announced sessions of people who share a mailbox."""
        return [self._text_of(session) for session in self._programme.shared(people)]

    def visible(self, attended: frozenset[str], awaited: frozenset[str]) -> frozenset[bytes]:
        """Return what a person sees of their sessions, in any order: their times tell that."""
        found = [*map(self._attended, attended), *map(self._awaited, awaited)]
        return frozenset([lines.visible for lines in found if lines is not None])

    def place(self, entry: ExportedEntry) -> "ChosenPlace":
        """Return the DESCRIPTION of the event, parted for the sessions that a person chose."""
        here = self._words.language
        first, rest = entry.paragraphs[: entry.first], entry.paragraphs[entry.first :]
        said = encode_text("\n\n".join([*[text for text, _ in first], self._programme.heading]))
        mixed = in_one = content_line("DESCRIPTION", said)
        if all(tag == here for _, tag in entry.paragraphs):
            in_one = content_line("DESCRIPTION", said, encode_parameters({"LANGUAGE": (here,)}))
        return ChosenPlace(
            mixed.removesuffix(_LINE_BREAK),
            in_one.removesuffix(_LINE_BREAK),
            further_text(f"\n{self._words.programme.nothing_left}"),
            further_text("".join([f"\n\n{text}" for text, _ in rest])) + _LINE_BREAK if rest else _LINE_BREAK,
        )

    def _line(self, id_: str, *, awaited: bool) -> ChosenLines | None:
        if id_ not in self._programme:
            return None
        remote = self._remote
        return self._text_of(self._programme.session(id_, rooms=not remote, links=remote, awaited=awaited))

    def _text_of(self, session: ChosenSession) -> ChosenLines:
        said = self._programme.day(session.slot)
        day = further_text(f"\n\n{said}") if said else b""
        lines = further_text(f"\n{self._programme.lines(session)}")
        in_one = session.title[1] == self._words.language
        order = self._programme.order(session.id)
        visible = b"%d%b%b" % (in_one, day, lines)
        return ChosenLines(order, session, session.status.is_held, day, lines, in_one, visible)


class ChosenPlace(NamedTuple):
    """The DESCRIPTION of an event, parted for the sessions that a person chose."""

    mixed: bytes
    """All before them."""
    in_one: bytes
    """The same with LANGUAGE, for people all of whose sessions have titles in the language of the words."""
    nothing_left: bytes
    """Says that none of them takes place any more."""
    rest: bytes
    """All after them, with the end of the line."""

    def filled(self, chosen: Iterable[ChosenLines], *, nothing_left: bool) -> list[bytes]:
        """Return the DESCRIPTION of a person, in pieces that are written only once: few choose the same sessions."""
        in_one, day = True, b""
        pieces = [b"", self.nothing_left] if nothing_left else [b""]
        for lines in chosen:
            in_one = in_one and lines.in_one
            if lines.day != day:
                day = lines.day
                pieces.append(day)
            pieces.append(lines.lines)
        pieces[0] = self.in_one if in_one else self.mixed
        pieces.append(self.rest)
        return pieces


def description_line(paragraphs: Sequence[TaggedText], parameters: str = "") -> bytes:
    """Return DESCRIPTION; nothing without paragraphs."""
    return text_line("DESCRIPTION", paragraphs, "\n\n", parameters)


def organizer_line(event: Event, language: str | None) -> bytes:
    """Return ORGANIZER; nothing if there is no organizer, or no e-mail address, which is its value."""
    organizer = event.organizer
    if organizer is None or organizer.email is None:
        return b""
    name, tag = organizer.name.in_language(language)
    return content_line(
        "ORGANIZER", encode_cal_address(organizer.email), encode_parameters({"CN": (name,), "LANGUAGE": (tag,)})
    )


def _labels(session: Session | None, context: EntryContext) -> bytes:
    """Return URL and CATEGORIES and, for `from_ical`, the kind of a session and, beside a uid of its own, its id."""
    event = context.event
    url = event.url if session is None else session.url or event.url
    lines = b"" if url is None else content_line("URL", encode_uri(url))
    named = categories(event, session, context.words)
    if named:
        lines += content_line("CATEGORIES", encode_text_list(named))
    if session is not None and session.kind is not None:
        lines += content_line("X-WTISD-KIND", encode_keyword(session.kind))
    if session is not None and session.uid is not None and context.announces:
        lines += content_line("X-WTISD-ID", encode_text(session.id))
    return lines


def _details(event: Event, language: str | None) -> bytes:
    lines = organizer_line(event, language)
    for contact in contacts_of(event):
        known = ", ".join(filter(None, (contact.name, contact.email, contact.phone)))
        lines += content_line("CONTACT", encode_text(known))
    return lines if event.image is None else lines + content_line("IMAGE", encode_uri(event.image), _AS_URI)


def where_lines(places: Places, context: EntryContext) -> bytes:
    """Return LOCATION, GEO and CONFERENCE.

    For remote readers, LOCATION names the first virtual location before the others, since calendar programs show it;
    and there is no GEO, from which they compute a journey.
    """
    virtual, language, words = places.virtual_locations, context.language, context.words
    conferences = b"".join([_conference(place, place.uri, language) for place in virtual if place.uri is not None])
    addresses = [address_text(location, language) for location in places.locations]
    if context.remote_first and virtual:
        links = links_of(places, language, words)
        first = (links[0][1], links[0][0][1]) if links else virtual_name(virtual[0], language, words)
        return conferences + text_line("LOCATION", [first, *addresses], _BETWEEN_LOCATIONS)
    return text_line("LOCATION", addresses, _BETWEEN_LOCATIONS) + position_line(places.locations) + conferences


def address_text(location: Location, language: str | None) -> TaggedText:
    """Return a location as LOCATION names it: with its room, address and town."""
    name, tag = location.name.in_language(language)
    return joined_address(name, *address_of(location)), tag


def position_line(locations: Iterable[Location]) -> bytes:
    """Return GEO of the first location with a position, if there is one: it occurs once at most (section 3.6.1)."""
    for location in locations:
        if location.latitude is not None and location.longitude is not None:
            return content_line("GEO", encode_geo(location.latitude, location.longitude))
    return b""


def _conference(virtual: VirtualLocation, address: str, language: str | None) -> bytes:
    # "VALUE" has no default here (RFC 7986 section 5.11), and it takes FEATURE, LABEL and LANGUAGE.
    parameters: dict[str, tuple[str, ...]] = {"VALUE": ("URI",)}
    if virtual.features:
        parameters["FEATURE"] = tuple(sorted(feature.upper() for feature in virtual.features))
    if virtual.name is not None:
        label, tag = virtual.name.in_language(language)
        parameters |= {"LABEL": (label,), "LANGUAGE": (tag,)}
    return content_line("CONFERENCE", encode_uri(address), encode_parameters(parameters))


def _attachments(documents: Iterable[Document], language: str | None, words: Locale) -> bytes:
    """Return an ATTACH for each document with a web address.

    There is no FMTTYPE: a document has no media type, and the end of an address promises none.

    Source: RFC 5545 section 3.8.1.1; RFC 7986 section 6.4 (LABEL).
    """
    lines = list[bytes]()
    for document in documents:
        if document.url is not None:
            label, tag = document_label(document, language, words)
            labelled = encode_parameters({"LABEL": (label,), "LANGUAGE": (tag,)})
            lines.append(content_line("ATTACH", encode_uri(document.url), labelled))
    return b"".join(lines)
