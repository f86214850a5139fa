"""Pledges as IATI activities."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.exports.exported import LAST_DAY, NOW, public, public_pledges, write
from tests.exports.iati_rules import LANG, problems
from tests.hypothesis_profiles import LAW
from tests.planning.drawing import promises
from tests.programme.format_laws import assert_format
from tests.samples.whole import AT, contact, later, money, organization, pledge, share, text
from wtisd_model import (
    Contact,
    ExportError,
    InvalidValueError,
    LocalizedText,
    ModelError,
    Pledge,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Report,
    Target,
    totals,
)
from wtisd_model.formats import FORMATS


def parsed(written: bytes) -> Element:
    return fromstring(written)  # noqa: S314 - our own bytes


def activities(written: bytes) -> list[Element]:
    return list(parsed(written))


def activity(made: Pledge, **options: Any) -> Element:
    (only,) = activities(write([made], **options))
    return only


def texts(element: Element, path: str) -> list[str | None]:
    return [each.text for each in element.iterfind(path)]


def attributes(element: Element, path: str) -> list[dict[str, str]]:
    return [dict(each.attrib) for each in element.iterfind(path)]


def amounts(found: Iterable[Element], kind: str) -> dict[str, Decimal]:
    """Return the sum of all transactions of a type, by currency."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in found:
        for transaction in each.iterfind("transaction"):
            (type_, value) = (transaction.find("transaction-type"), transaction.find("value"))
            assert type_ is not None
            assert value is not None
            if type_.get("code") == kind:
                sums[value.get("currency", "")] += Decimal(value.text or "")
    return dict(sums)


def refusal(*made: Any, **options: Any) -> tuple[type[ModelError], str, str]:
    with pytest.raises(ModelError) as raised:
        write(made, **options)
    (found,) = raised.value.findings
    return type(raised.value), found.code, found.path


class TestSchemaAndRulesets:
    """IATI 2.03: "This document type may be extended", but elements of the standard have an order and a number."""

    @LAW
    @given(st.lists(public_pledges(), min_size=1, max_size=3, unique_by=lambda each: each.id), st.booleans())
    def test_each_file_is_valid(self, made: list[Pledge], personal: bool) -> None:
        written, again = (
            write(each, stamped=LAST_DAY, equal_shares=True, personal=personal) for each in (made, map(evolve, made))
        )
        assert problems(parsed(written), LAST_DAY.date()) == []
        assert written == again

    @pytest.mark.parametrize(
        ("path", "break_it", "problem"),
        [
            ("iati-activity", lambda each: each.remove(each[2]), "iati-activity/title: 0"),
            ("iati-activity", lambda each: each.insert(0, each[-1]), "iati-activity: wrong element or order"),
            ("iati-activity/transaction/value", lambda each: each.attrib.clear(), "value/@value-date: missing"),
            (
                "iati-activity/activity-status",
                lambda each: each.set("code", "7"),
                "activity-status/@code: no such code",
            ),
            ("iati-activity/transaction/value", lambda each: setattr(each, "text", "1e3"), "value: no number"),
            ("iati-activity/transaction", lambda each: setattr(each, "text", "1e3"), "transaction: text"),
            ("iati-activity/recipient-country", lambda each: each.set("percentage", "41"), "3.1.2"),
            ("iati-activity/recipient-country", lambda each: each.attrib.pop("percentage"), "3.1.1"),
            ("iati-activity/result/indicator", lambda each: each.set("measure", "5"), "8.9.1"),
            ("iati-activity/transaction/transaction-date", lambda each: each.set("iso-date", "2024-07-02"), "11.2.1"),
        ],
    )
    def test_the_referee_sees_what_is_wrong(self, path: str, break_it: Any, problem: str) -> None:
        root = parsed(write([public()]))
        break_it(root.find(path))
        assert problem in problems(root, NOW.date())

    @LAW
    @given(public_pledges(), st.sampled_from(("title", "description", "pledger", "note", "target", "contact")))
    def test_hostile_text_makes_no_element(self, made: Pledge, place: str) -> None:
        hostile = '</narrative><script xmlns="x">&lt;]]>&#0;<!-- "\' -->'
        here = LocalizedText(hostile, "en")
        changes: dict[str, Any] = {
            "title": {"title": here},
            "description": {"description": here},
            "pledger": {"pledger": organization(name=here), "partners": ()},
            "note": {"reports": (Report(on=date(2024, 6, 1), note=hostile),), "start": None},
            "target": {"targets": (Target(text=here, unit=hostile),)},
            "contact": {"contact": contact(name=hostile, organization=hostile, job_title=hostile)},
        }
        made = evolve(made, countries=(), scope=PledgeScope.GLOBAL, **changes[place])
        root = parsed(write([made], stamped=LAST_DAY, personal=True))
        assert problems(root, LAST_DAY.date()) == []
        assert hostile in [each.text for each in root.iter()]

    def test_a_character_that_xml_does_not_have_is_refused(self) -> None:
        assert refusal(public(title=text("a\ufffeb"))) == (ExportError, "text-control", "")


class TestFormat:
    """What is said of each field is true."""

    @LAW
    @given(public_pledges())
    def test_each_field_is_carried_as_it_says(self, made: Pledge) -> None:
        other = public(id="another.pledge")
        assume(made.id != other.id)
        is_undivided = len(made.countries) > 1 and made.countries[0].share is None

        def written(each: Pledge) -> object:
            try:
                return write([each, other], stamped=LAST_DAY, equal_shares=is_undivided)
            except ExportError as error:
                return str(error)

        assert_format(FORMATS["iati"], made, written)


class TestPublicPledges:
    """`Pledge.public`: "True if it may be published"."""

    @pytest.mark.parametrize(
        "hidden",
        [
            public(public=False),
            pledge(public=True),
            pledge(public=True, state=PledgeState.DRAFT),
            pledge(public=True).reject(at=later(1)),
            public().withdraw(at=later(48)),
        ],
    )
    def test_others_are_left_out(self, hidden: Pledge) -> None:
        shown = public(id="shown")
        assert write([hidden, shown]) == write([shown])

    def test_without_any_there_is_no_file(self) -> None:
        assert refusal() == (ExportError, "public-pledge-missing", "/pledges")
        assert refusal(pledge(public=True)) == (ExportError, "public-pledge-missing", "/pledges")

    def test_a_pledge_is_written_as_it_was_at_the_end_of_the_day(self) -> None:
        made = public().start_work(at=later(24 * 10)).withdraw(at=later(24 * 20))
        codes = [
            activity(made, stamped=later(hours)).find("activity-status").get("code")  # type: ignore[union-attr]  # every activity has one
            for hours in (24, 24 * 10 - 1)
        ]
        assert codes == ["1", "2"]
        assert refusal(made, stamped=later(24 * 20)) == (ExportError, "public-pledge-missing", "/pledges")

    def test_nobody_is_named_without_being_asked_for(self) -> None:
        made = public(filed_by=contact(name="Focal point 1"), contact=contact(), answers={"a": "Participant 1"})
        assert b"Participant" not in write([made])
        assert b"Focal point" not in write([made], personal=True)

    def test_on_request_the_contact_is_there(self) -> None:
        info = activity(public(), personal=True).find("contact-info")
        assert info is not None
        assert [(each.tag, "".join(each.itertext())) for each in info] == [
            ("organisation", "Ministry 1"),
            ("person-name", "Participant 1"),
            ("job-title", "Adviser"),
            ("telephone", "+41227305111"),
            ("email", "p1@example.org"),
        ]
        only_address = public(contact=Contact(email="p1@example.org"))
        info = activity(only_address, personal=True).find("contact-info")
        assert info is not None
        assert [each.tag for each in info] == ["email"]


class TestActivity:
    """IATI 2.03, iati-activity."""

    def test_its_identifier_begins_with_that_of_the_reporting_organization(self) -> None:
        found = activity(public())
        assert found.findtext("iati-identifier") == "XM-DAC-00000-p-1"
        assert attributes(found, "reporting-org") == [{"ref": "XM-DAC-00000", "type": "40", "secondary-reporter": "1"}]
        assert texts(found, "reporting-org/narrative") == ["Union 1", "Union 1"]

    def test_a_reporter_that_takes_part_is_not_secondary(self) -> None:
        reporters = attributes(activity(public(), reporting_organization=pledge().pledger), "reporting-org")
        assert [each["secondary-reporter"] for each in reporters] == ["0"]

    def test_ids_are_unique(self) -> None:
        assert refusal(public(), pledge(), public()) == (ExportError, "id-repeated", "/pledges/2/id")

    def test_texts_are_there_in_all_their_languages(self) -> None:
        found = activity(public(title=text("Schools", fr="Écoles", ar="مدارس"), description=None))
        expected = [("en", "Schools"), ("ar", "مدارس"), ("fr", "Écoles")]
        for path in ("title", "description"):  # a description is required
            assert [(each.get(LANG), each.text) for each in found.iterfind(f"{path}/narrative")] == expected

    def test_dates_are_planned_or_actual(self) -> None:
        made = evolve(public(), start=date(2023, 6, 1), end=date(2025, 12, 31), targets=())
        made = made.start_work(at=later(24 * 50)).complete(at=later(24 * 100))
        assert [(each["type"], each["iso-date"]) for each in attributes(activity(made), "activity-date")] == [
            ("1", "2023-06-01"),
            ("2", "2023-06-03"),
            ("3", "2025-12-31"),
            ("4", "2023-07-23"),
        ]
        resumed = activity(made.resume(at=later(24 * 101)))
        assert [each["type"] for each in attributes(resumed, "activity-date")] == ["1", "2", "3"]

    @pytest.mark.parametrize(("end", "start"), [(None, "2023-04-14"), (date(2023, 4, 1), "2023-04-01")])
    def test_without_a_start_the_day_of_submission_is_planned(self, end: date | None, start: str) -> None:
        found = activity(public(start=None, end=end, targets=()))
        assert attributes(found, "activity-date")[0] == {"type": "1", "iso-date": start}
        assert texts(found, "activity-date/narrative") == ["The day of submission; no start is stated."]

    @pytest.mark.parametrize(
        ("scope", "countries", "code", "places"),
        [
            (PledgeScope.GLOBAL, (), "1", [{"vocabulary": "1", "code": "998"}]),
            (PledgeScope.REGIONAL, (share("TD"),), "2", [{"code": "TD"}]),
            (PledgeScope.COUNTRIES, (share("TD", "100"),), "4", [{"code": "TD", "percentage": "100"}]),
            (
                PledgeScope.COUNTRIES,
                (share("TD", "33.3333"), share("NE", "66.6667")),
                "3",
                [{"code": "TD", "percentage": "33.3333"}, {"code": "NE", "percentage": "66.6667"}],
            ),
        ],
    )
    def test_places_are_countries_or_unspecified(
        self, scope: PledgeScope, countries: Any, code: str, places: list[dict[str, str]]
    ) -> None:
        found = activity(public(scope=scope, countries=countries))
        assert attributes(found, "activity-scope") == [{"code": code}]
        assert attributes(found, "recipient-country") + attributes(found, "recipient-region") == places

    def test_shares_are_not_invented_unless_the_caller_says_so(self) -> None:
        made = public(countries=(share("TD"), share("NE"), share("KE")))
        assert refusal(public(id="a"), made) == (ExportError, "shares-missing", "/pledges/1/countries")
        written = attributes(activity(made, equal_shares=True), "recipient-country")
        assert [each["percentage"] for each in written] == ["33.34", "33.33", "33.33"]

    def test_goals_and_words_of_ours_are_tags(self) -> None:
        found = activity(public(goals=frozenset({"4", "9.c"})), sector="22010")
        assert attributes(found, "sector") == [{"vocabulary": "1", "code": "22010"}]
        assert [(each["vocabulary"], each["code"]) for each in attributes(found, "tag")] == [
            *(("2", "4"), ("3", "9.c")),
            *(("99", "financial"), ("99", "access"), ("99", "ldc")),
        ]

    def test_roles_tell_who_pays(self) -> None:
        roles = [each["role"] for each in attributes(activity(public()), "participating-org")]
        assert roles == ["1", "4"]
        policy = public(kind=PledgeKind.POLICY, pledged=None, partners=())
        assert attributes(activity(policy), "participating-org") == [{"role": "2"}]


class TestMoney:
    """TransactionType 12, outgoing pledge: "indicative, non-binding advice of an intended outgoing commitment"."""

    @LAW
    @given(st.lists(promises(), max_size=8))
    def test_amounts_add_up_to_the_totals(self, promised: list[Pledge]) -> None:
        # What waits for a decision counts in totals already, and is not published.
        decided = [each for each in promised if each.state is not PledgeState.SUBMITTED]
        made = [evolve(each, id=f"p-{number}", public=True) for number, each in enumerate(decided)]
        whole = totals(made, by="currency", on=LAST_DAY.date()).whole
        assume(whole.pledges)
        found = activities(write(made, stamped=LAST_DAY, equal_shares=True))
        assert len(found) == whole.pledges
        assert amounts(found, "12") == whole.amounts

    @LAW
    @given(public_pledges())
    def test_disbursements_add_up_to_what_the_last_report_says_was_paid(self, made: Pledge) -> None:
        paid = sorted((each for each in made.reports if each.disbursed is not None), key=lambda each: each.on)
        last = None if not paid else paid[-1].disbursed
        expected = {} if last is None else {last.currency: last.amount}
        assert amounts(activities(write([made], stamped=LAST_DAY, equal_shares=True)), "3") == expected

    def test_each_report_adds_what_was_paid_since_the_one_before(self) -> None:
        made = public(
            start=None,
            reports=(
                Report(on=date(2024, 6, 1), disbursed=money("250.50")),
                Report(on=date(2024, 3, 1), disbursed=money("1", "EUR")),
                Report(on=date(2023, 6, 1), disbursed=money("100")),
                Report(on=date(2024, 6, 30), disbursed=money("200")),
                Report(on=date(2024, 7, 2), disbursed=money("900")),
            ),
        )
        found = activity(made).findall("transaction")[1:]
        assert [(texts(each, "value"), attributes(each, "transaction-date")) for each in found] == [
            (["100.00"], [{"iso-date": "2023-06-01"}]),
            (["150.50"], [{"iso-date": "2024-06-01"}]),
            (["-50.50"], [{"iso-date": "2024-06-30"}]),
        ]

    @pytest.mark.parametrize(
        ("start", "end", "budgets"),
        [
            (date(2023, 6, 1), date(2024, 5, 31), 1),
            (date(2023, 6, 1), date(2024, 6, 1), 0),
            (None, date(2024, 5, 31), 0),
            (date(2023, 6, 1), None, 0),
        ],
    )
    def test_a_budget_is_for_a_year_at_most(self, start: date | None, end: date | None, budgets: int) -> None:
        """Rule 7.5.3. How a longer pledge is divided among years is not known."""
        found = activity(public(start=start, end=end, targets=(), reports=()))
        assert texts(found, "budget/value") == ["300000.00"] * budgets

    def test_without_an_amount_there_is_no_transaction(self) -> None:
        found = activity(public(kind=PledgeKind.POLICY, pledged=None, reports=()))
        assert found.findall("transaction") == []


class TestResults:
    """IATI 2.03, result: "A container for reporting outputs, outcomes, impacts and other results"."""

    def test_a_target_has_its_number_and_its_day(self) -> None:
        (target, _) = activity(public()).findall("result")
        assert texts(target, "indicator/title/narrative") == ["Schools"]
        assert texts(target, "indicator/description/narrative") == ["120 schools"]
        assert attributes(target, "indicator/period/target") == [{"value": "120"}]
        assert attributes(target, "indicator/period/period-end") == [{"iso-date": "2025-06-30"}]

    def test_a_target_without_a_number_is_qualitative(self) -> None:
        made = public(start=None, targets=(Target(text=text("A law"), due=date(2023, 1, 1)), Target(text=text("Two"))))
        first, second, _ = activity(made).findall("result")
        assert attributes(first, "indicator") == attributes(second, "indicator") == [{"measure": "5"}]
        assert attributes(first, "indicator/period/period-start") == [{"iso-date": "2023-01-01"}]
        assert second.find("indicator/period") is None
        assert first.find("indicator/description") is None

    def test_reports_show_progress(self) -> None:
        reports = (
            Report(on=date(2024, 6, 1), percent=40, note="On its way"),
            Report(on=date(2024, 6, 2), note="In words"),
            Report(on=date(2024, 6, 3)),
            Report(on=date(2024, 7, 2), percent=90),
        )
        (result,) = activity(public(targets=(), reports=reports)).findall("result")
        assert attributes(result, "indicator") == [{"measure": "2"}, {"measure": "5"}]
        assert attributes(result, "indicator/period/actual") == [{"value": "40"}, {}, {}]
        assert texts(result, "indicator/period/actual/comment/narrative") == ["On its way", "In words"]

    def test_without_targets_and_reports_there_are_no_results(self) -> None:
        assert activity(public(targets=(), reports=())).findall("result") == []


class TestArguments:
    """A file names who publishes it, and when."""

    @pytest.mark.parametrize(
        ("options", "code", "path"),
        [
            ({"reference": "XM/DAC"}, "id-malformed", "/reference"),
            ({"organization_type": "41"}, "value-unknown", "/organization_type"),
            ({"sector": "2204"}, "text-malformed", "/sector"),
            ({"stamped": datetime(2024, 7, 1)}, "moment-naive", "/stamped"),
        ],
    )
    def test_they_are_checked(self, options: dict[str, Any], code: str, path: str) -> None:
        assert refusal(public(), **options) == (InvalidValueError, code, path)

    def test_the_moment_is_in_utc(self) -> None:
        root = parsed(write([public()], stamped=NOW.astimezone(timezone(timedelta(hours=14)))))
        assert root.attrib == {"version": "2.03", "generated-datetime": "2024-07-01T12:00:00Z"}

    def test_other_objects_are_a_type_error(self) -> None:
        with pytest.raises(TypeError, match="must be an iterable"):
            write("p-1")  # type: ignore[arg-type]  # refused
        with pytest.raises(TypeError, match="Not a Pledge"):
            write([AT])  # type: ignore[list-item]  # refused
        with pytest.raises(TypeError, match="must be an Organization"):
            write([public()], reporting_organization="ITU")  # type: ignore[arg-type]  # refused
