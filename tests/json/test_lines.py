"""JSON Lines: what a line is, however it arrives, and what a bad one, an endless one and damaged packing cost."""

import gzip
import io
import itertools
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model import (
    Code,
    Dossier,
    Event,
    InvalidValueError,
    Limits,
    Outcome,
    Registration,
    validate,
    validate_lines,
    wtisd_23,
)
from wtisd_model.json.gunzip import CHUNK
from wtisd_model.json.json_types import LinesSource

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
GOOD = json.dumps(json.loads((EXAMPLES / "registration.json").read_bytes()), ensure_ascii=False).encode()
SUBMITTED = json.dumps(json.loads((EXAMPLES / "registration-submission.json").read_bytes())).encode()
NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
SMALL = Limits(bytes=len(GOOD) + 40)

# What a file may have between its line feeds: good, bad, blank, no text at all, too long, and what is no end of a line.
LINES = st.sampled_from(
    [
        GOOD,
        GOOD + b"\r",
        b" \t" + GOOD,
        GOOD.replace(b'"mode"', b'"mod"'),
        GOOD + b" " * 100,
        b"",
        b"\r",
        b"{",
        b"[1]",
        b"\xff\xfe",
        b"\xef\xbb\xbf" + GOOD,
        b"\x1f\x8b",
        b"\0\0",
        '{"id": "a\u2028b\x85c\x0b\x0c\x1c"}'.encode(),
        b"x" * 2_000,
    ]
)
FILES = st.tuples(st.lists(LINES, max_size=8), st.sampled_from([b"", b"\n"])).map(
    lambda parts: b"\n".join(parts[0]) + parts[1]
)


class Cut:
    """A stream that gives its bytes in pieces of its own choice."""

    def __init__(self, content: bytes, sizes: list[int]) -> None:
        self._rest = content
        self._sizes = itertools.cycle(sizes)

    def read(self, size: int, /) -> bytes:
        size = min(size, next(self._sizes))
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


class Flow:
    """A stream that makes up what it gives."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _size: int, /) -> bytes:
        return next(self._pieces, b"")


def one_by_one(content: bytes, **options: Any) -> list[Outcome[Registration]]:
    """Return the outcome of `validate` for each line: what is before, between and after line feeds."""
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return [evolve(validate(Registration, each, **options), line=at) for at, each in enumerate(lines, 1)]


def of(content: bytes, **options: Any) -> list[Outcome[Registration]]:
    """Return the outcomes of a stream."""
    return list(validate_lines(Registration, io.BytesIO(content), **options))


def codes(outcomes: list[Outcome[Registration]]) -> list[tuple[int | None, list[str]]]:
    """Return the codes of each outcome with its line."""
    return [(each.line, [str(found.code) for found in each.findings]) for each in outcomes]


class TestLines:
    """jsonlines.org: "The most common values will be objects"; one a line, and a line ends with a line feed."""

    @LAW
    @given(FILES, st.lists(st.integers(1, 700), min_size=1, max_size=6))
    def test_however_a_stream_is_cut_each_line_is_as_validate_says(self, content: bytes, sizes: list[int]) -> None:
        # A packed one is another matter, and begins with these bytes.
        if not content.startswith(b"\x1f\x8b"):
            expected = one_by_one(content, limits=SMALL)
            assert list(validate_lines(Registration, Cut(content, sizes), limits=SMALL)) == expected

    def test_only_a_line_feed_ends_a_line(self) -> None:
        for separator in ("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\r"):
            assert len(of(GOOD + separator.encode() + GOOD)) == 1

    def test_a_carriage_return_before_it_is_a_blank_of_json(self) -> None:
        assert [each.ok for each in of(GOOD + b"\r\n" + GOOD + b"\r\n")] == [True, True]

    def test_the_last_line_needs_no_line_feed_and_nothing_is_no_line(self) -> None:
        assert [each.line for each in of(GOOD + b"\n" + GOOD)] == [1, 2]
        assert [each.line for each in of(GOOD + b"\n" + GOOD + b"\n")] == [1, 2]
        assert of(b"") == []

    def test_a_line_without_a_document_is_refused(self) -> None:
        assert codes(of(GOOD + b"\n\n \r\n" + GOOD + b"\n\n")) == [
            (1, []),
            (2, [Code.NOT_JSON]),
            (3, [Code.NOT_JSON]),
            (4, []),
            (5, [Code.NOT_JSON]),
        ]

    def test_a_bad_line_spoils_itself_alone(self) -> None:
        bad = [b"\xff", b'{"a":1,"a":2}', b"[" * 40 + b"]" * 40, b'"', b"}{"]
        content = b"\n".join(each for line in bad for each in (line, GOOD))
        assert [each.ok for each in of(content)] == [False, True] * len(bad)

    def test_a_byte_order_mark_spoils_the_first_line(self) -> None:
        assert codes(of(b"\xef\xbb\xbf" + GOOD + b"\n" + GOOD)) == [(1, [Code.NOT_UTF8]), (2, [])]

    def test_a_line_is_told_before_the_next_one_is_there(self) -> None:
        def pieces() -> Iterator[bytes]:
            yield GOOD + b"\n"
            raise AssertionError

        assert next(validate_lines(Registration, Flow(pieces()))).ok


class TestLongLines:
    """A line longer than ``limits.bytes`` is refused without being held, and reading goes on behind it."""

    @pytest.mark.parametrize("extra", [0, 1, 5_000])
    @pytest.mark.parametrize("end", [b"", b"\n", b"\n" + GOOD])
    @pytest.mark.parametrize("size", [1, 1_000, CHUNK])
    def test_the_bound_is_exact(self, extra: int, end: bytes, size: int) -> None:
        limits = Limits(bytes=len(GOOD) + 10)
        line = GOOD + b" " * (10 + extra)
        outcomes = list(validate_lines(Registration, Cut(line + end, [size]), limits=limits))
        assert codes(outcomes[:1]) == [(1, [Code.PAYLOAD_TOO_LARGE] if extra else [])]
        assert codes(outcomes[1:]) == ([(2, [])] if end[1:] else [])

    def test_an_endless_line_is_told_while_it_goes_on(self) -> None:
        outcomes = validate_lines(Registration, Flow(itertools.repeat(b"x" * CHUNK)))
        first = next(outcomes)
        assert (first.line, [each.code for each in first.findings]) == (1, [Code.PAYLOAD_TOO_LARGE])

    def test_memory_does_not_grow_with_a_line(self) -> None:
        def pieces() -> Iterator[bytes]:
            yield from itertools.repeat(bytes(CHUNK), 1_000)
            yield b"\n" + GOOD + b"\n"

        assert most_memory(Flow(pieces())) < 6_000_000

    @pytest.mark.slow
    def test_memory_does_not_grow_with_the_number_of_lines(self) -> None:
        def pieces(count: int) -> Iterator[bytes]:
            return itertools.repeat((GOOD + b"\n") * 100, count)

        assert most_memory(Flow(pieces(20))) < 2_000_000
        few, many = (most_memory(Flow(pieces(count))) for count in (2, 20))
        assert many < few + 200_000

    def test_memory_does_not_grow_with_a_file_of_line_feeds(self) -> None:
        outcomes = validate_lines(Registration, Flow(itertools.repeat(b"\n" * CHUNK)))
        tracemalloc.start()
        try:
            for _ in itertools.islice(outcomes, 1_000):
                pass
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 6_000_000


def most_memory(source: LinesSource) -> int:
    """Measure what checking a source takes at most."""
    for _ in validate_lines(Registration, io.BytesIO(GOOD + b"\n{")):
        pass  # what is loaded and compiled once is no matter of the source
    tracemalloc.start()
    try:
        for _ in validate_lines(Registration, source):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class TestGzip:
    """RFC 1952 section 2.2: "A gzip file consists of a series of "members"", and one that is damaged says where."""

    @given(FILES, st.lists(st.integers(0, 5_000), max_size=3), st.lists(st.integers(1, 700), min_size=1, max_size=6))
    def test_packed_is_as_plain(self, content: bytes, cuts: list[int], sizes: list[int]) -> None:
        ends = [0, *sorted(min(each, len(content)) for each in cuts), len(content)]
        members = [gzip.compress(content[begin:end]) for begin, end in itertools.pairwise(ends)]
        source = Cut(b"".join(members), sizes)
        assert list(validate_lines(Registration, source, limits=SMALL)) == one_by_one(content, limits=SMALL)

    @LAW
    @given(st.data())
    def test_what_is_read_before_the_damage_does_not_depend_on_how_it_came(self, data: st.DataObject) -> None:
        plain = "".join(f'{{"id": "r-{each}", "n": {each * 7919 % 1000}}}\n' for each in range(400)).encode()
        packed = bytearray(gzip.compress(plain))
        at = data.draw(st.integers(2, len(packed) - 1))
        packed[at] ^= 1 << data.draw(st.integers(0, 7))
        content = bytes(packed[: data.draw(st.integers(2, len(packed)))])
        sizes = data.draw(st.lists(st.integers(1, 700), min_size=1, max_size=6))
        ways = of(content), list(validate_lines(Registration, Cut(content, sizes)))
        assert all(one == other for one, other in zip(ways[0][:-1], ways[1][:-1], strict=False))
        assert all([each.line for each in way] == list(range(1, len(way) + 1)) for way in ways)

    @pytest.mark.parametrize("kept", [2, 9, 10, 11, 300, -9, -8, -1])
    def test_what_is_cut_off_is_told_at_its_line(self, kept: int) -> None:
        """Everything before it is told as well."""
        plain = b"\n".join(GOOD.replace(b'"r-1"', b'"r-%d"' % each) for each in range(60)) + b"\n"
        packed = gzip.compress(plain)[:kept]
        unpacked = zlib.decompressobj(31).decompress(packed)
        lines = unpacked.count(b"\n")
        outcomes = codes(of(packed))
        assert outcomes[-1] == (lines + 1, [Code.GZIP_DAMAGED])
        assert outcomes[:-1] == codes(one_by_one(unpacked))[:lines]

    def test_what_is_damaged_is_told_at_its_line(self) -> None:
        """Within one member damage may be noticed late: almost any bits unpack to something."""
        member = gzip.compress((GOOD + b"\n") * 700)
        outcomes = codes(of(member * 3 + b"\x1f\x8b\xff" + member[3:]))
        assert outcomes == [*((line, []) for line in range(1, 2_101)), (2_101, [Code.GZIP_DAMAGED])]

    def test_little_before_the_damage_is_lost(self) -> None:
        # What cannot be packed is stored, in blocks of 65,535 bytes at most that begin with their length and its
        # complement (RFC 1951 section 3.2.4): a changed length is noticed at once.
        lines = b"".join(b'{"id": "%d"}\n' % each for each in range(30_000))
        packed = bytearray(gzip.compress(lines, compresslevel=0))
        at = packed.index(lines[150_000:150_100])
        second = next(each for each in range(at, 0, -1) if packed[each + 1 : each + 5] == b"\xff\xff\0\0")
        whole = packed[:second].count(b"\n")
        packed[second + 3] ^= 1
        assert whole > 1_000
        outcomes = codes(of(bytes(packed)))
        assert outcomes[-1] == (len(outcomes), [Code.GZIP_DAMAGED])
        assert whole // 2 < len(outcomes) <= whole + 1

    def test_a_checksum_that_is_wrong_costs_only_the_end(self) -> None:
        packed = bytearray(gzip.compress((GOOD + b"\n") * 2_000))
        packed[-8] ^= 1
        outcomes = codes(of(bytes(packed)))
        assert outcomes == [*((line, []) for line in range(1, 2_001)), (2_001, [Code.GZIP_DAMAGED])]

    def test_padding_is_no_damage_and_anything_else_is(self) -> None:
        packed = gzip.compress(GOOD)
        assert codes(of(packed + bytes(600) + packed + bytes(40_000))) == [(1, [Code.NOT_JSON])]
        assert codes(of(gzip.compress(GOOD + b"\n") + bytes(40_000))) == [(1, [])]
        assert codes(of(gzip.compress(GOOD + b"\n") + b"x")) == [(1, []), (2, [Code.GZIP_DAMAGED])]
        assert codes(of(b"\x1f\x8b" + GOOD)) == [(1, [Code.GZIP_DAMAGED])]

    def test_a_name_that_says_gzip_is_held_to_it(self, tmp_path: Path) -> None:
        for name, content, found in (
            ("a.jsonl.gz", gzip.compress(GOOD), [(1, [])]),
            ("a.JSONL.GZ", gzip.compress(GOOD), [(1, [])]),
            ("a.jsonl", gzip.compress(GOOD), [(1, [])]),
            ("a.gz", gzip.compress(b""), []),
            ("b.gz", GOOD + b"\n" + GOOD, [(1, [Code.GZIP_DAMAGED])]),
            ("c.gz", b"", [(1, [Code.GZIP_DAMAGED])]),
            ("d.gz", b"\0", [(1, [Code.GZIP_DAMAGED])]),
            ("e.jsonl", b"\x1f", [(1, [Code.NOT_JSON])]),
        ):
            path = tmp_path / name
            path.write_bytes(content)
            assert codes(list(validate_lines(Registration, path))) == found

    def test_damage_in_a_line_that_is_too_long_is_told_at_the_next(self) -> None:
        packed = gzip.compress(b"x" * 3_000_000)[:-8]
        assert codes(of(packed)) == [(1, [Code.PAYLOAD_TOO_LARGE]), (2, [Code.GZIP_DAMAGED])]

    def test_a_bomb_costs_no_memory(self) -> None:
        member = gzip.compress(bytes(50_000_000))
        assert most_memory(io.BytesIO(member * 4)) < 6_000_000

    def test_many_empty_members_cost_no_memory(self) -> None:
        assert most_memory(io.BytesIO(gzip.compress(b"") * 5_000)) < 3_000_000


class TestSource:
    """Content, a path, which is opened and closed, or a binary stream, which stays open."""

    def test_content_is_a_text_or_bytes_and_a_file_a_path(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(GOOD + b"\n{}\n")
        for source in (path, path.read_bytes(), path.read_text("utf-8"), io.BytesIO(path.read_bytes())):
            assert [each.ok for each in validate_lines(Registration, source)] == [True, False]

    def test_the_name_of_a_file_is_content_whose_refusal_says_what_to_do(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(GOOD)
        (outcome,) = validate_lines(Registration, str(path))
        assert codes([outcome]) == [(1, [Code.NOT_JSON])]
        assert outcome.findings[0].fix.startswith('Did you mean "Path(...)"?')
        for content in ("{}", "people.jsonl\n"):
            (outcome,) = validate_lines(Registration, content)
            assert not any("suggestion" in found.params for found in outcome.findings)

    def test_half_a_character_is_reported_at_its_line(self) -> None:
        first, second = validate_lines(Registration, GOOD.decode() + "\n\ud800")
        assert first.ok
        assert [(found.code, second.line) for found in second.findings] == [("not-utf8", 2)]

    @pytest.mark.parametrize(
        "source",
        [None, 1, bytearray(), [GOOD], io.StringIO("{}"), object(), iter([GOOD])],
        ids=lambda source: type(source).__name__,
    )
    def test_what_is_no_source_is_a_mistake_of_the_call(self, source: object) -> None:
        with pytest.raises(TypeError, match="source must be"):
            validate_lines(Registration, cast("BinaryIO", source))

    @pytest.mark.parametrize("given", ["{}", None, bytearray(b"{}")])
    def test_a_stream_that_gives_no_bytes_is_none(self, given: object) -> None:
        class Other:
            def read(self, _size: int, /) -> bytes:
                return cast("bytes", given)

        with pytest.raises(TypeError, match="gives no bytes"):
            next(validate_lines(Registration, Other()))

    def test_a_file_that_is_not_there_is_said_at_the_call(self, tmp_path: Path) -> None:
        for path, error in ((tmp_path / "missing.jsonl", FileNotFoundError), (tmp_path, IsADirectoryError)):
            with pytest.raises(error):
                validate_lines(Registration, path)

    def test_what_reading_raises_passes_through(self) -> None:
        def pieces() -> Iterator[bytes]:
            yield GOOD + b"\n"
            raise OSError(5, "gone")

        outcomes = validate_lines(Registration, Flow(pieces()))
        assert next(outcomes).ok
        with pytest.raises(OSError, match="gone"):
            next(outcomes)

    @pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no list of open files")
    def test_what_it_opens_it_closes(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress((GOOD + b"\n") * 3))

        def is_open() -> bool:
            links = Path("/proc/self/fd").iterdir()
            return any(link.exists() and link.resolve() == path for link in links)

        ways: list[Callable[[], object]] = [
            lambda: list(validate_lines(Registration, path)),
            lambda: validate_lines(Registration, path),
            lambda: validate_lines(Registration, path).close(),
            lambda: next(validate_lines(Registration, path)),
        ]
        for way in ways:
            way()
            assert not is_open()
        with closing(validate_lines(Registration, path)) as outcomes:
            next(outcomes)
            assert is_open()
        assert not is_open()
        outcomes = validate_lines(Registration, path)
        outcomes.close()  # before anything was asked of it
        assert not is_open()

    def test_a_stream_stays_open(self) -> None:
        stream = io.BytesIO(GOOD)
        assert len(list(validate_lines(Registration, stream))) == 1
        assert not stream.closed


class TestArguments:
    """They are those of `validate`, and a mistake in them is told at the call."""

    def test_a_mistake_is_told_at_the_call(self) -> None:
        dossier = Dossier(event=wtisd_23())
        with pytest.raises(TypeError, match="Not a document"):
            validate_lines(int, io.BytesIO())
        with pytest.raises(TypeError, match="now is required"):
            validate_lines(Registration, io.BytesIO(), submission=True)
        with pytest.raises(TypeError, match="now is required"):
            validate_lines(Registration, io.BytesIO(), dossier=dossier)
        with pytest.raises(TypeError, match="not checked"):
            validate_lines(Event, io.BytesIO(), dossier=dossier, now=NOW)
        with pytest.raises(InvalidValueError):
            validate_lines(Registration, io.BytesIO(), now=NOW.replace(tzinfo=None))

    def test_a_submission_is_judged_as_one(self) -> None:
        options = {"submission": True, "now": NOW}
        lines = SUBMITTED + b"\n" + GOOD
        assert of(lines, ids=["r-1", "r-1"], **options) == one_by_one(lines, id="r-1", **options)

    def test_each_line_is_judged_beside_the_dossier_and_not_beside_the_others(self) -> None:
        registered = validate(Registration, GOOD).value
        assert registered is not None
        event = wtisd_23()
        line = GOOD.replace(registered.event_uid.encode(), event.uid.encode())
        empty = Dossier(event=event)
        full = evolve(empty, registrations=(evolve(registered, event_uid=event.uid),))
        twice = line + b"\n" + line
        for dossier in (empty, full):
            assert of(twice, dossier=dossier, now=NOW) == one_by_one(twice, dossier=dossier, now=NOW)
        assert not {Code.ID_REPEATED, Code.REGISTRATION_REPEATED} & {
            found.code for each in of(twice, dossier=empty, now=NOW) for found in each.findings
        }
        assert Code.ID_REPEATED in {found.code for each in of(line, dossier=full, now=NOW) for found in each.findings}
