"""Flask: reading the bodies of requests, writing our classes with ``jsonify``, and responding to refusals.

For Quart, see `wtisd_model.integrations.quart`. It needs Flask: ``pip install 'wtisd-model[flask]'``.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

try:
    import flask
    from flask import Flask, Request
except ImportError as _missing:
    raise ImportError(
        "wtisd_model.integrations.flask needs Flask: pip install 'wtisd-model[flask]'", name="flask"
    ) from _missing

from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import LimitedStream

from wtisd_model.errors import RefusedError
from wtisd_model.integrations.http import most_bytes, problem_parts, too_large
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.problem_details import Problem
from wtisd_model.json.validator import Submission
from wtisd_model.objects import HooksMixin

if TYPE_CHECKING:
    from quart import Quart

__all__ = ["init_app", "read_submission", "respond_to_refused_error"]

T = TypeVar("T")


def init_app(app: Flask) -> None:
    """Make an app write our objects as JSON, and respond with problem details to a `RefusedError`.

    Raises:
        TypeError: the app has a JSON provider of its own kind.
    """
    prepare(app, respond_to_refused_error)


def prepare(app: "Flask | Quart", respond: Callable[[RefusedError], Any]) -> None:
    """Make an app write our objects as JSON, and respond to a `RefusedError`.

    Raises:
        TypeError: the app has a JSON provider of its own kind.
    """
    if not isinstance(app.json, DefaultJSONProvider):
        raise TypeError("In a JSON provider of your own, use the function wtisd_model.integrations.orjson.default.")
    write_other = app.json.default

    def default(obj: object) -> Any:
        return to_builtins(obj) if isinstance(obj, HooksMixin) else write_other(obj)

    app.json.default = default
    app.register_error_handler(RefusedError, respond)


def read_submission(request: Request, cls: type[T]) -> Submission[T]:
    """Return the body of a request as a submission; no more than `Limits` and the app allow is read.

    Args:
        request: ``flask.request``.
        cls: Registration, InterpretationRequest or Pledge.

    Raises:
        RefusedError: ``payload-too-large``.
        TypeError: *cls* cannot be a submission.
    """
    most = most_bytes(cls, request.max_content_length)
    if (request.content_length or 0) > most:
        raise too_large(most)
    # A body in chunks ends there without an error. Before 3.1, Flask has no limit for a single request.
    request.environ["wsgi.input"] = LimitedStream(request.environ["wsgi.input"], most + 1)
    body = None
    with suppress(RequestEntityTooLarge):
        body = request.get_data()
    if body is None or len(body) > most:
        raise too_large(most)
    return Submission(cls, body)


def respond_to_refused_error(error: RefusedError) -> tuple[Problem, int, dict[str, str]]:
    """Return problem details (RFC 9457) as the response to a refused payload, without any input.

    They are in the language that the Accept-Language of the request prefers. `init_app` registers this function; an app
    that wants no more than this can do so itself.

    Raises:
        RefusedError: *error* itself, if it has only findings that the sender may not see.
    """
    accepted = flask.request.headers.getlist("Accept-Language") if flask.has_request_context() else None
    return problem_parts(error, accepted)
