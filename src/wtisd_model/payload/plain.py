"""Plain JSON values, what bounds them, and how a place in them is named."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from wtisd_model.findings import pointer

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
Payload = bytes | bytearray | memoryview | str | Mapping[str, object]


class Bounds(NamedTuple):
    """The limits that hold for one payload."""

    bytes: int
    depth: int
    values: int
    number_length: int

    @property
    def small(self) -> int:
        """So many bytes are not too many, nor are their values: each takes two, one to part it from the next."""
        return min(self.bytes, 2 * self.values)


_IDENTIFIER = re.compile(r"(?!.{65})@?[A-Za-z_$][A-Za-z0-9_-]*")


def shown(key: object) -> str:
    """Write a key as a step of a path, if it looks like a name and not like something personal."""
    return pointer(key) if isinstance(key, str) and _IDENTIFIER.fullmatch(key) else ""
