"""Interpreters, booths and assignments, and rosters of them."""

from attrs import evolve
from hypothesis import strategies as st

from wtisd_model.model.interpreter import Interpreter, Skill
from wtisd_model.model.roster import (
    ASSIGNMENT_STATES,
    Assignment,
    AssignmentState,
    Booth,
    Load,
    Objectives,
    Relay,
    Roster,
    Shortage,
)
from wtisd_model.model.terms import BoothTeam, Terms, Window
from wtisd_model.strategies.combinators import ONE_IN_TEN, collections_of
from wtisd_model.strategies.fields import FEW, draw_object, objects, register
from wtisd_model.strategies.parts import histories, states, with_unique_ids
from wtisd_model.strategies.strings import languages
from wtisd_model.strategies.times import moments

_LANGUAGES = collections_of(languages(), tuple, min_size=1, max_size=FEW, unique=True)


def skills() -> st.SearchStrategy[Skill]:
    """Generate languages of interpreters, one at a time; in `interpreters` they differ."""
    return objects(Skill)


@st.composite
def interpreters(draw: st.DrawFn) -> Interpreter:
    """Generate interpreters, each language once; one in ten is purged."""
    known = tuple(evolve(draw(skills()), language=tag) for tag in draw(_LANGUAGES))
    interpreter = draw_object(draw, Interpreter, languages=known, purged_at=None)
    return interpreter.purged(at=draw(moments())) if draw(ONE_IN_TEN) else interpreter


def terms() -> st.SearchStrategy[Terms]:
    """Generate terms of work."""
    return objects(Terms)


def booth_teams() -> st.SearchStrategy[BoothTeam]:
    """Generate teams of booths whose size differs from that of others."""
    return objects(BoothTeam)


def windows() -> st.SearchStrategy[Window]:
    """Generate limits over several days."""
    return objects(Window)


def booths() -> st.SearchStrategy[Booth]:
    """Generate booths, one at a time; in `rosters` their ids differ."""
    return objects(Booth)


@st.composite
def assignments(draw: st.DrawFn, *, roster: Roster | None = None, state: AssignmentState | None = None) -> Assignment:
    """Generate assignments in all states equally often.

    Args:
        roster: the roster whose interpreters and booths they name, as far as it has any.
        state: the state of all assignments.
    """
    state = draw(st.sampled_from(states(ASSIGNMENT_STATES))) if state is None else state
    fixed: dict[str, object] = {}
    if roster is not None and roster.interpreters:
        fixed["interpreter_id"] = draw(st.sampled_from([interpreter.id for interpreter in roster.interpreters]))
    if roster is not None and roster.booths:
        booth = draw(st.sampled_from(roster.booths))
        fixed |= {"booth_id": booth.id, "language": booth.language}
    history = draw(histories(table=ASSIGNMENT_STATES, state=state))
    return draw_object(draw, Assignment, state=state, history=history, **fixed)


def shortages() -> st.SearchStrategy[Shortage]:
    """Generate shortages, which need not be those of a roster."""
    return objects(Shortage)


def relays() -> st.SearchStrategy[Relay]:
    """Generate relays, which need not be those of a roster."""
    return objects(Relay)


def loads() -> st.SearchStrategy[Load]:
    """Generate the work of interpreters, who need not be in a roster."""
    return objects(Load)


def objectives() -> st.SearchStrategy[Objectives]:
    """Generate values of objectives, which need not be those of a roster."""
    return objects(Objectives)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Generate rosters with unique ids, whose assignments name interpreters and booths that exist.

    What they say of shortages, relays and loads need not be true, and nobody need hold the language of their booth:
    `wtisd_model.check` finds that.
    """
    people = with_unique_ids(draw, interpreters())
    roster = draw_object(draw, Roster, interpreters=people, booths=with_unique_ids(draw, booths()), assignments=())
    return evolve(roster, assignments=with_unique_ids(draw, assignments(roster=roster)))


register(Interpreter, interpreters)
register(Assignment, assignments)
register(Roster, rosters)
