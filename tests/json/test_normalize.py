"""The door for mappings: objects of foreign classes, whose methods lie, change, raise or never end."""

import json
import math
from collections import ChainMap, OrderedDict, UserDict, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import IntEnum, StrEnum
from itertools import count, repeat
from types import MappingProxyType
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.examples import codes, example
from tests.samples.whole import SAMPLES
from wtisd_model import Code, Limits, Outcome, PayloadError, Registration, from_json, to_json, validate
from wtisd_model.json.json_types import Bounds, JsonValue, Payload
from wtisd_model.json.parser import read
from wtisd_model.model.documents import DOCUMENTS

BOUNDS = Bounds(bytes=1000, depth=4, values=20, number_length=16)
MARK = "Participant 77"


def found(payload: Payload, bounds: Bounds = BOUNDS) -> list[tuple[str, str]]:
    result = read(payload, bounds)
    return [(each.code, each.path) for each in result] if isinstance(result, tuple) else []


def kind_of(value: object) -> str:
    """Name a case; pytest would ask the value itself, which raises."""
    return type(value).__name__


def kinds(value: object) -> set[type]:
    """Name the exact types in what was read."""
    if isinstance(value, dict):
        return {dict}.union(*({type(key)} | kinds(each) for key, each in value.items()))
    return {list}.union(*map(kinds, value)) if isinstance(value, list) else {type(value)}


class Pairs(Mapping[str, object]):
    """A mapping whose members are whatever its ``items()`` give."""

    def __init__(self, pairs: Any) -> None:
        self.pairs = pairs

    def __getitem__(self, key: str) -> object:
        raise KeyError(MARK)

    def __iter__(self) -> Iterator[str]:
        raise ValueError(MARK)

    def __len__(self) -> int:
        raise ValueError(MARK)

    def items(self) -> Any:
        return self.pairs() if callable(self.pairs) else self.pairs


def failing() -> Iterator[tuple[str, object]]:
    yield "a", 1
    raise LookupError(MARK)


def recursing() -> object:
    return recursing()


class NoPair:
    """Something that ends before it begins."""

    def __iter__(self) -> Iterator[str]:
        raise StopIteration(MARK)


class Lying(str):
    """A text whose methods say something else."""

    __slots__ = ()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, _other: object) -> bool:
        return False

    def __str__(self) -> str:
        raise ValueError(MARK)

    def __len__(self) -> int:
        return 0

    def encode(self, *_: str, **_more: str) -> bytes:
        raise ValueError(MARK)

    def isascii(self) -> bool:
        raise ValueError(MARK)


class LyingList(list[object]):
    """A list whose methods say something else."""

    def __len__(self) -> int:
        return 10**9

    def __iter__(self) -> Iterator[object]:
        return repeat(1)

    def copy(self) -> Any:
        raise ValueError(MARK)


class LyingInt(int):
    """A number whose methods say something else."""

    def __int__(self) -> int:
        raise ValueError(MARK)

    def bit_length(self) -> int:
        return 0

    def __le__(self, _other: object) -> bool:
        return True

    def __ge__(self, _other: object) -> bool:
        return True

    def __repr__(self) -> str:
        return MARK


class LyingFloat(float):
    """A number whose methods say something else."""

    def __float__(self) -> float:
        raise ValueError(MARK)

    def is_integer(self) -> bool:
        raise ValueError(MARK)

    def __repr__(self) -> str:
        return MARK


class Faceless:
    """An object that does not say what it is."""

    @property  # type: ignore[misc]  # that is the trick
    def __class__(self) -> type:
        raise ValueError(MARK)


def posing_as(kind: type) -> Any:
    """Make an object that says it is of a class, as a mock with a spec does."""

    class Posing:
        @property  # type: ignore[misc]  # that is the trick
        def __class__(self) -> type:
            return kind

    return Posing()


class Mode(StrEnum):
    REMOTE = "remote"


class Version(IntEnum):
    ONE = 1


class TestFailingMappings:
    """CONTRACT: `validate` never raises."""

    @pytest.mark.parametrize(
        "pairs",
        [
            failing,
            recursing,
            None,
            5,
            [("a", 1), None],
            [("a", 1), "abc"],
            [("a", 1), ("b",)],
            [("a", 1), (1, 2, 3)],
            [("a", 1), NoPair()],
            Faceless,
        ],
        ids=kind_of,
    )
    def test_what_its_own_code_raises_is_a_finding_where_it_stands(self, pairs: Any) -> None:
        assert found(Pairs(pairs)) == [(Code.MAPPING_UNREADABLE, "")]
        assert found({"a": [1, {"b": Pairs(pairs)}]}) == [(Code.MAPPING_UNREADABLE, "/a/1/b")]

    def test_nothing_that_it_raised_comes_along(self) -> None:
        with pytest.raises(PayloadError) as raised:
            from_json(Registration, {"participant": Pairs(failing)})
        error = raised.value
        assert (error.__context__, error.__cause__) == (None, None)
        assert MARK not in f"{error} {error!r} {error.args}"
        assert [(each.code, each.path) for each in error.findings] == [(Code.MAPPING_UNREADABLE, "/participant")]

    @pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
    def test_what_ends_a_programme_ends_it(self, error: type[BaseException]) -> None:
        def ends() -> Iterator[tuple[str, object]]:
            yield "a", 1
            raise error

        with pytest.raises(error):
            read(Pairs(ends), BOUNDS)

    def test_one_that_never_ends_is_counted(self) -> None:
        assert found(Pairs(lambda: ((f"k{each}", each) for each in count()))) == [(Code.PAYLOAD_TOO_MANY_VALUES, "")]
        assert found(Pairs(lambda: repeat((1, 1)))) == [(Code.PAYLOAD_TOO_MANY_VALUES, "")]
        assert found(Pairs(lambda: repeat(("a", 1)))) == [(Code.PAYLOAD_TOO_MANY_VALUES, "")]

    def test_one_that_makes_itself_anew_is_too_deep(self) -> None:
        def anew() -> Iterator[tuple[str, object]]:
            yield "a", Pairs(anew)

        assert found(Pairs(anew)) == [(Code.PAYLOAD_TOO_DEEP, "")]

    def test_it_is_asked_once(self) -> None:
        asked: list[int] = []

        def once() -> list[tuple[str, object]]:
            asked.append(1)
            return [("a", 1)]

        assert read(Pairs(once), BOUNDS) == {"a": 1}
        assert asked == [1]

    def test_one_that_changes_what_it_stands_in_does_no_harm(self) -> None:
        outer: dict[str, object] = {}
        inner: list[object] = []

        def changing() -> list[tuple[str, object]]:
            outer.clear()
            outer.update({f"k{each}": each for each in range(9)})
            inner.append(inner)
            return []

        inner += [Pairs(changing), 1]
        outer |= {"a": inner, "b": 2}
        assert read(outer, BOUNDS) == {"a": [{}, 1], "b": 2}


class TestKeys:
    """A key occurs once in an object, and is a text."""

    @pytest.mark.parametrize(
        "payload",
        [
            Pairs([("a", 1), ("a", 2)]),
            {Lying("a"): 1, "a": 2},
            {Lying("a"): 1, Lying("a"): 2},
        ],
        ids=kind_of,
    )
    def test_keys_that_are_one_text_are_repeated(self, payload: Mapping[str, object]) -> None:
        assert found(payload) == [(Code.KEY_REPEATED, "")]
        assert found({"x": [payload]}) == [(Code.KEY_REPEATED, "/x/0")]

    def test_a_text_that_lies_is_what_it_holds(self) -> None:
        assert codes(validate(Registration, {Lying("mode"): Lying("remote")})) == codes(
            validate(Registration, {"mode": "remote"})
        )

    def test_any_other_key_is_said_once_for_its_object(self) -> None:
        for key in (1, 1.5, None, True, b"a", ("a",), Faceless(), Decimal(1)):
            payload = {"x": {key: 1, (key, 2): 2, "b": {1: 1}}}
            assert found(payload) == [(Code.WRONG_TYPE, "/x/b"), (Code.WRONG_TYPE, "/x")]

    def test_a_key_that_may_be_personal_is_not_in_a_path(self) -> None:
        assert found({MARK: {"a": ()}}) == [(Code.WRONG_TYPE, "/a")]


class TestValues:
    """What a value holds is taken, and none of its methods is run."""

    def test_everything_that_is_read_is_plain(self) -> None:
        payload: dict[str, object] = {
            Lying("a"): LyingList([LyingInt(7), LyingFloat(1.5), Lying("x"), Mode.REMOTE, Version.ONE]),
            Mode.REMOTE: OrderedDict(b=defaultdict(None, c=UserDict(d=1))),
        }
        result = read(payload, BOUNDS)
        assert result == {"a": [7, 1.5, "x", "remote", 1], "remote": {"b": {"c": {"d": 1}}}}
        assert kinds(result) == {dict, list, str, int, float}

    @pytest.mark.parametrize(
        "mapping",
        [
            OrderedDict(a=1),
            defaultdict(int, a=1),
            UserDict(a=1),
            MappingProxyType({"a": 1}),
            ChainMap({}, {"a": 1}),
            Mock(spec=dict, items=lambda: [("a", 1)]),
        ],
    )
    def test_mappings_of_every_kind_are_objects(self, mapping: Mapping[str, object]) -> None:
        assert read(mapping, BOUNDS) == {"a": 1}
        assert read({"b": mapping}, BOUNDS) == {"b": {"a": 1}}

    @pytest.mark.parametrize("kind", [str, int, float, bool, list, type(None), bytes, bytearray])
    def test_what_only_poses_as_a_value_is_none(self, kind: type) -> None:
        assert found({"a": [posing_as(kind)]}) == [(Code.WRONG_TYPE, "/a/0")]

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (LyingInt(10**16), Code.NUMBER_TOO_LONG),
            (-(10**15), Code.NUMBER_TOO_LONG),
            (10**100_000, Code.NUMBER_TOO_LONG),
            (1.2345678901234567, Code.NUMBER_TOO_LONG),
            (LyingFloat("nan"), Code.NUMBER_NOT_FINITE),
            (-math.inf, Code.NUMBER_NOT_FINITE),
            (1j, Code.WRONG_TYPE),
            (Decimal("1.5"), Code.WRONG_TYPE),
            (b"a", Code.WRONG_TYPE),
            ((1,), Code.WRONG_TYPE),
            ({1}, Code.WRONG_TYPE),
            (object(), Code.WRONG_TYPE),
            (Faceless(), Code.WRONG_TYPE),
            (dict, Code.WRONG_TYPE),
            (repeat(1), Code.WRONG_TYPE),
            (NotImplemented, Code.WRONG_TYPE),
        ],
        ids=kind_of,
    )
    def test_what_json_cannot_say_is_refused(self, value: object, code: Code) -> None:
        assert found({"a": [value]}) == [(code, "/a/0")]

    def test_a_number_is_as_long_as_it_is_written(self) -> None:
        assert read({"a": 10**15, "b": 1.5, "c": -(10**14)}, BOUNDS) == {"a": 10**15, "b": 1.5, "c": -(10**14)}

    def test_a_number_that_lies_keeps_no_bound(self) -> None:
        payload = {**example("interpretation-request"), "listeners": LyingInt(10**9)}
        from wtisd_model import InterpretationRequest

        assert codes(validate(InterpretationRequest, payload)) == [(Code.NUMBER_OUT_OF_RANGE, "/listeners")]

    def test_all_that_json_cannot_say_is_told_at_once(self) -> None:
        payload = {"a": (), "b": [math.nan, {"c": set()}], "d": Pairs(failing), "e": 10**20}
        assert found(payload) == [
            (Code.WRONG_TYPE, "/a"),
            (Code.NUMBER_NOT_FINITE, "/b/0"),
            (Code.WRONG_TYPE, "/b/1/c"),
            (Code.MAPPING_UNREADABLE, "/d"),
            (Code.NUMBER_TOO_LONG, "/e"),
        ]

    def test_more_than_anybody_reads_is_not_gathered(self) -> None:
        outcome = validate(Registration, {"needs": [()] * 40_000})
        assert (len(outcome.findings), outcome.omitted) == (100, 9_900)


class TestSize:
    """Nothing is copied before it is known to be small enough."""

    @pytest.mark.parametrize("long", [[0] * 10**6, dict.fromkeys(range(10**6)), LyingList([0] * 10**6)])
    def test_a_long_container_is_refused_by_its_length(self, long: object) -> None:
        assert found({"a": long}) == [(Code.PAYLOAD_TOO_MANY_VALUES, "")]

    def test_rings_of_every_kind_end(self) -> None:
        ring: list[object] = []
        ring.append(ring)
        mapping: dict[str, object] = {"a": ring}
        ring.append(mapping)
        mapping["b"] = MappingProxyType(mapping)
        assert found({"a": ring}) == [(Code.PAYLOAD_TOO_DEEP, "")]
        assert found(mapping) == [(Code.PAYLOAD_TOO_DEEP, "")]

    def test_what_is_very_deep_is_refused_before_python_gives_up(self) -> None:
        deep: object = 1
        for _ in range(100_000):
            deep = [deep]
        assert found({"a": deep}) == [(Code.PAYLOAD_TOO_DEEP, "")]
        outcome = validate(Registration, {"needs": deep}, limits=Limits(depth=100))
        assert codes(outcome) == [(Code.PAYLOAD_TOO_DEEP, "")]

    def test_as_deep_as_can_be_allowed_can_be_read(self) -> None:
        deep: JsonValue = 1
        for _ in range(99):
            deep = [deep]
        assert read({"a": deep}, Bounds(bytes=1000, depth=100, values=200, number_length=64)) == {"a": deep}

    @pytest.mark.parametrize("text", ["x" * 1001, "é" * 501, "國" * 10**6, "\ud800" * 334])
    def test_a_long_text_is_refused_in_keys_and_values(self, text: str) -> None:
        assert found({"a": text}) == found({text: 1}) == [(Code.PAYLOAD_TOO_LARGE, "")]


class LyingBytes(bytes):
    """Bytes whose methods say something else."""

    def __len__(self) -> int:
        return 0

    def __bytes__(self) -> bytes:
        raise ValueError(MARK)

    def decode(self, *_: str, **_more: str) -> str:
        raise ValueError(MARK)


class LyingArray(bytearray):
    """Bytes whose methods say something else."""

    def __len__(self) -> int:
        return 0

    def __bytes__(self) -> bytes:
        raise ValueError(MARK)


class TestWhatIsNoMapping:
    """Bytes and text of foreign classes go through the same door."""

    @pytest.mark.parametrize("payload", [LyingBytes(b'{"a":1}'), LyingArray(b'{"a":1}'), Lying('{"a":1}')], ids=kind_of)
    def test_they_are_read_as_what_they_hold(self, payload: Payload) -> None:
        assert read(payload, BOUNDS) == {"a": 1}

    @pytest.mark.parametrize(
        "payload",
        [
            LyingBytes(b"x" * 1001),
            LyingArray(b"x" * 1001),
            Lying("x" * 1001),
            bytearray(10**8),
            memoryview(bytes(1001)),
            memoryview(bytes(1200)).cast("I"),
            memoryview(bytes(1200)).cast("B", (20, 60)),
        ],
        ids=kind_of,
    )
    def test_they_are_measured_as_what_they_hold(self, payload: Payload) -> None:
        assert found(payload) == [(Code.PAYLOAD_TOO_LARGE, "")]

    def test_a_view_may_jump(self) -> None:
        assert read(memoryview(b"{x}x")[::2], BOUNDS) == {}

    def test_one_that_cannot_be_looked_at_is_a_mistake_of_the_caller(self) -> None:
        released = memoryview(b"{}")
        released.release()
        no_payloads: list[Any] = [released, Faceless(), posing_as(str), posing_as(bytes), posing_as(memoryview)]
        for payload in no_payloads:
            with pytest.raises(TypeError, match="A payload must be") as raised:
                validate(Registration, payload)
            assert raised.value.__context__ is None


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=3)
    | st.sampled_from([posing_as(dict), posing_as(str), Lying("mode"), LyingInt(3), (), NoPair(), failing])
    | st.sampled_from([Mode.REMOTE, Version.ONE, LyingFloat(2.0), Decimal("NaN"), object()]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(LyingList)
        | st.dictionaries(st.sampled_from(["participant", "mode", "needs", Lying("mode")]), inner, max_size=3)
        | st.lists(st.tuples(st.sampled_from(["history", "id", 5, None]), inner) | inner, max_size=3).map(Pairs)
        | st.lists(inner, max_size=2).map(lambda each: MappingProxyType(dict(enumerate(each))))
    ),
    max_leaves=12,
)


class TestAnything:
    """Any mapping at all: an Outcome, and nothing of what is in it in any message."""

    @LAW
    @given(st.dictionaries(st.sampled_from(["participant", "mode", "needs", "history", "x"]), anything))
    def test_any_mapping_is_answered(self, payload: dict[str, object]) -> None:
        outcome = validate(Registration, payload)
        assert outcome.value is None
        assert outcome.findings
        assert MARK not in repr(outcome)


class TestLongNumbers:
    """Python does not write out integers of more than 4,300 digits, and says so with an error of its own."""

    @pytest.mark.parametrize("number", [10**5000, -(10**5000)], ids=["large", "small"])
    def test_a_number_of_any_length_is_answered_in_every_place(self, number: int) -> None:
        for cls in DOCUMENTS:
            document = json.loads(to_json(next(each for each in SAMPLES if type(each) is cls)))
            for key in document:
                outcome: Outcome[object] = validate(cls, {**document, key: number})
                assert [str(each.code) for each in outcome.findings] == ["number-too-long"]
