"""The fast way for good payloads. None is a doubt, never a verdict.

Bytes are read by msgspec, and a builder looks at the rest; a dict is shaped as it is. What comes of it is what the slow
way would give. It may only be stricter: whatever is not plainly good is read again by `wtisd_model.payload.reading` and
`wtisd_model.payload.telling`, which say what is wrong with it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from msgspec.json import Decoder, Encoder

from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.payload.building import BUILDERS
from wtisd_model.payload.doubts import TEXTS
from wtisd_model.payload.measuring import measure_of
from wtisd_model.payload.plain import Bounds
from wtisd_model.payload.reading import is_all_of, is_too_much
from wtisd_model.payload.shaping import SHAPERS
from wtisd_model.payload.structs import deepest, document_struct_of

Quick = Callable[[Any], Any]
"""Makes the document of a payload, or gives None."""

LONGEST_NUMBER = 20
"""More characters than any number in a good document has."""

_NUMBERS = (int, float)
"""What a whole number may be; true is none, though it is equal to 1."""

_encode = Encoder().encode


@lru_cache
def quick(cls: type, bounds: Bounds) -> Quick:
    """Give the fast way to a class; it has only doubts where good documents might lie outside of *bounds*."""
    if bounds.depth < deepest(cls) or bounds.number_length < LONGEST_NUMBER:
        return lambda _payload: None
    from_dict = _dict_reader(cls, bounds)
    build, decode, small = BUILDERS[cls], Decoder(document_struct_of(cls)).decode, bounds.small

    def make(payload: object) -> Any:
        kind = type(payload)
        if kind is bytes:
            raw: Any = payload
        elif kind is dict:
            return from_dict(payload)
        else:
            raw = _bytes(payload, kind, bounds.bytes)
            if raw is None:
                return None
        if len(raw) > small and is_too_much(raw, bounds):
            return None
        try:
            document: Any = decode(raw)
        except ValueError:
            return None
        built = build(document)
        return built if built is None or is_all_of(raw, _encode(document)) else None

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


def _dict_reader(cls: type, bounds: Bounds) -> Quick:
    shape, name = SHAPERS[cls], document_name(cls)
    measure = measure_of(cls, bounds)

    def from_dict(payload: dict[str, Any]) -> Any:
        if not TEXTS.issuperset(map(type, payload)):
            return None
        # What it is and in which version is no field of it.
        kind, version, known = payload.get("@type"), payload.get("schemaVersion"), 0
        if kind is not None:
            if type(kind) is not str or kind != name:
                return None
            known = 1
        if version is not None:
            if type(version) not in _NUMBERS or version != SCHEMA_VERSION:
                return None
            known += 1
        made = shape(payload, known) if measure(payload) else None
        return None if type(made) is tuple else made

    return from_dict
