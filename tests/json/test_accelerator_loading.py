"""The accelerator is optional: whatever keeps it from being loaded, payloads are read."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.running import EXAMPLES
from wtisd_model.json import accelerator

EVENT = str(EXAMPLES / "event.json")


def python(code: str, *arguments: str, env: Mapping[str, str] = os.environ) -> subprocess.CompletedProcess[str]:
    """Run *code* in a new process."""
    return subprocess.run(  # noqa: S603 - our own code, in this very interpreter
        [sys.executable, "-W", "error", "-c", code, *arguments],
        capture_output=True,
        text=True,
        env=env,
        timeout=120,
        check=False,
    )


_PROGRAM_WITH = """
import sys
import wtisd_model.json
wtisd_model.json.__path__.insert(0, sys.argv.pop(1))
from wtisd_model.cli.main import run
print(run(["validate", sys.argv[1]]), run(["doctor"]))
"""


def damaged(folder: Path, damage: str) -> str:
    """Put into a folder what cannot be loaded as the accelerator, and return the folder."""
    compiled = folder / f"_speedups{EXTENSION_SUFFIXES[0]}"
    other = find_spec("msgspec._core")
    if other is None or other.origin is None:
        raise AssertionError
    match damage:
        case "empty":
            compiled.touch()
        case "no library":
            compiled.write_bytes(b"\n" * 10_000)
        case "another module":
            shutil.copy(other.origin, compiled)
        case "an older one":  # it looks for what is no longer there
            (folder / "_speedups.py").write_text("import wtisd_model.schema.fields as d; d.no_longer_there")
    return str(folder)


@pytest.mark.parametrize("damage", ["empty", "no library", "another module", "an older one"])
class TestDamaged:
    """A damaged accelerator takes nothing down, and `doctor` says so."""

    def test_payloads_are_read_and_doctor_names_the_reason(self, damage: str, tmp_path: Path) -> None:
        env = {**os.environ, "PYTHONTZPATH": ""}  # no time zones to compare
        ended = python(_PROGRAM_WITH, damaged(tmp_path, damage), EVENT, env=env)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith(f"{EVENT}: good\n")
        assert ended.stdout.endswith("\n0 0\n")
        assert "payloads      parsed by plain Python: the accelerator cannot be loaded\n" in ended.stdout
        assert {"empty": "file too short", "an older one": "no_longer_there"}.get(damage, "_speedups") in ended.stdout


_SECOND_INTERPRETER = """
from wtisd_model.json.accelerator import SPEEDUPS
try:
    import _xxsubinterpreters as interpreters
    second = interpreters.create(isolated=False)
except ImportError:  # from Python 3.13 on
    import _interpreters as interpreters
    second = interpreters.create("legacy")
interpreters.run_string(second, '''
from wtisd_model import Event, from_json, to_json, wtisd_23
from wtisd_model.json.accelerator import LOAD_ERROR, SPEEDUPS
print(SPEEDUPS, LOAD_ERROR, from_json(Event, to_json(wtisd_23())) == wtisd_23(), flush=True)
''')
"""


class TestInterpreters:
    """A web server such as mod_wsgi runs each application in an interpreter of its own, all in one process."""

    def test_a_second_interpreter_reads_with_plain_python(self) -> None:
        # Coverage does not follow there: it may not work in a second interpreter.
        env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        ended = python(_SECOND_INTERPRETER, env=env)
        reason = None if accelerator.SPEEDUPS is None else "Interpreter change detected"
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith(f"None {reason}")
        assert ended.stdout.endswith(" True\n")
