"""Views of Django that read bodies by `read_submission` and `validate`; the middleware answers refusals."""

import tests.integrations.django_site  # noqa: F401 - sets Django up

# isort: split
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import path as route

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import CLASSES, DOSSIER, NOW, RULES
from wtisd_model import to_json, validate
from wtisd_model.integrations.django import DocumentEncoder, read_submission


def accept(request: HttpRequest, name: str) -> HttpResponse:
    made: object = read_submission(request, CLASSES[name]).accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()
    return HttpResponse(to_json(made), status=201, content_type="application/json")


def store(request: HttpRequest, name: str) -> HttpResponse:
    made: object = validate(CLASSES[name], request.body).value_or_raise(for_office=True)
    return JsonResponse(made, DocumentEncoder, safe=False)


urlpatterns = [route("office/<name>", store), route("<name>", accept)]


def post(path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    with override_settings(ROOT_URLCONF=__name__):
        response = Client().post(path, content, "application/json", headers=headers)
    return Answer(response.status_code, response.headers, response.content)
