"""An API of Django Ninja that takes every class as a body."""

import tests.integrations.django_site  # noqa: F401 - sets Django up

# isort: split
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Body, NinjaAPI
from ninja.testing import TestClient

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import DOSSIER, NOW, RULES
from wtisd_model import Submission
from wtisd_model.integrations.ninja import add_problem_details
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS

API = NinjaAPI()
add_problem_details(API)


def _taking(cls: Any) -> Any:
    def take(request: HttpRequest, body: Body[cls]) -> Any:  # noqa: ARG001 - of that name
        return body

    return take


def _accepting(cls: Any) -> Any:
    def accept(request: HttpRequest, body: Body[Submission[cls]]) -> Any:  # noqa: ARG001 - of that name
        return body.accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()

    return accept


for _cls in DOCUMENTS:
    API.post(f"/office/{_cls.__name__}", response=_cls)(_taking(_cls))
for _cls in SUBMISSIONS:
    API.post(f"/{_cls.__name__}", response={201: _cls})(_accepting(_cls))
CLIENT = TestClient(API)


def post(path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    sent: Any = content
    response: Any = CLIENT.post(path, data=sent, content_type="application/json", headers=headers)
    return Answer(response.status_code, response.headers, response.content)
