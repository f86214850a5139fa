"""The layout of the timetable of a day: which session is in which column, lane and row, in pictures and on pages.

Columns are rooms. Rows are the periods between two moments at which a session begins or ends, so time is in order, but
not to scale.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from wtisd_model.programme.places import Room


class Item(NamedTuple):
    """A session on a day, as far as its place in the timetable depends on it."""

    start: datetime
    """Its start in UTC, or that of the day if it began before."""
    end: datetime
    """Its end in UTC, later than the start, even if on the next day."""
    columns: tuple[int, ...] = ()
    """The columns of its rooms, in order; none if it has no room of its own."""


class Box(NamedTuple):
    """A rectangle of the timetable, which nothing else overlaps."""

    item: int
    first: int
    last: int
    """The last column, which is the first one unless the item has several rooms next to each other to itself."""
    lane: int
    """Its position among the lanes into which its column is divided while items overlap there."""
    lanes: int
    top: int
    """The row where it begins."""
    bottom: int
    """The row before which it ends."""


class Layout(NamedTuple):
    """The places of all boxes."""

    columns: int
    """The number of columns: those of the rooms, and one more if items without a room overlap others."""
    moments: Sequence[datetime]
    """The moments at which items begin or end; row *n* lasts from moment *n* to the next."""
    boxes: Sequence[Box]
    """In the order of time, then of the columns."""

    def lanes(self) -> list[int]:
        """Return into how many lanes each column is divided at most."""
        lanes = [1] * self.columns
        for box in self.boxes:
            lanes[box.first] = max(lanes[box.first], box.lanes)
        return lanes

    def beginnings(self) -> list[int]:
        """Return the rows in which a box begins, in order."""
        return sorted({box.top for box in self.boxes})


def layout_of_rooms(
    periods: Iterable[tuple[datetime, datetime]], rooms_of: Sequence[Sequence[Room | None]], rooms: Iterable[Room]
) -> tuple[list[Room | None], Layout]:
    """Return the rooms in which something takes place, and the layout; None is the column of remote sessions, the last.

    Each session has a period, from its start to its end, and rooms among those of the event, which are in order.
    """
    used = {room for several in rooms_of for room in several}
    columns = [room for room in (*rooms, None) if room in used]
    numbers = {room: number for number, room in enumerate(columns)}
    items = [
        Item(start, end, tuple(sorted({*map(numbers.__getitem__, several)})))
        for (start, end), several in zip(periods, rooms_of, strict=True)
    ]
    return columns, layout_of(items, len(columns))


def layout_of(items: Sequence[Item], columns: int) -> Layout:
    """Return the layout of the items of a day.

    An item without a room fills all columns, like a break, unless another item overlaps it in time. Then all such
    items share a column of their own.
    """
    moments = sorted({item.start for item in items} | {item.end for item in items})
    rows = {moment: row for row, moment in enumerate(moments)}
    order = sorted(range(len(items)), key=lambda index: (items[index].start, items[index].end, index))
    alone = _alone(items, order)
    homeless = [index for index in order if not items[index].columns and index not in alone]
    whole = columns + bool(homeless) or 1
    in_column: defaultdict[int, list[int]] = defaultdict(list)
    boxes = list[Box]()
    for index in order:
        item = items[index]
        if not item.columns and index in alone:
            boxes.append(Box(index, 0, whole - 1, 0, 1, rows[item.start], rows[item.end]))
        for column in item.columns or (() if index in alone else (columns,)):
            in_column[column].append(index)
    pieces: dict[int, list[Box]] = defaultdict(list)
    for column in sorted(in_column):
        for index, lane, lanes in _lanes(items, in_column[column]):
            item, before = items[index], pieces[index]
            # A box goes on in the next room if it has both to itself.
            if before and before[-1].last == column - 1 and before[-1].lanes == lanes == 1:
                before[-1] = before[-1]._replace(last=column)
            else:
                before.append(Box(index, column, column, lane, lanes, rows[item.start], rows[item.end]))
    boxes += [box for several in pieces.values() for box in several]
    boxes.sort(key=lambda box: (box.top, box.first, box.lane))
    return Layout(whole, moments, boxes)


def _alone(items: Sequence[Item], order: Sequence[int]) -> set[int]:
    """Return the items during which no other takes place."""
    alone, ended = set[int](), None
    following = iter([items[index].start for index in order[1:]])
    for index in order:
        item, after = items[index], next(following, None)
        if (ended is None or ended <= item.start) and (after is None or item.end <= after):
            alone.add(index)
        ended = item.end if ended is None else max(ended, item.end)
    return alone


def _lanes(items: Sequence[Item], order: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    """Yield each item of a column with its lane, and the number of lanes while items overlap."""
    cluster, free, busy = list[tuple[int, int]](), list[int](), list[tuple[datetime, int]]()
    lanes = 0
    for index in order:
        while busy and busy[0][0] <= items[index].start:
            heappush(free, heappop(busy)[1])
        if not busy:
            yield from ((item, lane, lanes) for item, lane in cluster)
            cluster, free, lanes = [], [], 0
        if free:
            lane = heappop(free)
        else:
            lane, lanes = lanes, lanes + 1
        cluster.append((index, lane))
        heappush(busy, (items[index].end, lane))
    yield from ((item, lane, lanes) for item, lane in cluster)
