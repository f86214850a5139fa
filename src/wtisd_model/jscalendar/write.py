"""An event and its sessions as Events of JSCalendar: `to_jscalendar`."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any, Final, cast

import msgspec
from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.jscalendar.parts import (
    FIELDS,
    IMPLIED,
    LOCALIZATIONS,
    PRODUCT_NAME,
    SEQUENCES,
    STATUSES,
    UTC,
    Object,
    TextWriter,
    Version,
    description,
    keys_without_property,
    link_objects,
    location_objects,
    organizer_properties,
    person_objects,
    virtual_location_objects,
)
from wtisd_model.json.builtins import to_builtins
from wtisd_model.locales import locale_for
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.places import Places
from wtisd_model.model.session import Session
from wtisd_model.objects import HooksMixin
from wtisd_model.programme.announced import Events, announced_events
from wtisd_model.programme.files import encode_json, joined_pieces
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.people import Readers
from wtisd_model.programme.texts import categories
from wtisd_model.types.arguments import parse_enum, require_instance
from wtisd_model.types.duration import duration_text
from wtisd_model.types.identifiers import name_based_uid
from wtisd_model.types.language import LocalizedText, localized, require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import first_moment, to_local_time, to_utc, wall_of

_DAY: Final = timedelta(days=1)


# Why: docs/decisions/0031
def to_jscalendar(
    event: Events,
    *,
    name: str | LocalizedText | None = None,
    version: Version = "2.0",
    stamped: datetime | None = None,
    language: str | None = None,
    personal: bool = False,
) -> bytes:
    """Return an event in JSCalendar: an Event, or with its sessions a Group of Events; or several events as a Group.

    In a Group, each event comes before its sessions, which name it as their parent (``relatedTo``). Drafts among the
    sessions are left out. There is no ``method``: it is a snapshot, not a message. Equal input gives equal bytes. What
    no property can hold is in ``wtisd-model:fields``, so that with *personal* `from_jscalendar` returns equal events,
    but for their history, their provenance and their ``retention_days``.

    Args:
        event: not a draft; or the dossier of such an event; or an iterable of events and dossiers, which are written in
            its order. Interpretation is left out, or a reader would take it for a part of the description.
        name: the title of the Group, which an event without sessions becomes too; a string is in *language*. By default
            the title of the only event, and none for several.
        version: that of JSCalendar: ``2.0`` (draft-ietf-calext-jscalendarbis-18) or ``1.0`` (RFC 8984).
        stamped: the moment of this export, aware; used only for events without ``updated``.
        language: the language of texts, a tag such as ``fr``; a text without a translation is in the language it was
            written in. By default, texts are in that language, with their translations as ``localizations``.
        personal: True for the office: with everybody, the addresses, telephone numbers, ids and languages of people,
            and data of other programs (``extensions``). By default, only people on stage and contacts of the event are
            named, and only these contacts have addresses.

    Returns:
        UTF-8, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing`` where there is neither *stamped* nor
            ``event.updated``; ``uid-repeated``, also for two events; ``feed-too-large``. Of several events, the path
            begins with the index of one: ``/1/slot``.
        InvalidValueError: an option is not allowed: ``value-unknown``, ``moment-naive``, ``moment-unreadable``,
            ``language-unknown``, ``wrong-type``, a code of texts for *name*; or ``too-few-items`` for no event at all.
        TypeError: *event* is not an Event or a Dossier or an iterable of them, *name* is neither a string nor a
            LocalizedText, or *version* is not a string.
    """
    events = [one for one, _ in announced_events(event)]
    parse_enum(("1.0", "2.0"), require_instance(version, str, 'version must be a string: "1.0" or "2.0".'), "/version")
    at = None if stamped is None else moment_in_utc(stamped, "/stamped")
    tag, readers = require_language(language), Readers.OFFICE if personal else Readers.PUBLIC
    writer = partial(JSCalendarWriter, version=version, language=tag, readers=readers)
    writers = [writer(event=one, languages=ProgrammeLanguages(one), updated=_updated(one, at)) for one in events]
    only = events[0] if len(events) == 1 else None
    title = None if only is None else only.title
    if name is not None:
        title = localized(name, tag or "und", "name")
    top = {"version": version} if version == "2.0" else {}  # version 1.0 has no such property
    if only is not None and name is None and not announced_sessions(only):
        alone = {"@type": "Event", **top, "prodId": PRODUCT_NAME, **writers[0].write()}
        return joined_pieces([encode_json(alone)])
    # The Group is another object than its events.
    uid = name_based_uid(" ".join(["Group", *[one.uid for one in events]]))
    updated = max(each.updated for each in writers)
    whole: Object = {"@type": "Group", **top, "prodId": PRODUCT_NAME, "uid": uid, "updated": updated}
    if title is not None:
        whole["title"], whole["locale"] = title.in_language(tag)
    entries = (encode_json(entry) for each in writers for entry in each.entries())
    head = encode_json(whole).removesuffix(b"}") + b',"entries":['
    return joined_pieces(chain([head + next(entries)], entries), b",") + b"]}"


def _updated(event: Event, stamped: datetime | None) -> str:
    updated = event.updated or stamped
    if updated is None:
        raise ExportError(finding(Code.STAMP_MISSING, "/stamped"))
    return in_seconds(updated)


@frozen(kw_only=True)
class JSCalendarWriter:
    """A writer of the entries of one event."""

    event: Event
    languages: ProgrammeLanguages
    version: Version
    language: str | None
    """The language of texts; None for the originals with their translations."""
    readers: Readers
    """Who reads it: the office has all people with their addresses, and data of other programs."""
    updated: str
    """When the event was last changed."""

    def entries(self) -> Iterator[Object]:
        """Yield the Event of the event itself, and that of each session."""
        yield self.write()
        yield from map(self.write, announced_sessions(self.event))

    def write(self, session: Session | None = None) -> Object:
        """Return the Event of a session, or that of the event itself."""
        event = self.event
        thing = session or event
        places, status = places_of(event, session), event.status
        texts = TextWriter(thing.title.in_language(self.language)[1], self.language)
        fields = _fields_without_property(thing)
        entry: Object = {"@type": "Event", "uid": event.uid if session is None else session.export_uid(event.uid)}
        if event.created is not None:
            entry["created"] = in_seconds(event.created)
        entry["updated"] = self.updated
        entry["sequence"] = event.entry_sequence(session)
        if session is None:
            fields |= _exact_numbers(event)
        else:
            entry["relatedTo"] = {event.uid: {"@type": "Relation", "relation": {"parent": True}}}
            status = session_status(event, session)
            fields |= _own(event, session)
        texts.write(entry, "title", thing.title, "")
        self._describe(entry, fields, session, texts)
        entry["locale"] = texts.locale
        times, zone = encode_slot(cast("TimeSlot", thing.slot))
        entry |= times
        if zone is not None:
            fields["timeZone"] = zone
        entry["status"] = STATUSES[status]
        if IMPLIED.get(entry["status"]) is not thing.status:
            fields["status"] = thing.status.value
        if session is None and announced_sessions(event):  # its sessions take a person's time
            entry["freeBusyStatus"] = "free"
        self._add_places(entry, fields, places, texts)
        self._add_links(entry, fields, thing, texts)
        keywords = categories(event, session, locale_for(self.language or event.title.language))
        if keywords:
            entry["keywords"] = dict.fromkeys(sorted(keywords), True)
        if session is None and event.color is not None:
            entry["color"] = event.color
        reply, participants = organizer_properties(event.organizer, self.version, texts)
        entry |= reply
        participants |= person_objects(thing, self.version, self.readers)
        if participants:
            entry["participants"] = participants
        patches = texts.localizations()
        if patches:
            entry["localizations" if self.version == "1.0" else LOCALIZATIONS] = patches
        if fields:
            entry[FIELDS] = fields
        if thing.extensions and self.readers is Readers.OFFICE:
            entry |= msgspec.json.decode(thing.extensions.canonical())
        return entry

    def _describe(self, entry: Object, fields: Object, session: Session | None, texts: TextWriter) -> None:
        """Add the description, and the one in the model where calendars show more than that."""
        own = (session or self.event).description
        text = description(self.event, session, self.languages, self.language)
        written = None if own is None else own.in_language(self.language)
        if text:
            entry["description"] = text
        if text != ("" if written is None else written[0]):
            fields["description"] = None if own is None else _in_language(own, self.language)
            if self.language is not None:
                fields["words"] = self.language
        elif written is not None and written[1] != texts.locale:
            fields["description"] = {"language": written[1]}
        if self.language is not None:
            return
        for tag in _languages(self.event, session):
            translated = description(self.event, session, self.languages, tag)
            if translated != text or (own is not None and tag in own.translations):
                texts.patch(tag, "description", translated)

    def _add_places(self, entry: Object, fields: Object, places: Places, texts: TextWriter) -> None:
        locations = location_objects(places.locations, texts)
        if locations:
            entry["locations"] = locations
        if self.version == "2.0" and len(locations) > 1:
            entry["mainLocationId"] = "1"
        virtual, later = virtual_location_objects(places.virtual_locations, texts)
        if virtual:
            entry["virtualLocations"] = virtual
        if later:
            fields["virtualLocations"] = later

    def _add_links(self, entry: Object, fields: Object, thing: Event | Session, texts: TextWriter) -> None:
        url = thing.url or self.event.url
        documents = thing.documents if isinstance(thing, Event) else thing.materials
        links, later = link_objects(url, self.event.image, documents, texts)
        if links:
            entry["links"] = links
        if later:
            fields["documents"] = later


def encode_slot(slot: TimeSlot) -> tuple[Object, str | None]:
    """Return the properties of a slot, and its zone; None for the zone if they name it.

    Whole days have no zone, as in calendars: they are the same dates everywhere. A start that occurs twice is written
    in UTC, since a local time means the first of the two.

    Source: JSCalendar 2.0, LocalDateTime and Duration; RFC 8984 sections 1.4.4 to 1.4.6.
    """
    if slot.whole_days:
        days = duration_text(timedelta(days=(slot.end.date() - slot.start.date()).days))
        return {"start": f"{slot.first_day}T00:00:00", "duration": days, "showWithoutTime": True}, slot.time_zone
    start, zone, repeated = to_local_time(slot.start)
    if repeated is not None or zone in {"UTC", UTC}:
        elapsed = duration_text(timedelta(), slot.ends_at - slot.starts_at)
        times = {"start": f"{slot.starts_at:%Y-%m-%dT%H:%M:%S}", "timeZone": UTC, "duration": elapsed}
        return times, None if zone == "UTC" else zone
    wall = wall_of(slot.start)
    nominal = max(wall_of(slot.end) - wall, timedelta()) // _DAY * _DAY
    while nominal and to_utc(first_moment(wall + nominal, zone)) > slot.ends_at:
        nominal -= _DAY
    rest = slot.ends_at - (to_utc(first_moment(wall + nominal, zone)) if nominal else slot.starts_at)
    return {"start": start, "timeZone": zone, "duration": duration_text(nominal, rest)}, None


def in_seconds(moment: datetime) -> str:
    """Return a moment in UTC as a UTCDateTime; "Fractional second values MUST NOT be included"."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _languages(event: Event, session: Session | None) -> list[str]:
    """Return the languages into which something in a description is translated."""
    thing = session or event
    virtual = places_of(event, session).virtual_locations
    documents = event.documents if session is None else session.materials
    titles = [*(place.name for place in virtual), *(document.title for document in documents)]
    titles += [document.follows.title for document in documents if document.follows is not None]
    if session is None and event.organizer is not None:
        titles.append(event.organizer.name)
    texts = (thing.title, thing.description, event.theme if session is None else None, *titles)
    return sorted({tag for text in texts if text is not None for tag in text.translations})


def _in_language(text: LocalizedText, language: str | None) -> Object:
    """Return the JSON of a text: with its translations, or in one language."""
    if language is None:
        return cast("Object", to_builtins(text))
    return dict(zip(("text", "language"), text.in_language(language), strict=True))


def _fields_without_property(thing: Event | Session) -> Object:
    """Return the JSON of the fields that no property can hold, without those that are empty.

    `to_builtins` would write the slot too, and all sessions of an event: most of what this writer takes.
    """
    cls: type = type(thing)
    values = {key: getattr(thing, name) for key, name in keys_without_property(cls).items()}
    return {key: _json_of(value) for key, value in values.items() if value or type(value) is int}


def _json_of(value: Any) -> Any:
    if isinstance(value, tuple):
        return [*map(_json_of, cast("Iterable[Any]", value))]
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[str]", value))
    return to_builtins(value) if isinstance(value, HooksMixin) else value


def _exact_numbers(event: Event) -> Object:
    """Return the moments of an event with their fraction of a second, and its sequences if each entry has its own."""
    moments = {"created": event.created, "updated": event.updated}
    exact: Object = {key: at for key, at in moments.items() if at is not None and at.microsecond}
    own = [event.changed_sequence, event.minimum_sequence, *(session.changed_sequence for session in event.sessions)]
    if any(sequence is not None for sequence in own):
        sequences = zip(SEQUENCES, (event.sequence, *own), strict=False)
        exact |= {key: sequence for key, sequence in sequences if sequence is not None}
    return exact


def _own(event: Event, session: Session) -> Object:
    """Return the id of a session with a uid of its own, and the keys of its own values that its event has too.

    Other values that its event has too are inherited.
    """
    pairs = (
        ("locations", session.locations, event.locations),
        ("virtualLocations", session.virtual_locations, event.virtual_locations),
        ("url", session.url, event.url),
    )
    own = [key for key, value, inherited in pairs if value and value == inherited]
    return {**({} if session.uid is None else {"id": session.id}), **({"own": own} if own else {})}
