"""Rules about pledges."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from tests.samples.small import NOW, call, deadline, dossier, event, hours, judged, places, pledge
from wtisd_model import CallKind, Code, Finding, LocalizedText, Money, Organization, Pledge, Report, Severity
from wtisd_model.rules.context import PreparedDossier
from wtisd_model.rules.rule_list import judge_submission


def found_in(made: Pledge, now: datetime = NOW) -> tuple[Finding, ...]:
    return judge_submission(PreparedDossier(dossier()), made, now)


def money(amount: str, currency: str = "USD") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


class TestPledges:
    """S04 for pledges, P03, P07, P08 and P10."""

    def test_a_pledge_for_another_event_has_a_finding(self) -> None:
        made = dossier(pledges=(pledge("p-1"), pledge("p-2", event_uid="e-1"), pledge("p-3", event_uid="e-2")))
        found = judged(made)
        assert [(each.code, each.path) for each in found] == [(Code.EVENT_UID_DIFFERS, "/pledges/2/eventUid")]

    def test_ids_are_unique(self) -> None:
        found = judged(dossier(pledges=(pledge("p-1"), pledge("p-1"))))
        assert [(each.code, each.path) for each in found] == [(Code.ID_REPEATED, "/pledges/1/id")]

    def test_a_pledge_comes_while_the_call_for_pledges_is_open(self) -> None:
        terms = call(CallKind.PLEDGE, opens=hours(1), deadline=deadline("2023-04-14"))
        made = dossier(
            of=event(calls=(terms,)),
            pledges=(
                pledge("p-1"),
                pledge("p-2", submitted_at=hours(1)),
                pledge("p-3", submitted_at=terms.deadline.closes_at if terms.deadline else NOW),
            ),
        )
        assert [(each.code, each.path) for each in judged(made)] == [
            (Code.CALL_NOT_OPEN, "/pledges/0/submittedAt"),
            (Code.CALL_CLOSED, "/pledges/2/submittedAt"),
        ]

    @pytest.mark.parametrize(
        ("offered", "translations", "found"),
        [
            ((), {}, []),
            (("en-GB",), {}, []),
            (("fr", "ru"), {}, [1]),
            (("fr", "ru"), {"pt": "Escolas"}, [2]),
            (("fr", "ru"), {"fr": "\u00c9coles"}, []),
        ],
    )
    def test_its_title_is_in_a_language_of_the_call(
        self, offered: tuple[str, ...], translations: dict[str, str], found: list[int]
    ) -> None:
        title = LocalizedText(text="Schools", language="en", translations=translations)
        of = event(calls=(call(CallKind.PLEDGE, languages=offered),))
        judged_ones = judged(
            dossier(of=of, pledges=(pledge("p-1", title=title), pledge("p-2", title=title).reject(at=NOW)))
        )
        assert [each.params["unknown"] for each in judged_ones] == found
        assert {(each.code, each.path) for each in judged_ones} <= {(Code.LANGUAGE_NOT_OFFERED, "/pledges/0/title")}

    def test_nobody_is_a_partner_in_their_own_pledge_in_any_language(self) -> None:
        name = LocalizedText(text="UIT", language="fr", translations={"en": "ITU"})
        partners = tuple(
            Organization(name=LocalizedText(text=each, language="en")) for each in ("Body 2", "itu", "Body 3")
        )
        made = pledge("p-1", pledger=Organization(name=name), partners=partners)
        found = judged(dossier(pledges=(made,)))
        assert [(each.code, each.path) for each in found] == [(Code.PARTNER_IS_PLEDGER, "/pledges/0/partners/1")]

    @pytest.mark.parametrize(
        ("currency", "day", "found"),
        [
            ("HRK", datetime(2022, 12, 31, tzinfo=UTC), []),
            ("HRK", datetime(2023, 1, 14, 23, 59, tzinfo=UTC), []),
            ("HRK", datetime(2023, 1, 15, tzinfo=UTC), ["/pledged/currency"]),
            ("BGN", datetime(2024, 5, 17, tzinfo=UTC), []),
            ("XDR", datetime(2024, 5, 17, tzinfo=UTC), []),
        ],
    )
    def test_a_pledge_is_in_a_currency_of_its_day(self, currency: str, day: datetime, found: list[str]) -> None:
        made = pledge("p-1", pledged=money("5.00", currency), submitted_at=day)
        assert places(Code.CURRENCY_WITHDRAWN, found_in(made, datetime(2026, 11, 1, tzinfo=UTC))) == found

    def test_a_report_may_keep_the_currency_of_its_pledge(self) -> None:
        paid = (
            Report(on=date(2024, 1, 1), disbursed=money("1.00", "HRK")),
            Report(on=date(2024, 1, 1), disbursed=money("1.00", "SIT")),
            Report(on=date(2024, 1, 1)),
        )
        submitted = datetime(2022, 6, 1, tzinfo=UTC)
        made = pledge("p-1", pledged=money("5.00", "HRK"), submitted_at=submitted, reports=paid)
        assert places(Code.CURRENCY_WITHDRAWN, found_in(made)) == ["/reports/1/disbursed/currency"]
        without = evolve(made, pledged=None)
        assert places(Code.CURRENCY_WITHDRAWN, found_in(without)) == [
            "/reports/0/disbursed/currency",
            "/reports/1/disbursed/currency",
        ]

    @pytest.mark.parametrize(
        ("missing", "found"),
        [((), []), (("number",), ["/targets"]), (("unit",), ["/targets"]), (("due",), ["/targets"])],
    )
    def test_at_least_one_target_is_measurable(self, missing: tuple[str, ...], found: list[str]) -> None:
        """P07."""
        nothing: dict[str, Any] = dict.fromkeys(missing)
        target = evolve(pledge("p-1").targets[0], **nothing)
        vague = evolve(target, number=None)
        made = pledge("p-1", targets=(vague, target))
        assert places(Code.MEASURABLE_TARGET_MISSING, found_in(made)) == found

    def test_ended_pledges_need_no_measurable_target(self) -> None:
        vague = pledge("p-1", targets=(), reports=(Report(on=date(2023, 4, 14)),))
        published = vague.publish(at=NOW)
        for over in (vague.reject(at=NOW), published.withdraw(at=NOW), published.start_work(at=NOW).complete(at=NOW)):
            assert places(Code.MEASURABLE_TARGET_MISSING, found_in(over)) == []
        assert places(Code.MEASURABLE_TARGET_MISSING, found_in(published)) == ["/targets"]

    @pytest.mark.parametrize(
        ("now", "found"),
        [
            # It is the 21st in Kiribati from 10:00 UTC on the 20th.
            (datetime(2023, 4, 20, 9, 59, 59, tzinfo=UTC), ["/reports/1/on"]),
            (datetime(2023, 4, 20, 10, tzinfo=UTC), []),
        ],
    )
    def test_a_report_of_a_future_day_has_a_finding(self, now: datetime, found: list[str]) -> None:
        """P03."""
        made = pledge("p-1", reports=(Report(on=date(2023, 4, 20)), Report(on=date(2023, 4, 21))))
        assert places(Code.REPORT_IN_FUTURE, found_in(made, now)) == found

    @pytest.mark.parametrize(
        ("pledged", "disbursed", "found"),
        [
            (money("5.00"), money("5.01"), ["/reports/0/disbursed/amount"]),
            (money("5.00"), money("5.00"), []),
            (money("5.00"), money("9", "JPY"), []),
            (money("5.00"), None, []),
            (None, money("5.01"), []),
        ],
    )
    def test_more_paid_than_pledged_has_a_warning(
        self, pledged: Money | None, disbursed: Money | None, found: list[str]
    ) -> None:
        """P08."""
        made = pledge("p-1", pledged=pledged, reports=(Report(on=date(2023, 4, 14), disbursed=disbursed),))
        assert places(Code.DISBURSED_ABOVE_PLEDGED, found_in(made)) == found
        assert {each.severity for each in found_in(made)} <= {Severity.WARNING}

    @pytest.mark.parametrize(
        ("today", "years", "status"),
        [
            (date(2024, 6, 30), None, None),
            (date(2024, 7, 1), 1, "yellow"),
            (date(2025, 6, 30), 1, "yellow"),
            (date(2025, 7, 1), 2, "red"),
            (date(2033, 7, 1), 10, "red"),
        ],
    )
    def test_a_year_without_a_report_is_yellow_and_two_are_red(
        self, today: date, years: int | None, status: str | None
    ) -> None:
        """P10."""
        made = pledge("p-1", reports=(Report(on=date(2023, 7, 1)), Report(on=date(2023, 5, 1)))).publish(at=NOW)
        found = [
            each
            for each in found_in(made, datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
            if each.code == Code.REPORT_OVERDUE
        ]
        expected = [] if years is None else [("/reports", {"years": years, "status": status})]
        assert [(each.path, each.params) for each in found] == expected

    def test_pledges_that_have_not_begun_need_no_report(self) -> None:
        much_later = datetime(2030, 1, 1, tzinfo=UTC)
        assert places(Code.REPORT_OVERDUE, found_in(pledge("p-1"), much_later)) == []
