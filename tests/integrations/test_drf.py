"""Django REST framework: fields of serializers and responses, which work as our own reader does."""

from tests.integrations.django_site import create_tables, database

# isort: split
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from django.utils.translation import override
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer, Serializer

from tests.integrations.django_desk.models import Row
from tests.integrations.payloads import (
    CASES,
    CLASSES,
    DOSSIER,
    EVENT,
    FRENCH,
    MARKER,
    NOW,
    STORED,
    SUBMITTED,
    UNPARSABLE,
    Case,
    Verdict,
    assert_language,
    verdict_on_problem,
)
from wtisd_model import Code, Event, RefusedError, Registration, Submission, from_json, to_json
from wtisd_model.findings import MOST_FINDINGS, finding
from wtisd_model.integrations.django import read_submission
from wtisd_model.integrations.drf import DocumentField, exception_handler
from wtisd_model.json.builtins import to_builtins

REGISTRATION = from_json(Registration, STORED)


class Desk(Serializer[Any]):
    """A serializer of somebody else, with our fields in it."""

    sent = DocumentField(Submission[Registration])
    others = serializers.ListField(child=DocumentField(Registration), required=False)
    event = DocumentField(Event, required=False, allow_null=True)
    size = serializers.ChoiceField(["small", "large"], required=False)


class RowSerializer(ModelSerializer[Row]):
    """The serializer that REST framework makes of a model, with our field named."""

    registration = DocumentField(Registration)

    class Meta:
        model = Row
        fields = ("registration",)


def kind_of(name: str, whose: str) -> Any:
    cls: Any = CLASSES[name]
    return cls if whose == "office" else Submission[cls]


@api_view(["POST"])
def take_field(request: Request, whose: str, name: str) -> Response:
    """Take a document in a field of a serializer."""
    serializer = type("Taken", (Serializer,), {"document": DocumentField(kind_of(name, whose))})(data=request.data)
    serializer.is_valid(raise_exception=True)
    made = serializer.validated_data["document"]
    if isinstance(made, Submission):
        made = made.accept(DOSSIER, now=NOW).value_or_raise()
    return Response(DocumentField(type(made)).to_representation(made))


@api_view(["POST"])
def take_body(request: Request, name: str) -> Response:
    """Take a submission as the body."""
    made: Any = read_submission(request, CLASSES[name]).accept(DOSSIER, now=NOW).value_or_raise()
    return Response(to_builtins(made), status=201)


@api_view(["POST"])
def endless(_request: Request) -> Response:
    def again() -> Response:
        return again()

    return again()


@api_view(["GET", "POST"])
def desk(request: Request) -> Response:
    serializer = Desk(data=request.data)
    serializer.is_valid(raise_exception=True)
    return Response(status=204)


@api_view(["GET"])
def nowhere(_request: Request) -> Response:
    raise NotFound


urlpatterns = [
    path("desk", desk),
    path("endless", endless),
    path("nowhere", nowhere),
    path("field/<whose>/<name>", take_field),
    path("body/<name>", take_body),
]


@pytest.fixture(autouse=True)
def _urls() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def post(address: str, content: bytes) -> Any:
    return Client().post(address, content, "application/json")


def assert_verdict(response: Any, verdict: Verdict, prefix: str = "") -> None:
    wanted = tuple(" ".join([code, f"{prefix}{''.join(path)}"]).rstrip() for code, *path in map(str.split, verdict))
    if verdict:
        assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
        assert MARKER.encode() not in response.content
    else:
        assert response.status_code in {200, 201}
    assert verdict_on_problem(response.json()) == wanted


@pytest.mark.parametrize("case", CASES, ids=repr)
class TestTable:
    """Every payload has the verdict that the reader has, and an answer without its values."""

    def test_of_a_body(self, case: Case) -> None:
        if case.submission:
            assert_verdict(post(f"/body/{case.cls.__name__}", case.payload), case.verdict)

    def test_in_the_details_of_an_error(self, case: Case) -> None:
        if not case.submission and case.verdict:
            with pytest.raises(ValidationError) as raised:
                DocumentField(case.cls).run_validation(case.document)
            assert MARKER not in f"{raised.value} {raised.value!r} {raised.value.get_full_details()}"
            assert len(codes(raised.value.get_codes())) == len(case.verdict) + (case.verdict.count("key-unknown") > 50)


def codes(found: Any) -> list[str]:
    """Return all codes in the result of ``get_codes()``."""
    if isinstance(found, str):
        return [found]
    return [code for each in (found.values() if isinstance(found, dict) else found) for code in codes(each)]


class TestParsedByTheFramework:
    """REST framework parses a body before a field sees it; `read_submission` reads the bytes."""

    @pytest.mark.parametrize(("content", "status", "verdict"), UNPARSABLE)
    def test_the_bytes_have_a_verdict_of_ours(self, content: bytes, status: int, verdict: Verdict) -> None:
        response = post("/body/Registration", content)
        assert (response.status_code, verdict_on_problem(response.json())) == (status, verdict)

    def test_the_last_of_repeated_keys_counts(self) -> None:
        raw = json.dumps({"document": STORED}).replace('"mode": "on-site"', '"mode": "x", "mode": "on-site"')
        assert post("/field/office/Registration", raw.encode()).json() == to_builtins(REGISTRATION)

    def test_a_byte_order_mark_is_refused_by_the_code_of_our_own_reader(self) -> None:
        response = post("/field/office/Registration", b"\xef\xbb\xbf{}")
        assert (response.status_code, verdict_on_problem(response.json())) == (400, ("not-utf8",))

    @pytest.mark.parametrize("number", [b"NaN", b"1" * 5_000])
    def test_a_number_that_it_refuses_is_an_error_of_the_framework(self, number: bytes) -> None:
        response = post("/field/office/Registration", b'{"document": ' + number + b"}")
        assert (response.status_code, [*response.json()]) == (400, ["detail"])

    def test_recursion_without_end_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(RecursionError):
            post("/endless", b"{}")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_an_empty_form_has_the_errors_of_its_fields(self, method: str) -> None:
        response = getattr(Client(), method)("/desk", {})
        assert verdict_on_problem(response.json()) == ("key-missing /sent",)

    def test_the_limits_of_a_payload_hold_in_a_field(self) -> None:
        raw = json.dumps({"document": {**STORED, "organization": "x" * 1_000_000}}).encode()
        response = post("/field/office/Registration", raw)
        assert (response.status_code, verdict_on_problem(response.json())) == (413, ("payload-too-large /document",))


class TestErrors:
    """The errors of a serializer are nested like its fields, and all come at once."""

    def test_they_are_merged_with_those_of_other_fields(self) -> None:
        serializer = Desk(
            data={
                "sent": json.dumps(SUBMITTED),
                "others": [STORED, {**STORED, "mode": "onsite", "needs": ["captions", MARKER], "history": 5}],
                "event": {"sessions": [{"slot": MARKER}], "title": {}},
                "size": MARKER,
            }
        )
        assert not serializer.is_valid()
        errors: Any = serializer.errors
        assert errors["sent"][0].code == "wrong-type"
        assert errors["others"][1]["mode"] == [
            'Not one of the allowed values. Did you mean "on-site"? Use one of: on-site, remote.'
        ]
        assert errors["others"][1]["needs"][1][0].code == "value-unknown"
        assert errors["event"]["sessions"][0]["slot"][0].code == "wrong-type"
        assert MARKER not in str({**errors, "size": None})

    def test_the_response_to_them_has_every_place(self) -> None:
        body = {"others": [{**STORED, "mode": "onsite"}, 5], "size": MARKER, "event": None}
        response = post("/desk", json.dumps(body).encode())
        assert_verdict(
            response,
            ("key-missing /sent", "value-unknown /others/0/mode", "wrong-type /others/1", "invalid_choice /size"),
        )
        first, second, *_, last = response.json()["errors"]
        assert second["params"] == {"choices": "on-site, remote", "suggestion": "on-site"}
        assert (first["fix"], last["detail"]) == ("Add it.", "Not a valid value.")

    def test_an_error_of_an_object_is_next_to_those_of_its_members(self) -> None:
        broken = {**STORED, "participant": {"name": MARKER, "non_field_errors": 1, f"{MARKER} 1": 1, "email": "x"}}
        with pytest.raises(ValidationError) as raised:
            DocumentField(Registration).run_validation(broken)
        assert raised.value.get_codes() == {
            "participant": {"non_field_errors": ["key-unknown", "key-unknown"], "email": ["email-malformed"]}
        }

    def test_omitted_findings_are_counted(self) -> None:
        response = post(
            "/field/office/Registration", json.dumps({"document": dict.fromkeys(map(str, range(115)))}).encode()
        )
        assert len(response.json()["errors"]) == MOST_FINDINGS
        assert response.json()["omitted"] == 20

    def test_a_body_that_is_no_object_is_an_error_of_the_whole(self) -> None:
        assert_verdict(post("/desk", b"[1]"), ("invalid",))

    def test_other_exceptions_have_the_response_of_the_framework(self) -> None:
        response = Client().get("/nowhere")
        assert (response.status_code, response.json()) == (404, {"detail": "Not found."})


class TestSerializer:
    """Documents go in and out as plain JSON."""

    def test_a_document_comes_back(self) -> None:
        serializer = Desk(data={"sent": SUBMITTED, "event": to_builtins(EVENT), "others": [STORED]})
        assert serializer.is_valid()
        assert serializer.validated_data["event"] == EVENT
        assert serializer.validated_data["sent"].accept(DOSSIER, now=NOW).ok
        assert Desk(serializer.validated_data).data == {
            "sent": SUBMITTED,
            "event": to_builtins(EVENT),
            "others": [to_builtins(REGISTRATION)],
        }

    def test_a_text_of_an_html_form_is_json(self) -> None:
        response = Client().post("/desk", {"sent": json.dumps(SUBMITTED), "event": '{"uid": 1, "uid": 2}'})
        assert (response.status_code, verdict_on_problem(response.json())) == (400, ("key-repeated /event",))

    def test_a_model_is_read_and_written(self, tmp_path: Any) -> None:
        serializer = RowSerializer(data={"registration": STORED})
        serializer.is_valid(raise_exception=True)
        with database(tmp_path):
            create_tables()
            serializer.save()
            assert RowSerializer(Row.objects.get()).data == {"registration": json.loads(to_json(REGISTRATION))}

    @pytest.mark.parametrize("document", [int, Submission, Submission[Event]])
    def test_it_holds_documents_and_submissions_only(self, document: Any) -> None:
        with pytest.raises(TypeError):
            DocumentField(document)


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    @pytest.mark.parametrize("address", ["/desk", "/body/Registration", "/field/office/Event"])
    def test_the_language_of_the_locale_middleware_comes_first(self, address: str) -> None:
        middleware = ["django.middleware.locale.LocaleMiddleware", *settings.MIDDLEWARE]
        client = Client(headers=FRENCH)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
        with override("en"), override_settings(MIDDLEWARE=middleware):
            response = client.post(address, b'{"document": {}}', "application/json")
        assert_language("es", response.headers, response.content)

    @pytest.mark.parametrize("address", ["/desk", "/body/Registration", "/field/office/Event"])
    @pytest.mark.parametrize(("headers", "language"), [({}, "en"), (FRENCH, "fr")])
    def test_a_refusal_is_in_the_language_of_the_reader(
        self, address: str, headers: dict[str, str], language: str
    ) -> None:
        response = Client().post(address, b'{"document": {}}', "application/json", headers=headers)
        assert_language(language, response.headers, response.content)

    def test_without_a_request_it_is_in_english(self) -> None:
        response: Any = exception_handler(RefusedError(finding(Code.KEY_MISSING, "/mode")), {})
        assert response.status_code == 422
        assert_language("en", response.headers, response.content, varies=False)

    def test_errors_of_a_field_are_in_the_active_language(self) -> None:
        serializer = Desk(data={"sent": 5})
        with override("ru"):
            assert not serializer.is_valid()
        assert finding(Code.WRONG_TYPE, expected="object").in_language("ru").message in str(serializer.errors)
