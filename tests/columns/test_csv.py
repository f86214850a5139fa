"""CSV: values are read back unchanged, no cell is a formula, and personal data is left out by default."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any, get_args

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.csv_injection import DROPPED, FORMULA, expected_cells, hostile, hostile_rows, parts, without_escapes
from tests.columns.fill_fields import MARKS, ROWS, with_persons
from tests.hypothesis_profiles import LAW
from wtisd_model import Event, InvalidValueError, Pledge, Registration, Session, from_json, to_columns, to_csv
from wtisd_model.columns.csv import Delimiter, escape_formula, write_rows
from wtisd_model.columns.table import columns_of
from wtisd_model.json.builtins import from_builtins
from wtisd_model.schema.constraints import CodeList, Enumeration, Items

DELIMITERS: tuple[Any, ...] = get_args(Delimiter)


def read(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True))


class TestWriteRows:
    """RFC 4180: CRLF, quotation marks doubled, the first line a header."""

    @LAW
    @given(st.lists(st.lists(hostile, min_size=2, max_size=2)), st.sampled_from(DELIMITERS))
    def test_texts_are_read_back_unchanged_and_escaped(self, rows: list[list[str]], delimiter: Any) -> None:
        content = b"".join(write_rows(["one", "two"], rows, delimiter=delimiter))
        assert read(content, delimiter) == [["one", "two"], *([escape_formula(each) for each in row] for row in rows)]

    def test_bytes(self) -> None:
        content = b"".join(write_rows(["id", "listeners", "note"], [["i-1", -3, 'say "é", please'], ["i-2", None, ""]]))
        assert content == 'id,listeners,note\r\ni-1,-3,"say ""é"", please"\r\ni-2,,\r\n'.encode()

    def test_a_header_is_escaped_too(self) -> None:
        assert b"".join(write_rows(["=a"], [["b"]])) == b'"\'=a"\r\nb\r\n'

    def test_an_apostrophe_does_not_follow_a_delimiter(self) -> None:
        """Gnumeric would take it for the delimiter in this line, and the rest for a formula."""
        assert b"".join(write_rows(["a", "b"], [['"', "=1"]])) == b'a,b\r\n"""","\'=1"\r\n'

    @pytest.mark.parametrize("rows", [[], [["b"]] * 1_300])
    def test_the_byte_order_mark_comes_once(self, rows: list[list[str]]) -> None:
        content = b"".join(write_rows(["a"], rows, bom=True))
        assert content.decode("utf-8") == "\ufeffa\r\n" + "b\r\n" * len(rows)

    def test_rows_are_iterated_lazily(self) -> None:
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


@pytest.fixture(scope="module", params=[*ROWS], ids=lambda cls: cls.__name__)
def hostile_table(request: pytest.FixtureRequest) -> tuple[type, list[Any], bytes]:
    cls: type = request.param
    rows = hostile_rows(cls)
    return cls, rows, b"".join(to_csv(cls, rows, personal=True))


class TestHostileTexts:
    """Hostile text in every text field of every kind of row is read back as the same text."""

    def test_to_pythons_csv_module(self, hostile_table: tuple[type, list[Any], bytes]) -> None:
        cls, rows, content = hostile_table
        header, *lines = read(content)
        cells = {name: list(column) for name, column in zip(header, zip(*lines, strict=True), strict=True)}
        assert without_escapes(cells) == expected_cells(cls, rows)

    def test_to_arrow(self, hostile_table: tuple[type, list[Any], bytes]) -> None:
        cls, rows, content = hostile_table
        names = [each.name for each in columns_of(cls)]
        table: Any = arrow_csv.read_csv(
            BytesIO(content),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
        assert without_escapes(table.to_pydict()) == expected_cells(cls, rows)

    def test_no_part_of_a_cell_is_a_formula(self, hostile_table: tuple[type, list[Any], bytes]) -> None:
        _, _, content = hostile_table
        cells = [cell for line in read(content) for cell in line]
        # A program may part the file at other places than it is meant to be parted at, and heed no quotation marks.
        cells += [part for delimiter in DELIMITERS for line in read(content, delimiter) for part in line]
        cells += parts(content.decode())
        assert [each for each in cells if each.lstrip(DROPPED)[:1] in FORMULA] == []

    @pytest.mark.parametrize("cls", ROWS)
    def test_columns_that_are_not_escaped_need_no_apostrophe(self, cls: type) -> None:
        constraints = [
            each.constraint.item if isinstance(each.constraint, Items) else each.constraint for each in columns_of(cls)
        ]
        words = {word for constraint in constraints if isinstance(constraint, CodeList) for word in constraint.values}
        words |= {
            each.value
            for constraint in constraints
            if isinstance(constraint, Enumeration)
            for each in constraint.members
        }
        assert words == {escape_formula(each) for each in words}


class TestToCsv:
    """The columns of `to_columns`, in the same order."""

    def test_bytes(self) -> None:
        content = b"".join(to_csv(Registration, [from_json(Registration, ROWS[Registration])]))
        assert content.decode() == (
            "id,event_uid,membership,country,mode,session_ids,listening_languages,listing_consent,privacy_notice,"
            "submitted_at,state,participation_status,waitlisted_at,waits.session_id,waits.since,waits.until,checked_in_at,"
            "purged_at,history.at,history.before,"
            "history.after,replies.at,replies.status,replies.sequence,replies.session_id,"
            "entries.uid,entries.sequence,entries.stamped,entries.start\r\n"
            "r-1,e-1,member-state,TD,on-site,s-1,fr | en,nobody,2023-01,2023-04-14T09:00:00Z,approved,needs-action,,"
            "s-1,2023-04-14T09:00:00Z,2023-04-14T09:00:00Z,,,"
            "2023-04-14T09:00:00Z,pending,approved,2023-04-14T09:00:00Z,accepted,0,s-1,"
            "e-1,1,2023-04-14T09:00:00Z,2023-05-17T12:30:00Z\r\n"
        )

    @pytest.mark.parametrize("cls", ROWS)
    def test_there_is_a_header_without_rows(self, cls: type) -> None:
        assert b"".join(to_csv(cls, [])).decode() == f"{','.join(to_columns(cls, []))}\r\n"

    @pytest.mark.parametrize("cls", ROWS)
    def test_personal_data_is_left_out_by_default(self, cls: type) -> None:
        row: Any = from_builtins(cls, with_persons(cls, ROWS[cls]))
        usual, whole = (b"".join(to_csv(cls, [row], personal=personal)).decode() for personal in (False, True))
        assert not [mark for mark in MARKS if mark in usual]
        assert any(mark in whole for mark in MARKS) is any(spec.personal for spec in columns_of(cls))

    def test_options(self) -> None:
        document = {
            **ROWS[Pledge],
            "title": {"text": "Schools; all", "language": "en", "translations": {"fr": "Écoles"}},
        }
        pledge = from_json(Pledge, document)
        content = b"".join(to_csv(Pledge, [pledge], language="fr", delimiter=";", bom=True))
        assert content.startswith(b"\xef\xbb\xbfid;event_uid;title.text;title.language;")
        assert "p-1;e-1;Écoles;fr;" in content.decode("utf-8-sig")
        assert b'p-1;e-1;"Schools; all";en;' in b"".join(to_csv(Pledge, [pledge], delimiter=";"))

    def test_a_negative_number_is_not_escaped(self) -> None:
        place = {**ROWS[Session]["locations"][0], "latitude": "-0.00000001", "longitude": "-46.5"}
        content = b"".join(to_csv(Session, [from_json(Session, {**ROWS[Session], "locations": [place]})]))
        header, line = read(content)
        assert line[header.index("locations.latitude")] == "-0.00000001"
        assert line[header.index("locations.longitude")] == "-46.5"

    def test_rows_are_iterated_lazily(self) -> None:
        row = from_json(Registration, ROWS[Registration])
        asked: list[int] = []

        def rows() -> Iterator[Registration]:
            for index in range(5_000):
                asked.append(index)
                yield row

        chunks = to_csv(Registration, rows())
        assert not asked
        next(chunks)
        assert len(asked) < 1_500
        assert 1 + 5_000 > sum(each.count(b"\r\n") for each in chunks) > 3_500

    def test_wrong_arguments_raise_at_the_call(self) -> None:
        cls: Any = Event
        delimiter: Any = "|"
        with pytest.raises(TypeError, match="Not a class of rows"):
            to_csv(cls, [])
        with pytest.raises(InvalidValueError, match="language-unknown"):
            to_csv(Pledge, [], language="english")
        with pytest.raises(InvalidValueError, match="value-unknown"):
            to_csv(Pledge, [], delimiter=delimiter)
        with pytest.raises(InvalidValueError, match=r"\[value-unknown\] at /delimiter: .* Use one of: ',' ';' '\\t'\."):
            write_rows(["a"], [], delimiter=delimiter)

    def test_a_row_of_another_class_raises_during_iteration(self) -> None:
        rows: Any = [*[from_json(Registration, ROWS[Registration])] * 600, from_json(Pledge, ROWS[Pledge])]
        chunks = to_csv(Registration, rows)
        next(chunks)
        with pytest.raises(TypeError, match="Row 601 is not a Registration"):
            list(chunks)
