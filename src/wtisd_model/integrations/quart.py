"""Quart: reading the bodies of requests, and responding to refusals, as for Flask.

It needs Quart: ``pip install 'wtisd-model[quart]'``.
"""

import asyncio
from typing import TypeVar

try:
    import quart
    from quart import Quart, Request
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.quart needs Quart: pip install 'wtisd-model[quart]'", name="quart"
    ) from _missing

from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout

from wtisd_model.errors import RefusedError
from wtisd_model.integrations.flask import prepare
from wtisd_model.integrations.http import join_chunks, most_bytes, problem_parts, too_large
from wtisd_model.json.problem_details import Problem
from wtisd_model.json.validator import Submission

__all__ = ["init_app", "read_submission", "respond_to_refused_error"]

T = TypeVar("T")


def init_app(app: Quart) -> None:
    """Make an app write our objects as JSON, and respond with problem details to a `RefusedError`.

    Raises:
        TypeError: the app has a JSON provider of its own kind.
    """
    prepare(app, respond_to_refused_error)


def respond_to_refused_error(error: RefusedError) -> tuple[Problem, int, dict[str, str]]:
    """Return problem details (RFC 9457) as the response to a refused payload, as for Flask.

    Raises:
        RefusedError: *error* itself, if it has only findings that the sender may not see.
    """
    accepted = quart.request.headers.getlist("Accept-Language") if quart.has_request_context() else None
    return problem_parts(error, accepted)


async def read_submission(request: Request, cls: type[T]) -> Submission[T]:
    """Return the body of a request as a submission; no more than `Limits` and the app allow is read.

    Args:
        request: ``quart.request``, whose body has not been read.
        cls: Registration, InterpretationRequest or Pledge.

    Raises:
        RefusedError: ``payload-too-large``.
        RequestTimeout: the body does not arrive within the app's BODY_TIMEOUT, as for ``request.get_data()``.
        TypeError: *cls* cannot be a submission.
    """
    most = most_bytes(cls, request.max_content_length)
    try:
        async with asyncio.timeout(request.body_timeout):
            return Submission(cls, await join_chunks(request.body, most))
    except TimeoutError:
        raise RequestTimeout from None
    except RequestEntityTooLarge:
        raise too_large(most) from None
