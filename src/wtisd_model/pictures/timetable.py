"""The timetable of an event: `timetable`."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.locales import locale_for
from wtisd_model.markup.direction import isolate
from wtisd_model.markup.element import Markup, element, joined
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.pictures.picture import Drawing, Picture
from wtisd_model.pictures.programme import Entry, EventRooms, entries_of
from wtisd_model.pictures.timetable_drawing import DayDrawing
from wtisd_model.pictures.timetable_looks import legend
from wtisd_model.pictures.timetable_table import table_of
from wtisd_model.pictures.timetable_words import Wording
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.identifiers import first_ids
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.timezone import end_of_day, require_day, require_zone, to_utc


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
        make_table=partial(table_of, entries, wording, title),
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
