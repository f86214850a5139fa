"""Rosters of interpreters: who sits in which booth, what that leaves open, and what each has answered."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from attrs import field, frozen

from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.terms import Heads, Terms
from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.fields import Count, Either, Invariant, TupleOf
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import AttendanceMode, AttendanceModeWord
from wtisd_model.types.language import LanguageTag
from wtisd_model.types.lifecycle import History, Move, StateTable, Transition
from wtisd_model.types.moment import as_utc, utc_or_none
from wtisd_model.types.number import Revision
from wtisd_model.types.text import Identifier, Name, Uid
from wtisd_model.types.timeslot import TimeSlot

Amount = Annotated[int, Integer(0, 1_000_000_000_000)]
"""A number of heads, sittings, minutes or minor units of a currency."""


@frozen(kw_only=True, eq=False, repr=False)
class Booth(Model):
    """A booth, where interpreters of one language work (ISO 20539)."""

    id: Identifier
    """An identifier that is unique among the booths of the roster."""
    room: Name | None = None
    """The room that it looks into, by the id of the location or, without one, its room or name; None in a hub."""
    language: LanguageTag
    """The language that it works into."""
    seats: Heads = 3
    """The interpreters who have a seat and a microphone."""
    both_ways: bool = False
    """True if it also works from its language into others, which other booths then hear."""
    plays_to: AttendanceMode = field(default=AttendanceMode.MIXED, converter=Either[AttendanceMode, AttendanceModeWord])
    """Where the listeners are who can hear it."""


class Task(StrEnum):
    """What an interpreter does in a sitting."""

    CAPTIONS = "captions"
    HEAD_OF_TEAM = "head-of-team"
    PIVOT = "pivot"
    """Others work from what the person says."""
    RETOUR = "retour"
    """The person works into a language that is none of their A languages."""
    SIGN = "sign"
    STANDBY = "standby"
    """The person is ready, but has no seat."""
    TURN = "turn"
    """The person takes turns in the booth."""


TaskWord = Literal["captions", "head-of-team", "pivot", "retour", "sign", "standby", "turn"]


class AssignmentState(StrEnum):
    """The state of an assignment."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELIVERED = "delivered"
    OFFERED = "offered"
    RELEASED = "released"

    @property
    def holds_seat(self) -> bool:
        """True if the person is counted on: offered, accepted or delivered."""
        return self in {self.ACCEPTED, self.DELIVERED, self.OFFERED}


AssignmentStateWord = Literal["accepted", "declined", "delivered", "offered", "released"]

_OFFERED, _ACCEPTED, _DECLINED = AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.DECLINED
_RELEASED, _DELIVERED = AssignmentState.RELEASED, AssignmentState.DELIVERED

ASSIGNMENT_STATES: StateTable[AssignmentState] = StateTable(
    initial=frozenset({_OFFERED}),
    moves=(
        Move("accept", frozenset({_OFFERED, _DECLINED}), _ACCEPTED),
        Move("decline", frozenset({_OFFERED, _ACCEPTED}), _DECLINED),
        Move("release", frozenset({_OFFERED, _ACCEPTED}), _RELEASED),
        Move("deliver", frozenset({_ACCEPTED}), _DELIVERED),
        Move("undo_delivery", frozenset({_DELIVERED}), _ACCEPTED),
        Move("offer_again", frozenset({_ACCEPTED, _DECLINED, _RELEASED}), _OFFERED),
    ),
)
"""The states of an assignment."""


@frozen(kw_only=True, eq=False, repr=False)
class Assignment(Model):
    """One interpreter in one booth for one session, or for a part of it.

    Sessions that follow each other in one room without a rest are one sitting: the same people stay, and have an
    assignment for each.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (ASSIGNMENT_STATES.invariant("state"),)

    id: Identifier
    """An identifier that is unique in the roster."""
    interpreter_id: Identifier
    """The id of the interpreter."""
    event_uid: Uid
    """The uid of the event."""
    session_id: Identifier | None = None
    """The id of the session; None for an event without sessions."""
    booth_id: Identifier | None = None
    """The id of the booth; None where there is none, such as for consecutive interpretation."""
    language: LanguageTag
    """The language that the person works into: that of the booth."""
    part: TimeSlot | None = None
    """The part of the session; None means the whole."""
    task: Task = field(default=Task.TURN, converter=Either[Task, TaskWord])
    """What the person does."""
    state: AssignmentState = field(
        default=AssignmentState.OFFERED, converter=Either[AssignmentState, AssignmentStateWord]
    )
    """The current state."""
    expires_at: datetime | None = field(default=None, converter=utc_or_none)
    """When the offer ends, in UTC; it is then as good as declined."""
    sequence: Revision = 0
    """The `Roster.sequence` in which its time, place or state of the offer last changed."""
    history: History = field(default=(), converter=TupleOf[Transition])
    """The changes of its state."""

    # verbs: accept, decline, release, deliver, undo_delivery, offer_again(*, at, by=None, note=None)


class ShortageReason(StrEnum):
    """Why a booth lacks interpreters."""

    BOOTHS = "booths"
    """There is no free booth for it."""
    FIXED = "fixed"
    """What was fixed leaves no one."""
    LANGUAGE = "language"
    """Too few people have the language."""
    LIMITS = "limits"
    """Enough people have it, but their terms do not allow more sittings."""
    PEOPLE = "people"
    """The people who have it are needed elsewhere at that time, or not available."""
    UNPLANNED = "unplanned"
    """The length of the session is not known: it has whole days, or is longer than a day."""


@frozen(kw_only=True, eq=False, repr=False)
class Shortage(Model):
    """What a booth lacks in a sitting, and why."""

    event_uid: Uid
    session_ids: tuple[Identifier, ...] = field(default=(), converter=TupleOf[str])
    """The sessions of the sitting; empty for an event without sessions."""
    language: LanguageTag
    """The language that the booth works into."""
    starts_at: datetime = field(converter=as_utc)
    """When the sitting starts, in UTC."""
    needed: Amount
    """The heads that it needs."""
    missing: Annotated[int, Integer(1, 1000)]
    """The heads that it lacks."""
    reason: ShortageReason
    needed_then: Amount = 0
    """The heads that all booths of the language need at that time, in *booths_then* booths."""
    booths_then: Amount = 0
    holders: Amount = 0
    """The people who have the language and are available then."""


@frozen(kw_only=True, eq=False, repr=False)
class Relay(Model):
    """A booth that hears a floor language through another booth."""

    event_uid: Uid
    session_ids: tuple[Identifier, ...] = field(default=(), converter=TupleOf[str])
    language: LanguageTag
    """The language of the booth that works from another."""
    floor: LanguageTag
    """The language spoken on the floor."""
    pivot: LanguageTag
    """The language in which it hears it."""


@frozen(kw_only=True, eq=False, repr=False)
class UnreachedFloor(Model):
    """A floor language that reaches a booth neither directly nor by relay."""

    event_uid: Uid
    session_ids: tuple[Identifier, ...] = field(default=(), converter=TupleOf[str])
    language: LanguageTag
    """The language of the booth."""
    floor: LanguageTag
    """The language spoken on the floor."""


@frozen(kw_only=True, eq=False, repr=False)
class Load(Model):
    """The work of one interpreter."""

    interpreter_id: Identifier
    sittings: Amount
    minutes: Amount


@frozen(kw_only=True, eq=False, repr=False)
class Objectives(Model):
    """The objectives of a roster in their order, each an integer, and the smaller the better."""

    heads_short: Amount = 0
    booths_short: Amount = 0
    """Booths with less than the minimum."""
    priority_short: Amount = 0
    """Heads short, each times the priority of its session."""
    floors_unreached: Amount = 0
    changes: Amount = 0
    """Kept seats that were lost."""
    relays: Amount = 0
    retours: Amount = 0
    cost: Amount = 0
    """In minor units of the currency."""
    largest_load: Amount = 0
    """Sittings of the person who has most."""
    replaced: Amount = 0
    """People of a team who are not in it in the next sitting of the event."""


@frozen(kw_only=True, eq=False, repr=False)
class Roster(Model):
    """Who interprets what: a document of the office, which no interpreter and no reader of an event gets."""

    interpreters: Annotated[tuple[Interpreter, ...], Count(maximum=10_000)] = field(
        default=(), converter=TupleOf[Interpreter]
    )
    booths: Annotated[tuple[Booth, ...], Count(maximum=10_000)] = field(default=(), converter=TupleOf[Booth])
    terms: Terms
    assignments: Annotated[tuple[Assignment, ...], Count(maximum=100_000)] = field(
        default=(), converter=TupleOf[Assignment]
    )
    shortages: Annotated[tuple[Shortage, ...], Count(maximum=100_000)] = field(default=(), converter=TupleOf[Shortage])
    relays: Annotated[tuple[Relay, ...], Count(maximum=100_000)] = field(default=(), converter=TupleOf[Relay])
    """The floor languages that booths hear through others."""
    unreached: Annotated[tuple[UnreachedFloor, ...], Count(maximum=100_000)] = field(
        default=(), converter=TupleOf[UnreachedFloor]
    )
    """The floor languages that booths do not hear."""
    loads: Annotated[tuple[Load, ...], Count(maximum=10_000)] = field(default=(), converter=TupleOf[Load])
    values: Objectives | None = None
    """The values of the objectives, counted from the assignments; None for a roster that was not proposed."""
    bounds: Objectives | None = None
    """What no roster is better than."""
    proven: bool = False
    """True if every value is its bound."""
    sequence: Revision = 0
    """The number of the proposal, which rises with each one (RFC 5545 SEQUENCE)."""

    @property
    def bound(self) -> int | None: ...
