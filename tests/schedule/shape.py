"""What the two versions of schedule.json require, from the tables of their documentation, apart from the writer.

`problems` yields where a document differs from them. The JSON Schemas of c3voc, which say the same, are read by the
tests that are marked ``outside``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from attrs import field, frozen

Check = Callable[[Any, str], Iterator[str]]
"""Yields where a value, at a place, is not what it should be."""


def is_a(description: str, test: Callable[[Any], bool]) -> Check:
    """Return a check that a predicate holds; what it raises for a value of another type counts as no."""

    def check(value: Any, path: str) -> Iterator[str]:
        try:
            holds = test(value)
        except (TypeError, ValueError, AttributeError):
            holds = False
        if not holds:
            yield f"{path} is not {description}"

    return check


def matching(pattern: str) -> Check:
    """Return a check of a string by its pattern."""
    return is_a(f"a string like {pattern}", lambda value: re.search(pattern, value) is not None)


def one_of(*words: str) -> Check:
    """Return a check of an enum."""
    return is_a(f"one of {words}", lambda value: isinstance(value, str) and value in words)


def nullable(check: Check) -> Check:
    """Return a check that also accepts null."""
    return lambda value, path: iter(()) if value is None else check(value, path)


def array(check: Check) -> Check:
    """Return a check of an array and its items."""

    def check_items(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{path} is not an array"
            return
        for index, each in enumerate(value):
            yield from check(each, f"{path}/{index}")

    return check_items


def values(check: Check) -> Check:
    """Return a check of the values of an object with any keys."""

    def check_values(value: Any, path: str) -> Iterator[str]:
        for key, each in value.items():
            yield from check(each, f"{path}/{key}")

    return check_values


@frozen
class Members:
    """A check of an object: which members it must have, and which it may have; others only if it is open."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check] = field(factory=dict[str, Check])
    is_open: bool = False

    def __call__(self, value: Any, path: str) -> Iterator[str]:
        """Yield where an object is not what it should be."""
        if not isinstance(value, dict):
            yield f"{path} is not an object"
            return
        known = {**self.required, **self.optional}
        yield from (f"{path} lacks {key}" for key in self.required if key not in value)
        yield from (f"{path}/{key} is unknown" for key in value if key not in known and not self.is_open)
        for key, check in known.items():
            if key in value:
                yield from check(value[key], f"{path}/{key}")


TEXT: Final = is_a("a string", lambda value: isinstance(value, str))
INTEGER: Final = is_a("an integer", lambda value: type(value) is int)
BOOLEAN: Final = is_a("true or false", lambda value: type(value) is bool)
ADDRESS: Final = matching(r"^(?:https?://|tel:|urn:uuid:)\S+$")
GUID: Final = is_a("a UUID", lambda value: str(UUID(value)) == value)
SLUG: Final = matching(r"^[a-z0-9_-]+[a-z0-9]$")
DAY: Final = is_a("a date", lambda value: str(date.fromisoformat(value)) == value)
MOMENT: Final = is_a("a moment", lambda value: len(value) > 20 and datetime.fromisoformat(value).tzinfo is not None)
DAY_OR_MOMENT: Final = is_a("a date or a moment", lambda value: datetime.fromisoformat(value) is not None)
CODE: Final = matching("^[A-Z0-9]+$")
LETTERS: Final = matching("^[a-z]{2}$")
ANYTHING: Final = Members({}, is_open=True)
ACRONYM: Final = matching("^[a-z0-9_-][a-z0-9_]{3,}$")
ZONE: Final = matching("^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")


def _localized(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for tag, each in value.items():
            yield from LETTERS(tag, f"{path}/{tag}")
            yield from TEXT(each, f"{path}/{tag}")
    else:
        yield from nullable(TEXT)(value, path)


LOCALIZED: Final[Check] = _localized

_KINDS: Final = ("slides", "paper", "web", "blog", "article", "media", "related", "activitypub")
_ROOM: Final[Mapping[str, Check]] = {
    "slug": SLUG,
    "stream_id": nullable(TEXT),
    "capacity": nullable(INTEGER),
    "url": ADDRESS,
}
_CONFERENCE: Final[Mapping[str, Check]] = {
    "time_zone_name": ZONE,
    "colors": ANYTHING,
    "keywords": array(TEXT),
    "url": ADDRESS,
    "tracks": array(Members({}, {"name": TEXT, "slug": SLUG, "color": TEXT}, is_open=True)),
    "meta": ANYTHING,
}

PERSON_1: Final = Members({"name": TEXT}, {"public_name": TEXT, "guid": GUID, "url": ADDRESS})
"""A person of pretalx: with ``public_name`` and ``id`` it would be one of frab too, and the schema wants only one."""

EVENT_1: Final = Members(
    {
        "abstract": nullable(TEXT),
        "date": MOMENT,
        "duration": matching("^[0-9]+:[0-9]{2}$"),
        "guid": GUID,
        "id": is_a("a positive integer", lambda value: type(value) is int and value > 0),
        "language": nullable(TEXT),
        "links": array(Members({"url": ADDRESS}, {"title": TEXT, "type": one_of(*_KINDS)})),
        "persons": array(PERSON_1),
        "room": TEXT,
        "slug": SLUG,
        "start": matching("^(0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]$"),
        "subtitle": nullable(TEXT),
        "title": TEXT,
        "track": nullable(TEXT),
        "type": TEXT,
        "url": ADDRESS,
    },
    {
        "attachments": array(Members({"url": ADDRESS}, {"title": TEXT, "type": one_of(*_KINDS)})),
        "code": CODE,
        "description": nullable(TEXT),
        "do_not_record": nullable(BOOLEAN),
        "do_not_stream": nullable(BOOLEAN),
        "end": MOMENT,
        "feedback_url": ADDRESS,
        "logo": nullable(TEXT),
        "origin_url": ADDRESS,
        "recording_license": TEXT,
    },
)

_DAY_1: Final = Members(
    {"date": DAY, "day_end": MOMENT, "day_start": MOMENT, "index": INTEGER, "rooms": values(array(EVENT_1))}
)
_CONFERENCE_1: Final = Members(
    {
        "acronym": ACRONYM,
        "days": array(_DAY_1),
        "daysCount": INTEGER,
        "end": DAY_OR_MOMENT,
        "start": DAY_OR_MOMENT,
        "timeslot_duration": TEXT,
        "title": TEXT,
    },
    {
        **_CONFERENCE,
        "description": TEXT,
        "logo": ADDRESS,
        "rooms": array(
            Members({"name": TEXT, "guid": GUID}, {**_ROOM, "type": one_of("online"), "description": nullable(TEXT)})
        ),
    },
)

ROOM_REFERENCE: Final = Members({"guid": GUID}, {"name": TEXT, "slug": SLUG})
_KINDS_2: Final = (*map(str.upper, _KINDS), "BOOK", "FEEDBACK", "ORIGIN")
_IMAGE: Final = Members({"url": ADDRESS}, {"type": TEXT})

EVENT_2: Final = Members(
    {
        "abstract": LOCALIZED,
        "end": MOMENT,
        "guid": GUID,
        "language": LETTERS,
        "links": array(Members({"url": ADDRESS}, {"title": TEXT, "type": one_of(*_KINDS_2)})),
        "participants": array(
            Members(
                {"guid": GUID, "name": TEXT},
                {"role": one_of("SPEAKER", "MODERATOR", "CONTRIBUTOR", "HOST", "GUEST")},
            )
        ),
        "room": ROOM_REFERENCE,
        "slug": SLUG,
        "start": MOMENT,
        "subtitle": nullable(TEXT),
        "title": TEXT,
        "track": Members({"slug": SLUG}),
        "type": one_of(
            *("TALK", "WORKSHOP", "HANDS-ON", "MEETING", "DISCUSSION", "PERFORMANCE", "CONCERT", "GAME"),
            *("LIGHTNING_TALK", "OTHER"),
        ),
        "url": ADDRESS,
    },
    {
        "attachments": array(Members({"url": ADDRESS}, {"title": TEXT, "type": one_of(*_KINDS_2)})),
        "code": CODE,
        "description": LOCALIZED,
        "logo": nullable(_IMAGE),
        "state": one_of("DRAFT", "CONFIRMED", "DELAYED", "CANCELED"),
    },
)
META_EVENT_2: Final = Members(
    {"start": MOMENT, "end": MOMENT, "title": TEXT, "type": one_of("BREAK", "META")},
    {"guid": GUID, "room": ROOM_REFERENCE, "subtitle": TEXT},
)


def _event_2(value: Any, path: str) -> Iterator[str]:
    is_meta = isinstance(value, dict) and value.get("type") in {"BREAK", "META"}
    yield from (META_EVENT_2 if is_meta else EVENT_2)(value, path)


_CONFERENCE_2: Final = Members(
    {
        "acronym": ACRONYM,
        "days": array(Members({"date": DAY, "end": MOMENT, "start": MOMENT, "index": INTEGER})),
        "end": MOMENT,
        "start": MOMENT,
        "title": TEXT,
    },
    {
        **_CONFERENCE,
        "description": LOCALIZED,
        "logo": _IMAGE,
        "languages": array(LETTERS),
        "defaults": Members({}, {"language": LETTERS}, is_open=True),
        "rooms": array(
            Members({"name": TEXT, "guid": GUID}, {**_ROOM, "type": one_of("VIRTUAL"), "description": LOCALIZED})
        ),
    },
)

_GENERATOR: Final = Members({}, {"name": TEXT, "version": TEXT, "url": ADDRESS})


def _document(conference: Check, more: Mapping[str, Check]) -> Check:
    schedule = Members({"conference": conference, "version": TEXT}, more)
    return Members({"schedule": schedule}, {"$schema": TEXT, "generator": _GENERATOR})


_DOCUMENTS: Final = {
    "1": _document(_CONFERENCE_1, {"base_url": ADDRESS}),
    "2": _document(_CONFERENCE_2, {"events": array(_event_2)}),
}


def problems(document: Any, version: str) -> list[str]:
    """Return where a document differs from what its version requires."""
    return [*_DOCUMENTS[version](document, "")]
