"""What `to_csv` costs compared with Python's `csv.writer` over cells that are texts already, what `from_csv` costs
compared with `validate_lines` and with `csv.reader`, and the memory of both.

    python tests/benchmarks/tables.py [--json]

Of 20,000 registrations written with and without personal data, and read. The bounds: writing takes at most 5
times as long, and reading at most 12 times as long as `validate_lines` takes for the same registrations, the median
of rounds in turns; and a stream of ten times as many rows takes at most 2 MB more at its peak. Ends with 1 where a
bound is broken.
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
from wtisd_model.columns.csv import cell

BOUND = 5.0
READING_BOUND = 12.0
ROUNDS = 5
ROWS = 20_000
STREAMED = 5_000
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


def times_as_long_to_read(rows: list[wm.Registration]) -> dict[str, float]:
    """Return how many times as long reading takes as `validate_lines` over JSON Lines, and as `csv.reader`."""
    table = b"".join(wm.to_csv(wm.Registration, rows, personal=True))
    lines = b"".join(wm.to_json(each) + b"\n" for each in rows)

    def ours() -> list[wm.Registration | None]:
        return [each.value for each in wm.from_csv(wm.Registration, table)]

    def of_lines() -> list[wm.Registration | None]:
        return [each.value for each in wm.validate_lines(wm.Registration, io.BytesIO(lines))]

    def of_cells() -> list[list[str]]:
        return list(csv.reader(io.StringIO(table.decode(), newline="")))

    if ours() != of_lines():
        raise AssertionError("The two readers differ, so their times say nothing.")
    raced = race({"ours": ours, "validate_lines": of_lines, "csv.reader": of_cells}, ROUNDS)
    return {name: round(1 / ratios(raced, name)["ours"], 2) for name in ("validate_lines", "csv.reader")}


_ALONE = """
import sys
from pathlib import Path
import wtisd_model as wm
from tests.benchmarks.tables import registrations

class Written:
    def __init__(self, chunks):
        self.chunks, self.rest = chunks, b""
    def read(self, size):
        while len(self.rest) < size and (chunk := next(self.chunks, b"")):
            self.rest += chunk
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece

written = Written(wm.to_csv(wm.Registration, registrations(int(sys.argv[1])), personal=True))
for outcome in wm.from_csv(wm.Registration, written):
    assert outcome.ok
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def peak_megabytes(count: int) -> float | None:
    """Return the most memory that a separate process used to write a stream and read it; None without /proc."""
    if not Path("/proc/self/status").exists():
        return None
    command = [sys.executable, "-c", _ALONE, str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    return round(int(done.stdout) / 1000, 1)


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code tells whether the bounds hold."""
    rows = list(registrations(ROWS))
    figures = {name: times_as_long(rows, personal=name == "personal") for name in ("usual", "personal")}
    reading = times_as_long_to_read(rows)
    peaks = {f"{count:,}": peak_megabytes(count) for count in (STREAMED, 10 * STREAMED)}
    few, many = peaks.values()
    flat = few is None or many is None or many - few <= MEGABYTES
    if "--json" in arguments:
        print(json.dumps({"times_as_long": figures, "bound": BOUND, "reading": reading, "peak_megabytes": peaks}))
    else:
        for name, ratio in figures.items():
            print(f"{name} columns of {ROWS:,} registrations: {ratio} times csv.writer, at most {BOUND}")
        for name, ratio in reading.items():
            bound = f", at most {READING_BOUND}" if name == "validate_lines" else ""
            print(f"from_csv of {ROWS:,} registrations: {ratio} times {name}{bound}")
        for count, peak in peaks.items():
            print(f"a stream of {count}: {peak} MB at its peak; {MEGABYTES} more at most for ten times as many")
    held = max(figures.values()) <= BOUND and reading["validate_lines"] <= READING_BOUND
    return 0 if flat and held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
