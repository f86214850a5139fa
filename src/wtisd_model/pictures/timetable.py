"""The timetable of an event: `timetable`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.locales import locale_for
from wtisd_model.markup.direction import isolate
from wtisd_model.markup.element import Markup, element, joined, lines, tagged
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.pictures.picture import Drawing, Picture
from wtisd_model.pictures.timetable_drawing import DayDrawing, legend
from wtisd_model.pictures.timetable_entries import Entry, Wording, entries_of
from wtisd_model.programme.places import EventRooms
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.identifiers import first_ids
from wtisd_model.types.language import LANGUAGE, TaggedText
from wtisd_model.types.timezone import end_of_day, require_day, require_zone, to_utc

_SESSION: Final = 3
_SHORT: Final = {0, 1, 6}
"""The columns whose texts are kept in one line."""


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
        entries = [each for each in entries if each.is_on(only, begins, ends)]
        if not entries:
            raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/day", choices=first_ids([*map(str, days)])))
        days = {only: entries}
    rooms = EventRooms(event, tag).in_order
    parts = [
        DayDrawing(each, several, rooms, Wording(locale, name, several), None if begins is None else to_utc(begins))
        for each, several in days.items()
    ]
    words, wording = locale.pictures.timetable, Wording(locale, name, entries)
    called = isolate(event.title.in_language(tag)[0], rtl=locale.direction == "rtl")
    title = words.title.format(event=called)
    width = max(each.width for each in parts)
    shown = [each.draw(width) for each in parts]
    shown[-1] = _below(shown[-1], legend(entries, wording, width))
    return Picture(
        language=locale.language,
        theme=colours,
        title=title,
        drawings=tuple(
            [
                Drawing(
                    title=locale.dates.format_day(each),
                    description=words.description,
                    width=width,
                    height=height,
                    content=content,
                )
                for each, (height, content) in zip(days, shown, strict=True)
            ]
        ),
        make_table=partial(_table, entries, wording, title),
    )


def _below(upper: tuple[float, Markup], lower: tuple[float, Markup]) -> tuple[float, Markup]:
    """Return the height and the elements of two drawings, one below the other."""
    moved = element("g", lower[1], transform=f"translate(0 {upper[0]:.0f})")
    return upper[0] + lower[0], joined(upper[1], moved) if lower[0] else upper[1]


def _zone_of(event: Event) -> str:
    """Return the zone of an event; for a draft without a slot, that of its first session."""
    slots = [each for each in (event.slot, *(session.slot for session in event.sessions)) if each is not None]
    return slots[0].time_zone if slots else "UTC"


def _by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    """Return the entries by the day on which each begins, in the order of the days."""
    found = defaultdict[date, list[Entry]](list)
    for each in entries:
        found[each.first_day].append(each)
    return dict(sorted(found.items()))


def _table(entries: Sequence[Entry], wording: Wording, caption: str) -> Markup:
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
                wording.day(entry.first_day),
                facts.time,
                _several(facts.rooms, wording),
                _title(entry, language),
                facts.languages.floor,
                _lines(*facts.languages.services),
                _lines(*facts.seats),
                words.statuses[entry.status],
                _clashes(entry, wording),
            )
        )
    used = [index for index, column in enumerate(zip(*rows, strict=True)) if any(column)]
    head = element("thead", element("tr", *[element("th", heads[index], scope="col") for index in used]))
    body = element("tbody", *[element("tr", *[_cell(index, row[index]) for index in used]) for row in rows])
    return element("table", element("caption", caption), head, body)


def _cell(column: int, content: str) -> Markup:
    if column == _SESSION:
        return element("th", content, scope="row")
    return element("td", content, class_="wm-short") if column in _SHORT else element("td", content)


def _title(entry: Entry, language: str) -> Markup:
    shown = tagged("bdi", entry.title, within=language)
    return element("s", shown) if entry.is_struck else shown


def _several(texts: Sequence[TaggedText], wording: Wording) -> Markup:
    shown = [tagged("bdi", each, within=wording.locale.language) for each in texts]
    return joined(*shown, separator=wording.locale.comma)


def _lines(*texts: str) -> str:
    """Return texts one below the other; an empty text if all are empty."""
    return lines("\n".join([each for each in texts if each]))


def _clashes(entry: Entry, wording: Wording) -> str:
    parts = list[Markup]()
    for same_room in (True, False) if entry.clashes else ():
        others = [each.other for each in entry.clashes if each.same_room is same_room]
        if others:
            reason = f"{wording.reason(same_room=same_room)}{wording.locale.colon}"
            parts.append(element("div", reason, _several(others, wording)))
    return joined(*parts) if parts else ""
