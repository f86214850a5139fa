"""What other versions of Python do in WebAssembly: each line that this prints is one thing that works there."""

from collections.abc import Callable
from datetime import UTC, datetime

import wtisd_model as wm

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def event() -> wm.Event:
    return wm.Event(
        uid="forum-2027@example.org",
        title=wm.LocalizedText("Open Data Forum", "en"),
        slot=wm.TimeSlot.at("2027-03-04T09:00", "2027-03-05T12:00", "Africa/Lagos"),
        locations=[wm.Location(name=wm.LocalizedText("Landmark Centre", "en"), locality="Lagos", country="NG")],
    )


def registration() -> wm.Registration:
    person = wm.Contact(name="Participant 1", email="participant1@example.org")
    return wm.Registration(
        id="r-1", event_uid=event().uid, participant=person, mode="remote", submitted_at=NOW, listening_languages=["sw"]
    )


def refusal() -> object:
    try:
        return wm.TimeSlot.at("2027-03-04T09:00", "08:00", "Africa/Lagos")
    except wm.InvalidValueError as error:
        return [(each.code, each.path) for each in error.findings]


ROUTE: dict[str, Callable[[], object]] = {
    "objects": event,
    "registrations": registration,
    "zones": lambda: wm.TimeSlot.at("2027-03-04T09:00", "10:30", "Africa/Lagos").in_zone("Europe/London").start,
    "states": lambda: event().cancel(at=NOW).status,
    "revisions": lambda: event().revised(at=NOW, title=wm.LocalizedText("Forum", "en")).sequence,
    "refusals": refusal,
    "findings": lambda: wm.check(wm.Dossier(event=event(), registrations=[registration()]), now=NOW),
    "payloads": lambda: wm.validate(wm.Registration, b'{"mode":"onsite"}').findings,
    "json": lambda: wm.to_json(registration()),
    "calendar": lambda: wm.to_ical(event(), stamped=NOW),
    "page": lambda: wm.to_html(event()),
}

for name, part in ROUTE.items():
    try:
        shown = repr(part())
    except ImportError as error:
        shown = f"needs {error.name}"
    print(name, shown)  # noqa: T201 - for the test
