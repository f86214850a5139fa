"""Entries that are parts of others: which become sessions, and under which ids."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model import Code, Imported, from_ical
from wtisd_model.reading import build_events


def entry(uid: str, parent: str | None = None, start: int = 9, end: int = 10, *more: str) -> str:
    """Return an entry of a calendar."""
    times = f"DTSTART;TZID=Europe/Zurich:20230517T{start:02}0000\nDTEND;TZID=Europe/Zurich:20230517T{end:02}0000"
    relation = [] if parent is None else [f"RELATED-TO:{parent}"]
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Forum", times, *relation, *more, "END:VEVENT", ""])


def read(*entries: str, **options: Any) -> Imported:
    return from_ical(f"BEGIN:VCALENDAR\n{''.join(entries)}END:VCALENDAR\n", **options)


def parts(imported: Imported) -> tuple[dict[str, list[str | None]], int]:
    """Return the uids of the sessions of each event, and how many entries are said to be parts of nothing."""
    dropped = [found for found in imported.findings if found.code is Code.RELATION_DROPPED]
    return {event.uid: [session.uid for session in event.sessions] for event in imported.events}, len(dropped)


class TestParts:
    """RFC 5545 section 3.2.15: an entry may name another one as its parent."""

    def test_sessions_are_parts_of_what_is_no_part(self) -> None:
        entries = entry("a"), entry("b", "a"), entry("c", "b"), entry("d", "none"), entry("e", "a", end=11)
        uids = {"a": ["b"], "c": [], "d": ["f"], "e": []}
        assert parts(read(*entries, entry("f", "d"))) == (uids, 3)

    def test_there_is_a_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(build_events, "MOST_SESSIONS", 1)
        assert parts(read(entry("a"), entry("b", "a"), entry("c", "a"))) == ({"a": ["b"], "c": []}, 1)

    @pytest.mark.parametrize(
        ("parent", "start", "end", "whole"),
        [("a", 12, 13, 12), ("a", 13, 15, None), ("a", 8, 9, None), ("none", 12, 13, None), (None, 12, 13, None)],
    )
    def test_a_part_is_in_the_occurrence_that_encloses_it(
        self, parent: str | None, start: int, end: int, whole: int | None
    ) -> None:
        day = datetime(2023, 5, 17, tzinfo=UTC), datetime(2023, 5, 18, tzinfo=UTC)
        series = entry("a", None, 9, 11, "RRULE:FREQ=HOURLY;INTERVAL=3;COUNT=2")
        events = read(series, entry("b", parent, start, end), expand=day).events
        hours = [each.slot.start.hour for each in events if each.slot is not None and each.sessions]
        assert hours == ([] if whole is None else [whole])


class TestSessionIds:
    """Two sessions of an event have different ids."""

    @pytest.mark.parametrize(
        ("uid", "id_"), [("opening.e-1", "opening"), ("opening", None), (".e-1", None), ("a b.e-1", None)]
    )
    def test_an_id_may_be_in_a_uid(self, uid: str, id_: str | None) -> None:
        ((session,),) = (event.sessions for event in read(entry("e-1"), entry(uid, "e-1")).events)
        assert (session.id, session.uid) == ((id_, None) if id_ is not None else ("session-1", uid))

    def test_a_stated_one_is_used_unless_another_session_has_it(self) -> None:
        assert build_events.session_ids([None, "a", None, None], ["a", "x", "b", "b"]) == [
            "session-1",
            "a",
            "b",
            "session-2",
        ]

    @given(st.lists(st.tuples(*[st.sampled_from([None, "a", "b", "session-1"])] * 2), unique_by=lambda each: each[0]))
    def test_all_are_different(self, drawn: list[tuple[str | None, str | None]]) -> None:
        derived, stated = [each[0] for each in drawn], [each[1] for each in drawn]
        made = build_events.session_ids([*derived, None, None], [*stated, "a", "b"])
        assert len(set(made)) == len(made)
        assert all(in_uid in {None, each} for in_uid, each in zip(derived, made, strict=False))
