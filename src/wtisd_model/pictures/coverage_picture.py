"""The picture of who is served in which language: `coverage`."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Final, cast

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.direction import isolate
from wtisd_model.markup.element import Markup
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import session_status
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.coverage_matrix import Matrix, SessionRows, language_label, only_zone
from wtisd_model.pictures.picture import Drawing, Picture
from wtisd_model.pictures.tables import Cell, TableWriter
from wtisd_model.planning import coverage as planned_coverage
from wtisd_model.planning.demand import COUNTS, Coverage
from wtisd_model.planning.provision import Channel
from wtisd_model.rules.schedule import floor_languages
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.timeslot import TimeSlot

COLUMNS: Final = (Channel.MISSING.value, *(each for each in COUNTS if each != Channel.MISSING))
"""The counts of a row: people who are not served come first."""


def coverage(dossier: Dossier, *, language: str = "en", theme: Theme | None = None) -> Picture:
    """Return a picture of who is served in which language: a row for each session, a column for each language.

    It shows what `wtisd_model.planning.coverage` returns. Languages in which people are not served come first, those
    with the most such people before others; sessions are in the order of time. A sign before each number says how the
    language reaches these people: on the floor, by interpretation, captions or signs, or not at all.

    It is for the people who plan interpretation: small numbers are not hidden.

    Args:
        dossier: the event, its registrations and its requests for interpretation.
        language: the language of its words and, where there are translations, of its texts.
        theme: its colours.

    Raises:
        InvalidValueError: ``language-unknown``.
        TypeError: *dossier* is not a Dossier, or *theme* is not a Theme.
    """
    return coverage_picture(planned_coverage(dossier), language=language, theme=theme)


def coverage_picture(rows: Coverage, *, language: str = "en", theme: Theme | None = None) -> Picture:
    """Return the picture of rows that are known already; see `coverage`."""
    tag, colours = require_valid(language, LANGUAGE, "/language"), require_theme(theme)
    locale = locale_for(tag)
    words = locale.pictures.coverage
    called = isolate(rows.event.title.in_language(tag)[0], rtl=locale.direction == "rtl")
    title = words.title.format(event=called)
    sessions = _sessions(rows, locale, tag)
    matrix = Matrix(sessions, locale)
    height, content = matrix.draw()
    drawing = Drawing(title=title, description=words.description, width=matrix.width, height=height, content=content)
    return Picture(
        language=locale.language,
        theme=colours,
        title=title,
        drawings=(drawing,),
        make_table=partial(_table, title, sessions, locale),
    )


def _sessions(rows: Coverage, locale: Locale, tag: str) -> list[SessionRows]:
    """Return the sessions by day and time, with their titles in a language, as far as they are translated."""
    event, found = rows.event, list[SessionRows]()
    sessions = {each.id: each for each in event.sessions}
    for id_, group in groupby(rows, key=lambda row: row.session_id):
        if id_ is None:
            name = locale.pictures.coverage.whole_event, locale.language
            slot = cast("TimeSlot", event.slot)  # only a draft has none, and a draft has no rows
            is_postponed = event.status is EventStatus.POSTPONED
            found.append(SessionRows(name, slot, is_postponed, event.floor_languages, tuple(group)))
        else:
            session = sessions[id_]
            name = session.title.in_language(tag)
            is_postponed = session_status(event, session) is EventStatus.POSTPONED
            floor = floor_languages(event, session)
            found.append(SessionRows(name, session.slot, is_postponed, floor, tuple(group)))
    # Each has its own zone, so a later moment may be on an earlier day.
    return sorted(found, key=lambda each: (each.slot.first_day, each.slot.starts_at))


def _table(title: str, sessions: Sequence[SessionRows], locale: Locale) -> Markup:
    words, programme, zone = locale.pictures.coverage, locale.pictures.timetable, only_zone(sessions)
    has_postponed = any(each.is_postponed for each in sessions)
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
        *(words.channels[each] for each in counted),
    )
    table = TableWriter(title, columns, locale.language)
    for session in sessions:
        rows = [
            [
                Cell(language_label(row.language, locale), heads_row=True),
                Cell(locale.comma.join([words.channels[each] for each in session.offered(row)]) or words.not_offered),
                *[Cell(locale.numbers.format(getattr(row, each)), is_number=True) for each in counted],
            ]
            for row in session.rows
        ]
        times = (locale.dates.format_day(session.slot.first_day), session.clock(locale, with_zone=zone is None))
        beside = [Cell(each, is_short=True) for each in times]
        if has_postponed:
            beside.append(Cell(programme.statuses["postponed"] if session.is_postponed else ""))
        table.rows(session.name, rows, beside)
    return table.table()
