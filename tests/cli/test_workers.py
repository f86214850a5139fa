"""Several processes: as one, byte for byte; and one that dies is an error, not a hang."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack

from tests.cli.running import EXAMPLES, Ended, here
from wtisd_model.cli import workers
from wtisd_model.cli.judging import Document, Judge, Lines, Orders, Told
from wtisd_model.cli.streams import CannotError
from wtisd_model.cli.workers import Crew, serve

REGISTRATION = (EXAMPLES / "registration.json").read_bytes()
GOOD = REGISTRATION.replace(b"\n", b"")
LINES = st.sampled_from([GOOD, GOOD, GOOD.replace(b'"mode"', b'"mod"'), b"{", b"\xff", b"", b"x" * 1_000_001])
ORDERS = Orders(report=True, rejects=True)


def lines(count: int, first: int = 1) -> Lines:
    """Make a task of good lines."""
    return Lines(file=b"a.jsonl", kind="registration", first=first, lines=[GOOD] * count)


def outputs(folder: Path, jobs: int, *arguments: str | Path) -> tuple[Ended, bytes, bytes]:
    """Validate a file with so many processes; give all that comes out."""
    rejects, report = folder / f"rejects-{jobs}", folder / f"report-{jobs}"
    ended = here("validate", *arguments, "--rejects", rejects, "--report", report, "--jobs", str(jobs))
    return ended, rejects.read_bytes(), report.read_bytes()


class TestAsOne:
    """`--jobs N`: the same output in the same order as one process gives."""

    @pytest.mark.parametrize("more", [["--json"], ["--json", "--max-errors", "90"], ["--from-line", "700"]])
    def test_two_processes_write_what_one_writes(self, more: list[str], tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        bad = [GOOD.replace(b'"mode"', b'"mod"'), b"{", b"\xff", b"", b"x" * 1_000_001]
        path.write_bytes(b"".join((bad[at % 50] if at % 50 < 5 else GOOD) + b"\n" for at in range(1_500)))
        arguments: list[str | Path] = [path, "--as", "registration", *more]
        assert outputs(tmp_path, 1, *arguments) == outputs(tmp_path, 2, *arguments)

    @given(st.lists(LINES, max_size=8), st.integers(1, 4))
    def test_however_lines_are_dealt_out_what_is_told_is_the_same(self, content: list[bytes], size: int) -> None:
        judge = Judge(ORDERS)

        def told(step: int) -> tuple[str, bytes, bytes]:
            tasks = [
                judge(Lines(file=b"a", kind="registration", first=at + 1, lines=content[at : at + step]))
                for at in range(0, len(content), step)
            ]
            return (
                "".join(each.text for each in tasks),
                b"".join(each.report for each in tasks),
                b"".join(each.rejects for each in tasks),
            )

        assert told(size) == told(100)

    def test_documents_are_told_in_their_order(self, tmp_path: Path) -> None:
        files: list[str | Path] = [EXAMPLES / "event.json", EXAMPLES / "pledge.json", tmp_path / "missing"] * 3
        one, two = (here("validate", *files, "--jobs", jobs) for jobs in ("1", "2"))
        assert one == two
        assert one.code == 3
        assert one.err.count("\n") == 3

    def test_a_mistake_of_the_command_is_told_in_its_turn(self, tmp_path: Path) -> None:
        nameless = tmp_path / "a.json"
        nameless.write_bytes(b"{}")
        one, two = (
            here("validate", EXAMPLES / "event.json", nameless, EXAMPLES / "event.json", "--jobs", jobs)
            for jobs in ("1", "2")
        )
        assert one == two
        assert one.code == 2
        assert one.text == f"{EXAMPLES / 'event.json'}: good\n"


class TestCrew:
    """Tasks go out as bytes and come back as text, in order, few at a time."""

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_what_is_told_comes_back_with_its_mark(self, jobs: int) -> None:
        tasks = [(at, lines(1, at)) for at in range(1, 8)]
        with Crew(ORDERS, jobs) as crew:
            told = list(crew.in_order(tasks))
        assert [mark for mark, _ in told] == list(range(1, 8))
        assert [each.report for _, each in told] == [
            b'{"line": %d, "ok": true, "findings": [], "omitted": 0}\n' % at for at in range(1, 8)
        ]

    def test_what_is_told_already_stays(self) -> None:
        ready = Told(text="x")
        with Crew(ORDERS, 2) as crew:
            assert list(crew.in_order([(1, ready)])) == [(1, ready)]

    def test_few_tasks_are_taken_before_the_first_is_told(self) -> None:
        taken = []

        def tasks() -> object:
            for at in range(1, 100):
                taken.append(at)
                yield at, lines(1, at)

        with Crew(ORDERS, 2) as crew:
            next(crew.in_order(tasks()))  # type: ignore[arg-type] # it is an iterator
            assert len(taken) <= 4

    def test_a_process_that_dies_is_an_error(self) -> None:
        with Crew(ORDERS, 2) as crew:
            told = crew.in_order((at, lines(250, at)) for at in range(1, 1_000))
            next(told)
            for worker in crew._workers:
                os.kill(worker._process.pid, signal.SIGKILL)
            with pytest.raises(CannotError, match=r"A process that judges ended unexpectedly, with exit code -9\."):
                list(told)

    def test_one_that_dies_while_a_large_task_is_sent_is_an_error_too(self) -> None:
        """CPython issue 94777: there a pool of the standard library hangs."""
        with Crew(ORDERS, 2) as crew:
            next(crew.in_order([(1, lines(1))]))
            os.kill(crew._workers[0]._process.pid, signal.SIGSTOP)
            task = Document(file=b"a", kind="registration", raw=b"x" * 8_000_000)
            future = crew._threads.submit(crew._ask, task)
            time.sleep(0.2)  # The pipe is full by now.
            assert not future.done()
            os.kill(crew._workers[0]._process.pid, signal.SIGKILL)
            with pytest.raises(CannotError, match="ended unexpectedly"):
                future.result(timeout=60)

    def test_none_is_left_behind(self) -> None:
        with Crew(ORDERS, 2) as crew:
            list(crew.in_order((at, lines(1, at)) for at in range(1, 20)))
        assert [each._process.returncode for each in crew._workers] == [0] * len(crew._workers)
        crew = Crew(ORDERS, 2)

        def interrupted() -> None:
            with crew:
                next(crew.in_order((at, lines(1, at)) for at in range(1, 20)))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert all(each._process.returncode is not None for each in crew._workers)

    def test_one_that_cannot_be_started_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        with Crew(ORDERS, 2) as crew, pytest.raises(CannotError, match="Cannot start a process that judges: No such"):
            list(crew.in_order([(1, lines(1))]))

    def test_where_the_user_stands_no_module_is_looked_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A program that is started with ``-m`` looks there first; a folder of uploads is no place for that."""
        (tmp_path / "msgspec.py").write_text("raise SystemExit(7)")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "path", [each for each in sys.path if each not in {"", "."}])
        with Crew(ORDERS, 2) as crew:
            assert next(iter(crew.in_order([(1, lines(1))])))[1].lines == 1


class TestServe:
    """The other end: frames come in on standard input, and each is answered."""

    def served(self, monkeypatch: pytest.MonkeyPatch, frames: list[bytes], *, cut: int = 0) -> bytes:
        content = b"".join(len(each).to_bytes(8, "big") + each for each in frames)
        answers = io.BytesIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content[: len(content) - cut])))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(answers))
        serve()
        return answers.getvalue()

    def test_each_task_is_answered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        frames = [msgpack.encode(each) for each in (ORDERS, lines(2))]
        answer = msgpack.decode(self.served(monkeypatch, frames)[8:], type=Told)
        assert answer == Judge(ORDERS)(lines(2))

    @pytest.mark.parametrize("cut", [1, 1_000])
    def test_a_frame_that_is_cut_off_is_none(self, cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
        frames = [msgpack.encode(each) for each in (ORDERS, lines(2))]
        assert self.served(monkeypatch, frames, cut=cut) == b""
        length = len(frames[1])
        assert self.served(monkeypatch, frames, cut=length + 3) == b""

    def test_it_ends_quietly_where_nobody_listens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise BrokenPipeError

        monkeypatch.setattr(workers, "_send", broken)
        monkeypatch.setattr(workers, "cannot_write", lambda error: error)
        self.served(monkeypatch, [msgpack.encode(each) for each in (ORDERS, lines(2))])

    def test_what_asks_all_processes_to_end_is_for_the_first(self) -> None:
        with Crew(ORDERS, 2) as crew:
            next(crew.in_order([(1, lines(1))]))
            for worker in crew._workers:
                os.kill(worker._process.pid, signal.SIGTERM)
            assert next(crew.in_order([(2, lines(1, 2))]))[1].lines == 1

    def test_one_whose_owner_is_killed_ends(self) -> None:
        code = (
            "import os, signal\n"
            "from tests.cli.test_workers import ORDERS, lines\n"
            "from wtisd_model.cli.workers import Crew\n"
            "crew = Crew(ORDERS, 2)\n"
            "next(crew.in_order([(1, lines(1))]))\n"
            "print(crew._workers[0]._process.pid, flush=True)\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        ended = subprocess.run(  # noqa: S603 - our own code, in this very interpreter
            [sys.executable, "-c", code], capture_output=True, check=False, cwd=Path(__file__).parents[2]
        )
        pid = int(ended.stdout)
        for _ in range(200):
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                break
            time.sleep(0.05)
        else:
            pytest.fail("it is still there")
        assert ended.stderr == b""
