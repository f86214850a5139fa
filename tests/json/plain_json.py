"""A second writer of JSON, without msgspec and without anything that was generated: it asks the declarations."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wtisd_model import Dossier, TimeSlot
from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.schema.constraints import Constraint, Items, Map, Nested, Timestamp
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.schema.json_values import AnyJson, JsonObject


def plainly(obj: object) -> bytes:
    """Write a document as JSON through json.dumps."""
    document = {"@type": document_name(type(obj)), "schemaVersion": SCHEMA_VERSION, **_members(obj)}
    return dumps(document).encode()


def dumps(value: object) -> str:
    """Write a JSON value without spaces; numbers and the keys of a JsonObject as RFC 8785 has them."""
    match value:
        case dict():
            return "{" + ",".join(f"{dumps(key)}:{dumps(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ",".join(map(dumps, value)) + "]"
        case JsonObject():
            # A number in JSON looks the same in Python, save for a zero in the exponent and whole floats.
            ordered = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
            return dumps(dict(ordered))
        case float() if value.is_integer() and abs(value) < 10**21:
            return _digits(value)
        case float():
            return (
                re.sub(r"e([+-])0", r"e\1", repr(value))
                if abs(value) < 1e-6 or abs(value) >= 10**21
                else _digits(value)
            )
        case _:
            return json.dumps(value, ensure_ascii=False)


def _digits(value: float) -> str:
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _members(obj: object) -> dict[str, object]:
    cls = type(obj)
    written = obj.written() if isinstance(obj, TimeSlot) else obj
    members = ((spec, getattr(written, spec.name)) for spec in fields_of(cls))
    return {spec.key: _plain(spec.constraint, value) for spec, value in members if _is_written(obj, spec, value)}


def _is_written(obj: object, spec: FieldSpec, value: object) -> bool:
    if isinstance(spec.constraint, Items) and not spec.optional:
        return bool(value) or isinstance(obj, Dossier)
    if isinstance(spec.constraint, Map):
        return bool(value)
    return value is not None and value is not False


def _plain(constraint: Constraint, value: Any) -> object:
    match constraint:
        case Nested():
            return _members(value)
        case Items(container=container):
            items = [_plain(constraint.item, each) for each in value]
            return sorted(items, key=str) if container is frozenset else items
        case Map(value=AnyJson()):
            return value
        case Map():
            return dict(value)
        case Timestamp():
            return written_moment(value)
        case _:
            return _leaf(value)


def _leaf(value: Decimal | date | StrEnum | str | int) -> str | int:
    match value:
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case _:
            return value


def written_moment(moment: datetime) -> str:
    """Write a moment in UTC as RFC 3339 does, with Z and no more digits than it has."""
    return moment.isoformat().replace("+00:00", "Z")
