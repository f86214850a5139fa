"""Garbage for every pattern and every format of every published schema: reader, referee and classes agree about it."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from unicodedata import category

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator as SchemaValidator

from tests.hypothesis_profiles import sampled
from tests.json.mutations import WHOLE, Place, changed
from tests.json.spots import SPOTS, Spot, spots
from tests.samples.whole import SAMPLES
from wtisd_model import (
    Code,
    Finding,
    InvalidValueError,
    Limits,
    Nature,
    Session,
    json_schema,
    schema_validator,
    validate,
)
from wtisd_model.findings import pointer
from wtisd_model.json.json_schema import reached_classes
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS
from wtisd_model.schema.constraints import CodeList, Constraint, Items, Nested, Pattern, Text, compiled
from wtisd_model.schema.fields import fields_of, json_form_of

LONG = 100_000
WIDE = Limits(bytes=10**7, values=10**6)
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SURROGATES = "\ud800\udbff\udc00\udfff"
BLANKS = "".join(char for char in map(chr, range(0x10000)) if category(char) == "Zs") + "\ufeff"
UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u200b\u200c\u200d\u2060\u2800\u3164\ufe0f\uffa0\U000e0001"
OTHER_DIGITS = {
    "fullwidth": {ord("0") + each: chr(0xFF10 + each) for each in range(10)},
    "Arabic": {ord("0") + each: chr(0x0660 + each) for each in range(10)},
    "mathematical": {ord("0") + each: chr(0x1D7CE + each) for each in range(10)},
}


def patterns_of(schema: object) -> Iterator[dict[str, Any]]:
    """Find every part of a schema that has a pattern or a format, also one that no document reaches."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("pattern"), str) or isinstance(schema.get("format"), str):
            yield dict(schema)
        for each in schema.values():
            yield from patterns_of(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from patterns_of(each)


def damaged(good: str) -> Iterator[str]:
    """Spoil a good text in every way that a library once let through."""
    yield from ("", " ", "\n", "\x00", "\u2800", "x", "0", "-", "null", "true", "١", "1e5", "NaN", "\ufffd", "😀")
    for char in CONTROLS + BIDI + SURROGATES + BLANKS + UNSEEN:
        yield good + char
        yield good[: len(good) // 2] + char + good[len(good) // 2 :]
    for char in CONTROLS[::5] + BIDI[::3] + SURROGATES + UNSEEN:
        yield char + good
        yield char * 3
    for digits in OTHER_DIGITS.values():
        yield good.translate(digits)
    yield from (good.upper(), good.lower(), good.swapcase(), good.capitalize())
    yield from (good + "\u0301", "\u0301" + good, good + "\u0301" * 30, good + "\r\n", good + "\n\n", f"{good}\n{good}")
    yield from (f'"{good}"', f"<{good}>", f"{good},{good}", f"{good};", good + good, good[:-1], good[1:])
    yield from (good.replace("-", "\u2010"), good.replace(".", "\uff0e"), good.replace("@", "\uff20"))
    yield from (
        good.replace("/", "\u2215"),
        good.replace(":", "\ua789"),
        good.replace("T", " "),
        good.replace("K", "K"),
    )


def verdicts(spot: Spot, value: str) -> set[bool]:
    """Ask the reader, by the doors for mappings and for bytes, and the referee."""
    document = changed(spot.document, spot.place, value)
    mapping, raw = (
        shape(validate(spot.cls, each, limits=WIDE).findings) for each in (document, json.dumps(document).encode())
    )
    # Escaped, half a character passes a parser of JSON; the reader refuses it at its path.
    assert mapping == raw
    return {all(each.path != pointer(*spot.place) for each in mapping), referee(spot).is_valid(value)}


def shape(findings: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in findings if Code(each.code).nature is Nature.SHAPE]


def referee(spot: Spot) -> SchemaValidator:
    return Draft202012Validator(spot.said, format_checker=checker(spot.cls))


@cache
def checker(cls: type) -> FormatChecker:
    checker: FormatChecker = schema_validator(cls).format_checker  # type: ignore[attr-defined]  # the protocol leaves it out
    return checker


class TestAgreement:
    """CONTRACT: "Shape ... has one verdict everywhere"; hazards 3, 11 to 13, 22 and 29."""

    def test_no_pattern_and_no_format_of_any_schema_is_left_out(self) -> None:
        covered = {(spot.said.get("pattern"), spot.said.get("format")) for spot in SPOTS}
        covered.add((json_schema(Session)["properties"]["extensions"]["propertyNames"]["pattern"], None))  # see below
        schemas = [json_schema(cls) for cls in DOCUMENTS] + [json_schema(cls, submission=True) for cls in SUBMISSIONS]
        found = {(each.get("pattern"), each.get("format")) for schema in schemas for each in patterns_of(schema)}
        assert len(found) > 15
        assert found <= covered

    @pytest.mark.slow
    @pytest.mark.parametrize("spot", SPOTS, ids=str)
    def test_reader_and_referee_agree_about_every_damage(self, spot: Spot) -> None:
        assert verdicts(spot, spot.good) == {True}
        assert [each for each in sampled(damaged(spot.good), desk=4) if len(verdicts(spot, each)) > 1] == []

    @pytest.mark.parametrize("spot", SPOTS, ids=str)
    def test_what_no_text_may_hold_is_refused_by_all(self, spot: Spot) -> None:
        good = spot.good
        for char in ("\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", *SURROGATES):
            assert verdicts(spot, good + char) == verdicts(spot, char + good) == {False}
        for bad in ("", " ", "\u3000", "\ufeff", "\u200b", "\u2800\u3164", good + "\n", "\n" + good):
            assert verdicts(spot, bad) == {False}
        # Other programs write uids that end with a space, and compare the whole.
        assert verdicts(spot, good + " ") == {str(spot.place[-1]).lower().endswith("uid")}

    @pytest.mark.parametrize("spot", SPOTS, ids=str)
    @pytest.mark.parametrize("digits", OTHER_DIGITS)
    def test_digits_of_other_scripts_are_digits_in_free_text_only(self, spot: Spot, digits: str) -> None:
        other = spot.good.translate(OTHER_DIGITS[digits])
        free = compiled(spot.said.get("pattern", "(?!)")).match("é") is not None
        if other != spot.good:
            assert verdicts(spot, other) == {free}

    @pytest.mark.parametrize("cls", SUBMISSIONS)
    def test_a_submission_says_the_same_of_its_texts(self, cls: type) -> None:
        sent = as_submitted(cls, WHOLE[cls])
        whole = {spot.place: spot.said for spot in spots(cls, WHOLE[cls], json_schema(cls))}
        told = {spot.place: spot.said for spot in spots(cls, sent, json_schema(cls, submission=True))}
        assert told == {place: said for place, said in whole.items() if has(sent, place)}
        assert {place[-1] for place in whole.keys() - told.keys() if "history" not in place} >= {"id", "submittedAt"}

    @pytest.mark.parametrize("text", ["2023-04-13T24:00:00Z", "2023-04-13T23:59:60Z", "2023-04-13T08:15:00-00:00"])
    def test_moments_that_programs_disagree_about(self, text: str) -> None:
        (spot,) = [each for each in SPOTS if each.said.get("format") == "date-time"]
        assert verdicts(spot, text) == {text.endswith("-00:00")}

    def test_keys_that_are_tags_are_held_to_the_same(self) -> None:
        for tag in damaged("fr-CH"):
            document = changed(WHOLE[Session], ("title", "translations"), {tag: "Titre"})
            good = not shape(validate(Session, document, limits=WIDE).findings)
            assert good is schema_validator(Session).is_valid(document), tag

    def test_the_names_of_extensions_are_held_to_the_same(self) -> None:
        for name in damaged("example.org:badge"):
            document = changed(WHOLE[Session], ("extensions",), {name: 1})
            good = not shape(validate(Session, document, limits=WIDE).findings)
            assert good is schema_validator(Session).is_valid(document), name


def has(document: Any, place: Place) -> bool:
    """Return True if a document has a value at a place."""
    if not place:
        return True
    step, *rest = place
    is_there = step in document if isinstance(document, Mapping) else int(step) < len(document)
    return is_there and has(document[step], tuple(rest))


def as_submitted(cls: type, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without what only the office sets, at any depth."""
    return {
        spec.key: without_office(spec.constraint, document[spec.key])
        for spec in fields_of(cls)
        if spec.key in document and not spec.office
    }


def without_office(constraint: Constraint, value: Any) -> Any:
    match constraint:
        case Nested(cls=cls):
            return as_submitted(cls, value)
        case Items(item=item):
            return [without_office(item, each) for each in value]
        case _:
            return value


def texts_of_classes() -> Iterator[tuple[object, str, Constraint]]:
    for cls in sorted(reached_classes(DOCUMENTS), key=lambda each: each.__name__):
        for sample in SAMPLES:
            if type(sample) is cls and json_form_of(cls) is cls:
                for spec in fields_of(cls):
                    if isinstance(spec.constraint, Text | Pattern | CodeList) and hasattr(sample, spec.name):
                        yield sample, spec.name, spec.constraint
                break


class TestClasses:
    """What the reader refuses, the class refuses too, and by the same code."""

    @pytest.mark.parametrize(
        ("sample", "name", "constraint"),
        [pytest.param(*each, id=f"{type(each[0]).__name__}.{each[1]}") for each in texts_of_classes()],
    )
    def test_a_class_and_its_fields_agree(self, sample: Any, name: str, constraint: Text | Pattern | CodeList) -> None:
        good = getattr(sample, name)
        for bad in damaged(good if isinstance(good, str) else "x"):
            expected = constraint.check(bad)
            try:
                evolve(sample, **{name: bad})
            except InvalidValueError as error:
                (found,) = error.findings
                assert expected is None or found.code == expected.code
                assert expected is not None or Code(found.code).nature is not Nature.SHAPE
            else:
                assert expected is None


class TestLength:
    """Hazard 14: a length check before every match. How long a match takes is for tests/benchmarks/patterns.py."""

    def test_a_list_of_words_is_not_searched_for_what_is_near_a_long_one(self) -> None:
        constraints = [spec.constraint for cls in reached_classes(DOCUMENTS) for spec in fields_of(cls)]
        for constraint in (each for each in constraints if isinstance(each, CodeList)):
            found = constraint.check("x" * LONG)
            assert found is not None
            assert "suggestion" not in found.params
