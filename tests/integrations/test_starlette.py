"""Starlette: the body of a request as a submission, and refusals as problem details."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from tests.integrations.apps.starlette import CLIENT, ROUTES
from tests.integrations.payloads import assert_language
from wtisd_model import Code, Event, PayloadError, RefusedError, Registration
from wtisd_model.findings import finding
from wtisd_model.integrations.starlette import problem_response, read_submission, respond_to_refused_error


def sending(chunks: int) -> tuple[Request, list[int]]:
    """Return a request whose body is so many chunks of 100,000 bytes, and the list of those that have been read."""
    sent: list[int] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        sent.append(len(sent))
        return {"type": "http.request", "body": b" " * 100_000, "more_body": len(sent) < chunks}

    return Request({"type": "http"}, receive), sent


class TestReadSubmission:
    """The body is read as it is; how much of it, is limited."""

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

    def test_each_field_line_counts(self) -> None:
        lines = [("Accept-Language", "it"), ("Accept-Language", "ru")]
        response = CLIENT.post("/Registration", content=b"{}", headers=lines)
        assert_language("ru", response.headers, response.content)

    def test_without_a_request_it_is_in_english(self) -> None:
        response = problem_response(RefusedError(finding(Code.KEY_MISSING, "/mode")))
        assert_language("en", response.headers, bytes(response.body), varies=False)
