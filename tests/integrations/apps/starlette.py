"""An app of Starlette that reads bodies by `read_submission` and `validate`."""

from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import CLASSES, DOSSIER, NOW, RULES
from wtisd_model import Event, Outcome, RefusedError, Submission, from_json, to_json, validate
from wtisd_model.integrations.starlette import read_submission, respond_to_refused_error


async def accept(request: Request) -> Response:
    submission: Submission[Any] = await read_submission(request, CLASSES[request.path_params["name"]])
    made = submission.accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()
    return Response(to_json(made), 201, media_type="application/json")


async def store(request: Request) -> Response:
    outcome: Outcome[Any] = validate(CLASSES[request.path_params["name"]], await request.body())
    made = outcome.value_or_raise(for_office=True)
    return Response(to_json(made), media_type="application/json")


async def load(_request: Request) -> Response:
    from_json(Event, b"{}")
    raise NotImplementedError


ROUTES = [
    Route("/damaged", load),
    Route("/office/{name}", store, methods=["POST"]),
    Route("/{name}", accept, methods=["POST"]),
]
CLIENT = TestClient(Starlette(routes=ROUTES, exception_handlers={RefusedError: respond_to_refused_error}))


def post(path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    response = CLIENT.post(path, content=content, headers=headers)
    return Answer(response.status_code, response.headers, response.content)
