"""Arrow batches: a row for each payload, with the outcome of `validate`, however the rows are batched."""

import json
import pickle
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.json.mutations import NASTY, changed, places
from tests.samples.whole import SIZES, asked, asking, registration
from wtisd_model import (
    Code,
    Dossier,
    Event,
    InvalidValueError,
    Limits,
    Registration,
    Severity,
    from_json,
    to_json,
    validate,
    wtisd_23,
)
from wtisd_model.integrations import arrow
from wtisd_model.integrations.arrow import output_schema, validate_batches
from wtisd_model.strategies import payloads

NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
GOOD = (EXAMPLES / "registration.json").read_bytes()
SUBMITTED = (EXAMPLES / "registration-submission.json").read_bytes()
BAD = b'{"id": "r 1", "eventUid": "e", "mode": "onsite", "submittedAt": "2023-04-13", "nonsense": [1]}'

READ: dict[str, Callable[[Registration], object]] = {
    "event_uid": lambda one: one.event_uid,
    "mode": lambda one: one.mode.value,
    "session_ids": lambda one: sorted(one.session_ids),
    "listening_languages": lambda one: list(one.listening_languages),
    "needs": lambda one: sorted(need.value for need in one.needs),
    "submitted_at": lambda one: one.submitted_at,
    "waitlisted_at": lambda one: one.waitlisted_at,
    "participant.email": lambda one: None if one.participant is None else one.participant.email,
}
"""The value of a column of a registration, by its name."""
NAMES = tuple(READ)

_HAS_VIEWS = hasattr(pa, "string_view")  # from 16 on
BYTES: tuple[pa.DataType, ...] = (pa.binary(), pa.large_binary(), *([pa.binary_view()] if _HAS_VIEWS else ()))
TEXTS: tuple[pa.DataType, ...] = (pa.string(), pa.large_string(), *([pa.string_view()] if _HAS_VIEWS else ()))


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """Draw a registration with a change, or truncated."""
    raw = draw(payloads(Registration))
    if draw(st.booleans()):
        return raw[: draw(st.integers(0, len(raw)))]
    document = json.loads(raw)
    place = draw(st.sampled_from(list(places(document))))
    return json.dumps(changed(document, place, draw(st.sampled_from(NASTY)))).encode()


CELLS = st.lists(
    st.one_of(st.none(), payloads(Registration), broken(), st.binary(max_size=20), st.sampled_from((GOOD, BAD))),
    max_size=6,
)


def batch(cells: Sequence[bytes | None], kind: Any = None, **others: Any) -> pa.RecordBatch:
    """Return a batch of payloads; Arrow does not check that a string is UTF-8."""
    kind = pa.binary() if kind is None else kind
    array: Any = pa.array(cells, pa.binary())
    if kind in TEXTS:
        array = (
            array.cast(pa.large_binary()).view(pa.large_string()) if kind == pa.large_string() else array.view("string")
        )
    if array.type != kind:
        array = array.cast(kind)
    columns: dict[str, Any] = {"payload": array, **others}
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def rows(batches: Iterator[pa.RecordBatch]) -> list[dict[str, Any]]:
    """Return all rows of all batches."""
    return [row for each in batches for row in each.to_pylist()]


def expected(cell: bytes | None, **options: Any) -> dict[str, Any]:
    """Return the row of a cell, from `validate` and the attributes of the object."""
    outcome = validate(Registration, b"null" if cell is None else cell, **options)
    value = outcome.value
    told = [
        {"code": each.code, "severity": each.severity, "path": each.path, "message": each.message, "fix": each.fix}
        for each in outcome.findings
    ]
    fields = {name: None if value is None else read(value) for name, read in READ.items()}
    return {"ok": outcome.ok, "findings": told, "omitted": outcome.omitted, **fields}


class TestVerdicts:
    """A row is the outcome of `validate` for its cell."""

    @LAW
    @given(CELLS)
    def test_rows_equal_validate_cell_by_cell(self, cells: list[bytes | None]) -> None:
        assert rows(validate_batches([batch(cells)], columns=NAMES)) == [expected(cell) for cell in cells]

    @given(st.lists(st.sampled_from((GOOD, SUBMITTED, BAD, None)), max_size=4))
    def test_it_validates_against_a_dossier(self, cells: list[bytes | None]) -> None:
        options: dict[str, Any] = {"dossier": Dossier(event=wtisd_23()), "now": NOW, "submission": True}
        found = rows(validate_batches([batch(cells)], columns=NAMES, **options))
        assert found == [expected(cell, **options) for cell in cells]

    def test_it_takes_the_numbers_of_seats_instead_of_the_registrations(self) -> None:
        letter = wtisd_23()
        registering = evolve(letter.calls[0], on_site_capacity=5, remote_capacity=5)
        dossier = Dossier(event=evolve(letter, calls=(registering,)))
        taken = {(None, "on-site"): 5, (None, "remote"): 5}
        (row,) = rows(validate_batches([batch([SUBMITTED])], submission=True, dossier=dossier, taken=taken, now=NOW))
        assert Code.SEATS_EXCEEDED in {each["code"] for each in row["findings"]}
        (row,) = rows(validate_batches([batch([SUBMITTED])], submission=True, dossier=dossier, taken={}, now=NOW))
        assert Code.SEATS_EXCEEDED not in {each["code"] for each in row["findings"]}

    def test_a_submission_without_a_seat_is_waitlisted(self) -> None:
        registering = evolve(wtisd_23().calls[0], on_site_capacity=0, remote_capacity=0, waitlist=True)
        dossier = Dossier(event=evolve(wtisd_23(), calls=(registering,)))
        sent = batch([SUBMITTED])
        (row,) = rows(validate_batches([sent], columns=("state",), submission=True, dossier=dossier, now=NOW))
        assert row["state"] == "waitlisted"

    def test_limits_are_passed_on(self) -> None:
        (row,) = rows(validate_batches([batch([GOOD])], limits=Limits(bytes=10)))
        assert [each["code"] for each in row["findings"]] == [Code.PAYLOAD_TOO_LARGE]

    def test_omitted_findings_are_counted(self) -> None:
        endless = json.dumps({f"k{number}": 1 for number in range(150)}).encode()
        (row,) = rows(validate_batches([batch([endless])]))
        assert row == {name: value for name, value in expected(endless).items() if name not in READ}
        assert row["omitted"] > 0

    def test_a_warning_leaves_a_row_ok(self) -> None:
        event = from_json(Event, (EXAMPLES / "event.json").read_bytes())
        raw = to_json(Dossier(event=event))
        (row,) = rows(validate_batches([batch([raw])], Dossier, now=NOW, columns=("event.uid",)))
        assert [each["severity"] for each in row["findings"]] == [Severity.WARNING]
        assert (row["ok"], row["event.uid"]) == (True, event.uid)

    def test_a_null_cell_is_a_finding(self) -> None:
        (row,) = rows(validate_batches([batch([None])], columns=("mode",)))
        assert [(each["code"], each["path"]) for each in row["findings"]] == [(Code.WRONG_TYPE, "")]
        assert (row["ok"], row["mode"]) == (False, None)

    def test_personal_data_is_left_out_by_default(self) -> None:
        marked = GOOD.replace(b"p1@example.org", b"marked-once@example.org").replace(b"Participant 1", b"Marked Twice")
        spoilt = marked.replace(b'"mode"', b'"moed"').replace(b"2023-04-13", b"Marked Twice")
        out = rows(validate_batches([batch([marked, spoilt])]))
        assert [row["ok"] for row in out] == [True, False]
        assert "marked" not in repr(out).casefold()


@st.composite
def cuts(draw: st.DrawFn, whole: pa.RecordBatch) -> list[pa.RecordBatch]:
    """Draw slices of a batch, also empty ones."""
    places = sorted(draw(st.lists(st.integers(0, whole.num_rows), max_size=4)))
    bounds = [0, *places, whole.num_rows]
    return [whole.slice(start, end - start) for start, end in pairwise(bounds)]


class TestBatches:
    """One row for each row, in order, however the batches were made."""

    @LAW
    @given(st.data(), CELLS)
    def test_rows_do_not_depend_on_batches_and_kept_columns(
        self, data: st.DataObject, cells: list[bytes | None]
    ) -> None:
        wanted = rows(validate_batches([batch(cells)], columns=NAMES))
        kind = data.draw(st.sampled_from((*BYTES, *TEXTS)))
        whole = batch([BAD, *cells, None], kind).slice(1, len(cells))
        if data.draw(st.booleans()):
            encoded = pa.DictionaryArray.from_arrays(
                pa.array([None if cell is None else place for place, cell in enumerate(cells)], pa.int32()),
                batch(cells, kind).column(0),
            )
            whole = pa.RecordBatch.from_arrays([encoded], names=["payload"])
        assert rows(validate_batches(data.draw(cuts(whole)), columns=NAMES)) == wanted

    def test_long_batches_are_split(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(arrow, "_MOST_ROWS", 4)
        monkeypatch.setattr(arrow, "_AT_ONCE", 3)
        monkeypatch.setattr(arrow, "_OBJECTS", 2)
        long = batch([GOOD, BAD] * 5, id=pa.array(range(10)))
        out = list(validate_batches([long], keep=("id",)))
        assert [each.num_rows for each in out] == [4, 4, 2]
        assert [(row["id"], row["ok"]) for row in rows(iter(out))] == [(each, each % 2 == 0) for each in range(10)]

    def test_a_dictionary_with_null_in_it(self) -> None:
        encoded = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0]), pa.array([GOOD.decode(), None]))
        out = rows(validate_batches([pa.RecordBatch.from_arrays([encoded], names=["payload"])]))
        assert [row["ok"] for row in out] == [True, False, False, True]

    @pytest.mark.skipif(not hasattr(pa, "json_"), reason="pyarrow has this type from 19 on")
    def test_a_column_of_json(self) -> None:
        """Parquet's logical type JSON arrives as the extension type arrow.json."""
        json_type: Any = pa.json_()
        named = pa.ExtensionArray.from_storage(json_type, pa.array([GOOD.decode(), None]))
        out = rows(validate_batches([pa.RecordBatch.from_arrays([named], names=["payload"])]))
        assert [row["ok"] for row in out] == [True, False]

    def test_no_batches_give_none(self) -> None:
        assert list(validate_batches(iter(()), columns=NAMES)) == []
        table = pa.Table.from_batches(list(validate_batches([])), schema=output_schema())
        assert table.num_rows == 0

    def test_an_empty_batch_has_an_empty_result(self) -> None:
        (out,) = validate_batches([batch([])], columns=NAMES)
        assert out.num_rows == 0
        assert out.schema.equals(output_schema(columns=NAMES))

    def test_batches_are_read_lazily(self) -> None:
        """What comes without end is judged as it comes."""
        endless = validate_batches(iter(lambda: batch([GOOD]), None))
        assert [next(endless).num_rows for _ in range(3)] == [1, 1, 1]

    def test_batches_can_come_from_a_reader(self) -> None:
        reader = pa.RecordBatchReader.from_batches(batch([]).schema, [batch([GOOD]), batch([BAD])])
        assert [row["ok"] for row in rows(validate_batches(reader))] == [True, False]

    def test_arguments_can_be_pickled(self) -> None:
        """What mapInArrow sends to its workers is a function that pickles, with all its options."""
        dossier = Dossier(event=wtisd_23())
        task = partial(validate_batches, columns=NAMES, dossier=dossier, now=NOW, submission=True, keep=("id",))
        sent = pickle.loads(pickle.dumps(task))
        one = batch([SUBMITTED, BAD], id=pa.array([1, 2]))
        assert rows(sent(iter([one]))) == rows(task([one]))


class TestAnswers:
    """With a dossier, the answers to the questions of its event can be columns."""

    def test_they_are_typed_and_null_where_the_payload_is_invalid(self) -> None:
        dossier = Dossier(event=asking(asked("guests", "integer", maximum=3), asked("meals", "choices", choices=SIZES)))
        document = {
            **json.loads(to_json(registration(replies=(), history=(), session_ids=frozenset()))),
            "state": "pending",
        }
        cells = [
            json.dumps({**document, "answers": each}).encode()
            for each in ({"guests": 2, "meals": ["small"]}, {"guests": 4}, {})
        ]
        columns = ("answers.guests", "answers.meals")
        out = list(validate_batches([batch(cells)], columns=columns, dossier=dossier, now=NOW))
        assert [each.schema.equals(output_schema(columns=columns, dossier=dossier)) for each in out] == [True]
        (found,) = [each.to_pydict() for each in out]
        assert [
            [each["code"] for each in findings if each["path"].startswith("/answers")] for findings in found["findings"]
        ] == [
            [],
            ["number-out-of-range"],
            [],
        ]
        assert (found["answers.guests"], found["answers.meals"]) == ([2, None, None], [["small"], None, None])

    def test_without_a_dossier_there_is_no_such_column(self) -> None:
        for door in (partial(validate_batches, ()), output_schema):
            with pytest.raises(TypeError, match=r"no column 'answers\.guests'.* Pass the dossier whose event asks"):
                door(columns=("answers.guests",))
        event: Any = asking()
        with pytest.raises(TypeError, match="Not a Dossier"):
            output_schema(columns=("answers.guests",), dossier=event)


class TestSchema:
    """`output_schema` is the schema of the result of `validate_batches`."""

    def test_it_has_each_column(self) -> None:
        incoming = batch([], id=pa.array([], pa.int16())).schema
        schema = output_schema(columns=NAMES, keep=("id",), incoming=incoming)
        finding: Any = schema.field("findings").type
        assert [(each.name, str(each.type)) for each in finding.value_type] == [
            (name, "string") for name in ("code", "severity", "path", "message", "fix")
        ]
        assert {name: str(schema.field(name).type) for name in schema.names if name != "findings"} == {
            "id": "int16",
            "ok": "bool",
            "omitted": "int32",
            "event_uid": "string",
            "mode": "string",
            "session_ids": "list<item: string>",
            "listening_languages": "list<item: string>",
            "needs": "list<item: string>",
            "submitted_at": "timestamp[us, tz=UTC]",
            "waitlisted_at": "timestamp[us, tz=UTC]",
            "participant.email": "string",
        }

    def test_every_batch_has_it(self) -> None:
        one = batch([GOOD, BAD], id=pa.array([1, 2]))
        wanted = output_schema(columns=NAMES, keep=("id", "payload"), incoming=one.schema)
        out = list(validate_batches([one, one.slice(0, 0)], columns=NAMES, keep=("id", "payload")))
        assert [each.schema.equals(wanted) for each in out] == [True, True]
        assert out[0].column("payload").equals(one.column("payload"))

    def test_names_are_iterated_once_in_order(self) -> None:
        incoming = pa.schema([("a", pa.string()), ("b", pa.string())])
        schema = output_schema(columns=iter(("mode", "id")), keep=iter(("b", "a")), incoming=incoming)
        assert schema.names == ["b", "a", "ok", "findings", "omitted", "mode", "id"]


class TestMistakes:
    """A wrong argument is a TypeError that names the column, before any validation."""

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (
                {"columns": ("mood",)},
                "Registration has no column 'mood', with a plain value or a list of them. Did you mean 'mode'?",
            ),
            ({"columns": "mode"}, r"columns must be an iterable of names: write \('mode',\)"),
            ({"keep": "id"}, r"keep must be an iterable of names: write \('id',\)"),
            ({"keep": ("ok",)}, "Two columns would have the name 'ok'"),
            ({"keep": ("mode",), "columns": ("mode",)}, "Two columns would have the name 'mode'"),
            ({"columns": ("mode", "mode")}, "Two columns would have the name 'mode'"),
            ({"cls": dict}, "Not a document"),
        ],
    )
    def test_options_that_make_no_columns(self, options: dict[str, Any], words: str) -> None:
        for door in (partial(validate_batches, ()), partial(output_schema, incoming=batch([]).schema)):
            with pytest.raises(TypeError, match=words):
                door(**options)

    def test_columns_to_keep_have_to_exist(self) -> None:
        with pytest.raises(TypeError, match="incoming is required with keep"):
            output_schema(keep=("id",))
        with pytest.raises(TypeError, match=r"The batches have no column 'id', but 'ident'\.$"):
            output_schema(keep=("id",), incoming=pa.schema([("ident", pa.string())]))
        many = pa.schema([(f"c{number}", pa.string()) for number in range(21)])
        with pytest.raises(TypeError, match=r"no column 'id', but 'c0', .*, 'c19', \.\.\.\.$"):
            output_schema(keep=("id",), incoming=many)

    @pytest.mark.parametrize(
        ("options", "error", "words"),
        [
            ({"submission": True}, TypeError, "now is required"),
            ({"dossier": Dossier(event=wtisd_23())}, TypeError, "now is required"),
            ({"cls": Event, "submission": True, "now": NOW}, TypeError, "cannot be a submission"),
            ({"now": datetime(2023, 4, 13)}, InvalidValueError, "moment-naive"),
        ],
    )
    def test_arguments_that_the_validator_refuses(
        self, options: dict[str, Any], error: type[Exception], words: str
    ) -> None:
        with pytest.raises(error, match=words):
            validate_batches(iter(()), **options)

    def test_the_ids_of_submissions_are_a_column(self) -> None:
        """A task that an engine repeats gets the same batches, and another one other batches."""
        cells = [SUBMITTED, None, BAD] * 200 + [SUBMITTED]
        ids = [f"r-{number}" for number in range(len(cells))]
        options: dict[str, Any] = {"submission": True, "now": NOW, "columns": ("id",)}
        for kind in (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
            given = batch(cells, row=pa.array(ids).cast(kind))
            found = [row["id"] for row in rows(validate_batches([given, given], ids="row", **options))]
            assert found == [id_ if cell is SUBMITTED else None for cell, id_ in zip(cells, ids, strict=True)] * 2
        once, again = ([row["id"] for row in rows(validate_batches([given], **options))] for _ in range(2))
        assert not {*once} & {*again} - {None}

    @pytest.mark.parametrize(
        ("wrong", "code"), [("r 1", "id-malformed"), (None, "wrong-type"), (5, "wrong-type"), (b"r-1", "wrong-type")]
    )
    def test_a_value_there_that_is_no_identifier_is_refused(self, wrong: Any, code: str) -> None:
        given = batch([BAD, SUBMITTED], row=pa.array([wrong, wrong]))
        with pytest.raises(InvalidValueError, match=rf"{code}\] at /ids/0"):
            rows(validate_batches([given], ids="row", submission=True, now=NOW))

    def test_the_ids_of_the_rows_of_all_batches_can_be_passed(self) -> None:
        ids = ["r-1", "r-2", "r-3"]
        batches = [batch([SUBMITTED, b"{}"]), batch([SUBMITTED])]
        options: dict[str, Any] = {"columns": ["id"], "submission": True, "now": NOW}
        assert [row["id"] for row in rows(validate_batches(batches, ids=ids, **options))] == ["r-1", None, "r-3"]
        with pytest.raises(TypeError, match="ids are too few"):
            rows(validate_batches(batches, ids=ids[:2], **options))

    def test_other_documents_have_ids_of_their_own(self) -> None:
        with pytest.raises(TypeError, match="id and ids are for submission=True"):
            rows(validate_batches([batch([GOOD], row=pa.array(["r-1"]))], ids="row"))

    @pytest.mark.parametrize(
        ("first", "options", "words"),
        [
            (
                batch([GOOD], id=pa.array([1])),
                {"column": "body"},
                "The batches have no column 'body', but 'payload', 'id'. Name the column of the payloads with",
            ),
            (pa.RecordBatch.from_pylist([{}]), {}, "The batches have no column 'payload', but none at all. Name the"),
            (batch([GOOD]), {"keep": ("id",)}, "The batches have no column 'id'"),
            (
                pa.RecordBatch.from_arrays([batch([GOOD]).column(0)] * 2, names=["payload"] * 2),
                {},
                "The batches have several columns 'payload'",
            ),
            (batch([], id=pa.array([], pa.int64())), {"column": "id"}, "The column 'id' is of type int64"),
            (
                batch([], body=pa.array([1.5]).dictionary_encode()[:0]),
                {"column": "body"},
                "'body' is of type dictionary<",
            ),
            (pa.table({"payload": [GOOD]}), {}, r"Not a RecordBatch. For a table, pass table.to_batches\(\)"),
            (b"{}", {}, "Not a RecordBatch"),
        ],
    )
    def test_a_first_batch_that_does_not_fit(self, first: Any, options: dict[str, Any], words: str) -> None:
        with pytest.raises(TypeError, match=words) as raised:
            next(validate_batches([first], **options))
        assert raised.value.__context__ is None

    def test_a_column_that_changes_its_type(self) -> None:
        one, other = (batch([GOOD], id=pa.array([1], kind)) for kind in (pa.int32(), pa.int64()))
        out = validate_batches([one, other], keep=("id",))
        assert next(out).num_rows == 1
        with pytest.raises(TypeError, match="A column to keep has a different type"):
            next(out)

    def test_payloads_may_change_their_type(self) -> None:
        mixed = [batch([GOOD], kind) for kind in (*BYTES, *TEXTS)]
        assert [row["ok"] for row in rows(validate_batches(mixed))] == [True] * len(mixed)
