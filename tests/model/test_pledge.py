"""A pledge: who promises what to whom, by when, and what came of it."""

import decimal
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import later, money, organization, pledge, report, share, step, target, text
from wtisd_model import CountryGroup, CountryShare, Pledge, PledgeKind, PledgeScope, PledgeState, ReportStatus
from wtisd_model.strategies import moments, pledges

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
            ({"groups": frozenset({"LDC"})}, "value-unknown", "/groups"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
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
    def test_valid_pledges_are_accepted(self, changes: dict[str, Any]) -> None:
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


class TestStateBefore:
    """A history tells the state that a pledge was in at any time."""

    def test_each_state_lasts_from_its_step_to_the_next(self) -> None:
        made = pledge().publish(at=later(1)).start_work(at=later(2)).complete(at=later(3))
        instant = timedelta(microseconds=1)
        assert made.state_before(made.submitted_at) is None
        assert made.state_before(made.submitted_at + instant) is PledgeState.SUBMITTED
        for hours, state in ((1, "submitted"), (2, "published"), (3, "in-progress"), (4, "completed")):
            assert made.state_before(later(hours)) == state
        assert made.state_before(later(3) + instant) is PledgeState.COMPLETED

    def test_without_a_history_it_has_always_been_in_its_state(self) -> None:
        assert pledge(state=PledgeState.DRAFT).state_before(later(1)) is PledgeState.DRAFT

    @LAW
    @given(pledges(), moments())
    def test_it_is_what_the_last_step_before_led_to(self, made: Pledge, moment: datetime) -> None:
        state = made.history[0].before if made.history else made.state
        for each in made.history:
            if each.at < moment:
                state = each.after
        assert made.state_before(moment) == (state if made.submitted_at < moment else None)


class TestTargetsGroup:
    """P09: group membership is asked at the submission date, or on a day that is named."""

    def test_a_country_is_looked_up_on_the_day_on_which_it_came_in(self) -> None:
        made = pledge(countries=(share("CH"), share("BT")), groups=frozenset())
        for day, is_one in ((date(2023, 12, 12), True), (date(2023, 12, 13), False)):
            came_in = evolve(made, submitted_at=datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC))
            assert came_in.targets_group("ldc") is is_one
            assert came_in.targets_group(CountryGroup.LLDC) is True
            assert came_in.targets_group("sids") is False

    def test_a_country_can_be_looked_up_on_another_day(self) -> None:
        made = pledge(countries=(share("BT"),), groups=frozenset())
        assert made.targets_group("ldc", date(2023, 12, 12))
        assert not made.targets_group("ldc", on=date(2023, 12, 13))

    def test_a_named_group_needs_no_list(self) -> None:
        made = pledge(countries=(), scope=PledgeScope.GLOBAL, groups=frozenset({CountryGroup.SIDS}))
        unknown = date(1999, 1, 1)
        assert made.targets_group("sids", unknown)
        assert not made.targets_group("ldc", unknown)

    def test_a_day_that_the_list_does_not_cover_is_refused(self) -> None:
        made = pledge(groups=frozenset())
        assert refused(lambda: made.targets_group("ldc", date(2013, 12, 31))) == ("group-unknown-on-date", "/on")
        assert refused(lambda: made.targets_group("LDC")) == ("value-unknown", "/group")
        early = evolve(made, submitted_at=datetime(2013, 12, 31, tzinfo=UTC), history=())
        assert refused(lambda: early.targets_group("ldc")) == ("group-unknown-on-date", "/submittedAt")

    def test_only_countries_that_may_have_left_are_refused(self) -> None:
        after = date(2026, 12, 1)
        doubtful = pledge(countries=(share("NP"), share("CH")), groups=frozenset())
        assert refused(lambda: doubtful.targets_group("ldc", after)) == ("group-member-doubtful", "/on")
        assert doubtful.targets_group("ldc", after, as_last_known=True)
        assert doubtful.targets_group("lldc", after)
        assert evolve(doubtful, countries=(share("NP"), share("TD"))).targets_group("ldc", after)
        late = evolve(doubtful, submitted_at=datetime(2026, 12, 1, tzinfo=UTC), history=())
        assert refused(lambda: late.targets_group("ldc")) == ("group-member-doubtful", "/submittedAt")


def running(**changes: Any) -> Pledge:
    """A pledge that came in on 14 April 2023, and is published."""
    return pledge(**{"start": None, "end": None, "reports": (), "targets": (), **changes}).publish(at=later(1))


class TestReportStatus:
    """P10: the United Nations' registry of partnerships asks for a report each year."""

    @pytest.mark.parametrize(
        ("changes", "today", "years"),
        [
            ({}, date(2024, 4, 13), 0),
            ({}, date(2024, 4, 14), 1),
            ({}, date(2025, 4, 14), 2),
            ({"start": date(2023, 6, 1)}, date(2024, 5, 31), 0),
            ({"start": date(2023, 6, 1)}, date(2024, 6, 1), 1),
            ({"start": date(2021, 6, 1)}, date(2024, 4, 13), 0),
            ({"start": date(2024, 6, 1)}, date(2024, 1, 1), 0),
            ({"reports": (report(on=date(2024, 2, 29)),)}, date(2025, 2, 28), 0),
            ({"reports": (report(on=date(2024, 2, 29)),)}, date(2025, 3, 1), 1),
            ({"reports": (report(on=date(2024, 2, 29)),)}, date(2026, 2, 28), 1),
            ({"reports": (report(on=date(2025, 1, 1)),)}, date(2024, 12, 31), 1),
            ({"reports": (report(on=date(2025, 1, 1)), report(on=date(2023, 6, 1)))}, date(2025, 1, 1), 0),
        ],
    )
    def test_years_count_from_the_last_report_or_from_the_beginning(
        self, changes: dict[str, Any], today: date, years: int
    ) -> None:
        made = running(**changes)
        assert made.years_without_report(today) == years
        assert made.report_status(today) is list(ReportStatus)[years]

    def test_more_than_two_years_are_no_redder(self) -> None:
        assert running().report_status(date(2199, 12, 31)) is ReportStatus.RED

    def test_a_report_is_due_only_while_a_pledge_is_carried_out(self) -> None:
        today = date(2030, 1, 1)
        working = running(reports=(report(),)).start_work(at=later(2))
        assert {each.report_status(today) for each in (running(), working, working.suspend(at=later(3)))} == {
            ReportStatus.RED
        }
        over = (pledge(), pledge().reject(at=later(1)), running().withdraw(at=later(2)), working.complete(at=later(3)))
        assert {each.report_status(today) for each in over} == {None}
        assert running().report_status(date(2023, 4, 13)) is None

    def test_a_moment_is_no_day(self) -> None:
        assert refused(lambda: running().report_status(later(1))) == ("wrong-type", "/on")


EARLY, LATE = date(2023, 7, 1), date(2024, 1, 1)


class TestProgress:
    """A report may say how much is done; whether the time is over is another thing."""

    def test_it_is_taken_from_the_latest_report_with_a_percentage(self) -> None:
        made = running(
            reports=(
                report(on=date(2025, 1, 1), percent=60),
                report(on=date(2024, 1, 1), percent=30),
                report(on=date(2026, 1, 1), percent=None),
            )
        )
        days = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2027, 1, 1))
        assert [made.progress(day) for day in days] == [None, 30, 30, 60, 60]

    def test_of_several_reports_on_one_day_the_last_in_the_list_counts(self) -> None:
        new_year = date(2025, 1, 1)
        made = running(reports=(report(on=new_year, percent=80), report(on=new_year, percent=50)))
        assert made.progress(new_year) == 50

    @pytest.mark.parametrize(
        ("changes", "last"),
        [
            ({"end": date(2025, 12, 31)}, date(2025, 12, 31)),
            ({"end": date(2025, 12, 31), "targets": (target(due=date(2024, 1, 1)),)}, date(2025, 12, 31)),
            (
                {"targets": (target(due=date(2024, 1, 1)), target(due=None), target(due=date(2023, 7, 1)))},
                date(2024, 1, 1),
            ),
        ],
    )
    def test_it_is_overdue_from_the_day_after_the_last_one(self, changes: dict[str, Any], last: date) -> None:
        made = running(**changes)
        assert not made.is_overdue(last)
        assert made.is_overdue(last + timedelta(days=1))

    def test_without_an_end_or_when_it_is_over_it_is_never_overdue(self) -> None:
        late = date(2199, 12, 31)
        assert not running().is_overdue(late)
        assert not running(targets=(target(due=None),)).is_overdue(late)
        assert not running(end=date(2024, 1, 1)).withdraw(at=later(2)).is_overdue(late)
        assert not pledge(end=date(2024, 1, 1), targets=()).is_overdue(late)
