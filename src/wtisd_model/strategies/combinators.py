"""How one value is chosen among several, some more often than others, or a few are, in as few draws as possible."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
C = TypeVar("C")

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


def collections(
    item: SearchStrategy[T],
    container: Callable[[Iterable[T]], C],
    *,
    least: int = 0,
    most: int,
    unique: bool = False,
    many: Sequence[T] = (),
) -> SearchStrategy[C]:
    """Draw from *least* to *most* items, each number as often as another, or in one of 25 cases all of *many*.

    ``hypothesis.strategies.lists`` draws before each item whether there is to be another. Where items are *unique*, one
    that was drawn before is left out; where there have to be two and more of them, they are drawn as a list.
    """
    if unique and least > 1:
        return st.lists(item, min_size=least, max_size=most, unique=True).map(container)
    return _gathered(_Collection(item, container, range(least, most + 1), tuple(many), unique=unique))


class _Collection(Generic[T, C]):
    """What a collection is made of; printed in a word, as a `_Table` is."""

    def __init__(
        self,
        item: SearchStrategy[T],
        container: Callable[[Iterable[T]], C],
        numbers: range,
        many: tuple[T, ...],
        *,
        unique: bool,
    ) -> None:
        self.item = item
        self.container = container
        self.many = many
        self.unique = unique
        # None stands for many.
        self.numbers: SearchStrategy[int | None] = (
            st.sampled_from((*[*numbers] * (24 // len(numbers)), None)) if many else st.sampled_from(numbers)
        )

    def __repr__(self) -> str:
        return "..."


@st.composite
def _gathered(draw: st.DrawFn, collection: _Collection[T, C]) -> C:
    number = draw(collection.numbers)
    if number is None:
        return collection.container(collection.many)
    items = [draw(collection.item) for _ in range(number)]
    return collection.container(dict.fromkeys(items) if collection.unique else items)
