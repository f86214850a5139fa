"""The limits of terms of work over the sittings of one person, as numbers: rosters are judged and proposed by them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple, Self

from wtisd_model.codes import Code
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.terms import Terms
from wtisd_model.rules.interpretation_schedule import SittingRoom, full_minutes
from wtisd_model.rules.sittings import Sitting, TeamNeed
from wtisd_model.types.attendance import ParticipationMode

_MINUTE: Final = timedelta(minutes=1)
NOWHERE: Final = SittingRoom(None, None)
"""The room of those who work remotely."""


class Work(NamedTuple):
    """A sitting as it counts for somebody who works in it."""

    starts_at: datetime
    ends_at: datetime
    """Start and end, in UTC."""
    minutes: int
    """The work in it, without the breaks."""
    day: date
    """The local day on which it begins, for which it counts."""
    room: SittingRoom
    """Where the person has to be; nowhere if they work remotely."""
    is_remote: bool
    """True if the person works remotely."""

    @classmethod
    def of(cls, sitting: Sitting, *, is_remote: bool) -> Self:
        """Return the work in a sitting."""
        minutes = full_minutes(sitting.work)
        room = NOWHERE if is_remote else sitting.room
        return cls(sitting.starts_at, sitting.ends_at, minutes, sitting.day, room, is_remote)


def works_remotely(interpreter: Interpreter, need: TeamNeed) -> bool:
    """Return True if somebody who works for a need does so remotely."""
    return ParticipationMode.REMOTE in {interpreter.works_at, need.at}


def mode_of_work(interpreter: Interpreter, need: TeamNeed) -> ParticipationMode:
    """Return where somebody works who works for a need: remotely, or in the room or a hub."""
    return ParticipationMode.REMOTE if works_remotely(interpreter, need) else ParticipationMode.ON_SITE


class HourLimit(NamedTuple):
    """A limit of somebody's terms: the sum of the weights of the sittings that they take is at most *most*."""

    code: Code
    """What is wrong if it is more."""
    params: Mapping[str, str | int]
    """The params of that finding, without the ``id`` of the other sitting that is one of an `Exclusion`."""
    weights: Mapping[int, int]
    """The weight of each sitting that counts, by its index in the list, in the order of time."""
    most: int


class Exclusion(NamedTuple):
    """Why nobody may take two sittings."""

    code: Code
    """What is wrong with the later one."""
    params: Mapping[str, str | int]
    """The params of that finding, without the ``id`` of the earlier one."""


def limits_of(terms: Terms, works: Sequence[Work]) -> Iterator[HourLimit]:
    """Yield all limits of somebody who may work in some sittings; none if they may work in all of them."""
    yield from exclusions(terms, works)
    yield from sums(terms, works)


def clash(terms: Terms, earlier: Work, later: Work) -> Exclusion | None:
    """Return why nobody may take two sittings, of which *later* does not start first; None if they may."""
    if later.starts_at < earlier.ends_at:
        return Exclusion(Code.INTERPRETER_DOUBLE_BOOKED, {})
    for code, minimum in _minimums(terms, earlier, later):
        if later.starts_at - earlier.ends_at < minimum * _MINUTE:
            return Exclusion(code, {"minimum": minimum})
    return None


def _minimums(terms: Terms, earlier: Work, later: Work) -> Iterator[tuple[Code, int]]:
    """Yield the minutes that have to be between two sittings."""
    yield Code.REST_TOO_SHORT, terms.rest
    if terms.night is not None and earlier.day != later.day:
        yield Code.NIGHT_TOO_SHORT, terms.night
    if terms.travel is not None and _differ(earlier.room.town, later.room.town):
        yield Code.TRAVEL_TOO_SHORT, terms.travel
    if _differ(earlier.room.name, later.room.name) or _differ(earlier.room.town, later.room.town):
        yield Code.TRAVEL_TOO_SHORT, terms.room_change


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def sums(terms: Terms, works: Sequence[Work]) -> Iterator[HourLimit]:
    """Yield the limits on how much somebody works: in a sitting, in a local day, and in several days on end.

    Those that cannot be exceeded are left out.
    """
    order = sorted(range(len(works)), key=lambda index: (works[index].starts_at, works[index].ends_at))
    days: defaultdict[date, list[int]] = defaultdict(list)
    for index in order:
        days[works[index].day].append(index)
        if works[index].minutes > terms.sitting:
            yield _sum(Code.SITTING_TOO_LONG, {index: works[index].minutes}, terms.sitting)
    for taken in days.values():
        minutes = {index: works[index].minutes for index in taken}
        remote = {index: work for index, work in minutes.items() if works[index].is_remote}
        for code, weights, most in (
            (Code.DAY_SITTINGS_EXCEEDED, dict.fromkeys(taken, 1), terms.sittings),
            (Code.DAY_TOO_LONG, minutes, terms.day),
            (Code.REMOTE_DAY_TOO_LONG, remote, terms.remote_day),
        ):
            if most is not None and sum(weights.values()) > most:
                yield _sum(code, weights, most)
    for window in terms.windows:
        for taken in _on_end(days, window.days):
            if len(taken) > window.sittings:
                weights = dict.fromkeys(taken, 1)
                yield _sum(Code.PERIOD_SITTINGS_EXCEEDED, weights, window.sittings, days=window.days)


def _sum(code: Code, weights: Mapping[int, int], most: int, **params: int) -> HourLimit:
    return HourLimit(code, {"maximum": most, **params}, weights, most)


def _on_end(days: Mapping[date, Sequence[int]], number: int) -> Iterator[list[int]]:
    """Yield the sittings of each *number* of days on end that hold more than those before and after."""
    dates = sorted(days)
    until = 0
    for first, day in enumerate(dates):
        before = until
        while until < len(dates) and dates[until] - day < timedelta(days=number):
            until += 1
        if until > before:
            yield [index for each in dates[first:until] for index in days[each]]


def exclusions(terms: Terms, works: Sequence[Work]) -> Iterator[HourLimit]:
    """Yield the limits that let somebody take only one of some sittings, so that no two with a `clash` are left.

    Sittings at the same time are treated as one, except where it matters in which room they are.
    """
    times: defaultdict[tuple[datetime, datetime, date], list[int]] = defaultdict(list)
    for index, work in enumerate(works):
        times[work.starts_at, work.ends_at, work.day].append(index)
    slots = [(works[times[key][0]]._replace(room=NOWHERE), times[key]) for key in sorted(times)]
    spans = [(work.starts_at, work.ends_at) for work, _ in slots]
    overlaps = dict.fromkeys(_at_once(spans, timedelta()), Exclusion(Code.INTERPRETER_DOUBLE_BOOKED, {}))
    rests = dict.fromkeys(
        _at_once(spans, terms.rest * _MINUTE), Exclusion(Code.REST_TOO_SHORT, {"minimum": terms.rest})
    )
    for group, why in (overlaps | rests | overlaps).items():  # of equal groups the overlap counts
        yield from _one_of(why, [index for slot in group for index in slots[slot][1]])
    yield from _too_near(terms, works)


def _at_once(spans: Sequence[tuple[datetime, datetime]], rest: timedelta) -> Iterator[tuple[int, ...]]:
    """Yield the largest groups of spans, sorted by their start, in which no two have the rest between them."""
    group: tuple[int, ...] = ()
    for index, (starts_at, _) in enumerate(spans):
        staying = tuple(other for other in group if spans[other][1] + rest > starts_at)
        if len(staying) < len(group):
            yield group
        group = (*staying, index)
    yield group


def _too_near(terms: Terms, works: Sequence[Work]) -> Iterator[HourLimit]:
    """Yield the limits between times that are far enough apart for those who stay in their room on the same day.

    A limit goes on with each later place that is too near to all in it: a tour of many towns needs one.
    """
    places: defaultdict[tuple[datetime, datetime, date, str | None, str | None], list[int]] = defaultdict(list)
    for index, work in enumerate(works):
        room = work.room.name if terms.room_change else None
        town = work.room.town if terms.room_change or terms.travel else None
        places[work.starts_at, work.ends_at, work.day, room, town].append(index)
    groups = [group for _, group in sorted(places.items(), key=lambda item: item[0][:3])]
    reach = max(terms.night or 0, terms.travel or 0, terms.room_change) * _MINUTE
    limits: defaultdict[tuple[Code, str | int], list[list[int]]] = defaultdict(list)
    near: list[int] = []
    for number, group in enumerate(groups):
        later = works[group[0]]
        near = [other for other in near if works[groups[other][0]].ends_at + reach > later.starts_at]
        too_near: defaultdict[tuple[Code, str | int], list[int]] = defaultdict(list)
        limited: set[int] = set()
        for other in near:
            why = clash(terms, works[groups[other][0]], later)
            if why is not None and why.code in {Code.INTERPRETER_DOUBLE_BOOKED, Code.REST_TOO_SHORT}:
                limited.add(other)
            elif why is not None:
                too_near[why.code, why.params["minimum"]].append(other)
        near.append(number)
        for key, others in too_near.items():
            left, fitting = {*others}, limited.union(others)
            for limit in limits[key]:
                if fitting.issuperset(limit) and not left.isdisjoint(limit):
                    left.difference_update(limit)
                    limit.append(number)
            for _, at_once in groupby(sorted(left), lambda other: works[groups[other][0]][:2]):
                limits[key].append([*at_once, number])
    for (code, minimum), several in limits.items():
        why = Exclusion(code, {"minimum": minimum})
        for limit in several:
            yield from _one_of(why, [index for number in limit for index in groups[number]])


def _one_of(why: Exclusion, sittings: Sequence[int]) -> Iterator[HourLimit]:
    if len(sittings) > 1:
        yield HourLimit(*why, dict.fromkeys(sittings, 1), 1)
