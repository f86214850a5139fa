"""Django Ninja: problem details as the response to refusals.

Our classes as bodies and responses need no import, because Ninja reads annotations with pydantic. This module needs
Django Ninja: ``pip install 'wtisd-model[ninja]'``, and the settings of Django when it is imported.
"""

from collections.abc import Iterator
from typing import Any

try:
    from ninja import NinjaAPI
    from ninja.errors import HttpError, ValidationError, ValidationErrorContext
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.ninja needs Django Ninja: pip install 'wtisd-model[ninja]'", name="ninja"
    ) from _missing

from django.http import HttpRequest, HttpResponse

from wtisd_model.errors import RefusedError
from wtisd_model.integrations.django import problem_response
from wtisd_model.integrations.foreign_errors import body_error, misses_body, refused_error, request_finding

__all__ = ["add_problem_details"]


def add_problem_details(api: NinjaAPI) -> None:
    """Register handlers that respond with problem details (RFC 9457) to refusals by this package and by Ninja.

    A `RefusedError`, which `Outcome.value_or_raise` raises, Ninja's ValidationError, and a body that Ninja cannot parse
    become the same response, with the same codes and pointers. It repeats no input: for errors in fields of other types
    it has only the type and the place.
    """
    api.add_exception_handler(RefusedError, _respond)
    api.add_exception_handler(ValidationError, _respond_to_validation_error)
    # Ninja documents this method for subclasses to override, but *api* exists already. Only its argument shows whether
    # the body is a single parameter: its name is in the place of an error, but not a key of the body.
    untyped: Any = api  # mypy refuses to replace a method
    untyped.validation_error_from_error_contexts = _validation_error
    respond = api.on_exception

    def on_exception(request: HttpRequest, error: Any) -> HttpResponse:
        return respond(request, _unparsed(request, error) or error)

    untyped.on_exception = on_exception


def _respond(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(error, request)


def _respond_to_validation_error(request: HttpRequest, error: Any) -> HttpResponse:
    empty = misses_body(error.errors) and not request.body  # that of a form cannot be read again
    return problem_response(refused_error(request_finding(found, empty=empty) for found in error.errors), request)


def _unparsed(request: HttpRequest, error: Exception) -> RefusedError | None:
    """Return what is wrong with a body that Ninja could not parse; it says no more than that."""
    is_unparsed = isinstance(error, HttpError) and error.__cause__ and "Cannot parse request body" in error.message
    return body_error(request.body) if is_unparsed else None


def _validation_error(error_contexts: list[ValidationErrorContext[Any]]) -> ValidationError:
    return ValidationError([*_errors(error_contexts)])


def _errors(contexts: list[ValidationErrorContext[Any]]) -> Iterator[dict[str, Any]]:
    """Yield errors as Ninja does, but with the places in the body that was sent."""
    for context in contexts:
        model: Any = context.model
        names = 1 if getattr(model, "__read_from_single_attr__", None) else 0
        for error in context.pydantic_validation_error.errors(include_url=False, include_input=False):
            place = model.__ninja_flatten_map_reverse__.get(error["loc"], error["loc"])
            yield {**error, "loc": (model.__ninja_param_source__, *place[names:])}
