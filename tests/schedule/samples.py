"""An event and its schedule, for the tests of both directions."""

import json
from typing import Any, Literal

from tests.samples.whole import location, slot, text
from wtisd_model import Event, Session, to_schedule_json

make_event: Any = Event
make_session: Any = Session


def event(*sessions: Session, **fields: Any) -> Event:
    """Return an event of two days."""
    whole = {
        "uid": "forum@example.org",
        "title": text("Forum"),
        "slot": slot("2027-03-03T09:00:00", "2027-03-05T02:00:00"),
        "locations": (location(),),
    }
    made: Event = make_event(**{**whole, "sessions": sessions, **fields})
    return made


def session(
    name: str = "opening", start: str = "2027-03-03T10:00:00", end: str = "2027-03-03T10:45:00", **fields: Any
) -> Session:
    """Return a session on the first day."""
    made: Session = make_session(**{"id": name, "title": text("Opening"), "slot": slot(start, end), **fields})
    return made


def schedule(of: Event, version: Literal["1", "2"] = "1", language: str | None = None) -> dict[str, Any]:
    """Return the schedule of an event as plain values."""
    found: dict[str, Any] = json.loads(to_schedule_json(of, version=version, language=language))["schedule"]
    return found


def conference(of: Event, version: Literal["1", "2"] = "1") -> dict[str, Any]:
    """Return the conference of a schedule."""
    found: dict[str, Any] = schedule(of, version)["conference"]
    return found


def first(of: Event, version: Literal["1", "2"] = "1", language: str | None = None) -> dict[str, Any]:
    """Return the first session of a schedule."""
    whole = schedule(of, version, language)
    found: list[dict[str, Any]] = whole["events"] if version == "2" else sessions(whole)
    return found[0]


def sessions(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sessions of a schedule in version 1."""
    return [each for day in whole["conference"]["days"] for room in day["rooms"].values() for each in room]
