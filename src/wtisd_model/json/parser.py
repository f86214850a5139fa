"""Strict reading: bytes, text or a mapping become plain JSON values, or are refused before they can cost much."""

import math
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice
from types import GenericAlias
from typing import Annotated, Any, NoReturn, cast

from wtisd_model.codes import Code
from wtisd_model.findings import MOST_COUNTED, Finding, finding, pointer
from wtisd_model.json.json_types import DEEPEST, MOST_EXACT, Bounds, JsonValue, Payload, safe_pointer_token
from wtisd_model.json.normalize import copied, is_mapping

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


Read = Callable[[Payload], JsonValue | tuple[Finding, ...]]
"""Reads a payload of any kind as one JSON value (RFC 8259), or says what keeps it from being one.

Objects are dicts, arrays lists, all of them new; a tuple is what was found. What is no payload raises TypeError."""


@lru_cache
def read_within(bounds: Bounds, engine: Any) -> Read:
    """Give what reads payloads that keep within *bounds*; *engine* is what plans are made with, too."""
    quickly = _quickly(bounds, engine)
    small = bounds.small
    snapshot: Callable[[Any, int], dict[str, JsonValue] | None] = engine.snapshot
    plain_size = bounds.plain_size if bounds.are_usual else -1

    def read(payload: Payload) -> JsonValue | tuple[Finding, ...]:
        raw: bytes
        kind = cast("object", type(payload))
        if kind is dict:
            plain = snapshot(payload, plain_size)
            if plain is not None:
                return plain
        if type(payload) is bytes:
            raw = payload
        elif is_mapping(payload):
            return copied(payload, bounds)
        elif issubclass(type(payload), str):
            text = str.__str__(cast("str", payload))
            if len(text) > bounds.bytes:
                return (finding(Code.PAYLOAD_TOO_LARGE, maximum=bounds.bytes),)
            try:
                raw = text.encode()
            except UnicodeEncodeError:
                return (finding(Code.NOT_UTF8),)
        else:
            raw = _bytes(payload, bounds.bytes)
        is_small = len(raw) <= small
        found = None if is_small else _too_much(raw, bounds)
        if found is None:
            plain = quickly(raw)
            if plain is not None:
                return plain
            found = _too_much(raw, bounds) if is_small else None  # it may still be too deep
        return _parse(raw, bounds) if found is None else (found,)

    return read


def _bytes(payload: object, most: int) -> bytes:
    """Give the bytes of a payload as plain ones; of more than *most* only so many that it shows."""
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


def _quickly(bounds: Bounds, engine: Any) -> Callable[[bytes], dict[str, JsonValue] | None]:
    """Give what parses an object that holds nothing out of the ordinary; None is a doubt, for the strict parser."""
    from msgspec import DecodeError  # loaded with the first payload, not with every import

    decode, holds_all = _decoder(), engine.holds_all
    refusals = DecodeError, UnicodeDecodeError

    def parse(raw: bytes) -> dict[str, JsonValue] | None:
        try:
            whole = decode(raw)
        except refusals:
            return None
        return whole if holds_all(raw, whole) else None

    return parse if bounds.are_usual else lambda _raw: None


@cache
def _decoder() -> Callable[[bytes], dict[str, JsonValue]]:
    """Give msgspec's reader of objects."""
    from msgspec.json import Decoder

    objects: Any = GenericAlias(dict, (str, _value()))
    decode: Callable[[bytes], dict[str, JsonValue]] = Decoder(objects).decode
    return decode


@cache
def value_decoder() -> Callable[[bytes], JsonValue]:
    """Give msgspec's reader of what may stand in an object."""
    from msgspec.json import Decoder

    decode: Callable[[bytes], JsonValue] = Decoder(_value()).decode
    return decode


def _value() -> Any:
    """Describe a value in an object; larger numbers are for the strict parser, and so are those with a point."""
    from msgspec import Meta

    number: Any = Annotated[int, Meta(ge=-MOST_EXACT, le=MOST_EXACT)]
    value: Any = str | number | bool | None
    for _ in range(DEEPEST - 1):
        value = str | number | bool | dict[str, value] | list[value] | None
    return value


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
                yield from _places(each, [*way, safe_pointer_token(key)])
    else:
        for index, each in enumerate(value):
            if each and isinstance(each, dict | list):
                yield from _places(each, [*way, pointer(index)])


def read(payload: Payload, bounds: Bounds) -> JsonValue | tuple[Finding, ...]:
    """Read a payload as one JSON value, or say what keeps it from being one."""
    from wtisd_model.json.plans import ENGINE

    return read_within(bounds, ENGINE)(payload)
