"""Each reader of an engine by itself: both engines' against what they are made of, and none laxer than that."""

import json
import string
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from itertools import product
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW, sampled
from tests.json.constructed import anatomy
from tests.json.engines import ENGINES
from tests.json.entry_points import Way, each_engine, is_doubtful
from tests.json.test_agreement import of_each_kind
from tests.json.test_engines_objects import parts
from tests.json.test_scalars import bad_ones, good_ones, mutations
from tests.model.samples import SAMPLES
from wtisd_model.json import plans, shaping
from wtisd_model.json.doubts import UNSOUND
from wtisd_model.json.encoder import to_json
from wtisd_model.json.json_types import DEEPEST, MOST_EXACT
from wtisd_model.json.limits import Limits
from wtisd_model.json.normalize import copied
from wtisd_model.json.parser import _decoder
from wtisd_model.json.scalars import Familiar, moment_of, whole_of
from wtisd_model.json.schema_files import reached_classes
from wtisd_model.json.telling import meant_by
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.schema.constraints import FIRST_YEAR, LAST_YEAR, SHORT, Integer, Text, compiled, holds
from wtisd_model.schema.fields import fields_of, invariants_of, json_form_of, parameters_of
from wtisd_model.schema.suggestions import LONGEST_TO_COMPARE, Spellings
from wtisd_model.types.text import EMAIL, LINE, LONG, NAME
from wtisd_model.types.timeslot import TimeSlot

CLASSES = sorted(reached_classes(DOCUMENTS), key=lambda cls: cls.__name__)
OTHERS: tuple[Any, ...] = (None, True, 0, 1.5, b"x", ["x"], {"x": 1}, ("x",), object())
"""What no reader of texts takes."""


class Word(str):
    """A kind of text."""

    __slots__ = ()


def held(reader: Any, value: object) -> Any:
    """Give what a reader makes of a value; None is a doubt."""
    made = reader.held(value)
    return None if made is UNSOUND else made


def text_reader(engine: str, constraint: Text) -> Any:
    return ENGINES[engine].TextReader(constraint.maximum, compiled(constraint.pattern).match)


def characters() -> Iterator[str]:
    """Give each character that is no letter, symbol or unassigned, and some of the others; all of them on request."""
    every = map(chr, range(sys.maxunicode + 1))
    alike = {"Cn", "Co", "Ll", "Lo", "Lu", "So"}
    yield from (each for each in map(chr, range(sys.maxunicode + 1)) if category(each) not in alike)
    yield from sampled((each for each in every if category(each) in alike), desk=101, gates=31)


@each_engine
class TestTexts:
    """A text is taken if its published pattern takes it."""

    @pytest.mark.slow
    @pytest.mark.parametrize("constraint", [LINE, NAME, LONG], ids=["line", "name", "long"])
    def test_every_character_at_the_beginning_in_the_middle_and_at_the_end(self, engine: str, constraint: Text) -> None:
        reader, match = text_reader(engine, constraint), compiled(constraint.pattern).match
        wrong = [
            hex(ord(c))
            for c in characters()
            for text in (c, f"{c}a", f"a{c}", f"a{c}a", f"é{c}é", f"國{c}", f"{c}😀")
            if (reader.held(text) is text) is not bool(match(text))
        ]
        assert wrong == []

    def test_every_short_text_of_characters_that_are_special(self, engine: str) -> None:
        special = (
            "a",
            " ",
            "\n",
            "\t",
            "\x7f",
            "\u00a0",
            "\u00ad",
            "\u0301",
            "\u200b",
            "\u202e",
            "\u3164",
            "\ufe0f",
            "\ufeff",
        )
        for constraint in (LINE, NAME, LONG):
            reader, match = text_reader(engine, constraint), compiled(constraint.pattern).match
            for size in range(5):
                for text in map("".join, product((*special, "\U000e0100"), repeat=size)):
                    assert (reader.held(text) is text) is bool(match(text)), text

    @LAW
    @given(st.text(), st.sampled_from((LINE, NAME, LONG)))
    def test_any_text(self, engine: str, text: str, constraint: Text) -> None:
        assert (text_reader(engine, constraint).held(text) is text) is bool(compiled(constraint.pattern).match(text))

    def test_its_length_and_what_is_none(self, engine: str) -> None:
        reader = ENGINES[engine].TextReader(3, compiled(LINE.pattern).match)
        assert [reader.held("x" * size) is UNSOUND for size in range(6)] == [True, False, False, False, True, True]
        assert [reader.held("國" * size) is UNSOUND for size in range(1, 6)] == [False, False, False, True, True]
        for other in (*OTHERS, Word("x")):
            assert reader.held(other) is UNSOUND


@each_engine
class TestForms:
    """Texts of a fixed form, familiar ones, ones of a list, members of enums."""

    def test_a_pattern(self, engine: str) -> None:
        reader = ENGINES[engine].PatternReader(3, compiled("^a*$").match)
        assert [reader.held("a" * size) is UNSOUND for size in range(5)] == [False, False, False, False, True]
        for other in (*OTHERS, Word("a"), "b"):
            assert reader.held(other) is UNSOUND

    def test_a_familiar_form(self, engine: str) -> None:
        known = Familiar(compiled("^a*$").match)
        reader = ENGINES[engine].FamiliarReader(3, known)
        for _ in range(2):
            assert [reader.held("a" * size) is UNSOUND for size in range(5)] == [False, False, False, False, True]
            for other in (*OTHERS, Word("a"), "b"):
                assert reader.held(other) is UNSOUND
        assert known.texts == {"", "a", "aa", "aaa"}

    def test_a_list(self, engine: str) -> None:
        reader = ENGINES[engine].OneOfReader(frozenset({"a", "b"}))
        assert reader.held("a") == "a"
        for other in (*OTHERS, Word("a"), "c", ""):
            assert reader.held(other) is UNSOUND

    def test_members_of_an_enum(self, engine: str) -> None:
        reader = ENGINES[engine].ChoiceReader({each.value: each for each in RegistrationState})
        assert all(reader.held(each.value) is each for each in RegistrationState)
        for other in (*OTHERS, *RegistrationState, Word("pending"), "PENDING", "pending ", ""):
            assert reader.held(other) is UNSOUND

    def test_true_and_false(self, engine: str) -> None:
        reader = ENGINES[engine].FlagReader()
        assert [reader.held(each) for each in (True, False)] == [True, False]
        others: list[Any] = [None, 0, 1, 0.0, 1.0, "true", "", [], {}]
        for other in others:
            assert reader.held(other) is UNSOUND

    def test_whole_numbers(self, engine: str) -> None:
        for constraint in (Integer(0, 5), Integer(-3, 10**6), Integer(1, 1)):
            reader = ENGINES[engine].WholeReader(constraint)
            numbers = [*range(-10, 10), 10**6, 10**6 + 1, 2**63, -(2**64), 10**400]
            others: list[Any] = [0.0, -0.0, 1.0, 1.5, 5.0, 6.0, 1e300, float("inf"), float("nan"), *OTHERS]
            for each in (*numbers, *others, True, False, "1", ""):
                made = held(reader, each)
                assert anatomy(made) == anatomy(whole_of(constraint, each)), each
                assert made is None or (type(made) is int and constraint.check(made) is None)

    def test_what_is_made_of_a_text(self, engine: str) -> None:
        reader = ENGINES[engine].WrittenReader({"1": 1, "0": 0}.get)
        assert [held(reader, each) for each in ("1", "0", "2", "", *OTHERS, Word("1"))] == [1, 0, *[None] * 12]


# The usual address is shorter than this, and its parts need no count.
SHORT_ADDRESS = "a.b@c-d.example.org"


@each_engine
class TestMail:
    """An e-mail address, which the compiled engine looks at by itself: never laxer than the published pattern."""

    def agree(self, engine: str, reader: Any, text: str) -> bool:
        usual = compiled(str(EMAIL.usual)).match(text) is not None and len(text) < SHORT
        good = compiled(EMAIL.pattern).match(text) is not None and len(text) <= EMAIL.maximum
        said = getattr(ENGINES[engine], "is_usual_email", None)
        assert (reader.held(text) is text) is good, text
        assert said is None or said(text) is usual, text
        assert good or not usual
        return good

    def test_every_character_of_ascii_in_every_place(self, engine: str) -> None:
        reader = ENGINES[engine].EmailReader(EMAIL.maximum, holds(EMAIL))
        good = 0
        for code in (*range(0x80), 0x80, 0xE9, 0x130, 0x131, 0x17F, 0x212A, 0xFF20, 0x10FFFF):
            for place in range(len(SHORT_ADDRESS) + 1):
                inserted = SHORT_ADDRESS[:place] + chr(code) + SHORT_ADDRESS[place:]
                replaced = SHORT_ADDRESS[:place] + chr(code) + SHORT_ADDRESS[place + 1 :]
                good += self.agree(engine, reader, inserted) + self.agree(engine, reader, replaced)
        assert good > 1000

    def test_every_short_text_of_characters_that_are_special(self, engine: str) -> None:
        reader = ENGINES[engine].EmailReader(EMAIL.maximum, holds(EMAIL))
        for size in range(8):
            for text in map("".join, product("a1.-@", repeat=size)):
                self.agree(engine, reader, text)

    def test_parts_that_are_as_long_as_they_may_be_and_longer(self, engine: str) -> None:
        reader = ENGINES[engine].EmailReader(EMAIL.maximum, holds(EMAIL))
        for size in range(1, 70):
            for text in (
                "a" * size + "@b.cd",
                f"a@{'b' * size}.cd",
                f"a@b.{'c' * size}",
                f"a@{'b.' * size}cd",
                f"{'a.' * size}a@b.cd",
            ):
                self.agree(engine, reader, text)

    def test_what_is_none(self, engine: str) -> None:
        reader = ENGINES[engine].EmailReader(EMAIL.maximum, holds(EMAIL))
        for other in (*OTHERS, Word(SHORT_ADDRESS)):
            assert reader.held(other) is UNSOUND

    @LAW
    @given(st.one_of(good_ones, bad_ones, st.text(string.printable, max_size=40)))
    def test_what_looks_like_one(self, engine: str, text: str) -> None:
        self.agree(engine, ENGINES[engine].EmailReader(EMAIL.maximum, holds(EMAIL)), text)


def moments() -> Iterator[str]:
    """Give moments with every number in every field, offsets over midnight and the ends of years, and fractions."""
    for month, day in product(range(14), range(33)):
        for year in (1900, 1969, 1970, 2000, 2023, 2024, 2100, 2199, 2200):
            yield f"{year}-{month:02}-{day:02}T08:15:00Z"
    for hour, minute in product((0, 1, 9, 10, 12, 22, 23, 24, 25, 99), (0, 1, 9, 30, 59, 60, 99)):
        yield from (f"2024-02-29T{hour:02}:{minute:02}:{second:02}Z" for second in (0, 1, 59, 60, 61, 99))
    for date, offset in product(
        ("1970-01-01", "1969-12-31", "2199-12-31", "2200-01-01", "2024-02-29", "2023-03-01"), range(-1441, 1442, 7)
    ):
        sign, (hours, minutes) = "-" if offset < 0 else "+", divmod(abs(offset), 60)
        for time in ("00:00:00", "00:07:30", "12:00:00", "23:59:59"):
            yield f"{date}T{time}{sign}{hours:02}:{minutes:02}"
    for digits in range(9):
        for fraction in ("1234567890", "0000000001", "9999999999", "5000000000"):
            yield f"2023-04-13T08:15:00.{fraction[:digits]}Z"
            yield f"2023-04-13T08:15:00.{fraction[:digits]}+02:00"
    for odd in (
        "+24:00",
        "+23:60",
        "+99:99",
        "-00:00",
        "+2:00",
        "+0200",
        "+02",
        "+02:00:00",
        "+02-00",
        " 02:00",
        "Z+02:00",
    ):
        yield f"2023-04-13T08:15:00{odd}"


FIRST, LAST = (datetime(year, 1, 2, tzinfo=UTC).replace(tzinfo=None) for year in (FIRST_YEAR - 1, LAST_YEAR + 1))


@each_engine
class TestMoments:
    """A moment is read alike in every spelling, in bytes and as text; only digits of ASCII count."""

    def agree(self, engine: str, text: str) -> None:
        expected = moment_of(text)
        made = held(ENGINES[engine].MomentReader(), text)
        assert repr(made) == repr(expected), text
        assert made is None or (type(made) is datetime and made.tzinfo is (expected and expected.tzinfo))

    def test_every_field(self, engine: str) -> None:
        count = 0
        for text in moments():
            self.agree(engine, text)
            count += moment_of(text) is not None
        assert count > 5000

    def test_texts_that_are_nearly_moments(self, engine: str) -> None:
        for text in mutations():
            self.agree(engine, text)

    def test_what_is_none(self, engine: str) -> None:
        reader = ENGINES[engine].MomentReader()
        for other in (
            *OTHERS,
            Word("2023-04-13T08:15:00Z"),
            "",
            "\0" * 20,
            "2023-04-13T08:15:00Z\0",
            "٢٠٢٣-04-13T08:15:00Z",
        ):
            assert reader.held(other) is UNSOUND

    @LAW
    @given(
        st.datetimes(FIRST, LAST),
        st.integers(-1439, 1439),
        st.sampled_from("TtZz +-"),
    )
    def test_any_moment(self, engine: str, moment: datetime, offset: int, letter: str) -> None:
        sign, (hours, minutes) = "-" if offset < 0 else "+", divmod(abs(offset), 60)
        for end in ("Z", letter, f"{sign}{hours:02}:{minutes:02}"):
            self.agree(engine, moment.isoformat() + end)
            self.agree(engine, moment.replace(microsecond=0).isoformat() + end)
            self.agree(engine, moment.isoformat().replace("T", letter) + end)


OF_ANY = (False, False)
"""Of items of which some may be equal, and which are kept in their order."""


@each_engine
class TestSeveral:
    """Lists, sets and objects: how many there are, and whether each is good."""

    def test_how_many(self, engine: str) -> None:
        module = ENGINES[engine]
        for least, most, is_set in product(range(3), range(4), (False, True)):
            reader = module.ItemsReader(module.OneOfReader(frozenset("abcdef")), least, most, is_set, is_set)
            for count in range(6):
                made = held(reader, list("abcdef"[:count]))
                assert (made is not None) is (least <= count <= most)
                assert made is None or anatomy(made) == anatomy((frozenset if is_set else tuple)("abcdef"[:count]))

    def test_twice(self, engine: str) -> None:
        module = ENGINES[engine]
        for unique, is_set in ((False, False), (True, False), (True, True)):
            reader = module.ItemsReader(module.OneOfReader(frozenset("ab")), 0, 9, unique, is_set)
            for items in (["a", "a"], ["a", "b", "a"], ["b", "a", "a"]):
                assert held(reader, items) == (None if unique else tuple(items))
            for items in ([], ["a"], ["a", "b"]):
                assert held(reader, items) == (frozenset(items) if is_set else tuple(items))

    def test_one_that_is_not_good(self, engine: str) -> None:
        module = ENGINES[engine]
        reader = module.ItemsReader(module.OneOfReader(frozenset("ab")), 0, 9, *OF_ANY)
        for at, other in product(range(3), (*OTHERS, "c")):
            items: list[Any] = ["a", "b", "a"]
            items[at] = other
            assert reader.held(items) is UNSOUND

    def test_what_is_no_list(self, engine: str) -> None:
        class List(list[str]):
            pass

        module = ENGINES[engine]
        plan = plans.plan_of(TimeSlot, None, module)
        for reader in (module.ItemsReader(module.FlagReader(), 0, 9, *OF_ANY), module.PartsReader(plan, 0, 9)):
            others: list[Any] = [None, (), {}, "", List(), frozenset[str](), 5]
            for other in others:
                assert reader.held(other) is UNSOUND
            assert reader.held([]) == ()

    def test_entries(self, engine: str) -> None:
        class Dict(dict[str, str]):
            pass

        module = ENGINES[engine]
        reader = module.EntriesReader(module.OneOfReader(frozenset("abcd")), module.OneOfReader(frozenset("xy")), 3)
        good: list[dict[Any, Any]] = [{}, {"a": "x"}, {"b": "y", "a": "x"}, {"a": "x", "b": "x", "c": "x"}]
        for each in good:
            assert anatomy(reader.held(each)) == anatomy(each)
        bad: list[Any] = [
            {**good[3], "d": "x"},
            {"e": "x"},
            {"a": "z"},
            {1: "x"},
            {"a": 1},
            {Word("a"): "x"},
            {"a": Word("x")},
        ]
        for other in (*bad, Dict(a="x"), [], None, "a", [("a", "x")]):
            assert reader.held(other) is UNSOUND


def trees() -> st.SearchStrategy[Any]:
    leaf = (
        st.none()
        | st.booleans()
        | st.integers(-(10**6), 10**6)
        | st.integers(MOST_EXACT - 2, MOST_EXACT + 2)
        | st.text(max_size=8)
    )
    return st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
    )


KEYS = st.sampled_from(sorted({spec.key for cls in CLASSES for spec in fields_of(cls)})) | st.text("abc", max_size=30)


@each_engine
class TestSnapshot:
    """A dict is copied as it was at one moment, if it is plain JSON that surely keeps within a limit."""

    @LAW
    @given(st.dictionaries(KEYS, trees(), max_size=4), st.integers(-1, 4000))
    def test_it_is_what_a_copy_would_be(self, engine: str, payload: dict[str, Any], most: int) -> None:
        bounds = Limits(bytes=max(1, most), values=max(1, most // 100), number_length=300).bounds_for(Registration)
        snapshot = ENGINES[engine].snapshot(payload, most)
        assert (snapshot is not None) is (size_of(payload, DEEPEST) <= most)
        if snapshot is not None:
            keyed: Any = payload
            assert anatomy(snapshot) == anatomy(payload) == anatomy(copied(keyed, bounds))
            assert not {*map(id, containers(snapshot))} & {*map(id, containers(payload))}

    @LAW
    @given(st.sampled_from(DOCUMENTS).flatmap(lambda cls: of_each_kind[cls]))
    def test_documents_are_measured_alike(self, engine: str, value: object) -> None:
        payload = json.loads(to_json(value))
        size = size_of(payload, DEEPEST)
        assert len(to_json(value)) < size
        for most in (-1, 0, size - 1):
            assert ENGINES[engine].snapshot(payload, most) is None
        assert ENGINES[engine].snapshot(payload, size) == payload

    def test_of_keys_that_are_no_texts_there_is_none(self, engine: str) -> None:
        snapshot = ENGINES[engine].snapshot
        for key in (1, None, b"a", ("a",), Word("a"), 1.5, True):
            bad: dict[Any, Any] = {key: 1}
            for payload in (bad, {"b": 1, **bad}, {"a": bad}, {"a": [bad]}, {"a": [1, [bad]]}, {"a": {"b": bad}}):
                assert snapshot(payload, 10**9) is None
        assert snapshot({"a": 1}, 10**9) == {"a": 1}

    def test_nor_of_what_is_too_deep_or_holds_itself(self, engine: str) -> None:
        snapshot = ENGINES[engine].snapshot
        for kind in ("list", "dict"):
            for levels in range(1, 40):
                value: Any = [] if kind == "list" else {}
                for _ in range(levels - 1):
                    value = [value] if kind == "list" else {"a": value}
                assert (snapshot({"a": value}, 10**9) is not None) is (levels + 1 <= DEEPEST)
        ring: dict[str, Any] = {}
        ring["a"] = ring
        rings: list[Any] = []
        rings.append(rings)
        assert snapshot(ring, 10**9) is None
        assert snapshot({"a": rings}, 10**9) is None
        rings *= 1000
        assert snapshot({"a": rings}, 10**7) is None

    def test_what_stands_in_many_places_is_counted_before_it_is_copied(self, engine: str) -> None:
        shared = [0] * 1000
        for payload in ({"a": [shared] * 1000}, dict.fromkeys(map(str, range(1000)), shared)):
            tracemalloc.start()
            try:
                assert ENGINES[engine].snapshot(payload, 1_000_000) is None
                assert tracemalloc.get_traced_memory()[1] < 500_000
            finally:
                tracemalloc.stop()

    def test_nor_of_other_values(self, engine: str) -> None:
        class Dict(dict[str, Any]):
            pass

        class List(list[Any]):
            pass

        class Number(int):
            pass

        numbers = (1.0, 1.5, float("nan"), 2**53 + 1, -(2**53) - 1, 2**70, -(2**70), Number(1), Decimal(1))
        for other in (*numbers, b"x", ("x",), object(), Word("x"), {1}, range(5), Dict(), List()):
            for payload in ({"a": other}, {"a": [other]}, {"a": {"b": other}}, {"a": [{"b": other}]}):
                assert ENGINES[engine].snapshot(payload, 10**9) is None, other
        good: Any
        for good in (None, True, False, 0, "", 2**53, -(2**53), [], {}):
            assert anatomy(ENGINES[engine].snapshot({"a": good}, 200 + 4)) == anatomy({"a": good})
            assert ENGINES[engine].snapshot({"a": good}, 200 + 3) is None


def test_what_cannot_be_copied_is_no_snapshot() -> None:
    class Odd:
        def __init__(self, made: Any) -> None:
            self.made = made

        def copy(self) -> Any:
            return self.made() if callable(self.made) else self.made

    for made in ({1: 1}, lambda: 1 / 0):
        assert shaping._copy(Odd(made)) is None
    assert shaping._copy(Odd({"a": 1})) == {"a": 1}


def containers(value: Any) -> Iterator[Any]:
    """Give each dict and each list in a value, and itself."""
    if isinstance(value, dict | list):
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from containers(each)


def size_of(value: Any, levels: int) -> float:
    """Measure a value as `snapshot` has it: a hundred bytes, and four for each character of it and of its key."""
    match value:
        case str():
            return 100 + 4 * len(value)
        case dict() if levels:
            return 100 + sum(4 * len(key) + size_of(each, levels - 1) for key, each in value.items())
        case list() if levels:
            return 100 + sum(size_of(each, levels - 1) for each in value)
        case None | bool():
            return 100
        case int() if abs(value) <= MOST_EXACT:
            return 100
        case _:
            return float("inf")


@each_engine
class TestWhetherAllIsHeld:
    """JSON of which msgspec dropped a key is never taken for all of it."""

    def said(self, engine: str, raw: bytes) -> bool:
        return bool(ENGINES[engine].holds_all(raw, _decoder()(raw)))

    @LAW
    @given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(0, 9), max_size=3), st.data())
    def test_any_text(self, engine: str, payload: dict[str, Any], data: st.DataObject) -> None:
        def spelled(text: str) -> str:
            short = json.dumps(text, ensure_ascii=data.draw(st.booleans()))
            at = data.draw(st.integers(0, len(text)))
            number = "".join(f"\\u{ord(each):04x}" for each in text[at : at + 1] if ord(each) < 0xD800)
            return f'"{json.dumps(text[:at])[1:-1]}{number}{json.dumps(text[at + 1 :])[1:-1]}"' if number else short

        def members() -> list[str]:
            return [
                f"{spelled(key)}: {spelled(each) if isinstance(each, str) else each}" for key, each in payload.items()
            ]

        once = members()
        blank = data.draw(st.sampled_from(["", " "]))
        raw = f"{{{f',{blank}'.join(once)}}}".encode("utf-8", "surrogatepass")
        if b"\\u0022" not in raw or b'\\"' not in raw:
            assert self.said(engine, raw) or b"\xed" in raw
        if once:
            twice = [*once, data.draw(st.sampled_from(members()))]
            assert not self.said(engine, f"{{{f',{blank}'.join(twice)}}}".encode("utf-8", "surrogatepass"))

    def test_quotes_and_backslashes(self, engine: str) -> None:
        spelled = (r"\"", r"\\", r"\u0022", r"\u005c", r"\/", "/", r"\n", "", "a", r"\\\"", r"\\u0022")
        for first, second, third in product(spelled, repeat=3):
            raw = f'{{"a":"{first}{second}","b":["{third}"]}}'.encode()
            assert self.said(engine, raw) is not is_doubtful(Way(engine, "copied"), raw), raw
            for twin in (f'"a":"{third}",', f'"b":["{first}"],', '"a":1,', '"b":{},', f'"\\u0061":"{second}",'):
                assert not self.said(engine, b"{" + twin.encode() + raw[1:]), twin


@each_engine
class TestRules:
    """A rule is not asked where its fields are absent: asked there, it would give nothing."""

    @LAW
    @given(st.sampled_from(DOCUMENTS).flatmap(lambda cls: of_each_kind[cls]))
    def test_asked_where_all_that_it_is_about_is_absent_it_gives_nothing(self, engine: str, value: object) -> None:
        for part in parts(value):
            self.silent(engine, part)

    def test_so_it_is_with_the_samples(self, engine: str) -> None:
        for cls in CLASSES:
            for whole in objects(cls):
                self.silent(engine, whole)

    def silent(self, engine: str, whole: Any) -> None:
        module: Any = ENGINES[engine]
        cls: type = type(whole)
        specs = fields_of(cls)
        held = whole.written() if isinstance(whole, TimeSlot) else whole
        for rule, invariant in zip(plans.rules_of(cls, module), invariants_of(json_form_of(cls)), strict=True):
            subjects = rule.about & ~module.ALWAYS
            assert subjects | rule.asked == rule.asked
            if rule.about & module.ALWAYS or any(spec.required and subjects >> at & 1 for at, spec in enumerate(specs)):
                continue
            values = [
                plans._absent(spec) if subjects >> at & 1 else getattr(held, spec.name) for at, spec in enumerate(specs)
            ]
            assert not list(rule.found(values)), invariant

    @pytest.mark.parametrize("cls", CLASSES)
    def test_it_gives_what_the_function_gives_for_the_fields_that_it_names(self, engine: str, cls: type) -> None:
        specs = fields_of(cls)
        for whole in list(objects(cls))[:5]:
            held = whole.written() if isinstance(whole, TimeSlot) else whole
            values = [getattr(held, spec.name) for spec in specs]
            by_name = {spec.name: value for spec, value in zip(specs, values, strict=True)}
            for rule, invariant in zip(
                plans.rules_of(cls, ENGINES[engine]), invariants_of(json_form_of(cls)), strict=True
            ):
                expected = list(invariant(**{name: by_name[name] for name in parameters_of(invariant)}))
                assert list(rule.found(values)) == expected == []

    def test_the_values_come_in_the_order_in_which_they_are_asked_for(self, engine: str) -> None:
        rule = ENGINES[engine].Rule(lambda *values: values, (2, 0, 2), 5)
        assert tuple(rule.found(["a", "b", "c"])) == ("c", "a", "c")
        assert (rule.about, ENGINES[engine].Rule(len, (2, 0), 5).asked) == (5, 5)


def objects(cls: type) -> Iterator[Any]:
    """Give objects of a class, or of the class that is written for it."""
    for sample in SAMPLES:
        for part in parts(sample):
            if type(part) is cls:
                yield part


@each_engine
class TestWhatWasMeant:
    """What people write nearly right is found alike, by the measure of difflib."""

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", CLASSES)
    def test_keys_with_one_or_two_letters_changed(self, engine: str, cls: type) -> None:
        known = {name.casefold(): spec.key for spec in fields_of(cls) for name in (spec.key, spec.name)}
        close = meant_by(ENGINES[engine])
        for key in (*known, *(spec.key for spec in fields_of(cls))):
            for at in range(len(key) + 1):
                for text in (
                    key[:at] + key[at + 1 :],
                    f"{key[:at]}x{key[at:]}",
                    key[:at] + key[at : at + 2][::-1] + key[at + 2 :],
                    f"{key[:at]}É{key[at + 2 :]}",
                    key[at:] + key[:at],
                ):
                    assert close(text, Spellings(known)) == self.by_difflib(text, known), text

    @LAW
    @given(
        st.dictionaries(st.text("abcdé😀", max_size=12), st.text(max_size=3), max_size=8),
        st.text("abcdéÉ😀ßĳ", max_size=70),
    )
    def test_any_text(self, engine: str, known: dict[str, str], text: str) -> None:
        assert meant_by(ENGINES[engine])(text, Spellings(known)) == self.by_difflib(text, known)

    def by_difflib(self, text: str, known: dict[str, str]) -> str | None:
        near = get_close_matches(text.casefold(), known, n=1, cutoff=0.75) if len(text) <= LONGEST_TO_COMPARE else []
        return known[near[0]] if near else None
