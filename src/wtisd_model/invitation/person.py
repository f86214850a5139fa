"""Somebody who writes or is written to, as far as a message and the mail around it need to know."""

from typing import NamedTuple


class Person(NamedTuple):
    """An address and a name."""

    email: str
    name: str | None = None

    def __repr__(self) -> str:
        return "Person(...)"  # an address and a name are shown to nobody
