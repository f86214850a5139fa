"""The doors: `from_json` makes or raises, `validate` tells all and never raises."""

import json
import pickle
from copy import copy, deepcopy
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.examples import codes, example
from tests.rules.crowds import answers, crowds
from tests.samples.small import call, event, hours, registration, session, wait
from wtisd_model import (
    Code,
    Contact,
    Dossier,
    Event,
    InterpretationRequest,
    InvalidValueError,
    Limits,
    Outcome,
    ParticipationMode,
    ParticipationStatus,
    PayloadError,
    Pledge,
    RefusedError,
    Registration,
    RegistrationState,
    Session,
    Severity,
    Submission,
    Transition,
    Validator,
    check,
    from_json,
    json_schema,
    planning,
    promote,
    schema_validator,
    to_json,
    validate,
    validate_lines,
)
from wtisd_model.findings import MOST_FINDINGS, finding
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, schema_name
from wtisd_model.schema.fields import fields_of

LEFT = [{"at": "2023-04-14T00:00:00Z", "before": "pending", "after": "withdrawn"}]
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
ON_SITE = ParticipationMode.ON_SITE
WEEKS_LATER = NOW + timedelta(weeks=3)
EXAMPLES = Path(__file__).parents[1] / "data" / "examples"


def inner(name: str) -> dict[str, Any]:
    """Return an example as it is inside a dossier."""
    return {key: value for key, value in example(name).items() if key not in {"@type", "schemaVersion"}}


def from_sender(document: dict[str, Any]) -> Registration | None:
    return validate(Registration, document, submission=True, id="r-1", now=NOW).value


class TestFromJson:
    """`from_json(cls, payload)`: bytes, text or mapping to object, or PayloadError."""

    def test_bytes_text_and_mapping_give_the_same_object(self) -> None:
        raw = (EXAMPLES / "event.json").read_bytes()
        assert from_json(Event, raw) == from_json(Event, raw.decode()) == from_json(Event, json.loads(raw))

    def test_answers_and_extensions_can_be_changed_as_little_as_those_of_the_constructor(self) -> None:
        held: Any = {
            "answers": {"meals": ["lunch", "dinner"], "guests": 1},
            "extensions": {"example.org:a": [{"b": [1.0]}]},
        }
        made = evolve(from_json(Registration, inner("registration")), **held)
        payload = {**inner("registration"), **held}
        raw = json.dumps(payload).encode()
        read = [from_json(Registration, each) for each in (raw, raw.decode(), payload)]
        held["answers"]["meals"].append("breakfast")
        held["extensions"]["example.org:a"][0]["b"].append(2)
        assert read == [made, made, made]

    def test_all_that_is_wrong_is_in_the_error(self) -> None:
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, b'{"id":"r-1","mode":"x"}')
        assert {each.code for each in raised.value.findings} == {
            Code.VALUE_UNKNOWN,
            Code.KEY_MISSING,
            Code.PARTICIPANT_MISSING,
        }
        assert raised.value.__context__ is None
        assert pickle.loads(pickle.dumps(raised.value)).findings == raised.value.findings

    def test_limits_can_be_lowered(self) -> None:
        with pytest.raises(PayloadError) as raised:
            from_json(Event, b"{}", limits=Limits(bytes=1))
        assert [each.code for each in raised.value.findings] == [Code.PAYLOAD_TOO_LARGE]

    @pytest.mark.parametrize("payload", [5, None, 1.5, [1, 2], object()])
    def test_what_is_no_payload_is_a_mistake_of_the_caller(self, payload: Any) -> None:
        with pytest.raises(TypeError, match="A payload must be"):
            from_json(Event, payload)

    @pytest.mark.parametrize("cls", [dict, int, Limits, None, {}, "Event"], ids=str)
    def test_a_class_that_is_no_document_is_a_mistake_of_the_caller(self, cls: type[object]) -> None:
        with pytest.raises(TypeError, match="Not a document"):
            from_json(cls, b"{}")


class TestOutermost:
    """`@type`, `schemaVersion` and `$schema` are members of the outermost object only, and optional on reading."""

    def test_both_may_be_absent(self) -> None:
        assert from_json(Registration, inner("registration")) == from_json(Registration, example("registration"))

    @pytest.mark.parametrize("cls", DOCUMENTS)
    @pytest.mark.parametrize("schema", ["schemas/event.json", "https://example.org/event.json", "", "\ud800"])
    def test_the_schema_of_an_editor_changes_nothing(self, cls: type, schema: str) -> None:
        document = example("event")["sessions"][0] if cls is Session else example(schema_name(cls, submission=False))
        assert from_json(cls, {"$schema": schema, **document}) == from_json(cls, document)
        assert from_json(cls, json.dumps({**document, "$schema": schema})) == from_json(cls, document)

    def test_nor_does_it_change_a_submission(self) -> None:
        document = example("registration-submission")
        made = from_sender({**document, "$schema": "x"})
        assert made is not None
        assert made == from_sender(document)

    @pytest.mark.parametrize("version", [2, 10**9, 2.0])
    def test_a_newer_version_is_said_alone_and_first(self, version: object) -> None:
        assert codes(validate(Event, {"schemaVersion": version, "nonsense": 1, "@type": "X"})) == [
            (Code.SCHEMA_VERSION_NEWER, "/schemaVersion")
        ]

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"schemaVersion": 0}, (Code.NUMBER_OUT_OF_RANGE, "/schemaVersion")),
            ({"schemaVersion": "1"}, (Code.WRONG_TYPE, "/schemaVersion")),
            ({"schemaVersion": True}, (Code.WRONG_TYPE, "/schemaVersion")),
            ({"schemaVersion": None}, (Code.WRONG_TYPE, "/schemaVersion")),
            ({"@type": "Event"}, (Code.VALUE_UNKNOWN, "/@type")),
            ({"@type": []}, (Code.VALUE_UNKNOWN, "/@type")),
            ({"$schema": None}, (Code.WRONG_TYPE, "/$schema")),
            (
                {"participant": {"$schema": "x", "name": "P", "email": "p@example.org"}},
                (Code.KEY_UNKNOWN, "/participant/$schema"),
            ),
            (
                {"participant": {"@type": "Contact", "name": "P", "email": "p@example.org"}},
                (Code.KEY_UNKNOWN, "/participant/@type"),
            ),
        ],
    )
    def test_what_they_may_not_be(self, change: dict[str, object], expected: tuple[str, str]) -> None:
        assert codes(validate(Registration, {**example("registration"), **change})) == [expected]

    @pytest.mark.parametrize("payload", [b"[]", b"1", b'"x"', b"null", "true"])
    def test_only_an_object_is_a_document(self, payload: bytes | str) -> None:
        assert codes(validate(Event, payload)) == [(Code.WRONG_TYPE, "")]


class TestSubmission:
    """A submission cannot set the fields of the office."""

    @pytest.mark.parametrize(
        ("cls", "key"), [(cls, spec.key) for cls in SUBMISSIONS for spec in fields_of(cls) if spec.office]
    )
    @pytest.mark.parametrize("value", [None, "x", [], {}])
    def test_each_field_of_the_office_is_refused(self, cls: type, key: str, value: object) -> None:
        outcome: Outcome[Any] = validate(cls, {key: value}, submission=True, now=NOW)
        assert (Code.FIELD_NOT_YOURS, f"/{key}") in codes(outcome)
        assert outcome.value is None

    def test_the_office_sets_the_rest(self) -> None:
        outcome = validate(Registration, example("registration-submission"), submission=True, now=NOW)
        made = outcome.value
        assert made is not None
        assert outcome.findings == ()
        assert (made.submitted_at, made.state) == (NOW, RegistrationState.PENDING)
        assert made.participation_status is ParticipationStatus.NEEDS_ACTION
        assert made.history == ()

    def test_an_interpretation_request_and_a_pledge_can_be_sent_too(self) -> None:
        for cls, name in ((InterpretationRequest, "interpretation-request"), (Pledge, "pledge")):
            office = {spec.key for spec in fields_of(cls) if spec.office}
            sent = {key: value for key, value in example(name).items() if key not in office}
            assert validate(cls, sent, submission=True, now=NOW).ok

    @pytest.mark.parametrize(
        ("cls", "key", "code"),
        [
            (Registration, "participant", Code.PARTICIPANT_MISSING),
            (InterpretationRequest, "requester", Code.REQUESTER_MISSING),
        ],
    )
    def test_only_what_was_purged_has_no_person_and_that_is_no_submission(
        self, cls: type[Any], key: str, code: Code
    ) -> None:
        whole = example(schema_name(cls, submission=False))
        office = {spec.key for spec in fields_of(cls) if spec.office}
        sent = {name: value for name, value in whole.items() if name not in {key, *office}}
        outcome: Outcome[Any] = validate(cls, sent, submission=True, now=NOW)
        assert [(each.code, each.path) for each in outcome.findings] == [(code, f"/{key}")]
        assert key in json_schema(cls, submission=True)["required"]
        kept = {**sent, "id": "x-1", "submittedAt": "2023-04-13T08:15:00Z"}
        outcome = validate(cls, kept)
        assert [(each.code, each.path) for each in outcome.findings] == [(code, f"/{key}")]
        assert schema_validator(cls).is_valid(kept)

    def test_now_in_any_zone_is_the_same_moment(self) -> None:
        there = NOW.astimezone(timezone(timedelta(hours=5)))
        sent = example("registration-submission")
        here = validate(Registration, sent, submission=True, id="r-1", now=NOW)
        assert here == validate(Registration, sent, submission=True, id="r-1", now=there)


class TestCalls:
    """A mistake in the call is a TypeError at once, whatever the payload."""

    def test_only_documents_from_senders_can_be_a_submission(self) -> None:
        with pytest.raises(TypeError, match="cannot be a submission"):
            Validator(Event, submission=True, now=NOW)

    def test_only_what_belongs_to_a_dossier_is_judged_against_one(self) -> None:
        dossier = from_json(Dossier, example("dossier"))
        with pytest.raises(TypeError, match="not checked against a dossier"):
            Validator(Event, dossier=dossier, now=NOW)

    def test_limits_are_an_object_of_their_class(self) -> None:
        with pytest.raises(TypeError, match="limits must be Limits"):
            validate(Event, b"{}", limits={"bytes": 3})  # type: ignore[arg-type] # what is refused

    def test_a_clock_is_asked_for(self) -> None:
        with pytest.raises(TypeError, match="now is required"):
            Validator(Registration, submission=True)(b"{}")
        with pytest.raises(TypeError, match="now is required"):
            Validator(Registration, dossier=from_json(Dossier, example("dossier")))(b"{}")

    def test_the_clock_may_be_read_for_each_payload(self) -> None:
        validator = Validator(Registration, submission=True, now=NOW)
        sent = example("registration-submission")
        later = validator(sent, now=NOW + timedelta(hours=1)).value
        assert later is not None
        assert later.submitted_at == NOW + timedelta(hours=1)
        assert validator(sent, id="r-1") == validate(Registration, sent, submission=True, id="r-1", now=NOW)

    def test_an_event_is_no_dossier(self) -> None:
        event: Any = from_json(Event, example("event"))
        with pytest.raises(TypeError, match="Not a Dossier"):
            Validator(Registration, dossier=event, now=NOW)

    def test_a_clock_without_a_zone_is_refused(self) -> None:
        with pytest.raises(InvalidValueError) as raised:
            Validator(Registration, submission=True, now=NOW.replace(tzinfo=None))
        assert [each.code for each in raised.value.findings] == [Code.MOMENT_NAIVE]


class TestRulesJoin:
    """Event rules join the same list when a dossier is given; the object is there all the same."""

    def test_a_registration_is_judged_against_its_dossier(self) -> None:
        dossier = from_json(Dossier, example("dossier"))
        payload = {**example("registration"), "eventUid": "e-2", "sessionIds": ["x"]}
        outcome = validate(Registration, payload, dossier=dossier, now=NOW)
        assert outcome.value is not None
        assert not outcome.ok
        assert {Code.EVENT_UID_DIFFERS, Code.SESSION_UNKNOWN, Code.ID_REPEATED} <= {
            each.code for each in outcome.findings
        }

    def test_a_dossier_judges_itself_when_the_moment_is_given(self) -> None:
        dossier = example("dossier")
        dossier["registrations"].append(dossier["registrations"][0])
        assert validate(Dossier, dossier).findings == ()
        outcome = validate(Dossier, dossier, now=NOW)
        assert outcome.value is not None
        assert Code.ID_REPEATED in {each.code for each in outcome.findings}

    def test_the_moment_alone_changes_nothing_for_one_object(self) -> None:
        assert validate(Registration, example("registration"), now=NOW).findings == ()


class TestSeatsFromCounts:
    """A registration for an event with very many is judged by the numbers of seats taken."""

    WHOLE = event(
        calls=(call(on_site_capacity=2, waitlist=True),),
        sessions=(session("workshop", on_site_capacity=1), session("keynote")),
    )

    def found(self, taken: Any, *session_ids: str, **changes: Any) -> list[tuple[str, str]]:
        made = Dossier(event=evolve(self.WHOLE, **changes))
        comes = registration("new", session_ids=frozenset(session_ids))
        outcome = validate(Registration, to_json(comes), dossier=made, taken=taken, now=NOW)
        assert outcome.findings == Validator(Registration, dossier=made, taken=taken, now=NOW)(to_json(comes)).findings
        (again,) = validate_lines(Registration, BytesIO(to_json(comes)), dossier=made, taken=taken, now=NOW)
        assert again.findings == outcome.findings
        return [(each.code, each.path) for each in outcome.findings]

    def test_each_number_counts_where_it_was_taken(self) -> None:
        assert not self.found({}, "workshop")
        assert not self.found({(None, "on-site"): 1, (None, "remote"): 9, ("workshop", "remote"): 9}, "workshop")
        assert self.found({(None, "on-site"): 2}, "workshop") == [(Code.WAITLIST_NEEDED, "/mode")]
        full: dict[Any, int] = {(None, ON_SITE): 3, ("workshop", ON_SITE): 1}
        assert not self.found({("workshop", "on-site"): 1}, "keynote")
        assert self.found(full, "workshop") == [
            (Code.WAITLIST_NEEDED, "/mode"),
            (Code.SESSION_WAITLIST_NEEDED, "/sessionIds"),
        ]
        assert self.found(full, "workshop", calls=()) == [(Code.SESSION_SEATS_EXCEEDED, "/sessionIds")]
        assert self.found(full, "workshop", calls=(call(on_site_capacity=3),)) == [
            (Code.SEATS_EXCEEDED, "/mode"),
            (Code.SESSION_SEATS_EXCEEDED, "/sessionIds"),
        ]

    @LAW
    @given(crowds(), answers("new"))
    def test_the_verdict_is_that_of_the_whole_dossier(self, made: Dossier, comes: Registration) -> None:
        made = promote(made, now=hours(40))  # numbers do not show who waits for a seat that is free
        taken = {(row.session_id, row.mode): row.taken for row in planning.seats(made)}
        alone = Dossier(event=made.event)
        by_count = Validator(Registration, dossier=alone, taken=taken, now=hours(40))(to_json(comes))
        whole = Validator(Registration, dossier=made, now=hours(40))(to_json(comes))
        others = {Code.REGISTRATION_REPEATED, Code.MAILBOX_SHARED}
        assert list(by_count.findings) == [each for each in whole.findings if each.code not in others]

    def test_wrong_arguments_are_mistakes_of_the_caller(self) -> None:
        made = Dossier(event=self.WHOLE)
        crowded = evolve(made, registrations=(registration("a"),))
        wrong: list[tuple[type, dict[str, Any], str]] = [
            (Registration, {}, "taken needs the dossier"),
            (Event, {}, "taken needs the dossier"),
            (Pledge, {"dossier": made}, "taken is for a Registration"),
            (Registration, {"dossier": crowded}, "The registrations of the dossier hold the seats"),
            (Registration, {"dossier": made, "taken": [5]}, "taken must be a mapping"),
            *(
                (Registration, {"dossier": made, "taken": {key: 1}}, "A key of taken must be a pair")
                for key in (None, "on-site", ("on-site",), (None, "on-site", 1), (5, "on-site"), (None, None))
            ),
        ]
        for cls, arguments, message in wrong:
            with pytest.raises(TypeError, match=message):
                Validator(cls, now=NOW, **{"taken": {}, **arguments})

    @pytest.mark.parametrize(
        ("taken", "code", "path"),
        [
            ({("Workshop", "on-site"): 1}, Code.SESSION_UNKNOWN, "/taken/session"),
            ({(None, "mixed"): 1}, Code.VALUE_UNKNOWN, "/taken/mode"),
            ({(None, "remote"): -1}, Code.NUMBER_OUT_OF_RANGE, "/taken"),
            ({(None, "remote"): True}, Code.WRONG_TYPE, "/taken"),
            ({(None, "remote"): None}, Code.WRONG_TYPE, "/taken"),
        ],
    )
    def test_wrong_numbers_are_refused(self, taken: Any, code: Code, path: str) -> None:
        with pytest.raises(InvalidValueError) as refused:
            Validator(Registration, dossier=Dossier(event=self.WHOLE), taken=taken, now=NOW)
        assert [(each.code, each.path) for each in refused.value.findings] == [(code, path)]


class TestSubmissionsThatWait:
    """R05: "full = waitlisted if the call allows, else refused"; the registration says so itself."""

    LATER = hours(2)
    SENT = MappingProxyType(
        {"eventUid": "e-1", "participant": {"name": "P 1", "email": "p1@example.org"}, "mode": "on-site"}
    )

    def of(self, *registrations: Registration, **terms: Any) -> Dossier:
        whole = event(
            calls=(call(**{"on_site_capacity": 1, "waitlist": True, **terms}),),
            sessions=(session("workshop", on_site_capacity=0),),
        )
        return Dossier(event=whole, registrations=registrations)

    def received(self, dossier: Dossier, **changes: Any) -> Registration:
        """Return the registration of a submission, the same by every door, and right to store as it is."""
        payload = {**self.SENT, **changes}
        outcome = Submission(Registration, payload).accept(dossier, now=self.LATER)
        made = outcome.value_or_raise()
        lines = BytesIO(json.dumps(payload).encode())
        for other in (
            Validator(Registration, dossier=dossier, submission=True)(payload, now=self.LATER),
            validate(Registration, payload, dossier=dossier, submission=True, now=self.LATER),
            *validate_lines(Registration, lines, dossier=dossier, submission=True, now=self.LATER),
        ):
            assert other.findings == outcome.findings
            assert evolve(other.value_or_raise(), id=made.id) == made
        whole = evolve(dossier, registrations=(*dossier.registrations, made))
        assert check(whole, now=self.LATER) == ()
        return made

    def test_one_that_finds_no_seat_is_waitlisted_since_now(self) -> None:
        first = self.received(self.of())
        assert (first.state, first.history) == (RegistrationState.PENDING, ())
        second = self.received(self.of(first), participant={"name": "P 2", "email": "p2@example.org"})
        assert (second.state, second.submitted_at, second.waitlisted_at) == (
            RegistrationState.WAITLISTED,
            self.LATER,
            self.LATER,
        )
        assert second.history == (Transition(at=self.LATER, before="pending", after="waitlisted"),)

    def test_for_a_full_session_it_waits_with_a_seat_at_the_event(self) -> None:
        waits = self.received(self.of(), sessionIds=["workshop"])
        assert (waits.state, waits.waits) == (RegistrationState.PENDING, (wait("workshop", 2),))
        second = self.received(
            self.of(waits), participant={"name": "P 2", "email": "p2@example.org"}, sessionIds=["workshop"]
        )
        assert (second.state, second.waits) == (RegistrationState.WAITLISTED, ())
        sent = Submission(Registration, {**self.SENT, "sessionIds": ["workshop"]})
        outcome = sent.accept(self.of(), now=self.LATER, taken={(None, "on-site"): 0})
        assert outcome.value_or_raise().waits == waits.waits

    def test_waits_are_fields_of_the_office(self) -> None:
        sent = {**self.SENT, "waits": [{"sessionId": "workshop", "since": "2023-04-13T08:15:00Z"}]}
        outcome = Submission(Registration, sent).accept(self.of(), now=self.LATER)
        assert codes(outcome) == [(Code.FIELD_NOT_YOURS, "/waits")]

    def test_counts_of_seats_say_the_same(self) -> None:
        for number, state in ((0, RegistrationState.PENDING), (1, RegistrationState.WAITLISTED)):
            sent = Submission(Registration, dict(self.SENT))
            outcome = sent.accept(self.of(), now=self.LATER, taken={(None, "on-site"): number})
            assert outcome.value_or_raise().state is state

    @LAW
    @given(crowds(), answers("new"))
    def test_what_is_accepted_takes_no_seat_of_others(self, made: Dossier, comes: Registration) -> None:
        now = hours(40)
        made = promote(made, now=now)  # numbers do not show who waits for a seat that is free
        sent = {**self.SENT, "mode": comes.mode.value, "sessionIds": sorted(comes.session_ids)}
        try:
            stored = Submission(Registration, sent).accept(made, now=now, id="new").value_or_raise()
        except RefusedError:
            return
        taken = {(row.session_id, row.mode): row.taken for row in planning.seats(made)}
        by_count = Submission(Registration, sent).accept(Dossier(event=made.event), now=now, id="new", taken=taken)
        assert by_count.value_or_raise() == stored
        whole = evolve(made, registrations=(*made.registrations, stored))
        before, after = (
            [each for each in check(dossier, now=now) if "seats" in each.code or "waitlist" in each.code]
            for dossier in (made, whole)
        )
        assert after == before

    def test_it_stays_pending_where_a_decision_comes_first(self) -> None:
        seated = registration("a").approve(at=hours(1))
        assert self.received(self.of(seated, needs_approval=True)).state is RegistrationState.PENDING
        counted = self.of(seated, needs_approval=True, pending_counts=True)
        assert self.received(counted).state is RegistrationState.WAITLISTED

    def test_one_for_another_event_waits_for_nothing_here(self) -> None:
        outcome = Submission(Registration, self.SENT | {"eventUid": "e-2"}).accept(
            self.of(registration("a")), now=self.LATER
        )
        assert codes(outcome) == [(Code.EVENT_UID_DIFFERS, "/eventUid")]
        assert outcome.value is not None
        assert outcome.value.state is RegistrationState.PENDING

    def test_without_a_waitlist_it_is_refused_as_it_came(self) -> None:
        full = self.of(registration("a"), waitlist=False)
        outcome = Submission(Registration, dict(self.SENT)).accept(full, now=self.LATER)
        assert codes(outcome) == [(Code.SEATS_EXCEEDED, "/mode")]
        assert outcome.value is not None
        assert outcome.value.state is RegistrationState.PENDING

    def test_a_stored_one_stays_as_it_is(self) -> None:
        stored = registration("b")
        outcome = validate(Registration, to_json(stored), dossier=self.of(registration("a")), now=self.LATER)
        assert (codes(outcome), outcome.value) == ([(Code.WAITLIST_NEEDED, "/mode")], stored)


class TestOutcome:
    """An outcome is good when no error is among its findings."""

    def test_a_warning_leaves_it_good(self) -> None:
        event, registration = inner("event"), {**inner("registration"), "membership": "press"}
        outcome = validate(Dossier, {"event": event, "registrations": [registration]}, now=WEEKS_LATER)
        assert outcome.ok
        assert Code.MEMBERSHIP_NOT_ADDRESSED in {each.code for each in outcome.findings}

    def test_many_warnings_leave_it_good_and_an_error_among_them_is_kept(self) -> None:
        registrations = [
            {**inner("registration"), "id": f"r-{index}", "membership": "press", "state": "withdrawn", "history": LEFT}
            for index in range(120)
        ]
        good = validate(Dossier, {"event": inner("event"), "registrations": registrations}, now=WEEKS_LATER)
        assert (good.ok, len(good.findings), good.omitted) == (True, MOST_FINDINGS, 21)
        registrations[119] |= {"eventUid": "another"}
        bad = validate(Dossier, {"event": inner("event"), "registrations": registrations}, now=WEEKS_LATER)
        assert (bad.ok, len(bad.findings), bad.omitted) == (False, MOST_FINDINGS, 22)
        assert [each.path for each in bad.findings if each.severity is Severity.ERROR] == [
            "/registrations/119/eventUid"
        ]

    def test_nothing_found_is_good(self) -> None:
        assert Outcome[Event]().ok

    def test_the_line_is_passed_through(self) -> None:
        assert Validator(Event)(b"{}", line=7).line == 7


class TestNothingPersonalLeaks:
    """No finding contains a value of the input."""

    def test_marked_values_do_not_come_back(self) -> None:
        mark = "Zaphod"
        payload = {
            "id": f"{mark} 1",
            "eventUid": f"{mark} 2",
            "participant": {"name": f" {mark}", "email": f"{mark}@", "phone": mark, "language": mark, mark + " x": 1},
            "organization": f"{mark}\x00",
            "membership": mark,
            "country": mark,
            "mode": mark,
            "sessionIds": [mark + " "],
            "listeningLanguages": [mark],
            "needs": [mark],
            "submittedAt": mark,
            "state": mark,
            f"{mark}@example.org": mark,
        }
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, payload)
        assert mark not in str(raised.value) + repr(raised.value)
        assert len(raised.value.findings) >= 13


class TestAnyBytes:
    """Any bytes at all: an outcome, and never an exception."""

    @LAW
    @given(st.sampled_from(DOCUMENTS), st.binary(max_size=300))
    def test_bytes(self, cls: type, raw: bytes) -> None:
        assert validate(cls, raw).value is None

    @LAW
    @given(
        st.sampled_from(DOCUMENTS),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(sorted({spec.key for cls in DOCUMENTS for spec in fields_of(cls)})), inner
                )
            ),
            max_leaves=30,
        ),
    )
    def test_any_json_under_known_keys(self, cls: type, value: object) -> None:
        payload = value if isinstance(value, dict) else {"slot": value, "title": value}
        outcome: Outcome[Any] = validate(cls, payload)
        assert outcome.value is None
        assert outcome.findings


class TestValueOrRaise:
    """`Outcome.value_or_raise` returns the object, or raises the findings that the sender may see."""

    SENT = MappingProxyType(
        {"eventUid": "e-1", "participant": {"name": "P 1", "email": "p1@example.org"}, "mode": "remote"}
    )
    TWICE = Dossier(
        event=event(),
        registrations=(registration("a", participant=Contact(name="P 1", email="p1@example.org")),),
    )

    def outcome(self, dossier: Dossier, **changes: Any) -> Outcome[Registration]:
        return validate(Registration, {**self.SENT, **changes}, dossier=dossier, now=NOW, submission=True)

    def test_a_good_payload_is_its_object(self) -> None:
        outcome = self.outcome(Dossier(event=event()))
        assert outcome.findings == ()
        assert outcome.value_or_raise() is outcome.value

    def test_a_bad_one_raises_all_its_findings(self) -> None:
        outcome = self.outcome(Dossier(event=event()), mode="onsite", country="UK")
        with pytest.raises(RefusedError) as raised:
            outcome.value_or_raise()
        assert raised.value.findings == outcome.findings
        assert [each.code for each in raised.value.findings] == [Code.VALUE_UNKNOWN, Code.COUNTRY_UNKNOWN]

    def test_warnings_refuse_nothing(self) -> None:
        dossier = Dossier(
            event=event(calls=(call(on_site_capacity=1, waitlist=True),)), registrations=(registration("a"),)
        )
        outcome = self.outcome(dossier, mode="on-site")
        assert codes(outcome) == [(Code.WAITLIST_NEEDED, "/mode")]
        assert outcome.value_or_raise() is outcome.value

    def test_nobody_learns_who_is_registered(self) -> None:
        outcome = self.outcome(self.TWICE)
        assert (codes(outcome), outcome.ok) == ([(Code.REGISTRATION_REPEATED, "/participant")], False)
        assert outcome.value_or_raise() is outcome.value

    def test_nor_from_other_findings(self) -> None:
        with pytest.raises(RefusedError) as raised:
            self.outcome(self.TWICE, sessionIds=["s"]).value_or_raise()
        assert [each.code for each in raised.value.findings] == [Code.SESSION_UNKNOWN]

    def test_the_office_learns_it(self) -> None:
        with pytest.raises(RefusedError) as raised:
            self.outcome(self.TWICE).value_or_raise(for_office=True)
        assert [each.code for each in raised.value.findings] == [Code.REGISTRATION_REPEATED]
        assert raised.value.for_office

    def test_omitted_findings_are_counted(self) -> None:
        outcome = self.outcome(Dossier(event=event()), **{f"a key {number}": 1 for number in range(MOST_FINDINGS + 7)})
        with pytest.raises(RefusedError) as raised:
            outcome.value_or_raise()
        assert (len(raised.value.findings), raised.value.omitted) == (MOST_FINDINGS, 7)
        again = pickle.loads(pickle.dumps(raised.value))
        assert (again.findings, again.omitted, again.for_office) == (raised.value.findings, 7, False)

    def test_from_json_counts_them_too(self) -> None:
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, {f"a key {number}": 1 for number in range(MOST_FINDINGS + 7)})
        assert (len(raised.value.findings), raised.value.omitted) == (MOST_FINDINGS, 12)

    def test_an_outcome_without_an_object_and_without_findings_is_a_mistake_of_the_program(self) -> None:
        hidden = finding(Code.REGISTRATION_REPEATED, "/participant")
        for outcome in (Outcome[Registration](), Outcome[Registration](findings=(hidden,))):
            with pytest.raises(TypeError, match="no value, and no finding"):
                outcome.value_or_raise()


class TestSubmissionAsItCame:
    """A document that came from outside: nothing of it is checked before `accept`."""

    SENT = MappingProxyType({"eventUid": "e-1", "participant": {"name": "P 1", "email": "p1@example.org"}})
    DOSSIER = Dossier(event=event(calls=(call(),)))

    def test_it_is_checked_in_one_round(self) -> None:
        for payload in (self.SENT, json.dumps(dict(self.SENT)), json.dumps(dict(self.SENT)).encode()):
            outcome = Submission(Registration, payload).accept(self.DOSSIER, now=NOW)
            assert codes(outcome) == [(Code.KEY_MISSING, "/mode")]

    def test_it_becomes_the_object_that_a_validator_makes(self) -> None:
        sent = {**self.SENT, "mode": "remote"}
        judge = Validator(Registration, dossier=self.DOSSIER, submission=True)
        submission = Submission(Registration, sent)
        outcome = submission.accept(self.DOSSIER, now=NOW, id="r-1")
        assert outcome == judge(submission, now=NOW, id="r-1") == judge(sent, now=NOW, id="r-1")
        assert outcome.ok

    def test_seats_that_others_have_taken_are_counted(self) -> None:
        dossier = Dossier(event=event(calls=(call(on_site_capacity=1),)))
        submission = Submission(Registration, {**self.SENT, "mode": "on-site"})
        assert submission.accept(dossier, now=NOW).ok
        assert codes(submission.accept(dossier, now=NOW, taken={(None, "on-site"): 1})) == [
            (Code.SEATS_EXCEEDED, "/mode")
        ]

    def test_a_validator_for_the_office_refuses_it(self) -> None:
        submission = Submission(Registration, self.SENT)
        for judge in (Validator(Registration), Validator(Registration, dossier=self.DOSSIER)):
            with pytest.raises(TypeError, match="submission=True"):
                judge(submission, now=NOW)

    def test_a_validator_of_another_class_refuses_it(self) -> None:
        judge: Validator[Any] = Validator(Pledge, submission=True)
        with pytest.raises(TypeError, match="A submission of Registration, not of Pledge"):
            judge(Submission(Registration, self.SENT), now=NOW)

    @pytest.mark.parametrize("cls", [cls for cls in DOCUMENTS if cls not in SUBMISSIONS])
    def test_other_documents_cannot_be_submitted(self, cls: type) -> None:
        with pytest.raises(TypeError, match="cannot be a submission"):
            Submission(cls, {})

    def test_a_payload_of_another_type_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(TypeError, match="A payload must be"):
            Submission(Registration, cast("Any", 5)).accept(self.DOSSIER, now=NOW)

    def test_it_prints_nothing_of_its_payload(self) -> None:
        assert repr(Submission(Registration, self.SENT)) == "Submission(Registration, ...)"

    def test_it_holds_the_payload_unchanged(self) -> None:
        sent = b'{"mode": "remote", "mode": "remote"}'
        assert (Submission(Registration, sent).cls, Submission(Registration, sent).payload) == (Registration, sent)

    def test_it_equals_another_of_the_same_class_and_payload(self) -> None:
        submission = Submission(Registration, b"{}")
        assert submission == Submission(Registration, bytearray(b"{}"))
        others: list[object] = [Submission(Registration, b""), Submission(Pledge, b"{}"), b"{}"]
        assert submission not in others

    def test_it_can_be_copied_and_pickled(self) -> None:
        submission = Submission(Registration, {**self.SENT, "mode": "remote"})
        for again in (copy(submission), deepcopy(submission), pickle.loads(pickle.dumps(submission))):
            assert again == submission
            made = [each.accept(self.DOSSIER, now=NOW, id="r-1") for each in (again, submission)]
            assert made[0] == made[1]


class TestParts:
    """What the accelerator leaves of a payload is read as if all of it were."""

    @pytest.mark.parametrize("changes", [{}, {"mode": "on-sit", "nmae": 1}, {"id": None}])
    def test_members_that_it_has_not_filled(self, changes: dict[str, Any]) -> None:
        document = {key: each for key, each in example("registration").items() if key not in {"@type", "schemaVersion"}}
        document |= changes
        judge: Any = Validator(Registration)
        judge._accelerated = lambda _payload: ([spec.default for spec in fields_of(Registration)], 1, document)
        assert judge(b"") == validate(Registration, document)

    def test_an_object_is_the_result(self) -> None:
        judge: Any = Validator(Registration)
        judge._accelerated = lambda _payload: registration("a")
        assert judge(b"").value == registration("a")

    def test_with_a_dossier_all_is_read(self) -> None:
        judge: Any = Validator(Registration, dossier=Dossier(event=event()), now=NOW)
        judge._accelerated = lambda _payload: ([], 1, {})
        assert codes(judge(b"")) == [(Code.NOT_JSON, "")]
