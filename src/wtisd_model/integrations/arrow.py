"""Validation of payloads in a column of a data frame or of Arrow record batches, with fields as typed columns.

`filter_frame` and `filter_spark` divide a frame in one call. `validate_batches` can be passed to PySpark's
``DataFrame.mapInArrow``, and applied to a Parquet file, a DuckDB result or a partition of Ray or Dask. The module needs
PyArrow: ``pip install 'wtisd-model[arrow]'``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from importlib import import_module
from itertools import repeat
from operator import attrgetter, methodcaller
from typing import Any, NamedTuple, TypedDict, Unpack, cast

try:
    # Type checkers know only a few of PyArrow's types, which are imported below.
    pa: Any = import_module("pyarrow")
    pc: Any = import_module("pyarrow.compute")
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.arrow needs PyArrow: pip install 'wtisd-model[arrow]'", name="pyarrow"
    ) from _missing

from attrs import frozen
from pyarrow import RecordBatch, Schema, Table

from wtisd_model.columns.table import Column, answer_columns, columns_of
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.model.documents import CALL_KINDS, document_name
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.rules.rule import Rule, require_rules
from wtisd_model.schema.constraints import Boolean, Constraint, Date, DecimalNumber, Integer, Items, Timestamp
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.attendance import TakenSeats
from wtisd_model.types.identifiers import ids_for_rows

__all__ = ["filter_frame", "filter_spark", "output_schema", "validate_batches"]

# Rows per output batch: a column of texts of maximum length must stay below Arrow's limit of 2 GiB.
_MOST_ROWS = 8_192
# Rows converted to arrays at once, and objects held at once: with more, values leave the processor's cache before they
# are used again, and the garbage collector visits them; with fewer, there are more calls into Arrow.
_AT_ONCE = 512
_OBJECTS = 32
# Good rows for each refused one, from which on they share the memory of their batch, in parts, and are not copied.
_LEAST_SHARED = 64

# Names listed in a message.
_MOST_NAMES = 20
_NAME_COLUMN = " Name the column of the payloads with column=."

_PAYLOADS = frozenset({pa.binary(), pa.large_binary(), pa.string(), pa.large_string(), pa.null()}) | {
    getattr(pa, view)()
    for view in ("binary_view", "string_view")
    if hasattr(pa, view)  # from 16 on
}
_MEMBERS = ("code", "severity", "path", "message", "fix")
_as_struct = attrgetter(*_MEMBERS)
_FINDING = pa.struct([(name, pa.string()) for name in _MEMBERS])
_FAILURES = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in ("code", "path", "message", "fix"))])
_OUTCOME = (pa.field("ok", pa.bool_()), pa.field("findings", pa.list_(_FINDING)), pa.field("omitted", pa.int32()))


class JudgeOptions(TypedDict, total=False):
    """How a payload is judged: the options of `wtisd_model.Validator`, with its defaults."""

    dossier: Dossier | None
    taken: TakenSeats | None
    now: datetime | None
    submission: bool
    limits: Limits
    rules: Iterable[Rule]


def validate_batches(
    batches: Iterable[RecordBatch],
    cls: type = Registration,
    *,
    column: str = "payload",
    columns: Iterable[str] = (),
    keep: Iterable[str] = (),
    ids: str | Iterable[str] | None = None,
    **options: Unpack[JudgeOptions],
) -> Iterator[RecordBatch]:
    """Validate the payloads in one column of record batches; yield one row per row, in the same order.

    Each payload is validated as by `wtisd_model.validate`, and a null cell like the JSON text ``null``. The columns of
    the result are those of `output_schema`. Batches are processed one by one, and long ones are split.

    Args:
        batches: record batches, from a reader or from PySpark.
        cls: Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.
        column: the column of the payloads: UTF-8 as binary, or string.
        columns: the fields to return as typed columns, by dotted names: ``("mode", "participant.email")``, and with
            *dossier* the answers to the questions of its event, by the ids of these: ``"answers.tshirt"``. They are
            null for invalid payloads. No personal data is returned except what is named here or in *keep*.
        keep: the columns to copy from the input, such as an id.
        ids: the ids of submissions: the name of the column that has them, as strings, or an iterable with one for each
            row, refused or not. By default they are random, and so new if an engine repeats a task. An engine passes
            the same arguments to all its tasks, so give it the name of a column.
        **options: *dossier*, *taken*, *now*, *submission*, *limits* and *rules*, as for `wtisd_model.Validator`; the
            rows do not add to *taken*.

    Raises:
        TypeError: the arguments are wrong, as for `wtisd_model.Validator`, or a field cannot be a column; during
            iteration, a batch has no such column, its values are not payloads, or *ids* are not for submissions or too
            few.
        InvalidValueError: *now* is not an aware datetime, as for `wtisd_model.Validator`; during iteration, one of
            *ids* is not an identifier.
    """
    columns_kept = _names(keep, "keep")
    typed = _typed(cls, _names(columns, "columns"), columns_kept, options.get("dossier"))
    return _batch_validator(cls, column, ids, options, keep=columns_kept, columns=typed).run(batches)


def filter_frame(
    frame: object,
    cls: type = Registration,
    *,
    column: str = "payload",
    ids: str | Iterable[str] | None = None,
    **options: Unpack[JudgeOptions],
) -> tuple[Table, Table]:
    """Return the rows of a data frame whose payloads are good, with all their columns, and the errors in the others.

    Both are in the order of the frame. The errors are the table ``row`` (int64, the position in the frame from 0),
    ``code``, ``path``, ``message`` and ``fix`` (string); a refused row has one or more, and none of its content is
    repeated. Warnings refuse nothing and are left out: `validate_batches` yields them.

    A frame that is a stream, such as a RecordBatchReader, is read batch by batch, and of it only the result is held in
    memory. Where few rows are refused, the good ones share the memory of the frame.

    Args:
        frame: anything with Arrow's PyCapsule interface for streams (``__arrow_c_stream__``): a DataFrame of pandas or
            Polars, a relation of DuckDB, a Table, a RecordBatch or a RecordBatchReader.
        cls: as for `validate_batches`, like *column*.
        column: the column of the payloads.
        ids: the ids of submissions; the good rows have the payloads as they were sent.
        **options: as for `validate_batches`.

    Raises:
        TypeError: *frame* is no Arrow stream of rows; what `validate_batches` raises, at the call or during iteration.
        InvalidValueError: as for `validate_batches`.
    """
    validator = _batch_validator(cls, column, ids, options)
    try:
        reader = pa.RecordBatchReader.from_stream(frame)
    except (TypeError, pa.ArrowInvalid) as error:  # the latter for a single column
        raise TypeError(
            f"A {type(frame).__name__} cannot be read as an Arrow stream of rows. "
            "Pass a data frame, a table or a reader of batches; of a lazy frame, what its collect() returns."
        ) from error
    # If there are no rows too.
    _require_payloads(reader.schema.field(_index(reader.schema, column, _NAME_COLUMN)).type, column)
    good: list[RecordBatch] = []
    failures, first = [_FAILURES.empty_table()], 0
    for batch in reader:
        ok, errors = validator.judged(batch)
        good += _good_rows(batch, ok)
        failures.append(errors.set_column(0, _FAILURES.field("row"), pc.add(errors["row"], first)))
        first += batch.num_rows
    return pa.Table.from_batches(good, schema=reader.schema), pa.concat_tables(failures)


def filter_spark(
    dataframe: Any,
    cls: type = Registration,
    *,
    column: str = "payload",
    keep: Iterable[str] = (),
    ids: str | None = None,
    **options: Unpack[JudgeOptions],
) -> tuple[Any, Any]:
    """Return a DataFrame of PySpark with the rows whose payloads are good, and one with the errors in the others.

    They are as those of `filter_frame`, but lazy like every DataFrame: each validates the rows when it is used. A row
    of Spark has no position: ``row`` is what ``monotonically_increasing_id()`` returns for it in *dataframe*, which
    stays the same only if Spark reads the rows in the same partitions again. Else name an id of your own with *keep*.

    Args:
        dataframe: a DataFrame of PySpark.
        cls: as for `filter_frame`.
        column: as for `filter_frame`.
        keep: the columns to copy beside the number of a row, such as an id.
        ids: the column of the ids of submissions.
        **options: as for `filter_frame`; they are sent to the workers.

    Raises:
        TypeError: as for `validate_batches`; in a task of Spark, what it raises during iteration.
        InvalidValueError: as for `validate_batches`.
    """
    columns_kept = _names(keep, "keep")
    given: JudgeOptions = {**options, "rules": require_rules(options.get("rules", ()))}
    if ids is not None:
        require_instance(ids, str, "ids must be the name of a column: a row of Spark has no position.")
    validator = partial(_batch_validator, cls, column, ids, given)
    validator()  # what is wrong is raised here, and not in a task
    used: list[str] = [*dict.fromkeys([*columns_kept, column, ids or column])]
    _require_distinct(["row", *used], ("code", "path", "message", "fix"))
    quoted = [f"`{name.replace('`', '``')}`" for name in used]
    numbered = dataframe.selectExpr("monotonically_increasing_id() AS row", *quoted)
    schema = numbered.select("row", *quoted[: len(columns_kept)]).schema
    for name in _FAILURES.names[1:]:
        schema = schema.add(name, "string")
    return (
        dataframe.mapInArrow(partial(_good_parts, validator), dataframe.schema),
        numbered.mapInArrow(partial(_failed_rows, validator, columns_kept), schema),
    )


def _good_parts(validator: Callable[[], "_BatchValidator"], batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    judge = validator()
    for batch in batches:
        yield from _good_rows(batch, judge.judged(batch)[0])


def _failed_rows(
    validator: Callable[[], "_BatchValidator"], keep: Sequence[str], batches: Iterable[RecordBatch]
) -> Iterator[RecordBatch]:
    judge = validator()
    for batch in batches:
        _, errors = judge.judged(batch)
        named = pa.table(batch).select(["row", *keep]).take(errors["row"])
        yield from pa.table(
            [*named.columns, *errors.columns[1:]], [*named.column_names, *_FAILURES.names[1:]]
        ).to_batches()


def _good_rows(batch: RecordBatch, ok: Any) -> list[RecordBatch]:
    """Return the rows of a batch that are *ok*; in parts that share its memory, if those are long."""
    if ok.false_count * _LEAST_SHARED > batch.num_rows:
        try:
            return [cast("Any", batch).filter(ok)]
        except pa.ArrowNotImplementedError:  # of the views that Polars has for texts
            pass
    refused = pc.indices_nonzero(pc.invert(ok)).to_pylist()
    bounds = zip([0, *(row + 1 for row in refused)], [*refused, batch.num_rows], strict=True)
    parts = [batch.slice(start, end - start) for start, end in bounds if start < end]
    if len(parts) * _LEAST_SHARED <= batch.num_rows:
        return parts
    whole: list[RecordBatch] = pa.Table.from_batches(parts, schema=batch.schema).combine_chunks().to_batches()
    return whole


def output_schema(
    cls: type = Registration,
    *,
    columns: Iterable[str] = (),
    keep: Iterable[str] = (),
    incoming: Schema | None = None,
    dossier: Dossier | None = None,
) -> Schema:
    """Return the schema of the batches that `validate_batches` yields for the same arguments.

    First the columns of *keep*; then ``ok`` (bool), ``findings`` (a list of structs of the strings ``code``,
    ``severity``, ``path``, ``message`` and ``fix``) and ``omitted`` (int32, the number of findings that are not
    listed); then *columns*: texts, codes and members of enums as string, moments as timestamp[us, UTC], days as date32,
    integers as int64, decimal numbers as decimal128, booleans as bool, and collections as lists.

    Args:
        cls: as for `validate_batches`.
        columns: as for `validate_batches`.
        keep: as for `validate_batches`.
        incoming: the schema of the input; required with *keep*.
        dossier: as for `validate_batches`; required with a column of answers.

    Raises:
        TypeError: as for `validate_batches`.
    """
    columns_kept = _names(keep, "keep")
    typed = _typed(cls, _names(columns, "columns"), columns_kept, dossier)
    if columns_kept and incoming is None:
        raise TypeError("incoming is required with keep: the schema of the batches.")
    return _schema(incoming, columns_kept, typed)


class TypedColumn(NamedTuple):
    """A column with its Arrow type."""

    column: Column
    type: Any


def _batch_validator(
    cls: type,
    column: str,
    ids: str | Iterable[str] | None,
    options: JudgeOptions,
    *,
    keep: tuple[str, ...] = (),
    columns: tuple[TypedColumn, ...] = (),
) -> "_BatchValidator":
    require_instance(column, str, "column must be the name of a column.")
    validator = Validator[Any](cls, **options)
    return _BatchValidator(
        validator=validator,
        absent=validator(b"null"),  # raises a TypeError if *now* is missing, before the first batch
        payload=column,
        ids=ids if ids is None or isinstance(ids, str) else ids_for_rows(ids),
        keep=keep,
        columns=columns,
    )


@frozen(kw_only=True, eq=False)
class _BatchValidator:
    """The arguments of `validate_batches`, checked."""

    validator: Validator[Any]
    absent: Outcome[Any]
    """The outcome of a null cell."""
    payload: str
    ids: str | Iterator[str] | None
    """The column of the ids, or the ids of all rows of all batches."""
    keep: tuple[str, ...]
    columns: tuple[TypedColumn, ...]

    def run(self, batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        before: Schema | None = None
        ids: Iterator[str | None] = repeat(None) if self.ids is None else iter(self.ids)
        for batch in batches:
            if not isinstance(cast("object", batch), RecordBatch):
                raise TypeError("Not a RecordBatch. For a table, pass table.to_batches().")
            schema = _schema(batch.schema, self.keep, self.columns)
            if before is not None and not schema.equals(before):
                raise TypeError("A column to keep has a different type than in the previous batches.")
            before = schema
            columns_kept = [_column(batch, name) for name in self.keep]
            payloads = _payloads(_column(batch, self.payload, _NAME_COLUMN), self.payload)
            if isinstance(self.ids, str):
                ids = ids_for_rows(map(methodcaller("as_py"), _column(batch, self.ids)))
            for start in range(0, max(1, batch.num_rows), _MOST_ROWS):
                made = self._columns(payloads.slice(start, _MOST_ROWS), ids)
                part = [array.slice(start, _MOST_ROWS) for array in columns_kept]
                yield pa.RecordBatch.from_arrays([*part, *made], schema=schema)

    def judged(self, batch: RecordBatch) -> tuple[Any, Any]:
        """Return which rows of a batch are good, and the errors in the others, by their positions in it."""
        good: list[Any] = []
        errors, first = [_FAILURES.empty_table()], 0
        for outcome in self.run([batch]):
            ok, findings, _ = cast("Any", outcome).columns
            good.append(ok)
            if ok.false_count:
                listed = pa.Table.from_struct_array(findings.flatten())
                rows = pc.add(findings.value_parent_indices().cast(pa.int64()), first)
                listed = listed.add_column(0, "row", [rows]).filter(pc.equal(listed["severity"], "error"))
                errors.append(listed.select(_FAILURES.names))
            first += outcome.num_rows
        return pa.concat_arrays(good), pa.concat_tables(errors)

    def _columns(self, payloads: Any, ids: Iterator[str | None]) -> list[Any]:
        parts = [self._arrays(payloads.slice(at, _AT_ONCE), ids) for at in range(0, max(1, len(payloads)), _AT_ONCE)]
        return [pa.concat_arrays(arrays) for arrays in zip(*parts, strict=True)]

    def _arrays(self, payloads: Any, ids: Iterator[str | None]) -> list[Any]:
        ok: list[object] = []
        findings: list[object] = []
        omitted: list[object] = []
        fields: list[list[object]] = [[] for _ in self.columns]
        validate = self.validator.__call__  # a call of the object itself packs its arguments twice
        for start in range(0, len(payloads), _OBJECTS):
            cells = _cells(payloads.slice(start, _OBJECTS))
            outcomes = [
                self.absent if cell is None else validate(cell, id=id_) for cell, id_ in zip(cells, ids, strict=False)
            ]
            found = [outcome.findings for outcome in outcomes]
            objects = [outcome.value for outcome in outcomes]
            absent: list[int] = []
            if any(found):  # without findings there is an object
                ok += [outcome.ok for outcome in outcomes]
                findings += [[_as_struct(each) for each in several] for several in found]
                omitted += [outcome.omitted for outcome in outcomes]
                absent = [place for place, value in enumerate(objects, start) if value is None]
                objects = [value for value in objects if value is not None]
            else:
                ok += [True] * len(cells)
                findings += found
                omitted += [0] * len(cells)
            for column, values in zip(self.columns, fields, strict=True):
                values.extend(column.column.values(objects))
                for place in absent:
                    values.insert(place, None)
        made = zip((*_OUTCOME, *self.columns), (ok, findings, omitted, *fields), strict=True)
        return [pa.array(values, column.type) for column, values in made]


def _names(names: Iterable[str], argument: str) -> tuple[str, ...]:
    if isinstance(names, str):
        raise TypeError(f"{argument} must be an iterable of names: write ({names!r},).")
    return tuple(names)


def _typed(cls: type, columns: Sequence[str], keep: Sequence[str], dossier: Dossier | None) -> tuple[TypedColumn, ...]:
    document_name(cls)  # raises the TypeError
    event = None if dossier is None else require_dossier(dossier).event
    typed = tuple(typed_column(cls, name, event) for name in columns)
    _require_distinct((*keep, *columns), [column.name for column in _OUTCOME])
    return typed


def _require_distinct(names: Iterable[str], others: Iterable[str]) -> None:
    taken = {*others}
    for name in names:
        if name in taken:
            raise TypeError(f"Two columns would have the name {name!r}.")
        taken.add(name)


def _schema(arriving: Any, keep: Sequence[str], columns: Sequence[TypedColumn]) -> Schema:
    columns_kept = [arriving.field(_index(arriving, name)) for name in keep]
    schema: Schema = pa.schema([*columns_kept, *_OUTCOME, *(pa.field(column.name, type_) for column, type_ in columns)])
    return schema


def _index(schema: Schema, name: str, advice: str = "") -> int:
    places = schema.get_all_field_indices(name)
    if len(places) > 1:
        raise TypeError(f"The batches have several columns {name!r}.")
    if not places:
        there = ", ".join(map(repr, schema.names[:_MOST_NAMES]))
        more = ", ..." if len(schema.names) > _MOST_NAMES else ""
        raise TypeError(f"The batches have no column {name!r}, but {there or 'none at all'}{more}.{advice}")
    return places[0]


def _column(batch: Any, name: str, advice: str = "") -> Any:
    return batch.column(_index(batch.schema, name, advice))


def _require_payloads(kind: Any, name: str) -> None:
    """Raise a TypeError if a column is neither binary nor string."""
    plain = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind  # arrow.json is a string type
    if (plain.value_type if isinstance(plain, pa.DictionaryType) else plain) not in _PAYLOADS:
        raise TypeError(f"The column {name!r} is of type {kind}. Payloads must be binary or string.")


def _payloads(cells: Any, name: str) -> Any:
    """Return the payloads as binary; strings become UTF-8, which the reader validates."""
    _require_payloads(cells.type, name)
    plain = cells.storage if isinstance(cells, pa.ExtensionArray) else cells
    if isinstance(plain, pa.DictionaryArray):
        return pa.DictionaryArray.from_arrays(plain.indices, plain.dictionary.cast(pa.large_binary()))
    return plain.cast(pa.large_binary())


def _cells(payloads: Any) -> list[bytes | None]:
    # Views into Arrow's buffer are no cheaper than these copies, and the reader would copy each of them.
    plain = payloads.dictionary_decode() if isinstance(payloads, pa.DictionaryArray) else payloads
    cells: list[bytes | None] = plain.to_pylist()
    return cells


def typed_column(cls: type, name: str, event: Event | None = None) -> TypedColumn:
    """Return the column of *cls* with a dotted name such as ``mode``, ``participant.email`` or ``answers.tshirt``.

    Raises:
        TypeError: there is no such field, or it holds neither a plain value nor a list of plain values; or *event* does
            not ask that question.
    """
    answers = () if event is None or cls not in CALL_KINDS else tuple(answer_columns(cls, event))
    # The fields of objects in lists may have more values than fit into the arrays of a batch.
    columns = {column.name: column for column in (*columns_of(cls), *answers) if not column.of_each}
    if name in columns:
        return TypedColumn(columns[name], _arrow_type(columns[name].constraint))
    meant = close_to(name, Spellings({known.casefold(): known for known in columns}))
    advice = "" if meant is None else f" Did you mean {meant!r}?"
    if event is None and cls in CALL_KINDS and name.startswith("answers."):
        advice = " Pass the dossier whose event asks the question."
    raise TypeError(f"{cls.__name__} has no column {name!r}, with a plain value or a list of them.{advice}")


def _arrow_type(constraint: Constraint) -> Any:
    """Return the Arrow type of the values of a column; texts, codes and members of enums are strings."""
    match constraint:
        case Items(item=item):
            return pa.list_(_arrow_type(item))
        case Timestamp():  # with a precision of microseconds
            return pa.timestamp("us", tz="UTC")
        case Date():
            return pa.date32()
        case Integer():
            return pa.int64()
        case DecimalNumber():
            return pa.decimal128(constraint.digits + constraint.places, constraint.places)
        case Boolean():
            return pa.bool_()
        case _:
            return pa.string()
