"""The timetable of a day: rooms by time, as links to the sessions below it.

The picture of `wtisd_model.pictures.timetable` has the same layout, rooms and words, but is an image in a file of its
own; in a page, each session is a link that keyboards reach, texts wrap by themselves, and a session takes a fifth of
the space.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from wtisd_model.markup.element import Child, Markup, element, joined, tagged
from wtisd_model.model.event import session_status
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.page.context import PageContext
from wtisd_model.pictures.programme import EventRooms, Room
from wtisd_model.pictures.timetable_layout import Box, Item, Layout, layout_of
from wtisd_model.types.slot_words import format_offset
from wtisd_model.types.timezone import at_zone

_HEADS: Final = 1
"""The row of the names of rooms, and the column of times."""


def timetable(
    day: date, sessions: Sequence[Session], rooms: EventRooms, context: PageContext, *, with_offsets: bool
) -> Markup | None:
    """Return the timetable of a day; None if its sessions are one after the other in one room, as the list says.

    Sessions of whole days are in the list alone.

    Args:
        day: the day.
        sessions: those that begin on it.
        rooms: the rooms of the event.
        context: that of the page.
        with_offsets: add their offsets from UTC to times.
    """
    timed = [each for each in sessions if not each.slot.whole_days]
    rooms_of = [rooms.of(each) for each in timed]
    used = {room for several in rooms_of for room in several}
    in_order = [room for room in (*rooms.in_order, None) if room in used]
    columns = {room: number for number, room in enumerate(in_order)}
    items = [
        Item(each.slot.starts_at, each.slot.ends_at, tuple(sorted(columns[room] for room in several)))
        for each, several in zip(timed, rooms_of, strict=True)
    ]
    layout = layout_of(items, len(in_order))
    tracks = _Tracks(layout)
    if tracks.total == 1 or len(timed) == 1:
        return None
    words = context.words
    has_buildings = len({room.building for room in in_order if room is not None}) > 1
    heads = [_name(each, context, with_building=has_buildings) for each in in_order]
    heads += [words.pictures.timetable.no_room] * (layout.columns - len(in_order))
    title = words.pictures.timetable.title.format(event=words.dates.format_day(day))
    return element(
        "nav",
        element(
            "div",
            *[element("b", each, style=tracks.head(number)) for number, each in enumerate(heads)],
            *_times(layout, context, with_offsets=with_offsets),
            *[_box(timed[box.item], tracks.area(box), context) for box in layout.boxes],
            class_="grid",
            style=tracks.template,
        ),
        class_="timetable",
        aria_label=title,
    )


def _name(room: Room | None, context: PageContext, *, with_building: bool) -> str:
    """Return the name of a room, on request with that of its building; the word for remote participation for None."""
    language = context.words.language
    if room is None:
        return context.words.pictures.timetable.online
    name = tagged("bdi", room.name, within=language)
    if room.building is None or not with_building:
        return name
    return joined(name, element("small", tagged("bdi", room.building, within=language)))


def _times(layout: Layout, context: PageContext, *, with_offsets: bool) -> Iterator[Markup]:
    """Yield the time of each row in which a session begins."""
    dates = context.words.dates
    for row in layout.beginnings():
        moment = at_zone(layout.moments[row], context.zone)
        offset = element("small", format_offset(moment)) if with_offsets else None
        yield element("span", dates.format_time(moment), offset, style=f"grid-row:{row + 1 + _HEADS}")


def _box(session: Session, area: str, context: PageContext) -> Markup:
    status = session_status(context.event, session)
    title = context.text("bdi", session.title)
    shown: list[Child] = [title]
    look = "pause" if session.kind in PAUSES else None
    if status is not EventStatus.SCHEDULED:
        shown = [element("s", title), " ", context.words.pictures.timetable.statuses[status]]
        look = "not-held"
    return element("a", *shown, class_=look, href=f"#session-{session.id}", style=area)


class _Tracks:
    """The columns of a grid: rooms are equally wide, and divided into as many as sessions are there at once."""

    def __init__(self, layout: Layout) -> None:
        lanes = layout.lanes()
        self._first = [1 + _HEADS]
        for each in lanes:
            self._first.append(self._first[-1] + each)
        self.total: int = sum(lanes)
        self.template: str = "grid-template-columns:auto " + " ".join(map(_track, lanes))

    def head(self, column: int) -> str:
        """Return the place of the name of a room."""
        return f"grid-column:{self._first[column]}/{self._first[column + 1]}"

    def area(self, box: Box) -> str:
        """Return the place of a session."""
        start, end = self._first[box.first], self._first[box.last + 1]
        if box.first == box.last:
            width = end - start
            start, end = (start + lane * width // box.lanes for lane in (box.lane, box.lane + 1))
        return f"grid-area:{box.top + 1 + _HEADS}/{start}/{box.bottom + 1 + _HEADS}/{end}"


def _track(lanes: int) -> str:
    return "minmax(8rem,1fr)" if lanes == 1 else f"repeat({lanes},minmax(5rem,{1 / lanes:.3f}fr))"
