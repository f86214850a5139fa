"""What a `Format` says of itself is true: a law for the tests of each format.

The object and what is made of it are compared as our JSON, in which absent fields are left out.
"""

from collections.abc import Callable, Iterator
from typing import Any

from wtisd_model import PayloadError
from wtisd_model.formats import Fields, Format
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import fields_of


def assert_format(
    format_: Format, thing: object, write: Callable[[Any], object], read: Callable[[Any], object] | None = None
) -> None:
    """Assert for one object that its format carries what it says.

    What is left out does not change the result. What is written as text does. What is carried comes back equal; if
    nothing reads the format, it changes the result.

    Args:
        format_: what the format says.
        thing: the object.
        write: writes it.
        read: returns the object that is read back.
    """
    cls: type = type(thing)
    written, plain = write(thing), to_builtins(thing)
    for left_out in (format_.not_carried, *_one_by_one(format_.not_carried)):
        without = _object(cls, plain, left_out)
        if without is not None:
            assert write(without) == written, left_out
            if left_out is format_.not_carried:
                break
    _assert_changes(thing, plain, format_.as_text, write, written)
    if read is None:
        carried = _carried_fields(format_, cls, plain)
        _assert_changes(thing, plain, carried, write, written)
    else:
        back = to_builtins(read(written))
        for lost in (format_.not_carried, format_.as_text):
            plain, back = without_fields(cls, plain, lost), without_fields(cls, back, lost)
        assert back == plain


def without_fields(cls: type, plain: Any, left_out: Fields, *, required: bool = True) -> Any:
    """Return the JSON of an object without some fields, at any depth; without *required*, only optional fields."""
    names = left_out.get(cls.__name__, frozenset())
    dropped = {spec.key for spec in fields_of(cls) if spec.name in names and (required or not spec.required)}
    constraints = {spec.key: spec.constraint for spec in fields_of(cls)}

    def inside(constraint: Constraint | None, value: Any) -> Any:
        match constraint:
            case Nested(cls=nested):
                return without_fields(nested, value, left_out, required=required)
            case Items(item=Nested(cls=nested)):
                return [without_fields(nested, each, left_out, required=required) for each in value]
            case _:
                return value

    return {key: inside(constraints.get(key), value) for key, value in plain.items() if key not in dropped}


def _lost(format_: Format, name: str) -> frozenset[str]:
    return format_.not_carried.get(name, frozenset()) | format_.as_text.get(name, frozenset())


def _carried_fields(format_: Format, cls: type, plain: Any) -> dict[str, frozenset[str]]:
    """Return the fields that are carried and have a value, also those of objects in such fields."""
    found: dict[str, frozenset[str]] = {}
    waiting = [(cls, plain)]
    while waiting:
        each, part = waiting.pop()
        lost = _lost(format_, each.__name__)
        specs = [spec for spec in fields_of(each) if spec.key in part and spec.name not in lost]
        found[each.__name__] = found.get(each.__name__, frozenset()).union(spec.name for spec in specs)
        for spec in specs:
            waiting += _inside(spec.constraint, part[spec.key])
    return found


def _inside(constraint: Constraint, plain: Any) -> list[tuple[type, Any]]:
    match constraint:
        case Nested(cls=cls):
            return [(cls, plain)]
        case Items(item=Nested(cls=cls)):
            return [(cls, each) for each in plain]
        case _:
            return []


def _assert_changes(thing: object, plain: Any, fields: Fields, write: Callable[[Any], object], written: object) -> None:
    """Assert that the result changes if one of these fields is absent, where the object can be without it."""
    cls: type = type(thing)
    for field in _one_by_one(fields):
        made = _object(cls, plain, field)
        if made is not None and made != thing:
            assert write(made) != written, field


def _one_by_one(fields: Fields) -> Iterator[Fields]:
    for name, attributes in fields.items():
        for attribute in attributes:
            yield {name: frozenset({attribute})}


def _object(cls: type, plain: Any, left_out: Fields) -> object | None:
    """Return the object of a JSON without some of its optional fields; None if it cannot be without them."""
    try:
        made: object = from_builtins(cls, without_fields(cls, plain, left_out, required=False))
    except PayloadError:
        return None
    return made
