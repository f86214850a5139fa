"""The ways that a payload can take, one at a time, and the changes of documents that all of them are asked about."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from tests.json.constructed import constructed
from tests.json.engines import ENGINES, made_with, walking
from tests.json.test_agreement import (
    NASTY,
    WHOLE,
    Place,
    boundaries,
    changed,
    described,
    distinct_places,
    referee,
    unfrozen,
    without,
)
from wtisd_model.findings import ModelError
from wtisd_model.json.json_types import Payload
from wtisd_model.json.limits import Limits
from wtisd_model.json.normalize import copied
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.schema_files import json_schema
from wtisd_model.json.validator import Validator

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


each_engine = pytest.mark.parametrize("engine", ENGINES)
"""Has a test run with each engine, by its name."""


class Way(NamedTuple):
    """A way that a payload may take, and what its engine is called."""

    engine: str
    name: str
    """``parsed`` where bytes become an object at once, ``copied`` where they or a mapping first become plain values,
    ``snapshot`` where a dict is copied as the plain JSON that it is."""


def validator(engine: str, cls: type, limits: Limits = ROOMY, **bound: Any) -> Validator[Any]:
    """Give a validator with an engine of one's choice."""
    return _validator(engine, cls, limits) if not bound else made_with(engine, cls, limits=limits, **bound)


@cache
def _validator(engine: str, cls: type, limits: Limits) -> Validator[Any]:
    return made_with(engine, cls, limits=limits)


def quickly(engine: str, cls: type, payload: Any, limits: Limits = ROOMY) -> Iterator[tuple[Way, Any]]:
    """Give what comes of a payload on each way that is open to it, without the strict parser and without the telling.

    None is a doubt.
    """
    return ways_of(validator(engine, cls, limits), engine, cls, payload)


def ways_of(judge: Any, engine: str, cls: type, payload: Any) -> Iterator[tuple[Way, Any]]:
    """Do what `quickly` does, with a validator."""
    if type(payload) is bytes and judge._parse is not None:
        is_small = len(payload) <= judge._bounds.small
        yield Way(engine, "parsed"), _or_none(cls, judge._parse(payload)) if is_small else None
    if type(payload) is dict:
        bounds = judge._bounds
        plain = ENGINES[engine].snapshot(payload, bounds.plain_size if bounds.are_usual else -1)
        yield Way(engine, "snapshot"), _held(judge, cls, plain)
        yield Way(engine, "copied"), _held(judge, cls, copied(payload, bounds))
        return
    with patch("wtisd_model.json.parser._parse", lambda *_: ()):
        plain = judge._read(payload)
    yield Way(engine, "copied"), _held(judge, cls, plain)


def _held(judge: Any, cls: type, plain: Any) -> Any:
    return _or_none(cls, judge._held(plain)) if type(plain) is dict else None


def _or_none(cls: type, made: Any) -> Any:
    return made if type(made) is cls else None


def all_doubt(engine: str, cls: type, payload: Any, limits: Limits = ROOMY) -> bool:
    """Tell whether nothing comes of a payload on any of its ways."""
    return all(made is None for _, made in quickly(engine, cls, payload, limits))


class _LeftError(Exception):
    """A payload is left to the strict parser."""


def _leave(_raw: bytes, _bounds: object) -> None:
    raise _LeftError


def swiftly(engine: str, cls: type, payload: Any, limits: Limits = ROOMY) -> Outcome[Any] | None:
    """Read a payload, and tell what is wrong with it, without the strict parser; None where it is left to that."""
    with patch("wtisd_model.json.parser._parse", _leave):
        try:
            return validator(engine, cls, limits)(payload)
        except _LeftError:
            return None


def is_doubtful(way: Way, payload: Any) -> bool:
    r"""Tell whether a good document is one of those that a way leaves to a slower one.

    Where plain values are made of JSON, it is one in which a whole number is written with a point or an exponent. With
    the plain engine it is also one in which a quote is escaped as \u0022, and another with a backslash, or a text ends
    in one: the first might stand for a quote that would otherwise show that a key was dropped. Where bytes become an
    object at once, it is one in which a whole number is written with a point or an exponent, or the key of a field with
    a backslash. There is no snapshot of a dict in which a number is written with a point; what is copied is never in
    doubt.
    """
    if way.name == "snapshot":
        return any(isinstance(each, float) for each in single_values(payload))
    if isinstance(payload, Mapping):
        return False
    raw = payload.encode() if isinstance(payload, str) else bytes(payload)
    if any(isinstance(each, float) for each in single_values(json.loads(raw))):
        return True
    if way.name == "parsed":
        return _has_escaped_keys(raw)
    return way.engine == "plain" and rb"\u0022" in raw and _has_other_quotes(raw)


def _has_other_quotes(raw: bytes) -> bool:
    """Tell whether quotes are escaped with a backslash, or a text ends in one, in JSON that has blanks or numbers."""
    whole = json.loads(raw)
    if len(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")) == len(raw):
        return False
    return rb"\"" in raw or any(isinstance(each, str) and each.endswith("\\") for each in single_values(whole))


_KEY_OR_BRACE = re.compile(rb'"(?:[^"\\]|\\.)*"(?:[ \t\r\n]*:)?|[{}]')


def _has_escaped_keys(raw: bytes) -> bool:
    """Tell whether the name of a field is written with a backslash; the tags of translations are no names of fields."""
    holders: list[str] = []
    key = ""
    for found in _KEY_OR_BRACE.finditer(raw):
        token = found[0]
        if token == b"{":
            holders.append(key)
        elif token == b"}":
            holders.pop()
            key = ""
        elif token.endswith(b":"):
            key = json.loads(token[:-1])
            if b"\\" in token and holders[-1] != "translations":
                return True
    return False


def single_values(value: object) -> Iterator[object]:
    """Give each text, number, true and false of a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        yield value
        return
    for each in inner:
        yield from single_values(each)


def slowly(cls: type, payload: Payload, limits: Limits = ROOMY) -> Outcome[Any]:
    """Read a payload with the strict parser and the second walk, which shares nothing with plans and telling."""
    return slow_validator(cls, limits)(payload)


@cache
def slow_validator(cls: type, limits: Limits, *, submission: bool = False) -> Validator[Any]:
    """Give a validator that leaves everything to the strict parser and the walk."""
    return walking(cls, limits=limits, submission=submission)


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
    copy, inner = unfrozen(document, place)
    twin = {TWIN: inner[place[-1]] if value is None else value}
    members = {**twin, **inner} if first else {**inner, **twin}
    inner.clear()
    inner.update(members)
    return copy
