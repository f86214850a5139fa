"""Bar charts of pledges and of registrations: a name and a number for each bar, and texts above and below them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from wtisd_model.locales import joined_words, locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import isolate
from wtisd_model.markup.element import Markup, joined
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus
from wtisd_model.pictures.pen import LINE, NARROW, Pen, fitted, paragraph, text_width
from wtisd_model.pictures.picture import Cell, Drawing, Picture, Rows, name_in_title, table_of
from wtisd_model.planning.statistics import FEWEST_OTHERS, Counts, RegistrationDimension
from wtisd_model.planning.statistics import registrations as counted_registrations
from wtisd_model.planning.totals import Dimension, Total, Totals
from wtisd_model.programme.names import country_name, language_heading
from wtisd_model.types.arguments import parse_enum, require_instance, require_valid
from wtisd_model.types.language import LANGUAGE, TaggedText

MOST_BARS: Final = 60
"""The maximum number of bars; the table has all groups."""

_SIZE: Final = 13.0
_SMALL: Final = 12.0
_HEADLINE: Final = 20.0
_BAR: Final = 12.0
"""The thickness of a bar."""
_GAP: Final = 12.0
"""The space above a bar with its name, which belong together."""
_CLOSE: Final = 2.0
"""The space between lines, or between a name and its bar, that belong together."""
_LONGEST_NUMBER: Final = NARROW * 2 / 3
"""The room that a number and that space may take beside a name, which would otherwise be cut after a word or two."""
_SAMPLE: Final = 2 * _BAR
"""The length of the bar that shows what is marked: the lines of `HATCHING` cross it several times."""
_OUTLINE: Final = 1.0
"""The width of the line around a marked part, half of which is on either side of its edge."""


# A number with what must stay on its line: the currency, and the spaces within numbers in French.
_NUMBER: Final = re.compile(r"[^ \n\u2e80-\uffef]*\d[^ \n\u2e80-\uffef]*")


class Bar(NamedTuple):
    """A bar."""

    name: TaggedText
    value: str
    """Its number, as it is written."""
    share: float
    """Its length, from 0 to 1."""
    marked: float = 0.0
    """The part of this length that is hatched or hollow, at its end."""


class BarTexts(NamedTuple):
    """The texts above and below the bars."""

    headlines: Sequence[str]
    facts: Sequence[str] = ()
    """What else there is to say, below it."""
    marked: str = ""
    """The meaning of a hatched or hollow part."""
    is_hollow: bool = False
    """True if such parts are hollow; False if they are hatched."""
    notes: Sequence[str] = ()
    """How the numbers are counted, at the end."""


def draw_bars(locale: Locale, texts: BarTexts, bars: Iterable[Bar]) -> tuple[float, Markup]:
    """Return the height of a drawing of `NARROW` and its elements."""
    rtl = locale.direction == "rtl"
    pen = Pen(width=NARROW, rtl=rtl, language=locale.language)
    top = 0.0
    for headline in texts.headlines:
        top = paragraph(pen, headline, "fill-text", top=top, width=NARROW, size=_headline_size(headline), bold=True)
    for fact in texts.facts:
        top = paragraph(pen, fact, "fill-text", top=top + _CLOSE, width=NARROW, size=_SIZE)
    if texts.marked:
        top += _GAP / 2
        _draw(pen, top + _CLOSE, _SAMPLE, _SAMPLE, is_hollow=texts.is_hollow)
        start = _SAMPLE + _BAR
        top = paragraph(pen, texts.marked, "fill-muted", top=top, start=start, width=NARROW - start, size=_SMALL)
    parts = [pen.group()]
    top += _GAP
    for bar in bars:
        name, language = bar.name
        taken = text_width(bar.value, _SIZE, bold=True) + 16  # the least space between a name and its number
        is_long = taken > _LONGEST_NUMBER
        room = NARROW if is_long else NARROW - taken
        end = paragraph(pen, name, "fill-text", top=top, width=room, size=_SIZE, most=3, language=language or None)
        if is_long:  # a line of its own
            top, end = end, end + _SIZE * LINE
        value = fitted(bar.value, NARROW, _SIZE, bold=True)
        pen.text(NARROW, top + _SIZE, value, "fill-text", size=_SIZE, bold=True, at_end=True)
        end += _CLOSE
        _draw(pen, end, NARROW * bar.share, NARROW * bar.marked, is_hollow=texts.is_hollow)
        parts.append(pen.group(title=f"{isolate(name, rtl=rtl)}{locale.colon}{bar.value}"))
        top = end + _BAR + _GAP
    for note in texts.notes:
        top = paragraph(pen, note, "fill-muted", top=top, width=NARROW, size=_SMALL) + 4
    return top, joined(*parts, pen.drawn())


def _headline_size(text: str) -> float:
    """Return the size of a headline: the usual one, or smaller if a number would have to be parted.

    The first line of a parted number reads as a smaller amount.
    """
    widest = max([text_width(number, _HEADLINE, bold=True) for number in _NUMBER.findall(text)], default=0.0)
    return _HEADLINE * min(1.0, NARROW / widest) if widest else _HEADLINE


def _draw(pen: Pen, top: float, width: float, marked: float, *, is_hollow: bool) -> None:
    """Draw a bar whose end is hatched or hollow."""
    plain = width - marked
    if plain:
        pen.rectangle(0, top, plain, _BAR, "fill-accent")
    if marked:
        edge = _OUTLINE / 2
        inside = max(marked - _OUTLINE, edge)  # a part that is as narrow as its outline is seen too
        pen.rectangle(plain + edge, top + edge, inside, _BAR - _OUTLINE, "fill-page stroke-accent")
        if not is_hollow:
            pen.hatching(plain, top, marked, _BAR, "stroke-accent")


MOST_CURRENCIES: Final = 8
"""The maximum number of currencies that are drawn; the table has all of them."""

_CHOICES: Final = {
    Dimension.FOCUS_AREA: "focusAreas",
    Dimension.GROUP: "groups",
    Dimension.GROUP_AT_SUBMISSION: "groups",
    Dimension.KIND: "kind",
    Dimension.MEMBERSHIP: "membership",
}
"""The dimensions whose keys have names in the locale."""
_FIELDS: Final = {**_CHOICES, Dimension.COUNTRY: "country", Dimension.CURRENCY: "currency", Dimension.GOAL: "goals"}
"""The fields whose names are those of the dimensions."""


def pledges(totals: Totals, *, language: str = "en", theme: Theme | None = None) -> Picture:
    """Return a picture of how much pledges promise and how many there are, by the dimension of their totals.

    Each currency has a drawing of its own, with the largest amount first, as amounts in several currencies cannot be
    compared or added up; so has the number of pledges. It says how many pledges have no amount, which part of an amount
    is an estimate, and which part is in several rows at once and therefore hatched.

    Args:
        totals: the result of `wtisd_model.totals`.
        language: the language of its words.
        theme: its colours.

    Raises:
        InvalidValueError: ``language-unknown``.
        TypeError: *totals* are not Totals, or *theme* is not a Theme.
    """
    require_instance(totals, Totals, "Not Totals: pass the result of wtisd_model.totals(...).")
    locale = locale_for(require_valid(language, LANGUAGE, "/language"))
    return _PledgeBars(totals, locale).picture(require_theme(theme))


class _PledgeBars:
    """The bar charts of totals in a language."""

    def __init__(self, totals: Totals, locale: Locale) -> None:
        self._totals = totals
        self._locale = locale
        self._words = locale.pictures.pledges
        # By currency, each row has one amount and no other to compare it with; it is written after the name.
        self._names_have_amounts = totals.by is Dimension.CURRENCY and totals.rates is None

    def picture(self, theme: Theme) -> Picture:
        """Return the drawings of the amounts in each currency, that of the numbers of pledges, and the table."""
        locale, words = self._locale, self._words
        title = words.titles[self._totals.by] + locale.colon + locale.dates.format_day(self._totals.on)
        currencies = () if self._names_have_amounts else sorted(self._totals.whole.amounts)[:MOST_CURRENCIES]
        drawings, table = (*map(self._amounts, currencies), self._numbers()), partial(self._table, title)
        return Picture(language=locale.language, theme=theme, title=title, drawings=drawings, make_table=table)

    def _drawing(self, counted: str, description: str, texts: BarTexts, bars: Sequence[Bar]) -> Drawing:
        title = self._words.titles[self._totals.by] + self._locale.colon + counted
        height, content = draw_bars(self._locale, texts, bars)
        return Drawing(title=title, description=description, width=NARROW, height=height, content=content)

    def _amounts(self, currency: str) -> Drawing:
        """Draw the amounts in a currency."""
        totals, words, whole = self._totals, self._words, self._totals.whole
        rows = [row for row in totals.rows if currency in row.amounts]
        rows.sort(key=lambda row: row.amounts[currency], reverse=True)
        largest = float(rows[0].amounts[currency]) or 1.0
        bars = [
            Bar(
                (self._name(row.key), self._locale.language),
                self._locale.numbers.format_money(row.amounts[currency], currency),
                float(row.amounts[currency]) / largest,
                float(row.undivided.get(currency, 0)) / largest,
            )
            for row in rows[:MOST_BARS]
        ]
        facts = self._said(words.estimated, whole.estimated, currency)
        if totals.rates is not None:
            day = self._locale.dates.format_day(totals.rates.on)
            facts.append(words.rates + f"{self._locale.colon}{totals.rates.into}, {day}")
        repeated = [words.repeated] if currency in whole.undivided else []
        texts = BarTexts(
            self._said(words.total, whole.amounts, currency),
            facts,
            joined_words(self._said(words.undivided, whole.undivided, currency)),
            notes=[*repeated, *self._not_added(), *self._not_drawn(len(rows))],
        )
        return self._drawing(currency, words.description, texts, bars)

    def _numbers(self) -> Drawing:
        """Draw the numbers of pledges; the part of those without an amount is hollow."""
        locale, words, whole = self._locale, self._words, self._totals.whole
        rows = sorted(self._totals.rows, key=lambda row: row.pledges, reverse=True)
        bars = [
            Bar(
                (self._name_in_numbers(row), locale.language),
                locale.numbers.format(row.pledges),
                row.pledges / rows[0].pledges,
                row.without_amount / rows[0].pledges,
            )
            for row in rows[:MOST_BARS]
        ]
        repeated = [words.repeated] if sum(row.pledges for row in rows) > whole.pledges else []
        notes = [*repeated, *self._not_drawn(len(rows))]
        left = len(whole.amounts) - MOST_CURRENCIES
        if self._names_have_amounts:
            notes = [*self._not_added(), *notes]
        elif left > 0:
            notes.append(words.currencies_only_in_table.format(number=locale.numbers.format(left)))
        number, without = map(locale.numbers.format, (whole.pledges, whole.without_amount))
        texts = BarTexts(
            [words.pledges + locale.colon + number if whole.pledges else words.nothing],
            marked=words.without_amount + locale.colon + without if whole.without_amount else "",
            is_hollow=True,
            notes=notes,
        )
        return self._drawing(words.numbers, words.numbers_description, texts, bars)

    def _table(self, title: str) -> Markup:
        """Return the table: the rows, then the whole, with a line for each currency."""
        totals, words, locale = self._totals, self._words, self._locale
        columns = (
            words.year if totals.by is Dimension.YEAR else locale.fields[_FIELDS[totals.by]],
            words.pledges,
            words.without_amount,
            locale.fields["currency"],
            locale.fields["amount"],
            words.undivided,
            words.estimated,
        )
        groups = [self._group(row, self._name(row.key)) for row in totals.rows]
        return table_of(title, columns, [*groups, self._group(totals.whole, words.total)], locale.language)

    def _group(self, row: Total, name: str) -> Rows:
        """Return the lines of a row of the totals, one for each currency."""
        locale, parts = self._locale, (row.amounts, row.undivided, row.estimated)
        lines = [
            [Cell(currency, heads_row=True), *[self._amount(part.get(currency)) for part in parts]]
            for currency in sorted(row.amounts)
        ]
        counts = [Cell(locale.numbers.format(count), is_number=True) for count in (row.pledges, row.without_amount)]
        return Rows((name, locale.language), lines or [[Cell("")] * 4], counts)

    def _amount(self, amount: Decimal | None) -> Cell:
        return Cell("" if amount is None else self._locale.numbers.format(amount), is_number=True)

    def _name(self, key: str | None) -> str:
        """Return the name of a row."""
        by = self._totals.by
        if key is None:
            return self._words.not_stated
        if by in _CHOICES:
            return self._locale.choices[_CHOICES[by]][key]
        if by is Dimension.COUNTRY:
            return country_name(key, self._locale.language)
        return self._words.goal.format(number=key) if by is Dimension.GOAL else key  # a currency or a year

    def _name_in_numbers(self, row: Total) -> str:
        if row.key is None or not self._names_have_amounts:
            return self._name(row.key)
        return self._locale.numbers.format_money(row.amounts[row.key], row.key)

    def _said(self, label: str, amounts: Mapping[str, Decimal], currency: str) -> list[str]:
        """Return an amount with its label, if there is one in the currency."""
        if currency not in amounts:
            return []
        return [label + self._locale.colon + self._locale.numbers.format_money(amounts[currency], currency)]

    def _not_added(self) -> list[str]:
        return [self._words.not_added] if len(self._totals.whole.amounts) > 1 else []

    def _not_drawn(self, rows: int) -> list[str]:
        if rows <= MOST_BARS:
            return []
        number = self._locale.numbers.format(rows - MOST_BARS)
        return [self._locale.pictures.groups_only_in_table.format(number=number)]


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
    title = words.titles[dimension] + locale.colon + name_in_title(event, tag, locale)
    name = _namer(dimension, event, locale, tag)
    rows = [(name(key), count) for key, count in counts.groups.items()]
    texts, table = (
        _registration_texts(counts, dimension, smallest, locale),
        partial(_registration_table, title, rows, counts, dimension, locale),
    )
    height, content = draw_bars(locale, texts, _registration_bars(rows, counts, locale))
    drawing = Drawing(title=title, description=words.description, width=NARROW, height=height, content=content)
    return Picture(language=locale.language, theme=colours, title=title, drawings=(drawing,), make_table=table)


_NamedCount = tuple[TaggedText, int]
"""The name of a group and the number of people in it."""


def _registration_bars(rows: list[_NamedCount], counts: Counts[str | None], locale: Locale) -> list[Bar]:
    largest = max([count for _, count in rows] + [counts.others or 1])
    bars = [Bar(name, locale.numbers.format(count), count / largest) for name, count in rows[:MOST_BARS]]
    if counts.others:
        share, others = counts.others / largest, (locale.pictures.registrations.others, locale.language)
        bars.append(Bar(others, locale.numbers.format(counts.others), share, marked=share))
    return bars


def _registration_texts(
    counts: Counts[str | None], dimension: RegistrationDimension, smallest: int, locale: Locale
) -> BarTexts:
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


def _registration_table(
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
