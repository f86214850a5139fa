"""An app of Quart that reads bodies by `read_submission` and `validate`."""

import asyncio
from collections.abc import Mapping
from typing import Any

from quart import Quart, Response, jsonify, request

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import CLASSES, DOSSIER, NOW, RULES
from wtisd_model import Outcome, Submission, validate
from wtisd_model.integrations.quart import init_app, read_submission


def app(**config: Any) -> Quart:
    made = Quart("desk")
    made.config.from_mapping(config)
    init_app(made)

    @made.post("/<name>")
    async def accept(name: str) -> tuple[Response, int]:
        submission: Submission[Any] = await read_submission(request, CLASSES[name])
        return jsonify(submission.accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()), 201

    @made.post("/office/<name>")
    async def store(name: str) -> Response:
        outcome: Outcome[Any] = validate(CLASSES[name], await request.get_data())
        return jsonify(outcome.value_or_raise(for_office=True))

    return made


APP = app()


def post(path: str, content: bytes, headers: Mapping[str, str], to: Quart = APP) -> Answer:
    async def posted() -> Answer:
        response = await to.test_client().post(path, data=content, headers=headers)
        return Answer(response.status_code, response.headers, await response.get_data(as_text=False))

    return asyncio.run(posted())
