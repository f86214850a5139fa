"""The text of a recurrence rule, an RRULE (RFC 5545 section 3.3.10)."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.types.recurrence import Frequency, RecurrenceRule

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PART: Final = re.compile(r"([A-Z]+)=([A-Z0-9+,-]+)")
_WEEKDAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")
_UNTIL: Final = re.compile(r"[0-9]{8}(T(?:[01][0-9]|2[0-3])[0-9]{4}(Z?))?")
_LONGEST: Final = 5000

# The numbers that each part may list; those that may be negative count from the end then.
_LISTS: Final = {
    "BYMONTH": ("months", 1, 12, False),
    "BYWEEKNO": ("weeks", 1, 53, True),
    "BYYEARDAY": ("year_days", 1, 366, True),
    "BYMONTHDAY": ("month_days", 1, 31, True),
    "BYSETPOS": ("positions", 1, 366, True),
    "BYHOUR": ("hours", 0, 23, False),
    "BYMINUTE": ("minutes", 0, 59, False),
    "BYSECOND": ("seconds", 0, 59, False),
}
_OF_TIMES: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_KNOWN: Final = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_LISTS}


def parse_rule(text: str, *, whole_days: bool = False) -> RecurrenceRule:
    """Return the rule that a text such as ``FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`` describes.

    Args:
        text: the rule.
        whole_days: True if it is for whole days, which have no times: then UNTIL means the day that is written there,
            BYHOUR, BYMINUTE and BYSECOND are ignored, and a FREQ shorter than a day is malformed.

    Raises:
        InvalidValueError: ``wrong-type``; ``recurrence-malformed``, which names the part that cannot be read, or that
            RFC 5545 does not allow together with another.
    """
    parts = _parts(text)
    if whole_days:
        # They "MUST NOT be specified when the associated "DTSTART" property has a DATE value type. These rule parts
        # MUST be ignored in RECUR value that violate the above requirement".
        parts = {name: value for name, value in parts.items() if name not in _OF_TIMES}
    frequency = Frequency.__members__.get(parts.get("FREQ", ""))
    if frequency is None or (whole_days and frequency > Frequency.DAILY):
        raise _malformed("FREQ")
    values: dict[str, Any] = {}
    for part, (name, least, most, signed) in _LISTS.items():
        if part in parts:
            numbers = {_number(part, each, least, most, signed=signed) for each in parts[part].split(",")}
            values[name] = tuple(sorted(numbers)) if name in {"hours", "minutes", "seconds"} else frozenset(numbers)
    if "UNTIL" in parts:
        until, in_utc = _until(parts["UNTIL"])
        if whole_days and isinstance(until, datetime):
            # It "MUST have the same value type as the "DTSTART" property". We take its day, as libical does.
            until, in_utc = until.date(), False
        values["until"], values["until_in_utc"] = until, in_utc
    if "BYDAY" in parts:
        values["weekdays"] = frozenset(map(_weekday, parts["BYDAY"].split(",")))
    if "COUNT" in parts:
        values["count"] = _number("COUNT", parts["COUNT"], 1, 999_999_999)
    if "WKST" in parts:
        if parts["WKST"] not in _WEEKDAYS:
            raise _malformed("WKST")
        values["week_start"] = _WEEKDAYS.index(parts["WKST"])
    interval = _number("INTERVAL", parts.get("INTERVAL", "1"), 1, 999_999_999)
    rule = RecurrenceRule(frequency=frequency, interval=interval, **values)
    for part, refused in _refused_together(rule):
        if refused:
            raise _malformed(part)
    return rule


def _parts(text: str) -> dict[str, str]:
    if not isinstance(cast("object", text), str):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/rule", expected="string"))
    if len(text) > _LONGEST:
        raise _malformed("unknown")
    parts: dict[str, str] = {}
    for each in text.upper().removeprefix("RRULE:").split(";"):
        match = _PART.fullmatch(each)
        if match is None or match[1] not in _KNOWN or match[1] in parts:
            raise _malformed("unknown" if match is None or match[1] not in _KNOWN else match[1])
        parts[match[1]] = match[2]
    return parts


def _refused_together(rule: RecurrenceRule) -> Iterator[tuple[str, bool]]:
    """Yield the parts that others rule out, and whether they are there, by RFC 5545 section 3.3.10."""
    frequency, numbered = rule.frequency, any(number for number, _ in rule.weekdays)
    # "UNTIL or COUNT are OPTIONAL, but they MUST NOT occur in the same 'recur'"
    yield "UNTIL", rule.until is not None and rule.count is not None
    yield "BYWEEKNO", bool(rule.weeks) and frequency is not Frequency.YEARLY
    yield "BYYEARDAY", bool(rule.year_days) and frequency in {Frequency.MONTHLY, Frequency.WEEKLY, Frequency.DAILY}
    yield "BYMONTHDAY", bool(rule.month_days) and frequency is Frequency.WEEKLY
    yield "BYDAY", numbered and (bool(rule.weeks) or frequency not in {Frequency.YEARLY, Frequency.MONTHLY})
    others = (rule.months, rule.weeks, rule.year_days, rule.month_days, rule.weekdays)
    clock = (rule.hours, rule.minutes, rule.seconds)
    # "It MUST only be used in conjunction with another BYxxx rule part."
    yield "BYSETPOS", bool(rule.positions) and not any((*others, *clock))


def _until(text: str) -> tuple[date, bool]:
    match = _UNTIL.fullmatch(text)
    if match is not None:
        with suppress(ValueError):
            last = datetime.fromisoformat(text.removesuffix("Z"))
            return last.date() if match[1] is None else last, bool(match[2])
    raise _malformed("UNTIL")


def _weekday(text: str) -> tuple[int, int]:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        raise _malformed("BYDAY")
    number = 0 if match[1] is None else _number("BYDAY", match[1], 1, 53, signed=True)
    return number, _WEEKDAYS.index(match[2])


def _number(part: str, text: str, least: int, most: int, *, signed: bool = False) -> int:
    number = int(text) if _NUMBER.fullmatch(text) else least - 1
    if not least <= (abs(number) if signed else number) <= most:
        raise _malformed(part)
    return number


def _malformed(part: str) -> InvalidValueError:
    return InvalidValueError(finding(Code.RECURRENCE_MALFORMED, "/rule", part=part))
