"""The Python blocks of the docs run in WebAssembly, and print there what CPython prints."""

import json
import os
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.gates.code_blocks import blocks
from tests.gates.typed_blocks import CHECKOUT, PAGES
from tests.outside.node import run_node

pytestmark = pytest.mark.outside

HERE = Path(__file__).parent
EXEMPT: dict[str, dict[str, list[str]]] = tomllib.loads(
    (CHECKOUT / "docs" / "webassembly" / "exempt.toml").read_text(encoding="utf-8")
)
"""Reason, page and a line of each block."""


def site(name: str) -> Path:
    """Return a folder that docs/webassembly/fetch.py made; fail without one, so that the tests are not skipped."""
    folder = os.environ.get(name)
    assert folder, f"{name} names no folder of docs/webassembly/fetch.py; nox -s outside makes one"
    return Path(folder)


def steps(page: Path) -> list[dict[str, Any]]:
    """Return the files that a page writes and the code that it runs, in order."""
    return [
        {"path": block.file, "text": block.text}
        if block.file is not None
        else {"code": block.text, "line": block.line, "exempt": exempt(page, block.text)}
        for block in blocks(page.read_text(encoding="utf-8"))
        if block.file is not None or block.language == "python"
    ]


def exempt(page: Path, code: str) -> list[str]:
    """Return the lines for which a block is exempt."""
    name = page.relative_to(CHECKOUT).as_posix()
    lines = code.splitlines()
    return [line for pages in EXEMPT.values() for line in pages.get(name, ()) if line in lines]


@pytest.fixture(scope="module")
def tried() -> list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Return the page and the step of each block, and what it does in WebAssembly and in CPython."""
    pages = [{"page": page.relative_to(CHECKOUT).as_posix(), "steps": steps(page)} for page in PAGES]
    pages = [page for page in pages if any("code" in step for step in page["steps"])]
    task = {"site": str(site("WTISD_MODEL_WEBASSEMBLY")), "checkout": str(CHECKOUT), "pages": pages}
    data = json.dumps(task).encode()
    # Hypothesis draws the same examples each time, however slow a machine is, where CI is set: worker.js sets it too.
    here = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(HERE / "blocks.py")],
        input=data,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
        env={**os.environ, "CI": "true"},
    )
    there = run_node(HERE / "blocks.mjs", data)
    return [
        (page["page"], step, *results)
        for page, *both in zip(pages, json.loads(there), json.loads(here.stdout), strict=True)
        for step, *results in zip(
            [step for step in page["steps"] if "code" in step], *(each["results"] for each in both), strict=True
        )
    ]


class TestBlocks:
    def test_webassembly_prints_what_cpython_prints(self, tried: Any) -> None:
        wrong = [
            f"{page}:{step['line'] + 1}\n{there['error'] or there['printed']}\n{here['error'] or here['printed']}"
            for page, step, there, here in tried
            if not step["exempt"] and (there["error"] or here["error"] or there["printed"] != here["printed"])
        ]
        assert wrong == [], "\n".join(wrong)

    def test_what_is_exempt_does_not_run(self, tried: Any) -> None:
        runs = [f"{page}:{step['line'] + 1}" for page, step, there, _ in tried if step["exempt"] and not there["error"]]
        assert runs == []

    def test_at_most_forty_are_exempt_and_each_is_a_block(self, tried: Any) -> None:
        found = [line for _, step, _, _ in tried for line in step["exempt"]]
        assert sorted(found) == sorted(chain(*(lines for pages in EXEMPT.values() for lines in pages.values())))
        assert len(found) <= 40
        assert len(tried) > 300
