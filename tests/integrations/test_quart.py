"""Quart: the body of a request as a submission, our objects in responses, and refusals as problem details."""

import asyncio
import json
from typing import Any

import pytest
from quart import Quart, Response, jsonify, request

from tests.integrations.payloads import (
    CASES,
    CLASSES,
    DOSSIER,
    FRENCH,
    MARKER,
    NOW,
    UNPARSABLE,
    Case,
    Verdict,
    assert_language,
    verdict_on_problem,
)
from wtisd_model import Code, RefusedError, Submission, from_json, validate
from wtisd_model.findings import finding
from wtisd_model.integrations.quart import init_app, read_submission, respond_to_refused_error


def app(**config: Any) -> Quart:
    made = Quart("desk")
    made.config.from_mapping(config)
    init_app(made)

    @made.post("/<name>")
    async def accept(name: str) -> tuple[Response, int]:
        submission: Submission[Any] = await read_submission(request, CLASSES[name])
        return jsonify(submission.accept(DOSSIER, now=NOW).value_or_raise()), 201

    @made.post("/office/<name>")
    async def store(name: str) -> dict[str, object]:
        return {"stored": validate(CLASSES[name], await request.get_data()).value_or_raise(for_office=True)}

    return made


APP = app()


def post(path: str, content: bytes, app: Quart = APP) -> tuple[int, str, bytes]:
    """Return the status, type and body of a response."""

    async def posted() -> tuple[int, str, bytes]:
        response = await app.test_client().post(path, data=content)
        return response.status_code, str(response.content_type), await response.get_data(as_text=False)

    return asyncio.run(posted())


def verdict(path: str, content: bytes, app: Quart = APP) -> tuple[int, Verdict]:
    status, media_type, body = post(path, content, app)
    assert media_type == "application/problem+json"
    return status, verdict_on_problem(json.loads(body))


@pytest.mark.parametrize("case", CASES, ids=repr)
class TestTable:
    """Every payload has the verdict that the reader has, and a response without its values."""

    def test_every_payload_has_the_verdict_of_the_table(
        self, case: Case, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = f"/{'' if case.submission else 'office/'}{case.cls.__name__}"
        status, media_type, body = post(path, case.payload)
        if case.verdict:
            assert (status, media_type) == (422, "application/problem+json")
            assert verdict_on_problem(json.loads(body)) == case.verdict
            assert MARKER.encode() not in body
        elif case.submission:
            assert status == 201
            assert isinstance(from_json(case.cls, body), case.cls)
        else:
            assert from_json(case.cls, json.loads(body)["stored"]) == from_json(case.cls, case.payload)
        assert MARKER not in f"{caplog.text} {capsys.readouterr()}"


class TestReadSubmission:
    """The body is read as it is; how much of it, is limited."""

    @pytest.mark.parametrize(
        ("content", "status", "expected"),
        [*UNPARSABLE, (b" " * 17_000_000, 413, ("payload-too-large",))],  # more than the app allows
    )
    def test_an_unparsable_body_has_its_own_status(self, content: bytes, status: int, expected: Verdict) -> None:
        assert verdict("/Registration", content) == (status, expected)

    def test_more_than_the_limit_is_not_read(self) -> None:
        async def sent() -> int:
            chunks = 0
            async with APP.test_client().request("/Registration", method="POST") as connection:
                while getattr(connection, "status_code", None) is None and chunks < 40:
                    await connection.send(b" " * 100_000)
                    await asyncio.sleep(0.01)
                    chunks += 1
            assert (await connection.as_response()).status_code == 413
            return chunks

        assert asyncio.run(sent()) < 40

    @pytest.mark.parametrize(("limit", "maximum"), [(50, 50), (5_000_000, 1_000_000)])
    def test_the_lower_limit_applies(self, limit: int, maximum: int) -> None:
        _, _, body = post("/Registration", b" " * 1_000_001, app(MAX_CONTENT_LENGTH=limit))
        [error] = json.loads(body)["errors"]
        assert error["params"] == {"maximum": maximum}

    def test_the_app_may_have_no_limit(self) -> None:
        _, _, body = post("/Registration", b" " * 1_000_001, app(MAX_CONTENT_LENGTH=None))
        [error] = json.loads(body)["errors"]
        assert error["params"] == {"maximum": 1_000_000}

    def test_a_body_that_does_not_arrive_ends_with_the_timeout_of_the_app(self) -> None:
        async def sent() -> int:
            async with app(BODY_TIMEOUT=0.01).test_client().request("/Registration", method="POST") as connection:
                await connection.send(b"{")
                await asyncio.sleep(0.1)
            return (await connection.as_response()).status_code

        assert asyncio.run(sent()) == 408

    def test_a_class_that_nobody_submits_is_a_mistake_of_the_program(self) -> None:
        assert post("/Event", b"{}")[0] == 500


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    @pytest.mark.parametrize(("headers", "language"), [({}, "en"), (FRENCH, "fr")])
    def test_a_refusal_is_in_the_language_of_the_reader(self, headers: dict[str, str], language: str) -> None:
        async def posted() -> tuple[Any, bytes]:
            response = await APP.test_client().post("/Registration", data=b"{}", headers=headers)
            return response.headers, await response.get_data(as_text=False)

        assert_language(language, *asyncio.run(posted()))

    def test_without_a_request_it_is_in_english(self) -> None:
        problem, status, headers = respond_to_refused_error(RefusedError(finding(Code.KEY_MISSING, "/mode")))
        assert status == 422
        assert_language("en", headers, json.dumps(problem), varies=False)
