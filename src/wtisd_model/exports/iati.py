"""Pledges as activities of the International Aid Transparency Initiative: XML by its standard, version 2.03.

The numbers are codes of the code lists of the standard. A pledge is a transaction of the type "outgoing pledge", not a
commitment, which IATI defines as a firm obligation.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.errors import ExportError, InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.locales import DEFAULT_LANGUAGE, locale_for
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.pledge_parts import PledgeScope, PledgeState, Report, Target, end_of_utc_day
from wtisd_model.programme.format import Format, listed
from wtisd_model.rules.identity import names_of
from wtisd_model.schema.constraints import Timestamp
from wtisd_model.types.arguments import parse_enum, require_instance, require_records, require_valid
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.number import exact_sum, split_by_shares
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.text import IDENTIFIER

FORMAT: Final = Format(
    name="iati",
    media_type="application/xml",
    extension=".xml",
    as_text=listed(Target="number unit"),
    not_carried=listed(
        Pledge="amount_is_estimate answers contact event_uid extensions filed_by",
        Organization="acronym country email identifier membership unit",
        Transition="by note reason",
    ),
)
"""What is written of a public pledge without *personal*."""

ORGANIZATION_TYPES: Final = frozenset(
    {"10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90"}
)
"""The code list OrganisationType: 10 is a government, 21 an international NGO, 40 a multilateral organization."""

_STATUS: Final = {
    PledgeState.PUBLISHED: "1",
    PledgeState.IN_PROGRESS: "2",
    PledgeState.COMPLETED: "4",
    PledgeState.SUSPENDED: "6",
}
"""ActivityStatus of the states in which a pledge is written: pipeline, implementation, closed, suspended."""

_PLANNED_START, _ACTUAL_START, _PLANNED_END, _ACTUAL_END = "1", "2", "3", "4"  # ActivityDateType
_FUNDING, _ACCOUNTABLE, _IMPLEMENTING = "1", "2", "4"  # OrganisationRole
_SCOPE: Final = {PledgeScope.GLOBAL: "1", PledgeScope.REGIONAL: "2"}  # ActivityScope
_MULTI_NATIONAL, _NATIONAL = "3", "4"
_DISBURSEMENT, _OUTGOING_PLEDGE = "3", "12"  # TransactionType
_SDG_GOAL, _SDG_TARGET, _OWN = "2", "3", "99"  # TagVocabulary
_UNIT, _PERCENTAGE, _QUALITATIVE = "1", "2", "5"  # IndicatorMeasure
_OTHER_RESULT = "9"  # ResultType
_UNSPECIFIED_REGION = "998"  # Region of OECD DAC: developing countries, unspecified
_ICT = "22040"  # Sector of OECD DAC: information and communication technology
_LONGEST_BUDGET: Final = timedelta(days=365)

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_SECTOR: Final = re.compile(r"[0-9]{5}")
# XML 1.0 section 2.2: what is no character of a document.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PROGRESS: Final = LocalizedText("Fulfilment of the pledge", "en")
_SUBMITTED: Final = LocalizedText("The day of submission; no start is stated.", "en")


def to_iati(
    pledges: Iterable[Pledge],
    *,
    reporting_organization: Organization,
    reference: str,
    organization_type: str,
    stamped: datetime,
    sector: str = _ICT,
    equal_shares: bool = False,
    personal: bool = False,
) -> bytes:
    """Encode public pledges as a file of IATI activities, as of the end of the day on which it is generated, in UTC.

    A pledge is written if it is ``public`` and was published, in progress, suspended or completed by then; all others
    are left out. Each amount is a transaction of the type "outgoing pledge", so those of a currency add up to what
    `totals` says of the same pledges on that day; what reports say was paid is in disbursements.

    Args:
        pledges: such as ``dossier.pledges``.
        reporting_organization: the organization that publishes the file.
        reference: its IATI organization identifier, such as ``XM-DAC-00000``; identifiers of activities begin with it.
        organization_type: its code in IATI's list of organization types: ``40`` for a multilateral organization.
        stamped: the moment of this export, aware.
        sector: the purpose code of OECD DAC, of five digits; by default that of information and communication
            technology, to which the focus areas of pledges belong.
        equal_shares: whether to write equal percentages for the countries of a pledge that states no shares. IATI
            requires percentages for several countries.
        personal: whether to include the contact of a pledge.

    Returns:
        UTF-8, in the order of *pledges*.

    Raises:
        ExportError: ``public-pledge-missing`` if none is written, since a file has at least one activity;
            ``id-repeated``; ``shares-missing`` for several countries without shares, unless *equal_shares*;
            ``text-control`` for characters that XML does not allow.
        InvalidValueError: ``id-malformed`` for *reference*; ``value-unknown`` for *organization_type*;
            ``text-malformed`` for *sector*; ``moment-naive`` or ``wrong-type`` for *stamped*.
        TypeError: *pledges* is not an iterable of pledges, or *reporting_organization* is not an Organization.

    Source: IATI standard 2.03, activity schema and rulesets.
    """
    require_instance(reporting_organization, Organization, "reporting_organization must be an Organization.")
    parse_enum(sorted(ORGANIZATION_TYPES), organization_type, "/organization_type")
    if not _SECTOR.fullmatch(sector):
        raise InvalidValueError(finding(Code.TEXT_MALFORMED, "/sector", form="digits-5"))
    moment = require_valid(stamped, Timestamp(), "/stamped").astimezone(UTC)
    writer = _Writer(
        reporter=reporting_organization,
        reference=require_valid(reference, IDENTIFIER, "/reference"),
        reporter_type=organization_type,
        sector=sector,
        until=end_of_utc_day(moment.date()),
        equal_shares=equal_shares,
        personal=personal,
    )
    root = Element("iati-activities", {"version": "2.03", "generated-datetime": f"{moment:%Y-%m-%dT%H:%M:%SZ}"})
    for activity in writer.activities(pledges):
        root.append(activity)  # extend() would hide an error of ours behind its own
    if not len(root):
        raise ExportError(finding(Code.PUBLIC_PLEDGE_MISSING, "/pledges"))
    written = tostring(root, encoding="unicode")
    if _NOT_XML.search(written):
        raise ExportError(finding(Code.TEXT_CONTROL))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written.encode()


@frozen(kw_only=True)
class _Writer:
    """A writer of the activities of a file."""

    reporter: Organization
    reference: str
    reporter_type: str
    sector: str
    until: datetime
    """The end of the day of the file; what happened later is left out."""
    equal_shares: bool
    personal: bool

    def activities(self, pledges: Iterable[Pledge]) -> Iterator[Element]:
        """Yield the activity of each pledge that is public."""
        ids: set[str] = set()
        for index, pledge in enumerate(require_records(pledges, Pledge, "pledges")):
            state = pledge.state_before(self.until)
            status = None if state is None else _STATUS.get(state)
            if status is None or not pledge.public:
                continue
            if pledge.id in ids:
                raise ExportError(finding(Code.ID_REPEATED, pointer("pledges", index, "id")))
            ids.add(pledge.id)
            if len(pledge.countries) > 1 and pledge.countries[0].share is None and not self.equal_shares:
                raise ExportError(finding(Code.SHARES_MISSING, pointer("pledges", index, "countries")))
            yield self._activity(pledge, status)

    def _activity(self, pledge: Pledge, status: str) -> Element:
        """Return an activity, with its elements in the order of the schema."""
        # Notes, units and contacts do not state their language; they are taken to be in that of the title.
        activity = Element("iati-activity", {_LANG: pledge.title.language})
        _child(activity, "iati-identifier").text = f"{self.reference}-{pledge.id}"
        self._write_reporter(activity, pledge)
        _narratives(_child(activity, "title"), pledge.title)
        if pledge.description is None:  # the schema requires one
            _narratives(_child(activity, "description"), pledge.title)
        else:
            _narratives(_child(activity, "description", type="1"), pledge.description)
        pledger_role = _ACCOUNTABLE if pledge.pledged is None else _FUNDING
        _narratives(_child(activity, "participating-org", role=pledger_role), pledge.pledger.name)
        for partner in pledge.partners:
            _narratives(_child(activity, "participating-org", role=_IMPLEMENTING), partner.name)
        _child(activity, "activity-status", code=status)
        self._write_dates(activity, pledge)
        if self.personal and pledge.contact is not None:
            _write_contact(activity, pledge.contact)
        _write_places(activity, pledge)
        _child(activity, "sector", vocabulary="1", code=self.sector)
        _write_tags(activity, pledge)
        reports = [report for report in pledge.reports if end_of_utc_day(report.on) <= self.until]
        _write_money(activity, pledge, reports)
        for target in pledge.targets:
            _write_target(activity, target, _planned_start(pledge))
        if reports:
            _write_progress(activity, reports, _planned_start(pledge))
        return activity

    def _write_reporter(self, activity: Element, pledge: Pledge) -> None:
        names = names_of(self.reporter.name)
        takes_part = any(
            not names.isdisjoint(names_of(organization.name)) for organization in (pledge.pledger, *pledge.partners)
        )
        attributes = {"ref": self.reference, "type": self.reporter_type}
        reporter = _child(activity, "reporting-org", **attributes, **{"secondary-reporter": "0" if takes_part else "1"})
        _narratives(reporter, self.reporter.name)

    def _write_dates(self, activity: Element, pledge: Pledge) -> None:
        steps = [step for step in pledge.history if step.at < self.until]
        starts = [step.at.date() for step in steps if step.after == PledgeState.IN_PROGRESS]
        planned = _dated(activity, "activity-date", _planned_start(pledge), type=_PLANNED_START)
        if pledge.start is None:
            _narratives(planned, _SUBMITTED)
        if starts:
            _dated(activity, "activity-date", starts[0], type=_ACTUAL_START)
        if pledge.end is not None:
            _dated(activity, "activity-date", pledge.end, type=_PLANNED_END)
        if steps and steps[-1].after == PledgeState.COMPLETED:
            _dated(activity, "activity-date", steps[-1].at.date(), type=_ACTUAL_END)


def _planned_start(pledge: Pledge) -> date:
    """Return the first day of the work or, if none is stated, the day of submission, but no day after the end."""
    submitted = pledge.submitted_at.date()
    return pledge.start or (submitted if pledge.end is None else min(submitted, pledge.end))


def _write_contact(activity: Element, contact: Contact) -> None:
    info = _child(activity, "contact-info")
    for tag, text in (
        ("organisation", contact.organization),
        ("person-name", contact.name),
        ("job-title", contact.job_title),
    ):
        if text is not None:
            _child(_child(info, tag), "narrative").text = text
    for tag, text in (("telephone", contact.phone), ("email", contact.email)):
        if text is not None:
            _child(info, tag).text = text


def _write_places(activity: Element, pledge: Pledge) -> None:
    countries = pledge.countries
    by_number = _NATIONAL if len(countries) == 1 else _MULTI_NATIONAL
    _child(activity, "activity-scope", code=_SCOPE.get(pledge.scope, by_number))
    if not countries:  # the rulesets require a country or a region
        _child(activity, "recipient-region", vocabulary="1", code=_UNSPECIFIED_REGION)
    equal = split_by_shares(10_000, [1] * len(countries)) if len(countries) > 1 else ()
    for index, part in enumerate(countries):
        recipient = _child(activity, "recipient-country", code=part.country)
        if part.share is not None:
            recipient.set("percentage", f"{part.share:f}")
        elif equal:
            recipient.set("percentage", f"{equal[index] // 100}.{equal[index] % 100:02}")


def _write_tags(activity: Element, pledge: Pledge) -> None:
    labels = locale_for(DEFAULT_LANGUAGE).choices
    for goal in sorted(pledge.goals):
        _child(activity, "tag", vocabulary=_SDG_TARGET if "." in goal else _SDG_GOAL, code=goal)
    for field, words in (("kind", (pledge.kind,)), ("focusAreas", pledge.focus_areas), ("groups", pledge.groups)):
        for word in sorted(words):
            label = LocalizedText(labels[field][word], DEFAULT_LANGUAGE)
            _narratives(_child(activity, "tag", vocabulary=_OWN, code=str(word)), label)


def _write_money(activity: Element, pledge: Pledge, reports: Iterable[Report]) -> None:
    day, pledged = pledge.submitted_at.date(), pledge.pledged
    if pledged is not None:
        if pledge.start is not None and pledge.end is not None and pledge.end - pledge.start <= _LONGEST_BUDGET:
            budget = _child(activity, "budget", type="1", status="1")  # original, indicative
            _write_period(budget, pledge.start, pledge.end)
            _write_value(budget, pledged.amount, pledged.currency, day)
        _write_transaction(activity, _OUTGOING_PLEDGE, pledged.amount, pledged.currency, day)
    for on, amount, currency in _disbursements(reports):
        _write_transaction(activity, _DISBURSEMENT, amount, currency, on)


def _disbursements(reports: Iterable[Report]) -> Iterator[tuple[date, Decimal, str]]:
    """Yield the date, amount and currency by which each report exceeds the one before.

    A report states the sum so far; if a later one states less, the amount is negative. Reports in another currency than
    that of the last one are left out.
    """
    paid = [(report.on, report.disbursed) for report in reports if report.disbursed is not None]
    paid.sort(key=itemgetter(0))
    before = Decimal(0)
    for on, money in paid:
        if money.currency == paid[-1][1].currency:
            yield on, exact_sum((money.amount, before.copy_negate())), money.currency
            before = money.amount


def _write_transaction(activity: Element, code: str, amount: Decimal, currency: str, on: date) -> None:
    transaction = _child(activity, "transaction")
    _child(transaction, "transaction-type", code=code)
    _dated(transaction, "transaction-date", on)
    _write_value(transaction, amount, currency, on)


def _write_target(activity: Element, target: Target, start: date) -> None:
    measure = _QUALITATIVE if target.number is None else _UNIT
    indicator = _indicator(_result(activity, target.text), target.text, measure)
    number = None if target.number is None else f"{target.number:f}"
    if words := [word for word in (number, target.unit) if word is not None]:
        _child(_child(indicator, "description"), "narrative").text = " ".join(words)
    if target.due is not None:
        period = _child(indicator, "period")
        _write_period(period, min(start, target.due), target.due)
        _child(period, "target", **({} if number is None else {"value": number}))


def _write_progress(activity: Element, reports: Sequence[Report], start: date) -> None:
    result = _result(activity, _PROGRESS)
    by_measure = {
        _PERCENTAGE: [report for report in reports if report.percent is not None],
        _QUALITATIVE: [report for report in reports if report.percent is None],
    }
    for measure, measured in by_measure.items():
        if measured:
            indicator = _indicator(result, _PROGRESS, measure)
            for report in measured:
                period = _child(indicator, "period")
                _write_period(period, min(start, report.on), report.on)
                actual = _child(period, "actual", **({} if report.percent is None else {"value": str(report.percent)}))
                if report.note is not None:
                    _child(_child(actual, "comment"), "narrative").text = report.note


def _result(activity: Element, title: LocalizedText) -> Element:
    result = _child(activity, "result", type=_OTHER_RESULT)
    _narratives(_child(result, "title"), title)
    return result


def _indicator(result: Element, title: LocalizedText, measure: str) -> Element:
    indicator = _child(result, "indicator", measure=measure)
    _narratives(_child(indicator, "title"), title)
    return indicator


def _write_period(parent: Element, start: date, end: date) -> None:
    _dated(parent, "period-start", start)
    _dated(parent, "period-end", end)


def _write_value(parent: Element, amount: Decimal, currency: str, on: date) -> None:
    _child(parent, "value", currency=currency, **{"value-date": on.isoformat()}).text = f"{amount:f}"


def _dated(parent: Element, tag: str, on: date, **attributes: str) -> Element:
    return _child(parent, tag, **attributes, **{"iso-date": on.isoformat()})


def _narratives(parent: Element, text: LocalizedText) -> None:
    """Write a text in all its languages."""
    for language, words in ((text.language, text.text), *text.translations.items()):
        _child(parent, "narrative", **{_LANG: language}).text = words


def _child(parent: Element, tag: str, **attributes: str) -> Element:
    return SubElement(parent, tag, attributes)
