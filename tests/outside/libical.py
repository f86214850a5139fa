"""Reads calendars with libical, through GObject introspection: run with Debian's Python, which has python3-gi.

Takes a JSON array of calendars on standard input, and prints what is in each as `tests/outside/calendars.py` has it.
"""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import gi  # type: ignore[import-not-found, unused-ignore]  # Debian packages it for its own Python alone

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found, unused-ignore]  # noqa: E402 - the version is known only now


def properties(event: Any, kind: Any) -> Iterator[Any]:
    """Yield the properties of a kind."""
    each = event.get_first_property(kind)
    while each is not None:
        yield each
        each = event.get_next_property(kind)


def first(event: Any, kind: Any, get: Callable[[Any], Any]) -> Any:
    """Return the value of the first property of a kind; None if there is none."""
    return next((get(each) for each in properties(event, kind)), None)


def seconds(time: Any) -> int | str | None:
    """Return a time in seconds since 1970, in the zone that libical found for it; a date as text."""
    if time is None or time.is_null_time():
        return None
    if time.is_date():
        return f"{time.get_year()}-{time.get_month():02}-{time.get_day():02}"
    return int(time.as_timet_with_zone(time.get_timezone()))


def address(uri: str) -> str:
    """Take the scheme off a calendar address."""
    return uri.split(":", 1)[1]


def parameter(each: Any, kind: Any, get: Callable[[Any], Any]) -> Any:
    """Return the value of a parameter; None if there is none."""
    found = each.get_first_parameter(kind)
    return None if found is None else get(found)


def person(each: Any) -> list[str | None]:
    """Return the address, the name and the answer of an attendee."""
    kinds, component = ICalGLib.ParameterKind, ICalGLib.Parameter
    name = parameter(each, kinds.CN_PARAMETER, component.get_cn)
    answer = parameter(each, kinds.PARTSTAT_PARAMETER, component.get_partstat)
    written = "NEEDS-ACTION" if answer in {None, ICalGLib.ParameterPartstat.NEEDSACTION} else answer.value_nick.upper()
    return [address(each.get_attendee()), name, written]


def seen(calendar: Any, event: Any) -> dict[str, Any]:
    """Return the content of a VEVENT."""
    kinds, property_ = ICalGLib.PropertyKind, ICalGLib.Property
    method = first(calendar, kinds.METHOD_PROPERTY, lambda each: each.get_value_as_string())
    organizer = first(event, kinds.ORGANIZER_PROPERTY, property_.get_organizer)
    return {
        "method": method,
        "uid": event.get_uid(),
        "sequence": first(event, kinds.SEQUENCE_PROPERTY, property_.get_sequence),
        "start": seconds(event.get_dtstart()) if first(event, kinds.DTSTART_PROPERTY, bool) else None,
        "end": seconds(event.get_dtend()) if first(event, kinds.DTEND_PROPERTY, bool) else None,
        "title": first(event, kinds.SUMMARY_PROPERTY, property_.get_summary),
        "description": first(event, kinds.DESCRIPTION_PROPERTY, property_.get_description),
        "location": first(event, kinds.LOCATION_PROPERTY, property_.get_location),
        "organizer": None if organizer is None else address(organizer),
        "people": [person(each) for each in properties(event, kinds.ATTENDEE_PROPERTY)],
    }


def read(text: str) -> list[dict[str, Any]]:
    """Return the content of each VEVENT of a calendar."""
    calendar = ICalGLib.Component.new_from_string(text)
    found: list[dict[str, Any]] = []
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event is not None:
        found.append(seen(calendar, event))
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    return found


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
