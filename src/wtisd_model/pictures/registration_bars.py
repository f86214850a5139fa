"""The picture of registrations: a bar chart of the people who have registered, by a dimension."""

from collections.abc import Callable
from functools import partial

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Markup
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.bars import MOST_BARS, Bar, BarTexts, draw_bars
from wtisd_model.pictures.pen import NARROW
from wtisd_model.pictures.picture import Cell, Drawing, Picture, Rows, name_in_title, table_of
from wtisd_model.planning.statistics import FEWEST_OTHERS, Counts, RegistrationDimension
from wtisd_model.planning.statistics import registrations as counted_registrations
from wtisd_model.programme.names import country_name, language_heading
from wtisd_model.types.arguments import parse_enum, require_valid
from wtisd_model.types.language import LANGUAGE, TaggedText


def registrations(
    dossier: Dossier,
    *,
    by: RegistrationDimension | str,
    smallest: int = 5,
    language: str = "en",
    theme: Theme | None = None,
) -> Picture:
    """Return a picture of how many people have registered in each group, the largest group first.

    It shows what `wtisd_model.planning.registrations` counts and nothing else: no name, order, length or total tells
    how large any hidden group is, even if all possible groups are known. A bar for the other groups says that there is
    at least one. Two pictures of the same people by different dimensions may tell more than either of them; publish
    one, or raise *smallest*.

    Args:
        dossier: the event and its registrations.
        by: the dimension, or its word: ``country``, ``language``, ``membership``, ``mode``, ``session``, ``state``.
        smallest: the smallest number that is shown.
        language: the language of its words and, where there are translations, of its texts.
        theme: its colours.

    Raises:
        InvalidValueError: ``value-unknown`` for an unknown dimension, ``language-unknown``; ``number-out-of-range`` or
            ``wrong-type`` for *smallest*.
        TypeError: *dossier* is not a Dossier, or *theme* is not a Theme.
    """
    dimension = parse_enum(RegistrationDimension, by, "/by")
    tag, colours = require_valid(language, LANGUAGE, "/language"), require_theme(theme)
    locale = locale_for(tag)
    event = require_dossier(dossier).event
    counts = counted_registrations(dossier, by=dimension, smallest=smallest)
    words = locale.pictures.registrations
    title = f"{words.titles[dimension]}{locale.colon}{name_in_title(event, tag, locale)}"
    name = _namer(dimension, event, locale, tag)
    rows = [(name(key), count) for key, count in counts.groups.items()]
    texts, table = _texts(counts, dimension, smallest, locale), partial(_table, title, rows, counts, dimension, locale)
    height, content = draw_bars(locale, texts, _bars(rows, counts, locale))
    drawing = Drawing(title=title, description=words.description, width=NARROW, height=height, content=content)
    return Picture(language=locale.language, theme=colours, title=title, drawings=(drawing,), make_table=table)


_NamedCount = tuple[TaggedText, int]
"""The name of a group and the number of people in it."""


def _bars(rows: list[_NamedCount], counts: Counts[str | None], locale: Locale) -> list[Bar]:
    largest = max([count for _, count in rows] + [counts.others or 1])
    bars = [Bar(name, locale.numbers.format(count), count / largest) for name, count in rows[:MOST_BARS]]
    if counts.others:
        share, others = counts.others / largest, (locale.pictures.registrations.others, locale.language)
        bars.append(Bar(others, locale.numbers.format(counts.others), share, marked=share))
    return bars


def _texts(counts: Counts[str | None], dimension: RegistrationDimension, smallest: int, locale: Locale) -> BarTexts:
    """Return the texts around the bars; what they say of hidden groups depends on nothing but *smallest*."""
    words, format_number = locale.pictures.registrations, locale.numbers.format
    if counts.total is None:
        return BarTexts([words.too_few.format(smallest=format_number(max(smallest, FEWEST_OTHERS)))])
    if not counts.total:
        return BarTexts([words.nobody])
    notes = [words.overlapping if dimension.overlaps else words.once]
    if smallest > 1:
        notes.append(words.hidden.format(smallest=format_number(smallest)))
    if len(counts.groups) > MOST_BARS:
        left = format_number(len(counts.groups) - MOST_BARS)
        notes.append(locale.pictures.groups_only_in_table.format(number=left))
    # The numbers of overlapping groups do not add up to a number of people.
    total = words.titles[dimension] if dimension.overlaps else words.total.format(number=format_number(counts.total))
    return BarTexts([total], notes=notes)


def _table(
    title: str, rows: list[_NamedCount], counts: Counts[str | None], dimension: RegistrationDimension, locale: Locale
) -> Markup:
    words, language = locale.pictures.registrations, locale.language
    columns = {
        RegistrationDimension.COUNTRY: locale.fields["country"],
        RegistrationDimension.LANGUAGE: locale.pictures.coverage.language,
        RegistrationDimension.MEMBERSHIP: locale.fields["membership"],
        RegistrationDimension.MODE: locale.fields["mode"],
        RegistrationDimension.SESSION: locale.pictures.timetable.session,
        RegistrationDimension.STATE: locale.pictures.timetable.status,
    }
    all_rows = list(rows)
    if counts.others:
        all_rows.append(((words.others, language), counts.others))
    if counts.total is not None and not dimension.overlaps:
        all_rows.append(((locale.pictures.pledges.total, language), counts.total))
    groups = [Rows(name, [[Cell(locale.numbers.format(count), is_number=True)]]) for name, count in all_rows]
    return table_of(title, (columns[dimension], words.people), groups, language)


def _namer(
    dimension: RegistrationDimension, event: Event, locale: Locale, tag: str
) -> Callable[[str | None], TaggedText]:
    """Return the function that returns the name of a group, with the language of that name.

    Drafts among the sessions, and ids that people sent and no session has, are not named.
    """
    words, language = locale.pictures.registrations, locale.language
    titles = {session.id: session.title for session in event.sessions if session.status is not EventStatus.DRAFT}

    def name(key: str | None) -> TaggedText:
        if key is None:
            return words.whole_event if dimension is RegistrationDimension.SESSION else words.not_stated, language
        match dimension:
            case RegistrationDimension.COUNTRY:
                return country_name(key, language), language
            case RegistrationDimension.LANGUAGE:
                return language_heading(key, language), language
            case RegistrationDimension.SESSION:
                return titles[key].in_language(tag) if key in titles else (words.not_announced, language)
            case RegistrationDimension.STATE:
                return words.states[key], language
            case _:  # the membership or the mode
                return locale.choices[dimension][key], language

    return name
