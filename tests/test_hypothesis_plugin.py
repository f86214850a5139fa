"""The plugin of Hypothesis: `from_type` knows our classes, whichever of the two packages is imported first."""

import os
import subprocess
import sys
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

import wtisd_model
from tests.strategies.drawing import classes, drawn
from wtisd_model import Event, Registration
from wtisd_model.schema.model import Model

PUBLIC = [
    value
    for name in wtisd_model.__all__
    if isinstance(value := getattr(wtisd_model, name), type) and issubclass(value, Model)
]


def printed(code: str, **environment: str) -> str:
    """Run *code* in a new process, where warnings are errors, and return its output."""
    return subprocess.run(  # noqa: S603 - our own code, in this very interpreter
        [sys.executable, "-W", "error", "-c", code],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | environment,
    ).stdout.strip()


class TestFromType:
    """Hypothesis infers a strategy for each class of the model."""

    @pytest.mark.parametrize("cls", dict.fromkeys((*classes(), *PUBLIC)), ids=lambda cls: cls.__name__)
    def test_it_generates_objects_of_the_class(self, cls: type[Any]) -> None:
        assert {type(each) for each in drawn(st.from_type(cls), 5)} == {cls}

    def test_they_are_those_of_our_strategies(self) -> None:
        assert repr(st.from_type(Registration)) == "registrations()"

    def test_a_class_of_the_user_needs_only_annotations(self) -> None:
        @frozen
        class Ticket:
            registration: Registration
            event: Event | None

        tickets = drawn(st.builds(Ticket), 20)
        assert {type(each.event) for each in tickets} == {Event, type(None)}
        assert {type(each.registration) for each in tickets} == {Registration}

    @given(registration=...)
    def test_so_does_a_test(self, registration: Registration) -> None:
        assert isinstance(registration, Registration)


class TestLoading:
    """Hypothesis loads the plugin in every process, so the plugin loads nothing that is not used."""

    @pytest.mark.parametrize("first", ["hypothesis", "wtisd_model"])
    def test_either_package_may_be_imported_first(self, first: str) -> None:
        code = f"import {first}, hypothesis.strategies as st, wtisd_model as wm; print(st.from_type(wm.Registration))"
        assert printed(code) == "registrations()"

    def test_strategies_are_loaded_when_one_is_asked_for(self) -> None:
        code = "import hypothesis, wtisd_model, sys; print('wtisd_model.strategies' in sys.modules)"
        assert printed(code) == "False"

    def test_hypothesis_does_not_load_the_package(self) -> None:
        code = "import hypothesis, sys; print(*[name for name in sys.modules if 'wtisd' in name])"
        assert printed(code) == "_wtisd_model_hypothesis"

    def test_the_package_does_not_load_the_plugin(self) -> None:
        assert printed("import wtisd_model, sys; print('_wtisd_model_hypothesis' in sys.modules)") == "False"

    def test_it_can_be_switched_off(self) -> None:
        code = "import hypothesis, wtisd_model, sys; print('_wtisd_model_hypothesis' in sys.modules)"
        assert printed(code, HYPOTHESIS_NO_PLUGINS="1") == "False"

    @pytest.mark.parametrize("first", ["hypothesis", "wtisd_model.reference"])
    def test_a_class_that_no_name_was_asked_for_is_known(self, first: str) -> None:
        code = (
            f"import {first}\n"
            "import hypothesis.strategies as st\n"
            "from wtisd_model.reference import wtisd_23\n"
            "event = wtisd_23()\n"
            "print(st.from_type(type(event)))\n"
            "st.register_type_strategy(type(event), st.just('mine'))\n"
            "from wtisd_model import Event\n"
            "print(st.from_type(Event))"
        )
        assert printed(code).splitlines() == ["events()", "just('mine')"]

    def test_a_strategy_of_the_user_takes_precedence(self) -> None:
        code = (
            "import hypothesis.strategies as st, wtisd_model as wm\n"
            "st.register_type_strategy(wm.Registration, st.just('mine'))\n"
            "print(st.from_type(wm.Registration))"
        )
        assert printed(code) == "just('mine')"
