"""Objects that were filled past their constructor: they are objects like any other."""

import copy
import pickle
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from attrs import evolve, fields, has

from tests.payload.constructed import anatomy, constructed
from tests.payload.test_agreement import WHOLE
from tests.payload.ways import quickly, slowly, written
from wtisd_model.findings import InvalidValueError
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.payload import assembly as by
from wtisd_model.payload.building import BUILDERS
from wtisd_model.payload.outcome import Outcome
from wtisd_model.payload.validator import validate
from wtisd_model.values.language import LocalizedText, Translations
from wtisd_model.values.money import Money
from wtisd_model.values.people import Contact
from wtisd_model.values.timeslot import TimeSlot

OURS = {*BUILDERS, LocalizedText, TimeSlot}


def parts(value: Any) -> Iterator[Any]:
    """Give an object of ours and all that it is made of."""
    if isinstance(value, tuple | frozenset):
        for each in value:
            yield from parts(each)
    elif has(type(value)):
        yield value
        for attribute in fields(type(value)):
            yield from parts(getattr(value, attribute.name))


@pytest.mark.parametrize("cls", DOCUMENTS)
@pytest.mark.parametrize("way", ["quick", "slow"])
class TestRealObjects:
    """Issue 3: "building without running validators again ... is shown safe by the equivalence tests"."""

    def made(self, cls: type, way: str) -> Any:
        raw = written(WHOLE[cls])
        return quickly(cls, raw) if way == "quick" else slowly(cls, raw).value

    def test_each_is_of_its_class_and_of_no_subclass(self, cls: type, way: str) -> None:
        whole = self.made(cls, way)
        assert type(whole) is cls
        seen = {type(part) for part in parts(whole)}
        assert seen <= OURS
        assert not any(subclass.__name__.startswith("Open") for subclass in seen)

    def test_each_is_equal_to_what_the_constructors_make(self, cls: type, way: str) -> None:
        whole, twin = self.made(cls, way), constructed(cls, WHOLE[cls])
        assert whole == twin
        assert twin == whole
        assert hash(whole) == hash(twin)
        assert repr(whole) == repr(twin)
        assert len({whole, twin}) == 1
        assert anatomy(whole) == anatomy(twin)

    def test_nothing_in_it_can_be_changed(self, cls: type, way: str) -> None:
        for part in parts(self.made(cls, way)):
            for attribute in fields(type(part)):
                before = getattr(part, attribute.name)
                with pytest.raises(AttributeError):
                    setattr(part, attribute.name, before)
                with pytest.raises(AttributeError):
                    delattr(part, attribute.name)
                assert getattr(part, attribute.name) is before
            with pytest.raises(AttributeError):
                part.something_else = 1
            assert not hasattr(part, "__dict__")

    def test_no_container_in_it_can_be_changed(self, cls: type, way: str) -> None:
        for part in parts(self.made(cls, way)):
            for attribute in fields(type(part)):
                value = getattr(part, attribute.name)
                assert not isinstance(value, list | dict | set)
                assert type(value) is Translations or not isinstance(value, Mapping)
                hash(value)

    def test_each_is_copied_pickled_and_changed_like_any_other(self, cls: type, way: str) -> None:
        for part in parts(self.made(cls, way)):
            for other in (copy.copy(part), copy.deepcopy(part), pickle.loads(pickle.dumps(part)), evolve(part)):  # noqa: S301 - our own
                assert type(other) is type(part)
                assert other == part
                assert anatomy(other) == anatomy(part)
            assert weakref.ref(part)() is part

    def test_a_change_is_checked_by_the_constructor(self, cls: type, way: str) -> None:
        for part in parts(self.made(cls, way)):
            if isinstance(part, Contact):
                with pytest.raises(InvalidValueError):
                    evolve(part, email="a@")
            if isinstance(part, Money):
                assert evolve(part, currency="JPY").amount.as_tuple().exponent == 0


class TestOutcomes:
    """An outcome about which there is nothing to say is made like an object of a payload."""

    def test_it_is_an_outcome_like_any_other(self) -> None:
        cls = DOCUMENTS[2]
        raw = written(WHOLE[cls])
        good: Outcome[Any] = validate(cls, raw)
        assert type(good) is Outcome
        assert good == Outcome(value=quickly(cls, raw)) == slowly(cls, raw)
        assert (good.ok, good.findings, good.line, good.omitted) == (True, (), None, 0)
        assert pickle.loads(pickle.dumps(good)) == copy.deepcopy(good) == good  # noqa: S301 - our own
        with pytest.raises(AttributeError):
            good.value = None  # type: ignore[misc]  # that it is refused is what is tested
        with pytest.raises(AttributeError):
            del good.value


class TestMistakesOfOurs:
    """What is asked of a field that it does not have is a mistake of the generator's, and raises at once."""

    def test_a_field_that_is_no_text(self) -> None:
        with pytest.raises(TypeError, match="Not a text"):
            by.test_of(Money, "amount")

    def test_a_text_that_is_not_narrowed(self) -> None:
        with pytest.raises(TypeError, match="Not narrowed"):
            by.text_builder(Contact, "name")
