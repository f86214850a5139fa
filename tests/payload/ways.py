"""The ways that a payload can take, one at a time, and the changes of documents that all of them are asked about."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any
from unittest.mock import patch

from tests.payload.constructed import constructed
from tests.payload.test_agreement import (
    NASTY,
    WHOLE,
    Place,
    boundaries,
    changed,
    described,
    distinct_places,
    opened,
    referee,
    without,
)
from tests.payload.walk import walked
from wtisd_model.findings import ModelError
from wtisd_model.payload.limits import Limits
from wtisd_model.payload.outcome import Outcome
from wtisd_model.payload.plain import Payload
from wtisd_model.payload.quick import quick
from wtisd_model.payload.schema import json_schema
from wtisd_model.payload.validator import Validator

ROOMY = Limits(bytes=10**8, values=10**7)
"""Room for whatever the bounds of fields let through."""

OWN_DOCUMENTS = {"event": 1, "sessions": 2, "registrations": 2, "interpretationRequests": 2, "pledges": 2}
"""Keys under which other documents stand, and how many steps lead to them."""

FORMS: Mapping[str, Callable[[bytes], Any]] = {
    "bytes": bytes,
    "str": bytes.decode,
    "bytearray": bytearray,
    "memoryview": memoryview,
    "dict": json.loads,
}
"""What a payload may be, each made of its bytes."""


def quickly(cls: type, payload: object, limits: Limits = ROOMY) -> Any:
    """Read a payload the fast way alone; None is a doubt."""
    return quick(cls, limits.bounds_for(cls))(payload)


def slowly(cls: type, payload: Payload, limits: Limits = ROOMY) -> Outcome[Any]:
    """Read a payload the slow way alone, and with the second walk, which shares nothing with the generated modules."""
    with patch("wtisd_model.payload.telling.shaped", walked):
        return slow_validator(cls, limits)(payload)


@cache
def slow_validator(cls: type, limits: Limits, *, submission: bool = False) -> Validator[Any]:
    """Give a validator that has no fast way."""
    with patch("wtisd_model.payload.quick.quick", lambda *_: lambda _payload: None):
        return Validator[Any](cls, limits=limits, submission=submission)


def by_schema(cls: type, document: Mapping[str, Any]) -> Any:
    """Read a document with nothing of the readers: the published schema through jsonschema, then the constructors."""
    if not referee(cls).is_valid(document):
        return None
    try:
        return constructed(cls, document)
    except ModelError:
        return None


def written(document: object) -> bytes:
    """Write a document as most programs do; half a surrogate pair is escaped."""
    try:
        return json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(document).encode()


def tried_places(document: dict[str, Any]) -> Iterator[Place]:
    """Give one place of each kind; what is in a part that is a document of its own is tried there."""
    return (place for place in distinct_places(document) if len(place) <= OWN_DOCUMENTS.get(str(place[0]), len(place)))


def grid(cls: type) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give documents with one change each.

    It is a nasty value, a key that is missing or unknown or belongs elsewhere, an item more that is there already, or a
    value at a bound of the published schema or beside it.
    """
    whole, schema = WHOLE[cls], json_schema(cls)
    tried = {*tried_places(whole)}
    for place, value, said in described(whole, schema, schema):
        if place not in tried:
            continue
        for each in NASTY:
            yield f"{place}: {str(each)[:40]!r}", changed(whole, place, each)
        yield f"{place} is missing", without(whole, place)
        if isinstance(place[-1], str):
            yield f"{place} is unknown", changed(whole, (*place[:-1], "unknownKey"), 1)
            yield f"{place} has a type", changed(whole, (*place[:-1], "@type"), cls.__name__)
        if isinstance(value, list) and value:
            yield f"{place} comes twice", changed(whole, place, [*value, value[0]])
        for each, _ in boundaries(value, said):
            yield f"{place}: {len(each) if isinstance(each, str | list) else each}", changed(whole, place, each)


TWIN = "twin-of-a-key"


def twins(document: dict[str, Any], values: tuple[object, ...]) -> Iterator[tuple[Place, bytes]]:
    """Write a document in which one key stands twice, spelled alike or escaped, before or after the first of it."""
    for place in tried_places(document):
        key = place[-1]
        if not isinstance(key, str):
            continue
        spellings = json.dumps(key), '"' + "".join(f"\\u{ord(each):04x}" for each in key) + '"'
        for value in values:
            for first in (True, False):
                raw = written(_with_twin(document, place, value, first=first))
                for spelling in spellings:
                    yield place, raw.replace(f'"{TWIN}"'.encode(), spelling.encode())


def _with_twin(document: dict[str, Any], place: Place, value: object, *, first: bool) -> dict[str, Any]:
    copy, inner = opened(document, place)
    twin = {TWIN: inner[place[-1]] if value is None else value}
    members = {**twin, **inner} if first else {**inner, **twin}
    inner.clear()
    inner.update(members)
    return copy
