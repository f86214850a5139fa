"""Which zone is written how, as docs/zones.md shows it: read from what is written, by a reader of its own.

``python -m tests.ical.zone_kinds`` puts the tables of the tzdata package that is installed into the page.
"""

import importlib
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.ical.written import vtimezone_octets
from tests.types.zone_files import reading_from
from wtisd_model.data.zones import ZONES

PAGE = Path(__file__).parents[2] / "docs" / "zones.md"
BEGIN, END = "<!-- tables of zones: begin -->\n", "<!-- tables of zones: end -->\n"

NAMES = sorted(ZONES - {"UTC"})
YEARS = (1970, 1980, 1995, 2007, 2020, 2024, 2027, 2040)
LISTED = 2027  # the first whole year after the release that the page is of

KINDS = {
    "fixed": "fixed",
    "yearly": "yearly pair",
    "dated": "dated",
    "dated, then yearly": "dated, then yearly pair",
}


def written(zone: str, year: int) -> str:
    """The VTIMEZONE of a file from New Year to New Year."""
    first = datetime(year, 1, 2, tzinfo=UTC)
    return vtimezone_octets(zone, first=first, last=first + timedelta(days=364)).decode()


def kind(vtimezone: str) -> str:
    """Return the kind of a VTIMEZONE: how many components it has, and how many of them recur."""
    components, recurring = vtimezone.count("DTSTART:"), vtimezone.count("RRULE:")
    if not recurring:
        return "fixed" if components == 1 else "dated"
    return "yearly" if components == recurring else "dated, then yearly"


def release() -> str:
    """The release of the time zone database in the tzdata package."""
    return str(importlib.import_module("tzdata").IANA_VERSION)


@cache
def tables() -> str:
    """The part of the page that is made, from the tzdata package alone."""
    with reading_from():
        return "\n".join((*_counts(), "", *_lists()))


def _counts() -> Iterator[str]:
    yield f"Measured with release {release()}, a file from New Year to New Year for each of the {len(NAMES)} zones:"
    yield ""
    yield f"| file of | {' | '.join(KINDS.values())} |"
    yield f"|---|{'---:|' * len(KINDS)}"
    counts = Counter((year, kind(written(zone, year))) for zone in NAMES for year in YEARS)
    for year in YEARS:
        yield f"| {year} | {' | '.join(str(counts[year, each]) for each in KINDS)} |"


def _lists() -> Iterator[str]:
    kinds: dict[str, dict[str, list[str]]] = {each: defaultdict(list) for each in KINDS}
    for zone in NAMES:
        text = written(zone, LISTED)
        kinds[kind(text)][_rule(text)].append(zone)
    yield f"### Yearly pairs, from {LISTED} on"
    yield ""
    yield "| summer begins, summer ends (local time) | offsets | zones |"
    yield "|---|---|---|"
    for rule, zones in sorted(kinds["yearly"].items(), key=lambda item: (-len(item[1]), item)):
        yield f"| {rule} | {', '.join(zones)} |"
    yield ""
    for each in ("dated", "dated, then yearly"):
        if kinds[each]:
            yield f"### {KINDS[each].capitalize()}, from {LISTED} on"
            yield ""
            dated = sorted(zone for zones in kinds[each].values() for zone in zones)
            yield textwrap.fill(", ".join(dated) + ".", 118, break_long_words=False, break_on_hyphens=False)
            yield ""
    yield f"### Fixed, from {LISTED} on"
    yield ""
    yield "| offset | zones |"
    yield "|---|---|"
    for rule, zones in sorted(kinds["fixed"].items(), key=lambda item: int(item[0])):
        yield f"| {rule} | {', '.join(zones)} |"


def _rule(text: str) -> str:
    """What two zones of one row have in common."""
    components = text.split("BEGIN:")[2:]
    offsets = {each[:3]: _value(each, "TZOFFSETTO") for each in components}
    if kind(text) != "yearly":
        return offsets["STA"] if kind(text) == "fixed" else ""
    days = {each[:3]: f"{_value(each, 'RRULE')[12:]} {_time(each)}" for each in components}
    return f"`{days['DAY']}`, `{days['STA']}` | {offsets['STA']}, {offsets['DAY']}"


def _value(component: str, name: str) -> str:
    return component.split(f"{name}:")[1].partition("\r\n")[0]


def _time(component: str) -> str:
    start = _value(component, "DTSTART")
    return f"{start[9:11]}:{start[11:13]}"


def with_tables(page: str) -> str:
    """Put the tables between their marks."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{tables()}\n\n{END}{tail}"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: release {release()}\n")
