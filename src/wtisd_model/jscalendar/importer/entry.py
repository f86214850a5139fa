"""An Event of JSCalendar in our words, before it is known whether it is an event or a session."""

from typing import Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import pointer
from wtisd_model.jscalendar.entries import IMPLIED, STATUSES
from wtisd_model.jscalendar.importer.context import JSCalendarEvent, note_unread
from wtisd_model.jscalendar.importer.links import Links, read_links
from wtisd_model.jscalendar.importer.participants import Participants, read_participants
from wtisd_model.jscalendar.importer.places import read_locations, read_virtual_locations
from wtisd_model.jscalendar.importer.slots import read_slot
from wtisd_model.jscalendar.names import FIELDS, LOCALIZATIONS, Object
from wtisd_model.model.event import Event
from wtisd_model.model.session import SEQUENCE, EventStatus, is_exported_uid
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.imported import Attendee
from wtisd_model.reading.notes import UNTITLED, At
from wtisd_model.schema.fields import most_items
from wtisd_model.types.extensions import EXTENSION_KEY
from wtisd_model.types.text import LINE
from wtisd_model.types.timeslot import TimeSlot

RECURRENCE: Final = ("recurrenceRule", "recurrenceRules", "excludedRecurrenceRules", "recurrenceOverrides")
"""The members that make an event recur."""

_READ: Final = frozenset(
    {
        *("@type", "version", "uid", "prodId", "created", "updated", "sequence", "relatedTo", "title", "description"),
        *("locale", "localizations", LOCALIZATIONS, "start", "timeZone", "endTimeZone", "duration", "timeZones"),
        *("showWithoutTime", "status", "locations", "mainLocationId", "virtualLocations", "links", "keywords", "color"),
        *("participants", "organizerCalendarAddress", "replyTo", "recurrenceId", "recurrenceIdTimeZone", "method"),
        *(*RECURRENCE, "freeBusyStatus", FIELDS),
    }
)
_DEFAULTS: Final = {"descriptionContentType": "text/plain", "privacy": "public"}


@frozen(kw_only=True)
class JSCalendarEntry:
    """One Event of the document."""

    source: JSCalendarEvent
    uid: str
    parent: str | None
    """The uid of the Event that it is a part of (``relatedTo``)."""
    slot: TimeSlot
    stated: str
    """The status as it is written."""
    sequence: int
    title: Object
    locations: list[At]
    virtual_locations: list[At]
    links: Links
    keywords: list[str]
    people: Participants = field(repr=False)
    extensions: Object = field(repr=False)
    series: Object | None = None
    """The series that it is an occurrence of."""

    @property
    def path(self) -> str:
        """The place of the Event in the document."""
        return self.source.path

    @property
    def members(self) -> Object:
        """The members of the Event."""
        return self.source.members

    @property
    def fields(self) -> Object:
        """The members of ``wtisd-model:fields``, which no property could hold."""
        return self.source.fields.members

    @property
    def attendees(self) -> list[Attendee]:
        """The people who are invited."""
        return self.people.attendees

    def status(self, whole: EventStatus = EventStatus.SCHEDULED) -> EventStatus:
        """Return the status; *whole* is that of the event of a session.

        A session of a cancelled or postponed event is written with that status; ``wtisd-model:fields`` has its own
        one.
        """
        own = next((each for each in STATUSES if each == self.fields.get("status")), None)
        if own is not None and self.stated == STATUSES[next(each for each in _FROM_WORST if each in {own, whole})]:
            return own
        return IMPLIED.get(self.stated, EventStatus.SCHEDULED)

    @property
    def weight(self) -> int:
        """The steps that it takes to make an event of it."""
        parts = (self.title, self.locations, self.virtual_locations, *self.links, self.people.persons, self.fields)
        return sum(map(weight, (*parts, self.members.get("description"))))

    def moment(self, key: str) -> At | None:
        """Return ``created`` or ``updated``, with a fraction of a second if this package wrote it."""
        stated, exact = self.source.value[key], self.fields.get(key)
        if stated.string and isinstance(exact, str) and exact.startswith(stated.string.removesuffix("Z")):
            return At(exact, stated.path)
        return None if stated.value is None else stated.at

    def description(self) -> Object | None:
        """Return the description: that in ``wtisd-model:fields`` where the property says more than that."""
        source = self.source
        return source.fields["description"].value if source.has_own_description else source.written_description


def weight(value: object) -> int:
    """Return the steps that it takes to read a value again: one for each value in it, and for each 100 characters."""
    if isinstance(value, At):
        return weight(value.value)
    if isinstance(value, str):
        return len(value) // 100
    if isinstance(value, dict):
        value = list(cast("Object", value).values())
    return sum(1 + weight(each) for each in cast("list[object]", value)) if isinstance(value, list) else 0


_FROM_WORST: Final = (EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.SCHEDULED)


def read_entry(source: JSCalendarEvent) -> JSCalendarEntry | None:
    """Return an Event as an entry; None with an error among the findings if it has no slot, or an invalid uid."""
    value, members, notes = source.value, source.members, source.notes
    uid, slot = value["uid"].string, read_slot(source)
    if uid is None or not is_exported_uid(uid):
        notes.note(Code.UID_MALFORMED if "uid" in members else Code.KEY_MISSING, f"{source.path}/uid")
        return None
    if slot is None:
        return None
    others = {key: each for key, each in members.items() if key not in _READ}
    extensions = {key: each for key, each in others.items() if EXTENSION_KEY.check(key, suggest=False) is None}
    note_unread(value, _READ | extensions.keys(), _DEFAULTS)
    title = source.localized(value["title"], LINE, "title")
    if title is None:
        notes.note(Code.TITLE_MISSING, source.path)
    source.read.add("description")  # read when it is known whether it is that of an event or of a session
    entry = JSCalendarEntry(
        source=source,
        uid=uid,
        parent=_parent(source),
        slot=slot,
        stated=_status(source),
        sequence=_sequence(source),
        title=title or UNTITLED,
        locations=read_locations(source, slot.time_zone),
        virtual_locations=read_virtual_locations(source),
        links=read_links(source),
        keywords=_keywords(source),
        people=read_participants(source, uid),
        extensions={
            key: ForeignValue(each, source.path + pointer(key), notes).json() for key, each in extensions.items()
        },
    )
    source.note_unread_patches()
    return entry


MOST_WORDS: Final = most_items(Event, "keywords")


def _parent(source: JSCalendarEvent) -> str | None:
    """Return the first event that this is a part of; other relations are left out.

    Version 2.0: "The empty Object value represents a "parent" relation".
    """
    parent: str | None = None
    relations = source.value["relatedTo"].object()
    for uid in relations.members:
        kinds = relations.member(uid)["relation"].members
        if parent is None and ("parent" in kinds or (not kinds and source.context.version == "2.0")):
            parent = uid
        else:
            relations.unsupported("relatedTo")
    return parent


def _status(source: JSCalendarEvent) -> str:
    stated = source.value["status"]
    if stated.name in STATUSES.values() and (stated.name in IMPLIED or "status" in source.fields.members):
        return stated.name
    if stated.value is not None:
        stated.drop(Code.VALUE_UNKNOWN)
    return "confirmed"


def _sequence(source: JSCalendarEvent) -> int:
    stated = source.value["sequence"]
    if stated.value is None or SEQUENCE.check(stated.value) is None:
        return stated.value or 0
    stated.drop(Code.NUMBER_OUT_OF_RANGE)
    return 0


def _keywords(source: JSCalendarEvent) -> list[str]:
    """Return the keywords: as many as an event and a track can hold, and one more if there are more."""
    kept: dict[str, None] = {}
    words = source.value["keywords"].object()
    for word in words.members:
        text = words.notes.text(word, LINE, words.path)
        if text is not None:
            kept[text.value] = None
        if len(kept) == MOST_WORDS + 2:
            break
    return list(kept)
