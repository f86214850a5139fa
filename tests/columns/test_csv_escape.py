"""CSV cells: each type of value as text, and no text that a spreadsheet evaluates."""

import re
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.csv_injection import DROPPED, FORMULA, LINE_ENDS, hostile, parts
from tests.hypothesis_profiles import LAW
from wtisd_model import Need
from wtisd_model.columns.csv import (
    JOINT,
    cell,
    column_texts,
    escape_formula,
    escape_texts,
    split_items,
    unescape_formula,
)
from wtisd_model.schema.constraints import Constraint, Integer, Items, Text, Timestamp


class TestHarmless:
    """CWE-1236; OWASP: "= + - @ tab, carriage return, line feed, and full-width variants"; separators begin a cell."""

    @LAW
    @given(hostile)
    def test_no_part_of_a_cell_begins_like_a_formula(self, text: str) -> None:
        first, *others = parts(escape_formula(text))
        assert first.lstrip(DROPPED)[:1] not in FORMULA
        # What follows a separator may lose its quotation marks too.
        assert not [each for each in others if each.lstrip(f'{DROPPED}"')[:1] in FORMULA]

    @LAW
    @given(hostile)
    def test_no_cell_begins_with_a_line_end(self, text: str) -> None:
        written = escape_formula(text)
        assert not written or written.lstrip(DROPPED)[:1] not in set(LINE_ENDS)

    @LAW
    @given(hostile)
    def test_escaping_can_be_undone_as_documented(self, text: str) -> None:
        assert re.sub(r"(^|[,;\t\r\n])'", r"\1", escape_formula(text)) == text

    @LAW
    @given(st.text())
    def test_other_texts_are_unchanged(self, text: str) -> None:
        plain = "".join(each for each in text if each not in FORMULA and each not in f"'{LINE_ENDS}")
        assert escape_formula(plain) == plain

    @pytest.mark.parametrize("first", sorted(FORMULA))
    def test_every_character_that_may_begin_a_formula(self, first: str) -> None:
        assert escape_formula(f"{first}1") == f"'{first}1"
        assert escape_formula(f" \u3000{first}1") == f"' \u3000{first}1"
        assert escape_formula(f"a;{first}1") == f"a;'{first}1"

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("", ""),
            ("Genève", "Genève"),
            ("p-1@example.org", "p-1@example.org"),
            ("1 + 1 = 2", "1 + 1 = 2"),
            ("+41227305111", "'+41227305111"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\nx", "'\nx"),
            ("one\n\ntwo", "one\n\ntwo"),
            ("one\n- two", "one\n'- two"),
            ("x;=cmd|'/C calc'!A0;y", "x;'=cmd|'/C calc'!A0;y"),
            ('x;"=1+1;y', "x;'\"=1+1;y"),
            ('x;"" =1+1;y', 'x;\'"" =1+1;y'),
            ('x; " "\u3000=1+1;y', 'x;\' " "\u3000=1+1;y'),
            ("'s-Hertogenbosch", "''s-Hertogenbosch"),
            ("'=1", "''=1"),
        ],
    )
    def test_examples(self, text: str, written: str) -> None:
        assert escape_formula(text) == written

    @LAW
    @given(st.lists(hostile | st.none()))
    def test_many_texts_are_escaped_like_each(self, texts: list[str | None]) -> None:
        assert escape_texts(texts) == ["" if each is None else escape_formula(each) for each in texts]

    @pytest.mark.parametrize("unit", [" ", "\n", ";", "; ", ';"', ' "', ";'", ";\u200b", "\t=", "'", "-"])
    def test_the_time_is_linear(self, unit: str) -> None:
        text = f"a{unit * 200_000}a"
        begin = time.process_time()
        escape_formula(text)
        escape_texts([text])
        assert time.process_time() - begin < 2  # a hundred times what it takes; what is quadratic takes minutes


class TestCell:
    """The text of each type of value."""

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (None, ""),
            (True, "true"),
            (False, "false"),
            (0, "0"),
            (-12, "-12"),
            (Decimal("-0.00000001"), "-0.00000001"),
            (Decimal("5.00"), "5.00"),
            (date(2023, 4, 20), "2023-04-20"),
            (datetime(2023, 4, 13, 8, 15, tzinfo=UTC), "2023-04-13T08:15:00Z"),
            (datetime(2023, 4, 13, 8, 15, 0, 120, tzinfo=UTC), "2023-04-13T08:15:00.000120Z"),
            (Need.VISA_LETTER, "visa-letter"),
            ([], ""),
            (("fr", "ar"), "fr | ar"),
            ([Decimal(60), None, Decimal("0.5")], "60 |  | 0.5"),
            (["=1", "a|b", "c\\"], "'=1 | a\\|b | c\\\\"),
        ],
    )
    def test_examples(self, value: object, written: str) -> None:
        assert cell(value) == written

    @given(st.lists(hostile, min_size=1))
    def test_joined_texts_can_be_split_again(self, texts: list[str]) -> None:
        joined = re.sub(r"(^|[,;\t\r\n])'", r"\1", cell(texts))
        assert [re.sub(r"\\(.)", r"\1", each) for each in joined.split(JOINT)] == texts

    @pytest.mark.parametrize("value", [1.5, b"x", {"a": 1}, {1}, object()])
    def test_other_types_are_refused(self, value: object) -> None:
        with pytest.raises(TypeError, match=rf"^A cell cannot hold a {type(value).__name__}\.$"):
            cell(value)

    @pytest.mark.parametrize(
        "moment",
        [
            datetime(2023, 4, 13, 8, 15),
            datetime.fromisoformat("2023-04-13T08:15:00+02:00"),
        ],
    )
    def test_a_moment_is_in_utc(self, moment: datetime) -> None:
        with pytest.raises(TypeError, match="not in UTC"):
            cell(moment)


class TestColumnTexts:
    """A column is written as its values are, but faster."""

    @pytest.mark.parametrize(
        ("item", "items"),
        [
            (Timestamp(), st.datetimes(timezones=st.just(UTC))),
            (Integer(0, 9), st.integers(0, 9)),
            (Text(9), hostile),
        ],
    )
    @given(data=st.data())
    def test_collections(self, item: Constraint, items: st.SearchStrategy[object], data: st.DataObject) -> None:
        values = data.draw(st.lists(st.none() | st.lists(st.none() | items, max_size=3).map(tuple)))
        assert list(column_texts(Items(item, tuple), values)) == list(map(cell, values))

    def test_a_moment_in_a_collection_is_in_utc(self) -> None:
        with pytest.raises(TypeError, match="not in UTC"):
            column_texts(Items(Timestamp(), tuple), [(datetime.fromisoformat("2023-04-13T08:15:00+02:00"),)])


class TestUnescapeFormula:
    """Only what was escaped is changed back."""

    @LAW
    @given(hostile)
    def test_it_undoes_the_escape(self, text: str) -> None:
        assert unescape_formula(escape_formula(text)) == text

    @LAW
    @given(hostile)
    def test_what_no_escape_writes_is_unchanged(self, cell: str) -> None:
        found = unescape_formula(cell)
        assert found == cell or escape_formula(found) == cell


class TestSplitItems:
    """Items are joined by bars."""

    @LAW
    @given(st.lists(st.text(alphabet="a|\\'= ;", min_size=1, max_size=4).map(str.strip).filter(bool), min_size=1))
    def test_it_undoes_the_joining(self, items: list[str]) -> None:
        assert [each.strip() for each in split_items(unescape_formula(cell(tuple(items))))] == items

    @pytest.mark.parametrize(
        ("text", "items"), [("a|b", ["a", "b"]), ("|", ["", ""]), ("a\\", ["a\\"]), ("C:\\new|x", ["C:\\new", "x"])]
    )
    def test_other_programs_join_too(self, text: str, items: list[str]) -> None:
        assert split_items(text) == items
