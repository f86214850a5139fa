"""The published JSON Schemas, and jsonschema validators for them."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from wtisd_model.model.documents import SUBMISSIONS, document_name, schema_name
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.text import has_valid_ipv6

if TYPE_CHECKING:
    from jsonschema.protocols import Validator as SchemaValidator


def json_schema(cls: type, *, submission: bool = False) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document, as a new dict.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        submission: whether the schema is for submissions, without the fields that only the office sets.

    Raises:
        TypeError: *cls* is not a document, or cannot be a submission.
    """
    import json

    name = schema_name(cls, submission=submission)
    if submission and cls not in SUBMISSIONS:
        raise TypeError(f"{document_name(cls)} cannot be a submission.")
    schema: dict[str, Any] = json.loads(files("wtisd_model.json").joinpath("schemas", f"{name}.json").read_bytes())
    return schema


def schema_validator(cls: type, *, submission: bool = False) -> "SchemaValidator":
    """Return a jsonschema validator of a document, with our formats and a registry that never uses the network.

    It checks only the shape; `validate` checks more and is many times as fast.

    Raises:
        TypeError: as `json_schema` does.
    """
    from jsonschema import Draft202012Validator, FormatChecker  # heavy; few callers need it
    from referencing import Registry

    checker = FormatChecker(formats=())
    # The patterns check all else.
    checker.checks("date-time")(_is_moment)
    checker.checks("uri")(_is_uri)
    return Draft202012Validator(json_schema(cls, submission=submission), registry=Registry(), format_checker=checker)


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or has_valid_ipv6(value)


def _is_moment(value: object) -> bool:
    from wtisd_model.types.scalars import INVALID, decode_timestamp  # compiles its patterns on import

    return not isinstance(value, str) or decode_timestamp(value) is not INVALID


def reached_classes(classes: Iterable[type]) -> set[type]:
    """Return *classes* and all classes that their fields contain, directly or indirectly."""
    found: set[type] = set()
    ahead = list(classes)
    while ahead:
        cls = ahead.pop()
        if cls not in found:
            found.add(cls)
            ahead += [
                constraint.cls
                for spec in fields_of(cls)
                for constraint in _within(spec.constraint)
                if isinstance(constraint, Nested)
            ]
    return found


def _within(constraint: Constraint) -> Iterator[Constraint]:
    yield constraint
    if isinstance(constraint, Items):
        yield from _within(constraint.item)
