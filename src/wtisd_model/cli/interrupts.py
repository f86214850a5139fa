"""Interrupts that wait until what is begun is done, so that a run can go on where it stopped."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Generator[None, None, None]:
    """Let an interrupt wait until the end of the block; a second one does not wait.

    Where somebody else decides what an interrupt does, such as a shell that lets it be ignored, nothing changes.

    Raises:
        KeyboardInterrupt: at the end, where an interrupt came.
    """
    here = threading.current_thread() is threading.main_thread()
    if not here or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    came: list[int] = []

    def later(number: int, _frame: object) -> None:
        if came:
            raise KeyboardInterrupt
        came.append(number)

    signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if came:
        raise KeyboardInterrupt
