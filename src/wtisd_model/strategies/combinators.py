"""Strategies made of other strategies: weighted choices and collections, in as few draws as possible."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
C = TypeVar("C")

COIN = st.booleans()


def one_in(number: int) -> st.SearchStrategy[bool]:
    """Generate True in one of so many cases; shrink to False."""
    return st.sampled_from((False,) * (number - 1) + (True,))


ONE_IN_TEN = one_in(10)


def among(values: Sequence[T], *others: tuple[int, st.SearchStrategy[T]]) -> st.SearchStrategy[T]:
    """Generate one of *values* or, with a given percentage, a value of one of the *others*; shrink to the first.

    ``hypothesis.strategies.one_of`` gives each branch, and each branch of a branch, the same weight.
    """
    rest = 100 - sum(percent for percent, _ in others)
    return _chosen(values, [(max(1, len(values) * percent // rest), strategy) for percent, strategy in others])


def weighted(*choices: tuple[int, st.SearchStrategy[T]]) -> st.SearchStrategy[T]:
    """Generate values of each strategy in proportion to its weight; shrink to the first."""
    return _chosen((), choices)


@st.composite
def _drawn(draw: st.DrawFn, function: Callable[[st.DrawFn], T]) -> T:
    """Generate what a function draws; failing tests print its name, but not what it draws from."""
    return function(draw)


def _chosen(values: Sequence[T], choices: Iterable[tuple[int, st.SearchStrategy[T]]]) -> st.SearchStrategy[T]:
    strategies = [strategy for times, strategy in choices for _ in range(times)]
    number = len(values)
    indexes = st.integers(0, number + len(strategies) - 1)

    def chosen(draw: st.DrawFn) -> T:
        index = draw(indexes)
        return values[index] if index < number else draw(strategies[index - number])

    return _drawn(chosen)


def draw_optional(draw: st.DrawFn, strategy: st.SearchStrategy[T]) -> T | None:
    """Draw a value or None, each half of the time."""
    return draw(strategy) if draw(COIN) else None


def collections_of(
    item: st.SearchStrategy[T],
    container: Callable[[Iterable[T]], C],
    *,
    min_size: int = 0,
    max_size: int,
    unique: bool = False,
    many: Sequence[T] = (),
) -> st.SearchStrategy[C]:
    """Generate collections, all sizes equally often or, in one of 25 cases, the collection of all of *many*.

    Unlike ``hypothesis.strategies.lists``, the size is drawn once, not item by item. Repeated items are dropped if they
    have to be *unique*.
    """
    if unique and min_size > 1:
        return st.lists(item, min_size=min_size, max_size=max_size, unique=True).map(container)
    # None means the collection of *many*.
    all_sizes: list[int | None] = [*range(min_size, max_size + 1)]
    sizes = st.sampled_from([*all_sizes * (24 // len(all_sizes)), None] if many else all_sizes)

    def collected(draw: st.DrawFn) -> C:
        size = draw(sizes)
        if size is None:
            return container(many)
        items = [draw(item) for _ in range(size)]
        return container(dict.fromkeys(items) if unique else items)

    return _drawn(collected)
