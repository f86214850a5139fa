"""pydantic: our classes as fields of a BaseModel and with a TypeAdapter, and so in FastAPI and Django Ninja.

pydantic finds this by a method of our classes, so nobody has to import it. Objects are read and written as in
`from_json` and `to_json`. A `ValidationError` has all findings at once, with their codes as ``type``, and no input.
Schemas are those of `openapi_components`, under the same names.
"""

from functools import partial
from typing import Any, cast

try:
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError
    from pydantic_core import core_schema as core
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.pydantic needs pydantic: pip install 'wtisd-model[pydantic]'", name="pydantic_core"
    ) from _missing

from wtisd_model.errors import PayloadError
from wtisd_model.findings import Finding
from wtisd_model.integrations.foreign_errors import listed_errors, location
from wtisd_model.json.builtins import builtins_reader, component_name, is_object_of, to_builtins
from wtisd_model.json.json_types import JsonValue
from wtisd_model.json.schema_files import component, replace_references


def core_schema_for(kind: Any) -> core.CoreSchema:
    """Return the schema by which pydantic validates, serializes and describes one of our types.

    Args:
        kind: a document, a part of one such as TimeSlot, or ``Submission[Registration]``.

    Raises:
        TypeError: it is a Submission without a class, or of a class that nobody submits.
    """
    name, read = component_name(kind), builtins_reader(kind)

    def validate(value: object) -> object:
        if is_object_of(kind, value):
            return value
        try:
            return read(value)
        except PayloadError as error:
            lines = [_line(found) for found in listed_errors(error)]
            raise ValidationError.from_exception_data("wtisd_model", lines) from None

    validate.__name__ = name  # shown in errors
    return core.no_info_plain_validator_function(
        validate,
        serialization=core.plain_serializer_function_ser_schema(_written, info_arg=True),
        ref=_ref(name),
        metadata=_metadata(name),
    )


def _written(value: object, info: core.SerializationInfo) -> JsonValue:
    if info.exclude or info.include is not None:  # else personal data that was left out on purpose would be sent
        raise TypeError(
            "include and exclude cannot choose fields of a class of wtisd_model. Write a model of your own."
        )
    return to_builtins(value)


def component_schema(name: str) -> core.CoreSchema:
    """Return a schema that validates nothing, and that pydantic describes as one of `openapi_components`."""
    return core.any_schema(ref=_ref(name), metadata=_metadata(name))


def _line(found: Finding) -> InitErrorDetails:
    message = cast("Any", f"{found.message} {found.fix}")
    kind = PydanticCustomError(cast("Any", str(found.code)), message, {**found.params, "pointer": found.path})
    return InitErrorDetails(type=kind, loc=location(found.path), input=None)


def _ref(name: str) -> str:
    return f"wtisd_model.{name}:{name}"  # pydantic shortens it to the name, unless another class has the same


def _metadata(name: str) -> dict[str, Any]:
    return {"pydantic_js_functions": [partial(_described, name)]}


def _described(name: str, _schema: Any, handler: Any) -> dict[str, Any]:
    """Return the schema of a component, whose references lead to definitions that pydantic collects."""

    def collected(reference: str) -> Any:
        ref = core.definition_reference_schema(_ref(reference))
        return handler(core.definitions_schema(ref, [component_schema(reference)]))

    return cast("dict[str, Any]", replace_references(component(name), collected))
