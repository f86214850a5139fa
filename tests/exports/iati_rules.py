"""The activity standard of IATI 2.03 as far as pledges need it, written from its schema and its rulesets.

It is apart from the writer, and is compared with the schema itself in `tests/outside/test_iati.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

MANY = 10**9
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_TEXT = {"narrative": (1, MANY)}
_NAME = {"narrative": (0, MANY)}
_VALUE = {"currency": "word", "value-date": "date"}

CHILDREN: dict[str, dict[str, tuple[int, int]]] = {
    "iati-activities": {"iati-activity": (1, MANY)},
    "iati-activity": {
        "iati-identifier": (1, 1),
        "reporting-org": (1, 1),
        "title": (1, 1),
        "description": (1, MANY),
        "participating-org": (1, MANY),
        "other-identifier": (0, MANY),
        "activity-status": (1, 1),
        "activity-date": (1, MANY),
        "contact-info": (0, MANY),
        "activity-scope": (0, 1),
        "recipient-country": (0, MANY),
        "recipient-region": (0, MANY),
        "location": (0, MANY),
        "sector": (0, MANY),
        "tag": (0, MANY),
        "budget": (0, MANY),
        "planned-disbursement": (0, MANY),
        "transaction": (0, MANY),
        "document-link": (0, MANY),
        "related-activity": (0, MANY),
        "result": (0, MANY),
    },
    "reporting-org": _TEXT,
    "title": _TEXT,
    "description": _TEXT,
    "comment": _TEXT,
    "participating-org": _NAME,
    "activity-date": _NAME,
    "recipient-country": _NAME,
    "recipient-region": _NAME,
    "sector": _NAME,
    "tag": _NAME,
    "contact-info": {
        "organisation": (0, 1),
        "department": (0, 1),
        "person-name": (0, 1),
        "job-title": (0, 1),
        "telephone": (0, MANY),
        "email": (0, MANY),
    },
    "organisation": _TEXT,
    "person-name": _TEXT,
    "job-title": _TEXT,
    "budget": {"period-start": (1, 1), "period-end": (1, 1), "value": (1, 1)},
    "transaction": {"transaction-type": (1, 1), "transaction-date": (1, 1), "value": (1, 1)},
    "result": {"title": (1, 1), "description": (0, 1), "indicator": (1, MANY)},
    "indicator": {"title": (1, 1), "description": (0, 1), "baseline": (0, MANY), "period": (0, MANY)},
    "period": {"period-start": (1, 1), "period-end": (1, 1), "target": (0, MANY), "actual": (0, MANY)},
    "target": {"comment": (0, 1)},
    "actual": {"comment": (0, 1)},
}
"""The elements inside each element, in their order, with how often they may be there."""

ATTRIBUTES: dict[str, dict[str, str]] = {
    "iati-activities": {"version": "word", "generated-datetime": "moment"},
    "iati-activity": {LANG: "word?"},
    "reporting-org": {"ref": "word", "type": "word", "secondary-reporter": "boolean?"},
    "description": {"type": "word?"},
    "participating-org": {"role": "word", "type": "word?"},
    "activity-status": {"code": "word"},
    "activity-date": {"type": "word", "iso-date": "date"},
    "activity-scope": {"code": "word"},
    "recipient-country": {"code": "word", "percentage": "decimal?"},
    "recipient-region": {"code": "word", "vocabulary": "word?", "percentage": "decimal?"},
    "sector": {"code": "word", "vocabulary": "word?", "percentage": "decimal?"},
    "tag": {"code": "word", "vocabulary": "word"},
    "budget": {"type": "word?", "status": "word?"},
    "period-start": {"iso-date": "date"},
    "period-end": {"iso-date": "date"},
    "value": _VALUE,
    "transaction-type": {"code": "word"},
    "transaction-date": {"iso-date": "date"},
    "result": {"type": "word"},
    "indicator": {"measure": "word"},
    "target": {"value": "word?"},
    "actual": {"value": "word?"},
    "narrative": {LANG: "word?"},
}
"""The attributes of each element by their type; a question mark means that it may be absent."""

TEXTS = frozenset({"iati-identifier", "narrative", "telephone", "email", "value"})
"""The elements with a text of their own."""

_TYPES = {
    "word": re.compile(r"\S+"),
    "boolean": re.compile(r"[01]|true|false"),
    "decimal": re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "moment": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
}

_CODES = {
    "reporting-org/type": "10 11 15 21 22 23 24 30 40 60 70 71 72 73 80 90",
    "participating-org/role": "1 2 3 4",
    "activity-status/code": "1 2 3 4 5 6",
    "activity-date/type": "1 2 3 4",
    "activity-scope/code": "1 2 3 4 5 6 7 8",
    "description/type": "1 2 3 4",
    "tag/vocabulary": "1 2 3 4 5 99",
    "budget/type": "1 2",
    "budget/status": "1 2",
    "transaction-type/code": "1 2 3 4 5 6 7 8 9 10 11 12 13",
    "result/type": "1 2 3 9",
    "indicator/measure": "1 2 3 4 5",
}
"""The code lists of attributes."""


def problems(root: Element, today: date) -> list[str]:
    """Return what a file breaks of the schema and of the rulesets, on a day."""
    found = [each for element in root.iter() for each in _schema_problems(element)]
    return found or [each for activity in root for each in _ruleset_problems(activity, today)]


def _schema_problems(element: Element) -> Iterator[str]:
    allowed, order = CHILDREN.get(element.tag, {}), list(CHILDREN.get(element.tag, {}))
    places = [order.index(child.tag) if child.tag in order else -1 for child in element]
    if -1 in places or places != sorted(places):
        yield f"{element.tag}: wrong element or order"
    times = Counter(child.tag for child in element)
    yield from (
        f"{element.tag}/{tag}: {times[tag]}"
        for tag, (least, most) in allowed.items()
        if not least <= times[tag] <= most
    )
    types = ATTRIBUTES.get(element.tag, {})
    for name, value in element.items():
        kind = types.get(name, "").removesuffix("?")
        if kind not in _TYPES or not _TYPES[kind].fullmatch(value):
            yield f"{element.tag}/@{name}"
        elif (codes := _CODES.get(f"{element.tag}/{name}")) is not None and value not in codes.split():
            yield f"{element.tag}/@{name}: no such code"
    yield from (
        f"{element.tag}/@{name}: missing"
        for name, kind in types.items()
        if kind[-1] != "?" and element.get(name) is None
    )
    text = element.text or ""
    if element.tag not in TEXTS and text.strip():
        yield f"{element.tag}: text"
    if element.tag == "value" and not _TYPES["decimal"].fullmatch(text):
        yield "value: no number"


def _ruleset_problems(activity: Element, today: date) -> Iterator[str]:
    """Yield the rules that an activity breaks, by their numbers in the rulesets of IATI."""
    reporter = activity.find("reporting-org")
    reference = "" if reporter is None else reporter.get("ref", "")
    identifier = activity.findtext("iati-identifier") or ""
    narratives = [each.text or "" for each in activity.iter("narrative")]
    kept = {
        "1.1.21": identifier.startswith(f"{reference}-"),
        "1.3.13": not re.search(r"[/&|?\s]", identifier + reference),
        "6.2.2": len(activity.findall("sector[@vocabulary='1']")) == 1,
        "4.1.1": activity.get(LANG) is not None,
        "4.3.1": all(map(str.strip, narratives)),
        "7.8.1": all(each.get("currency") for each in activity.iter("value")),
        "11.2.1": all(
            date.fromisoformat(day) <= today
            for part in activity.iterfind("transaction/*")
            for day in (part.get("iso-date"), part.get("value-date"))
            if day is not None
        ),
        "8.9.1": all(
            (indicator.get("measure") == "5") == (part.get("value") is None)
            for indicator in activity.iter("indicator")
            for part in (*indicator.iter("target"), *indicator.iter("actual"))
        ),
    }
    yield from (rule for rule, is_kept in kept.items() if not is_kept)
    yield from _date_problems(activity, today)
    yield from _place_problems(activity)


def _date_problems(activity: Element, today: date) -> Iterator[str]:
    days = {each.get("type"): date.fromisoformat(each.get("iso-date") or "") for each in activity.iter("activity-date")}
    if not days.keys() & {"1", "2"}:
        yield "6.11.1"
    if days.get("1", date.min) > days.get("3", date.max):
        yield "11.1.2"
    if days.get("2", date.min) > days.get("4", date.max):
        yield "11.1.3"
    if any(days.get(kind, today) > today for kind in ("2", "4")):
        yield "11.1.4"
    for period in (*activity.iter("period"), *activity.iter("budget")):
        start, end = (date.fromisoformat(period[index].get("iso-date") or "") for index in (0, 1))
        if start > end:
            yield "8.6.1"
        if period.tag == "budget" and (end - start).days > 366:
            yield "7.5.3"


def _place_problems(activity: Element) -> Iterator[str]:
    countries, regions = activity.findall("recipient-country"), activity.findall("recipient-region")
    places = [*countries, *regions]
    if not places:
        yield "3.7.1"
    shares = [Decimal(each.get("percentage") or "NaN") for each in places if each.get("percentage") is not None]
    if len(places) > 1 and len(shares) != len(places):
        yield "3.1.1"
    if shares and sum(shares) != 100:
        yield "3.1.2"
