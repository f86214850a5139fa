"""Rows of CSV: what Python's csv module writes, in any encoding and in pieces of any size."""

import csv
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.columns.csv_rows import DELIMITERS, lines_of, recognized, rows_of

CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=5
) | st.sampled_from(['"', ",", ";", "\t", "\n", '""', "'", "a\nb"])


class TestRowsOf:
    """The referee is csv.writer."""

    @LAW
    @given(
        st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4),
        st.sampled_from(DELIMITERS),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
        st.sampled_from(["\n", "\r\n"]),
        st.integers(1, 9),
    )
    def test_they_are_those_that_were_written(
        self, rows: list[list[str]], delimiter: str, encoding: str, end: str, size: int
    ) -> None:
        page = StringIO(newline="")
        csv.writer(page, delimiter=delimiter, lineterminator=end).writerows(rows)
        content = page.getvalue().encode(encoding)
        chunks = (content[at : at + size] for at in range(0, len(content), size))
        stated = encoding if encoding == "utf-16-be" else None
        read = [*rows_of(lines_of(chunks, stated, 10_000), delimiter, 10_000)]
        assert [each.cells for each in read] == rows
        numbers = [1 + at + sum(cell.count("\n") for row in rows[:at] for cell in row) for at in range(len(rows))]
        assert [each.line for each in read] == numbers


class TestRecognized:
    """The delimiter that finds the most known names, then the most cells."""

    @pytest.mark.parametrize(
        ("header", "delimiter"),
        [("a;b", ";"), ("a\tb;c", "\t"), ("a", ","), ("x,y,z;a", ";"), ("x,y;z", ","), ('"x;y;z";a', ";"), ("", ",")],
    )
    def test_it_is_found_in_the_header(self, header: str, delimiter: str) -> None:
        lines: Any = lines_of(iter([f"\n{header}\n1,2,3".encode()]), None, 1_000)
        found, again = recognized(lines, lambda cells: len({"a", "b"} & {*cells}))
        assert found == delimiter
        assert [each.text for each in again][:1] == [header or "1,2,3"]
