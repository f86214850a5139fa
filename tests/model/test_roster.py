"""Assignments and rosters: offers, ids, and what purging leaves."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.refusals import refused
from tests.samples.whole import assignment, booth, interpreter, later, objectives, roster
from wtisd_model import Assignment, AssignmentState, Roster, from_json, strategies, to_json


class TestOffers:
    """An offer ends with its answer, or at its end; a new one has an end of its own."""

    def test_a_new_offer_has_its_own_end(self) -> None:
        accepted = assignment().accept(at=later(1))
        assert accepted.expires_at == later(3)
        assert accepted.offer_again(at=later(2)).expires_at is None
        assert accepted.offer_again(at=later(2), expires_at=later(9)).expires_at == later(9)

    def test_who_is_counted_on_holds_a_seat(self) -> None:
        holding = {state for state in AssignmentState if state.holds_seat}
        assert holding == {"offered", "accepted", "delivered"}


class TestRoster:
    """A document of the office: who interprets what."""

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"interpreters": (interpreter(),) * 2}, "id-repeated", "/interpreters/1/id"),
            ({"booths": (booth(), booth(language="en"))}, "id-repeated", "/booths/1/id"),
            ({"assignments": (assignment(), assignment(language="en"))}, "id-repeated", "/assignments/1/id"),
            ({"sequence": -1}, "number-out-of-range", "/sequence"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: roster(**changes)) == (code, path)

    def test_its_bound_is_that_of_the_heads_short(self) -> None:
        assert roster(bounds=objectives(heads_short=120)).bound == 120
        assert roster(bounds=None).bound is None

    def test_purging_leaves_who_worked_where_without_the_people(self) -> None:
        left = roster().purged(at=later(5))
        (person,), (work,) = left.interpreters, left.assignments
        assert person == interpreter().purged(at=later(5))
        assert [(step.by, step.note, step.reason) for step in work.history] == [(None, None, None)]
        assert [(reply.comment, reply.delegate, reply.delegated_to) for reply in work.replies] == [
            (None, None, frozenset())
        ]
        assert work == evolve(roster().assignments[0], history=work.history, replies=work.replies)
        assert evolve(left, interpreters=(), assignments=()) == evolve(roster(), interpreters=(), assignments=())
        assert left.purged(at=later(6)) == left

    @LAW
    @given(strategies.rosters())
    def test_purging_leaves_nothing_that_a_dump_shows(self, drawn: Roster) -> None:
        left = drawn.purged(at=later(5))
        assert from_json(Roster, to_json(left)) == left
        dump = json.loads(to_json(left))
        kept = {"id", "languages", "contract", "worksAt", "terms", "purgedAt"}
        assert all(person.keys() <= kept for person in dump.get("interpreters", ()))
        steps = [step for work in dump.get("assignments", ()) for step in work.get("history", ())]
        assert all(step.keys() == {"at", "before", "after"} for step in steps)
        replies = [reply for work in dump.get("assignments", ()) for reply in work.get("replies", ())]
        assert all(reply.keys().isdisjoint({"comment", "delegate", "delegatedTo"}) for reply in replies)

    def test_nothing_personal_is_printed(self) -> None:
        printed = repr(roster(values=None, bounds=None))
        for secret in ("Participant", "example.org", "Officer 1", "By telephone", "666"):
            assert secret not in printed

    @given(strategies.rosters())
    def test_a_drawn_assignment_names_people_and_booths_of_its_roster(self, drawn: Roster) -> None:
        people = {person.id for person in drawn.interpreters}
        booths = {one.id: one.language for one in drawn.booths}
        for work in drawn.assignments:
            assert work.interpreter_id in people or not people
            assert booths.get(str(work.booth_id), work.language) == work.language

    @given(strategies.assignments(state=AssignmentState.DECLINED))
    def test_the_state_of_drawn_assignments_can_be_chosen(self, drawn: Assignment) -> None:
        assert drawn.state is AssignmentState.DECLINED
