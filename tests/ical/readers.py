"""Feeds read by packages that are not ours, icalendar and vobject, into the same plain records as our strict reader.

Where a package misreads a correct file, its adapter says so and goes round it with another part of the same package.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import icalendar
import vobject
from dateutil.tz import tzical
from icalendar.parser import Contentlines, Parameters
from vobject.base import getLogicalLines, parseLine

from tests.ical.evaluator import decoded_parameter
from tests.ical.records import Alarm, Attachment, Conference, Entry, Feed, Said
from tests.ical.strict_reader import read_attachment, read_conference, read_organizer, strictly

Reader = Callable[[bytes], Feed]

Line = tuple[str, dict[str, str], str]
"""Name, parameters, and the value as in the file."""


def with_icalendar(data: bytes) -> Feed:
    """Read a feed with icalendar, which takes the rules of a zone from its name."""
    calendar: Any = icalendar.Calendar.from_ical(data)
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    parted: Callable[[str], list[Any]] = Contentlines.from_ical
    _, lines = _raw(_icalendar_line(each) for each in parted(data.decode()) if each)
    return Feed(
        name=_icalendar_said(calendar["NAME"]),
        url=_str(calendar.get("URL")),
        color=_str(calendar.get("COLOR")),
        refresh=calendar["REFRESH-INTERVAL"].dt if "REFRESH-INTERVAL" in calendar else None,
        entries=tuple(_icalendar_entry(*each) for each in zip(events, lines, strict=True)),
    )


def _icalendar_line(line: Any) -> Line:
    # icalendar 7.3.2 takes backslashes in a quoted parameter for escapes, which RFC 5545 section 3.1 does not know:
    # "a\\;b" becomes "a;b". Its own parser of parameters, given the line before that step, reads them right.
    at = line.value_separator_index()
    name, _, parameters = line[:at].partition(";")
    from_ical: Callable[[str], dict[str, Any]] = Parameters.from_ical
    read = from_ical(parameters) if parameters else {}
    return name, {key: ",".join(each) if isinstance(each, list) else each for key, each in read.items()}, line[at + 1 :]


def _icalendar_entry(event: Any, lines: list[Line]) -> Entry:
    assert event.errors == []
    start, end = event["DTSTART"], event["DTEND"]
    position = event.get("GEO")
    keywords = event.get("CATEGORIES")
    return Entry(
        uid=str(event["UID"]),
        parent=_str(event.get("RELATED-TO")),
        stamped=event["DTSTAMP"].dt,
        created=event["CREATED"].dt if "CREATED" in event else None,
        updated=event["LAST-MODIFIED"].dt if "LAST-MODIFIED" in event else None,
        sequence=int(event["SEQUENCE"]),
        status=str(event["STATUS"]),
        transparent=event.get("TRANSP") == "TRANSPARENT",
        starts_at=_in_utc(start.dt),
        ends_at=_in_utc(end.dt),
        zone=start.params.get("TZID") or str(event.get("X-WTISD-ZONE", "UTC")),
        title=_icalendar_said(event["SUMMARY"]),
        description=_icalendar_said(event["DESCRIPTION"]) if "DESCRIPTION" in event else None,
        location=_icalendar_said(event["LOCATION"]) if "LOCATION" in event else None,
        position=None if position is None else (Decimal(str(position.latitude)), Decimal(str(position.longitude))),
        url=_str(event.get("URL")),
        keywords=frozenset() if keywords is None else frozenset(str(each) for each in keywords.cats),
        organizer=_organizer(lines),
        contacts=tuple(str(each) for each in _each(event.get("CONTACT"))),
        conferences=_conferences(lines),
        image=_str(event.get("IMAGE")),
        attachments=_attachments(lines),
        kind=_str(event.get("X-WTISD-KIND")),
        id=_str(event.get("X-WTISD-ID")),
        color=_str(event.get("COLOR")),
        alarms=tuple(
            Alarm(before=-each["TRIGGER"].dt, text=_icalendar_said(each["DESCRIPTION"]))
            for each in event.walk("VALARM")
        ),
    )


def _in_utc(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _icalendar_said(value: Any) -> Said:
    # icalendar 7.3.2 does not know that NAME is TEXT (RFC 7986 section 5.1) and does not decode it.
    is_undecoded = type(value).__name__ == "vUnknown"
    text = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value) if is_undecoded else value
    return Said(text=str(text), language=value.params.get("LANGUAGE"))


def with_vobject(data: bytes) -> Feed:
    """Read a feed with vobject, which evaluates the VTIMEZONEs of the file with python-dateutil."""
    content = data.decode()
    register_zones(content)
    calendar = vobject.readOne(content)
    # vobject takes the values of properties that it does not know for TEXT, and cuts URIs at a comma; its parser of
    # lines gives them whole.
    head, lines = _raw(_vobject_line(each) for each, _ in getLogicalLines(StringIO(content), allowQP=False))
    refresh = calendar.contents.get("refresh-interval")
    return Feed(
        name=_vobject_said(calendar.contents["name"][0]),
        url=_uri(head, "URL"),
        color=_only(calendar, "color"),
        refresh=None if refresh is None else vobject.icalendar.stringToDurations(refresh[0].value)[0],
        entries=tuple(_vobject_entry(*each) for each in zip(calendar.vevent_list, lines, strict=True)),
    )


def register_zones(content: str) -> None:
    """Let a file's own zones hold for vobject, and no others.

    It keeps the first zone of a name that it sees in a process, and takes one that is now the same as UTC, such as
    Africa/Monrovia, from pytz, which knows no seconds.
    """
    zones: dict[str, Any] = vars(vobject.icalendar)["__tzidMap"]
    zones.clear()
    zones["UTC"] = vobject.icalendar.utc
    for vtimezone in re.findall(r"BEGIN:VTIMEZONE\r\n.*?END:VTIMEZONE\r\n", content, re.DOTALL):
        # As vobject does itself: dateutil refuses properties that it does not know.
        found = tzical(StringIO(re.sub(r"X-LIC-LOCATION:.*\r\n", "", vtimezone)))
        (name,) = found.keys()
        zones[name] = found.get()


def _vobject_line(line: str) -> Line:
    name, parameters, value, _ = parseLine(line)
    # vobject 0.9.9 does not know RFC 6868.
    return name, {key: ",".join(map(decoded_parameter, values)) for key, *values in parameters}, value


def _vobject_entry(event: Any, lines: list[Line]) -> Entry:
    position = _only(event, "geo")
    latitude, _, longitude = (position or "0;0").partition(";")
    start = event.dtstart
    return Entry(
        uid=event.uid.value,
        parent=_only(event, "related-to"),
        stamped=event.dtstamp.value.astimezone(UTC),
        created=_moment(event, "created"),
        updated=_moment(event, "last-modified"),
        sequence=int(event.sequence.value),
        status=event.status.value,
        transparent=_only(event, "transp") == "TRANSPARENT",
        starts_at=_in_utc(start.value),
        ends_at=_in_utc(event.dtend.value),
        zone=start.params.get("X-VOBJ-ORIGINAL-TZID", [_only(event, "x-wtisd-zone") or "UTC"])[0],
        title=_vobject_said(event.summary),
        description=_vobject_said(event.description) if "description" in event.contents else None,
        location=_vobject_said(event.location) if "location" in event.contents else None,
        position=None if position is None else (Decimal(latitude), Decimal(longitude)),
        url=_uri(lines, "URL"),
        keywords=frozenset(event.categories.value if "categories" in event.contents else ()),
        organizer=_organizer(lines),
        contacts=tuple(each.value for each in event.contents.get("contact", [])),
        conferences=_conferences(lines),
        image=_uri(lines, "IMAGE"),
        attachments=_attachments(lines),
        kind=_only(event, "x-wtisd-kind"),
        id=_only(event, "x-wtisd-id"),
        color=_only(event, "color"),
        alarms=tuple(
            Alarm(before=-each.trigger.value, text=_vobject_said(each.description))
            for each in event.contents.get("valarm", [])
        ),
    )


def _vobject_said(line: Any) -> Said:
    return Said(text=line.value, language=line.params["LANGUAGE"][0] if "LANGUAGE" in line.params else None)


def _only(component: Any, name: str) -> str | None:
    lines = component.contents.get(name, [])
    assert len(lines) <= 1
    return lines[0].value if lines else None


def _moment(component: Any, name: str) -> datetime | None:
    lines = component.contents.get(name, [])
    assert len(lines) <= 1
    return lines[0].value.astimezone(UTC) if lines else None


def _raw(lines: Iterable[Line]) -> tuple[list[Line], list[list[Line]]]:
    """Part the lines of a file into those of the calendar itself and those of each VEVENT itself."""
    calendar: list[Line] = []
    events: list[list[Line]] = []
    open_: list[str] = []
    for line in lines:
        if line[0] == "BEGIN":
            open_.append(line[2])
            if line[2] == "VEVENT":
                events.append([])
        elif line[0] == "END":
            open_.pop()
        elif open_[-1] == "VCALENDAR":
            calendar.append(line)
        elif open_[-1] == "VEVENT":
            events[-1].append(line)
    return calendar, events


def _uri(lines: list[Line], wanted: str) -> str | None:
    values = [value for name, _, value in lines if name == wanted]
    assert len(values) <= 1
    return values[0] if values else None


def _organizer(lines: list[Line]) -> tuple[Said, str] | None:
    found = [read_organizer(value, parameters) for name, parameters, value in lines if name == "ORGANIZER"]
    assert len(found) <= 1
    return found[0] if found else None


def _conferences(lines: list[Line]) -> tuple[Conference, ...]:
    return tuple(read_conference(value, parameters) for name, parameters, value in lines if name == "CONFERENCE")


def _attachments(lines: list[Line]) -> tuple[Attachment, ...]:
    return tuple(read_attachment(value, parameters) for name, parameters, value in lines if name == "ATTACH")


def _str(value: Any) -> str | None:
    return None if value is None else str(value)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


READERS: dict[str, Reader] = {"strictly": strictly, "icalendar": with_icalendar, "vobject": with_vobject}
