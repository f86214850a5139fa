"""Short cuts for single values: none accepts what the published pattern refuses, and none gives something else."""

import re
import string
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import combinations, product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW, sampled
from wtisd_model.schema.constraints import DecimalNumber, Pattern, Text, Timestamp, compiled, matcher_of
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.scalars import INVALID, decode_timestamp, refusal, scalar_decoder
from wtisd_model.types.text import LINE, LONG, NAME, Email

EMAIL = next(each for each in get_args(Email) if isinstance(each, Pattern))
TEXTS = (LINE, NAME, LONG)


def accepts(constraint: Text) -> Callable[[str], bool]:
    """Return a function that tells whether the decoder accepts a text."""
    decode = scalar_decoder(constraint)
    return lambda text: decode(text) is not INVALID


def moment_of(text: str) -> datetime | None:
    made = decode_timestamp(text)
    return None if made is INVALID else made


def agree(short: Callable[[str], object], text: str, pattern: re.Pattern[str]) -> bool:
    return bool(short(text)) is (pattern.match(text) is not None)


class TestTexts:
    """CONTRACT: refused are controls, separators, bidi overrides in names, outer blanks, texts that look blank."""

    @pytest.mark.slow
    def test_every_character_at_the_beginning_in_the_middle_and_at_the_end(self) -> None:
        for constraint in TEXTS:
            short, pattern = accepts(constraint), compiled(constraint.pattern)
            # Those that are not printable are left to the pattern; so one text of each is enough to see that.
            wrong = [
                hex(code)
                for code in sampled(range(sys.maxunicode + 1), desk=5)
                for c in [chr(code)]
                for text in ((c, f"{c}a", f"a{c}", f"a{c}a") if c.isprintable() or code < 0x3000 else (f"a{c}a",))
                if not agree(short, text, pattern)
            ]
            assert wrong == []

    def test_every_short_text_of_characters_that_are_special(self) -> None:
        special = (
            "a",
            " ",
            "\n",
            "\t",
            "\u00a0",
            "\u00ad",
            "\u0301",
            "\u200b",
            "\u202e",
            "\u3164",
            "\ufe0f",
            "\ufeff",
            "\U000e0100",
        )
        for constraint in TEXTS:
            short, pattern = accepts(constraint), compiled(constraint.pattern)
            for size in range(5):
                assert all(agree(short, "".join(each), pattern) for each in product(special, repeat=size))

    @LAW
    @given(st.text(max_size=100), st.sampled_from(TEXTS))
    def test_any_text(self, text: str, constraint: Text) -> None:
        assert agree(accepts(constraint), text, compiled(constraint.pattern))


# Drawn part by part: from a regular expression Hypothesis draws letter by letter, which takes twenty times as long.
WORDS = string.ascii_letters + string.digits
ATOMS = f"{WORDS}!#$%&'*+/=?^_`{{|}}~-"
VISIBLE = "".join(map(chr, range(0x21, 0x7F)))


def dotted(part: st.SearchStrategy[str], least: int) -> st.SearchStrategy[str]:
    return st.lists(part, min_size=least, max_size=4).map(".".join)


labels = st.builds("{}{}{}".format, st.text(WORDS, min_size=1), st.sampled_from(("", "-", "--")), st.text(WORDS))
good_ones = st.builds(
    "{}@{}.{}{}".format,
    dotted(st.text(ATOMS, min_size=1, max_size=17), 1),
    dotted(labels.map(lambda label: label.rstrip("-")), 1),
    st.sampled_from(string.ascii_letters),
    st.text(WORDS, max_size=63),
)
# Parts may be empty or too long, and hyphens stand anywhere.
bad_ones = st.builds(
    "{}@{}{}".format,
    dotted(st.text(ATOMS, max_size=66), 0),
    dotted(st.text(f"{WORDS}-", max_size=66), 0),
    st.sampled_from(("", ".example.org", ".x", ".7", ".", "\n", " ")),
)


class TestMail:
    """An e-mail address is matched in a form that is quicker, and which is never the laxer one."""

    @pytest.mark.slow
    def test_every_short_text_of_characters_that_are_special(self) -> None:
        short, pattern = matcher_of(EMAIL), compiled(EMAIL.pattern)
        for size in range(9):
            assert all(agree(short, "".join(each), pattern) for each in product("a1.-@", repeat=size))

    @pytest.mark.slow
    def test_every_character_in_every_place(self) -> None:
        short, pattern = matcher_of(EMAIL), compiled(EMAIL.pattern)
        good = "a.b@c-d.example.org"
        for code in (*range(0x3100), *range(0xD7F0, 0xE010), *range(0xFE00, 0x10010), 0xE0100, sys.maxunicode):
            for place in range(len(good) + 1):
                for text in (good[:place] + chr(code) + good[place:], good[:place] + chr(code) + good[place + 1 :]):
                    assert agree(short, text, pattern), text

    def test_parts_that_are_as_long_as_they_may_be_and_longer(self) -> None:
        short, pattern = matcher_of(EMAIL), compiled(EMAIL.pattern)
        for size in range(1, 70):
            for text in (
                "a" * size + "@b.cd",
                f"a@{'b' * size}.cd",
                f"a@b.{'c' * size}",
                f"a@{'b.' * size}cd",
                f"{'a.' * size}a@b.cd",
            ):
                assert agree(short, text, pattern), text

    @LAW
    @given(st.one_of(good_ones, bad_ones, st.text(VISIBLE, max_size=40)))
    def test_what_looks_like_one(self, text: str) -> None:
        assert agree(matcher_of(EMAIL), text, compiled(EMAIL.pattern))


def published(text: str) -> datetime | None:
    """Read a moment by the published pattern, and nothing that is quicker."""
    if compiled(Timestamp.pattern).match(text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text.upper()).astimezone(UTC)
    except ValueError:
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


FORMS = (
    "2023-04-13T08:15:00Z",
    "2023-04-13t08:15:00z",
    "2024-02-29T23:59:59Z",
    "2023-04-13T08:15:00.123456+02:00",
    "2023-04-13T08:15:00-00:00",
    "2023-02-28T08:15:00.123456+02:00",
    "2023-04-13T10:15:00+02:00",
    "2023-04-13T08:15:00.5Z",
    "2023-04-13T08:15:00.123456Z",
    "1970-01-01T00:00:00+00:01",
    "2199-12-31T23:59:59-00:01",
)
LETTERS = "0129-+:.,TtZzW \n\u0663\uff11\x00"


def mutations() -> Iterator[str]:
    for form in FORMS:
        for place in range(len(form) + 1):
            yield form[:place] + form[place + 1 :]
            for letter in LETTERS:
                yield form[:place] + letter + form[place:]
                yield form[:place] + letter + form[place + 1 :]
    for usual, letters in (
        (FORMS[0], "0239-:TZ \0"),
        ("2023-04-13T10:15:00+02:00", "09+-:Z\0"),
        ("2023-04-13T08:15:00.5Z", "0+.Z\0"),
    ):
        for first, second in combinations(range(len(usual)), 2):
            for one, other in product(letters, repeat=2):
                yield usual[:first] + one + usual[first + 1 : second] + other + usual[second + 1 :]


class TestMoments:
    """What is read of a text is what the published pattern and the calendar say, and nothing else."""

    @pytest.mark.parametrize(
        "text",
        [
            "2023-04-13T10:15:Z\0Z",
            "2023-04-13T10:15:00.Z\0abcdZ",
            "2023-04-13T10:1Z\0:00Z",
            "2023-04-13T10:15:00\0+02:00",
            "2023-04-13T10:15:00.1\0Z",
            "2023-04-13T10:15:00Z\0",
        ],
        ids=ascii,
    )
    def test_what_hides_behind_an_end_is_not_passed_over(self, text: str) -> None:
        assert moment_of(text) is None
        assert not re.match(Timestamp.pattern, text)

    def test_what_came_before_changes_nothing(self) -> None:
        for text in ("2200-01-01T00:00:00+23:59", "1969-12-31T23:59:59-23:59"):
            assert moment_of(text) is None
            assert moment_of(f"2023-04-13T10:15:00{text[19:]}") is not None
            assert moment_of(text) is None

    def test_texts_that_are_nearly_moments(self) -> None:
        for text in mutations():
            assert repr(moment_of(text)) == repr(published(text)), text

    def test_every_day_and_every_hour_and_minute_and_second(self) -> None:
        for one, other in product(range(100), repeat=2):
            for text in (
                f"2023-{one:02}-{other:02}T08:15:00Z",
                f"2024-02-29T{one:02}:{other:02}:00Z",
                f"{one:02}{other:02}-01-01T00:00:{one:02}Z",
            ):
                assert repr(moment_of(text)) == repr(published(text)), text

    def test_every_offset(self) -> None:
        for one, other in product(range(100), repeat=2):
            for sign in "+-":
                text = f"2024-02-29T12:34:56{sign}{one:02}:{other:02}"
                assert repr(moment_of(text)) == repr(moment_of(text)) == repr(published(text)), text

    def test_it_is_held_in_utc_itself(self) -> None:
        for text in ("2023-04-13T08:15:00Z", "2023-04-13T08:15:00+00:00", "2023-04-13T10:15:00+02:00"):
            moment = moment_of(text)
            assert moment == datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
            assert moment.tzinfo is UTC
            assert moment.fold == 0

    def test_midnight_is_not_24_o_clock_although_later_pythons_accept_it(self) -> None:
        assert moment_of("2023-04-13T24:00:00Z") is None

    @LAW
    @given(
        st.one_of(
            st.from_regex(Timestamp.pattern), st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8}Z\Z"), st.text()
        )
    )
    def test_any_text(self, text: str) -> None:
        assert repr(moment_of(text)) == repr(published(text))


class TestDecimals:
    """A decimal is a string in JSON."""

    def test_a_number_is_none(self) -> None:
        constraint = DecimalNumber(0, 100, digits=3, places=2)
        assert scalar_decoder(constraint)(5) is INVALID
        assert refusal(constraint, 5).params == {"expected": "number-string"}
        assert repr(scalar_decoder(constraint)("5.50")) == "Decimal('5.5')"
