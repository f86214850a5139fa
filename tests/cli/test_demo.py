"""`demo`: the files and the text of the README's first command."""

import json
import shlex
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.cli.running import TO_ICAL, here
from tests.json.generate import TYPES
from wtisd_model import Code, Event, from_json, to_ical, wtisd_23
from wtisd_model.cli.demo import LETTER, demo_files
from wtisd_model.model.documents import schema_name, schema_variants

PLEDGED = [
    {"amount": "250000.01", "currency": "USD"},
    {"amount": "90000.00", "currency": "USD"},
    None,
    {"amount": "5000000", "currency": "JPY"},
    {"amount": "1000000.00", "currency": "USD"},
]
"""What each pledge of the demo promises."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a demo, below the working directory."""
    monkeypatch.chdir(tmp_path)
    assert here("demo", "--out", "demo-out").code == 0
    return tmp_path / "demo-out"


def found(text: str) -> set[str]:
    """Return the codes of the findings in a text."""
    return {line.partition("]")[0].removeprefix("[") for line in text.splitlines() if line.startswith("[")}


class TestFiles:
    """The reference event, its exports, the schemas, and two registrations with what is found in them."""

    def test_the_folder_has_these_files(self, folder: Path) -> None:
        schemas = {f"schemas/{schema_name(cls, submission=each)}.json" for cls, each in schema_variants()}
        assert {each.relative_to(folder).as_posix() for each in folder.rglob("*.*")} == {
            "wtisd-23.json",
            "wtisd-23.ics",
            "registration-good.json",
            "registration-bad.json",
            "findings.txt",
            "dossier.json",
            "invitation.ics",
            "invitation-moved.ics",
            "invitation-cancel.ics",
            "invitation.eml",
            "interpreters.csv",
            "pledges.jsonl",
            "totals.txt",
            "interpretation.json",
            "coverage.txt",
            *schemas,
            f"schemas/{TYPES}",
        }

    def test_the_event_is_the_reference_event(self, folder: Path) -> None:
        raw = (folder / "wtisd-23.json").read_bytes()
        assert from_json(Event, raw) == wtisd_23()
        assert here("convert", "--indent", folder / "wtisd-23.json").out == raw
        calendar = (folder / "wtisd-23.ics").read_bytes()
        assert calendar == to_ical(wtisd_23(), stamped=LETTER)
        assert here(*TO_ICAL, folder / "wtisd-23.json", "--stamped", "2023-04-12T00:00:00Z").out == calendar

    def test_the_totals_are_those_of_the_pledges_on_the_day_of_the_event(self, folder: Path) -> None:
        asked = [
            here("pledges", folder / "pledges.jsonl", "--on", "2023-05-17", "--by", by)
            for by in ("focus-area", "country", "group", "membership")
        ]
        assert [each.code for each in asked] == [0] * 4
        assert "\n".join(each.text for each in asked) == (folder / "totals.txt").read_text(encoding="utf-8")

    def test_the_pledges_are_valid_and_made_up(self, folder: Path) -> None:
        now = ("--now", "2023-05-17T00:00:00Z")
        ended = here("validate", folder / "pledges.jsonl", "--dossier", folder / "dossier.json", *now)
        assert ended.text.endswith("5 lines, 5 good, 0 refused, 0 warnings\n")
        pledges = map(json.loads, (folder / "pledges.jsonl").read_bytes().splitlines())
        pledgers = [each["pledger"]["email"] for each in pledges]
        assert pledgers == [f"pledger{number}@example.org" for number in range(1, 6)]

    def test_the_pledges_promise_these_amounts_and_targets(self, folder: Path) -> None:
        pledges = [json.loads(line) for line in (folder / "pledges.jsonl").read_bytes().splitlines()]
        assert [each.get("pledged") for each in pledges] == PLEDGED
        targets = [(each["number"], each["unit"], each["due"]) for pledge in pledges for each in pledge["targets"]]
        assert targets == [("10", "schools", "2025-12-31")] * 5

    def test_two_demos_have_equal_bytes(self) -> None:
        assert demo_files() == demo_files()

    def test_the_findings_are_those_that_validate_prints(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        ended = here("validate", "--submission", "registration-good.json", "registration-bad.json")
        assert ended.code == 1
        assert ended.text == (folder / "findings.txt").read_text(encoding="utf-8")
        assert ended.text.startswith("registration-good.json: good\nregistration-bad.json: 6 errors\n")
        assert found(ended.text) == {
            Code.EMAIL_MALFORMED,
            Code.COUNTRY_UNKNOWN,
            Code.KEY_UNKNOWN,
            Code.KEY_MISSING,
            Code.LANGUAGE_UNKNOWN,
            Code.FIELD_NOT_YOURS,
        }
        assert ended.text.count("Did you mean ") == 3

    def test_the_people_are_made_up(self, folder: Path) -> None:
        for name in ("registration-good.json", "registration-bad.json"):
            participant = json.loads((folder / name).read_bytes())["participant"]
            assert participant["name"].startswith("Participant ")
            assert participant["email"].endswith("example.org")


class TestScreen:
    """One screen: 24 lines of 80 columns."""

    def test_the_text_fits_on_the_screen(self, folder: Path) -> None:
        (folder / "mine.txt").write_bytes(b"mine")
        again = here("demo", "--out", "demo-out")
        assert again.text.splitlines()[0] == "Wrote 26 files into demo-out; 26 of them replaced older ones."
        assert len(again.text.splitlines()) <= 24
        assert max(map(len, again.text.splitlines())) <= 80
        assert again.out.isascii()
        assert (folder / "mine.txt").read_bytes() == b"mine"

    def test_every_file_is_named(self, folder: Path) -> None:
        screen = here("demo", "--out", folder).text
        assert [each.name for each in folder.iterdir() if f"  {each.name}" not in screen] == []

    @pytest.mark.parametrize("typed", ["wtisd-model", ".venv/bin/wtisd-model"])
    def test_the_suggested_commands_work_in_the_working_directory(
        self, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr("sys.argv", [typed, "demo"])
        screen = here("demo", "--out", "demo out").text
        lines = screen.partition("Try next:\n\n")[2].splitlines()
        codes = []
        for line in lines:
            program, *arguments = shlex.split(line)
            assert program == typed
            codes.append(here(*arguments).code)
        assert codes == [1, 0, 0, 0, 0, 0]
        assert max(map(len, here("demo", "--out", "demo-out").text.splitlines())) <= 80

    def test_a_program_on_the_search_path_needs_no_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = tmp_path / "wtisd-model"
        program.write_text("#!/bin/sh\n", encoding="ascii")
        program.chmod(0o755)
        for path, typed in ((tmp_path, str(program)), (tmp_path / "empty", "wtisd_model/__main__.py")):
            monkeypatch.setenv("PATH", str(path))
            monkeypatch.setattr("sys.argv", [typed])
            assert "\nwtisd-model -h\n" in here("demo", "--out", tmp_path / "demo-out").text

    def test_control_characters_in_the_name_of_the_folder_are_escaped(self, tmp_path: Path) -> None:
        ended = here("demo", "--out", tmp_path / "\x1b[2J\u202e")
        assert ended.code == 0
        assert "\x1b" not in ended.text
        assert "\u202e" not in ended.text

    def test_the_dossier_has_warnings_only(self, folder: Path) -> None:
        ended = here("check", folder / "dossier.json", "--now", "2023-05-16T09:00:00Z")
        assert ended.code == 0
        assert found(ended.text) == {Code.LEAD_TIME_SHORT, Code.VISA_LETTER_REMOTE}


FILES = demo_files()


def entry(name: str) -> tuple[str, Any]:
    """Read the method and the one entry of a file."""
    read: Any = icalendar.Calendar.from_ical(FILES[name])
    (found,) = read.walk("VEVENT")
    return str(read["METHOD"]), found


class TestMessages:
    """RFC 5546: an invitation, an update with another room and time, and a cancellation."""

    @pytest.mark.parametrize(
        ("name", "method", "sequence", "status", "hour"),
        [
            ("invitation.ics", "REQUEST", 0, "CONFIRMED", 12),
            ("invitation-moved.ics", "REQUEST", 1, "CONFIRMED", 13),
            ("invitation-cancel.ics", "CANCEL", 2, "CANCELLED", 13),
        ],
    )
    def test_each_message_follows_the_one_before(
        self, name: str, method: str, sequence: int, status: str, hour: int
    ) -> None:
        said, found = entry(name)
        assert (said, found["UID"], found["SEQUENCE"], found["STATUS"]) == (method, wtisd_23().uid, sequence, status)
        assert found["DTSTART"].dt.astimezone(UTC) == datetime(2023, 5, 17, hour, 30, tzinfo=UTC)

    def test_the_room_changes(self) -> None:
        assert "Popov" in entry("invitation.ics")[1]["LOCATION"]
        assert "Room 2" in entry("invitation-moved.ics")[1]["LOCATION"]

    def test_stamps_rise(self) -> None:
        names = ("invitation.ics", "invitation-moved.ics", "invitation-cancel.ics")
        stamps = [entry(name)[1]["DTSTAMP"].dt for name in names]
        assert stamps == sorted(set(stamps))
        assert stamps[0] == LETTER

    def test_the_mail_contains_the_invitation(self) -> None:
        mail = message_from_bytes(FILES["invitation.eml"])
        assert (mail["From"], mail["To"]) == (
            "Desk 1 <desk1@example.org>",
            "Participant 1 <participant1@example.org>",
        )
        parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk()}
        assert parts["text/calendar"] == parts["application/ics"] == FILES["invitation.ics"]
