"""State tables, and the transitions that make up a history."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import MoveError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.schema.constraints import Pattern
from wtisd_model.schema.fields import PERSONAL, Count, Invariant, takes
from wtisd_model.schema.model import Model
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.moment import as_utc
from wtisd_model.types.text import LONG, Name, Note

State = TypeVar("State", bound=StrEnum)

STATE_NAME = Pattern(r"^[a-z]+(?:-[a-z]+)*(?!\n)$", 32, Code.STATE_UNKNOWN)

StateName = Annotated[str, STATE_NAME]
"""The word of a state of any object, in lowercase with hyphens."""


@frozen(kw_only=True, eq=False, repr=False)
class Transition(Model):
    """A change of state, with its time and author, and why."""

    at: datetime = field(converter=as_utc)
    """The time of the change, in UTC."""
    before: StateName
    """The state before the change."""
    after: StateName
    """The state after the change."""
    by: Annotated[Name | None, PERSONAL] = None
    """The person who made the change."""
    note: Annotated[Note | None, PERSONAL] = None
    """A remark for the office, which writes it to nobody."""
    reason: Annotated[LocalizedText | None, LONG, PERSONAL] = None
    """The reason that the person concerned is given."""


History = Annotated[tuple[Transition, ...], Count(maximum=1000)]
"""All transitions so far, in chronological order; empty in the initial state."""


@frozen(eq=False, repr=False)
class Move(Generic[State]):
    """A row of a state table: a verb, the states it may start from, and the resulting state."""

    verb: str
    before: frozenset[State]
    after: State


@frozen(eq=False, repr=False)
class StateTable(Generic[State]):
    """The initial states, and every move between states."""

    initial: frozenset[State]
    moves: tuple[Move[State], ...]

    def step(
        self,
        verb: str,
        state: State,
        history: tuple[Transition, ...],
        *,
        path: str,
        at: datetime,
        by: str | None,
        note: str | None,
        reason: LocalizedText | None = None,
    ) -> tuple[State, tuple[Transition, ...]]:
        """Return the state that *verb* leads to, and the history with this transition added.

        Raises:
            MoveError: ``move-not-allowed`` if the table has no such move from *state*.
        """
        for move in self.moves:
            if move.verb == verb and state in move.before:
                step = Transition(at=at, before=state.value, after=move.after.value, by=by, note=note, reason=reason)
                return move.after, (*history, step)
        raise MoveError(finding(Code.MOVE_NOT_ALLOWED, path, choices=self.choices(state)))

    def is_move(self, verb: str, step: Transition) -> bool:
        """Return True if *verb* makes this transition."""
        return any(move.verb == verb and step.before in move.before and step.after == move.after for move in self.moves)

    def check_history(self, key: str, state: State, history: tuple[Transition, ...]) -> Sequence[Finding]:
        """Return the faults of a history: out of order, broken, or not ending in *state*, the field *key*."""
        if not history:
            return () if state in self.initial else (finding(Code.HISTORY_ENDS_ELSEWHERE, pointer(key)),)
        steps = _steps(self)
        if len(history) == 1:  # the most common length
            (only,) = history
            if only.after == state and only.before in self.initial and (only.before, only.after) in steps:
                return ()
        found: list[Finding] = []
        if history[0].before not in self.initial:
            found.append(finding(Code.HISTORY_BROKEN, "/history/0/before"))
        for index, step in enumerate(history):
            if (step.before, step.after) not in steps:
                choices = self.choices(step.before)
                found.append(finding(Code.MOVE_NOT_ALLOWED, pointer("history", index, "after"), choices=choices))
            if index and step.before != history[index - 1].after:
                found.append(finding(Code.HISTORY_BROKEN, pointer("history", index, "before")))
            if index and step.at < history[index - 1].at:
                found.append(finding(Code.HISTORY_OUT_OF_ORDER, pointer("history", index, "at")))
        if history[-1].after != state:
            found.append(finding(Code.HISTORY_ENDS_ELSEWHERE, pointer(key)))
        return found

    def invariant(self, key: str) -> Invariant:
        """Return the rule that a history is chronological, follows the table, and ends in the field *key* (H01)."""

        @takes(key, "history")
        def history_ends_in_state(state: State, history: tuple[Transition, ...]) -> Sequence[Finding]:
            return self.check_history(key, state, history)

        return history_ends_in_state

    def choices(self, state: str) -> str:
        """Return the states that may follow, separated by commas."""
        return ", ".join(sorted({move.after.value for move in self.moves if state in move.before}))


@cache
def _steps(table: StateTable[Any]) -> frozenset[tuple[str, str]]:
    return frozenset((before, move.after) for move in table.moves for before in move.before)
