"""The timetable of an event: the rooms at the top, the times at the side, a box for each session, a legend, a table."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError, InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.locales import joined_words, locale_for
from wtisd_model.markup.element import Markup, element, joined, lines, tagged
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.pen import Pen, Sign, draw_legend, text_width, wrapped
from wtisd_model.pictures.picture import Drawing, Picture, name_in_title
from wtisd_model.pictures.timetable_content import MUTUAL, Facts, TimetableEntry, Wording, entries_of
from wtisd_model.programme.files import MOST_OCTETS
from wtisd_model.programme.languages import Direction
from wtisd_model.programme.places import EventRooms, Room
from wtisd_model.programme.times import format_offset
from wtisd_model.programme.timetable_layout import Box, Layout, layout_of_rooms
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.identifiers import first_ids
from wtisd_model.types.language import LANGUAGE, TaggedText
from wtisd_model.types.timezone import end_of_day, require_day, require_zone, to_utc

_SIDE: Final = 64.0
"""The width of the column of times."""
_ROOM_WIDTHS: Final = {1: 560.0, 2: 330.0, 3: 268.0}
"""The least width of a room, by the number of rooms: the fewer there are, the wider they are."""
_NARROW_ROOM: Final = 204.0
"""That of more rooms."""
_LANE: Final = 148.0
"""The least width of one of several sessions that a room has at once."""
_GAP: Final = 4.0
"""The space between boxes."""
_PADDING: Final = 8.0
_SIGN: Final = 14.0
"""The width of the sign of a clash, and of the space after it."""

_SMALL: Final = 11.0
_NORMAL: Final = 13.0
_SMALL_LINE: Final = 15.0
_LINE: Final = 17.0
_MOST_NOTES: Final = 3
"""The maximum number of lines of a note, such as the languages."""
_MOST_WHOLE: Final = 4
"""The maximum number of boxes of a session with all that is said about it; further boxes have its title alone."""
_OFFSET: Final = 13.0
"""The height of the offset from UTC below a time."""
_BESIDE: Final = 400.0
"""The width from which on a box has its time beside its title, and not above."""

LOWEST: Final = 18.0
"""The height of a row in pixels that the time at its side needs."""
HIGHEST: Final = 96.0
"""The height of a row, however long it lasts, unless a text needs more."""
HIGHEST_GAP: Final = 26.0
"""The same of a row in which nothing takes place."""

_BAR: Final = 4.0
"""The width of the bar at the side of a box where reading begins."""
_RADIUS: Final = 3

_SAMPLE: Final = 18.0
_SPACE: Final = 7.0


def timetable(
    subject: Event | Dossier,
    *,
    language: str = "en",
    zone: str | ZoneInfo | None = None,
    day: date | str | None = None,
    seats: bool = False,
    theme: Theme | None = None,
) -> Picture:
    """Return the timetable of an event: rooms by time, a drawing for each day on which a session begins.

    Each session has its title, its time and the languages spoken, and in words whether it is cancelled, postponed or a
    draft, and whether it clashes with another one: in the same room, or with the same speaker (``room-double-booked``,
    ``person-double-booked``). A dossier adds the languages of approved interpretation and, for the office, how many of
    the limited seats are taken; people are neither named nor counted otherwise. Without sessions, the event itself is
    shown.

    Rows are in the order of time, but not to scale. A session after midnight belongs to the day on which it began. One
    without a room of its own fills the whole width if nothing else takes place at the time. A session in more than four
    rooms is written out in four of them; the others have its title alone.

    Args:
        subject: an event, or a dossier. It shows drafts too: to publish it, leave them out.
        language: the language of its words and, where there are translations, of its texts.
        zone: the zone of its times; by default that of the event.
        day: a day in that zone, with all sessions that take place on it; by default all days.
        seats: True to say how many of the limited seats are taken, if *subject* is a dossier. Small numbers are not
            hidden, as `registrations` hides them: do not publish such a picture.
        theme: its colours.

    Raises:
        ExportError: ``event-without-slot`` for a draft that has neither a slot nor sessions; ``picture-too-large``.
        InvalidValueError: ``language-unknown``, ``zone-unknown``; ``date-unreadable``, ``wrong-type`` or
            ``time-skipped`` for *day*, and ``value-unknown`` if no session takes place on it.
        TypeError: *subject* is neither an Event nor a Dossier, or *theme* is not a Theme.
    """
    event, _ = event_and_requests(subject)
    tag, colours = require_valid(language, LANGUAGE, "/language"), require_theme(theme)
    locale, name = locale_for(tag), _zone_of(event) if zone is None else require_zone(zone)
    entries = entries_of(subject, locale, tag, name, seats=seats)
    begins = None if day is None else require_day(day, name, "/day")
    days = _by_day(entries)
    if begins is not None:
        only = date(begins.year, begins.month, begins.day)
        ends = end_of_day(only, name)
        entries = [entry for entry in entries if entry.is_on(only, begins, ends)]
        if not entries:
            raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/day", choices=first_ids([*map(str, days)])))
        days = {only: entries}
    rooms = EventRooms(event, tag).in_order
    drawings = [
        DayDrawing(on, several, rooms, Wording(locale, name, several), None if begins is None else to_utc(begins))
        for on, several in days.items()
    ]
    words, wording = locale.pictures.timetable, Wording(locale, name, entries)
    title = words.title.format(event=name_in_title(event, tag, locale))
    width = max(drawing.width for drawing in drawings)
    contents = [drawing.draw(width) for drawing in drawings]
    contents[-1] = _below(contents[-1], legend(entries, wording, width))
    headings = map(locale.dates.format_day, days)
    drawn = [
        Drawing(title=heading, description=words.description, width=width, height=height, content=content)
        for heading, (height, content) in zip(headings, contents, strict=True)
    ]
    table = partial(_table, entries, wording, title)
    return Picture(language=locale.language, theme=colours, title=title, drawings=tuple(drawn), make_table=table)


class _Line(NamedTuple):
    """A line of text in a box."""

    text: str
    class_: str = "fill-muted"
    size: float = _SMALL
    height: float = _SMALL_LINE
    language: str | None = None
    bold: bool = False
    struck: bool = False
    start: float = 0.0
    """The distance from where the other lines begin."""
    has_sign: bool = False
    """True if the sign of a clash is before it."""


class _Content(NamedTuple):
    """The text of a box."""

    lines: list[_Line]
    beside: _Line | None = None
    """The time, if it is beside the lines."""
    is_whole: bool = True
    """False for a title alone."""

    @property
    def height(self) -> float:
        return 2 * _PADDING + sum([line.height for line in self.lines])


class DayDrawing:
    """The drawing of one day."""

    def __init__(
        self,
        day: date,
        entries: Sequence[TimetableEntry],
        rooms: Sequence[Room],
        wording: Wording,
        begins: datetime | None,
    ) -> None:
        """Lay out the entries of a day, which are in the order of time, in the columns of *rooms*.

        What is before the moment *begins* is left out, if that is given.
        """
        self.day = day
        self._wording = wording
        self._language = wording.locale.language
        self._strip = [entry for entry in entries if entry.fills_days]
        self._timed = [entry for entry in entries if not entry.fills_days]
        self._facts = [wording.facts(entry, day) for entry in self._timed]
        starts = [entry.starts_at if begins is None else max(entry.starts_at, begins) for entry in self._timed]
        periods = zip(starts, [entry.ends_at for entry in self._timed], strict=True)
        self._columns, self._layout = layout_of_rooms(periods, [entry.rooms for entry in self._timed], rooms)
        lanes = self._layout.lanes()
        least = _ROOM_WIDTHS.get(len(lanes), _NARROW_ROOM)
        self._widths = [max(least, lane * _LANE) for lane in lanes]

    @property
    def width(self) -> float:
        """The least width in which it can be read."""
        return _SIDE + sum(self._widths)

    def draw(self, width: float) -> tuple[float, Markup]:
        """Return the height of the drawing and its elements; *width* is no less than the least one."""
        wider = (width - self.width) / len(self._widths)
        edges = [_SIDE]
        for column in self._widths:
            edges.append(edges[-1] + column + wider)
        pen = Pen(width=width, rtl=self._wording.locale.direction == "rtl", language=self._language)
        if self._timed:
            pen.text(0, 12, self._wording.zone_note(), "fill-muted", size=12)
        parts, top = [pen.group()], 12 + 2 * _PADDING
        for entry in self._strip:
            facts = self._wording.facts(entry, self.day)
            content = self._content(entry, facts, width - _GAP, places=True)
            self._box(pen, entry, content, (0, top, width - _GAP, content.height))
            parts.append(pen.group(title=_summary(entry, facts)))
            top += content.height + _GAP
        if self._timed:
            top = self._heads(pen, edges, top)
            contents = self._contents(edges)
            lowest = LOWEST + _OFFSET if self._wording.clocks_change else LOWEST
            tops = row_tops(self._layout, lambda box: contents[box].height + _GAP, lowest=lowest)
            self._times(pen, tops, top, width)
            parts += [pen.group(), *self._boxes(pen, contents, edges, [top + row for row in tops])]
            top += tops[-1]
        return top, joined(*parts)

    def _contents(self, edges: Sequence[float]) -> dict[Box, _Content]:
        """Return the text of each box in the rooms."""
        contents, drawn = dict[Box, _Content](), Counter[int]()
        known = dict[tuple[int, float, bool], _Content]()  # a session in many rooms has many boxes of one width
        for box in self._layout.boxes:
            drawn[box.item] += 1
            width, is_whole = self._area(box, edges)[1], drawn[box.item] <= _MOST_WHOLE
            key = box.item, width, is_whole
            if key not in known:
                known[key] = self._content(self._timed[box.item], self._facts[box.item] if is_whole else None, width)
            contents[box] = known[key]
        return contents

    def _boxes(
        self, pen: Pen, contents: Mapping[Box, _Content], edges: Sequence[float], tops: Sequence[float]
    ) -> Iterator[Markup]:
        """Draw the boxes in the rooms, and yield each as a group."""
        octets = 0
        for box, content in contents.items():
            entry, (start, width) = self._timed[box.item], self._area(box, edges)
            upper, lower = tops[box.top], tops[box.bottom] - _GAP
            self._box(pen, entry, content, (start, upper, width, lower - upper))
            group = pen.group(title=_summary(entry, self._facts[box.item]) if content.is_whole else None)
            octets += len(group)
            if octets > MOST_OCTETS:
                raise ExportError(finding(Code.PICTURE_TOO_LARGE, maximum=MOST_OCTETS))
            yield group

    def _area(self, box: Box, edges: Sequence[float]) -> tuple[float, float]:
        """Return where a box starts, and its width."""
        lane = (edges[box.last + 1] - edges[box.first]) / box.lanes
        return edges[box.first] + box.lane * lane, lane - _GAP

    def _heads(self, pen: Pen, edges: Sequence[float], top: float) -> float:
        """Draw the names of the rooms, and return where the boxes begin."""
        if not self._columns:
            return top
        words, tallest = self._wording.words, 0.0
        buildings = {room.building for room in self._columns if room is not None}
        heads = list[tuple[float, list[_Line]]]()
        for index, start in enumerate(edges[:-1]):
            width = edges[index + 1] - start - _GAP
            room = self._columns[index] if index < len(self._columns) else None
            if room is not None:
                lines = self._lines(room.name[0], width - 2 * _PADDING, room.name[1] or None, bold=True)
                if room.building is not None and len(buildings) > 1:
                    lines += self._lines(room.building[0], width - 2 * _PADDING, room.building[1])
            else:
                word = words.online if index < len(self._columns) else words.no_room
                lines = self._lines(word, width - 2 * _PADDING, None, bold=True)
            heads.append((start, lines))
            tallest = max(tallest, sum(line.height for line in lines))
        for index, (start, lines) in enumerate(heads):
            width = edges[index + 1] - start - _GAP
            pen.rectangle(start, top, width, tallest + _PADDING, "fill-surface", radius=_RADIUS)
            pen.rectangle(start, top + tallest + _PADDING - 2, width, 2, "fill-line")
            self._write(pen, lines, start + _PADDING, top + _PADDING / 2)
        return top + tallest + _PADDING + _GAP

    def _times(self, pen: Pen, tops: Sequence[float], top: float, width: float) -> None:
        """Draw a line and the time for each row in which something begins."""
        zone = self._timed[0].start.tzinfo
        for row in self._layout.beginnings():
            upper, moment = top + tops[row], self._layout.moments[row].astimezone(zone)
            pen.line(0, upper - _GAP / 2, width - _GAP, upper - _GAP / 2, "stroke-faint")
            pen.text(0, upper + 14, self._wording.locale.dates.format_time(moment), "fill-text", size=12)
            if self._wording.clocks_change:
                pen.text(0, upper + 14 + _OFFSET, format_offset(moment), "fill-muted", size=10)

    def _box(self, pen: Pen, entry: TimetableEntry, content: _Content, area: tuple[float, float, float, float]) -> None:
        start, top, *_ = area
        _look_of(entry).draw(pen, *area)
        inside = start + _BAR + _PADDING
        if content.beside is not None:
            self._write(pen, [content.beside], inside, top + _PADDING)
            inside += _time_width(content.beside.text)
        self._write(pen, content.lines, inside, top + _PADDING)

    def _write(self, pen: Pen, lines: Sequence[_Line], start: float, top: float) -> None:
        for line in lines:
            baseline = top + line.height * 0.75  # a quarter of a line is below the letters
            if line.has_sign:
                pen.triangle(start, baseline, _SIGN - 4, line.class_)
            pen.text(
                start + line.start,
                baseline,
                line.text,
                line.class_,
                size=line.size,
                bold=line.bold,
                language=line.language,
                struck=line.struck,
            )
            top += line.height

    def _content(self, entry: TimetableEntry, facts: Facts | None, width: float, *, places: bool = False) -> _Content:
        """Return the text of a box, on request with the places; without facts, the beginning of the title."""
        room = width - _BAR - 2 * _PADDING
        if facts is None:
            line = self._lines(entry.title[0], room, entry.title[1], bold=True, most=1, struck=entry.is_struck)
            return _Content(line, is_whole=False)
        taken = _time_width(facts.time)
        is_beside = width >= _BESIDE and taken < room / 3
        room -= taken if is_beside else 0
        title, language = entry.title
        lines = [] if is_beside else self._lines(facts.time, room, None)
        lines += self._lines(title, room, language, bold=True, most=8, struck=entry.is_struck)
        if facts.status is not None:
            lines.append(_Line(facts.status, "fill-alert" if entry.is_struck else "fill-muted", bold=True))
        for reason in facts.clashes:
            wrap = wrapped(reason, room - _SIGN, _SMALL, most=_MOST_NOTES, bold=True)
            lines += [_Line(line, "fill-alert", bold=True, start=_SIGN, has_sign=line is wrap[0]) for line in wrap]
        for note in (facts.where if places else "", *facts.languages.arrows, *facts.seats):
            if note:
                lines += self._lines(note, room, None)
        return _Content(lines, _Line(facts.time, height=_LINE) if is_beside else None)

    def _lines(
        self,
        text: str,
        width: float,
        language: str | None,
        *,
        bold: bool = False,
        most: int = _MOST_NOTES,
        struck: bool = False,
    ) -> list[_Line]:
        class_, size, height = ("fill-text", _NORMAL, _LINE) if bold else ("fill-muted", _SMALL, _SMALL_LINE)
        return [
            _Line(line, class_, size, height, language, bold, struck)
            for line in wrapped(text, width, size, most=most, bold=bold)
        ]


def _summary(entry: TimetableEntry, facts: Facts) -> str:
    """Return all that is known about an entry, for programs that show it when somebody points at its box."""
    said = (facts.time, facts.where, facts.status, facts.languages.words, *facts.seats)
    return "\n".join([entry.title[0], *facts.clashes, *[line for line in said if line]])


def _time_width(text: str) -> float:
    """Return the width of a time beside other lines."""
    return text_width(text, _SMALL) + 2 * _PADDING


def row_tops(layout: Layout, needed: Callable[[Box], float], *, lowest: float = LOWEST) -> list[float]:
    """Return where each row begins, from 0, and where the last one ends; *needed* is the least height of a box."""
    ending = defaultdict[int, list[Box]](list)
    busy = [0] * (len(layout.moments) + 1)
    for box in layout.boxes:
        ending[box.bottom].append(box)
        busy[box.top] += 1
        busy[box.bottom] -= 1
    tops, running = [0.0], 0
    for row, (start, end) in enumerate(pairwise(layout.moments)):
        running += busy[row]
        length = (end - start).total_seconds() / 60 * 0.7  # pixels a minute
        least = max(lowest, min(length, HIGHEST if running else HIGHEST_GAP))
        tops.append(max([tops[-1] + least, *(tops[box.top] + needed(box) for box in ending[row + 1])]))
    return tops


class _Look(NamedTuple):
    """How a box is drawn; a word in it, or in the legend, means the same."""

    fill: str
    bar: str
    is_dashed: bool = False

    def draw(self, pen: Pen, start: float, top: float, width: float, height: float) -> None:
        """Draw a box without its texts."""
        outline = {"stroke_dasharray": "4 3"} if self.is_dashed else {}
        class_ = f"{self.fill} stroke-line" if self.is_dashed else self.fill
        pen.rectangle(start, top, width, height, class_, radius=_RADIUS, **outline)
        pen.rectangle(start, top, _BAR, height, self.bar, radius=_RADIUS / 2)

    def draw_sample(self, pen: Pen, start: float, top: float) -> None:
        """Draw a box of the legend."""
        self.draw(pen, start + 1, top + 1, _SAMPLE, 12)


_SESSION: Final = _Look("fill-soft", "fill-accent")
_PAUSE: Final = _Look("fill-surface", "fill-line")
_NOT_HELD: Final = _Look("fill-page", "fill-line", is_dashed=True)
_CLASH: Final = _Look("fill-alert-soft", "fill-alert")


def _look_of(entry: TimetableEntry) -> _Look:
    """Return how the box of an entry looks."""
    if entry.is_struck or entry.status is EventStatus.DRAFT:
        return _NOT_HELD
    if entry.clashes:
        return _CLASH
    return _PAUSE if entry.is_pause else _SESSION


def legend(entries: Iterable[TimetableEntry], wording: Wording, width: float) -> tuple[float, Markup]:
    """Return the height and the elements of a legend: of the boxes if they differ, and of the arrows between languages.

    The height is 0 if nothing needs to be explained.
    """
    labels_of: dict[_Look, dict[str, None]] = {}
    directions = list[Direction]()
    for entry in entries:
        look = _look_of(entry)
        labels_of.setdefault(look, {})[_label(entry, look, wording)] = None
        directions += entry.languages.spoken
    signs = [
        Sign(joined_words(labels, wording.locale.comma), look.draw_sample, _SAMPLE + _SPACE)
        for look, labels in labels_of.items()
    ]
    if len(signs) == 1:
        signs = []
    arrows = {MUTUAL if direction.is_mutual else wording.arrow for direction in directions}
    if arrows:
        signs.append(Sign(" ".join([*sorted(arrows), wording.locale.languages.interpretation])))
    pen = Pen(width=width, rtl=wording.locale.direction == "rtl", language=wording.locale.language)
    height = draw_legend(
        pen, signs, top=_SPACE, width=width, line=18, baseline=11, class_="fill-muted", size=_SMALL, gap=2 * _SPACE
    )
    return (height if signs else 0.0), pen.drawn()


def _label(entry: TimetableEntry, look: _Look, wording: Wording) -> str:
    if look is _CLASH:
        return wording.words.clash
    if look is _NOT_HELD:
        return wording.words.statuses[entry.status]
    kind = None if entry.session is None or not entry.is_pause else entry.session.kind
    return wording.words.session if kind is None else wording.locale.sessions[kind]


_SESSION_COLUMN: Final = 3
_SHORT: Final = {0, 1, 6}
"""The columns whose texts are kept in one line."""


def _below(upper: tuple[float, Markup], lower: tuple[float, Markup]) -> tuple[float, Markup]:
    """Return the height and the elements of two drawings, one below the other."""
    moved = element("g", lower[1], transform=f"translate(0 {upper[0]:.0f})")
    return upper[0] + lower[0], joined(upper[1], moved) if lower[0] else upper[1]


def _zone_of(event: Event) -> str:
    """Return the zone of an event; for a draft without a slot, that of its first session."""
    slots = [slot for slot in (event.slot, *(session.slot for session in event.sessions)) if slot is not None]
    return slots[0].time_zone if slots else "UTC"


def _by_day(entries: Iterable[TimetableEntry]) -> dict[date, list[TimetableEntry]]:
    """Return the entries by the day on which each begins, in the order of the days."""
    days = defaultdict[date, list[TimetableEntry]](list)
    for entry in entries:
        days[entry.first_day].append(entry)
    return dict(sorted(days.items()))


def _table(entries: Sequence[TimetableEntry], wording: Wording, caption: str) -> Markup:
    """Return the table; columns that would be empty are left out."""
    words, labels, language = wording.words, wording.locale.languages, wording.locale.language
    heads = (
        *(words.day, words.time, words.room, words.session, labels.spoken, labels.interpretation),
        *(words.seats, words.status, words.clashes),
    )
    rows = list[tuple[str, ...]]()
    for entry in entries:
        facts = wording.facts(entry, entry.first_day)
        rows.append(
            (
                wording.locale.dates.format_day(entry.first_day),
                facts.time,
                _several(facts.rooms, wording),
                _title(entry, language),
                facts.languages.floor,
                _below_each_other(*facts.languages.services),
                _below_each_other(*facts.seats),
                words.statuses[entry.status],
                _clashes(entry, wording),
            )
        )
    used = [index for index, column in enumerate(zip(*rows, strict=True)) if any(column)]
    head = element("thead", element("tr", *[element("th", heads[index], scope="col") for index in used]))
    body = element("tbody", *[element("tr", *[_cell(index, row[index]) for index in used]) for row in rows])
    return element("table", element("caption", caption), head, body)


def _cell(column: int, content: str) -> Markup:
    if column == _SESSION_COLUMN:
        return element("th", content, scope="row")
    return element("td", content, class_="wm-short") if column in _SHORT else element("td", content)


def _title(entry: TimetableEntry, language: str) -> Markup:
    title = tagged("bdi", entry.title, within=language)
    return element("s", title) if entry.is_struck else title


def _several(texts: Sequence[TaggedText], wording: Wording) -> Markup:
    tagged_texts = [tagged("bdi", text, within=wording.locale.language) for text in texts]
    return joined(*tagged_texts, separator=wording.locale.comma)


def _below_each_other(*texts: str) -> str:
    """Return texts one below the other; an empty text if all are empty."""
    return lines("\n".join([text for text in texts if text]))


def _clashes(entry: TimetableEntry, wording: Wording) -> str:
    parts = list[Markup]()
    for same_room in (True, False) if entry.clashes else ():
        others = [clash.other for clash in entry.clashes if clash.same_room is same_room]
        if others:
            reason = f"{wording.reason(same_room=same_room)}{wording.locale.colon}"
            parts.append(element("div", reason, _several(others, wording)))
    return joined(*parts) if parts else ""
