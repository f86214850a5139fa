"""Plain JSON values, the bounds of a payload, and safe steps of a JSON Pointer."""

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


_IDENTIFIER = re.compile(r"(?!.{65})@?[A-Za-z_$][A-Za-z0-9_-]*")


def safe_pointer_token(key: object) -> str:
    """Return a key as a step of a JSON Pointer; an empty string if it may be personal data rather than a name."""
    return pointer(key) if isinstance(key, str) and _IDENTIFIER.fullmatch(key) else ""
