"""The code blocks of a Markdown page: found, and run as a reader would run them.

All blocks of a page share one folder and one set of names, from top to bottom:

``python``   is run; an assert in it counts.
``pycon``    is run, and what it answers must be what stands there; ``...`` stands for anything.
``console``  runs each line that begins with ``$ ``; what the command answers must be what stands below it.
``output``   is what the block above it printed, exactly; ``...`` stands for anything.
``sh``       is run and must succeed, unless it fetches something (`FETCHES`): then only a person can run it here.
``json``, ``toml``   must be readable.
``text``, ``ics``, ``mermaid``   are pictures in letters; nothing is done with them.

A comment ``<!-- file: bad.json -->`` above a block also writes the block into a file of that name, so that the commands
below it can read what the page shows. A block of any other kind is refused: nobody would notice when it goes stale.
"""

import contextlib
import doctest
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import define, field, frozen

PICTURES = frozenset({"text", "ics", "mermaid"})

# What no test can do: the network is dead. The README's own two commands are run by .ci/run.
FETCHES = re.compile(r"\b(pip|pipx|uv|npm|apt-get|git) |-m venv|\.ci/run")

_FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,}|~{3,}|:{3,})\s*(?P<info>[^`]*)$")
_FILE = re.compile(r"\s*<!-- file: (?P<name>[A-Za-z0-9][A-Za-z0-9._-]*) -->\s*$")
_DIRECTIVE = re.compile(r"\{(?P<name>[a-z:-]+)\}\s*(?P<argument>.*)$")
_CODE_DIRECTIVES = frozenset({"code", "code-block", "sourcecode"})
# What these hold is reStructuredText or a list of pages, not more Markdown.
_OPAQUE_DIRECTIVES = re.compile(r"eval-rst|toctree|include|literalinclude|auto[a-z]+|py:[a-z]+|math|figure|image")


@frozen(kw_only=True)
class Block:
    """One fenced block of a page."""

    language: str
    text: str
    line: int
    """The line of its first line on the page, from 1."""
    file: str | None = None
    """The name under which it is written into the page's folder."""


def blocks(page: str, first_line: int = 1) -> Iterator[Block]:
    """Find the code blocks of a page, also those inside notes and other directives."""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if opening is None:
            at += 1
            continue
        ticks, indent = opening["ticks"], len(opening["indent"])
        closing = re.compile(rf" *{re.escape(ticks[0])}{{{len(ticks)},}}\s*$")
        end = next((each for each in range(at + 1, len(lines)) if closing.match(lines[each])), len(lines))
        body = [line[min(indent, len(line) - len(line.lstrip())) :] for line in lines[at + 1 : end]]
        above = _FILE.match(lines[at - 1]) if at else None
        yield from _opened(opening["info"].strip(), body, first_line + at + 1, above["name"] if above else None)
        at = end + 1


def _opened(info: str, body: list[str], line: int, file: str | None) -> Iterator[Block]:
    directive = _DIRECTIVE.match(info)
    if directive is None:
        yield Block(language=info.partition(" ")[0], text="\n".join(body) + "\n", line=line, file=file)
    elif directive["name"] in _CODE_DIRECTIVES:
        skip = next((at for at, each in enumerate(body) if not each.startswith(":")), len(body))
        yield Block(language=directive["argument"], text="\n".join(body[skip:]) + "\n", line=line + skip, file=file)
    elif not _OPAQUE_DIRECTIVES.fullmatch(directive["name"]):
        yield from blocks("\n".join(body), line)


@define(kw_only=True)
class Reader:
    """Somebody who reads a page from top to bottom and tries everything on it."""

    page: str
    """What to call the page in an error."""
    folder: Path
    """Where the reader works; the working directory while `run` runs."""
    names: dict[str, object] = field(factory=lambda: {"__name__": "__main__"})
    printed: str | None = None
    """What the last block printed that has not been compared yet."""

    def run(self, block: Block) -> None:
        """Do with a block what its language asks for, or raise what goes wrong."""
        if block.file is not None:
            (self.folder / block.file).write_text(block.text, encoding="utf-8")
        if block.language in PICTURES:
            return
        if block.language not in _TRIES:
            message = f"{self._place(block)}: no way to try a block of the kind {block.language!r}, see {__name__}"
            raise ValueError(message)
        _TRIES[block.language](self, block)

    def _place(self, block: Block) -> str:
        return f"{self.page}, line {block.line}"

    def _python(self, block: Block) -> None:
        # As many empty lines as stand above it, so that a traceback names the line of the page. `optimize=0` keeps the
        # asserts of the page alive under `python -O`.
        source = "\n" * (block.line - 1) + block.text
        code = compile(source, self.page, "exec", dont_inherit=True, optimize=0)
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(code, self.names)  # noqa: S102 - the page is ours
        self.printed = out.getvalue()

    def _pycon(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(block.text, self.names, self.page, self.page, block.line - 1)
        report = io.StringIO()
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.write, clear_globs=False)
        self.names |= test.globs
        if report.getvalue():
            raise AssertionError(report.getvalue())

    def _console(self, block: Block) -> None:
        commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
        if commands[0].strip():
            message = f"{self._place(block)}: a console block begins with a command, '$ ...'"
            raise ValueError(message)
        for each in commands[1:]:
            command, _, wanted = each.partition("\n")
            while command.endswith("\\"):
                more, _, wanted = wanted.partition("\n")
                command += f"\n{more}"
            got = _shell(command, self.folder, must_succeed=not wanted.strip())
            if wanted.strip():
                self._compare(block, wanted, got)

    def _sh(self, block: Block) -> None:
        if not FETCHES.search(block.text):
            self.printed = _shell(f"set -eu\n{block.text}", self.folder, must_succeed=True)

    def _json(self, block: Block) -> None:
        json.loads(block.text)

    def _toml(self, block: Block) -> None:
        tomllib.loads(block.text)

    def _output(self, block: Block) -> None:
        if self.printed is None:
            message = f"{self._place(block)}: nothing above it prints"
            raise ValueError(message)
        self._compare(block, block.text, self.printed)
        self.printed = None

    def _compare(self, block: Block, wanted: str, got: str) -> None:
        wanted, got = wanted.strip() + "\n", got.strip() + "\n"
        if not doctest.OutputChecker().check_output(wanted, got, doctest.ELLIPSIS):
            message = f"{self._place(block)}: the page says\n{wanted}\nand what comes is\n{got}"
            raise AssertionError(message)


_TRIES: dict[str, Callable[[Reader, Block], None]] = {
    "python": Reader._python,
    "pycon": Reader._pycon,
    "console": Reader._console,
    "output": Reader._output,
    "sh": Reader._sh,
    "json": Reader._json,
    "toml": Reader._toml,
}


def _shell(script: str, folder: Path, *, must_succeed: bool) -> str:
    """Run a script where `wtisd-model` and `python` are those of this environment; give all that it prints."""
    tools = folder / ".bin"
    tools.mkdir(exist_ok=True)
    optimised = " -O" * sys.flags.optimize
    for name, text in {
        "wtisd-model": f"#!{sys.executable}{optimised}\nfrom wtisd_model.cli import main\nmain()\n",
        "python": f'#!/bin/sh\nexec "{sys.executable}"{optimised} "$@"\n',
        "python3": f'#!/bin/sh\nexec "{sys.executable}"{optimised} "$@"\n',
    }.items():
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(0o755)
    result = subprocess.run(  # noqa: S603 - the page is ours
        ["/bin/sh", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if must_succeed and result.returncode:
        message = f"{script}\nends with {result.returncode}:\n{result.stdout}"
        raise AssertionError(message)
    return result.stdout
