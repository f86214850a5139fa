"""The five tables of states, against the sentences that they come from, and every verb in every state."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refusal, refused
from tests.samples import whole
from tests.samples.whole import NEXT_DAY, later
from wtisd_model import (
    Assignment,
    AssignmentState,
    Code,
    Event,
    EventStatus,
    InterpretationRequest,
    MoveError,
    Pledge,
    PledgeState,
    Registration,
    RegistrationState,
    RequestState,
    Session,
    Transition,
    to_json,
    validate,
)
from wtisd_model.model.interpretation import REQUEST_STATES
from wtisd_model.model.pledge_parts import PLEDGE_STATES
from wtisd_model.model.registration import REGISTRATION_STATES
from wtisd_model.model.roster import ASSIGNMENT_STATES
from wtisd_model.model.session import EVENT_STATES
from wtisd_model.types.lifecycle import StateTable

# For each class: its first states, and from each state the verbs and where they lead.
Moves = Mapping[str, Mapping[str, str]]

# An event or a session: "draft > scheduled; scheduled > scheduled (new slot) | postponed | cancelled; postponed >
# scheduled | cancelled."
HAPPENS: Moves = {
    "draft": {"schedule": "scheduled"},
    "scheduled": {"reschedule": "scheduled", "postpone": "postponed", "cancel": "cancelled"},
    "postponed": {"reschedule": "scheduled", "cancel": "cancelled"},
    "cancelled": {},
}
# A registration: "pending > approved | waitlisted | rejected | withdrawn; waitlisted > approved | rejected
# | withdrawn; approved > attended | no_show | withdrawn | pending (reset); rejected > pending (reset)". And back:
# a mistaken check-in or no-show, a late arrival after a no-show, a person who withdrew and returns.
REGISTERS: Moves = {
    "pending": {"approve": "approved", "waitlist": "waitlisted", "reject": "rejected", "withdraw": "withdrawn"},
    "waitlisted": {"approve": "approved", "reject": "rejected", "withdraw": "withdrawn"},
    "approved": {"check_in": "attended", "mark_no_show": "no-show", "withdraw": "withdrawn", "reset": "pending"},
    "rejected": {"reset": "pending"},
    "attended": {"undo_attendance": "approved"},
    "no-show": {"check_in": "attended", "undo_attendance": "approved"},
    "withdrawn": {"reset": "pending"},
}
# A request: "requested > approved | declined | withdrawn; approved > assigned | withdrawn; assigned > approved
# (team lost) | withdrawn | delivered." And back: a decision reconsidered, a delivery that was none.
REQUESTS: Moves = {
    "requested": {"approve": "approved", "decline": "declined", "withdraw": "withdrawn"},
    "approved": {"assign": "assigned", "withdraw": "withdrawn", "reset": "requested"},
    "assigned": {"release": "approved", "withdraw": "withdrawn", "deliver": "delivered"},
    "declined": {"reset": "requested"},
    "delivered": {"undo_delivery": "assigned"},
    "withdrawn": {"reset": "requested"},
}
# A pledge: "draft > submitted > published | rejected; published > in_progress | withdrawn; in_progress > completed
# | suspended | withdrawn; suspended > in_progress | withdrawn." And back: a pledge that is revised, or withdrawn
# before it is published, and one that was not complete.
PLEDGES: Moves = {
    "draft": {"submit": "submitted"},
    "submitted": {
        "publish": "published",
        "reject": "rejected",
        "withdraw": "withdrawn",
        "return_to_draft": "draft",
    },
    "published": {"start_work": "in-progress", "withdraw": "withdrawn"},
    "in-progress": {"complete": "completed", "suspend": "suspended", "withdraw": "withdrawn"},
    "suspended": {"resume": "in-progress", "withdraw": "withdrawn"},
    "completed": {"resume": "in-progress"},
    "rejected": {"return_to_draft": "draft"},
    "withdrawn": {"return_to_draft": "draft"},
}

# An assignment: "offered > accepted | declined | released; accepted > declined | released | delivered." And back: an
# answer that changes, an offer that is made once more, a delivery that was none.
ASSIGNS: Moves = {
    "offered": {"accept": "accepted", "decline": "declined", "release": "released"},
    "accepted": {
        "decline": "declined",
        "release": "released",
        "deliver": "delivered",
        "offer_again": "offered",
    },
    "declined": {"accept": "accepted", "offer_again": "offered"},
    "released": {"offer_again": "offered"},
    "delivered": {"undo_delivery": "accepted"},
}

Thing = Event | Session | Registration | InterpretationRequest | Pledge | Assignment

STARTS: Mapping[str, tuple[Thing, ...]] = {
    "event": (whole.event(), whole.event(status=EventStatus.DRAFT)),
    "session": (whole.session(), whole.session(status=EventStatus.DRAFT)),
    "registration": (whole.registration(),),
    "request": (whole.request(),),
    "pledge": (whole.pledge(), whole.pledge(state=PledgeState.DRAFT)),
    "assignment": (whole.assignment(),),
}
MOVES = {
    "event": HAPPENS,
    "session": HAPPENS,
    "registration": REGISTERS,
    "request": REQUESTS,
    "pledge": PLEDGES,
    "assignment": ASSIGNS,
}
PATHS = {kind: "/status" if moves is HAPPENS else "/state" for kind, moves in MOVES.items()}

# What a verb needs besides the moment.
NEEDED: Mapping[str, tuple[object, ...]] = {"reschedule": (NEXT_DAY,), "assign": (whole.team(),)}


def state_of(thing: Any) -> str:
    return str(thing.status if isinstance(thing, Event | Session) else thing.state)


def done(thing: Any, verb: str, hours: int, **said: str) -> Any:
    """Carry out a verb; a session that would lie outside its event is taken out of it first."""
    if isinstance(thing, Event) and verb == "reschedule":
        thing = evolve(thing, sessions=())
    return getattr(thing, verb)(*NEEDED.get(verb, ()), at=later(hours), **{"note": "Why", **said})


def reached(kind: str) -> dict[str, Any]:
    """Find an object in every state, by going there."""
    found = {state_of(thing): thing for thing in STARTS[kind]}
    ahead = list(found)
    while ahead:
        state = ahead.pop()
        for verb, after in MOVES[kind][state].items():
            if after not in found:
                found[after] = done(found[state], verb, len(found[state].history))
                ahead.append(after)
    return found


REACHED = {kind: reached(kind) for kind in STARTS}
ALLOWED = [(kind, state, verb) for kind, moves in MOVES.items() for state, verbs in moves.items() for verb in verbs]
REFUSED = [
    (kind, state, verb)
    for kind, moves in MOVES.items()
    for state, verbs in moves.items()
    for verb in sorted({each for others in moves.values() for each in others} - verbs.keys())
]


class TestTables:
    """The tables in the package say what the sentences say."""

    @pytest.mark.parametrize(
        ("table", "moves", "states", "first"),
        [
            (EVENT_STATES, HAPPENS, EventStatus, {"draft", "scheduled"}),
            (REGISTRATION_STATES, REGISTERS, RegistrationState, {"pending"}),
            (REQUEST_STATES, REQUESTS, RequestState, {"requested"}),
            (PLEDGE_STATES, PLEDGES, PledgeState, {"draft", "submitted"}),
            (ASSIGNMENT_STATES, ASSIGNS, AssignmentState, {"offered"}),
        ],
    )
    def test_they_hold_the_same_moves(self, table: StateTable[Any], moves: Moves, states: Any, first: set[str]) -> None:
        rows = {(str(before), move.verb, str(move.after)) for move in table.moves for before in move.before}
        assert rows == {(state, verb, after) for state, verbs in moves.items() for verb, after in verbs.items()}
        assert set(map(str, states)) == set(moves)
        assert set(map(str, table.initial)) == first

    @pytest.mark.parametrize("kind", MOVES)
    def test_every_state_can_be_reached(self, kind: str) -> None:
        assert REACHED[kind].keys() == MOVES[kind].keys()

    @pytest.mark.parametrize("kind", MOVES)
    def test_each_row_is_a_verb_of_the_class(self, kind: str) -> None:
        verbs = {verb for others in MOVES[kind].values() for verb in others}
        assert all(callable(getattr(STARTS[kind][0], verb)) for verb in verbs)


class TestVerbs:
    """CONTRACT: one verb for each row of a state table; an illegal move is refused by name."""

    @pytest.mark.parametrize(("kind", "state", "verb"), ALLOWED)
    def test_a_move_of_the_table_happens_and_is_recorded(self, kind: str, state: str, verb: str) -> None:
        thing = REACHED[kind][state]
        before = deepcopy(thing)
        moved = done(thing, verb, 99, by="Officer 1", note="Reason")
        after = MOVES[kind][state][verb]
        assert state_of(moved) == after
        assert type(moved) is type(thing)
        assert moved.history == (
            *thing.history,
            Transition(at=later(99), before=state, after=after, by="Officer 1", note="Reason"),
        )
        assert thing == before

    @pytest.mark.parametrize(("kind", "state", "verb"), REFUSED)
    def test_any_other_is_refused_with_the_states_it_may_go_to(self, kind: str, state: str, verb: str) -> None:
        thing = REACHED[kind][state]
        found = refusal(lambda: done(thing, verb, 99), MoveError)
        assert (found.code, found.path) == ("move-not-allowed", PATHS[kind])
        choices = ", ".join(sorted(set(MOVES[kind][state].values())))
        assert found.params == {"choices": choices}

    @pytest.mark.parametrize(("kind", "state", "verb"), ALLOWED)
    def test_a_move_may_not_lie_before_the_one_before_it(self, kind: str, state: str, verb: str) -> None:
        thing = REACHED[kind][state]
        if thing.history:
            path = f"/history/{len(thing.history)}/at"
            assert refused(lambda: done(thing, verb, -1)) == ("history-out-of-order", path)

    @pytest.mark.parametrize(("kind", "state", "verb"), ALLOWED)
    def test_author_and_note_of_a_move_are_checked(self, kind: str, state: str, verb: str) -> None:
        assert refused(lambda: done(REACHED[kind][state], verb, 99, by=" ")) == ("text-empty", "/by")
        assert refused(lambda: done(REACHED[kind][state], verb, 99, note="")) == ("text-empty", "/note")

    @pytest.mark.parametrize("kind", MOVES)
    def test_author_and_note_are_optional(self, kind: str) -> None:
        start = STARTS[kind][0]
        verb = next(each for each in MOVES[kind][state_of(start)] if each not in NEEDED and each != "decline")
        moved = getattr(start, verb)(at=later(0))
        assert (moved.history[-1].by, moved.history[-1].note) == (None, None)


class TestWayBack:
    """The office corrects a mistake with a step that says so; a stranger never can."""

    @pytest.mark.parametrize("kind", ["registration", "request", "pledge", "assignment"])
    def test_every_state_can_be_left_again(self, kind: str) -> None:
        assert all(MOVES[kind].values())

    def test_a_step_back_sets_and_removes_the_fields_of_the_state(self) -> None:
        came, asked = REACHED["registration"]["attended"], REACHED["request"]["delivered"]
        assert came.undo_attendance(at=later(99)).checked_in_at is None
        assert REACHED["registration"]["no-show"].check_in(at=later(99)).checked_in_at == later(99)
        assert asked.undo_delivery(at=later(99)).team == asked.team is not None
        assert REACHED["request"]["approved"].reset(at=later(99)).team is None

    @pytest.mark.parametrize("kind", ["registration", "request", "pledge"])
    def test_a_submission_cannot_come_with_a_state_or_a_history(self, kind: str) -> None:
        for state, thing in REACHED[kind].items():
            outcome = validate(type(thing), to_json(thing), submission=True, now=later(0))
            refused_fields = {each.path for each in outcome.findings if each.code == Code.FIELD_NOT_YOURS}
            assert outcome.value is None
            assert refused_fields >= ({"/state", "/history"} if thing.history else {"/state"}), state


class TestHistories:
    """H01: a move outside the state table is refused; history is in time order and ends in the present state."""

    @pytest.mark.parametrize("kind", MOVES)
    def test_a_state_that_is_no_first_one_needs_its_history(self, kind: str) -> None:
        for thing in REACHED[kind].values():
            key = PATHS[kind]
            if thing.history:
                assert refused(lambda: evolve(thing, history=()))[:2] in {  # noqa: B023 - called at once
                    ("history-ends-elsewhere", key),
                    ("waitlisted-at-unfounded", "/waitlistedAt"),
                }

    @pytest.mark.parametrize("kind", MOVES)
    def test_a_forged_history_is_refused(self, kind: str) -> None:
        start = STARTS[kind][0]
        state = state_of(start)
        forged = whole.step(state, "forged")
        assert refused(lambda: evolve(start, history=(forged,))) == ("move-not-allowed", "/history/0/after")
        elsewhere = whole.step("forged", state)
        assert refused(lambda: evolve(start, history=(elsewhere,))) == ("history-broken", "/history/0/before")

    @pytest.mark.parametrize("kind", MOVES)
    def test_it_holds_a_thousand_transitions(self, kind: str) -> None:
        start = STARTS[kind][0]
        many = (whole.step("a", "b"),) * 1001
        assert refused(lambda: evolve(start, history=many)) == ("too-many-items", "/history")
