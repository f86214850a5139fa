"""A strict reader of messages: the grammar of RFC 5545, and the tables of RFC 5546 section 3.2 typed in a second time.

It knows nothing of the writer; what it does not understand, it refuses.
"""

from collections import Counter
from datetime import datetime
from typing import Final

from attrs import frozen

from tests.ical.evaluator import decoded_text
from tests.ical.records import Entry, Said
from tests.ical.strict_reader import Component, entry_of, parsed, read_organizer, utc_moment, zones_of

MANY = 10_000

# Each row of the tables of sections 3.2.1 to 3.2.8 that is about a property that we write: least and most.
_TABLES: Final[dict[str, dict[str, tuple[int, int]]]] = {
    "PUBLISH": {"DTSTAMP": (1, 1), "DTSTART": (1, 1), "ORGANIZER": (1, 1), "SUMMARY": (1, 1), "UID": (1, 1)}
    | {"ATTENDEE": (0, 0), "SEQUENCE": (0, 1), "STATUS": (0, 1), "VALARM": (0, MANY)},
    "REQUEST": {"ATTENDEE": (1, MANY), "DTSTAMP": (1, 1), "DTSTART": (1, 1), "ORGANIZER": (1, 1), "SUMMARY": (1, 1)}
    | {"UID": (1, 1), "SEQUENCE": (0, 1), "STATUS": (0, 1), "VALARM": (0, MANY)},
    "REPLY": {"ATTENDEE": (1, 1), "DTSTAMP": (1, 1), "ORGANIZER": (1, 1), "UID": (1, 1), "SEQUENCE": (0, 1)}
    | {"DTSTART": (0, 1), "SUMMARY": (0, 1), "STATUS": (0, 1), "VALARM": (0, 0)},
    "CANCEL": {"ATTENDEE": (0, MANY), "DTSTAMP": (1, 1), "ORGANIZER": (1, 1), "SEQUENCE": (1, 1), "UID": (1, 1)}
    | {"DTSTART": (0, 1), "SUMMARY": (0, 1), "STATUS": (0, 1), "VALARM": (0, 0)},
    "REFRESH": {"ATTENDEE": (1, 1), "DTSTAMP": (1, 1), "ORGANIZER": (1, 1), "UID": (1, 1), "SEQUENCE": (0, 0)}
    | {"DTSTART": (0, 0), "SUMMARY": (0, 0), "STATUS": (0, 0), "VALARM": (0, 0)},
    "COUNTER": {"DTSTAMP": (1, 1), "DTSTART": (1, 1), "ORGANIZER": (1, 1), "SEQUENCE": (1, 1), "SUMMARY": (1, 1)}
    | {"UID": (1, 1), "ATTENDEE": (0, MANY), "STATUS": (0, 1), "VALARM": (0, MANY)},
    "DECLINECOUNTER": {"DTSTAMP": (1, 1), "ORGANIZER": (1, 1), "UID": (1, 1)}
    | {"ATTENDEE": (1, MANY), "SEQUENCE": (1, 1), "DTSTART": (0, 1), "SUMMARY": (0, 1), "STATUS": (0, 1)}
    | {"VALARM": (0, 0)},
}

# What describes an event: in none of the last two kinds.
_ONCE = {"CLASS", "CREATED", "DESCRIPTION", "DTEND", "GEO", "LAST-MODIFIED", "LOCATION", "TRANSP", "URL"}
_OFTEN = {"ATTACH", "CATEGORIES", "CONTACT", "CONFERENCE", "IMAGE", "RELATED-TO"}
_BARE = {"REFRESH", "DECLINECOUNTER"}

_STATUS = {"REQUEST": {"CONFIRMED", "TENTATIVE"}, "CANCEL": {"CANCELLED"}}


@frozen(kw_only=True)
class Attendee:
    """One of those whom a message names."""

    email: str
    parameters: dict[str, str]


@frozen(kw_only=True)
class Sent:
    """A message, as a program that receives it would take it apart."""

    method: str
    uid: str
    sequence: int | None
    stamped: datetime
    organizer: tuple[Said, str]
    attendees: tuple[Attendee, ...]
    comment: str | None
    privacy: str | None
    entry: Entry | None
    """The entry of the event, if the message has one."""


def message(data: bytes) -> Sent:
    """Read a message strictly by RFC 5546."""
    calendar = parsed(data)
    # RFC 5546 section 3.2 and MS-OXCICAL: nothing of what a feed says of itself.
    assert [each.name for each in calendar.lines] == ["PRODID", "VERSION", "METHOD"]
    assert {each.name for each in calendar.inside} <= {"VTIMEZONE", "VEVENT"}
    (event,) = [each for each in calendar.inside if each.name == "VEVENT"]
    zones = zones_of(data, [event])
    method = calendar.one("METHOD").value
    _count(method, event)
    organizer = event.one("ORGANIZER")
    comment, privacy, sequence = event.maybe("COMMENT"), event.maybe("CLASS"), event.maybe("SEQUENCE")
    assert privacy is None or privacy.value in {"PUBLIC", "PRIVATE", "CONFIDENTIAL"}
    status = event.maybe("STATUS")
    assert status is None or status.value in _STATUS.get(method, {"CONFIRMED", "TENTATIVE", "CANCELLED"})
    return Sent(
        method=method,
        uid=decoded_text(event.one("UID").value),
        sequence=None if sequence is None else int(sequence.value),
        stamped=utc_moment(event.one("DTSTAMP").value),
        organizer=read_organizer(organizer.value, organizer.parameters),
        attendees=_attendees(event),
        comment=None if comment is None else decoded_text(comment.value),
        privacy=None if privacy is None else privacy.value,
        entry=entry_of(event, zones) if method not in _BARE and sequence is not None else None,
    )


def _count(method: str, event: Component) -> None:
    counts = Counter(each.name for each in event.lines)
    counts.update(each.name for each in event.inside)
    table = _TABLES[method]
    for name, (least, most) in table.items():
        assert least <= counts[name] <= most, f"{name} in {method}"
    for name in counts.keys() - table.keys():
        if name == "COMMENT" or (name in {"X-WTISD-ZONE", "X-WTISD-KIND", "X-WTISD-ID"} and method not in _BARE):
            assert counts[name] == 1
        elif name in _ONCE:
            assert counts[name] == (method not in _BARE), f"{name} in {method}"
        else:
            assert name in _OFTEN, f"{name} in {method}"
            assert method not in _BARE
    # "SEQUENCE: MUST be present if value is greater than 0" for those that refer to a revision.
    if method not in _BARE:
        assert counts["SEQUENCE"] == 1


def _attendees(event: Component) -> tuple[Attendee, ...]:
    people: list[Attendee] = []
    for each in event.all("ATTENDEE"):
        scheme, _, address = each.value.partition(":")
        assert scheme == "mailto"
        assert "@" in address
        known = {"CUTYPE", "ROLE", "PARTSTAT", "RSVP", "LANGUAGE", "CN", "DELEGATED-TO", "DELEGATED-FROM"}
        assert each.parameters.keys() <= known
        people.append(Attendee(email=_percent_decoded(address), parameters=each.parameters))
    assert len({each.email.casefold() for each in people}) == len(people)
    return tuple(people)


def _percent_decoded(address: str) -> str:
    return address.replace("%23", "#").replace("%3F", "?").replace("%25", "%")
