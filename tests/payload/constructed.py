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

from wtisd_model.fields import fields_of, form_of
from wtisd_model.nodes import Choice, Day, Exact, Items, Moment, Nested, Node, Whole
from wtisd_model.values.timeslot import WrittenSlot


def constructed(cls: type, document: Mapping[str, Any]) -> Any:
    """Make the object of a document whose shape is good.

    Raises:
        InvalidValueError: what its constructor, or that of a part of it, refuses.
    """
    form = form_of(cls)
    members = {
        spec.name: _value(spec.node, document[spec.key])
        for spec in fields_of(cls)
        if document.get(spec.key) is not None
    }
    made = form(**members)
    return made.value() if isinstance(made, WrittenSlot) else made


def _value(node: Node, value: Any) -> object:
    match node:
        case Nested():
            return constructed(node.cls, value)
        case Items():
            return node.container(_value(node.item, each) for each in value)
        case Choice():
            return node.members(value)
        case Whole():
            return int(value)
        case Exact():
            return Decimal(value)
        case Day():
            return date.fromisoformat(value)
        case Moment():
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
