"""Pledges: who promises what to whom, by when, and the reports on it."""

from collections.abc import Iterator
from datetime import date, datetime
from operator import itemgetter
from typing import Annotated, ClassVar, Final, Self

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.pledge_parts import (
    PLEDGE_STATES,
    RUNNING,
    CountryShare,
    FocusArea,
    FocusAreaWord,
    PledgeKind,
    PledgeKindWord,
    PledgeScope,
    PledgeScopeWord,
    PledgeState,
    PledgeStateWord,
    Report,
    ReportStatus,
    Target,
    end_of_utc_day,
)
from wtisd_model.model.purging import without_personal_data
from wtisd_model.model.question import Answers
from wtisd_model.schema.fields import OFFICE, PERSONAL, Count, Either, Invariant, SetOf, SetOfEither, TupleOf
from wtisd_model.schema.json_values import JsonObject, json_object
from wtisd_model.schema.model import Model
from wtisd_model.types.country import CountryGroup, CountryGroupWord, any_in_group, parse_group
from wtisd_model.types.extensions import Extensions
from wtisd_model.types.identifiers import repeated_ids
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.lifecycle import History, Transition
from wtisd_model.types.moment import as_utc
from wtisd_model.types.money import Money
from wtisd_model.types.number import exact_sum
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import LINE, LONG, Goal, Identifier, Uid

_REPORT_STATUS_BY_YEARS: Final = tuple(ReportStatus)


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
    return repeated_ids("countries", (each.country for each in countries), "country", Code.COUNTRY_REPEATED)


def _shares_make_a_whole(countries: tuple[CountryShare, ...]) -> Iterator[Finding]:
    shares = [each.share for each in countries if each.share is not None]
    if shares and len(shares) != len(countries):
        index = next(index for index, each in enumerate(countries) if each.share is None)
        yield finding(Code.SHARES_INCOMPLETE, pointer("countries", index, "share"))
    elif shares and exact_sum(shares) != 100:  # noqa: PLR2004 - percent
        yield finding(Code.SHARES_NOT_WHOLE, "/countries")


def _pledger_is_no_partner(pledger: Organization, partners: tuple[Organization, ...]) -> Iterator[Finding]:
    for index, partner in enumerate(partners):
        if partner.name == pledger.name and partner.unit == pledger.unit:
            yield finding(Code.PARTNER_IS_PLEDGER, pointer("partners", index))


def _completed_has_a_report(state: PledgeState, reports: tuple[Report, ...]) -> Iterator[Finding]:
    if state is PledgeState.COMPLETED and not reports:
        yield finding(Code.REPORT_MISSING, "/reports")


@frozen(kw_only=True, eq=False, repr=False)
class Pledge(Model):
    """A pledge made at an event, or for it (IATI activity).

    Raises:
        InvalidValueError: the first field or cross-field rule that fails, with its code.
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
        PLEDGE_STATES.invariant("state"),
    )

    id: Annotated[Identifier, OFFICE]
    """An identifier that is unique among the pledges (IATI iati-identifier)."""
    event_uid: Uid | None = None
    """The uid of the event that it was made for."""
    title: Annotated[LocalizedText, LINE]
    """The title (IATI title)."""
    description: Annotated[LocalizedText, LONG] | None = None
    """A description of what is pledged (IATI description)."""
    pledger: Organization
    """The organization that pledges (IATI reporting-org)."""
    partners: tuple[Organization, ...] = field(default=(), converter=TupleOf[Organization])
    """The organizations that take part in it (IATI participating-org)."""
    contact: Contact | None = None
    """The person to contact (IATI contact-info)."""
    kind: PledgeKind = field(converter=Either[PledgeKind, PledgeKindWord])
    """The kind of pledge."""
    focus_areas: Annotated[frozenset[FocusArea], Count(minimum=1)] = field(
        converter=SetOfEither[FocusArea, FocusAreaWord]
    )
    """The focus areas."""
    pledged: Money | None = None
    """The amount pledged; None means unknown, not zero (IATI budget)."""
    amount_is_estimate: bool = False
    """True if the amount is an estimate."""
    start: date | None = None
    """The first day of the work (IATI activity-date)."""
    end: date | None = None
    """The last day of the work, included (IATI activity-date)."""
    scope: PledgeScope = field(converter=Either[PledgeScope, PledgeScopeWord])
    """The geographic scope (IATI activity-scope)."""
    countries: tuple[CountryShare, ...] = field(default=(), converter=TupleOf[CountryShare])
    """The countries that benefit, each at most once (IATI recipient-country)."""
    groups: frozenset[CountryGroup] = field(default=frozenset(), converter=SetOfEither[CountryGroup, CountryGroupWord])
    """The groups of countries that benefit."""
    goals: frozenset[Goal] = field(default=frozenset(), converter=SetOf[str])
    """The Sustainable Development Goals, or their targets, that it serves (IATI tag)."""
    targets: tuple[Target, ...] = field(default=(), converter=TupleOf[Target])
    """The measurable targets (IATI result)."""
    filed_by: Annotated[Contact | None, PERSONAL] = None
    """The focal point who filed it for the pledger."""
    submitted_at: Annotated[datetime, OFFICE] = field(converter=as_utc)
    """When it was submitted, in UTC."""
    state: Annotated[PledgeState, OFFICE] = field(
        default=PledgeState.SUBMITTED, converter=Either[PledgeState, PledgeStateWord]
    )
    """The current state (IATI activity-status)."""
    public: bool = False
    """True if it may be published."""
    history: Annotated[History, OFFICE] = field(default=(), converter=TupleOf[Transition])
    """The changes of its state."""
    reports: Annotated[tuple[Report, ...], OFFICE] = field(default=(), converter=TupleOf[Report])
    """The reports so far."""
    answers: Annotated[Answers, PERSONAL] = field(default=JsonObject(), converter=json_object)
    """The answers to the questions of the call, by the ids of the questions."""
    extensions: Annotated[Extensions, PERSONAL, OFFICE] = field(default=JsonObject(), converter=json_object)
    """Data of other programs, by names that begin with the domain of their owner."""

    def submit(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Submit a draft (``move-not-allowed``)."""
        return self._moved("submit", at, by, note)

    def publish(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Publish it in the list of pledges (``move-not-allowed``)."""
        return self._moved("publish", at, by, note)

    def reject(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Reject it (``move-not-allowed``)."""
        return self._moved("reject", at, by, note)

    def start_work(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the work has begun (``move-not-allowed``)."""
        return self._moved("start_work", at, by, note)

    def complete(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that it is fulfilled (``move-not-allowed``, ``report-missing``)."""
        return self._moved("complete", at, by, note)

    def suspend(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the work is suspended (``move-not-allowed``)."""
        return self._moved("suspend", at, by, note)

    def resume(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the work goes on, after a pause or because it was not complete (``move-not-allowed``)."""
        return self._moved("resume", at, by, note)

    def withdraw(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Withdraw it (``move-not-allowed``)."""
        return self._moved("withdraw", at, by, note)

    def return_to_draft(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Return it to the pledger, who may revise and submit it again (``move-not-allowed``)."""
        return self._moved("return_to_draft", at, by, note)

    def state_before(self, moment: datetime) -> PledgeState | None:
        """Return its state just before an aware moment; None if it had not been submitted by then."""
        if self.submitted_at >= moment:
            return None
        if not self.history or self.history[-1].at < moment:
            return self.state
        # The history is chronological: the first step not yet made started from the state at that time.
        return PledgeState(next(step.before for step in self.history if step.at >= moment))

    def targets_group(self, group: CountryGroup | str, on: date | None = None, *, as_last_known: bool = False) -> bool:
        """Return True if the pledge names the group, or a country that was in the group on a day.

        Args:
            group: ``ldc``, ``lldc`` or ``sids``.
            on: the day; by default the day of submission, in UTC, so that the result does not change when a country
                leaves the group later.
            as_last_known: take countries that may have left by that day for members.

        Raises:
            InvalidValueError: ``value-unknown`` for the group; if countries have to be looked up, ``wrong-type`` or
                ``date-unreadable`` for the day, ``group-unknown-on-date`` or ``group-member-doubtful``.
        """
        known = parse_group(group)
        if known in self.groups or not self.countries:
            return known in self.groups
        day, path = (self.submitted_at.date(), "/submittedAt") if on is None else (on, "/on")
        countries = (each.country for each in self.countries)
        return any_in_group(countries, known, day, path, as_last_known=as_last_known)

    def years_without_report(self, on: date) -> int | None:
        """Return the whole years since the last report, as of a day; None if no report is due.

        Reports are due while a pledge is published, in progress or suspended at the end of the day, in UTC. Until the
        first report, the years count from the submission, or from the start of the work if that is later. Reports
        after *on* are ignored.
        """
        if self.state_before(end_of_utc_day(on)) not in RUNNING:
            return None
        begun = self.submitted_at.date() if self.start is None else max(self.submitted_at.date(), self.start)
        since = max((report.on for report in self.reports if report.on <= on), default=begun)
        return max(0, on.year - since.year - ((on.month, on.day) < (since.month, since.day)))

    def report_status(self, on: date) -> ReportStatus | None:
        """Return how long ago it was last reported on, as of a day; None if no report is due.

        See `years_without_report` for what is counted.

        Source: the United Nations' registry of partnerships asks for a report each year; a year without one is yellow,
        two are red (sustainabledevelopment.un.org, 7 November 2018).
        """
        years = self.years_without_report(on)
        return None if years is None else _REPORT_STATUS_BY_YEARS[min(years, len(_REPORT_STATUS_BY_YEARS) - 1)]

    def progress(self, on: date) -> int | None:
        """Return the percentage fulfilled, as of a day; None if no report up to that day states one.

        It is taken from the latest report that states a percentage (of several on one day, the last in the list), never
        inferred from the state.
        """
        stated = [
            (report.on, report.percent) for report in self.reports if report.percent is not None and report.on <= on
        ]
        return None if not stated else max(reversed(stated), key=itemgetter(0))[1]

    def is_overdue(self, on: date) -> bool:
        """Return True if it should have been completed by a day and was not.

        That is, its end (or, if it has none, the last due date of its targets) is before that day, and it is still
        published, in progress or suspended at the end of that day, in UTC. Whether its targets were reached is not
        recorded, and not considered.
        """
        last = self.end or max((target.due for target in self.targets if target.due is not None), default=on)
        return last < on and self.state_before(end_of_utc_day(on)) in RUNNING

    def purged(self) -> Self:
        """Return it without contacts, answers, data of other programs, and the names and reasons in its history."""
        return evolve(self, contact=None, **without_personal_data(self))

    def _moved(self, verb: str, at: datetime, by: str | None, note: str | None) -> Self:
        state, history = PLEDGE_STATES.step(verb, self.state, self.history, path="/state", at=at, by=by, note=note)
        return evolve(self, state=state, history=history)
