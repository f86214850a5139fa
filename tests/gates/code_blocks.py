"""The code blocks of a Markdown page, tried as a reader would try them, from top to bottom and in one folder.

``python``   runs, with the names that earlier blocks defined; an assert in it counts.
``output``   is exactly what the block above it printed; ``...`` matches anything.
``console``  runs each line that begins with ``$ ``; the lines below it are exactly what the command prints.
``sh``       runs and must succeed, unless it needs the network.
``json``, ``toml``   must parse.
``javascript`` and ``css``   run in tests/outside; ``typescript`` compiles there, and ``yaml`` configures pre-commit.
``text``, ``ics``, ``mermaid`` and the directives of MyST, ``{note}``, are not tried.

A comment ``<!-- file: bad.json -->`` above a block also writes the block to a file of that name. Python in a file does
not run by itself: a command below it has to. A block of any other language is refused: nobody would notice when it goes
stale.
"""

import contextlib
import doctest
import io
import json
import os
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from click.testing import CliRunner

from wtisd_model.cli.main import run

NETWORK = re.compile(r"\b(pip|npm|git|nox|pre-commit) |-m venv|\.ci/run|fetch\.py")
"""Commands that a test cannot run. The two commands of the README are run by `.ci/run`."""

_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>[\w./-]+) -->\n)?"
    r"^(?P<indent> *)```(?P<language>\S*)[^\n`]*\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


_PLAIN_COMMAND = re.compile(r"wtisd-model ([\w./ :-]+)\n")
"""A command of ours in which a shell would find nothing to do."""


@frozen
class Block:
    """A fenced block of a page."""

    language: str
    text: str
    line: int
    """The number of lines of the page above its text."""
    file: str | None
    """The file that it is written to."""


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    for match in _BLOCK.finditer(page):
        line = page.count("\n", 0, match.start("text"))
        yield Block(match["language"], textwrap.dedent(match["text"]), line, match["file"])


def try_page(page: str, folder: Path) -> None:
    """Try every block of a page, with *folder* as the working directory; raise where one does not do what it says."""
    names: dict[str, object] = {"__name__": "__main__"}
    printed = ""
    for block in blocks(page):
        if block.file is not None:
            (folder / block.file).parent.mkdir(exist_ok=True)
            (folder / block.file).write_text(block.text, encoding="utf-8")
        match block.language:
            case "python" if block.file is not None:
                compile(block.text, block.file, "exec", dont_inherit=True)
            case "python":
                # With empty lines above it, so that a traceback names the line of the page, and asserts under -O too.
                code = compile("\n" * block.line + block.text, "page", "exec", dont_inherit=True, optimize=0)
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    exec(code, names)  # noqa: S102 - the page is ours
                printed = out.getvalue()
            case "output":
                _compare(block.text, printed)
            case "console":
                before, *commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
                _compare(before, "")
                for each in commands:
                    [(command, wanted)] = re.findall(r"\A((?:.*\\\n)*.*\n)((?s:.*))", each)
                    plain = _PLAIN_COMMAND.fullmatch(command)
                    ran = _here(plain[1], folder) if plain else _shell(command, folder, check=not wanted)
                    _compare(wanted, ran)
            case "sh" if not NETWORK.search(block.text):
                printed = _shell(f"set -eu\n{block.text}", folder, check=True)
            case "json":
                json.loads(block.text)
            case "toml":
                tomllib.loads(block.text)
            case "sh" | "text" | "ics" | "mermaid" | "javascript" | "css" | "typescript" | "yaml":
                pass
            case language if not language.startswith("{"):
                message = f"line {block.line}: a block of the language {language!r} cannot be tried"
                raise ValueError(message)


def _compare(wanted: str, got: str) -> None:
    if not doctest.OutputChecker().check_output(f"{wanted.strip()}\n", f"{got.strip()}\n", doctest.ELLIPSIS):
        message = f"the page has\n{wanted}\nand it prints\n{got}"
        raise AssertionError(message)


def _here(arguments: str, folder: Path) -> str:
    """Return what our program prints, run in this process: a new one takes most of its time to start."""
    with contextlib.chdir(folder), CliRunner().isolation(env={"COLUMNS": "100"}) as (_, _, output):
        run(shlex.split(arguments))
        return output.getvalue().decode()


def _shell(script: str, folder: Path, *, check: bool) -> str:
    """Return what a script prints, where `wtisd-model` and `python` are those of this environment."""
    tools = folder / ".bin"
    tools.mkdir(exist_ok=True)
    python = f"{sys.executable}{' -O' * sys.flags.optimize}"
    for name, text in {
        "wtisd-model": f"#!{python}\nfrom wtisd_model.cli.main import main\nmain()\n",
        "python": f'#!/bin/sh\nexec {python} "$@"\n',
    }.items():
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(0o755)
    # Unbuffered: what is printed and what is an error come in the order that a terminal shows.
    python_settings = {"COLUMNS": "100", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    result = subprocess.run(  # noqa: S603 - the page is ours
        ["/bin/sh", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", **python_settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if check and result.returncode:
        message = f"{script}\nends with {result.returncode}:\n{result.stdout}"
        raise AssertionError(message)
    return result.stdout
