"""One VEVENT as it will stand in an event of ours, before it is known whether it is an event or a session."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.colors import COLORS
from wtisd_model.findings import finding
from wtisd_model.ical.joining import BETWEEN_PARAGRAPHS
from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.invitation.calendar.context import Context
from wtisd_model.invitation.calendar.identity import sequence_of, uid_of
from wtisd_model.invitation.calendar.slot import slot_of
from wtisd_model.invitation.calendar.tree import Component, single
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.invitation.calendar.values import allowed, moment, text, texts
from wtisd_model.invitation.importing.outcome import Attendee
from wtisd_model.invitation.importing.own_words import OwnWords, without_ours
from wtisd_model.invitation.importing.people import attendees, contacts, organizer
from wtisd_model.invitation.importing.places import Places, virtual_locations
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import LINE, LONG, WEB_ADDRESS
from wtisd_model.types.timeslot import TimeSlot

MOST_WORDS: Final = most_items(Event, "keywords")
_MOST_READ: Final = 1000
"""How many words of CATEGORIES are looked at."""

UNTITLED: Final = LocalizedText(text="Untitled", language="en")
"""What an event without a SUMMARY is called."""

_DROPPED: Final = (
    *("RRULE", "RDATE", "EXDATE", "ATTACH", "CLASS", "PRIORITY", "RESOURCES", "REQUEST-STATUS", "LINK", "CONCEPT"),
    *("STYLED-DESCRIPTION", "COMMENT"),
)
_RECURRENCE: Final = frozenset({"RRULE", "RDATE", "EXDATE"})
_STATUSES: Final = {
    "CONFIRMED": EventStatus.SCHEDULED,
    "TENTATIVE": EventStatus.POSTPONED,
    "CANCELLED": EventStatus.CANCELLED,
}
"""What STATUS says where we wrote it."""


@frozen(kw_only=True)
class Entry:
    """What a VEVENT says."""

    line: int
    uid: str
    parent: str | None
    """The uid of what it is a part of (RELATED-TO)."""
    occurrence: str | None
    """Which one of a series it is about (RECURRENCE-ID), as written."""
    begins: str
    """DTSTART, as written."""
    sequence: int
    stamped: datetime | None
    created: datetime | None
    updated: datetime | None
    slot: TimeSlot
    status: EventStatus
    title: LocalizedText
    theme: LocalizedText | None
    description: LocalizedText | None
    locations: tuple[Location, ...]
    virtual_locations: tuple[VirtualLocation, ...]
    url: str | None
    keywords: frozenset[str]
    organizer: Organization | None
    contacts: tuple[Contact, ...] = field(repr=False)
    image: str | None
    color: str | None
    attendees: tuple[Attendee, ...] = field(repr=False)


def entry(component: Component, context: Context, places: Places) -> Entry | None:
    """Read a VEVENT; None where it has no uid or no slot, which is noted as an error."""
    note = context.note
    uid = uid_of(component, context)
    slot = slot_of(component, context.clocks, note)
    if uid is None or slot is None:
        return None
    for name in _DROPPED:
        for each in islice(component.all(name), 1):
            code = Code.RECURRENCE_DROPPED if name in _RECURRENCE else Code.PROPERTY_DROPPED
            note(finding(code, line_path(each.line), property=name))
    for inner in islice(component.components, 1):
        note(finding(Code.COMPONENT_DROPPED, line_path(inner.line)))
    virtual = virtual_locations(component, context)
    summary = single(component, "SUMMARY", note)
    title = None if summary is None else context.localized(summary, LINE)
    if title is None:
        note(finding(Code.TITLE_MISSING, line_path(component.line)))
        title = UNTITLED
    stated = single(component, "STATUS", note)
    said = None if stated is None else _STATUSES.get(stated.value.strip().upper())
    words, theme, description = _about(component, virtual, said, context)
    begins, occurrence = component.first("DTSTART"), component.first("RECURRENCE-ID")
    return Entry(
        line=component.line,
        uid=uid,
        parent=_parent(component),
        occurrence=None if occurrence is None else occurrence.value,
        begins="" if begins is None else begins.value,
        sequence=_sequence(component, context),
        stamped=_moment(component, "DTSTAMP", context),
        created=_moment(component, "CREATED", context),
        updated=_moment(component, "LAST-MODIFIED", context),
        slot=slot,
        status=_status(stated, said, words, context),
        title=title,
        theme=theme,
        description=description,
        locations=places.of(component, slot.time_zone),
        virtual_locations=virtual,
        url=_address(component, "URL", context),
        keywords=frozenset(_keywords(component, context)),
        organizer=_organizer(component, context),
        contacts=tuple(contacts(component.all("CONTACT"), context)),
        image=_address(component, "IMAGE", context),
        color=_color(component, context),
        attendees=tuple(attendees(uid, component.all("ATTENDEE"), context)),
    )


def _sequence(component: Component, context: Context) -> int:
    found = single(component, "SEQUENCE", context.note)
    number = sequence_of(found)
    if found is not None and number is None:
        context.drop(found)
    return number or 0


def _moment(component: Component, name: str, context: Context) -> datetime | None:
    found = single(component, name, context.note)
    if found is None:
        return None
    read = moment(found.value)
    if read is None:
        context.drop(found)
    return read


def _parent(component: Component) -> str | None:
    for each in component.all("RELATED-TO"):
        if (each.keyword("RELTYPE") or "PARENT") == "PARENT":
            return text(each.value)
    return None


def _status(stated: Property | None, said: EventStatus | None, words: OwnWords | None, context: Context) -> EventStatus:
    """Read STATUS: TENTATIVE is how we write what is postponed; others mean that it may take place, and we cannot."""
    if words is not None and words.status is not None:
        return words.status
    if said is EventStatus.CANCELLED:
        return said
    if stated is not None and said is not EventStatus.SCHEDULED:
        context.drop(stated)
    return EventStatus.SCHEDULED


def _about(
    component: Component, virtual: tuple[VirtualLocation, ...], said: EventStatus | None, context: Context
) -> tuple[OwnWords | None, LocalizedText | None, LocalizedText | None]:
    """Read DESCRIPTION: what we added to it, and the theme and the description in it."""
    found = single(component, "DESCRIPTION", context.note)
    if found is None:
        return None, None, None
    words = without_ours(text(found.value), virtual, said)
    if not words.text:
        return words, None, None
    theme, tags = "", (context.tag(found), context.tag(found))
    rest = words.text
    if context.is_ours:
        mixed = "LANGUAGE" not in found.parameters
        if mixed:
            tags = _tags(words.languages, context.language)
        # Both are one text in the calendar, and need not be told apart unless they are in two languages or too long.
        head, between, tail = rest.partition(BETWEEN_PARAGRAPHS)
        apart = (mixed and not words.languages) or len(rest) > LONG.maximum
        if between and apart and LINE.check(head) is None:
            theme, rest = head, tail
    kept = context.clean(rest, LONG, found)
    return (
        words,
        LocalizedText(text=theme, language=tags[0]) if theme else None,
        None if kept is None else LocalizedText(text=kept, language=tags[1]),
    )


def _tags(added: frozenset[str], default: str) -> tuple[str, str]:
    """Give languages for a theme and a description that we wrote without one: they were not all in the same."""
    others = [tag for tag in (default, "und", "mul") if tag not in added]
    if added:
        return others[0], others[0]
    return others[0], next(tag for tag in others if tag != others[0])


def _address(component: Component, name: str, context: Context) -> str | None:
    found = component.first(name)
    if found is None:
        return None
    value = found.value.strip()
    if not allowed(value, WEB_ADDRESS):
        context.drop(found)
        return None
    return value


def _keywords(component: Component, context: Context) -> Iterator[str]:
    kept: set[str] = set()
    for found in component.all("CATEGORIES"):
        for each in islice(texts(found.value), _MOST_READ):
            if not each.strip() or each in kept:
                continue
            word = context.clean(each, LINE, found)
            if word is not None and word not in kept:
                if len(kept) == MOST_WORDS:
                    context.drop(found)
                    return
                kept.add(word)
                yield word


def _organizer(component: Component, context: Context) -> Organization | None:
    found = single(component, "ORGANIZER", context.note)
    return None if found is None else organizer(found, context)


def _color(component: Component, context: Context) -> str | None:
    found = component.first("COLOR")
    if found is None:
        return None
    return named_color(found, context)


def named_color(found: Property, context: Context) -> str | None:
    """Read COLOR, a name of CSS3 whose case means nothing (RFC 7986 section 5.9)."""
    name = text(found.value).strip().lower()
    if name not in COLORS:
        context.drop(found)
        return None
    return name
