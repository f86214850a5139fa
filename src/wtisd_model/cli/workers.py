"""Several processes that judge: tasks go to them, and what they tell comes back in the order of the tasks.

Each is a new Python that reads frames of MessagePack from its standard input and answers on its standard output. A pool
of the standard library would import the main script of the caller again, whatever that does, and before Python 3.11.5
it hangs where a process dies while a large task is sent to it (CPython issue 94777).
"""

import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Final, Self, TypeVar, cast

from msgspec import msgpack

from wtisd_model.cli.judging import Document, Judge, Lines, Orders, Task, Told
from wtisd_model.cli.streams import CannotError, cannot_write

T = TypeVar("T")

# What a new Python runs. It looks for modules where this one does, and never first in the folder where the user stands.
_BEGIN: Final = "import sys; sys.path[:] = sys.argv[1:]; from wtisd_model.cli.workers import begin; begin()"
_LENGTH: Final = 8


class Crew:
    """Judges tasks, here or with so many processes as *jobs* says; they start when they are needed."""

    def __init__(self, orders: Orders, jobs: int) -> None:
        self._orders = orders
        self._jobs = jobs
        self._judge: Judge | None = None
        self._threads = ThreadPoolExecutor(max_workers=jobs)
        self._workers: list[_Worker] = []
        self._idle: deque[_Worker] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            # They hold nothing that could be lost, and nobody waits for what they would say.
            for worker in self._workers:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def judge(self, task: Task, most: int | None = None) -> Told:
        """Judge a task here and now."""
        if self._judge is None:
            self._judge = Judge(self._orders)
        return self._judge(task, most)

    def in_order(self, tasks: Iterable[tuple[T, Task | Told]]) -> Iterator[tuple[T, Told]]:
        """Judge tasks, and give what was told in their order, each with what came with it; what is told already stays.

        Raises:
            CannotError: a process cannot be started, or ends before it has answered.
        """
        begun: deque[tuple[T, Future[Told]]] = deque()
        for mark, task in tasks:
            begun.append((mark, self._begin(task)))
            # Few are held at a time; and what is told already is given before the next task comes, which may be late.
            while begun and (len(begun) > self._jobs + 1 or begun[0][1].done()):
                first, future = begun.popleft()
                yield first, future.result()
        for mark, future in begun:
            yield mark, future.result()

    def _begin(self, task: Task | Told) -> Future[Told]:
        if self._jobs > 1 and not isinstance(task, Told):
            return self._threads.submit(self._ask, task)
        future = Future[Told]()
        future.set_result(task if isinstance(task, Told) else self.judge(task))
        return future

    def _ask(self, task: Task) -> Told:
        # There are as many threads as jobs, so where no worker is idle one is still missing.
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = _Worker(self._orders)
            self._workers.append(worker)
        told = worker.ask(task)
        self._idle.append(worker)
        return told


class _Worker:
    """A process that judges."""

    def __init__(self, orders: Orders) -> None:
        options = ["-P", *["-O"] * sys.flags.optimize, *(f"-W{each}" for each in sys.warnoptions)]
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program, in this very interpreter
                [sys.executable, *options, "-c", _BEGIN, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # An interrupt is for the process that was started by a person; it ends the others.
                process_group=0,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            reason = error.strerror or type(error).__name__
        else:
            self._process = process
            self._orders: bytes | None = msgpack.encode(orders)
            return
        raise CannotError(f"Cannot start a process that judges: {reason}")

    def ask(self, task: Task) -> Told:
        """Let it judge a task.

        Raises:
            CannotError: it ended before it answered.
        """
        process = self._process
        to, back = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)  # both were asked for
        try:
            if self._orders is not None:
                _send(to, self._orders)
                self._orders = None
            _send(to, msgpack.encode(task))
            answer = _receive(back)
        except OSError:
            answer = None
        if answer is None:
            self.kill()
            raise CannotError(f"A process that judges ended unexpectedly, with exit code {process.wait()}.")
        return msgpack.decode(answer, type=Told)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """End it once it has nothing to do, and wait for that."""
        with suppress(OSError):  # It is gone, and what was meant for it is still in the pipe.
            self._process.communicate()


def begin() -> None:
    """Begin to `serve`, as a process of its own."""
    # Who ends a service may ask all its processes to end. That is for the one that was started by a person: it says
    # where it stopped, and ends the others, as they end by themselves where it is gone.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    serve()


def serve() -> None:
    """Judge what comes in on standard input: orders, then tasks."""
    try:
        judge = Judge(msgpack.decode(_receive(sys.stdin.buffer) or b"", type=Orders))
        while (task := _receive(sys.stdin.buffer)) is not None:
            _send(sys.stdout.buffer, msgpack.encode(judge(msgpack.decode(task, type=Document | Lines))))
    except OSError as error:
        # Who asked is gone.
        cannot_write(error)


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(_LENGTH))
    stream.write(content)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """Read what was sent; None where nothing more comes, or less than was announced."""
    length = stream.read(_LENGTH)
    content = stream.read(int.from_bytes(length)) if len(length) == _LENGTH else b""
    return content if len(length) == _LENGTH and len(content) == int.from_bytes(length) else None
