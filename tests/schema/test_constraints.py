"""What a value may be: the check of each kind of value, and the pattern that says the same in a schema."""

import decimal
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import ClassVar

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.hypothesis_profiles import LAW
from tests.samples.whole import SAMPLES, text
from wtisd_model import Code, Finding
from wtisd_model.schema.constraints import (
    Boolean,
    CodeList,
    Constraint,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Map,
    Nested,
    Pattern,
    Text,
    Timestamp,
    compiled,
    decimals,
)
from wtisd_model.schema.fields import fields_of
from wtisd_model.schema.patterns import DATE, ISSUE_DATE
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.text import LINE, LONG, NAME

KINDS = {"line": LINE, "long": LONG, "name": NAME}
TEXTS = list(KINDS.values())

CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xD800, 0xDBFF, 0xDC00, 0xDFFF]
BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
BLANKS = [0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0xFEFF]
# Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties; U+2800 is the blank pattern of Braille.
UNSEEN = [
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010),
    *range(0x2060, 0x2066), *range(0x206A, 0x2070), 0x2800, 0x3164, *range(0xFE00, 0xFE10), 0xFFA0,
    *range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000),
]  # fmt: skip

NAIVE = datetime(2023, 1, 1)

# What some pattern repeats, to be repeated until it is long.
UNITS = [
    "a", "A", "1", "a1", "-", "a-", "-a1", "a.", ".", " ", "\u200d", " \u200d", "/", "%41", ":", "a@", "a@a.", "[:", "https://a"
]  # fmt: skip

# Every character that some rule is about, and letters of many scripts.
TRICKY = st.text(
    st.one_of(
        st.sampled_from([chr(each) for each in CONTROLS + BIDI + BLANKS + UNSEEN]),
        st.sampled_from("aé𝔘ب中\u0301\u200d\u200c👩"),
        st.characters(),
    ),
    max_size=12,
)


def code_of(found: Finding | None) -> str | None:
    return None if found is None else found.code


@cache
def schema(pattern: str) -> Draft202012Validator:
    return Draft202012Validator({"pattern": pattern})


def accepted_by_schema(pattern: str, value: str) -> bool:
    return bool(schema(pattern).is_valid(value))


@cache
def drawn_for(pattern: str) -> st.SearchStrategy[str]:
    # For the pattern of a text Hypothesis makes several sets of a million characters, which takes seconds.
    good = st.text() if pattern in {constraint.pattern for constraint in TEXTS} else st.from_regex(pattern)
    return good | TRICKY


def constraints() -> Iterator[Constraint]:
    """Yield every constraint of every class, nested ones included."""
    for sample in SAMPLES:
        for spec in fields_of(type(sample)):
            yield from within(spec.constraint)


def within(constraint: Constraint) -> Iterator[Constraint]:
    yield constraint
    match constraint:
        case Items():
            yield from within(constraint.item)
        case Map():
            yield from within(constraint.key)
            yield from within(constraint.value)
        case Nested(text=Text() as narrowed):
            yield narrowed
        case _:
            pass


# Each pattern that is published, and how long a value gets to meet it: no check looks at a pattern before the length.
PATTERNS = {
    constraint.pattern: constraint.maximum if isinstance(constraint, Text | Pattern) else constraint.longest
    for constraint in constraints()
    if isinstance(constraint, Text | Pattern | DecimalNumber | Date | Timestamp)
}


def nested_repetitions(pattern: str) -> Iterator[str]:
    """Yield each unbounded repetition that is itself repeated without bound.

    L is an escaped character in it, C a set of characters, R+ and G a group with and without one.
    """
    flat = re.sub(r"\\u[0-9a-f]{4}|\\.", "L", pattern)
    flat = re.sub(r"\[[^]]*\]", "C", flat)
    while (group := re.search(r"\((?:\?[:=!])?([^()]*)\)(\*|\+|\{[0-9]+,\})?", flat)) is not None:
        body, repeated = group.groups()
        unbounded = re.search(r"[*+]|,\}", body)
        if repeated and unbounded:
            yield body
        flat = flat[: group.start()] + ("R+" if repeated or unbounded else "G") + flat[group.end() :]


class TestText:
    """CONTRACT: nothing is changed silently. Refused: Cc (line feeds allowed in long text), Cs, U+2028, U+2029, U+0085,
    bidi overrides and isolates in names, outer blanks, blank-only.
    """

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_control_character_is_refused(self, kind: str) -> None:
        allowed = {0x0A} if KINDS[kind].lines else set()
        for each in CONTROLS:
            expected = None if each in allowed else "text-control"
            assert code_of(KINDS[kind].check(f"a{chr(each)}b")) == expected, hex(each)

    @pytest.mark.parametrize("kind", KINDS)
    def test_what_turns_the_direction_is_refused_in_names(self, kind: str) -> None:
        expected = "text-bidi" if KINDS[kind].name else None
        for each in BIDI:
            assert code_of(KINDS[kind].check(f"a{chr(each)}b")) == expected, hex(each)

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_blank_is_refused_at_either_end_and_kept_inside(self, kind: str) -> None:
        for blank in map(chr, BLANKS):
            for value in (f"{blank}a", f"a{blank}", f"a{blank}\u200d{blank}"):
                assert code_of(KINDS[kind].check(value)) == "text-outer-blank", value
            assert KINDS[kind].check(f"a{blank}b") is None

    @pytest.mark.parametrize("kind", KINDS)
    def test_text_of_which_nothing_can_be_seen_is_empty(self, kind: str) -> None:
        for each in map(chr, UNSEEN + BLANKS):
            assert code_of(KINDS[kind].check(each)) == "text-empty", hex(ord(each))
            assert code_of(KINDS[kind].check(f"{each}\u2060{each}")) == "text-empty", hex(ord(each))
        assert code_of(KINDS[kind].check("")) == "text-empty"

    def test_a_line_feed_is_a_blank_of_long_text(self) -> None:
        assert code_of(LONG.check("\n")) == "text-empty"
        assert code_of(LONG.check("a\n")) == "text-outer-blank"
        assert code_of(LONG.check("\na")) == "text-outer-blank"
        assert code_of(LINE.check("a\n")) == "text-control"
        assert LONG.check("a\nb") is None

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize(
        "value",
        [
            "👩‍🚀",  # an astronaut: woman, zero width joiner, rocket
            "می‌خواهم",  # Persian with a zero width non-joiner
            "ශ්‍රී ලංකා",  # Sinhala with a zero width joiner
            "e\u0301",  # a combining accent
            "\u0301",  # and a lone one
            "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A",
            "❤\ufe0f",  # a variation selector
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England, spelt in tags
            "שלום\u200e (ITU)",  # a mark of direction
            "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
            "C:\\New, \"quoted\"; 'single' ^n BEGIN:VEVENT",
            "＝１＋１",
            "x",
        ],
    )
    def test_whatever_people_write_passes(self, kind: str, value: str) -> None:
        assert KINDS[kind].check(value) is None

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_may_be_as_long_as_it_says(self, kind: str) -> None:
        constraint = KINDS[kind]
        assert constraint.check("x" * constraint.maximum) is None
        assert constraint.check("👩" * constraint.maximum) is None
        found = constraint.check("x" * (constraint.maximum + 1))
        assert code_of(found) == "text-too-long"
        assert found is not None
        assert found.params == {"maximum": constraint.maximum}

    def test_its_length_is_looked_at_first(self) -> None:
        assert code_of(LINE.check("\0" * 10_000_000)) == "text-too-long"

    @pytest.mark.parametrize("value", [None, 1, b"x", ["x"], {"x": "y"}])
    def test_anything_else_has_the_wrong_type(self, value: object) -> None:
        assert code_of(LINE.check(value)) == "wrong-type"

    @LAW
    @given(TRICKY)
    def test_its_pattern_says_the_same_in_a_schema(self, value: str) -> None:
        for constraint in TEXTS:
            assert accepted_by_schema(constraint.pattern, value) is (constraint.check(value) is None)

    @given(TRICKY)
    def test_each_refusal_tells_what_is_there(self, value: str) -> None:
        for constraint in TEXTS:
            code = code_of(constraint.check(value))
            seen = set(map(ord, value))
            controls = set(CONTROLS) - ({0x0A} if constraint.lines else set()) | set(range(0xD800, 0xE000))
            blanks = {*BLANKS, 0x0A}
            if seen & controls:
                assert code == "text-control"
            elif seen <= {*UNSEEN, *BIDI, *blanks}:
                assert code == "text-empty"
            elif constraint.name and seen & {*BIDI}:
                assert code == "text-bidi"
            elif {ord(value[0]), ord(value[-1])} & blanks:
                assert code == "text-outer-blank"
            else:
                assert code is None


class TestPattern:
    """Every pattern is anchored, means the same in Python's ``re.search`` and in jsonschema, and is linear."""

    CODE = Pattern(r"^[a-z]{1,3}(?!\n)$", 3, Code.ID_MALFORMED)

    def test_what_matches_is_accepted(self) -> None:
        assert self.CODE.check("abc") is None

    @pytest.mark.parametrize("value", ["", "abcd", "a1", "a\n", "\na", "x abc"])
    def test_what_does_not_is_refused_by_its_code(self, value: str) -> None:
        assert code_of(self.CODE.check(value)) == "id-malformed"

    def test_its_length_is_looked_at_first(self) -> None:
        def accepts(_value: str) -> bool:
            raise AssertionError("looked at a value that is too long")

        constraint = Pattern(r"^a*(?!\n)$", 5, Code.ID_MALFORMED, accepts=accepts)
        assert code_of(constraint.check("a" * 6)) == "id-malformed"

    def test_it_asks_further_where_a_pattern_cannot_say_it(self) -> None:
        constraint = Pattern(r"^[a-z]+(?!\n)$", 5, Code.ID_MALFORMED, accepts=lambda value: value != "no")
        assert constraint.check("yes") is None
        assert code_of(constraint.check("no")) == "id-malformed"

    def test_it_suggests_what_was_meant_when_that_is_asked_for(self) -> None:
        constraint = Pattern(r"^[a-z]+(?!\n)$", 500, Code.ID_MALFORMED, hint=str.lower)
        found = constraint.check("ABC")
        assert found is not None
        assert found.params == {"suggestion": "abc"}
        plain = constraint.check("ABC", suggest=False)
        assert plain is not None
        assert plain.params == {}

    def test_it_does_not_compare_what_is_long(self) -> None:
        constraint = Pattern(r"^[a-z]+(?!\n)$", 500, Code.ID_MALFORMED, hint=str.lower)
        found, longest = constraint.check("A" * 65), constraint.check("A" * 64)
        assert found is not None
        assert found.params == {}
        assert longest is not None
        assert longest.params == {"suggestion": "a" * 64}

    def test_anything_else_has_the_wrong_type(self) -> None:
        assert code_of(self.CODE.check(5)) == "wrong-type"

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_each_that_is_published_is_anchored(self, pattern: str) -> None:
        assert pattern.startswith("^")
        assert pattern.endswith(r"(?!\n)$")

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_each_that_is_published_knows_ascii_digits_and_letters_only(self, pattern: str) -> None:
        assert not re.search(r"\\[dwsDWSbBAZz]|\(\?[aiLmsux]", pattern)

    @LAW
    @given(st.sampled_from(list(PATTERNS)).flatmap(lambda pattern: st.tuples(st.just(pattern), drawn_for(pattern))))
    def test_each_that_is_published_means_the_same_in_a_schema(self, drawn: tuple[str, str]) -> None:
        pattern, good = drawn
        for value in (good, f"{good}\n", f"{good}x", f"x{good}", good[:-1]):
            assert accepted_by_schema(pattern, value) is bool(compiled(pattern).match(value))

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_each_that_is_published_can_be_read_in_one_way_only(self, pattern: str) -> None:
        """A repeated group that contains a repetition begins or ends with a separator that occurs in no repetition."""
        assert [body for body in nested_repetitions(pattern) if body[0] not in "L-/" and body[-1] != "L"] == []

    def test_a_pattern_that_doubles_with_each_letter_would_be_found(self) -> None:
        assert list(nested_repetitions(r"^(?:[a-z]+\.?)+$")) == ["C+L?"]
        assert list(nested_repetitions(r"^((?:a|b)*c)*(?!\n)$")) == ["R+c"]

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_each_that_is_published_is_quick_on_10_000_characters(self, pattern: str) -> None:
        began = time.process_time()
        for unit in UNITS:
            for end in ("", "\n", "\0", "!"):
                value = (unit * 10_000)[: 10_000 - len(end)] + end
                compiled(pattern).match(value)
        # A tenth of a second when it is linear, minutes when it is not; the bound is wide because machines are busy.
        assert time.process_time() - began < 10


class TestOneOf:
    """A string out of a published list; hints come from a small table, not from edit distance, for short codes."""

    CODES = CodeList("code", frozenset({"CH", "GB", "FR"}), Code.COUNTRY_UNKNOWN, lambda: {"uk": "GB"})
    WORDS = CodeList("word", frozenset({"royalblue", "red"}), Code.COLOR_UNKNOWN, near=frozenset({"royalblue"}))
    LONG = frozenset({"a" * 64, "a" * 65})
    LONG_WORDS = CodeList("word", LONG, Code.COLOR_UNKNOWN, near=LONG)

    def test_what_is_listed_is_accepted(self) -> None:
        assert self.CODES.check("CH") is None

    @pytest.mark.parametrize(
        ("constraint", "value", "suggestion"),
        [
            (CODES, "ch", "CH"),
            (CODES, "UK", "GB"),
            (CODES, "uk", "GB"),
            (CODES, "CHX", None),
            (CODES, "", None),
            (CODES, "CH\n", None),
            (CODES, "C" * 5000, None),
            (WORDS, "RoyalBlue", "royalblue"),
            (WORDS, "royal blue", "royalblue"),
            (WORDS, "green", None),
            (WORDS, "redd", None),
            (WORDS, "royalblue" * 8, None),
            (LONG_WORDS, "A" * 64, "a" * 64),
            (LONG_WORDS, "A" * 65, None),
        ],
    )
    def test_what_is_not_gets_a_hint_where_there_is_one(
        self, constraint: CodeList, value: str, suggestion: str | None
    ) -> None:
        found = constraint.check(value)
        assert found is not None
        assert found.code == constraint.code
        assert found.params.get("suggestion") == suggestion
        plain = constraint.check(value, suggest=False)
        assert plain is not None
        assert "suggestion" not in plain.params

    @pytest.mark.parametrize("value", [None, 5, b"CH", ("CH",), {"CH"}])
    def test_anything_else_has_the_wrong_type(self, value: object) -> None:
        assert code_of(self.CODES.check(value)) == "wrong-type"


class TestCloseTo:
    """An unknown word is named by the known one that it is close to."""

    KNOWN: ClassVar = Spellings({"timezone": "timeZone", "time_zone": "timeZone", "title": "title"})

    @pytest.mark.parametrize(
        ("value", "meant"),
        [("TimeZone", "timeZone"), ("tittle", "title"), ("TITEL", "title"), ("x", None), ("", None), ("t" * 65, None)],
    )
    def test_the_nearest_is_found(self, value: str, meant: str | None) -> None:
        assert close_to(value, self.KNOWN) == meant

    WORDS = st.text("abcdes_-t", max_size=12)

    @LAW
    @given(WORDS, st.lists(WORDS, max_size=12))
    def test_it_is_what_difflib_finds(self, value: str, known: list[str]) -> None:
        near = get_close_matches(value, known, n=1, cutoff=0.75)
        assert close_to(value, Spellings({each: each for each in known})) == (near[0] if near else None)


class TestCalendar:
    """The patterns of dates know how many days a month has: what they match is a date."""

    @pytest.mark.parametrize(("pattern", "first"), [(ISSUE_DATE, 1900), (DATE, 1970)])
    def test_the_patterns_match_the_days_that_exist(self, pattern: str, first: int) -> None:
        matched = {
            text
            for year in range(1890, 2210)
            for month in range(14)
            for day in range(33)
            for text in [f"{year}-{month:02}-{day:02}"]
            if compiled(pattern).fullmatch(text)
        }
        days = (date(2199, 12, 31) - date(first, 1, 1)).days + 1
        assert matched == {(date(first, 1, 1) + timedelta(days=each)).isoformat() for each in range(days)}


class TestWhole:
    """A whole number between two bounds; true and false are none."""

    NODE = Integer(0, 100)

    @pytest.mark.parametrize("value", [0, 1, 100])
    def test_the_bounds_are_in(self, value: int) -> None:
        assert self.NODE.check(value) is None

    @pytest.mark.parametrize("value", [-1, 101, 10**400])
    def test_what_lies_outside_is_refused_with_the_bounds(self, value: int) -> None:
        found = self.NODE.check(value)
        assert found is not None
        assert found.code == "number-out-of-range"
        assert found.params == {"minimum": 0, "maximum": 100}

    @pytest.mark.parametrize("value", [True, False, 1.0, "1", None, Decimal(1)])
    def test_anything_else_has_the_wrong_type(self, value: object) -> None:
        assert code_of(self.NODE.check(value)) == "wrong-type"


class TestExact:
    """An exact decimal number: no exponent, no leading zero, no negative zero as it is written."""

    DEGREES = DecimalNumber(-90, 90, digits=2, places=8)
    PERCENT = DecimalNumber(0, 100, digits=3, places=4)

    @pytest.mark.parametrize(
        "value", ["0", "0.0", "90", "-90", "12.34567890", "1E1", "0E+30", "1.000000000000", "-0.5"]
    )
    def test_a_number_within_the_bounds_is_accepted_however_it_is_made(self, value: str) -> None:
        assert self.DEGREES.check(Decimal(value)) is None

    @pytest.mark.parametrize(
        "value",
        [
            "NaN",
            "sNaN",
            "Infinity",
            "-Infinity",
            "-0",
            "-0.00",
            "0.000000001",
            "1E-9",
            "100",
            "1E400",
            "1E-400",
            "12." + "3" * 60,
            "1." + "0" * 40 + "1",
        ],
    )
    def test_what_has_no_written_form_is_malformed(self, value: str) -> None:
        found = self.DEGREES.check(Decimal(value))
        assert found is not None
        assert found.code == "number-malformed"
        assert found.params == {"places": 8}

    @pytest.mark.parametrize("value", ["90.00000001", "-90.1", "99"])
    def test_what_lies_outside_is_refused_with_the_bounds(self, value: str) -> None:
        found = self.DEGREES.check(Decimal(value))
        assert found is not None
        assert found.code == "number-out-of-range"
        assert found.params == {"minimum": -90, "maximum": 90}

    @pytest.mark.parametrize("value", [1, 1.0, float("nan"), "1", None, True])
    def test_it_is_never_a_float(self, value: object) -> None:
        assert code_of(self.DEGREES.check(value)) == "wrong-type"

    def test_the_decimal_context_of_the_thread_does_not_count(self) -> None:
        with decimal.localcontext(decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded])):
            assert self.DEGREES.check(Decimal("12.34567891")) is None
            assert code_of(self.DEGREES.check(Decimal("12.345678912"))) == "number-malformed"

    @pytest.mark.parametrize("value", ["0", "0.5", "-0.5", "12.00", "90", "-90.00", "-9.12345678"])
    def test_its_pattern_knows_plain_numbers(self, value: str) -> None:
        assert compiled(self.DEGREES.pattern).match(value)
        assert compiled(self.DEGREES.syntax).match(value)
        assert len(value) <= self.DEGREES.longest

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "-",
            "-0",
            "-0.0",
            "-0.00",
            "00",
            "01",
            "+1",
            "1.",
            ".5",
            "1e1",
            "1,5",
            "1_0",
            "100",
            "0.123456789",
            "NaN",
            "1\n",
            "-0\n",
            "\n1",
            " 1",
            "１２",
            "١",
            "1.٥",
        ],
    )
    def test_its_pattern_knows_nothing_else(self, value: str) -> None:
        assert not compiled(self.DEGREES.pattern).match(value)
        assert not compiled(self.DEGREES.syntax).match(value)

    @pytest.mark.parametrize("value", ["-1", "-0", "-0.5"])
    def test_without_negative_numbers_there_is_no_sign(self, value: str) -> None:
        assert not compiled(self.PERCENT.pattern).match(value)

    @LAW
    @given(st.integers(10, 9_999), st.data())
    def test_its_pattern_knows_the_bounds(self, maximum: int, data: st.DataObject) -> None:
        number = DecimalNumber(-maximum, maximum, digits=len(str(maximum)), places=2)
        near = st.integers(-3, 3).map(lambda cents: Decimal(maximum) + Decimal(cents) / 100)
        value = data.draw(near | near.map(lambda each: -each) | st.decimals(-12_000, 12_000, places=2))
        accepted = bool(compiled(number.pattern).match(f"{value:f}"))
        assert accepted is (abs(value) <= maximum and f"{value:f}" != "-0.00")

    def test_as_many_digits_as_the_bound_allows_need_no_other_bound(self) -> None:
        assert (
            DecimalNumber(0, 10**15, digits=15, places=4).pattern
            == r"^(?:(?:[0-9]|[1-9][0-9]{1,13}|[1-9][0-9]{14})(?:\.[0-9]{1,4})?)(?!\n)$"
        )


class TestDecimals:
    """How many decimals a number needs, trailing zeros aside."""

    @pytest.mark.parametrize(
        ("value", "count"),
        [
            ("0", 0),
            ("0.000", 0),
            ("0E+5", 0),
            ("1", 0),
            ("10", 0),
            ("1E3", 0),
            ("1.50", 1),
            ("1.05", 2),
            ("100.0", 0),
            ("1E-7", 7),
            ("-1.25", 2),
            ("0." + "0" * 49 + "10", 50),
        ],
    )
    def test_they_are_counted(self, value: str, count: int) -> None:
        assert decimals(Decimal(value)) == count

    @given(st.decimals(allow_nan=False, allow_infinity=False))
    def test_no_fewer_would_do(self, value: Decimal) -> None:
        with decimal.localcontext(decimal.Context(prec=1000, traps=[])):
            count = decimals(value)
            assert value.scaleb(count) == value.scaleb(count).to_integral_value()
            if count:
                assert value.scaleb(count - 1) != value.scaleb(count - 1).to_integral_value()


class TestFlag:
    """True or false."""

    @pytest.mark.parametrize("value", [True, False])
    def test_they_are_accepted(self, value: bool) -> None:
        assert Boolean().check(value) is None

    @pytest.mark.parametrize("value", [0, 1, "true", None])
    def test_anything_else_has_the_wrong_type(self, value: object) -> None:
        assert code_of(Boolean().check(value)) == "wrong-type"


class TestDay:
    """A calendar date, the years 1970 to 2199."""

    @pytest.mark.parametrize("value", [date(1970, 1, 1), date(2199, 12, 31), pendulum.date(2023, 4, 20)])
    def test_a_date_is_accepted(self, value: date) -> None:
        assert Date().check(value) is None

    @pytest.mark.parametrize("value", [date(1969, 12, 31), date(2200, 1, 1), date.min, date.max])
    def test_other_years_are_refused(self, value: date) -> None:
        assert code_of(Date().check(value)) == "date-unreadable"

    @pytest.mark.parametrize("value", [datetime(2023, 4, 20, tzinfo=UTC), "2023-04-20", 20230420, None])
    def test_anything_else_has_the_wrong_type(self, value: object) -> None:
        assert code_of(Date().check(value)) == "wrong-type"

    @pytest.mark.parametrize("value", ["1970-01-01", "2199-12-31", "2024-02-29", "2023-01-31"])
    def test_its_pattern_knows_the_written_form(self, value: str) -> None:
        assert compiled(Date.pattern).match(value)
        assert len(value) == Date.longest

    @pytest.mark.parametrize(
        "value",
        [
            "1969-12-31",
            "2200-01-01",
            "2023-13-01",
            "2023-00-01",
            "2023-04-00",
            "2023-04-32",
            "2023-4-1",
            "20230420",
            "2023-W16-4",
            "2023-04-20\n",
            "２０２３-04-20",
            "2023-04-20T00:00:00",
            "now",
            "",
        ],
    )
    def test_its_pattern_knows_nothing_else(self, value: str) -> None:
        assert not compiled(Date.pattern).match(value)


class TestMoment:
    """A moment, held in UTC; naive refused (CONTRACT)."""

    @pytest.mark.parametrize(
        "value",
        [
            datetime(1970, 1, 1, tzinfo=UTC),
            datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
            pendulum.datetime(2023, 1, 1),
        ],
    )
    def test_an_aware_one_is_accepted(self, value: datetime) -> None:
        assert Timestamp().check(value) is None

    def test_a_naive_one_says_no_moment(self) -> None:
        assert code_of(Timestamp().check(NAIVE)) == "moment-naive"

    @pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
    def test_other_years_are_refused(self, year: int) -> None:
        assert code_of(Timestamp().check(datetime(year, 12, 31, 23, tzinfo=UTC))) == "moment-unreadable"

    @pytest.mark.parametrize("value", [date(2023, 1, 1), "2023-01-01T00:00:00Z", 0, None])
    def test_anything_else_has_the_wrong_type(self, value: object) -> None:
        assert code_of(Timestamp().check(value)) == "wrong-type"

    @pytest.mark.parametrize(
        "value",
        [
            "2023-04-13T08:15:00Z",
            "2023-04-13t08:15:00z",
            "2023-04-13T10:15:00+02:00",
            "1970-01-01T00:00:00.123456-00:00",
        ],
    )
    def test_its_pattern_knows_rfc_3339(self, value: str) -> None:
        assert compiled(Timestamp.pattern).match(value)
        assert len(value) <= Timestamp.longest

    @pytest.mark.parametrize(
        "value",
        [
            "2023-04-13",
            "2023-04-13T08:15:00",
            "2023-04-13 08:15:00Z",
            "2023-04-13T08:15Z",
            "2023-04-13T24:00:00Z",
            "2023-04-13T08:15:60Z",
            "2023-04-13T08:15:00.Z",
            "2023-04-13T08:15:00.1234567Z",
            "2023-04-13T08:15:00+0200",
            "2023-04-13T08:15:00+24:00",
            "2023-04-13T08:15:00Z\n",
            "1969-12-31T23:59:59Z",
            "20230413T081500Z",
            "2023-04-13T08:15:00 Z",
            "２023-04-13T08:15:00Z",
            "now",
            "P1D",
            "",
        ],
    )
    def test_its_pattern_knows_nothing_else(self, value: str) -> None:
        assert not compiled(Timestamp.pattern).match(value)


class Colour(StrEnum):
    RED = "red"


class Other(StrEnum):
    RED = "red"


class TestChoice:
    """A member of one of our enums."""

    def test_a_member_is_accepted(self) -> None:
        assert Enumeration(Colour).check(Colour.RED) is None

    @pytest.mark.parametrize("value", ["red", Other.RED, Colour, None, 1])
    def test_the_word_alone_is_not(self, value: object) -> None:
        found = Enumeration(Colour).check(value)
        assert found is not None
        assert found.code == "wrong-type"
        assert found.params == {"expected": "member:Colour"}


class TestNested:
    """An object of another class; its texts may be narrowed, as for a title that is a LocalizedText."""

    def test_an_object_of_the_class_is_accepted(self) -> None:
        assert Nested(type(text())).check(text("x" * 10_000)) is None

    @pytest.mark.parametrize("value", ["Forum", {"text": "Forum", "language": "en"}, None, type(text())])
    def test_anything_else_has_the_wrong_type(self, value: object) -> None:
        assert code_of(Nested(type(text())).check(value)) == "wrong-type"

    @pytest.mark.parametrize(
        ("value", "code", "path"),
        [
            (text("x" * 501), "text-too-long", "/text"),
            (text("two\nlines"), "text-control", "/text"),
            (text("x", fr="y" * 501), "text-too-long", "/translations/fr"),
        ],
    )
    def test_each_text_in_it_is_looked_at(self, value: object, code: str, path: str) -> None:
        found = Nested(type(text()), LINE).check(value)
        assert found is not None
        assert (found.code, found.path) == (code, path)

    def test_texts_that_are_short_enough_pass(self) -> None:
        assert Nested(type(text()), LINE).check(text("x" * 500, fr="y")) is None


class TestItems:
    """Several values: a tuple keeps their order, a frozenset has none."""

    ORDERED = Items(Integer(0, 9), tuple, minimum=1, maximum=3)
    DISTINCT = Items(Integer(0, 9), tuple, unique=True)
    SET = Items(LINE, frozenset, maximum=3, unique=True)

    @pytest.mark.parametrize(
        ("constraint", "value"),
        [
            (ORDERED, (1,)),
            (ORDERED, (1, 1, 1)),
            (DISTINCT, ()),
            (DISTINCT, (1, 2)),
            (SET, frozenset()),
            (SET, frozenset("ab")),
        ],
    )
    def test_a_good_one_is_accepted(self, constraint: Items, value: object) -> None:
        assert constraint.check(value) is None

    @pytest.mark.parametrize(
        ("constraint", "value", "code", "path"),
        [
            (ORDERED, (), "too-few-items", ""),
            (ORDERED, (1, 2, 3, 4), "too-many-items", ""),
            (ORDERED, (1, 10), "number-out-of-range", "/1"),
            (ORDERED, (1, None), "wrong-type", "/1"),
            (ORDERED, [1], "wrong-type", ""),
            (ORDERED, "1", "wrong-type", ""),
            (DISTINCT, (1, 2, 1), "item-repeated", "/2"),
            (SET, frozenset("abcd"), "too-many-items", ""),
            (SET, {"a"}, "wrong-type", ""),
            (SET, ("a",), "wrong-type", ""),
            (SET, frozenset({"a", 5}), "wrong-type", ""),
        ],
    )
    def test_a_bad_one_is_refused_at_its_place(self, constraint: Items, value: object, code: str, path: str) -> None:
        found = constraint.check(value)
        assert found is not None
        assert (found.code, found.path) == (code, path)

    def test_too_many_are_counted_and_not_looked_at(self) -> None:
        assert code_of(self.ORDERED.check((None,) * 1_000_000)) == "too-many-items"

    def test_a_set_gives_one_finding_whatever_its_order(self) -> None:
        bad = ["", "a\0", " a", "x" * 501]
        assert {code_of(Items(LINE, frozenset).check(frozenset(bad[:count]))) for count in (2, 3, 4)} == {
            "text-control"
        }

    def test_items_of_a_list_that_may_repeat_need_no_hash(self) -> None:
        class Loose:
            __hash__ = None  # type: ignore[assignment] # as a list has it

        assert Items(Nested(Loose), tuple).check((Loose(), Loose())) is None


class TestEntries:
    """Texts by language tag."""

    NODE = Map(LANGUAGE, LINE, maximum=2)

    @pytest.mark.parametrize("value", [{}, {"fr": "Texte"}, {"fr": "Texte", "en": "Text"}])
    def test_a_good_one_is_accepted(self, value: object) -> None:
        assert self.NODE.check(value) is None

    @pytest.mark.parametrize(
        ("value", "code", "path"),
        [
            ({"fr": "a", "en": "b", "es": "c"}, "too-many-items", ""),
            ({"fr-ch": "a"}, "language-unknown", ""),
            ({5: "a"}, "wrong-type", ""),
            ({"fr": ""}, "text-empty", "/fr"),
            ({"fr": 5}, "wrong-type", "/fr"),
            ([("fr", "a")], "wrong-type", ""),
            ("fr", "wrong-type", ""),
        ],
    )
    def test_a_bad_one_is_refused_at_its_place(self, value: object, code: str, path: str) -> None:
        found = self.NODE.check(value)
        assert found is not None
        assert (found.code, found.path) == (code, path)

    @pytest.mark.parametrize(
        ("key", "path"), [("diet", "/diet"), ("41227305111", ""), ("Johanna.Muster", ""), ("f" * 65, "")]
    )
    def test_a_key_that_may_be_personal_data_is_in_no_path(self, key: str, path: str) -> None:
        found = Map(Pattern(r"^[A-Za-z0-9.]+(?!\n)$", 100, Code.KEY_UNKNOWN), LINE).check({key: 5})
        assert found is not None
        assert (found.code, found.path) == ("wrong-type", path)

    def test_one_that_only_the_office_chooses_is(self) -> None:
        by_office = Map(Pattern(r"^[0-9]+(?!\n)$", 100, Code.KEY_UNKNOWN), LINE, by_office=True)
        found = by_office.check({"41227305111": 5})
        assert found is not None
        assert (found.code, found.path) == ("wrong-type", "/41227305111")


class TestLyingKinds:
    """What is checked is what is held: a kind of tuple or frozenset may give something else when it is asked again."""

    def test_a_kind_of_tuple_or_frozenset_is_refused(self) -> None:
        class Lying(tuple[str, ...]):
            __slots__ = ()

        class Set(frozenset[str]):
            __slots__ = ()

        text = Text(5)
        for value, constraint in ((Lying(("a",)), Items(text, tuple)), (Set({"a"}), Items(text, frozenset))):
            found = constraint.check(value)
            assert found is not None
            assert found.code == Code.WRONG_TYPE
