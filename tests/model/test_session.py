"""A session: a part of an event with its own time, place and people."""

from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refused
from tests.samples.whole import NEXT_DAY, contact, later, session, slot, step, text
from wtisd_model import EventStatus, ParticipationMode
from wtisd_model.model.session import session_choices, session_id_from_uid


class TestSession:
    """schema.org subEvent."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"id": "s 1"}, "id-malformed", "/id"),
            ({"uid": "s\t1"}, "uid-malformed", "/uid"),
            ({"title": text("two\nlines")}, "text-control", "/title/text"),
            ({"slot": None}, "wrong-type", "/slot"),
            ({"status": EventStatus.CANCELLED}, "history-ends-elsewhere", "/status"),
            ({"status": "planned"}, "value-unknown", "/status"),
            ({"people": (contact(),) * 201}, "too-many-items", "/people"),
            ({"floor_languages": ("en", "en")}, "item-repeated", "/floorLanguages/1"),
            ({"code": "x" * 65}, "text-too-long", "/code"),
            ({"history": (step("scheduled", "scheduled"),)}, "previous-slot-missing", "/previousSlots"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: session(**changes)) == (code, path)

    def test_two_hundred_people_may_speak(self) -> None:
        assert len(session(people=(contact(),) * 200).people) == 200

    def test_it_has_seats_of_each_mode(self) -> None:
        assert [session().capacity(each) for each in ParticipationMode] == [30, 300]
        assert session(on_site_capacity=0).capacity(ParticipationMode.ON_SITE) == 0
        assert session(remote_capacity=None).capacity(ParticipationMode.REMOTE) is None

    def test_it_is_exported_under_its_own_uid_or_one_made_of_its_id(self) -> None:
        assert session().export_uid("e-1") == "s-1@example.org"
        assert session(uid=None).export_uid("e-1") == "s-1.e-1"

    @pytest.mark.parametrize(
        ("uid", "id_"), [("s-1.e-1", "s-1"), ("s.1.e-1", "s.1"), ("s-1.e-2", None), ("s-1e-1", None), ("e-1", None)]
    )
    def test_the_id_can_be_recovered_from_a_derived_uid(self, uid: str, id_: str | None) -> None:
        assert session_id_from_uid(uid, "e-1") == id_
        assert id_ is None or session(id=id_, uid=None).export_uid("e-1") == uid


class TestMoves:
    """E03: what was moved says where it stood before; a cancelled session keeps its slot."""

    def test_rescheduled_it_keeps_each_old_slot(self) -> None:
        first = session()
        moved = first.reschedule(NEXT_DAY, at=later(0))
        assert (moved.slot, moved.previous_slots) == (NEXT_DAY, (first.slot,))
        again = moved.reschedule(slot(), at=later(1))
        assert again.previous_slots == (first.slot, NEXT_DAY)

    def test_postponed_and_cancelled_it_keeps_its_slot(self) -> None:
        postponed = session().postpone(at=later(0))
        assert (postponed.slot, postponed.previous_slots) == (session().slot, ())
        assert postponed.cancel(at=later(1)).slot == session().slot

    def test_a_draft_is_announced_at_its_slot(self) -> None:
        assert session(status=EventStatus.DRAFT).schedule(at=later(0)).slot == session().slot

    def test_a_history_of_moves_without_the_old_slot_is_refused(self) -> None:
        moved = session().postpone(at=later(0)).reschedule(NEXT_DAY, at=later(1))
        assert refused(lambda: evolve(moved, previous_slots=())) == ("previous-slot-missing", "/previousSlots")


class TestChoices:
    """The sessions that a message offers."""

    def test_sessions_are_named_up_to_ten_and_drafts_never(self) -> None:
        draft = session(id="secret", status=EventStatus.DRAFT)
        assert session_choices([draft]) == session_choices([]) == {"sessions": 0, "choices": ""}
        assert session_choices([session(id="b"), draft, session(id="a")])["choices"] == "b, a"
        ten = [session(id=f"s-{number}") for number in range(10)]
        assert session_choices(ten)["choices"] == ", ".join(each.id for each in ten)
        many = [*ten, draft, session(id="t"), session(id="u")]
        assert str(session_choices(many)["choices"]).endswith("s-8, s-9, … (+2)")
