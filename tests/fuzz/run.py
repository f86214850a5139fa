"""Fuzz every reader: ``python tests/fuzz/run.py [--seconds 30] [--finds FOLDER] [TARGET...]``.

Each target of `tests/fuzz/targets.py` runs for that long in a process of its own, as many at once as there are cores.
It fails on an exception that is not ours, on a broken promise, and on an input that takes more than a second of
processor time or 200 MB. What it finds is written to FOLDER: mend the bug, and move the file to
``tests/fuzz/corpus/TARGET``, where ``tests/fuzz/test_corpus.py`` tries it from then on. It needs the extra ``fuzz``.
"""

import argparse
import importlib
import json
import os
import pkgutil
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
JSCALENDAR = Path(__file__).parents[1] / "jscalendar" / "examples.json"
FOREIGN = ("indico", "pretix", "schedules")
"""The targets that read the documents of `tests/fuzz/importers.py`."""
TARGETS = (
    *("documents", "raw", "mappings", "lines", "tables", "leaves", "clocks", "calendars", "jcal", "replies"),
    "jscalendar",
    *FOREIGN,
)
OF_LINES = {"calendars": 1, "replies": 0}
"""The targets that read calendars, and how many bytes come before the calendar."""
HEADS = {"documents": 1, "raw": 1, "mappings": 2, "jcal": 1, "jscalendar": 1, **dict.fromkeys(FOREIGN, 1)}
"""The targets that read JSON, and how many bytes come before it."""
MOST_SECONDS = 1.0
MOST_MEGABYTES = 200.0
MOST_SECONDS_OF_SEEDS = 0.1
LONGEST = 300_000
WALLS = (
    "2023-05-17T14:30:00|Europe/Zurich|",
    "2023-05-17T14:30|Europe/Zurich|",
    "2026-03-29T02:30:00|Europe/Zurich|",
    "2026-10-25T02:30:00|Europe/Zurich|first",
    "2026-10-25T02:30:00|Europe/Zurich|second",
    "2199-12-31T23:59:59|Pacific/Kiritimati|",
)
TEXTS = (
    "2023-04-13T08:15:00.5+05:45",
    "2023-04-13",
    "participant1@example.org",
    "https://example.org:8080/a%20b?c=d#e",
    "tel:+41227305111,,12#",
    "zh-Hans-CN",
    "-46.2206",
    "Participant 1",
)


class TooMuchError(Exception):
    """An input that takes too long, or too much memory."""


def cost(target: str, data: bytes) -> tuple[float, float]:
    """Return the seconds of processor time and the megabytes that a target takes on an input."""
    from tests.fuzz.targets import TARGETS as FUNCTIONS

    now = _resident()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    FUNCTIONS[target](data)
    seconds = time.process_time() - begin
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # The peak of the process says something about this input only if it has risen.
    return seconds, max(0.0, after / 1024 - now) if after > before else 0.0


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def is_within_bounds(target: str, data: bytes) -> bool:
    """Return True if an input keeps to the bounds in a process that atheris does not instrument."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return _python("--replay", target, file.name, stdout=subprocess.DEVNULL).returncode == 0


def _python(*arguments: str, stdout: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - this very file, in this very interpreter
        [sys.executable, __file__, *arguments],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        },
        stdout=stdout,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def replay(target: str, file: str) -> int:
    """Run one input, print the better of two times and the memory, and return the exit code."""
    data = Path(file).read_bytes()
    cost(target, b"")
    seconds, megabytes = cost(target, data)
    if seconds > MOST_SECONDS:
        seconds = min(seconds, cost(target, data)[0])
    print(f"{target}: {len(data)} bytes take {seconds:.2f} s and {megabytes:.0f} MB")
    return 1 if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES else 0


def fuzz(target: str, arguments: list[str]) -> None:
    """Let libFuzzer call a target. It ends the process."""
    import atheris

    with atheris.instrument_imports(include=["wtisd_model"]):
        import wtisd_model.columns
        import wtisd_model.importers
        import wtisd_model.invitation
        import wtisd_model.jscalendar
        import wtisd_model.json
        import wtisd_model.schedule

        # Modules that are loaded with the first payload are to be instrumented too.
        for package in (
            wtisd_model.json,
            wtisd_model.columns,
            wtisd_model.invitation,
            wtisd_model.importers,
            wtisd_model.jscalendar,
            wtisd_model.schedule,
        ):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(module.name)
    from tests.fuzz import mutating, mutating_calendar

    # What a target loads when it is first called is not the time of an input: on a busy machine that took a minute.
    cost(target, b"")

    def once(data: bytes) -> None:
        seconds, megabytes = cost(target, data)
        # Everything takes longer when it is instrumented.
        if (seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES) and not is_within_bounds(target, data):
            message = f"{seconds:.2f} s, {megabytes:.0f} MB"
            raise TooMuchError(message)

    def change(data: bytes, most: int, seed: int) -> bytes:
        if target in OF_LINES:
            return mutating_calendar.mutated_calendar(data, most, seed, atheris.Mutate, OF_LINES[target])
        if target == "lines":
            return mutating.mutated_lines(data, most, seed, atheris.Mutate)
        if target == "raw":
            return mutating.mutated_bytes(data, most, seed, atheris.Mutate, HEADS[target])
        return mutating.mutated(data, most, seed, atheris.Mutate, HEADS[target])

    extra = {"custom_mutator": change} if target in {"lines", *HEADS, *OF_LINES} else {}
    atheris.Setup([sys.argv[0], *arguments], once, **extra)
    atheris.Fuzz()


def seeds(target: str, folder: Path) -> None:
    """Write the examples in the form that a target reads, and the dictionary."""
    from tests.fuzz import importers, mutating, mutating_calendar
    from tests.fuzz.targets import CALENDARS, EXAMPLES, FEED, REPLIES, in_jcal, leaf_forms
    from wtisd_model.model.documents import DOCUMENTS, schema_name

    words = mutating_calendar.dictionary() if target in OF_LINES else mutating.dictionary()
    (folder / "dictionary").write_text(words, encoding="ascii")
    (folder / "corpus").mkdir()
    for index, cls in enumerate(DOCUMENTS):
        file = EXAMPLES / f"{schema_name(cls, submission=False)}.json"
        if file.exists() and target in HEADS.keys() - {"jcal", "jscalendar", *FOREIGN}:
            start = bytes([index]) + b"\0" * (HEADS[target] - 1)
            (folder / "corpus" / f"seed-{index}").write_bytes(start + file.read_bytes())
    for index, text in enumerate(TEXTS if target == "leaves" else WALLS if target == "clocks" else ()):
        for form in range(len(leaf_forms())) if target == "leaves" else (None,):
            start = b"" if form is None else bytes([form])
            (folder / "corpus" / f"seed-{form}-{index}").write_bytes(start + text.encode())
    read = {"calendars": (*CALENDARS, FEED), "jcal": (*CALENDARS, FEED), "replies": REPLIES}.get(target, ())
    for index, file in enumerate(read):
        start = b"" if target == "replies" else bytes([index])
        data = in_jcal(file.read_bytes()) if target == "jcal" else file.read_bytes()
        (folder / "corpus" / f"seed-{index}").write_bytes(start + data)
    if target == "tables":
        from wtisd_model import from_json, to_csv
        from wtisd_model.columns.table import OBJECTS

        for index, cls in enumerate(OBJECTS[:4]):  # the others are rows of a roster, and no documents
            file = EXAMPLES / f"{schema_name(cls, submission=False)}.json"
            if file.exists():
                table = b"".join(to_csv(cls, [from_json(cls, file.read_bytes())], personal=True))
                (folder / "corpus" / f"seed-{index}").write_bytes(bytes([index]) + table)
    if target == "jscalendar":
        for index, example in enumerate(json.loads(JSCALENDAR.read_bytes())):
            document = json.dumps(example["document"]).encode()
            (folder / "corpus" / f"seed-{index}").write_bytes(bytes([index]) + document)
    for index in range(8 if target in FOREIGN else 0):
        (folder / "corpus" / f"seed-{index}").write_bytes(importers.sample(target, index))
    if target == "lines":
        one = b"".join((EXAMPLES / "registration.json").read_bytes().splitlines())
        (folder / "corpus" / "seed").write_bytes(b"\n".join([one, one, b"", b"{}"]))


def kept_seeds(target: str, folder: Path) -> None:
    """Copy what was found before, except what takes long: it would leave no time for others.

    `tests/fuzz/test_corpus.py` tries all of it.
    """
    kept = CORPUS / target
    cost(target, b"")
    for file in kept.iterdir() if kept.exists() else ():
        if cost(target, file.read_bytes())[0] < MOST_SECONDS_OF_SEEDS:
            shutil.copy(file, folder)


def run(target: str, seconds: int, finds: Path) -> tuple[bool, str]:
    """Fuzz one target in a process of its own; return whether nothing was found, and a summary."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds(target, folder)
        kept_seeds(target, folder / "corpus")
        ended = _python(
            *("--child", target, str(folder / "corpus")),
            *(f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-len_control=0", "-timeout=60", "-rss_limit_mb=0"),
            *(
                f"-dict={folder / 'dictionary'}",
                f"-artifact_prefix={finds}/{target}-",
                "-print_final_stats=1",
                "-verbosity=1",
            ),
            stdout=subprocess.PIPE,
        )
    if ended.returncode:
        return False, "\n".join(ended.stdout.splitlines()[-60:])
    executed = re.search(r"stat::number_of_executed_units: *(\d+)", ended.stdout)
    return True, f"{int(executed[1]):,} inputs" if executed else "no inputs"


def main() -> int:
    """Run the chosen targets and return the exit code."""
    if sys.argv[1:2] == ["--child"]:
        fuzz(sys.argv[2], sys.argv[3:])
    if sys.argv[1:2] == ["--replay"]:
        return replay(sys.argv[2], sys.argv[3])
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "targets", metavar="TARGET", nargs="*", help=f"{', '.join(TARGETS)}; all of them if none is given"
    )
    parser.add_argument("--seconds", type=int, default=30, help="for each target (30)")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="how many targets (one a core)")
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"), help="where to write what was found")
    asked = parser.parse_args()
    unknown = set(asked.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    chosen = asked.targets or list(TARGETS)
    asked.finds.mkdir(parents=True, exist_ok=True)
    good = True
    with ThreadPoolExecutor(max_workers=asked.at_once) as crew:
        results = crew.map(lambda target: run(target, asked.seconds, asked.finds.resolve()), chosen)
        for target, (fine, told) in zip(chosen, results, strict=True):
            print(f"{target}: {'good' if fine else 'FOUND'}, {told}", flush=True)
            good = good and fine
    if good and not any(asked.finds.iterdir()):
        asked.finds.rmdir()
    return 0 if good else 1


if __name__ == "__main__":
    # Started by its path, Python searches this folder for modules and not the checkout.
    sys.path.insert(0, str(CHECKOUT))
    raise SystemExit(main())
