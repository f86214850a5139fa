"""Objects as JSON: for each class a writer, put together from the declarations of its fields.

The classes here make plain values for msgspec to write, and are the reference. ``json/native`` has the same ones,
which write by themselves; where they were compiled they are used instead. Tests hold the two together.
"""

import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Final

from msgspec.json import Encoder

from wtisd_model.json.native import NATIVE
from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.schema.constraints import (
    Boolean,
    Constraint,
    Date,
    DecimalNumber,
    Integer,
    Items,
    Map,
    Nested,
    Timestamp,
)
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.types.timeslot import TimeSlot

_encode = Encoder().encode


class Writer:
    """Writes what an object holds: text, and members of enums, which are texts too."""

    __slots__ = ()

    def written(self, held: Any) -> Any:
        """Make what msgspec writes of what is neither None nor left out because it is empty."""
        return held


class WholeWriter(Writer):
    """Writes a whole number."""

    __slots__ = ()


class FlagWriter(Writer):
    """Writes true or false."""

    __slots__ = ()


class MomentWriter(Writer):
    """Writes a moment in UTC (RFC 3339)."""

    __slots__ = ()


class MadeWriter(Writer):
    """Writes the text that *make* gives, or the texts by their keys."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[Any], str | dict[str, str]]) -> None:
        self._make = make

    def written(self, held: Any) -> Any:
        return self._make(held)


class ItemsWriter(Writer):
    """Writes a tuple, or a frozenset, sorted."""

    __slots__ = ("_is_set", "_item")

    def __init__(self, item: Writer, is_set: bool) -> None:  # noqa: FBT001 - as compiled
        self._item = item
        self._is_set = is_set

    def written(self, held: Any) -> Any:
        return [self._item.written(each) for each in (sorted(held) if self._is_set else held)]


class Member:
    """A member of an object: the name of what it holds, its key, what writes it, and whether it is left out empty."""

    __slots__ = ("key", "leaves_empty", "name", "writer")

    def __init__(self, name: str, key: str, writer: Writer, leaves_empty: bool) -> None:  # noqa: FBT001 - as compiled
        self.name: str = name
        self.key: str = key
        self.writer: Writer = writer
        self.leaves_empty: bool = leaves_empty


class ObjectWriter(Writer):
    """Writes the objects of a class; a *document* with its name, and with the version of the format."""

    __slots__ = ("_cls", "_head", "_members")

    def __init__(self, cls: type, members: tuple[Member, ...], document: str | None) -> None:
        self._cls = cls
        self._members = members
        self._head = {} if document is None else {"@type": document, "schemaVersion": SCHEMA_VERSION}

    def written(self, held: Any) -> Any:
        if not isinstance(held, self._cls):
            raise TypeError(f"Not an object of the class {self._cls.__name__}.")
        plain: dict[str, Any] = {**self._head}
        for member in self._members:
            value = getattr(held, member.name)
            if value is not None and (value or not member.leaves_empty):
                plain[member.key] = member.writer.written(value)
        return plain

    def json(self, held: Any) -> bytes:
        """Write an object as compact UTF-8."""
        return _encode(self.written(held))


PURE: Final = sys.modules[__name__]
ENGINE: Final[Any] = NATIVE or PURE
"""The module whose writers are used."""


@cache
def document_writer(cls: type, engine: Any = ENGINE) -> Callable[[object], bytes]:
    """Give what writes a document: what it is, the version of the format, then its fields.

    Raises:
        TypeError: a class that is no document.
    """
    name = document_name(cls)
    write: Callable[[object], bytes] = engine.ObjectWriter(cls, _members(cls, engine), name).json
    return write


@cache
def _object_writer(cls: type, engine: Any) -> Any:
    if cls is TimeSlot:
        return engine.MadeWriter(_written_slot)
    return engine.ObjectWriter(cls, _members(cls, engine), None)


def _written_slot(slot: TimeSlot) -> dict[str, str]:
    said = zip(_SLOT_KEYS, slot.fields_written(), strict=True)
    return {key: value for key, value in said if value is not None}


_SLOT_KEYS: Final = tuple(spec.key for spec in fields_of(TimeSlot))


def _members(cls: type, engine: Any) -> tuple[Any, ...]:
    return tuple(_member(cls, spec, engine) for spec in fields_of(cls))


def _member(cls: type, spec: FieldSpec, engine: Any) -> Any:
    # Whoever reads a dossier need not ask which of its lists are there.
    leaves_empty = cls is not Dossier and isinstance(spec.constraint, Items | Map | Boolean)
    return engine.Member(spec.name, spec.key, _writer(spec.constraint, engine), leaves_empty)


def _writer(constraint: Constraint, engine: Any) -> Any:
    match constraint:
        case Nested(cls=cls):
            return _object_writer(cls, engine)
        case Items(item=item, container=container):
            return engine.ItemsWriter(_writer(item, engine), container is frozenset)
        case Map():
            return engine.MadeWriter(dict)
        case DecimalNumber():
            return engine.MadeWriter("{:f}".format)
        case Date():
            return engine.MadeWriter(date.isoformat)
        case Integer():
            return engine.WholeWriter()
        case Boolean():
            return engine.FlagWriter()
        case Timestamp():
            return engine.MomentWriter()
        case _:
            return engine.Writer()
