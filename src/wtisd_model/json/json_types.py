"""Plain JSON values, and the bounds of a payload."""

from collections.abc import Mapping
from typing import NamedTuple

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
Payload = bytes | bytearray | memoryview | str | Mapping[str, object]


class Bounds(NamedTuple):
    """The limits that hold for one payload."""

    bytes: int
    depth: int
    values: int
    number_length: int
