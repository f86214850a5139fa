"""Reading foreign calendars: `from_ical` and `from_jcal`.

Each VEVENT becomes a `CalendarEntry`: how a property says a value is answered here, and what becomes of it in
`wtisd_model.reading`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast
from zoneinfo import ZoneInfo

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.names import PRODUCT_NAME
from wtisd_model.contentlines.values import decode_date_time_utc, decode_text, decode_text_list, encode_text
from wtisd_model.data.colors import COLORS
from wtisd_model.errors import MessageError, PayloadError
from wtisd_model.findings import finding
from wtisd_model.ical.foreign_timezones import CalendarZones
from wtisd_model.ical.jcal import at_place, parse_jcal
from wtisd_model.ical.omissions import LINKS, note_omissions, styled_description
from wtisd_model.ical.parser import DEFAULT_CALENDAR_LIMITS, CalendarLimits, common_method, parse_calendars
from wtisd_model.ical.property_reader import (
    PropertyReader,
    addresses_in,
    decode_sequence,
    email_of,
    participation_status_of,
    place_of,
)
from wtisd_model.ical.read_times import VeventRecurrence, moved_into_range, read_slot
from wtisd_model.locales import languages, locale_for
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus, SessionKind
from wtisd_model.reading.build_events import Built, as_imported, build_events, latest_by_uid
from wtisd_model.reading.calendar_entry import MOST_WORDS, CalendarEntry, derived_uid
from wtisd_model.reading.codes_by_name import kind_named
from wtisd_model.reading.defaults import Defaults
from wtisd_model.reading.expansion import SeriesExpander
from wtisd_model.reading.html_text import html_text
from wtisd_model.reading.imported import Attendee, Imported, Mention
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notations import decode_geo, named_place, zone_of_tzid
from wtisd_model.reading.notes import UNTITLED, At, Notes
from wtisd_model.schema.constraints import Pattern
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location, VirtualFeature
from wtisd_model.types.people import Role
from wtisd_model.types.text import CONFERENCE_ADDRESS, EMAIL, IDENTIFIER, LINE, LONG, NAME, PHONE, WEB_ADDRESS

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar import Component as IcalendarComponent

_Parse = Callable[[Notes], Sequence[Component]]
"""A function that returns the calendars of a document."""


def from_ical(
    source: "bytes | str | Calendar",
    *,
    zone: str | ZoneInfo | None = None,
    language: str = "und",
    place: Location | None = None,
    expand: tuple[datetime, datetime] | None = None,
    limits: CalendarLimits = DEFAULT_CALENDAR_LIMITS,
) -> Imported:
    """Return the events of a calendar, as far as the model can hold them.

    An entry that names another one as its parent (RELATED-TO) becomes a session of it. The findings name everything
    that was left out. A property, parameter or component without a field is reported once for each name; a value that
    its field cannot hold, each time. In a schedule, an event without UID gets one that is derived from its
    times, title and place. An entry of a CANCEL or DECLINECOUNTER that says only what it is about, and not when, is one
    of the ``mentions``. If `to_ical` wrote the file, uid, SEQUENCE, status, title, times, sessions, position, url,
    categories, kinds and organizer are read back unchanged, and texts as they are in the file; only JSON keeps
    everything.

    Args:
        source: the content of an ``.ics`` file, as bytes (UTF-8, or UTF-16 with a byte order mark) or as a string; or a
            calendar of the icalendar package, whose findings point at line 0.
        zone: the zone for times that have none or one that is not known, and for whole days: its IANA name,
            ``Europe/Zurich``, or a ZoneInfo. Whole days take the calendar's ``X-WR-TIMEZONE`` where it is not given.
        language: the language of texts without LANGUAGE; by default ``und``, undetermined.
        place: where the rooms are that LOCATION names: a calendar states neither town nor country of a place.
        expand: the window in which the occurrences of recurring events are read, each as an event or a session of its
            own: two aware moments, the second not included. Without it, only the first occurrence is read.
        limits: how much the calendar may hold.

    Raises:
        PayloadError: *source* exceeds the limits: ``payload-too-large``, ``calendar-too-long``, ``payload-too-deep``.
        MessageError: no event can be read: ``not-utf8``, ``component-unbalanced``, ``calendar-missing``,
            ``calendars-disagree``, ``method-unknown``, ``event-missing``; or all errors of its events.
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type`` for an argument; ``moment-naive``,
            ``moment-unreadable`` or ``slot-ends-before-start`` for *expand*.
        TypeError: *source* is of another type, or *limits* are not CalendarLimits.

    Source: RFC 5545, RFC 7986.
    """
    require_instance(limits, CalendarLimits, "limits must be CalendarLimits(...).")
    return _import(_parser(source, limits), Defaults(zone, language, place), expand, limits)


def from_jcal(
    source: bytes | str | list[Any],
    *,
    zone: str | ZoneInfo | None = None,
    language: str = "und",
    place: Location | None = None,
    expand: tuple[datetime, datetime] | None = None,
    limits: CalendarLimits = DEFAULT_CALENDAR_LIMITS,
) -> Imported:
    """Return the events of a calendar in jCal, as `from_ical` does those of the same calendar in iCalendar.

    Args:
        source: UTF-8 bytes, a string, or the list that ``json.loads`` returns: one calendar, or a list of calendars.
        zone: as for `from_ical`.
        language: as for `from_ical`.
        place: as for `from_ical`.
        expand: as for `from_ical`.
        limits: how much the calendar may hold. A property and a component count as a line each.

    Returns:
        The events, with findings that point at properties and components by JSON Pointers. One that is malformed is
        left out, with ``value-dropped``.

    Raises:
        PayloadError: *source* is not JSON, or exceeds the limits: ``payload-too-large``, ``payload-too-deep``,
            ``calendar-too-long``, ``payload-too-many-values``, ``not-json``, ``key-repeated``, ``not-utf8``.
        MessageError: no event can be read, as in `from_ical`.
        InvalidValueError: as in `from_ical`.
        TypeError: *source* is of another type, or *limits* are not CalendarLimits.

    Source: RFC 7265.
    """
    require_instance(limits, CalendarLimits, "limits must be CalendarLimits(...).")
    places: list[str] = []
    try:
        imported = _import(
            lambda notes: parse_jcal(source, limits, notes, places), Defaults(zone, language, place), expand, limits
        )
    except MessageError as error:
        refused = [at_place(refusal, places) for refusal in error.findings]
    else:
        return evolve(imported, findings=tuple(at_place(loss, places) for loss in imported.findings))
    raise MessageError(*refused)  # outside of the block, so that the error carries no context


def _parser(data: object, limits: CalendarLimits) -> _Parse:
    if isinstance(data, bytes | bytearray | memoryview | str):
        # Half a character is refused with its line, as in bytes.
        octets = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(cast("bytes", data))
        return lambda notes: parse_calendars(octets, limits, notes)
    # Imported here, because icalendar takes ten times as long as all of this package.
    from icalendar import Calendar

    if isinstance(data, Calendar):
        calendar = _component_of(data, limits)
        return lambda _: [calendar]
    raise TypeError("from_ical reads bytes, a string or an icalendar.Calendar.")


def _component_of(source: "IcalendarComponent", limits: CalendarLimits, *, depth: int = 1) -> Component:
    """Return a component of the icalendar package that lies so deep, with everything in it.

    Texts are taken from its objects, not from the file that it would write: icalendar 7.3.2 writes a backslash before
    an ``N`` so that it is read as a line break.
    """
    if depth > limits.depth:
        raise PayloadError(finding(Code.PAYLOAD_TOO_DEEP, maximum=limits.depth))
    items: Iterable[tuple[str, Any]] = source.property_items(recursive=False, sorted=False)
    properties = [_property_of(name, value) for name, value in items if name not in {"BEGIN", "END"}]
    components = [_component_of(component, limits, depth=depth + 1) for component in source.subcomponents]
    return Component((source.name or "").upper(), properties, components)


def _property_of(name: str, value: Any) -> Property:
    given = cast("Mapping[str, str | list[str]]", getattr(value, "params", {}))
    parameters = {key.upper(): (of,) if isinstance(of, str) else tuple(of) for key, of in given.items()}
    # The package parses some values that it cannot write; they are no value of any type, and reported as left out.
    encoded = "\0"
    with suppress(Exception):
        encoded = _encoded(value)
    return Property(name.upper(), EncodedValue(encoded), parameters)


def _encoded(value: Any) -> str:
    from icalendar import prop
    from icalendar.prop import vCategory, vText

    broken: Any = getattr(prop, "vBroken", ())  # icalendar has this class from 7 on
    # `event["uid"] = "1"` puts a plain string into a component.
    if (isinstance(value, vText) and not isinstance(value, broken)) or type(value) is str:
        return encode_text(value)
    if isinstance(value, vCategory):
        return ",".join(map(encode_text, value.cats))
    written: str | bytes = value.to_ical()
    return written if isinstance(written, str) else written.decode()


def _import(
    parse: _Parse, defaults: Defaults, expand: tuple[datetime, datetime] | None, limits: CalendarLimits
) -> Imported:
    """Return the events of calendars, which are parsed after the other arguments are checked."""
    expander = None
    if expand is not None:
        expander = SeriesExpander(expand, occurrences=limits.occurrences, more_steps=limits.lines)
    notes = Notes()
    calendars = [_without_vevents(calendar) for calendar in parse(notes)]
    method = common_method(calendar for calendar, _ in calendars)
    entries: list[CalendarEntry] = []
    mentions: list[Mention] = []
    for calendar, vevents in calendars:
        reader = _reader_of(calendar, defaults, notes, method, expands=expander is not None)
        read = list(_entries(vevents, reader, method, mentions))
        entries += read if expander is None else expander.expand(read)
    events = list(build_events(latest_by_uid(entries)))
    for built in events:
        _note_fields_of_sessions(built)
    may_be_empty = expander is not None and expander.is_used
    return as_imported(events, notes, method, may_be_empty=may_be_empty, mentions=mentions)


def _reader_of(
    calendar: Component, defaults: Defaults, notes: Notes, method: Method | None, *, expands: bool
) -> PropertyReader:
    """Return what reads the properties of a calendar's entries, and note what is left out of the calendar itself."""
    product = calendar.get("PRODID")
    reader = PropertyReader(
        zones=CalendarZones(calendar, zone=defaults.zone),
        notes=notes,
        language=defaults.language,
        place=defaults.place,
        expands=expands,
        derives_uids=method in {None, Method.PUBLISH},
        is_ours=product is not None and decode_text(product.value) == PRODUCT_NAME,
    )
    color, stated, default = [reader.single(calendar, name) for name in ("COLOR", "METHOD", "X-WR-TIMEZONE")]
    if color is not None:
        reader = evolve(reader, color=_color(color, reader))
    if default is not None and zone_of_tzid(default.value) is None:
        reader.drop(default)
    if stated is not None and method is Method.ADD:
        # "Add one or more new instances to an existing recurring VEVENT" (RFC 5546 section 3.2.4)
        reader.note(Code.RECURRENCE_DROPPED, stated, property=stated.name)
    note_omissions(calendar, reader)
    for component in reader.zones.repeated:
        reader.note(Code.COMPONENT_DROPPED, component, component=component.name)
    return reader


def _entries(
    vevents: list[Component], reader: PropertyReader, method: Method | None, mentions: list[Mention]
) -> Iterator[CalendarEntry]:
    """Yield the entries of a calendar; those that a message calls off without their times are added to *mentions*.

    Each VEVENT is taken from *vevents*, and so let go of once it is read: of thousands, they are most of the memory.
    """
    vevents.reverse()
    while vevents:
        taken = vevents.pop()
        vevent = _without_empty(taken)
        if reader.expands:
            vevent = moved_into_range(vevent)
        if method in _CALLING_OFF and vevent.get("DTSTART") is None:
            uid = reader.uid(vevent)
            if uid is not None:
                note_omissions(vevent, reader)
                attendees = tuple(_attendees(uid, vevent.all("ATTENDEE"), reader))
                mentions.append(Mention(uid=uid, sequence=_sequence(vevent, reader), attendees=attendees))
            continue
        if vevent.get("X-WTISD-CALL") is not None:  # the deadline of a call, as this package writes it
            reader.note_once(Code.COMPONENT_DROPPED, vevent, component=vevent.name)
        elif (entry := _entry(vevent, reader)) is not None:
            yield entry


def _without_vevents(calendar: Component) -> tuple[Component, list[Component]]:
    """Return a calendar without its VEVENTs, and these."""
    vevents = calendar.all_components("VEVENT")
    others = [component for component in calendar.components if component.name != "VEVENT"] if vevents else None
    return _without_empty(calendar, others), vevents


def _without_empty(component: Component, components: Sequence[Component] | None = None) -> Component:
    """Return a component with *components* inside, if given, and without properties that say nothing.

    They have no value, and no parameter but LANGUAGE and VALUE.
    """
    properties = [
        source for source in component.properties if source.value.strip() or source.parameters.keys() - _OF_VALUES
    ]
    if components is None and len(properties) == len(component.properties):
        return component
    inside = component.components if components is None else components
    return Component(component.name, properties, inside, component.line)


_OF_VALUES: Final = {"LANGUAGE", "VALUE"}

_CALLING_OFF: Final = frozenset({Method.CANCEL, Method.DECLINECOUNTER})
"""The methods whose entries may lack DTSTART (RFC 5546 sections 3.2.5 and 3.2.8)."""


def _note_fields_of_sessions(built: Built) -> None:
    """Note what this package writes of sessions where it is not used: of an event, and an id that is taken."""
    for key, name in (("kind", "X-WTISD-KIND"), ("id", "X-WTISD-ID")):
        if key in built.entry.fields:  # that of a session without its event
            built.entry.notes.note(Code.PROPERTY_DROPPED, built.entry.path, property=name)
    for part, session in zip(built.parts, built.event.sessions, strict=False):
        if session.uid is not None and part.id not in {None, session.id}:
            part.notes.note(Code.PROPERTY_DROPPED, part.path, property="X-WTISD-ID")


def _entry(vevent: Component, reader: PropertyReader) -> CalendarEntry | None:
    """Return a VEVENT as an entry; None with an error among the findings if it has no slot, or an invalid uid."""
    uid, slot = _uid(vevent, reader), read_slot(vevent, reader)
    if uid is None or slot is None:
        return None
    note_omissions(vevent, reader)
    for source in vevent.all("X-WTISD-ZONE"):
        if source.value != slot.time_zone:
            reader.drop(source)
    path = place_of(vevent)
    title = reader.localized(reader.single(vevent, "SUMMARY"), LINE)
    if title is None:
        reader.note(Code.TITLE_MISSING, vevent)
    begins, occurrence, status = vevent.get("DTSTART"), vevent.get("RECURRENCE-ID"), reader.single(vevent, "STATUS")
    color, kind = reader.single(vevent, "COLOR"), reader.decoded(vevent, "X-WTISD-KIND", kind_named)
    changes = ("LAST-MODIFIED", "DTSTAMP", "CREATED")
    updated, stamped, created = [reader.decoded(vevent, name, _moment) for name in changes]
    stated = {"kind": kind, "id": reader.decoded(vevent, "X-WTISD-ID", _id)}
    return CalendarEntry(
        notes=reader.notes,
        path=path,
        uid=uid,
        parent=_parent(vevent, reader),
        occurrence=None if occurrence is None else At(occurrence.value, path),
        occurrence_property="RECURRENCE-ID",
        begins="" if begins is None else begins.value,
        recurrence=VeventRecurrence(vevent, slot, reader) if reader.expands else None,
        sequence=_sequence(vevent, reader),
        revised="" if stamped is None else stamped.value,
        slot=slot,
        slot_path=path,
        status=_status(status, reader),
        status_path=path if status is None else place_of(status),
        moments=tuple(filter(None, (updated, stamped, created))),
        created=created,
        updated=updated,
        title=title or UNTITLED,
        description=_description(vevent, reader),
        locations=_locations(vevent, slot.time_zone, reader),
        virtual_locations=_virtual_locations(vevent, reader),
        names_place=any(decode_text(source.value).strip() for source in vevent.all("LOCATION")),
        url=reader.decoded(vevent, "URL", _web_address),
        image=reader.decoded(vevent, "IMAGE", _web_address),
        documents=tuple(_documents(vevent, reader)),
        keywords=_keywords(vevent, None if kind is None else SessionKind(kind.value), reader),
        color=None if color is None else _color(color, reader),
        color_of_calendar=reader.color,
        organizer=_organizer(vevent, reader),
        contacts=tuple(_contacts(vevent.all("CONTACT"), reader)),
        people=tuple(_participants(vevent, reader)),
        attendees=tuple(_attendees(uid, vevent.all("ATTENDEE"), reader)),
        fields={key: value for key, value in stated.items() if value is not None},
        names_kinds=not reader.is_ours,
        lists_places=reader.is_ours,
    )


_IDENTITY: Final = frozenset({"DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION"})
"""What distinguishes events of one calendar; all else may change although it is still the same event."""


def _uid(vevent: Component, reader: PropertyReader) -> str | None:
    """Return UID or, in a schedule without it, a derived one: equal in whatever order and however folded it is written.

    None with an error among the findings.
    """
    if not reader.derives_uids or vevent.get("UID") is not None:
        return reader.uid(vevent)
    content = sorted(
        (source.name, source.parameter("TZID") or "", decode_text(source.value))
        for source in vevent.properties
        if source.name in _IDENTITY
    )
    return derived_uid("VEVENT", content, reader.notes, place_of(vevent))


def _parent(vevent: Component, reader: PropertyReader) -> At | None:
    """Return the first RELATED-TO that names a parent; the others are left out."""
    parent: At | None = None
    for source in vevent.all("RELATED-TO"):
        if parent is None and source.keyword("RELTYPE") in {None, "PARENT"}:
            parent = At(decode_text(source.value), place_of(vevent))
        else:
            reader.drop(source)
    return parent


def _description(vevent: Component, reader: PropertyReader) -> Draft | None:
    """Return DESCRIPTION or, without one, what people read of STYLED-DESCRIPTION."""
    styled = styled_description(vevent)
    if styled is not None:
        styled = evolve(styled, value=encode_text(html_text(decode_text(styled.value))))
    return reader.localized(styled or reader.single(vevent, "DESCRIPTION"), LONG)


def _sequence(vevent: Component, reader: PropertyReader) -> int:
    stated = reader.decoded(vevent, "SEQUENCE", decode_sequence)
    return 0 if stated is None else stated.value


def _status(source: Property | None, reader: PropertyReader) -> EventStatus:
    """Return STATUS; TENTATIVE means postponed if this package wrote it, and otherwise not certain yet."""
    stated = "CONFIRMED" if source is None else source.value.strip().upper()
    if stated == "CANCELLED":
        return EventStatus.CANCELLED
    if stated == "TENTATIVE" and reader.is_ours:
        return EventStatus.POSTPONED
    if source is not None and stated != "CONFIRMED":
        reader.drop(source)
    return EventStatus.SCHEDULED


def _id(value: str) -> str | None:
    id_ = decode_text(value)
    return id_ if IDENTIFIER.check(id_) is None else None


def _moment(value: str) -> str | None:
    moment = decode_date_time_utc(value)
    return None if moment is None else moment.isoformat()


def _web_address(value: str) -> str | None:
    address = value.strip()
    return address if WEB_ADDRESS.check(address, suggest=False) is None else None


_MOST_READ: Final = 1000
"""The maximum number of items of CATEGORIES that are read."""


def _keywords(vevent: Component, kind: SessionKind | None, reader: PropertyReader) -> tuple[At, ...]:
    """Return the first keywords, without the name of *kind*, which `to_ical` adds at the end."""
    keywords: dict[str, At] = {}
    for source in vevent.all("CATEGORIES"):
        words = list(islice(decode_text_list(source.value), _MOST_READ + 1))
        if kind is not None and words[-1] in {locale_for(language).sessions[kind] for language in languages()}:
            words.pop()
        for number, written in enumerate(words):
            if number == _MOST_READ:
                reader.drop(source)
                return tuple(keywords.values())
            if not written.strip() or written in keywords:
                continue
            word = reader.text(written, LINE, source)
            if word is not None and word not in keywords:
                keywords[word] = At(word, place_of(source))
                if len(keywords) == MOST_WORDS:
                    return tuple(keywords.values())
    return tuple(keywords.values())


def _color(source: Property, reader: PropertyReader) -> At | None:
    """Return COLOR, a name of CSS3 whose case does not matter (RFC 7986 section 5.9)."""
    name = decode_text(source.value).strip().lower()
    if name in COLORS:
        return At(name, place_of(source))
    reader.drop(source)
    return None


def _documents(vevent: Component, reader: PropertyReader) -> Iterator[At]:
    """Yield each ATTACH and LINK that is a web address, which LABEL names.

    Google and Thunderbird name it by FILENAME.
    """
    for source in (*vevent.all("ATTACH"), *vevent.all("LINK")):
        url = _web_address(source.value)
        if url is None:
            reader.drop(source)
            continue
        title = reader.parameter(source, "LABEL", LINE) or reader.parameter(source, "FILENAME", LINE)
        named = None if title is None else {"text": title, "language": reader.language_of(source)}
        yield At({"kind": "other", "title": named, "url": url}, place_of(source))


_FEATURES: Final = {feature.value.upper(): feature.value for feature in VirtualFeature}


def _virtual_locations(vevent: Component, reader: PropertyReader) -> tuple[At, ...]:
    """Return CONFERENCE, what Google and Teams write instead, and a link in LOCATION."""
    locations: list[At] = []
    addresses = set[str]()
    for source in vevent.all("CONFERENCE"):
        if not _is_link(source.value):
            reader.drop(source)
            continue
        label = reader.parameter(source, "LABEL", NAME)
        features = [feature.upper() for feature in source.parameters.get("FEATURE", ())]
        if not set(features) <= _FEATURES.keys():
            reader.drop_parameter("FEATURE", source)
        draft = {
            "name": None if label is None else {"text": label, "language": reader.language_of(source)},
            "uri": source.value,
            "features": [_FEATURES[feature] for feature in dict.fromkeys(features) if feature in _FEATURES],
        }
        addresses.add(source.value)
        locations.append(At(draft, place_of(source)))
    for source in (*(link for name in LINKS for link in vevent.all(name)), *vevent.all("LOCATION")):
        uri, is_text = decode_text(source.value).strip(), source.name == "LOCATION"
        if _is_link(uri) and uri not in addresses:
            addresses.add(uri)
            locations.append(At({"uri": uri}, place_of(source)))
        elif not is_text and uri not in addresses:
            reader.drop(source)
    return tuple(locations)


def _locations(vevent: Component, zone: str, reader: PropertyReader) -> tuple[At, ...]:
    """Return LOCATION and GEO as one location.

    A calendar has one text for a location. It names a room of the place that the caller gave or, without one, a place;
    its country is that of *zone*, the zone of the times, or that of the calendar.
    """
    source = reader.single(vevent, "LOCATION")
    location = None if source is None else _location(source, zone, reader)
    position = reader.single(vevent, "GEO")
    degrees = None if position is None else decode_geo(position.value)
    if location is not None and degrees is not None:
        location |= {"latitude": f"{degrees[0]:f}", "longitude": f"{degrees[1]:f}"}
    elif position is not None:
        reader.drop(position)
    return () if source is None or location is None else (At(location, place_of(source)),)


def _location(source: Property, zone: str, reader: PropertyReader) -> Draft | None:
    text = decode_text(source.value)
    # Google writes an empty LOCATION for an event without one.
    if not text or _is_link(text.strip()):
        return None
    if reader.place is not None:
        room = reader.text(text, NAME, source)
        return None if room is None else {**reader.room_of_place, "room": room}
    named = named_place(text, zone, reader.zones.for_days)
    if named is None:
        reader.note(Code.LOCATION_DROPPED, source)
        return None
    name = reader.text(named.name, NAME, source)
    if name is None:
        return None
    if named.country is not None:
        reader.note_once(Code.COUNTRY_INFERRED, source, country=named.country)
    return {
        "name": {"text": name, "language": reader.language_of(source)},
        "locality": None if named.town is None else reader.text(named.town, NAME, source),
        "country": named.country,
    }


def _is_link(uri: str) -> bool:
    return CONFERENCE_ADDRESS.check(uri, suggest=False) is None


def _organizer(vevent: Component, reader: PropertyReader) -> At | None:
    """Return ORGANIZER as an organization, named by its address if it has no name."""
    source = reader.single(vevent, "ORGANIZER")
    if source is None:
        return None
    email = email_of(source)
    if email is None:
        reader.drop(source)
        return None
    name = reader.parameter(source, "CN", NAME) or email
    return At({"name": {"text": name, "language": reader.language_of(source)}, "email": email}, place_of(source))


_CONTACT: Final = ("contact",)


def _contacts(sources: Sequence[Property], reader: PropertyReader) -> Iterator[At]:
    """Yield each CONTACT: a name, an address and a telephone number, each optional, as this package writes them."""
    for source in sources:
        whole = decode_text(source.value)
        rest, phone = _last_part(whole, PHONE)
        name, email = _last_part(rest, EMAIL)
        if (name and NAME.check(name) is not None) or not (name or email):
            name, email, phone = reader.text(whole, NAME, source) or "", None, None
        if name or email:
            yield At({"name": name or None, "email": email, "phone": phone, "roles": _CONTACT}, place_of(source))


def _last_part(text: str, constraint: Pattern) -> tuple[str, str | None]:
    """Return a text without its last part behind a comma, and that part, if it has the form of *constraint*."""
    rest, _, last = text.rpartition(", ")
    return (rest, last) if constraint.check(last, suggest=False) is None else (text, None)


_ROLES: Final = frozenset(role.value for role in Role)
_PARTICIPANTS: Final[Mapping[str, Sequence[str]]] = {
    "ACTIVE": (),
    "PERFORMER": (),
    "SPEAKER": (Role.SPEAKER.value,),
    **dict.fromkeys(("CONTACT", "BOOKING-CONTACT", "PLANNER-CONTACT", "PUBLICITY-CONTACT"), _CONTACT),
}
"""The roles that a PARTICIPANT-TYPE means; the others name nobody who is at an event (RFC 9073 section 6.2)."""


def _participants(vevent: Component, reader: PropertyReader) -> Iterator[At]:
    """Yield each PARTICIPANT who is named: people who speak or take part, and people to contact.

    Source: RFC 9073 section 7.1.
    """
    for person in vevent.all_components("PARTICIPANT"):
        kind = person.get("PARTICIPANT-TYPE")
        roles = _PARTICIPANTS.get("" if kind is None else kind.value.strip().upper())
        summary, address = person.get("SUMMARY"), person.get("CALENDAR-ADDRESS")
        name = None if summary is None else reader.text(decode_text(summary.value), NAME, summary)
        email = None if address is None else email_of(address)
        if roles is None or (name is None and email is None):
            reader.note_once(Code.COMPONENT_DROPPED, person, component=person.name)
            continue
        words = [word for source in person.all("CATEGORIES") for word in decode_text_list(source.value)]
        stated = [word for word in dict.fromkeys(words) if word in _ROLES]
        yield At({"name": name, "email": email, "roles": stated or roles}, place_of(person))


def _attendees(uid: str, sources: Sequence[Property], reader: PropertyReader) -> Iterator[Attendee]:
    """Yield each ATTENDEE but rooms and equipment."""
    for source in sources:
        email = email_of(source)
        if email is None or source.keyword("CUTYPE") in {"ROOM", "RESOURCE"}:
            reader.drop(source)
            continue
        status = participation_status_of(source)
        if status is None:
            reader.note(Code.PARTSTAT_UNKNOWN, source)
        yield Attendee(
            uid=uid,
            email=email,
            name=reader.parameter(source, "CN", NAME),
            language=language_tag(source.parameter("LANGUAGE")),
            status=status or ParticipationStatus.NEEDS_ACTION,
            delegated_from=addresses_in(source, "DELEGATED-FROM"),
        )
