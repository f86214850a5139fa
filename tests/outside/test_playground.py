"""The playground in headless Chromium, from a server of files on this machine and without any other network."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import compress
from pathlib import Path
from typing import Any

import pytest

import wtisd_model as wm
from tests.outside.looks import problems_of_markup
from tests.outside.node import node
from tests.outside.servers import serving

pytestmark = pytest.mark.outside

DOCS = Path(__file__).parents[2] / "docs"
# HTTP has one for each of the files that the page loads, and modules and WebAssembly need theirs.
TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
MOST_BYTES = 9_000_000
MOST_STARTS = 1.65
"""How many times as long as the start of Python alone a finding may take, which is 5 seconds where that takes 3."""


def webassembly() -> Path:
    """Return the folder that docs/webassembly/fetch.py made; fail without one, so that the tests are not skipped."""
    folder = os.environ.get("WTISD_MODEL_WEBASSEMBLY")
    assert folder, "WTISD_MODEL_WEBASSEMBLY names no folder of docs/webassembly/fetch.py; nox -s outside makes one"
    return Path(folder)


@contextmanager
def served(*, with_python: bool = True) -> Iterator[tuple[str, dict[str, int]]]:
    """Serve the page, and yield its address and how many bytes of each file a server with gzip has sent."""
    folders = {"playground": DOCS / "playground"} | ({"webassembly": webassembly()} if with_python else {})
    sent: dict[str, int] = {}

    def respond(path: str, _posted: bytes | None) -> tuple[int, str, bytes]:
        folder, _, name = path.partition("?")[0].lstrip("/").partition("/")
        file = folders.get(folder, DOCS / "none") / (name or "index.html")
        if not file.is_file():
            return 404, "text/plain", b""
        content = file.read_bytes()
        sent[f"{folder}/{name}"] = min(len(content), len(compress(content, 6)))
        return 200, TYPES.get(file.suffix, "application/octet-stream"), content

    with serving(respond) as address:
        yield f"{address}playground/", sent


def seen(scenario: str, *flags: str, folder: Path | None = None, with_python: bool = True) -> Any:
    """Return what a scenario of playground.mjs saw."""
    with served(with_python=with_python) as (address, _):
        return run(scenario, address, *flags, folder=folder)


def run(scenario: str, address: str, *flags: str, folder: Path | None = None) -> Any:
    """Run a scenario of playground.mjs at an address."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing"
    task = {"chromium": chromium, "address": address, "scenario": scenario, "flags": flags}
    return json.loads(node("playground.mjs", json.dumps({**task, "folder": folder and str(folder)}).encode()))


class TestFirstVisit:
    """At most 9 MB, compressed, and a finding soon after Python has started: within 5 seconds of processor time."""

    def test_it_is_light_and_quick(self, capsys: pytest.CaptureFixture[str]) -> None:
        with served() as (address, sent):
            shown = run("measure", address)
            total = sum(sent.values())
            bare = run("bare", address)["processor"]
        with capsys.disabled():
            taken = f"a finding after {shown['processor']:.1f} s of processor time, Python alone after {bare:.1f} s"
            sys.stdout.write(f"\n{total / 1e6:.2f} MB in {len(sent)} files, {taken}\n")
        assert {Path(name).suffix for name in sent} >= {".css", ".js", ".py", ".wasm", ".whl"}
        assert total <= MOST_BYTES
        assert shown["processor"] <= MOST_STARTS * bare
        assert shown["summary"] == "6 errors."
        assert "Payload, line 5" in shown["first"]

    def test_a_browser_without_webassembly_is_told_so(self) -> None:
        assert "has no WebAssembly" in seen("missing", "--js-flags=--jitless")

    def test_pages_that_were_built_without_it_say_so(self) -> None:
        assert "Python could not be loaded" in seen("missing", with_python=False)


class TestEverybody:
    """WCAG 2.2 as far as axe can judge, at 360, 768 and 1366 pixels, in light and in dark; and by keyboard."""

    def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(self) -> None:
        assert seen("audit") == []

    def test_a_keyboard_is_enough(self, tmp_path: Path) -> None:
        shown = seen("keyboard", folder=tmp_path)
        assert shown == {
            "skipped": "findings-tab",
            "line": ["payload", '"email": "participant1@example"'],
            "tab": "form-tab",
            "sent": "summary",
            "summary": "Nothing is wrong. The registration is accepted: pending.",
        }
        (event,) = wm.from_ical((tmp_path / "event.ics").read_bytes()).events
        assert event.title.text == "Open Maps Day"
        assert b"METHOD:REQUEST" in (tmp_path / "invitation.ics").read_bytes()

    def test_the_nu_html_checker_finds_nothing(self) -> None:
        found = problems_of_markup(DOCS / "playground" / name for name in ("index.html", "frame.html"))
        # It takes the files for those of another origin than their own.
        assert [each for each in found if "Resource violates Content Security Policy" not in each] == []


class TestAddress:
    """What somebody changed is in the fragment of the address."""

    def test_it_is_there_after_a_reload_and_what_cannot_be_is_said(self) -> None:
        shown = seen("address")
        assert shown["first"] == ""
        assert shown["copied"]
        assert shown["before"]["tabs"] == ["form-tab", "timetable-tab"]
        assert shown["before"]["values"][:3] == ["wtisd-23", "fr", "2023-05-01T10:30"]
        assert shown["after"] == shown["before"]
        note, fragment = shown["tooLong"]
        assert "longer than the 30,000 characters" in note
        assert fragment == ""
        assert shown["again"] == ["", True]
        assert ["cannot be read" in each for each in shown["unreadable"]] == [True] * 4


class TestHostileInput:
    """What is typed is never run; the sandbox and the policies of the page and its frames are behind that."""

    def test_everything_is_findings_and_text(self) -> None:
        shown = seen("hostile")
        assert all(code for pair in shown["findings"] for code in pair)
        assert shown["asText"] == [True, True, True]
        assert shown["images"] == 0
