"""Plans: what is not known of a class stops its plan from being made; nothing of a declaration is passed over."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

import pytest
from attrs import evolve, field, frozen

from tests.json.engines import ENGINES
from tests.json.entry_points import each_engine
from wtisd_model.findings import Finding, ReprMixin
from wtisd_model.json import plans
from wtisd_model.json.doubts import UNSOUND
from wtisd_model.json.native import NATIVE
from wtisd_model.json.schema_files import reached_classes
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import Boolean, DecimalNumber, Integer
from wtisd_model.schema.fields import Count, FieldSpec, fields_of
from wtisd_model.schema.model import Model
from wtisd_model.types.country import CountryCode
from wtisd_model.types.money import Money
from wtisd_model.types.text import Name

MOST_FIELDS = 63


@frozen(eq=False, repr=False)
class Strange(ReprMixin):
    """A kind of value that no reader knows."""

    def check(self, _value: object) -> Finding | None:
        return None


@frozen(kw_only=True, eq=False, repr=False)
class Settling(Model):
    """Its constructor changes what it is given."""

    name: Name

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.upper())


@frozen(kw_only=True, eq=False, repr=False)
class Good(Model):
    """What plans know."""

    names: tuple[Name, ...] = ()
    flag: bool = False
    seats: Annotated[int, Integer(0, 5)] = 3
    share: Annotated[Decimal, DecimalNumber(0, 1, digits=1, places=1)] | None = None
    on: date | None = None
    country: CountryCode | None = None


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Loose(Model):
    """Its objects have a dict."""

    name: Name


class Newer(Model):
    """Its objects are made by a function of its own."""

    __slots__ = ()

    def __new__(cls, *_values: object, **_fields: object) -> Self:
        return super().__new__(cls)


@frozen(kw_only=True, eq=False, repr=False)
class Made(Newer):
    name: Name


def of_fields(count: int) -> type:
    """Make a class with so many fields."""
    names = [f"field{index}" for index in range(count)]
    members: dict[str, Any] = {
        "__annotations__": dict.fromkeys(names, Name | None),
        **{each: field(default=None) for each in names},
    }
    cls: type = frozen(kw_only=True, eq=False, repr=False)(type("Wide", (Model,), members))
    return cls


def one_field(hint: object, *default: object) -> type:
    """Make a class with one field."""
    members: dict[str, object] = {"__annotations__": {"it": hint}}
    if default:
        members["it"] = default[0]
    cls: type = frozen(kw_only=True, eq=False, repr=False)(type("Odd", (Model,), members))
    return cls


@each_engine
class TestLoudness:
    """What a plan would not heed stops it."""

    def test_what_it_knows_is_read(self, engine: str) -> None:
        plan = plans.plan_of(Good, None, ENGINES[engine])
        made = plan.held(
            {"names": ["a"], "flag": True, "seats": 0, "share": "0.5", "on": "2023-04-14", "country": "CH"}
        )
        assert made == Good(names=("a",), flag=True, seats=0, share=Decimal("0.5"), on=date(2023, 4, 14), country="CH")
        assert plan.held({}) == Good()

    def test_every_class_that_a_document_is_made_of_has_one(self, engine: str) -> None:
        for cls in reached_classes(DOCUMENTS):
            assert isinstance(plans.plan_of(cls, None, ENGINES[engine]), ENGINES[engine].Plan)

    def test_a_node_that_it_does_not_know(self, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def strange(cls: type) -> tuple[FieldSpec, ...]:
            constraint: Any = Strange()
            return tuple(evolve(each, constraint=constraint) for each in fields_of(cls))

        cls = one_field(Name)
        monkeypatch.setattr(plans, "fields_of", strange)
        with pytest.raises(TypeError, match="A kind of value that no reader knows"):
            plans.plan_of(cls, None, ENGINES[engine])

    def test_parts_of_which_no_two_may_be_equal(self, engine: str) -> None:
        cls = one_field(Annotated[tuple[Good, ...], Count(unique=True)], ())
        with pytest.raises(TypeError, match="which no reader looks at"):
            plans.plan_of(cls, None, ENGINES[engine])

    @pytest.mark.parametrize(("hint", "default"), [(tuple[Name, ...] | None, None), (bool | None, None)])
    def test_what_is_none_where_it_is_absent(self, engine: str, hint: object, default: object) -> None:
        with pytest.raises(TypeError, match="None, not empty, where it is absent"):
            plans.plan_of(one_field(hint, default), None, ENGINES[engine])

    def test_a_constructor_that_does_more_than_to_check(self, engine: str) -> None:
        with pytest.raises(TypeError, match="does more than to check"):
            plans.plan_of(Settling, None, ENGINES[engine])

    def test_a_rule_between_more_fields_than_it_may_have(self, engine: str) -> None:
        rule = ENGINES[engine].Rule
        assert rule(lambda *_: (), tuple(range(16)), 0).asked == (1 << 16) - 1
        with pytest.raises(TypeError, match="too many fields"):
            rule(lambda *_: (), tuple(range(17)), 0)

    @pytest.mark.parametrize("bounds", [(0, 2**53 + 1), (-(2**53) - 1, 0)])
    def test_numbers_that_not_all_programs_can_hold(self, engine: str, bounds: tuple[int, int]) -> None:
        with pytest.raises(TypeError, match="not all programs can hold"):
            plans.plan_of(one_field(Annotated[int | None, Integer(*bounds)], None), None, ENGINES[engine])

    def test_as_many_fields_as_there_are_bits(self, engine: str) -> None:
        plan = plans.plan_of(of_fields(MOST_FIELDS), None, ENGINES[engine])
        made = plan.held({f"field{index}": f"x{index}" for index in range(MOST_FIELDS)})
        assert [getattr(made, f"field{index}") for index in range(MOST_FIELDS)] == [
            f"x{at}" for at in range(MOST_FIELDS)
        ]

    def test_more_fields_than_there_are_bits(self, engine: str) -> None:
        with pytest.raises(TypeError, match="too many fields"):
            plans.plan_of(of_fields(MOST_FIELDS + 1), None, ENGINES[engine])

    def test_the_largest_numbers_are_read_in_every_way(self, engine: str) -> None:
        plan = plans.plan_of(one_field(Annotated[int | None, Integer(-(2**53), 2**53)], None), None, ENGINES[engine])
        for number in (2**53, -(2**53)):
            assert plan.held({"it": number}).it == number
            assert plan.parse is None or plan.parse(b'{"it": %d}' % number).it == number
        for number in (2**53 + 1, 10**16, 10**17):
            assert plan.parse is None or plan.parse(b'{"it": %d}' % number) is None

    def test_keys_that_are_alike_in_the_beginning_are_told_apart(self, engine: str) -> None:
        cls = of_fields(12)
        raw = b'{"field1": "a", "field10": "b", "field11": "c"}'
        plan = plans.plan_of(cls, None, ENGINES[engine])
        for made in [
            plan.held({"field11": "c", "field1": "a", "field10": "b"}),
            *([plan.parse(raw)] if plan.parse else []),
        ]:
            assert (made.field1, made.field10, made.field11, made.field0) == ("a", "b", "c", None)


@pytest.mark.skipif(NATIVE is None, reason="is about what is compiled")
class TestSlots:
    """Where slots are filled in place, a class that is more than its slots is refused."""

    @pytest.mark.parametrize("cls", [Loose, Made], ids=lambda cls: cls.__name__)
    def test_a_class_that_is_more_than_its_slots(self, cls: type) -> None:
        with pytest.raises(TypeError, match="more than its slots"):
            plans.plan_of(cls, None, NATIVE)

    def test_slots_of_another_class(self) -> None:
        assert NATIVE is not None

        class Borrower:
            __slots__ = ("own",)
            amount = Money.amount

        with pytest.raises(TypeError, match="more than its slots"):
            NATIVE.Filler(Borrower, ("amount",))

    def test_a_field_that_stands_elsewhere_than_it_says(self) -> None:
        assert NATIVE is not None
        place = NATIVE.Place(1, "names", "names", NATIVE.FlagReader(), absent=None, required=False)
        for places in ((place,), (None,), ("names",)):
            with pytest.raises(TypeError):
                NATIVE.Plan(Good, None, places, (), None, {})

    def test_a_rule_that_is_given_too_few_values(self) -> None:
        assert NATIVE is not None
        rule = NATIVE.Rule(lambda *values: values, (3, 1), 0)
        assert rule.found([0, 1, 2, 3]) == (3, 1)
        for values in ([], [0, 1, 2], None, (0, 1, 2, 3)):
            with pytest.raises(TypeError):
                rule.found(values)
        for number in (-1, 63):
            with pytest.raises(TypeError, match="no class has"):
                NATIVE.Rule(lambda *_: (), (number,), 0)

    def test_what_is_told_about_no_doubt(self) -> None:
        assert NATIVE is not None
        telling = NATIVE.Telling((), lambda *_: None)
        empty = type(plans.plan_of(Good, None, NATIVE).held({"flag": 5}))()
        doubt: Any
        for doubt in (None, UNSOUND, {}, empty):
            with pytest.raises(TypeError):
                telling.tell(doubt, "")

    @pytest.mark.parametrize("bad", [None, "x", bytearray(b"{}"), memoryview(b"{}"), 1])
    def test_what_is_not_bytes_is_not_parsed(self, bad: object) -> None:
        with pytest.raises(TypeError):
            plans.plan_of(Good, None, NATIVE).parse(bad)


def test_a_flag_has_no_other_default() -> None:
    assert isinstance(fields_of(Good)[1].constraint, Boolean)
