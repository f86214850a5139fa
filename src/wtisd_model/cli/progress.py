"""How far a long run has come: a bar on standard error where that is a terminal, and otherwise nothing."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Self, TypeVar

import click

from wtisd_model.cli.streams import Incoming, shown

T = TypeVar("T")

# Together with percents, time and line less than the 80 columns of a terminal.
_WIDTH: Final = 16
_LABEL: Final = 24


def with_count(things: Iterable[T], label: str) -> Iterator[T]:
    """Give things one by one, and count them on the terminal: nobody knows how many there will be."""
    hidden = sys.stderr is None or not sys.stderr.isatty()
    with click.progressbar(things, label=label, file=sys.stderr, hidden=hidden, show_pos=True, width=_WIDTH) as bar:
        yield from bar


class Progress:
    """A bar for what is read from a file; where nobody knows how long it is, only that it goes on."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._hidden = sys.stderr is None or not sys.stderr.isatty()
        self._bar = click.progressbar(
            iter(int, 1),  # without an end; it is not looked at
            length=incoming.size,
            label=shown(Path(incoming.name).name)[:_LABEL],
            file=sys.stderr,
            hidden=self._hidden,
            item_show_func=lambda line: None if line is None else f"line {line:,}",
            width=_WIDTH,
            update_min_steps=0,  # the line goes on where the bytes do not
        )

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.render_finish()

    def show(self, position: int, line: int) -> None:
        """Say how many bytes were read, and up to which line all is judged."""
        self._bar.update(position - self._bar.pos, line)

    def make_way(self) -> None:
        """Take the bar from the line that it stands on, before something else is written to the same terminal."""
        if not self._hidden and sys.stdout is not None and sys.stdout.isatty():
            click.echo(f"\r{' ' * (self._bar.max_width or 0)}\r", file=sys.stderr, nl=False)
