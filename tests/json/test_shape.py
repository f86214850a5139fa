"""Shape: every finding at once, each at its exact place, with the same verdict as the published schema."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.json.examples import codes, example
from wtisd_model import (
    Code,
    Dossier,
    Event,
    InterpretationRequest,
    Limits,
    Outcome,
    Pledge,
    Registration,
    Session,
    from_json,
    validate,
)
from wtisd_model.findings import MOST_COUNTED, MOST_FINDINGS, MOST_TEXT
from wtisd_model.types.lifecycle import StateTable

SLOT = {"start": "2023-05-17T14:30:00", "end": "2023-05-17T16:30:00", "timeZone": "Europe/Zurich"}
TITLE = {"text": "Forum", "language": "en"}
NOW = datetime(2023, 4, 13, 9, tzinfo=UTC)


class TestEveryFindingAtOnce:
    """One payload, all that is wrong in it, in the order of the document."""

    def test_a_registration(self) -> None:
        payload = {
            "@type": "Registration",
            "id": "-",
            "eventUid": "é",
            "participant": {"name": "P\t1", "email": "p1@", "phone": "0041", "language": "fr-ch", "age": 5},
            "organization": " Ministry",
            "membership": "memberstate",
            "country": "ch",
            "mode": "onsite",
            "sessionIds": ["a", "a", "b c"],
            "listeningLanguages": ["fra", "iw", "fr"],
            "needs": "visa-letter",
            "listingConsent": None,
            "submittedAt": "2023-04-13",
            "state": "approved",
            "checkedInAt": "2023-05-17T12:00:00Z",
            "event_uid": "e",
        }
        assert codes(validate(Registration, payload)) == [
            (Code.ID_MALFORMED, "/id"),
            (Code.UID_MALFORMED, "/eventUid"),
            (Code.TEXT_CONTROL, "/participant/name"),
            (Code.EMAIL_MALFORMED, "/participant/email"),
            (Code.PHONE_MALFORMED, "/participant/phone"),
            (Code.LANGUAGE_UNKNOWN, "/participant/language"),
            (Code.KEY_UNKNOWN, "/participant/age"),
            (Code.TEXT_OUTER_BLANK, "/organization"),
            (Code.VALUE_UNKNOWN, "/membership"),
            (Code.COUNTRY_UNKNOWN, "/country"),
            (Code.VALUE_UNKNOWN, "/mode"),
            (Code.ITEM_REPEATED, "/sessionIds/1"),
            (Code.ID_MALFORMED, "/sessionIds/2"),
            (Code.LANGUAGE_UNKNOWN, "/listeningLanguages/0"),
            (Code.LANGUAGE_UNKNOWN, "/listeningLanguages/1"),
            (Code.WRONG_TYPE, "/needs"),
            (Code.NULL_REFUSED, "/listingConsent"),
            (Code.MOMENT_UNREADABLE, "/submittedAt"),
            (Code.KEY_UNKNOWN, "/event_uid"),
            (Code.CHECKED_IN_AT_UNFOUNDED, "/checkedInAt"),
            (Code.HISTORY_ENDS_ELSEWHERE, "/state"),
        ]

    def test_an_event(self) -> None:
        payload = {
            "uid": "e-1",
            "title": {"text": "x" * 501, "language": "en", "translations": {"en": "Same", "fr": "", "x y": "z"}},
            "slot": {**SLOT, "end": "2023-05-17T14:30:00"},
            "previousSlots": [{"start": "2023-03-26T02:30:00", "end": "2023-10-29T02:30:00", "timeZone": "Geneva"}],
            "locations": [{"name": TITLE, "locality": "Genève", "country": "CH", "latitude": "46.2", "capacity": 1.5}],
            "calls": [
                {"kind": "pledge", "url": "ftp://example.org", "remoteCapacity": 5},
                {"kind": "pledge", "email": "p@example.org", "deadline": {"date": "2023-02-30", "timeZone": "CEST"}},
            ],
            "documents": [{"kind": "circular-letter", "symbol": "CL-22/9", "issued": "2023-04-12"}],
            "goals": ["18", "9.c"],
            "color": "royalblu",
            "sessions": [
                {"id": "s", "title": TITLE, "slot": {**SLOT, "start": "2023-05-17T14:00:00"}},
                {"id": "s", "title": TITLE, "slot": SLOT, "people": [{}]},
            ],
            "sequence": -1,
            "created": "2199-12-31T23:30:00-05:00",
        }
        assert codes(validate(Event, payload)) == [
            (Code.TEXT_TOO_LONG, "/title/text"),
            (Code.TEXT_EMPTY, "/title/translations/fr"),
            (Code.LANGUAGE_UNKNOWN, "/title/translations"),
            (Code.SLOT_ENDS_BEFORE_START, "/slot/end"),
            (Code.ZONE_UNKNOWN, "/previousSlots/0/timeZone"),
            (Code.WRONG_TYPE, "/locations/0/capacity"),
            (Code.POSITION_INCOMPLETE, "/locations/0/longitude"),
            (Code.URI_MALFORMED, "/calls/0/url"),
            (Code.DATE_UNREADABLE, "/calls/1/deadline/date"),
            (Code.ZONE_UNKNOWN, "/calls/1/deadline/timeZone"),
            (Code.DOCUMENT_YEAR_DIFFERS, "/documents/0/symbol"),
            (Code.GOAL_UNKNOWN, "/goals/0"),
            (Code.COLOR_UNKNOWN, "/color"),
            (Code.CONTACT_UNNAMED, "/sessions/1/people/0"),
            (Code.NUMBER_OUT_OF_RANGE, "/sequence"),
            (Code.MOMENT_UNREADABLE, "/created"),
        ]

    def test_rules_between_sound_fields_speak_beside_unsound_ones(self) -> None:
        payload = {
            "uid": "e-1",
            "title": 5,
            "slot": SLOT,
            "calls": [{"kind": "registrations", "email": "p@example.org"}],
            "sessions": [
                {"id": "s", "title": TITLE, "slot": {**SLOT, "start": "2023-05-17T14:00:00"}},
                {"id": "s", "title": TITLE, "slot": SLOT, "remoteCapacity": 5},
            ],
        }
        assert codes(validate(Event, payload)) == [
            (Code.WRONG_TYPE, "/title"),
            (Code.VALUE_UNKNOWN, "/calls/0/kind"),
            (Code.EVENT_WITHOUT_PLACE, "/locations"),
            (Code.CAPACITY_WITHOUT_PLACE, "/sessions/1/remoteCapacity"),
            (Code.SESSION_OUTSIDE_EVENT, "/sessions/0/slot"),
            (Code.ID_REPEATED, "/sessions/1/id"),
        ]

    def test_a_session_an_interpretation_request_and_a_pledge(self) -> None:
        session = {
            "id": "s",
            "title": TITLE,
            "slot": {"start": "2023-10-29T02:30:00", "end": "2023-10-29T03:30:00", "timeZone": "Europe/Zurich"},
            "history": [{"at": "2023-01-01T00:00:00Z", "before": "scheduled", "after": "draft"}],
        }
        assert codes(validate(Session, session)) == [
            (Code.TIME_REPEATED, "/slot/startRepeated"),
            (Code.MOVE_NOT_ALLOWED, "/history/0/after"),
            (Code.HISTORY_ENDS_ELSEWHERE, "/status"),
        ]
        request = {**example("interpretation-request"), "service": "captions", "listeners": 0}
        assert codes(validate(InterpretationRequest, request)) == [
            (Code.NUMBER_OUT_OF_RANGE, "/listeners"),
            (Code.CAPTIONS_NEED_ONE_LANGUAGE, "/targetLanguages"),
        ]
        pledge = {**example("pledge"), "pledged": {"amount": "3e5", "currency": "usd"}, "end": "2023-05-31"}
        pledge["countries"] = [{"country": "NE", "share": "40"}, {"country": "NE", "share": "100.00001"}]
        assert codes(validate(Pledge, pledge)) == [
            (Code.NUMBER_MALFORMED, "/pledged/amount"),
            (Code.CURRENCY_UNKNOWN, "/pledged/currency"),
            (Code.NUMBER_MALFORMED, "/countries/1/share"),
            (Code.PERIOD_ENDS_BEFORE_START, "/end"),
            (Code.TARGET_OUTSIDE_PERIOD, "/targets/0/due"),
        ]

    def test_a_dossier_points_into_all_its_lists(self) -> None:
        dossier = example("dossier")
        dossier["registrations"].append({"id": "r-2", "mode": "remote"})
        dossier["pledges"].append("x")
        dossier["interpretationRequest"] = []
        assert codes(validate(Dossier, dossier)) == [
            (Code.KEY_MISSING, "/registrations/1/eventUid"),
            (Code.KEY_MISSING, "/registrations/1/submittedAt"),
            (Code.PARTICIPANT_MISSING, "/registrations/1/participant"),
            (Code.WRONG_TYPE, "/pledges/0"),
            (Code.KEY_UNKNOWN, "/interpretationRequest"),
        ]


class TestSuggestions:
    """ "Did you mean" for keys, zones, codes and values; never for what only looks alike among short codes."""

    @pytest.mark.parametrize(
        ("change", "suggestion"),
        [
            ({"event_uid": "e"}, "eventUid"),
            ({"EVENTUID": "e"}, "eventUid"),
            ({"particpant": {}}, "participant"),
            ({"country": "ch"}, "CH"),
            ({"country": "UK"}, "GB"),
            ({"mode": "On-Site"}, "on-site"),
            ({"mode": "remotely"}, "remote"),
            ({"listeningLanguages": ["fr-ch"]}, "fr-CH"),
            ({"country": "XQ"}, None),
            ({"zzz": 1}, None),
            ({"k" * 65: 1}, None),
            ({"country": "ch" * 40}, None),
        ],
    )
    def test_the_suggestion_stands_in_the_fix(self, change: dict[str, object], suggestion: str | None) -> None:
        outcome = validate(Registration, {**example("registration"), **change})
        assert [each.params.get("suggestion") for each in outcome.findings] == [suggestion]
        assert (f'Did you mean "{suggestion}"?' in outcome.findings[0].fix) is (suggestion is not None)

    @pytest.mark.parametrize("key", ["stat", "histroy", "idd", "submitted_at"])
    def test_a_key_of_the_office_is_not_suggested_to_a_sender(self, key: str) -> None:
        for_office = validate(Registration, {**example("registration"), key: "x"})
        assert 'Did you mean "' in for_office.findings[0].fix
        sent = validate(Registration, {**example("registration-submission"), key: "x"}, submission=True, now=NOW)
        assert [(each.code, each.fix) for each in sent.findings] == [(Code.KEY_UNKNOWN, Code.KEY_UNKNOWN.fix)]

    def test_a_key_of_the_sender_is_suggested_to_a_sender(self) -> None:
        sent = validate(Registration, {**example("registration-submission"), "mod": "x"}, submission=True, now=NOW)
        assert [each.params["suggestion"] for each in sent.findings] == ["mode"]

    @pytest.mark.parametrize(
        ("key", "meant"),
        [
            ("startDate", "slot"),
            ("timezone", "slot"),
            ("Venue", "locations"),
            ("name", "title"),
            ("inLanguage", "floorLanguages"),
        ],
    )
    def test_a_key_of_another_format_is_answered_with_ours(self, key: str, meant: str) -> None:
        outcome = validate(Event, {**example("event"), key: "x"})
        assert [each.params.get("suggestion") for each in outcome.findings] == [meant]

    @pytest.mark.parametrize("key", ["city", "Town"])
    def test_so_is_one_of_a_part(self, key: str) -> None:
        place = {key: "Geneva", **example("event")["locations"][0]}
        outcome = validate(Event, {**example("event"), "locations": [place]})
        assert [each.params.get("suggestion") for each in outcome.findings] == ["locality"]

    def test_a_key_of_another_format_that_is_a_key_here_too(self) -> None:
        contact = {"nam": "Participant 1"}
        outcome = validate(Registration, {**example("registration"), "participant": contact})
        assert outcome.findings[0].params["suggestion"] == "name"

    @pytest.mark.parametrize(("zone", "meant"), [("Geneva", "Europe/Zurich"), ("Europe/Zurih", "Europe/Zurich")])
    def test_a_zone(self, zone: str, meant: str) -> None:
        outcome = validate(Event, {**example("event"), "slot": {**SLOT, "timeZone": zone}})
        assert outcome.findings[0].params["suggestion"] == meant


class TestEnough:
    """At most 100 findings and 20 kB of text, and how many more there were."""

    def test_a_hundred_findings_are_kept_and_the_rest_counted(self) -> None:
        outcome = validate(Registration, {**example("registration"), **{f"k{index}": index for index in range(150)}})
        assert (len(outcome.findings), outcome.omitted, outcome.ok) == (MOST_FINDINGS, 50, False)

    def test_no_more_than_ten_thousand_more_are_counted(self) -> None:
        outcome = validate(Dossier, {**example("dossier"), "pledges": [{}] * 20_000})
        assert (len(outcome.findings), outcome.omitted) == (MOST_FINDINGS, MOST_COUNTED)
        assert not outcome.ok

    def test_the_text_is_bounded_too(self) -> None:
        keys = {f"{'k' * 60}{index}": index for index in range(100)}
        outcome = validate(Registration, {**example("registration"), "participant": {"name": "P", **keys}, "state": 1})
        assert sum(len(str(each)) for each in outcome.findings) <= MOST_TEXT
        many = {"interpretationRequests": [{"service": "x", "delivery": "x"} for _ in range(40)]}
        full = validate(Dossier, {**example("dossier"), **many})
        assert sum(len(str(each)) for each in full.findings) <= MOST_TEXT
        assert full.omitted > 0


class TestValues:
    """What JSON cannot say by itself is read exactly."""

    def test_a_whole_number_may_be_written_as_one_that_has_a_point(self) -> None:
        event = {**example("event"), "sequence": 2.0}
        assert from_json(Event, event).sequence == 2
        assert codes(validate(Event, {**event, "sequence": 2.5})) == [(Code.WRONG_TYPE, "/sequence")]
        assert codes(validate(Event, {**event, "sequence": True})) == [(Code.WRONG_TYPE, "/sequence")]

    def test_decimals_are_exact(self) -> None:
        pledge = {**example("pledge"), "pledged": {"amount": "999999999999999999.99", "currency": "USD"}}
        made = from_json(Pledge, pledge).pledged
        assert made is not None
        assert made.amount == Decimal("999999999999999999.99")

    @pytest.mark.parametrize(
        ("text", "good"),
        [
            ("2023-04-13T08:15:00Z", True),
            ("2023-04-13t08:15:00z", True),
            ("2023-04-13T08:15:00.123456+02:00", True),
            ("2023-04-13T08:15:00-00:00", True),
            ("1970-01-01T00:00:00Z", True),
            ("1970-01-01T00:00:00+00:01", False),
            ("2023-02-29T00:00:00Z", False),
            ("2023-04-13 08:15:00Z", False),
            ("2023-04-13T08:15Z", False),
            ("2023-04-13T08:15:00", False),
            ("2023-04-13T08:15:00+0200", False),
            ("2023-04-13T08:15:60Z", False),
            ("2023-04-13T24:00:00Z", False),
            ("2023-04-13T08:15:00,5Z", False),
            ("2023-04-13T08:15:00.1234567Z", False),
            ("2023-04-13T08:15:00Z\n", False),
            ("２023-04-13T08:15:00Z", False),
            ("0000-04-13T08:15:00Z", False),
            ("now", False),
        ],
    )
    def test_a_moment_is_rfc_3339_and_nothing_else(self, text: str, good: bool) -> None:
        outcome = validate(
            Registration, {**example("registration"), "submittedAt": text, "history": [], "state": "pending"}
        )
        assert outcome.ok is good
        assert good or codes(outcome) == [(Code.MOMENT_UNREADABLE, "/submittedAt")]

    def test_a_text_has_a_hundred_translations_at_most(self) -> None:
        tags = [f"en-{index:03}" for index in range(101)]
        title = {**TITLE, "translations": dict.fromkeys(tags, "Forum")}
        event = {**example("event"), "title": title}
        assert codes(validate(Event, event)) == [(Code.TOO_MANY_ITEMS, "/title/translations")]
        assert validate(Event, {**event, "title": {**TITLE, "translations": dict.fromkeys(tags[:100], "Forum")}}).ok

    def test_translations_are_an_object_of_texts(self) -> None:
        event = {**example("event"), "title": {**TITLE, "translations": []}}
        assert codes(validate(Event, event)) == [(Code.WRONG_TYPE, "/title/translations")]

    @pytest.mark.parametrize("wrong", [5, True, [], {}])
    def test_a_value_of_the_wrong_kind_is_called_so_in_every_field(self, wrong: object) -> None:
        pledge: dict[str, object] = {key: wrong for key in example("pledge") if key not in {"@type", "schemaVersion"}}
        expected = [(Code.WRONG_TYPE, f"/{key}") for key, value in pledge.items() if not _fits(key, value)]
        assert [each for each in codes(validate(Pledge, pledge)) if each[0] == Code.WRONG_TYPE] == expected


def _fits(key: str, value: object) -> bool:
    arrays = {"focusAreas", "countries", "groups", "goals", "targets", "history", "reports"}
    objects = {"title", "pledger", "pledged"}
    if isinstance(value, list):
        return key in arrays
    return key in objects if isinstance(value, dict) else key == "public" and value is True


class TestObjects:
    """A text in place of an object is answered with the keys of the object, if it needs few."""

    @pytest.mark.parametrize(
        ("cls", "name", "key", "expected"),
        [
            (Event, "event", "title", "an object with text, language"),
            (Event, "event", "slot", "an object with start, end, timeZone"),
            (Registration, "registration", "participant", "an object"),
        ],
    )
    def test_the_message_names_the_required_keys(self, cls: type, name: str, key: str, expected: str) -> None:
        outcome: Outcome[Any] = validate(cls, {**example(name), key: "x"})
        assert [each.message for each in outcome.findings] == [f"Expected {expected}."]

    def test_a_document_has_too_many_keys_to_name(self) -> None:
        assert [each.message for each in validate(Registration, b"[]").findings] == ["Expected an object."]


class TestRules:
    """A rule is asked where all that it looks at is sound; what fails in it is a fault of ours and stays one."""

    def test_a_rule_that_fails_is_not_taken_for_one_that_lacks_a_field(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def slip(*_: object) -> tuple[()]:
            raise KeyError("no such table")

        monkeypatch.setattr(StateTable, "check_history", slip)
        raw = json.dumps({**example("registration"), "schemaVersion": 1.0})
        with pytest.raises(KeyError, match="no such table"):
            validate(Registration, raw)


class TestNumberLength:
    """`Limits.number_length` counts characters, by whichever door a number comes."""

    @pytest.mark.parametrize("length", range(1, 21))
    def test_bytes_and_mappings_are_measured_alike(self, length: int) -> None:
        limits = Limits(number_length=length)
        for digits in (length - 1, length, length + 1):
            for number in (10**digits // 9, -(10**digits // 9)):
                document = {**example("registration"), "schemaVersion": number}
                told = [
                    [str(each.code) for each in validate(Registration, payload, limits=limits).findings]
                    for payload in (json.dumps(document).encode(), document)
                ]
                assert told[0] == told[1]
                assert (told[0] == ["number-too-long"]) is (len(str(number)) > length)
