"""Strategies made of other strategies: weighted choices and collections, in as few draws as possible."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
C = TypeVar("C")

COIN = st.booleans()


def among(values: Sequence[T], *others: tuple[int, SearchStrategy[T]]) -> SearchStrategy[T]:
    """Generate one of *values* or, with a given percentage, a value of one of the *others*; shrink to the first.

    ``hypothesis.strategies.one_of`` gives each branch, and each branch of a branch, the same weight.
    """
    rest = 100 - sum(percent for percent, _ in others)
    return _chosen(
        _Choices(tuple(values), _repeated((max(1, len(values) * percent // rest), each) for percent, each in others))
    )


def weighted(*choices: tuple[int, SearchStrategy[T]]) -> SearchStrategy[T]:
    """Generate values of each strategy in proportion to its weight; shrink to the first."""
    return _chosen(_Choices((), _repeated(choices)))


class _Choices(Generic[T]):
    """The values and strategies to choose from; with a short ``repr``, which failing tests print.

    This is not an attrs class, because Hypothesis prints the fields of one, whatever its ``repr`` is.
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
def _chosen(draw: st.DrawFn, choices: _Choices[T]) -> T:
    index, number = draw(choices.indexes), len(choices.values)
    return choices.values[index] if index < number else draw(choices.strategies[index - number])


def draw_optional(draw: st.DrawFn, strategy: SearchStrategy[T]) -> T | None:
    """Draw a value or None, each half of the time."""
    return draw(strategy) if draw(COIN) else None


def collections_of(
    item: SearchStrategy[T],
    container: Callable[[Iterable[T]], C],
    *,
    min_size: int = 0,
    max_size: int,
    unique: bool = False,
    many: Sequence[T] = (),
) -> SearchStrategy[C]:
    """Generate collections, all sizes equally often or, in one of 25 cases, the collection of all of *many*.

    Unlike ``hypothesis.strategies.lists``, the size is drawn once, not item by item. Repeated items are dropped if they
    have to be *unique*.
    """
    if unique and min_size > 1:
        return st.lists(item, min_size=min_size, max_size=max_size, unique=True).map(container)
    return _collected(_Collection(item, container, range(min_size, max_size + 1), tuple(many), unique=unique))


class _Collection(Generic[T, C]):
    """The arguments of `collections_of`; with a short ``repr``, like `_Choices`."""

    def __init__(
        self,
        item: SearchStrategy[T],
        container: Callable[[Iterable[T]], C],
        sizes: range,
        many: tuple[T, ...],
        *,
        unique: bool,
    ) -> None:
        self.item = item
        self.container = container
        self.many = many
        self.unique = unique
        # None means the collection of *many*.
        self.sizes: SearchStrategy[int | None] = (
            st.sampled_from((*[*sizes] * (24 // len(sizes)), None)) if many else st.sampled_from(sizes)
        )

    def __repr__(self) -> str:
        return "..."


@st.composite
def _collected(draw: st.DrawFn, collection: _Collection[T, C]) -> C:
    size = draw(collection.sizes)
    if size is None:
        return collection.container(collection.many)
    items = [draw(collection.item) for _ in range(size)]
    return collection.container(dict.fromkeys(items) if collection.unique else items)
