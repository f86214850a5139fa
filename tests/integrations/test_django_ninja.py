"""Django Ninja: bodies and responses through pydantic, without a module of ours."""

import tests.integrations.django_site  # noqa: F401 - sets Django up

# isort: split
import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from ninja import Body, NinjaAPI
from ninja.testing import TestClient

from tests.integrations.payloads import CASES, DOSSIER, MARKER, NOW, SUBMITTED, Case, Verdict, verdict_on_problem
from wtisd_model.findings import PayloadError, pointer
from wtisd_model.integrations.django import problem_response
from wtisd_model.integrations.errors import OMITTED
from wtisd_model.json.schema_files import openapi_components
from wtisd_model.json.validator import Submission, from_json
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS

API = NinjaAPI()


@API.exception_handler(PayloadError)
def refuse(_request: HttpRequest, error: PayloadError) -> HttpResponse:
    return problem_response(error)


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


def verdict_on(answer: dict[str, Any]) -> Verdict:
    """Return the verdict of a response of Ninja itself, whose places begin with ``body`` and the parameter's name."""
    errors = [each for each in answer["detail"] if each["type"] != OMITTED]
    return tuple(f"{each['type']} {pointer(*each['loc'][2:])}".rstrip() for each in errors)


def post(path: str, body: Any) -> Any:
    return CLIENT.post(path, data=body, content_type="application/json")


class TestTable:
    """Every payload has the verdict that the reader has, and a response without its values."""

    @pytest.mark.parametrize("case", CASES, ids=repr)
    def test_every_payload_has_the_verdict_of_the_table(self, case: Case) -> None:
        response = post(f"/{'' if case.submission else 'office/'}{case.cls.__name__}", case.payload)
        if not case.verdict:
            assert response.status_code == (201 if case.submission else 200)
            assert isinstance(from_json(case.cls, response.content), case.cls)
            return
        answer = response.json()
        assert response.status_code == 422
        assert (verdict_on_problem(answer) if "errors" in answer else verdict_on(answer)) == case.verdict
        assert MARKER not in response.content.decode()

    @pytest.mark.parametrize("body", [b"{", b'{"mode": "\xff"}'])
    def test_what_it_cannot_parse_has_a_response_of_its_own(self, body: bytes) -> None:
        response = post("/Registration", body)
        assert (response.status_code, response.json()) == (400, {"detail": "Cannot parse request body"})

    def test_of_repeated_keys_the_last_counts(self) -> None:
        body = json.dumps(SUBMITTED).replace('"mode"', '"mode": "on-site", "mode"').encode()
        assert post("/Registration", body).status_code == 201


class TestSchema:
    """OpenAPI has our components."""

    def test_its_components_are_ours(self) -> None:
        description = API.get_openapi_schema(path_prefix="/api/")
        published = openapi_components()
        schemas = description["components"]["schemas"]
        assert {name: published[name] for name in schemas} == schemas
        body = description["paths"]["/api/Registration"]["post"]["requestBody"]["content"]["application/json"]
        assert body == {"schema": {"$ref": "#/components/schemas/RegistrationSubmission"}}
