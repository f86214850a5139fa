"""How one strategy is chosen among several, some more often than others."""

from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


def weighted(*choices: tuple[int, SearchStrategy[T]]) -> SearchStrategy[T]:
    """Draw from each strategy as often as its weight says; shrink towards the first.

    ``hypothesis.strategies.one_of`` gives each branch, and each branch of a branch, the same weight.
    """
    table = tuple(strategy for weight, strategy in choices for _ in range(weight))
    return st.integers(0, len(table) - 1).flatmap(table.__getitem__)


COIN = st.booleans()


def maybe(draw: st.DrawFn, strategy: SearchStrategy[T]) -> T | None:
    """Draw a value as often as none."""
    return draw(strategy) if draw(COIN) else None
