"""The rules that search engines publish for events, apart from the writer.

Sources: "Event structured data" and "New properties for virtual, postponed, and canceled events" of Google Search
Central; Bing publishes no rules of its own, but reads JSON-LD in schema.org's words.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

JsonObject = dict[str, Any]

STATUSES: Final = {
    f"https://schema.org/Event{each}" for each in ("Scheduled", "Rescheduled", "Postponed", "Cancelled", "MovedOnline")
}

PLACES: Final = {
    "https://schema.org/OfflineEventAttendanceMode": {"Place"},
    "https://schema.org/OnlineEventAttendanceMode": {"VirtualLocation"},
    "https://schema.org/MixedEventAttendanceMode": {"Place", "VirtualLocation"},
}


def events_of(document: JsonObject) -> Iterator[JsonObject]:
    """Yield an event and the events in it, each of which search engines show."""
    yield document
    for each in document.get("subEvent", ()):
        yield from events_of(each)


def problems(event: JsonObject) -> Iterator[str]:
    """Yield a sentence for each rule that an event breaks."""
    for required in ("name", "startDate", "location"):
        if not event.get(required):
            yield f"{required} is required"
    places = several(event.get("location", []))
    for place in places:
        if place["@type"] == "VirtualLocation" and not place.get("url"):
            yield "location.url is required online"
        if place["@type"] == "Place" and not place.get("address"):
            yield "location.address is required"
    kinds = {each["@type"] for each in places}
    if kinds and kinds != PLACES[event["eventAttendanceMode"]]:
        yield "eventAttendanceMode and location differ"
    yield from _status_problems(event)
    yield from _time_problems(event)
    for name in ("organizer", "performer"):
        if any(not each.get("name") for each in several(event.get(name, []))):
            yield f"{name}.name is recommended"


def _status_problems(event: JsonObject) -> Iterator[str]:
    if event["eventStatus"] not in STATUSES:
        yield "eventStatus is one of five"
    rescheduled = event["eventStatus"] == "https://schema.org/EventRescheduled"
    if "previousStartDate" in event and not rescheduled:
        yield "previousStartDate is only for EventRescheduled"
    if rescheduled and "previousStartDate" not in event:
        yield "EventRescheduled wants previousStartDate"


def _time_problems(event: JsonObject) -> Iterator[str]:
    start, end = (parsed(event[name]) for name in ("startDate", "endDate"))
    if type(start) is not type(end):
        yield "both are dates or times"
    elif isinstance(start, datetime) and None in (start.tzinfo, end.tzinfo):
        yield "a time has its offset from UTC"
    elif end < start:
        yield "it ends after its start"


def several(value: Any) -> list[Any]:
    """Return a value, which JSON-LD may write without its list, as a list."""
    return value if isinstance(value, list) else [value]


def parsed(text: str) -> Any:
    """Return the date or the time that an ISO 8601 text is."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
