"""Data of other programs: named by domain, kept through JSON, and never shown."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refused
from tests.samples.whole import event, pledge, registration, request, session
from wtisd_model import Event, Registration, from_json, to_json, validate

OBJECTS = (event(), session(), registration(), request(), pledge())
NOW = datetime(2023, 4, 15, tzinfo=UTC)


class TestExtensions:
    """RFC 8984 section 3.3: a name of one's own begins with a domain that one controls."""

    @pytest.mark.parametrize("each", OBJECTS, ids=lambda each: type(each).__name__)
    def test_every_object_keeps_them_and_prints_none(self, each: Any) -> None:
        whole = evolve(each, extensions={"example.org:a": {"secret": [1, 2.5, None]}, "a.example.org:b.c-d_e": "x"})
        again = from_json(type(each), to_json(whole))
        assert again == whole
        assert to_json(again) == to_json(whole)
        assert b'"extensions":{"a.example.org:b.c-d_e":"x","example.org:a":{"secret":[1,2.5,null]}}' in to_json(whole)
        assert "secret" not in repr(whole)
        assert "extensions" not in repr(whole)

    @pytest.mark.parametrize(
        "name",
        ["badge", "example:badge", "Example.org:badge", "example.org:", "example.org/badge", ".org:a", "a.b:c d"],
    )
    def test_other_names_are_refused(self, name: str) -> None:
        assert refused(lambda: registration(extensions={name: 1})) == ("extension-key-malformed", "/extensions")

    def test_a_stranger_sends_none(self) -> None:
        payload = {
            "eventUid": "e-1",
            "participant": {"name": "Participant 1", "email": "p1@example.org"},
            "mode": "remote",
            "extensions": {"example.org:badge": 1},
        }
        outcome = validate(Registration, payload, submission=True, now=NOW)
        assert [(each.code, each.path) for each in outcome.findings] == [("field-not-yours", "/extensions")]

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            ("x" * 65_535, "extension-too-large"),
            ([1] * 32_768, "extension-too-large"),
            ([[[[[[[[[1]]]]]]]]], "extension-too-deep"),
            (2**60 + 1, "number-out-of-range"),
        ],
    )
    def test_what_exceeds_the_limits_is_found_where_it_is(self, value: object, code: str) -> None:
        assert refused(lambda: event(extensions={"example.org:a": value})) == (code, "/extensions/example.org:a")
        payload = {**json.loads(to_json(event())), "extensions": {"example.org:a": value}}
        (found,) = validate(Event, payload).findings
        assert (found.code, found.path) == (code, "/extensions/example.org:a")

    @pytest.mark.parametrize("value", ["x" * 65_534, [*[1] * 32_766, 12]])
    def test_a_value_may_have_65536_bytes(self, value: object) -> None:
        assert (
            len(event(extensions={"example.org:a": value}).extensions.canonical()) == len('{"example.org:a":}') + 65_536
        )

    def test_purging_removes_them(self) -> None:
        assert registration().purged(at=NOW).extensions == {}
        assert request().purged(at=NOW).extensions == {}
