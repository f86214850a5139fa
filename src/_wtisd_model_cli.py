"""The program ``wtisd-model``, which ends quietly if it is interrupted while it is being loaded.

It is outside of the package, because importing the package takes most of that time.
"""

import os
import signal


def main() -> None:
    """Load the program and run it."""
    previous = signal.getsignal(signal.SIGINT)
    if previous is signal.default_int_handler:  # not in the background of a shell, where interrupts are ignored
        signal.signal(signal.SIGINT, _exit)
    from wtisd_model.cli.main import main as run

    signal.signal(signal.SIGINT, previous)
    run()


def _exit(_number: int, _frame: object) -> None:
    os._exit(130)  # 128 and the number of SIGINT, as in shells
