"""Strict reading: bytes, text or a mapping become plain JSON values, or are refused before they can cost much."""

import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NoReturn, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.payload.copying import copied, is_mapping
from wtisd_model.payload.gathered import MOST_COUNTED
from wtisd_model.payload.plain import Bounds, JsonValue, Payload, shown

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Possessive, and a string that does not end reaches to the end: so every quote is looked at once.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_EMPTY = re.compile(rb"[\[{][ \t\r\n]*[\]}]")
_BRACKET = re.compile(rb"[\[\]{}]")


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
    if is_mapping(payload):
        return copied(payload, bounds)
    if issubclass(type(payload), str):
        text = str.__str__(cast("str", payload))
        if len(text) > bounds.bytes:
            return (finding(Code.PAYLOAD_TOO_LARGE, maximum=bounds.bytes),)
        try:
            raw = text.encode()
        except UnicodeEncodeError:
            return (finding(Code.NOT_UTF8),)
    else:
        raw = _bytes(payload, bounds.bytes)
    found = _too_much(raw, bounds)
    return _parse(raw, bounds) if found is None else (found,)


def _bytes(payload: object, most: int) -> bytes:
    """Give the bytes of a payload as plain ones; of more than *most* only so many that it shows."""
    if type(payload) is bytes:
        return payload
    # A class of somebody's own may have a mind of its own: what it holds is taken, and none of its methods is run.
    if issubclass(type(payload), bytes):
        return bytes.__getitem__(cast("bytes", payload), slice(most + 1))
    if issubclass(type(payload), bytearray):
        return bytes(bytearray.__getitem__(cast("bytearray", payload), slice(most + 1)))
    if type(payload) is memoryview:
        try:
            return payload.tobytes() if payload.nbytes <= most else bytes(most + 1)
        except ValueError:  # it has been released
            pass
    raise TypeError("Not a payload: give bytes, text or a mapping.")


def is_too_much(raw: bytes, bounds: Bounds) -> bool:
    """Tell whether a payload holds more than it may, as far as that shows before it is parsed."""
    return _too_much(raw, bounds) is not None


def _too_much(raw: bytes, bounds: Bounds) -> Finding | None:
    if len(raw) > bounds.bytes:
        return finding(Code.PAYLOAD_TOO_LARGE, maximum=bounds.bytes)
    if len(raw) <= bounds.small and raw.count(b"[") + raw.count(b"{") <= bounds.depth:
        return None
    # No more strings than that can be values and keys; taking them out costs memory for each.
    bones, strings = _STRING.subn(b'"', raw, 2 * bounds.values + 1)  # what holds one is not empty
    if strings > 2 * bounds.values:
        return finding(Code.PAYLOAD_TOO_MANY_VALUES, maximum=bounds.values)
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
    plain = _quickly(raw, bounds)
    if plain is not None:
        return plain
    from json import JSONDecodeError  # loaded with the first payload, not with every import

    parser = _Parser(bounds.number_length)
    try:
        value = parser.parse(text)
    except _RefusedError as refused:
        return (refused.found,)
    except JSONDecodeError as error:
        return (finding(Code.NOT_JSON, offset=len(text[: error.pos].encode())),)
    if not parser.repeated:
        return value
    whole = cast("dict[str, JsonValue]", value)  # or a list; an object is in it
    return tuple(finding(Code.KEY_REPEATED, path) for path in islice(_places(whole, []), MOST_COUNTED))


@cache
def _decoder() -> tuple[Callable[[bytes], JsonValue], tuple[type[Exception], ...]]:
    from msgspec import DecodeError, json  # loaded with the first payload, not with every import

    return json.Decoder().decode, (DecodeError, UnicodeDecodeError, RecursionError)


def _quickly(raw: bytes, bounds: Bounds) -> dict[str, JsonValue] | None:
    """Parse an object that holds nothing out of the ordinary; None is a doubt, which the strict parser resolves."""
    decode, refusals = _decoder()
    try:
        whole = decode(raw)
    except refusals:
        return None
    if type(whole) is not dict:
        return None
    # Of two equal keys msgspec keeps the last. What it dropped shows where quotes are counted.
    quotes = 2 * len(whole)
    values: list[JsonValue] = [*whole.values()]
    for value in values:  # those that are in others are added as it goes
        kind = type(value)
        # Three bits of a number are less than a digit, and a sign and a zero take two characters more.
        if kind is str:
            quotes += 2
        elif kind is dict:
            members = cast("dict[str, JsonValue]", value)
            quotes += 2 * len(members)
            values += members.values()
        elif kind is list:
            values += cast("list[JsonValue]", value)
        elif kind is float or (kind is int and cast("int", value).bit_length() > 3 * (bounds.number_length - 2)):
            return None
    return whole if raw.count(b'"') == quotes else None


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


def _places(value: dict[str, JsonValue] | list[JsonValue], way: list[str]) -> Iterator[str]:
    """Find the objects in which a key stands twice."""
    if isinstance(value, _Repeated):
        yield "".join(way)
    if isinstance(value, dict):
        for key, each in value.items():
            if each and isinstance(each, dict | list):
                yield from _places(each, [*way, shown(key)])
    else:
        for index, each in enumerate(value):
            if each and isinstance(each, dict | list):
                yield from _places(each, [*way, pointer(index)])
