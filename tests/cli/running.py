"""Running the program: here, for its words and branches, or as a process, for pipes, devices and locales."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from inspect import signature
from pathlib import Path
from typing import IO, Any

from attrs import frozen
from click.testing import CliRunner

from wtisd_model.cli.main import run

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
PROGRAM = [sys.executable, *["-O"] * sys.flags.optimize, "-W", "error", "-m", "wtisd_model"]
TO_ICAL = ("convert", "--to", "ical")
TO_CSV = ("convert", "--to", "csv")
# Before 8.2, click mixes standard error into standard output unless it is told not to, which it no longer takes.
_OPTIONS: dict[str, Any] = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}
RUNNER = CliRunner(**_OPTIONS)


@frozen
class Ended:
    """How a run of the program ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()


def here(*arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str | None] | None = None) -> Ended:
    """Run it in this process; *env* changes the environment, None takes a variable out."""
    with RUNNER.isolation(stdin, env=env) as (out, err, *_):
        code = run([str(each) for each in arguments])
        return Ended(code, out.getvalue(), err.getvalue().decode())


def process(
    *arguments: str | bytes | Path,
    stdin: bytes = b"",
    stdout: int | IO[bytes] = subprocess.PIPE,
    stderr: int | IO[bytes] = subprocess.PIPE,
    env: Mapping[str, str] | None = None,
    command: Sequence[str] = (),
) -> Ended:
    """Run it as a process; *command* comes before it, such as a shell that closes a stream."""
    result = subprocess.run(  # noqa: S603 - our own program, in this very interpreter
        [*command, *PROGRAM, *arguments],
        input=stdin,
        stdout=stdout,
        stderr=stderr,
        env={**os.environ, **(env or {})},
        timeout=120,
        check=False,
    )
    return Ended(result.returncode, result.stdout or b"", (result.stderr or b"").decode("utf-8", "replace"))
