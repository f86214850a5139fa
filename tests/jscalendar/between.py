"""The rules of JSCalendar between properties: each a function that yields what breaks it.

A rule has a name, the types and versions that it is about, and the section that has it. It is given the object and the
event or task around it (which may be the object itself), and yields the names of the properties at fault.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import frozen

from tests.jscalendar.values import words

Json = Mapping[str, Any]
Check = Callable[[Json, Json], Iterator[str]]


@frozen
class Between:
    """A rule between properties."""

    name: str
    types: frozenset[str]
    versions: frozenset[str]
    check: Check


BETWEEN: Final[list[Between]] = []
"""Every rule between properties, in the order of this file."""

_ENTRIES = ("Event", "Task")


def _rule(name: str, *types: str, versions: str = "1.0 2.0") -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        BETWEEN.append(Between(name, frozenset(types), frozenset(versions.split()), check))
        return check

    return register


def _map(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _participants(entry: Json) -> list[Json]:
    return [_map(each) for each in _map(entry.get("participants")).values()]


@_rule("count or until", "RecurrenceRule")
def _count_or_until(rule: Json, _entry: Json) -> Iterator[str]:
    """Section 3.3.3 (RFC 8984: 4.3.3): count "MUST NOT be included if an "until" property is specified"."""
    if "count" in rule and "until" in rule:
        yield "until"


@_rule("recurrence id alone", *_ENTRIES)
def _recurrence_id_alone(entry: Json, _entry: Json) -> Iterator[str]:
    """Section 3.3.1 (4.3.1): with a recurrenceId, rules and overrides "MUST NOT be present"."""
    if "recurrenceId" in entry:
        yield from entry.keys() & {"recurrenceRule", "recurrenceRules", "recurrenceOverrides"}


@_rule("zone of a recurrence id", *_ENTRIES)
def _zone_of_recurrence_id(entry: Json, _entry: Json) -> Iterator[str]:
    """Section 3.3.2 (4.3.2, erratum 6873): "MUST NOT be set if the "recurrenceId" property is not set"."""
    if entry.get("recurrenceIdTimeZone") is not None and "recurrenceId" not in entry:
        yield "recurrenceIdTimeZone"


@_rule("purpose of an image", "Link")
def _purpose_of_image(link: Json, _entry: Json) -> Iterator[str]:
    """Section 1.5.11 (1.4.11): with "display", the "rel" property "MUST be set to "icon""."""
    if "display" in link and link.get("rel") != "icon":
        yield "display"


@_rule("empty location", "Location")
def _empty_location(location: Json, _entry: Json) -> Iterator[str]:
    """Section 3.2.5 (4.2.5): "at least one property other than" its type; in version 1.0 relativeTo is not enough."""
    if not location.keys() - {"@type", "relativeTo"}:
        yield ""


@_rule("progress of a participant", "Participant")
def _progress(participant: Json, entry: Json) -> Iterator[str]:
    """Section 3.4.6 (4.4.6): only in a Task, and "the "participationStatus" of this participant MUST be "accepted"."""
    if entry.get("@type") != "Task":
        yield from participant.keys() & {"progress", "percentComplete"}
    elif "progress" in participant and participant.get("participationStatus") != "accepted":
        yield "progress"


@_rule("start of a recurring task", "Task", versions="1.0")
def _start_or_due_of_recurring_task(task: Json, _entry: Json) -> Iterator[str]:
    """RFC 8984 section 4.3.3: without start and due, a task "MUST NOT define a "recurrenceRules" property"."""
    if "recurrenceRules" in task and not task.keys() & {"start", "due"}:
        yield "recurrenceRules"


@_rule("start of a recurring task", "Task", versions="2.0")
def _start_of_recurring_task(task: Json, _entry: Json) -> Iterator[str]:
    """Section 4.2.2: start "MUST be set if the "recurrenceRule" or "recurrenceId" properties are set"."""
    if "start" not in task and task.keys() & {"recurrenceRule", "recurrenceId"}:
        yield "start"


@_rule("methods of replying", "Participant", *_ENTRIES, versions="1.0")
def _methods(owner: Json, _entry: Json) -> Iterator[str]:
    """RFC 8984 sections 4.4.4 and 4.4.6: each value is a URI, of "mailto:" for "imip", "https:" for "web"."""
    schemes = {"imip": {"mailto"}, "web": {"https", "http"}}
    for name in ("replyTo", "sendTo"):
        for method, uri in _map(owner.get(name)).items():
            scheme = urlsplit(uri).scheme if isinstance(uri, str) else ""
            if scheme not in schemes.get(method, {scheme or "?"}):
                yield f"{name}/{method}"


@_rule("somewhere to reply", *_ENTRIES, versions="1.0")
def _somewhere_to_reply(entry: Json, _entry: Json) -> Iterator[str]:
    """RFC 8984 section 4.4.6: if any participant has sendTo, replyTo "MUST define at least one reply method"."""
    if any("sendTo" in each for each in _participants(entry)) and not entry.get("replyTo"):
        yield "replyTo"


@_rule("participant of that id", "Participant", versions="1.0")
def _participant_of_that_id(participant: Json, entry: Json) -> Iterator[str]:
    """RFC 8984 section 4.4.6: "Each key in the set MUST be the id of a participant"."""
    known = _map(entry.get("participants"))
    for name in ("delegatedTo", "delegatedFrom", "memberOf"):
        yield from (f"{name}/{each}" for each in _map(participant.get(name)) if each not in known)


def _zones_named(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[name] for name in ("timeZone", "recurrenceIdTimeZone") if isinstance(value.get(name), str))
        for each in value.values():
            yield from _zones_named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _zones_named(each)


@_rule("custom time zone", *_ENTRIES, "Group", versions="1.0")
def _custom_time_zone(owner: Json, _entry: Json) -> Iterator[str]:
    """RFC 8984 section 4.7.2: a key "MUST start with the "/" character", and "orphaned time zones are not allowed"."""
    used = set(_zones_named(owner))
    for key in _map(owner.get("timeZones")):
        if not key.startswith("/") or any(ord(each) < 32 or each in '";:,\x7f' for each in key) or key not in used:
            yield f"timeZones/{key.replace('~', '~0').replace('/', '~1')}"


@_rule("time zone that is defined", *_ENTRIES, versions="1.0")
def _defined_time_zone(entry: Json, _entry: Json) -> Iterator[str]:
    """RFC 8984 section 1.4.8: a name of the IANA database, or "a custom time zone identifier defined in timeZones"."""
    if any(zone.startswith("/") and zone not in _map(entry.get("timeZones")) for zone in _zones_named(entry)):
        yield "timeZone"


@_rule("main location", *_ENTRIES, versions="2.0")
def _main_location(entry: Json, _entry: Json) -> Iterator[str]:
    """Section 3.2.6: a key in "locations", and the name of that location "MUST be set"."""
    if "mainLocationId" in entry and "name" not in _map(
        _map(entry.get("locations")).get(str(entry["mainLocationId"])),
    ):
        yield "mainLocationId"


@_rule("organizer", *_ENTRIES, versions="2.0")
def _organizer(entry: Json, _entry: Json) -> Iterator[str]:
    """Sections 3.4.4 and 3.4.6: it is set if and only if some participant has a calendarAddress."""
    if ("organizerCalendarAddress" in entry) != any("calendarAddress" in each for each in _participants(entry)):
        yield "organizerCalendarAddress"


@_rule("sender of an organizer", *_ENTRIES, versions="2.0")
def _sender(entry: Json, _entry: Json) -> Iterator[str]:
    """Section 3.4.5: with sentBy, organizerCalendarAddress "MUST be set"."""
    if "sentBy" in entry and "organizerCalendarAddress" not in entry:
        yield "sentBy"


_SCHEDULED = words(
    "email kind roles participationStatus expectReply sentBy delegatedTo delegatedFrom memberOf progress",
)


@_rule("address of a participant", "Participant", versions="2.0")
def _address(participant: Json, _entry: Json) -> Iterator[str]:
    """Section 3.4.6, ten times: "If this property is set, then the "calendarAddress" property MUST be set"."""
    if "calendarAddress" not in participant:
        yield from sorted(participant.keys() & _SCHEDULED)


@_rule("type of a description", "Participant", versions="2.0")
def _type_of_description(participant: Json, _entry: Json) -> Iterator[str]:
    """Section 3.4.6: with descriptionContentType, "the "description" property MUST be set"."""
    if "descriptionContentType" in participant and "description" not in participant:
        yield "descriptionContentType"


@_rule("zone of the end", "Event", versions="2.0")
def _zone_of_end(event: Json, _entry: Json) -> Iterator[str]:
    """Section 4.1.3: endTimeZone "MUST NOT be set if the "timeZone" property is not set"."""
    if "endTimeZone" in event and "timeZone" not in event:
        yield "endTimeZone"


@_rule("time of a task", "Task", versions="2.0")
def _time_of_task(task: Json, _entry: Json) -> Iterator[str]:
    """Appendix A.2.3: "at least one of the "due" or "start" properties be set, if the "timeZone" property is set".

    Section 4.2 says "is not set", against the appendix and its own example 5.2.
    """
    if not task.keys() & {"due", "start"} and ("timeZone" in task or task.get("showWithoutTime") is True):
        yield "due"


@_rule("alert of that id", "Alert", versions="2.0")
def _alert_of_that_id(alert: Json, entry: Json) -> Iterator[str]:
    """Section 3.5.1: "Each key in the map is the key of an Alert object in the "alerts" property"."""
    known = _map(entry.get("alerts"))
    yield from (f"relatedTo/{each}" for each in _map(alert.get("relatedTo")) if each not in known)
