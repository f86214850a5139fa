"""A strict reader of feeds, which knows RFC 5545 and nothing of the writer; what it does not understand, it refuses.

`tests.invitation.strict_message` reads messages with its parts.

It evaluates the VTIMEZONEs of the file itself, as far as the evaluator goes.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from attrs import field, frozen

from tests.ical.evaluator import HORIZON, ContentLine, Evaluator, decoded_text, taken_apart, unfolded
from tests.ical.records import Alarm, Attachment, Conference, Entry, Feed, Said

# RFC 5545 section 3.1, without the tab, which we never write: name, parameters, value.
_SAFE, _QUOTED = r'[^\x00-\x1f\x7f";:,]', r'"[^\x00-\x1f\x7f"]*"'
_VALUE = rf"(?:{_QUOTED}|{_SAFE}*)"
_GRAMMAR = re.compile(rf"[A-Z-]+(?:;[A-Z-]+={_VALUE}(?:,{_VALUE})*)*:[^\x00-\x1f\x7f-\x9f\u2028\u2029]*")
_DATE = re.compile(r"\d{8}")
_DATE_TIME = re.compile(r"\d{8}T\d{6}")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")

# RFC 5545 section 3.6.1 and RFC 7986 section 4: what occurs exactly once, at most once, or any number of times.
_ONCE = {
    "VCALENDAR": {"PRODID", "VERSION", "NAME", "X-WR-CALNAME"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}
_MAYBE = {
    "VCALENDAR": {"URL", "COLOR", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"},
    "VEVENT": {
        *{"CREATED", "LAST-MODIFIED", "TRANSP", "DESCRIPTION", "LOCATION", "GEO", "URL", "ORGANIZER", "COLOR"},
        *{"RELATED-TO", "CATEGORIES", "IMAGE", "X-WTISD-ZONE", "X-WTISD-KIND", "X-WTISD-ID"},  # we write one
    },
    "VALARM": set[str](),
}
_MANY = {"VCALENDAR": set[str](), "VEVENT": {"CONTACT", "CONFERENCE", "ATTACH"}, "VALARM": set[str]()}
_INSIDE = {"VCALENDAR": {"VTIMEZONE", "VEVENT"}, "VEVENT": {"VALARM"}, "VALARM": set[str]()}


@frozen
class Component:
    """The lines between BEGIN and END."""

    name: str
    lines: list[ContentLine] = field(factory=list[ContentLine])
    inside: "list[Component]" = field(factory=list["Component"])

    def all(self, name: str) -> list[ContentLine]:
        return [each for each in self.lines if each.name == name]

    def one(self, name: str) -> ContentLine:
        (line,) = self.all(name)
        return line

    def maybe(self, name: str) -> ContentLine | None:
        lines = self.all(name)
        assert len(lines) <= 1
        return lines[0] if lines else None


def strictly(data: bytes) -> Feed:
    """Read a feed by the letter of RFC 5545."""
    calendar = parsed(data)
    _counted(calendar)
    assert decoded_text(calendar.one("X-WR-CALNAME").value) == decoded_text(calendar.one("NAME").value)
    events = [each for each in calendar.inside if each.name == "VEVENT"]
    zones = zones_of(data, events)
    refresh = calendar.maybe("REFRESH-INTERVAL")
    interval = calendar.maybe("X-PUBLISHED-TTL")
    assert (refresh is None) == (interval is None)
    if refresh is not None and interval is not None:
        assert refresh.parameters == {"VALUE": "DURATION"}
        assert refresh.value == interval.value
    uids = [decoded_text(each.one("UID").value) for each in events]
    assert len(uids) == len(set(uids))
    return Feed(
        name=_said(calendar.one("NAME")),
        url=_uri(calendar.maybe("URL")),
        color=_text(calendar.maybe("COLOR")),
        refresh=None if refresh is None else _duration(refresh.value),
        entries=tuple(entry_of(each, zones) for each in events),
    )


def parsed(data: bytes) -> Component:
    """Take a VCALENDAR apart into components and lines, each of which keeps the grammar."""
    whole = [*unfolded(data)]
    for each in whole:
        assert _GRAMMAR.fullmatch(each), each[:80]
    calendar = _nested(whole)
    assert calendar.name == "VCALENDAR"
    assert calendar.one("VERSION").value == "2.0"
    # "Each VTIMEZONE before the events" is our own rule, for programs that read from top to bottom.
    kinds = [each.name for each in calendar.inside]
    assert kinds == sorted(kinds, key=["VTIMEZONE", "VEVENT", "VTODO"].index)
    return calendar


def _nested(lines: Sequence[str]) -> Component:
    outermost = Component("")
    open_ = [outermost]
    for each in lines:
        line = taken_apart(each)
        if line.name == "BEGIN":
            inner = Component(line.value)
            open_[-1].inside.append(inner)
            open_.append(inner)
        elif line.name == "END":
            assert open_.pop().name == line.value
        else:
            open_[-1].lines.append(line)
    assert open_ == [outermost]
    (calendar,) = outermost.inside
    assert not outermost.lines
    return calendar


def _counted(component: Component) -> None:
    if component.name == "VTIMEZONE":  # the Evaluator looks at these
        return
    names = [each.name for each in component.lines]
    once, maybe, many = _ONCE[component.name], _MAYBE[component.name], _MANY[component.name]
    assert set(names) <= once | maybe | many
    assert once <= set(names)
    assert all(names.count(each) == 1 for each in set(names) - many)
    for each in component.inside:
        assert each.name in _INSIDE[component.name]
        _counted(each)


def zones_of(data: bytes, events: Sequence[Component]) -> dict[str, Evaluator]:
    """RFC 5545 section 3.2.19: one VTIMEZONE for each TZID; and none for nothing."""
    found = re.findall(rb"BEGIN:VTIMEZONE\r\n.*?END:VTIMEZONE\r\n", data, re.DOTALL)
    zones = {each.tzid: each for each in map(Evaluator, found)}
    assert len(zones) == len(found)
    used = {line.parameters["TZID"] for event in events for line in event.lines if "TZID" in line.parameters}
    assert zones.keys() == used
    return zones


def entry_of(event: Component, zones: dict[str, Evaluator]) -> Entry:
    """Read a VEVENT that says when something is; a message about some people only says nothing of its status."""
    start, end = event.one("DTSTART"), event.one("DTEND")
    assert start.parameters == end.parameters
    kept = event.maybe("X-WTISD-ZONE")
    assert kept is not None or start.parameters != {"VALUE": "DATE"}
    zone = start.parameters.get("TZID") or (kept.value if kept is not None else "UTC")
    position, transparency = event.maybe("GEO"), event.maybe("TRANSP")
    keywords, parent = event.maybe("CATEGORIES"), event.maybe("RELATED-TO")
    organizer, image = event.maybe("ORGANIZER"), event.maybe("IMAGE")
    description, location = event.maybe("DESCRIPTION"), event.maybe("LOCATION")
    assert image is None or image.parameters == {"VALUE": "URI"}
    status = event.maybe("STATUS")
    assert status is None or status.value in {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    latitude, _, longitude = (position.value if position is not None else "0;0").partition(";")
    return Entry(
        uid=decoded_text(event.one("UID").value),
        parent=None if parent is None else decoded_text(parent.value),
        stamped=utc_moment(event.one("DTSTAMP").value),
        created=_moment(event.maybe("CREATED")),
        updated=_moment(event.maybe("LAST-MODIFIED")),
        sequence=int(event.one("SEQUENCE").value),
        status=None if status is None else status.value,
        transparent=transparency is not None and transparency.value == "TRANSPARENT",
        starts_at=_placed(start, zones),
        ends_at=_placed(end, zones),
        zone=zone,
        title=_said(event.one("SUMMARY")),
        description=None if description is None else _said(description),
        location=None if location is None else _said(location),
        position=None if position is None else (Decimal(latitude), Decimal(longitude)),
        url=_uri(event.maybe("URL")),
        keywords=frozenset() if keywords is None else frozenset(_categories(keywords.value, event)),
        organizer=None if organizer is None else read_organizer(organizer.value, organizer.parameters),
        contacts=tuple(decoded_text(each.value) for each in event.all("CONTACT")),
        conferences=tuple(read_conference(each.value, each.parameters) for each in event.all("CONFERENCE")),
        image=_uri(image),
        attachments=tuple(read_attachment(each.value, each.parameters) for each in event.all("ATTACH")),
        kind=_text(event.maybe("X-WTISD-KIND")),
        id=_text(event.maybe("X-WTISD-ID")),
        color=_text(event.maybe("COLOR")),
        alarms=tuple(_alarm(each) for each in event.inside),
    )


def _alarm(alarm: Component) -> Alarm:
    assert alarm.one("ACTION").value == "DISPLAY"
    return Alarm(before=-_duration(alarm.one("TRIGGER").value), text=_said(alarm.one("DESCRIPTION")))


def _said(line: ContentLine) -> Said:
    return Said(text=decoded_text(line.value), language=line.parameters.get("LANGUAGE"))


def _text(line: ContentLine | None) -> str | None:
    return None if line is None else decoded_text(line.value)


def _uri(line: ContentLine | None) -> str | None:
    return None if line is None else line.value


def _categories(value: str, event: Component) -> list[str]:
    # A comma parts two values where no backslash before it makes it a letter (RFC 5545 section 3.1.1).
    texts = [decoded_text(each) for each in re.findall(r"(?:[^\\,]|\\.)+", value)]
    in_order = texts if event.maybe("X-WTISD-KIND") is None else texts[:-1]  # the last one names the kind
    assert in_order == sorted(set(in_order))
    return texts


def read_organizer(value: str, parameters: dict[str, str]) -> tuple[Said, str]:
    assert parameters.keys() == {"CN", "LANGUAGE"}
    return Said(text=parameters["CN"], language=parameters["LANGUAGE"]), _mail(value)


def _mail(value: str) -> str:
    scheme, _, address = value.partition(":")
    assert scheme == "mailto"
    return address.replace("%23", "#").replace("%3F", "?").replace("%25", "%")


def read_conference(uri: str, parameters: dict[str, str]) -> Conference:
    # RFC 7986 section 5.11: "The default value type is not specified", so that VALUE is required.
    assert parameters["VALUE"] == "URI"
    assert parameters.keys() <= {"VALUE", "FEATURE", "LABEL", "LANGUAGE"}
    features = parameters["FEATURE"].split(",") if "FEATURE" in parameters else []
    # In one order, so that equal events give equal bytes.
    assert features == sorted(features)
    label = Said(text=parameters["LABEL"], language=parameters["LANGUAGE"]) if "LABEL" in parameters else None
    return Conference(uri=uri, features=frozenset(features), label=label)


def read_attachment(uri: str, parameters: dict[str, str]) -> Attachment:
    assert parameters.keys() == {"LABEL", "LANGUAGE"}
    return Attachment(uri=uri, label=Said(text=parameters["LABEL"], language=parameters["LANGUAGE"]))


def _placed(line: ContentLine, zones: dict[str, Evaluator]) -> datetime | date:
    if line.parameters == {"VALUE": "DATE"}:
        assert _DATE.fullmatch(line.value)
        return datetime.strptime(line.value, "%Y%m%d").date()
    if line.parameters:
        (zone,) = line.parameters.values()
        assert _DATE_TIME.fullmatch(line.value)
        local = datetime.strptime(line.value, "%Y%m%dT%H%M%S")
        if local < HORIZON:
            return (local - zones[zone].offset_for(local)).replace(tzinfo=UTC)
        # The evaluator expands rules so far only; beyond, the name of the zone has to do.
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return utc_moment(line.value)


def _moment(line: ContentLine | None) -> datetime | None:
    return None if line is None else utc_moment(line.value)


def utc_moment(value: str) -> datetime:
    assert value.endswith("Z")
    assert _DATE_TIME.fullmatch(value[:-1])
    return datetime.strptime(value, "%Y%m%dT%H%M%S%z")


def _duration(value: str) -> timedelta:
    match = _DURATION.fullmatch(value)
    assert match is not None
    sign, *numbers = match.groups()
    assert any(each is not None for each in numbers)
    days, hours, minutes, seconds = (int(each or 0) for each in numbers)
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if sign else length
