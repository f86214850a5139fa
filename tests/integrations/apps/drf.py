"""Views of Django REST framework, which parses the body before a field of a serializer sees it."""

import tests.integrations.django_site  # noqa: F401 - sets Django up

# isort: split
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.test import Client
from django.test.utils import override_settings
from django.urls import path as route
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from tests.integrations.apps.answer import Answer
from tests.integrations.payloads import CLASSES, DOSSIER, NOW, RULES
from wtisd_model import Submission
from wtisd_model.integrations.drf import DocumentField
from wtisd_model.json.builtins import to_builtins


def _taken(document: Any, request: Request) -> Any:
    serializer = type("Taken", (Serializer,), {"document": DocumentField(document)})(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data["document"]


@api_view(["POST"])
def accept(request: Request, name: str) -> Response:
    cls: Any = CLASSES[name]
    made = _taken(Submission[cls], request).accept(DOSSIER, now=NOW, rules=RULES).value_or_raise()
    return Response(to_builtins(made), status=201)


@api_view(["POST"])
def store(request: Request, name: str) -> Response:
    return Response(DocumentField(CLASSES[name]).to_representation(_taken(CLASSES[name], request)))


urlpatterns = [route("office/<name>", store), route("<name>", accept)]


def post(path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a document as the one field of a serializer, and what is no JSON as it is."""
    with suppress(ValueError, RecursionError):
        content = json.dumps({"document": json.loads(content)}).encode()
    with override_settings(ROOT_URLCONF=__name__):
        response = Client().post(path, content, "application/json", headers=headers)
    return Answer(response.status_code, response.headers, response.content.replace(b'"#/document', b'"#'))
