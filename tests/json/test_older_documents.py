"""What an earlier version wrote is read by every later one, as the same object; what is wrong in it, `check` finds."""

import json
from datetime import UTC, datetime
from typing import Any

from attrs import evolve

from tests.json.examples import example
from wtisd_model import (
    Code,
    Dossier,
    Event,
    ParticipationStatus,
    Registration,
    Reply,
    check,
    from_json,
    to_json,
    validate,
)

NOW = datetime(2023, 4, 20, tzinfo=UTC)
ANSWER = {"at": "2023-04-20T08:15:00Z", "status": "accepted", "sequence": 0, "comment": "By train."}


def with_key(key: str, **changes: Any) -> dict[str, Any]:
    whole = {name: value for name, value in example("registration").items() if name not in {"replies", "answers"}}
    return {**whole, key: [ANSWER], **changes}


class TestAnswers:
    """The replies of a person were once called answers."""

    def test_they_are_read_as_replies(self) -> None:
        older = with_key("answers", participationStatus="accepted")
        read = from_json(Registration, older)
        reply = Reply(
            at=datetime(2023, 4, 20, 8, 15, tzinfo=UTC), status=ParticipationStatus.ACCEPTED, comment="By train."
        )
        assert read.replies == (reply,)
        assert read == from_json(Registration, json.dumps(older))
        assert read == from_json(Registration, with_key("replies", participationStatus="accepted"))
        assert b'"answers"' not in to_json(read)

    def test_those_in_a_dossier_are_read_too(self) -> None:
        whole = example("dossier")
        whole["registrations"] = [
            {key: value for key, value in with_key("answers").items() if key not in {"@type", "schemaVersion"}}
        ]
        (one,) = from_json(Dossier, whole).registrations
        assert one.replies == from_json(Registration, with_key("replies")).replies

    def test_a_mistake_is_at_the_key_that_the_document_has(self) -> None:
        older = with_key("answers")
        older["answers"] = [{**ANSWER, "status": "yes"}, 1]
        found = validate(Registration, older).findings
        assert [(each.code, each.path) for each in found] == [
            (Code.VALUE_UNKNOWN, "/answers/0/status"),
            (Code.WRONG_TYPE, "/answers/1"),
        ]

    def test_next_to_replies_they_are_answers_to_questions(self) -> None:
        for both in ({**with_key("answers"), "replies": []}, {"replies": [], **with_key("answers")}):
            (found,) = validate(Registration, both).findings
            assert (found.code, found.path) == (Code.WRONG_TYPE, "/answers")
            assert found.params == {"expected": "object"}
        both = {**with_key("replies"), "answers": {"tshirt": "m"}}
        assert from_json(Registration, both) == evolve(
            from_json(Registration, with_key("replies")), answers={"tshirt": "m"}
        )

    def test_no_submission_has_any(self) -> None:
        sent = {**example("registration-submission"), "answers": [ANSWER]}
        found = validate(Registration, sent, submission=True, now=NOW).findings
        assert [(each.code, each.path) for each in found] == [(Code.WRONG_TYPE, "/answers")]


class TestAddresses:
    """Hosts and ports that cannot exist were not looked at."""

    BAD = "https://example.org:99999/"

    def test_they_are_read_and_check_names_each(self) -> None:
        given = example("event")
        given["url"] = given["image"] = given["calls"][1]["url"] = self.BAD
        given["virtualLocations"] = [{"uri": "https://a..b/"}, {"uri": "tel:+41227306036"}]
        given["documents"][0]["url"] = "https://999.1.1.1/"
        given["sessions"][0]["virtualLocations"] = [{}, {"uri": self.BAD}]
        given["calls"][1].pop("addressUnknown", None)
        event = from_json(Event, given)
        assert event == from_json(Event, to_json(event))
        assert evolve(event, title=event.title).url == self.BAD
        found = check(Dossier(event=event), now=NOW)
        assert [each.path for each in found if each.code == Code.ADDRESS_IMPOSSIBLE] == [
            "/event/virtualLocations/0/uri",
            "/event/calls/1/url",
            "/event/documents/0/url",
            "/event/url",
            "/event/image",
            "/event/sessions/0/virtualLocations/1/uri",
        ]

    def test_others_are_not_named(self) -> None:
        event = from_json(Event, example("event"))
        assert Code.ADDRESS_IMPOSSIBLE not in {each.code for each in check(Dossier(event=event), now=NOW)}
