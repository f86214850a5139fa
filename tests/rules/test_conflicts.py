"""Two sessions that need the same room or person at the same time."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.samples.small import SUBMITTED, hours
from wtisd_model.rules.session import Booking, conflicts


def booking(index: int, room: str, start: int, length: int) -> Booking:
    return Booking(
        resource=(room,),
        starts_at=hours(start),
        ends_at=hours(start + length),
        session=index,
        path=f"/sessions/{index}",
    )


@st.composite
def bookings(draw: st.DrawFn) -> list[Booking]:
    drawn = draw(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 12), st.integers(1, 6)), max_size=12))
    made = [booking(index, *each) for index, each in enumerate(drawn)]
    return draw(st.permutations(made))


def _longest(each: Booking) -> tuple[timedelta, datetime, int]:
    return SUBMITTED - each.ends_at, each.starts_at, each.session


def slowly(made: list[Booking]) -> set[tuple[int, int]]:
    """Compare all pairs: find each that begins during an earlier one, and the earlier one that ends last."""
    found: set[tuple[int, int]] = set()
    for one in made:
        earlier = [
            other
            for other in made
            if other.resource == one.resource
            and (other.starts_at, other.session) < (one.starts_at, one.session)
            and other.ends_at > one.starts_at
        ]
        if earlier:
            found.add((one.session, min(earlier, key=_longest).session))
    return found


class TestConflicts:
    """S02, S03; RFC 5545 section 3.6.1: DTEND is "the non-inclusive end of the event"."""

    @LAW
    @given(bookings())
    def test_it_finds_what_comparing_all_pairs_finds(self, made: list[Booking]) -> None:
        found = [(one.session, other.session) for one, other in conflicts(made)]
        assert set(found) == slowly(made)
        assert len(found) == len(set(found))

    @given(bookings())
    def test_of_two_that_overlap_at_least_one_has_a_finding(self, made: list[Booking]) -> None:
        found = {one.session for one, _ in conflicts(made)}
        for one in made:
            for other in made:
                if one is not other and one.resource == other.resource:
                    overlap = one.starts_at < other.ends_at and other.starts_at < one.ends_at
                    assert not overlap or one.session in found or other.session in found

    def test_one_may_begin_when_the_other_ends(self) -> None:
        assert not list(conflicts([booking(0, "A", 0, 1), booking(1, "A", 1, 1)]))

    def test_a_long_one_conflicts_with_all_that_begin_during_it(self) -> None:
        made = [booking(0, "A", 0, 9), booking(1, "A", 1, 1), booking(2, "A", 3, 1)]
        assert [(one.session, other.session) for one, other in conflicts(made)] == [(1, 0), (2, 0)]

    def test_a_thousand_simultaneous_sessions_have_a_thousand_findings(self) -> None:
        made = [booking(index, "A", 0, 1) for index in range(2_000)]
        assert len(list(conflicts(made))) == 1_999

    def test_without_bookings_there_is_no_conflict(self) -> None:
        assert not list(conflicts([]))

    def test_an_overlap_of_one_second_is_a_conflict(self) -> None:
        early, late = booking(0, "A", 0, 1), booking(1, "A", 1, 1)
        sooner = Booking(
            resource=late.resource,
            starts_at=late.starts_at - timedelta(seconds=1),
            ends_at=late.ends_at,
            session=1,
            path=late.path,
        )
        assert list(conflicts([early, sooner])) == [(sooner, early)]
