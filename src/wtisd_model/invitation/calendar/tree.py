"""Components inside one another, as far as they are read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, MessageError, finding
from wtisd_model.invitation.calendar.content_line import Property, name_of, reader
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.calendar.unfolding import line_path, unfolded

Note = Callable[[Finding], None]


@frozen
class Component:
    """A component: what stands between BEGIN and END."""

    name: str
    line: int
    properties: list[Property] = field(factory=list[Property])
    components: "list[Component]" = field(factory=lambda: list[Component]())  # noqa: PLW0108 - not yet defined here

    def all(self, name: str) -> Iterator[Property]:
        """Give each property of a name."""
        return (each for each in self.properties if each.name == name)

    def first(self, name: str) -> Property | None:
        """Give the first property of a name, which is the only one where it may stand once."""
        return next(self.all(name), None)

    def parts(self, name: str) -> "Iterator[Component]":
        """Give each component of a name."""
        return (each for each in self.components if each.name == name)


_OF_ZONES: Final = frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"})

READ: Final[Mapping[str, frozenset[str]]] = {
    "VCALENDAR": frozenset({"PRODID", "VERSION", "CALSCALE", "METHOD", "X-WR-TIMEZONE", "COLOR"}),
    "VEVENT": frozenset(
        {
            *("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"),
            *("SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "CONFERENCE", "URL", "CATEGORIES", "ORGANIZER", "CONTACT"),
            *("IMAGE", "COLOR", "STATUS", "SEQUENCE", "CREATED", "LAST-MODIFIED", "RELATED-TO", "ATTENDEE", "COMMENT"),
            *("X-WTISD-ZONE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
            *("ATTACH", "CLASS", "PRIORITY", "RESOURCES", "REQUEST-STATUS", "LINK", "CONCEPT", "STYLED-DESCRIPTION"),
        }
    ),
    "VTIMEZONE": frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": _OF_ZONES,
    "DAYLIGHT": _OF_ZONES,
}
"""The properties that are looked at in each component; lines of others are passed over without being read."""


def calendars(data: bytes, limits: CalendarLimits, note: Note) -> Sequence[Component]:
    """Read the calendars of a file, one as a rule.

    Args:
        data: the file.
        limits: how much it may hold.
        note: is given what is passed over.

    Raises:
        MessageError: what `unfolded` refuses; ``calendar-missing``, ``component-unbalanced``, ``payload-too-deep``.
    """
    outside = Component("", 0)
    open_ones = [outside]
    read = reader()
    for line in unfolded(data, limits):
        name = name_of(line)
        inner = open_ones[-1]
        if name in {"BEGIN", "END"}:
            called = line.text.partition(":")[2].strip().upper()
            if name == "BEGIN":
                if len(open_ones) > limits.depth:
                    raise MessageError(finding(Code.PAYLOAD_TOO_DEEP, line_path(line.number), maximum=limits.depth))
                begun = Component(called, line.number)
                inner.components.append(begun)
                open_ones.append(begun)
            elif inner is outside or called != inner.name:
                raise MessageError(finding(Code.COMPONENT_UNBALANCED, line_path(line.number)))
            else:
                open_ones.pop()
        elif name is None:
            note(finding(Code.LINE_UNREADABLE, line_path(line.number)))
        elif name in READ.get(inner.name, ()):
            found = read(line)
            if found is None:
                note(finding(Code.LINE_UNREADABLE, line_path(line.number)))
            else:
                inner.properties.append(found)
    if open_ones[-1] is not outside:
        raise MessageError(finding(Code.COMPONENT_UNBALANCED, line_path(open_ones[-1].line)))
    found_calendars = list(outside.parts("VCALENDAR"))
    if not found_calendars:
        raise MessageError(finding(Code.CALENDAR_MISSING))
    return found_calendars


def unreadable(found: Property) -> Finding:
    """Say that a value is not of the form that its property asks for."""
    return finding(Code.PROPERTY_UNREADABLE, line_path(found.line), property=found.name)


def single(component: Component, name: str, note: Note) -> Property | None:
    """Give a property that stands once; of several the first, and a note."""
    several = list(component.all(name))
    for each in several[1:]:
        note(finding(Code.PROPERTY_REPEATED, line_path(each.line), property=name))
    return several[0] if several else None
