"""How long interpreters work: the longest sitting and the longest day that slots make."""

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import frozen

from wtisd_model.data.norms import REST
from wtisd_model.findings import ReprMixin
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone

A_DAY = timedelta(hours=24)
"""A slot that is longer does not say how long anybody works."""


@frozen(kw_only=True, eq=False, repr=False)
class Workload(ReprMixin):
    """The work that slots make, breaks left out; None where they do not say."""

    longest_sitting: timedelta | None
    """The longest stretch without a break of 90 minutes."""
    longest_day: timedelta | None
    """The longest day, by the clocks of the place where its sittings begin."""


UNKNOWN = Workload(longest_sitting=None, longest_day=None)


def work_of(slots: Iterable[TimeSlot]) -> Workload:
    """Add up the work of slots; what goes on at the same time counts once. One slot longer than 24 hours spoils all."""
    given = sorted(slots, key=lambda each: (each.starts_at, each.ends_at))
    if not given or any(each.ends_at - each.starts_at > A_DAY for each in given):
        return UNKNOWN
    sittings: list[timedelta] = []
    days: dict[date, timedelta] = {}
    until = None
    day = date.min
    for slot in given:
        if until is None or slot.starts_at - until >= REST:
            sittings.append(timedelta())
            day = at_zone(slot.starts_at, slot.time_zone).date()
        begins = slot.starts_at if until is None else max(slot.starts_at, until)
        work = max(timedelta(), slot.ends_at - begins)
        until = slot.ends_at if until is None else max(until, slot.ends_at)
        sittings[-1] += work
        days[day] = days.get(day, timedelta()) + work
    return Workload(longest_sitting=max(sittings), longest_day=max(days.values()))
