"""`validate` on JSON Lines: what it tells, keeps, counts, and how it stops and goes on."""

import gzip
import json
import os
import re
import select
import signal
import subprocess
import threading
from pathlib import Path
from signal import SIGINT, SIGTERM
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import EXAMPLES, PROGRAM, Ended, here, on_a_terminal, process
from wtisd_model.cli.interrupts import TerminatedError, terminating, undisturbed
from wtisd_model.cli.line_files import AT_ONCE
from wtisd_model.cli.streams import CannotError, Incoming, Outgoing
from wtisd_model.cli.workers import Crew
from wtisd_model.codes import Code
from wtisd_model.findings import Finding
from wtisd_model.json.encoder import to_json
from wtisd_model.json.validator import from_json, validate
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration

GOOD = json.dumps(json.loads((EXAMPLES / "registration.json").read_bytes())).encode()
SUBMITTED = json.dumps(json.loads((EXAMPLES / "registration-submission.json").read_bytes())).encode()
BAD = GOOD.replace(b'"mode"', b'"mod"')
BROKEN = b"\xff\x1b[2J{"
MIXED = [GOOD, BAD, GOOD, BROKEN, b"", GOOD]


def file_of(folder: Path, lines: list[bytes], name: str = "a.jsonl") -> Path:
    """Write a file of lines."""
    path = folder / name
    path.write_bytes(b"".join(each + b"\n" for each in lines))
    return path


def objects(raw: bytes) -> list[dict[str, Any]]:
    """Read what was written for programs."""
    return [json.loads(line) for line in raw.splitlines()]


def as_told(found: Finding) -> dict[str, Any]:
    """Write a finding as the program does."""
    return {name: getattr(found, name) for name in ("code", "severity", "path", "message", "fix", "params")}


class TestLines:
    """Lines in which something is found are told, then a summary: lines, good, refused, warnings, frequent codes."""

    def test_what_is_found_is_told_with_its_line(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, MIXED)
        ended = here("validate", path)
        assert (ended.code, ended.err) == (1, "")
        assert ended.text == (
            f"{path}, line 2: 2 errors\n"
            f"[key-unknown] at /mod: {Code.KEY_UNKNOWN.message}\n"
            f'    Did you mean "mode"? {Code.KEY_UNKNOWN.fix}\n'
            f"[key-missing] at /mode: {Code.KEY_MISSING.message}\n"
            f"    {Code.KEY_MISSING.fix}\n"
            f"{path}, line 4: 1 error\n"
            f"[not-utf8] {Code.NOT_UTF8.message}\n"
            f"    {Code.NOT_UTF8.fix}\n"
            f"{path}, line 5: 1 error\n"
            "[not-json] Not valid JSON: parsing stopped at byte 0.\n"
            f"    {Code.NOT_JSON.fix}\n"
            f"{path}: 6 lines, 3 good, 3 refused, 0 warnings\n"
            "       1 key-missing\n"
            "       1 key-unknown\n"
            "       1 not-json\n"
            "       1 not-utf8\n"
        )

    def test_good_lines_are_counted_and_not_told(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD])
        assert here("validate", path) == Ended(0, f"{path}: 1 line, 1 good, 0 refused, 0 warnings\n".encode(), "")

    def test_a_file_without_lines_is_good(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [])
        assert here("validate", path).text == f"{path}: 0 lines, 0 good, 0 refused, 0 warnings\n"

    @pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.JSONL", "a.jsonl.gz", "a.ndjson.GZ"])
    def test_the_name_says_that_it_is_lines(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / name
        raw = GOOD + b"\n" + GOOD
        path.write_bytes(gzip.compress(raw) if name.lower().endswith("gz") else raw)
        assert here("validate", path).text == f"{path}: 2 lines, 2 good, 0 refused, 0 warnings\n"

    def test_an_option_says_it_too(self, tmp_path: Path) -> None:
        raw = GOOD + b"\n" + GOOD
        expected = "2 lines, 2 good, 0 refused, 0 warnings\n"
        for stdin in (raw, gzip.compress(raw)):
            assert here("validate", "--lines", "-", stdin=stdin).text == f"standard input: {expected}"
        path = file_of(tmp_path, [GOOD, GOOD], "a.txt")
        assert here("validate", "--lines", path).text == f"{path}: {expected}"

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_what_may_be_lines_is_advised_of_it(self, jobs: str, tmp_path: Path) -> None:
        lines = file_of(tmp_path, [GOOD, b"{"], "a.txt")
        packed = tmp_path / "a\x1b.gz"
        packed.write_bytes(gzip.compress(GOOD))
        ended = here("validate", lines, EXAMPLES / "event.json", packed, "--json", "--jobs", jobs)
        assert ended.code == 1
        assert [each["ok"] for each in objects(ended.out)] == [False, True, False]
        assert ended.err == (
            f"{lines}: if it is JSON Lines, say --lines.\n{tmp_path}/a\\x1b.gz: if it is JSON Lines, say --lines.\n"
        )
        ended = here("validate", "-", stdin=GOOD + b"\n" + GOOD)
        assert (ended.code, ended.err) == (1, "standard input: if it is JSON Lines, say --lines.\n")
        for document in (GOOD + b"\n \n", BAD, b"[]\n{}", b"{\n}", b"{\n", b""):
            assert here("validate", "-", "--as", "registration", stdin=document).err == ""

    def test_the_first_line_says_what_they_are_or_an_option(self, tmp_path: Path) -> None:
        nameless = json.dumps({key: value for key, value in json.loads(GOOD).items() if key != "@type"}).encode()
        path = file_of(tmp_path, [GOOD, nameless])
        assert here("validate", path).code == 0
        assert here("validate", path, "--as", "pledge").text.count("[value-unknown] at /@type: ") == 1
        path = file_of(tmp_path, [nameless, GOOD])
        assert here("validate", path).code == 0
        for lines in ([nameless], [b"{", b"[]", b'{"@type":"Evnt"}'], [b" " * 9_000_000, GOOD], [*[b"{"] * 20, GOOD]):
            path = file_of(tmp_path, lines)
            ended = here("validate", path)
            assert (ended.code, ended.out) == (2, b"")
            assert ended.err.endswith(
                f"Error: Nothing in the first lines of {path} says what they are:"
                ' give them "@type", or say --as TYPE.\n'
            )

    def test_first_lines_that_cannot_be_read_leave_it_to_the_next(self, tmp_path: Path) -> None:
        for first in (b"{", b"[]", BROKEN, b"", b" " * 8_000_001):
            path = file_of(tmp_path, [first, GOOD])
            assert here("validate", path).text.splitlines()[-1 - len(self.codes_of(first)) :] == [
                f"{path}: 2 lines, 1 good, 1 refused, 0 warnings",
                *(f"       1 {code}" for code in self.codes_of(first)),
            ]

        # However they come: here each line is longer than what is read at once.
        path = file_of(tmp_path, [GOOD[:20], b" " * AT_ONCE, b" " * AT_ONCE, GOOD])
        assert f"{path}: 4 lines, 1 good, 3 refused, 0 warnings\n" in here("validate", path).text
        path = file_of(tmp_path, [*[b"{"] * 19, GOOD])
        assert f"{path}: 20 lines, 1 good, 19 refused, 0 warnings\n" in here("validate", path).text

    def codes_of(self, line: bytes) -> list[str]:
        return sorted({str(each.code) for each in validate(Registration, line).findings})

    def test_several_files_and_documents_are_judged_in_their_order(self, tmp_path: Path) -> None:
        one, other = file_of(tmp_path, [GOOD]), file_of(tmp_path, [BAD], "b.jsonl")
        event, missing = EXAMPLES / "event.json", tmp_path / "missing.jsonl"
        for jobs in ("1", "2"):
            ended = here("validate", one, event, missing, other, event, "--jobs", jobs)
            assert ended.code == 3
            assert ended.err == f"Error: Cannot read {missing}: No such file or directory\n"
            assert [line for line in ended.text.splitlines() if line.startswith(("/", "C:"))] == [
                f"{one}: 1 line, 1 good, 0 refused, 0 warnings",
                f"{event}: good",
                f"{other}, line 1: 2 errors",
                f"{other}: 1 line, 0 good, 1 refused, 0 warnings",
                f"{event}: good",
            ]

    def test_names_and_findings_do_not_act_on_the_terminal(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD, BROKEN, b'{"\x1b]0;x":1}'], "a\x1b[2J\u202e.jsonl")
        ended = here("validate", path)
        assert ended.text.replace("\n", "").isprintable()
        assert ended.text.count(r"a\x1b[2J\u202e.jsonl") == 3
        missing = here("validate", tmp_path / "\x1b.jsonl")
        assert missing.err == f"Error: Cannot read {tmp_path}/\\x1b.jsonl: No such file or directory\n"

    def test_the_most_frequent_codes_are_told(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD, *[b"{"] * 3, *[b"\xff"] * 20])
        assert here("validate", path).text.endswith(
            f"{path}: 24 lines, 1 good, 23 refused, 0 warnings\n      20 not-utf8\n       3 not-json\n"
        )


class TestJson:
    """`--json`: an object for each line; the summary goes to standard error."""

    def test_each_line_is_an_object(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, MIXED)
        ended = here("validate", "--json", path)
        assert ended.code == 1
        assert ended.err.startswith(f"{path}: 6 lines, 3 good, 3 refused, 0 warnings\n")
        assert objects(ended.out) == [{"file": str(path), **each} for each in self.expected()]

    def test_the_report_is_a_file_of_them(self, tmp_path: Path) -> None:
        path, report = file_of(tmp_path, MIXED), tmp_path / "report.jsonl"
        ended = here("validate", path, "--report", report)
        assert objects(report.read_bytes()) == self.expected()
        assert report.read_bytes().splitlines() == [json.dumps(each).encode() for each in self.expected()]
        # Then standard output has the summary alone.
        assert ended.text.startswith(f"{path}: 6 lines, 3 good, 3 refused, 0 warnings\n")
        assert here("validate", "--json", path, "--report", report).out == here("validate", "--json", path).out

    def expected(self) -> list[dict[str, Any]]:
        outcomes = [validate(Registration, line) for line in MIXED]
        return [
            {
                "line": at,
                "ok": each.ok,
                "findings": [as_told(found) for found in each.findings],
                "omitted": each.omitted,
            }
            for at, each in enumerate(outcomes, 1)
        ]


class TestRejects:
    """`--rejects`: the refused lines byte for byte, so that they can be mended and sent again."""

    def test_refused_lines_are_kept_as_they_came(self, tmp_path: Path) -> None:
        path, rejects = tmp_path / "a.jsonl", tmp_path / "rejects"
        path.write_bytes(GOOD + b"\r\n" + BAD + b"\r\n" + BROKEN + b"\n\n" + BAD)
        assert here("validate", path, "--rejects", rejects).code == 1
        assert rejects.read_bytes() == BAD + b"\r\n" + BROKEN + b"\n\n" + BAD + b"\n"

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_a_line_that_is_too_long_is_kept_too(self, jobs: str, tmp_path: Path) -> None:
        long = b'{"id": "' + b"x" * 3_000_000 + b'"}'
        lines = [BAD, long, GOOD, long, BAD, long]
        path, rejects, report = file_of(tmp_path, lines), tmp_path / "rejects", tmp_path / "report"
        ended = here("validate", path, "--rejects", rejects, "--report", report, "--jobs", jobs)
        assert rejects.read_bytes() == b"".join(each + b"\n" for each in lines if each != GOOD)
        assert [(each["line"], each["ok"]) for each in objects(report.read_bytes())] == [
            (at, each == GOOD) for at, each in enumerate(lines, 1)
        ]
        assert ended.text.splitlines()[:2] == [
            f"{path}: 6 lines, 1 good, 5 refused, 0 warnings",
            "       3 payload-too-large",
        ]

    def test_warnings_alone_are_not_refused(self, tmp_path: Path) -> None:
        dossier, line = beside(tmp_path, needs=["visa-letter"])
        path, rejects = file_of(tmp_path, [line]), tmp_path / "rejects"
        options: list[str | Path] = ["--as", "registration", "--submission", "--dossier", dossier, "--now", NOW]
        ended = here("validate", path, *options, "--rejects", rejects)
        assert ended.code == 0
        assert rejects.read_bytes() == b""
        assert ended.text.splitlines()[0] == f"{path}, line 1: good, 1 warning"
        assert ended.text.endswith("1 line, 1 good, 0 refused, 1 warning\n       1 visa-letter-remote\n")


class TestDossier:
    """`--dossier`: each line is judged beside a dossier, at one moment, and not beside the other lines."""

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_each_line_is_judged_beside_it(self, jobs: str, tmp_path: Path) -> None:
        dossier, line = beside(tmp_path)
        twice = file_of(tmp_path, [line, line])
        options: list[str | Path] = ["--as", "registration", "--submission", "--dossier", dossier, "--jobs", jobs]
        assert here("validate", twice, *options, "--now", NOW).code == 0
        late = here("validate", twice, *options, "--now", "2023-05-18T08:15:00Z")
        assert late.code == 1
        assert late.text.count("[call-closed] ") == 2

    def test_a_document_is_judged_beside_it_too(self, tmp_path: Path) -> None:
        dossier, line = beside(tmp_path)
        options: list[str | Path] = ["--as", "registration", "--submission", "--dossier", dossier]
        late = here("validate", "-", *options, "--now", "2023-05-18T08:15:00Z", stdin=line)
        assert late.text.startswith("standard input: 1 error\n[call-closed] ")
        # The present moment is that of the environment where it is given there.
        assert here("validate", "-", *options, stdin=line, env={"SOURCE_DATE_EPOCH": "1681373700"}).code == 0

    def test_what_is_not_judged_beside_one_is_a_mistake(self, tmp_path: Path) -> None:
        dossier, _ = beside(tmp_path)
        event = json.dumps(json.loads((EXAMPLES / "event.json").read_bytes())).encode()
        for arguments in (["-"], ["--lines", "-"]):
            options: list[tuple[list[str | Path], str]] = [
                (["--dossier", dossier, "--now", NOW], "--dossier"),
                (["--submission"], "--submission"),
            ]
            for option, said in options:
                ended = here("validate", *arguments, *option, stdin=event)
                assert (ended.code, ended.out) == (2, b"")
                assert f"Error: {said} goes with what " in ended.err
                assert "registration, interpretation-request, pledge" in ended.err

    def test_a_dossier_with_errors_is_told(self, tmp_path: Path) -> None:
        dossier = tmp_path / "dossier.json"
        dossier.write_bytes(b'{"@type":"Dossier"}')
        ended = here("validate", "--lines", "-", "--dossier", dossier)
        assert (ended.code, ended.out) == (1, b"")
        assert (
            ended.err
            == f"{dossier}: 1 error\n[key-missing] at /event: {Code.KEY_MISSING.message}\n    {Code.KEY_MISSING.fix}\n"
        )


class TestMistakes:
    """2: options that go with one file of JSON Lines, and files that would be lost."""

    def test_some_options_go_with_one_file_of_lines(self, tmp_path: Path) -> None:
        path, event, out = file_of(tmp_path, [GOOD]), EXAMPLES / "event.json", tmp_path / "out"
        for option in (["--rejects", out], ["--report", out], ["--max-errors", "1"], ["--from-line", "1"]):
            for files in ([event], [path, path], [path, event], ["-"]):
                ended = here("validate", *files, *option)
                assert (ended.code, ended.out) == (2, b"")
                assert f"Error: {option[0]} goes with one file of JSON Lines" in ended.err
        assert not out.exists()

    def test_nothing_is_written_over_what_is_read(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD])
        dossier, _ = beside(tmp_path)
        link, out = tmp_path / "link", tmp_path / "out"
        link.symlink_to(path)
        before = path.read_bytes(), dossier.read_bytes()
        for arguments, said in (
            (["--rejects", path], "--rejects names a file that is read"),
            (["--report", link], "--report names a file that is read"),
            (["--report", dossier, "--dossier", dossier], "--report names a file that is read"),
            (["--rejects", out, "--report", out], "--rejects and --report name the same file"),
            (
                ["--rejects", out, "--report", tmp_path / "x" / ".." / "out"],
                "--rejects and --report name the same file",
            ),
            (["--rejects", "-"], "--rejects needs the name of a file"),
        ):
            ended = here("validate", path, *arguments)
            assert (ended.code, ended.out) == (2, b"")
            assert f"Error: {said}" in ended.err
        assert (path.read_bytes(), dossier.read_bytes()) == before

    @pytest.mark.parametrize("option", ["--rejects", "--report"])
    def test_nor_over_what_the_shell_has_opened(self, tmp_path: Path, option: str) -> None:
        path = file_of(tmp_path, [GOOD, b"{}"])
        before = path.read_bytes()
        arguments = ["validate", "--lines", "--as", "registration", option, path, "-"]
        with path.open("rb") as file:
            ended = subprocess.run(  # noqa: S603 - this interpreter
                [*PROGRAM, *map(str, arguments)],
                stdin=file,
                capture_output=True,
                check=False,
            )
        assert (ended.returncode, path.read_bytes()) == (2, before)
        assert b"names a file that is read; it would be lost" in ended.stderr

    def test_a_mistake_does_not_cost_the_rejects_of_before(self, tmp_path: Path) -> None:
        rejects = tmp_path / "rejects"
        rejects.write_bytes(BAD)
        assert here("validate", tmp_path / "missing.jsonl", "--rejects", rejects).code == 3
        assert here("validate", file_of(tmp_path, [b"{}"]), "--rejects", rejects).code == 2
        assert rejects.read_bytes() == BAD

    @pytest.mark.parametrize(
        "arguments", [["--jobs", "0"], ["--jobs", "65"], ["--max-errors", "0"], ["--from-line", "0"]]
    )
    def test_a_number_that_is_none_is_a_mistake(self, arguments: list[str], tmp_path: Path) -> None:
        assert here("validate", file_of(tmp_path, [GOOD]), *arguments).code == 2


class TestFailing:
    """3: what cannot be read or written, and where to go on."""

    def test_a_file_that_cannot_be_written_gets_one_line(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [BAD])
        for option in ("--rejects", "--report"):
            ended = here("validate", path, option, tmp_path)
            assert (ended.code, ended.out, ended.err) == (3, b"", f"Error: Cannot write {tmp_path}: Is a directory\n")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
    def test_a_full_device_gets_one_line(self, tmp_path: Path) -> None:
        ended = here("validate", file_of(tmp_path, [BAD]), "--rejects", "/dev/full", "--report", tmp_path / "report")
        assert (ended.code, ended.out) == (3, b"")
        assert ended.err == "Error: Cannot write /dev/full: No space left on device\n"
        # What was told of the line is taken back, so that both files speak of the same lines.
        assert (tmp_path / "report").read_bytes() == b""
        here("validate", file_of(tmp_path, [BAD]), "--report", "/dev/full", "--rejects", tmp_path / "rejects")
        assert (tmp_path / "rejects").read_bytes() == b""

    def test_where_to_go_on_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = file_of(tmp_path, [GOOD] * 2_000)
        read = Incoming.read

        def failing(incoming: Incoming, count: int) -> bytes:
            if incoming.position:
                raise CannotError("Cannot read it")
            return read(incoming, count)

        monkeypatch.setattr(Incoming, "read", failing)
        lines = path.read_bytes()[:AT_ONCE].count(b"\n")
        ended = here("validate", path)
        assert ended.text == f"{path}: {lines} lines, {lines} good, 0 refused, 0 warnings\n"
        assert ended.err == f"Error: Cannot read it. Go on with --from-line {lines + 1}.\n"

    def test_a_process_that_died_is_told_like_every_other_stop(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = file_of(tmp_path, [GOOD] * 2_000)
        write = Outgoing.write

        def killing(outgoing: Outgoing, content: bytes) -> None:
            for worker in crews[0]._workers:
                worker.kill()
            write(outgoing, content)

        crews: list[Crew] = []
        enter = Crew.__enter__

        def entered(crew: Crew) -> Crew:
            crews.append(crew)
            return enter(crew)

        monkeypatch.setattr(Crew, "__enter__", entered)
        monkeypatch.setattr(Outgoing, "write", killing)
        report = tmp_path / "report"
        ended = here("validate", path, "--jobs", "2", "--report", report)
        told = len(objects(report.read_bytes()))
        assert 0 < told < 2_000
        assert (ended.code, ended.text) == (3, f"{path}: {told} lines, {told} good, 0 refused, 0 warnings\n")
        assert ended.err == (
            f"Error: A process that judges ended unexpectedly, with exit code -9. Go on with --from-line {told + 1}.\n"
        )

    def test_where_standard_output_fails_there_is_no_summary(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = file_of(tmp_path, [*[GOOD] * 300, BAD])

        def failing(*_: object, **__: object) -> None:
            raise CannotError("Cannot write to standard output: it is closed")

        for name in ("deliver", "write_text"):
            monkeypatch.setattr(f"wtisd_model.cli.lines.{name}", failing)
        ended = here("validate", path)
        assert (ended.code, ended.out) == (3, b"")
        assert ended.err == "Error: Cannot write to standard output: it is closed. Go on with --from-line 251.\n"

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no file here that opens and fails")
    def test_a_file_that_fails_while_it_is_read_gets_one_line(self) -> None:
        ended = here("validate", "--lines", "/proc/self/mem")
        assert (ended.code, ended.out, ended.err) == (3, b"", "Error: Cannot read /proc/self/mem: Input/output error\n")

    @pytest.mark.skipif(os.name != "posix", reason="there is no POSIX shell")
    def test_closed_streams_get_one_line(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [BAD])
        closed = ["/bin/sh", "-c", 'exec "$@" <&- >&-', "sh"]
        assert (
            process("validate", "--lines", "-", command=closed).err
            == "Error: Cannot read standard input: it is closed\n"
        )
        assert process("validate", path, command=closed).err == "Error: Cannot write to standard output: it is closed\n"

    @pytest.mark.parametrize("as_json", [[], ["--json"]])
    def test_packed_data_that_is_cut_off_cannot_be_read(self, as_json: list[str], tmp_path: Path) -> None:
        path, rejects, report = tmp_path / "a.jsonl.gz", tmp_path / "rejects", tmp_path / "report"
        path.write_bytes(gzip.compress((GOOD + b"\n") * 10)[:-8])
        ended = here("validate", path, *as_json, "--rejects", rejects, "--report", report)
        assert ended.code == 3
        said = f"Error: Cannot read {path} from line 11 on: no gzip, damaged or cut off. Fetch the file again"
        assert ended.err.endswith(f"{said}, and go on with --from-line 11.\n")
        assert [each["line"] for each in objects(report.read_bytes())] == list(range(1, 11))
        assert rejects.read_bytes() == b""
        # It is said even where nothing is wanted before that.
        ended_early = here("validate", path, "--from-line", "500")
        assert (ended_early.code, ended_early.err) == (3, f"{said}, and go on with --from-line 500.\n")
        # What was fetched again is told as if it had been whole at once.
        path.write_bytes(gzip.compress((GOOD + b"\n") * 12))
        assert here("validate", path, "--report", report, "--from-line", "11").code == 0
        assert [each["line"] for each in objects(report.read_bytes())] == list(range(1, 13))
        path.write_bytes(b"")
        ended = here("validate", path, *as_json)
        assert ended.code == 3
        assert ended.err.endswith(
            f"Error: Cannot read {path} from line 1 on: no gzip, damaged or cut off. Fetch the file again.\n"
        )


class TestStopping:
    """`--max-errors` stops, `--from-line` goes on, and both together are as one run."""

    def test_it_stops_after_so_many_refused_lines(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD, BAD, GOOD, BAD, GOOD, BAD])
        rejects, report = tmp_path / "rejects", tmp_path / "report"
        for jobs in ("1", "2"):
            for most, last in ((1, 2), (2, 4), (3, 6)):
                ended = here(
                    "validate",
                    path,
                    "--max-errors",
                    str(most),
                    "--rejects",
                    rejects,
                    "--report",
                    report,
                    "--jobs",
                    jobs,
                )
                assert ended.code == 1
                assert ended.text.startswith(f"{path}: {last} lines, {last - most} good, {most} refused, 0 warnings\n")
                counted = "1 line" if most == 1 else f"{most} lines"
                assert ended.err == f"Stopped: {counted} refused. Go on with --from-line {last + 1}.\n"
                assert len(objects(report.read_bytes())) == last
                assert rejects.read_bytes() == (BAD + b"\n") * most
            assert here("validate", path, "--max-errors", "4", "--jobs", jobs).err == ""

    @given(st.data())
    def test_stopped_and_resumed_is_as_one_run(self, data: st.DataObject) -> None:
        kinds = st.sampled_from([GOOD, GOOD, BAD, BROKEN, b"", b"x" * 1_000_001])
        lines = data.draw(st.lists(kinds, min_size=1, max_size=12))
        most = data.draw(st.integers(1, 3))
        with TemporaryDirectory() as name:
            folder = Path(name)
            path = file_of(folder, lines)
            arguments: list[str | Path] = ["validate", path, "--as", "registration", "--json"]
            whole = here(*arguments, "--rejects", folder / "r1", "--report", folder / "p1")
            outputs: list[str | Path] = ["--rejects", folder / "r2", "--report", folder / "p2"]
            out, more = b"", list[str]()
            while True:
                ended = here(*arguments, *outputs, *more, "--max-errors", str(most))
                out += ended.out
                again = re.search(r"Go on with --from-line ([0-9]+)\.", ended.err)
                if again is None:
                    break
                more = ["--from-line", again[1]]
            assert out == whole.out
            for one, other in (("r1", "r2"), ("p1", "p2")):
                assert (folder / one).read_bytes() == (folder / other).read_bytes()

    def test_the_moment_of_the_clock_is_kept(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [BAD, BAD])
        ended = here(
            "validate", path, "--as", "registration", "--submission", "--max-errors", "1",
            env={"SOURCE_DATE_EPOCH": "1681373700"},
        )  # fmt: skip
        assert ended.err == f"Stopped: 1 line refused. Go on with --from-line 2 --now {NOW}.\n"

    def test_lines_before_are_not_judged(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [BAD, b"x" * 3_000_000, *[GOOD] * 600, BAD])
        ended = here("validate", path, "--as", "registration", "--from-line", "3")
        assert ended.text.splitlines()[0] == f"{path}, line 603: 2 errors"
        assert f"{path}: 601 lines, 600 good, 1 refused, 0 warnings" in ended.text
        assert here("validate", path, "--as", "registration", "--from-line", "604").text == (
            f"{path}: 0 lines, 0 good, 0 refused, 0 warnings\n"
        )

    def test_a_line_beyond_the_end_is_told(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD] * 3)
        ended = here("validate", path, "--from-line", "4")
        assert (ended.code, ended.err) == (0, f"{path} ends before line 4: there was nothing to judge.\n")
        assert here("validate", path, "--from-line", "3").err == ""
        assert here("validate", file_of(tmp_path, []), "--from-line", "1").err == ""


class TestInterrupts:
    """130, or 143 on SIGTERM: it says at which line it stopped and how to go on; what was written is whole."""

    @pytest.mark.slow
    @pytest.mark.parametrize(("jobs", "number", "code"), [("1", SIGINT, 130), ("2", SIGINT, 130), ("2", SIGTERM, 143)])
    def test_a_run_that_is_interrupted_goes_on_as_if_it_had_not_been(
        self, jobs: str, number: signal.Signals, code: int, tmp_path: Path
    ) -> None:
        lines = [BAD if at % 3 else GOOD for at in range(1_200)]
        raw = b"".join(each + b"\n" for each in lines)
        fifo = tmp_path / "fifo"
        os.mkfifo(fifo)
        options: list[str | Path] = ["--lines", "--json", "--jobs", jobs]
        outputs: list[str | Path] = ["--rejects", tmp_path / "r2", "--report", tmp_path / "p2"]
        begun = subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "validate", fifo, *options, *outputs], stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        with begun as started, fifo.open("wb", buffering=0) as pipe:
            # All but the end of a line, so that it waits in the middle of one. Elsewhere an interrupt may come too; but
            # where the coverage of this is measured, it could come while the tracer holds a lock of its own.
            feeding = threading.Thread(target=pipe.write, args=(raw[:-10],), daemon=True)
            feeding.start()
            if started.stdout is None:
                raise AssertionError
            out = b"".join(started.stdout.readline() for _ in range(250))
            while select.select([started.stdout], [], [], 1)[0]:
                out += started.stdout.read(65_536)
            started.send_signal(number)
            try:
                rest, err = started.communicate(timeout=60)
            finally:
                started.kill()
        out += rest
        said = re.search(rb"Interrupted before line ([0-9]+)\. Go on with --from-line ([0-9]+)\.\n", err)
        assert said is not None
        assert (started.returncode, said[1]) == (code, said[2])
        assert f"{fifo}: {int(said[1]) - 1} lines, ".encode() in err
        assert b"Traceback" not in err
        path = file_of(tmp_path, lines)
        path = path.rename(tmp_path / "whole")
        resumed = here("validate", path, *options, *outputs, "--from-line", said[2].decode())
        whole = here("validate", path, "--lines", "--json", "--rejects", tmp_path / "r1", "--report", tmp_path / "p1")
        assert resumed.code == whole.code == 1
        assert out.replace(b"/fifo", b"/whole") + resumed.out == whole.out
        for one, other in (("r1", "r2"), ("p1", "p2")):
            assert (tmp_path / one).read_bytes() == (tmp_path / other).read_bytes()

    def test_what_is_kept_of_a_long_line_is_taken_back(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path, rejects = file_of(tmp_path, [BAD, b"x" * 3_000_000, BAD]), tmp_path / "rejects"
        read = Incoming.read

        def interrupted(incoming: Incoming, count: int) -> bytes:
            if incoming.position > 2_000_000:
                raise KeyboardInterrupt
            return read(incoming, count)

        with monkeypatch.context() as patch:
            patch.setattr(Incoming, "read", interrupted)
            ended = here("validate", path, "--as", "registration", "--rejects", rejects)
        assert (ended.code, ended.err) == (130, "Interrupted before line 2. Go on with --from-line 2.\n")
        assert rejects.read_bytes() == BAD + b"\n"
        here("validate", path, "--as", "registration", "--rejects", rejects, "--from-line", "2")
        assert rejects.read_bytes() == path.read_bytes()

    @pytest.mark.parametrize(("number", "kind"), [(SIGINT, KeyboardInterrupt), (SIGTERM, TerminatedError)])
    def test_an_interrupt_waits_until_all_is_written(self, number: int, kind: type[BaseException]) -> None:
        done: list[int] = []

        def interrupted() -> None:
            with terminating(), undisturbed():
                signal.raise_signal(number)
                done.append(1)

        with pytest.raises(kind) as raised:
            interrupted()
        assert raised.type is kind
        assert done == [1]
        assert (signal.getsignal(SIGINT), signal.getsignal(SIGTERM)) == (signal.default_int_handler, signal.SIG_DFL)

    @pytest.mark.parametrize("first", [SIGINT, SIGTERM])
    @pytest.mark.parametrize(("second", "kind"), [(SIGINT, KeyboardInterrupt), (SIGTERM, TerminatedError)])
    def test_a_second_one_does_not_wait(self, first: int, second: int, kind: type[BaseException]) -> None:
        done: list[int] = []

        def interrupted() -> None:
            with terminating(), undisturbed():
                signal.raise_signal(first)
                signal.raise_signal(second)
                done.append(1)

        with pytest.raises(kind) as raised:
            interrupted()
        assert raised.type is kind
        assert done == []
        assert (signal.getsignal(SIGINT), signal.getsignal(SIGTERM)) == (signal.default_int_handler, signal.SIG_DFL)

    @pytest.mark.parametrize("number", [SIGINT, SIGTERM])
    def test_who_lets_it_be_ignored_has_his_way(self, number: int) -> None:
        before = signal.signal(number, signal.SIG_IGN)
        try:
            with terminating(), undisturbed():
                signal.raise_signal(number)
                assert signal.getsignal(number) is signal.SIG_IGN
        finally:
            signal.signal(number, before)

    def test_another_thread_leaves_it_alone(self) -> None:
        seen: list[object] = []

        def look() -> None:
            with terminating(), undisturbed():
                seen.extend((signal.getsignal(SIGINT), signal.getsignal(SIGTERM)))

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert seen == [signal.default_int_handler, signal.SIG_DFL]


class TestProgress:
    """A bar on standard error, where that is a terminal."""

    def test_it_tells_how_far_a_file_is_read(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD] * 300)
        shown, out = on_a_terminal("validate", path)
        assert out == here("validate", path).out
        assert b"  0%" in shown
        assert b"100%  line 300" in shown

    def test_of_a_pipe_nobody_knows_the_end(self) -> None:
        shown, _ = on_a_terminal("validate", "--lines", "-", stdin=GOOD + b"\n" + GOOD)
        assert b"standard input" in shown
        assert b"line 2" in shown
        assert b"%" not in shown

    def test_it_makes_way_for_what_is_told(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [BAD])
        shown, _ = on_a_terminal("validate", path, both=True)
        written = shown.replace(b"\x1b[?25l", b"").replace(b"\x1b[?25h", b"").replace(b"\r\n", b"\n")
        lines = [line.rsplit(b"\r", 1)[-1] for line in written.split(b"\n")]
        told = here("validate", path).out.splitlines()
        assert [line for line in lines if b"%" not in line and line] == told

    def test_elsewhere_there_is_none(self, tmp_path: Path) -> None:
        assert process("validate", file_of(tmp_path, [GOOD])).err == ""


NOW = "2023-04-13T08:15:00Z"


def beside(folder: Path, **changes: object) -> tuple[Path, bytes]:
    """Write a dossier without registrations, and give a submission for its event."""
    path = folder / "dossier.json"
    path.write_bytes(to_json(Dossier(event=from_json(Event, (EXAMPLES / "event.json").read_bytes()))))
    return path, json.dumps(json.loads(SUBMITTED) | changes).encode()
