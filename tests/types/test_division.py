"""A whole number of units parted by shares."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.types.division import divided

SHARES = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=100).filter(any)


class TestDivided:
    """The method of the largest remainder."""

    @pytest.mark.parametrize(
        ("units", "shares", "parts"),
        [
            (100, (1, 1, 1), (34, 33, 33)),
            (101, (1, 1, 1), (34, 34, 33)),
            (1, (1, 1), (1, 0)),
            (10, (0, 1), (0, 10)),
            (1, (1, 2), (0, 1)),
            (5, (40, 60), (2, 3)),
            (0, (1, 2), (0, 0)),
            (43, (27_744, 25_178, 19_951, 14_610, 9_225, 3_292), (12, 11, 9, 6, 4, 1)),
        ],
    )
    def test_what_is_left_over_goes_to_those_that_were_cut_most_and_then_to_the_earlier(
        self, units: int, shares: tuple[int, ...], parts: tuple[int, ...]
    ) -> None:
        assert divided(units, shares) == parts

    @LAW
    @given(st.integers(0, 10**22), SHARES)
    def test_nothing_is_lost_and_no_part_is_a_unit_away_from_its_share(self, units: int, shares: list[int]) -> None:
        parts = divided(units, shares)
        assert sum(parts) == units
        for part, share in zip(parts, shares, strict=True):
            assert abs(part - Fraction(units * share, sum(shares))) < 1
            assert share or not part

    @LAW
    @given(st.integers(0, 10**22), SHARES, st.integers(1, 1000))
    def test_only_the_ratio_of_the_shares_counts(self, units: int, shares: list[int], times: int) -> None:
        assert divided(units, shares) == divided(units, [share * times for share in shares])

    @LAW
    @given(st.integers(0, 10**22), SHARES)
    def test_a_greater_share_never_gets_less(self, units: int, shares: list[int]) -> None:
        by_share = sorted(zip(shares, divided(units, shares), strict=True))
        assert all(part <= more for (_, part), (_, more) in pairwise(by_share))
