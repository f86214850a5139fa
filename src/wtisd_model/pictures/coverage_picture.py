"""The picture of who is served in which language: `coverage`."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import cast

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Markup
from wtisd_model.markup.theme import Theme
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import session_status
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.coverage_matrix import COLUMNS, Matrix, SessionRows, language_label, only_zone
from wtisd_model.pictures.picture import Drawing, Picture
from wtisd_model.pictures.tables import Cell, TableWriter
from wtisd_model.planning import coverage as planned_coverage
from wtisd_model.planning.coverage_rows import Coverage
from wtisd_model.types.language import require_language
from wtisd_model.types.timeslot import TimeSlot


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
        TypeError: *dossier* is not a Dossier.
    """
    return coverage_picture(planned_coverage(dossier), language=language, theme=theme)


def coverage_picture(rows: Coverage, *, language: str = "en", theme: Theme | None = None) -> Picture:
    """Return what `coverage` does, for rows that are known already."""
    locale = locale_for(require_language(language) or language)
    words = locale.pictures.coverage
    title = words.title.format(event=rows.event.title.in_language(locale.language)[0])
    sessions = _sessions(rows, locale)
    matrix = Matrix(sessions, locale)
    height, content = matrix.draw()
    drawing = Drawing(title=title, description=words.description, width=matrix.width, height=height, content=content)
    return Picture(
        language=locale.language,
        theme=theme or Theme(),
        title=title,
        drawings=(drawing,),
        make_table=partial(_table, title, sessions, locale),
    )


def _sessions(rows: Coverage, locale: Locale) -> list[SessionRows]:
    """Return the sessions by time, with their names in a language."""
    event, found = rows.event, list[SessionRows]()
    sessions = {each.id: each for each in event.sessions}
    for id_, group in groupby(rows, key=lambda row: row.session_id):
        if id_ is None:
            name = locale.pictures.coverage.whole_event, locale.language
            slot = cast("TimeSlot", event.slot)  # only a draft has none, and a draft has no rows
            found.append(SessionRows(name, slot, event.status is EventStatus.POSTPONED, tuple(group)))
        else:
            session = sessions[id_]
            name = session.title.in_language(locale.language)
            is_postponed = session_status(event, session) is EventStatus.POSTPONED
            found.append(SessionRows(name, session.slot, is_postponed, tuple(group)))
    return sorted(found, key=lambda each: each.slot.starts_at)


def _table(title: str, sessions: Sequence[SessionRows], locale: Locale) -> Markup:
    words, zone = locale.pictures.coverage, only_zone(sessions)
    time = locale.pictures.timetable.time
    columns = (
        locale.pictures.timetable.session,
        locale.pictures.timetable.day,
        time if zone is None else f"{time}{locale.colon}{zone}",
        words.language,
        words.offered,
        *(words.channels[each] for each in COLUMNS),
    )
    table = TableWriter(title, columns, locale.language)
    for session in sessions:
        rows = [
            [
                Cell(language_label(row.language, locale), heads_row=True),
                Cell(", ".join(words.channels[each] for each in row.offered) or words.not_offered),
                *[Cell(locale.numbers.format(getattr(row, each)), is_number=True) for each in COLUMNS],
            ]
            for row in session.rows
        ]
        times = (locale.dates.format_day(session.slot.start), session.clock(locale, with_zone=zone is None))
        table.rows(session.name, rows, [Cell(each, is_short=True) for each in times])
    return table.table()
