"""Entries that are parts of others: which become sessions, and under which ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model.model.session import EventStatus
from wtisd_model.reading import build_events
from wtisd_model.reading.build_events import occurrence_around, parts_by_uid, session_id_in, session_ids
from wtisd_model.reading.calendar_entry import CalendarEntry
from wtisd_model.reading.notes import UNTITLED, At, Notes
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import local_time


def entry(uid: str, parent: str | None = None, start: int = 9, end: int = 10) -> CalendarEntry:
    """Return an entry of a calendar."""
    begins, ends = (local_time(f"2023-05-17T{hour:02}:00:00", "Europe/Zurich") for hour in (start, end))
    return CalendarEntry(
        notes=Notes(),
        path=f"/{uid}",
        source=None,
        uid=uid,
        parent=None if parent is None else At(parent, f"/{uid}"),
        occurrence_property="",
        begins="",
        slot=TimeSlot(start=begins, end=ends),
        slot_path="",
        status=EventStatus.SCHEDULED,
        status_path="",
        title=UNTITLED,
        locations=[],
        virtual_locations=[],
        names_place=False,
        documents=[],
        keywords=[],
    )


def parts(*entries: CalendarEntry) -> tuple[dict[str, list[str]], list[str]]:
    """Return the uids of the parts of each entry, and those that are parts of nothing."""
    made = parts_by_uid(entries)
    dropped = [each.uid for each in entries if each.notes.findings]
    return {uid: [each.uid for each in several] for uid, several in made.items()}, dropped


class TestParts:
    """RFC 5545 section 3.2.15: an entry may name another one as its parent."""

    def test_sessions_are_parts_of_what_is_no_part(self) -> None:
        entries = [entry("a"), entry("b", "a"), entry("c", "b"), entry("d", "none"), entry("e", "a", end=11)]
        assert parts(*entries, entry("f", "d")) == ({"a": ["b"], "d": ["f"]}, ["c", "d", "e"])

    def test_there_is_a_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(build_events, "MOST_SESSIONS", 1)
        assert parts(entry("a"), entry("b", "a"), entry("c", "a")) == ({"a": ["b"]}, ["c"])

    def test_a_part_is_in_the_occurrence_that_encloses_it(self) -> None:
        series = {"a": [entry("a-1", start=9, end=10), entry("a-2", start=12, end=14)]}
        found = [
            occurrence_around(entry("b", parent, start, end), series)
            for parent, start, end in (("a", 12, 13), ("a", 13, 15), ("a", 8, 9), ("b", 12, 13), (None, 12, 13))
        ]
        assert [None if each is None else each.uid for each in found] == ["a-2", None, None, None, None]


class TestSessionIds:
    """Two sessions of an event have different ids."""

    @pytest.mark.parametrize(
        ("uid", "id_"), [("opening.e-1", "opening"), ("opening", None), (".e-1", None), ("a b.e-1", None)]
    )
    def test_an_id_may_be_in_a_uid(self, uid: str, id_: str | None) -> None:
        assert session_id_in(uid, "e-1") == id_

    def test_a_stated_one_is_used_unless_another_session_has_it(self) -> None:
        assert session_ids([None, "a", None, None], ["a", "x", "b", "b"]) == ["session-1", "a", "b", "session-2"]

    @given(st.lists(st.tuples(*[st.sampled_from([None, "a", "b", "session-1"])] * 2), unique_by=lambda each: each[0]))
    def test_all_are_different(self, drawn: list[tuple[str | None, str | None]]) -> None:
        derived, stated = [each[0] for each in drawn], [each[1] for each in drawn]
        made = session_ids([*derived, None, None], [*stated, "a", "b"])
        assert len(set(made)) == len(made)
        assert all(in_uid in {None, each} for in_uid, each in zip(derived, made, strict=False))
