"""The picture of pledges, by a dimension such as the country: `pledges`."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Final

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Markup
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.pictures.bars import MOST_BARS, Bar, BarTexts, draw_bars
from wtisd_model.pictures.pen import NARROW
from wtisd_model.pictures.picture import Drawing, Picture
from wtisd_model.pictures.tables import Cell, TableWriter
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


_Drawn = tuple[str, str, tuple[float, Markup]]
"""A heading; how to read the drawing; its height and its elements."""


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
        heading = words.titles[self._totals.by]
        title = f"{heading}{locale.colon}{locale.dates.format_day(self._totals.on)}"
        currencies = () if self._names_have_amounts else sorted(self._totals.whole.amounts)[:MOST_CURRENCIES]
        drawn = [*map(self._amounts, currencies), self._numbers()]
        return Picture(
            language=locale.language,
            theme=theme,
            title=title,
            drawings=tuple(
                Drawing(
                    title=f"{heading}{locale.colon}{shown}",
                    description=description,
                    width=NARROW,
                    height=height,
                    content=content,
                )
                for shown, description, (height, content) in drawn
            ),
            make_table=partial(self._table, title),
        )

    def _amounts(self, currency: str) -> _Drawn:
        """Draw the amounts in a currency."""
        totals, words, whole = self._totals, self._words, self._totals.whole
        rows = [each for each in totals.rows if currency in each.amounts]
        rows.sort(key=lambda each: each.amounts[currency], reverse=True)
        largest = float(rows[0].amounts[currency]) or 1.0
        bars = [
            Bar(
                (self._name(each.key), self._locale.language),
                self._locale.numbers.format_money(each.amounts[currency], currency),
                float(each.amounts[currency]) / largest,
                float(each.undivided.get(currency, 0)) / largest,
            )
            for each in rows[:MOST_BARS]
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
        return currency, words.description, draw_bars(self._locale, texts, bars)

    def _numbers(self) -> _Drawn:
        """Draw the numbers of pledges; the part of those without an amount is hollow."""
        locale, words, whole = self._locale, self._words, self._totals.whole
        rows = sorted(self._totals.rows, key=lambda each: each.pledges, reverse=True)
        bars = [
            Bar(
                (self._name_in_numbers(each), locale.language),
                locale.numbers.format(each.pledges),
                each.pledges / rows[0].pledges,
                each.without_amount / rows[0].pledges,
            )
            for each in rows[:MOST_BARS]
        ]
        repeated = [words.repeated] if sum(each.pledges for each in rows) > whole.pledges else []
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
        return words.numbers, words.numbers_description, draw_bars(locale, texts, bars)

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
        table = TableWriter(title, columns, locale.language)
        for row, name in (*((each, self._name(each.key)) for each in totals.rows), (totals.whole, words.total)):
            parts = row.amounts, row.undivided, row.estimated
            lines = [
                [Cell(currency, heads_row=True), *[self._amount(each.get(currency)) for each in parts]]
                for currency in sorted(row.amounts)
            ]
            counts = [Cell(locale.numbers.format(each), is_number=True) for each in (row.pledges, row.without_amount)]
            table.rows((name, locale.language), lines or [[Cell("")] * 4], counts)
        return table.table()

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
