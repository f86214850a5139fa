"""The layout of a day: every session has its place, and no two share one."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.pictures.timetable import HIGHEST, HIGHEST_GAP, LOWEST, row_tops
from wtisd_model.programme.timetable_layout import Box, Item, Layout, layout_of

BEGIN = datetime(2023, 5, 17, 7, tzinfo=UTC)
MOST_COLUMNS = 4


def at(minutes: int) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


def item(start: int, end: int, *columns: int) -> Item:
    return Item(at(start), at(end), columns)


ITEMS = st.lists(
    st.builds(
        lambda start, length, columns: item(start, start + length, *sorted(columns)),
        st.integers(0, 40).map(lambda each: each * 15),
        st.integers(1, 16).map(lambda each: each * 15),
        st.sets(st.integers(0, MOST_COLUMNS - 1), max_size=3),
    ),
    max_size=14,
)


def overlap(one: Box, other: Box) -> bool:
    """Return True if two boxes share a place: a column, a part of it, and a row."""
    columns = one.first <= other.last and other.first <= one.last
    rows = one.top < other.bottom and other.top < one.bottom
    lanes = (
        one.lane * other.lanes < (other.lane + 1) * one.lanes and other.lane * one.lanes < (one.lane + 1) * other.lanes
    )
    return columns and rows and lanes


class TestLayout:
    """Issue: "no two boxes overlap, each session is there once, order by time"."""

    @LAW
    @given(ITEMS)
    def test_no_two_boxes_overlap(self, items: list[Item]) -> None:
        layout = layout_of(items, MOST_COLUMNS)
        assert [pair for pair in combinations(layout.boxes, 2) if overlap(*pair)] == []

    @LAW
    @given(ITEMS)
    def test_each_item_is_once_in_each_of_its_rooms(self, items: list[Item]) -> None:
        layout = layout_of(items, MOST_COLUMNS)
        for index, each in enumerate(items):
            boxes = [box for box in layout.boxes if box.item == index]
            columns = [column for box in boxes for column in range(box.first, box.last + 1)]
            if each.columns:
                assert sorted(columns) == list(each.columns)
            else:
                assert len(boxes) == 1
                assert columns in (list(range(layout.columns)), [MOST_COLUMNS])
            for box in boxes:
                assert (layout.moments[box.top], layout.moments[box.bottom]) == (each.start, each.end)
                assert 0 <= box.lane < box.lanes
                assert 0 <= box.first <= box.last < layout.columns

    @LAW
    @given(ITEMS)
    def test_a_column_has_as_many_lanes_as_items_are_in_it_at_once(self, items: list[Item]) -> None:
        layout = layout_of(items, MOST_COLUMNS)
        for column, lanes in enumerate(layout.lanes()):
            inside = [box for box in layout.boxes if box.first <= column <= box.last]
            at_once = [sum(box.top <= row < box.bottom for box in inside) for row in range(len(layout.moments))]
            assert lanes == max([1, *at_once])
        assert len(layout.lanes()) == layout.columns

    @LAW
    @given(ITEMS)
    def test_rows_in_which_an_item_begins_are_known(self, items: list[Item]) -> None:
        layout = layout_of(items, MOST_COLUMNS)
        assert [layout.moments[row] for row in layout.beginnings()] == sorted({each.start for each in items})

    @LAW
    @given(ITEMS, st.integers(0, 200))
    def test_what_ends_before_another_begins_is_above_it(self, items: list[Item], height: int) -> None:
        layout = layout_of(items, MOST_COLUMNS)
        tops = row_tops(layout, lambda _: height)
        assert [*layout.moments] == sorted(set(layout.moments))
        assert all(above + LOWEST <= below for above, below in pairwise(tops))
        for one, other in combinations(layout.boxes, 2):
            first, second = items[one.item], items[other.item]
            if first.end <= second.start:
                assert tops[one.bottom] <= tops[other.top]
            if first.start < second.start:
                assert tops[one.top] < tops[other.top]
        for box in layout.boxes:
            assert tops[box.bottom] - tops[box.top] >= height

    @LAW
    @given(ITEMS.flatmap(lambda items: st.tuples(st.just(items), st.permutations(range(len(items))))))
    def test_the_order_of_the_items_does_not_matter(self, drawn: tuple[list[Item], list[int]]) -> None:
        items, order = drawn
        one, other = layout_of(items, MOST_COLUMNS), layout_of([items[index] for index in order], MOST_COLUMNS)
        places = [sorted((items[box.item], *box[1:3]) for box in one.boxes if box.lanes == 1)]
        assert places == [sorted((items[order[box.item]], *box[1:3]) for box in other.boxes if box.lanes == 1)]

    def test_a_break_without_a_room_fills_all_columns(self) -> None:
        layout = layout_of([item(0, 60, 0), item(0, 60, 1), item(60, 90), item(90, 120, 1)], 2)
        assert layout.columns == 2
        assert layout.boxes[2] == Box(2, 0, 1, 0, 1, 1, 2)

    def test_without_a_room_and_at_the_same_time_as_others_it_has_a_column(self) -> None:
        layout = layout_of([item(0, 60, 0), item(30, 90)], 1)
        assert layout.columns == 2
        assert layout.boxes == [Box(0, 0, 0, 0, 1, 0, 2), Box(1, 1, 1, 0, 1, 1, 3)]

    def test_rooms_next_to_each_other_are_one_box(self) -> None:
        layout = layout_of([item(0, 60, 0, 1, 3)], 4)
        assert [(box.first, box.last) for box in layout.boxes] == [(0, 1), (3, 3)]

    def test_a_room_that_is_taken_twice_is_divided_while_it_is(self) -> None:
        layout = layout_of([item(0, 60, 0), item(30, 90, 0), item(90, 120, 0)], 1)
        assert [(box.lane, box.lanes) for box in layout.boxes] == [(0, 2), (1, 2), (0, 1)]

    def test_a_lane_that_is_free_again_is_used_again(self) -> None:
        layout = layout_of([item(0, 90, 0), item(0, 30, 0), item(30, 90, 0)], 1)
        assert [(box.item, box.lane, box.lanes) for box in layout.boxes] == [(1, 0, 2), (0, 1, 2), (2, 0, 2)]

    def test_nothing_has_one_column_and_no_rows(self) -> None:
        assert layout_of([], 0) == Layout(1, [], [])
        assert row_tops(layout_of([], 0), lambda _: 0) == [0]

    def test_long_rows_and_gaps_are_not_to_scale(self) -> None:
        layout = layout_of([item(0, 10, 0), item(400, 1000, 0), item(1000, 1060, 0)], 1)
        tops = row_tops(layout, lambda _: 0)
        assert [below - above for above, below in pairwise(tops)] == [LOWEST, HIGHEST_GAP, HIGHEST, 42]
