"""Bytes that are nearly JSON: an engine makes and tells of them what the strict parser and the walk do, or leaves them.

The compiled engine parses by itself. It is the one place that could be laxer than RFC 8259 without anybody's noticing.
"""

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW, sampled
from tests.json.constructed import anatomy
from tests.json.entry_points import ROOMY, each_engine, quickly, slowly, swiftly, validator, written
from tests.json.test_agreement import WHOLE, changed, of_each_kind
from wtisd_model import strategies
from wtisd_model.json.encoder import to_json
from wtisd_model.json.json_types import DEEPEST, LONGEST_NUMBER
from wtisd_model.json.limits import Limits
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session

NASTY = bytes(
    [*range(0x21), *b'"+,-./019:;AEINTZ[\\]aefnrstu{|}', 0x7F, 0x80, 0xA0, 0xBF, 0xC0, 0xC3, 0xE2, 0xED, 0xF4, 0xFF]
)
"""Each kind of byte that means something to a parser of JSON or of UTF-8, and some beside them."""

SMALL: dict[type, dict[str, Any]] = {
    Registration: {
        "@type": "Registration",
        "schemaVersion": 1,
        "id": "r",
        "eventUid": "e",
        "participant": {"name": "É", "email": "p@x.org"},
        "mode": "remote",
        "needs": ["captions"],
        "submittedAt": "2023-04-13T08:15:00Z",
    },
    Session: {
        "id": "s",
        "title": {"text": "S", "language": "en", "translations": {"fr": "T"}},
        "slot": {"start": "2023-05-17T14:30:00", "end": "2023-05-17T16:30:00", "timeZone": "UTC"},
        "locations": [{"name": {"text": "H", "language": "en"}, "locality": "G", "country": "CH", "capacity": 230}],
    },
    Pledge: {
        "id": "p",
        "eventUid": "e",
        "title": {"text": "A", "language": "en"},
        "pledger": {"name": {"text": "O", "language": "en"}, "country": "CH"},
        "kind": "financial",
        "focusAreas": ["access"],
        "pledged": {"amount": "3", "currency": "USD"},
        "amountIsEstimate": True,
        "public": False,
        "start": "2023-06-01",
        "scope": "countries",
        "countries": [{"country": "NE", "share": "100"}],
        "submittedAt": "2023-04-14T09:00:00.5+02:00",
    },
}
"""Short documents that have each kind of value between them."""

TIGHT = Limits(depth=2 * DEEPEST, number_length=LONGEST_NUMBER)
"""The least with which an engine still reads by itself."""


def agree(engine: str, cls: type, raw: bytes, limits: Limits = ROOMY) -> bool:
    """Tell whether an engine reads some bytes by itself, after seeing that it then says what the others say."""
    swift = swiftly(engine, cls, raw, limits)
    if swift is None:
        return False
    slow = slowly(cls, raw, limits)
    assert swift == slow, raw
    assert anatomy(swift.value) == anatomy(slow.value), raw
    return True


def replaced(raw: bytes, nasty: bytes = NASTY) -> Iterator[bytes]:
    """Put each nasty byte into each place, before what stands there and instead of it; and leave each byte out."""
    for at in range(len(raw)):
        yield raw[:at] + raw[at + 1 :]
        for each in nasty:
            byte = bytes([each])
            yield raw[:at] + byte + raw[at:]
            yield raw[:at] + byte + raw[at + 1 :]


@each_engine
class TestEveryByte:
    """Every byte of a good document is taken out, replaced, or has another before it."""

    @pytest.mark.parametrize("cls", SMALL)
    def test_the_short_documents_are_good(self, engine: str, cls: type) -> None:
        assert slowly(cls, written(SMALL[cls])).ok
        assert all(made is not None for _, made in quickly(engine, cls, written(SMALL[cls])))

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", SMALL)
    def test_short_documents(self, engine: str, cls: type) -> None:
        raw = json.dumps(SMALL[cls], ensure_ascii=False, separators=(",", ":")).encode()
        assert sum(agree(engine, cls, each) for each in sampled(replaced(raw), desk=10, gates=2)) > 100

    def test_one_short_document_and_the_bytes_that_mean_most(self, engine: str) -> None:
        raw = json.dumps(SMALL[Registration], ensure_ascii=False, separators=(",", ":")).encode()
        nasty = b'\0\t\x1f ",:[\\]e{}\x80\xff'
        assert sum(agree(engine, Registration, each) for each in sampled(replaced(raw, nasty))) > 200

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_whole_documents(self, engine: str, cls: type) -> None:
        raw = written(WHOLE[cls])
        for at in sampled(range(len(raw)), desk=31, gates=7):
            for each in b'\0\x0b\x1f ",-.0:[\\]e{}\x7f\x80\xc3\xff':
                agree(engine, cls, raw[:at] + bytes([each]) + raw[at + 1 :])

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_a_document_that_is_cut_off_is_never_taken(self, engine: str, cls: type) -> None:
        raw = written(WHOLE[cls])
        for end in range(len(raw)):
            assert swiftly(engine, cls, raw[:end]) is None, raw[:end]
        assert not validator(engine, cls)(raw[: len(raw) // 2]).ok

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_nothing_may_come_after_a_document_or_before_it(self, engine: str, cls: type) -> None:
        raw = written(WHOLE[cls])
        for each in (
            *(bytes([byte]) for byte in NASTY),
            b"\0\0",
            b"\0 ",
            b"\0}",
            b"//",
            b"{}",
            b"null",
            raw,
            b"\xef\xbb\xbf",
        ):
            is_blank = each in {b" ", b"\t", b"\r", b"\n"}
            for changed_one in (raw + each, raw + b" " + each, each + raw):
                assert (swiftly(engine, cls, changed_one) is not None) is is_blank, each
                assert validator(engine, cls)(changed_one).ok is is_blank, each


TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[-+.0-9A-Za-z]+|[\[\]{}:,]')
BLANKS = (b" ", b"\t", b"\n", b"\r", b" \r\n\t ")
NO_BLANKS = (
    b"\0",
    b"\x0b",
    b"\x0c",
    b"\x1f",
    b"\xa0",
    b"\xc2\xa0",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"\\n",
    b"/**/",
)


@each_engine
class TestBlanks:
    """RFC 8259, section 2: four blanks, between tokens and nowhere else."""

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_each_blank_in_all_places_at_once(self, engine: str, cls: type) -> None:
        tokens = TOKEN.findall(written(WHOLE[cls]))
        expected = anatomy(slowly(cls, written(WHOLE[cls])).value)
        for blank in BLANKS:
            raw = blank + blank.join(tokens) + blank
            for way, made in quickly(engine, cls, raw):
                assert anatomy(made) == expected, way

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", SMALL)
    def test_each_blank_and_what_is_none_in_each_place(self, engine: str, cls: type) -> None:
        tokens = TOKEN.findall(written(SMALL[cls]))
        for at in range(len(tokens) + 1):
            for blank in (*BLANKS, *NO_BLANKS):
                raw = b"".join([*tokens[:at], blank, *tokens[at:]])
                assert (swiftly(engine, cls, raw) is not None) is (blank in BLANKS), raw
                assert agree(engine, cls, raw) is (blank in BLANKS)

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_tokens_left_out_or_twice_or_exchanged(self, engine: str, cls: type) -> None:
        tokens = TOKEN.findall(written(WHOLE[cls]))
        for at in sampled(range(len(tokens)), desk=17, gates=5):
            for other in (
                b"",
                tokens[at] * 2,
                b"null",
                b"true",
                b"tru",
                b"falsee",
                b"0",
                b"1.0",
                b'""',
                b"[]",
                b"{}",
                b",",
                b":",
            ):
                agree(engine, cls, b"".join([*tokens[:at], other, *tokens[at + 1 :]]))
            agree(engine, cls, b"".join([*tokens[:at], *tokens[at + 1 : at + 2], tokens[at], *tokens[at + 2 :]]))


SPELLED = (
    *(rb"\/", rb"\b", rb"\f", rb"\n", rb"\r", rb"\t", rb"\"", rb"\\", rb"\u0022", rb"\u005c", rb"\u002f", rb"\u0061"),
    *(
        rb"\u0000",
        rb"\u0001",
        rb"\u001f",
        rb"\u007f",
        rb"\u0080",
        rb"\u00e9",
        rb"\u00E9",
        rb"\u2028",
        rb"\ufeff",
        rb"\uffff",
    ),
    *(rb"\ud83d\ude00", rb"\uD83D\uDE00", rb"\ud83d", rb"\ude00", rb"\ude00\ud83d", rb"\ud83d\u0061", rb"\ud83d\n"),
    *(
        rb"\ud83d\ud83d\ude00",
        rb"\udbff\udfff",
        rb"\u",
        rb"\u0",
        rb"\u00",
        rb"\u006",
        rb"\u006g",
        rb"\u+061",
        rb"\u 061",
    ),
    *(
        rb"\U0061",
        rb"\x61",
        rb"\a",
        rb"\0",
        rb"\'",
        b"\\",
        b"\\\0",
        b"\\\n",
        b"\\\xc3\xa9",
        rb"\\\\",
        rb"\\u0061",
        rb"\\\"",
    ),
    *(b"\0", b"\x01", b"\t", b"\n", b"\x1f", b"\x7f", "é".encode(), "😀".encode(), "\u2028".encode(), b"\xff", b"\x80"),
    *(
        b"\xc0\xaf",
        b"\xc3",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xed\xb0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
    ),
)
"""What may stand in a string, and what may not."""


@each_engine
class TestStrings:
    """RFC 8259, sections 7 and 8: escapes of every kind, controls, and bytes that are not UTF-8."""

    def spelled(self, raw: bytes) -> Iterator[bytes]:
        """Put each of these at the beginning, in the middle and at the end of each string, keys among them."""
        for found in re.finditer(rb'"((?:[^"\\]|\\.)*)"', raw):
            text = found[1]
            for at, each in product(sorted({0, len(text) // 2, len(text)}), SPELLED):
                yield raw[: found.start() + 1] + text[:at] + each + text[at:] + raw[found.end() - 1 :]

    @pytest.mark.slow
    @pytest.mark.parametrize("cls", SMALL)
    def test_in_each_string(self, engine: str, cls: type) -> None:
        document = changed(SMALL[cls], ("zzz",), {"yyy": ["x"]})
        for raw in (written(SMALL[cls]), written(document)):
            for each in sampled(self.spelled(raw)):
                agree(engine, cls, each)

    @pytest.mark.slow
    def test_in_a_text_alone(self, engine: str) -> None:
        document = {**SMALL[Registration], "organization": "HERE"}
        good = 0
        for first, second in sampled(product(SPELLED, (b"", *SPELLED))):
            for text in (b"a" + first + second + b"a", first + second):
                raw = written(document).replace(b"HERE", text)
                agree(engine, Registration, raw)
                good += swiftly(engine, Registration, raw) is not None
        assert good > 300

    @pytest.mark.parametrize("cls", SMALL)
    def test_every_character_of_every_string_by_its_number(self, engine: str, cls: type) -> None:
        raw = written(SMALL[cls])
        expected = anatomy(slowly(cls, raw).value)
        for found in re.finditer(rb'"((?:[^"\\]|\\.)*)"(:?)', raw):
            text = found[1].decode()
            for number in ("\\u{:04x}", "\\u{:04X}"):
                for at in range(len(text)):
                    spelling = text[:at] + number.format(ord(text[at])) + text[at + 1 :]
                    other = raw[: found.start() + 1] + spelling.encode() + raw[found.start() + 1 + len(found[1]) :]
                    for way, made in quickly(engine, cls, other):
                        # Only keys may be left to a slower way, where objects are made of bytes at once.
                        assert (made is not None) or (way.name == "parsed" and bool(found[2])), way
                        assert made is None or anatomy(made) == expected, way
                    assert anatomy(validator(engine, cls)(other).value) == expected

    def test_what_is_not_utf_8_in_each_place(self, engine: str) -> None:
        for cls, bad in product(
            SMALL, (b"\xff", b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xc3")
        ):
            raw = written(SMALL[cls])
            for at in range(len(raw) + 1):
                assert swiftly(engine, cls, raw[:at] + bad + raw[at:]) is None, raw[:at]


@each_engine
class TestUnknown:
    """What is under an unknown key, or of another kind than it should be, has to be JSON too."""

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "value",
        [
            *(
                "nul",
                "nulll",
                "Null",
                "true1",
                "tru",
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "-",
                "-01",
                "1.",
                ".1",
                "1e",
                "0x1",
            ),
            *("1e5", "1e400", "1.5", "9007199254740992", "9007199254740993", "-9007199254740993", "1" * 64, "1" * 65),
            *(
                "[1,]",
                "[,]",
                "[1 2]",
                "[",
                "]",
                "[}",
                "{]",
                '{"a"}',
                '{"a":}',
                '{"a":1,}',
                "{a:1}",
                "{1:1}",
                '{"a":1 "b":2}',
            ),
            *('{"a":1,"a":1}', '[{"a":{"b":1,"b":1}}]', r'{"a":1,"\u0061":1}', '[["]"],{"}":"{"}]', r'"\""', r'["\\"]'),
            *("[" * 8 + "]" * 8, "[" * 9 + "]" * 9, "[" * 31 + "]" * 31, "[" * 32 + "]" * 32, "[" * 99 + "]" * 99),
            *(
                '"\0"',
                '["\0"]',
                "[\0]",
                "\0",
                "[1]\0",
                '"x',
                '["x',
                "[1",
                "/**/1",
                "'x'",
                "1_0",
                "١",
                "\ufeff1",
                "[\u00a0]",
            ),
            *("{" + '"a":{' * 7 + "}" * 8, "{" + '"a":{' * 8 + "}" * 9, "[]", "{}", '""', "null", "[null]", "false"),
        ],
    )
    def test_it_is_told_as_the_strict_parser_and_the_walk_tell_it(self, engine: str, value: str) -> None:
        for cls, document in SMALL.items():
            raw = written(document)
            for found in TOKEN.finditer(raw):
                if raw[found.end() : found.end() + 1] not in b",}]":  # no value, but a key or a mark
                    continue
                instead = raw[: found.start()] + value.encode() + raw[found.end() :]
                for limits in (ROOMY, TIGHT):
                    agree(engine, cls, instead, limits)
            for at in (1, len(raw) - 1):
                before, after = (b"", b",") if at == 1 else (b",", b"")
                beside = raw[:at] + before + b'"zzz":' + value.encode() + after + raw[at:]
                for limits in (ROOMY, TIGHT):
                    agree(engine, cls, beside, limits)
                    assert validator(engine, cls, limits)(beside) == slowly(cls, beside, limits)

    @pytest.mark.parametrize("cls", DOCUMENTS)
    def test_documents_of_another_class(self, engine: str, cls: type) -> None:
        for other in DOCUMENTS:
            bare = {key: each for key, each in WHOLE[other].items() if key not in {"@type", "schemaVersion"}}
            assert agree(engine, cls, written(WHOLE[other])) or cls is other
            assert agree(engine, cls, written(bare))


documents = st.sampled_from(DOCUMENTS).flatmap(
    lambda cls: st.tuples(st.just(cls), st.one_of(of_each_kind[cls].map(to_json), strategies.payloads(cls)))
)


@st.composite
def broken(draw: st.DrawFn) -> tuple[type, bytes]:
    """Insert, delete, exchange and double a few slices of a good document."""
    cls, raw = draw(documents)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draw(st.sampled_from([0, 1, 1, 2, 5, 30])))
        other = draw(st.integers(0, len(raw)))
        match draw(st.sampled_from(["insert", "delete", "replace", "exchange", "double", "move"])):
            case "insert":
                raw = raw[:at] + draw(st.sampled_from(SPELLED) | st.binary(max_size=4)) + raw[at:]
            case "delete":
                raw = raw[:at] + raw[end:]
            case "replace":
                raw = raw[:at] + bytes(draw(st.lists(st.sampled_from(NASTY), max_size=3))) + raw[end:]
            case "exchange":
                first, second = sorted((at, other))
                raw = (
                    raw[:first]
                    + raw[second : second + 1]
                    + raw[first + 1 : second]
                    + raw[first : first + 1]
                    + raw[second + 1 :]
                )
            case "double":
                raw = raw[:end] + raw[at:end] + raw[end:]
            case _:
                rest = raw[:at] + raw[end:]
                raw = rest[:other] + raw[at:end] + rest[other:]
    return cls, raw


@st.composite
def rearranged(draw: st.DrawFn) -> tuple[type, bytes]:
    """Change the tokens of a good document: most of these are JSON, and some of them documents."""
    cls, raw = draw(documents)
    tokens = TOKEN.findall(raw)
    for _ in range(draw(st.integers(1, 4))):
        at, other = draw(st.integers(0, len(tokens) - 1)), draw(st.integers(0, len(tokens) - 1))
        match draw(st.sampled_from(["exchange", "copy", "delete", "double", "value"])):
            case "exchange":
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case "copy":
                tokens[at] = tokens[other]
            case "delete" if len(tokens) > 1:
                del tokens[at]
            case "double":
                tokens[at:at] = tokens[at : at + draw(st.integers(1, 8))]
            case _:
                tokens[at] = draw(
                    st.sampled_from([b"null", b"true", b"-0", b"0", b"1.0", b"1e0", b'""', b"[]", b"{}", rb'"\u0061"'])
                )
    return cls, b"".join(tokens)


@each_engine
class TestAnyBytes:
    """Whatever is done to the bytes of a document, an engine says what the strict parser and the walk say."""

    @LAW
    @given(broken())
    def test_slices_are_inserted_deleted_exchanged_and_doubled(self, engine: str, broken: tuple[type, bytes]) -> None:
        cls, raw = broken
        agree(engine, cls, raw)
        assert validator(engine, cls)(raw) == slowly(cls, raw)

    @LAW
    @given(rearranged())
    def test_tokens_are_rearranged(self, engine: str, rearranged: tuple[type, bytes]) -> None:
        cls, raw = rearranged
        agree(engine, cls, raw)
        agree(engine, cls, raw, TIGHT)
        assert validator(engine, cls)(raw) == slowly(cls, raw)

    @LAW
    @given(st.sampled_from(DOCUMENTS), st.binary(max_size=60))
    def test_bytes_of_any_kind(self, engine: str, cls: type, raw: bytes) -> None:
        agree(engine, cls, raw)
        agree(engine, cls, b'{"id":' + raw + b"}")
        agree(engine, cls, b"{" + raw + b"}")
