"""JSON documents as other programs write them: valid, but seldom in our canonical form."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from attrs import frozen
from hypothesis import strategies as st

from wtisd_model.json.encoder import to_json
from wtisd_model.model.documents import SCHEMA_VERSION, document_name
from wtisd_model.schema.constraints import Boolean, Constraint, DecimalNumber, Integer, Items, Nested, Timestamp
from wtisd_model.schema.fields import fields_of
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.strategies.fields import objects_of

JsonDict = dict[str, Any]
Key = TypeVar("Key")


@frozen(kw_only=True)
class _Style:
    """The style of a program that writes JSON."""

    rotation: int
    """By how many places the keys of objects and the items of sets are rotated."""
    offset: timezone
    """The UTC offset of moments."""
    lower: bool
    """Write "T" and "Z" in lower case, as RFC 3339 section 5.6 allows."""
    floats: bool
    """Write integers with a decimal point, as programs without integers do."""
    zeros: bool
    """Pad decimal numbers with zeros."""
    empty: bool
    """Write empty lists and false, which we omit."""
    tagged: bool
    """Write ``@type``, ``schemaVersion`` and ``$schema``."""
    ascii: bool
    """Escape characters that are not ASCII."""
    indent: str | None
    """The indent of lines; None writes a single line."""


_STYLES = st.builds(
    _Style,
    rotation=st.integers(0, 6),
    offset=st.sampled_from((0, 60, 345, -210, 825, -720)).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    lower=st.booleans(),
    floats=st.booleans(),
    zeros=st.booleans(),
    empty=st.booleans(),
    tagged=st.booleans(),
    ascii=st.booleans(),
    indent=st.sampled_from((None, " ", "\t", "")),
)


@st.composite
def payloads(draw: st.DrawFn, cls: type, *, of: object = None) -> bytes:
    """Generate JSON documents that `wtisd_model.from_json` accepts.

    Keys and sets are in any order, moments have any offset, numbers may have a decimal point or more zeros, and texts
    may be escaped.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        of: the object that all documents represent.

    Raises:
        TypeError: the class is not a document.
    """
    document_name(cls)  # raises the TypeError
    obj = draw(objects_of(cls)) if of is None else of
    style = draw(_STYLES)
    canonical = json.loads(to_json(obj))
    document = _members(cls, canonical, style)
    if style.tagged:
        document |= {"@type": cls.__name__, "schemaVersion": SCHEMA_VERSION, "$schema": "schema.json"}
    return json.dumps(document, ensure_ascii=style.ascii, indent=style.indent).encode()


def _members(cls: type, members: JsonDict, style: _Style) -> JsonDict:
    written: list[tuple[str, object]] = []
    for spec in fields_of(cls):
        if spec.key in members:
            written.append((spec.key, _value(spec.constraint, members[spec.key], style)))
        elif style.empty and isinstance(spec.constraint, Items | Boolean):
            written.append((spec.key, [] if isinstance(spec.constraint, Items) else False))
    return dict(_rotated(written, style))


def _rotated(items: list[Key], style: _Style) -> list[Key]:
    return items[style.rotation :] + items[: style.rotation]


def _value(constraint: Constraint, value: Any, style: _Style) -> object:
    match constraint:
        case Nested():
            return _members(constraint.cls, value, style)
        case Items():
            items = [_value(constraint.item, each, style) for each in value]
            return _rotated(items, style) if constraint.container is frozenset else items
        case Timestamp():
            return _moment(value, style)
        case Integer() if style.floats:
            return float(value)
        case DecimalNumber() if style.zeros:
            whole, _, decimals = value.partition(".")
            return f"{whole}.{decimals.ljust(constraint.places, '0')}"
        case _:
            return value


def _moment(value: str, style: _Style) -> str:
    moment = datetime.fromisoformat(value).astimezone(style.offset)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return value
    written = moment.isoformat().replace("+00:00", "Z")
    return written.lower() if style.lower else written
