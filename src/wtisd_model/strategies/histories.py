"""Histories: random walks through a state table that end in a given state."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st

from wtisd_model.model.interpretation import REQUEST_STATES
from wtisd_model.model.pledge_parts import PLEDGE_STATES
from wtisd_model.model.registration import REGISTRATION_STATES
from wtisd_model.model.session import EVENT_STATES
from wtisd_model.strategies.fields import draw_object, register
from wtisd_model.strategies.times import clipped, moments
from wtisd_model.types.lifecycle import StateTable, Transition

State = TypeVar("State", bound=StrEnum)


def states(table: StateTable[State]) -> tuple[State, ...]:
    """Return the states of a table."""
    return tuple(sorted({*table.initial, *(move.after for move in table.moves)}))


_PAUSES = st.sampled_from(
    (timedelta(days=1), timedelta(hours=3), timedelta(), timedelta(microseconds=1), timedelta(days=400))
)
_DETOUR = st.sampled_from((0, 1, 1, 2, 4))


@cache
def _shortest_paths(table: StateTable[State], target: State) -> dict[State, tuple[State, ...]]:
    """Return the shortest path to *target* from each state that leads there, without the state itself."""
    paths: dict[State, tuple[State, ...]] = {target: ()}
    found = [target]
    for state in found:
        for move in table.moves:
            if move.after == state:
                for before in sorted(move.before):
                    if before not in paths:
                        paths[before] = (state, *paths[state])
                        found.append(before)
    return paths


def _walk(draw: st.DrawFn, table: StateTable[State], target: State) -> Sequence[StrEnum]:
    """Draw a path through *table* from an initial state to *target*, both included."""
    paths = _shortest_paths(table, target)
    # A failing test shrinks to the shortest history, an empty one if possible.
    first = sorted((state for state in table.initial if state in paths), key=lambda state: len(paths[state]))
    walk = [draw(st.sampled_from(first))]
    for _ in range(draw(_DETOUR)):
        onward = sorted({move.after for move in table.moves if walk[-1] in move.before and move.after in paths})
        if not onward:
            break
        walk.append(draw(st.sampled_from(onward)))
    return (*walk, *paths[walk[-1]])


@st.composite
def transitions(draw: st.DrawFn) -> Transition:
    """Generate transitions that some state table allows."""
    move = draw(st.sampled_from(_MOVES))
    before = draw(st.sampled_from(sorted(move.before)))
    return draw_object(draw, Transition, before=before.value, after=move.after.value)


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
    """Generate histories that a state table allows, in chronological order; some moves happen at the same moment.

    Args:
        table: by default the table of events and sessions, ``wtisd_model.model.session.EVENT_STATES``.
        state: the state in which the history ends.
        since: the earliest time of a move.
        personal: False for a history without authors and notes.
    """
    table = EVENT_STATES if table is None else table
    target = draw(st.sampled_from(states(table))) if state is None else state
    at = draw(moments()) if since is None else since
    absent: Mapping[str, None] = {} if personal else {"by": None, "note": None}
    steps: list[Transition] = []
    walk = _walk(draw, table, target)
    for before, after in pairwise(walk):
        at = clipped(at + draw(_PAUSES))
        steps.append(draw_object(draw, Transition, at=at, before=before.value, after=after.value, **absent))
    return tuple(steps)
