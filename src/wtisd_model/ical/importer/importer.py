"""Reading foreign calendars: `from_ical` and `from_jcal`."""

from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from icalendar import Calendar

    from wtisd_model.findings import FindingCollector
    from wtisd_model.ical.component import Component
    from wtisd_model.ical.parser import CalendarLimits
    from wtisd_model.reading.imported import Imported
    from wtisd_model.types.location import Location


def from_ical(
    data: "bytes | str | Calendar",
    *,
    zone: "str | ZoneInfo | None" = None,
    language: str = "und",
    place: "Location | None" = None,
    expand: "tuple[datetime, datetime] | None" = None,
    limits: "CalendarLimits | None" = None,
) -> "Imported":
    """Return the events of a calendar, as far as the model can hold them.

    An entry that names another one as its parent (RELATED-TO) becomes a session of it. The findings name everything
    that was left out. A property, parameter or component without a field is reported once for each name; a value that
    its field cannot hold, each time. In a schedule, an event without UID gets one that is derived from its
    times, title and place. If `to_ical` wrote the file, uid, SEQUENCE, status, title, times, sessions, position, url,
    categories, kinds and organizer are read back unchanged, and texts as they are in the file; only JSON keeps
    everything.

    Args:
        data: the content of an ``.ics`` file, as bytes (UTF-8, or UTF-16 with a byte order mark) or as a string; or a
            calendar of the icalendar package, whose findings point at line 0.
        zone: the zone for times that have none or one that is not known, and for whole days: its IANA name,
            ``Europe/Zurich``, or a ZoneInfo. Whole days take the calendar's ``X-WR-TIMEZONE`` where it is not given.
        language: the language of texts without LANGUAGE; by default ``und``, undetermined.
        place: where the rooms are that LOCATION names: a calendar states neither town nor country of a place.
        expand: the window in which the occurrences of recurring events are read, each as an event or a session of its
            own: two aware moments, the second not included. Without it, only the first occurrence is read.
        limits: how much the calendar may hold.

    Raises:
        MessageError: no event can be read: ``payload-too-large``, ``calendar-too-long``, ``not-utf8``,
            ``payload-too-deep``, ``component-unbalanced``, ``calendar-missing``, ``calendars-disagree``,
            ``method-unknown``, ``event-missing``; or all errors of its events.
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type`` for an argument; ``moment-naive``,
            ``moment-unreadable`` or ``slot-ends-before-start`` for *expand*.
        TypeError: *data* is of another type, or *limits* are not CalendarLimits.

    Source: RFC 5545, RFC 7986.
    """
    # Imported here, because only programs that read calendars need them.
    from wtisd_model.ical.importer.calendars import import_calendars
    from wtisd_model.ical.parser import require_limits

    limits = require_limits(limits)
    return import_calendars(
        _parser(data, limits), zone=zone, language=language, place=place, expand=expand, limits=limits
    )


def from_jcal(
    data: "bytes | str | list[Any]",
    *,
    zone: "str | ZoneInfo | None" = None,
    language: str = "und",
    place: "Location | None" = None,
    expand: "tuple[datetime, datetime] | None" = None,
    limits: "CalendarLimits | None" = None,
) -> "Imported":
    """Return the events of a calendar in jCal, as `from_ical` does those of the same calendar in iCalendar.

    Args:
        data: UTF-8 bytes, a string, or the list that ``json.loads`` returns: one calendar, or a list of calendars.
        zone: as for `from_ical`.
        language: as for `from_ical`.
        place: as for `from_ical`.
        expand: as for `from_ical`.
        limits: how much the calendar may hold. A property and a component count as a line each.

    Returns:
        The events, with findings that point at properties and components by JSON Pointers. One that is malformed is
        left out, with ``value-dropped``.

    Raises:
        PayloadError: *data* is not JSON, or exceeds the limits: ``payload-too-large``, ``payload-too-deep``,
            ``payload-too-many-values``, ``not-json``, ``key-repeated``, ``not-utf8``.
        MessageError: no event can be read, as in `from_ical`.
        InvalidValueError: as in `from_ical`.
        TypeError: *data* is of another type, or *limits* are not CalendarLimits.

    Source: RFC 7265.
    """
    from wtisd_model.findings import MessageError
    from wtisd_model.ical.importer.calendars import import_calendars
    from wtisd_model.ical.jcal import at_place, parse_jcal
    from wtisd_model.ical.parser import require_limits

    limits = require_limits(limits)
    places: list[str] = []
    try:
        imported = import_calendars(
            lambda findings: parse_jcal(data, limits, findings, places),
            zone=zone,
            language=language,
            place=place,
            expand=expand,
            limits=limits,
        )
    except MessageError as error:
        refused = [at_place(each, places) for each in error.findings]
    else:
        return evolve(imported, findings=tuple(at_place(each, places) for each in imported.findings))
    raise MessageError(*refused)  # outside of the block, so that the error carries no context


def _parser(data: object, limits: "CalendarLimits") -> "Callable[[FindingCollector], Sequence[Component]]":
    """Return a function that parses *data*, the argument of `from_ical`, into calendars."""
    from wtisd_model.ical.parser import parse_calendars

    if isinstance(data, bytes | bytearray | memoryview | str):
        # Half a character is refused with its line, as in bytes.
        octets = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(cast("bytes", data))
        return lambda findings: parse_calendars(octets, limits, findings)
    from icalendar import Calendar

    from wtisd_model.ical.importer.icalendar_objects import component_of

    if isinstance(data, Calendar):
        calendar = component_of(data, limits)
        return lambda _findings: [calendar]
    raise TypeError("from_ical reads bytes, a string or an icalendar.Calendar.")
