"""How one value or strategy is chosen among several, some more often than others, in as few draws as possible."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

COIN = st.booleans()


def among(values: Sequence[T], *others: tuple[int, SearchStrategy[T]]) -> SearchStrategy[T]:
    """Draw one of *values* or, in so many percent of all cases, from one of the *others*; shrink towards the first.

    ``hypothesis.strategies.one_of`` gives each branch, and each branch of a branch, the same weight.
    """
    rest = 100 - sum(percent for percent, _ in others)
    table = [strategy for percent, strategy in others for _ in range(max(1, len(values) * percent // rest))]
    return _at(st.integers(0, len(values) + len(table) - 1), tuple(values), table)


def weighted(*choices: tuple[int, SearchStrategy[T]]) -> SearchStrategy[T]:
    """Draw from each strategy as often as its weight says; shrink towards the first."""
    table = [strategy for weight, strategy in choices for _ in range(weight)]
    return _at(st.integers(0, len(table) - 1), (), table)


@st.composite
def _at(
    draw: st.DrawFn, indexes: SearchStrategy[int], values: Sequence[T], strategies: Sequence[SearchStrategy[T]]
) -> T:
    index = draw(indexes)
    return values[index] if index < len(values) else draw(strategies[index - len(values)])


def maybe(draw: st.DrawFn, strategy: SearchStrategy[T]) -> T | None:
    """Draw a value as often as none."""
    return draw(strategy) if draw(COIN) else None
