"""Rows of CSV: what Python's csv module writes, in any encoding and in pieces of any size."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from wtisd_model.columns.csv import DELIMITERS
from wtisd_model.columns.csv_rows import head_of, lines_of, rows_of

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


class TestHeadOf:
    """The header is looked for in the first rows, each of them whole."""

    def heads(self, table: str) -> list[str]:
        head, again = head_of(lines_of(iter([table.encode()]), None, 1_000_000))
        assert [each.text for each in again] == table.lstrip("\n").split("\n")
        return [each.text for each in head]

    def test_there_are_twenty_of_them(self) -> None:
        assert self.heads("\n\na\n\nb\nc") == ["a", "", "b", "c"]
        assert self.heads("\n".join("abcdefghijklmnopqrstuvwxyz")) == [*"abcdefghijklmnopqrst"]

    def test_a_row_that_continues_after_them_is_left_out(self) -> None:
        assert self.heads('a\n"b\nc"\nd') == ["a", '"b', 'c"', "d"]
        assert self.heads('a\n"b\nc') == ["a"]

    def test_they_are_short_except_the_first(self) -> None:
        long = "x" * 60_000
        assert self.heads("\n".join([long] * 5)) == [long, long]
        assert self.heads(f"{long}{long}\na") == [long + long]

    def test_they_end_before_a_line_that_cannot_be_read(self) -> None:
        lines = lines_of(iter([b"a\nb\xff\nc"]), None, 1_000)
        assert [each.text for each in head_of(lines)[0]] == ["a"]
