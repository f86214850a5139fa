"""Payloads in a column of Arrow record batches: what became of each, and chosen fields as typed columns.

`validate_batches` is what PySpark's ``DataFrame.mapInArrow`` takes as it is, and what runs over a Parquet file, a
DuckDB result or a partition of Ray or Dask. It needs PyArrow: ``pip install 'wtisd-model[arrow]'``.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

try:
    # Of PyArrow's types only those named below are known to type checkers as a whole.
    pa: Any = import_module("pyarrow")
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.arrow needs PyArrow: pip install 'wtisd-model[arrow]'", name="pyarrow"
    ) from _missing

from attrs import frozen
from pyarrow import RecordBatch, Schema

from wtisd_model.findings import Finding
from wtisd_model.integrations.arrow_columns import TypedColumn, typed_column
from wtisd_model.json.limits import Limits
from wtisd_model.json.outcome import Outcome
from wtisd_model.json.validator import Validator
from wtisd_model.model.documents import document_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Registration

__all__ = ["output_schema", "validate_batches"]

# Rows of a batch that goes out: a column of the longest texts must stay within the 2 GiB that Arrow's strings reach.
_MOST_ROWS = 8_192
# Rows that become arrays at once, and objects held at once: with more, values have left the processor's cache when
# they are asked for again, and the garbage collector looks at them; fewer take more calls into Arrow.
_AT_ONCE = 512
_OBJECTS = 32

# Names in a message.
_MOST_NAMES = 20
_SAY_WHICH = " Say with column= which one holds the payloads."

_PAYLOADS = frozenset(
    {pa.binary(), pa.large_binary(), pa.binary_view(), pa.string(), pa.large_string(), pa.string_view()}
)
_FINDING = pa.struct([(name, pa.string()) for name in ("code", "severity", "path", "message", "fix")])
_OUTCOME = (
    pa.field("ok", pa.bool_()),
    pa.field("findings", pa.list_(_FINDING)),
    pa.field("omitted", pa.int32()),
)


def validate_batches(
    batches: Iterable[RecordBatch],
    cls: type = Registration,
    *,
    column: str = "payload",
    columns: Iterable[str] = (),
    keep: Iterable[str] = (),
    dossier: Dossier | None = None,
    now: datetime | None = None,
    submission: bool = False,
    limits: Limits = Limits(),
) -> Iterator[RecordBatch]:
    """Validate the payloads in one column of record batches: a row for each row, in the same order.

    Each payload is judged as `wtisd_model.validate` judges it, and a null cell as the JSON text ``null``. The columns
    that come out are those of `output_schema`. Batches are read one by one, and long ones go out in parts.

    Args:
        batches: record batches, as a reader or PySpark gives them.
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        column: the column of the payloads: UTF-8 as binary, or string.
        columns: the fields to give as typed columns, by dotted names: ``("mode", "participant.email")``. They are null
            where no object could be made. Nothing personal goes out but what is named here or in *keep*.
        keep: the columns to hand on as they came, such as an id.
        dossier: what a registration, request or pledge is to be judged against.
        now: the present moment, aware; asked for with *dossier* and *submission*.
        submission: they come from strangers, who may not set what the office sets.
        limits: how much one payload may hold.

    Raises:
        TypeError: a mistake in the call, as for `wtisd_model.Validator`, or a field that cannot be a column; and while
            batches are read, one that lacks a column or has something else than payloads in it.
        InvalidValueError: *now* is no moment, as for `wtisd_model.Validator`.
    """
    validator: Validator[Any] = Validator(cls, dossier=dossier, now=now, submission=submission, limits=limits)
    kept = _names(keep, "keep")
    plan = _Plan(
        validator=validator,
        absent=validator(b"null"),  # and a TypeError where *now* is missing, before there is a batch
        payload=column,
        keep=kept,
        columns=_typed(cls, _names(columns, "columns"), kept),
    )
    return plan.run(batches)


def output_schema(
    cls: type = Registration,
    *,
    columns: Iterable[str] = (),
    keep: Iterable[str] = (),
    incoming: Schema | None = None,
) -> Schema:
    """Say which columns `validate_batches` gives for the same arguments, before there is a batch.

    First those of *keep*; then ``ok`` (bool), ``findings`` (a list of structs of the strings ``code``, ``severity``,
    ``path``, ``message`` and ``fix``) and ``omitted`` (int32: how many more findings there were); then those of
    *columns*: texts, codes and members of enums are string, moments timestamp[us, UTC], days date32, whole numbers
    int64, exact ones decimal128, true and false bool, and several of them a list.

    Args:
        cls: as for `validate_batches`.
        columns: as for `validate_batches`.
        keep: as for `validate_batches`.
        incoming: the schema of the batches; asked for with *keep*.

    Raises:
        TypeError: as for `validate_batches`.
    """
    kept = _names(keep, "keep")
    typed = _typed(cls, _names(columns, "columns"), kept)
    if kept and incoming is None:
        raise TypeError("incoming is required with keep: the schema of the batches.")
    return _schema(incoming, kept, typed)


@frozen(kw_only=True, eq=False)
class _Plan:
    """All that was said once, for every batch."""

    validator: Validator[Any]
    absent: Outcome[Any]
    """What becomes of a null cell."""
    payload: str
    keep: tuple[str, ...]
    columns: tuple[TypedColumn, ...]

    def run(self, batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        before: Schema | None = None
        for batch in batches:
            arriving = _schema_of(batch)
            schema = _schema(arriving, self.keep, self.columns)
            if before is not None and not schema.equals(before):
                raise TypeError("A column to keep is of another type than in the batches before.")
            before = schema
            kept = [_column(batch, name) for name in self.keep]
            payloads = _payloads(_column(batch, self.payload, _SAY_WHICH), self.payload)
            for start in range(0, max(1, batch.num_rows), _MOST_ROWS):
                made = self._columns(payloads.slice(start, _MOST_ROWS))
                part = [array.slice(start, _MOST_ROWS) for array in kept]
                yield pa.RecordBatch.from_arrays([*part, *made], schema=schema)

    def _columns(self, payloads: Any) -> list[Any]:
        parts = [self._arrays(payloads.slice(at, _AT_ONCE)) for at in range(0, max(1, len(payloads)), _AT_ONCE)]
        return [pa.concat_arrays(arrays) for arrays in zip(*parts, strict=True)]

    def _arrays(self, payloads: Any) -> list[Any]:
        ok: list[object] = []
        findings: list[object] = []
        omitted: list[object] = []
        fields: list[list[object]] = [[] for _ in self.columns]
        for start in range(0, len(payloads), _OBJECTS):
            cells = _cells(payloads.slice(start, _OBJECTS))
            outcomes = [self.absent if cell is None else self.validator(cell) for cell in cells]
            told = [each.findings for each in outcomes]
            absent = any(told)  # where nothing was found there is an object
            ok += [each.ok for each in outcomes] if absent else [True] * len(cells)
            findings += [[_told(found) for found in each] if each else () for each in told] if absent else told
            omitted += [each.omitted for each in outcomes] if absent else [0] * len(cells)
            objects = [each.value for each in outcomes]
            for column, values in zip(self.columns, fields, strict=True):
                values.extend(column.values(objects, absent=absent))
        made = zip((*_OUTCOME, *self.columns), (ok, findings, omitted, *fields), strict=True)
        return [pa.array(values, column.type) for column, values in made]


def _told(found: Finding) -> tuple[str, ...]:
    return found.code, found.severity, found.path, found.message, found.fix


def _names(names: Iterable[str], argument: str) -> tuple[str, ...]:
    if isinstance(names, str):
        raise TypeError(f"{argument} holds names: write ({names!r},).")
    return tuple(names)


def _typed(cls: type, columns: Sequence[str], keep: Sequence[str]) -> tuple[TypedColumn, ...]:
    document_name(cls)  # refuses what is no document
    typed = tuple(typed_column(cls, name) for name in columns)
    taken = {each.name for each in _OUTCOME}
    for name in (*keep, *columns):
        if name in taken:
            raise TypeError(f"Two columns would be called {name!r}.")
        taken.add(name)
    return typed


def _schema(arriving: Any, keep: Sequence[str], columns: Sequence[TypedColumn]) -> Schema:
    kept = [arriving.field(_index(arriving, name)) for name in keep]
    schema: Schema = pa.schema([*kept, *_OUTCOME, *(pa.field(each.name, each.type) for each in columns)])
    return schema


def _schema_of(batch: object) -> Schema:
    if not isinstance(batch, RecordBatch):
        raise TypeError("Not a RecordBatch: of a table, give to_batches().")
    return batch.schema


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
    """Give the payloads as binary; of text it is the UTF-8, which the reader makes sure of.

    Raises:
        TypeError: they are something else.
    """
    plain = cells.storage if isinstance(cells, pa.ExtensionArray) else cells  # arrow.json is text under another name
    in_dictionary = isinstance(plain, pa.DictionaryArray)
    if (plain.dictionary if in_dictionary else plain).type not in _PAYLOADS:
        raise TypeError(f"The column {name!r} holds {cells.type}: payloads are binary or string.")
    if in_dictionary:
        return pa.DictionaryArray.from_arrays(plain.indices, plain.dictionary.cast(pa.large_binary()))
    return plain.cast(pa.large_binary())


def _cells(payloads: Any) -> list[bytes | None]:
    # Views into Arrow's buffer cost as much as these copies do, and the reader would make a copy of each.
    plain = payloads.dictionary_decode() if isinstance(payloads, pa.DictionaryArray) else payloads
    cells: list[bytes | None] = plain.to_pylist()
    return cells
