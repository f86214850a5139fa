"""Validation of payloads in a column of Arrow record batches, with fields as typed columns.

`validate_batches` can be passed to PySpark's ``DataFrame.mapInArrow``, and applied to a Parquet file, a DuckDB result
or a partition of Ray or Dask. It needs PyArrow: ``pip install 'wtisd-model[arrow]'``.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib import import_module
from itertools import repeat
from operator import methodcaller
from typing import Any, NamedTuple, cast

try:
    # Type checkers know only a few of PyArrow's types, which are imported below.
    pa: Any = import_module("pyarrow")
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.arrow needs PyArrow: pip install 'wtisd-model[arrow]'", name="pyarrow"
    ) from _missing

from attrs import frozen
from pyarrow import RecordBatch, Schema

from wtisd_model.columns.table import Column, answer_columns, columns_of
from wtisd_model.findings import Finding
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.model.documents import CALL_KINDS, document_name
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.schema.constraints import Boolean, Constraint, Date, DecimalNumber, Integer, Items, Timestamp
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.attendance import TakenSeats
from wtisd_model.types.identifiers import ids_for_rows

__all__ = ["output_schema", "validate_batches"]

# Rows per output batch: a column of texts of maximum length must stay below Arrow's limit of 2 GiB.
_MOST_ROWS = 8_192
# Rows converted to arrays at once, and objects held at once: with more, values leave the processor's cache before they
# are used again, and the garbage collector visits them; with fewer, there are more calls into Arrow.
_AT_ONCE = 512
_OBJECTS = 32

# Names listed in a message.
_MOST_NAMES = 20
_NAME_COLUMN = " Name the column of the payloads with column=."

_PAYLOADS = frozenset({pa.binary(), pa.large_binary(), pa.string(), pa.large_string()}) | {
    getattr(pa, view)()
    for view in ("binary_view", "string_view")
    if hasattr(pa, view)  # from 16 on
}
_FINDING = pa.struct([(name, pa.string()) for name in ("code", "severity", "path", "message", "fix")])
_OUTCOME = (pa.field("ok", pa.bool_()), pa.field("findings", pa.list_(_FINDING)), pa.field("omitted", pa.int32()))


def validate_batches(
    batches: Iterable[RecordBatch],
    cls: type = Registration,
    *,
    column: str = "payload",
    columns: Iterable[str] = (),
    keep: Iterable[str] = (),
    dossier: Dossier | None = None,
    taken: TakenSeats | None = None,
    now: datetime | None = None,
    submission: bool = False,
    ids: str | Iterable[str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[RecordBatch]:
    """Validate the payloads in one column of record batches; yield one row per row, in the same order.

    Each payload is validated as by `wtisd_model.validate`, and a null cell like the JSON text ``null``. The columns of
    the result are those of `output_schema`. Batches are processed one by one, and long ones are split.

    Args:
        batches: record batches, from a reader or from PySpark.
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        column: the column of the payloads: UTF-8 as binary, or string.
        columns: the fields to return as typed columns, by dotted names: ``("mode", "participant.email")``, and with
            *dossier* the answers to the questions of its event, by the ids of these: ``"answers.tshirt"``. They are
            null for invalid payloads. No personal data is returned except what is named here or in *keep*.
        keep: the columns to copy from the input, such as an id.
        dossier: the dossier to check registrations, requests and pledges against.
        taken: the numbers of seats taken, as for `wtisd_model.Validator`; the rows do not add to them.
        now: the current time, aware; required with *dossier* and *submission*.
        submission: True for payloads from outside, which must not set the fields of the office.
        ids: the ids of submissions: the name of the column that has them, as strings, or an iterable with one for each
            row, refused or not. By default they are random, and so new if an engine repeats a task. An engine passes
            the same arguments to all its tasks, so give it the name of a column.
        limits: the limits of one payload.

    Raises:
        TypeError: the arguments are wrong, as for `wtisd_model.Validator`, or a field cannot be a column; during
            iteration, a batch has no such column, its values are not payloads, or *ids* are not for submissions or too
            few.
        InvalidValueError: *now* is not an aware datetime, as for `wtisd_model.Validator`; during iteration, one of
            *ids* is not an identifier.
    """
    validator: Validator[Any] = Validator(
        cls, dossier=dossier, taken=taken, now=now, submission=submission, limits=limits
    )
    columns_kept = _names(keep, "keep")
    validate = _BatchValidator(
        validator=validator,
        absent=validator(b"null"),  # raises a TypeError if *now* is missing, before the first batch
        payload=column,
        ids=ids if ids is None or isinstance(ids, str) else ids_for_rows(ids),
        keep=columns_kept,
        columns=_typed(cls, _names(columns, "columns"), columns_kept, dossier),
    )
    return validate.run(batches)


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
                ok += [not outcome.findings or outcome.ok for outcome in outcomes]
                findings += [[_as_struct(finding) for finding in several] if several else () for several in found]
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


def _as_struct(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.severity, finding.path, finding.message, finding.fix


def _names(names: Iterable[str], argument: str) -> tuple[str, ...]:
    if isinstance(names, str):
        raise TypeError(f"{argument} must be an iterable of names: write ({names!r},).")
    return tuple(names)


def _typed(cls: type, columns: Sequence[str], keep: Sequence[str], dossier: Dossier | None) -> tuple[TypedColumn, ...]:
    document_name(cls)  # raises the TypeError
    event = None if dossier is None else require_dossier(dossier).event
    typed = tuple(typed_column(cls, name, event) for name in columns)
    taken = {column.name for column in _OUTCOME}
    for name in (*keep, *columns):
        if name in taken:
            raise TypeError(f"Two columns would have the name {name!r}.")
        taken.add(name)
    return typed


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


def _payloads(cells: Any, name: str) -> Any:
    """Return the payloads as binary; strings become UTF-8, which the reader validates.

    Raises:
        TypeError: the column is neither binary nor string.
    """
    plain = cells.storage if isinstance(cells, pa.ExtensionArray) else cells  # arrow.json is a string type
    in_dictionary = isinstance(plain, pa.DictionaryArray)
    if (plain.dictionary if in_dictionary else plain).type not in _PAYLOADS:
        raise TypeError(f"The column {name!r} is of type {cells.type}. Payloads must be binary or string.")
    if in_dictionary:
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
