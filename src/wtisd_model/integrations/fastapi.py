"""FastAPI: problem details as the response to refusals, and in the OpenAPI description of the app.

Our classes as bodies and responses need no import, because FastAPI reads annotations with pydantic. This module needs
FastAPI: ``pip install 'wtisd-model[fastapi]'``.
"""

import json
from collections.abc import Sequence
from inspect import isawaitable
from typing import Annotated, Any, Final, cast

try:
    from fastapi import FastAPI, Request
    from fastapi.exceptions import RequestValidationError
    from fastapi.openapi.utils import validation_error_definition, validation_error_response_definition
    from fastapi.responses import Response
    from starlette.exceptions import HTTPException
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.fastapi needs FastAPI: pip install 'wtisd-model[fastapi]'", name="fastapi"
    ) from _missing

from pydantic import GetPydanticSchema

from wtisd_model.errors import RefusedError
from wtisd_model.integrations.foreign_errors import body_error, misses_body, refused_error, request_finding
from wtisd_model.integrations.pydantic import component_schema
from wtisd_model.integrations.starlette import problem_response, respond_to_refused_error
from wtisd_model.json.schema_files import openapi_components, replace_references

__all__ = ["Problem", "add_problem_details"]

Problem = Annotated[dict[str, Any], GetPydanticSchema(lambda _source, _handler: component_schema("Problem"))]
"""Problem details as a model for responses of your own: ``responses={409: {"model": Problem}}``."""

_UNPARSED: Final = "There was an error parsing the body"
_PREFIX: Final = "#/components/schemas/"
_RESPONSE_OF_FASTAPI: Final = {
    "description": "Validation Error",
    "content": {"application/json": {"schema": {"$ref": f"{_PREFIX}HTTPValidationError"}}},
}
_SCHEMAS_OF_FASTAPI: Final = {
    "HTTPValidationError": validation_error_response_definition,
    "ValidationError": validation_error_definition,
}


def add_problem_details(app: FastAPI) -> None:
    """Register handlers that respond with problem details (RFC 9457) to refusals by this package and by FastAPI.

    A `RefusedError`, which `Outcome.value_or_raise` raises, FastAPI's RequestValidationError, and a body that FastAPI
    cannot parse become the same response, with the same codes and pointers. It repeats no input: for errors in fields
    of other types it has only the type and the place. The OpenAPI description of the app has these responses too.
    """
    respond: Any = app.exception_handlers[HTTPException]

    async def respond_to_http_exception(request: Request, error: Exception) -> Response:
        is_json = "json" in request.headers.get("content-type", "")  # a form cannot be read again
        if is_json and cast("HTTPException", error).detail == _UNPARSED and error.__cause__:
            refused = body_error(await request.body())
            if refused:
                return problem_response(refused, request)
        response: Any = respond(request, error)
        answered: Response = await response if isawaitable(response) else response
        return answered

    app.add_exception_handler(RefusedError, respond_to_refused_error)
    app.add_exception_handler(RequestValidationError, _respond_to_validation_error)
    app.add_exception_handler(HTTPException, respond_to_http_exception)
    describe = app.openapi
    changed: Any = app  # its documentation assigns this method; type checkers take that for a mistake
    changed.openapi = lambda: _with_problems(describe())


async def _respond_to_validation_error(request: Request, error: Exception) -> Response:
    invalid = cast("RequestValidationError", error)
    errors: Sequence[dict[str, Any]] = invalid.errors()
    is_json = all(failure["type"] != "json_invalid" for failure in errors)
    refused = None if is_json else body_error(await request.body())
    if refused:
        return problem_response(refused, request)
    empty = misses_body(errors) and not await request.body()  # that of a form cannot be read again
    return problem_response(refused_error(request_finding(failure, empty=empty) for failure in errors), request)


def _with_problems(description: dict[str, Any]) -> dict[str, Any]:
    """Return the OpenAPI description of an app, with problem details in place of FastAPI's own responses."""
    members: list[Any] = [member for item in description["paths"].values() for member in item.values()]
    # Not a summary of the path.
    operations: list[dict[str, Any]] = [member for member in members if isinstance(member, dict)]
    refused = [
        operation for operation in operations if operation.get("responses", {}).get("422") == _RESPONSE_OF_FASTAPI
    ]
    if not refused:
        return description
    schemas = description["components"]["schemas"]
    problems = {name: schema for name, schema in openapi_components().items() if name.startswith("Problem")}
    # The app may have models of these names.
    prefix = "WtisdModel" if any(schemas.get(name, schema) != schema for name, schema in problems.items()) else ""
    content = {"application/problem+json": {"schema": _reference(f"{prefix}Problem")}}
    for operation in refused:
        del operation["responses"]["422"]
        statuses = ("400", "413", "422") if "requestBody" in operation else ("422",)
        response = {"description": "Refused", "content": content}
        operation["responses"] = dict.fromkeys(statuses, response) | operation["responses"]
    for name, schema in problems.items():
        schemas[f"{prefix}{name}"] = replace_references(schema, lambda referred: _reference(f"{prefix}{referred}"))
    for name, schema in _SCHEMAS_OF_FASTAPI.items():
        if schemas.get(name) == schema and f'"{_PREFIX}{name}"' not in json.dumps(description):
            del schemas[name]
    return description


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"{_PREFIX}{name}"}
