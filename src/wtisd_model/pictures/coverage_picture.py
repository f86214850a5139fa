"""The picture of who is served in which language: a row for each session, a column for each language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple, cast

from wtisd_model.locales import joined_words, locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Markup, joined
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import session_status
from wtisd_model.model.roster import Roster
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.pen import NARROW, Pen, Sign, draw_legend, paragraph, text_width
from wtisd_model.pictures.picture import Cell, Drawing, Picture, Rows, clock, name_in_title, only_zone, table_of
from wtisd_model.planning.demand import COUNTS, Coverage, CoverageRow
from wtisd_model.planning.demand import coverage as planned_coverage
from wtisd_model.planning.provision import Channel
from wtisd_model.programme.names import language_heading
from wtisd_model.rules.interpretation_schedule import floor_languages
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE, TaggedText
from wtisd_model.types.timeslot import TimeSlot

SIGN: Final = 12.0
"""The width and the height of a sign."""

_THICK: Final = 2.4
_THIN: Final = 1.6
_Strokes = Sequence[tuple[tuple[float, float], ...]]
_LOW: Final = 1.5
_HIGH: Final = SIGN - _LOW
_CROSS: Final = (((_LOW, _LOW), (_HIGH, _HIGH)), ((_HIGH, _LOW), (_LOW, _HIGH)))
_LINES: Final = (((2.5, 5.0), (9.5, 5.0)), ((2.5, 8.0), (7.0, 8.0)))
# Its fingers, then its thumb.
_HAND: Final = (
    ((3.5, 6.5), (3.5, 2.0)),
    ((5.8, 6.5), (5.8, 0.8)),
    ((8.1, 6.5), (8.1, 1.2)),
    ((10.4, 7.0), (10.4, 2.8)),
    ((3.6, 10.0), (0.8, 7.0)),
)


def coverage(
    dossier: Dossier, *, roster: Roster | None = None, language: str = "en", theme: Theme | None = None
) -> Picture:
    """Return a picture of who is served in which language: a row for each session, a column for each language.

    It shows what `wtisd_model.planning.coverage` returns. Languages in which people are not served come first, those
    with the most such people before others; sessions are in the order of time. A sign before each number says how the
    language reaches these people: on the floor, by interpretation, captions or signs, or not at all.

    It is for the people who plan interpretation: small numbers are not hidden.

    Args:
        dossier: the event, its registrations and its requests for interpretation.
        roster: the interpreters who serve these people; without it, they are served by what requests ask for.
        language: the language of its words and, where there are translations, of its texts.
        theme: its colours.

    Raises:
        InvalidValueError: ``language-unknown``.
        TypeError: *dossier* is not a Dossier, *roster* is not a Roster, or *theme* is not a Theme.
    """
    return coverage_picture(planned_coverage(dossier, roster=roster), language=language, theme=theme)


def coverage_picture(rows: Coverage, *, language: str = "en", theme: Theme | None = None) -> Picture:
    """Return the picture of rows that are known already; see `coverage`."""
    tag, colours = require_valid(language, LANGUAGE, "/language"), require_theme(theme)
    locale = locale_for(tag)
    words = locale.pictures.coverage
    title = words.title.format(event=name_in_title(rows.event, tag, locale))
    sessions = _sessions(rows, locale, tag)
    grid = CoverageDrawing(sessions, locale)
    (height, content), table = grid.draw(), partial(_table, title, sessions, locale)
    drawing = Drawing(title=title, description=words.description, width=grid.width, height=height, content=content)
    return Picture(language=locale.language, theme=colours, title=title, drawings=(drawing,), make_table=table)


def draw_signs(pen: Pen, channel: Channel | None, places: Sequence[tuple[float, float]], color: str) -> None:
    """Draw the sign of a channel at several places; without a channel, that of people who named no language.

    A place is the distance from where reading begins, and the upper edge. The lines of all signs are one element.
    """
    fill, stroke = f"fill-{color}", f"stroke-{color}"
    match channel:
        case Channel.FLOOR:
            for start, top in places:
                pen.rectangle(start, top, SIGN, SIGN, fill, radius=SIGN / 2)
        case Channel.DIRECT:
            pen.strokes([_arrow(start + 2, top) for start, top in places], stroke, stroke_width=_THICK)
        case Channel.RELAY:
            arrows = [_arrow(start + shift, top) for start, top in places for shift in (-1, 5)]
            pen.strokes(arrows, stroke, stroke_width=_THICK)
        case Channel.SIGN:
            for start, top in places:
                pen.rectangle(start + 2.7, top + 5.5, 8.5, 6.5, fill, radius=2.5)
            pen.strokes(_moved(_HAND, places), stroke, stroke_width=_THIN + 0.2, stroke_linecap="round")
        case Channel.CAPTIONS:
            for start, top in places:
                pen.rectangle(start, top + 1, SIGN, SIGN - 2, stroke, radius=2, fill="none", stroke_width=_THIN)
            pen.strokes(_moved(_LINES, places), stroke, stroke_width=_THIN)
        case Channel.MISSING:
            pen.strokes(_moved(_CROSS, places), stroke, stroke_width=_THICK)
        case _:  # people who named no language
            for start, top in places:
                pen.text(start + SIGN / 2, top + SIGN - 1, "?", fill, size=14, bold=True, centred=True)


def draw_sign(pen: Pen, start: float, top: float, *, channel: Channel | None) -> None:
    """Draw the sign of a channel in its colour."""
    draw_signs(pen, channel, [(start, top)], _color(channel))


def _color(channel: Channel | None) -> str:
    return "alert" if channel is Channel.MISSING else "muted" if channel is None else "accent"


def _arrow(start: float, top: float) -> tuple[tuple[float, float], ...]:
    return (start + 1, top + 1), (start + 6, top + SIGN / 2), (start + 1, top + SIGN - 1)


def _moved(strokes: _Strokes, places: Sequence[tuple[float, float]]) -> _Strokes:
    return [tuple([(start + x, top + y) for x, y in points]) for start, top in places for points in strokes]


MOST_SESSIONS: Final = 300
"""The maximum number of sessions that are drawn; the table has all of them."""
MOST_LANGUAGES: Final = 20
"""The same of languages."""

SIDE: Final = 172.0
"""The width of the column of sessions."""
PADDING: Final = 8.0
GAP: Final = 2.0
"""The space around a cell."""
SIZE: Final = 13.0
NORMAL: Final = 12.0
_LINE: Final = 20.0
"""The height of a line in a cell."""
_SIGN_TOP: Final = (_LINE - SIGN) / 2
"""Where in it a sign begins, so that it is in the middle."""
_AROUND_HEAD: Final = 1.5 * PADDING
"""The space before and after the name of a language, which ends before the column of the next one."""
_TEXT_LINES: Final = 4
"""The maximum number of lines of a title or a time; the table has all of it."""
_MARGIN: Final = 4.0
"""The space above and below the texts of a session."""
_RULE: Final = 3.0
"""The space above and below the line under a day."""
_STROKE: Final = 1.0
"""The thickness of the line below a session, in whose middle it is drawn."""


class SessionRows(NamedTuple):
    """A session, or the whole event, with its rows."""

    name: TaggedText
    slot: TimeSlot
    is_postponed: bool
    floor: tuple[str, ...]
    rows: Sequence[CoverageRow]

    def offered(self, row: CoverageRow) -> tuple[Channel, ...]:
        """Return the channels of a language; a floor language also has that of the floor."""
        is_spoken = row.language in self.floor and Channel.FLOOR not in row.offered
        return (Channel.FLOOR, *row.offered) if is_spoken else row.offered

    @property
    def has_gap(self) -> bool:
        """True if somebody is not served."""
        return any(row.missing for row in self.rows)


class _CellLine(NamedTuple):
    """A line in a cell: people who are served in one way, or 0 for a way that nobody uses."""

    channel: Channel | None
    people: int
    is_spoken: bool = False
    """True if the language is spoken too, but not all the time."""


_CellsByLanguage = Mapping[str | None, Sequence[_CellLine]]
"""The cells of a session, by language."""


def language_label(tag: str | None, locale: Locale) -> str:
    """Return the name of a language, or that of naming none."""
    return locale.pictures.coverage.channels["unstated"] if tag is None else language_heading(tag, locale.language)


class CoverageDrawing:
    """The drawing of some sessions."""

    def __init__(self, sessions: Sequence[SessionRows], locale: Locale) -> None:
        """Lay out the columns of sessions, which are sorted by day and time."""
        self._sessions = sessions
        self._locale = locale
        self._words = locale.pictures.coverage
        missing, people = Counter[str | None](), Counter[str | None]()
        for row in (row for session in sessions for row in session.rows):
            missing[row.language] += row.missing
            people[row.language] += row.people
        # Gaps first, then what most people use; those who named no language come last.
        order = sorted(people, key=lambda tag: (tag is None, -missing[tag], -people[tag], tag or ""))
        self._languages = order[:MOST_LANGUAGES]
        self._hidden_languages = len(order) - len(self._languages)
        words = [word for tag in self._languages for word in language_label(tag, locale).split()]
        # The longest word of their names may need more than the usual width.
        self._column = max([92.0, *[text_width(word, NORMAL, bold=True) + _AROUND_HEAD for word in words]])
        self._has_people = any(people.values())
        self._zone = only_zone(session.slot for session in sessions)
        self.width: float = max(NARROW, SIDE + self._column * len(self._languages))

    def draw(self) -> tuple[float, Markup]:
        """Return the height of the drawing and its elements."""
        pen = Pen(width=self.width, rtl=self._locale.direction == "rtl", language=self._locale.language)
        drawn = self._sessions[:MOST_SESSIONS]
        cells = [{row.language: _entries(row, session) for row in session.rows} for session in drawn]
        top = paragraph(pen, self._headline(), "fill-text", top=0, width=NARROW, size=20, bold=True)
        if not drawn:
            return top, pen.drawn()
        top = self._legend(pen, top + PADDING, cells)
        top = self._heads(pen, top + PADDING)
        parts = [pen.group()]
        days = groupby(zip(drawn, cells, strict=True), key=lambda pair: pair[0].slot.first_day)
        for day, sessions in days:
            heading = self._locale.dates.format_day(day)
            top = paragraph(pen, heading, "fill-muted", top=top + PADDING, width=NARROW, size=NORMAL, bold=True, most=1)
            pen.line(0, top + _RULE, self.width, top + _RULE, "stroke-line")
            top += 2 * _RULE
            parts.append(pen.group())
            for session, row in sessions:
                height = self._row(pen, session, row)
                parts.append(pen.group(transform=f"translate(0 {top:.1f})"))
                top += height
        for note in self._notes():
            top = paragraph(pen, note, "fill-muted", top=top + 6, width=NARROW, size=NORMAL)
        return top, joined(*parts, pen.drawn())

    def _headline(self) -> str:
        words, formatted = self._words, self._locale.numbers.format
        gaps = sum(session.has_gap for session in self._sessions)
        if gaps:
            return words.gaps.format(number=formatted(gaps), total=formatted(len(self._sessions)))
        if not self._sessions:
            return words.nothing
        return words.no_gaps if self._has_people else words.nobody

    def _notes(self) -> Iterator[str]:
        words, formatted = self._words, self._locale.numbers.format
        if self._zone is not None:
            yield self._locale.pictures.timetable.zone.format(zone=self._zone)
        if len(self._sessions) > MOST_SESSIONS:
            yield words.sessions_only_in_table.format(number=formatted(len(self._sessions) - MOST_SESSIONS))
        rows = [(session.floor, row) for session in self._sessions for row in session.rows]
        if any(len(floor) > 1 and row.missing and row.language in floor for floor, row in rows):
            yield words.several
        if self._hidden_languages:
            yield words.languages_only_in_table.format(number=formatted(self._hidden_languages))

    def _legend(self, pen: Pen, top: float, cells: Sequence[_CellsByLanguage]) -> float:
        """Draw the meaning of each sign that is used, of 0 and of an empty cell, and return where it ends."""
        entries = [entry for row in cells for lines in row.values() for entry in lines]
        used = {entry.channel for entry in entries}
        if any(entry.is_spoken for entry in entries):
            used.add(Channel.FLOOR)
        ways = [way for way in (*Channel, None) if way in used]
        words = self._words.channels
        signs = [Sign(words[way or "unstated"], partial(draw_sign, channel=way), SIGN + 5) for way in ways]
        if any(not entry.people for entry in entries):
            signs.append(Sign(self._words.unused))
        if any(not row.get(tag) for row in cells for tag in self._languages):
            signs.append(Sign(self._words.empty))
        # So small letters are beside the middle of a sign.
        return draw_legend(pen, signs, top=top, width=NARROW, line=_LINE, baseline=10.5)

    def _heads(self, pen: Pen, top: float) -> float:
        """Draw the names of the languages, and return where they end."""
        bottom = top
        for index, tag in enumerate(self._languages):
            start = SIDE + index * self._column + PADDING
            name = language_label(tag, self._locale)
            end = paragraph(
                pen,
                name,
                "fill-text",
                top=top,
                start=start,
                width=self._column - _AROUND_HEAD,
                size=NORMAL,
                bold=True,
                most=3,
            )
            bottom = max(bottom, end)
        return bottom

    def _row(self, pen: Pen, session: SessionRows, cells: _CellsByLanguage) -> float:
        """Draw a session and its cells, and return their height.

        Elements of a row that look alike are together in a group, which says how they look: a long programme has
        thousands of cells.
        """
        name, language = session.name
        end = _MARGIN
        for note in self._facts(session):
            end = paragraph(pen, note, "fill-muted", top=end, width=SIDE - PADDING, size=11, most=_TEXT_LINES)
        end = paragraph(
            pen, name, "fill-text", top=end, width=SIDE - PADDING, size=SIZE, most=_TEXT_LINES, language=language
        )
        drawn = [
            (SIDE + index * self._column, tag, entries)
            for index, tag in enumerate(self._languages)
            if (entries := cells.get(tag))
        ]
        height = max([end + _MARGIN, *(len(entries) * _LINE + PADDING for _, _, entries in drawn)])
        parts = [pen.group(title=name)]
        for class_, has_gap in (("fill-surface", False), ("fill-alert-soft stroke-alert", True)):
            for start, tag, entries in drawn:
                if has_gap is any(entry.channel is Channel.MISSING for entry in entries):
                    said = "\n".join((language_label(tag, self._locale), *self._said(entries)))
                    area = start + GAP, GAP, self._column - 2 * GAP, height - 2 * GAP
                    pen.rectangle(*area, "", radius=4, title=said)
            parts.append(pen.group(class_=class_))
        parts += self._contents(pen, [(start, entries) for start, _, entries in drawn], height)
        pen.add(*parts)
        pen.line(0, height + _STROKE / 2, self.width, height + _STROKE / 2, "stroke-faint")
        return height + _STROKE

    def _contents(
        self, pen: Pen, cells: Iterable[tuple[float, Sequence[_CellLine]]], height: float
    ) -> Iterator[Markup]:
        """Yield the signs and numbers of cells; they ignore the pointer, so that the title of their cell is shown."""
        signs = defaultdict[tuple[Channel | None, str], list[tuple[float, float]]](list)
        numbers = defaultdict[str, list[tuple[float, float, str]]](list)
        for start, entries in cells:
            line = (height - len(entries) * _LINE) / 2
            for channel, people, is_spoken in entries:
                begin = start + GAP + PADDING
                if is_spoken:
                    signs[Channel.FLOOR, "accent" if people else "muted"].append((begin, line + _SIGN_TOP))
                    begin += SIGN + 3
                signs[channel, _color(channel) if people else "muted"].append((begin, line + _SIGN_TOP))
                class_ = "fill-alert" if channel is Channel.MISSING else "fill-text" if people else "fill-muted"
                # So digits are in the middle of their line.
                numbers[class_].append((begin + SIGN + PADDING, line + 14.5, self._locale.numbers.format(people)))
                line += _LINE
        for (channel, color), places in signs.items():
            draw_signs(pen, channel, places, color)
        yield pen.group(pointer_events="none")
        for class_, texts in numbers.items():
            for start, baseline, text in texts:
                pen.text(start, baseline, text, "", size=None)
            weight = None if class_ == "fill-muted" else 600
            yield pen.group(class_=class_, font_size=SIZE, font_weight=weight, pointer_events="none")

    def _said(self, entries: Sequence[_CellLine]) -> Iterator[str]:
        """Yield what a cell says in words."""
        for channel, people, is_spoken in entries:
            signs = (Channel.FLOOR, channel) if is_spoken else (channel,)
            words = self._locale.comma.join([self._words.channels[sign or "unstated"] for sign in signs])
            yield f"{words}{self._locale.colon}{self._locale.numbers.format(people)}"

    def _facts(self, session: SessionRows) -> Iterator[str]:
        """Yield the time of a session, and that it is postponed."""
        yield clock(session.slot, self._locale, with_zone=self._zone is None)
        if session.is_postponed:
            yield self._locale.pictures.timetable.statuses["postponed"]


def _entries(row: CoverageRow, session: SessionRows) -> list[_CellLine]:
    """Return the lines of a cell; none if the language is neither offered nor needed."""
    ways = [(channel, number) for channel in Channel if (number := getattr(row, channel))]
    ways = ways or [(channel, 0) for channel in row.offered[:1] or session.offered(row)]
    spoken = row.language in session.floor
    lines = [_CellLine(channel, number, spoken and channel is not Channel.FLOOR) for channel, number in ways]
    return [*lines, _CellLine(None, row.unstated)] if row.unstated else lines


COLUMNS: Final = (Channel.MISSING.value, *(count for count in COUNTS if count != Channel.MISSING))
"""The counts of a row: people who are not served come first."""


def _sessions(rows: Coverage, locale: Locale, tag: str) -> list[SessionRows]:
    """Return the sessions by day and time, with their titles in a language, as far as they are translated."""
    event, several = rows.event, list[SessionRows]()
    sessions = {session.id: session for session in event.sessions}
    for id_, group in groupby(rows, key=lambda row: row.session_id):
        session = None if id_ is None else sessions[id_]
        whole = locale.pictures.coverage.whole_event, locale.language
        name = whole if session is None else session.title.in_language(tag)
        slot = cast("TimeSlot", (session or event).slot)  # only a draft has none, and a draft has no rows
        is_postponed = session_status(event, session) is EventStatus.POSTPONED
        several.append(SessionRows(name, slot, is_postponed, floor_languages(event, session), tuple(group)))
    # Each has its own zone, so a later moment may be on an earlier day.
    return sorted(several, key=lambda session: (session.slot.first_day, session.slot.starts_at))


def _table(title: str, sessions: Sequence[SessionRows], locale: Locale) -> Markup:
    words, programme = locale.pictures.coverage, locale.pictures.timetable
    zone = only_zone(session.slot for session in sessions)
    has_postponed = any(session.is_postponed for session in sessions)
    # A way that serves nobody anywhere would be a column of zeros.
    counted = [
        name
        for name in COLUMNS
        if name == Channel.MISSING or any(getattr(row, name) for session in sessions for row in session.rows)
    ]
    columns = (
        programme.session,
        programme.day,
        programme.time if zone is None else f"{programme.time}{locale.colon}{zone}",
        *([programme.status] if has_postponed else []),
        words.language,
        words.offered,
        *(words.channels[count] for count in counted),
    )
    groups = list[Rows]()
    for session in sessions:
        rows = [
            [
                Cell(language_label(row.language, locale), heads_row=True),
                Cell(
                    joined_words([words.channels[way] for way in session.offered(row)], locale.comma)
                    or words.not_offered
                ),
                *[Cell(locale.numbers.format(getattr(row, count)), is_number=True) for count in counted],
            ]
            for row in session.rows
        ]
        times = (locale.dates.format_day(session.slot.first_day), clock(session.slot, locale, with_zone=zone is None))
        beside = [Cell(time, is_short=True) for time in times]
        if has_postponed:
            beside.append(Cell(programme.statuses["postponed"] if session.is_postponed else ""))
        groups.append(Rows(session.name, rows, beside))
    return table_of(title, columns, groups, locale.language)
