"""The published JSON Schemas, and jsonschema validators for them."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from wtisd_model.model.documents import SUBMISSIONS, document_name, schema_name
from wtisd_model.model.event import Event
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import fields_of
from wtisd_model.types.language import require_language
from wtisd_model.types.text import has_valid_ipv6

if TYPE_CHECKING:
    from jsonschema.protocols import Validator as SchemaValidator


def json_schema(
    cls: type, *, submission: bool = False, event: Event | None = None, language: str | None = None
) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document, or of the form of an event, as a new dict.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge or Dossier.
        submission: whether the schema is for submissions, without the fields that only the office sets.
        event: the event whose form to describe, for submissions only: the schema has the questions of its call, limits
            modes and sessions to those that it offers, and has titles and labels for people.
        language: the language of titles and labels, which fall back as `LocalizedText.in_language` does; by default
            that of the event's title.

    Raises:
        TypeError: *cls* is not a document, or cannot be a submission; *event* is not an Event, or *submission* is not
            true; *language* is given without *event*.
        InvalidValueError: ``language-unknown`` or ``wrong-type`` for *language*.
    """
    import json

    name = schema_name(cls, submission=submission)
    if submission and cls not in SUBMISSIONS:
        raise TypeError(f"{document_name(cls)} cannot be a submission.")
    schema: dict[str, Any] = json.loads(files("wtisd_model.json").joinpath("schemas", f"{name}.json").read_bytes())
    if event is None:
        if language is not None:
            raise TypeError("A language needs an event, whose form is described.")
        return schema
    if not submission or not isinstance(cast("object", event), Event):
        raise TypeError("A form is for submissions to an Event.")
    from wtisd_model.json.form_schema import FormSchema  # loads what only describes schemas

    return FormSchema(cls, event, require_language(language)).schema(schema)


def schema_validator(cls: type, *, submission: bool = False, event: Event | None = None) -> "SchemaValidator":
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
    schema = json_schema(cls, submission=submission, event=event)
    return Draft202012Validator(schema, registry=Registry(), format_checker=checker)


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
