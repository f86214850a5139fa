"""Reads a schedule from standard input with the tools of c3voc, and writes what they see of it as JSON.

Of schedules in XML, for which it uses the parser of those tools, it also says whether an XML Schema accepts them.

It runs in a process of its own, with the packages that those tools need: they take older versions than the tests do.
"""

import json
import sys
from typing import Any

from lxml import etree
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


def told(root: Any) -> list[dict[str, Any]]:
    """Return what a schedule in XML says of each session."""
    names = (
        "room",
        "title",
        "subtitle",
        "type",
        "date",
        "start",
        "duration",
        "track",
        "language",
        "description",
        "url",
    )
    return [
        {
            "day": {name: day.get(name) for name in ("index", "date", "start", "end")},
            "room": [room.get("name"), each.findtext("room")],
            "ids": [each.get("guid"), each.get("id")],
            "persons": [[person.get("guid"), person.text] for person in each.iter("person")],
            "links": [[link.get("href"), link.get("type"), link.text] for link in each.iter("link", "attachment")],
            **{name: each.findtext(name) or "" for name in names},
        }
        for day in root.findall("day")
        for room in day.findall("room")
        for each in room.findall("event")
    ]


def read_xml(task: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what each schedule in XML says, and what the schema, if one is given, finds in it."""
    judge: Any = None if task["schema"] is None else etree.XMLSchema(etree.parse(task["schema"]))
    seen = []
    for document in task["xml"]:
        root = etree.fromstring(document.encode())
        is_valid = judge is None or judge.validate(root)
        seen.append({"sessions": told(root), "refused": [] if is_valid else [str(each) for each in judge.error_log]})
    return seen


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
        "xml": told(root),
    }


if __name__ == "__main__":
    given = json.load(sys.stdin)
    sys.stdout.write(json.dumps(read_xml(given) if "xml" in given else read(given)))
