"""The fast way for good payloads: msgspec reads, a builder looks at the rest. None is a doubt, never a verdict.

What it gives is what the slow way would give. It may only be stricter: whatever is not plainly good is read again by
`wtisd_model.payload.reading` and `wtisd_model.payload.shape`, which say what is wrong with it.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, cast

from msgspec import convert
from msgspec.json import Decoder, Encoder

from wtisd_model.nodes import Text
from wtisd_model.payload.assembly import Builder, build_time_slot, narrowed_builder
from wtisd_model.payload.building import BUILDERS
from wtisd_model.payload.plain import Bounds
from wtisd_model.payload.reading import is_too_much
from wtisd_model.payload.structs import deepest, document_struct_of, struct_of
from wtisd_model.values.timeslot import TimeSlot

Quick = Callable[[Any], Any]
"""Makes the document of a payload, or gives None."""

LONGEST_NUMBER = 20
"""More characters than any number in a good document has."""

_LONGEST_INTEGER = 63
"""Bits of the largest number that msgspec holds as C does; no field takes one that long."""

_encode = Encoder().encode


@lru_cache
def quick(cls: type, bounds: Bounds) -> Quick:
    """Give the fast way to a class; it has only doubts where good documents might lie outside of *bounds*."""
    if bounds.depth < deepest(cls) or bounds.number_length < LONGEST_NUMBER:
        return lambda _payload: None
    from_bytes, from_dict = _bytes_reader(cls, bounds), _dict_reader(cls, bounds)

    def make(payload: object) -> Any:
        kind = type(payload)
        if kind is bytes:
            return from_bytes(payload)
        if kind is dict:
            return from_dict(payload)
        raw = _bytes(payload, kind, bounds.bytes)
        return None if raw is None else from_bytes(raw)

    return make


def _bytes(payload: Any, kind: type, most: int) -> bytes | None:
    """Give the bytes of a payload, if it is of a plain kind and small enough to be copied."""
    try:
        if kind is str:
            return payload.encode() if len(payload) <= most else None
        if kind is memoryview:
            return payload.tobytes() if payload.nbytes <= most else None
    except ValueError:  # half a surrogate pair, or a view that has been released
        return None
    return bytes(payload) if kind is bytearray and len(payload) <= most else None


def _bytes_reader(cls: type, bounds: Bounds) -> Quick:
    build = BUILDERS[cls]
    decode = Decoder(document_struct_of(cls)).decode
    small = bounds.small

    def from_bytes(raw: bytes) -> Any:
        if len(raw) > small and is_too_much(raw, bounds):
            return None
        try:
            document: Any = decode(raw)
        except ValueError:
            return None
        quotes: list[int] = []
        built = build(document, quotes)
        if document.type_ is not None:
            quotes.append(4)
        if document.schema_version is not None:
            quotes.append(2)
        # Of two equal keys msgspec keeps the last. What it dropped shows where quotes are counted.
        return built if raw.count(b'"') == sum(quotes) or _quotes_are_in_texts(raw, document) else None

    return from_bytes


def _quotes_are_in_texts(raw: bytes, document: object) -> bool:
    # A quote in a text is written with one quote here as there, unless there it is escaped by its number.
    return b'\\"' in raw and b"\\u0022" not in raw and raw.count(b'"') == _encode(document).count(b'"')


def _dict_reader(cls: type, bounds: Bounds) -> Quick:
    build = BUILDERS[cls]
    struct = document_struct_of(cls)

    def from_dict(payload: dict[str, Any]) -> Any:
        if not _is_plain(payload, bounds):
            return None
        try:
            document = convert(payload, struct)
        except ValueError:  # also what is in it cannot be encoded
            return None
        return build(document, [])

    return from_dict


def _is_plain(payload: dict[str, Any], bounds: Bounds) -> bool:
    """Tell whether a dict holds nothing but what a JSON parser makes, and no more of it than it may.

    A text that is more than a text, a tuple and a number with a point are for the slow way; so is a list that holds
    itself. What msgspec would make of them is not asked.
    """
    values: list[object] = [*payload.values()]
    most, size = bounds.values, 0
    for value in values:  # those that are in others are added as it goes
        kind = type(value)
        if kind is str:
            size += len(cast("str", value))
        elif kind is dict:
            values += cast("dict[object, object]", value).values()
        elif kind is list:
            values += cast("list[object]", value)
        elif kind is int:
            # What msgspec says of a number writes it out, which Python refuses to do for long ones.
            if cast("int", value).bit_length() > _LONGEST_INTEGER:
                return False
        elif kind is not bool:
            return False
        if len(values) > most:
            return False
    # A character takes four bytes at most, and a key that is known less than a hundred. One value is the whole.
    return 4 * size + 100 * len(values) <= bounds.bytes and len(values) < most


@cache
def part_maker(cls: type, text: Text | None) -> Quick:
    """Give what makes an object of the plain dict of a part, whose texts are all of one kind where *text* is given."""
    struct = struct_of(cls)
    build: Builder[Any] = (
        build_time_slot if cls is TimeSlot else BUILDERS[cls] if text is None else narrowed_builder(text)
    )

    def make(plain: object) -> Any:
        try:
            return build(convert(plain, struct), [])
        except ValueError:
            return None

    return make
