"""The playground in headless Chromium, from a server of files on this machine and without any other network."""

import sys
from gzip import compress
from pathlib import Path

import pytest

import wtisd_model as wm
from tests.outside.looks import problems_of_markup
from tests.outside.playground import DOCS, run, seen, served

pytestmark = pytest.mark.outside

MOST_BYTES = 9_000_000


class TestFirstVisit:
    """At most 9 MB, compressed; how soon there is a finding is measured in tests/benchmarks/playground.py."""

    def test_it_is_light(self, capsys: pytest.CaptureFixture[str]) -> None:
        with served() as (address, sent):
            shown = run("visit", address)
        # As a server with gzip sends them.
        total = sum(min(len(content), len(compress(content, 6))) for content in sent.values())
        with capsys.disabled():
            sys.stdout.write(f"\n{total / 1e6:.2f} MB in {len(sent)} files\n")
        assert {Path(name).suffix for name in sent} >= {".css", ".js", ".py", ".wasm", ".whl"}
        assert total <= MOST_BYTES
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
