"""Every web framework: the same verdicts, statuses, languages and silence about what was sent."""

# Django is set up before anything that imports it.
from tests.integrations.apps import django

# isort: split
import json
from collections.abc import Callable, Mapping

import pytest

from tests.integrations.apps import drf, fastapi, flask, litestar, ninja, quart, starlette
from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import (
    CASES,
    FRENCH,
    MARKER,
    SUBMITTED,
    UNPARSABLE,
    UNWELCOME,
    Case,
    Verdict,
    assert_language,
)
from wtisd_model import from_json
from wtisd_model.findings import MOST_FINDINGS

Post = Callable[[str, bytes, Mapping[str, str]], Answer]

POSTS = {
    "django": django.post,
    "drf": drf.post,
    "fastapi": fastapi.post,
    "flask": flask.post,
    "litestar": litestar.post,
    "ninja": ninja.post,
    "quart": quart.post,
    "starlette": starlette.post,
}
BYTES = {name: POSTS[name] for name in ("django", "flask", "litestar", "quart", "starlette")}
"""Those where our reader has the bytes of a body; the others parse it themselves."""

of_all = pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)


@of_all
@pytest.mark.parametrize("case", CASES, ids=repr)
def test_every_payload_has_the_verdict_of_the_table(
    post: Post, case: Case, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = post(f"/{'' if case.submission else 'office/'}{case.cls.__name__}", case.payload, {})
    if case.verdict:
        assert answer.problem == (422, case.verdict)
        assert MARKER not in f"{answer.body.decode()} {answer.headers}"
    else:
        assert answer.status in {200, 201}
        made: object = from_json(case.cls, answer.body)
        assert case.submission or made == from_json(case.cls, case.payload)
    assert MARKER not in f"{caplog.text} {capsys.readouterr()}"


class TestUnparsable:
    """A body that is no JSON has one verdict in all frameworks."""

    @of_all
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "not-json"),
            (b"mode=remote", "not-json"),
            (b'{"mode": "remote"', "not-json"),
            (b'{"mode": "\xff"}', "not-utf8"),
            (b"[" * 5_000, "payload-too-deep"),
            (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "payload-too-deep"),
        ],
        ids=["empty", "a form", "cut off", "no UTF-8", "brackets", "objects"],
    )
    @pytest.mark.parametrize("path", ["/Registration", "/office/Registration"])
    def test_it_is_refused_with_one_code(self, post: Post, path: str, content: bytes, code: str) -> None:
        assert post(path, content, {}).problem == (400, (code,))

    @of_all
    @pytest.mark.parametrize(("content", "offset"), [(b"", 0), ('{"é": 1 "mode"'.encode(), 9)])
    def test_the_place_of_a_mistake_is_counted_in_bytes(self, post: Post, content: bytes, offset: int) -> None:
        (error,) = json.loads(post("/Registration", content, {}).body)["errors"]
        assert error["params"] == {"offset": offset}

    @pytest.mark.parametrize("post", BYTES.values(), ids=BYTES)
    @pytest.mark.parametrize(("content", "status", "verdict"), [*UNPARSABLE, (b"null", 422, ("wrong-type",))])
    def test_our_reader_has_the_bytes(self, post: Post, content: bytes, status: int, verdict: Verdict) -> None:
        assert post("/Registration", content, {}).problem == (status, verdict)


@of_all
@pytest.mark.parametrize(("path", "missing"), [("/Registration", 3), ("/office/Registration", 5)])
def test_omitted_findings_are_counted(post: Post, path: str, missing: int) -> None:
    many = {f"key {number}": 1 for number in range(MOST_FINDINGS)}
    problem = json.loads(post(path, json.dumps(many).encode(), {}).body)
    assert (len(problem["errors"]), problem["omitted"]) == (MOST_FINDINGS, missing)


@of_all
@pytest.mark.parametrize(("headers", "language"), [({}, "en"), (FRENCH, "fr")])
def test_a_refusal_is_in_the_language_of_the_reader(post: Post, headers: dict[str, str], language: str) -> None:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""
    answer = post("/Registration", b"{}", headers)
    assert_language(language, answer.headers, answer.body)


@of_all
def test_a_rule_of_the_app_refuses_at_its_field(post: Post) -> None:
    sent = {**SUBMITTED, "participant": {**SUBMITTED["participant"], "email": UNWELCOME}}
    answer = post("/Registration", json.dumps(sent).encode(), FRENCH)
    assert answer.problem == (422, ("our-address /participant/email",))
    (error,) = json.loads(answer.body)["errors"]
    assert (error["detail"], error["language"]) == ("Not this address.", "en")
