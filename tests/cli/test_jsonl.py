"""JSON Lines: in every command that reads them, and in `validate`, which reports, keeps and counts."""

import gzip
import json
import os
import select
import signal
import subprocess
import threading
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGTERM
from typing import Any

import pytest
from click import UsageError
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import EXAMPLES, PROGRAM, Ended, here, process
from tests.hypothesis_profiles import LAW
from wtisd_model import Code, Dossier, Event, Finding, Registration, from_json, to_json, validate
from wtisd_model.cli.console import InputFile, UnreadableError
from wtisd_model.cli.jsonl import READ_SIZE, split
from wtisd_model.cli.loading import may_be_lines

EVENT = EXAMPLES / "event.json"
REGISTRATION = json.loads((EXAMPLES / "registration.json").read_bytes())
REQUEST = json.loads((EXAMPLES / "interpretation-request.json").read_bytes())
PLEDGE = json.loads((EXAMPLES / "pledge.json").read_bytes())

READING = {
    "validate": ("validate", "--lines", "{}"),
    "csv": ("convert", "--to", "csv", "--lines", "{}"),
    "invite": ("invite", str(EVENT), "{}", "--out", "out"),
    "interpretation": ("interpretation", str(EVENT), "{}"),
    "interpretation --requests": ("interpretation", str(EVENT), "--requests", "{}"),
    "pledges": ("pledges", "--lines", "{}", "--by", "kind", "--on", "2024-01-01"),
}
"""Every command that reads JSON Lines, with the place of the file."""

DOCUMENT = dict.fromkeys(READING, REGISTRATION) | {"interpretation --requests": REQUEST, "pledges": PLEDGE}
"""The documents that each of them reads."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def command(name: str, file: str) -> list[str]:
    return [each.format(file) for each in READING[name]]


class TestDamage:
    """Damaged gzip ends with 3, like every file that cannot be read."""

    @pytest.mark.parametrize("name", READING)
    def test_a_file_that_is_cut_off_ends_every_command_with_3(self, name: str) -> None:
        line = f"{json.dumps(DOCUMENT[name])}\n".encode()
        Path("cut.jsonl.gz").write_bytes(gzip.compress(line * 20)[:-4])
        ended = here(*command(name, "cut.jsonl.gz"))
        assert ended.code == 3
        assert "damaged" in ended.err

    @pytest.mark.parametrize("name", READING)
    def test_a_file_that_is_gzip_by_name_only_ends_with_3(self, name: str) -> None:
        Path("plain.jsonl.gz").write_bytes(json.dumps(DOCUMENT[name]).encode())
        assert here(*command(name, "plain.jsonl.gz")).code == 3

    @pytest.mark.parametrize("name", ["interpretation", "interpretation --requests", "pledges"])
    def test_there_is_no_plan_and_no_total_of_an_incomplete_file(self, name: str) -> None:
        line = f"{json.dumps(DOCUMENT[name])}\n".encode()
        Path("cut.jsonl.gz").write_bytes(gzip.compress(line * 3)[:-4])
        ended = here(*command(name, "cut.jsonl.gz"))
        assert (ended.code, ended.out) == (3, b"")
        assert ended.err == (
            "Error: Cannot read cut.jsonl.gz from line 4 on: its gzip is damaged or cut off. Fetch the file again.\n"
        )


ARRAY = "a JSON array, not JSON Lines, which have one document per line. Convert it with `jq -c '.[]'`."
OBJECT = (
    "one JSON document over several lines, not JSON Lines, which have one document per line. Convert it with `jq -c .`."
)


class TestDocuments:
    """A document over several lines is one error, not an error in each line."""

    @pytest.mark.parametrize("name", READING)
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (json.dumps([REGISTRATION]), ARRAY),
            (json.dumps([REGISTRATION, REGISTRATION], indent=2), ARRAY),
            (json.dumps([REGISTRATION, REGISTRATION]).replace(", {", ",\n{"), ARRAY),
            (f"\n\n{json.dumps(REGISTRATION, indent=2)}", OBJECT),
            (json.dumps(REGISTRATION).replace(", ", ",\n"), OBJECT),
            (f'{{"registrations": [\n{json.dumps(REGISTRATION)}\n]}}', OBJECT),
        ],
    )
    def test_every_command_reports_one_error(self, name: str, content: str, said: str) -> None:
        for file, raw in (("a.json", content.encode()), ("a.jsonl.gz", gzip.compress(content.encode()))):
            Path(file).write_bytes(raw)
            ended = here(*command(name, file))
            assert (ended.code, ended.out) == (2, b"")
            assert ended.err.splitlines()[-1] == f"Error: {file} is {said}"
            assert not Path("out").exists() or [*Path("out").iterdir()] == []

    def test_the_type_on_the_command_line_makes_no_difference(self) -> None:
        ended = here("validate", "-", "--lines", "--as", "registration", stdin=b"[\n{}\n]")
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err.endswith(f"\nError: standard input is {ARRAY}\n")

    @pytest.mark.parametrize("first", [b"{", b"[]", b"[", b'{"id": "r-1",', b'{"id": "r-1", "eventUid', b"nothing"])
    def test_a_broken_first_line_is_still_a_line(self, first: bytes) -> None:
        second = json.dumps(REGISTRATION).encode()
        ended = here("validate", "-", "--lines", stdin=b"\n".join([first, second, second]))
        assert (ended.code, ended.err) == ((2, ended.err) if first == b"[" else (1, ""))


MEMBERS = st.dictionaries(
    st.text(max_size=3),
    st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
    max_size=3,
)


def are_lines(raw: bytes) -> bool:
    """Return True if bytes are taken for JSON Lines."""
    Path("drawn").write_bytes(raw)
    with InputFile("drawn") as incoming:
        try:
            assert b"\n".join(piece for part in split(incoming, "event")[1] for piece in part.pieces) in {
                raw,
                raw.removesuffix(b"\n"),
            }
        except UsageError:
            return False
    return True


class TestLaws:
    """Objects, one per line, are JSON Lines; an indented object or an array of objects is not."""

    @LAW
    @given(st.lists(MEMBERS, max_size=4))
    def test_lines_are_lines(self, objects: list[dict[str, Any]]) -> None:
        assert are_lines(b"".join(json.dumps(each).encode() + b"\n" for each in objects))

    @LAW
    @given(st.lists(MEMBERS, min_size=1, max_size=4), st.none() | st.integers(0, 4))
    def test_an_array_is_refused(self, objects: list[dict[str, Any]], indent: int | None) -> None:
        assert not are_lines(json.dumps(objects, indent=indent).encode())

    @LAW
    @given(MEMBERS.filter(bool), st.integers(0, 4))
    def test_an_object_over_several_lines_is_refused(self, members: dict[str, Any], indent: int) -> None:
        raw = json.dumps(members, indent=indent).encode()
        assert not are_lines(raw)
        assert not may_be_lines(raw)


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
    """Parse JSON Lines."""
    return [json.loads(line) for line in raw.splitlines()]


def as_object(found: Finding, line: int, column: int) -> dict[str, Any]:
    """Write a finding as the program does."""
    members = {name: getattr(found, name) for name in ("code", "severity", "path", "message", "fix", "params")}
    return {**members, "line": line, "column": column}


class TestLines:
    """Lines with findings are reported, then a summary: lines, good, refused, warnings, frequent codes."""

    def test_findings_are_reported_with_their_line(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, MIXED)
        ended = here("validate", path)
        assert (ended.code, ended.err) == (1, "")
        assert ended.text == (
            f"{path}, line 2: 2 errors\n"
            f"[key-unknown] at /mod: {Code.KEY_UNKNOWN.message} (line 2, column 274)\n"
            f'    Did you mean "mode"? {Code.KEY_UNKNOWN.fix}\n'
            f"[key-missing] at /mode: {Code.KEY_MISSING.message} (line 2, column 1)\n"
            f"    {Code.KEY_MISSING.fix}\n"
            f"{path}, line 4: 1 error\n"
            f"[not-utf8] {Code.NOT_UTF8.message} (line 4, column 1)\n"
            f"    {Code.NOT_UTF8.fix}\n"
            f"{path}, line 5: 1 error\n"
            "[not-json] Not valid JSON: parsing stopped at byte 0. (line 5, column 1)\n"
            f"    {Code.NOT_JSON.fix}\n"
            f"{path}: 6 lines, 3 good, 3 refused, 0 warnings\n"
            "       1 key-missing\n"
            "       1 key-unknown\n"
            "       1 not-json\n"
            "       1 not-utf8\n"
        )

    def test_good_lines_are_only_counted(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD])
        assert here("validate", path) == Ended(0, f"{path}: 1 line, 1 good, 0 refused, 0 warnings\n".encode(), "")

    def test_a_file_without_lines_is_good(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [])
        assert here("validate", path).text == f"{path}: 0 lines, 0 good, 0 refused, 0 warnings\n"

    @pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.JSONL", "a.jsonl.gz", "a.ndjson.GZ"])
    def test_lines_are_recognized_by_the_file_name(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / name
        raw = GOOD + b"\n" + GOOD
        path.write_bytes(gzip.compress(raw) if name.lower().endswith("gz") else raw)
        assert here("validate", path).text == f"{path}: 2 lines, 2 good, 0 refused, 0 warnings\n"

    def test_lines_can_be_requested_by_an_option(self, tmp_path: Path) -> None:
        raw = GOOD + b"\n" + GOOD
        expected = "2 lines, 2 good, 0 refused, 0 warnings\n"
        for stdin in (raw, gzip.compress(raw)):
            assert here("validate", "--lines", "-", stdin=stdin).text == f"standard input: {expected}"
        path = file_of(tmp_path, [GOOD, GOOD], "a.txt")
        assert here("validate", "--lines", path).text == f"{path}: {expected}"

    def test_a_document_that_may_be_lines_gets_a_hint(self, tmp_path: Path) -> None:
        lines = file_of(tmp_path, [GOOD, b"{"], "a.txt")
        packed = tmp_path / "a\x1b.gz"
        packed.write_bytes(gzip.compress(GOOD))
        ended = here("validate", lines, EXAMPLES / "event.json", packed, "--json")
        assert ended.code == 1
        assert [each["ok"] for each in objects(ended.out)] == [False, True, False]
        assert ended.err == (
            f"{lines}: if it is JSON Lines, use --lines.\n{tmp_path}/a\\x1b.gz: if it is JSON Lines, use --lines.\n"
        )
        ended = here("validate", "-", stdin=GOOD + b"\n" + GOOD)
        assert (ended.code, ended.err) == (1, "standard input: if it is JSON Lines, use --lines.\n")
        for document in (GOOD + b"\n \n", BAD, b"[]\n{}", b'{"id":\n"r"}', b"{\n", b""):
            assert here("validate", "-", "--as", "registration", stdin=document).err == ""

    def test_the_type_is_that_of_the_first_line_with_one_or_of_the_option(self, tmp_path: Path) -> None:
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
                ' give them "@type", or use --as TYPE.\n'
            )

    def test_invalid_first_lines_are_skipped_in_the_search_for_the_type(self, tmp_path: Path) -> None:
        for first in (b"{", b"[]", BROKEN, b"", b" " * 8_000_001):
            path = file_of(tmp_path, [first, GOOD])
            assert here("validate", path).text.splitlines()[-1 - len(self.codes_of(first)) :] == [
                f"{path}: 2 lines, 1 good, 1 refused, 0 warnings",
                *(f"       1 {code}" for code in self.codes_of(first)),
            ]

        # However they come: here each line is longer than what is read at once.
        path = file_of(tmp_path, [GOOD[:20], b" " * READ_SIZE, b" " * READ_SIZE, GOOD])
        assert f"{path}: 4 lines, 1 good, 3 refused, 0 warnings\n" in here("validate", path).text
        path = file_of(tmp_path, [*[b"{"] * 19, GOOD])
        assert f"{path}: 20 lines, 1 good, 19 refused, 0 warnings\n" in here("validate", path).text

    def codes_of(self, line: bytes) -> list[str]:
        return sorted({str(each.code) for each in validate(Registration, line).findings})

    def test_several_files_and_documents_are_validated_in_order(self, tmp_path: Path) -> None:
        one, other = file_of(tmp_path, [GOOD]), file_of(tmp_path, [BAD], "b.jsonl")
        event, missing = EXAMPLES / "event.json", tmp_path / "missing.jsonl"
        ended = here("validate", one, event, missing, other, event)
        assert ended.code == 3
        assert ended.err == f"Error: Cannot read {missing}: No such file or directory\n"
        assert [line for line in ended.text.splitlines() if line.startswith(("/", "C:"))] == [
            f"{one}: 1 line, 1 good, 0 refused, 0 warnings",
            f"{event}: good",
            f"{other}, line 1: 2 errors",
            f"{other}: 1 line, 0 good, 1 refused, 0 warnings",
            f"{event}: good",
        ]

    def test_control_characters_are_escaped(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD, BROKEN, b'{"\x1b]0;x":1}'], "a\x1b[2J\u202e.jsonl")
        ended = here("validate", path)
        assert ended.text.replace("\n", "").isprintable()
        assert ended.text.count(r"a\x1b[2J\u202e.jsonl") == 3
        missing = here("validate", tmp_path / "\x1b.jsonl")
        assert missing.err == f"Error: Cannot read {tmp_path}/\\x1b.jsonl: No such file or directory\n"

    def test_the_most_frequent_codes_are_listed(self, tmp_path: Path) -> None:
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

    def expected(self) -> list[dict[str, Any]]:
        outcomes = [validate(Registration, line) for line in MIXED]
        columns = {Code.KEY_UNKNOWN: 274}
        return [
            {
                "line": at,
                "ok": each.ok,
                "findings": [as_object(found, at, columns.get(Code(found.code), 1)) for found in each.findings],
                "omitted": each.omitted,
            }
            for at, each in enumerate(outcomes, 1)
        ]


class TestRejects:
    """`--rejects`: the refused lines byte for byte, so that they can be corrected and sent again."""

    def test_refused_lines_are_kept_unchanged(self, tmp_path: Path) -> None:
        path, rejects = tmp_path / "a.jsonl", tmp_path / "rejects"
        path.write_bytes(GOOD + b"\r\n" + BAD + b"\r\n" + BROKEN + b"\n\n" + BAD)
        assert here("validate", path, "--rejects", rejects).code == 1
        assert rejects.read_bytes() == BAD + b"\r\n" + BROKEN + b"\n\n" + BAD + b"\n"

    def test_an_overlong_line_is_kept_too(self, tmp_path: Path) -> None:
        long = b'{"id": "' + b"x" * 3_000_000 + b'"}'
        lines = [BAD, long, GOOD, long, BAD, long]
        path, rejects = file_of(tmp_path, lines), tmp_path / "rejects"
        ended = here("validate", path, "--json", "--rejects", rejects)
        assert rejects.read_bytes() == b"".join(each + b"\n" for each in lines if each != GOOD)
        assert [(each["line"], each["ok"]) for each in objects(ended.out)] == [
            (at, each == GOOD) for at, each in enumerate(lines, 1)
        ]
        assert ended.err.splitlines()[:2] == [
            f"{path}: 6 lines, 1 good, 5 refused, 0 warnings",
            "       3 payload-too-large",
        ]

    def test_warnings_alone_are_not_refused(self, tmp_path: Path) -> None:
        dossier, line = dossier_and_line(tmp_path, needs=["visa-letter"])
        path, rejects = file_of(tmp_path, [line]), tmp_path / "rejects"
        options: list[str | Path] = ["--as", "registration", "--submission", "--dossier", dossier, "--now", NOW]
        ended = here("validate", path, *options, "--rejects", rejects)
        assert ended.code == 0
        assert rejects.read_bytes() == b""
        assert ended.text.splitlines()[0] == f"{path}, line 1: good, 1 warning"
        assert ended.text.endswith("1 line, 1 good, 0 refused, 1 warning\n       1 visa-letter-remote\n")


class TestDossier:
    """`--dossier`: each line is validated against a dossier, at one moment, and not against the other lines."""

    def test_each_line_is_validated_against_it(self, tmp_path: Path) -> None:
        dossier, line = dossier_and_line(tmp_path)
        twice = file_of(tmp_path, [line, line])
        options: list[str | Path] = ["--as", "registration", "--submission", "--dossier", dossier]
        assert here("validate", twice, *options, "--now", NOW).code == 0
        late = here("validate", twice, *options, "--now", "2023-05-18T08:15:00Z")
        assert late.code == 1
        assert late.text.count("[call-closed] ") == 2

    def test_a_document_is_validated_against_it_too(self, tmp_path: Path) -> None:
        dossier, line = dossier_and_line(tmp_path)
        options: list[str | Path] = ["--as", "registration", "--submission", "--dossier", dossier]
        late = here("validate", "-", *options, "--now", "2023-05-18T08:15:00Z", stdin=line)
        assert late.text.startswith("standard input: 1 error\n[call-closed] ")
        # The present moment is that of the environment where it is given there.
        assert here("validate", "-", *options, stdin=line, env={"SOURCE_DATE_EPOCH": "1681373700"}).code == 0

    def test_other_types_are_a_usage_error(self, tmp_path: Path) -> None:
        dossier, _ = dossier_and_line(tmp_path)
        event = json.dumps(json.loads((EXAMPLES / "event.json").read_bytes())).encode()
        for arguments in (["-"], ["--lines", "-"]):
            options: list[tuple[list[str | Path], str]] = [
                (["--dossier", dossier, "--now", NOW], "--dossier"),
                (["--submission"], "--submission"),
            ]
            for option, said in options:
                ended = here("validate", *arguments, *option, stdin=event)
                assert (ended.code, ended.out) == (2, b"")
                assert f"Error: {said} is only for a registration, " in ended.err

    def test_errors_in_the_dossier_are_reported(self, tmp_path: Path) -> None:
        dossier = tmp_path / "dossier.json"
        dossier.write_bytes(b'{"@type":"Dossier"}')
        ended = here("validate", "--lines", "-", "--dossier", dossier)
        assert (ended.code, ended.out) == (1, b"")
        assert ended.err == (
            f"{dossier}: 1 error\n"
            f"[key-missing] at /event: {Code.KEY_MISSING.message} (line 1, column 1)\n"
            f"    {Code.KEY_MISSING.fix}\n"
        )


class TestMistakes:
    """Exit code 2: options for one file of JSON Lines, and files that would be overwritten."""

    def test_some_options_go_with_one_file_of_lines(self, tmp_path: Path) -> None:
        path, event, out = file_of(tmp_path, [GOOD]), EXAMPLES / "event.json", tmp_path / "out"
        for files in ([event], [path, path], [path, event], ["-"]):
            ended = here("validate", *files, "--rejects", out)
            assert (ended.code, ended.out) == (2, b"")
            assert "Error: --rejects needs exactly one file of JSON Lines" in ended.err
        assert not out.exists()

    def test_the_input_is_not_overwritten(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD])
        dossier, _ = dossier_and_line(tmp_path)
        link = tmp_path / "link"
        link.symlink_to(path)
        before = path.read_bytes(), dossier.read_bytes()
        for arguments, said in (
            (["--rejects", path], "--rejects names a file that is read"),
            (["--rejects", link], "--rejects names a file that is read"),
            (["--rejects", dossier, "--dossier", dossier], "--rejects names a file that is read"),
            (["--rejects", "-"], "--rejects needs the name of a file"),
        ):
            ended = here("validate", path, *arguments)
            assert (ended.code, ended.out) == (2, b"")
            assert f"Error: {said}" in ended.err
        assert (path.read_bytes(), dossier.read_bytes()) == before

    def test_standard_input_is_not_overwritten(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [GOOD, b"{}"])
        before = path.read_bytes()
        arguments = ["validate", "--lines", "--as", "registration", "--rejects", path, "-"]
        with path.open("rb") as file:
            ended = subprocess.run(  # noqa: S603 - this interpreter
                [*PROGRAM, *map(str, arguments)],
                stdin=file,
                capture_output=True,
                check=False,
            )
        assert (ended.returncode, path.read_bytes()) == (2, before)
        assert b"names a file that is read; it would be lost" in ended.stderr

    def test_an_error_leaves_older_rejects_unchanged(self, tmp_path: Path) -> None:
        rejects = tmp_path / "rejects"
        rejects.write_bytes(BAD)
        assert here("validate", tmp_path / "missing.jsonl", "--rejects", rejects).code == 3
        assert here("validate", file_of(tmp_path, [b"{}"]), "--rejects", rejects).code == 2
        assert rejects.read_bytes() == BAD


class TestFailing:
    """3: what cannot be read or written. Then older rejects stay as they were."""

    def test_a_file_that_cannot_be_written_gets_one_line(self, tmp_path: Path) -> None:
        path = file_of(tmp_path, [BAD])
        ended = here("validate", path, "--rejects", tmp_path)
        assert (ended.code, ended.out, ended.err) == (3, b"", f"Error: Cannot write {tmp_path}: Is a directory\n")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
    def test_a_full_device_gets_one_line(self, tmp_path: Path) -> None:
        ended = here("validate", file_of(tmp_path, [BAD]), "--rejects", "/dev/full")
        assert ended.code == 3
        assert ended.err == "Error: Cannot write /dev/full: No space left on device\n"

    def test_the_lines_before_a_failure_are_summed_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path, rejects = file_of(tmp_path, [GOOD] * 2_000), tmp_path / "rejects"
        pieces = [path.read_bytes()[:READ_SIZE]]

        def failing(_file: InputFile, _count: int) -> bytes:
            if not pieces:
                raise UnreadableError("Cannot read it")
            return pieces.pop()

        monkeypatch.setattr(InputFile, "read", failing)
        lines = path.read_bytes()[:READ_SIZE].count(b"\n")
        ended = here("validate", path, "--rejects", rejects)
        assert (ended.code, ended.err) == (3, "Error: Cannot read it\n")
        assert ended.text == f"{path}: {lines:,} lines, {lines:,} good, 0 refused, 0 warnings\n"
        assert not rejects.exists()

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
    def test_gzip_that_is_cut_off_is_an_error(self, as_json: list[str], tmp_path: Path) -> None:
        path, rejects = tmp_path / "a.jsonl.gz", tmp_path / "rejects"
        path.write_bytes(gzip.compress((GOOD + b"\n") * 10)[:-8])
        ended = here("validate", path, *as_json, "--rejects", rejects)
        assert ended.code == 3
        said = f"Error: Cannot read {path} from line {{}} on: its gzip is damaged or cut off. Fetch the file again.\n"
        assert ended.err.endswith(said.format(11))
        assert f"{path}: 10 lines, 10 good, 0 refused, 0 warnings\n" in ended.text + ended.err
        assert not rejects.exists()
        path.write_bytes(b"")
        ended = here("validate", path, *as_json)
        assert (ended.code, ended.out, ended.err) == (3, b"", said.format(1))


class TestInterrupts:
    """130, or 143 on SIGTERM, or 129 on SIGHUP: what was validated is summed up, and no file is half-written."""

    @pytest.mark.slow
    @pytest.mark.parametrize(("number", "code"), [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)])
    def test_a_run_that_is_interrupted_leaves_nothing_behind(
        self, number: signal.Signals, code: int, tmp_path: Path
    ) -> None:
        raw = (BAD + b"\n") * 1_200
        fifo, rejects = tmp_path / "fifo", tmp_path / "rejects"
        os.mkfifo(fifo)
        options: list[str | Path] = ["--lines", "--json", "--rejects", rejects]
        begun = subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "validate", fifo, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        with begun as started, fifo.open("wb", buffering=0) as pipe:
            # All but the end of a line, so that it waits in the middle of one.
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
        lines = (out + rest).count(b"\n")
        assert started.returncode == code
        assert f"{fifo}: {lines:,} lines, ".encode() in err
        assert err.endswith(b"Interrupted.\n") == (number == SIGINT)
        assert b"Traceback" not in err
        assert [each.name for each in tmp_path.iterdir()] == ["fifo"]

    def test_an_interrupt_before_the_first_line_has_nothing_to_sum_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(_file: InputFile, _count: int) -> bytes:
            raise KeyboardInterrupt

        monkeypatch.setattr(InputFile, "read", interrupted)
        ended = here("validate", file_of(tmp_path, [GOOD]), "--as", "registration")
        assert (ended.code, ended.out, ended.err) == (130, b"", "Interrupted.\n")


NOW = "2023-04-13T08:15:00Z"


def dossier_and_line(folder: Path, **changes: object) -> tuple[Path, bytes]:
    """Write a dossier without registrations, and return it with a submission for its event."""
    path = folder / "dossier.json"
    path.write_bytes(to_json(Dossier(event=from_json(Event, (EXAMPLES / "event.json").read_bytes()))))
    return path, json.dumps(json.loads(SUBMITTED) | changes).encode()
