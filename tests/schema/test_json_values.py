"""JSON values that no class declares: immutable, compared by their canonical bytes, and bounded."""

import copy
import json
import math
import pickle
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wtisd_model import Finding
from wtisd_model.schema.constraints import Boolean, Integer
from wtisd_model.schema.json_values import (
    DEEPEST,
    LARGEST,
    MOST_EXACT,
    AnyJson,
    AnyOf,
    JsonObject,
    frozen_json,
    json_object,
)

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=10,
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=4)


def code_of(found: Finding | None) -> str | None:
    return None if found is None else found.code


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


class TestJsonObject:
    """An object that no class declares."""

    def test_it_cannot_be_changed_and_neither_can_what_is_in_it(self) -> None:
        made = JsonObject({"b": [1, {"c": [2]}], "a": None})
        assert list(made) == ["a", "b"]
        assert made["b"] == (1, JsonObject({"c": (2,)}))
        changeable: Any = made
        with pytest.raises(TypeError):
            changeable["a"] = 5
        with pytest.raises(TypeError):
            changeable["b"][1]["c"] = 5

    def test_it_does_not_follow_a_change_of_what_it_was_made_of(self) -> None:
        inner = {"c": [1]}
        made = JsonObject({"b": inner})
        inner["c"].append(2)
        assert made == {"b": {"c": [1]}}

    @pytest.mark.parametrize(
        ("one", "other"),
        [(True, 1), (False, 0), ([], {}), ("1", 1), (None, False), ([1], [True]), ({"a": 1}, {"a": True})],
    )
    def test_values_whose_bytes_differ_are_not_equal(self, one: object, other: object) -> None:
        assert JsonObject({"a": one}) != JsonObject({"a": other})
        assert JsonObject({"a": one}) != {"a": other}

    @pytest.mark.parametrize(
        ("one", "other"), [(1.0, 1), (-0.0, 0), (10**20, 1e20), ((1,), [1]), (JsonObject({"b": 1}), {"b": 1.0})]
    )
    def test_values_whose_bytes_are_equal_are(self, one: object, other: object) -> None:
        assert JsonObject({"a": one}) == JsonObject({"a": other}) == {"a": other}
        assert hash(JsonObject({"a": one})) == hash(JsonObject({"a": other}))

    def test_it_equals_nothing_else(self) -> None:
        assert JsonObject() != ()
        assert JsonObject() == {}

    @given(OBJECTS, OBJECTS)
    def test_equal_ones_have_equal_bytes_and_others_have_not(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        for each in (other, dict(reversed(one.items()))):
            made, again = JsonObject(one), JsonObject(each)
            if AnyJson(10**6).check(made) is AnyJson(10**6).check(again) is None:
                assert (made == again) == (made.canonical() == again.canonical())
                assert made != again or hash(made) == hash(again)

    @given(OBJECTS)
    def test_its_bytes_are_read_back_as_it(self, values: dict[str, Any]) -> None:
        made = JsonObject(values)
        if AnyJson(10**6).check(made) is None:
            assert JsonObject(json.loads(made.canonical())) == made
            assert JsonObject(json.loads(made.canonical())).canonical() == made.canonical()

    @pytest.mark.parametrize("value", [{"a": [1, {"b": 2.5}]}, {}])
    def test_it_pickles_and_copies(self, value: dict[str, Any]) -> None:
        made = JsonObject(value)
        for again in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
            assert again == made
            assert hash(again) == hash(made)

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            # RFC 8785 appendix B.
            (0.0, "0"),
            (-0.0, "0"),
            (5e-324, "5e-324"),
            (-1.7976931348623157e308, "-1.7976931348623157e+308"),
            (9007199254740992.0, "9007199254740992"),
            (295147905179352830000.0, "295147905179352830000"),
            (9.999999999999997e22, "9.999999999999997e+22"),
            (1e23, "1e+23"),
            (999999999999999900000.0, "999999999999999900000"),
            (1e21, "1e+21"),
            (9.999999999999997e-7, "9.999999999999997e-7"),
            (0.000001, "0.000001"),
            (333333333.3333333, "333333333.3333333"),
            (0.000333, "0.000333"),
            ('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
            ({"\U0001f600": 1, "\ufb33": 2, "\r": 3, "ö": 4}, '{"\\r":3,"ö":4,"\U0001f600":1,"\ufb33":2}'),
        ],
    )
    def test_its_bytes_are_canonical(self, value: object, written: str) -> None:
        assert JsonObject({"a": value}).canonical().decode() == f'{{"a":{written}}}'

    def test_it_prints_nothing_that_is_in_it(self) -> None:
        assert [repr(JsonObject(each)) for each in ({}, {"a": "Participant 1"}, {"a": 1, "b": 2})] == [
            "JsonObject(0 members)",
            "JsonObject(1 member)",
            "JsonObject(2 members)",
        ]

    def test_it_becomes_what_the_json_module_can_write(self) -> None:
        made = JsonObject({"b": [1, {"c": [True, None]}]}).as_dict()
        assert made == {"b": [1, {"c": [True, None]}]}
        assert json.loads(json.dumps(made)) == made

    def test_a_mapping_becomes_one_and_anything_else_is_left_for_the_check(self) -> None:
        anything: Any = 5
        assert json_object({"a": [1]}) == JsonObject({"a": (1,)})
        assert json_object(anything) is anything

    def test_one_is_not_made_again(self) -> None:
        made = JsonObject({"a": {"b": [1]}})
        assert json_object(made) is made
        assert frozen_json(made) is made
        assert JsonObject({"c": made})["c"] is made


class TestAnyJson:
    """Any value within the limits."""

    CHECK = AnyJson(50)

    @pytest.mark.parametrize("value", [None, True, 5, -2.5, "x", [1, [2]], {"a": {"b": None}}, MOST_EXACT, 1e300])
    def test_a_good_one_is_accepted(self, value: object) -> None:
        assert self.CHECK.check(frozen_json(value)) is None

    @given(st.floats(allow_nan=False, allow_infinity=False))
    @example(1e23)
    @example(sys.float_info.max)
    def test_a_number_is_itself_in_plain_digits_too(self, value: float) -> None:
        """As PostgreSQL returns 1e+23."""
        again = frozen_json(json.loads(f"{Decimal(repr(value)):f}"))
        assert JsonObject({"a": again}) == JsonObject({"a": value})
        assert AnyJson(LARGEST).check(again) is None

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (10**23 + 1, "number-out-of-range"),
            (10**309, "number-out-of-range"),
            (MOST_EXACT + 2, "number-out-of-range"),
            (-(2**2000), "number-out-of-range"),
            (math.inf, "number-not-finite"),
            (math.nan, "number-not-finite"),
            ("\ud800", "text-control"),
            ({"\udfff": 1}, "text-control"),
            ({5: 1}, "wrong-type"),
            (b"x", "wrong-type"),
            ({1, 2}, "wrong-type"),
            ([[object()]], "wrong-type"),
            ("x" * 49, "extension-too-large"),
            (nested(DEEPEST + 1), "extension-too-deep"),
            (nested(5000), "extension-too-deep"),
        ],
    )
    def test_a_bad_one_is_refused(self, value: object, code: str) -> None:
        assert code_of(self.CHECK.check(frozen_json(value))) == code

    def test_objects_that_are_frozen_already_are_counted_too(self) -> None:
        value: Any = 1
        for _ in range(DEEPEST + 1):
            value = JsonObject({"a": value})
        assert code_of(self.CHECK.check(frozen_json(value))) == "extension-too-deep"
        for _ in range(5000):
            value = JsonObject({"a": value})
        assert code_of(AnyJson(LARGEST).check(frozen_json(value))) == "extension-too-deep"

    def test_the_limits_are_exact(self) -> None:
        assert self.CHECK.check("x" * 48) is None
        assert self.CHECK.check(frozen_json(nested(DEEPEST))) is None

    @pytest.mark.parametrize("wrap", [lambda inner: [inner] * 8, lambda inner: dict.fromkeys("abcdefgh", inner)])
    def test_a_short_value_that_many_places_share_is_refused_without_being_copied_for_each(self, wrap: Any) -> None:
        value: Any = [1]
        for _ in range(DEEPEST - 1):
            value = wrap(value)
        frozen = frozen_json(value)
        assert len(pickle.dumps(frozen)) < 10**6  # all of it has 2,000,000 members
        assert code_of(AnyJson(LARGEST).check(frozen)) == "extension-too-large"

    @pytest.mark.parametrize(
        "wrap", [lambda inner: (inner,) * 100, lambda inner: JsonObject({f"{each}": inner for each in range(100)})]
    )
    def test_a_frozen_value_that_many_places_share_is_counted_to_the_limit_only(self, wrap: Any) -> None:
        value: Any = (1,)
        for _ in range(DEEPEST - 1):
            value = wrap(value)
        assert code_of(AnyJson(LARGEST).check(frozen_json(value))) == "extension-too-large"  # 10**14 members

    def test_a_long_text_that_many_places_share_is_not_written_for_each(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(JsonObject, "canonical", None)
        assert code_of(AnyJson(LARGEST).check(frozen_json(["x" * 60_000] * 2))) == "extension-too-large"

    @given(VALUES)
    def test_no_value_that_fits_is_refused_as_too_large(self, value: Any) -> None:
        frozen = frozen_json(value)
        if AnyJson(LARGEST).check(frozen) is None:
            size = len(JsonObject({"": frozen}).canonical()) - len('{"":}')
            assert AnyJson(size).check(frozen) is None
            assert code_of(AnyJson(size - 1).check(frozen)) == "extension-too-large"

    def test_a_list_that_holds_itself_is_too_deep(self) -> None:
        endless: list[Any] = []
        endless.append(endless)
        assert code_of(self.CHECK.check(frozen_json(endless))) == "extension-too-deep"


class TestAnyOf:
    """A value of one of several kinds."""

    CHECK = AnyOf({bool: Boolean(), int: Integer(0, 5)}, "true, false or a number")

    def test_each_kind_has_its_own_constraint(self) -> None:
        assert self.CHECK.check(value=True) is self.CHECK.check(value=5) is None
        assert code_of(self.CHECK.check(6)) == "number-out-of-range"

    def test_other_kinds_are_refused(self) -> None:
        found = self.CHECK.check("x")
        assert found is not None
        assert (found.code, found.message) == ("wrong-type", "Expected true, false or a number.")
