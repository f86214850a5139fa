"""Parsing: a payload becomes plain JSON values, or is refused before it can cost much."""

import math
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import islice
from json import JSONDecodeError, JSONDecoder
from typing import Annotated, Any, NoReturn, cast

from msgspec import DecodeError, Meta
from msgspec.json import Decoder, Encoder

from wtisd_model.codes import Code
from wtisd_model.findings import MOST_COUNTED, Finding, finding, pointer, safe_pointer_token
from wtisd_model.json.json_types import Bounds, JsonValue, Payload
from wtisd_model.json.normalize import is_mapping, plain_copy

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Possessive quantifiers, and a string without an end extends to the end of the payload: so each quote is read once.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_EMPTY = re.compile(rb"[\[{][ \t\r\n]*[\]}]")
_BRACKET = re.compile(rb"[\[\]{}]")

_Pairs = list[tuple[str, JsonValue]]


class _RefusedError(Exception):
    """Ends parsing from inside the JSON decoder; never leaves this module."""

    def __init__(self, found: Finding) -> None:
        super().__init__()
        self.found = found


class _DuplicateKeyError(Exception):
    """Ends parsing at an object with a duplicate key; never leaves this module."""


class _WithDuplicates(dict[str, JsonValue]):
    """An object with a duplicate key."""


def read(payload: Payload, bounds: Bounds) -> JsonValue | tuple[Finding, ...]:
    """Return a payload as one JSON value (RFC 8259) made of new dicts and lists, or the findings against it.

    Raises:
        TypeError: it is neither bytes nor text nor a mapping.
    """
    raw: bytes
    if type(payload) is bytes:
        raw = payload
    elif is_mapping(payload):
        return plain_copy(payload, bounds)
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
    found = _exceeded(raw, bounds)
    if found is not None:
        return (found,)
    plain = _parse_usual(raw) if bounds.number_length >= _LONGEST_USUAL else None
    return _parse(raw, bounds.number_length) if plain is None else plain


def _bytes(payload: object, most: int) -> bytes:
    """Return the bytes of a payload, or *most* + 1 of them if there are more."""
    # The content is taken by the methods of the base class, so no method of a subclass is called.
    if issubclass(type(payload), bytes):
        return bytes.__getitem__(cast("bytes", payload), slice(most + 1))
    if issubclass(type(payload), bytearray):
        return bytes(bytearray.__getitem__(cast("bytearray", payload), slice(most + 1)))
    if type(payload) is memoryview:
        try:
            return payload.tobytes() if payload.nbytes <= most else bytes(most + 1)
        except ValueError:  # it has been released
            pass
    raise TypeError("A payload must be bytes, a string or a mapping.")


def _exceeded(raw: bytes, bounds: Bounds) -> Finding | None:
    """Return a finding about the bound that a payload exceeds, without parsing it."""
    if len(raw) > bounds.bytes:
        return finding(Code.PAYLOAD_TOO_LARGE, maximum=bounds.bytes)
    # A value takes two bytes at least, with what separates it from the next.
    if len(raw) <= 2 * bounds.values and raw.count(b"[") + raw.count(b"{") <= bounds.depth:
        return None
    # With more strings than that there are too many values; each string that is removed costs memory. A quotation mark
    # is left of each, so that no container looks empty.
    without_strings, strings = _STRING.subn(b'"', raw, 2 * bounds.values + 1)
    if strings > 2 * bounds.values:
        return finding(Code.PAYLOAD_TOO_MANY_VALUES, maximum=bounds.values)
    containers = without_strings.count(b"[") + without_strings.count(b"{")
    # A container that is not empty has one value more than it has commas; the whole payload is one value.
    empty = sum(1 for _ in _EMPTY.finditer(without_strings))
    if containers > bounds.values or 1 + without_strings.count(b",") + containers - empty > bounds.values:
        return finding(Code.PAYLOAD_TOO_MANY_VALUES, maximum=bounds.values)
    if containers > bounds.depth and _is_deeper(without_strings, bounds.depth):
        return finding(Code.PAYLOAD_TOO_DEEP, maximum=bounds.depth)
    return None


def _is_deeper(without_strings: bytes, limit: int) -> bool:
    """Return True if brackets nest deeper than *limit* before the first one that does not match."""
    depth = 0
    for bracket in _BRACKET.finditer(without_strings):
        depth += 1 if bracket[0] in {b"[", b"{"} else -1
        if depth > limit or depth < 0:
            break
    return depth > limit


def _parse_usual(raw: bytes) -> dict[str, JsonValue] | None:
    """Return an object without duplicate keys, deep nesting or unusual numbers; None if in doubt.

    msgspec is three times as fast as the parser below, but keeps the last of two equal keys. That shows when the
    object is encoded again: a compact payload is longer, and in any other are more quotes, if nothing is escaped.
    """
    try:
        whole = _usual(raw)
    except (DecodeError, UnicodeDecodeError):
        return None
    again = _encode(whole)
    is_complete = len(raw) == len(again) or (b"\\" not in raw and raw.count(b'"') == again.count(b'"'))
    return whole if is_complete else None


def _usual_object() -> Any:
    """Return a msgspec type for JSON objects no deeper than our documents."""
    number: Any = Annotated[int, Meta(ge=-(2**53), le=2**53)]
    value: Any = str | number | bool | None
    for _ in range(8):
        value = str | number | bool | dict[str, value] | list[value] | None
    return dict[str, value]


_usual: Callable[[bytes], dict[str, JsonValue]] = Decoder(_usual_object()).decode
_LONGEST_USUAL = len(f"-{2**53}")
_encode = Encoder().encode


def _parse(raw: bytes, number_length: int) -> JsonValue | tuple[Finding, ...]:
    if raw.startswith(_BYTE_ORDER_MARK):
        return (finding(Code.NOT_UTF8),)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return (finding(Code.NOT_UTF8),)
    try:
        try:
            value: JsonValue = _decoder(number_length, _unique).decode(text)
        except _DuplicateKeyError:
            whole = _decoder(number_length, _marked).decode(text)
            return tuple(finding(Code.KEY_REPEATED, path) for path in islice(_duplicates(whole, ""), MOST_COUNTED))
    except _RefusedError as refused:
        return (refused.found,)
    except JSONDecodeError as error:
        return (finding(Code.NOT_JSON, offset=len(text[: error.pos].encode())),)
    return value


@cache
def _decoder(number_length: int, make_object: Callable[[_Pairs], JsonValue]) -> JSONDecoder:
    """Return the parser of the standard library, made strict through its hooks."""
    number: Any = partial(_number, number_length)
    return JSONDecoder(
        object_pairs_hook=make_object, parse_int=number, parse_float=number, parse_constant=_refuse_constant
    )


def _unique(members: _Pairs) -> dict[str, JsonValue]:
    whole = dict(members)
    if len(whole) < len(members):
        raise _DuplicateKeyError
    return whole


def _marked(members: _Pairs) -> dict[str, JsonValue]:
    whole = dict(members)
    return whole if len(whole) == len(members) else _WithDuplicates(whole)


def _number(longest: int, digits: str) -> int | float:
    if len(digits) > longest:
        raise _RefusedError(finding(Code.NUMBER_TOO_LONG, maximum=longest))
    value = float(digits) if set(digits) & set(".eE") else int(digits)
    if isinstance(value, float) and not math.isfinite(value):
        raise _RefusedError(finding(Code.NUMBER_NOT_FINITE))
    return value


def _refuse_constant(_name: str) -> NoReturn:
    raise _RefusedError(finding(Code.NUMBER_NOT_FINITE))


def _duplicates(value: JsonValue, path: str) -> Iterator[str]:
    """Yield the JSON Pointers of the objects with a duplicate key."""
    if isinstance(value, _WithDuplicates):
        yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _duplicates(each, path + safe_pointer_token(key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _duplicates(each, path + pointer(index))
