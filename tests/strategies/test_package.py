"""The package of strategies as a whole."""

import inspect
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis.strategies import SearchStrategy

from tests.strategies.drawing import classes, drawn
from wtisd_model import Transition, strategies
from wtisd_model.schema.fields import constraint_of
from wtisd_model.strategies.fields import values_of

NAMES = [name for name in strategies.__all__ if name != "payloads"]


class TestPublicNames:
    """One function for every object and value, keywords only, with defaults."""

    def test_they_are_sorted(self) -> None:
        assert sorted(strategies.__all__) == strategies.__all__

    @pytest.mark.parametrize("name", NAMES)
    def test_each_returns_a_strategy_and_says_what_it_generates(self, name: str) -> None:
        function = getattr(strategies, name)
        assert isinstance(function(), SearchStrategy)
        assert function.__doc__.startswith("Generate ")
        assert all(each.kind is each.KEYWORD_ONLY for each in inspect.signature(function).parameters.values())

    def test_every_class_of_the_model_has_one(self) -> None:
        made = {type(value) for name in NAMES for value in drawn(getattr(strategies, name)(), 3)}
        assert set(classes()) <= made

    def test_a_strategy_is_printed_in_a_few_words(self) -> None:
        """Hypothesis warns of a repr that is too long, and a warning may be an error."""
        assert max(len(repr(getattr(strategies, name)())) for name in NAMES) < 3000

    def test_the_author_of_a_transition_always_has_a_name(self) -> None:
        assert all(drawn(values_of(constraint_of(Transition, "by")), 50))


class TestWithoutHypothesis:
    """Only who asks for strategies needs Hypothesis."""

    def test_the_error_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "hypothesis", None)
        spec = spec_from_file_location("strategies_without_hypothesis", Path(strategies.__file__))
        assert spec
        assert spec.loader
        with pytest.raises(ImportError, match=r"wtisd-model\[hypothesis\]") as caught:
            spec.loader.exec_module(module_from_spec(spec))
        assert caught.value.name == "hypothesis"
