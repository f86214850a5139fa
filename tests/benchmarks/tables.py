"""What `to_csv` costs compared with Python's `csv.writer` over cells that are texts already, and its memory.

    python tests/benchmarks/tables.py [--json]

Of 100,000 registrations, with and without personal data. The bounds: at most 5 times as long, the median of rounds in
turns; and a stream of ten times as many rows takes at most 2 MB more at its peak. Ends with 1 where a bound is broken.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import evolve

import wtisd_model as wm

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

from tests.benchmarks.rounds import race, ratios
from wtisd_model.columns.csv_escape import cell

BOUND = 5.0
ROUNDS = 5
ROWS = 100_000
STREAMED = 20_000
MEGABYTES = 2.0
AT = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)


def registrations(count: int) -> Iterator[wm.Registration]:
    """Make registrations that differ: who, when, from where, in which languages."""
    base = wm.Registration(
        id="r-0",
        event_uid=wm.wtisd_23().uid,
        participant=wm.Contact(name="Participant", email="participant@example.org"),
        organization="Ministry of Posts",
        mode=wm.ParticipationMode.ON_SITE,
        submitted_at=AT,
    )
    countries, languages = ("TD", "NE", "CH", "NA", "FR"), ("ar", "en", "es", "fr", "ru", "zh")
    for number in range(count):
        yield evolve(
            base,
            id=f"r-{number}",
            participant=wm.Contact(name=f"Participant {number}", email=f"participant{number}@example.org"),
            organization=f"Ministry {number % 500}",
            country=countries[number % len(countries)],
            listening_languages=(languages[number % 6], languages[number % 5]) if number % 6 != number % 5 else (),
            session_ids=frozenset({f"s-{number % 9}", f"s-{number % 7}"}),
            submitted_at=AT + timedelta(seconds=number),
        ).approve(at=AT + timedelta(days=9, seconds=number), by="Desk 1")


def times_as_long(rows: list[wm.Registration], *, personal: bool) -> float:
    """Return how many times as long as `csv.writer` over prepared cells it takes."""
    columns = wm.to_columns(wm.Registration, rows, personal=personal)
    prepared = [tuple(map(cell, each)) for each in zip(*columns.values(), strict=True)]

    def theirs() -> bytes:
        page = io.StringIO(newline="")
        csv.writer(page, lineterminator="\r\n").writerows([tuple(columns), *prepared])
        return page.getvalue().encode()

    def ours() -> bytes:
        return b"".join(wm.to_csv(wm.Registration, rows, personal=personal))

    if theirs() != ours():
        raise AssertionError("The two files differ, so their times say nothing.")
    return round(1 / ratios(race({"theirs": theirs, "ours": ours}, ROUNDS), "theirs")["ours"], 2)


_ALONE = """
import sys
from pathlib import Path
import wtisd_model as wm
from tests.benchmarks.tables import registrations

for chunk in wm.to_csv(wm.Registration, registrations(int(sys.argv[1])), personal=True):
    pass
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def peak_megabytes(count: int) -> float | None:
    """Return the most memory that a separate process used while it wrote a stream; None without /proc."""
    if not Path("/proc/self/status").exists():
        return None
    command = [sys.executable, "-c", _ALONE, str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    return round(int(done.stdout) / 1000, 1)


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code tells whether the bounds hold."""
    rows = list(registrations(ROWS))
    figures = {name: times_as_long(rows, personal=name == "personal") for name in ("usual", "personal")}
    peaks = {f"{count:,}": peak_megabytes(count) for count in (STREAMED, 10 * STREAMED)}
    few, many = peaks.values()
    flat = few is None or many is None or many - few <= MEGABYTES
    if "--json" in arguments:
        print(json.dumps({"times_as_long": figures, "bound": BOUND, "peak_megabytes": peaks}))
    else:
        for name, ratio in figures.items():
            print(f"{name} columns of {ROWS:,} registrations: {ratio} times csv.writer, at most {BOUND}")
        for count, peak in peaks.items():
            print(f"a stream of {count}: {peak} MB at its peak; {MEGABYTES} more at most for ten times as many")
    return 0 if flat and max(figures.values()) <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
