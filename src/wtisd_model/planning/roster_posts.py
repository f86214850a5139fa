"""The posts of a roster: who has a seat already or has refused one, and who is wanted besides."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.model.roster import Assignment, AssignmentState, Booth, Roster, Task
from wtisd_model.rules.roster import FreeTime, faults
from wtisd_model.rules.sittings import Sitting, Sittings, TeamNeed
from wtisd_model.rules.working_hours import Work, limits_of, works_remotely
from wtisd_model.types.timeslot import TimeSlot


class Claim(NamedTuple):
    """An assignment that holds a seat in a part of a sitting."""

    assignment: Assignment
    need: int
    path: str | None
    """Where the caller has fixed it; None if it is of the earlier roster."""

    @property
    def must_stay(self) -> bool:
        """True if it is fixed or was delivered."""
        return self.path is not None or self.assignment.state is AssignmentState.DELIVERED

    @property
    def is_sure(self) -> bool:
        """True if it is no mere offer."""
        return self.must_stay or self.assignment.state is AssignmentState.ACCEPTED


class Earlier:
    """Who has a seat already, as it is fixed or in the roster that is kept, and who has refused one."""

    def __init__(
        self, given: Roster, sittings: Sittings, keep: Roster | None, fixed: Iterable[Assignment], now: datetime | None
    ) -> None:
        self.now = now
        self.sequence: int = 0 if keep is None else keep.sequence + 1
        self.rooms: dict[str, str | None] = {} if keep is None else {booth.id: booth.room for booth in keep.booths}
        """The rooms of the booths."""
        self._sittings = sittings
        self._numbers = {id_: number for number, id_ in enumerate(sorted(person.id for person in given.interpreters))}
        self.held: defaultdict[tuple[int, int], dict[int, Claim]] = defaultdict(dict)
        """The assignments of somebody in a sitting, by part."""
        self.past: list[Assignment] = []
        """The assignments that stay without a seat: what was refused, what was delivered whatever has become of it, and
        what is for events that are not given."""
        self.booths: list[Booth] = []
        """Those of assignments for events that are not given."""
        self.standby: list[tuple[int, Assignment]] = []
        """Those of people who are only ready, with the person."""
        self.lost: int = 0
        """The seats of people who are no longer there."""
        self.refused: defaultdict[int, list[TimeSlot]] = defaultdict(list)
        """When people are not asked, since they have refused to work, were on standby, or are with another event."""
        fixed_ids = self._fix(fixed)
        kept = () if keep is None else keep.assignments
        # An answer counts more than an offer.
        for each in sorted(kept, key=lambda each: (each.state is AssignmentState.OFFERED, each.id)):
            if each.id not in fixed_ids:
                self._keep(each)
        elsewhere = {each.booth_id for each in self.past if each.event_uid not in sittings.event_uids}
        known = {booth.id for booth in sittings.booths}
        self.booths += (booth for booth in (keep.booths if keep else ()) if booth.id in elsewhere - known)

    def _keep(self, assignment: Assignment) -> None:
        """Note an assignment of the earlier roster."""
        worker = self._numbers.get(assignment.interpreter_id)
        seats = [*self._sittings.seats_of(assignment)]
        counts, is_delivered = assignment.counts(self.now), assignment.state is AssignmentState.DELIVERED
        is_elsewhere = assignment.event_uid not in self._sittings.event_uids
        if is_delivered or not counts or is_elsewhere:
            self.past.append(assignment)
        is_standby = assignment.task is Task.STANDBY
        if not counts or is_elsewhere or (is_standby and is_delivered):
            if worker is not None:
                self.refused[worker] += self._slots(assignment)
        elif is_standby:
            if worker is not None and seats:
                self.standby.append((worker, assignment))
        elif worker is not None:
            for sitting, need, part in seats:
                self.held[worker, sitting].setdefault(part, Claim(assignment, need, None))
        elif not is_delivered:
            self.lost += len({(sitting, need) for sitting, need, _ in seats})

    def _slots(self, assignment: Assignment) -> list[TimeSlot]:
        """Return when the work of an assignment is now."""
        parts = self._sittings.parts_of(assignment)
        now = [self._sittings.sittings[sitting].parts[part].slot for sitting, part in parts]
        return now or ([] if assignment.slot is None else [assignment.slot])

    def refuses(self, worker: int, sitting: int, need: int, parts: Iterable[int]) -> bool:
        """Return True if nobody may ask somebody to work in some parts of a need; held seats are theirs."""
        refused = self.refused.get(worker, ())
        held = {part for part, claim in self.held.get((worker, sitting), {}).items() if claim.need == need}
        there = self._sittings.sittings[sitting].parts
        return any(part not in held and any(map(there[part].slot.overlaps, refused)) for part in parts)

    def _fix(self, fixed: Iterable[Assignment]) -> set[str]:
        """Note what is fixed; return its ids."""
        names: set[str] = set()
        for index, assignment in enumerate(fixed):
            path = pointer("fixed", index)
            if not assignment.state.holds_seat:
                choices = ", ".join(state for state in AssignmentState if state.holds_seat)
                raise InvalidValueError(finding(Code.VALUE_UNKNOWN, f"{path}/state", choices=choices))
            if assignment.task is Task.STANDBY:
                choices = ", ".join(task for task in Task if task is not Task.STANDBY)
                raise InvalidValueError(finding(Code.VALUE_UNKNOWN, f"{path}/task", choices=choices))
            if assignment.interpreter_id not in self._numbers:
                raise InvalidValueError(finding(Code.INTERPRETER_UNKNOWN, f"{path}/interpreterId"))
            if assignment.id in names:
                raise InvalidValueError(finding(Code.ID_REPEATED, f"{path}/id"))
            names.add(assignment.id)
            if assignment.booth_id not in {None, *(booth.id for booth in self._sittings.booths)}:
                raise InvalidValueError(finding(Code.BOOTH_UNKNOWN, f"{path}/boothId"))
            seats = [*self._sittings.seats_of(assignment)]
            if not seats:
                raise InvalidValueError(finding(Code.ASSIGNMENT_UNFOUNDED, path))
            for sitting, need, part in seats:
                others = self.held[self._numbers[assignment.interpreter_id], sitting]
                if part in others or any(held.need != need for held in others.values()):
                    name = assignment.session_id or assignment.event_uid
                    raise InvalidValueError(finding(Code.INTERPRETER_DOUBLE_BOOKED, path, id=name))
                others[part] = Claim(assignment, need, path)
        return names


class Wanted(NamedTuple):
    """The people who are wanted for a need in some parts of a sitting, mostly in all of its parts."""

    sitting: int
    need: int
    parts: tuple[int, ...]
    heads: int
    seats: int
    """At most *heads*: as many as have a seat."""


class HeldSeats(NamedTuple):
    """What somebody holds in a sitting."""

    worker: int
    sitting: int
    need: int
    parts: tuple[int, ...]
    """Those that they may keep; all of the need unless they can or will not work in some."""
    now: tuple[int, ...]
    """Those that they have."""
    path: str | None
    must_stay: bool
    """True if some of it is fixed or was delivered."""
    is_sure: bool
    """True if some of it is no mere offer."""
    is_apart: bool
    """True if that is not all of the need."""


class Posts:
    """Who is wanted: the team of each need, or those who can work in some parts of it, and others for the rest."""

    def __init__(self, given: Roster, sittings: Sittings, earlier: Earlier, *, may_part: bool) -> None:
        self._sittings = sittings.sittings
        self._earlier = earlier
        self._terms = given.terms
        self._people = sorted(given.interpreters, key=attrgetter("id"))
        self.wanted: list[Wanted] = []
        """What each post is for."""
        self.of_need: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        """The posts of each need, by its sitting."""
        self.forced: defaultdict[int, dict[int, str | None]] = defaultdict(dict)
        """The posts in which people must be, and where the caller says so."""
        self.reserved: set[int] = set()
        """Those of people who stay in some parts only, which are nobody else's."""
        self.kept: list[tuple[int, int]] = []
        """Worker and post of those who should stay."""
        self.lost: int = earlier.lost
        """The kept seats for which there is no post."""
        held = [each for key, parts in sorted(earlier.held.items()) for each in self._held(*key, parts)]
        self.are_parting: bool = any(each.is_apart and each.is_sure and not each.must_stay for each in held)
        """True if some people could stay in some parts only, who need not."""
        apart = [each for each in self._apart(held) if may_part or each.must_stay]
        self._make_crews(held, apart)
        self._force_and_keep([each for each in held if each not in apart])

    def need(self, post: int) -> TeamNeed:
        """Return the need of a post."""
        return self._sittings[self.wanted[post].sitting].needs[self.wanted[post].need]

    def time(self, post: int) -> Sitting:
        """Return the sitting, or the parts of it, in which the people at a post work."""
        return self._sittings[self.wanted[post].sitting].only(self.wanted[post].parts)

    def _held(self, worker: int, index: int, claims: Mapping[int, Claim]) -> Iterator[HeldSeats]:
        """Yield what somebody holds in a sitting, for each need."""
        person, free = self._people[worker], FreeTime(self._people[worker])
        for place in sorted({claim.need for claim in claims.values()}):
            here = {part: claim for part, claim in sorted(claims.items()) if claim.need == place}
            need, path = self._sittings[index].needs[place], next(iter(here.values())).path
            must_stay = any(claim.must_stay for claim in here.values())
            rest = [part for part in need.parts if part not in here]
            whole = self._sittings[index].only(need.parts)
            parts, is_sure = need.parts, any(claim.is_sure for claim in here.values())
            is_free = path is not None or free.has(whole.starts_at, whole.ends_at)
            is_elsewhere = any(part in claims for part in rest)
            if rest and (is_elsewhere or not is_free or self._earlier.refuses(worker, index, place, rest)):
                able = [
                    part
                    for part in here
                    for slot in (self._sittings[index].parts[part].slot,)
                    if must_stay or not any(faults(person, need, free, slot.starts_at, slot.ends_at))
                ]
                parts, is_sure = tuple(able), any(here[part].is_sure for part in able)
            yield HeldSeats(worker, index, place, parts, tuple(here), path, must_stay, is_sure, parts != need.parts)

    def _apart(self, held: Iterable[HeldSeats]) -> Iterator[HeldSeats]:
        """Yield those who stay in some parts only, as far as the seats and their limits allow."""
        filled = Counter[tuple[int, int, int]]()
        works: defaultdict[int, list[Work]] = defaultdict(list)
        taken: set[tuple[int, int]] = set()
        for each in sorted(held, key=lambda each: (not each.must_stay, each.is_apart)):
            person, need = self._people[each.worker], self._sittings[each.sitting].needs[each.need]
            if not each.is_sure or (each.worker, each.sitting) in taken:
                continue
            work = Work.of(self._sittings[each.sitting].only(each.parts), is_remote=works_remotely(person, need))
            terms, seats = person.terms or self._terms, [(each.sitting, each.need, part) for part in each.parts]
            if each.is_apart and not each.must_stay:
                together = [*works[each.worker], work]
                if any(filled[seat] >= need.seats for seat in seats) or any(limits_of(terms, together)):
                    continue
            filled.update((each.sitting, each.need, part) for part in each.now)
            if each.is_apart or each.must_stay:
                works[each.worker].append(work)
                taken.add((each.worker, each.sitting))
            if each.is_apart:
                yield each

    def _make_crews(self, held: Iterable[HeldSeats], apart: Iterable[HeldSeats]) -> None:
        """Make the posts of each need: its team, those who stay in some parts only, and the rest of their seats."""
        teams: defaultdict[tuple[int, int], defaultdict[tuple[int, ...], list[HeldSeats]]]
        teams = defaultdict(lambda: defaultdict(list))
        for each in apart:
            teams[each.sitting, each.need][each.parts].append(each)
        wholly = {(each.sitting, each.need) for each in held if each.must_stay and not each.is_apart}
        for index, sitting in enumerate(self._sittings):
            for place, need in enumerate(sitting.needs):
                found = teams[index, place]
                covered = Counter(part for parts, people in found.items() for part in parts for _ in people)
                shared = min(max(covered.values(), default=0), need.heads)
                if shared < need.heads or (index, place) in wholly:
                    heads, seats = need.heads - shared, max(0, need.seats - shared)
                    self._add(Wanted(index, place, need.parts, heads, seats))
                for parts, people in found.items():
                    self.reserved.add(len(self.wanted))
                    for each in people:
                        self.forced[each.worker][len(self.wanted)] = each.path
                    self._add(Wanted(index, place, parts, len(people), len(people)))
                lacking, seated = Counter[tuple[int, ...]](), Counter[tuple[int, ...]]()
                for level in range(shared):
                    for run in _runs(need.parts, covered, level):
                        lacking[run] += 1
                        seated[run] += level < need.seats
                for parts, heads in sorted(lacking.items()):
                    self._add(Wanted(index, place, parts, heads, seated[parts]))

    def _add(self, wanted: Wanted) -> None:
        self.of_need[wanted.sitting, wanted.need].append(len(self.wanted))
        self.wanted.append(wanted)

    def _force_and_keep(self, held: Iterable[HeldSeats]) -> None:
        """Note who has to sit where, and who should."""
        filled = Counter[int]()
        for each in held:
            posts = [post for post in self.of_need[each.sitting, each.need] if post not in self.reserved]
            if not posts or any(self.wanted[post].sitting == each.sitting for post in self.forced[each.worker]):
                self.lost += not each.must_stay  # one post of a sitting
                continue
            # The post of the same parts, or else of all, or of most of them.
            post = max(
                posts,
                key=lambda post: (
                    self.wanted[post].parts == each.now,
                    len({*each.now}.intersection(self.wanted[post].parts)),
                    len(self.wanted[post].parts),
                ),
            )
            need = self.need(post)
            self.kept.append((each.worker, post))
            if each.path is not None:
                filled[post] += 1
                most = need.seats if need.booth is None else need.booth.seats
                if filled[post] > most:
                    raise InvalidValueError(finding(Code.BOOTH_FULL, each.path, maximum=most))
            if each.must_stay:
                self.forced[each.worker][post] = each.path


def _runs(parts: Iterable[int], covered: Mapping[int, int], level: int) -> Iterator[tuple[int, ...]]:
    """Yield the parts, as far as they follow each other, in which at most so many people are."""
    lacking = [part for part in parts if covered[part] <= level]
    for _, run in groupby(enumerate(lacking), lambda pair: pair[1] - pair[0]):
        yield tuple(part for _, part in run)
