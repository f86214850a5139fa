"""The accelerator, held to the reader: it makes the object that the reader makes, or leaves the payload to it."""

import gc
import json
import sys
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, islice, pairwise, product
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW, sampled
from tests.json.constructed import anatomy
from tests.json.mutations import (
    NASTY,
    WHOLE,
    Place,
    boundaries,
    changed,
    described,
    distinct_places,
    mutated,
    of_each_kind,
    unfrozen,
    without,
)
from tests.json.plain_reader import plain_validator
from wtisd_model import Limits, Pledge, Registration, Validator, json_schema, to_json
from wtisd_model.json.accelerator import SPEEDUPS
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.model import Model

pytestmark = pytest.mark.skipif(SPEEDUPS is None, reason="nothing is compiled")

ROOMY = Limits(bytes=10**8, values=10**7)
ANSWER = {"at": "2023-04-20T08:15:00Z", "status": "accepted", "sequence": 0}
OWN_DOCUMENTS = {"event": 1, "sessions": 2, "registrations": 2, "interpretationRequests": 2, "pledges": 2}
"""Keys of parts that are documents themselves, and how many steps lead to one."""


@cache
def validator(cls: type, limits: Limits = ROOMY) -> Any:
    return Validator[Any](cls, limits=limits)


@cache
def plain_reader(cls: type, limits: Limits) -> Any:
    return plain_validator(cls, limits=limits)


def is_accelerated(cls: type, payload: Any, limits: Limits = ROOMY) -> bool:
    """Return True if the accelerator makes an object; with and without it, a payload comes to the same."""
    judge = validator(cls, limits)
    outcome, expected = judge(payload), plain_reader(cls, limits)(payload)
    assert outcome == expected, (payload, [str(each) for each in expected.findings])
    assert anatomy(outcome.value) == anatomy(expected.value)
    return type(judge._accelerated(payload)) is cls


def encoded(document: object) -> bytes:
    try:
        return json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(document).encode()


def tried_places(document: dict[str, Any]) -> Iterator[Place]:
    """Yield one place of each kind; those in a part that is a document itself are tried there."""
    return (place for place in distinct_places(document) if len(place) <= OWN_DOCUMENTS.get(str(place[0]), len(place)))


def variations(cls: type) -> Iterator[dict[str, Any]]:
    """Yield documents with one change each: a nasty value, a key too many or too few, a value at a bound or beyond."""
    whole, schema = WHOLE[cls], json_schema(cls)
    tried = {*tried_places(whole)}
    for place, value, said in described(whole, schema, schema):
        if place not in tried:
            continue
        yield from (changed(whole, place, each) for each in NASTY)
        yield without(whole, place)
        if isinstance(place[-1], str):
            yield changed(whole, (*place[:-1], "unknownKey"), 1)
            yield changed(whole, (*place[:-1], "@type"), cls.__name__)
            yield from (changed(whole, (*place[:-1], "$schema"), each) for each in ("x", "", 1))
        if isinstance(value, list) and value:
            yield changed(whole, place, [*value, value[0]])
        yield from (changed(whole, place, each) for each, _ in boundaries(value, said))


class TestGoodPayloads:
    """What most payloads are like is accelerated, and gives the same object, part by part."""

    @LAW
    @given(st.one_of(*of_each_kind.values()))
    def test_every_document(self, obj: object) -> None:
        cls, raw = type(obj), to_json(obj)
        document = json.loads(raw)
        for payload in (raw, document, json.dumps(document).encode(), json.dumps(document, indent=1).encode()):
            assert is_accelerated(cls, payload)

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_keys_in_any_order(self, cls: type) -> None:
        whole = WHOLE[cls]
        assert is_accelerated(cls, dict(reversed(whole.items())))
        assert is_accelerated(cls, {key: each for key, each in whole.items() if key not in {"@type", "schemaVersion"}})

    def test_what_is_unusual_is_left_to_the_reader(self) -> None:
        raw = compact(Registration)
        for unusual in (
            raw.replace(b'"id"', b'"\\u0069d"'),
            raw.replace(b'"schemaVersion":1', b'"schemaVersion":1.0'),
            b"\xef\xbb\xbf" + raw,
            raw + b"\0",
        ):
            assert not is_accelerated(Registration, unusual)


def compact(cls: type) -> bytes:
    return json.dumps(WHOLE[cls], ensure_ascii=False, separators=(",", ":")).encode()


class TestBadPayloads:
    """What the reader refuses, the accelerator never accepts, and the rest it reads as it is."""

    @LAW
    @given(mutated())
    def test_changed_documents(self, change: tuple[type, dict[str, Any]]) -> None:
        cls, document = change
        assert is_accelerated(cls, encoded(document)) in {True, False}
        assert is_accelerated(cls, document) in {True, False}

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_every_change_in_every_place(self, cls: type) -> None:
        for document in sampled(variations(cls), gates=3):
            is_accelerated(cls, encoded(document))
            is_accelerated(cls, document)

    @pytest.mark.parametrize("cls", [Registration, Pledge])
    def test_bytes_that_are_cut_off_or_changed(self, cls: type) -> None:
        raw = compact(cls)
        for place in range(len(raw)):
            assert not is_accelerated(cls, raw[:place])
            for byte in b'\0"\\,:{}[]9\x80 ':
                is_accelerated(cls, raw[:place] + bytes((byte,)) + raw[place + 1 :])

    @pytest.mark.parametrize(
        "others", [{}, {"replies": []}, {"replies": [ANSWER]}, {"replies": 1}, {"organization": " "}]
    )
    @pytest.mark.parametrize("answers", [[], [ANSWER], [ANSWER, 1], 1, {"badge": "red"}])
    def test_keys_of_older_documents(self, answers: object, others: dict[str, object]) -> None:
        whole = {key: each for key, each in WHOLE[Registration].items() if key not in {"answers", "replies"}}
        for document in (whole | {"answers": answers} | others, whole | others | {"answers": answers}):
            is_accelerated(Registration, encoded(document))
            is_accelerated(Registration, document)

    def test_keys_with_characters_that_no_key_has(self) -> None:
        for key in ("id\0", "\0", "", '"', "i", "idd", "\u0131d", "ID", "schemaVersion\0", "@type"):
            assert not is_accelerated(Registration, encoded({**WHOLE[Registration], key: "x"}))
            assert not is_accelerated(Registration, {**WHOLE[Registration], key: "x"})

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_duplicate_keys(self, cls: type) -> None:
        whole = WHOLE[cls]
        for place in tried_places(whole):
            if isinstance(place[-1], str):
                copy, inner = unfrozen(whole, place)
                members = {**inner, "twin": inner[place[-1]]}
                inner.clear()
                inner.update(members)
                key = json.dumps(place[-1]).encode()
                assert not is_accelerated(cls, encoded(copy).replace(b'"twin"', key)), place

    def test_moments(self) -> None:
        usual = ("2023-04-13T08:15:00Z", "2023-04-13T10:15:00+02:00", "2023-04-13T08:15:00.5Z", "2024-02-29T23:59:59z")
        for text in usual:
            for place, letter in product(range(len(text) + 1), "0129-+:.,TtZz \u0663"):
                for each in (text[:place] + letter + text[place:], text[:place] + letter + text[place + 1 :]):
                    is_accelerated(Registration, changed(WHOLE[Registration], ("submittedAt",), each))
            for (one, other), (first, second) in product(combinations(range(len(text)), 2), product("09+:Z", repeat=2)):
                each = text[:one] + first + text[one + 1 : other] + second + text[other + 1 :]
                is_accelerated(Registration, changed(WHOLE[Registration], ("submittedAt",), each))

    def test_addresses(self) -> None:
        for text in islice(map("".join, product("aZ7.-@_\u00e9 ", repeat=5)), 0, None, 7):
            for each in (text, f"{text}@example.org", f"a@{text}", f"a@{text}.org"):
                is_accelerated(Registration, changed(WHOLE[Registration], ("participant", "email"), each))

    def test_texts(self) -> None:
        special = "a \n\t\u00a0\u00ad\u0301\u200b\u202e\u3164\ufe0f\ufeff\U000e0100"
        for text in map("".join, product(special, repeat=3)):
            is_accelerated(Registration, changed(WHOLE[Registration], ("organization",), text))

    def test_numbers(self) -> None:
        raw = compact(Pledge)
        for digits in (
            "0",
            "-0",
            "00",
            "01",
            "-1",
            "+1",
            "1",
            "9" * 16,
            "9" * 17,
            "9" * 400,
            "1.0",
            "1e0",
            "0x1",
            "1.",
        ):
            is_accelerated(Pledge, raw.replace(b'"schemaVersion":1', f'"schemaVersion":{digits}'.encode()))


@pytest.mark.skipif(SPEEDUPS is None, reason="nothing was compiled")
class TestMoments:
    """RFC 3339 section 5.6: each part of a time is made of digits alone, whatever an offset makes of it."""

    @pytest.mark.parametrize("place", [*range(4), 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24])
    @pytest.mark.parametrize("character", ["\r", "/", ":", " ", "-"])
    @pytest.mark.parametrize("offset", ["-12:00", "+12:00", "-01:30"])
    def test_what_is_no_digit_is_left_to_the_reader(self, place: int, character: str, offset: str) -> None:
        moment = f"2023-04-13T02:15:00{offset}"
        spoiled = moment[:place] + character + moment[place + 1 :]
        assert not is_accelerated(Registration, encoded({**WHOLE[Registration], "submittedAt": spoiled}))


class TestBounds:
    """A payload that may exceed a bound is left to the reader."""

    @pytest.mark.parametrize("limits", [Limits(bytes=600), Limits(values=30), Limits(depth=2), Limits(number_length=5)])
    def test_lower_limits(self, limits: Limits) -> None:
        documents: list[dict[str, Any]] = [WHOLE[Registration], {"x": "y" * 700}, {"x": [[]] * 40}]
        for document in documents:
            is_accelerated(Registration, encoded(document), limits)
            is_accelerated(Registration, document, limits)

    def test_values_are_counted_rather_too_high_than_too_low(self) -> None:
        document = changed(WHOLE[Registration], ("participant", "name"), "One, of Ministry 1")
        raw = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        counted = 1 + sum(map(raw.count, (b",", b"[", b"{")))
        assert len(raw) > 2 * counted
        assert is_accelerated(Registration, raw, Limits(values=counted))
        assert not is_accelerated(Registration, raw, Limits(values=counted - 1))
        # In a dict the values themselves are counted, so a comma in a name does not matter.
        assert is_accelerated(Registration, document, Limits(values=counted - 1))
        assert not is_accelerated(Registration, document, Limits(values=counted - 2))

    def test_mappings_that_never_end_or_are_many_times_as_large_as_they_look(self) -> None:
        cyclic: dict[str, Any] = {}
        cyclic["x"] = [cyclic]
        many: list[Any] = ["x" * 1000]
        for _ in range(8):
            many = [many] * 100
        for payload in (cyclic, {"x": many}):
            assert validator(Registration)._accelerated(payload) is None


class Text(str):
    __slots__ = ()


class TestMappings:
    """A dict of plain types alone is accelerated; no code of a payload is run."""

    @pytest.mark.parametrize(
        "value",
        [Text("x"), b"x", ("x",), {"x"}, 1.5, 10**30, float("nan"), object(), {1: "x"}, {Text("x"): 1}, "\ud800"],
        ids=lambda value: type(value).__name__,
    )
    def test_other_values(self, value: object) -> None:
        for place in (("organization",), ("participant",), ("needs",)):
            assert not is_accelerated(Registration, changed(WHOLE[Registration], place, value))

    def test_other_mappings(self) -> None:
        class Dict(dict[str, Any]):
            pass

        for kind in (OrderedDict[str, Any], Dict):
            assert not is_accelerated(Registration, kind(WHOLE[Registration]))
        others: tuple[object, ...] = (None, 1, "{}", [], bytearray(b"{}"), Mapping)
        for payload in others:
            assert validator(Registration)._accelerated(payload) is None


class TestMemory:
    """References are counted as they have to be, in good payloads and in bad ones."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_nothing_is_kept_and_nothing_is_freed_too_often(self, cls: type) -> None:
        raw, make = compact(cls), validator(cls)._accelerated
        document = json.loads(raw)
        payloads = [raw, document, raw[:-1], raw.replace(b"20", b"2o"), changed(document, ("id",), 5), b"{}", b"[", {}]

        def run() -> int:
            for _ in range(50):
                for payload in payloads:
                    make(payload)
            gc.collect()
            return sys.getallocatedblocks()

        # msgspec keeps short texts that it has read, in a table that has to fill first.
        for _ in range(3):
            run()
        # What other tests have left takes the collector a quarter of a second each time.
        gc.freeze()
        before = [sys.getrefcount(each) for each in (*document.values(), raw, cls, None)]
        blocks = [run() for _ in range(4)]
        after = [sys.getrefcount(each) for each in (*document.values(), raw, cls, None)]
        # A leak grows in each run; the memory of other threads and caches, only in some.
        assert min(later - earlier for earlier, later in pairwise(blocks)) < 20
        assert all(abs(one - other) < 50 for one, other in zip(before, after, strict=True))

    def test_parts_outlive_their_object(self) -> None:
        make = validator(Registration)._accelerated
        parts = [make(compact(Registration)).participant for _ in range(100)]
        assert {each.email for each in parts} == {WHOLE[Registration]["participant"]["email"]}


class TestClasses:
    """A class that could be filled otherwise than by its constructor is refused when its parser is made."""

    def test_a_class_that_is_more_than_its_slots(self) -> None:
        @frozen(kw_only=True, eq=False, repr=False)
        class Plain(Model):
            flag: bool = False

        @frozen(kw_only=True, eq=False, repr=False, slots=False)
        class Wide(Model):
            flag: bool = False

        assert SPEEDUPS.ObjectParser(Plain, None, {}, submission=False)
        with pytest.raises(TypeError, match="more than its slots"):
            SPEEDUPS.ObjectParser(Wide, None, {}, submission=False)

    def test_more_fields_than_a_mask_has_bits(self) -> None:
        many: Any = frozen(kw_only=True, eq=False, repr=False)(
            type("Many", (Model,), {"__annotations__": {f"f{number}": bool for number in range(64)}})
        )
        with pytest.raises(TypeError, match="too many fields"):
            SPEEDUPS.ObjectParser(many, None, {}, submission=False)
        with pytest.raises(TypeError, match="too many fields"):
            SPEEDUPS.StructMaker(many, dict, [], [(f"f{number}", None, 0) for number in range(64)])


class Pair:
    """Two values in slots."""

    __slots__ = ("left", "right")

    def __init__(self, left: object, right: object) -> None:
        self.left, self.right = left, right


class Covered(Pair):
    """A pair whose second slot is hidden by an attribute of the class."""

    __slots__ = ()
    right = "covered"


class Loose(Pair):
    """A pair with its second value in a dict."""

    right = None


def copied(cls: type, held: object) -> Any:
    """Return the attributes of an object as a maker copies them that was made for *cls*."""
    return SPEEDUPS.StructMaker(
        cls, lambda *values: values, [None] * 2, [("left", None, []), ("right", None, [])]
    ).make(held)


class TestStructMaker:
    """The attributes of an object are copied as Python reads them."""

    def test_slots(self) -> None:
        assert copied(Pair, Pair(1, "two")) == (1, "two")

    @pytest.mark.parametrize("cls", [Pair, Covered])
    def test_a_slot_that_a_subclass_covers(self, cls: type) -> None:
        held = object.__new__(Covered)
        held.left = 1
        assert copied(cls, held) == (1, "covered")

    @pytest.mark.parametrize("cls", [Pair, Loose])
    def test_an_attribute_that_is_not_a_slot(self, cls: type) -> None:
        assert copied(cls, Loose(1, "two")) == (1, "two")

    def test_an_empty_slot_has_no_value(self) -> None:
        with pytest.raises(AttributeError):
            copied(Pair, object.__new__(Pair))
