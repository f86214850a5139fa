"""An app of FastAPI that takes every class as a body."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Body, FastAPI
from fastapi.testclient import TestClient

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import DOSSIER, NOW, RULES
from wtisd_model import Submission
from wtisd_model.integrations.fastapi import add_problem_details
from wtisd_model.model.documents import DOCUMENTS, SUBMISSIONS


def app() -> FastAPI:
    made = FastAPI()
    add_problem_details(made)
    for cls in DOCUMENTS:
        made.post(f"/office/{cls.__name__}")(_taking(cls))
    for cls in SUBMISSIONS:
        made.post(f"/{cls.__name__}", status_code=201)(_accepting(cls))
    return made


def _taking(cls: Any) -> Any:
    def take(body: Annotated[cls, Body()]) -> cls:
        return body

    return take


def _accepting(cls: Any) -> Any:
    def accept(body: Submission[cls]) -> cls:
        return body.accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()

    return accept


CLIENT = TestClient(app())


def post(path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    response = CLIENT.post(path, content=content, headers={"Content-Type": "application/json", **headers})
    return Answer(response.status_code, response.headers, response.content)
