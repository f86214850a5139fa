"""One verdict on shape: our reader, the published schema through jsonschema, and the classes say the same."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.protocols import Validator as SchemaValidator

from tests.hypothesis_profiles import LAW, sampled
from tests.json.mutations import (
    FULL,
    NASTY,
    WHOLE,
    Place,
    boundaries,
    changed,
    described,
    distinct_places,
    mutated,
    of_each_kind,
    shape_is_good,
    without,
)
from wtisd_model import Code, Limits, Nature, Outcome, json_schema, schema_validator, to_json, validate
from wtisd_model.findings import pointer
from wtisd_model.model.documents import DOCUMENTS


@cache
def referee(cls: type) -> SchemaValidator:
    return schema_validator(cls)


def here(place: Place, document: Mapping[str, Any], cls: type) -> bool:
    """Return True if our reader finds nothing wrong with the shape of the value at *place* itself."""
    outcome: Outcome[Any] = validate(cls, document, limits=Limits(bytes=10**8, values=10**7))
    shape = {each.path for each in outcome.findings if Code(each.code).nature is Nature.SHAPE}
    return pointer(*place) not in shape


def there(place: Place, document: Mapping[str, Any], cls: type) -> bool:
    """Return True if the published schema accepts the value at *place* itself."""
    return all(tuple(error.absolute_path) != place for error in referee(cls).iter_errors(document))


class TestOneVerdict:
    """CONTRACT: "Shape (what JSON Schema can say) has one verdict everywhere"."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_the_grid_of_nasty_values_in_every_place(self, cls: type) -> None:
        document = FULL[cls]
        differing = [
            (place, value if len(str(value)) < 80 else "...")
            for place, value in sampled(product(distinct_places(document), NASTY), gates=3)
            for bad in [changed(document, place, value)]
            if shape_is_good(cls, bad) is not referee(cls).is_valid(bad)
        ]
        assert differing == []

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_every_bound_of_the_published_schema_is_where_reader_and_schema_have_it(self, cls: type) -> None:
        document, schema = WHOLE[cls], json_schema(cls)
        tried = 0
        for place, value, said in described(document, schema, schema):
            for each, good in boundaries(value, said) if place else ():
                tried += 1
                changed_one = changed(document, place, each)
                verdicts = [here(place, changed_one, cls), there(place, changed_one, cls)]
                assert verdicts == [good, good], (place, len(each) if isinstance(each, str | list) else each)
        assert tried >= 15  # not in vain

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_the_grid_of_missing_and_unknown_keys(self, cls: type) -> None:
        document = FULL[cls]
        for place in distinct_places(document):
            bad = without(document, place)
            assert shape_is_good(cls, bad) is referee(cls).is_valid(bad), place
            if isinstance(place[-1], str):
                bad = changed(document, (*place[:-1], "unknownKey"), 1)
                assert shape_is_good(cls, bad) is referee(cls).is_valid(bad), place

    @LAW
    @given(st.sampled_from(DOCUMENTS).flatmap(lambda cls: of_each_kind[cls].map(lambda value: (cls, value))))
    def test_what_we_write_is_valid_against_the_published_schema(self, made: tuple[type, object]) -> None:
        cls, value = made
        assert list(referee(cls).iter_errors(json.loads(to_json(value)))) == []

    @LAW
    @given(mutated())
    def test_a_changed_document_is_refused_by_both_or_by_none(self, made: tuple[type, dict[str, Any]]) -> None:
        cls, document = made
        assert shape_is_good(cls, document) is referee(cls).is_valid(document)

    @pytest.mark.slow
    @LAW
    @given(mutated())
    def test_whatever_the_reader_builds_the_class_builds_too(self, made: tuple[type, dict[str, Any]]) -> None:
        cls, document = made
        outcome: Outcome[Any] = validate(cls, document)
        assert (outcome.value is None) is any(Code(each.code).nature is not Nature.RULE for each in outcome.findings)
        assert outcome.value is None or isinstance(outcome.value, cls)


class TestPublishedSchemas:
    """Every pattern and format in every schema refuses garbage, and ends where the text ends."""

    def leaves(self, schema: object) -> Iterator[dict[str, Any]]:
        if isinstance(schema, dict):
            if isinstance(schema.get("pattern"), str):
                yield schema
            for each in schema.values():
                yield from self.leaves(each)

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("garbage", ["", "\n", " ", "\x00", "\u2028", "\ud800", "\u200b"])
    def test_garbage_is_refused_everywhere(self, cls: type, garbage: str) -> None:
        from jsonschema import Draft202012Validator

        for leaf in self.leaves(json_schema(cls)):
            assert not Draft202012Validator(leaf).is_valid(garbage), leaf
            # Of others' own formats a validator knows nothing, and ajv refuses the schema.
            assert leaf.get("format", "date") in {"date", "date-time", "email", "uri"}
            assert r"\ud8" not in leaf["pattern"], "Rust compiles no range of surrogates"

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_every_pattern_is_anchored_and_has_no_class_that_languages_read_differently(self, cls: type) -> None:
        for leaf in self.leaves(json_schema(cls)):
            assert leaf["pattern"].startswith("^"), leaf
            assert leaf["pattern"].endswith(r"(?!\n)$"), leaf
            assert not any(each in leaf["pattern"] for each in (r"\d", r"\w", r"\s", r"\Z", "(?P")), leaf
            assert leaf["maxLength"] > 0
