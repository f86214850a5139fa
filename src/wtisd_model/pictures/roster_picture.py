"""The picture of a roster: a row for each interpreter or booth, and columns for the times at which somebody works."""

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import ClassVar, Final, Literal, NamedTuple, cast

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import isolate
from wtisd_model.markup.element import Markup, joined, lines
from wtisd_model.markup.theme import HUES, Theme, require_theme
from wtisd_model.model.dossier import Dossier, require_dossiers
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationService
from wtisd_model.model.roster import AssignmentState, Roster, Task
from wtisd_model.model.session import Session
from wtisd_model.pictures.coverage_picture import GAP, NORMAL, PADDING, SIDE, SIGN, SIZE, draw_sign
from wtisd_model.pictures.pen import NARROW, Pen, Sign, draw_legend, fitted, paragraph, text_width
from wtisd_model.pictures.picture import Cell, Drawing, Picture, Rows, clock, name_in_title, only_zone, table_of
from wtisd_model.pictures.time_columns import ClockSpan, Columns
from wtisd_model.planning.booth_sheets import BoothSheet, BoothSitting, FloorHeard, TeamMember, booth_sheets
from wtisd_model.planning.provision import Channel
from wtisd_model.programme.names import language_heading, language_name, name_order
from wtisd_model.programme.times import format_slot
from wtisd_model.rules.hearing import Way
from wtisd_model.rules.sittings import Sittings, Unplanned
from wtisd_model.types.arguments import parse_enum, require_valid
from wtisd_model.types.identifiers import first_ids
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import require_day

MOST_ROWS: Final = 300
"""The maximum number of interpreters or booths that are drawn; the table has all of them."""

_SMALL: Final = 11.0
_LINE: Final = 16.0
"""The height of a line in the box of a booth."""
_ROW: Final = 22.0
"""The height of a line of the legend, and of the row of an interpreter without work."""
_BOX: Final = 18.0
"""The height of a box, to which each line after the first adds `_LINE`."""
_DOT: Final = 8.0
"""The size of the mark before a name, which shows the state."""
_EDGE: Final = 4.0
"""The thickness of the edge that shows a delivery, or the colour of a language."""
_SPACE: Final = 5.0
"""The space after a sign of the legend."""
_BASELINE: Final = 12.5
"""The baseline of the legend, and of the text in a box."""
_MARGINS: Final = 16.0
"""The space in a box beside its texts."""
_WIDEST: Final = 200.0
"""The width of a box at most for its texts, apart from its times."""
_STATES: Final = (AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.DELIVERED)
_LETTERS: Final = {Task.PIVOT: "P", Task.RETOUR: "R", Task.STANDBY: "S"}
"""The letters of tasks that others have to know of."""


def roster(
    roster: Roster,
    dossiers: Iterable[Dossier],
    *,
    by: Literal["people", "booths"] = "people",
    day: date | str | None = None,
    booth: str | None = None,
    now: datetime | None = None,
    language: str = "en",
    theme: Theme | None = None,
) -> Picture:
    """Return a picture of who works when: a row for each interpreter, or one for each booth with its teams.

    Interpreters come in the order of the languages that they work into, and those without work come last. By booths,
    missing interpreters are marked, and so are floor languages that are heard by relay or not at all. Sessions whose
    hours are not known are named above the rows, and lack all their interpreters.

    It is for the office, and names people.

    Args:
        roster: the roster.
        dossiers: the events that it is for.
        by: ``people`` or ``booths``.
        day: the local day to draw; None means all of them.
        booth: the id of the booth to draw, such as for its door; None means all of them.
        now: the present moment, by which offers may have expired; None means that none has.
        language: the language of its words and, where there are translations, of its texts.
        theme: its colours.

    Raises:
        InvalidValueError: ``language-unknown``; ``value-unknown`` for *by* and for a *booth* in which nobody has to
            work; ``date-unreadable`` or ``wrong-type`` for *day*; ``item-repeated`` for two dossiers of one event; the
            codes of *now*, at ``/now``.
        TypeError: *roster* is not a Roster, one of the *dossiers* is not a Dossier, or *theme* is not a Theme.
    """
    tag, colours = require_valid(language, LANGUAGE, "/language"), require_theme(theme)
    locale, several = locale_for(tag), require_dossiers(dossiers)
    words, grids = locale.pictures.roster, {"people": _People, "booths": _Booths}
    make = grids[parse_enum(grids, by, "/by")]
    # Each sheet has the day of its own zone.
    only = None if day is None else require_day(day, "UTC", "/day").date()
    sheets = booth_sheets(roster, several, now=now)
    unplanned = Sittings(several, roster.terms).unplanned
    if booth is not None:
        known = sorted({sheet.place for sheet in sheets})
        if booth not in known:
            raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/booth", choices=first_ids(known)))
        sheets, unplanned = tuple(sheet for sheet in sheets if sheet.place == booth), ()
    grid = make(roster, several, sheets, unplanned, only, tag)
    if len(several) == 1:
        title = words.title.format(event=name_in_title(several[0].event, tag, locale))
    else:
        title = words.title_of_several.format(number=locale.numbers.format(len(several)))
    if booth is not None:
        title = f"{title} ({isolate(booth, rtl=locale.direction == 'rtl')})"
    height, content = grid.draw()
    drawing = Drawing(title=title, description=grid.description, width=grid.width, height=height, content=content)
    table = partial(grid.table, title)
    return Picture(language=locale.language, theme=colours, title=title, drawings=(drawing,), make_table=table)


class _Stretch(NamedTuple):
    """The work of a team in a sitting, by the clocks of the place."""

    sheet: BoothSheet
    sitting: BoothSitting
    titles: Sequence[str]
    """The titles of the sessions, or that of the event."""
    part: str
    """The number of a part of a session that is too long for one sitting; empty for any other work."""
    start: datetime
    end: datetime


def _letters_sign(text: str, class_: str, meaning: str) -> Sign:
    def draw(pen: Pen, start: float, top: float) -> None:
        pen.text(start, top + _BASELINE, text, class_, size=NORMAL, bold=True)

    return Sign(meaning, draw, text_width(text, NORMAL, bold=True) + _SPACE)


def _span(slot: TimeSlot) -> tuple[datetime, datetime]:
    """Return a start by the clocks of the place, and an end as long after it as it lasts, also if the clocks change."""
    start = datetime.combine(slot.start.date(), slot.start.time())
    return start, start + (slot.ends_at - slot.starts_at)


class _Grid(ABC):
    """What drawings by people and by booths have in common: headline, legend, columns and notes."""

    narrowest: ClassVar[float]
    """The least width of a box."""
    description: str
    headings: Sequence[str]
    """The headings of the first column of the table, and of those after when, what and where."""

    def __init__(
        self,
        roster: Roster,
        dossiers: Sequence[Dossier],
        sheets: Sequence[BoothSheet],
        unplanned: Iterable[Unplanned],
        day: date | None,
        language: str,
    ) -> None:
        """Lay out the columns, and give each language its colour."""
        self.held: dict[tuple[str, str | None], Event | Session] = {}
        for event in (dossier.event for dossier in dossiers):
            self.held[event.uid, None] = event
            self.held |= {(event.uid, session.id): session for session in event.sessions}
        self.locale: Locale = locale_for(language)
        self.words = self.locale.pictures.roster
        parts = defaultdict[tuple[str, str | None], set[int]](set)
        for sitting in (sitting for sheet in sheets for sitting in sheet.sittings):
            for held in _held(sitting):
                parts[held].add(sitting.number)
        self.stretches = [
            _Stretch(
                sheet,
                sitting,
                [self.held[held].title.in_language(language)[0] for held in _held(sitting)],
                self._part(sitting.number, parts[_held(sitting)[0]]),
                *_span(sitting.slot),
            )
            for sheet in sheets
            if day is None or sheet.day == day
            for sitting in sheet.sittings
        ]
        self.unplanned = [each for each in unplanned if day is None or each.slot.first_day <= day <= each.slot.last_day]
        self.zone: str | None = only_zone(one.sitting.slot for one in self.stretches)
        self.columns = Columns(self.widths())
        self.width: float = max(NARROW, self.columns.end)
        self.room: float = min(self.width, 2 * NARROW)
        """The width of the texts above and below the rows."""
        tags = sorted({one.sheet.language for one in self.stretches})
        self.hues: dict[str, str] = {tag: f"hue-{index % HUES + 1}" for index, tag in enumerate(tags)}
        self.rows: Sequence[Callable[[Pen], float]] = self.arranged(roster)
        """What draws each row from the top of a drawing, and returns its height."""

    @abstractmethod
    def texts(self, stretch: _Stretch) -> Iterator[str]:
        """Yield what the box of some work should have room for, apart from its times."""

    def widths(self) -> dict[ClockSpan, float]:
        """Return the least width of each span that is drawn."""
        widths = defaultdict[ClockSpan, float](lambda: self.narrowest)
        for stretch in self.stretches:
            texts = max([text_width(text, _SMALL, bold=True) for text in self.texts(stretch)], default=0.0)
            times = text_width(self.times(stretch)[1], _SMALL, bold=True)
            span = stretch.start, stretch.end
            widths[span] = max(widths[span], times + _MARGINS, min(texts + _MARGINS, _WIDEST))
        return widths

    @abstractmethod
    def arranged(self, roster: Roster) -> Sequence[Callable[[Pen], float]]:
        """Return what draws each row."""

    @abstractmethod
    def state_sign(self, state: AssignmentState) -> Sign:
        """Return the sign of a state."""

    @abstractmethod
    def signs(self) -> Iterator[Sign]:
        """Yield the other signs that are used, apart from letters."""

    @abstractmethod
    def groups(self) -> Iterator[tuple[str, list[tuple[_Stretch, list[Cell]]]]]:
        """Yield what heads the rows of a table, and what follows in each row on when, what and where."""

    def table(self, title: str) -> Markup:
        """Return the table."""
        words = self.locale.pictures.timetable
        time = words.time if self.zone is None else f"{words.time}{self.locale.colon}{self.zone}"
        first, *others = self.headings
        columns = (first, words.day, time, words.session, words.room, *others)
        groups = [
            Rows(
                (name, ""),
                [[*self.facts(stretch), *cells] for stretch, cells in rows] or [[Cell("")] * (len(columns) - 1)],
            )
            for name, rows in self.groups()
        ]
        return table_of(title, columns, groups, self.locale.language)

    def _legend(self) -> Iterator[Sign]:
        team = [member for stretch in self.stretches for member in stretch.sitting.team]
        for state in _STATES:
            if any(member.state is state for member in team):
                yield self.state_sign(state)
        for task, letter in _LETTERS.items():
            if any(member.task is task for member in team):
                yield _letters_sign(letter, "fill-text", self.locale.interpreting.tasks[task])
        yield from self.signs()

    def draw(self) -> tuple[float, Markup]:
        """Return the height of the drawing and its elements."""
        pen = Pen(width=self.width, rtl=self.locale.direction == "rtl", language=self.locale.language)
        top = paragraph(pen, self._headline(), "fill-text", top=0, width=self.room, size=20, bold=True)
        if self.unplanned:
            said = self.words.unplanned.format(sessions=self.locale.languages.separator.join(self._said_unplanned()))
            top = paragraph(pen, said, "fill-alert", top=top + GAP, width=self.room, size=NORMAL)
        if not self.stretches:
            return top, pen.drawn()
        top = draw_legend(pen, self._legend(), top=top + PADDING, width=self.room, line=_ROW, baseline=_BASELINE)
        top = self._heads(pen, top + PADDING) + GAP
        parts = [pen.group()]
        for draw in self.rows[:MOST_ROWS]:
            height = draw(pen)
            pen.line(0, height, self.width, height, "stroke-faint")
            parts.append(pen.group(transform=f"translate(0 {top:.1f})"))
            top += height
        for note in self._notes():
            top = paragraph(pen, note, "fill-muted", top=top + 6, width=self.room, size=NORMAL)
        return top, joined(*parts, pen.drawn())

    def _headline(self) -> str:
        # A sitting that is drawn in pieces lacks its interpreters once.
        lacking = Counter[tuple[int, str, str]]()
        for sheet, sitting, *_ in self.stretches:
            lacking |= Counter({(sitting.number, sheet.language, sheet.service): sitting.missing})
        if missing := lacking.total() + sum(need.heads for each in self.unplanned for need in each.needs):
            return f"{self.words.missing}{self.locale.colon}{self.locale.numbers.format(missing)}"
        return self.words.complete if self.stretches else self.words.nothing

    def _said_unplanned(self) -> Iterator[str]:
        """Yield the sessions whose hours are not known, each with its days."""
        for each in self.unplanned:
            title, _ = self.held[each.event_uid, each.session_id].title.in_language(self.locale.language)
            yield f"{title} ({format_slot(each.slot, self.locale.dates)})"

    def _notes(self) -> Iterator[str]:
        if self.zone is not None:
            yield self.locale.pictures.timetable.zone.format(zone=self.zone)
        if len(self.rows) > MOST_ROWS:
            number = self.locale.numbers.format(len(self.rows) - MOST_ROWS)
            yield self.words.rows_only_in_table.format(number=number)

    def _heads(self, pen: Pen, top: float) -> float:
        """Draw the days and the hours at which columns begin, and return where they end."""
        bottom = top
        starts = [start for _, start in self.columns.days]
        for (day, start), end in zip(self.columns.days, [*starts[1:], self.width + PADDING], strict=True):
            said, room = self.locale.dates.format_day(day), end - start - PADDING
            bottom = max(
                bottom, paragraph(pen, said, "fill-text", top=top, start=start, width=room, size=NORMAL, bold=True)
            )
        for begin, place in self.columns.hours:
            hour = self.locale.dates.format_time(begin)
            pen.text(place, bottom + _SMALL, hour, "fill-muted", size=_SMALL)
        bottom += 1.5 * _SMALL
        pen.line(0, bottom, self.width, bottom, "stroke-line")
        return bottom

    def _part(self, number: int, numbers: Collection[int]) -> str:
        """Return which part of a session is done in one of its sittings: 2/3."""
        if len(numbers) == 1:
            return ""
        return "/".join(map(self.locale.numbers.format, (sorted(numbers).index(number) + 1, len(numbers))))

    def title(self, stretch: _Stretch) -> str:
        """Return the titles of the sessions, with the number of a part."""
        title = self.locale.comma.join(stretch.titles)
        return f"{title} ({stretch.part})" if stretch.part else title

    def place_of(self, stretch: _Stretch) -> tuple[float, float]:
        """Return the place and the width of a box."""
        start, end = self.columns.places[stretch.start, stretch.end]
        return start, end - start - GAP

    def times(self, stretch: _Stretch) -> tuple[str, str]:
        """Return the day and the time of some work in words."""
        slot = stretch.sitting.slot
        return self.locale.dates.format_day(slot.first_day), clock(slot, self.locale, with_zone=self.zone is None)

    def facts(self, stretch: _Stretch) -> list[Cell]:
        """Return the cells that say when, what and where."""
        day, time = self.times(stretch)
        what, where = Cell(self.title(stretch)), Cell(self.room_of(stretch))
        return [Cell(day), Cell(time, is_short=True), what, where]

    def room_of(self, stretch: _Stretch) -> str:
        """Return the room of some work."""
        return self.words.hub if stretch.sitting.room is None else stretch.sitting.room

    def place(self, sheet: BoothSheet) -> str:
        """Return the id of a booth or, without one, that there is none or, if none is needed, the service."""
        if sheet.place != sheet.language:
            return sheet.place
        is_simultaneous = sheet.service is InterpretationService.SIMULTANEOUS
        return self.words.no_booth if is_simultaneous else self.locale.choices["service"][sheet.service]

    def language(self, tag: str) -> str:
        """Return the name of a language."""
        return language_heading(tag, self.locale.language)

    def floor_text(self, heard: FloorHeard) -> str:
        """Return a floor language, and through what it is heard."""
        floor = self.language(heard.floor)
        if heard.pivot is None:
            return f"{floor}{self.locale.colon}{self.words.not_heard}"
        pivot = language_name(heard.pivot, self.locale.language)
        return self.locale.interpreting.through.format(floor=floor, pivot=pivot)


def _held(sitting: BoothSitting) -> list[tuple[str, str | None]]:
    """Return what takes place in a sitting: the event, and its session if it has any."""
    return [(sitting.event_uid, id_) for id_ in sitting.session_ids or (None,)]


_Workload = list[tuple[_Stretch, TeamMember]]
"""All work of an interpreter."""


class _People(_Grid):
    """A row for each interpreter."""

    narrowest = 88

    def arranged(self, roster: Roster) -> Sequence[Callable[[Pen], float]]:
        words, locale = self.words, self.locale
        self.description = words.people_description
        self.headings = (
            words.interpreter,
            locale.pictures.coverage.language,
            locale.interpreting.task,
            locale.pictures.timetable.status,
        )
        work = defaultdict[str, _Workload](list)
        for stretch in sorted(self.stretches, key=lambda stretch: stretch.start):
            for member in stretch.sitting.team:
                work[member.interpreter_id].append((stretch, member))
        people = [((one.contact and one.contact.name) or one.id, work[one.id]) for one in roster.interpreters]
        self._people = sorted(people, key=lambda person: (_main_language(person[1]), name_order(person[0])))
        return [partial(self._row, *person) for person in self._people]

    def state_sign(self, state: AssignmentState) -> Sign:
        draw = partial(_draw_box, width=_ROW, height=_BOX, state=state, hue="accent")
        return Sign(self.words.states[state], draw, _ROW + _SPACE)

    def signs(self) -> Iterator[Sign]:
        for tag, hue in self.hues.items():
            yield _letters_sign(tag, f"fill-{hue}", self.language(tag))

    def _row(self, name: str, work: _Workload, pen: Pen) -> float:
        shown = fitted(name, SIDE - PADDING, SIZE)
        pen.text(0, 15.5, shown, "fill-text" if work else "fill-muted", size=SIZE)
        if not work:
            return _ROW
        for stretch, member in work:
            start, width = self.place_of(stretch)
            tag, room, (day, time) = stretch.sheet.language, self.room_of(stretch), self.times(stretch)
            booth = f"{self.language(tag)} ({self.place(stretch.sheet)})"
            said = self.title(stretch), f"{day}, {time}", room, booth, *self._said(member)
            _draw_box(
                pen,
                start,
                2,
                width=width,
                height=_BOX + _LINE,
                state=member.state,
                hue=self.hues[tag],
                title="\n".join(said),
                texts=(self._short(stretch, member), time),
            )
        return _ROW + _LINE

    def _short(self, stretch: _Stretch, member: TeamMember) -> str:
        """Return the language, the letter of a task and the room."""
        short = " ".join([stretch.sheet.language, *filter(None, [_LETTERS.get(member.task)])])
        return f"{short} \N{MIDDLE DOT} {self.room_of(stretch)}"

    def texts(self, stretch: _Stretch) -> Iterator[str]:
        for member in stretch.sitting.team:
            yield self._short(stretch, member)

    def groups(self) -> Iterator[tuple[str, list[tuple[_Stretch, list[Cell]]]]]:
        for name, work in self._people:
            yield (
                name,
                [
                    (stretch, [*map(Cell, (self.language(stretch.sheet.language), *self._said(member)))])
                    for stretch, member in work
                ],
            )

    def _said(self, member: TeamMember) -> tuple[str, str]:
        return self.locale.interpreting.tasks[member.task], self.words.states[member.state]


def _main_language(work: _Workload) -> tuple[bool, str]:
    """Return the language into which somebody works most, as a key that comes last without work."""
    counted = Counter(stretch.sheet.language for stretch, _ in work)
    return not counted, min(counted, key=lambda tag: (-counted[tag], tag), default="")


def _draw_box(
    pen: Pen,
    start: float,
    top: float,
    *,
    width: float,
    height: float,
    state: AssignmentState,
    hue: str,
    title: str | None = None,
    texts: Iterable[str] = (),
) -> None:
    """Draw a box: an outline for an offer, filled once it is accepted, with a thick edge once it is delivered."""
    is_full = state is AssignmentState.ACCEPTED
    fill = f"fill-{hue}" if is_full else "fill-page"
    pen.rectangle(start + 0.5, top + 0.5, width - 1, height - 1, f"{fill} stroke-{hue}", radius=2, title=title)
    if state is AssignmentState.DELIVERED:
        pen.rectangle(start, top + height - _EDGE, width, _EDGE, f"fill-{hue}", pointer_events="none")
    colour = "fill-page" if is_full else f"fill-{hue}"
    for number, text in enumerate(texts):
        label, baseline = fitted(text, width, _SMALL, bold=True), top + _BASELINE + number * (_LINE - GAP)
        pen.text(start + width / 2, baseline, label, colour, size=_SMALL, bold=True, centred=True)


class _Booths(_Grid):
    """A row for each booth, below one for each room with its sessions."""

    narrowest = 124

    def arranged(self, roster: Roster) -> Sequence[Callable[[Pen], float]]:  # noqa: ARG002 - booths are in the sheets
        words, locale = self.words, self.locale
        self.description = words.booths_description
        relay = locale.pictures.coverage.channels["relay"]
        self.headings = locale.interpreting.booth, words.team, relay
        by_room = defaultdict[str, dict[tuple[str, str, str], list[_Stretch]]](lambda: defaultdict(list))
        for stretch in self.stretches:
            sheet = stretch.sheet
            by_room[stretch.sitting.room or ""][sheet.language, sheet.place, sheet.service].append(stretch)
        self._rooms = {
            room: [several for _, several in sorted(booths.items())]
            for room, booths in sorted(by_room.items(), key=lambda pair: name_order(pair[0]))
        }
        return [
            draw
            for room, booths in self._rooms.items()
            for draw in (partial(self._room, room, booths), *(partial(self._booth, several) for several in booths))
        ]

    def state_sign(self, state: AssignmentState) -> Sign:
        return Sign(self.words.states[state], partial(_draw_dot, state=state), _DOT + _SPACE)

    def signs(self) -> Iterator[Sign]:
        sittings = [stretch.sitting for stretch in self.stretches]
        channels = self.locale.pictures.coverage.channels
        if any(heard.way is Way.RELAY for sitting in sittings for heard in sitting.floors):
            yield Sign(channels["relay"], partial(_draw_mark, channel=Channel.RELAY), SIGN + _SPACE)
        if any(sitting.missing for sitting in sittings):
            yield Sign(self.words.missing, partial(_draw_mark, channel=Channel.MISSING), SIGN + _SPACE)
        if any(heard.way is Way.MISSING for sitting in sittings for heard in _by_relay(sitting)):
            yield Sign(self.words.not_heard, partial(_draw_mark, channel=None), SIGN + _SPACE)

    def _room(self, room: str, booths: Sequence[Sequence[_Stretch]], pen: Pen) -> float:
        """Draw the heading of a room, and above each time what takes place there."""
        name = fitted(room or self.words.hub, SIDE - PADDING, SIZE, bold=True)
        pen.rectangle(0, 6, self.width, _ROW, "fill-surface")
        pen.text(PADDING, 21.5, name, "fill-text", size=SIZE, bold=True)
        above = {each for several in booths for one in several for each in self._above(one)}
        for title, span in sorted(above):
            start, end = self.columns.places[span]
            pen.text(start, 21.5, fitted(title, end - start - _EDGE, _SMALL), "fill-text", size=_SMALL)
        return _ROW + 6

    def _booth(self, stretches: Sequence[_Stretch], pen: Pen) -> float:
        sheet = stretches[0].sheet
        name, width = self.language(sheet.language), SIDE - 2 * PADDING
        end = paragraph(pen, name, "fill-text", top=4, start=PADDING, width=width, size=SIZE, most=2)
        place = self.place(sheet)
        end = paragraph(pen, place, "fill-muted", top=end, start=PADDING, width=width, size=_SMALL, most=1)
        heights = [1 + len(stretch.sitting.team) + len(_marks(stretch.sitting)) for stretch in stretches]
        height = max(end, *(number * _LINE + PADDING for number in heights))
        for stretch in stretches:
            self._box(pen, stretch, height)
        return height + 2 * GAP

    def _box(self, pen: Pen, stretch: _Stretch, height: float) -> None:
        """Draw when a booth works, its team, who is missing, and what it does not hear directly."""
        start, width = self.place_of(stretch)
        sitting, hue = stretch.sitting, self.hues[stretch.sheet.language]
        class_ = "fill-alert-soft stroke-alert" if sitting.missing else "fill-surface"
        said = "\n".join([self.title(stretch), ", ".join(self.times(stretch)), *self._said(sitting)])
        pen.rectangle(start, GAP, width, height, class_, radius=3, title=said)
        pen.rectangle(start, GAP, _EDGE, height, f"fill-{hue}", pointer_events="none")
        line, begin = GAP + _EDGE, start + 2 * _EDGE
        pen.text(begin, line + 10.5, self.times(stretch)[1], "fill-text", size=_SMALL, bold=True)
        line += _LINE
        for member in sitting.team:
            _draw_dot(pen, begin, line - 2, state=member.state)
            place, letter = begin + _DOT + _EDGE, _LETTERS.get(member.task)
            if letter is not None:
                pen.text(place, line + 10.5, letter, "fill-text", size=_SMALL, bold=True)
                place += _SMALL
            text = fitted(_name(member), start + width - _EDGE - place, _SMALL)
            pen.text(place, line + 10.5, text, "fill-text", size=_SMALL)
            line += _LINE
        for channel, text in _marks(sitting):
            _draw_mark(pen, begin, line - 2, channel=channel)
            is_relay = channel is Channel.RELAY
            class_ = "fill-text" if is_relay else "fill-alert"
            pen.text(begin + SIGN + _EDGE, line + 10.5, text, class_, size=_SMALL, bold=not is_relay)
            line += _LINE

    def _said(self, sitting: BoothSitting) -> Iterator[str]:
        """Yield what a box says in words: the team, and who is missing and what is not heard directly."""
        yield from self._team(sitting)
        yield from map(self.floor_text, _by_relay(sitting))

    def texts(self, stretch: _Stretch) -> Iterator[str]:
        for member in stretch.sitting.team:
            yield f"MM {_name(member)}"  # beside the marks of the state and the task

    def widths(self) -> dict[ClockSpan, float]:
        """Return the least width of each span, also of each session above the boxes."""
        widths = super().widths()
        for title, span in (each for stretch in self.stretches for each in self._above(stretch)):
            widths[span] = max(widths.get(span, self.narrowest), min(text_width(title, _SMALL) + _MARGINS, _WIDEST))
        return widths

    def _above(self, stretch: _Stretch) -> Iterator[tuple[str, ClockSpan]]:
        """Yield what is written above some work, and its time."""
        for held, title in zip(_held(stretch.sitting), stretch.titles, strict=True):
            if stretch.part:
                yield f"{stretch.part} {title}", (stretch.start, stretch.end)
            else:
                yield title, _span(cast("TimeSlot", self.held[held].slot))  # a draft has no sittings

    def _team(self, sitting: BoothSitting) -> Iterator[str]:
        """Yield the name, the task and the state of each member, and how many are missing."""
        for member in sitting.team:
            task, state = self.locale.interpreting.tasks[member.task], self.words.states[member.state]
            yield f"{_name(member)}{self.locale.colon}{task} \N{MIDDLE DOT} {state}"
        if sitting.missing:
            yield f"{self.words.missing}{self.locale.colon}{self.locale.numbers.format(sitting.missing)}"

    def groups(self) -> Iterator[tuple[str, list[tuple[_Stretch, list[Cell]]]]]:
        for several in (several for booths in self._rooms.values() for several in booths):
            sheet = several[0].sheet
            yield (
                f"{self.language(sheet.language)} ({self.place(sheet)})",
                [
                    (
                        stretch,
                        [
                            Cell(lines("\n".join(self._team(stretch.sitting)))),
                            Cell(lines("\n".join(map(self.floor_text, _by_relay(stretch.sitting))))),
                        ],
                    )
                    for stretch in several
                ],
            )


def _name(member: TeamMember) -> str:
    return member.name or member.interpreter_id


def _by_relay(sitting: BoothSitting) -> list[FloorHeard]:
    """Return the floor languages that a team hears in another one, or not at all; without a team, nobody hears any."""
    return [heard for heard in sitting.floors if sitting.team and heard.way in {Way.RELAY, Way.MISSING}]


def _marks(sitting: BoothSitting) -> list[tuple[Channel | None, str]]:
    """Return the signs below the names, None for a floor language that is not heard, with what is beside each."""
    marks = list[tuple[Channel | None, str]]()
    if sitting.missing:
        marks.append((Channel.MISSING, str(sitting.missing)))
    for heard in _by_relay(sitting):
        if heard.pivot is not None:
            marks.append((Channel.RELAY, f"{heard.floor} → {heard.pivot}"))
        else:
            marks.append((None, heard.floor))
    return marks


def _draw_dot(pen: Pen, start: float, top: float, *, state: AssignmentState) -> None:
    """Draw the mark of a state: a ring for an offer, a dot once it is accepted, a square once it is delivered."""
    top += (_LINE - _DOT) / 2 + 1
    radius = 0 if state is AssignmentState.DELIVERED else _DOT / 2
    if state is AssignmentState.OFFERED:
        pen.rectangle(start + 0.75, top + 0.75, _DOT - 1.5, _DOT - 1.5, "fill-page stroke-accent", radius=radius)
    else:
        pen.rectangle(start, top, _DOT, _DOT, "fill-accent", radius=radius)


def _draw_mark(pen: Pen, start: float, top: float, *, channel: Channel | None) -> None:
    """Draw the sign of a channel or, without one, a ring with a stroke through it: not heard."""
    top += (_LINE - SIGN) / 2 + 1
    if channel is None:
        ring = "stroke-alert"
        pen.rectangle(start + 1, top + 1, SIGN - 2, SIGN - 2, ring, radius=SIGN / 2, fill="none", stroke_width=2)
        pen.strokes([((start + 2.5, top + SIGN - 2.5), (start + SIGN - 2.5, top + 2.5))], ring, stroke_width=2)
    else:
        draw_sign(pen, start, top, channel=channel)
