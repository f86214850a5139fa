"""Streams and files that fail, and misleading file names."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.replies import PERSON, REPLIES
from tests.cli.running import EXAMPLES, PROGRAM, TO_CSV, TO_ICAL, Ended, here, process
from tests.samples.invited import EVENT as EVENT_OF_SAMPLES
from tests.samples.invited import LATER
from wtisd_model import Dossier, LocalizedText, Session, to_json, wtisd_23
from wtisd_model.cli.console import (
    CannotError,
    OutputFile,
    cannot_write,
    escaped,
    name_of,
    say,
    write,
    write_file,
    write_text,
)

FULL = Path("/dev/full")
EVENT = str(EXAMPLES / "event.json")

needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
needs_shell = pytest.mark.skipif(os.name != "posix", reason="there is no POSIX shell")


def one_line(ended: Ended) -> str:
    """Return the only line of the message."""
    line, rest = ended.err.split("\n", 1)
    assert rest == ""
    return line


@pytest.fixture
def broken_pipe() -> Iterator[IO[bytes]]:
    """A pipe without a reader."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb", buffering=0) as pipe:
        yield pipe


def a_long_event() -> bytes:
    """Return an event that is larger than the buffer of a pipe."""
    event = wtisd_23()
    text = LocalizedText(text="x" * 10_000, language="en")
    if event.slot is None:
        raise AssertionError
    sessions = (Session(id=f"s-{each}", title=event.title, description=text, slot=event.slot) for each in range(100))
    return to_json(evolve(event, sessions=tuple(sessions)))


WRITERS = [
    ["schema", "event"],
    [*TO_ICAL, EVENT],
    ["convert", EVENT],
    ["validate", EVENT],
    ["validate", "--json", EVENT],
    ["doctor"],
    ["--version"],
    ["--help"],
    ["schema", "--help"],
]


ONE_DATABASE = {"PYTHONTZPATH": ""}
"""Lets `doctor` compare no time zones."""


class TestStandardOutput:
    """Exit code 3: a failure to write is reported in one line. Exit code 141: the reader has gone, as `head` does."""

    @pytest.mark.parametrize("arguments", WRITERS, ids=lambda each: each[0])
    def test_a_broken_pipe_is_no_error(self, arguments: list[str], broken_pipe: IO[bytes]) -> None:
        ended = process(*arguments, stdout=broken_pipe, env=ONE_DATABASE)
        assert (ended.err, ended.code) == ("", 141)

    @needs_full
    @pytest.mark.parametrize("arguments", WRITERS[-4:], ids=lambda each: each[0])
    def test_a_full_device_gets_one_line(self, arguments: list[str]) -> None:
        with FULL.open("wb") as full:
            ended = process(*arguments, stdout=full, env=ONE_DATABASE)
        assert one_line(ended) == f"Error: Cannot write to standard output: {os.strerror(errno.ENOSPC)}"
        assert ended.code == 3

    @pytest.mark.parametrize("unbuffered", ["", "1"])
    def test_a_reader_may_stop_in_the_middle(self, unbuffered: str, tmp_path: Path) -> None:
        """``python -u``: a write that takes less than all is no write of all."""
        path = tmp_path / "long.json"
        path.write_bytes(a_long_event())
        with subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "convert", path],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        ) as started:
            if started.stdout is None or started.stderr is None:
                raise AssertionError
            assert started.stdout.read(1) == b"{"
            started.stdout.close()
            assert started.stderr.read() == b""
        assert started.returncode == 141

    def test_everything_is_written_without_a_buffer_too(self) -> None:
        long = a_long_event()
        assert process("convert", "-", stdin=long, env={"PYTHONUNBUFFERED": "1"}).out == long

    @needs_full
    def test_a_full_standard_error_does_not_change_the_exit_code(self) -> None:
        with FULL.open("wb") as full:
            assert process("convert", "nowhere.json", stderr=full).code == 3
            assert process("schema", stderr=full).code == 2

    @needs_shell
    def test_closed_streams_get_one_line(self) -> None:
        def closed(redirection: str, *arguments: str) -> Ended:
            return process(*arguments, command=["/bin/sh", "-c", f'exec "$@" {redirection}', "sh"])

        assert one_line(closed("<&-", "convert", "-")) == "Error: Cannot read standard input: it is closed"
        assert one_line(closed(">&-", "convert", EVENT)) == "Error: Cannot write to standard output: it is closed"
        assert one_line(closed(">&-", "--version")) == "Error: Cannot write to standard output: it is closed"
        assert closed(">&- 2>&-", "convert", EVENT).code == 3

    def test_failures_in_this_process_are_reported_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Full:
            encoding = "utf-8"
            buffer: IO[bytes]

            def write(self, _: object) -> int:
                raise OSError(errno.ENOSPC, "full")

            def flush(self) -> None:
                pass

            def fileno(self) -> int:
                raise OSError

        full = Full()
        full.buffer = full  # type: ignore[assignment] # as much of a stream as is used
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(CannotError) as raised:
            write(b"x")
        assert str(raised.value) == "Cannot write to standard output: full"
        assert str(cannot_write(BrokenPipeError())) == "Cannot write to standard output: BrokenPipeError"
        monkeypatch.setattr(sys, "stderr", full)
        say("nobody hears this")
        monkeypatch.setattr(sys, "stderr", None)
        say("nor this")
        monkeypatch.setattr(sys, "stdout", None)
        with pytest.raises(CannotError, match="closed"):
            write_text("x")


class TestFiles:
    """Exit code 3: a failure to read or write is reported in one line, with the name and the reason."""

    @pytest.mark.parametrize("command", [["validate"], ["check"], ["convert"], [*TO_ICAL]], ids=" ".join)
    def test_a_missing_file_and_a_folder_get_one_line(self, command: list[str], tmp_path: Path) -> None:
        for path, number in ((tmp_path / "missing.json", errno.ENOENT), (tmp_path, errno.EISDIR)):
            ended = here(*command, path)
            assert one_line(ended) == f"Error: Cannot read {path}: {os.strerror(number)}"
            assert (ended.code, ended.out) == (3, b"")

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no file here that opens and fails")
    def test_a_file_that_fails_while_it_is_read_gets_one_line(self) -> None:
        ended = here("convert", "/proc/self/mem")
        assert one_line(ended) == f"Error: Cannot read /proc/self/mem: {os.strerror(errno.EIO)}"
        assert ended.code == 3

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without an end")
    def test_an_endless_file_is_read_up_to_the_limit(self) -> None:
        for kind, bound in (("pledge", 1_000_000), ("event", 8_000_000)):
            ended = here("validate", "/dev/zero", "--as", kind)
            assert ended.code == 1
            assert f"[payload-too-large] Larger than {bound:,} bytes." in ended.text
        assert "Larger than 8,000,000 bytes." in here("validate", "/dev/zero").text

    def test_a_folder_that_cannot_be_made_gets_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        for arguments in (["demo", "--out"], ["schema", "--out"]):
            ended = here(*arguments, tmp_path / "file")
            assert one_line(ended).startswith(f"Error: Cannot make the folder {tmp_path / 'file'}")
            assert (ended.code, ended.out) == (3, b"")

    def test_a_file_that_cannot_be_written_gets_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "wtisd-23.ics").mkdir()
        place = tmp_path / "wtisd-23.ics"
        for ended in (here("demo", "--out", tmp_path), here(*TO_ICAL, EVENT, "--out", place)):
            assert one_line(ended) == f"Error: Cannot write {place}: {os.strerror(errno.EISDIR)}"
            assert (ended.code, ended.out) == (3, b"")

    @needs_full
    def test_a_full_device_as_a_file_gets_one_line(self) -> None:
        ended = here(*TO_ICAL, EVENT, "--out", FULL)
        assert one_line(ended) == f"Error: Cannot write {FULL}: {os.strerror(errno.ENOSPC)}"
        assert ended.code == 3


class TestOutputFile:
    """A file takes the place of an older one when it is complete, through links too, and keeps its permissions."""

    def test_a_block_that_fails_leaves_the_older_one(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(b"old")

        def fail() -> None:
            with OutputFile(path) as file:
                file.write(b"new")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            fail()
        assert (path.read_bytes(), [*tmp_path.iterdir()]) == (b"old", [path])

    def test_it_is_replaced_where_a_link_leads(self, tmp_path: Path) -> None:
        path, link = tmp_path / "a", tmp_path / "b"
        path.write_bytes(b"old")
        path.chmod(0o640)
        link.symlink_to(path)
        with OutputFile(link) as file:
            file.write(b"new")
            assert path.read_bytes() == b"old"
        assert file.replaces
        assert link.is_symlink()
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)

    def test_permissions_hold_while_it_is_written(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(b"old")
        path.chmod(0o600)
        with OutputFile(path) as file:
            file.write(b"new")
            assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}
        with OutputFile(tmp_path / "b") as file:
            file.write(b"new")
        assert (tmp_path / "b").stat().st_mode == _new_file(tmp_path).stat().st_mode

    def test_a_link_to_nothing_leads_to_the_new_file(self, tmp_path: Path) -> None:
        (tmp_path / "b").symlink_to(tmp_path / "a")
        assert not write_file(tmp_path / "b", b"new")
        assert (tmp_path / "b").is_symlink()
        assert (tmp_path / "a").read_bytes() == b"new"

    def test_a_link_to_itself_is_no_file(self, tmp_path: Path) -> None:
        link = tmp_path / "a"
        link.symlink_to(link)
        with pytest.raises(CannotError, match=os.strerror(errno.ELOOP)):
            write_file(link, b"new")
        assert [*tmp_path.iterdir()] == [link]
        ended = here("convert", str(EXAMPLES / "event.json"), "--to", "ical", "--out", str(link))
        assert (ended.code, ended.err) == (3, f"Error: Cannot write {link}: {os.strerror(errno.ELOOP)}\n")

    def test_a_long_name_is_no_hindrance(self, tmp_path: Path) -> None:
        assert not write_file(tmp_path / ("a" * 255), b"new")

    def test_a_file_that_may_not_be_written_is_not_replaced(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a"
        path.write_bytes(b"old")
        path.chmod(0o444)
        monkeypatch.setattr(os, "access", lambda asked, mode: (asked, mode) != (path, os.W_OK))  # root may write it
        with pytest.raises(CannotError, match=os.strerror(errno.EACCES)):
            write_file(path, b"new")
        assert (path.read_bytes(), [*tmp_path.iterdir()]) == (b"old", [path])

    @pytest.mark.parametrize("failing", ["os.fsync", "shutil.copymode", "pathlib.Path.replace"])
    def test_nothing_is_left_of_a_file_that_cannot_be_finished(
        self, failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise OSError(errno.ENOSPC, "full")

        path = tmp_path / "a"
        path.write_bytes(b"old")
        monkeypatch.setattr(failing, fail)
        with pytest.raises(CannotError, match=r"Cannot write .*: full"):
            write_file(path, b"new")
        assert (path.read_bytes(), [*tmp_path.iterdir()]) == (b"old", [path])

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
    def test_a_pipe_is_written_directly(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe"
        os.mkfifo(path)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with OutputFile(path) as file:
            file.write(b"new")
        assert os.read(reader, 10) == b"new"
        os.close(reader)
        assert path.is_fifo()


def _new_file(folder: Path) -> Path:
    (folder / "c").touch()
    return folder / "c"


_RUN_EACH = """
import json, resource, sys
from wtisd_model.cli.main import run
usual = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, usual[1]))
print(json.dumps([run(each) for each in json.loads(sys.argv[1])]))
resource.setrlimit(resource.RLIMIT_FSIZE, usual)
"""


def contents(folder: Path) -> dict[Path, bytes]:
    """Return the content of every file in a folder and those below it."""
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


class TestFullDisk:
    """A command that cannot write all of a file leaves the older one, and nothing else."""

    def test_every_output_is_the_older_one_or_the_new_one(self, tmp_path: Path) -> None:
        """RLIMIT_FSIZE: a write beyond the limit fails, as on a full disk."""
        given, out = tmp_path / "given", tmp_path / "out"
        given.mkdir()
        out.mkdir()
        before = Dossier(event=evolve(EVENT_OF_SAMPLES, sequence=1), registrations=(PERSON,))
        after = evolve(before, event=before.event.postpone(at=LATER))
        for name, dossier in (("before", before), ("after", after)):
            (given / f"{name}.json").write_bytes(to_json(dossier))
        shutil.copy(given / "before.json", out / "dossier.json")
        (given / "registrations.jsonl").write_bytes(to_json(PERSON) + b"\n{" + b" " * 200 + b"\n")
        reply = str(REPLIES / "google-declined.eml")
        invite = ["invite", f"{given}/before.json", f"{given}/registrations.jsonl"]
        commands = [
            ["demo", "--out", f"{out}/demo"],
            ["schema", "--out", f"{out}/schemas"],
            [*TO_ICAL, EVENT, "--out", f"{out}/event.ics"],
            [*TO_CSV, f"{given}/before.json", "--as", "registration", "--out", f"{out}/table.csv"],
            ["convert", "--from", "ical", f"{out}/demo/wtisd-23.ics", "--out", f"{out}/events.jsonl"],
            ["reply", reply, "--out", f"{out}/replies.jsonl"],
            ["reply", reply, "--dossier", f"{out}/dossier.json", "--out", f"{out}/dossier.json"],
            *([*invite, "--out", f"{out}/{form}", "--format", form] for form in ("ics", "eml", "mbox")),
            [*invite, "--out", f"{out}/rejecting", "--format", "mbox", "--rejects", f"{out}/rejected.jsonl"],
            *(
                ["updates", f"{given}/before.json", f"{given}/after.json", "--out", f"{out}/updates", "--format", form]
                for form in ("ics", "mbox")
            ),
            ["validate", f"{given}/registrations.jsonl", "--rejects", f"{out}/r.jsonl"],
        ]
        for each in commands:
            assert here(*each).code in {0, 1}, each
            shutil.rmtree(out / "updates", ignore_errors=True)
        whole = contents(out)
        assert len(whole) > 40
        limited = process(command=[sys.executable, "-c", _RUN_EACH, json.dumps(commands)])
        assert json.loads(limited.text.splitlines()[-1]) == [3] * len(commands), limited.err
        assert contents(out) == whole

    @pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    def test_a_run_that_is_ended_leaves_the_older_file(self, number: signal.Signals, tmp_path: Path) -> None:
        path = tmp_path / "rejects"
        path.write_bytes(b"old")
        with subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "validate", "--lines", "--as", "registration", "-", "--rejects", path],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            # A process that is killed would leave half of its record of coverage.
            env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
        ) as started:
            if started.stdin is None:
                raise AssertionError
            started.stdin.write(b"{}\n")
            while not any(each.stat().st_size for each in tmp_path.glob("*.part")):
                time.sleep(0.01)
            started.send_signal(number)
            started.wait(60)
            started.stdin.close()
        assert path.read_bytes() == b"old"
        # Nobody can clean up after SIGKILL.
        assert [each.suffix for each in tmp_path.iterdir() if each != path] == [".part"] * (number == signal.SIGKILL)


_READ_IN_ONE_PROCESS = """
import sys
from wtisd_model.cli.main import run
codes = [run(["validate", sys.argv[-1]]), run(["validate", "--json", sys.argv[-1]])]
print(end="\\0", flush=True)
sys.exit(any([*codes, run(["convert", sys.argv[-1]])]))
"""


class TestNames:
    """Control and bidi characters in a name are escaped, and bytes that are not text are allowed."""

    @given(st.text(st.characters()))
    def test_escaped_text_is_printable(self, text: str) -> None:
        assert escaped(text).isprintable()
        assert escaped(escaped(text)) == escaped(text)

    @given(st.text(st.characters(exclude_categories=["C", "Z"])))
    def test_printable_text_is_unchanged(self, text: str) -> None:
        assert escaped(text) == text

    def test_each_kind_is_escaped(self) -> None:
        assert escaped("\x00\x1b\n\x7f\x9b\u061c\u200f\u202e\u2066\u2028\udcff") == (
            r"\x00\x1b\n\x7f\x9b\u061c\u200f\u202e\u2066\u2028\udcff"
        )
        assert name_of("é \u202egnp.json") == r"é \u202egnp.json"
        assert name_of("-") == "standard input"

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "env",
        [
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"LC_ALL": "POSIX"},
            {"PYTHONIOENCODING": "ascii"},
            {"PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C.UTF-8"},
            {"PYTHONIOENCODING": "latin-1"},
        ],
        ids=str,
    )
    def test_every_locale_works(self, env: dict[str, str], tmp_path: Path) -> None:
        name = os.fsencode(tmp_path) + "/é\u0416\u202e".encode() + b"\xff.json"
        Path(os.fsdecode(name)).write_bytes((EXAMPLES / "event.json").read_bytes())
        missing = process("validate", name, name + b".no", env=env)
        assert missing.code == 3
        assert one_line(missing).endswith(os.strerror(errno.ENOENT))
        ended = process(name, env=env, command=(sys.executable, "-W", "error", "-c", _READ_IN_ONE_PROCESS))
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.endswith(b"\0" + here("convert", EVENT).out)
