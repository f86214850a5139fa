"""Whole documents of each kind, and every way to change one at one place."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.mutating import INSIDE
from tests.json.examples import example
from tests.samples.whole import SAMPLES
from wtisd_model import (
    Code,
    Dossier,
    Event,
    InterpretationRequest,
    Nature,
    Outcome,
    Pledge,
    Registration,
    Roster,
    Session,
    strategies,
    to_json,
    validate,
)
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import compiled

Place = tuple[str | int, ...]
Described = tuple[Place, object, Mapping[str, Any]]
MANY = 1000

NASTY: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1.0, 1.5, 10**12, [], ["x", "x"], ["en", "en"], {}, {"x": 1}, [None], [{}]),
    *("", " ", "x", "x\n", "x\u2028", "\u202ex", "\u200d", "\ud800", "x" * 65, "x" * 501, "x" * 10_001),
    *("2023-02-30", "2023-02-28", "2023-02-28\n", "1969-12-31", "2200-01-01"),
    *("2023-02-30T00:00:00Z", "2023-02-28T00:00:00Z", "2199-12-31T23:59:59-00:01"),
    *("2023-02-28T00:00:00", "2023-02-30T00:00:00", "first", "Europe/Zurich", "UTC", "CET"),
    *("CH", "ch", "en", "EN", "fr-CH", "fr-ch", "fra", "ase", "USD", "on-site", "draft", "royalblue"),
    *("a@example.org", "a@", "https://example.org/a", "javascript:alert(1)", "tel:+41227305111", "+41227305111"),
    *("9.c", "18", "0", "-0", "-0.0", "1.50", "1e5", "01", "100.0001", "90.00000001", "180", "-180.5", "١"),
)


def shape_is_good(cls: type, document: Mapping[str, Any]) -> bool:
    """Return True if our reader finds nothing wrong with the shape; rules between fields may."""
    outcome: Outcome[Any] = validate(cls, document)
    found = {Code(each.code) for each in outcome.findings}
    return Code.SCHEMA_VERSION_NEWER not in found and all(each.nature is not Nature.SHAPE for each in found)


def places(value: object, path: Place = ()) -> Iterator[Place]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from places(each, (*path, index))


def distinct_places(document: object) -> Iterator[Place]:
    """Yield one place of each kind: all items of an array are of one kind."""
    seen: set[Place] = set()
    for place in places(document):
        kind = tuple("*" if isinstance(step, int) else step for step in place)
        if kind not in seen:
            seen.add(kind)
            yield place


def changed(document: dict[str, Any], place: Place, value: object) -> dict[str, Any]:
    """Return a document with another value at a place; the other parts are shared with the original."""
    copy, inner = unfrozen(document, place)
    inner[place[-1]] = value
    return copy


def without(document: dict[str, Any], place: Place) -> dict[str, Any]:
    copy, inner = unfrozen(document, place)
    del inner[place[-1]]
    return copy


def unfrozen(document: dict[str, Any], place: Place) -> tuple[dict[str, Any], Any]:
    """Copy a document along the way to a place; give it, and what holds the place, to be changed."""
    whole = document.copy()
    inner: Any = whole
    for step in place[:-1]:
        inner[step] = inner[step].copy()
        inner = inner[step]
    return whole, inner


FULL: dict[type, dict[str, Any]] = {
    Event: example("event"),
    Session: {"@type": "Session", "schemaVersion": 1, **example("event")["sessions"][0]},
    Registration: example("registration"),
    InterpretationRequest: example("interpretation-request"),
    Pledge: example("pledge"),
    Dossier: example("dossier"),
    Roster: example("roster"),
}
"""A document of each kind; the grid below puts every nasty value in every place of it."""


WHOLE: dict[type, dict[str, Any]] = {
    type(each): json.loads(to_json(each)) for each in SAMPLES if type(each) in DOCUMENTS
}
"""A document of each kind in which every field is filled; every bound of the schemas is tried in these."""


of_each_kind: dict[type, st.SearchStrategy[Any]] = {
    Event: strategies.events(),
    Session: strategies.sessions(),
    Registration: strategies.registrations(),
    InterpretationRequest: strategies.interpretation_requests(),
    Pledge: strategies.pledges(),
    Dossier: strategies.dossiers(),
    Roster: strategies.rosters(),
}


@st.composite
def mutated(draw: st.DrawFn, kinds: Sequence[type] = DOCUMENTS) -> tuple[type, dict[str, Any]]:
    """Change a few places of a valid document: another value, one from elsewhere in it, another key or character."""
    cls = draw(st.sampled_from(kinds))
    document: dict[str, Any] = json.loads(to_json(draw(of_each_kind[cls])))
    for _ in range(draw(st.integers(1, 3))):
        all_places = list(places(document))
        place = draw(st.sampled_from(all_places))
        value: Any = document
        for step in place:
            value = value[step]
        match draw(st.sampled_from(["nasty", "elsewhere", "remove", "unknown", "text", "inside"])):
            case "nasty":
                document = changed(document, place, draw(st.sampled_from(NASTY)))
            case "elsewhere":
                other: Any = document
                for step in draw(st.sampled_from(all_places)):
                    other = other[step]
                document = changed(document, place, deepcopy(other))
            case "remove":
                document = without(document, place)
            case "inside" if isinstance(value, str):
                at, character = draw(st.integers(0, len(value))), draw(st.sampled_from(["", *INSIDE]))
                document = changed(document, place, value[:at] + character + value[at + draw(st.integers(0, 1)) :])
            case "unknown":
                document = changed(document, (*place[:-1], "unknown") if isinstance(place[-1], str) else place, 1)
            case _:
                document = changed(document, place, draw(st.text(max_size=20)))
    return cls, document


def resolved(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference into the definitions of its file."""
    reference = schema.get("allOf", [schema])[0].get("$ref")
    return schema if reference is None else whole["$defs"][str(reference).removeprefix("#/$defs/")]


def described(
    value: object, schema: Mapping[str, Any], whole: Mapping[str, Any], path: Place = ()
) -> Iterator[Described]:
    """Yield each place of a document with its part of the published schema."""
    schema = resolved(schema, whole)
    yield path, value, schema
    if "type" not in schema:  # any JSON
        return
    if isinstance(value, dict):
        for key, each in value.items():
            inner = schema["properties"][key] if "properties" in schema else schema["additionalProperties"]
            yield from described(each, inner, whole, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from described(each, schema["items"], whole, (*path, index))


def boundaries(value: object, schema: Mapping[str, Any]) -> Iterator[tuple[object, bool]]:
    """Yield values at each bound of a schema, which are good, and just beyond it, which are not."""
    if "anyOf" in schema:  # kinds of answers, each of a type of its own
        kind = {str: "string", bool: "boolean", int: "integer", list: "array"}[type(value)]
        yield from boundaries(value, next(each for each in schema["anyOf"] if each["type"] == kind))
    if "minimum" in schema:
        for bound, outside in (("minimum", -1), ("maximum", 1)):
            yield schema[bound], True
            yield schema[bound] + outside, False
    if "maxLength" in schema and "format" not in schema:
        yield from _lengths(schema["maxLength"], compiled(schema["pattern"]))
    # Lists of thousands take jsonschema minutes; tests/model/test_declarations.py tells their bounds.
    if isinstance(value, list) and value and schema.get("maxItems", MANY + 1) <= MANY:
        items = value if not schema.get("uniqueItems") else []
        for count, good in ((schema["maxItems"], True), (schema["maxItems"] + 1, False)):
            if items:
                yield [items[index % len(items)] for index in range(count)], good
        if "minItems" in schema:
            yield value[: schema["minItems"] - 1], False


def _lengths(longest: int, pattern: re.Pattern[str]) -> Iterator[tuple[object, bool]]:
    for letter in "ax1":
        if pattern.match(letter * longest):
            yield letter * longest, True
            yield letter * (longest + 1), False
            return
