"""An app of Flask that reads bodies by `read_submission` and `validate`."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, jsonify, request

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import CLASSES, DOSSIER, NOW, RULES
from wtisd_model import Outcome, Submission, validate
from wtisd_model.integrations.flask import init_app, read_submission


def app(**config: Any) -> Flask:
    made = Flask("desk")
    made.config.from_mapping(config)
    init_app(made)

    @made.post("/<name>")
    def accept(name: str) -> tuple[Response, int]:
        submission: Submission[Any] = read_submission(request, CLASSES[name])
        return jsonify(submission.accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()), 201

    @made.post("/office/<name>")
    def store(name: str) -> Response:
        outcome: Outcome[Any] = validate(CLASSES[name], request.get_data())
        return jsonify(outcome.value_or_raise(for_office=True))

    return made


CLIENT = app().test_client()


def post(path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    response = CLIENT.post(path, data=content, headers=headers)
    return Answer(response.status_code, response.headers, response.data)
