"""Histories: every state of a table is reached, by moves that the table has."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from tests.strategies.drawing import drawn
from wtisd_model import EventStatus, RegistrationState, Transition
from wtisd_model.model.interpretation import REQUEST_STATES
from wtisd_model.model.pledge_parts import PLEDGE_STATES
from wtisd_model.model.registration import REGISTRATION_STATES
from wtisd_model.model.roster import ASSIGNMENT_STATES
from wtisd_model.model.session import EVENT_STATES
from wtisd_model.strategies import histories, transitions
from wtisd_model.strategies.parts import states
from wtisd_model.strategies.times import LAST
from wtisd_model.types.lifecycle import StateTable

ALL_TABLES: list[StateTable[Any]] = [
    EVENT_STATES,
    REGISTRATION_STATES,
    REQUEST_STATES,
    PLEDGE_STATES,
    ASSIGNMENT_STATES,
]
TABLES = pytest.mark.parametrize("table", ALL_TABLES, ids=["event", "r", "i", "p", "a"])


class TestHistories:
    """H01: a history is in the order of time, follows the table, and ends in the present state."""

    @TABLES
    def test_each_ends_in_the_state_that_was_asked_for_and_the_table_allows_it(self, table: StateTable[Any]) -> None:
        for state in states(table):
            for history in drawn(histories(table=table, state=state), 20):
                assert list(table.check_history("state", state, history)) == []

    @pytest.mark.slow
    @TABLES
    def test_every_move_is_made(self, table: StateTable[Any]) -> None:
        some = drawn(histories(table=table), 500)
        made = {(step.before, step.after) for history in some for step in history}
        assert made == {(before, move.after) for move in table.moves for before in move.before}

    @pytest.mark.slow
    @TABLES
    def test_some_have_many_moves_and_some_none(self, table: StateTable[Any]) -> None:
        lengths = {len(history) for history in drawn(histories(table=table), 200)}
        assert min(lengths) == 0
        assert max(lengths) >= 4

    def test_the_default_table_is_that_of_events(self) -> None:
        assert any(step.after == EventStatus.POSTPONED for history in drawn(histories()) for step in history)

    def test_some_moves_share_a_moment(self) -> None:
        steps = [pair for history in drawn(histories()) for pair in pairwise(history)]
        assert any(before.at == after.at for before, after in steps)

    def test_no_move_is_before_the_moment_that_was_asked_for_or_after_the_last(self) -> None:
        asked = histories(table=REGISTRATION_STATES, state=RegistrationState.ATTENDED, since=LAST)
        assert {step.at for history in drawn(asked, 50) for step in history} == {LAST}
        since = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
        asked = histories(table=REGISTRATION_STATES, state=RegistrationState.ATTENDED, since=since)
        assert all(step.at >= since for history in drawn(asked, 50) for step in history)

    def test_they_can_omit_personal_data(self) -> None:
        silent = [step for history in drawn(histories(personal=False)) for step in history]
        assert all(step.by is None and step.note is None for step in silent)
        assert any(step.by and step.note for history in drawn(histories()) for step in history)


class TestTransitions:
    """A single move, out of any table."""

    @given(transitions())
    def test_each_transition_is_in_some_table(self, step: Transition) -> None:
        steps = {(before, move.after) for table in ALL_TABLES for move in table.moves for before in move.before}
        assert (step.before, step.after) in steps
