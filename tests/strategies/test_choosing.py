"""How one value or strategy is chosen among several."""

from hypothesis import find
from hypothesis import strategies as st

from tests.strategies.drawing import drawn
from wtisd_model.strategies.choosing import among, maybe, weighted


class TestAmong:
    """Draw one of the values or, in so many percent of all cases, from one of the others."""

    def test_the_others_come_as_often_as_their_percentage_says(self) -> None:
        values = drawn(among("ab", (50, st.integers(0, 10_000).map(str))), 1000)
        assert 0.3 < sum(value not in {"a", "b"} for value in values) / len(values) < 0.7

    def test_a_small_percentage_of_few_values_is_not_nothing(self) -> None:
        assert "x" in drawn(among("ab", (1, st.just("x"))))

    def test_it_shrinks_towards_the_first_value(self) -> None:
        assert find(among("ba", (50, st.just("x"))), lambda _: True) == "b"


class TestWeighted:
    """Draw from each strategy as often as its weight says."""

    def test_a_heavier_one_comes_more_often(self) -> None:
        numbers = drawn(weighted((9, st.integers(0, 10_000)), (1, st.integers(-10_000, -1))), 1000)
        assert sum(number >= 0 for number in numbers) > 4 * sum(number < 0 for number in numbers) > 0

    def test_it_shrinks_towards_the_first(self) -> None:
        assert find(weighted((1, st.just("b")), (9, st.just("a"))), lambda _: True) == "b"


class TestMaybe:
    """Draw a value as often as none."""

    def test_both_come(self) -> None:
        values = drawn(st.composite(maybe)(st.integers(1, 10_000)))
        assert 0.2 < values.count(None) / len(values) < 0.8
