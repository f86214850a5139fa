"""The programme of an event as its timetable shows it: each session with its rooms, languages, seats and clashes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.locales.locale import Locale
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, places_of, session_status
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.planning.seat_rows import seat_rows
from wtisd_model.planning.session_languages import ProgrammeLanguages, SessionLanguages
from wtisd_model.rules.conflicts import WITHOUT_BOOKINGS, conflicts
from wtisd_model.rules.session import people_bookings, room_bookings
from wtisd_model.types.attendance import AttendanceMode
from wtisd_model.types.language import TaggedText
from wtisd_model.types.location import Location
from wtisd_model.types.timeslot import TimeSlot

_WHOLE_DAY: Final = timedelta(days=1)


class Room(NamedTuple):
    """A room, or a building if no room in it is named."""

    name: TaggedText
    building: TaggedText | None
    """The building; None if the name is that of the building."""


class Clash(NamedTuple):
    """Another session that needs the same room or the same speaker at the same time."""

    other: TaggedText
    """Its title."""
    same_room: bool
    """True if they share a room, False if they share a speaker."""


@frozen(kw_only=True)
class Entry:
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


def entries_of(subject: Event | Dossier, locale: Locale, language: str, zone: str, *, seats: bool) -> list[Entry]:
    """Return the entries of an event, in the order of time and, at the same time, of the document.

    Args:
        subject: the event, or a dossier, which knows about interpretation and seats as well.
        locale: the words.
        language: the language of texts, as far as they are translated.
        zone: the zone of times, a known one.
        seats: say how many seats are taken, if *subject* is a dossier.

    Raises:
        ExportError: ``event-without-slot`` for a draft without sessions or a slot.
    """
    found = list(_Programme(subject, locale, language, zone, seats=seats).entries())
    found.sort(key=lambda entry: (entry.starts_at, entry.ends_at))
    return found


def room_of(location: Location, language: str) -> Room:
    """Return the room of a location."""
    building = location.name.in_language(language)
    return Room(building, None) if location.room is None else Room((location.room, ""), building)


class EventRooms:
    """The rooms of an event, and those of each session: pictures and pages show the same."""

    def __init__(self, event: Event, language: str) -> None:
        """List the rooms, in *language* as far as their names are translated."""
        located = (event.locations, *(each.locations for each in event.sessions))
        self._event = event
        self._language = language
        self.in_order: list[Room] = list(
            dict.fromkeys(room_of(each, language) for several in located for each in several)
        )
        """All rooms: first those of the event, then those of its sessions in their order."""
        self._are_named = any(each.building is not None for each in self.in_order)

    def of(self, session: Session | None) -> tuple[Room | None, ...]:
        """Return the rooms of a session, or of the event itself for None.

        None among them means that people only take part remotely. Without any, it has no room of its own.
        """
        locations = locations_of(self._event, session)
        if not locations and places_of(self._event, session).mode is AttendanceMode.REMOTE:
            return (None,)
        if self._are_named and session is not None and not session.locations:
            # The building of the event, in which others have rooms, says too little.
            locations = tuple([each for each in locations if each.room is not None])
        return tuple([room_of(each, self._language) for each in locations])


def locations_of(event: Event, session: Session | None) -> tuple[Location, ...]:
    """Return where a session is, or the event itself for None.

    A session without locations is in that of its event; if there are several, none of them is known to be its own.
    """
    places = places_of(event, session)
    if session is None or session.locations or len(places.locations) == 1:
        return places.locations
    return ()


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

    def entries(self) -> Iterator[Entry]:
        event, language = self._event, self._language
        if not event.sessions:
            if event.slot is None:
                raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/slot"))
            yield self._entry(event.slot, event.title.in_language(language), None, ())
            return
        titles = [each.title.in_language(language) for each in event.sessions]
        clashes = _clashes(event, titles)
        for index, session in enumerate(event.sessions):
            yield self._entry(session.slot, titles[index], session, clashes.get(index, ()))

    def _entry(self, slot: TimeSlot, title: TaggedText, session: Session | None, clashes: Sequence[Clash]) -> Entry:
        event = self._event
        starts_at, ends_at = slot.starts_at, slot.ends_at
        return Entry(
            session=session,
            title=title,
            slot=slot,
            starts_at=starts_at,
            ends_at=ends_at,
            start=starts_at.astimezone(self._zone),
            end=ends_at.astimezone(self._zone),
            status=event.status if session is None else session_status(event, session),
            rooms=self._rooms.of(session),
            languages=self._languages.at(session),
            seats=self._seats.get(None if session is None else session.id, ()),
            clashes=tuple(clashes),
        )


def _seats(dossier: Dossier, locale: Locale) -> dict[str | None, tuple[str, ...]]:
    """Return the seats that are taken in each session and, under None, at the event, where they are limited."""
    words, modes, number = locale.pictures.timetable, locale.choices["mode"], locale.numbers.format
    found: defaultdict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for row in seat_rows(dossier):
        if row.offered is not None:
            taken = words.taken_of.format(taken=number(row.taken), offered=number(row.offered))
            found[row.session_id].append((f"{modes[row.mode]}{locale.colon}", taken))
    return {
        id_: tuple([mode + taken if len(rows) > 1 else taken for mode, taken in rows]) for id_, rows in found.items()
    }


def _clashes(event: Event, titles: Sequence[TaggedText]) -> dict[int, list[Clash]]:
    """Return the clashes of sessions by their index."""
    found: defaultdict[int, dict[tuple[int, bool], Clash]] = defaultdict(dict)
    for same_room, bookings in ((True, room_bookings), (False, people_bookings)):
        for booking, other in conflicts(bookings(event)):
            for one, another in ((booking.session, other.session), (other.session, booking.session)):
                found[one][another, same_room] = Clash(titles[another], same_room)
    return {index: list(several.values()) for index, several in found.items()}
