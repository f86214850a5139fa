"""Django Ninja: bodies and responses through pydantic, and problem details as the response to refusals."""

import tests.integrations.django_site  # noqa: F401 - sets Django up

# isort: split
import json
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from ninja import Body, Form, Schema
from ninja.errors import HttpError

from tests.integrations.apps.ninja import API, CLIENT
from tests.integrations.payloads import FRENCH, MARKER, SUBMITTED, assert_language, verdict_on_problem
from wtisd_model import Registration, Submission, openapi_components


def post(path: str, body: Any) -> Any:
    return CLIENT.post(path, data=body, content_type="application/json")


def http_error(cause: Exception | None) -> HttpError:
    """Return what a view raises without a cause, and Ninja for a body that it cannot parse."""
    error = HttpError(400, "Cannot parse request body" if cause else "No")
    error.__cause__ = cause
    return error


class TestParsedByNinja:
    """Ninja parses a body before we can see it."""

    def test_the_last_of_repeated_keys_counts(self) -> None:
        body = json.dumps(SUBMITTED).replace('"mode"', '"mode": "on-site", "mode"').encode()
        assert post("/Registration", body).status_code == 201

    def test_null_is_no_object(self) -> None:
        assert verdict_on_problem(post("/Registration", b"null").json()) == ("wrong-type",)

    @pytest.mark.parametrize("cause", [None, OSError()])
    def test_other_http_errors_have_the_response_of_ninja(self, cause: Exception | None) -> None:
        response: Any = API.on_exception(RequestFactory().post("/", b"{}", "application/json"), http_error(cause))
        assert (response.status_code, json.loads(response.content)) == (400, {"detail": str(http_error(cause))})


class Size(Schema):
    """A body of somebody else."""

    width: int


@API.post("/two/{number}")
def take_two(request: HttpRequest, number: int, sent: Body[Submission[Registration]], size: Body[Size]) -> None:
    raise AssertionError((request, number, sent, size))


@API.post("/form")
def take_form(request: HttpRequest, number: Form[int]) -> None:
    raise AssertionError((request, number))


class TestErrors:
    """Errors of Ninja in other parts of a request are in the same response, without values."""

    def test_every_part_has_its_place(self) -> None:
        response = post(f"/two/{MARKER}", json.dumps({"sent": 5, "size": {"width": MARKER}}).encode())
        assert verdict_on_problem(response.json()) == (
            "int_parsing",
            "wrong-type /sent",
            "int_parsing /size/width",
        )
        assert response.json()["errors"][0]["params"] == {"in": "path", "parameter": "number"}
        assert MARKER not in response.content.decode()

    @pytest.mark.parametrize(("sent", "code"), [({}, "missing"), ({"number": MARKER}, "int_parsing")])
    def test_a_form_has_the_errors_of_its_fields(self, sent: dict[str, str], code: str) -> None:
        request = RequestFactory().post("/form", sent)
        assert request.POST.dict() == sent  # Django has read the body, and does not read it again
        (match,) = filter(None, (each.resolve("form") for each in API.urls[0]))
        assert verdict_on_problem(json.loads(match.func(request).content)) == (code,)

    def test_a_missing_key_has_our_code(self) -> None:
        response = post("/two/1", b'{"size": {"width": 1}}')
        assert verdict_on_problem(response.json()) == ("key-missing /sent",)


class TestSchema:
    """OpenAPI has our components."""

    def test_its_components_are_ours(self) -> None:
        description = API.get_openapi_schema(path_prefix="/api/")
        published = openapi_components()
        schemas = description["components"]["schemas"]
        assert {name: each for name, each in schemas.items() if published.get(name) != each}.keys() == {"Size"}
        body = description["paths"]["/api/Registration"]["post"]["requestBody"]["content"]["application/json"]
        assert body == {"schema": {"$ref": "#/components/schemas/RegistrationSubmission"}}


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    @pytest.mark.parametrize("path", ["/Registration", "/two/x"])
    @pytest.mark.parametrize(("headers", "language"), [({}, "en"), (FRENCH, "fr")])
    def test_a_refusal_is_in_the_language_of_the_reader(
        self, path: str, headers: dict[str, str], language: str
    ) -> None:
        sent: Any = b"{}"
        response: Any = CLIENT.post(path, data=sent, content_type="application/json", headers=headers)
        assert_language(language, response, response.content)
