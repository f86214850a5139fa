"""The plugin of Hypothesis: ``st.from_type(Registration)`` works without an import of `wtisd_model.strategies`.

It is outside of the package, because Hypothesis loads it in every process, with or without our classes
(docs/decisions/0028).
"""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def register_loaded() -> None:
    """Register a strategy for each class of the model that is loaded; Hypothesis calls it when it is imported."""
    package = sys.modules.get("wtisd_model")
    if package is not None:
        for value in [*vars(package).values()]:
            register(value)


def register(value: object) -> None:
    """Register a strategy for a class of the model; the package calls it for each public name that it loads."""
    if isinstance(value, type):
        from hypothesis import strategies as st

        from wtisd_model.schema.model import Model
        from wtisd_model.types.timeslot import TimeSlot

        if issubclass(value, Model | TimeSlot):
            st.register_type_strategy(value, _strategy_of)


def _strategy_of(cls: type[Any]) -> "SearchStrategy[Any]":
    from wtisd_model.strategies.fields import objects_of

    return objects_of(cls)
