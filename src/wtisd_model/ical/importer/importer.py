"""Calendars of others to events: `from_ical`."""

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from icalendar import Calendar

    from wtisd_model.ical.component import Component
    from wtisd_model.ical.importer.imported import Imported
    from wtisd_model.ical.parser import CalendarLimits
    from wtisd_model.types.location import Location


def from_ical(
    data: "bytes | str | Calendar",
    *,
    zone: str | None = None,
    language: str = "und",
    place: "Location | None" = None,
    limits: "CalendarLimits | None" = None,
) -> "Imported":
    """Read the events of a calendar, as far as our objects carry them.

    An entry that says that it is part of another one (RELATED-TO) becomes its session. Nothing is lost in silence: the
    result's findings name what was left out. Of an event that `to_ical` wrote, uid, sequence, status, title, times,
    sessions, position, url, categories and organizer come back equal, and texts as they are in the file; JSON is the
    format that keeps everything.

    Args:
        data: the content of an ``.ics`` file, as bytes (UTF-8, or UTF-16 with a byte order mark) or as a string; or a
            calendar of the icalendar package, whose findings point at line 0.
        zone: IANA name of the zone for times that have none, and for whole days: ``Europe/Zurich``. Whole days take
            the calendar's ``X-WR-TIMEZONE`` where it is not given.
        language: the language of texts without LANGUAGE; by default ``und``, undetermined.
        place: where the rooms are that LOCATION names: a calendar states neither town nor country of a place.
        limits: how much the calendar may hold.

    Raises:
        MessageError: no event can be read: ``payload-too-large``, ``calendar-too-long``, ``not-utf8``,
            ``payload-too-deep``, ``component-unbalanced``, ``calendar-missing``, ``calendars-disagree``,
            ``method-unknown``, ``event-missing``; or with all that is wrong in its events.
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type`` for an argument.
        TypeError: *data* is of another type.

    Source: RFC 5545, RFC 7986.
    """
    # For those who read calendars alone.
    from wtisd_model.ical.importer.calendars import import_calendars
    from wtisd_model.ical.parser import CalendarLimits

    limits = limits or CalendarLimits()
    return import_calendars(_source(data, limits), zone=zone, language=language, place=place, limits=limits)


def _source(data: object, limits: "CalendarLimits") -> "bytes | Component":
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(cast("bytes", data))
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")  # half a character is refused with its line, as in bytes
    from icalendar import Calendar

    from wtisd_model.ical.importer.icalendar_objects import component_of

    if isinstance(data, Calendar):
        return component_of(data, limits)
    raise TypeError("from_ical reads bytes, a string or an icalendar.Calendar.")
