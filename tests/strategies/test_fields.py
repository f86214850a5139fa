"""Every kind of value has a strategy, which a new field of that kind needs no more than its annotation for."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, get_args

import pytest
from attrs import frozen

from tests.strategies.drawing import classes, constraints, drawn
from wtisd_model import Code, Document, LocalizedText, Role, TimeSlot
from wtisd_model.data.countries import COUNTRIES
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import (
    Boolean,
    CodeList,
    Constraint,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Leaf,
    Map,
    Nested,
    Pattern,
    Text,
    Timestamp,
)
from wtisd_model.schema.fields import Count, constraint_of, fields_of
from wtisd_model.schema.model import Model
from wtisd_model.strategies import fields
from wtisd_model.strategies.fields import decimals_of, objects_of, values_of
from wtisd_model.types.language import LanguageTag
from wtisd_model.types.text import LINE

COLOURS = CodeList("colour", frozenset({"red", "green"}), Code.COLOR_UNKNOWN)


class Taste(StrEnum):
    """An enum that no other class knows."""

    BITTER = "bitter"
    SWEET = "sweet"


@frozen(kw_only=True, eq=False, repr=False)
class Cake(Model):
    """A class that nobody has written a strategy for."""

    name: Annotated[LocalizedText, LINE]
    taste: Taste
    weight: Annotated[Decimal, DecimalNumber(-1, 1, digits=1, places=2)]
    slices: Annotated[int, Integer(8, 12)]
    tags: Annotated[tuple[LanguageTag, ...], Count(minimum=2, unique=True)]
    colour: Annotated[str, COLOURS] | None = None
    eaten: bool = False
    baked: date | None = None
    sold: datetime | None = None
    hours: TimeSlot | None = None


def _kind(constraint: Constraint) -> str:
    return type(constraint).__name__


def _holds_a_document(constraint: Constraint) -> bool:
    """A document checks itself, and takes long to draw."""
    return (isinstance(constraint, Items) and _holds_a_document(constraint.item)) or (
        isinstance(constraint, Nested) and constraint.cls in DOCUMENTS
    )


class TestValues:
    """One strategy for each class of node."""

    def test_every_kind_of_constraint_has_a_strategy(self) -> None:
        kinds = {*get_args(Leaf), *(each for each in get_args(Constraint) if isinstance(each, type))}
        assert kinds >= {
            Text,
            Pattern,
            CodeList,
            Integer,
            DecimalNumber,
            Boolean,
            Date,
            Timestamp,
            Enumeration,
            Nested,
            Items,
            Map,
        }
        assert kinds == set(fields._BY_KIND)

    def test_a_kind_that_is_not_known_is_refused(self) -> None:
        unknown: Any = object()
        with pytest.raises(TypeError, match="No strategy"):
            values_of(unknown)

    @pytest.mark.slow
    @pytest.mark.parametrize("constraint", [each for each in constraints() if not _holds_a_document(each)], ids=_kind)
    def test_every_value_is_allowed_by_its_constraint(self, constraint: Constraint) -> None:
        assert [value for value in drawn(values_of(constraint), 40) if constraint.check(value) is not None] == []

    @pytest.mark.slow
    @pytest.mark.parametrize("constraint", [each for each in constraints() if isinstance(each, Enumeration)], ids=_kind)
    def test_every_member_of_every_enum_comes(self, constraint: Enumeration) -> None:
        assert set(drawn(values_of(constraint))) == set(constraint.members)

    def test_a_class_with_rules_between_its_fields_has_a_strategy_of_its_own(self) -> None:
        ruled = {cls for cls in classes() if getattr(cls, "INVARIANTS", ()) or hasattr(cls, "json_form")}
        assert TimeSlot in ruled
        assert ruled <= set(fields._strategies)

    def test_a_new_class_needs_none(self) -> None:
        cakes = drawn(objects_of(Cake))
        assert {cake.taste for cake in cakes} == set(Taste)
        assert {cake.colour for cake in cakes} == {"red", "green", None}
        assert {cake.eaten for cake in cakes} == {True, False}
        assert {cake.slices for cake in cakes} == {8, 9, 10, 11, 12}
        assert all(len(cake.tags) == len(set(cake.tags)) >= 2 for cake in cakes)
        for spec in fields_of(Cake):
            absent = sum(getattr(cake, spec.name) is None for cake in cakes)
            assert 0.2 < absent / len(cakes) < 0.8 if spec.optional else absent == 0


class TestNumbers:
    """Bounds are drawn often."""

    def test_whole_ones_reach_their_bounds(self) -> None:
        numbers = drawn(values_of(Integer(1, 1_000_000)), 1000)
        assert min(numbers) == 1
        assert numbers.count(1_000_000) > 5
        assert sum(number < 400 for number in numbers) > 500

    def test_a_single_one_is_drawn(self) -> None:
        assert set(drawn(values_of(Integer(7, 7)))) == {7}

    def test_exact_ones_reach_their_bounds_in_every_number_of_places(self) -> None:
        numbers = drawn(values_of(DecimalNumber(-180, 180, digits=3, places=8)), 1000)
        assert min(numbers) == -180
        assert max(numbers) == 180
        assert {-int(number.as_tuple().exponent) for number in numbers} == set(range(9))

    def test_they_have_no_more_digits_than_they_may(self) -> None:
        constraint = DecimalNumber(-(10**18), 10**18, digits=18, places=4)
        numbers = drawn(values_of(constraint), 500)
        assert [number for number in numbers if constraint.check(number) is not None] == []
        assert max(numbers) >= 10**18 - 1
        assert min(numbers) <= 1 - 10**18

    def test_they_can_be_restricted_to_values_above_the_minimum(self) -> None:
        numbers = drawn(decimals_of(DecimalNumber(0, 5, digits=1, places=2), 2, above=True), 500)
        assert min(numbers) == Decimal("0.01")
        assert max(numbers) == 5


class TestCollections:
    """A few items mostly, and as many as may be now and then."""

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("item", "most"),
        [
            (constraint_of(Document, "language"), 100),
            (constraint_of(Document, "symbol"), 100),
            (CodeList("country", COUNTRIES, Code.COUNTRY_UNKNOWN), 100),
            (Enumeration(Role), len(Role)),
        ],
        ids=["languages", "symbols", "list", "enum"],
    )
    def test_they_reach_their_bound_where_items_are_plain(self, item: Constraint, most: int) -> None:
        sizes = [len(each) for each in drawn(values_of(Items(item, frozenset, unique=True)), 500)]
        assert max(sizes) == most
        assert min(sizes) == 0

    def test_they_hold_as_many_as_they_must(self) -> None:
        constraint = Items(Pattern(r"^a{1,9}(?!\n)$", 9, Code.ID_MALFORMED), tuple, minimum=4, maximum=5)
        assert {len(each) for each in drawn(values_of(constraint))} == {4}

    def test_no_more_than_they_may(self) -> None:
        constraint = Items(Nested(LocalizedText), tuple, maximum=1)
        assert {len(each) for each in drawn(values_of(constraint))} == {0, 1}

    def test_items_that_must_differ_do(self) -> None:
        constraint = Items(COLOURS, tuple, minimum=2, maximum=2, unique=True)
        assert {frozenset(each) for each in drawn(values_of(constraint))} == {COLOURS.values}

    def test_entries_are_few_and_sometimes_none(self) -> None:
        key, value = constraint_of(Document, "language"), Text(20)
        assert isinstance(key, Pattern)
        assert {len(each) for each in drawn(values_of(Map(key, value)))} == {0, 1, 2, 3}
        assert {len(each) for each in drawn(values_of(Map(key, value, 1)))} == {0, 1}
