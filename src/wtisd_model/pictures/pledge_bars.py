"""The picture of pledges: bar charts of how much they promise and how many there are, by a dimension."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Markup
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.pictures.bars import MOST_BARS, Bar, BarTexts, draw_bars
from wtisd_model.pictures.pen import NARROW
from wtisd_model.pictures.picture import Cell, Drawing, Picture, Rows, table_of
from wtisd_model.planning.totals import Dimension, Total, Totals
from wtisd_model.programme.names import country_name
from wtisd_model.types.arguments import require_instance, require_valid
from wtisd_model.types.language import LANGUAGE

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
        title = f"{words.titles[self._totals.by]}{locale.colon}{locale.dates.format_day(self._totals.on)}"
        currencies = () if self._names_have_amounts else sorted(self._totals.whole.amounts)[:MOST_CURRENCIES]
        drawings, table = (*map(self._amounts, currencies), self._numbers()), partial(self._table, title)
        return Picture(language=locale.language, theme=theme, title=title, drawings=drawings, make_table=table)

    def _drawing(self, counted: str, description: str, texts: BarTexts, bars: Sequence[Bar]) -> Drawing:
        title = f"{self._words.titles[self._totals.by]}{self._locale.colon}{counted}"
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
            facts.append(f"{words.rates}{self._locale.colon}{totals.rates.into}, {day}")
        repeated = [words.repeated] if currency in whole.undivided else []
        texts = BarTexts(
            self._said(words.total, whole.amounts, currency),
            facts,
            "".join(self._said(words.undivided, whole.undivided, currency)),
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
            [f"{words.pledges}{locale.colon}{number}" if whole.pledges else words.nothing],
            marked=f"{words.without_amount}{locale.colon}{without}" if whole.without_amount else "",
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
        return [f"{label}{self._locale.colon}{self._locale.numbers.format_money(amounts[currency], currency)}"]

    def _not_added(self) -> list[str]:
        return [self._words.not_added] if len(self._totals.whole.amounts) > 1 else []

    def _not_drawn(self, rows: int) -> list[str]:
        if rows <= MOST_BARS:
            return []
        number = self._locale.numbers.format(rows - MOST_BARS)
        return [self._locale.pictures.groups_only_in_table.format(number=number)]
