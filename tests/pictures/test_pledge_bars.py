"""The picture of pledges: the numbers of their totals, each currency by itself."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.pictures.figures import must_be_mirrored, must_be_readable, must_be_sound, rows_of, texts_of
from tests.planning.drawing import promises
from tests.samples.whole import money, organization, pledge, share
from wtisd_model import (
    Dimension,
    FocusArea,
    InvalidValueError,
    Pledge,
    PledgeKind,
    PledgeScope,
    Rates,
    Total,
    Totals,
    totals,
)
from wtisd_model.data.countries import COUNTRIES
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.locales import languages, locale_for
from wtisd_model.pictures import Picture, pledges
from wtisd_model.pictures.bars import MOST_BARS, MOST_CURRENCIES

ON = date(2026, 5, 17)


def picture(*made: Pledge, by: str = "kind", language: str = "en", rates: Rates | None = None) -> Picture:
    return pledges(totals(made, by=by, on=ON, rates=rates), language=language)


def promise(amount: str | None, currency: str = "USD", **changes: Any) -> Pledge:
    usual = {"kind": PledgeKind.POLICY, "pledged": None if amount is None else money(amount, currency)}
    return pledge(**{**usual, "amount_is_estimate": False, **changes})


def read(number: str, language: str) -> Decimal | None:
    """Return the value of a number as a language writes it; None without one."""
    numbers = locale_for(language).numbers
    return None if not number else Decimal(number.replace(numbers.group, "").replace(numbers.decimal, "."))


def plain_texts(shown: Picture) -> list[str]:
    """Return the texts of the drawings with plain blanks."""
    return [re.sub(r"\s", " ", each) for each in texts_of(shown)]


def lines(row: Total) -> list[list[Decimal | str | None]]:
    """Return what the table says about a row, a line for each currency."""
    counts: list[Decimal | str | None] = [Decimal(row.pledges), Decimal(row.without_amount)]
    parts = row.amounts, row.undivided, row.estimated
    amounts = [[currency, *(each.get(currency) for each in parts)] for currency in sorted(row.amounts)]
    return [counts + each for each in amounts or [["", None, None, None]]]


class TestNumbers:
    """The table has the numbers of the totals, exactly."""

    @LAW
    @given(
        st.lists(promises(), max_size=6),
        st.sampled_from([each for each in Dimension if "group" not in each]),
        st.sampled_from(sorted(languages())),
    )
    def test_they_are_those_of_the_totals(self, made: list[Pledge], by: Dimension, language: str) -> None:
        found = totals(made, by=by, on=ON)
        shown = pledges(found, language=language)
        read_back = [
            [read(pledges_, language), read(without, language), currency, *(read(each, language) for each in amounts)]
            for _, pledges_, without, currency, *amounts in rows_of(shown)
        ]
        assert read_back == [line for row in (*found.rows, found.whole) for line in lines(row)]
        must_be_sound(shown)

    def test_each_currency_has_a_drawing_and_no_sum_of_several_is_drawn(self) -> None:
        shown = picture(promise("1000"), promise("2000", "CHF"), promise("300"), promise(None))
        assert [each.title for each in shown.drawings] == [
            "Pledges by kind: CHF",
            "Pledges by kind: USD",
            "Pledges by kind: Number of pledges",
        ]
        texts = plain_texts(shown)
        assert {"Total: CHF 2,000.00", "Total: USD 1,300.00", "Pledges: 4", "Without an amount: 1"} <= {*texts}
        assert "Amounts in different currencies are not added together." in " ".join(texts)
        assert "several groups" not in " ".join(texts)
        assert not any("3,300" in each for each in texts)

    @pytest.mark.parametrize("language", sorted(languages()))
    def test_what_is_hatched_is_explained_for_amounts_and_for_numbers(self, language: str) -> None:
        words = locale_for(language).pictures.pledges
        shown = picture(promise("1000"), promise(None), language=language)
        assert [each.description for each in shown.drawings] == [words.description, words.numbers_description]
        assert f"{words.description} {words.numbers_description}" in shown.svg

    def test_estimates_and_what_is_in_several_rows_are_said(self) -> None:
        both = frozenset({FocusArea.ACCESS, FocusArea.ADOPTION})
        shown = picture(promise("10", focus_areas=both, amount_is_estimate=True), promise("5.50"), by="focus-area")
        texts = plain_texts(shown)
        assert "Estimated: USD 10.00" in texts
        assert "In several groups at once: USD 10.00" in texts
        assert " ".join(texts).count("A pledge may be in several groups; the total counts it once.") == 2
        assert "Total: USD 15.50" in texts

    def test_by_currency_the_amount_is_in_the_row(self) -> None:
        shown = picture(promise("1000"), promise("2000", "JPY"), promise(None), by="currency")
        (drawing,) = shown.drawings
        assert drawing.title == "Pledges by currency: Number of pledges"
        assert {"USD\u00a01,000.00", "JPY\u00a02,000", "Not stated"} <= {*texts_of(shown)}

    def test_the_rates_are_said(self) -> None:
        rates = Rates(into="CHF", on=ON, per={"USD": Decimal("0.9")})
        texts = plain_texts(picture(promise("1000"), rates=rates))
        assert {"Total: CHF 900.00", "Exchange rates: CHF, Sunday, 17 May 2026"} <= {*texts}

    def test_by_currency_converted_amounts_are_drawn(self) -> None:
        rates = Rates(into="CHF", on=ON, per={"USD": Decimal("0.9")})
        shown = picture(promise("1000"), promise("100", "CHF"), by="currency", rates=rates)
        assert shown.drawings[0].title == "Pledges by currency: CHF"
        assert "USD: CHF\u00a0900.00" in texts_of(shown)

    @pytest.mark.parametrize("language", sorted(languages()))
    @pytest.mark.parametrize("amount", ["1785714285714285", "999999999999999999"])
    def test_the_number_of_a_headline_is_not_parted(self, amount: str, language: str) -> None:
        """Its first line would read as a smaller amount."""
        shown = picture(*[promise(amount, "IDR", id=f"p-{each}") for each in range(3)], language=language)
        total = locale_for(language).numbers.format(3 * int(amount))
        assert any(total in each for each in texts_of(shown)[:2])
        must_be_sound(shown)

    def test_without_pledges_it_says_so(self) -> None:
        shown = picture()
        assert " ".join(texts_of(shown)) == "No pledges count on this day."
        assert rows_of(shown) == [["Total", "0", "0", *[""] * 4]]

    def test_an_amount_of_zero_has_no_bar(self) -> None:
        cent = picture(promise("0.01", countries=(share("TD", "50"), share("NE", "50"))), by="country")
        assert ["Chad", "1", "0", "USD", "0.00", "", ""] in rows_of(cent)


class TestNames:
    """Rows are named in the language of the reader."""

    @pytest.mark.parametrize(
        ("by", "name", "column"),
        [
            ("country", "Tchad", "Pays"),
            ("focus-area", "Accès", "Domaines prioritaires"),
            ("goal", "Objectif 9", "Objectifs de développement durable"),
            ("group", "Pays les moins avancés", "Groupes de pays"),
            ("group-at-submission", "Pays les moins avancés", "Groupes de pays"),
            ("kind", "Politique publique", "Type d'engagement"),
            ("membership", "Presse", "Catégorie de membre"),
            ("year", "2023", "Année"),
        ],
    )
    def test_in_french(self, by: str, name: str, column: str) -> None:
        made = promise(
            "1",
            countries=(share("TD"),),
            goals={"9.c"},
            focus_areas={"access"},
            pledger=organization(membership="press"),
        )
        shown = pledges(totals([made], by=by, on=date(2024, 5, 17)), language="fr")
        assert name in [row[0] for row in rows_of(shown)]
        assert f">{column}</th>" in shown.table

    def test_what_is_not_drawn_is_in_the_table_and_that_is_said(self) -> None:
        codes = sorted(COUNTRIES)[: MOST_BARS + 2]
        currencies = sorted({*MINOR_UNITS} - {"USD"})[: MOST_CURRENCIES + 1]
        made = [promise("1000", countries=(share(code),)) for code in codes]
        made += [promise("1000", currency, countries=(), scope=PledgeScope.GLOBAL) for currency in currencies]
        shown = picture(*made, by="country")
        assert len(shown.drawings) == MOST_CURRENCIES + 1
        assert "Groups only in the table: 3" in texts_of(shown)
        assert "Currencies only in the table: 2" in texts_of(shown)
        assert {row[0] for row in rows_of(shown)} >= {"Afghanistan", "Total", "Not stated"}


class TestPicture:
    """Readable, mirrored, and in one language."""

    def test_it_is_readable_and_mirrored(self) -> None:
        made = (
            promise("10", countries=(share("TD"), share("NE"))),
            promise("3"),
            promise(None, countries=(), scope=PledgeScope.GLOBAL),
        )
        must_be_readable(picture(*made, by="country"))
        must_be_mirrored(picture(*made, by="membership"), picture(*made, by="membership", language="ar"))

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(TypeError, match="Not Totals"):
            pledges(())  # type: ignore[arg-type]  # refused
        with pytest.raises(InvalidValueError, match="language-unknown"):
            picture(language="xx-nowhere")
        with pytest.raises(TypeError, match="Not a Theme"):
            pledges(totals([], by="kind", on=ON), theme="#990000")  # type: ignore[arg-type]  # refused

    def test_totals_of_a_name_are_drawn(self) -> None:
        row = Total(key=None, pledges=1, without_amount=1, amounts={}, undivided={})
        must_be_sound(pledges(Totals(by=Dimension.YEAR, on=ON, rates=None, rows=(row,), whole=row)))
