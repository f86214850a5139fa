"""Starlette: reading the body of a request, and responding to a refusal with problem details.

It needs Starlette: ``pip install 'wtisd-model[starlette]'``.
"""

from typing import TypeVar

try:
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.starlette needs Starlette: pip install 'wtisd-model[starlette]'", name="starlette"
    ) from _missing

from wtisd_model.errors import PayloadError, RefusedError
from wtisd_model.integrations.http import join_chunks, most_bytes, problem_parts
from wtisd_model.json.validator import Submission

__all__ = ["problem_response", "read_submission", "respond_to_refused_error"]

T = TypeVar("T")


async def read_submission(request: Request, cls: type[T]) -> Submission[T]:
    """Return the body of a request as a submission, which is read no further than `Limits` allow.

    Args:
        request: a request whose body has not been read.
        cls: Registration, InterpretationRequest or Pledge.

    Raises:
        RefusedError: ``payload-too-large``.
        TypeError: *cls* cannot be a submission.
    """
    return Submission(cls, await join_chunks(request.stream(), most_bytes(cls)))


def problem_response(error: PayloadError, request: Request | None = None) -> Response:
    """Return problem details (RFC 9457) as the response to a refused payload, without any input.

    Args:
        error: what was refused, and why.
        request: the request, whose Accept-Language chooses the language; without it, the response is in English.

    Raises:
        PayloadError: *error* itself, if it has only findings that the sender may not see.
    """
    accepted = None if request is None else request.headers.getlist("accept-language")
    problem, status, headers = problem_parts(error, accepted)
    return JSONResponse(problem, status_code=status, headers=headers)


async def respond_to_refused_error(request: Request, error: Exception) -> Response:
    """Handle a `RefusedError`: ``Starlette(exception_handlers={RefusedError: respond_to_refused_error})``."""
    if not isinstance(error, RefusedError):
        raise error
    return problem_response(error, request)
