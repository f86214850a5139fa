"""`json`, `csv`, `ical` and `schema`: the same bytes as in Python, on standard output or in a file."""

import gzip
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from attrs import evolve

from tests.cli.running import EXAMPLES, TO_CSV, TO_ICAL, here, process
from tests.columns.fill_fields import MARKS, ROWS, with_persons
from tests.json.generate import TYPES
from tests.planning.listeners import approved, plan
from tests.samples.whole import asked, asking, registration
from wtisd_model import (
    Code,
    Dossier,
    Event,
    InterpretationRequest,
    Pledge,
    Registration,
    Session,
    from_json,
    json_schema,
    to_csv,
    to_ical,
    to_jcal,
    to_json,
    to_jsonld,
    to_schedule_json,
    wtisd_23,
)
from wtisd_model.cli.convert import indented
from wtisd_model.cli.main import run
from wtisd_model.columns.header import csv_format
from wtisd_model.formats import FORMATS, losses
from wtisd_model.model.documents import schema_name, schema_variants

EVENT = EXAMPLES / "event.json"
STAMPED = datetime(2023, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def event() -> Event:
    """The event of the examples."""
    return from_json(Event, EVENT.read_bytes())


class TestSeveralEvents:
    """`convert FILE... --to ical`: one calendar of all events, in the order of the files."""

    LATER = evolve(wtisd_23(), uid="later@example.org")

    def test_of_several_files(self, event: Event, tmp_path: Path) -> None:
        dossier = tmp_path / "later.json"
        dossier.write_bytes(to_json(Dossier(event=self.LATER)))
        moment = ("--stamped", "2023-04-12T00:00:00Z")
        ended = here("convert", "--to", "ical", EVENT, dossier, *moment, "--name", "Ours")
        assert (ended.code, ended.out) == (0, to_ical([event, self.LATER], name="Ours", stamped=STAMPED))
        assert {line.partition(":")[0] for line in ended.err.splitlines()} == {str(EVENT), str(dossier)}

    @pytest.mark.parametrize("form", ["ical", "jcal", "jscalendar", "jscalendar-1"])
    def test_of_a_file_with_several(self, event: Event, tmp_path: Path, form: str) -> None:
        lines = tmp_path / "all.jsonl"
        lines.write_bytes(b"\n".join([to_json(event), to_json(self.LATER)]))
        ended = here("convert", "--to", form, lines, "--out", tmp_path / "all")
        assert ended.code == 0
        again = here("convert", "--from", form.partition("-")[0], tmp_path / "all")
        assert [json.loads(line)["uid"] for line in again.out.splitlines()] == [event.uid, self.LATER.uid]
        one = here("convert", "--to", form, lines, "--uid", self.LATER.uid)
        assert event.uid.encode() not in one.out

    def test_a_uid_chooses_among_all_files(self, event: Event, tmp_path: Path) -> None:
        later = tmp_path / "later.json"
        later.write_bytes(to_json(self.LATER))
        given = ("convert", "--to", "ical", EVENT, later, "--stamped", "2023-04-12T00:00:00Z", "--uid")
        ended = here(*given, self.LATER.uid)
        assert (ended.code, ended.out) == (0, to_ical(self.LATER, stamped=STAMPED))
        assert {line.partition(":")[0] for line in ended.err.splitlines()} == {str(later)}
        assert here(*given, event.uid).out == to_ical(event, stamped=STAMPED)
        ended = here(*given, "other@example.org")
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.endswith("Error: No file has such a document.\n")

    def test_a_refusal_names_the_files_and_the_index(self, tmp_path: Path) -> None:
        draft = tmp_path / "draft.json"
        draft.write_bytes(to_json(evolve(self.LATER, status="draft", history=())))
        ended = here("convert", "--to", "ical", EVENT, draft)
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith(f"{EVENT}, {draft}: 1 error\n[event-without-slot] at /1/status:")

    def test_other_formats_take_a_single_file(self) -> None:
        for form in ("json", "csv", "html", "schedule-xml"):
            ended = here("convert", "--to", form, EVENT, EVENT)
            assert (ended.code, ended.out) == (2, b"")
            assert ended.err.endswith(f"Error: --to {form} takes a single FILE.\n")
        assert "--name does not apply to" in here("convert", "--to", "html", EVENT, "--name", "Ours").err

    def test_options_of_any_of_the_files_apply(self, tmp_path: Path) -> None:
        calendar = tmp_path / "later.ics"
        calendar.write_bytes(to_ical(self.LATER, stamped=STAMPED))
        ended = here("convert", "--to", "ical", EVENT, calendar, "--zone", "Africa/Lagos")
        assert (ended.code, ended.out.count(b"BEGIN:VCALENDAR")) == (0, 1)


class TestScheduleJson:
    """`--to schedule-json` and `--from schedule-json`: what conference apps read."""

    @pytest.mark.parametrize(("name", "version"), [("schedule-json", "1"), ("schedule-json-2", "2")])
    def test_both_versions_are_written_and_read(self, event: Event, name: str, version: Literal["1", "2"]) -> None:
        written = here("convert", "--to", name, EVENT)
        assert written.out == to_schedule_json(event, version=version)
        read = here("convert", "--from", "schedule-json", "-", stdin=written.out)
        assert from_json(Event, read.out).uid == event.uid

    def test_sessions_that_version_1_leaves_out_are_reported(self, event: Event) -> None:
        first, *others = event.sessions
        gone = to_json(evolve(event, sessions=(first.cancel(at=STAMPED), *others)))
        of_1, of_2 = (
            here("convert", "--to", name, "-", stdin=gone).err for name in ("schedule-json", "schedule-json-2")
        )
        assert "standard input: [sessions-left-out] warning: cancelled\n" in of_1
        assert "sessions-left-out" not in of_2


class TestIcal:
    """`ical FILE`: an event or the event of a dossier, written by `to_ical`."""

    def test_the_output_is_that_of_to_ical(self, event: Event) -> None:
        ended = here(*TO_ICAL, EVENT, "--stamped", "2023-04-12T02:00:00+02:00")
        assert ended.code == 0
        assert ended.out == to_ical(event, stamped=STAMPED)

    def test_what_the_format_does_not_carry_is_reported(self, event: Event) -> None:
        lost = [(each.code, each.params["field"]) for each in losses(FORMATS["ical"], event)]
        ended = here(*TO_ICAL, EVENT)
        assert Code.PEOPLE_LEFT_OUT not in dict(lost)  # the signatory is named with the letter
        lines = [line.removeprefix(f"{EVENT}: ") for line in ended.err.splitlines()]
        assert lines == [
            f"[{code}] warning: {', '.join(str(field) for each, field in lost if each == code)}"
            for code in (Code.FIELD_AS_TEXT, Code.FIELD_NOT_CARRIED)
        ]

    @pytest.mark.parametrize(("target", "write"), [("ical", to_ical), ("jcal", to_jcal)])
    def test_of_a_dossier_it_says_what_is_interpreted(self, target: str, write: Callable[..., bytes]) -> None:
        given = plan(requests=(approved("i", "en", "fr"),))
        ended = here("convert", "-", "--to", target, "--stamped", "2023-04-12T00:00:00Z", stdin=to_json(given))
        assert ended.out == write(given, stamped=STAMPED)
        assert b"Interpretation: into French" in ended.out
        (line,) = [line for line in ended.err.splitlines() if "interpretation_requests" in line]
        assert line.startswith("standard input: [field-as-text] warning: ")

    def test_registrations_of_a_dossier_are_not_carried(self, event: Event) -> None:
        ended = here(*TO_ICAL, "-", stdin=to_json(Dossier(event=event, registrations=(registration(),))))
        assert "standard input: [field-not-carried] warning: Event.audience" in ended.err
        assert "Dossier.registrations" in ended.err

    def test_every_option_is_passed_on(self, event: Event) -> None:
        options = ["--language", "fr", "--utc", "--reminder", "PT15M", "--reminder", "P1D", "--refresh", "PT6H"]
        ended = here(*TO_ICAL, "-", "--stamped", "2023-04-12T00:00:00Z", *options, stdin=EVENT.read_bytes())
        assert ended.out == to_ical(
            event,
            stamped=STAMPED,
            language="fr",
            utc=True,
            reminders=[timedelta(minutes=15), timedelta(days=1)],
            refresh=timedelta(hours=6),
        )

    def test_the_event_of_a_dossier_is_written(self, event: Event) -> None:
        dossier = json.dumps({"@type": "Dossier", "event": json.loads(to_json(event)) | {}}).encode()
        dossier = dossier.replace(b'"@type": "Event", "schemaVersion": 1, ', b"")
        ended = here(*TO_ICAL, "-", "--stamped", "2023-04-12T00:00:00Z", stdin=dossier)
        assert ended.out == to_ical(event, stamped=STAMPED)

    def test_the_default_stamp_is_the_last_update_or_the_present_moment(self, event: Event) -> None:
        at = here(*TO_ICAL, EVENT, env={"SOURCE_DATE_EPOCH": "1681257600"})
        assert at.out == to_ical(event, stamped=STAMPED)
        updated = to_json(event.revised(at=STAMPED, url=None))
        assert here(*TO_ICAL, "-", stdin=updated, env={"SOURCE_DATE_EPOCH": "x"}).out == to_ical(
            event.revised(at=STAMPED, url=None)
        )
        before = datetime.now(UTC).replace(microsecond=0)
        stamps = re.findall(rb"DTSTAMP:(\w+)", here(*TO_ICAL, EVENT, env={"SOURCE_DATE_EPOCH": None}).out)
        assert stamps
        for each in stamps:
            stamp = datetime.strptime(each.decode(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            assert before <= stamp <= datetime.now(UTC)

    @pytest.mark.parametrize(("target", "profile"), [("jsonld", None), ("cpev", "cpev")])
    def test_other_formats_of_an_event(self, event: Event, target: str, profile: Any) -> None:
        ended = here("convert", "--to", target, EVENT, "--language", "fr")
        assert ended.out == to_jsonld(event, language="fr", profile=profile)
        assert "[field-not-carried]" in ended.err

    def test_a_written_file_is_reported(self, event: Event, tmp_path: Path) -> None:
        path = tmp_path / "\x1b.ics"
        ended = here(*TO_ICAL, EVENT, "--stamped", "2023-04-12T00:00:00Z", "--out", path)
        assert (ended.code, ended.out) == (0, b"")
        assert ended.err.startswith(f"Wrote {tmp_path}/\\x1b.ics.\n")
        assert path.read_bytes() == to_ical(event, stamped=STAMPED)
        assert here(*TO_ICAL, EVENT, "--out", path).err.startswith(f"Replaced {tmp_path}/\\x1b.ics.\n")

    def test_a_file_is_kept_if_errors_leave_nothing(self, tmp_path: Path) -> None:
        out = tmp_path / "kept"
        out.write_bytes(b"before")
        header_only, bad_rows = tmp_path / "a.csv", tmp_path / "b.csv"
        header_only.write_bytes(b"Name,E-mail\nA,a@example.org\n")
        bad_rows.write_bytes(
            b"Name,E-mail,mode,event_uid,submitted_at\nA,a(at)example.org,remote,e-1,2027-03-04T09:00:00Z\n"
        )
        lines = tmp_path / "c.jsonl"
        lines.write_bytes(BAD + b"\n")
        for file in (header_only, bad_rows, lines):
            for target in ("json", "csv"):
                ended = here("convert", file, "--as", "registration", "--to", target, "--out", out)
                assert (ended.code, out.read_bytes()) == (1, b"before")
                assert ended.err.endswith(f"{file}: nothing could be read, so nothing is written.\n")

    def test_out_can_be_standard_output(self, event: Event) -> None:
        ended = here(*TO_ICAL, "-", "--out", "-", "--stamped", "2023-04-12T00:00:00Z", stdin=to_json(event))
        assert ended.out == to_ical(event, stamped=STAMPED)

    def test_the_input_is_not_overwritten(self, tmp_path: Path) -> None:
        path, other = tmp_path / "event.json", tmp_path / "other.json"
        path.write_bytes(EVENT.read_bytes())
        other.hardlink_to(path)
        ended = here(*TO_ICAL, path, "--out", other)
        assert (ended.code, ended.err.partition("Error: ")[2].rstrip()) == (
            2,
            "--out names a file that is read; it would be lost.",
        )
        assert path.read_bytes() == EVENT.read_bytes()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--language", "fr-ch"], "[language-unknown] at /language: "),
            (["--reminder", "P367D"], "[duration-out-of-range] at /reminders/0: "),
            (["--reminder", "PT999999999S"], "[duration-out-of-range] at /reminders/0: "),
            (["--reminder", "PT1H", "--reminder", "PT60M"], "[item-repeated] at /reminders/1: "),
            (["--refresh", "PT0S"], "[duration-out-of-range] at /refresh: "),
            (["--as", "pledge"], "Error: --to ical writes an event, or that of a dossier."),
            (["--bom"], "Error: --bom does not apply to --from json --to ical."),
            (["--zone", "UTC"], "Error: --zone does not apply to --from json --to ical."),
            (["--stamped", "today"], "Invalid value for '--stamped'"),
        ],
    )
    def test_an_invalid_option_is_a_usage_error(self, arguments: list[str], said: str) -> None:
        ended = here(*TO_ICAL, EVENT, *arguments)
        assert (ended.code, ended.out) == (2, b"")
        assert said in ended.err

    def test_an_event_that_cannot_be_written_has_findings(self, tmp_path: Path) -> None:
        draft = {"uid": "e-1", "title": {"text": "Forum", "language": "en"}, "status": "draft"}
        for document, place in ((draft | {"@type": "Event"}, ""), ({"@type": "Dossier", "event": draft}, "/event")):
            ended = here(*TO_ICAL, "-", "--out", tmp_path / "draft.ics", stdin=json.dumps(document).encode())
            assert (ended.code, ended.out) == (1, b"")
            assert ended.err.startswith(f"standard input: 1 error\n[event-without-slot] at {place}/")
        assert not (tmp_path / "draft.ics").exists()

    def test_errors_in_a_document_go_to_standard_error(self) -> None:
        ended = here(*TO_ICAL, "-", stdin=b'{"@type":"Event"}')
        assert (ended.code, ended.out) == (1, b"")
        assert "[key-missing] at /uid: " in ended.err
        ended = here(*TO_ICAL, EXAMPLES / "pledge.json")
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.endswith(
            ": 1 error\n"
            "[value-unknown] at /@type: Not one of the allowed values. (line 2, column 2)\n"
            "    Use one of: Event, Dossier.\n"
        )
        assert here(*TO_ICAL, "-", "--as", "event", stdin=b"{}").code == 1
        assert here(*TO_ICAL, "-", stdin=b"{}").code == 2


class TestJcal:
    """`convert --to jcal` and `--from jcal`: what `to_jcal` and `from_jcal` do, with the options of ical."""

    def test_an_event_is_written_and_read(self, event: Event, tmp_path: Path) -> None:
        file = tmp_path / "event.jcal"
        options = ["--stamped", "2023-04-12T00:00:00Z", "--language", "fr", "--utc", "--reminder", "PT15M"]
        assert here("convert", EVENT, "--to", "jcal", *options, "--out", file).code == 0
        assert file.read_bytes() == to_jcal(
            event, stamped=STAMPED, language="fr", utc=True, reminders=[timedelta(minutes=15)]
        )
        for ended in (here("convert", file), here("convert", "-", "--from", "jcal", stdin=file.read_bytes())):
            assert ended.code == 0
            assert from_json(Event, ended.out).uid == event.uid
            assert "[component-dropped] warning at /2/" in ended.err


class TestDurations:
    """RFC 5545 section 3.3.6: "P" (dur-date / dur-time / dur-week), here without a sign."""

    @pytest.mark.parametrize(
        ("length", "trigger"),
        [
            ("PT15M", b"-PT15M"),
            ("PT1H30M", b"-PT1H30M"),
            ("P1D", b"-P1D"),
            ("P1DT2H", b"-P1DT2H"),
            ("P2W", b"-P14D"),
            ("PT45S", b"-PT45S"),
            ("P0D", b"PT0S"),
        ],
    )
    def test_a_duration_is_parsed(self, length: str, trigger: bytes) -> None:
        calendar = here(*TO_ICAL, EVENT, "--reminder", length).out
        found = re.findall(rb"TRIGGER:(\S+)\r\n", calendar)
        assert found
        assert {_seconds(each) for each in found} == {_seconds(trigger)}

    @pytest.mark.parametrize(
        "length",
        [
            "",
            "P",
            "PT",
            "P1DT",
            "15M",
            "P15M",
            "P1M",
            "P1Y",
            "-PT15M",
            "+PT15M",
            "PT1.5H",
            "pt15m",
            "PT15M\n",
            "P1W1D",
            "P\u0661D",
            "PT99999999999S",
        ],
    )
    def test_another_form_is_a_usage_error(self, length: str) -> None:
        ended = here(*TO_ICAL, EVENT, "--reminder", length)
        assert ended.code == 2
        assert "Not a duration. Write it as PT15M, PT1H30M, P1D or P1W." in ended.err


def _seconds(length: bytes) -> int:
    units = {b"W": 604_800, b"D": 86_400, b"H": 3600, b"M": 60, b"S": 1}
    return sum(int(count) * units[unit] for count, unit in re.findall(rb"(\d+)([WDHMS])", length))


class TestJson:
    """`json FILE`: a document in canonical form."""

    @pytest.mark.parametrize("name", ["event", "registration", "interpretation-request", "pledge", "dossier"])
    def test_an_example_is_written_in_compact_form(self, name: str) -> None:
        raw = (EXAMPLES / f"{name}.json").read_bytes()
        ended = here("convert", EXAMPLES / f"{name}.json")
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == json.dumps(json.loads(raw), ensure_ascii=False, separators=(",", ":")).encode()
        assert here("convert", "-", stdin=ended.out).out == ended.out

    def test_only_one_document_is_indented(self) -> None:
        line = to_json(from_json(Event, EVENT.read_bytes())) + b"\n"
        assert here("convert", "--indent", "--lines", "-", stdin=line).code == 0
        ended = here("convert", "--indent", "--lines", "-", stdin=line * 2)
        assert ended.code == 2
        assert ended.err.endswith("Error: standard input has 2 documents; name one event with --uid UID.\n")

    def test_several_documents_may_be_lines(self) -> None:
        ended = here("convert", "-", stdin=EVENT.read_bytes().replace(b"\n", b" ") + b"\n{}")
        assert ended.code == 1
        assert ended.err.endswith("if it is JSON Lines, pass one line of it: this command reads one document.\n")

    def test_lines_become_canonical_lines_and_refused_ones_are_reported(self) -> None:
        pledge = to_json(from_json(Pledge, (EXAMPLES / "pledge.json").read_bytes()))
        ended = here("convert", "--lines", "-", stdin=pledge + b"\n{}\n" + json.dumps(json.loads(pledge)).encode())
        assert (ended.code, ended.out) == (1, (pledge + b"\n") * 2)
        assert ended.err.startswith("standard input, line 2: ")

    def test_it_can_be_indented_for_people(self) -> None:
        ended = here("convert", "--indent", EVENT)
        assert ended.text == json.dumps(json.loads(EVENT.read_bytes()), ensure_ascii=False, indent=2) + "\n"
        assert ended.out == indented(here("convert", EVENT).out)

    def test_a_type_can_be_given(self) -> None:
        document = {key: value for key, value in json.loads(EVENT.read_bytes()).items() if key != "@type"}
        ended = here("convert", "-", "--as", "event", stdin=json.dumps(document).encode())
        assert ended.out == to_json(from_json(Event, document))

    def test_errors_in_a_document_go_to_standard_error(self) -> None:
        ended = here("convert", "-", stdin=b"\xff")
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err.startswith("standard input: 1 error\n[not-utf8] ")

    def test_a_terminal_gets_a_line_feed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.TextIOWrapper):
            def isatty(self) -> bool:
                return True

        screen = io.BytesIO()
        monkeypatch.setattr("sys.stdout", Terminal(screen, encoding="utf-8"))
        assert run(["convert", str(EVENT)]) == 0
        assert screen.getvalue() == here("convert", EVENT).out + b"\n"

    def test_another_encoding_changes_no_byte(self) -> None:
        reference = to_json(wtisd_23())
        assert "é" in reference.decode()
        for env in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
            assert process("convert", "-", stdin=reference, env=env).out == reference


OBJECTS: dict[type, Any] = {
    cls: from_json(cls, document) for cls, document in ROWS.items() if (cls, False) in schema_variants()
}
GOOD = to_json(OBJECTS[Registration])
BAD = GOOD.replace(b'"mode"', b'"mod"')


def table(cls: type, *rows: object, **options: Any) -> bytes:
    return b"".join(to_csv(cls, rows, **options))


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Write a dossier with one object of each kind."""
    whole = Dossier(
        event=evolve(wtisd_23(), sessions=(OBJECTS[Session],)),
        registrations=(OBJECTS[Registration],),
        interpretation_requests=(OBJECTS[InterpretationRequest],),
        pledges=(OBJECTS[Pledge],),
    )
    path = tmp_path / "dossier.json"
    path.write_bytes(to_json(whole))
    return path


class TestCsvLines:
    """A row for each line."""

    @pytest.mark.parametrize("cls", OBJECTS)
    def test_the_output_is_that_of_to_csv(self, cls: type, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(to_json(OBJECTS[cls]) + b"\n" + to_json(OBJECTS[cls]))
        ended = here(*TO_CSV, path)
        lost = dict.fromkeys(str(each.params["field"]) for each in losses(csv_format(cls), OBJECTS[cls]))
        assert (ended.code, ended.err) == (0, f"{path}: [field-not-carried] warning: {', '.join(lost)}\n")
        assert ended.out == table(cls, OBJECTS[cls], OBJECTS[cls])

    def test_every_option_is_passed_on(self) -> None:
        document = {**ROWS[Pledge], "title": {"text": "Schools", "language": "en", "translations": {"fr": "Écoles"}}}
        line = json.dumps({key: value for key, value in document.items() if not key.startswith("@")}).encode()
        words = ("--lines", "--as", "pledge", "--personal", "--language", "fr", "--delimiter", "semicolon", "--bom")
        ended = here(*TO_CSV, "-", *words, stdin=line)
        assert ended.out == table(
            Pledge, from_json(Pledge, document), personal=True, language="fr", delimiter=";", bom=True
        )
        assert "Écoles".encode() in ended.out

    def test_personal_data_is_left_out_by_default(self) -> None:
        line = json.dumps(with_persons(Registration, ROWS[Registration])).encode()
        usual, whole = (here(*TO_CSV, "--lines", "-", *words, stdin=line).text for words in ((), ("--personal",)))
        assert not [mark for mark in MARKS if mark in usual]
        assert [mark for mark in MARKS if mark in whole] == ["zqxmk", "790917", "zgh", "panellist", "hearing-loop"]

    def test_refused_lines_are_reported_and_left_out(self, tmp_path: Path) -> None:
        path = tmp_path / "a.ndjson"
        path.write_bytes(GOOD + b"\n" + BAD + b"\n\n" + GOOD + b"\n")
        ended = here(*TO_CSV, path)
        assert (ended.code, ended.out) == (1, table(Registration, *[OBJECTS[Registration]] * 2))
        assert ended.err.startswith(
            f"{path}, line 2: 2 errors\n"
            f"[key-unknown] at /mod: {Code.KEY_UNKNOWN.message}\n"
            f'    Did you mean "mode"? {Code.KEY_UNKNOWN.fix}\n'
            f"[key-missing] at /mode: {Code.KEY_MISSING.message}\n"
            f"    {Code.KEY_MISSING.fix}\n"
            f"{path}, line 3: 1 error\n"
            "[not-json] Not valid JSON: parsing stopped at byte 0.\n"
            f"    {Code.NOT_JSON.fix}\n"
        )

    def test_gzip_is_decompressed(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress(GOOD + b"\n"))
        assert here(*TO_CSV, path).out == table(Registration, OBJECTS[Registration])

    def test_gzip_that_is_cut_off_ends_with_3(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress(b"".join(b"%d\n" % each for each in range(10_000)) + GOOD)[:-20])
        ended = here(*TO_CSV, path, "--as", "registration")
        assert ended.code == 3
        assert "its gzip is damaged or cut off" in ended.err

    @pytest.mark.parametrize("line", [b"", to_json(wtisd_23())])
    def test_lines_of_other_types_are_a_usage_error(self, line: bytes) -> None:
        ended = here(*TO_CSV, "--lines", "-", stdin=line)
        assert (ended.code, ended.out) == (2, b"")
        assert (
            "Error: The lines of standard input are not rows: session, registration, interpretation-request, pledge,"
            " by @type or by --as TYPE.\n" in ended.err
        )

    def test_an_empty_file_of_rows_gives_the_header(self) -> None:
        ended = here(*TO_CSV, "--lines", "-", "--as", "pledge")
        assert (ended.code, ended.out) == (0, table(Pledge))


class TestCsvDossier:
    """The objects of a dossier that --as names, or the sessions of an event."""

    @pytest.mark.parametrize("cls", OBJECTS)
    def test_its_lists(self, cls: type, dossier: Path) -> None:
        ended = here(*TO_CSV, dossier, "--as", schema_name(cls, submission=False))
        assert (ended.code, ended.out) == (0, table(cls, OBJECTS[cls]))

    def test_the_answers_to_the_questions_of_the_event(self, tmp_path: Path) -> None:
        whole = Dossier(
            event=asking(asked("old", "integer", statistical=True)), registrations=(registration(answers={"old": 31}),)
        )
        path = tmp_path / "dossier.json"
        path.write_bytes(to_json(whole))
        ended = here(*TO_CSV, path, "--as", "registration")
        assert ended.out == table(Registration, *whole.registrations, event=whole.event)
        assert [line.rpartition(b",")[2] for line in ended.out.splitlines()] == [b"answers.old", b"31"]
        assert "Registration.answers" not in ended.err

    def test_the_sessions_of_an_event(self) -> None:
        event = from_json(Event, (EXAMPLES / "event.json").read_bytes())
        assert here(*TO_CSV, EXAMPLES / "event.json", "--as", "session").out == table(Session, *event.sessions)

    def test_an_event_has_no_registrations(self) -> None:
        ended = here(*TO_CSV, EXAMPLES / "event.json", "--as", "registration")
        assert (ended.code, ended.out) == (1, b"")
        assert "[value-unknown] at /@type" in ended.err

    def test_the_type_of_the_rows_is_required(self, dossier: Path) -> None:
        ended = here(*TO_CSV, dossier)
        assert (ended.code, ended.out) == (2, b"")
        assert "Error: Name the type of the rows with --as TYPE: session, registration" in ended.err


class TestCsvOut:
    """`--out` replaces a file, unless there is an error."""

    def test_a_file_is_written(self, dossier: Path, tmp_path: Path) -> None:
        out = tmp_path / "a.csv"
        out.write_bytes(b"before")
        ended = here(*TO_CSV, dossier, "--as", "registration", "--out", out)
        assert (ended.code, ended.out) == (0, b"")
        assert out.read_bytes() == table(Registration, OBJECTS[Registration])

    def test_out_can_be_standard_output(self, dossier: Path) -> None:
        assert here(*TO_CSV, dossier, "--as", "pledge", "--out", "-").out == table(Pledge, OBJECTS[Pledge])

    def test_the_input_is_not_overwritten(self, dossier: Path) -> None:
        before = dossier.read_bytes()
        ended = here(*TO_CSV, dossier, "--as", "registration", "--out", dossier)
        assert (ended.code, dossier.read_bytes()) == (2, before)

    def test_a_usage_error_leaves_the_file_unchanged(self, dossier: Path, tmp_path: Path) -> None:
        out = tmp_path / "a.csv"
        out.write_bytes(b"before")
        ended = here(*TO_CSV, dossier, "--as", "session", "--language", "FR", "--out", out)
        assert (ended.code, out.read_bytes()) == (2, b"before")
        assert "[language-unknown] at /language" in ended.err

    def test_a_file_that_cannot_be_written_ends_with_3(self, dossier: Path, tmp_path: Path) -> None:
        assert here(*TO_CSV, dossier, "--as", "registration", "--out", tmp_path).code == 3
        assert here(*TO_CSV, tmp_path / "missing.jsonl", "--as", "registration").code == 3


class TestCsvProcess:
    """Run as a process, with a pipe."""

    def test_bytes_are_not_changed_by_the_locale(self) -> None:
        document = {**ROWS[Pledge], "title": {"text": "Écoles", "language": "fr"}}
        ended = process(
            "convert",
            "--to",
            "csv",
            "--lines",
            "-",
            stdin=json.dumps(document).encode(),
            env={"PYTHONIOENCODING": "ascii"},
        )
        assert (ended.code, ended.out) == (0, table(Pledge, from_json(Pledge, document)))


PUBLISHED = list(schema_variants())


class TestSchema:
    """`schema TYPE [--submission]`, or `schema --out DIR`."""

    @pytest.mark.parametrize(("cls", "submission"), PUBLISHED)
    def test_each_schema_is_the_published_file(self, cls: type, submission: bool) -> None:
        word = schema_name(cls, submission=False)
        ended = here("schema", word, *["--submission"] * submission)
        assert (ended.code, ended.err) == (0, "")
        published = json_schema(cls, submission=submission)
        assert ended.text == json.dumps(published, indent=1) + "\n"
        assert json.loads(ended.out) == published

    def test_all_schemas_are_written_to_a_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "b"
        ended = here("schema", "--out", folder)
        written = {f"{schema_name(cls, submission=submission)}.json" for cls, submission in PUBLISHED} | {TYPES}
        assert (ended.code, ended.out, ended.err) == (0, b"", f"Wrote {len(written)} files into {folder}.\n")
        assert {each.name for each in folder.iterdir()} == written
        (folder / "event.json").unlink()
        (folder / "mine.json").write_bytes(b"mine")
        ended = here("schema", "--out", folder)
        replaced = len(written) - 1
        assert ended.err == f"Wrote {len(written)} files into {folder}; {replaced} of them replaced older ones.\n"
        assert (folder / "mine.json").read_bytes() == b"mine"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ([], "Name a TYPE, or use --out DIR for all of them."),
            (["--submission"], "Name a TYPE, or use --out DIR for all of them."),
            (["event", "--submission"], "--submission is only for"),
            (["event", "--out", "x"], "--out writes all schemas"),
            (["--out", "x", "--submission"], "--out writes all schemas"),
        ],
    )
    def test_other_combinations_are_usage_errors(
        self, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        ended = here("schema", *arguments)
        assert (ended.code, ended.out) == (2, b"")
        assert said in ended.err
        assert list(tmp_path.iterdir()) == []
