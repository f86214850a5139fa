"""Types of JSON values, payloads and sources of lines, and the bounds of a payload."""

from collections.abc import Mapping
from os import PathLike
from typing import NamedTuple, Protocol

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
Payload = bytes | bytearray | memoryview | str | Mapping[str, object]


class Bounds(NamedTuple):
    """The limits that hold for one payload."""

    bytes: int
    depth: int
    values: int
    number_length: int


class Stream(Protocol):
    """A binary stream: a file, a pipe, a socket's file, the body of a response."""

    def read(self, size: int, /) -> bytes | None:
        """Return at most *size* bytes, and none at the end."""


LinesSource = bytes | str | PathLike[str] | Stream
"""Content, the path of a file, or a binary stream."""
