"""The published JSON Schemas, and jsonschema validators for them."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import msgspec

from wtisd_model.json.form_schema import FormSchema
from wtisd_model.json.problem_details import Problem
from wtisd_model.json.validator import prepared
from wtisd_model.model.documents import require_submission_class, schema_name, schema_variants
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.types.attendance import TakenSeats
from wtisd_model.types.language import require_language
from wtisd_model.types.scalars import INVALID, decode_timestamp
from wtisd_model.types.text import has_valid_ipv6

if TYPE_CHECKING:
    from jsonschema.protocols import Validator as SchemaValidator


# Why: docs/decisions/0029
def json_schema(
    cls: type,
    *,
    submission: bool = False,
    event: Event | Dossier | None = None,
    taken: TakenSeats | None = None,
    language: str | None = None,
    ref_template: str | None = None,
) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document, or of the form of an event, as a new dict.

    Args:
        cls: Event, Session, Registration, InterpretationRequest, Pledge, Dossier or Roster.
        submission: whether the schema is for submissions, without the fields that only the office sets.
        event: the event whose form to describe, for submissions only: the schema has the fields and questions of its
            call, limits modes and sessions to those that it offers, and has titles and labels for people. With the
            dossier of the event, those of modes and sessions say where no seat is left for a newcomer.
        taken: as for `Validator`, instead of the registrations of a dossier.
        language: the language of titles and labels, which fall back as `LocalizedText.in_language` does; by default
            that of the event's title.
        ref_template: where the definitions are, such as ``#/components/schemas/{name}``; the schema then has neither
            definitions nor ``$schema`` and ``$id``, and can be part of another one. `openapi_components` returns the
            definitions. Not for forms, whose definitions belong to the event.

    Raises:
        TypeError: *cls* is not a document, or cannot be a submission; *event* is neither an Event nor a Dossier, or
            *submission* is not true; *language* or *taken* is given without *event*; *taken* does not apply;
            *ref_template* is without ``{name}``, or given with *event*.
        InvalidValueError: ``language-unknown`` or ``wrong-type`` for *language*; as `Validator` does for *taken*.
    """
    name = schema_name(cls, submission=submission)
    if submission:
        require_submission_class(cls)
    schema = _published(name)
    if event is None:
        if language is not None or taken is not None:
            raise TypeError("A language and taken seats need an event, whose form is described.")
        return schema if ref_template is None else _part(schema, ref_template)
    if ref_template is not None:
        raise TypeError("The definitions of a form are part of it.")
    if not submission or not isinstance(cast("object", event), Event | Dossier):
        raise TypeError("A form is for submissions to an Event.")
    is_known = isinstance(event, Dossier) or taken is not None
    dossier = event if isinstance(event, Dossier) else Dossier(event=event)
    known = prepared(cls, dossier, taken) if is_known else None
    left = known.unclaimed_seats if known is not None and cls is Registration else None
    return FormSchema(schema, cls, dossier.event, require_language(language), left).schema()


class _SchemaParts(msgspec.Struct):
    """The file of schemas, which has each definition once; nothing in it is decoded before it is asked for."""

    documents: dict[str, msgspec.Raw]
    definitions: dict[str, msgspec.Raw]


@cache
def _schema_parts() -> _SchemaParts:
    return msgspec.json.decode(
        files("wtisd_model.json").joinpath("schemas", "schemas.json").read_bytes(), type=_SchemaParts
    )


def _published(name: str) -> dict[str, Any]:
    """Return the schema of a document with the definitions that it leads to, as a new dict."""
    parts = _schema_parts()
    schema: dict[str, Any] = msgspec.json.decode(parts.documents[name])
    found: dict[str, Any] = {}
    waiting = _referred(parts.documents[name])
    while waiting:
        definition = waiting.pop()
        found[definition] = msgspec.json.decode(parts.definitions[definition])
        waiting |= _referred(parts.definitions[definition]) - found.keys()
    return {**schema, "$defs": dict(sorted(found.items()))}


def _referred(schema: msgspec.Raw) -> set[str]:
    return set(re.findall(r"#/\$defs/(\w+)", bytes(schema).decode()))


def _part(schema: dict[str, Any], ref_template: str) -> dict[str, Any]:
    """Return a schema as part of another one, where ``$id`` would change the meaning of its references."""
    if "{name}" not in ref_template:
        raise TypeError("A template of references contains {name}.")
    rest = {key: each for key, each in schema.items() if key not in {"$schema", "$id", "$defs"}}
    return cast("dict[str, Any]", replace_references(rest, lambda name: {"$ref": ref_template.replace("{name}", name)}))


def replace_references(schema: Any, replacement: Callable[[str], object]) -> Any:
    """Return a schema in which *replacement* of the name of the definition replaces each reference."""
    match schema:
        case {"$ref": str() as reference}:
            return replacement(reference.rpartition("/")[2])
        case dict():
            members = cast("dict[str, Any]", schema)
            return {key: replace_references(each, replacement) for key, each in members.items()}
        case list():
            return [replace_references(each, replacement) for each in cast("Iterable[Any]", schema)]
        case _:
            return schema


def openapi_components() -> dict[str, dict[str, Any]]:
    """Return the schemas of documents, submissions, their parts and problem details by name, as a new dict.

    It is the mapping for ``components.schemas`` of an OpenAPI 3.1 document: `Registration` is the document of the
    office, ``RegistrationSubmission`` that of a sender, and ``EmbeddedRegistration`` a registration in a dossier.
    """
    template = "#/components/schemas/{name}"
    found: dict[str, dict[str, Any]] = {}
    for cls, submission in schema_variants():
        schema = json_schema(cls, submission=submission)
        found |= {each["title"]: _part(each, template) for each in (schema, *schema["$defs"].values())}
    _, problem = msgspec.json.schema_components([Problem], ref_template=template)
    problem["Problem"]["required"] = sorted(
        Problem.__annotations__.keys() - {"omitted", "language"}
    )  # as a response has them
    return dict(sorted((found | problem).items()))


_components = cache(openapi_components)


def component(name: str) -> dict[str, Any]:
    """Return one of `openapi_components`; it is shared, so callers must not change it.

    Raises:
        TypeError: no component has this name.
    """
    found = _components().get(name)
    if found is None:
        raise TypeError(f"{name} has no JSON Schema of its own.")
    return found


def schema_validator(cls: type, *, submission: bool = False, event: Event | Dossier | None = None) -> "SchemaValidator":
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
    return not isinstance(value, str) or decode_timestamp(value) is not INVALID
