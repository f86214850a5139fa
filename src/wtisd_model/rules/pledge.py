"""Rules about pledges: whether they can be measured, and whether they are reported on."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.data.currencies import LAST_DAYS
from wtisd_model.data.goals import TARGETS
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.pledge_parts import PledgeState
from wtisd_model.rules.context import Context
from wtisd_model.rules.identity import is_same_organization
from wtisd_model.rules.submission import outside_window, rule_for
from wtisd_model.types.language import TagSet

# A day begins first at 14 hours ahead of UTC, as in Kiribati (tz database, Pacific/Kiritimati).
_FIRST_OFFSET: Final = timedelta(hours=14)

_OVER: Final = {PledgeState.COMPLETED, PledgeState.REJECTED, PledgeState.WITHDRAWN}


@rule_for(Pledge)
def pledges_are_in_the_window(context: Context, pledge: Pledge) -> Iterator[Finding]:
    """A pledge comes while the call for pledges is open, which may outlive the event."""
    yield from outside_window(context, pledge)


@rule_for(Pledge)
def pledges_can_be_read(context: Context, pledge: Pledge) -> Iterator[Finding]:
    """The title is in one of the languages of the call, if it names any; a longer or shorter tag is the same."""
    call = context.dossier.event.call(CallKind.PLEDGE)
    if call is None or not call.languages or pledge.state in _OVER:
        return
    offered, languages = TagSet(call.languages), {pledge.title.language, *pledge.title.translations}
    if not any(tag in offered for tag in languages):
        choices = ", ".join(call.languages)
        yield finding(Code.LANGUAGE_NOT_OFFERED, "/title", unknown=len(languages), choices=choices)


@rule_for(Pledge)
def partners_are_others(_context: Context, pledge: Pledge) -> Iterator[Finding]:
    """Nobody is a partner in their own pledge, whatever the language of the name; see `is_same_organization`."""
    for index, partner in enumerate(pledge.partners):
        if is_same_organization(pledge.pledger, partner):
            yield finding(Code.PARTNER_IS_PLEDGER, pointer("partners", index))


@rule_for(Pledge)
def currencies_are_in_use(_context: Context, pledge: Pledge) -> Iterator[Finding]:
    """A pledge or a payment is in a currency that had not been withdrawn by then.

    A report may use the currency of its pledge for ever, so that the two can be compared.
    """
    amounts = {"/pledged": (pledge.pledged, pledge.submitted_at.date())}
    for index, report in enumerate(pledge.reports):
        paid = report.disbursed
        if paid is not None and (pledge.pledged is None or paid.currency != pledge.pledged.currency):
            amounts[pointer("reports", index, "disbursed")] = paid, report.on
    for path, (amount, day) in amounts.items():
        last = None if amount is None else LAST_DAYS.get(amount.currency)
        if last is not None and day > last:
            yield finding(Code.CURRENCY_WITHDRAWN, f"{path}/currency", last=last.isoformat())


@rule_for(Pledge)
def pledges_are_measurable(_context: Context, pledge: Pledge) -> Iterator[Finding]:
    """P07: a pledge that can still be edited has at least one target with number, unit and due date."""
    if pledge.state not in _OVER and not any(
        target.number is not None and target.unit is not None and target.due is not None for target in pledge.targets
    ):
        yield finding(Code.MEASURABLE_TARGET_MISSING, "/targets")


@rule_for(Pledge)
def reports_are_plausible(context: Context, pledge: Pledge) -> Iterator[Finding]:
    """P03: no report is about a future day. P08: a report of a larger amount than was pledged may be a mistake.

    A day is in the future until it has begun somewhere on Earth. Amounts in different currencies are not compared.
    """
    last_day = (context.now + _FIRST_OFFSET).date()
    pledged = pledge.pledged
    for index, report in enumerate(pledge.reports):
        if report.on > last_day:
            yield finding(Code.REPORT_IN_FUTURE, pointer("reports", index, "on"))
        paid = report.disbursed
        if paid is None or pledged is None or paid.currency != pledged.currency:
            continue
        if paid.amount > pledged.amount:
            yield finding(Code.DISBURSED_ABOVE_PLEDGED, pointer("reports", index, "disbursed", "amount"))


@rule_for(Pledge)
def pledges_are_reported_on(context: Context, pledge: Pledge) -> Iterator[Finding]:
    """P10: a year without a report is yellow, two are red."""
    today = context.now.date()
    years = pledge.years_without_report(today)
    if years:
        yield finding(Code.REPORT_OVERDUE, "/reports", years=years, status=str(pledge.report_status(today)))


def targets_of_events_exist(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """The targets that the event serves are among the 169 of the 2030 Agenda."""
    for found in _unknown_targets(dossier.event.goals):
        yield found.prefixed("/event")


@rule_for(Pledge)
def targets_of_pledges_exist(_context: Context, pledge: Pledge) -> Iterator[Finding]:
    """The targets that a pledge serves are among the 169 of the 2030 Agenda."""
    yield from _unknown_targets(pledge.goals)


def _unknown_targets(goals: Iterable[str]) -> Iterator[Finding]:
    """Yield one finding for each goal that has not all these targets, since a set has no index."""
    unknown = [goal for goal in goals if "." in goal and goal not in TARGETS[goal.partition(".")[0]]]
    for goal in sorted({target.partition(".")[0] for target in unknown}, key=int):
        yield finding(Code.GOAL_TARGET_UNKNOWN, "/goals", goal=goal, choices=", ".join(TARGETS[goal]))
