"""Reads a schedule.json from standard input with the tools of c3voc, and writes what they see of it as JSON.

It runs in a process of its own, with the packages that those tools need: they take older versions than the tests do.
"""

import json
import sys
from typing import Any

from voc import Event, Schedule
from voc.schedule import ScheduleDay


def seen(session: Any) -> dict[str, Any]:
    """Return what is seen of a session."""
    people = session["participants"]
    return {
        "guid": session["guid"],
        "title": session["title"],
        "start": session.start.timestamp(),
        "end": session.end.timestamp(),
        "people": session.persons() if people is None else [each["name"] for each in people],
    }


def read(document: dict[str, Any]) -> dict[str, Any]:
    """Return what is seen of a schedule, and the XML that is made of version 1."""
    events = document["schedule"].get("events")
    if events is not None:
        return {"sessions": [seen(Event(each)) for each in events]}
    conference = document["schedule"]["conference"]
    conference["days"] = [ScheduleDay(json=each) for each in conference["days"]]
    schedule = Schedule(json=document)
    sessions = schedule.foreach_event(lambda event: event)
    root = schedule.xml("xml")
    return {
        "sessions": [seen(each) for each in sessions],
        "title": schedule.conference("title"),
        "rooms": schedule.rooms(),
        "zone": str(schedule.tz()),
        "days": [schedule.get_day_from_time(each.start) for each in sessions],
        "xml": {
            "guids": [each.get("guid") for each in root.iter("event")],
            "people": [each.text for each in root.iter("person")],
        },
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read(json.load(sys.stdin))))
