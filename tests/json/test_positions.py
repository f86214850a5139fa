"""Positions: each finding is on the line and in the column where a person looks for it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.mutations import mutated
from wtisd_model import Code, Event, Finding, Position, Registration, positions, validate

NOW = datetime(2023, 4, 1, tzinfo=UTC)


def places(text: str | bytes, cls: type = Registration) -> list[tuple[str, str, tuple[int, int]]]:
    """Return code, path and position of each finding about a submission."""
    raw = text if isinstance(text, bytes) else text.encode()
    found = validate(cls, raw, submission=cls is Registration, now=NOW if cls is Registration else None).findings
    located = zip(found, positions(raw, found), strict=True)
    return [(each.code, each.path, (line, column)) for each, (line, column) in located]


class TestPositions:
    """The first line and the first column are 1; a column is a character."""

    def test_a_finding_is_where_its_member_or_item_begins(self) -> None:
        assert places(
            """
{
  "eventUid": "e-1", "mode": "onsite",
  "participant": {"name": "é\\u00e9", "email": "x",
    "age": 5},
  "sessionIds": ["a",
    "b c"]
}"""
        ) == [
            (Code.VALUE_UNKNOWN, "/mode", (3, 22)),
            (Code.EMAIL_MALFORMED, "/participant/email", (4, 38)),
            (Code.KEY_UNKNOWN, "/participant/age", (5, 5)),
            (Code.ID_MALFORMED, "/sessionIds/1", (7, 5)),
        ]

    def test_a_missing_member_is_where_the_object_begins_that_lacks_it(self) -> None:
        assert places('{"eventUid": "e-1",\n "participant": {"name": "P"}}') == [
            (Code.KEY_MISSING, "/mode", (1, 1)),
            (Code.PARTICIPANT_INCOMPLETE, "/participant/email", (2, 2)),
        ]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('{"a": 1,\n "a": 2}', [("", (2, 2))]),
            ('{"a": {"b": 1},\n "c": [{"d": 1, "d": 2}]}', [("/c/0", (2, 17))]),
            ('{"a": {"b": 1, "b": 2},\n "a": {}}', [("", (2, 2))]),
        ],
    )
    def test_a_repeated_key_is_the_later_one(self, text: str, expected: list[tuple[str, tuple[int, int]]]) -> None:
        assert places(text) == [(Code.KEY_REPEATED, path, place) for path, place in expected]

    @pytest.mark.parametrize(
        ("text", "code", "place"),
        [
            (b"", Code.NOT_JSON, (1, 1)),
            ('{"é": 1,\n é}', Code.NOT_JSON, (2, 2)),
            (b'{"a":\n "\xc3\xa9\xff"}', Code.NOT_UTF8, (2, 4)),
            (b"\xef\xbb\xbf{}", Code.NOT_UTF8, (1, 1)),
            (b"\n\n " + b"[" * 100_000, Code.PAYLOAD_TOO_MANY_VALUES, (3, 2)),
            (b"[" * 40_000, Code.PAYLOAD_TOO_DEEP, (1, 1)),
            (b" " * 1_000_001 + b"\xff", Code.PAYLOAD_TOO_LARGE, (1, 1_000_002)),
            ("\n[]", Code.WRONG_TYPE, (2, 1)),
        ],
    )
    def test_a_syntax_error_is_where_reading_ended(self, text: str | bytes, code: Code, place: tuple[int, int]) -> None:
        assert places(text) == [(code, "", place)]

    def test_keys_are_found_however_they_are_written(self) -> None:
        raw = b'{"a/b~c": {"\\u0064": 1}}'
        found = Finding(code="x-own", path="/a~1b~0c/d", message="A rule of yours.", fix="Correct it.")
        assert positions(raw, [found], first_line=7) == [Position(7, 12)]

    @LAW
    @given(mutated(), st.sampled_from([None, 1, "\t"]))
    def test_the_value_of_a_member_or_item_follows_its_position(
        self, made: tuple[type, dict[str, Any]], indent: int | str | None
    ) -> None:
        cls, document = made
        text = json.dumps(document, indent=indent)
        found = validate(cls, text).findings
        lines = text.split("\n")
        for each, place in zip(found, positions(text.encode(), found), strict=True):
            rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
            token, value = each.path.rpartition("/")[2], member(document, each.path)
            decode = json.JSONDecoder().raw_decode
            if value is not None and not token.isdecimal() and each.path:
                key, end = decode(rest)
                assert key == token.replace("~1", "/").replace("~0", "~")
                rest = rest[end:].lstrip(": ")
            assert value is None or decode(rest)[0] == value


def member(document: object, path: str) -> object:
    """Return the value that a path leads to, or None."""
    for token in path.split("/")[1:]:
        try:
            document = document[int(token)] if isinstance(document, list) else document[token]  # type: ignore[index] # tried
        except (KeyError, TypeError, IndexError, ValueError):
            return None
    return document


class TestBounds:
    """The text is read once, as deep as its paths are."""

    def test_a_large_document_with_many_findings(self) -> None:
        sessions = [{"id": "-"} for _ in range(5_000)]
        text = json.dumps({"uid": "e-1", "sessions": sessions}, indent=1)
        found = places(text, Event)
        assert len(found) > 50
        assert found[0][2][0] < found[-1][2][0]
        for _, path, (line, _) in found[:50]:
            assert path.startswith("/sessions/") or line == 1
