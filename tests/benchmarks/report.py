"""What the comparison prints: for a person, for a page, or as one JSON object; and what was promised."""

import os
import platform
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tests.benchmarks.bounds import least
from tests.benchmarks.comparison import BASE, OURS, Comparison

Report = dict[str, Any]

LIBRARIES = (
    *("pydantic", "pydantic_core", "msgspec", "cattrs", "attrs", "jsonschema", "fastjsonschema", "jsonschema_rs"),
    *("marshmallow", "orjson", "pyarrow"),
)

PROMISES = (
    ("bytes to object", "bytes", BASE),
    ("mapping to object", "mapping", BASE),
    ("bad bytes to findings", "findings", BASE),
    ("bad bytes to findings", "findings", "jsonschema"),
    ("JSON Lines", "lines", BASE),
    ("object to bytes", "dump", BASE),
    ("Arrow batches", "arrow", BASE),
)
"""What is measured, and compared with which library; the lowest ratios that we accept are in `headlines.toml`."""


def report(comparison: Comparison, measures: Iterable[str], missing: Iterable[str]) -> Report:
    """Ask, measure, and give all figures."""
    said = comparison.agreement()
    figures = {measure: comparison.measure(measure) for measure in measures}
    return {
        "ratios": {measure: each and each["ratios"][OURS] for measure, each in figures.items()},
        "against": {
            f"{other}_{measure}": ratio
            for measure, each in figures.items()
            for other, ratio in (each["ours"] if each else {}).items()
            if not other.startswith(OURS)
        },
        "agreement": {name: each._asdict() for name, each in said.items()},
        "refereed": {"bad": len(comparison.bad), "exact": comparison.refereed()},
        "figures": figures,
        "lines_peak_megabytes": comparison.megabytes,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "versions": _versions(),
        "missing": list(missing),
    }


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def as_text(whole: Report) -> str:
    """Write the report for a person at a terminal."""
    return "\n\n".join([_sources(whole), *(_aligned(rows) for rows in _tables(whole)), *_more(whole)])


def on_page(page: str, whole: Report, day: date) -> str:
    """Return the text of docs/performance.md with its tables and the paragraph above the figures brought up to date."""
    for rows in (_agreement(whole["agreement"]), _speed(whole)):
        table = _piped(rows)
        head = re.escape(table.partition("\n")[0])
        page, found = re.subn(rf"^{head}\n(\|.*\n)*", f"{table}\n", page, flags=re.MULTILINE)
        if found != 1:
            raise LookupError(f"The page has {found} tables {rows[0]}.")
    paragraph = textwrap.fill(f"{day.day} {day:%B %Y}, {_sources(whole)} {COMPILED}", 120)
    return re.sub(r"(?<=^## Figures\n\n).*?(?=\n\n)", paragraph, page, count=1, flags=re.MULTILINE | re.DOTALL)


COMPILED = "wtisd_model is compiled, as pip installs it if there is a C compiler."

Rows = list[list[str]]


def _tables(whole: Report) -> list[Rows]:
    return [_agreement(whole["agreement"]), _speed(whole), _promises(whole)]


def _sources(whole: Report) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in whole["versions"].items())
    return f"CPython {whole['python']}, {whole['machine']}; {versions}."


def _agreement(said: Mapping[str, Mapping[str, Any]]) -> Rows:
    rows = [["", "good refused", "bad accepted", "errors found", "elsewhere", "all places right"]]
    for name, each in said.items():
        rows.append(
            [
                name,
                f"{each['good_refused']} of {each['good']}",
                f"{each['bad_accepted']} of {each['bad']}",
                f"{each['errors_found']} of {each['errors']}",
                str(each["elsewhere"]),
                f"{each['exact']} of {each['bad']}",
            ]
        )
    return rows


def _speed(whole: Report) -> Rows:
    figures: Mapping[str, Mapping[str, Any] | None] = whole["figures"]
    rows = [["microseconds each, and times as fast as pydantic", *figures]]
    for name in whole["agreement"]:
        cells = (
            f"{each['microseconds'][name]:.2f} x{each['ratios'][name]:.2f}"
            if each and name in each["microseconds"]
            else "-"
            for each in figures.values()
        )
        rows.append([name, *cells])
    return rows


def _promises(whole: Report) -> Rows:
    rows = [["times as fast", "as", "at least", "now"]]
    for what, measure, other in PROMISES:
        ratio = whole["against"].get(f"{other}_{measure}")
        asked = least(measure, other)
        if ratio is not None:
            rows.append([what, other, f"{asked:.1f}", f"{ratio:.2f}{'' if ratio >= asked else ' (not yet)'}"])
    return rows


def _more(whole: Report) -> Iterable[str]:
    refereed = whole["refereed"]
    yield (
        f"In {refereed['exact']} of {refereed['bad']} bad payloads jsonschema sees, with the published schema, exactly"
        " what was broken and a schema can say."
    )
    for name, each in whole["agreement"].items():
        if each["accepted_kinds"]:
            yield f"{name} accepts: {', '.join(each['accepted_kinds'])}."
        if each["dumped_differently"]:
            yield f"{name} writes {each['dumped_differently']} objects that are others when they are read."
    if None not in whole["lines_peak_megabytes"] and whole["lines_peak_megabytes"]:
        once, more = whole["lines_peak_megabytes"]
        yield f"JSON Lines, most memory of a process: {once} MB, and {more} MB for a file four times as long."
    if whole["missing"]:
        yield f"Not installed: {', '.join(whole['missing'])}. {INSTALL}"
    if "arrow" in whole["ratios"] and whole["ratios"]["arrow"] is None:
        yield "Without PyArrow no Arrow batches: pip install -c constraints.txt -e '.[arrow]'"


INSTALL = "pip install -c constraints.txt -e '.[benchmark]'"


def _aligned(rows: Rows) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_line(row, widths, "  ").rstrip() for row in rows)


def _piped(rows: Rows) -> str:
    head, *body = rows
    lines = [head, ["---", *("---:" for _ in head[1:])], *body]
    return "\n".join(re.sub(" +", " ", f"| {' | '.join(line)} |") for line in lines)


def _line(row: list[str], widths: list[int], between: str) -> str:
    adjust: list[Callable[[str, int], str]] = [str.ljust, *([str.rjust] * (len(row) - 1))]
    return between.join(fit(cell, width) for fit, cell, width in zip(adjust, row, widths, strict=True))
