"""A pledge: who promises what to whom, by when, and what came of it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from operator import itemgetter
from typing import Annotated, ClassVar, Final, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.schema.constraints import Date, DecimalNumber, Integer, as_utc
from wtisd_model.schema.fields import OFFICE, Count, Invariant
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import checked
from wtisd_model.types.country import CountryCode, CountryGroup, as_group, list_on, was_in
from wtisd_model.types.goal import Goal
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.lifecycle import History, Move, StateTable, Transition
from wtisd_model.types.money import Money
from wtisd_model.types.number import plain, total
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import LINE, LONG, Identifier, Name, Note, Uid


class PledgeKind(StrEnum):
    """What sort of promise it is, in the words of Partner2Connect."""

    ADVOCACY = "advocacy"
    FINANCIAL = "financial"
    OTHER = "other"
    POLICY = "policy"
    PROGRAMMATIC = "programmatic"


class FocusArea(StrEnum):
    """Where it acts, in the words of Partner2Connect."""

    ACCELERATE = "accelerate"
    ACCESS = "access"
    ADOPTION = "adoption"
    VALUE_CREATION = "value-creation"


class PledgeScope(StrEnum):
    """How far it reaches."""

    COUNTRIES = "countries"
    GLOBAL = "global"
    REGIONAL = "regional"


class PledgeState(StrEnum):
    """How far a pledge has come (IATI activity status)."""

    COMPLETED = "completed"
    DRAFT = "draft"
    IN_PROGRESS = "in-progress"
    PUBLISHED = "published"
    REJECTED = "rejected"
    SUBMITTED = "submitted"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class ReportStatus(StrEnum):
    """How long ago a pledge was last reported on, as the United Nations' registry of partnerships colours it."""

    GREEN = "green"
    """Less than a year."""
    YELLOW = "yellow"
    """A year or more."""
    RED = "red"
    """Two years or more."""


_DRAFT, _SUBMITTED, _PUBLISHED = PledgeState.DRAFT, PledgeState.SUBMITTED, PledgeState.PUBLISHED
_IN_PROGRESS, _SUSPENDED = PledgeState.IN_PROGRESS, PledgeState.SUSPENDED

PLEDGING: StateTable[PledgeState] = StateTable(
    first=frozenset({_DRAFT, _SUBMITTED}),
    moves=(
        Move("submit", frozenset({_DRAFT}), _SUBMITTED),
        Move("publish", frozenset({_SUBMITTED}), _PUBLISHED),
        Move("reject", frozenset({_SUBMITTED}), PledgeState.REJECTED),
        Move("start_work", frozenset({_PUBLISHED}), _IN_PROGRESS),
        Move("complete", frozenset({_IN_PROGRESS}), PledgeState.COMPLETED),
        Move("suspend", frozenset({_IN_PROGRESS}), _SUSPENDED),
        Move("resume", frozenset({_SUSPENDED}), _IN_PROGRESS),
        Move("withdraw", frozenset({_PUBLISHED, _IN_PROGRESS, _SUSPENDED}), PledgeState.WITHDRAWN),
    ),
)
"""The states of a pledge."""

RUNNING: Final = frozenset({_PUBLISHED, _IN_PROGRESS, _SUSPENDED})
"""The states in which a pledge is still to be kept, and to be reported on."""

_COLORS: Final = tuple(ReportStatus)
"""By the number of whole years."""


def end_of(day: date) -> datetime:
    """Give the first moment after a day, in UTC.

    Raises:
        InvalidValueError: ``wrong-type`` or ``date-unreadable`` at ``/on``.
    """
    checked(day, Date(), "/on")
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)


@frozen(kw_only=True, eq=False, repr=False)
class CountryShare(Model):
    """A country that a pledge is for, and its part of it."""

    country: CountryCode
    """The country (ISO 3166-1 alpha-2; IATI recipient-country)."""
    share: Annotated[Decimal, DecimalNumber(0, 100, digits=3, places=4)] | None = field(default=None, converter=plain)
    """Its part in percent; where several countries have one, they add up to 100 (IATI percentage)."""


@frozen(kw_only=True, eq=False, repr=False)
class Target(Model):
    """What is to be reached, in a form that can be measured (IATI indicator)."""

    text: Annotated[LocalizedText, LINE]
    """What is to be reached."""
    number: Annotated[Decimal, DecimalNumber(0, 10**15, digits=15, places=4)] | None = field(
        default=None, converter=plain
    )
    """How much of it."""
    unit: Name | None = None
    """Of what the number counts: schools, persons, kilometres."""
    due: date | None = None
    """By which day, included."""


@frozen(kw_only=True, eq=False, repr=False)
class Report(Model):
    """What was done by a day (IATI result)."""

    on: date
    """The day that it speaks of."""
    percent: Annotated[int, Integer(0, 100)] | None = None
    """How much of the pledge is done, in percent."""
    disbursed: Money | None = None
    """What has been paid so far (IATI transaction)."""
    note: Note | None = None
    """What was done, in words."""


def _financial_has_an_amount(kind: PledgeKind, pledged: Money | None) -> Iterator[Finding]:
    if kind is PledgeKind.FINANCIAL and pledged is None:
        yield finding(Code.AMOUNT_MISSING, "/pledged")
    if pledged is not None and not pledged.amount:
        yield finding(Code.AMOUNT_ZERO, "/pledged/amount")


def _period_has_an_order(start: date | None, end: date | None) -> Iterator[Finding]:
    if start is not None and end is not None and end < start:
        yield finding(Code.PERIOD_ENDS_BEFORE_START, "/end")


def _reports_after_the_start(start: date | None, reports: tuple[Report, ...]) -> Iterator[Finding]:
    for index, report in enumerate(reports):
        if start is not None and report.on < start:
            yield finding(Code.REPORT_BEFORE_START, pointer("reports", index, "on"))


def _targets_inside_the_period(start: date | None, end: date | None, targets: tuple[Target, ...]) -> Iterator[Finding]:
    for index, target in enumerate(targets):
        due = target.due
        if due is not None and ((start is not None and due < start) or (end is not None and due > end)):
            yield finding(Code.TARGET_OUTSIDE_PERIOD, pointer("targets", index, "due"))


def _scope_names_a_country(scope: PledgeScope, countries: tuple[CountryShare, ...]) -> Iterator[Finding]:
    if scope is PledgeScope.COUNTRIES and not countries:
        yield finding(Code.SCOPE_WITHOUT_COUNTRY, "/countries")


def _countries_come_once(countries: tuple[CountryShare, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, each in enumerate(countries):
        if each.country in seen:
            yield finding(Code.COUNTRY_REPEATED, pointer("countries", index, "country"))
        seen.add(each.country)


_WHOLE = 100
"""Percent."""


def _shares_make_a_whole(countries: tuple[CountryShare, ...]) -> Iterator[Finding]:
    shares = [each.share for each in countries if each.share is not None]
    if shares and len(shares) != len(countries):
        index = next(index for index, each in enumerate(countries) if each.share is None)
        yield finding(Code.SHARES_INCOMPLETE, pointer("countries", index, "share"))
    elif shares and total(shares) != _WHOLE:
        yield finding(Code.SHARES_NOT_WHOLE, "/countries")


def _pledger_is_no_partner(pledger: Organization, partners: tuple[Organization, ...]) -> Iterator[Finding]:
    for index, partner in enumerate(partners):
        if partner.name == pledger.name and partner.unit == pledger.unit:
            yield finding(Code.PARTNER_IS_PLEDGER, pointer("partners", index))


def _completed_has_a_report(state: PledgeState, reports: tuple[Report, ...]) -> Iterator[Finding]:
    if state is PledgeState.COMPLETED and not reports:
        yield finding(Code.REPORT_MISSING, "/reports")


def _history_ends_in_state(state: PledgeState, history: tuple[Transition, ...]) -> Iterable[Finding]:
    return PLEDGING.wrong("state", state, history)


@frozen(kw_only=True, eq=False, repr=False)
class Pledge(Model):
    """A promise made at an event, or for it (IATI activity).

    Raises:
        InvalidValueError: the first field or rule between fields that is not kept, by its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _financial_has_an_amount,
        _period_has_an_order,
        _reports_after_the_start,
        _targets_inside_the_period,
        _scope_names_a_country,
        _countries_come_once,
        _shares_make_a_whole,
        _pledger_is_no_partner,
        _completed_has_a_report,
        _history_ends_in_state,
    )

    id: Annotated[Identifier, OFFICE]
    """What tells it from other pledges (IATI iati-identifier)."""
    event_uid: Uid | None = None
    """The uid of the event that it was made for."""
    title: Annotated[LocalizedText, LINE]
    """What it is called (IATI title)."""
    description: Annotated[LocalizedText, LONG] | None = None
    """What is promised (IATI description)."""
    pledger: Organization
    """Who promises (IATI reporting-org)."""
    partners: tuple[Organization, ...] = ()
    """Who joins in (IATI participating-org)."""
    contact: Contact | None = None
    """Whom to ask (IATI contact-info)."""
    kind: PledgeKind
    """What sort of promise it is."""
    focus_areas: Annotated[frozenset[FocusArea], Count(minimum=1)]
    """Where it acts."""
    pledged: Money | None = None
    """How much is promised; None is not known, which is not zero (IATI budget)."""
    amount_is_estimate: bool = False
    """The amount is an estimate."""
    start: date | None = None
    """The first day of the work (IATI activity-date)."""
    end: date | None = None
    """The last day of the work, included (IATI activity-date)."""
    scope: PledgeScope
    """How far it reaches (IATI activity-scope)."""
    countries: tuple[CountryShare, ...] = ()
    """The countries that it is for, each once (IATI recipient-country)."""
    groups: frozenset[CountryGroup] = frozenset()
    """The groups of countries that it is meant for."""
    goals: frozenset[Goal] = frozenset()
    """The Sustainable Development Goals, or targets of them, that it serves (IATI tag)."""
    targets: tuple[Target, ...] = ()
    """What is to be reached (IATI result)."""
    submitted_at: Annotated[datetime, OFFICE] = field(converter=as_utc)
    """When it came in, in UTC."""
    state: Annotated[PledgeState, OFFICE] = PledgeState.SUBMITTED
    """How far it has come (IATI activity-status)."""
    public: bool = False
    """It may be shown to everyone."""
    history: Annotated[History, OFFICE] = ()
    """Its moves from state to state."""
    reports: Annotated[tuple[Report, ...], OFFICE] = ()
    """What has been done so far."""

    def submit(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Hand a draft in (``move-not-allowed``)."""
        return self._moved("submit", at, by, note)

    def publish(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take it into the list of pledges (``move-not-allowed``)."""
        return self._moved("publish", at, by, note)

    def reject(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Refuse it (``move-not-allowed``)."""
        return self._moved("reject", at, by, note)

    def start_work(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the work has begun (``move-not-allowed``)."""
        return self._moved("start_work", at, by, note)

    def complete(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that it is fulfilled (``move-not-allowed``, ``report-missing``)."""
        return self._moved("complete", at, by, note)

    def suspend(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the work rests (``move-not-allowed``)."""
        return self._moved("suspend", at, by, note)

    def resume(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the work goes on (``move-not-allowed``)."""
        return self._moved("resume", at, by, note)

    def withdraw(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take it back (``move-not-allowed``)."""
        return self._moved("withdraw", at, by, note)

    def state_before(self, moment: datetime) -> PledgeState | None:
        """Tell the state that it was in just before a moment, aware; None where it had not come in by then."""
        if self.submitted_at >= moment:
            return None
        if not self.history or self.history[-1].at < moment:
            return self.state
        # The steps are in the order of time: the first one that was still to come left the state it was in.
        return PledgeState(next(step.before for step in self.history if step.at >= moment))

    def targets_group(self, group: CountryGroup | str, on: date | None = None) -> bool:
        """Tell whether it is for a group of countries: it says so, or names a country that was in the group on a day.

        Args:
            group: ``ldc``, ``lldc`` or ``sids``.
            on: the day; otherwise that on which it came in, in UTC, so that nothing changes for a pledge when a
                country leaves the group later.

        Raises:
            InvalidValueError: ``value-unknown`` for the group; where countries are to be looked up, ``wrong-type`` or
                ``date-unreadable`` for the day, or ``group-unknown-on-date``.
        """
        known = as_group(group)
        if known in self.groups or not self.countries:
            return known in self.groups
        day, path = (self.submitted_at.date(), "/submittedAt") if on is None else (on, "/on")
        listed = list_on(known, day, path)
        return any(was_in(listed, each.country, day) for each in self.countries)

    def years_without_report(self, on: date) -> int | None:
        """Count the whole years since the last report, as on a day; None where no report is due on it.

        Reports are due from a pledge that is published, in progress or suspended at the end of the day, in UTC. Before
        the first one the years count from the day on which it came in, or from its start where that is later. A
        report of a later day than *on* was not there yet.
        """
        if self.state_before(end_of(on)) not in RUNNING:
            return None
        begun = self.submitted_at.date() if self.start is None else max(self.submitted_at.date(), self.start)
        since = max((report.on for report in self.reports if report.on <= on), default=begun)
        return max(0, on.year - since.year - ((on.month, on.day) < (since.month, since.day)))

    def report_status(self, on: date) -> ReportStatus | None:
        """Tell how long ago it was last reported on, as on a day; None where no report is due on it.

        For what is counted see `years_without_report`.

        Source: the United Nations' registry of partnerships asks for a report each year; a year without one is yellow,
        two are red (sustainabledevelopment.un.org, 7 November 2018).
        """
        years = self.years_without_report(on)
        return None if years is None else _COLORS[min(years, len(_COLORS) - 1)]

    def progress(self, on: date) -> int | None:
        """Tell how much of it was done, in percent, as on a day; None where no report up to it says how much.

        It is what the latest report says that says it; nothing is concluded from a state.
        """
        said = [
            (report.on, report.percent) for report in self.reports if report.percent is not None and report.on <= on
        ]
        return None if not said else max(said, key=itemgetter(0))[1]

    def is_overdue(self, on: date) -> bool:
        """Tell whether it should be done on a day and is not.

        Its end is before that day, or where it has none the last day of its targets; and it is published, in progress
        or suspended at the end of that day, in UTC. Whether targets were reached, nobody has recorded.
        """
        last = self.end or max((target.due for target in self.targets if target.due is not None), default=on)
        return last < on and self.state_before(end_of(on)) in RUNNING

    def _moved(self, verb: str, at: datetime, by: str | None, note: str | None) -> Self:
        state, history = PLEDGING.step(verb, self.state, self.history, path="/state", at=at, by=by, note=note)
        return evolve(self, state=state, history=history)
