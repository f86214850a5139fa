"""A pledge: who promises what to whom, by when, and what came of it."""

import decimal
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.model.samples import (
    later,
    money,
    organization,
    pledge,
    refused,
    report,
    share,
    step,
    target,
    text,
)
from wtisd_model.model.pledge import CountryShare, PledgeKind, PledgeScope, PledgeState

COMPLETED = (step("submitted", "published"), step("published", "in-progress"), step("in-progress", "completed"))


class TestPledge:
    """IATI activity: what P01 to P06 and P08 ask of the object itself."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"pledged": None}, "amount-missing", "/pledged"),
            ({"pledged": money("0")}, "amount-zero", "/pledged/amount"),
            ({"kind": PledgeKind.POLICY, "pledged": money("0.00")}, "amount-zero", "/pledged/amount"),
            ({"end": date(2023, 5, 31), "targets": ()}, "period-ends-before-start", "/end"),
            ({"reports": (report(on=date(2023, 5, 31)),)}, "report-before-start", "/reports/0/on"),
            ({"targets": (target(), target(due=date(2026, 1, 1)))}, "target-outside-period", "/targets/1/due"),
            ({"targets": (target(due=date(2023, 5, 31)),)}, "target-outside-period", "/targets/0/due"),
            ({"start": None, "targets": (target(due=date(2026, 1, 1)),)}, "target-outside-period", "/targets/0/due"),
            ({"countries": ()}, "scope-without-country", "/countries"),
            ({"countries": (share("NE"), share("NE"))}, "country-repeated", "/countries/1/country"),
            ({"countries": (share("NE", "40"), share("TD"))}, "shares-incomplete", "/countries/1/share"),
            ({"countries": (share("NE"), share("TD", "100"))}, "shares-incomplete", "/countries/0/share"),
            ({"countries": (share("NE", "40"), share("TD", "59.9999"))}, "shares-not-whole", "/countries"),
            ({"countries": (share("NE", "99"),)}, "shares-not-whole", "/countries"),
            (
                {"partners": (organization(name=text("Operator 2")), organization())},
                "partner-is-pledger",
                "/partners/1",
            ),
            ({"state": PledgeState.COMPLETED, "history": COMPLETED, "reports": ()}, "report-missing", "/reports"),
            ({"state": PledgeState.COMPLETED}, "history-ends-elsewhere", "/state"),
            ({"focus_areas": frozenset()}, "too-few-items", "/focusAreas"),
            ({"goals": frozenset({"18"})}, "goal-unknown", "/goals"),
            ({"start": "2023-06-01"}, "wrong-type", "/start"),
            ({"groups": frozenset({"LDC"})}, "wrong-type", "/groups"),
        ],
    )
    def test_what_is_wrong_is_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: pledge(**changes)) == (code, path)

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": PledgeKind.ADVOCACY, "pledged": None},
            {"scope": PledgeScope.GLOBAL, "countries": ()},
            {"scope": PledgeScope.REGIONAL, "countries": ()},
            {"countries": (share("NE"), share("TD"))},
            {"countries": (share("NE"),)},
            {"countries": (share("NE", "100"),)},
            {"countries": (share("NE", "0"), share("TD", "33.3333"), share("TG", "66.6667"))},
            {"end": date(2023, 6, 1), "targets": ()},
            {"end": None, "targets": (target(due=date(2199, 1, 1)),)},
            {"start": None, "reports": (report(on=date(1970, 1, 1)),)},
            {"start": None, "end": None, "targets": (target(due=None), target(due=date(1970, 1, 1)))},
            {"targets": (target(due=date(2023, 6, 1)), target(due=date(2025, 12, 31)))},
            {"reports": (report(on=date(2023, 6, 1)),)},
            {"partners": (organization(unit="BDT"),)},
        ],
    )
    def test_what_a_pledge_may_be_is_accepted(self, changes: dict[str, Any]) -> None:
        assert pledge(**changes).id == "p-1"

    def test_it_is_completed_with_a_report(self) -> None:
        working = pledge(reports=()).publish(at=later(1)).start_work(at=later(2))
        assert refused(lambda: working.complete(at=later(3))) == ("report-missing", "/reports")
        done = pledge().publish(at=later(1)).start_work(at=later(2)).complete(at=later(3))
        assert done.state is PledgeState.COMPLETED

    def test_shares_add_up_whatever_the_decimal_context_says(self) -> None:
        thirds = (share("NE", "33.3333"), share("TD", "33.3333"), share("TG", "33.3334"))
        short = (share("NE", "33.3333"), share("TD", "33.3333"), share("TG", "33.3333"))
        with decimal.localcontext(decimal.Context(prec=2)):
            assert pledge(countries=thirds).countries == thirds
            assert refused(lambda: pledge(countries=short)) == ("shares-not-whole", "/countries")


class TestParts:
    """P06: shares 0 to 100. P02: amounts are finite and within the minor unit."""

    @pytest.mark.parametrize(
        ("part", "code"),
        [
            ("100.0001", "number-out-of-range"),
            ("-1", "number-out-of-range"),
            ("0.00001", "number-malformed"),
            ("NaN", "number-malformed"),
            ("1E400", "number-malformed"),
        ],
    )
    def test_a_share_is_a_part_of_a_hundred(self, part: str, code: str) -> None:
        assert refused(lambda: share("NE", part)) == (code, "/share")

    def test_equal_shares_are_equal_however_they_are_written(self) -> None:
        assert share("NE", "40.00") == share("NE", "4E1") == share("NE", "40")
        assert repr(share("NE", "40.00")) == repr(share("NE", "4E1"))
        floating: Any = 40.0
        assert refused(lambda: CountryShare(country="NE", share=floating)) == ("wrong-type", "/share")

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"text": text("x" * 501)}, "text-too-long", "/text/text"),
            ({"number": Decimal("-0.5")}, "number-out-of-range", "/number"),
            ({"number": Decimal("1E15")}, "number-malformed", "/number"),
            ({"number": Decimal("0.12345")}, "number-malformed", "/number"),
            ({"unit": "\u202e"}, "text-empty", "/unit"),
            ({"due": date(2200, 1, 1)}, "date-unreadable", "/due"),
        ],
    )
    def test_a_target_can_be_measured(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: target(**changes)) == (code, path)

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"percent": 101}, "number-out-of-range", "/percent"),
            ({"percent": True}, "wrong-type", "/percent"),
            ({"on": None}, "wrong-type", "/on"),
            ({"disbursed": Decimal(5)}, "wrong-type", "/disbursed"),
            ({"note": " x"}, "text-outer-blank", "/note"),
        ],
    )
    def test_a_report_speaks_of_a_day(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: report(**changes)) == (code, path)
