"""What a page may count on and WebAssembly lacks: an event loop that blocks, and frameworks' clients for tests.

There are neither threads nor sockets. A coroutine that waits for its own tasks and for time alone needs neither.
"""

import asyncio
import contextlib
import inspect
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from types import ModuleType
from typing import Any


class _Nothing:
    """What a loop asks for what happened outside, where nothing does."""

    @staticmethod
    def select(timeout: float | None) -> list[object]:
        if timeout is None:
            raise RuntimeError("this waits for something outside of WebAssembly, and would wait forever")
        time.sleep(timeout)
        return []


class Loop(asyncio.BaseEventLoop):
    """An event loop whose tasks wait for one another and for time; what would run in a thread runs at once."""

    def __init__(self) -> None:
        """Begin without tasks."""
        super().__init__()
        self._selector = _Nothing()

    def settle(self) -> None:
        """Run until all tasks wait: a client may next wait for one of them, which no other thread would end."""
        while self._ready:  # type: ignore[attr-defined] # what is to run next
            self.run_until_complete(asyncio.sleep(0))

    def _process_events(self, event_list: list[object]) -> None:
        """Process nothing."""

    def _write_to_self(self) -> None:
        """Wake nobody: there is no other thread."""

    def run_in_executor(self, _executor: object, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]  # of functions with any arguments
        """Run a function now."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it is raised where the result is awaited
            done.set_exception(error)
        return done


def run(main: Coroutine[Any, Any, Any], *, debug: bool | None = None, loop_factory: object = None) -> Any:  # noqa: ARG001 - the loop is ours
    """Run a coroutine, as `asyncio.run` does."""
    with _outside(), asyncio.Runner(debug=debug, loop_factory=Loop) as runner:
        return runner.run(main)


@contextlib.contextmanager
def _outside() -> Iterator[None]:
    """Let no loop run: Pyodide says that JavaScript's does, always."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)


class Portal:
    """A loop that runs while somebody calls, in the place of `anyio.from_thread.BlockingPortal`."""

    def __init__(self, loop: Loop) -> None:
        """Call in a loop."""
        self.loop = loop

    def call(self, func: Callable[..., Any], *args: Any) -> Any:
        """Return what a function returns or what its coroutine does."""
        with _outside():
            try:
                return self.loop.run_until_complete(_awaited(func, *args))
            finally:
                self.loop.settle()

    def start_task_soon(self, func: Callable[..., Any], *args: Any, name: object = None) -> Future[Any]:  # noqa: ARG002 - anyio has it
        """Start a task that runs while somebody calls."""
        future: Future[Any] = Future()
        task = self.loop.create_task(_awaited(func, *args))
        task.add_done_callback(lambda done: _copy(done, future))
        return future


async def _awaited(func: Callable[..., Any], *args: Any) -> Any:
    result = func(*args)
    return await result if inspect.isawaitable(result) else result


def _copy(task: asyncio.Task[Any], future: Future[Any]) -> None:
    if task.cancelled():
        future.cancel()
    elif error := task.exception():
        future.set_exception(error)
    else:
        future.set_result(task.result())


@contextlib.contextmanager
def start_blocking_portal(*_backend: object, **_options: object) -> Iterator[Portal]:
    """Start a portal for clients that test an app."""
    loop = Loop()
    try:
        yield Portal(loop)
    finally:
        with _outside():
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()


async def run_sync(func: Callable[..., Any], *args: Any, **_options: object) -> Any:
    """Run a function now, as nobody else would run it meanwhile."""
    return func(*args)


ANYIO = {
    "anyio/from_thread.py": "from one_thread import start_blocking_portal",
    "anyio/to_thread.py": "from one_thread import run_sync",
}
"""What is written below the modules of anyio, which start threads."""


def install() -> None:
    """Put all this in its place, and names into that of two modules that are imported and not used."""
    asyncio.run = asyncio.runners.run = run
    for name, members in {
        "_multiprocessing": ("SemLock", "sem_unlink"),
        "httpx2_jsfetch": ("AsyncJavascriptFetchTransport", "JavascriptFetchTransport"),
    }.items():
        module = ModuleType(name)
        for member in members:
            setattr(module, member, type(member, (), {"SEM_VALUE_MAX": 1}))
        sys.modules[name] = module
