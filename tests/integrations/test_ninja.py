"""Django Ninja: bodies and responses through pydantic, and problem details as the response to refusals."""

import tests.integrations.django_site  # noqa: F401 - sets Django up

# isort: split
import json
from typing import Any

import pytest
from django.http import HttpRequest
from ninja import Body, NinjaAPI, Schema
from ninja.testing import TestClient

from tests.integrations.payloads import (
    CASES,
    DOSSIER,
    FRENCH,
    MARKER,
    NOW,
    SUBMITTED,
    Case,
    assert_language,
    verdict_on_problem,
)
from wtisd_model import Registration, Submission, from_json, openapi_components
from wtisd_model.findings import MOST_FINDINGS
from wtisd_model.integrations.ninja import add_problem_details
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS

API = NinjaAPI()
add_problem_details(API)


def taking(cls: Any) -> Any:
    def take(request: HttpRequest, body: Body[cls]) -> Any:  # noqa: ARG001 - of that name
        return body

    return take


def accepting(cls: Any) -> Any:
    def accept(request: HttpRequest, body: Body[Submission[cls]]) -> Any:  # noqa: ARG001 - of that name
        return body.accept(DOSSIER, now=NOW).value_or_raise()

    return accept


for _cls in DOCUMENTS:
    API.post(f"/office/{_cls.__name__}", response=_cls)(taking(_cls))
for _cls in SUBMISSIONS:
    API.post(f"/{_cls.__name__}", response={201: _cls})(accepting(_cls))
CLIENT = TestClient(API)


def post(path: str, body: Any) -> Any:
    return CLIENT.post(path, data=body, content_type="application/json")


class TestTable:
    """Every payload has the verdict that the reader has, and a response without its values."""

    @pytest.mark.parametrize("case", CASES, ids=repr)
    def test_every_payload_has_the_verdict_of_the_table(self, case: Case) -> None:
        response = post(f"/{'' if case.submission else 'office/'}{case.cls.__name__}", case.payload)
        if case.verdict:
            assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
            assert verdict_on_problem(response.json()) == case.verdict
            assert MARKER not in response.content.decode()
        else:
            assert response.status_code == (201 if case.submission else 200)
            assert isinstance(from_json(case.cls, response.content), case.cls)

    @pytest.mark.parametrize("body", [b"{", b'{"mode": "\xff"}'])
    def test_an_unparsable_body_has_the_response_of_ninja(self, body: bytes) -> None:
        response = post("/Registration", body)
        assert (response.status_code, response.json()) == (400, {"detail": "Cannot parse request body"})

    def test_the_last_of_repeated_keys_counts(self) -> None:
        body = json.dumps(SUBMITTED).replace('"mode"', '"mode": "on-site", "mode"').encode()
        assert post("/Registration", body).status_code == 201


class Size(Schema):
    """A body of somebody else."""

    width: int


@API.post("/two/{number}")
def take_two(request: HttpRequest, number: int, sent: Body[Submission[Registration]], size: Body[Size]) -> None:
    raise AssertionError((request, number, sent, size))


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

    def test_a_missing_body_is_an_error_of_the_whole(self) -> None:
        assert verdict_on_problem(post("/Registration", b"").json()) == ("wrong-type",)

    def test_a_missing_key_has_our_code(self) -> None:
        response = post("/two/1", b'{"size": {"width": 1}}')
        assert verdict_on_problem(response.json()) == ("key-missing /sent",)

    def test_omitted_findings_are_counted(self) -> None:
        answer = post("/office/Registration", json.dumps(dict.fromkeys(map(str, range(115)))).encode()).json()
        assert (len(answer["errors"]), answer["omitted"]) == (MOST_FINDINGS, 20)


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
