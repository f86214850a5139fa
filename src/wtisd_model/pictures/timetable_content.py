"""The entries of a timetable: each session with its rooms, languages, seats and clashes, and the words about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.locales.locale import Locale
from wtisd_model.locales.picture_words import TimetableWords
from wtisd_model.markup.characters import isolate
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, session_status
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.planning.seat_rows import seats
from wtisd_model.programme.languages import (
    LanguageTexts,
    ProgrammeLanguages,
    SessionLanguages,
    language_names,
    language_texts,
)
from wtisd_model.programme.places import EventRooms, Room
from wtisd_model.programme.times import format_slot, format_times, offsets_of
from wtisd_model.rules.session import WITHOUT_BOOKINGS, conflicts, people_bookings, room_bookings
from wtisd_model.types.language import TaggedText
from wtisd_model.types.timeslot import TimeSlot

MUTUAL: Final = "⇄"
"""Between languages that are each interpreted into the others."""

_WHOLE_DAY: Final = timedelta(days=1)


class Clash(NamedTuple):
    """Another session that needs the same room or the same speaker at the same time."""

    other: TaggedText
    same_room: bool
    """True if they share a room, False if they share a speaker."""


@frozen(kw_only=True)
class TimetableEntry:
    """A session, or the event itself if it has none."""

    session: Session | None
    title: TaggedText = field(repr=False)
    slot: TimeSlot
    starts_at: datetime
    """Its start in UTC."""
    ends_at: datetime
    """The first moment after it in UTC."""
    start: datetime
    """Its start by the clocks of the chosen zone."""
    end: datetime
    """The first moment after it by the same clocks."""
    status: EventStatus
    rooms: tuple[Room | None, ...]
    """Its rooms, as `EventRooms` has them."""
    languages: SessionLanguages
    seats: tuple[str, ...]
    """How many seats are taken of those that are limited, in words; none unless they are asked for."""
    clashes: tuple[Clash, ...]

    @property
    def fills_days(self) -> bool:
        """True if it is of whole days, or lasts a day or longer."""
        return self.slot.whole_days or self.ends_at - self.starts_at >= _WHOLE_DAY

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return self.slot.first_day if self.slot.whole_days else self.start.date()

    def is_on(self, day: date, begins: datetime, ends: datetime) -> bool:
        """Return True if some of it takes place on a day, which begins and ends at these moments."""
        if self.slot.whole_days:
            return self.slot.first_day <= day <= self.slot.last_day
        return self.starts_at < ends and begins < self.ends_at

    @property
    def is_struck(self) -> bool:
        """True if it does not take place at the time shown."""
        return self.status in WITHOUT_BOOKINGS

    @property
    def is_pause(self) -> bool:
        """True for breaks and social events."""
        return self.session is not None and self.session.kind in PAUSES


def entries_of(
    subject: Event | Dossier, locale: Locale, language: str, zone: str, *, seats: bool
) -> list[TimetableEntry]:
    """Return the entries of an event, in the order of time and, at the same time, of the document.

    A dossier knows about interpretation and, if that is asked for, how many seats are taken.

    Raises:
        ExportError: ``event-without-slot`` for a draft without sessions or a slot.
    """
    entries = _Programme(subject, locale, language, zone, seats=seats).entries()
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.ends_at))


class _Programme:
    """An event with all that several of its sessions share."""

    def __init__(self, subject: Event | Dossier, locale: Locale, language: str, zone: str, *, seats: bool) -> None:
        event, requests = event_and_requests(subject)
        self._event = event
        self._language = language
        self._zone = ZoneInfo(zone)
        self._seats: Mapping[str | None, tuple[str, ...]] = (
            _seats(subject, locale) if seats and isinstance(subject, Dossier) else {}
        )
        self._languages = ProgrammeLanguages(event, requests)
        self._rooms = EventRooms(event, language)

    def entries(self) -> Iterator[TimetableEntry]:
        event, language = self._event, self._language
        if not event.sessions:
            if event.slot is None:
                raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/slot"))
            yield self._entry(event.slot, event.title.in_language(language), None, ())
            return
        titles = [session.title.in_language(language) for session in event.sessions]
        clashes = _clashes(event, titles)
        for index, session in enumerate(event.sessions):
            yield self._entry(session.slot, titles[index], session, clashes.get(index, ()))

    def _entry(
        self, slot: TimeSlot, title: TaggedText, session: Session | None, clashes: Sequence[Clash]
    ) -> TimetableEntry:
        event = self._event
        starts_at, ends_at = slot.starts_at, slot.ends_at
        return TimetableEntry(
            session=session,
            title=title,
            slot=slot,
            starts_at=starts_at,
            ends_at=ends_at,
            start=starts_at.astimezone(self._zone),
            end=ends_at.astimezone(self._zone),
            status=session_status(event, session),
            rooms=self._rooms.of(session),
            languages=self._languages.at(session),
            seats=self._seats.get(None if session is None else session.id, ()),
            clashes=tuple(clashes),
        )


def _seats(dossier: Dossier, locale: Locale) -> dict[str | None, tuple[str, ...]]:
    """Return the seats that are taken in each session and, under None, at the event, where they are limited."""
    words, modes, number = locale.pictures.timetable, locale.choices["mode"], locale.numbers.format
    by_session: defaultdict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for row in seats(dossier):
        if row.offered is not None:
            taken = words.taken_of.format(taken=number(row.taken), offered=number(row.offered))
            by_session[row.session_id].append((f"{modes[row.mode]}{locale.colon}", taken))
    return {
        id_: tuple([mode + taken if len(rows) > 1 else taken for mode, taken in rows])
        for id_, rows in by_session.items()
    }


def _clashes(event: Event, titles: Sequence[TaggedText]) -> dict[int, list[Clash]]:
    """Return the clashes of sessions by their index."""
    clashes: defaultdict[int, dict[tuple[int, bool], Clash]] = defaultdict(dict)
    for same_room, bookings in ((True, room_bookings), (False, people_bookings)):
        for booking, other in conflicts(bookings(event)):
            for one, another in ((booking.session, other.session), (other.session, booking.session)):
                clashes[one][another, same_room] = Clash(titles[another], same_room)
    return {index: list(several.values()) for index, several in clashes.items()}


class LanguageFacts(NamedTuple):
    """What a timetable says about the languages of an entry."""

    floor: str
    services: tuple[str, ...]
    """What is interpreted, which may be empty; then the signed languages and captions, with labels."""
    arrows: tuple[str, ...]
    """The floor languages with arrows to the languages that they are interpreted into; then as `services`."""
    words: str
    """The same in words, a line each with its label, for screen readers."""


class Facts(NamedTuple):
    """What a timetable says about an entry."""

    time: str
    rooms: list[TaggedText]
    where: str
    seats: tuple[str, ...]
    status: str | None
    languages: LanguageFacts
    clashes: list[str]


class Wording:
    """The words about the entries of one day or, for a table, of all days."""

    def __init__(self, locale: Locale, zone: str, entries: Iterable[TimetableEntry]) -> None:
        """Prepare the words; times have their offset from UTC if the clocks change between those of *entries*."""
        self.locale = locale
        self.words: TimetableWords = locale.pictures.timetable
        self.zone = zone
        self.arrow: str = "←" if locale.direction == "rtl" else "→"
        """Points from the languages spoken to those interpreted into."""
        self._rtl = locale.direction == "rtl"
        self._languages: dict[SessionLanguages, LanguageFacts] = {}
        timed = [entry for entry in entries if not entry.fills_days]
        self._offsets = offsets_of(moment for entry in timed for moment in (entry.start, entry.end))
        self.clocks_change: bool = len(self._offsets) > 1

    def zone_note(self) -> str:
        """Return a sentence about the zone of all times."""
        known = self.zone in {"UTC", *self._offsets} or self.clocks_change
        return self.words.zone.format(zone=self.zone if known else f"{self.zone} ({self._offsets[0]})")

    def time(self, entry: TimetableEntry, day: date) -> str:
        """Return when an entry takes place, on *day* unless it says another day: "22:00–02:00 (+1)"."""
        if entry.fills_days:
            if entry.slot.whole_days and entry.slot.first_day == entry.slot.last_day == day:
                return self.words.whole_day
            return format_slot(entry.slot, self.locale.dates, self.zone)
        return format_times(entry.start, entry.end, day, self.locale.dates, with_offsets=self.clocks_change)

    def facts(self, entry: TimetableEntry, day: date) -> Facts:
        """Return the words about an entry on a day."""
        words = self.words
        rooms = [(words.online, self.locale.language) if room is None else room.name for room in entry.rooms]
        reasons = {self.reason(same_room=clash.same_room) for clash in entry.clashes}
        return Facts(
            time=self.time(entry, day),
            rooms=rooms,
            where=self.locale.comma.join([isolate(name, rtl=self._rtl) for name, _ in rooms]),
            languages=self._language_facts(entry.languages),
            seats=entry.seats,
            status=None if entry.status is EventStatus.SCHEDULED else words.statuses[entry.status],
            clashes=[f"{words.clash}{self.locale.colon}{reason}" for reason in sorted(reasons)],
        )

    def reason(self, *, same_room: bool) -> str:
        """Return why two sessions clash."""
        return self.words.same_room if same_room else self.words.same_person

    def _language_facts(self, languages: SessionLanguages) -> LanguageFacts:
        if languages not in self._languages:
            texts = language_texts(languages, self.locale)
            others = self._lines(texts._replace(spoken="", interpretation=""))
            self._languages[languages] = LanguageFacts(
                floor=texts.spoken,
                services=(texts.interpretation, *others),
                arrows=(self._arrows(languages), *others),
                words="\n".join(self._lines(texts)),
            )
        return self._languages[languages]

    def _lines(self, texts: LanguageTexts) -> list[str]:
        return [f"{label}{self.locale.colon}{text}" for label, text in texts.labelled(self.locale)]

    def _arrows(self, languages: SessionLanguages) -> str:
        """Return the languages spoken, with arrows to those that they are interpreted into."""
        locale, parts = self.locale, list[str]()
        floor = language_names(languages.floor, locale)
        for direction in languages.spoken:
            is_whole = direction.sources == languages.floor
            if direction.is_mutual:
                arrows = f" {MUTUAL} ".join([language_names([tag], locale) for tag in direction.sources])
            else:
                before = floor if is_whole else language_names(direction.sources, locale)
                arrows = f"{before} {self.arrow} {language_names(direction.targets, locale)}".lstrip()
            if is_whole:
                floor = arrows
            else:
                parts.append(arrows)
        return locale.languages.separator.join(filter(None, (floor, *parts)))
