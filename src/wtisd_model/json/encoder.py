"""Encoding: objects become compact JSON, with keys in declared order and equal bytes for equal objects."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Final, cast

from msgspec import UNSET, Raw, defstruct
from msgspec.json import Encoder

from wtisd_model.json.accelerator import SPEEDUPS
from wtisd_model.model.documents import DOCUMENTS, SCHEMA_VERSION, document_name
from wtisd_model.model.dossier import Dossier
from wtisd_model.schema.constraints import Boolean, Constraint, Date, DecimalNumber, Items, Map, Nested
from wtisd_model.schema.fields import FieldSpec, fields_of, json_form_of
from wtisd_model.schema.json_values import AnyJson, AnyOf, JsonObject

Convert = Callable[[Any], Any]


def to_json(obj: object) -> bytes:
    """Encode a document as JSON; `from_json` reads it back without loss.

    Args:
        obj: an Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.

    Returns:
        UTF-8 without a final newline. Values that are None, empty or false are left out, except for the three lists of
        a Dossier and an empty ``fields`` of a Call; sets are sorted, decimals are strings, moments are in UTC.

    Raises:
        TypeError: *obj* is of another class.
    """
    cls: type = type(obj)
    return _encode(_document_maker(cls)(obj))


_encode = Encoder().encode


@cache
def _document_maker(cls: type) -> Convert:
    document_name(cls)  # raises the TypeError
    return struct_maker(cls)


@cache
def struct_maker(cls: type) -> Convert:
    """Return a function that copies an object, a document or a part of one, into a msgspec struct of its JSON.

    msgspec writes its values in the JSON format of this package: they are of simple types, with lists for tuples, or
    `msgspec.Raw`.
    """
    return _struct_maker(cls, document_name(cls) if cls in DOCUMENTS else None)


@cache
def _struct_maker(cls: type, document: str | None = None) -> Convert:
    """Return a function that copies an object into a msgspec struct with the members of its JSON.

    The JSON of a *document* begins with its name and the version of the format.
    """
    form, specs = json_form_of(cls), fields_of(cls)
    head = [] if document is None else [SCHEMA_VERSION]
    defaults = [_default(cls, spec) for spec in specs]
    struct: Any = defstruct(
        form.__name__,
        [("schemaVersion", Any, UNSET) for _ in head]
        + [(spec.name, Any, default) for spec, default in zip(specs, defaults, strict=True)],
        rename={spec.name: spec.key for spec in specs},
        tag_field=None if document is None else "@type",
        tag=document,
        omit_defaults=True,
        gc=False,  # it lives no longer than its encoding takes
    )
    maker_class: Any = getattr(SPEEDUPS, "StructMaker", _PlainStructMaker)
    members = [
        (spec.name, _converter(spec.constraint), _NO_DEFAULT if default is UNSET or spec.default else spec.default)
        for spec, default in zip(specs, defaults, strict=True)
    ]
    make: Convert = maker_class(form, struct, [*head, *defaults], members).make
    return make if form is cls else lambda obj: make(obj.written())


_NO_DEFAULT: Final = object()
"""In place of a default value that is written; one that is not is empty, and *blank* has it as msgspec omits it."""


class _PlainStructMaker:
    """A copier of attributes of objects into structs, whose values are those in *blank* for the defaults of members.

    Each converter is for the value of an attribute, or for the items of a tuple; sets are sorted.
    """

    def __init__(
        self, _form: type, struct: Any, blank: list[object], members: list[tuple[str, Convert | None, object]]
    ) -> None:
        self._struct = struct
        self._blank = blank
        self._members = [(len(blank) - len(members) + number, *each) for number, each in enumerate(members)]

    def make(self, obj: object) -> object:
        """Return the struct of an object."""
        values = self._blank.copy()
        for number, name, convert, default in self._members:
            value: Any = getattr(obj, name)
            if value is default:
                continue
            kind = cast("object", type(value))
            if kind is tuple:
                value = list(value if convert is None else map(convert, value))
            elif kind is frozenset:
                value = sorted(value)
            elif convert is not None and value is not None:
                value = convert(value)
            values[number] = value
        return self._struct(*values)


# Why: docs/decisions/0007
def _default(cls: type, spec: FieldSpec) -> object:
    """Return the value for which a member is omitted."""
    match spec.constraint:
        case Items() if not spec.optional:
            # The lists of a dossier are always written, so that readers can rely on them.
            return UNSET if cls is Dossier else []
        case Map():
            return {}
        case Boolean():
            return False
        case _:
            return None if spec.optional else UNSET


def _canonical(value: JsonObject) -> object:
    """Return data of other programs as JSON in canonical form (RFC 8785), or an empty dict, which is omitted."""
    if not value:
        return {}
    return Raw(value.canonical())


def _as_dict(value: JsonObject) -> dict[str, object]:
    return value.as_dict() if value else {}


def _converter(constraint: Constraint) -> Convert | None:
    """Return a function that converts a value to one that msgspec writes in our format; None if it is not needed."""
    match constraint:
        case Nested(cls=cls):
            return _struct_maker(cls)
        case Items(item=item):
            return _converter(item)
        case Map(value=AnyJson()):
            return _canonical
        case Map(value=AnyOf()):
            return _as_dict
        case Map():
            return dict
        case Date():
            return date.isoformat  # not the method of a subclass, which may return something else
        case DecimalNumber():
            return "{:f}".format  # never with an exponent
        case _:
            return None
