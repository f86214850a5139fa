"""How one value or strategy is chosen among collections_of."""

from collections import Counter

from hypothesis import find
from hypothesis import strategies as st

from tests.strategies.drawing import drawn
from wtisd_model.strategies.combinators import among, collections_of, draw_optional, weighted


class TestAmong:
    """One of the values or, with a given percentage, one of the others."""

    def test_the_others_come_as_often_as_their_percentage_says(self) -> None:
        values = drawn(among("ab", (50, st.integers(0, 10_000).map(str))), 1000)
        assert 0.3 < sum(value not in {"a", "b"} for value in values) / len(values) < 0.7

    def test_a_small_percentage_of_few_values_is_not_nothing(self) -> None:
        assert "x" in drawn(among("ab", (1, st.just("x"))))

    def test_it_shrinks_towards_the_first_value(self) -> None:
        assert find(among("ba", (50, st.just("x"))), lambda _: True) == "b"


class TestWeighted:
    """Each strategy is as frequent as its weight says."""

    def test_a_heavier_one_comes_more_often(self) -> None:
        numbers = drawn(weighted((9, st.integers(0, 10_000)), (1, st.integers(-10_000, -1))), 1000)
        assert sum(number >= 0 for number in numbers) > 4 * sum(number < 0 for number in numbers) > 0

    def test_it_shrinks_towards_the_first(self) -> None:
        assert find(weighted((1, st.just("b")), (9, st.just("a"))), lambda _: True) == "b"


class TestCollectionsOf:
    """All sizes are equally frequent, and now and then there are as many items as possible."""

    def test_each_number_comes_as_often_as_another(self) -> None:
        sizes = Counter(map(len, drawn(collections_of(st.integers(), tuple, min_size=1, max_size=4), 1000)))
        assert set(sizes) == {1, 2, 3, 4}
        assert min(sizes.values()) > 150

    def test_many_come_in_one_of_25_cases(self) -> None:
        values = drawn(collections_of(st.integers(), tuple, max_size=3, many=range(50)), 1000)
        assert 10 < values.count(tuple(range(50))) < 90
        assert {len(each) for each in values} == {0, 1, 2, 3, 50}

    def test_unique_ones_differ_and_keep_the_order_in_which_they_were_drawn(self) -> None:
        values = drawn(collections_of(st.sampled_from("ba"), "".join, max_size=3, unique=True), 300)
        assert set(values) == {"", "a", "b", "ab", "ba"}

    def test_there_are_as_many_unique_ones_as_there_have_to_be(self) -> None:
        values = drawn(collections_of(st.sampled_from("ab"), frozenset, min_size=2, max_size=2, unique=True), 50)
        assert set(values) == {frozenset("ab")}

    def test_its_repr_is_short(self) -> None:
        assert repr(collections_of(st.sampled_from(range(500)), tuple, max_size=3)) == "_drawn(collected)"

    def test_it_shrinks_towards_the_fewest_and_the_first(self) -> None:
        letters = collections_of(st.sampled_from("abc"), "".join, max_size=3)
        assert find(letters, lambda _: True) == ""
        assert find(letters, lambda text: len(text) > 1) == "aa"
        assert find(letters, lambda text: "c" in text) == "c"


class TestDrawOptional:
    """A value and None are equally frequent."""

    def test_both_come(self) -> None:
        values = drawn(st.composite(draw_optional)(st.integers(1, 10_000)))
        assert 0.2 < values.count(None) / len(values) < 0.8
