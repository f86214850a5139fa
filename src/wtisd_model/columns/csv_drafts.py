"""Rows of a table as objects: the payload that a row describes, and its findings by column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.columns.csv_cells import ReadText
from wtisd_model.columns.csv_rows import CsvRow
from wtisd_model.columns.header import ID, SLOT_DATE, Keys, TargetField
from wtisd_model.columns.table import OTHER_ANSWERS
from wtisd_model.findings import (
    EnoughError,
    Finding,
    FindingCollector,
    finding,
    pointer,
)
from wtisd_model.json.decoder import object_decoder
from wtisd_model.json.outcome import Outcome, new_outcome
from wtisd_model.json.text_values import ABSENT
from wtisd_model.model.question import read_answer
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.schema.json_values import is_object
from wtisd_model.types.scalars import INVALID
from wtisd_model.types.timeslot import TimeSlot

T = TypeVar("T")


class SourceColumn(NamedTuple):
    """A column that fills a field."""

    position: int
    """Its index among the cells of a row."""
    target: TargetField
    read: ReadText


class _Default(NamedTuple):
    """A value for all rows."""

    target: TargetField
    value: Any
    within: Keys
    """The keys of the innermost optional object around it that has columns; no row without that object gets it."""


class RowReader(Generic[T]):
    """A reader of rows as objects.

    Args:
        cls: the class of the objects.
        count: the number of cells of a row.
        columns: the columns that fill a field.
        defaults: the JSON values of fields for which a row, or the whole table, has none.
        ids: the ids of rows, for a table without a column of ids.
    """

    def __init__(
        self,
        cls: type[T],
        count: int,
        columns: Sequence[SourceColumn],
        defaults: Mapping[TargetField, Any],
        ids: Iterator[str],
    ) -> None:
        self._cls = cast("type", cls)
        self._count = count
        # Other answers are added to those that have columns.
        self._columns = sorted(columns, key=lambda column: column.target.name == OTHER_ANSWERS)
        self._by_keys = {column.target.keys: column for column in columns}
        self._defaults = [_Default(target, value, self._within(target)) for target, value in defaults.items()]
        targets = {*defaults, *(column.target for column in columns)}
        self._ids = None if any(target.keys == ID for target in targets) else ids
        self._slots = {
            keys for target in targets for keys, _, inner in _objects_at(self._cls, target.keys) if inner is TimeSlot
        }
        self._decode = object_decoder(self._cls).decode

    def outcome(self, row: CsvRow) -> Outcome[T]:
        """Return the object of a row, or the findings about it."""
        findings = FindingCollector()
        here = pointer("lines", row.line)
        own = {} if self._ids is None else {"id": next(self._ids)}
        thing: Any = None
        if row.refusal is not None:
            findings.add(row.refusal.prefixed(here))
        elif any(cell.strip() for cell in row.cells[self._count :]):
            findings.add(finding(Code.CELLS_TOO_MANY, here, maximum=self._count))
        else:
            thing = self._made(row.cells, here, findings, own)
        return new_outcome(None if findings.kept else thing, tuple(findings.kept), row.line, findings.omitted, None)

    def _made(self, cells: list[str], here: str, findings: FindingCollector, own: dict[str, str]) -> Any:
        draft = self._draft(cells, here, findings) | own
        refused = FindingCollector()
        try:
            thing = self._decode(draft, refused)
        except EnoughError:
            thing = INVALID
        for found in refused.kept:
            findings.add(self._placed(found, here))
        findings.omitted += refused.omitted
        return thing

    def _draft(self, cells: list[str], here: str, findings: FindingCollector) -> dict[str, Any]:
        """Return the payload that a row describes."""
        draft: dict[str, Any] = {}
        lists: dict[Keys, list[tuple[SourceColumn, list[Any]]]] = {}
        count = len(cells)
        for column in self._columns:
            position, target, read_cell = column
            # Most cells are empty in most tables.
            if position >= count or not cells[position] or (value := read_cell(cells[position])) is ABSENT:
                continue
            if target.list_at is not None:
                lists.setdefault(target.keys[: target.list_at], []).append((column, value))
                continue
            found = None if target.question is None else read_answer(target.question.constraint, value)[1]
            if found is None:
                _put(draft, target.keys, value)
            else:
                findings.add(_at_column(found, here, column))
        for keys, parts in lists.items():
            differing = next((column for column, values in parts if len(values) != len(parts[0][1])), None)
            if differing is None:
                _put(draft, keys, _items(parts))
            else:
                found = finding(Code.CELL_ITEMS_DIFFER, field=differing.target.name)
                findings.add(_at_column(found, here, differing))
        for target, value, within in self._defaults:
            _fill_target(draft, target, value, len(within))
        for keys in self._slots:
            _complete_slots(draft, keys)
        return draft

    def _within(self, target: TargetField) -> Keys:
        """Return the keys of the innermost object around a field that a row may lack and that has columns, if any."""
        return max(
            (
                keys
                for keys, spec, _ in _objects_at(self._cls, target.keys)
                if (spec.optional or isinstance(spec.constraint, Items))
                and any(column_keys[: len(keys)] == keys for column_keys in self._by_keys)
            ),
            key=len,
            default=(),
        )

    def _placed(self, found: Finding, here: str) -> Finding:
        """Return a finding about a payload as one about the column, or the row, that it comes from."""
        keys: Keys = ()
        constraint: Constraint = Nested(self._cls)
        names: list[str] = []
        for step in found.path.split("/")[1:]:
            if isinstance(constraint, Items):  # the step is an index
                constraint = constraint.item
                continue
            keys = (*keys, step)
            if keys in self._by_keys:
                return _at_column(found, here, self._by_keys[keys])
            spec = _spec(constraint.cls, step) if isinstance(constraint, Nested) else None
            if spec is None:  # a key that people chose, which may be personal data
                break
            names.append(spec.name)
            constraint = spec.constraint
        return _at(found, here, ".".join(names))


def _at_column(found: Finding, here: str, column: SourceColumn) -> Finding:
    return _at(found, here + pointer("columns", column.position + 1), column.target.name)


def _at(found: Finding, path: str, name: str) -> Finding:
    return evolve(found, path=path, params={**found.params, "field": name})


def _spec(cls: type, key: str) -> FieldSpec | None:
    return next((spec for spec in fields_of(cls) if spec.key == key), None)


def _objects_at(cls: type, keys: Keys) -> Iterator[tuple[Keys, FieldSpec, type]]:
    """Yield the keys, the field and the class of each object around a field, the outermost first."""
    for length, key in enumerate(keys[:-1], 1):
        spec = _spec(cls, key)
        constraint = None if spec is None else spec.constraint
        if isinstance(constraint, Items):
            constraint = constraint.item
        if spec is None or not isinstance(constraint, Nested):
            return
        cls = constraint.cls
        yield keys[:length], spec, cls


def _put(node: dict[str, Any], keys: Keys, value: Any) -> None:
    """Put a value into an object, and create the objects that lead to it."""
    for key in keys[:-1]:
        node = node.setdefault(key, {})
    last = keys[-1]
    node[last] = value | node[last] if last in node and is_object(value) else value  # other answers


def _items(parts: Sequence[tuple[SourceColumn, list[Any]]]) -> list[dict[str, Any]]:
    """Return the objects of a list, whose fields are in several columns."""
    items: list[dict[str, Any]] = [{} for _ in parts[0][1]]
    for (_, target, _), values in parts:
        keys = target.keys[target.list_at :]
        for item, value in zip(items, values, strict=True):
            if value is not ABSENT:
                _put(item, keys, value)
    return items


def _fill_target(node: dict[str, Any], target: TargetField, value: Any, needed: int) -> None:
    """Put a value into a row that has none there, if the first *needed* objects on the way to it exist."""
    if target.list_at is None:
        _fill(node, target.keys, value, needed)
        return
    outer, inner = target.keys[: target.list_at], target.keys[target.list_at :]
    for item in _fill(node, outer, [{}], needed) or ():
        _fill(item, inner, value, needed - len(outer))


def _fill(node: Any, keys: Keys, value: Any, needed: int) -> Any:
    """Put a value at *keys* unless there is one, and return the one there; None if a needed object does not exist."""
    for number, key in enumerate(keys):
        if not is_object(node) or (key not in node and number < needed):
            return None
        node = node.setdefault(key, value if number == len(keys) - 1 else {})
    return node


def _complete_slots(node: Any, keys: Keys) -> None:
    """Put the day of a slot, if it has one of its own, before its times, and that of the start before a bare end."""
    for key in keys:
        node = node.get(key, ()) if is_object(node) else ()
    for slot in [node] if is_object(node) else cast("Sequence[dict[str, Any]]", node):
        start, end = slot.get("start", ""), slot.get("end", "")
        if _is_clock(start) or not start:
            day = slot.pop(SLOT_DATE, "")
            start = f"{day}T{start}" if day and start else start
        if _is_clock(end) and start:
            end = f"{start[:10]}T{end}"
        slot |= {key: text for key, text in (("start", start), ("end", end)) if text}


def _is_clock(text: str) -> bool:
    return text[2:3] == ":"
