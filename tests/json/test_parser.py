"""Strict reading: what is no JSON of ours is refused before anything in it is looked at."""

import json
import math
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model import Code, Finding
from wtisd_model.findings import safe_pointer_token
from wtisd_model.json.json_types import Bounds, Payload
from wtisd_model.json.parser import read

BOUNDS = Bounds(bytes=1000, depth=4, values=20, number_length=16)


def found(payload: Payload, bounds: Bounds = BOUNDS) -> list[tuple[str, str]]:
    """Return the codes and paths of the findings; nothing if the payload was parsed."""
    result = read(payload, bounds)
    return [(each.code, each.path) for each in result] if isinstance(result, tuple) else []


class TestBytes:
    """RFC 8259: "JSON text exchanged between systems ... MUST be encoded using UTF-8"."""

    @pytest.mark.parametrize(
        ("payload", "code"),
        [
            (b"", Code.NOT_JSON),
            (b"   ", Code.NOT_JSON),
            (b'{"a":1} x', Code.NOT_JSON),
            (b"{'a':1}", Code.NOT_JSON),
            (b'{"a":1,}', Code.NOT_JSON),
            (b'{"a":01}', Code.NOT_JSON),
            (b'{"a":"\n"}', Code.NOT_JSON),
            (b'{"a":"\\x"}', Code.NOT_JSON),
            (b'{"a":"' + b"[" * 30, Code.NOT_JSON),
            (b'{"a":"\\', Code.NOT_JSON),
            (b"[" * 30, Code.PAYLOAD_TOO_MANY_VALUES),
            (b"\xff\xfe{\x00}\x00", Code.NOT_UTF8),
            ("{}".encode("utf-16"), Code.NOT_UTF8),
            ("{}".encode("utf-8-sig"), Code.NOT_UTF8),
            (b'{"a":"\xed\xa0\x80"}', Code.NOT_UTF8),
            (b'{"a":"\xc0\x80"}', Code.NOT_UTF8),
            (b'{"a":NaN}', Code.NUMBER_NOT_FINITE),
            (b'{"a":-Infinity}', Code.NUMBER_NOT_FINITE),
            (b'{"a":1e400}', Code.NUMBER_NOT_FINITE),
            (b'{"a":-1E400}', Code.NUMBER_NOT_FINITE),
            (b'{"a":12345678901234567}', Code.NUMBER_TOO_LONG),
            (b'{"a":1.234567890123456}', Code.NUMBER_TOO_LONG),
            (b"[[[[[1]]]]]", Code.PAYLOAD_TOO_DEEP),
            (b'{"a":{"a":{"a":{"a":{}}}}}', Code.PAYLOAD_TOO_DEEP),
            (b"[" + b"1," * 20 + b"1]", Code.PAYLOAD_TOO_MANY_VALUES),
            (b"[" + b"{}," * 20 + b"1]", Code.PAYLOAD_TOO_MANY_VALUES),
            (b"[]" * 21, Code.PAYLOAD_TOO_MANY_VALUES),
            (b'["",' + b'"",' * 40 + b'""]', Code.PAYLOAD_TOO_MANY_VALUES),
            (b"]" * 9 + b"[" * 9, Code.NOT_JSON),
            (b"x" * 1001, Code.PAYLOAD_TOO_LARGE),
        ],
    )
    def test_what_is_no_strict_json_is_refused_by_code(self, payload: bytes, code: Code) -> None:
        assert found(payload) == [(code, "")]

    def test_a_number_may_have_as_many_characters_as_the_limit_says(self) -> None:
        assert read(b'{"a":1234567890123456}', BOUNDS) == {"a": 1234567890123456}

    def test_as_many_values_and_levels_pass_as_the_limits_say(self) -> None:
        assert read(b"[" + b"1," * 18 + b"1]", BOUNDS) == [1] * 19
        assert found(b"[" + b"1," * 19 + b"1]") == [(Code.PAYLOAD_TOO_MANY_VALUES, "")]
        assert read(b'[[[["[[[[["]]]]', BOUNDS) == [[[["[[[[["]]]]
        assert read(b"[[],[ ],{ }]", BOUNDS) == [[], [], {}]

    def test_text_reads_as_its_bytes_do(self) -> None:
        assert read('{"é":"\\u00e9"}', BOUNDS) == {"é": "é"}
        assert found('{"a":"\ud800"}') == [(Code.NOT_UTF8, "")]

    def test_text_that_is_too_long_is_not_encoded_first(self) -> None:
        assert found("x" * 1001) == [(Code.PAYLOAD_TOO_LARGE, "")]

    def test_bytearray_and_memoryview_are_bytes(self) -> None:
        assert read(bytearray(b"{}"), BOUNDS) == read(memoryview(b"{}"), BOUNDS) == {}

    def test_where_reading_stopped_is_a_byte_and_not_a_character(self) -> None:
        result = read('{"é":x}'.encode(), BOUNDS)
        assert isinstance(result, tuple)
        assert result[0].params["offset"] == len('{"é":'.encode())

    def test_a_number_as_long_as_the_limit_can_be_is_read(self) -> None:
        wide = Bounds(bytes=1000, depth=4, values=20, number_length=300)
        assert read(b'{"a":' + b"9" * 300 + b"}", wide) == {"a": 10**300 - 1}
        assert found({"a": 10**400}, wide) == [(Code.NUMBER_TOO_LONG, "/a")]


class TestRepeatedKeys:
    """RFC 8259 section 4: "The names within an object SHOULD be unique"."""

    @pytest.mark.parametrize(
        ("payload", "paths"),
        [
            (b'{"a":1,"a":1}', [""]),
            (b'{"email":1,"\\u0065mail":2}', [""]),
            (b'{"a":{"b":[{"c":1,"c":2}]},"d":{"e":1,"e":1}}', ["/a/b/0", "/d"]),
            (b'{"a b":{"c":1,"c":2}}', [""]),
        ],
    )
    def test_each_object_that_has_one_is_pointed_at(self, payload: bytes, paths: list[str]) -> None:
        assert found(payload) == [(Code.KEY_REPEATED, path) for path in paths]


class Word(str, Enum):  # noqa: UP042 - unlike a StrEnum it is formatted otherwise than it compares
    """A text that is written otherwise than it compares."""

    A = "a"


class TestMapping:
    """Mappings go through the same rules as bytes."""

    @pytest.mark.parametrize(
        ("payload", "expected"),
        [
            ({"a": math.nan}, (Code.NUMBER_NOT_FINITE, "/a")),
            ({"a": [math.inf]}, (Code.NUMBER_NOT_FINITE, "/a/0")),
            ({"a": 10**40}, (Code.NUMBER_TOO_LONG, "/a")),
            ({"a": (1,)}, (Code.WRONG_TYPE, "/a")),
            ({"a": {1, 2}}, (Code.WRONG_TYPE, "/a")),
            ({"a": b"x"}, (Code.WRONG_TYPE, "/a")),
            ({1: 2}, (Code.WRONG_TYPE, "")),
            ({"a": {"b": {"c": {"d": {}}}}}, (Code.PAYLOAD_TOO_DEEP, "")),
            ({"a": [1] * 20}, (Code.PAYLOAD_TOO_MANY_VALUES, "")),
            ({"a": "x" * 1000}, (Code.PAYLOAD_TOO_LARGE, "")),
            ({"k" * 1001: 1}, (Code.PAYLOAD_TOO_LARGE, "")),
            ({"a": "國" * 334}, (Code.PAYLOAD_TOO_LARGE, "")),
        ],
    )
    def test_what_json_could_not_say_is_refused_by_code(
        self, payload: Mapping[str, object], expected: tuple[str, str]
    ) -> None:
        assert found(payload) == [expected]

    def test_a_text_that_is_more_than_a_text_becomes_one(self) -> None:
        result = read({Word.A: Word.A}, BOUNDS)
        assert isinstance(result, dict)
        assert [(type(key), type(value)) for key, value in result.items()] == [(str, str)]
        assert result == {"a": "a"}

    def test_one_that_holds_itself_ends(self) -> None:
        ring: dict[str, object] = {}
        ring["a"] = ring
        assert found(ring) == [(Code.PAYLOAD_TOO_DEEP, "")]

    def test_the_callers_mapping_is_not_touched_and_any_mapping_will_do(self) -> None:
        inner = MappingProxyType({"b": [1, True, None, 1.5, "x"]})
        result = read({"a": inner}, BOUNDS)
        assert result == {"a": {"b": [1, True, None, 1.5, "x"]}}
        assert isinstance(result, dict)


class TestPath:
    """An unknown key is part of a path only if it looks like an identifier of at most 64 characters."""

    @pytest.mark.parametrize("key", ["a", "@type", "event_uid", "zh-Hans", "1a", "123", "k" * 64])
    def test_what_looks_like_a_name_is_shown(self, key: str) -> None:
        assert safe_pointer_token(key) == f"/{key}"

    @pytest.mark.parametrize(
        "key", ["", "a b", "p1@example.org", "p1 at home", "k" * 65, "@" + "k" * 64, "é", "41227301111", 5, "a\n"]
    )
    def test_what_does_not_is_left_out(self, key: object) -> None:
        assert safe_pointer_token(key) == ""


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
WIDE = Bounds(bytes=10**7, depth=50, values=10**6, number_length=64)


class TestAgreement:
    """What the standard library writes as JSON is read as what it was."""

    @LAW
    @given(values)
    def test_every_json_value_comes_back_equal(self, value: object) -> None:
        assert read(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), WIDE) == value

    @LAW
    @given(st.binary(max_size=200) | st.text('[]{}",:0123456789eE.-ntf\\u dD', max_size=80).map(str.encode))
    def test_any_bytes_are_read_or_refused_and_nothing_is_raised(self, raw: bytes) -> None:
        result = read(raw, BOUNDS)
        assert not isinstance(result, tuple) or all(isinstance(each, Finding) for each in result)

    @LAW
    @given(st.lists(st.sampled_from([b"[", b"]", b"{", b"}", b",", b'"', b"\\", b" ", b"1", b":"]), max_size=40))
    def test_what_is_measured_beforehand_is_never_less_than_what_the_parser_meets(self, tokens: list[bytes]) -> None:
        raw = b"".join(tokens)
        try:
            value = json.loads(raw)
        except ValueError:
            return
        tight = Bounds(bytes=1000, depth=depth(value), values=count(value), number_length=64)
        assert read(raw, tight) == value or found(raw, tight)[0][0] == Code.KEY_REPEATED
        if depth(value) > 1:
            assert found(raw, Bounds(bytes=1000, depth=depth(value) - 1, values=1000, number_length=64))
        if count(value) > 1:
            assert found(raw, Bounds(bytes=1000, depth=100, values=count(value) - 1, number_length=64))


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max((depth(each) for each in value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


def count(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(count, value.values()))
    return 1 + sum(map(count, value)) if isinstance(value, list) else 1
