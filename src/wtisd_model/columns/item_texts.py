"""Lists whose objects are one text each in a cell, as a coordinator types them: languages, and when one is available.

A language is ``fr:A>en``: its level, and after ``>`` the languages that somebody also works into from it. What they do
follows in parentheses, if it is stated: ``ase:B (sign)``. A slot is ``2026-05-17T09:00 - 2026-05-17T18:00
Europe/Zurich``, or ``2026-05-17 - 2026-05-19 Europe/Zurich`` for three whole days.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.columns.time_patterns import TimeFormats
from wtisd_model.findings import Finding, finding
from wtisd_model.model.interpreter import Interpreter, Skill
from wtisd_model.reading.codes_by_name import language_named
from wtisd_model.schema.constraints import Date
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import with_date


class ItemText(NamedTuple):
    """How an object is written as a text, and read as JSON, in which its decoder finds what is wrong."""

    write: Callable[[Any], str]
    read: Callable[[str, TimeFormats], dict[str, Any]]
    separator: re.Pattern[str]
    """What separates the texts in a cell: `to_csv` writes bars, people like semicolons."""


def _write_skill(skill: Skill) -> str:
    into = f">{','.join(sorted(skill.into))}" if skill.into else ""
    services = f" ({', '.join(sorted(skill.services))})" if skill.services else ""
    return f"{skill.language}:{skill.level}{into}{services}"


def _read_skill(text: str, _times: TimeFormats) -> dict[str, Any]:
    spoken, _, services = text.partition("(")
    named, _, into = spoken.partition(">")
    language, _, level = named.partition(":")
    if not level.strip():  # "English A", whose language cannot be told
        return {}
    return {
        "language": _tag(language),
        "into": list(map(_tag, _parts(into))),
        "services": [service.casefold() for service in _parts(services.strip().removesuffix(")"))],
        "level": level.strip().upper(),
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _tag(text: str) -> str:
    stripped = text.strip()
    return stripped if LANGUAGE.check(stripped) is None else language_named(stripped) or stripped


def in_text(found: Finding) -> Finding:
    """Return a finding about the object of a text with words that are true for the text."""
    match found.code, found.path.rpartition("/")[2]:
        case Code.KEY_MISSING, "timeZone":
            return finding(Code.ZONE_MISSING)
        case Code.KEY_MISSING, "language" | "level":
            return finding(Code.VALUE_UNKNOWN, choices="en:A | fr:C, en:A>fr | fr:B, ...")
        case Code.SLOT_ENDS_BEFORE_START, _:
            return finding(Code.SLOT_ENDS_BEFORE_START, whole_days=0)  # the end in the text is the last day
        case _:
            return found


def _write_slot(slot: TimeSlot) -> str:
    start, end, zone, start_repeated, end_repeated = slot.fields_written()
    if slot.whole_days:
        last = (date.fromisoformat(end) - _DAY).isoformat()
        return f"{start} {zone}" if last == start else f"{start}{_JOINT}{last} {zone}"
    first, after = (
        time if repeated is None else f"{time} {repeated}"
        for time, repeated in ((start, start_repeated), (end, end_repeated))
    )
    return f"{first}{_JOINT}{after} {zone}"


def _read_slot(text: str, times: TimeFormats) -> dict[str, Any]:
    match = _ZONE.search(text)
    zone = times.zone if match is None else match[1]
    start, *rest = _BETWEEN.split(text if match is None else text[: match.start()], maxsplit=1)
    slot: dict[str, Any] = {} if zone is None else {"timeZone": zone}
    for key, part in (("start", start), ("end", rest[0] if rest else start)):
        time = part.strip()
        if time.endswith(_REPEATED):
            time, _, slot[f"{key}Repeated"] = time.rpartition(" ")
        slot[key] = times.local_text(time.strip()) or time
    if len(slot["start"]) == len(slot["end"]) == Date.longest:
        slot["end"] = _day_after(slot["end"])
    elif slot["end"][2:3] == ":":
        slot["end"] = with_date(slot["end"], slot["start"])
    return slot


def _day_after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + _DAY).isoformat()
    except (ValueError, OverflowError):  # which the decoder finds
        return day


_DAY: Final = timedelta(days=1)
_JOINT: Final = " - "
_REPEATED: Final = (" first", " second")
_ZONE: Final = re.compile(r"\s(?!(?:first|second|[AP]\.?M\.?)\s*\Z)([A-Z]\S*)\s*\Z", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s+[-\u2013]\s+|/(?=[0-9]{4}-)")
"""A hyphen or a dash between spaces or, as in ISO 8601, a stroke."""

_SLOTS: Final = re.compile(r"[|;\n]")
_LANGUAGES: Final = re.compile(rf"{_SLOTS.pattern}|(?<=:[A-Ca-c]),|,(?=[^,|;\n>(]*:)")
"""A comma separates languages after a level and before a language with one; others are in the list of a language."""

ITEM_TEXTS: Final[Mapping[tuple[type, str], ItemText]] = {
    (Interpreter, "languages"): ItemText(_write_skill, _read_skill, _LANGUAGES),
    (Interpreter, "available"): ItemText(_write_slot, _read_slot, _SLOTS),
}
"""The lists, by class and field."""
