"""Flask: the body of a request as a submission, our objects in responses, and refusals as problem details."""

import json
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, Response, jsonify, render_template_string, request
from flask.json.provider import JSONProvider
from flask.testing import FlaskClient

from tests.integrations.apps.flask import app
from tests.integrations.payloads import CLASSES, DOSSIER, NOW, REGISTERED, SUBMITTED, assert_language
from wtisd_model import Code, Event, RefusedError, Submission, from_json, to_json, wtisd_23
from wtisd_model.findings import finding
from wtisd_model.integrations.flask import init_app, read_submission, respond_to_refused_error
from wtisd_model.json.builtins import to_builtins


def desk() -> Flask:
    """Return the app with more handlers."""
    made = app()

    @made.get("/damaged")
    def damaged() -> Response:
        return jsonify(from_json(Event, b"{}"))

    @made.post("/hidden/<name>")
    def hidden(name: str) -> str:
        submission: Submission[Any] = read_submission(request, CLASSES[name])
        raise RefusedError(*submission.accept(DOSSIER, now=NOW).findings)

    @made.get("/events")
    def events() -> dict[str, Any]:
        return {"events": [wtisd_23()], "when": wtisd_23().slot, "on": NOW}

    return made


CLIENT: FlaskClient = desk().test_client()


class TestReadSubmission:
    """The body is read as it is; how much of it, is limited."""

    @pytest.mark.parametrize("headers", [{"Content-Length": "9000000"}, {"Transfer-Encoding": "chunked"}])
    def test_more_than_the_limit_is_not_read(self, headers: dict[str, str]) -> None:
        body = BytesIO(b" " * 9_000_000)
        response = CLIENT.post(
            "/Registration", input_stream=body, headers=headers, environ_overrides={"wsgi.input_terminated": True}
        )
        assert response.status_code == 413
        assert body.tell() <= 1_100_000

    @pytest.mark.parametrize(("limit", "maximum"), [(50, 50), (5_000_000, 1_000_000)])
    def test_the_lower_limit_applies(self, limit: int, maximum: int) -> None:
        client = app(MAX_CONTENT_LENGTH=limit).test_client()
        [error] = json.loads(client.post("/Registration", data=b" " * 1_000_001).data)["errors"]
        assert error["params"] == {"maximum": maximum}

    def test_a_class_that_nobody_submits_is_a_mistake_of_the_program(self) -> None:
        assert CLIENT.post("/Event", data=b"{}").status_code == 500
        with pytest.raises(TypeError, match="Event cannot be a submission"):
            app(TESTING=True).test_client().post("/Event", data=b"{}")


class TestResponses:
    """Objects are written by our writer, other values as Flask writes them."""

    def test_objects_in_a_dict(self) -> None:
        body = CLIENT.get("/events").json
        assert body == {
            "events": [json.loads(to_json(wtisd_23()))],
            "when": to_builtins(wtisd_23().slot),
            "on": "Thu, 13 Apr 2023 08:15:00 GMT",
        }

    def test_objects_in_a_template(self) -> None:
        made = app()
        with made.app_context():
            assert json.loads(render_template_string("{{ slot | tojson }}", slot=wtisd_23().slot)) == to_builtins(
                wtisd_23().slot
            )

    def test_a_handler_that_would_reveal_other_people_by_mistake_fails(self) -> None:
        body = {**SUBMITTED, "participant": REGISTERED}
        response = CLIENT.post("/hidden/Registration", json=body)
        assert (response.status_code, response.content_type) == (500, "text/html; charset=utf-8")

    def test_a_stored_document_that_cannot_be_read_is_an_error_of_the_server(self) -> None:
        response = CLIENT.get("/damaged")
        assert (response.status_code, response.content_type) == (500, "text/html; charset=utf-8")


class TestInitApp:
    """An app with a JSON provider of its own writes our objects by `wtisd_model.integrations.orjson.default`."""

    def test_another_provider_is_refused(self) -> None:
        class Own(JSONProvider):
            pass

        made = Flask("desk")
        made.json = Own(made)
        with pytest.raises(TypeError, match=r"integrations\.orjson\.default"):
            init_app(made)


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    def test_without_a_request_it_is_in_english(self) -> None:
        problem, status, headers = respond_to_refused_error(RefusedError(finding(Code.KEY_MISSING, "/mode")))
        assert status == 422
        assert_language("en", headers, json.dumps(problem), varies=False)
