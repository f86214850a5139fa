"""Foreign values become objects; what a field refuses is left out, and reported where it was found."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from wtisd_model import Code, Contact, Event, Limits, PayloadError, Registration, Severity
from wtisd_model.findings import MOST_FINDINGS, finding
from wtisd_model.json.builtins import to_builtins
from wtisd_model.reading.foreign_value import read_foreign
from wtisd_model.reading.make import make
from wtisd_model.reading.notes import At, Notes
from wtisd_model.types.text import LINE

SLOT = {"start": "2027-03-04T09:00:00", "end": "2027-03-04T10:00:00", "timeZone": "UTC"}
NAME = {"text": "Organizer", "language": "en"}
EVENT: dict[str, Any] = {
    "uid": "e-1",
    "title": At({"text": At("Forum", "/name"), "language": "en"}, "/name"),
    "slot": At(SLOT, "/when"),
    "venueToFollow": True,
}


def said(notes: Notes) -> list[tuple[str, str, dict[str, str | int]]]:
    return [(each.code, each.path, dict(each.params)) for each in notes.findings]


def made(**changes: Any) -> tuple[Event | None, list[tuple[str, str, dict[str, str | int]]]]:
    notes = Notes()
    return make(Event, EVENT | changes, notes), said(notes)


class TestMake:
    """A payload whose values know where they came from becomes an object."""

    def test_good_values(self) -> None:
        event, found = made(description=None, keywords=(At("a", "/tags/0"), None))
        assert event is not None
        assert event.title.text == "Forum"
        assert event.keywords == {"a"}
        assert not found

    @pytest.mark.parametrize(
        ("changes", "place", "reason"),
        [
            ({"url": At("ftp://x", "/link")}, "/link", "uri-malformed"),
            ({"color": At(5, "/colour")}, "/colour", "wrong-type"),
            ({"color": At(0.5, "/colour")}, "/colour", "wrong-type"),
            ({"keywords": [At("", "/tags/0"), At("b", "/tags/1")]}, "/tags/0", "text-empty"),
            ({"keywords": At(["b", ""], "/tags")}, "/tags", "text-empty"),
            ({"organizer": At({"name": NAME, "email": At("x", "/mail")}, "/host")}, "/mail", "email-malformed"),
            ({"organizer": At({"name": NAME | {"text": ""}}, "/host")}, "/host", "text-empty"),
            ({"organizer": At({"email": "a@example.org"}, "/host")}, "/host", "key-missing"),
            ({"extensions": At({"example.org:a": "x" * 70_000}, "/more")}, "/more", "extension-too-large"),
            ({"extensions": {"example.org:a": At({"b": {"c": "x" * 70_000}}, "/m")}}, "/m", "extension-too-large"),
        ],
    )
    def test_a_value_that_its_field_refuses_is_left_out(self, changes: Any, place: str, reason: str) -> None:
        event, found = made(**changes)
        assert event is not None
        assert found == [("value-dropped", place, {"reason": reason})]

    def test_a_part_that_cannot_be_without_it_is_left_out_as_a_whole(self) -> None:
        session = {"id": "s", "title": {"text": "S", "language": "en"}, "slot": SLOT}
        late = session | {"id": "t", "slot": SLOT | {"end": At("2027-03-04T08:00:00", "/parts/1/until")}}
        event, found = made(sessions=[At(session, "/parts/0"), At(late, "/parts/1"), At(session | {"id": "u"}, "/x")])
        assert event is not None
        assert [each.id for each in event.sessions] == ["s", "u"]
        assert found == [("value-dropped", "/parts/1/until", {"reason": "slot-ends-before-start"})]

    def test_the_whole_may_have_a_place(self) -> None:
        notes = Notes()
        assert make(Event, At({key: EVENT[key] for key in ("uid", "title")}, "/events/3"), notes) is None
        assert said(notes) == [
            ("event-without-slot", "/events/3", {}),
        ]

    def test_of_several_mistakes_in_a_part_that_is_left_out_one_is_told(self) -> None:
        event, found = made(sessions=[At({"id": "", "title": 5}, "/parts/0"), At({"id": "x"}, "/parts/1")])
        assert event is not None
        assert not event.sessions
        assert found == [
            ("value-dropped", "/parts/0", {"reason": "id-malformed"}),
            ("value-dropped", "/parts/1", {"reason": "key-missing"}),
        ]

    @pytest.mark.parametrize(
        ("changes", "code", "place"),
        [
            ({"uid": At("", "/id")}, "uid-malformed", "/id"),
            ({"title": At({"text": At("", "/name/text"), "language": "en"}, "/name")}, "text-empty", "/name/text"),
            ({"uid": None}, "key-missing", ""),
            ({"venueToFollow": False}, "event-without-place", ""),
        ],
    )
    def test_an_object_that_cannot_be_made_is_an_error(self, changes: Any, code: str, place: str) -> None:
        event, found = made(**changes)
        assert event is None
        assert [each[:2] for each in found] == [(code, place)]

    def test_no_object_is_made_without_an_error(self) -> None:
        notes = Notes()
        assert make(Contact, {"roles": [At("x", "/role")]}, notes) is None
        assert [(each.code, each.severity) for each in notes.findings] == [
            (Code.VALUE_DROPPED, Severity.WARNING),
            (Code.CONTACT_UNNAMED, Severity.ERROR),
        ]

    def test_the_draft_of_the_caller_is_not_changed(self) -> None:
        draft = EVENT | {"keywords": ["", "a"]}
        kept = repr(draft)
        make(Event, draft, Notes())
        assert repr(draft) == kept

    def test_five_thousand_bad_sessions_are_left_out_in_one_go(self) -> None:
        notes = Notes()
        bad = [At({"id": f"s-{number}"}, f"/parts/{number}") for number in range(5000)]
        event = make(Event, EVENT | {"sessions": bad}, notes)
        assert event is not None
        assert (event.sessions, len(notes.findings), notes.omitted) == ((), 100, 4900)

    @LAW
    @given(ours.registrations(), st.sampled_from(["organization", "membership", "sessionIds", "needs", "extensions"]))
    def test_a_payload_with_one_bad_value_loses_only_this(self, drawn: Registration, key: str) -> None:
        # Who waits for a session has chosen it.
        plain: Any = to_builtins(evolve(drawn, waits=()) if key == "sessionIds" else drawn)
        payload = {name: each for name, each in plain.items() if name not in {"@type", "schemaVersion"}}
        notes = Notes()
        read = make(Registration, payload | {key: At(object(), "/here")}, notes)
        assert said(notes) == [("value-dropped", "/here", {"reason": "wrong-type"})]
        assert to_builtins(read) == {name: each for name, each in plain.items() if name != key}


class TestNotes:
    """Texts are mended; each place is named, but not a repetition, since it would drown the others."""

    WARNING = finding(Code.VISA_LETTER_REMOTE, "/needs")

    @pytest.mark.parametrize(
        ("value", "kept", "found"),
        [
            ("Forum", "Forum", []),
            (" Forum\r\n", "Forum", [("text-changed", "/a/name", {"property": "name"})]),
            ("x" * 1000, "x" * LINE.maximum, [("text-changed", "/a/name", {"property": "name"})]),
            (None, None, []),
            ("", None, []),
            (" \n", None, []),
            ("\x00", None, [("value-dropped", "/a/name", {"reason": "text-empty"})]),
            (5, None, [("value-dropped", "/a/name", {"reason": "wrong-type"})]),
        ],
    )
    def test_text(self, value: object, kept: str | None, found: object) -> None:
        notes = Notes()
        text = notes.text(value, LINE, "/a/name")
        assert text == (None if kept is None else At(kept, "/a/name"))
        assert said(notes) == found

    @given(st.integers(0, MOST_FINDINGS + 1), st.lists(st.sampled_from([Code.KEY_MISSING, Code.VISA_LETTER_REMOTE])))
    def test_the_finding_of_a_code_is_added_as_any_other(self, before: int, codes: list[Code]) -> None:
        one, other = (Notes([self.WARNING] * before) for _ in range(2))
        for code in codes:
            one.note(code, "/needs")
            other.add(finding(code, "/needs"))
        assert (one.kept, one.omitted, one.full) == (other.kept, other.omitted, other.full)

    def test_a_repetition_is_not_noted(self) -> None:
        collector = Notes()
        for path, member in (("/a", "x"), ("/b", "x"), ("/b", "y")):
            collector.note_once(Code.MEMBER_UNSUPPORTED, path, member=member)
        for path in ("/a", "/a", "/b"):
            collector.note_once_at(Code.PLACE_MISSING, path)
        assert [(each.code, each.path) for each in collector.kept] == [
            (Code.MEMBER_UNSUPPORTED, "/a"),
            (Code.MEMBER_UNSUPPORTED, "/b"),
            (Code.PLACE_MISSING, "/a"),
            (Code.PLACE_MISSING, "/b"),
        ]


class TestReadForeign:
    """The parser of payloads reads foreign JSON too."""

    def test_an_array(self) -> None:
        assert read_foreign([{"a": 1}]) == [{"a": 1}]
        assert read_foreign(b"[[]]") == [[]]
        with pytest.raises(PayloadError) as caught:
            read_foreign([{"a": {1}}])
        assert [each.path for each in caught.value.findings] == ["/0/a"]

    @pytest.mark.parametrize("data", [b'{"a":[1]}', '{"a":[1]}', {"a": [1]}])
    def test_documents(self, data: Any) -> None:
        assert read_foreign(data) == {"a": [1]}

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", Code.NOT_JSON),
            (b'{"a":1,"a":2}', Code.KEY_REPEATED),
            (b"\xff", Code.NOT_UTF8),
            (rb'{"a":"\ud800"}', Code.NOT_UTF8),
            ({"a": ["\ud800"]}, Code.NOT_UTF8),
            ({"\ud800": 1}, Code.NOT_UTF8),
            (b"[" * 50 + b"]" * 50, Code.PAYLOAD_TOO_DEEP),
        ],
    )
    def test_what_is_not_json(self, data: Any, code: Code) -> None:
        with pytest.raises(PayloadError) as caught:
            read_foreign(data)
        assert [each.code for each in caught.value.findings] == [code]
        assert caught.value.__context__ is None  # which may have the text

    def test_limits(self) -> None:
        assert read_foreign(json.dumps(["x" * 1_000_000]))
        with pytest.raises(PayloadError):
            read_foreign(b'["xyz"]', Limits(bytes=5))
