"""Totals of pledges."""

import decimal
import pickle
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.planning.drawing import DAYS, promises
from tests.planning.plain_totals import Row, plain_totals
from tests.refusals import refusal, refused
from tests.samples.whole import later, money, organization, pledge, share
from wtisd_model import (
    Code,
    CountryGroup,
    Dimension,
    FocusArea,
    InvalidValueError,
    Membership,
    Pledge,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Rates,
    Total,
    Totals,
    totals,
)
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.strategies import pledges

NARROW = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded, decimal.InvalidOperation])
TODAY = date(2024, 1, 1)
PARTITIONS = (Dimension.CURRENCY, Dimension.KIND, Dimension.MEMBERSHIP, Dimension.YEAR)
OTHERS = sorted(MINOR_UNITS.keys() - {"USD"})
ANY_RATE = Rates(
    into="USD",
    on=date(2023, 5, 17),
    per={currency: Decimal(f"0.{number:03}7") for number, currency in enumerate(OTHERS)},
)


def plain(found: Total) -> tuple[int, int, dict[str, str], dict[str, str]]:
    return found.pledges, found.without_amount, written(found.amounts), written(found.undivided)


def written(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {currency: str(amount) for currency, amount in amounts.items()}


def rows(found: Totals) -> dict[str | None, tuple[int, int, dict[str, str], dict[str, str]]]:
    return {row.key: plain(row) for row in found.rows}


def usd(amount: str, **changes: Any) -> Pledge:
    usual = {"pledged": money(amount), "countries": (), "scope": PledgeScope.GLOBAL, "groups": frozenset[str]()}
    return pledge(**{**usual, **changes})


class TestTotals:
    """P2C reports pledges and their worth by focus area, kind, pledger and beneficiary."""

    def test_without_pledges_the_total_is_zero(self) -> None:
        found = totals([], by="kind", on=TODAY)
        assert found.rows == ()
        assert plain(found.whole) == (0, 0, {}, {})
        assert (found.by, found.on, found.rates) == (Dimension.KIND, TODAY, None)

    def test_pledges_without_an_amount_are_counted(self) -> None:
        promise = pledge(kind=PledgeKind.POLICY, pledged=None)
        found = totals([usd("1.10"), usd("2.25"), promise, promise], by="kind", on=TODAY)
        assert rows(found) == {"financial": (2, 0, {"USD": "3.35"}, {}), "policy": (2, 2, {}, {})}
        assert plain(found.whole) == (4, 2, {"USD": "3.35"}, {})

    def test_currencies_are_never_added_together(self) -> None:
        made = [usd("1"), usd("2", pledged=money("2", "JPY")), euros("3")]
        found = totals(made, by="kind", on=TODAY)
        assert list(found.whole.amounts.items()) == [
            ("EUR", Decimal("3.00")),
            ("JPY", Decimal(2)),
            ("USD", Decimal("1.00")),
        ]

    def test_a_pledge_counts_once_in_each_of_its_rows_and_once_in_the_whole(self) -> None:
        both = usd("10", focus_areas=frozenset({FocusArea.ACCESS, FocusArea.ADOPTION}))
        found = totals([both, usd("1")], by="focus-area", on=TODAY)
        assert rows(found) == {
            "access": (2, 0, {"USD": "11.00"}, {"USD": "10.00"}),
            "adoption": (1, 0, {"USD": "10.00"}, {"USD": "10.00"}),
        }
        assert plain(found.whole) == (2, 0, {"USD": "11.00"}, {"USD": "10.00"})

    def test_shares_split_an_amount_to_the_last_cent(self) -> None:
        thirds = (share("TG", "33.3333"), share("NE", "33.3333"), share("TD", "33.3334"))
        found = totals([usd("100.01", countries=thirds)], by="country", on=TODAY)
        assert rows(found) == {
            "NE": (1, 0, {"USD": "33.34"}, {}),
            "TD": (1, 0, {"USD": "33.34"}, {}),
            "TG": (1, 0, {"USD": "33.33"}, {}),
        }
        assert plain(found.whole) == (1, 0, {"USD": "100.01"}, {})

    def test_in_a_tie_the_country_code_decides_and_not_the_order(self) -> None:
        halves = (share("TD", "50"), share("NE", "50"))
        for countries in (halves, halves[::-1]):
            found = totals([usd("0.01", countries=countries)], by="country", on=TODAY)
            assert rows(found) == {"NE": (1, 0, {"USD": "0.01"}, {}), "TD": (1, 0, {"USD": "0.00"}, {})}

    def test_without_shares_an_amount_is_undivided(self) -> None:
        several = usd("10", countries=(share("NE"), share("TD")))
        alone = usd("1", countries=(share("NE"),))
        nowhere = usd("5")
        found = totals([several, alone, nowhere], by="country", on=TODAY)
        assert rows(found) == {
            "NE": (2, 0, {"USD": "11.00"}, {"USD": "10.00"}),
            "TD": (1, 0, {"USD": "10.00"}, {"USD": "10.00"}),
            None: (1, 0, {"USD": "5.00"}, {}),
        }
        assert plain(found.whole) == (3, 0, {"USD": "16.00"}, {"USD": "10.00"})

    def test_estimates_are_part_of_the_amounts(self) -> None:
        halves = (share("TD", "50"), share("NE", "50"))
        guessed = usd("10", amount_is_estimate=True, countries=halves)
        found = totals([guessed, usd("1", amount_is_estimate=False, countries=halves)], by="country", on=TODAY)
        assert [written(each.estimated) for each in found.rows] == [{"USD": "5.00"}] * 2
        assert (written(found.whole.amounts), written(found.whole.estimated)) == ({"USD": "11.00"}, {"USD": "10.00"})

    def test_rows_are_sorted_with_none_last(self) -> None:
        goals = [frozenset({"9.c", "10", "9"}), frozenset[str](), frozenset({"2.1"})]
        found = totals([usd("1", goals=each) for each in goals], by="goal", on=TODAY)
        assert [(row.key, row.pledges) for row in found.rows] == [("2", 1), ("9", 1), ("10", 1), (None, 1)]

    def test_members_and_years(self) -> None:
        state = usd("1", pledger=organization(membership=Membership.MEMBER_STATE))
        last_year = datetime(2022, 12, 31, 23, 59, tzinfo=UTC)
        nobody = usd("2", pledger=organization(membership=None), submitted_at=last_year)
        found = totals([state, nobody], by="membership", on=TODAY)
        assert rows(found) == {"member-state": (1, 0, {"USD": "1.00"}, {}), None: (1, 0, {"USD": "2.00"}, {})}
        assert [(row.key, row.pledges) for row in totals([state, nobody], by="year", on=TODAY).rows] == [
            ("2022", 1),
            ("2023", 1),
        ]

    def test_keys_are_plain_strings(self) -> None:
        for by in Dimension:
            found = totals([pledge()], by=by, on=TODAY)
            assert {type(row.key) for row in found.rows} == {str}

    def test_the_largest_amounts_add_up_exactly(self) -> None:
        made = usd("1", pledged=money("999999999999999999.9999", "CLF"))
        assert totals([made] * 30, by="kind", on=TODAY).whole.amounts["CLF"] == Decimal("29999999999999999999.9970")

    def test_it_is_a_value(self) -> None:
        found = totals(iter([pledge(), usd("1")]), by="country", on=TODAY, rates=ANY_RATE)
        again = pickle.loads(pickle.dumps(found))
        assert again == found
        assert hash(again) == hash(found)
        assert repr(again) == repr(found)


class TestDay:
    """A total is of the end of a day, in UTC."""

    def test_a_pledge_counts_from_the_day_of_submission(self) -> None:
        made = usd("1", submitted_at=datetime(2023, 12, 6, 23, 59, 59, tzinfo=UTC))
        assert totals([made], by="kind", on=date(2023, 12, 5)).whole.pledges == 0
        assert totals([made], by="kind", on=date(2023, 12, 6)).whole.pledges == 1

    @pytest.mark.parametrize("state", PledgeState)
    def test_drafts_rejected_and_withdrawn_pledges_do_not_count(self, state: PledgeState) -> None:
        submitted = usd("1")
        published = submitted.publish(at=later(1))
        working = published.start_work(at=later(2))
        made = {
            PledgeState.DRAFT: usd("1", state=PledgeState.DRAFT),
            PledgeState.SUBMITTED: submitted,
            PledgeState.PUBLISHED: published,
            PledgeState.REJECTED: submitted.reject(at=later(1)),
            PledgeState.IN_PROGRESS: working,
            PledgeState.SUSPENDED: working.suspend(at=later(3)),
            PledgeState.COMPLETED: working.complete(at=later(3)),
            PledgeState.WITHDRAWN: working.withdraw(at=later(3)),
        }[state]
        assert made.state is state
        counts = state not in {PledgeState.DRAFT, PledgeState.REJECTED, PledgeState.WITHDRAWN}
        assert totals([made], by="kind", on=TODAY).whole.pledges == counts

    def test_the_history_decides_whether_it_counted_then(self) -> None:
        withdrawn = usd("1").publish(at=later(1)).withdraw(at=datetime(2023, 6, 1, 12, tzinfo=UTC))
        days = (date(2023, 4, 13), date(2023, 4, 14), date(2023, 5, 31), date(2023, 6, 1))
        assert [totals([withdrawn], by="kind", on=day).whole.pledges for day in days] == [0, 1, 1, 0]

    def test_groups_are_as_of_the_day_or_of_the_day_of_submission(self) -> None:
        made = usd("1", countries=(share("BT"),))
        for day, ldc in ((date(2023, 12, 12), True), (date(2023, 12, 13), False)):
            assert ("ldc" in rows(totals([made], by="group", on=day))) is ldc
            assert "ldc" in rows(totals([made], by="group-at-submission", on=day))
        assert rows(totals([made], by="group", on=date(2023, 12, 13))) == {"lldc": (1, 0, {"USD": "1.00"}, {})}

    def test_a_pledge_for_no_group_is_in_the_last_row(self) -> None:
        assert rows(totals([usd("1"), usd("1", countries=(share("CH"),))], by="group", on=TODAY)) == {
            None: (2, 0, {"USD": "2.00"}, {})
        }

    def test_a_day_before_the_lists_begin_is_refused(self) -> None:
        given_: list[list[Pledge]] = [[], [usd("1")]]
        for each in given_:
            found = refusal(partial(totals, each, by="group", on=date(2017, 10, 17)))
            assert (found.code, found.path) == (Code.GROUP_UNKNOWN_ON_DATE, "/on")
            assert found.params == {"group": "ldc, lldc, sids", "minimum": "2017-10-18"}
        early = usd("1", countries=(share("TD"),), submitted_at=datetime(2014, 1, 1, tzinfo=UTC), start=None)
        found = refusal(lambda: totals([usd("1"), early], by="group-at-submission", on=TODAY))
        assert (found.code, found.path) == (Code.GROUP_UNKNOWN_ON_DATE, "/pledges/1/submittedAt")
        assert found.params["group"] == "lldc"

    def test_after_the_lists_were_read_only_doubtful_countries_are_refused(self) -> None:
        after = date(2026, 12, 1)
        certain = [usd("1", countries=(share("TD"),)), usd("1", countries=(share("BD"), share("TD")))]
        assert rows(totals(certain, by="group", on=after))["ldc"] == (2, 0, {"USD": "2.00"}, {"USD": "2.00"})
        doubtful = usd("1", countries=(share("BD"), share("CH")))
        found = refusal(lambda: totals([*certain, doubtful], by="group", on=after))
        assert (found.code, found.path) == (Code.GROUP_MEMBER_DOUBTFUL, "/on")
        assert found.params == {"group": "ldc", "countries": "BD, LA, NP"}
        known = totals([*certain, doubtful], by="group", on=after, as_last_known=True)
        assert rows(known)["ldc"] == (3, 0, {"USD": "3.00"}, {"USD": "2.00"})

    def test_one_late_pledge_keeps_nothing_back_that_is_certain(self) -> None:
        late = datetime(2026, 12, 1, tzinfo=UTC)
        certain = [usd("1", countries=(share("BD"),)), usd("1", countries=(share("TD"),), submitted_at=late)]
        assert rows(totals(certain, by="group-at-submission", on=late.date()))["ldc"][0] == 2
        doubtful = usd("1", countries=(share("BD"),), submitted_at=late)
        by_day = partial(totals, [*certain, doubtful], by="group-at-submission", on=late.date())
        found = refusal(by_day)
        assert (found.code, found.path) == (Code.GROUP_MEMBER_DOUBTFUL, "/pledges/2/submittedAt")
        assert rows(by_day(as_last_known=True))["ldc"][0] == 3


class TestRefusals:
    """What the arguments may be."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"by": "sector"}, "value-unknown", "/by"),
            ({"by": "FOCUS_AREA"}, "value-unknown", "/by"),
            ({"by": None}, "value-unknown", "/by"),
            ({"on": "2024-01-01"}, "wrong-type", "/on"),
            ({"on": datetime(2024, 1, 1, tzinfo=UTC)}, "wrong-type", "/on"),
            ({"on": date(2200, 1, 1)}, "date-unreadable", "/on"),
        ],
    )
    def test_an_unknown_dimension_or_an_invalid_day_is_refused(
        self, changes: dict[str, Any], code: str, path: str
    ) -> None:
        arguments: dict[str, Any] = {"by": "kind", "on": TODAY, **changes}
        assert refused(lambda: totals([], **arguments)) == (code, path)

    def test_values_that_are_not_pledges_are_a_mistake_of_the_program(self) -> None:
        given_: Any = [pledge().pledger]
        with pytest.raises(TypeError, match="Not a Pledge"):
            totals(given_, by="kind", on=TODAY)

    def test_values_that_are_not_rates_are_a_mistake_of_the_program(self) -> None:
        given_: Any = {"EUR": Decimal("1.1")}
        with pytest.raises(TypeError, match="Not Rates"):
            totals([], by="kind", on=TODAY, rates=given_)

    def test_every_currency_without_a_rate_is_named(self) -> None:
        rates = Rates(into="USD", on=TODAY, per={"EUR": Decimal("1.1")})
        # So many that a set would hardly have them in this order by chance.
        missing = ("CHF", "GBP", "JPY", "KES", "NOK", "SEK", "XAF", "ZAR")
        made = [pledge(pledged=money("1", currency)) for currency in ("JPY", "EUR", *reversed(missing), "USD")]
        with pytest.raises(InvalidValueError) as caught:
            totals(made, by="kind", on=TODAY, rates=rates)
        found = [(each.code, each.path) for each in caught.value.findings]
        assert found == [(Code.RATE_MISSING, f"/rates/per/{currency}") for currency in missing]

    def test_a_currency_of_pledges_that_do_not_count_needs_no_rate(self) -> None:
        draft = pledge(pledged=money("1", "JPY"), state=PledgeState.DRAFT)
        assert totals([draft], by="kind", on=TODAY, rates=Rates(into="USD", on=TODAY, per={})).whole.pledges == 0

    def test_exceptions_of_the_iterable_are_not_caught(self) -> None:
        def broken() -> Iterable[Pledge]:
            yield pledge()
            raise InvalidValueError

        with pytest.raises(InvalidValueError) as caught:
            totals(broken(), by="kind", on=TODAY)
        assert caught.value.findings == ()


class TestRates:
    """Currencies are added together at rates of a day, and at no others."""

    RATES = Rates(into="USD", on=date(2023, 5, 17), per={"EUR": Decimal("1.0838"), "JPY": Decimal("0.0073")})

    def test_each_pledge_is_rounded_by_itself(self) -> None:
        made = [usd("1"), *[euros("0.05")] * 3]
        found = totals(made, by="currency", on=TODAY, rates=self.RATES)
        # 0.05 EUR is 0.05419 USD, so three of them are 0.15, and not the 0.16 that 0.15 EUR would be.
        assert rows(found) == {"EUR": (3, 0, {"USD": "0.15"}, {}), "USD": (1, 0, {"USD": "1.00"}, {})}
        assert plain(found.whole) == (4, 0, {"USD": "1.15"}, {})
        assert found.rates == self.RATES

    def test_it_is_rounded_before_it_is_split(self) -> None:
        halves = euros("0.05", countries=(share("NE", "50"), share("TD", "50")))
        assert rows(totals([halves], by="country", on=TODAY, rates=self.RATES)) == {
            "NE": (1, 0, {"USD": "0.03"}, {}),
            "TD": (1, 0, {"USD": "0.02"}, {}),
        }

    def test_the_largest_converted_amounts_add_up_exactly(self) -> None:
        rates = Rates(into="CLF", on=TODAY, per={"EUR": Decimal("987654321.1234")})
        found = totals([euros("999999999999999999.99")] * 3, by="kind", on=TODAY, rates=rates)
        assert found.whole.amounts["CLF"] == Decimal("2962962963370199999970370370.3664")

    def test_an_amount_that_rounds_to_zero_is_still_an_amount(self) -> None:
        found = totals([usd("1"), euros("0.01")], by="kind", on=TODAY, rates=TINY)
        assert plain(found.whole) == (2, 0, {"USD": "1.00"}, {})


TINY = Rates(into="USD", on=TODAY, per={"EUR": Decimal("0.1")})


def euros(amount: str, **changes: Any) -> Pledge:
    return usd(amount, **{"pledged": money(amount, "EUR"), **changes})


Drawn = tuple[list[Pledge], date, Rates | None]


@st.composite
def told_apart(draw: st.DrawFn, each: st.SearchStrategy[Pledge]) -> Drawn:
    """Draw pledges, some of them equal, with a day and perhaps with rates."""
    made = draw(st.lists(each, max_size=5))
    again = draw(st.lists(st.sampled_from(made), max_size=3)) if made else []
    return [*made, *again], draw(DAYS), draw(st.sampled_from((None, ANY_RATE)))


def while_lists_are_known(made: Pledge, day: date) -> Pledge:
    return evolve(made, submitted_at=datetime.combine(day, time(12), UTC))


class TestLaws:
    """What holds of all totals, in every dimension."""

    @LAW
    @given(told_apart(promises()))
    def test_a_second_implementation_gets_the_same_totals(self, drawn: Drawn) -> None:
        must_agree_with_a_second_implementation(drawn)

    @given(told_apart(st.builds(while_lists_are_known, pledges(), DAYS)))
    def test_it_does_so_for_pledges_of_every_kind(self, drawn: Drawn) -> None:
        must_agree_with_a_second_implementation(drawn)

    @LAW
    @given(told_apart(promises()))
    def test_rows_that_share_no_pledge_add_up_to_the_whole(self, drawn: Drawn) -> None:
        made, on, rates = drawn
        for by in PARTITIONS:
            found = totals(made, by=by, on=on, rates=rates)
            assert sum(row.pledges for row in found.rows) == found.whole.pledges
            assert sum(row.without_amount for row in found.rows) == found.whole.without_amount
            assert added(row.amounts for row in found.rows) == found.whole.amounts
            assert [row.key for row in (*found.rows, found.whole) if row.undivided] == []

    @LAW
    @given(told_apart(promises()))
    def test_divided_and_undivided_amounts_add_up_to_the_whole(self, drawn: Drawn) -> None:
        made, on, rates = drawn
        for by in Dimension:
            found = totals(made, by=by, on=on, rates=rates)
            divided = Counter(added(row.amounts for row in found.rows))
            divided.subtract(added(row.undivided for row in found.rows))
            divided.update(found.whole.undivided)
            assert divided == Counter(found.whole.amounts)
            counts = [row.pledges for row in found.rows]
            assert max(counts, default=0) <= found.whole.pledges <= sum(counts)

    @LAW
    @given(told_apart(promises()), st.randoms(use_true_random=False))
    def test_neither_the_order_of_pledges_nor_the_decimal_context_matters(self, drawn: Drawn, random: Any) -> None:
        made, on, rates = drawn
        shuffled = list(made)
        random.shuffle(shuffled)
        for by in Dimension:
            first = totals(made, by=by, on=on, rates=rates)
            with decimal.localcontext(NARROW):
                second = totals(iter(shuffled), by=by, on=on, rates=rates)
            assert repr(second) == repr(first)
            assert second == first

    @given(told_apart(promises()))
    def test_the_whole_is_the_same_in_every_dimension(self, drawn: Drawn) -> None:
        made, on, rates = drawn
        wholes = [totals(made, by=by, on=on, rates=rates).whole for by in Dimension]
        assert len({(each.pledges, each.without_amount, each.amounts) for each in wholes}) == 1

    @given(told_apart(promises()), st.sampled_from(CountryGroup))
    def test_a_group_has_the_pledges_that_target_it(self, drawn: Drawn, group: CountryGroup) -> None:
        made, on, _ = drawn
        counted = [each for each in made if totals([each], by="kind", on=on).whole.pledges]
        for by, day in ((Dimension.GROUP, on), (Dimension.GROUP_AT_SUBMISSION, None)):
            found = {row.key: row.pledges for row in totals(made, by=by, on=on).rows}
            assert found.get(group, 0) == sum(each.targets_group(group, day) for each in counted)


def must_agree_with_a_second_implementation(drawn: Drawn) -> None:
    made, on, rates = drawn
    for by in Dimension:
        found = totals(made, by=by, on=on, rates=rates)
        expected_rows, expected_whole = plain_totals(made, by.value, on, rates)
        assert {row.key: exact(row) for row in found.rows} == expected_rows
        assert exact(found.whole) == expected_whole


def exact(found: Total) -> Row:
    amounts, undivided, estimated = (
        {currency: Fraction(amount) for currency, amount in each.items()}
        for each in (found.amounts, found.undivided, found.estimated)
    )
    return found.pledges, found.without_amount, amounts, undivided, estimated


def added(several: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    with decimal.localcontext(decimal.Context(prec=99)):
        sums: dict[str, Decimal] = {}
        for amounts in several:
            for currency, amount in amounts.items():
                sums[currency] = sums.get(currency, Decimal(0)) + amount
        return sums
