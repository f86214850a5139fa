"""RecurrenceRule objects as recurrence rules."""

from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.types.recurrence import RecurrenceRule, parse_rule

_PARTS: Final = {
    "frequency": "FREQ",
    "interval": "INTERVAL",
    "count": "COUNT",
    "until": "UNTIL",
    "firstDayOfWeek": "WKST",
    "byDay": "BYDAY",
    "byMonthDay": "BYMONTHDAY",
    "byMonth": "BYMONTH",
    "byYearDay": "BYYEARDAY",
    "byWeekNo": "BYWEEKNO",
    "byHour": "BYHOUR",
    "byMinute": "BYMINUTE",
    "bySecond": "BYSECOND",
    "bySetPosition": "BYSETPOS",
}
"""The part of an RRULE that each property is."""

_DEFAULTS: Final = {"rscale": "gregorian", "skip": "omit"}


def read_rule(source: ForeignValue, *, whole_days: bool) -> RecurrenceRule:
    """Return the rule of a RecurrenceRule object: "a JSON object mapping of a RECUR value type in iCalendar".

    Raises:
        InvalidValueError: ``recurrence-malformed``, also for another calendar than the Gregorian and for dates that
            are moved to a day that exists.
    """
    parts: list[str] = []
    for name, each in source.members.items():
        if name in _PARTS:
            parts.append(f"{_PARTS[name]}={_written(name, source[name])}")
        elif name != "@type" and each != _DEFAULTS.get(name, ...):
            raise _malformed(name)
    return parse_rule(";".join(parts), whole_days=whole_days)


def _written(name: str, source: ForeignValue) -> str:
    value = source.value
    if isinstance(value, list) and name.startswith("by"):
        return ",".join(_weekday(each) if name == "byDay" else _written(name, each) for each in source.items())
    if isinstance(value, str):
        return value.replace("-", "").replace(":", "") if name == "until" else value
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:d}"
    raise _malformed(name)


def _weekday(source: ForeignValue) -> str:
    day, number = source["day"].string, source.members.get("nthOfPeriod", "")
    if day is None or type(number) not in {int, str}:
        raise _malformed("byDay")
    return f"{number}{day}"


def _malformed(name: str) -> InvalidValueError:
    part = _PARTS.get(name, "unknown")
    return InvalidValueError(finding(Code.RECURRENCE_MALFORMED, "/rule", part=part))
