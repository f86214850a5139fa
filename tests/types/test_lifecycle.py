"""Which state may follow which, and Transition: who moved it, and when."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.refusals import refusal, refused
from tests.samples.whole import AT, later, step
from wtisd_model import Finding, MoveError, Transition
from wtisd_model.types.lifecycle import Move, StateTable


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    OFF = "off"


TABLE: StateTable[Light] = StateTable(
    initial=frozenset({Light.RED}),
    moves=(
        Move("go", frozenset({Light.RED}), Light.GREEN),
        Move("stop", frozenset({Light.GREEN}), Light.RED),
        Move("break_down", frozenset({Light.RED, Light.GREEN}), Light.OFF),
    ),
)


def moved(verb: str, state: Light, history: tuple[Transition, ...] = ()) -> tuple[Light, tuple[Transition, ...]]:
    return TABLE.step(verb, state, history, path="/light", at=AT, by="Officer 1", note="Why")


def wrong(state: Light, *history: Transition) -> list[tuple[str, str]]:
    return [(found.code, found.path) for found in TABLE.check_history("light", state, history)]


class TestTransition:
    """CONTRACT: ``Transition(at, before, after, by, note)``; a moment is held in UTC."""

    def test_it_is_held_in_utc(self) -> None:
        local = datetime(2023, 4, 14, 11, tzinfo=ZoneInfo("Europe/Zurich"))
        assert Transition(at=local, before="red", after="green") == Transition(at=AT, before="red", after="green")
        assert Transition(at=local, before="red", after="green").at.tzinfo is UTC

    @pytest.mark.parametrize(
        ("changes", "code", "path"),
        [
            ({"at": datetime(2023, 4, 14)}, "moment-naive", "/at"),
            ({"at": datetime(1969, 4, 14, tzinfo=UTC)}, "moment-unreadable", "/at"),
            ({"before": "Red"}, "state-unknown", "/before"),
            ({"after": "red_"}, "state-unknown", "/after"),
            ({"after": "red\n"}, "state-unknown", "/after"),
            ({"after": "r" * 33}, "state-unknown", "/after"),
            ({"by": " Officer 1"}, "text-outer-blank", "/by"),
            ({"note": ""}, "text-empty", "/note"),
        ],
    )
    def test_invalid_objects_are_refused(self, changes: dict[str, Any], code: str, path: str) -> None:
        assert refused(lambda: Transition(**{"at": AT, "before": "red", "after": "green", **changes})) == (code, path)


class TestStep:
    """A verb carries a row of the table out, or is refused by name."""

    def test_it_leads_to_the_state_of_its_row_and_is_recorded(self) -> None:
        first = Transition(at=AT, before="red", after="green", by="Officer 1", note="Why")
        assert moved("go", Light.RED) == (Light.GREEN, (first,))
        state, history = moved("stop", Light.GREEN, (first,))
        assert (state, history[0], history[1].after) == (Light.RED, first, "red")

    @pytest.mark.parametrize(
        ("verb", "state", "choices"),
        [
            ("stop", Light.RED, "green, off"),
            ("go", Light.GREEN, "off, red"),
            ("go", Light.OFF, ""),
            ("fly", Light.RED, "green, off"),
        ],
    )
    def test_any_other_is_refused_with_the_states_it_may_go_to(self, verb: str, state: Light, choices: str) -> None:
        found = refusal(lambda: moved(verb, state), MoveError)
        assert (found.code, found.path, found.params) == ("move-not-allowed", "/light", {"choices": choices})


class TestWrong:
    """H01: history is in time order and ends in the present state; empty history means a first state."""

    def test_a_first_state_needs_no_history(self) -> None:
        assert wrong(Light.RED) == []

    def test_any_other_does(self) -> None:
        assert wrong(Light.GREEN) == [("history-ends-elsewhere", "/light")]

    def test_a_whole_history_is_good(self) -> None:
        assert wrong(Light.OFF, step("red", "green"), step("green", "red"), step("red", "off", 1)) == []

    @pytest.mark.parametrize(
        ("state", "history", "expected"),
        [
            (Light.RED, [step("red", "green")], [("history-ends-elsewhere", "/light")]),
            (Light.RED, [step("green", "red")], [("history-broken", "/history/0/before")]),
            (Light.GREEN, [step("red", "red"), step("red", "green")], [("move-not-allowed", "/history/0/after")]),
            (
                Light.OFF,
                [step("red", "green"), step("red", "off")],
                [("history-broken", "/history/1/before")],
            ),
            (
                Light.OFF,
                [step("red", "green", 1), step("green", "off", 0)],
                [("history-out-of-order", "/history/1/at")],
            ),
            (
                Light.RED,
                [step("blue", "green", 1), step("red", "blue", 0)],
                [
                    ("history-broken", "/history/0/before"),
                    ("move-not-allowed", "/history/0/after"),
                    ("move-not-allowed", "/history/1/after"),
                    ("history-broken", "/history/1/before"),
                    ("history-out-of-order", "/history/1/at"),
                    ("history-ends-elsewhere", "/light"),
                ],
            ),
        ],
    )
    def test_each_error_is_reported_at_its_place(
        self, state: Light, history: list[Transition], expected: list[tuple[str, str]]
    ) -> None:
        assert wrong(state, *history) == expected

    def test_moves_at_one_moment_are_in_order(self) -> None:
        assert wrong(Light.RED, step("red", "green"), step("green", "red")) == []

    def test_it_returns_findings(self) -> None:
        assert all(isinstance(found, Finding) for found in TABLE.check_history("light", Light.OFF, ()))
        assert later(1) > AT
