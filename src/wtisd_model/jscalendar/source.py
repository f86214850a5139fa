"""One Event of a JSCalendar document: its value, its texts in their languages, and its time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.findings import InvalidValueError, pointer
from wtisd_model.ical.foreign_timezones import zone_of_tzid
from wtisd_model.jscalendar.names import FIELDS, LOCALIZATIONS, Object, Version
from wtisd_model.jscalendar.times import UTC, decode_local_time
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.html_text import html_text
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.duration import parse_duration
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.text import LONG
from wtisd_model.types.timeslot import CENTURIES, TimeSlot
from wtisd_model.types.timezone import at_zone, first_moment, to_utc, wall_of

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


@frozen(kw_only=True)
class JSCalendarContext:
    """The options of the reader."""

    version: Version
    """The version of the document."""
    zone: str | None
    """The zone for times without one."""
    language: str
    """The language of objects without ``locale``."""
    place: Location | None = field(repr=False)
    """Where the rooms are that locations name."""
    expands: bool
    """True if recurring events are read as their occurrences."""
    derives_uids: bool
    """True if an event may lack a uid, as in a schedule, to which nobody replies."""


@frozen(kw_only=True, slots=False)
class JSCalendarEvent:
    """An Event of the document."""

    value: ForeignValue = field(repr=False)
    fields: ForeignValue = field(repr=False)
    """``wtisd-model:fields``, which no property could hold; empty in an Event of another program."""
    context: JSCalendarContext
    locale: str
    """The language of its texts."""
    translations: Mapping[str, Mapping[str, At]] = field(repr=False)
    """Values by language for each path that a PatchObject of ``localizations`` names."""
    read: set[str] = field(factory=set[str], repr=False)
    """The paths of the texts that were read."""

    @property
    def members(self) -> Object:
        """The members of the Event."""
        return self.value.members

    @property
    def path(self) -> str:
        """The place of the Event in the document."""
        return self.value.path

    @property
    def notes(self) -> Notes:
        """The findings about the document."""
        return self.value.notes

    @cached_property
    def written_description(self) -> Object | None:
        """The description as it is written, or what people read of it if it is HTML; read once for all occurrences."""
        kind = self.value["descriptionContentType"].string or "text/plain"
        plain = html_text if kind.partition(";")[0].strip().lower() == "text/html" else str
        own = None if self.has_own_description else self.fields["description"]
        return self.localized(self.value["description"], LONG, "description", own=own, plain=plain)

    @property
    def has_own_description(self) -> bool:
        """True if the description was written together with other texts."""
        own = self.fields["description"]
        return "text" in own.members or ("description" in self.fields.members and own.value is None)

    def entries(self, name: str) -> Iterator[tuple[str, ForeignValue]]:
        """Yield the key and the value of each entry of a map of objects, by its number if it has one."""
        whole = self.value[name].object()
        for key in sorted(whole.members, key=by_number):
            each = whole.member(key)
            if isinstance(each.value, dict):
                yield key, each
            else:
                each.drop(Code.WRONG_TYPE)

    def localized(
        self,
        source: ForeignValue,
        constraint: Text,
        *steps: str,
        own: ForeignValue | None = None,
        plain: Callable[[str], str] = str,
    ) -> Object | None:
        """Return a text and its translations as JSON of this package; None without a text.

        Args:
            source: the text.
            constraint: that of the field.
            steps: the steps to it from the Event, as translations name it.
            own: the ``wtisd-model:fields`` of the text, which may name its language.
            plain: returns the text of a field from that of the document, in each language.
        """
        notes, value = self.notes, source.value
        text = notes.text(plain(value) if isinstance(value, str) else value, constraint, source.path)
        language = (None if own is None else language_tag(own.members.get("language"))) or self.locale
        step = pointer(*steps)[1:]
        self.read.add(step)
        if text is None:
            return None
        translations: Object = {}
        for tag, (translated, place) in self.translations.get(step, {}).items():
            if not isinstance(translated, str):
                notes.note(Code.VALUE_DROPPED, place, reason=Code.WRONG_TYPE)
            elif tag != language:
                kept = notes.text(plain(translated), constraint, place)
                translations |= {} if kept is None else {tag: kept}
            elif translated != value:
                notes.note(Code.VALUE_DROPPED, place, reason=Code.LANGUAGE_REPEATED)
        return {"text": text, "language": language, "translations": translations}

    def note_unread_patches(self) -> None:
        """Note translations of what is not read."""
        if not self.read.issuperset(self.translations):
            self.value["localizations"].unsupported("localizations")


def note_unread(source: ForeignValue, read: frozenset[str], defaults: Mapping[str, str] = {}) -> None:
    """Note the members of an object that no field can hold, once for each name."""
    source[FIELDS].object()
    source.note_others(read.union(key for key in defaults if source.members.get(key) == defaults[key]))


def source_of(value: ForeignValue, context: JSCalendarContext) -> JSCalendarEvent:
    """Return an Event of a document."""
    locale, fields = value["locale"], value[FIELDS]
    stated = language_tag(locale.value)
    if stated is None and locale.value is not None:
        locale.drop(Code.LANGUAGE_UNKNOWN)
    translations: dict[str, dict[str, At]] = {}
    for name in ("localizations", LOCALIZATIONS):
        patches = value[name].object()
        for key in patches.members:
            tag = language_tag(key)
            if tag is None:
                patches.drop(Code.LANGUAGE_UNKNOWN)
                continue
            patch = patches[key].object()
            for step in patch.members:
                each = patch.member(step)
                if translations.setdefault(step, {}).setdefault(tag, each.at).value != each.value:
                    each.drop(Code.LANGUAGE_REPEATED)
    language = stated or context.language
    return JSCalendarEvent(value=value, fields=fields, context=context, locale=language, translations=translations)


def by_number(key: str) -> tuple[int, str]:
    """Return a key that sorts ``contact-2`` before ``contact-10``."""
    return len(key), key


def read_slot(source: JSCalendarEvent) -> TimeSlot | None:
    """Return the slot of an Event; None with an error among the findings.

    A day without a duration is one day, and a time lasts a second, as a slot cannot be empty.
    """
    value, notes, members, path = source.value, source.notes, source.members, source.path
    wall = decode_local_time(members.get("start"))
    if wall is None:
        notes.note(Code.TIME_UNREADABLE if "start" in members else Code.KEY_MISSING, f"{path}/start")
        return None
    length = parse_duration(members.get("duration") or "PT0S")
    if length is None:
        notes.note(Code.PROPERTY_UNREADABLE, value["duration"].path, property="duration")
        return None
    days, exactly = length
    is_days = members.get("showWithoutTime") is True and f"{wall:%H%M%S}" == "000000" and not exactly % _DAY
    own = source.fields["timeZone"].string
    kept = own if own in ZONES else None
    zone = _zone(source, kept)
    if zone is None:
        return None
    if not FIRST_YEAR <= wall.year <= LAST_YEAR or days + exactly >= CENTURIES:
        _note_year(source)
        return None
    if is_days:
        return _whole_days(source, wall.date(), max(days + exactly, _DAY), kept or zone)
    return _timed(source, wall, length, zone, kept)


def _note_year(source: JSCalendarEvent) -> None:
    source.notes.note(Code.YEAR_OUT_OF_RANGE, f"{source.path}/start", minimum=FIRST_YEAR, maximum=LAST_YEAR)


def _whole_days(source: JSCalendarEvent, first: date, length: timedelta, zone: str) -> TimeSlot | None:
    end = first + length
    if end.year > LAST_YEAR:
        _note_year(source)
        return None
    with suppress(InvalidValueError):
        return TimeSlot.days(first, end, zone)
    source.notes.note(Code.TIME_SKIPPED, f"{source.path}/start")  # the zone never had one of the days
    return None


def _timed(
    source: JSCalendarEvent, wall: datetime, length: tuple[timedelta, timedelta], zone: str, kept: str | None
) -> TimeSlot | None:
    notes, path, (days, exactly) = source.notes, source.path, length
    start = first_moment(wall, zone)
    if wall_of(start) != wall:
        notes.note(Code.TIME_JUMPED, f"{path}/start")
    if not days + exactly:
        notes.note(Code.END_MISSING, f"{path}/start")
        exactly = _SECOND
    # "Add any week or day components of the duration to the date", then the others "in absolute time".
    ends_at = to_utc(first_moment(wall + days, zone) if days else start) + exactly
    ends_in = source.value["endTimeZone"]
    if ends_in.string is not None and _named(ends_in.string) != zone:
        notes.note(Code.END_ZONE_REPLACED, ends_in.path, zone=zone)
    shown = kept if zone == "UTC" and kept is not None else zone
    with suppress(InvalidValueError):
        return TimeSlot(start=at_zone(to_utc(start), shown), end=at_zone(ends_at, shown))
    _note_year(source)
    return None


def _zone(source: JSCalendarEvent, kept: str | None) -> str | None:
    """Return the zone of the start; None with an error among the findings.

    Whole days that this package wrote keep theirs in ``wtisd-model:fields``.
    """
    stated, notes = source.value["timeZone"], source.notes
    if stated.value is None:
        zone = (kept if "showWithoutTime" in source.members else None) or source.context.zone
        if zone is None:
            notes.note(Code.TIME_FLOATING, f"{source.path}/start")
        return zone
    if stated.string is None:
        notes.note(Code.WRONG_TYPE, stated.path, expected="string")
        return None
    # Version 1.0: a zone of the document's own may say which one of IANA it is.
    alias = source.value["timeZones"].object().member(stated.string)["tzId"].string
    zone = _named(stated.string) or (None if alias is None else _named(alias))
    if zone is not None:
        return zone
    if source.context.zone is None:
        notes.note(Code.ZONE_UNKNOWN, stated.path)
    else:
        stated.drop(Code.ZONE_UNKNOWN)
    return source.context.zone


def _named(tzid: str) -> str | None:
    return "UTC" if tzid == UTC else zone_of_tzid(tzid)
