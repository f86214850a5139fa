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
    if "wtisd_model.objects" in sys.modules:
        from wtisd_model.objects import HooksMixin

        classes = [HooksMixin]
        for cls in classes:
            classes += cls.__subclasses__()
            register(cls)


def register(cls: type[Any]) -> None:
    """Register a strategy for a class of the model; each class that is made later calls it for itself."""
    # attrs makes each class twice, since it has slots, and the first one is thrown away.
    if cls.__module__.startswith("wtisd_model.") and "__attrs_attrs__" in vars(cls):
        from hypothesis import strategies as st

        st.register_type_strategy(cls, _strategy_of)


def _strategy_of(cls: type[Any]) -> "SearchStrategy[Any]":
    from wtisd_model.strategies.fields import objects_of

    return objects_of(cls)
