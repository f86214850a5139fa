"""All the rules together."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from inspect import getmembers, isfunction, signature
from typing import Any

import pytest
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.rules.crowds import crowds, programmes
from tests.samples.small import NOW, call, deadline, dossier, event, hours, pledge, registration, request, session
from wtisd_model import CallKind, Code, Dossier, Event, Finding, InvalidValueError, Nature, Rule, check, default_rules
from wtisd_model.rules import event as of_event
from wtisd_model.rules import interpretation as of_interpretation
from wtisd_model.rules import pledge as of_pledge
from wtisd_model.rules import registration as of_registration
from wtisd_model.rules import session as of_session
from wtisd_model.rules import submission as of_submission
from wtisd_model.rules.rule_list import in_document_order
from wtisd_model.rules.submission import SubmissionRule
from wtisd_model.strategies import dossiers, moments


class OwnError(Exception):
    """The exception of a user rule."""


def is_submission_rule(value: object) -> bool:
    return isinstance(value, SubmissionRule)


def titles_are_short(made: Dossier, _now: datetime) -> list[Finding]:
    if len(made.event.title.text) <= 3:
        return []
    return [Finding(code="title-long", path="/event/title", message="A long title.", fix="Shorten it.")]


class TestCheck:
    """STYLE: "`check` returns findings and never raises"."""

    def test_a_valid_dossier_has_no_findings(self) -> None:
        assert check(dossier(registration("a")), now=NOW) == ()

    def test_findings_are_in_document_order(self) -> None:
        made = dossier(
            registration("a", event_uid="e-2", submitted_at=hours(1)),
            registration("a"),
            registration("c").waitlist(at=hours(1)),
            of=event(
                sessions=(session("s"), session("t", uid="e-1")),
                calls=(
                    call(CallKind.INTERPRETATION, deadline=deadline("2023-05-17")),
                    call(on_site_capacity=3, waitlist=True),
                ),
            ),
            requests=(request("i", session_ids=frozenset({"x"})),),
            pledges=(pledge("p", event_uid="e-2"), pledge("p")),
        )
        assert [(each.code, each.path) for each in check(made, now=NOW)] == [
            (Code.DEADLINE_AFTER_EVENT, "/event/calls/0/deadline"),
            (Code.UID_REPEATED, "/event/sessions/1/uid"),
            (Code.ROOM_DOUBLE_BOOKED, "/event/sessions/1/slot"),
            (Code.EVENT_UID_DIFFERS, "/registrations/0/eventUid"),
            (Code.REGISTRATION_REPEATED, "/registrations/0/participant"),
            (Code.ID_REPEATED, "/registrations/1/id"),
            (Code.WAITLIST_ORDER, "/registrations/2/state"),
            (Code.SESSION_UNKNOWN, "/interpretationRequests/0/sessionIds"),
            (Code.EVENT_UID_DIFFERS, "/pledges/0/eventUid"),
            (Code.ID_REPEATED, "/pledges/1/id"),
        ]

    def test_now_needs_an_offset(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            check(dossier(), now=datetime(2023, 4, 20, 12))
        assert [each.code for each in caught.value.findings] == [Code.MOMENT_NAIVE]
        assert caught.value.__context__ is None

    def test_any_offset_is_accepted_and_rules_get_utc(self) -> None:
        heard: list[datetime] = []

        def listens(_made: Dossier, now: datetime) -> Iterable[Finding]:
            heard.append(now)
            return ()

        tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
        assert check(dossier(), now=tokyo, rules=[listens]) == ()
        assert (heard, heard[0].tzinfo) == ([NOW], UTC)

    def test_a_user_rule_is_called_like_ours(self) -> None:
        made = dossier(registration("a", event_uid="e-2"))
        found = check(made, now=NOW, rules=(*default_rules(), titles_are_short))
        assert [each.code for each in found] == ["title-long", Code.EVENT_UID_DIFFERS]
        assert [each.code for each in check(made, now=NOW, rules=(titles_are_short,))] == ["title-long"]

    @pytest.mark.parametrize("lazily", [True, False])
    def test_an_exception_in_a_rule_of_a_user_passes_through(self, *, lazily: bool) -> None:
        def at_once(_made: Dossier, _now: datetime) -> Iterable[Finding]:
            raise OwnError

        def later(made: Dossier, now: datetime) -> Iterator[Finding]:
            yield from titles_are_short(made, now)
            raise OwnError

        with pytest.raises(OwnError):
            check(dossier(), now=NOW, rules=(later if lazily else at_once,))

    @pytest.mark.parametrize("yielded", ["too long", None, 5, ("title-long", "/event/title")])
    def test_a_rule_that_yields_no_finding_is_a_mistake_of_its_author(self, yielded: Any) -> None:
        with pytest.raises(TypeError, match="A rule must yield findings"):
            check(dossier(), now=NOW, rules=(lambda _dossier, _now: [yielded],))

    def test_every_rule_is_listed(self) -> None:
        modules = (
            of_submission,
            of_event,
            of_interpretation,
            of_interpretation,
            of_pledge,
            of_registration,
            of_session,
            of_submission,
        )
        written = {
            each
            for module in modules
            for name, each in getmembers(module, isfunction)
            if not name.startswith("_") and each.__module__ == module.__name__
            if next(iter(signature(each).parameters.values())).annotation is Dossier
        }
        scoped = {each for module in modules for _, each in getmembers(module, is_submission_rule)}
        assert written | scoped == {*default_rules()}

    def test_each_rule_is_listed_once_and_has_a_docstring(self) -> None:
        assert len(set(default_rules())) == len(default_rules())
        assert all(rule.__doc__ for rule in default_rules())

    def test_without_rules_of_the_caller_those_of_the_package_are_called(self) -> None:
        made = dossier(registration("a").approve(at=hours(-72)))
        assert [each.code for each in check(made, now=NOW)] == ["history-before-submission"]
        assert check(made, now=NOW) == check(made, now=NOW, rules=None) == check(made, now=NOW, rules=default_rules())
        assert not check(made, now=NOW, rules=())

    def test_its_signature_does_not_print_the_rules(self) -> None:
        assert "SubmissionRule" not in str(signature(check))

    @LAW
    @given(crowds())
    def test_findings_are_reproducible_and_do_not_identify_people(self, made: Dossier) -> None:
        found = check(made, now=hours(30))
        assert found == check(made, now=hours(30))
        for each in found:
            assert "example.org" not in str(each)
            assert "Participant" not in str(each)

    @given(dossiers(), moments())
    def test_check_does_not_raise_for_any_dossier(self, made: Dossier, now: datetime) -> None:
        found = check(made, now=now)
        assert in_document_order(Dossier, found) == found
        assert {each.code for each in found} <= {*Code}

    @LAW
    @given(programmes())
    def test_the_order_of_rules_does_not_change_what_is_found(self, programme: Event) -> None:
        made = dossier(of=programme)
        backwards: tuple[Rule, ...] = tuple(reversed(default_rules()))
        assert set(check(made, now=NOW)) == set(check(made, now=NOW, rules=backwards))


class TestCodes:
    """Each code of a rule is provoked in the tests of this folder, or in those of planning."""

    def test_every_code_of_a_rule_has_a_test(self) -> None:
        from pathlib import Path

        rooms = Path(__file__).parents[1]
        tests = "".join(
            each.read_text(encoding="utf-8")
            for room in ("rules", "planning")
            for each in rooms.glob(f"{room}/test_*.py")
        )
        missing = [code.name for code in Code if code.nature is Nature.RULE and f"Code.{code.name}" not in tests]
        assert not missing
