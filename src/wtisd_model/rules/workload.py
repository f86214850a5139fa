"""How long interpreters work: the longest sitting and the longest day among time slots."""

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import frozen

from wtisd_model.data.norms import REST
from wtisd_model.findings import ReprMixin
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone

_DAY = timedelta(hours=24)


@frozen(kw_only=True, eq=False, repr=False)
class Workload(ReprMixin):
    """The work in some time slots, without the breaks; None if it is not known."""

    longest_sitting: timedelta | None
    """The longest stretch without a break of 90 minutes."""
    longest_day: timedelta | None
    """The longest day; a sitting counts for the local day on which it begins."""


UNKNOWN_WORKLOAD = Workload(longest_sitting=None, longest_day=None)
"""The work in slots that do not say how long anybody works."""


def work_of(slots: Iterable[TimeSlot]) -> Workload:
    """Return the work in *slots*, counting parallel ones once.

    It is `UNKNOWN_WORKLOAD` if one of them is of whole days or longer than 24 hours, which does not say how long
    anybody works.
    """
    worked = tuple(slots)
    if not worked or any(slot.whole_days or slot.ends_at - slot.starts_at > _DAY for slot in worked):
        return UNKNOWN_WORKLOAD
    # By zone too, so that the order of parallel slots never decides on which local day the work is.
    ordered = sorted((slot.starts_at, slot.ends_at, slot.time_zone) for slot in worked)
    sittings: list[timedelta] = []
    days: dict[date, timedelta] = {}
    until = None
    day = date.min
    for starts_at, ends_at, zone in ordered:
        if until is None or starts_at - until >= REST:
            sittings.append(timedelta())
            day = at_zone(starts_at, zone).date()
        begins = starts_at if until is None else max(starts_at, until)
        work = max(timedelta(), ends_at - begins)
        until = ends_at if until is None else max(until, ends_at)
        sittings[-1] += work
        days[day] = days.get(day, timedelta()) + work
    return Workload(longest_sitting=max(sittings), longest_day=max(days.values()))
