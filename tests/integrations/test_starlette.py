"""Starlette: the body of a request as a submission, and refusals as problem details."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

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
from wtisd_model import (
    Code,
    Event,
    Outcome,
    PayloadError,
    RefusedError,
    Registration,
    Submission,
    from_json,
    to_json,
    validate,
)
from wtisd_model.findings import finding
from wtisd_model.integrations.starlette import problem_response, read_submission, respond_to_refused_error


async def accept(request: Request) -> Response:
    submission: Submission[Any] = await read_submission(request, CLASSES[request.path_params["name"]])
    made = submission.accept(DOSSIER, now=NOW).value_or_raise()
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


def sending(chunks: int) -> tuple[Request, list[int]]:
    """Return a request whose body is so many chunks of 100,000 bytes, and the list of those that have been read."""
    sent: list[int] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        sent.append(len(sent))
        return {"type": "http.request", "body": b" " * 100_000, "more_body": len(sent) < chunks}

    return Request({"type": "http"}, receive), sent


@pytest.mark.parametrize("case", CASES, ids=repr)
class TestTable:
    """Every payload has the verdict that the reader has, and a response without its values."""

    def test_every_payload_has_the_verdict_of_the_table(self, case: Case) -> None:
        response = CLIENT.post(f"/{'' if case.submission else 'office/'}{case.cls.__name__}", content=case.payload)
        if case.verdict:
            assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
            assert verdict_on_problem(response.json()) == case.verdict
            assert MARKER not in response.text
        else:
            assert response.status_code == (201 if case.submission else 200)
            assert isinstance(from_json(case.cls, response.content), case.cls)


class TestReadSubmission:
    """The body is read as it is; how much of it, is limited."""

    @pytest.mark.parametrize(("content", "status", "verdict"), UNPARSABLE)
    def test_an_unparsable_body_has_its_own_status(self, content: bytes, status: int, verdict: Verdict) -> None:
        response = CLIENT.post("/Registration", content=content)
        assert (response.status_code, verdict_on_problem(response.json())) == (status, verdict)

    def test_more_than_the_limit_is_not_read(self) -> None:
        request, sent = sending(40)
        with pytest.raises(RefusedError) as raised:
            asyncio.run(read_submission(request, Registration))
        assert [each.code for each in raised.value.findings] == [Code.PAYLOAD_TOO_LARGE]
        assert len(sent) == 11  # of 100,000 bytes each

    def test_nothing_is_read_for_a_class_that_cannot_be_submitted(self) -> None:
        request, sent = sending(1)
        with pytest.raises(TypeError, match="Event cannot be a submission"):
            asyncio.run(read_submission(request, Event))
        assert sent == []

    def test_a_class_that_nobody_submits_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(TypeError, match="Event cannot be a submission"):
            CLIENT.post("/Event", content=b"{}")

    def test_another_error_is_not_taken_for_a_refusal(self) -> None:
        app = Starlette(exception_handlers={Exception: respond_to_refused_error}, routes=ROUTES)
        with pytest.raises(KeyError):
            TestClient(app).post("/Nothing", content=b"{}")

    def test_a_stored_document_that_cannot_be_read_is_an_error_of_the_server(self) -> None:
        with pytest.raises(PayloadError):
            CLIENT.get("/damaged")


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    @pytest.mark.parametrize(("headers", "language"), [({}, "en"), (FRENCH, "fr")])
    def test_a_refusal_is_in_the_language_of_the_reader(self, headers: dict[str, str], language: str) -> None:
        response = CLIENT.post("/Registration", content=b"{}", headers=headers)
        assert_language(language, response.headers, response.content)

    def test_each_field_line_counts(self) -> None:
        lines = [("Accept-Language", "de"), ("Accept-Language", "ru")]
        response = CLIENT.post("/Registration", content=b"{}", headers=lines)
        assert_language("ru", response.headers, response.content)

    def test_without_a_request_it_is_in_english(self) -> None:
        response = problem_response(RefusedError(finding(Code.KEY_MISSING, "/mode")))
        assert_language("en", response.headers, bytes(response.body), varies=False)
