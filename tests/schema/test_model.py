"""What a person sees of a class: its signature, its help, and the names of its objects."""

import inspect
import pydoc
from typing import Any

import pytest
from attrs import frozen

import wtisd_model
from tests.samples.whole import SAMPLES
from wtisd_model import Event, LocalizedText, Registration
from wtisd_model.objects import ReprMixin
from wtisd_model.schema.model import Model

CLASSES = [value for value in vars(wtisd_model).values() if isinstance(value, type) and issubclass(value, ReprMixin)]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
class TestSignatures:
    """Every parameter has its type and its default; the constraints of its field are in the table of fields."""

    def test_they_have_every_type(self, cls: type[Any]) -> None:
        parameters = inspect.signature(cls).parameters.values()
        assert [each.name for each in parameters if each.annotation is inspect.Parameter.empty] == []

    def test_they_have_no_constraint(self, cls: type[Any]) -> None:
        assert "Annotated" not in str(inspect.signature(cls))

    def test_nor_has_the_help_of_a_class(self, cls: type[Any]) -> None:
        lines = pydoc.plain(pydoc.render_doc(cls)).split("\n")
        signatures = [line for line in lines if line.startswith((f" |  {cls.__name__}(", " |  __init__("))]
        assert len(signatures) == 2
        assert "Annotated" not in "".join(signatures)


def test_a_subclass_with_types_that_only_its_function_knows_has_a_signature_too() -> None:
    @frozen(kw_only=True)
    class Priced(Model):
        price: "Unknown"  # type: ignore[name-defined]  # noqa: F821 - nobody can resolve it

    assert str(inspect.signature(Priced)) == "(*, price: 'Unknown') -> None"


def test_the_signature_of_a_small_class_fits_on_a_line() -> None:
    assert str(inspect.signature(LocalizedText)) == (
        "(text: str, language: str, *, translations: collections.abc.Mapping[str, str] = Translations({})) -> None"
    )


def test_a_field_that_may_be_absent_has_its_default_value() -> None:
    parameter = inspect.signature(Registration).parameters["country"]
    assert parameter.annotation == str | None
    assert parameter.default is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
class TestNames:
    """``dir`` lists the fields, properties and methods of an object."""

    def test_each_is_public(self, sample: object) -> None:
        assert [name for name in dir(sample) if name.startswith("_") or name.isupper()] == []

    def test_every_field_is_listed(self, sample: object) -> None:
        assert {name for name in type(sample).__slots__ if name != "__weakref__"} <= {*dir(sample)}  # type: ignore[attr-defined]  # of slots


def test_methods_and_properties_are_listed() -> None:
    event = wtisd_model.wtisd_23()
    assert {"cancel", "postpone", "attendance_mode", "call"} <= {*dir(event)}
    assert all(callable(getattr(Event, name)) for name in ("cancel", "postpone", "call"))
