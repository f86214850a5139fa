"""Quart: the body of a request as a submission, our objects in responses, and refusals as problem details."""

import asyncio
import json

import pytest

from tests.integrations.apps.quart import APP, app, post
from tests.integrations.payloads import assert_language
from wtisd_model import Code, RefusedError
from wtisd_model.findings import finding
from wtisd_model.integrations.quart import respond_to_refused_error


class TestReadSubmission:
    """The body is read as it is; how much of it, is limited."""

    def test_more_than_the_app_allows_has_our_verdict(self) -> None:
        assert post("/Registration", b" " * 17_000_000, {}).problem == (413, ("payload-too-large",))

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
        answer = post("/Registration", b" " * 1_000_001, {}, app(MAX_CONTENT_LENGTH=limit))
        [error] = json.loads(answer.body)["errors"]
        assert error["params"] == {"maximum": maximum}

    def test_the_app_may_have_no_limit(self) -> None:
        answer = post("/Registration", b" " * 1_000_001, {}, app(MAX_CONTENT_LENGTH=None))
        [error] = json.loads(answer.body)["errors"]
        assert error["params"] == {"maximum": 1_000_000}

    def test_a_body_that_does_not_arrive_ends_with_the_timeout_of_the_app(self) -> None:
        async def sent() -> int:
            async with app(BODY_TIMEOUT=0.01).test_client().request("/Registration", method="POST") as connection:
                await connection.send(b"{")
                await asyncio.sleep(0.1)
            return (await connection.as_response()).status_code

        assert asyncio.run(sent()) == 408

    def test_a_class_that_nobody_submits_is_a_mistake_of_the_program(self) -> None:
        assert post("/Event", b"{}", {}).status == 500


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    def test_without_a_request_it_is_in_english(self) -> None:
        problem, status, headers = respond_to_refused_error(RefusedError(finding(Code.KEY_MISSING, "/mode")))
        assert status == 422
        assert_language("en", headers, json.dumps(problem), varies=False)
