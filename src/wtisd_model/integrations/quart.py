"""Quart: reading the bodies of requests; `init_app` is the same as for Flask.

It needs Quart: ``pip install 'wtisd-model[quart]'``.
"""

import asyncio
from typing import TypeVar

try:
    from quart import Request
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.quart needs Quart: pip install 'wtisd-model[quart]'", name="quart"
    ) from _missing

from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout

from wtisd_model.codes import Code
from wtisd_model.findings import RefusedError, finding
from wtisd_model.integrations.chunks import join_chunks
from wtisd_model.integrations.flask import init_app, respond_to_refused_error
from wtisd_model.json.limits import Limits
from wtisd_model.json.validator import Submission
from wtisd_model.model.documents import require_submission_class

__all__ = ["init_app", "read_submission", "respond_to_refused_error"]

T = TypeVar("T")


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
    most = Limits().bounds_for(require_submission_class(cls)).bytes
    try:
        async with asyncio.timeout(request.body_timeout):
            return Submission(cls, await join_chunks(request.body, most))
    except TimeoutError:
        raise RequestTimeout from None
    except RequestEntityTooLarge:  # the app allows less
        raise RefusedError(finding(Code.PAYLOAD_TOO_LARGE, maximum=most)) from None
