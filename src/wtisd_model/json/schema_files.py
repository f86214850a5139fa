"""The published JSON Schemas, and jsonschema validators for them."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS, document_name, schema_name
from wtisd_model.schema.constraints import Constraint, Date, DecimalNumber, Items, Nested, Pattern, Timestamp
from wtisd_model.schema.fields import fields_of

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
    for name, accepts in _formats().items():
        checker.checks(name)(accepts)
    return Draft202012Validator(json_schema(cls, submission=submission), registry=Registry(), format_checker=checker)


Accepts = Callable[[object], bool]


@cache
def _formats() -> dict[str, Accepts]:
    """Return the checker of every format that a field of a document uses."""
    return {
        name: accepts
        for cls in reached_classes(DOCUMENTS)
        for spec in fields_of(cls)
        for name, accepts in _formats_of(spec.constraint)
    }


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


def _formats_of(constraint: Constraint) -> Iterator[tuple[str, Accepts]]:
    for each in _within(constraint):
        match each:
            case Pattern(format=str() as name):
                yield name, partial(_pattern_accepts, each)
            case Date():
                yield "date", partial(_plain_accepts, each)
            case Timestamp():
                yield "date-time", partial(_plain_accepts, each)
            case DecimalNumber():
                yield each.format, partial(_plain_accepts, each)
            case _:
                pass


def _pattern_accepts(constraint: Pattern, value: object) -> bool:
    return not isinstance(value, str) or constraint.check(value, suggest=False) is None


def _plain_accepts(constraint: Date | Timestamp | DecimalNumber, value: object) -> bool:
    from wtisd_model.json.scalars import INVALID, scalar_decoder  # compiles its patterns on import

    return not isinstance(value, str) or scalar_decoder(constraint)(value) is not INVALID
