"""Rosters of interpreters: who sits in which booth, what that leaves open, and what each has answered."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal, Self, cast

from attrs import evolve, field, fields, frozen

from wtisd_model.data.norms import booth_languages
from wtisd_model.findings import Finding
from wtisd_model.locales import DEFAULT_LANGUAGE, locale_for
from wtisd_model.model.interpretation import InterpretationService, InterpretationServiceWord
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.purging import without_personal_data
from wtisd_model.model.registration import MOST_REPLIES
from wtisd_model.model.reply import Reply
from wtisd_model.model.terms import HeadCount, Terms
from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.fields import Count, Either, Invariant, SetOf, TupleOf
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_instance, require_valid
from wtisd_model.types.attendance import AttendanceMode, AttendanceModeWord, ParticipationMode, ParticipationModeWord
from wtisd_model.types.identifiers import repeated_ids
from wtisd_model.types.language import LANGUAGE, LanguageTag
from wtisd_model.types.lifecycle import History, Move, StateTable, Transition
from wtisd_model.types.moment import as_utc, utc_or_none
from wtisd_model.types.number import Revision
from wtisd_model.types.text import Identifier, Name, Uid
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, require_zone

AMOUNT: Final = Integer(0, 1_000_000_000_000)

Amount = Annotated[int, AMOUNT]
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
    seats: HeadCount = 3
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
    service: InterpretationService = field(
        default=InterpretationService.SIMULTANEOUS, converter=Either[InterpretationService, InterpretationServiceWord]
    )
    """The service that the person does in it."""
    slot: TimeSlot | None = None
    """When the person works, as it was offered: the session, or a part of it; None means the whole session, whenever it
    is."""
    works_at: ParticipationMode | None = field(
        default=None, converter=Either[ParticipationMode | None, ParticipationModeWord]
    )
    """Where the person works, as it was offered: on site, also in a hub, or remotely; None means where they would work
    now, by the request and by `Interpreter.works_at`."""
    task: Task = field(default=Task.TURN, converter=Either[Task, TaskWord])
    """What the person does."""
    state: AssignmentState = field(
        default=AssignmentState.OFFERED, converter=Either[AssignmentState, AssignmentStateWord]
    )
    """The current state."""
    expires_at: datetime | None = field(default=None, converter=utc_or_none)
    """When the offer ends, in UTC; it is then as good as declined."""
    sequence: Revision = 0
    """The `Roster.sequence` in which its slot, its place or the state of the offer last changed."""
    session_sequence: Revision | None = None
    """The `Event.entry_sequence` of its session when it was last offered, by which answers to that offer are known;
    None means the current one."""
    history: History = field(default=(), converter=TupleOf[Transition])
    """The changes of its state."""
    replies: Annotated[tuple[Reply, ...], Count(maximum=MOST_REPLIES)] = field(default=(), converter=TupleOf[Reply])
    """The replies of the interpreter to its offers."""

    def counts(self, now: datetime | None = None) -> bool:
        """Return True if the person is counted on: offered, accepted or delivered.

        An offer that has expired *now*, in UTC, is as good as declined; without a moment, none has.
        """
        is_expired = now is not None and self.expires_at is not None and self.expires_at <= now
        return self.state.holds_seat and not (self.state is AssignmentState.OFFERED and is_expired)

    def accept(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the interpreter accepts (``move-not-allowed``)."""
        return self._moved("accept", at, by, note)

    def decline(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the interpreter declines, or can no longer come (``move-not-allowed``)."""
        return self._moved("decline", at, by, note)

    def release(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take the offer back, or release the interpreter from it (``move-not-allowed``)."""
        return self._moved("release", at, by, note)

    def deliver(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Record that the interpreter has worked (``move-not-allowed``)."""
        return self._moved("deliver", at, by, note)

    def undo_delivery(self, *, at: datetime, by: str | None = None, note: str | None = None) -> Self:
        """Take back a delivery that was a mistake; it is accepted again (``move-not-allowed``)."""
        return self._moved("undo_delivery", at, by, note)

    def offer_again(
        self, *, at: datetime, expires_at: datetime | None = None, by: str | None = None, note: str | None = None
    ) -> Self:
        """Offer it once more, until *expires_at*: after a move, or after an answer (``move-not-allowed``)."""
        return evolve(self._moved("offer_again", at, by, note), expires_at=expires_at)

    def _moved(self, verb: str, at: datetime, by: str | None, note: str | None) -> Self:
        state, history = ASSIGNMENT_STATES.step(verb, self.state, self.history, path="/state", at=at, by=by, note=note)
        return evolve(self, state=state, history=history)


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
    """The people who have it are needed elsewhere at that time."""
    UNAVAILABLE = "unavailable"
    """Enough people have it, but too few can be there: they are not available, work elsewhere, or have declined."""
    UNPLANNED = "unplanned"
    """The length of the session is not known: it has whole days, or is longer than a day."""


ShortageReasonWord = Literal["booths", "fixed", "language", "limits", "people", "unavailable", "unplanned"]

SessionIds = Annotated[tuple[Identifier, ...], Count(maximum=5000, unique=True)]
"""The ids of sessions, in the order of time."""


@frozen(kw_only=True, eq=False, repr=False)
class Shortage(Model):
    """What a booth lacks in a sitting, and why."""

    event_uid: Uid
    """The uid of the event."""
    session_ids: SessionIds = field(default=(), converter=TupleOf[str])
    """The sessions of the sitting; empty for an event without sessions."""
    language: LanguageTag
    """The language that the booth works into."""
    service: InterpretationService = field(
        default=InterpretationService.SIMULTANEOUS, converter=Either[InterpretationService, InterpretationServiceWord]
    )
    """The service of the team; in a booth it is simultaneous."""
    starts_at: datetime = field(converter=as_utc)
    """When the sitting starts, in UTC."""
    needed: Amount
    """The heads that it needs."""
    missing: Annotated[int, Integer(1, 1000)]
    """The heads that it lacks."""
    reason: ShortageReason = field(converter=Either[ShortageReason, ShortageReasonWord])
    """Why it lacks them."""
    needed_then: Amount = 0
    """The heads that all booths of the language need at that time."""
    booths_then: Amount = 0
    """The number of these booths."""
    holders: Amount = 0
    """The people who have the language: they work into it from what is heard there."""
    available: Amount = 0
    """Those of them who are available then, work at such a place, and have refused nothing at that time."""
    room: Name | None = None
    """The room of the sitting, as `Booth.room` names it; None if it is not known, or nowhere on site."""
    fewest: Amount = 0
    """The fewest heads with whom the terms allow the work."""

    def sentence(
        self, time_zone: str = "UTC", *, language: str = DEFAULT_LANGUAGE, titles: Mapping[str, str] | None = None
    ) -> str:
        """Return the shortage in words, as they are for a coordinator.

        Args:
            time_zone: the IANA name of the zone by whose clocks the time is.
            language: the language of the words; English if the package does not know it.
            titles: the titles of sessions by their ids; a session without one is named by its id.

        Raises:
            InvalidValueError: ``zone-unknown``; ``language-unknown``.
            TypeError: *titles* is not a mapping.
        """
        if titles is not None and not isinstance(cast("object", titles), Mapping):
            raise TypeError("titles must be a mapping: ids of sessions with titles.")
        locale = locale_for(require_valid(language, LANGUAGE, "/language"))
        is_planned = self.reason is not ShortageReason.UNPLANNED
        when = at_zone(self.starts_at, require_zone(time_zone)).strftime("%Y-%m-%d %H:%M" if is_planned else "%Y-%m-%d")
        sessions = [(titles or {}).get(id_, id_) for id_ in self.session_ids]
        where = locale.comma.join([*sessions, *([] if self.room is None else [self.room]), when])
        is_below = is_planned and self.needed - self.missing < self.fewest
        keys = "shortage", *(["fewest"] if is_below else []), *(["counts"] if is_planned else []), self.reason
        values = {attribute.name: getattr(self, attribute.name) for attribute in fields(Shortage)}
        return " ".join(locale.roster[key].format(**values, where=where) for key in keys)

    def __str__(self) -> str:
        return self.sentence()


@frozen(kw_only=True, eq=False, repr=False)
class Relay(Model):
    """A floor language that a booth hears through another booth, or does not hear."""

    event_uid: Uid
    """The uid of the event."""
    session_ids: SessionIds = field(default=(), converter=TupleOf[str])
    """The sessions of the sitting; empty for an event without sessions."""
    language: LanguageTag
    """The language of the booth that hears it, or does not."""
    service: InterpretationService = field(
        default=InterpretationService.SIMULTANEOUS, converter=Either[InterpretationService, InterpretationServiceWord]
    )
    """The service of the team; in a booth it is simultaneous."""
    floor: LanguageTag
    """The language spoken on the floor."""
    pivot: LanguageTag | None = None
    """The language in which it hears it; None if it reaches the booth neither directly nor by relay."""


@frozen(kw_only=True, eq=False, repr=False)
class Load(Model):
    """The work of one interpreter."""

    interpreter_id: Identifier
    """The id of the interpreter."""
    sittings: Amount
    """The number of sittings."""
    minutes: Amount
    """The work in them, in minutes."""


@frozen(kw_only=True, eq=False, repr=False)
class Objectives(Model):
    """The objectives of a roster in their order, each an integer, and the smaller the better."""

    heads_short: Amount = 0
    """Heads that are needed and missing, over all booths and sittings."""
    booths_short: Amount = 0
    """Booths with less than the minimum, over all sittings."""
    priority_short: Amount = 0
    """Heads short, each times the priority of its session."""
    floors_unreached: Amount = 0
    """Floor languages that do not reach a booth, over all booths and sittings."""
    changes: Amount = 0
    """Kept seats that were lost."""
    relays: Amount = 0
    """Floor languages that reach a booth by relay, over all booths and sittings."""
    retours: Amount = 0
    """Seats of people who work by retour, and floor languages that reach a booth by retour."""
    cost: Amount = 0
    """The fees, in minor units of the currency."""
    largest_load: Amount = 0
    """The sittings of the person who has most."""
    replaced: Amount = 0
    """The people who are new in a team that has met before at the event."""


def _ids_are_unique(
    interpreters: tuple[Interpreter, ...], booths: tuple[Booth, ...], assignments: tuple[Assignment, ...]
) -> Iterator[Finding]:
    yield from repeated_ids("interpreters", (interpreter.id for interpreter in interpreters))
    yield from repeated_ids("booths", (booth.id for booth in booths))
    yield from repeated_ids("assignments", (assignment.id for assignment in assignments))


@frozen(kw_only=True, eq=False, repr=False)
class Roster(Model):
    """Who interprets what: a document of the office, which no interpreter and no reader of an event gets.

    Whether it keeps to its terms, and fits the events, is found by `check`, not here.

    Raises:
        InvalidValueError: the first field or cross-field rule that fails, with its code.
    """

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_ids_are_unique,)

    interpreters: Annotated[tuple[Interpreter, ...], Count(maximum=10_000)] = field(
        default=(), converter=TupleOf[Interpreter]
    )
    """The people whom the office may ask."""
    booths: Annotated[tuple[Booth, ...], Count(maximum=10_000)] = field(default=(), converter=TupleOf[Booth])
    """The booths that there are."""
    terms: Terms
    """The terms of all interpreters who have none of their own."""
    pivots: frozenset[LanguageTag] = field(default=frozenset(), converter=SetOf[str])
    """The languages in which other booths may hear a booth, by relay or by retour; empty means any."""
    assignments: Annotated[tuple[Assignment, ...], Count(maximum=100_000)] = field(
        default=(), converter=TupleOf[Assignment]
    )
    """Who works where, and what they have answered."""
    shortages: Annotated[tuple[Shortage, ...], Count(maximum=100_000)] = field(default=(), converter=TupleOf[Shortage])
    """What the booths lack."""
    relays: Annotated[tuple[Relay, ...], Count(maximum=100_000)] = field(default=(), converter=TupleOf[Relay])
    """The floor languages that booths hear through others."""
    unreached: Annotated[tuple[Relay, ...], Count(maximum=100_000)] = field(default=(), converter=TupleOf[Relay])
    """The floor languages that booths do not hear."""
    loads: Annotated[tuple[Load, ...], Count(maximum=10_000)] = field(default=(), converter=TupleOf[Load])
    """The work of each interpreter who has any."""
    values: Objectives | None = None
    """The values of the objectives, counted from the assignments; None for a roster that was not proposed."""
    bounds: Objectives | None = None
    """The values below which no roster can be, if those before are as good; None for a roster that was not proposed.

    They are of rosters that keep to the terms, and in which people stay in their team for a sitting. Some such rosters
    are not searched: where booths lack and could be dealt out in another way, where somebody could keep a part of a
    sitting after having declined the rest, and where terms would count a sitting of somebody in one way or in another,
    as remote or not, or by its parts. Then these are 0, which is always true.
    """
    proven: bool = False
    """True if every value is its bound, so that no such roster is better."""
    sequence: Revision = 0
    """The number of the proposal, which rises with each one (RFC 5545 SEQUENCE)."""

    @property
    def pivot_languages(self) -> frozenset[str] | None:
        """The languages that other booths may work from, as booths are named; None means any."""
        return booth_languages(self.pivots) or None

    @property
    def bound(self) -> int | None:
        """The heads that are short in every roster, as far as `bounds` says; None if it was not proposed."""
        return None if self.bounds is None else self.bounds.heads_short

    def purged(self, *, at: datetime) -> Self:
        """Return it without personal data: of the interpreters, and of the histories of their assignments.

        Ids, languages, contracts, terms and assignments are kept for statistics. An interpreter who is purged already
        keeps the first ``purged_at``.
        """
        purged = tuple(interpreter.purged(at=at) for interpreter in self.interpreters)
        return evolve(self, **without_personal_data(self) | {"interpreters": purged})


def require_roster(value: object) -> Roster:
    """Return *value* if it is a Roster; raise a TypeError otherwise."""
    return require_instance(value, Roster, "Not a Roster: pass the result of planning.roster(...).")
