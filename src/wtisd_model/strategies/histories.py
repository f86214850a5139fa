"""Histories: walks through a table of states, to every state that it has."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st

from wtisd_model.model.interpretation import REQUEST_STATES
from wtisd_model.model.pledge import PLEDGE_STATES
from wtisd_model.model.registration import REGISTRATION_STATES
from wtisd_model.model.session import EVENT_STATES
from wtisd_model.strategies.times import clipped, moments
from wtisd_model.strategies.fields import register, draw_object
from wtisd_model.types.lifecycle import StateTable, Transition

State = TypeVar("State", bound=StrEnum)


def states(table: StateTable[State]) -> tuple[State, ...]:
    """List the states of a table."""
    return tuple(sorted({*table.initial, *(move.after for move in table.moves)}))


_PAUSES = st.sampled_from(
    (timedelta(days=1), timedelta(hours=3), timedelta(), timedelta(microseconds=1), timedelta(days=400))
)
_DETOUR = st.sampled_from((0, 1, 1, 2, 4))


@cache
def _ways(table: StateTable[State], target: State) -> dict[State, tuple[State, ...]]:
    """Map each state from which *target* can be reached to the shortest way there, itself left out."""
    ways: dict[State, tuple[State, ...]] = {target: ()}
    found = [target]
    for state in found:
        for move in table.moves:
            if move.after == state:
                for before in sorted(move.before):
                    if before not in ways:
                        ways[before] = (state, *ways[state])
                        found.append(before)
    return ways


def _walk(draw: st.DrawFn, table: StateTable[State], target: State) -> Sequence[StrEnum]:
    """Draw the states that lie on a way through *table* from a first state to *target*, both included."""
    ways = _ways(table, target)
    # A failing test is shown with the shortest history: none, where that can be.
    first = sorted((state for state in table.initial if state in ways), key=lambda state: len(ways[state]))
    walk = [draw(st.sampled_from(first))]
    for _ in range(draw(_DETOUR)):
        onward = sorted({move.after for move in table.moves if walk[-1] in move.before and move.after in ways})
        if not onward:
            break
        walk.append(draw(st.sampled_from(onward)))
    return (*walk, *ways[walk[-1]])


@st.composite
def transitions(draw: st.DrawFn) -> Transition:
    """Draw single moves that some table of states has."""
    move = draw(st.sampled_from(_MOVES))
    return draw_object(draw, Transition, before=draw(st.sampled_from(sorted(move.before))).value, after=move.after.value)


_TABLES: tuple[StateTable[Any], ...] = (EVENT_STATES, REGISTRATION_STATES, REQUEST_STATES, PLEDGE_STATES)
_MOVES = tuple(move for table in _TABLES for move in table.moves)
register(Transition, transitions)


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    table: StateTable[Any] | None = None,
    state: StrEnum | None = None,
    since: datetime | None = None,
    personal: bool = True,
) -> tuple[Transition, ...]:
    """Draw histories that a table of states allows, in the order of time; some moves happen at the same moment.

    The table is that of events where none is said (``wtisd_model.model.session.EVENT_STATES``). The history ends in one
    *state* and has no move before *since*, if that is said. If it is not *personal*, it does not say who and why.
    """
    table = EVENT_STATES if table is None else table
    target = draw(st.sampled_from(states(table))) if state is None else state
    at = draw(moments()) if since is None else since
    said: Mapping[str, None] = {} if personal else {"by": None, "note": None}
    steps: list[Transition] = []
    walk = _walk(draw, table, target)
    for before, after in pairwise(walk):
        at = clipped(at + draw(_PAUSES))
        steps.append(draw_object(draw, Transition, at=at, before=before.value, after=after.value, **said))
    return tuple(steps)
