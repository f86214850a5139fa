"""CSV: what Python's csv reads back is what was written."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.test_cells import hostile
from tests.laws import LAW
from wtisd_model.export.cells import harmless
from wtisd_model.export.csv import Delimiter, write_rows

DELIMITERS: tuple[Any, ...] = get_args(Delimiter)


def read(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True))


class TestWriteRows:
    """RFC 4180: CRLF, quotation marks doubled, the first line a header."""

    @LAW
    @given(st.lists(st.lists(hostile, min_size=2, max_size=2)), st.sampled_from(DELIMITERS))
    def test_texts_come_back_harmless_and_whole(self, rows: list[list[str]], delimiter: Any) -> None:
        content = b"".join(write_rows(["one", "two"], rows, delimiter=delimiter))
        assert read(content, delimiter) == [["one", "two"], *([harmless(each) for each in row] for row in rows)]

    def test_bytes(self) -> None:
        content = b"".join(write_rows(["id", "listeners", "note"], [["i-1", -3, 'say "é", please'], ["i-2", None, ""]]))
        assert content == 'id,listeners,note\r\ni-1,-3,"say ""é"", please"\r\ni-2,,\r\n'.encode()

    def test_a_header_may_be_hostile_too(self) -> None:
        assert b"".join(write_rows(["=a"], [["b"]])) == b"'=a\r\nb\r\n"

    @pytest.mark.parametrize("rows", [[], [["b"]] * 1_300])
    def test_the_byte_order_mark_comes_once(self, rows: list[list[str]]) -> None:
        content = b"".join(write_rows(["a"], rows, bom=True))
        assert content.decode("utf-8") == "\ufeffa\r\n" + "b\r\n" * len(rows)

    def test_rows_are_asked_for_as_they_are_written(self) -> None:
        asked: list[int] = []

        def rows() -> Iterator[list[object]]:
            for index in range(5_000):
                asked.append(index)
                yield [index]

        chunks = write_rows(["a"], rows())
        assert not asked
        next(chunks)
        assert len(asked) < 1_000
        assert sum(each.count(b"\r\n") for each in chunks) + len(asked) > 5_000
