"""The generated modules: what is committed is what the generators write of the declarations, for every class."""

import ast
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from attrs import evolve, frozen

from tests.payload import building, declared, shaping
from tests.payload.building import BUILDING, text_of_module
from tests.payload.declared import BY_HAND
from tests.payload.shaping import SHAPING
from wtisd_model.fields import Checked, Count, FieldSpec, fields_of
from wtisd_model.findings import Finding, Shown
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.nodes import Entries, Exact, Items, Nested, Node, OneOf, Whole
from wtisd_model.payload.building import BUILDERS, WRITERS
from wtisd_model.payload.shaping import SHAPERS
from wtisd_model.values.country import CountryCode
from wtisd_model.values.language import LanguageTag, LocalizedText
from wtisd_model.values.text import LINE, Name
from wtisd_model.values.timeslot import TimeSlot


class TestCurrent:
    """DESIGN, decision 2: "Generated code is a committed, linted, covered file"."""

    @pytest.mark.parametrize(("path", "generator"), [(BUILDING, building), (SHAPING, shaping)])
    def test_the_committed_module_is_what_the_generator_writes(self, path: Path, generator: Any) -> None:
        committed = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.dump(committed) == ast.dump(ast.parse(generator.text_of_module())), (
            "python -m tests.payload.generate"
        )

    def test_every_class_that_a_document_is_made_of_has_a_builder(self) -> None:
        seen: set[type] = set()

        def walk(cls: type) -> None:
            seen.add(cls)
            for spec in fields_of(cls):
                node: Node = spec.node.item if isinstance(spec.node, Items) else spec.node
                if isinstance(node, Nested):
                    walk(node.cls)

        for document in DOCUMENTS:
            walk(document)
        assert {*BUILDERS} == seen - BY_HAND
        assert {*SHAPERS} == seen
        assert {LocalizedText, TimeSlot} == BY_HAND

    def test_every_document_has_a_writer(self) -> None:
        assert {*WRITERS} == {*DOCUMENTS}


@frozen(eq=False, repr=False)
class Strange(Shown):
    """A kind of value that nobody has taught the generator."""

    def check(self, _value: object) -> Finding | None:
        return None


Prices = Annotated[Decimal, Exact(0, 1, digits=1, places=1)]
LATER = datetime(2023, 4, 14, tzinfo=UTC)


@frozen(kw_only=True, eq=False, repr=False)
class Settling(Checked):
    """Its constructor changes what it is given."""

    name: Name

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.upper())


@frozen(kw_only=True, eq=False, repr=False)
class Good(Checked):
    """What the generator knows."""

    names: tuple[Name, ...] = ()
    flag: bool = False
    seats: Annotated[int, Whole(0, 5)] = 3


def one_field(hint: object, *default: object) -> type:
    """Make a class with one field."""
    members: dict[str, object] = {"__annotations__": {"it": hint}}
    if default:
        members["it"] = default[0]
    cls: type = frozen(kw_only=True, eq=False, repr=False)(type("Odd", (Checked,), members))
    return cls


class TestLoudness:
    """What a builder would not heed stops the generator; nothing of a declaration is passed over."""

    def test_what_it_knows_passes(self) -> None:
        assert "def build_good" in text_of_module((Good,))
        assert "def shape_good" in shaping.text_of_module((Good,))

    def test_a_node_that_it_does_not_know(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def strange(cls: type) -> tuple[FieldSpec, ...]:
            node: Any = Strange()
            return tuple(evolve(each, node=node) for each in fields_of(cls))

        monkeypatch.setattr(declared, "fields_of", strange)
        with pytest.raises(TypeError, match="A kind of field that no builder knows"):
            text_of_module((Good,))

    @pytest.mark.parametrize(
        "hint",
        [
            tuple[Prices, ...],
            tuple[date, ...],
            tuple[datetime, ...],
            tuple[bool, ...],
            tuple[CountryCode, ...],
            frozenset[CountryCode],
            tuple[tuple[Name, ...], ...],
            tuple[Annotated[int, Whole(0, 5)], ...],
            Mapping[LanguageTag, Annotated[str, LINE]],
        ],
        ids=lambda each: str(each).partition("(")[0],
    )
    def test_several_values_of_a_kind_that_it_does_not_look_at(self, hint: object) -> None:
        with pytest.raises(TypeError, match="A kind of field that no builder knows"):
            text_of_module((one_field(hint),))

    def test_parts_of_which_no_two_may_be_equal(self) -> None:
        with pytest.raises(TypeError, match="which no reader looks at"):
            text_of_module((one_field(Annotated[tuple[Good, ...], Count(unique=True)]),))

    @pytest.mark.parametrize(
        ("hint", "default"),
        [
            (tuple[Name, ...], ("x",)),
            (frozenset[Name], frozenset({"x"})),
            (tuple[Name, ...] | None, None),
            (tuple[Name, ...] | None, ()),
            (bool, True),
            (bool | None, None),
            (Name, "x"),
            (Name | None, "x"),
            (CountryCode, "CH"),
            (Annotated[int, Whole(0, 5)] | None, 3),
            (Prices, Decimal(1)),
            (date, date(2023, 4, 14)),
            (datetime | None, LATER),
        ],
        ids=lambda each: str(each).partition("(")[0],
    )
    def test_a_default_that_is_not_what_it_builds(self, hint: object, default: object) -> None:
        with pytest.raises(TypeError, match="What is absent would be built otherwise"):
            text_of_module((one_field(hint, default),))

    def test_texts_of_one_kind_in_a_list_of_localized_ones(self) -> None:
        with pytest.raises(TypeError, match="A kind of field that no builder knows"):
            text_of_module((one_field(tuple[Annotated[LocalizedText, LINE], ...], ()),))

    def test_a_constructor_that_does_more_than_to_check(self) -> None:
        with pytest.raises(TypeError, match="does more than to check"):
            text_of_module((Settling,))

    def test_kinds_of_nodes_are_all_named(self) -> None:
        named: set[Any] = {type(spec.node) for cls in BUILDERS for spec in fields_of(cls)}
        assert Entries not in named
        assert {OneOf, Exact, Nested, Items} <= named
