"""Interrupts that wait until what is begun is done, so that a run can go on where it stopped."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn


class TerminatedError(KeyboardInterrupt):
    """The process is asked to end: SIGTERM, as service managers, containers and ``timeout`` send it."""


@contextmanager
def terminating() -> Generator[None, None, None]:
    """Let SIGTERM be an interrupt until the end of the block.

    Where somebody else decides what it does, nothing changes.

    Raises:
        TerminatedError: where it came.
    """
    if not _is_here() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def undisturbed() -> Generator[None, None, None]:
    """Let an interrupt wait until the end of the block; a second one does not wait.

    Where somebody else decides what an interrupt does, such as a shell that lets it be ignored, nothing changes.

    Raises:
        KeyboardInterrupt: at the end, where an interrupt came; of its kind `TerminatedError`, where `terminating`.
    """
    ours = [number for number, does in _OURS.items() if _is_here() and signal.getsignal(number) is does]
    came: list[int] = []

    def later(number: int, frame: FrameType | None) -> None:
        if came:
            _OURS[number](number, frame)
        came.append(number)

    try:
        for number in ours:
            signal.signal(number, later)
        yield
    finally:
        for number in ours:
            signal.signal(number, _OURS[number])
    if came:
        _OURS[came[0]](came[0], None)


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    raise TerminatedError


_OURS: Final = {int(signal.SIGINT): signal.default_int_handler, int(signal.SIGTERM): _terminate}
"""What each interrupt does here."""


def _is_here() -> bool:
    """Tell whether signals can be handled: only in the main thread."""
    return threading.current_thread() is threading.main_thread()
