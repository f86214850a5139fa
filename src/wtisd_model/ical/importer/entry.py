"""A VEVENT with its values decoded, before it is known whether it is an event or a session."""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.colors import COLORS
from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext, sequence_of
from wtisd_model.ical.importer.derived_uid import derived_uid
from wtisd_model.ical.importer.documents import read_documents
from wtisd_model.ical.importer.locations import read_locations, read_virtual_locations
from wtisd_model.ical.importer.omissions import note_omissions
from wtisd_model.ical.importer.people import read_attendees, read_contacts, read_organizer, read_participants
from wtisd_model.ical.property import Property
from wtisd_model.ical.times import read_slot
from wtisd_model.ical.values import decode_date_time_utc, decode_text, decode_text_list
from wtisd_model.locales import languages, locale_for
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, SessionKind
from wtisd_model.reading.imported import Attendee
from wtisd_model.reading.notes import UNTITLED
from wtisd_model.schema.fields import most_items
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.series import Series
from wtisd_model.types.text import IDENTIFIER, LINE, LONG, WEB_ADDRESS
from wtisd_model.types.timeslot import TimeSlot

MOST_WORDS: Final = most_items(Event, "keywords")
_MOST_READ: Final = 1000
"""The maximum number of items of CATEGORIES that are read."""


@frozen(kw_only=True)
class ImportedEntry:
    """One VEVENT."""

    context: ImportContext = field(repr=False)
    """That of its calendar."""
    line: int
    uid: str
    parent: str | None
    """The uid of the entry that it is a part of (RELATED-TO)."""
    occurrence: str | None
    """RECURRENCE-ID, which names one of a series."""
    begins: str
    """DTSTART."""
    sequence: int
    stamped: datetime | None
    created: datetime | None
    updated: datetime | None
    slot: TimeSlot
    status: EventStatus
    title: LocalizedText
    description: LocalizedText | None
    locations: tuple[Location, ...]
    virtual_locations: tuple[VirtualLocation, ...]
    names_place: bool
    """True if LOCATION is not empty, also if no location can hold it."""
    url: str | None
    keywords: Mapping[str, Property]
    """The keywords and their properties, in the order of the file; at most two more than an event has."""
    kind: SessionKind | None
    """The kind of session that X-WTISD-KIND states."""
    id: str | None
    """The id of a session with a uid of its own, which X-WTISD-ID states."""
    organizer: Organization | None
    contacts: tuple[Contact, ...] = field(repr=False)
    people: tuple[Contact, ...] = field(repr=False)
    """PARTICIPANT."""
    documents: tuple[Document, ...]
    image: str | None
    color: str | None
    attendees: tuple[Attendee, ...] = field(repr=False)
    series: Series | None = None
    """The series that it is an occurrence of."""


def read_entry(vevent: Component, context: ImportContext) -> ImportedEntry | None:
    """Return a VEVENT as an entry; None with an error among the findings if it has no slot, or an invalid uid."""
    uid, slot = _uid(vevent, context), read_slot(vevent, context)
    if uid is None or slot is None:
        return None
    note_omissions(vevent, context)
    for each in vevent.all("X-WTISD-ZONE"):
        if each.value != slot.time_zone:
            context.drop(each)
    summary, description = context.single(vevent, "SUMMARY"), context.single(vevent, "DESCRIPTION")
    title = None if summary is None else context.localized(summary, LINE)
    if title is None:
        context.note(Code.TITLE_MISSING, vevent)
    begins, occurrence = vevent.get("DTSTART"), vevent.get("RECURRENCE-ID")
    color, kind = context.single(vevent, "COLOR"), _kind(vevent, context)
    return ImportedEntry(
        context=context,
        line=vevent.line,
        uid=uid,
        parent=_parent(vevent, context),
        occurrence=None if occurrence is None else occurrence.value,
        begins="" if begins is None else begins.value,
        sequence=_sequence(vevent, context),
        stamped=_moment(vevent, "DTSTAMP", context),
        created=_moment(vevent, "CREATED", context),
        updated=_moment(vevent, "LAST-MODIFIED", context),
        slot=slot,
        status=_status(vevent, context),
        title=title or LocalizedText(UNTITLED["text"], UNTITLED["language"]),
        description=None if description is None else context.localized(description, LONG),
        locations=read_locations(vevent, slot.time_zone, context),
        virtual_locations=read_virtual_locations(vevent, context),
        names_place=any(decode_text(each.value).strip() for each in vevent.all("LOCATION")),
        url=_web_address(vevent, "URL", context),
        keywords=_keywords(vevent, kind, context),
        kind=kind,
        id=_id(vevent, context),
        organizer=read_organizer(vevent, context),
        contacts=tuple(read_contacts(vevent.all("CONTACT"), context)),
        people=tuple(read_participants(vevent, context)),
        documents=tuple(read_documents(vevent, context)),
        image=_web_address(vevent, "IMAGE", context),
        color=None if color is None else read_color(color, context),
        attendees=tuple(read_attendees(uid, vevent.all("ATTENDEE"), context)),
    )


def _uid(vevent: Component, context: ImportContext) -> str | None:
    if not context.derives_uids or vevent.get("UID") is not None:
        return context.uid(vevent)
    context.note_once(Code.UID_DERIVED, vevent)
    return derived_uid(vevent)


def _parent(vevent: Component, context: ImportContext) -> str | None:
    """Return the first RELATED-TO that names a parent; the others are left out."""
    parent: str | None = None
    for each in vevent.all("RELATED-TO"):
        if parent is None and each.keyword("RELTYPE") in {None, "PARENT"}:
            parent = decode_text(each.value)
        else:
            context.drop(each)
    return parent


def _sequence(vevent: Component, context: ImportContext) -> int:
    source = context.single(vevent, "SEQUENCE")
    sequence = sequence_of(source)
    if source is not None and sequence is None:
        context.drop(source)
    return sequence or 0


def _moment(vevent: Component, name: str, context: ImportContext) -> datetime | None:
    source = context.single(vevent, name)
    moment = None if source is None else decode_date_time_utc(source.value)
    if source is not None and moment is None:
        context.drop(source)
    return moment


def _status(vevent: Component, context: ImportContext) -> EventStatus:
    """Return STATUS; TENTATIVE means postponed if this package wrote it, and otherwise not certain yet."""
    source = context.single(vevent, "STATUS")
    stated = "CONFIRMED" if source is None else source.value.strip().upper()
    if stated == "CANCELLED":
        return EventStatus.CANCELLED
    if stated == "TENTATIVE" and context.is_ours:
        return EventStatus.POSTPONED
    if source is not None and stated != "CONFIRMED":
        context.drop(source)
    return EventStatus.SCHEDULED


def _web_address(vevent: Component, name: str, context: ImportContext) -> str | None:
    source = context.single(vevent, name)
    value = None if source is None else source.value.strip()
    if source is not None and value is not None and WEB_ADDRESS.check(value, suggest=False) is not None:
        context.drop(source)
        return None
    return value


def _kind(vevent: Component, context: ImportContext) -> SessionKind | None:
    source = context.single(vevent, "X-WTISD-KIND")
    kind = None if source is None else _KINDS.get(source.value.strip())
    if source is not None and kind is None:
        context.drop(source)
    return kind


def _id(vevent: Component, context: ImportContext) -> str | None:
    source = context.single(vevent, "X-WTISD-ID")
    if source is None:
        return None
    id_ = decode_text(source.value)
    if IDENTIFIER.check(id_) is not None:
        context.drop(source)
        return None
    return id_


_KINDS: Final = {each.value: each for each in SessionKind}


def _keywords(vevent: Component, kind: SessionKind | None, context: ImportContext) -> Mapping[str, Property]:
    """Return the first keywords: as many as an event and a track can hold, and one more if there are more.

    The last one is left out if it is the name of *kind*, which `to_ical` adds.
    """
    kept: dict[str, Property] = {}
    for source in vevent.all("CATEGORIES"):
        words = list(islice(decode_text_list(source.value), _MOST_READ + 1))
        if kind is not None and words[-1] in {locale_for(each).sessions[kind] for each in languages()}:
            words.pop()
        for number, each in enumerate(words):
            if number == _MOST_READ:
                context.drop(source)
                return kept
            if not each.strip() or each in kept:
                continue
            word = context.text(each, LINE, source)
            if word is not None and word not in kept:
                kept[word] = source
                if len(kept) == MOST_WORDS + 2:
                    return kept
    return kept


def read_color(source: Property, context: ImportContext) -> str | None:
    """Return COLOR, a name of CSS3 whose case does not matter (RFC 7986 section 5.9)."""
    name = decode_text(source.value).strip().lower()
    if name not in COLORS:
        context.drop(source)
        return None
    return name
