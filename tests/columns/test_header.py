"""Which row of a foreign table is the header, and which delimiter it has."""

import pytest

from wtisd_model import Session
from wtisd_model.columns.csv import DELIMITERS
from wtisd_model.columns.csv_rows import head_of, lines_of
from wtisd_model.columns.header import HeaderReader, TargetFields


def found(table: str, *columns: str) -> tuple[str, int]:
    """Return the delimiter and the line of the header, in a table that has some of these columns."""
    targets = TargetFields(Session, None)
    needed = [("title", "text"), ("title", "language"), ("slot", "timeZone")]
    reader = HeaderReader(Session, targets, {each: targets.called(each) for each in columns}, needed)
    head, _ = head_of(lines_of(iter([table.encode()]), None, 100_000))
    return reader.find(head, DELIMITERS, 100_000)


class TestDelimiter:
    """It finds the most titles that are known, then the most cells."""

    @pytest.mark.parametrize(
        ("header", "delimiter"),
        [
            ("start;end", ";"),
            ("start\tend;x", "\t"),
            ("start", ","),
            ("x,y,z;start", ";"),
            ("x,y;z", ","),
            ('"x;y;z";start', ";"),
            ("", ","),
        ],
    )
    def test_it_is_that_of_the_header(self, header: str, delimiter: str) -> None:
        assert found(f"\n{header}\n1,2,3")[0] == delimiter

    def test_a_title_above_the_header_may_have_others(self) -> None:
        assert found("Forum, Geneva, Tuesday, draft\nstart;end\n9:00;10:00\n") == (";", 2)


class TestHeader:
    """The first row with everything that rows need; without such a row, the one with the most known titles."""

    def test_it_has_what_rows_need(self) -> None:
        assert found("start,end\nstart,end\n") == (",", 1)
        assert found("Forum\n,\nstart,x\nstart,end\n1,2\n") == (",", 4)

    def test_it_has_what_the_caller_states(self) -> None:
        assert found("start,end\nstart,end,room\n", "room") == (",", 2)

    def test_it_has_a_title_that_is_known(self) -> None:
        targets = TargetFields(Session, None)
        filled = [("title", "text"), ("title", "language"), ("slot", "start"), ("slot", "end"), ("slot", "timeZone")]
        reader = HeaderReader(Session, targets, {"Where": None}, filled)
        lines = lines_of(iter([b"Forum\nRemarks,Where\n1,2\n"]), None, 1_000)
        assert reader.find(head_of(lines)[0], DELIMITERS, 1_000) == (",", 2)

    def test_it_has_most_of_them_if_none_has_all(self) -> None:
        assert found("Forum,a\nx,start\nroom,start\ny,z,start,room\n") == (",", 3)
        assert found("\n\nForum\n1,2\n") == (",", 3)

    def test_it_has_no_more_columns_than_may_be_read(self) -> None:
        widest = "start," * 16_383 + "start"
        assert (found(f"{widest}\nroom\n"), found(f"{widest},start\nroom\n")) == ((",", 1), (",", 2))
        assert found(f"{widest},,\nroom\n") == (",", 1)  # columns at the end without a title are none

    def test_it_is_above_a_row_that_cannot_be_read(self) -> None:
        assert found('Forum\n"A" B,c\nstart,end\n') == (",", 1)
        assert found('"A" B,c\nstart,end\n')[1] == 0
