"""What is wrong with a pledge beside its event, and with pledges beside each other."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.pledge import Pledge, PledgeState, Target
from wtisd_model.rules.deadlines import Terms
from wtisd_model.rules.references import ids_are_apart, names_this_event
from wtisd_model.types.money import Money

# Days begin first where clocks are 14 hours ahead of UTC, as in Kiribati (tz database, Pacific/Kiritimati).
_FIRST_CLOCKS: Final = timedelta(hours=14)

_OVER: Final = {PledgeState.COMPLETED, PledgeState.REJECTED, PledgeState.WITHDRAWN}


def judge_pledge(terms: Terms, pledge: Pledge, now: datetime) -> Iterator[Finding]:
    """Judge one pledge against the terms of its event and the present moment, in UTC; paths begin at the pledge."""
    yield from names_this_event(terms, pledge.event_uid)
    yield from _can_be_measured(pledge)
    yield from _reports_are_sound(pledge, (now + _FIRST_CLOCKS).date())
    yield from _is_reported_on(pledge, now.date())


def pledges_keep_terms(dossier: Dossier, now: datetime) -> Iterator[Finding]:
    """S04, P03, P07, P08, P10: each pledge is for this event, can be measured, and is reported on each year."""
    terms = Terms.of(dossier.event)
    for index, pledge in enumerate(dossier.pledges):
        for found in judge_pledge(terms, pledge, now):
            yield found.prefixed(pointer("pledges", index))


def pledge_ids_are_apart(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """No two pledges have one id."""
    return ids_are_apart("pledges", dossier.pledges)


def _can_be_measured(pledge: Pledge) -> Iterator[Finding]:
    """P07: some target says how much of what by when, as long as that can still be mended."""
    if pledge.state not in _OVER and not any(map(_is_measurable, pledge.targets)):
        yield finding(Code.MEASURABLE_TARGET_MISSING, "/targets")


def _is_measurable(target: Target) -> bool:
    return target.number is not None and target.unit is not None and target.due is not None


def _reports_are_sound(pledge: Pledge, last_day: date) -> Iterator[Finding]:
    """P03: no report is of a day that has not begun anywhere. P08: one of more than was pledged may be a slip."""
    for index, report in enumerate(pledge.reports):
        if report.on > last_day:
            yield finding(Code.REPORT_IN_FUTURE, pointer("reports", index, "on"))
        if _is_more(report.disbursed, pledge.pledged):
            yield finding(Code.DISBURSED_ABOVE_PLEDGED, pointer("reports", index, "disbursed", "amount"))


def _is_more(paid: Money | None, pledged: Money | None) -> bool:
    """Tell whether one sum is greater than another; what is in two currencies is not compared."""
    if paid is None or pledged is None:
        return False
    return paid.currency == pledged.currency and paid.amount > pledged.amount


def _is_reported_on(pledge: Pledge, today: date) -> Iterator[Finding]:
    """P10: a year without a report is yellow, two are red."""
    years = pledge.years_without_report(today)
    if years:
        yield finding(Code.REPORT_OVERDUE, "/reports", years=years, status=str(pledge.report_status(today)))
