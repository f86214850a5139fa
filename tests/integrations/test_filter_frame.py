"""A data frame of payloads: the good rows with all columns, and the errors in the others, as `validate` finds them."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from wtisd_model import Code, Dossier, Finding, InvalidValueError, Limits, Pledge, Registration, validate, wtisd_23
from wtisd_model.integrations.arrow import filter_frame, filter_spark

NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
EVENT = wtisd_23()
SENT: dict[str, Any] = {
    "eventUid": EVENT.uid,
    "participant": {"name": "Participant 1", "email": "p1@example.org"},
    "mode": "remote",
}
STORED = {**SENT, "id": "r-1", "submittedAt": "2023-04-13T08:15:00Z"}
GOOD = json.dumps(STORED)
BAD = json.dumps({**STORED, "id": "r 1", "mode": "onsite"})
WARNED = json.dumps({**STORED, "needs": ["visa-letter"]})
FAILURE = ["row", "code", "path", "message", "fix"]

VIEWS = [getattr(pa, name)() for name in ("string_view", "binary_view") if hasattr(pa, name)]  # from 16 on
KINDS: tuple[Any, ...] = (
    pa.string(),
    pa.large_string(),
    pa.binary(),
    pa.large_binary(),
    *VIEWS,
    pa.dictionary(pa.int32(), pa.string()),
)


def frame(*cells: str | None, kind: Any = None) -> Any:
    """Return a table of payloads in two chunks, beside a column of numbers."""
    array: Any = pa.array(cells, pa.string())
    array = (
        array.dictionary_encode() if pa.types.is_dictionary(kind or pa.string()) else array.cast(kind or pa.string())
    )
    middle = len(cells) // 2
    chunks: Any = pa.chunked_array([array.slice(0, middle), array.slice(middle)], array.type)
    return pa.table({"number": list(range(len(cells))), "payload": chunks})


def rows(table: Any) -> list[tuple[int, str, str]]:
    """Return the row, the code and the path of each error."""
    return [(row["row"], row["code"], row["path"]) for row in table.to_pylist()]


class TestFilterFrame:
    """The verdict on each row is that of `validate` on its cell."""

    @pytest.mark.parametrize("kind", KINDS, ids=str)
    def test_good_rows_keep_all_columns_and_types(self, kind: Any) -> None:
        given = frame(GOOD, BAD, GOOD, None, GOOD, kind=kind)
        good, failures = filter_frame(given)
        assert good.schema == given.schema
        assert good.to_pylist() == [given.to_pylist()[row] for row in (0, 2, 4)]
        assert rows(failures) == [(1, "value-unknown", "/mode"), (1, "id-malformed", "/id"), (3, "wrong-type", "")]

    @pytest.mark.parametrize(
        "made",
        [lambda table: table, lambda table: table.to_reader(), lambda table: table.combine_chunks().to_batches()[0]],
        ids=["table", "reader", "batch"],
    )
    def test_anything_with_a_stream_of_arrow_is_a_frame(self, made: Callable[[Any], Any]) -> None:
        good, failures = filter_frame(made(frame(BAD, GOOD)))
        assert (good["number"].to_pylist(), failures["row"].to_pylist()) == ([1], [0, 0])

    def test_errors_say_what_to_do_and_repeat_nothing(self) -> None:
        (_, failures) = filter_frame(frame(GOOD, json.dumps({**STORED, "mode": "xq47"})))
        (found,) = validate(Registration, {**STORED, "mode": "xq47"}).findings
        assert failures.schema.names == FAILURE
        assert failures.to_pylist() == [
            {"row": 1, "code": found.code, "path": found.path, "message": found.message, "fix": found.fix}
        ]

    def test_a_warning_refuses_nothing_and_is_no_failure(self) -> None:
        late = json.dumps({**STORED, "submittedAt": "2024-01-01T00:00:00Z", "needs": ["visa-letter"]})
        options: dict[str, Any] = {"dossier": Dossier(event=EVENT), "now": NOW}
        found = validate(Registration, late, **options).findings
        assert {each.severity for each in found} == {"warning", "error"}
        good, failures = filter_frame(frame(WARNED, late), **options)
        assert good["number"].to_pylist() == [0]
        assert [code for _, code, _ in rows(failures)] == [each.code for each in found if each.severity == "error"]

    @pytest.mark.parametrize("kind", [pa.string(), *VIEWS[:1]], ids=str)
    @pytest.mark.parametrize("every", [2, 7, 1000])
    def test_rows_are_numbered_through_all_batches(self, kind: Any, every: int) -> None:
        cells = [BAD if number % every == 1 else GOOD for number in range(9_000)]
        given = frame(*cells, kind=kind)
        good, failures = filter_frame(given)
        good.validate(full=True)
        assert good["number"].to_pylist() == [number for number, cell in enumerate(cells) if cell is GOOD]
        assert good["payload"].to_pylist() == [GOOD] * good.num_rows
        assert failures["row"].unique().to_pylist() == [number for number, cell in enumerate(cells) if cell is BAD]

    def test_many_good_rows_share_the_memory_of_the_frame(self) -> None:
        given = frame(*[GOOD] * 1_000, BAD, *[GOOD] * 999)
        before = pa.total_allocated_bytes()
        good, _ = filter_frame(given)
        assert good.num_rows == 1_999
        assert pa.total_allocated_bytes() - before < given.nbytes / 10

    @pytest.mark.parametrize(
        "given",
        [
            frame(),
            frame().to_reader(),
            pa.table({"payload": pa.nulls(0)}),
            pa.Table.from_batches([], schema=pa.schema([("payload", pa.dictionary(pa.int8(), pa.string()))])),
        ],
        ids=["table", "reader", "nulls", "without batches"],
    )
    def test_an_empty_frame_has_no_rows(self, given: Any) -> None:
        good, failures = filter_frame(given)
        assert (good.num_rows, good.schema.names[-1], failures.schema.names) == (0, "payload", FAILURE)
        assert failures.num_rows == 0

    def test_a_column_of_nothing_is_refused_row_by_row(self) -> None:
        good, failures = filter_frame(pa.table({"payload": pa.nulls(2)}))
        assert (good.num_rows, rows(failures)) == (0, [(0, "wrong-type", ""), (1, "wrong-type", "")])

    def test_the_arguments_are_those_of_a_validator(self) -> None:
        def nobody(_dossier: Dossier, _now: datetime) -> Iterator[Finding]:
            yield Finding(code="our-rule", path="/registrations/0/mode", message="No.", fix="Ask.")

        sent = pa.table({"id": ["m-1", "m-2"], "body": [json.dumps(SENT)] * 2})
        options: dict[str, Any] = {"column": "body", "submission": True, "now": NOW, "ids": "id"}
        assert filter_frame(sent, **options)[0] == sent
        assert filter_frame(sent, **{**options, "ids": iter(["m-1", "m-2"])})[0] == sent
        _, failures = filter_frame(sent, dossier=Dossier(event=EVENT), rules=[nobody], **options)
        assert rows(failures) == [(0, "our-rule", "/mode"), (1, "our-rule", "/mode")]
        assert rows(filter_frame(sent, Pledge, column="body")[1])[0][0] == 0
        assert rows(filter_frame(sent, limits=Limits(bytes=10), **options)[1])[0][1] == Code.PAYLOAD_TOO_LARGE

    def test_what_is_wrong_with_the_arguments_is_said_at_once(self) -> None:
        for given, kind in (([GOOD], "list"), (frame(GOOD)["payload"], "ChunkedArray")):
            message = rf"^A {kind} cannot be read as an Arrow stream of rows. Pass a data frame, a table .* collect\(\)"
            with pytest.raises(TypeError, match=message):
                filter_frame(given)
        for name in ("columns", "keep"):
            option: dict[str, Any] = {name: ("mode",)}
            with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'"):
                filter_frame(frame(GOOD), **option)
        nothing: Any = None
        with pytest.raises(TypeError, match=r"^column must be the name of a column.$"):
            filter_frame(frame(GOOD), column=nothing)
        empty = pa.Table.from_batches([], schema=pa.schema([("payload", pa.int64())]))
        with pytest.raises(TypeError, match=r"^The column 'payload' is of type int64. Payloads must be binary or"):
            filter_frame(empty)
        with pytest.raises(TypeError, match=r"^The batches have no column 'body', but 'number', 'payload'. Name the"):
            filter_frame(frame(), column="body")
        with pytest.raises(TypeError, match=r"^The column 'number' is of type int64. Payloads must be binary or"):
            filter_frame(frame(GOOD), column="number")
        with pytest.raises(TypeError, match=r"^now is required"):
            filter_frame(frame(), submission=True)
        with pytest.raises(InvalidValueError):
            filter_frame(frame(), submission=True, now=datetime(2023, 4, 13))


class Row:
    """What `filter_spark` asks of a DataFrame of PySpark, see also `tests.outside.test_spark`."""

    def __init__(self, table: Any) -> None:
        self.table, self.schema = table, Schema(table.schema.names)

    def selectExpr(self, *expressions: str) -> "Row":  # noqa: N802 - its name
        columns = {"row": pa.array(range(10, 10 + self.table.num_rows))}
        first, *names = (each.strip("`").replace("``", "`") for each in expressions)
        assert first == "monotonically_increasing_id() AS row"
        return Row(pa.table({**columns, **{name: self.table[name] for name in names}}))

    def select(self, *names: str) -> "Row":
        return Row(self.table.select([each.strip("`").replace("``", "`") for each in names]))

    def mapInArrow(self, function: Any, schema: "Schema") -> Any:  # noqa: N802 - its name
        made = [*function(iter(self.table.to_batches()))]
        assert all(each.schema.names == schema.names for each in made)
        return [row for batch in made for row in batch.to_pylist()]


class Schema:
    """The schema of PySpark, which grows in its place."""

    def __init__(self, names: list[str]) -> None:
        self.names = list(names)

    def add(self, name: str, kind: str) -> "Schema":
        assert kind == "string"
        self.names.append(name)
        return self


class TestFilterSpark:
    """The same for a DataFrame of PySpark."""

    def test_rows_have_the_numbers_of_spark(self) -> None:
        good, failures = filter_spark(Row(frame(GOOD, BAD, None)))
        assert good == [{"number": 0, "payload": GOOD}]
        assert [(row["row"], row["code"]) for row in failures] == [
            (11, "value-unknown"),
            (11, "id-malformed"),
            (12, "wrong-type"),
        ]
        assert [*failures[0]] == FAILURE

    def test_a_column_can_name_them_too(self) -> None:
        given = frame(GOOD, BAD).rename_columns(["the `number", "payload"])
        _, failures = filter_spark(Row(given), keep=("the `number",), rules=iter(()))
        assert [row["the `number"] for row in failures] == [1, 1]
        assert [*failures[0]] == ["row", "the `number", *FAILURE[1:]]

    def test_ids_are_those_of_a_column(self) -> None:
        sent = pa.table({"id": ["m-1", "m-2"], "payload": [json.dumps(SENT), "{}"]})
        good, failures = filter_spark(Row(sent), ids="id", submission=True, now=NOW)
        assert [row["id"] for row in good] == ["m-1"]
        assert {row["row"] for row in failures} == {11}

    def test_what_is_wrong_with_the_arguments_is_said_before_a_task(self) -> None:
        with pytest.raises(TypeError, match=r"^now is required"):
            filter_spark(None, submission=True)
        ids: Any = ["m-1"]
        with pytest.raises(TypeError, match=r"^ids must be the name of a column: a row of Spark has no position.$"):
            filter_spark(None, ids=ids, submission=True, now=NOW)
        with pytest.raises(TypeError, match=r"^Two columns would have the name 'code'"):
            filter_spark(None, keep=("code",))
        with pytest.raises(TypeError, match=r"^Two columns would have the name 'row'"):
            filter_spark(None, column="row")
        with pytest.raises(TypeError, match=r"^keep must be an iterable of names"):
            filter_spark(None, keep="id")
