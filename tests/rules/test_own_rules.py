"""Rules of one's own: what `check` and `Validator` make of what they find, and what they may not yield."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.rules.crowds import crowds
from tests.samples.small import NOW, call, dossier, event, hours, pledge, registration, request
from wtisd_model import (
    Code,
    Dossier,
    Event,
    Finding,
    Outcome,
    Registration,
    Severity,
    Submission,
    Validator,
    check,
    default_rules,
    to_json,
    to_problem,
    validate,
    validate_lines,
)
from wtisd_model.integrations.arrow import validate_batches

SENT = {"eventUid": "e-1", "participant": {"name": "Participant 1", "email": "p1@example.net"}, "mode": "remote"}
ADVICE = r"A rule must yield findings: Finding\(code=..., path=..., message=..., fix=...\)."

WRONG_PARTS: list[tuple[str, Any, str, str]] = [
    ("severity", "warning", "str", "Severity, such as Severity.WARNING"),
    ("code", None, "NoneType", 'str, such as "our-code"'),
    ("path", 5, "int", 'str, such as "/event"'),
    ("language", 5, "int", 'str, such as "en"'),
    ("language", None, "NoneType", 'str, such as "en"'),
    ("params", None, "NoneType", r'Mapping, such as {"maximum": 40}'),
]


def own(code: str = "our-address", path: str = "", **changes: Any) -> Finding:
    return Finding(code=code, path=path, message="Another address.", fix="Use that of your work.", **changes)


def addresses_are_at_work(made: Dossier, _now: datetime) -> Iterator[Finding]:
    """Find something at each registration with a private address, and at the event."""
    for index, one in enumerate(made.registrations):
        if one.participant is not None and str(one.participant.email).endswith("@example.net"):
            yield own(path=f"/registrations/{index}/participant/email")
    yield own("our-event", "/event")


def warns(made: Dossier, now: datetime) -> Iterator[Finding]:
    for found in addresses_are_at_work(made, now):
        yield evolve(found, code="our-doubt", severity=Severity.WARNING)


def judged(*rules: Any, **sent: Any) -> list[tuple[str, str]]:
    made = dossier(*(registration(f"r-{number}") for number in range(11)))
    outcome = Submission(Registration, {**SENT, **sent}).accept(made, now=NOW, rules=rules)
    return [(found.code, found.path) for found in outcome.findings]


class TestFindings:
    """A rule gets the dossier with the submission last; findings at it count, and their paths begin there."""

    def test_a_finding_at_the_submission_refuses_it(self) -> None:
        assert judged(addresses_are_at_work) == [("our-address", "/participant/email")]
        assert judged(addresses_are_at_work, participant={"name": "Participant 1", "email": "p1@example.org"}) == []

    def test_no_other_registration_is_taken_for_it(self) -> None:
        """``/registrations/1`` is not at ``/registrations/11``, nor the other way round."""

        def everywhere(_made: Dossier, _now: datetime) -> list[Finding]:
            paths = ("", "/registrations", "/registrations/1", "/registrations/11", "/registrations/11/mode")
            return [own(path=path) for path in (*paths, "/event", "/pledges")]

        assert judged(everywhere) == [("our-address", ""), ("our-address", "/mode")]

    def test_warnings_are_kept_and_refuse_nothing(self) -> None:
        outcome = validate(Registration, SENT, submission=True, dossier=dossier(), now=NOW, rules=[warns])
        assert [(found.code, found.severity) for found in outcome.findings] == [("our-doubt", Severity.WARNING)]
        assert outcome.ok
        assert outcome.value_or_raise().event_uid == "e-1"

    def test_ours_are_called_first_and_once(self) -> None:
        other = {"eventUid": "e-2"}
        both = [(Code.EVENT_UID_DIFFERS, "/eventUid"), ("our-address", "/participant/email")]
        assert (
            judged(addresses_are_at_work, **other) == judged(*default_rules(), addresses_are_at_work, **other) == both
        )

    def test_they_see_no_payload_without_an_object(self) -> None:
        assert judged(addresses_are_at_work, mode="onsite") == [(Code.VALUE_UNKNOWN, "/mode")]

    @pytest.mark.parametrize(
        ("thing", "name", "key"),
        [
            (registration("z"), "registrations", "registrations"),
            (request("z"), "interpretation_requests", "interpretationRequests"),
            (pledge("z"), "pledges", "pledges"),
        ],
    )
    def test_every_submission_is_the_last_of_its_list(self, thing: Any, name: str, key: str) -> None:
        made = dossier(registration("a"), requests=(request("a"),), pledges=(pledge("a"),))

        def last_is_it(given: Dossier, _now: datetime) -> Iterator[Finding]:
            assert getattr(given, name)[-1] == thing
            larger: dict[str, Any] = {name: (*getattr(made, name), thing)}
            assert given == evolve(made, **larger)
            yield own(path=f"/{key}/1/id")

        outcome = Validator(type(thing), dossier=made, now=NOW, rules=[last_is_it])(to_json(thing))
        assert outcome.findings[-1] == own(path="/id")

    @LAW
    @given(crowds())
    def test_the_verdict_is_that_of_check_over_the_larger_dossier(self, made: Dossier) -> None:
        def seconds(given: Dossier, now: datetime) -> Iterator[Finding]:
            for index, one in enumerate(given.registrations):
                if (now - one.submitted_at).seconds % 2 or len(one.session_ids) == 1:
                    yield own(path=f"/registrations/{index}/sessionIds")

        thing = registration("z", event_uid=made.event.uid)
        larger = evolve(made, registrations=(*made.registrations, thing))
        place = f"/registrations/{len(made.registrations)}"
        expected = [
            found for found in check(larger, now=hours(30), rules=[seconds]) if found.path.startswith(f"{place}/")
        ]
        outcome = Validator(Registration, dossier=made, now=hours(30), rules=[seconds])(to_json(thing))
        found = [each.prefixed(place) for each in outcome.findings if each.code == "our-address"]
        assert found == expected

    def test_a_dossier_is_checked_by_them_too(self) -> None:
        made = dossier(registration("a", event_uid="e-2"))
        outcome = Validator(Dossier, now=NOW, rules=[*default_rules(), addresses_are_at_work])(to_json(made))
        assert [found.code for found in outcome.findings] == ["our-event", Code.EVENT_UID_DIFFERS]
        assert outcome.findings == check(made, now=NOW, rules=(*default_rules(), addresses_are_at_work))

    def test_a_full_event_puts_them_on_the_waitlist_all_the_same(self) -> None:
        made = dossier(of=event(calls=(call(remote_capacity=0, waitlist=True),)))
        outcome = Submission(Registration, SENT).accept(made, now=NOW, rules=[warns])
        assert [found.code for found in outcome.findings] == ["our-doubt", Code.WAITLIST_NEEDED]
        assert outcome.value_or_raise().state == "waitlisted"


class TestDoors:
    """Files of lines and batches are judged as single payloads are."""

    def test_lines(self) -> None:
        good = to_json(registration("a"))
        lines = b"\n".join([good, good.replace(b"example.org", b"example.net")])
        outcomes = [*validate_lines(Registration, lines, dossier=dossier(), now=NOW, rules=[addresses_are_at_work])]
        assert [[found.code for found in outcome.findings] for outcome in outcomes] == [[], ["our-address"]]

    def test_batches(self) -> None:
        good = to_json(registration("a"))
        batch = pa.record_batch({"payload": [good, good.replace(b"example.org", b"example.net")]})
        (out,) = validate_batches([batch], dossier=dossier(), now=NOW, rules=[addresses_are_at_work])
        assert [[found["code"] for found in row["findings"]] for row in out.to_pylist()] == [[], ["our-address"]]

    def test_a_response_has_the_sentences_as_they_are(self) -> None:
        outcome = Submission(Registration, SENT).accept(dossier(), now=NOW, rules=[addresses_are_at_work])
        problem: Any = to_problem(outcome.findings, language="fr", event=event())
        (error,) = problem["errors"]
        assert error == {
            "code": "our-address",
            "detail": "Another address.",
            "fix": "Use that of your work.",
            "language": "en",
            "params": {},
            "pointer": "#/participant/email",
            "severity": "error",
        }


class TestMistakes:
    """What the author of a rule got wrong is an error that names the rule, and no verdict."""

    @pytest.mark.parametrize(
        ("yielded", "message"),
        [
            (None, f"The rule mine returned an object of type NoneType. {ADVICE}"),
            (5, f"The rule mine returned an object of type int. {ADVICE}"),
            ([None], f"The rule mine yielded an object of type NoneType. {ADVICE}"),
            (["too long"], f"The rule mine yielded an object of type str. {ADVICE}"),
            ([("our-code", "/mode")], f"The rule mine yielded an object of type tuple. {ADVICE}"),
            *[
                (
                    [evolve(own(), **{part: value})],
                    f"The rule mine yielded a finding whose {part} is of type {kind}. Give it a {like}.",
                )
                for part, value, kind, like in WRONG_PARTS
            ],
        ],
        ids=repr,
    )
    def test_something_else_than_findings(self, yielded: Any, message: str) -> None:
        def mine(_made: Dossier, _now: datetime) -> Any:
            return yielded

        with pytest.raises(TypeError, match=f"^{message}$"):
            check(dossier(), now=NOW, rules=[mine])
        with pytest.raises(TypeError, match=f"^{message}$"):
            judged(mine)

    def one(self, found: Finding) -> Any:
        """Return a rule that finds one thing."""

        def mine(_made: Dossier, _now: datetime) -> list[Finding]:
            return [found]

        return mine

    def test_a_partial_has_the_name_of_its_function(self) -> None:
        def bound(yielded: Any, _made: Dossier, _now: datetime) -> Any:
            return [yielded]

        with pytest.raises(TypeError, match=r"^The rule bound yielded an object of type int"):
            check(dossier(), now=NOW, rules=[partial(bound, 1)])

    def test_an_object_has_the_name_of_its_class(self) -> None:
        class Callable:
            def __call__(self, _made: Dossier, _now: datetime) -> Any:
                return [1]

        with pytest.raises(TypeError, match=r"^The rule Callable yielded an object of type int"):
            check(dossier(), now=NOW, rules=[Callable()])

    @pytest.mark.parametrize("rules", [[addresses_are_at_work, "module:function"], (5, None)])
    def test_what_cannot_be_called_is_no_rule(self, rules: Any) -> None:
        place, kind = (1, "str") if rules[1] else (0, "int")
        message = rf"^rules\[{place}\] is of type {kind}. A rule is a function of a dossier and a moment.$"
        with pytest.raises(TypeError, match=message):
            Validator(Registration, dossier=dossier(), now=NOW, rules=rules)
        with pytest.raises(TypeError, match=message):
            check(dossier(), now=NOW, rules=rules)

    def test_a_rule_alone_is_no_list(self) -> None:
        rule: Any = addresses_are_at_work
        with pytest.raises(TypeError, match=r"^rules must be an iterable: pass a list, even for a single item.$"):
            Validator(Registration, dossier=dossier(), now=NOW, rules=rule)

    @pytest.mark.parametrize("code", [Code.SEATS_EXCEEDED, "seats-exceeded"])
    def test_a_code_of_ours_is_refused_where_it_is_used(self, code: str) -> None:
        def mine(_made: Dossier, _now: datetime) -> list[Finding]:
            return [own(code, "/registrations/11")]

        message = r"^The rule mine uses seats-exceeded, a code of this package. Give it one of your own.$"
        with pytest.raises(ValueError, match=message):
            check(dossier(), now=NOW, rules=[mine])
        with pytest.raises(ValueError, match=message):
            judged(mine)

    @pytest.mark.parametrize("code", ["", "a\r\nX: y", "our code", "our_code", "our-code\n", "unsere-prüfung"])
    def test_a_code_is_of_letters_digits_and_hyphens(self, code: str) -> None:
        with pytest.raises(
            ValueError, match=r"^The rule mine yielded a code that is not of letters, digits and hyphens"
        ):
            judged(self.one(own(code)))

    def test_a_text_that_no_outcome_could_list_is_refused(self) -> None:
        """The error would be omitted, and the payload might pass for a good one."""
        with pytest.raises(ValueError, match=r"^The rule mine yielded a finding of more than 20000 characters\."):
            judged(self.one(evolve(own(path="/registrations/11"), message="x" * 20_000)))
        assert not Outcome(value=registration("a"), omitted=1).ok

    @pytest.mark.parametrize(
        "path",
        [
            "/participant/email",
            "event/title",
            "/registrations/12",
            "/registrations/-1",
            "/registrations/x",
            "/pledges/0",
        ],
    )
    def test_a_path_that_leads_to_nothing_in_the_dossier(self, path: str) -> None:
        """It would refuse nothing, and nobody would notice."""

        def mine(_made: Dossier, _now: datetime) -> list[Finding]:
            return [own(path=path)]

        with pytest.raises(ValueError, match=r"^The rule mine yielded a finding whose path is not in the dossier\."):
            judged(mine)
        with pytest.raises(ValueError, match="is not in the dossier"):
            check(dossier(), now=NOW, rules=[mine])

    def test_our_own_finding_may_become_a_warning(self) -> None:
        def softened(made: Dossier, now: datetime) -> Iterator[Finding]:
            for found in check(made, now=now):
                yield evolve(found.in_language("fr"), severity=Severity.WARNING)

        (found,) = check(dossier(registration("a", event_uid="e-2")), now=NOW, rules=[softened])
        assert (found.code, found.severity, found.language) == (Code.EVENT_UID_DIFFERS, Severity.WARNING, "fr")

    def test_an_exception_in_a_rule_passes(self) -> None:
        def mine(_made: Dossier, _now: datetime) -> Iterator[Finding]:
            yield own()
            raise LookupError("mine")

        with pytest.raises(LookupError, match=r"^mine$"):
            judged(mine)

    @pytest.mark.parametrize("cls", [Registration, Event])
    def test_they_need_a_dossier(self, cls: type) -> None:
        with pytest.raises(
            TypeError, match=r"^rules need the dossier that they judge: dossier=Dossier\(event=event\).$"
        ):
            validate(cls, {}, now=NOW, rules=[warns])
        assert not validate(cls, {}, rules=[]).ok

    def test_they_need_the_moment(self) -> None:
        with pytest.raises(TypeError, match=r"^now is required"):
            validate(Dossier, to_json(dossier()), rules=[warns])
