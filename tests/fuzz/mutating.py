"""Changes of JSON documents that stay JSON, nearly always: what is changed by the byte seldom gets past a parser."""

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from wtisd_model.json.json_schema import reached_classes
from wtisd_model.model.documents import DOCUMENTS
from wtisd_model.schema.constraints import Enumeration
from wtisd_model.schema.fields import fields_of

Mutate = Callable[[bytes, int], bytes]
Way = tuple[Any, Any]
"""A container and the key or index of something in it."""

KEYS = sorted(
    {spec.key for cls in reached_classes(DOCUMENTS) for spec in fields_of(cls)} | {"@type", "schemaVersion", "$schema"}
)
WORDS = sorted(
    {
        member.value
        for cls in reached_classes(DOCUMENTS)
        for spec in fields_of(cls)
        if isinstance(spec.constraint, Enumeration)
        for member in spec.constraint.members
    }
)
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 1.0, 1.5, 2**31, 2**53 + 1, -(2**63), 10**40, 1e308, [], {}, [[]], "", " ", "0"),
    *(
        "x\n",
        "\u202ex",
        "\u200d",
        "\ud800",
        "\x00",
        '"',
        "\\",
        "'",
        "é",
        "e\u0301",
        "國",
        "😀",
        "١",
        "１",
        "x" * 501,
        "x" * 65,
    ),
    *("2023-02-30", "2199-12-31", "1970-01-01", "1969-12-31", "2023-04-13T08:15:00Z", "2023-04-13t08:15:00.5+05:45"),
    *(
        "2199-12-31T23:59:59-00:01",
        "2023-04-13T24:00:00Z",
        "2026-10-25T02:30:00",
        "2026-03-29T02:30:00",
        "first",
        "second",
    ),
    *(
        "Europe/Zurich",
        "UTC",
        "America/St_Johns",
        "CEST",
        "fr-ch",
        "zh-Hans",
        "ase",
        "i-klingon",
        "CH",
        "ch",
        "USD",
        "JPY",
    ),
    *(
        "1.50",
        "-0.0",
        "100",
        "33.3333",
        "90.00000001",
        "1e5",
        "a@example.org",
        "https://example.org/a",
        "tel:+41227305111",
    ),
)
INSIDE = "\0\t\n\r\x1c\x1f \"'+,-./0129:;TZ\\_etz\x7f\x85\xa0\u0661\u200b\u2028\u3000\ud800\uff11"
"""Characters that take the place of one inside a moment, a number or an address: some are next to the digits."""
# A string, a number or a word, a mark, blanks: all of JSON's tokens, and everything else.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[-+.0-9A-Za-z]+|[\[\]{}:,]|[ \t\r\n]+|.', re.DOTALL)


def dictionary() -> str:
    """Write what libFuzzer may put in: keys, words, and what the reader looks out for."""
    odd = [each for each in NASTY if isinstance(each, str) and each.isascii() and each.isprintable()]
    marks = ['\\"', "\\u0022", "\\u0065", "\\ud800", "1e400", "NaN", "[[[[", "}}}}", "{},", '"a":1,"a":1']
    entries = [f'"{each}"' for each in (*KEYS, *WORDS)] + odd + marks
    return "".join(f'"{_quoted(each)}"\n' for each in entries if each)


def _quoted(text: str) -> str:
    return "".join(char if char.isalnum() else f"\\x{ord(char):02x}" for char in text)


def mutated(data: bytes, most: int, seed: int, raw: Mutate, head: int) -> bytes:
    """Change a document that comes after *head* bytes, which are changed by the byte; *raw* changes anything."""
    choose = random.Random(seed)
    kind = choose.random()
    start, body = data[:head].ljust(head, b"\0"), data[head:]
    if kind < 0.1:
        start = bytes(choose.randrange(16) for _ in start)
    if kind < 0.2:
        return raw(data, most)
    changed = by_token(body, choose) if kind < 0.45 else by_value(body, choose)
    return (start + changed)[:most]


def mutated_bytes(data: bytes, most: int, seed: int, raw: Mutate, head: int) -> bytes:
    """Insert, delete, exchange and double slices of a document that comes after *head* bytes, or leave it to *raw*."""
    choose = random.Random(seed)
    start, body = data[:head].ljust(head, b"\0"), data[head:]
    if choose.random() < 0.2:
        return raw(data, most)
    if choose.random() < 0.2:
        return (start + by_token(body, choose))[:most]
    for _ in range(choose.choice([1, 1, 1, 2, 4])):
        at, other = choose.randint(0, len(body)), choose.randint(0, len(body))
        end = at + choose.choice([0, 1, 1, 2, 5, 40])
        match choose.randrange(5):
            case 0:
                body = body[:at] + choose.choice(PIECES) + body[end:]
            case 1:
                body = body[:at] + bytes([choose.randrange(256)]) + body[end:]
            case 2:
                body = body[:end] + body[at:end] + body[end:]
            case 3:
                body = body[:other] + body[at:end] + body[other:]
            case _:
                body = body[:at] + body[end:]
    return (start + body)[:most]


PIECES = (
    *(
        b"",
        b" ",
        b"\t",
        b"\n",
        b"\0",
        b"\x0b",
        b"\x1f",
        b"\x7f",
        b"\x80",
        b"\xff",
        b'"',
        b"\\",
        b'\\"',
        b"\\\\",
        b"\\/",
        b",",
    ),
    *(
        b":",
        b"{",
        b"}",
        b"[",
        b"]",
        b"{}",
        b"[]",
        b'""',
        b"null",
        b"true",
        b"false",
        b"0",
        b"-0",
        b"1.0",
        b"1e0",
        b"01",
        b"-",
    ),
    *(
        b"\\u0000",
        b"\\u0022",
        b"\\u005c",
        b"\\ud83d\\ude00",
        b"\\ud83d",
        b"\\ude00",
        b"\\u00",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
    ),
    *(
        b'"id":"a",',
        b'"id":null,',
        b'"\\u0069d":"a",',
        b'"zzz":1,',
        b'"zzz":{"a":1,"a":1},',
        b'"@type":null,',
        b"9" * 16,
    ),
)
"""What means something to a parser of JSON, or nearly does."""


def mutated_lines(data: bytes, most: int, seed: int, raw: Mutate) -> bytes:
    """Change one line of many, or their order and number."""
    choose = random.Random(seed)
    lines = data.split(b"\n")
    at = choose.randrange(len(lines))
    match choose.randrange(6):
        case 0:
            return raw(data, most)
        case 1:
            lines.insert(at, choose.choice([b"", b"\r", b"{}", b"\xff", lines[at], b"\xe2\x80\xa8"]))
        case 2:
            del lines[at]
        case _:
            lines[at] = mutated(lines[at], most, seed, raw, 0)
    return b"\n".join(lines)[:most]


def by_token(body: bytes, choose: random.Random) -> bytes:
    """Take tokens out, double them, exchange them, or write one otherwise."""
    tokens = _TOKEN.findall(body) or [b"{}"]
    for _ in range(choose.randint(1, 3)):
        at = choose.randrange(len(tokens))
        end = min(len(tokens), at + choose.choice([1, 1, 2, 4, 8]))
        match choose.randrange(7):
            case 0:
                del tokens[at:end]
            case 1:
                tokens[at:at] = tokens[at:end]
            case 2:
                other = choose.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 3:
                tokens[at] = json.dumps(choose.choice(NASTY), ensure_ascii=choose.random() < 0.5).encode(
                    "utf-8", "surrogatepass"
                )
            case 4:
                tokens[at] = _escaped(tokens[at], choose)
            case 5:
                tokens.insert(
                    at, choose.choice([b" ", b"\n", b",", b'"id":"a",', b'"\\u0069d":1,', b"\x00", b"\xed\xa0\x80"])
                )
            case _:
                tokens[at:end] = tokens[at:end] * choose.choice([2, 3, 100, 1000])
        tokens = tokens or [b"{}"]
    return b"".join(tokens)


def _escaped(token: bytes, choose: random.Random) -> bytes:
    """Write one character of a string by its number; it stays the same string."""
    if not token.startswith(b'"') or len(token) < 3:
        return token
    text = list(json.loads(token, strict=False)) if _is_string(token) else []
    if not text:
        return token
    at = choose.randrange(len(text))
    quoted = [json.dumps(each, ensure_ascii=False)[1:-1] for each in text]
    quoted[at] = "".join(f"\\u{unit:04x}" for unit in _units(text[at]))
    return f'"{"".join(quoted)}"'.encode("utf-8", "surrogatepass")


def _is_string(token: bytes) -> bool:
    try:
        return isinstance(json.loads(token, strict=False), str)
    except ValueError:
        return False


def _units(char: str) -> Iterator[int]:
    raw = char.encode("utf-16-be", "surrogatepass")
    return (int.from_bytes(raw[each : each + 2]) for each in range(0, len(raw), 2))


def by_value(body: bytes, choose: random.Random) -> bytes:
    """Change values and keys of a document."""
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        return by_token(body, choose)
    holder = [whole]
    for _ in range(choose.choice([1, 1, 1, 2, 4])):
        ways = list(_ways(holder))
        _change(*choose.choice(ways), choose.choice(ways), choose)
    indent = choose.choice([None, None, None, 1])
    return json.dumps(holder[0] if holder else {}, ensure_ascii=choose.random() < 0.3, indent=indent).encode(
        "utf-8", "surrogatepass"
    )


def _ways(container: Any) -> Iterator[Way]:
    for key in list(container) if isinstance(container, dict) else range(len(container)):
        yield container, key
        if isinstance(container[key], dict | list):
            yield from _ways(container[key])


def _change(container: Any, key: Any, other: Way, choose: random.Random) -> None:
    if isinstance(container, dict) and key not in container:
        return
    value = container[key] if isinstance(container, dict) or key < len(container) else None
    match choose.randrange(10):
        case 0:
            container[key] = choose.choice(NASTY)
        case 1 if isinstance(container, dict) or len(container) > 1:
            del container[key]
        case 2:
            # A copy, since a document that held itself would never end.
            container[key] = json.loads(json.dumps(_at(other)))
        case 3 if isinstance(container, dict):
            container[choose.choice(KEYS)] = container.pop(key)
        case 4 if isinstance(value, dict):
            value[choose.choice(KEYS)] = choose.choice([*NASTY, *WORDS])
        case 5 if isinstance(value, str):
            at = choose.randint(0, len(value))
            put = choose.choice([each for each in NASTY if isinstance(each, str)])
            container[key] = value[:at] + put + value[at + choose.choice([0, 0, 1, 3]) :]
        case 6 if isinstance(value, str):
            at = choose.randint(0, len(value))
            container[key] = value[:at] + choose.choice(INSIDE) + value[at + choose.choice([0, 1, 1]) :]
        case 7 if isinstance(value, list) and value:
            value.extend([choose.choice(value)] * choose.choice([1, 1, 2, 100, 300]))
        case 8 if isinstance(value, dict):
            turned = list(value.items())
            choose.shuffle(turned)
            value.clear()
            value.update(turned)
        case _:
            container[key] = choose.choice(WORDS)


def _at(way: Way) -> Any:
    container, key = way
    return container[key] if key in (container if isinstance(container, dict) else range(len(container))) else None
