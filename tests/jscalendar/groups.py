"""Documents of JSCalendar by hand, and what an import says of them."""

from typing import Any

from wtisd_model import Event, Imported, from_jscalendar

Said = list[tuple[str, str, dict[str, Any]]]
LINK = {"1": {"uri": "https://example.org/live"}}

EVENT: dict[str, Any] = {
    "@type": "Event",
    "version": "2.0",
    "uid": "e-1",
    "updated": "2026-01-02T18:23:04Z",
    "title": "Forum",
    "start": "2023-05-17T14:30:00",
    "timeZone": "Europe/Zurich",
    "duration": "PT2H",
    "virtualLocations": LINK,
}

PART: dict[str, Any] = {
    "@type": "Event",
    "uid": "p-1",
    "title": "Opening",
    "start": EVENT["start"],
    "timeZone": "Europe/Zurich",
    "duration": "PT1H",
    "relatedTo": {"e-1": {"relation": {"parent": True}}},
}


def said(imported: Imported) -> Said:
    return [(each.code, each.path, dict(each.params)) for each in imported.findings]


def read(changes: dict[str, Any] | None = None, **options: Any) -> tuple[Event, Said]:
    """Return the event of `EVENT` with changes, where None removes a member, and the findings."""
    document = {key: value for key, value in (EVENT | (changes or {})).items() if value is not None}
    imported = from_jscalendar(document, **options)
    (event,) = imported.events
    return event, said(imported)


def group(*others: Any, first: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    whole = {key: value for key, value in (EVENT | (first or {})).items() if key != "version" and value is not None}
    return {"@type": "Group", "version": "2.0", "uid": "g", "entries": [whole, *others], **members}
