"""A call: the invitation to register, to ask for interpretation, or to pledge."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refused
from tests.samples.whole import AT, asked, call, deadline, event, session
from wtisd_model import (
    Call,
    CallKind,
    Condition,
    Event,
    InterpretationRequest,
    InvalidValueError,
    ParticipationMode,
    Pledge,
    Registration,
    from_json,
    json_schema,
    to_json,
)

CLOSES = datetime(2023, 4, 20, 22, tzinfo=UTC)


PLAIN: dict[str, Any] = {"required": (), "questions": ()}


class TestCall:
    """E05: each call has an address or says it is unknown."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"url": None, "email": None}, "call-without-address", ""),
            ({"address_unknown": True}, "call-address-contradicted", "/addressUnknown"),
            ({"url": None, "address_unknown": True}, "call-address-contradicted", "/addressUnknown"),
            ({"opens": CLOSES}, "call-closes-before-opening", "/deadline"),
            ({"deadline": deadline(date=date(2023, 4, 13))}, "call-closes-before-opening", "/deadline"),
            ({"opens": datetime(2023, 4, 14)}, "moment-naive", "/opens"),
            ({"kind": "registrations"}, "value-unknown", "/kind"),
            ({"url": "www.itu.int/wtisd"}, "uri-malformed", "/url"),
            ({"email": "strategy"}, "email-malformed", "/email"),
            ({"on_site_capacity": -1}, "number-out-of-range", "/onSiteCapacity"),
            ({"remote_capacity": 2.0}, "wrong-type", "/remoteCapacity"),
            ({"languages": ("fr", "fr")}, "item-repeated", "/languages/1"),
            ({"languages": ("fr", "fra")}, "language-unknown", "/languages/1"),
            ({"waitlist": None}, "wrong-type", "/waitlist"),
            ({"fields": ("organization", "organization")}, "item-repeated", "/fields/1"),
            ({"fields": "organization"}, "list-missing", "/fields"),
            ({"fields": ("membership", "mode"), **PLAIN}, "form-field-always-asked", "/fields/1"),
            ({"fields": ("membership", "participant.name"), **PLAIN}, "form-field-always-asked", "/fields/1"),
            ({"fields": ("membership", "participant"), **PLAIN}, "form-field-always-asked", "/fields/1"),
            ({"fields": ("membership", "state"), **PLAIN}, "value-unknown", "/fields/1"),
            ({"fields": ("membership", "listeners"), **PLAIN}, "form-field-unknown", "/fields/1"),
            (
                {"fields": ("membership",), "required": ("country",), "questions": ()},
                "form-field-unknown",
                "/required/0",
            ),
            ({"fields": None, "required": ("answers",)}, "form-field-always-asked", "/required/0"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: call(**changes)) == (code, path)

    @pytest.mark.parametrize(
        "said", [{"url": "https://www.example.org"}, {"email": "a@example.org"}, {"address_unknown": True}]
    )
    def test_one_way_to_answer_is_enough(self, said: dict[str, Any]) -> None:
        assert Call(kind=CallKind.PLEDGE, **said).deadline is None

    def test_it_may_open_just_before_it_closes(self) -> None:
        opens = CLOSES.replace(hour=21, minute=59, second=59)
        assert call(opens=opens).opens == opens
        assert call(opens=opens, deadline=None).deadline is None
        assert call(opens=None).opens is None

    def test_its_opening_is_held_in_utc(self) -> None:
        assert call(opens=deadline().closes_at.subtract(days=6)).opens == AT.replace(hour=22)

    def test_capacity_returns_the_seats_of_each_mode(self) -> None:
        assert call().capacity(ParticipationMode.ON_SITE) == 200
        assert call().capacity(ParticipationMode.REMOTE) == 1000
        assert call(remote_capacity=None).capacity(ParticipationMode.REMOTE) is None
        assert call(on_site_capacity=0).capacity(ParticipationMode.ON_SITE) == 0


class TestFields:
    """A call names the optional fields of its form by their JSON keys; what is always asked has no name there."""

    def test_none_is_all_of_them_and_an_empty_list_is_none(self) -> None:
        whole = call(fields=None, required=("country", "participant.phone"))
        assert (whole.fields, call(fields=[], required=[], questions=()).fields) == (None, ())
        for each in (whole, call(fields=(), required=(), questions=())):
            held = event(calls=(each,), sessions=())
            assert from_json(Event, to_json(held)) == held

    @pytest.mark.parametrize(
        ("cls", "kind"),
        [
            (Registration, CallKind.REGISTRATION),
            (InterpretationRequest, CallKind.INTERPRETATION),
            (Pledge, CallKind.PLEDGE),
        ],
    )
    def test_they_are_what_people_may_leave_out(self, cls: type, kind: CallKind) -> None:
        schema = json_schema(cls, submission=True)
        always = {"@type", "schemaVersion", "$schema", "answers", "email", "eventUid", "name"}

        def optional(within: dict[str, Any], before: str = "") -> list[str]:
            keys = within["properties"].keys() - {*within["required"], *always}
            return [f"{before}{key}" for key in within["properties"] if key in keys]

        names = optional(schema)
        for key in ("participant", "requester", "pledger"):
            if key in schema["properties"]:
                reference = schema["properties"][key]["allOf"][0]["$ref"].removeprefix("#/$defs/")
                names += optional(schema["$defs"][reference], f"{key}.")
        for name in (*schema["required"], "eventUid", "answers"):
            made = refused(partial(Call, kind=kind, address_unknown=True, fields=[name]))
            assert made == ("form-field-always-asked", "/fields/0")
        whole = Call(kind=kind, address_unknown=True, fields=names, required=names)
        assert whole.fields == whole.required == tuple(names)
        of_none = event(calls=(evolve(whole, fields=(), required=()),))
        drawn = json_schema(cls, submission=True, event=of_none)["properties"].keys()
        assert not drawn & {*names}

    def test_a_refusal_names_those_of_its_kind_and_suggests_nothing_for_what_is_always_asked(self) -> None:
        def fix(**changes: Any) -> str:
            with pytest.raises(InvalidValueError) as raised:
                call(questions=(), **changes)
            return raised.value.findings[0].fix

        assert fix(fields=("participant.email",), required=()) == "Remove its name here."
        assert fix(fields=("participant.fone",), required=()).startswith('Did you mean "participant.phone"? ')
        shown = fix(fields=("listeners",), required=())
        assert ("participant.jobTitle" in shown, "pledger" in shown, "requester" in shown) == (True, False, False)

    @pytest.mark.parametrize(
        ("part", "key"), [({"memberships": {"press"}}, "membership"), ({"session_ids": {"s1"}}, "sessionIds")]
    )
    def test_no_question_depends_on_a_field_that_is_not_asked_for(self, part: dict[str, Any], key: str) -> None:
        questions = (asked(when=Condition(**part)),)
        assert call(questions=questions, fields=(key,), required=()).fields == (key,)
        path = "/questions/0/when/" + ("memberships" if key == "membership" else key)
        assert refused(lambda: call(questions=questions, fields=(), required=())) == ("condition-unfounded", path)


class TestWords:
    """A method takes the word of an enum, as a field does."""

    def test_the_word_of_a_mode_or_a_kind_is_the_member(self) -> None:
        whole = call(on_site_capacity=20, remote_capacity=300)
        assert [whole.capacity(each) for each in ("on-site", ParticipationMode.REMOTE, "remote")] == [20, 300, 300]
        assert session(on_site_capacity=20).capacity("on-site") == 20
        assert event(calls=(whole,)).call("registration") == whole
        assert event(calls=(whole,)).call(CallKind.PLEDGE) is None

    def test_any_other_word_is_refused(self) -> None:
        assert refused(lambda: call().capacity("on site")) == ("value-unknown", "/mode")
        assert refused(lambda: session().capacity("hall")) == ("value-unknown", "/mode")
        assert refused(lambda: event().call("registrations")) == ("value-unknown", "/kind")
