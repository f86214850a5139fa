"""Columns: the values of JSON, without personal data by default, ready for Arrow."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.fill_fields import MARKS, ROWS, document_of, row_of, with_persons
from tests.hypothesis_profiles import LAW
from tests.json.mutations import of_each_kind
from wtisd_model import (
    Assignment,
    Booth,
    Dossier,
    Event,
    InterpretationRequest,
    Interpreter,
    InvalidValueError,
    Pledge,
    Registration,
    Session,
    from_json,
    strategies,
    to_columns,
)
from wtisd_model.columns.table import columns_of
from wtisd_model.schema.fields import camel_case

AT: Final = datetime(2023, 7, 1, tzinfo=UTC)

DRAWN = {
    **of_each_kind,
    Interpreter: strategies.interpreters(),
    Booth: strategies.booths(),
    Assignment: strategies.assignments(),
}
rows = st.sampled_from([*ROWS]).flatmap(lambda cls: st.tuples(st.just(cls), st.lists(DRAWN[cls], max_size=3)))


def in_json(document: Any, name: str) -> Any:
    """Return the value in JSON with a dotted name; for a list of objects, that of each."""
    first, _, rest = name.partition(".")
    there = document.get(camel_case(first))
    if not rest or there is None:
        return there
    return [in_json(each, rest) for each in there] if isinstance(there, list) else in_json(there, rest)


def as_json(value: Any) -> Any:
    """Write a value as JSON does; false is left out there."""
    match value:
        case tuple():
            return [as_json(each) for each in value]
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case False:
            return None
        case _:
            return value


def is_equal(value: Any, there: Any) -> bool:
    """Return True if a value equals that in JSON, which omits empty ones."""
    if isinstance(value, list):
        return len(value) == len(there or []) and all(map(is_equal, value, there or []))
    if isinstance(value, Decimal):
        return value == Decimal(there)
    return bool(value == there)


class TestValues:
    """A column has the values that JSON has at the same path."""

    @LAW
    @given(rows)
    def test_every_column_of_every_row(self, drawn: tuple[type, list[Any]]) -> None:
        cls, objects = drawn
        documents = list(map(document_of, objects))
        for name, values in to_columns(cls, objects, personal=True).items():
            assert len(values) == len(objects)
            if name.rpartition(".")[2] in {"starts_at", "ends_at"} or (
                cls is Interpreter and name in {"languages", "available"}
            ):
                continue  # JSON has the time that the clocks show, and objects; see below
            for value, document in zip(values, documents, strict=True):
                assert is_equal(as_json(value), in_json(document, name)), name

    @LAW
    @given(st.lists(of_each_kind[Session], max_size=3))
    def test_a_slot_has_moments_and_local_times(self, sessions: list[Session]) -> None:
        columns = to_columns(Session, sessions)
        # Whole days have dates, and no times.
        assert columns["slot.starts_at"] == [None if each.slot.whole_days else each.slot.starts_at for each in sessions]
        assert columns["slot.ends_at"] == [None if each.slot.whole_days else each.slot.ends_at for each in sessions]
        assert columns["slot.start"] == [each.slot.written().start for each in sessions]
        assert columns["slot.time_zone"] == [each.slot.time_zone for each in sessions]
        assert columns["previous_slots.starts_at"] == [
            tuple(None if slot.whole_days else slot.starts_at for slot in each.previous_slots) for each in sessions
        ]

    @given(rows)
    def test_values_are_plain(self, drawn: tuple[type, list[Any]]) -> None:
        """A member of an enum is a str with more to it, which not every library takes for one."""
        allowed = {type(None), str, int, bool, Decimal, date, datetime}
        for values in to_columns(*drawn, personal=True).values():
            for value in values:
                assert {type(each) for each in (value if type(value) is tuple else (value,))} <= allowed

    @given(rows)
    def test_moments_are_in_utc(self, drawn: tuple[type, list[Any]]) -> None:
        flat = [each for values in to_columns(*drawn).values() for value in values for each in _several(value)]
        assert {each.tzinfo for each in flat if isinstance(each, datetime)} <= {UTC}

    @pytest.mark.parametrize("cls", ROWS)
    def test_there_are_columns_without_rows(self, cls: type) -> None:
        row: Any = row_of(cls, ROWS[cls])
        assert to_columns(cls, []) == {name: [] for name in to_columns(cls, [row])}
        assert to_columns(cls, iter([row])) == to_columns(cls, [row])

    def test_more_rows_than_one_batch(self) -> None:
        row = from_json(Registration, ROWS[Registration])
        assert to_columns(Registration, [row] * 1_200)["country"] == ["TD"] * 1_200

    def test_a_purged_registration_has_no_personal_data(self) -> None:
        columns = to_columns(Registration, [from_json(Registration, ROWS[Registration]).purged(at=AT)], personal=True)
        assert (columns["participant.email"], columns["participant.roles"], columns["needs"]) == ([None], [None], [()])
        assert columns["purged_at"] == [AT]


def _several(value: Any) -> Any:
    return value if isinstance(value, tuple) else (value,)


class TestLanguages:
    """RFC 4647 section 3.4: the tag, then its shorter forms, then the original."""

    def test_texts_are_in_the_chosen_language(self) -> None:
        document = {**ROWS[Pledge], "title": {"text": "Schools", "language": "en", "translations": {"fr": "Écoles"}}}
        pledge = from_json(Pledge, document)
        for language, found in ((None, ("Schools", "en")), ("fr-CH", ("Écoles", "fr")), ("ar", ("Schools", "en"))):
            columns = to_columns(Pledge, [pledge], language=language)
            assert (columns["title.text"], columns["title.language"]) == ([found[0]], [found[1]])

    def test_a_missing_description_has_no_language(self) -> None:
        document = {key: value for key, value in ROWS[Pledge].items() if key != "description"}
        assert to_columns(Pledge, [from_json(Pledge, document)], language="fr")["description.text"] == [None]

    def test_an_invalid_language_is_refused(self) -> None:
        with pytest.raises(InvalidValueError) as raised:
            to_columns(Pledge, [], language="FR")
        assert [(found.code, found.path) for found in raised.value.findings] == [("language-unknown", "/language")]


class TestPersonal:
    """Personal fields are marked, and included only on request."""

    @pytest.mark.parametrize("cls", ROWS)
    def test_personal_data_is_left_out_by_default(self, cls: type) -> None:
        row: Any = row_of(cls, with_persons(cls, ROWS[cls]))
        whole = to_columns(cls, [row], personal=True)
        marked = {name for name, values in whole.items() if any(mark in repr(values) for mark in MARKS)}
        assert marked == {each.name for each in columns_of(cls) if each.personal}
        usual = to_columns(cls, [row])
        assert not [mark for mark in MARKS if mark in repr(usual)]
        assert usual == {name: values for name, values in whole.items() if name not in marked}

    @pytest.mark.parametrize("cls", ROWS)
    def test_every_column_has_a_value_in_these_rows(self, cls: type) -> None:
        columns = to_columns(cls, [row_of(cls, ROWS[cls])], personal=True)
        assert {name for name, values in columns.items() if values[0] in {None, (), (None,)}} == {
            Session: {
                *("slot.start_repeated", "slot.end_repeated", "changed_sequence"),
                *(each.name for each in columns_of(Session) if each.name.startswith("previous_slots")),
            },
            Registration: {"waitlisted_at", "checked_in_at", "purged_at"},
            InterpretationRequest: {"purged_at"},
            Interpreter: {"purged_at"},
            Assignment: {"slot.start_repeated", "slot.end_repeated"},
        }.get(cls, set())


class TestRefusals:
    """A wrong argument is a TypeError that says what is allowed."""

    @pytest.mark.parametrize("cls", [Event, Dossier, str, None])
    def test_other_values_are_refused(self, cls: Any) -> None:
        with pytest.raises(TypeError) as raised:
            to_columns(cls, [])
        names = "Session, Registration, InterpretationRequest, Pledge, Interpreter, Booth, Assignment"
        rows = "SeatRow, BoothNeed, ChannelRow, WorkHours, AssignmentRow"
        assert str(raised.value) == f"Not a class of rows. Use one of {names}, Total, CoverageRow, {rows}."

    @pytest.mark.parametrize("before", [0, 3, 600])
    def test_a_row_of_another_class(self, before: int) -> None:
        good: Any = from_json(Registration, ROWS[Registration])
        with pytest.raises(TypeError) as raised:
            to_columns(Registration, [*[good] * before, from_json(Pledge, ROWS[Pledge])])
        assert str(raised.value) == f"Row {before + 1} is not a Registration."


class TestArrow:
    """``pyarrow.table`` takes the columns unchanged."""

    @given(rows)
    def test_arrow_returns_the_same_values(self, drawn: tuple[type, list[Any]]) -> None:
        columns = to_columns(*drawn, personal=True)
        table: Any = pa.table(columns)
        assert table.column_names == [*columns]
        found = {
            name: [tuple(each) if isinstance(each, list) else each for each in values]
            for name, values in table.to_pydict().items()
        }
        assert found == columns

    def test_types(self) -> None:
        table: Any = pa.table(to_columns(Pledge, [from_json(Pledge, ROWS[Pledge])]))
        types = {field.name: str(field.type) for field in table.schema}
        assert types["submitted_at"] == "timestamp[us, tz=UTC]"
        assert types["start"] == "date32[day]"
        assert types["pledged.amount"] == "decimal128(8, 2)"
        assert types["countries.country"] == "list<item: string>"
        assert types["countries.share"] == "list<item: decimal128(6, 4)>"
        assert types["public"] == "bool"

    def test_numbers_in_a_list_have_equal_decimals(self) -> None:
        """Polars 2.1 reads all numbers in lists with as many decimals as the first has, and loses the others."""
        shares = [
            {"country": "NE", "share": "66"},
            {"country": "TD", "share": "33.25"},
            {"country": "CH", "share": "0.75"},
        ]
        (found,) = to_columns(Pledge, [from_json(Pledge, {**ROWS[Pledge], "countries": shares})])["countries.share"]
        assert [str(each) for each in found] == ["66.0000", "33.2500", "0.7500"]
        zero = [{"country": "NE", "share": "0"}, {"country": "TD", "share": "100"}]
        (found,) = to_columns(Pledge, [from_json(Pledge, {**ROWS[Pledge], "countries": zero})])["countries.share"]
        assert [str(each) for each in found] == ["0.0000", "100.0000"]
