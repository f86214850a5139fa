"""Plain JSON values, what bounds them, and how a place in them is named."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from wtisd_model.findings import pointer

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
Payload = bytes | bytearray | memoryview | str | Mapping[str, object]


DEEPEST: Final = 9
"""No document of ours is deeper; most others are not either."""

MOST_EXACT: Final = 2**53
"""Larger whole numbers are in no document of ours, and some programs cannot hold them."""

A_VALUE: Final = 100
"""So many bytes a value is taken to have at most, beside its characters, where it is measured roughly."""

A_CHARACTER: Final = 4
"""So many bytes a character is taken to have."""

LONGEST_NUMBER: Final = len(f"-{MOST_EXACT}")


class Bounds(NamedTuple):
    """The limits that hold for one payload."""

    bytes: int
    depth: int
    values: int
    number_length: int

    @property
    def are_usual(self) -> bool:
        """Whether they let every document of ours through that is not too long, however deep it is."""
        # What is in a document of ours and should not be is parsed as if it were one.
        return self.depth >= 2 * DEEPEST and self.number_length >= LONGEST_NUMBER

    @property
    def plain_size(self) -> int:
        """A dict that surely takes no more bytes than this has not too many values either."""
        return min(self.bytes, A_VALUE * self.values)

    @property
    def small(self) -> int:
        """So many bytes are not too many, nor are their values: each takes two, one to part it from the next."""
        return min(self.bytes, 2 * self.values)


_IDENTIFIER = re.compile(r"(?!.{65})@?[A-Za-z_$][A-Za-z0-9_-]*")


def safe_pointer_token(key: object) -> str:
    """Write a key as a step of a path, if it looks like a name and not like something personal."""
    return pointer(key) if isinstance(key, str) and _IDENTIFIER.fullmatch(key) else ""
