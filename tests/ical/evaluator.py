"""A reader of content lines and VTIMEZONE that knows RFC 5545 and nothing of the writer: it sees bytes only."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from dateutil.rrule import rrulestr

HORIZON = datetime(2047, 1, 1)


class ContentLine(NamedTuple):
    """One parsed line: values of parameters are decoded, the value is not."""

    name: str
    parameters: dict[str, str]
    value: str


def unfolded(data: bytes) -> list[str]:
    """RFC 5545 section 3.1: lines end in CRLF, have 75 octets at most, and go on behind CRLF and a blank."""
    assert data.endswith(b"\r\n")
    for each in data[:-2].split(b"\r\n"):
        assert len(each) <= 75
        assert b"\r" not in each
        assert b"\n" not in each
        each.decode()  # no character is cut in two
    return data[:-2].decode().replace("\r\n ", "").split("\r\n")


def content_line(data: bytes) -> ContentLine:
    """Read the only content line in *data*."""
    (whole,) = unfolded(data)
    return taken_apart(whole)


def taken_apart(whole: str) -> ContentLine:
    head, value = _split_once(whole, ":")
    name, *parameters = _split(head, ";")
    pairs = [each.partition("=")[::2] for each in parameters]
    return ContentLine(name, {key: decoded_parameter(each) for key, each in pairs}, value)


def decoded_parameter(value: str) -> str:
    """RFC 6868 section 3.1, in the place of quotes (RFC 5545 section 3.2)."""
    if value.startswith('"'):
        assert value.endswith('"')
        value = value[1:-1]
    assert '"' not in value
    return _unescaped(value, "^", {"n": "\n", "^": "^", "'": '"'})


def decoded_text(value: str) -> str:
    """RFC 5545 section 3.3.11. A bare semicolon or comma ends a value, so none may be there."""
    bare = value.replace("\\\\", "").replace("\\;", "").replace("\\,", "")
    assert ";" not in bare
    assert "," not in bare
    return _unescaped(value, "\\", {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ","})


def _unescaped(value: str, mark: str, meanings: dict[str, str]) -> str:
    characters = iter(value)
    return "".join(meanings[next(characters)] if each == mark else each for each in characters)


def _split(whole: str, separator: str) -> list[str]:
    parts, quoted = [""], False
    for each in whole:
        quoted ^= each == '"'
        if each == separator and not quoted:
            parts.append("")
        else:
            parts[-1] += each
    return parts


def _split_once(whole: str, separator: str) -> tuple[str, str]:
    head = _split(whole, separator)[0]
    return head, whole[len(head) + 1 :]


class Onset(NamedTuple):
    """A moment, in the clocks' own time, at which they are set to another offset."""

    local: datetime
    before: timedelta
    after: timedelta


class Evaluator:
    """The offsets that a VTIMEZONE gives, by RFC 5545 section 3.6.5: the last onset decides."""

    def __init__(self, vtimezone: bytes) -> None:
        lines = vtimezone.decode().split("\r\n")
        assert lines[0] == "BEGIN:VTIMEZONE"
        assert lines[-2:] == ["END:VTIMEZONE", ""]
        tzid, location, *observances = lines[1:-2]
        assert tzid.startswith("TZID:")
        assert location.startswith("X-LIC-LOCATION:")
        self.tzid, self.location = tzid[5:], location[15:]
        self.kinds = {each[6:] for each in observances if each.startswith("BEGIN:")}
        self._local, self._utc, self._onsets = _evaluated("\r\n".join(observances))

    @property
    def first_onset(self) -> datetime:
        """The earliest onset, in UTC without saying so."""
        return self._utc[0]

    def offset_at(self, utc: datetime) -> timedelta:
        """The offset at a moment in UTC, written without a zone."""
        index = bisect_right(self._utc, utc)
        assert index, "RFC 5545 does not define times before the first observance"
        return self._onsets[index - 1].after

    def offset_for(self, local: datetime) -> timedelta:
        """The offset that is meant by a local time: that of the last onset whose local time is not after it."""
        index = bisect_right(self._local, local)
        assert index, "RFC 5545 does not define times before the first observance"
        return self._onsets[index - 1].after


@lru_cache(maxsize=4096)
def _evaluated(observances: str) -> tuple[list[datetime], list[datetime], list[Onset]]:
    onsets = sorted(
        (onset for lines in _components(observances.split("\r\n")) for onset in _onsets(lines)),
        key=lambda onset: onset.local - onset.before,
    )
    local = [onset.local for onset in onsets]
    assert local == sorted(set(local))
    return local, [onset.local - onset.before for onset in onsets], onsets


def _components(lines: list[str]) -> Iterator[dict[str, str]]:
    begin = 0
    for index, each in enumerate(lines):
        if each.startswith("END:"):
            assert lines[begin] == f"BEGIN:{each[4:]}"
            assert each[4:] in {"STANDARD", "DAYLIGHT"}
            pairs = [line.split(":", 1) for line in lines[begin + 1 : index]]
            properties = {name: value for name, value in pairs}  # noqa: C416 - pairs of a list, not of a tuple
            assert len(properties) == len(pairs)
            assert properties.keys() - {"RRULE"} == {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
            yield properties
            begin = index + 1
    assert begin == len(lines)


def _onsets(properties: dict[str, str]) -> list[Onset]:
    before, after = _offset(properties["TZOFFSETFROM"]), _offset(properties["TZOFFSETTO"])
    return [Onset(local, before, after) for local in _recurrences(properties["DTSTART"], properties.get("RRULE"))]


@lru_cache(maxsize=1024)
def _recurrences(start: str, rule: str | None) -> list[datetime]:
    first = datetime.strptime(start, "%Y%m%dT%H%M%S")
    if rule is None:
        return [first]
    expanded = rrulestr(rule, dtstart=first).between(first, HORIZON, inc=True)
    # "The DTSTART property value SHOULD be synchronized with the recurrence rule" (RFC 5545 section 3.8.5.3).
    assert expanded[0] == first
    return expanded


def _offset(value: str) -> timedelta:
    """RFC 5545 section 3.3.14: "the value of -0000 and -000000 are not allowed"."""
    assert value[0] in "+-"
    assert value not in {"-0000", "-000000"}
    digits = value[1:]
    assert len(digits) in {4, 6}
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0)
    assert minutes < 60
    assert seconds < 60
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if value[0] == "-" else size
