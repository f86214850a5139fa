"""Single JSON values become what Python holds: texts, numbers, members of enums, dates, moments."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, FindingCollector, finding
from wtisd_model.json.json_types import JsonValue
from wtisd_model.schema.constraints import (
    FIRST_YEAR,
    LAST_YEAR,
    Boolean,
    CodeList,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Leaf,
    Pattern,
    Text,
    Timestamp,
    compiled,
    holds,
)
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.lifecycle import STATE_NAME
from wtisd_model.types.number import without_trailing_zeros
from wtisd_model.types.text import UID

LeafReader = Callable[[JsonValue, FindingCollector], object]
"""Reads a value: what Python holds, or a finding. What was probably meant is looked for while findings are kept."""

Meant = Callable[[str, Spellings], str | None]
"""Finds what was probably meant (`wtisd_model.schema.suggestions.close_to`)."""

Test = Callable[[str], object]
"""Gives something true for a text that is of the form asked for; its length was looked at before."""

COME_AGAIN: Final = (LANGUAGE, STATE_NAME, UID)
"""Forms of which the same few texts come in payload after payload; so do those of patterns in lists."""

MOST_KNOWN: Final = 8192
"""How many texts of a form are kept at most; then it begins anew."""

_DAY = compiled(Date.pattern).match
_MOMENT = compiled(Timestamp.pattern).match
_FROM_ISO = datetime.fromisoformat


class Familiar:
    """Texts that were found good before, for as long as the process lives.

    What is answered does not depend on them, only how fast. Of each form no more than `MOST_KNOWN` are kept, and a few
    where threads share it: each step that changes it is one step of CPython's own.
    """

    def __init__(self, test: Test) -> None:
        self._test = test
        self.texts: set[str] = set()

    def learn(self, text: str) -> bool:
        """Tell whether a text is of its form, and keep it if so."""
        if not self._test(text):
            return False
        if len(self.texts) >= MOST_KNOWN:
            self.texts.clear()
        self.texts.add(text)
        return True


@cache
def familiar(constraint: Pattern) -> Familiar:
    """Give what remembers the texts of a form."""
    return Familiar(holds(constraint))


@cache
def reader(constraint: Leaf, meant: Meant = close_to) -> LeafReader:
    """Give what reads the values of a node; null is refused as it is everywhere. *meant* finds what was meant."""
    match constraint:
        case Text():
            return _text_reader(constraint)
        case Pattern():
            return _pattern_reader(constraint)
        case CodeList():
            return lambda value, found: _refused(value) or constraint.check(value, suggest=not found.full) or value
        case Enumeration():
            return _choice_reader(constraint, meant)
        case _:
            return lambda value, _found: _refused(value) or plain_value(constraint, value)


def _refused(value: JsonValue) -> Finding | None:
    return finding(Code.NULL_REFUSED) if value is None else None


def _text_reader(constraint: Text) -> LeafReader:
    test, maximum = holds(constraint), constraint.maximum

    def read(value: JsonValue, _found: FindingCollector) -> object:
        if type(value) is str and len(value) <= maximum:
            return value if test(value) else constraint.refusal(value)
        return _refused(value) or constraint.check(value)

    return read


def _pattern_reader(constraint: Pattern) -> LeafReader:
    test, maximum = holds(constraint), constraint.maximum
    texts: frozenset[str] | set[str] = familiar(constraint).texts if constraint in COME_AGAIN else frozenset()

    def read(value: JsonValue, found: FindingCollector) -> object:
        if type(value) is not str:
            return _refused(value) or constraint.check(value)
        is_good = value in texts or (len(value) <= maximum and test(value))
        return value if is_good else constraint.refusal(value, suggest=not found.full)

    return read


def _choice_reader(constraint: Enumeration, meant: Meant) -> LeafReader:
    values: dict[str, StrEnum] = {member.value: member for member in constraint.members}
    no_choice = about_choices(constraint, meant)

    def read(value: JsonValue, found: FindingCollector) -> object:
        if not isinstance(value, str):
            return _refused(value) or finding(Code.WRONG_TYPE, expected="a string")
        return values.get(value) or no_choice(value, found)

    return read


def about_choices(constraint: Enumeration, meant: Meant) -> Callable[[str, FindingCollector], Finding]:
    """Give what says that a word is none of the choices, and which was meant while findings are kept."""
    values: list[str] = [member.value for member in constraint.members]
    folded = Spellings({each.casefold(): each for each in values})
    choices = ", ".join(values)

    def say(value: str, found: FindingCollector) -> Finding:
        suggestion = None if found.full else meant(value, folded)
        if suggestion is None:
            return finding(Code.VALUE_UNKNOWN, choices=choices)
        return finding(Code.VALUE_UNKNOWN, choices=choices, suggestion=suggestion)

    return say


def plain_value(
    constraint: Integer | Boolean | DecimalNumber | Date | Timestamp, value: JsonValue
) -> int | bool | Decimal | date | datetime | Finding:
    """Read a value whose JSON is not what Python holds, or say what is wrong with it."""
    match constraint:
        case Boolean():
            return value if isinstance(value, bool) else finding(Code.WRONG_TYPE, expected="true or false")
        case Integer():
            return _whole(constraint, value)
        case DecimalNumber():
            return _exact(constraint, value)
        case Date():
            return _day(value)
        case _:
            return _moment(value)


def _whole(constraint: Integer, value: JsonValue) -> int | Finding:
    whole = _as_whole(value)
    return constraint.check(value if whole is None else whole) or cast("int", whole)


def whole_of(constraint: Integer, value: object) -> int | None:
    """Give a whole number as objects hold it; None where it is none or out of range."""
    whole = _as_whole(value)
    return whole if whole is not None and constraint.minimum <= whole <= constraint.maximum else None


def _as_whole(value: object) -> int | None:
    # JSON has numbers only: 1.0 is a whole one (JSON Schema 2020-12 core, section 6.3).
    if type(value) is float and value.is_integer():
        return int(value)
    return value if type(value) is int else None


def _exact(constraint: DecimalNumber, value: JsonValue) -> Decimal | Finding:
    if not isinstance(value, str):
        return finding(Code.WRONG_TYPE, expected="a number written as a string")
    if not is_exact(constraint, value):
        return finding(Code.NUMBER_MALFORMED, places=constraint.places)
    exact = Decimal(value)
    return constraint.check_range(exact) or without_trailing_zeros(exact)


def _day(value: JsonValue) -> date | Finding:
    if not isinstance(value, str):
        return finding(Code.WRONG_TYPE, expected="a string")
    return day_of(value) or finding(Code.DATE_UNREADABLE)


def _moment(value: JsonValue) -> datetime | Finding:
    if not isinstance(value, str):
        return finding(Code.WRONG_TYPE, expected="a string")
    return moment_of(value) or finding(Code.MOMENT_UNREADABLE)


def day_of(text: str) -> date | None:
    """Read a calendar date; None where it is none (``date-unreadable``)."""
    if not _DAY(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """Read a moment (RFC 3339) as UTC; None where it is none of the years 1970 to 2199 (``moment-unreadable``)."""
    # fromisoformat alone takes more, and not the same in each version of Python.
    if not _MOMENT(text):
        return None
    try:
        moment = _FROM_ISO(text if text[10] == "T" and text[-1] != "z" else text.upper())
    except ValueError:  # a day that its month has not
        return None
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def is_exact(constraint: DecimalNumber, text: str) -> bool:
    """Tell whether a text is a decimal number as *node* has it written; whether it is in range is another question."""
    return len(text) <= constraint.longest and compiled(constraint.pattern).match(text) is not None


def exact_of(constraint: DecimalNumber, text: str) -> Decimal | None:
    """Read an exact number as objects hold it; None where it is none or out of range."""
    number = Decimal(text) if is_exact(constraint, text) else None
    return (
        without_trailing_zeros(number)
        if number is not None and constraint.minimum <= number <= constraint.maximum
        else None
    )
