"""Entries that are parts of others: which become sessions, and under which ids."""

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model import TimeSlot, local_time
from wtisd_model.reading import build_events as parts
from wtisd_model.reading.build_events import occurrence_around, parts_by_uid, session_id_in, session_ids


@frozen
class Entry:
    """An entry of a calendar."""

    uid: str
    parent: str | None = None
    start: int = 9
    end: int = 10

    @property
    def slot(self) -> TimeSlot:
        start, end = (local_time(f"2023-05-17T{hour:02}:00:00", "Europe/Zurich") for hour in (self.start, self.end))
        return TimeSlot(start=start, end=end)


class TestParts:
    """RFC 5545 section 3.2.15: an entry may name another one as its parent."""

    def test_sessions_are_parts_of_what_is_no_part(self) -> None:
        dropped: list[Entry] = []
        entries = [Entry("a"), Entry("b", "a"), Entry("c", "b"), Entry("d", "none"), Entry("e", "a"), Entry("f", "d")]
        made = parts_by_uid(entries, lambda part, _: part.uid != "e", dropped.append)
        assert {uid: [each.uid for each in several] for uid, several in made.items()} == {"a": ["b"], "d": ["f"]}
        assert [each.uid for each in dropped] == ["c", "d", "e"]

    def test_there_is_a_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parts, "MOST_SESSIONS", 1)
        dropped: list[Entry] = []
        made = parts_by_uid([Entry("a"), Entry("b", "a"), Entry("c", "a")], lambda *_: True, dropped.append)
        assert [len(made["a"]), [each.uid for each in dropped]] == [1, ["c"]]

    def test_a_part_is_in_the_occurrence_that_encloses_it(self) -> None:
        series = {"a": [Entry("a-1", start=9, end=10), Entry("a-2", start=12, end=14)]}
        found = [
            occurrence_around(Entry("b", parent, start, end), series)
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
