"""Litestar: bodies, responses, errors and the OpenAPI description of an app with the plugin."""

import json
from collections import deque
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import pytest
from attrs import frozen
from litestar import Response, get, post, websocket_listener
from litestar.di import Provide
from litestar.dto import DataclassDTO
from litestar.enums import RequestEncodingType
from litestar.exceptions import ImproperlyConfiguredException
from litestar.openapi import ResponseSpec
from litestar.params import Body
from litestar.response.base import ASGIResponse
from msgspec import Struct
from pydantic import BaseModel

from tests.integrations.apps.litestar import (
    CLIENT,
    LOGGING,
    SAYS_WHERE_FROM,
    JSONBody,
    NamedDependency,
    accepting,
    client,
)
from tests.integrations.payloads import DOSSIER, MARKER, NOW, REGISTERED, STORED, SUBMITTED, verdict_on_problem
from wtisd_model import (
    Event,
    Outcome,
    Pledge,
    RefusedError,
    Registration,
    Submission,
    from_json,
    openapi_components,
    to_json,
    wtisd_23,
)
from wtisd_model.json.builtins import to_builtins

SLOT = wtisd_23().slot


@dataclass
class Holder:
    """A class of the app with one of our objects, which msgspec would write by the names of fields in Python."""

    slot: Any


class StructHolder(Struct):
    """As `Holder`, a Struct."""

    slot: Any


@frozen
class AttrsHolder:
    """As `Holder`, of attrs."""

    slot: Any


# It logs each exception, to the handlers that pytest has.


def verdict(path: str, content: bytes) -> tuple[int, tuple[str, ...]]:
    response = CLIENT.post(path, content=content)
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, verdict_on_problem(response.json())


LARGE = json.dumps({**SUBMITTED, "organization": "x" * 1_000_001}).encode()


class TestBytesOfABody:
    """Our reader has the bytes of a body, so that nothing is lost before."""

    @pytest.mark.parametrize("path", ["/Registration", "/office/Registration", "/office/TimeSlot"])
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b'{"mode": "remote", "mode": "remote"}', (400, ("key-repeated",))),
            (b'{"mode": "\xff"}', (400, ("not-utf8",))),
            (json.dumps(SUBMITTED).encode("utf-16"), (400, ("not-utf8",))),
            (b"{", (400, ("not-json",))),
            (b"[" * 1_000, (400, ("payload-too-deep",))),
            (LARGE, (413, ("payload-too-large",))),
            (b"[{}]", (422, ("wrong-type",))),
            (b"null", (422, ("wrong-type",))),
        ],
    )
    def test_the_verdict_is_that_of_the_reader(self, path: str, content: bytes, expected: Any) -> None:
        assert verdict(path, content) == expected

    def test_a_part_of_a_document_is_a_body_too(self) -> None:
        response = CLIENT.post("/office/TimeSlot", content=json.dumps(to_builtins(SLOT)))
        assert response.json() == to_builtins(SLOT)
        assert verdict("/office/TimeSlot", b'{"start": 5, "end": 6}') == (
            422,
            ("wrong-type /start", "wrong-type /end", "key-missing /timeZone"),
        )

    def test_litestar_responds_to_a_body_that_it_does_not_read(self) -> None:
        response = CLIENT.post("/Registration", content=b" " * 10_000_001)
        assert (response.status_code, response.headers["content-type"]) == (413, "application/json")

    def test_a_hook_of_the_app_sees_the_request_before_the_handler(self) -> None:
        async def stop(_request: object) -> Response[str]:
            return Response("stopped", status_code=418)

        app = client(accepting(Registration), before_request=stop)
        assert app.post("/Registration", json=SUBMITTED).status_code == 418
        assert app.post("/Registration").status_code == 400

    def test_a_body_can_be_optional(self) -> None:
        @post("/")
        async def maybe(data: JSONBody[Registration | None] = None) -> Registration | None:
            return data

        app = client(maybe)
        assert app.post("/").text == "null"
        assert app.post("/", json=STORED).content == to_json(from_json(Registration, STORED))


# What msgspec takes for a Registration: the names of fields in Python. It would ignore the keys that it does not know.
FORGED = {
    "id": "r-1",
    "event_uid": DOSSIER.event.uid,
    "participant": {"name": "Participant 1", "email": "participant1@example.org"},
    "mode": "remote",
    "submitted_at": "2023-04-13T08:15:00Z",
    "state": "approved",
    "history": [{"at": "2023-04-14T08:15:00Z", "before": "pending", "after": "approved"}],
    "anything": 1,
}


@dataclass
class Wrapped:
    """A body of somebody else, whose fields Litestar lets msgspec fill."""

    registration: Registration


class TestForgery:
    """No path leads around our reader: a sender cannot approve their own registration."""

    @pytest.mark.parametrize("path", ["/Registration", "/office/Registration"])
    def test_the_names_of_fields_in_python_are_unknown(self, path: str) -> None:
        status, codes = verdict(path, json.dumps(FORGED).encode())
        assert status == 422
        assert "key-unknown /event_uid" in codes

    def test_a_dependency_has_the_body_of_the_handler(self) -> None:
        async def reached(data: JSONBody[Registration]) -> str:
            return data.state

        @post("/", dependencies={"reached": Provide(reached)})
        async def store(data: JSONBody[Registration], reached: NamedDependency[str]) -> str:
            return f"{data.id} {reached}"

        app = client(store)
        assert app.post("/", json=STORED).text == "r-1 approved"
        assert app.post("/", json=FORGED).status_code == 422

    @pytest.mark.skipif(not SAYS_WHERE_FROM, reason="a dependency has a body only if its handler has one")
    def test_msgspec_fills_no_object_for_a_dependency(self) -> None:
        async def reached(data: JSONBody[Registration]) -> str:
            return data.state

        @post("/dependency", dependencies={"reached": Provide(reached)})
        async def by_dependency(reached: NamedDependency[str]) -> str:
            return reached

        assert client(by_dependency).post("/dependency", json=FORGED).status_code == 500

    def test_msgspec_fills_no_object_inside_another(self) -> None:
        @post("/wrapped")
        async def wrapped(data: JSONBody[Wrapped]) -> str:
            return data.registration.state

        assert client(wrapped).post("/wrapped", json={"registration": FORGED}).status_code == 500

    @pytest.mark.parametrize(
        "declared",
        [
            JSONBody[list[Registration]],
            JSONBody[dict[str, Submission[Registration]]],
            Annotated[list[Registration] | None, Body()],
            Annotated[Registration | Pledge, Body()],
            Annotated[Submission[Registration], Body(media_type=RequestEncodingType.URL_ENCODED)],
            Annotated[Registration, Body(media_type=RequestEncodingType.MESSAGEPACK)],
        ],
    )
    def test_a_body_that_our_reader_cannot_read_is_a_mistake_of_the_program(self, declared: Any) -> None:
        @post("/")
        async def take(data: declared) -> None:
            raise NotImplementedError

        with pytest.raises(ImproperlyConfiguredException, match="A body"):
            client(take)

    @pytest.mark.parametrize("declared", [Annotated[Submission, Body()], JSONBody[Submission[Event]]])
    def test_so_is_a_submission_of_a_class_that_nobody_submits(self, declared: Any) -> None:
        @post("/")
        async def take(data: declared) -> None:
            raise NotImplementedError

        with pytest.raises(TypeError, match=r"cannot be a submission|Name the document"):
            client(take)


class Contact(BaseModel):
    """A class of somebody else with the name of one of our components."""

    telex: int


class Order(BaseModel):
    """A body of the app, with one of our classes in it, which Litestar reads by pydantic."""

    holder: Registration
    contact: Contact | None = None


class TestPydantic:
    """A model of pydantic may contain our classes."""

    def test_it_is_read_and_written_by_our_reader_and_writer(self) -> None:
        @post("/")
        async def order(data: JSONBody[Order]) -> Order:
            return data

        app = client(order)
        response = app.post("/", json={"holder": STORED})
        assert response.json()["holder"] == json.loads(to_json(from_json(Registration, STORED)))
        response = app.post("/", json={"holder": {**STORED, "mode": MARKER}})
        assert response.status_code == 400
        assert response.json()["extra"][0]["key"] == "holder.mode"
        assert MARKER not in response.text


class TestResponses:
    """Objects are written as `to_json` writes them, whatever they are in."""

    def test_collections(self) -> None:
        @get("/list")
        async def events() -> list[Event]:
            return [wtisd_23(), wtisd_23()]

        @get("/any")
        async def anything() -> dict[str, Any]:
            return {"events": (wtisd_23(),), "slots": {SLOT}, "page": 1}

        app = client(events, anything)
        assert app.get("/list").content == b"[" + to_json(wtisd_23()) + b"," + to_json(wtisd_23()) + b"]"
        assert app.get("/any").json() == {
            "events": [json.loads(to_json(wtisd_23()))],
            "slots": [to_builtins(SLOT)],
            "page": 1,
        }

    def test_a_response_keeps_its_status(self) -> None:
        @get("/")
        async def event() -> Response[Event]:
            return Response(wtisd_23(), status_code=203)

        response = client(event).get("/")
        assert (response.status_code, response.content) == (203, to_json(wtisd_23()))

    def test_the_object_of_a_dependency_is_passed_on(self) -> None:
        async def event() -> Event:
            return wtisd_23()

        @get("/", dependencies={"event": Provide(event)})
        async def dossier(event: NamedDependency[Event]) -> Event:
            return event

        assert client(dossier).get("/").content == to_json(wtisd_23())

    def test_it_does_not_matter_which_response_they_are_in(self) -> None:
        class Own(Response[Any]):
            pass

        @get("/annotated")
        async def annotated() -> Event:
            return wtisd_23()

        @get("/bare")
        async def bare() -> Response[Any]:
            return Response({"events": deque([wtisd_23()])})

        @get("/hook", after_request=lambda _: Response(wtisd_23()))
        async def replaced() -> str:
            return ""

        app = client(annotated, bare, replaced, response_class=Own)
        assert app.get("/annotated").content == app.get("/hook").content == to_json(wtisd_23())
        assert app.get("/bare").content == b'{"events":[' + to_json(wtisd_23()) + b"]}"

    def test_a_response_that_is_no_json_is_left_alone(self) -> None:
        @get("/")
        async def plain() -> ASGIResponse:
            return ASGIResponse(body=b"plain")

        assert client(plain).get("/").text == "plain"

    def test_a_websocket_sends_them_too(self) -> None:
        @websocket_listener("/")
        async def listen(data: str) -> list[Event]:
            return [wtisd_23()] * len(data)

        with client(listen).websocket_connect("/") as socket:
            socket.send_text("1")
            assert socket.receive_json() == [to_builtins(wtisd_23())]

    @pytest.mark.parametrize(
        "holder",
        [
            Holder(SLOT),
            StructHolder([SLOT]),
            AttrsHolder({"slot": SLOT}),
            Holder(StructHolder(SLOT)),
            Outcome(value=wtisd_23()),
        ],
    )
    def test_msgspec_writes_none_inside_another_object(self, holder: object) -> None:
        @get("/")
        async def held() -> Any:
            return [holder]

        @get("/annotated")
        async def annotated() -> holder.__class__:  # type: ignore[name-defined]  # known when it runs
            return holder

        @get("/response")
        async def in_response() -> Response[Any]:
            return Response(holder)

        app = client(held, annotated, in_response, logging_config=LOGGING)
        assert [app.get(each).status_code for each in ("/", "/annotated", "/response")] == [500] * 3

    def test_a_dto_of_the_handler_changes_nothing_about_that(self) -> None:
        @get("/", return_dto=DataclassDTO[Holder])
        async def held() -> Holder:
            return Holder(SLOT)

        assert client(held).get("/").status_code == 500

    def test_other_objects_are_written_by_msgspec(self) -> None:
        @get("/")
        async def held() -> Any:
            return Holder(StructHolder(1))

        assert client(held).get("/").json() == {"slot": {"slot": 1}}


class TestWhatTheSenderMayKnow:
    """A response reveals nothing about other people, unless the handler is for the office."""

    BODY: ClassVar = {**SUBMITTED, "participant": REGISTERED}

    def test_the_office_learns_who_is_registered(self) -> None:
        @post("/")
        async def office(data: JSONBody[Submission[Registration]]) -> Registration:
            return data.accept(DOSSIER, now=NOW).value_or_raise(for_office=True)

        response = client(office).post("/", json=self.BODY)
        assert verdict_on_problem(response.json()) == ("registration-repeated /participant",)

    def test_a_handler_that_would_reveal_it_by_mistake_fails(self) -> None:
        @post("/")
        async def hidden(data: JSONBody[Submission[Registration]]) -> None:
            raise RefusedError(*data.accept(DOSSIER, now=NOW).findings)

        with pytest.raises(RefusedError):
            client(hidden).post("/", json=self.BODY)

    def test_a_stored_document_that_cannot_be_read_is_an_error_of_the_server(self) -> None:
        @get("/")
        async def damaged() -> Event:
            return from_json(Event, b"{}")

        assert client(damaged).get("/").status_code == 500

    def test_another_handler_of_the_error_is_kept(self) -> None:
        def respond(_request: object, _error: Exception) -> Response[str]:
            return Response("no", status_code=418)

        app = client(accepting(Registration), exception_handlers={RefusedError: respond})
        assert app.post("/Registration", json={}).status_code == 418


class TestOpenAPI:
    """The description of an app has our components, and problem details for bodies of our classes."""

    DESCRIPTION = CLIENT.get("/schema/openapi.json").json()

    def test_its_components_are_ours(self) -> None:
        schemas = self.DESCRIPTION["components"]["schemas"]
        published = openapi_components()
        assert schemas.keys() >= {"Registration", "RegistrationSubmission", "ContactSubmission", "Dossier", "Problem"}
        assert schemas == {name: published[name] for name in schemas}

    def test_every_reference_leads_to_one(self) -> None:
        references = json.dumps(self.DESCRIPTION).split('"#/components/schemas/')[1:]
        assert {each.partition('"')[0] for each in references} == {*self.DESCRIPTION["components"]["schemas"]}

    def test_a_body_and_its_responses(self) -> None:
        operation = self.DESCRIPTION["paths"]["/Registration"]["post"]
        body = {"application/json": {"schema": {"$ref": "#/components/schemas/RegistrationSubmission"}}}
        assert operation["requestBody"]["content"] == body
        taken = {"application/json": {"schema": {"$ref": "#/components/schemas/Registration"}}}
        assert operation["responses"]["201"]["content"] == taken
        refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        assert [operation["responses"][each]["content"] for each in ("400", "413", "422")] == [refused] * 3

    def test_an_operation_of_the_app_may_describe_a_refusal_itself(self) -> None:
        @post("/", responses={422: ResponseSpec(None, description="Full")})
        async def take(data: JSONBody[Submission[Registration]]) -> None:
            raise NotImplementedError

        responses = client(take).get("/schema/openapi.json").json()["paths"]["/"]["post"]["responses"]
        assert responses["422"]["description"] == "Full"
        assert "413" in responses

    def test_collections_responses_and_other_classes_of_the_same_name(self) -> None:
        @post("/order")
        async def order(data: JSONBody[Order]) -> Response[list[Registration]]:
            raise NotImplementedError

        description = client(order).get("/schema/openapi.json").json()
        schemas = description["components"]["schemas"]
        order_responses = description["paths"]["/order"]["post"]["responses"]
        assert order_responses["201"]["content"]["application/json"]["schema"] == {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Registration"},
        }
        assert "422" not in order_responses
        assert schemas["Order"]["properties"]["holder"] == {"$ref": "#/components/schemas/Registration"}
        assert schemas["Contact"] == openapi_components()["Contact"]
        assert len([name for name in schemas if name.endswith("Contact")]) == 2
