"""The fields for which a call asks: submissions to that event have no others, and whatever it requires."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.samples.small import event
from tests.samples.whole import asked, registration
from wtisd_model import (
    Call,
    Code,
    Dossier,
    Event,
    InterpretationRequest,
    Outcome,
    Pledge,
    Registration,
    Session,
    Submission,
    Validator,
    check,
    clean_form,
    json_schema,
    schema_validator,
    to_json,
    to_problem,
    validate,
)
from wtisd_model.strategies import events, registrations

NOW = datetime(2023, 4, 15, tzinfo=UTC)


def asking_for(*fields: str, **terms: Any) -> Event:
    """Return an event whose form asks for some of the optional fields."""
    call = Call(kind="registration", address_unknown=True, fields=fields, **terms)
    return evolve(event(), calls=(call,))


def document(**changes: Any) -> dict[str, Any]:
    """Return a submission with other fields than a small one has."""
    person = {"name": "Participant 1", "email": "participant1@example.org"}
    return {"eventUid": event().uid, "participant": person, "mode": "remote", **changes}


def outcome_of(whole: Event, **changes: Any) -> Outcome[Registration]:
    return Submission(Registration, document(**changes)).accept(Dossier(event=whole), now=NOW)


def found(whole: Event, **changes: Any) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in outcome_of(whole, **changes).findings]


PERSON = document()["participant"]


class TestFields:
    """Decision 23: the form asks what the organizer asks."""

    def test_what_is_asked_for_may_be_there_and_nothing_else(self) -> None:
        whole = asking_for("organization", "participant.phone")
        assert found(whole, organization="Organization 1", participant={**PERSON, "phone": "+41227305111"}) == []
        assert found(whole, country="CH", participant={**PERSON, "language": "fr"}, sessionIds=[]) == [
            (Code.FIELD_NOT_ASKED, "/participant/language"),
            (Code.FIELD_NOT_ASKED, "/country"),
            (Code.FIELD_NOT_ASKED, "/sessionIds"),
        ]

    def test_what_is_not_asked_for_is_an_error_of_an_object_that_could_be_made(self) -> None:
        outcome = outcome_of(asking_for(), country="CH")
        assert outcome.value is not None
        assert outcome.value.country == "CH"
        assert not outcome.ok
        assert to_problem(outcome.findings)["errors"][0]["pointer"] == "#/country"

    def test_it_is_found_with_any_other_mistake(self) -> None:
        assert found(asking_for("country", questions=(asked(required=True),)), needs=[], mode="x", country="XX") == [
            (Code.VALUE_UNKNOWN, "/mode"),
            (Code.COUNTRY_UNKNOWN, "/country"),
            (Code.FIELD_NOT_ASKED, "/needs"),
            (Code.ANSWER_MISSING, "/answers/q"),
        ]

    def test_a_required_field_is_there_and_a_list_is_not_empty(self) -> None:
        whole = asking_for("organization", "needs", "participant.phone", required=("participant.phone", "needs"))
        missing = [(Code.KEY_MISSING, "/participant/phone"), (Code.KEY_MISSING, "/needs")]
        outcome = outcome_of(whole, needs=[])
        assert [(each.code, each.path) for each in outcome.findings] == missing
        assert outcome.value is None
        assert found(whole, needs=["captions"], participant={**PERSON, "phone": "+41227305111"}) == []

    def test_in_an_object_that_is_wrong_itself_nothing_is_missing(self) -> None:
        whole = asking_for("participant.phone", required=("participant.phone",))
        for wrong, code in (("x", Code.WRONG_TYPE), (None, Code.NULL_REFUSED)):
            assert found(whole, participant=wrong) == [(code, "/participant")]

    def test_something_may_be_required_where_everything_is_asked_for(self) -> None:
        call = Call(kind="registration", address_unknown=True, required=("country",))
        whole = evolve(event(), calls=(call,))
        assert found(whole, organization="Organization 1") == [(Code.KEY_MISSING, "/country")]

    def test_it_is_never_found_in_what_is_stored(self) -> None:
        whole = asking_for(required=())
        stored = registration(event_uid=whole.uid, answers={}, session_ids=frozenset())
        codes = {each.code for each in check(Dossier(event=whole, registrations=(stored,)), now=NOW)}
        read = validate(Registration, to_json(stored), dossier=Dossier(event=whole), now=NOW)
        assert Code.FIELD_NOT_ASKED not in {*codes, *(each.code for each in read.findings)}

    def test_other_calls_and_events_ask_for_all(self) -> None:
        assert found(evolve(event(), calls=()), country="CH") == []
        assert validate(Registration, document(country="CH"), submission=True, now=NOW).ok

    def test_an_empty_field_of_an_html_form_was_not_sent(self) -> None:
        whole = asking_for("organization")
        sent = {"eventUid": whole.uid, "participant.name": "P 1", "participant.email": "p1@example.org"}
        payload = clean_form(Registration, {**sent, "mode": "remote", "country": "", "needs[]": [""]}, event=whole)
        assert Validator(Registration, submission=True, dossier=Dossier(event=whole), now=NOW)(payload).ok

    @LAW
    @given(events(), st.data())
    def test_drawn_registrations_fit_the_form_of_a_drawn_event(self, whole: Event, data: st.DataObject) -> None:
        made = data.draw(registrations(event=whole))
        call = whole.call("registration")
        if made.purged_at is None and call is not None and call.fields is not None:
            for name in ("organization", "country", "membership"):
                assert name in call.fields or getattr(made, name) is None


class TestForm:
    """The schema of the form has the same fields, and no trace of others."""

    def test_it_draws_what_is_asked_for(self) -> None:
        slot = event().slot
        assert slot is not None
        session = Session(id="s1", title=event().title, slot=slot)
        whole = evolve(asking_for("organization", "sessionIds", required=("sessionIds",)), sessions=(session,))
        schema = json_schema(Registration, submission=True, event=whole)
        assert list(schema["properties"]) == ["eventUid", "participant", "organization", "mode", "sessionIds"]
        assert list(schema["$defs"]["participant"]["properties"]) == ["name", "email"]
        assert schema["required"] == ["eventUid", "participant", "mode", "sessionIds"]
        judge = schema_validator(Registration, submission=True, event=whole)
        assert judge.is_valid(document(sessionIds=["s1"]))
        wrong: tuple[dict[str, Any], ...] = ({}, {"sessionIds": []}, {"sessionIds": ["s1"], "country": "CH"})
        for changes in wrong:
            assert not judge.is_valid(document(**changes))

    def test_a_person_who_filed_it_has_all_fields_whatever_the_participant_has(self) -> None:
        whole = asking_for("filedBy", "participant.phone", required=("participant.phone",))
        schema = json_schema(Registration, submission=True, event=whole, language="fr")
        assert schema["$defs"]["participant"]["properties"]["phone"]["title"] == "Téléphone"
        assert schema["$defs"]["participant"]["required"] == ["phone"]
        assert "language" in schema["$defs"]["ContactSubmission"]["properties"]
        assert schema["$defs"]["ContactSubmission"]["required"] == []

    def test_a_required_yes_or_no_can_be_answered_with_no(self) -> None:
        call = Call(kind="pledge", address_unknown=True, required=("public",))
        schema = json_schema(Pledge, submission=True, event=evolve(event(), calls=(call,)))
        assert [each["const"] for each in schema["properties"]["public"]["oneOf"]] == [True, False]
        assert "oneOf" not in schema["properties"]["amountIsEstimate"]

    def test_the_privacy_notice_is_set_by_the_program_where_it_is_asked_for(self) -> None:
        schema_of = schema_validator(Registration, submission=True, event=asking_for("privacyNotice"))
        assert schema_of.is_valid(document(privacyNotice="2023-01"))
        assert not schema_validator(Registration, submission=True, event=asking_for()).is_valid(
            document(privacyNotice="2023-01")
        )


class TestSeats:
    """The form says where no seat is left for a newcomer, by the registrations of a dossier or by counts."""

    def whole(self, **terms: Any) -> Event:
        slot = event().slot
        assert slot is not None
        sessions = tuple(
            Session(
                id=each,
                title=evolve(event().title, text=each.upper(), language="en"),
                slot=slot,
                on_site_capacity=on_site,
                remote_capacity=remote,
            )
            for each, on_site, remote in (("a", 1, None), ("b", 0, 0), ("c", None, None))
        )
        return evolve(asking_for("sessionIds", **terms), sessions=sessions)

    def titles(self, given: Event | Dossier, **arguments: Any) -> list[str]:
        fields = json_schema(Registration, submission=True, event=given, **arguments)["properties"]
        return [each["title"] for field in (fields["sessionIds"]["items"], fields["mode"]) for each in field["oneOf"]]

    def test_titles_say_what_is_full_and_what_happens_then(self) -> None:
        taken = {("a", "on-site"): 1}
        plain = ["A", "B", "C", "On site", "Remote"]
        assert self.titles(self.whole(), language="en") == plain
        assert self.titles(self.whole(), language="en", taken=taken)[:3] == ["A (On site: full)", "B (full)", "C"]
        waiting = ["A (On site: full, you would wait)", "B (full, you would wait)", "C"]
        assert self.titles(self.whole(waitlist=True), language="en", taken=taken)[:3] == waiting
        assert self.titles(self.whole(), language="fr", taken=taken)[:2] == [
            "A (Sur place\u00a0: complet)",
            "B (complet)",
        ]

    def test_so_do_the_modes_of_the_event(self) -> None:
        whole = self.whole(on_site_capacity=1)
        assert self.titles(whole, language="en", taken={(None, "on-site"): 1})[3:] == ["On site (full)", "Remote"]

    def test_the_registrations_of_a_dossier_count_too(self) -> None:
        whole = self.whole()
        accepted = outcome_of(whole, mode="on-site", sessionIds=["a"]).value
        assert accepted is not None
        assert self.titles(Dossier(event=whole), language="en")[0] == "A"
        assert self.titles(Dossier(event=whole, registrations=(accepted,)), language="en")[0] == "A (On site: full)"

    def test_requests_take_no_seats(self) -> None:
        form = json_schema(InterpretationRequest, submission=True, event=Dossier(event=self.whole()), language="en")
        assert [each["title"] for each in form["properties"]["sessionIds"]["items"]["oneOf"]] == ["A", "B", "C"]

    def test_wrong_arguments_are_mistakes_of_the_caller(self) -> None:
        with pytest.raises(TypeError, match="taken"):
            json_schema(Registration, submission=True, taken={})
        with pytest.raises(TypeError, match="taken"):
            self.titles(self.whole(), taken=[])
        with pytest.raises(TypeError, match="taken is for a Registration"):
            json_schema(InterpretationRequest, submission=True, event=self.whole(), taken={})
