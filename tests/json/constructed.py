"""A second reader, without msgspec, without anything that was generated and without the reader it is compared with.

It asks the declarations what each value is, and every object is made by its own constructor, which checks it. What the
published schema accepts and the constructors accept is what every other way has to accept, and what comes of it too.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import fields, has
from pendulum import DateTime

from wtisd_model.schema.constraints import (
    Constraint,
    Date,
    DecimalNumber,
    Enumeration,
    Integer,
    Items,
    Nested,
    Timestamp,
)
from wtisd_model.schema.fields import fields_of, json_form_of
from wtisd_model.types.timeslot import WrittenSlot


def constructed(cls: type, document: Mapping[str, Any]) -> Any:
    """Make the object of a document whose shape is good.

    Raises:
        InvalidValueError: what its constructor, or that of a part of it, refuses.
    """
    form = json_form_of(cls)
    members = {
        spec.name: _value(spec.constraint, document[spec.key])
        for spec in fields_of(cls)
        if document.get(spec.key) is not None
    }
    made = form(**members)
    return made.value() if isinstance(made, WrittenSlot) else made


def _value(constraint: Constraint, value: Any) -> object:
    match constraint:
        case Nested():
            return constructed(constraint.cls, value)
        case Items():
            return constraint.container(_value(constraint.item, each) for each in value)
        case Enumeration():
            return constraint.members(value)
        case Integer():
            return int(value)
        case DecimalNumber():
            return Decimal(value)
        case Date():
            return date.fromisoformat(value)
        case Timestamp():
            return datetime.fromisoformat(value.upper())
        case _:
            return value


def anatomy(value: object) -> object:
    """Take a value apart into what it holds and the exact type of each part: equal only where nothing at all differs.

    Two objects may be equal and still hold a text and a kind of text, or a number with more zeros.
    """
    cls = type(value)
    if isinstance(value, Enum):
        return cls, value.name
    if isinstance(value, DateTime):
        return cls, value.naive().isoformat(), value.timezone_name, value.fold, value.utcoffset()
    if isinstance(value, datetime):
        return cls, value.isoformat(), repr(value.tzinfo)  # fold has no meaning in UTC
    if isinstance(value, Decimal):
        return cls, value.as_tuple()
    if isinstance(value, Mapping):
        return cls, [(anatomy(key), anatomy(each)) for key, each in value.items()]
    if isinstance(value, tuple):
        return cls, list(map(anatomy, value))
    if isinstance(value, frozenset):
        return cls, sorted(map(anatomy, value), key=repr)
    if has(cls):
        return cls, [(each.name, anatomy(getattr(value, each.name))) for each in fields(cls)]
    return cls, value
