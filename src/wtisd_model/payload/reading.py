"""Strict reading: bytes, text or a mapping become plain JSON values, or are refused before they can cost much."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import NoReturn, cast

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
Payload = bytes | bytearray | memoryview | str | Mapping[str, object]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Possessive, and a string that does not end reaches to the end: so every quote is looked at once.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_EMPTY = re.compile(rb"[\[{][ \t\r\n]*[\]}]")
_BRACKET = re.compile(rb"[\[\]{}]")


@frozen(kw_only=True, eq=False, repr=False)
class Bounds:
    """The limits that hold for one payload."""

    bytes: int
    depth: int
    values: int
    number_length: int


class _RefusedError(Exception):
    """Ends a reading from inside the parser; never leaves this module."""

    def __init__(self, found: Finding) -> None:
        super().__init__()
        self.found = found


class _Repeated(dict[str, JsonValue]):
    """An object in which a key stands twice."""


def read(payload: Payload, bounds: Bounds) -> JsonValue | tuple[Finding, ...]:
    """Read a payload as one JSON value (RFC 8259), or say what keeps it from being one.

    Objects are dicts, arrays lists. A tuple is what was found: a payload of any kind is answered.

    Raises:
        TypeError: *payload* is none.
    """
    if isinstance(payload, Mapping):
        return _read_mapping(payload, bounds)
    if isinstance(payload, str):
        if len(payload) > bounds.bytes:
            return (finding(Code.PAYLOAD_TOO_LARGE, maximum=bounds.bytes),)
        try:
            raw = payload.encode()
        except UnicodeEncodeError:
            return (finding(Code.NOT_UTF8),)
    else:
        raw = _bytes(payload)
    found = _too_much(raw, bounds)
    return _parse(raw, bounds) if found is None else (found,)


def _bytes(payload: object) -> bytes:
    if not isinstance(payload, bytes | bytearray | memoryview):
        raise TypeError("Not a payload: give bytes, text or a mapping.")
    return bytes(cast("bytes", payload))


def _too_much(raw: bytes, bounds: Bounds) -> Finding | None:
    if len(raw) > bounds.bytes:
        return finding(Code.PAYLOAD_TOO_LARGE, maximum=bounds.bytes)
    bones = _STRING.sub(b"", raw)
    containers = bones.count(b"[") + bones.count(b"{")
    # Every container that is not empty has one value more than it has commas; the whole is one value.
    if containers > bounds.values or 1 + bones.count(b",") + containers - _empty(bones) > bounds.values:
        return finding(Code.PAYLOAD_TOO_MANY_VALUES, maximum=bounds.values)
    if containers > bounds.depth and _is_deeper(bones, bounds.depth):
        return finding(Code.PAYLOAD_TOO_DEEP, maximum=bounds.depth)
    return None


def _empty(bones: bytes) -> int:
    return sum(1 for _ in _EMPTY.finditer(bones))


def _is_deeper(bones: bytes, limit: int) -> bool:
    """Tell whether brackets stand deeper in one another than *limit*, as far as a parser would get."""
    depth = 0
    for bracket in _BRACKET.finditer(bones):
        depth += 1 if bracket[0] in {b"[", b"{"} else -1
        if depth > limit or depth < 0:
            break
    return depth > limit


def _parse(raw: bytes, bounds: Bounds) -> JsonValue | tuple[Finding, ...]:
    if raw.startswith(_BYTE_ORDER_MARK):
        return (finding(Code.NOT_UTF8),)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return (finding(Code.NOT_UTF8),)
    from json import JSONDecodeError  # loaded with the first payload, not with every import

    parser = _Parser(bounds.number_length)
    try:
        value = parser.parse(text)
    except _RefusedError as refused:
        return (refused.found,)
    except JSONDecodeError as error:
        return (finding(Code.NOT_JSON, offset=len(text[: error.pos].encode())),)
    return tuple(finding(Code.KEY_REPEATED, path) for path in _places(value, "")) if parser.repeated else value


class _Parser:
    """The parser of the standard library, made strict through its hooks."""

    def __init__(self, number_length: int) -> None:
        self.repeated = False
        self._number_length = number_length

    def parse(self, text: str) -> JsonValue:
        from json import loads

        value: JsonValue = loads(
            text,
            object_pairs_hook=self._object,
            parse_int=self._number,
            parse_float=self._number,
            parse_constant=self._constant,
        )
        return value

    def _object(self, members: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        whole = dict(members)
        if len(whole) == len(members):
            return whole
        self.repeated = True
        return _Repeated(whole)

    def _number(self, digits: str) -> int | float:
        if len(digits) > self._number_length:
            raise _RefusedError(finding(Code.NUMBER_TOO_LONG, maximum=self._number_length))
        value = float(digits) if set(digits) & set(".eE") else int(digits)
        if isinstance(value, float) and not math.isfinite(value):
            raise _RefusedError(finding(Code.NUMBER_NOT_FINITE))
        return value

    def _constant(self, _name: str) -> NoReturn:
        raise _RefusedError(finding(Code.NUMBER_NOT_FINITE))


def _places(value: JsonValue, path: str) -> Iterable[str]:
    """Find the objects in which a key stands twice."""
    if isinstance(value, _Repeated):
        yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _places(each, path + shown(key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _places(each, path + pointer(index))


_IDENTIFIER = re.compile(r"(?!.{65})@?[A-Za-z_$][A-Za-z0-9_-]*")


def shown(key: object) -> str:
    """Write a key as a step of a path, if it looks like a name and not like something personal."""
    return pointer(key) if isinstance(key, str) and _IDENTIFIER.fullmatch(key) else ""


def _read_mapping(payload: Mapping[str, object], bounds: Bounds) -> JsonValue | tuple[Finding, ...]:
    try:
        return _Copy(bounds).copy(payload, "", 1)
    except _RefusedError as refused:
        return (refused.found,)


class _Copy:
    """Copies a mapping and what is in it, and measures it on the way."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.size = 0
        self.values = 0

    def copy(self, value: object, path: str, depth: int) -> JsonValue:
        self.values += 1
        if self.values > self.bounds.values:
            raise _RefusedError(finding(Code.PAYLOAD_TOO_MANY_VALUES, maximum=self.bounds.values))
        if isinstance(value, Mapping | list) and depth > self.bounds.depth:
            raise _RefusedError(finding(Code.PAYLOAD_TOO_DEEP, maximum=self.bounds.depth))
        match value:
            case Mapping():
                members = cast("Mapping[object, object]", value).items()
                return {self._key(key, path): self.copy(each, path + shown(key), depth + 1) for key, each in members}
            case list():
                items = cast("list[object]", value)
                return [self.copy(each, path + pointer(index), depth + 1) for index, each in enumerate(items)]
            case str():
                return self._exact(value)
            case float() if not math.isfinite(value):
                raise _RefusedError(finding(Code.NUMBER_NOT_FINITE, path))
            case int() if value.bit_length() > 4 * self.bounds.number_length:
                raise _RefusedError(finding(Code.NUMBER_TOO_LONG, path, maximum=self.bounds.number_length))
            case None | bool() | int() | float():
                return value
            case _:
                raise _RefusedError(finding(Code.WRONG_TYPE, path, expected="a JSON value"))

    def _key(self, key: object, path: str) -> str:
        if not isinstance(key, str):
            raise _RefusedError(finding(Code.WRONG_TYPE, path, expected="an object whose keys are strings"))
        return self._exact(key)

    def _exact(self, text: str) -> str:
        # A member of an enum and the like say one thing when compared and may say another when written.
        text = str.__str__(text)
        # A text that cannot be encoded is refused where it stands; here it counts all the same.
        self.size += len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        if self.size > self.bounds.bytes:
            raise _RefusedError(finding(Code.PAYLOAD_TOO_LARGE, maximum=self.bounds.bytes))
        return text
