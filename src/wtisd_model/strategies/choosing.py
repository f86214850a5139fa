"""How one value or strategy is chosen among several, some more often than others, in as few draws as possible."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

COIN = st.booleans()


def among(values: Sequence[T], *others: tuple[int, SearchStrategy[T]]) -> SearchStrategy[T]:
    """Draw one of *values* or, in so many percent of all cases, from one of the *others*; shrink towards the first.

    ``hypothesis.strategies.one_of`` gives each branch, and each branch of a branch, the same weight.
    """
    rest = 100 - sum(percent for percent, _ in others)
    return _at(
        _Table(tuple(values), _repeated((max(1, len(values) * percent // rest), each) for percent, each in others))
    )


def weighted(*choices: tuple[int, SearchStrategy[T]]) -> SearchStrategy[T]:
    """Draw from each strategy as often as its weight says; shrink towards the first."""
    return _at(_Table((), _repeated(choices)))


class _Table(Generic[T]):
    """What there is to choose from; printed in a word, as hundreds of values in a failing test help nobody.

    It is no attrs class: Hypothesis would print the fields of one, whatever its ``repr`` is.
    """

    def __init__(self, values: tuple[T, ...], strategies: tuple[SearchStrategy[T], ...]) -> None:
        self.values = values
        self.strategies = strategies
        self.indexes = st.integers(0, len(values) + len(strategies) - 1)

    def __repr__(self) -> str:
        return "..."


def _repeated(choices: Iterable[tuple[int, SearchStrategy[T]]]) -> tuple[SearchStrategy[T], ...]:
    return tuple(strategy for times, strategy in choices for _ in range(times))


@st.composite
def _at(draw: st.DrawFn, table: _Table[T]) -> T:
    index, number = draw(table.indexes), len(table.values)
    return table.values[index] if index < number else draw(table.strategies[index - number])


def maybe(draw: st.DrawFn, strategy: SearchStrategy[T]) -> T | None:
    """Draw a value as often as none."""
    return draw(strategy) if draw(COIN) else None
