"""Constraints: one small class for each kind of value, with its check.

A constraint is part of an annotation (``Annotated[str, Text(500)]``) or implied by it (``bool`` is a `Boolean`). The
model checks values with it, and the JSON reader and writer, the published schema, the table of fields and the test
strategies are derived from it. A check tests the length before the pattern, and every pattern is anchored and takes
linear time. Constraints compare by identity.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, cast

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer, safe_pointer_token
from wtisd_model.objects import ConstraintRepr
from wtisd_model.schema.json_values import AnyJson, AnyOf
from wtisd_model.schema.patterns import (
    BIDI,
    BLANK,
    CONTROL,
    DATE,
    FIRST_YEAR,
    LAST_YEAR,
    UNSEEN,
    decimals_between,
    text_pattern,
)
from wtisd_model.schema.suggestions import LONGEST_TO_COMPARE, Spellings, close_to


def _refusal(code: Code, suggestion: str | None, params: Mapping[str, str]) -> Finding:
    return finding(code, **params) if suggestion is None else finding(code, **params, suggestion=suggestion)


MOST_CACHED: Final = 1024
"""The maximum number of entries of a cache by constraint: each question has one, and events keep coming."""


@lru_cache(MOST_CACHED)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern from a cache."""
    return re.compile(pattern)


def _wrong_type(expected: str) -> Finding:
    return finding(Code.WRONG_TYPE, expected=expected)


@cache
def _searches(lines: bool) -> tuple[Callable[[str], object], ...]:  # noqa: FBT001 - a cache is faster without keywords
    """Return functions that find control characters, texts without a visible character, and bidirectional controls."""
    control = re.compile(f"[{CONTROL}]" if lines else rf"[{CONTROL}\n]")
    return control.search, re.compile(rf"^[{BLANK}{UNSEEN}]*(?!\n)$").match, re.compile(f"[{BIDI}]").search


SHORT: Final = 64
"""The length from which texts are no longer tried with `Pattern.usual`."""


@lru_cache(MOST_CACHED)
def matcher_of(constraint: "Text | Pattern") -> Callable[[str], object]:
    """Return the fast test that a constraint applies to texts within its maximum length."""
    match = re.compile(constraint.pattern).match
    if isinstance(constraint, Text):
        return match
    if constraint.usual is not None:
        usual = re.compile(constraint.usual).match
        return lambda value: (len(value) < SHORT and usual(value)) or match(value)
    accepts = constraint.accepts
    return match if accepts is None else lambda value: match(value) and accepts(value)


# Why: docs/decisions/0010
@frozen(eq=False, repr=False)
class Text(ConstraintRepr):
    """Free text of at most *maximum* characters, which is never modified.

    It must not contain control characters (except line feeds if *lines* is true), line or paragraph separators, or lone
    surrogates; begin or end with a space; or consist of invisible characters only. A *name* must not contain
    characters that override or isolate the direction of text (CVE-2021-42574).
    """

    maximum: int
    lines: bool = False
    name: bool = False

    @property
    def pattern(self) -> str:
        """The regular expression, the same in Python and ECMA-262 with the ``u`` flag."""
        return text_pattern(lines=self.lines, name=self.name)

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        if type(value) is not str:  # a subclass may compare as one text and be written as another
            return _wrong_type("string")
        if len(value) > self.maximum:
            return finding(Code.TEXT_TOO_LONG, maximum=self.maximum)
        return None if matcher_of(self)(value) else self.refusal(value)

    def refusal(self, value: str) -> Finding:
        """Return the finding for a text within the maximum length that does not match."""
        has_control, is_nothing, has_bidi = _searches(self.lines)
        if has_control(value):
            return finding(Code.TEXT_CONTROL)
        if is_nothing(value):
            return finding(Code.TEXT_EMPTY)
        if self.name and has_bidi(value):
            return finding(Code.TEXT_BIDI)
        return finding(Code.TEXT_OUTER_BLANK)


@frozen(eq=False, repr=False)
class Pattern(ConstraintRepr):
    """A string in a fixed format, such as an id, an address or a date."""

    pattern: str = field(repr=False)
    maximum: int
    code: Code
    format: str | None = None
    """The name of the format in JSON Schema, whose checker includes *accepts*."""
    accepts: Callable[[str], bool] | None = None
    """A check that the pattern cannot express, such as that of an IPv6 address."""
    usual: str | None = None
    """A faster pattern, tried for texts shorter than `SHORT`; most values match it, and no wrong text so short does."""
    hint: Callable[[str], str | None] | None = None
    """A function that suggests a valid value for an invalid one."""

    def check(self, value: object, *, suggest: bool = True) -> Finding | None:
        """Return a finding if *value* is not allowed, on request with a suggestion."""
        if type(value) is not str:  # a subclass may compare as one text and be written as another
            return _wrong_type("string")
        return None if len(value) <= self.maximum and matcher_of(self)(value) else self.refusal(value, suggest=suggest)

    def refusal(self, value: str, *, suggest: bool) -> Finding:
        """Return the finding for a text that does not match, on request with a suggestion."""
        worth = suggest and self.hint is not None and len(value) <= LONGEST_TO_COMPARE
        return _refusal(self.code, self.hint(value) if worth and self.hint is not None else None, {})


@frozen(eq=False, repr=False)
class CodeList(ConstraintRepr):
    """A string from a published list, such as the time zones."""

    title: str
    """The name of the list in the schema."""
    values: frozenset[str] = field(repr=False)
    code: Code
    hints: Callable[[], Mapping[str, str]] = field(default=dict[str, str], repr=False)
    """A function that returns valid values by casefolded wrong ones; called when first needed."""
    narrower: Mapping[str, Code] = field(default={}, repr=False)
    """The codes of some wrong values, which say more than *code*."""
    near: frozenset[str] = field(default=frozenset(), repr=False)
    """The values that are good suggestions for similar ones; short codes are not."""
    params: Mapping[str, str] = {}
    """The parameters of the sentences of *code*."""

    def check(self, value: object, *, suggest: bool = True) -> Finding | None:
        """Return a finding if *value* is not allowed, on request with a suggestion."""
        if type(value) is not str:  # a subclass may compare as one text and be written as another
            return _wrong_type("string")
        if value in self.values:
            return None
        meant = self._meant(value) if suggest and len(value) <= LONGEST_TO_COMPARE else None
        return _refusal(self.narrower.get(value, self.code), meant, self.params)

    def _meant(self, value: str) -> str | None:
        folded = value.casefold()
        exact = self.hints().get(folded) or _by_spelling(self.values).get(folded)
        if exact is None and self.near and value not in self.narrower:  # else it is no misspelling
            return close_to(value, _by_spelling(self.near))
        return exact


@lru_cache(64)  # one may hold hundreds of choices, and only refusals need it
def _by_spelling(values: frozenset[str]) -> Spellings:
    return Spellings({each.casefold(): each for each in values})


@frozen(eq=False, repr=False)
class Integer(ConstraintRepr):
    """An integer, but not true or false."""

    minimum: int
    maximum: int

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        if type(value) is not int:  # a subclass, such as bool, may be written as something else
            return _wrong_type("integer")
        if not self.minimum <= value <= self.maximum:
            return finding(Code.NUMBER_OUT_OF_RANGE, minimum=self.minimum, maximum=self.maximum)
        return None


def decimals(value: Decimal) -> int:
    """Return the number of decimals of a finite number without trailing zeros."""
    # normalize() would round to the precision of the thread's decimal context.
    _, digits, exponent = value.as_tuple()
    zeros = len(digits) - len(bytes(digits).rstrip(b"\0"))
    return max(0, -int(exponent) - zeros) if value else 0


@frozen(eq=False, repr=False)
class DecimalNumber(ConstraintRepr):
    """An exact decimal number, a string in JSON, with at most *digits* before the point and *places* after it."""

    minimum: int
    maximum: int
    digits: int
    places: int

    @property
    def longest(self) -> int:
        """The maximum length in JSON: sign, digits, point, places."""
        return self.digits + self.places + 2

    @property
    def syntax(self) -> str:
        """The pattern in JSON of numbers in range or not: no exponent, no leading zero, no negative zero."""
        sign = r"(?:-(?!0(?:\.0+)?$))?" if self.minimum < 0 else ""
        return rf"^{sign}(?:0|[1-9][0-9]{{0,{self.digits - 1}}})(?:\.[0-9]{{1,{self.places}}})?(?!\n)$"

    @property
    def pattern(self) -> str:
        """The pattern in JSON of the numbers in range."""
        return rf"^(?:{decimals_between(self.minimum, self.maximum, self.digits, self.places)})(?!\n)$"

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        if not isinstance(value, Decimal):
            return _wrong_type("decimal")
        if not value.is_finite() or decimals(value) > self.places or (value.is_signed() and not value):
            return finding(Code.NUMBER_MALFORMED, places=self.places)
        if value and value.adjusted() >= self.digits:
            return finding(Code.NUMBER_MALFORMED, places=self.places)
        return self.check_range(value)

    def check_range(self, value: Decimal) -> Finding | None:
        """Return a finding if *value* is out of bounds."""
        if not self.minimum <= value <= self.maximum:
            return finding(Code.NUMBER_OUT_OF_RANGE, minimum=self.minimum, maximum=self.maximum)
        return None


class Boolean(ConstraintRepr):
    """True or false."""

    __slots__ = ()

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        return None if isinstance(value, bool) else _wrong_type("boolean")


class Date(ConstraintRepr):
    """A calendar date in the years 1970 to 2199."""

    __slots__ = ()

    longest: ClassVar[int] = len("2023-04-20")
    pattern: ClassVar[str] = rf"^{DATE}(?!\n)$"

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        if not isinstance(value, date) or isinstance(value, datetime):
            return _wrong_type("date")
        return None if FIRST_YEAR <= value.year <= LAST_YEAR else finding(Code.DATE_UNREADABLE)


class Timestamp(ConstraintRepr):
    """A moment, held in UTC; in JSON in RFC 3339 format, down to microseconds."""

    __slots__ = ()

    longest: ClassVar[int] = len("2023-04-13T08:15:00.123456+02:00")
    pattern: ClassVar[str] = (
        rf"^{DATE}[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,6}})?"
        r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])(?!\n)$"
    )

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        if not isinstance(value, datetime):
            return _wrong_type("datetime")
        if value.utcoffset() is None:
            return finding(Code.MOMENT_NAIVE)
        return None if FIRST_YEAR <= value.year <= LAST_YEAR else finding(Code.MOMENT_UNREADABLE)


@frozen(eq=False, repr=False)
class Enumeration(ConstraintRepr):
    """A member of an enum, in JSON its value."""

    members: type[StrEnum]

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        return None if isinstance(value, self.members) else _wrong_type(f"member:{self.members.__name__}")

    def refusal(self, value: str) -> Finding:
        """Return the finding for a string that is not the word of a member, with a suggestion if one is close."""
        spellings, choices = _words_of(self.members)
        return _refusal(Code.VALUE_UNKNOWN, close_to(value, spellings), {"choices": choices})


@cache
def _words_of(members: type[StrEnum]) -> tuple[Spellings, str]:
    words = [each.value for each in members]
    return Spellings({each.casefold(): each for each in words}), ", ".join(words)


if TYPE_CHECKING:

    class HasTexts(Protocol):
        """An object that contains free texts."""

        def texts(self) -> Iterator[tuple[str, str]]:
            """Yield each text with the JSON Pointer to it."""
            ...


@frozen(eq=False, repr=False)
class Nested(ConstraintRepr):
    """An object of another class; *text* narrows its free texts, as in a title that is a LocalizedText."""

    cls: type
    text: Text | None = None

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed; its constructor has already checked its fields."""
        if not isinstance(value, self.cls):
            return _wrong_type(f"instance:{self.cls.__name__}")
        if self.text is not None:
            for path, each in cast("HasTexts", value).texts():
                found = self.text.check(each)
                if found is not None:
                    return found.prefixed(path)
        return None


@frozen(eq=False, repr=False)
class Items(ConstraintRepr):
    """A collection: a tuple, or a frozenset, which is written in sorted order."""

    item: "Constraint"
    container: type[tuple[object, ...]] | type[frozenset[object]]
    minimum: int = 0
    maximum: int = 100
    unique: bool = False
    """Items must not be equal; always true for a frozenset."""

    def check(self, value: object) -> Finding | None:
        """Return a finding if the number of items or one of them is not allowed."""
        if type(value) is not self.container:  # a subclass may hold one thing and return another
            return _wrong_type(self.container.__name__)
        found = self.check_count(len(cast("tuple[object, ...]", value)))
        return found if found is not None else self._check_each(cast("tuple[object, ...]", value))

    def check_count(self, count: int) -> Finding | None:
        """Return a finding if there are too few or too many items."""
        if count < self.minimum:
            return finding(Code.TOO_FEW_ITEMS, minimum=self.minimum)
        return finding(Code.TOO_MANY_ITEMS, maximum=self.maximum) if count > self.maximum else None

    def _check_each(self, value: Collection[object]) -> Finding | None:
        if not isinstance(value, tuple):
            refused = filter(None, map(self.item.check, value))
            return min(refused, key=str, default=None)  # a set has no order, but equal input has to give equal findings
        seen: set[object] = set()
        for index, item in enumerate(value):
            found = self.item.check(item)
            if found is not None:
                return found.prefixed(pointer(index))
            if self.unique:
                if item in seen:
                    return finding(Code.ITEM_REPEATED, pointer(index))
                seen.add(item)
        return None


@frozen(eq=False, repr=False)
class Map(ConstraintRepr):
    """A mapping with keys that no class declares: language tags, ids of questions, names of extensions."""

    key: Pattern
    value: "Text | AnyOf | AnyJson"
    maximum: int = 100
    by_office: bool = False
    """True if only the office chooses keys, so that paths may contain them; others may be personal data."""

    def check(self, value: object) -> Finding | None:
        """Return a finding if the number of entries or one of them is not allowed."""
        if not isinstance(value, Mapping):
            return _wrong_type("mapping")
        entries = cast("Mapping[object, object]", value)
        if len(entries) > self.maximum:
            return finding(Code.TOO_MANY_ITEMS, maximum=self.maximum)
        token = pointer if self.by_office else safe_pointer_token
        for key, each in entries.items():
            found = self.key.check(key)
            if found is not None:
                return found
            found = self.value.check(each)
            if found is not None:
                return found.prefixed(token(cast("str", key)))
        return None


Leaf = Text | Pattern | CodeList | Integer | DecimalNumber | Boolean | Date | Timestamp | Enumeration
Constraint = Leaf | Nested | Items | Map | AnyOf | AnyJson


def narrowed(constraint: Constraint, text: Text | None) -> Constraint:
    """Return the constraint of a field in a LocalizedText whose texts are narrowed to *text*, such as a title's."""
    match constraint:
        case Text() if text is not None:
            return text
        case Map() if text is not None:
            return evolve(constraint, value=text)
        case _:
            return constraint
