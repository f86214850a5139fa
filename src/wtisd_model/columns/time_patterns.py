"""How a table writes dates and times, in patterns as those of `datetime.strptime`.

That function is not used itself: the words that it reads depend on the language of the machine.
"""

import re
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.types.scalars import INVALID, decode_timestamp
from wtisd_model.types.timezone import LOCAL_TIME, require_zone, resolve, to_utc

_DIRECTIVES: Final = {
    "%": "%",
    "Y": r"(?P<Y>[0-9]{4})",
    "y": r"(?P<y>[0-9]{2})",
    "m": r"(?P<m>1[0-2]|0?[1-9])",
    "d": r"(?P<d>3[01]|[12][0-9]|0?[1-9])",
    "H": r"(?P<H>2[0-3]|[01]?[0-9])",
    "I": r"(?P<I>1[0-2]|0?[1-9])",
    "p": r"(?P<p>[APap])\.?[Mm]\.?",
    "M": r"(?P<M>[0-5]?[0-9])",
    "S": r"(?P<S>[0-5]?[0-9])",
}
"""The regular expression of each directive; ``%p`` is AM or PM in any language."""

_DAY: Final = "Ymd"
_CLOCK: Final = "HM"
_FULL_NAMES: Final = {"y": "Y", "I": "H"}


class TimePattern:
    """A pattern of dates, of times, or of dates with times.

    Args:
        pattern: with directives of `strptime`, such as ``%d.%m.%Y``.
        name: the name of the argument, for the error.
        needed: the directives that it has to have: those of a day, of a time, or both.

    Raises:
        InvalidValueError: ``value-unknown`` for a directive that is unknown or occurs twice, and for other parts.
    """

    def __init__(self, pattern: str, name: str, needed: str) -> None:
        parts = re.split(r"%(.)", pattern, flags=re.DOTALL)  # a "%" at the very end is in the last part
        directives = [part for part in parts[1::2] if part != "%"]
        meant = {_FULL_NAMES.get(directive, directive) for directive in directives}
        allowed = {*needed, *("Sp" if "H" in needed else "")}
        is_once = len(meant) == len(directives)
        if not (
            meant.issuperset(needed)
            and meant <= allowed
            and is_once
            and ("I" in directives) == ("p" in directives)
            and "%" not in parts[-1]
        ):
            examples = {_DAY: "%d.%m.%Y, %m/%d/%y, ...", _CLOCK: "%H:%M, %H:%M:%S, %I:%M %p, ..."}
            choices = examples.get(needed, "%d.%m.%Y %H:%M, %m/%d/%y %I:%M %p, ...")
            raise InvalidValueError(finding(Code.VALUE_UNKNOWN, pointer(name), choices=choices))
        expressions = (_DIRECTIVES[part] if index % 2 else _literal(part) for index, part in enumerate(parts))
        self._match = re.compile("".join(expressions)).fullmatch

    def local_text(self, text: str) -> str | None:
        """Return the day, the time or both as JSON has them, or None if a text has another pattern.

        The day may be one that does not exist.
        """
        match = self._match(text)
        if match is None:
            return None
        part = match.groupdict()
        day = f"{_year(part)}-{part['m']:0>2}-{part['d']:0>2}" if "d" in part else ""
        clock = f"{_hour(part):0>2}:{part['M']:0>2}:{part.get('S', '0'):0>2}" if "M" in part else ""
        return "T".join(filter(None, (day, clock)))


def _literal(text: str) -> str:
    # Spreadsheets may write a narrow no-break space before PM (Unicode CLDR 42).
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _year(part: dict[str, str]) -> str:
    # POSIX strptime: "values in the range [69,99] shall refer to years 1969 to 1999".
    return part["Y"] if "Y" in part else f"{'19' if part['y'] >= '69' else '20'}{part['y']}"


def _hour(part: dict[str, str]) -> str:
    return part["H"] if "H" in part else str(int(part["I"]) % 12 + (12 if part["p"] in "Pp" else 0))


@frozen(kw_only=True)
class TimeFormats:
    """How a table writes dates and times."""

    days: tuple[TimePattern, ...]
    local_times: tuple[TimePattern, ...]
    """The patterns of days, of times, and of days with times."""
    moments: tuple[TimePattern, ...]
    zone: str | None

    def day_text(self, text: str) -> str:
        """Return a day as JSON has it; an empty text, which no field holds, for any other text."""
        return _first_match(self.days, text) or ""

    def local_text(self, text: str) -> str:
        """Return a day, a time or both as JSON has them; an empty text, which no field holds, for any other text."""
        return _first_match(self.local_times, text) or ""

    def moment_text(self, text: str) -> str:
        """Return a moment as JSON has it; an empty text, which no field holds, for any other text.

        It may have a blank instead of the ``T``, and no offset if there is a zone in which it is exactly one moment.
        """
        iso = f"{text[:10]}T{text[11:]}" if text[10:11] == " " else text
        if decode_timestamp(iso) is not INVALID:
            return iso
        if self.zone is None:
            return ""
        local = _first_match(self.moments, text)
        if local is None or LOCAL_TIME.check(local) is not None:
            return ""
        resolved = resolve(local, self.zone, None)
        return "" if isinstance(resolved, Finding) else to_utc(resolved).isoformat()


def _first_match(patterns: tuple[TimePattern, ...], text: str) -> str | None:
    return next((local for pattern in patterns if (local := pattern.local_text(text)) is not None), None)


def time_formats(
    *,
    date_format: str | None = None,
    time_format: str | None = None,
    datetime_format: str | None = None,
    zone: str | ZoneInfo | None = None,
) -> TimeFormats:
    """Return how a table writes dates and times: where no pattern is stated, as in ISO 8601.

    Raises:
        InvalidValueError: ``value-unknown`` for a pattern; ``zone-unknown``.
    """
    day_patterns = ("%Y-%m-%d",) if date_format is None else (date_format,)
    clock_patterns = ("%H:%M", "%H:%M:%S") if time_format is None else (time_format,)
    if datetime_format is not None:
        both_patterns: tuple[str, ...] = (datetime_format,)
    else:
        between = ("T", " ") if date_format is None else (" ",)
        both_patterns = tuple(map("".join, product(day_patterns, between, clock_patterns)))
    days = tuple(TimePattern(pattern, "date_format", _DAY) for pattern in day_patterns)
    clocks = tuple(TimePattern(pattern, "time_format", _CLOCK) for pattern in clock_patterns)
    moments = tuple(TimePattern(pattern, "datetime_format", _DAY + _CLOCK) for pattern in both_patterns)
    known = None if zone is None else require_zone(zone)
    return TimeFormats(days=days, local_times=(*moments, *days, *clocks), moments=moments, zone=known)
