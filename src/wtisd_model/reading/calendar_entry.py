"""One entry of a foreign calendar in our words, before it is known whether it is an event or a session.

iCalendar and JSCalendar say the same things of an entry, in other forms. The reader of a format says which of its
values is which of these, and where it was found; `build_events` decides what becomes of them.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Final, NamedTuple, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.reading.imported import Attendee
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.fields import most_items
from wtisd_model.types.identifiers import name_based_uid
from wtisd_model.types.recurrence import RecurrenceRule, StepBudget
from wtisd_model.types.timeslot import TimeSlot

MOST_WORDS: Final = most_items(Event, "keywords") + 2
"""How many keywords of an entry are read: as many as an event and a track can hold, and one more if there are more."""


@frozen
class Start:
    """When an occurrence takes place by the rules of its series, which is its name."""

    slot: TimeSlot
    day: date | None
    """Its day, if it is a whole one."""

    @property
    def names(self) -> tuple[date, date]:
        """The moment and the day: an exception may name it by either."""
        start = self.slot.start
        return self.slot.starts_at, date(start.year, start.month, start.day)

    @property
    def name(self) -> date:
        """The moment or, for a whole day, the day."""
        return self.slot.starts_at if self.day is None else self.day


class Change(NamedTuple):
    """An occurrence that differs from the others of its series."""

    start: Start
    """The occurrence by the rules."""
    read: Callable[[StepBudget], "CalendarEntry | None"]
    """Returns it as an entry, for the steps that this takes; None with a finding if it cannot be read."""


class Recurrence(ABC):
    """When an entry takes place again; the reader of a format answers from what the entry says there."""

    stated: Sequence[At]
    """The names of the properties that make it recur, with their places."""
    first_counts: ClassVar[bool]
    """True if the first occurrence counts even where a rule does not describe it."""
    changes_the_rest: bool = False
    """True for an occurrence with which all later ones are changed."""

    @abstractmethod
    def original(self) -> Start | None:
        """Return the occurrence of a series that the entry describes; None if it is the whole series.

        Raises:
            InvalidValueError: it is not known which one.
        """

    @abstractmethod
    def rules(self) -> tuple[Sequence[RecurrenceRule], Sequence[RecurrenceRule]]:
        """Return the rules, and those by which it does not take place.

        Raises:
            InvalidValueError: ``recurrence-malformed`` for one that cannot be read.
        """

    @abstractmethod
    def first(self) -> tuple[Start, datetime]:
        """Return the first occurrence, and its local time."""

    @abstractmethod
    def start_at(self, wall: datetime) -> Start | None:
        """Return the occurrence at a local time; None beyond the accepted years."""

    @abstractmethod
    def dates(self) -> Iterable[Start | None]:
        """Yield the occurrences that are listed; None for one that cannot be read."""

    @abstractmethod
    def excluded(self) -> Iterable[Start | None]:
        """Yield the occurrences that do not take place; None for one that cannot be read."""

    @abstractmethod
    def changes(self) -> Iterable[Change]:
        """Yield the occurrences of which the entry itself says how they differ."""


@frozen(kw_only=True)
class CalendarEntry:
    """What an entry says. Texts, places, people and documents are drafts of our JSON, with the places of their values.

    A member of our JSON that a format states as it is, such as the kind of a session in a file of this package, is
    among the ``fields``, and is not guessed.
    """

    notes: Notes
    path: str
    """Where it is in the document."""
    source: Any = field(default=None, repr=False)
    """The entry in the words of its format, where these are asked again once its event is made."""
    uid: str
    parent: At | None
    """The uid of the entry that it is a part of."""
    occurrence: At | None = None
    """The start, as it is written, that names it as one of a series."""
    occurrence_property: str
    """The property that does so."""
    begins: str
    """Its own start, as it is written."""
    recurrence: Recurrence | None = field(default=None, repr=False)
    """When it takes place again, if that was asked for."""
    sequence: int = 0
    revised: str = ""
    """The moment of the revision in UTC, as an ISO text that can be compared."""
    slot: TimeSlot
    slot_path: str
    status: EventStatus
    status_path: str
    written_status: EventStatus | None = None
    """The worse one of the statuses of a session and its event, where a format states the own one of the session."""
    own_status: EventStatus | None = None
    moments: Sequence[At] = ()
    """What it names as the moment of its last change, the best one first."""
    created: At | None = None
    updated: At | None = None
    title: Draft
    description: Draft | None = None
    locations: Sequence[At]
    virtual_locations: Sequence[At]
    names_place: bool
    """True if it names a place to meet, also if no location can hold it."""
    url: At | None = None
    image: At | None = None
    documents: Sequence[At]
    keywords: Sequence[At]
    """The keywords, each once; at most `MOST_WORDS`."""
    color: At | None = None
    color_of_calendar: At | None = None
    organizer: At | None = None
    contacts: Sequence[At] = field(default=(), repr=False)
    """The people whom only an event has."""
    people: Sequence[At] = field(default=(), repr=False)
    """The people of an event or a session."""
    extensions: Draft = field(factory=dict[str, Any], repr=False)
    attendees: Sequence[Attendee] = field(default=(), repr=False)
    series: Draft | None = None
    """The series that it is an occurrence of."""
    fields: Mapping[str, At] = field(factory=dict[str, At], repr=False)
    """Members of our JSON that the format states, but for those above."""
    own: frozenset[str] = frozenset()
    """The members that a session has of its own although they are those of its event."""
    guesses: bool = True
    """True if kind and track may be among the keywords."""
    names_kinds: bool = True
    """True if a keyword may name a kind of session: in a file of another program."""
    lists_places: bool = False
    """True if it lists all its places, also those that it has from its event."""

    @property
    def id(self) -> str | None:
        """The id of a session that is stated."""
        stated = self.fields.get("id")
        return None if stated is None else stated.value

    @property
    def weight(self) -> int:
        """The steps that it takes to make an event of it."""
        lists = (self.locations, self.virtual_locations, self.documents, self.keywords, self.contacts, self.people)
        return weight([self.title, self.description, *map(list, lists), self.extensions, dict(self.fields)])


def derived_uid(kind: str, identity: object, notes: Notes, path: str) -> str:
    """Return the uid of an entry in a schedule that states none, with a finding: it depends only on its *identity*.

    That is JSON: the times, the title and the place. An event that is cancelled, or described in other words, keeps its
    uid; at another time, in another place or with another title it is another one.

    Source: RFC 9562 section 5.5 (UUID version 5).
    """
    notes.note_once(Code.UID_DERIVED, path)
    return name_based_uid(f"{kind} {json.dumps(identity, sort_keys=True)}")


def weight(value: object) -> int:
    """Return the steps that it takes to read a value again: one for each value in it, and for each 100 characters."""
    if isinstance(value, At):
        return weight(value.value)
    if isinstance(value, str):
        return len(value) // 100
    if isinstance(value, dict):
        value = list(cast("dict[str, object]", value).values())
    return sum(1 + weight(item) for item in cast("list[object]", value)) if isinstance(value, list) else 0


def revision_of(entry: CalendarEntry) -> tuple[int, str]:
    """Return a key that is greater for a later revision."""
    return entry.sequence, entry.revised
