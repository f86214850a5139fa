"""FastAPI: bodies, responses, errors and the OpenAPI description of an app, through a client that speaks HTTP."""

import json
from typing import Annotated, Any

import pytest
from fastapi import Body, Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient
from pydantic import VERSION, BaseModel, create_model
from pydantic_core import PydanticSerializationError

from tests.integrations.apps import fastapi
from tests.integrations.payloads import (
    CASES,
    DOSSIER,
    FRENCH,
    MARKER,
    NOW,
    REGISTERED,
    STORED,
    SUBMITTED,
    Case,
    assert_language,
    verdict_on_problem,
)
from wtisd_model import (
    Event,
    PayloadError,
    RefusedError,
    Registration,
    Submission,
    from_json,
    openapi_components,
    to_json,
    wtisd_23,
)
from wtisd_model.findings import MOST_FINDINGS
from wtisd_model.integrations.fastapi import Problem, add_problem_details
from wtisd_model.integrations.starlette import read_submission

ONE_NAME = pytest.mark.skipif(
    tuple(map(int, VERSION.split(".")[:2])) < (2, 13), reason="pydantic names what is read and what is written apart"
)


class Order(BaseModel):
    """A body of the app, with one of our classes in it."""

    holder: Registration
    copies: int
    notes: dict[str, int] = {}


def app() -> FastAPI:
    made = fastapi.app()

    async def submission(request: Request) -> Submission[Registration]:
        return await read_submission(request, Registration)

    @made.post("/bytes")
    async def of_bytes(sent: Annotated[Submission[Registration], Depends(submission)]) -> Registration:
        return sent.accept(DOSSIER, now=NOW).value_or_raise()

    @made.post("/orders/{number}")
    def order(number: int, body: Order) -> int:
        return number + body.copies

    @made.post("/two")
    def two(one: Annotated[Registration, Body()], other: Annotated[int, Body()]) -> None:
        raise NotImplementedError

    @made.get("/events")
    def events(page: int = 1) -> list[Event]:
        return [wtisd_23()] * page

    @made.post("/hidden")
    def hidden(sent: Submission[Registration]) -> None:
        raise RefusedError(*sent.accept(DOSSIER, now=NOW).findings)

    @made.post("/many")
    def many(sent: list[Registration]) -> None:
        raise NotImplementedError

    @made.get("/damaged")
    def damaged() -> Event:
        return from_json(Event, b"{}")

    @made.post("/office")
    def office(sent: Submission[Registration]) -> Registration:
        return sent.accept(DOSSIER, now=NOW).value_or_raise(for_office=True)

    return made


CLIENT = TestClient(app())
JSON = {"content-type": "application/json"}


def post(path: str, content: bytes) -> Any:
    return CLIENT.post(path, content=content, headers=JSON)


def verdict(path: str, document: object) -> Any:
    return verdict_on_problem(post(path, json.dumps(document).encode()).json())


class TestTable:
    """Every payload has the verdict that the reader has, and a response without its values."""

    @pytest.mark.parametrize("case", [each for each in CASES if each.submission and each.cls is Registration], ids=repr)
    def test_the_bytes_of_a_body_have_it_too(self, case: Case) -> None:
        response = post("/bytes", case.payload)
        assert (response.status_code, verdict_on_problem(response.json())) == (
            422 if case.verdict else 200,
            case.verdict,
        )

    def test_many_objects_in_one_body_have_no_more_findings_than_one(self) -> None:
        problem = post("/many", json.dumps([{}] * 1_000).encode()).json()
        assert (len(problem["errors"]), problem["omitted"]) == (MOST_FINDINGS, 4_900)

    def test_a_pointer_has_the_names_of_extensions(self) -> None:
        extensions = {"example.org:parking": "x" * 70_000}
        for path, before in (("/office/Registration", ""), ("/orders/1", "/holder"), ("/many", "/0")):
            sent: object = {**STORED, "extensions": extensions}
            sent = {"holder": sent, "copies": 1} if before == "/holder" else [sent] if before else sent
            (found,) = verdict(path, sent)
            assert found.endswith(f" {before}/extensions/example.org:parking")


REPEATED = json.dumps(SUBMITTED).replace('"mode"', '"mode": "on-site", "mode"').encode()
LARGE = json.dumps({**SUBMITTED, "organization": "x" * 1_000_001}).encode()
DEEP = b'{"answers": ' + b'{"a": ' * 40 + b"1" + b"}" * 41
UTF_16 = json.dumps(SUBMITTED).encode("utf-16")
BYTE_ORDER_MARK = json.dumps(SUBMITTED).encode("utf-8-sig")
NOT_A_NUMBER = json.dumps(SUBMITTED).replace('"remote"', "NaN").encode()


class TestWhatFastAPIParses:
    """FastAPI parses a body before we can see it; `read_submission` reads its bytes."""

    @pytest.mark.parametrize(
        ("content", "of_body", "of_bytes"),
        [
            (REPEATED, (201, ()), (400, ("key-repeated",))),
            (UTF_16, (201, ()), (400, ("not-utf8",))),
            (b"{", (400, ("not-json",)), (400, ("not-json",))),
            (b"", (400, ("not-json",)), (400, ("not-json",))),
            (b"null", (422, ("wrong-type",)), (422, ("wrong-type",))),
            (BYTE_ORDER_MARK, (201, ()), (400, ("not-utf8",))),
            (NOT_A_NUMBER, (400, ("number-not-finite /mode",)), (400, ("number-not-finite",))),
            (DEEP, (400, ("payload-too-deep",)), (400, ("payload-too-deep",))),
            (LARGE, (413, ("payload-too-large",)), (413, ("payload-too-large",))),
        ],
    )
    def test_each_way_has_a_verdict_of_its_own(self, content: bytes, of_body: Any, of_bytes: Any) -> None:
        for path, expected in (("/Registration", of_body), ("/bytes", of_bytes)):
            response = post(path, content)
            assert (response.status_code, verdict_on_problem(response.json())) == expected

    def test_a_number_with_too_many_digits_has_our_verdict(self) -> None:
        response = post("/Registration", b"1" * 5_000)
        assert (response.status_code, verdict_on_problem(response.json())) == (400, ("number-too-long",))

    @pytest.mark.parametrize("kept", [False, True])
    def test_other_http_errors_have_the_response_of_the_app(self, *, kept: bool) -> None:
        handlers: Any = {HTTPException: lambda *_: Response(status_code=418)} if kept else {}
        made = FastAPI(exception_handlers=handlers)
        add_problem_details(made)

        @made.post("/")
        def refuse() -> None:
            raise HTTPException(409)

        assert TestClient(made).post("/").status_code == (418 if kept else 409)

    @pytest.mark.parametrize("kind", ["application/json", "multipart/form-data"])
    def test_a_body_that_only_fastapi_cannot_parse_has_its_response(self, kind: str) -> None:
        made = FastAPI()
        add_problem_details(made)

        @made.post("/")
        async def refuse(request: Request) -> None:
            # That of a form cannot be read again.
            body = await request.body() if kind == "application/json" else [each async for each in request.stream()]
            raise HTTPException(400, "There was an error parsing the body") from OSError(body)

        response = TestClient(made).post("/", content=b"{}", headers={"content-type": kind})
        assert (response.status_code, response.json()) == (400, {"detail": "There was an error parsing the body"})

    def test_a_body_that_is_not_declared_as_json_is_not_parsed(self) -> None:
        response = CLIENT.post("/Registration", content=json.dumps(SUBMITTED), headers={"content-type": "text/plain"})
        assert (response.status_code, verdict_on_problem(response.json())) == (422, ("wrong-type",))

    def test_a_body_in_pieces_is_limited_too(self) -> None:
        assert CLIENT.post("/bytes", content=(b" " * 100_000 for _ in range(11))).status_code == 413


class TestOtherErrors:
    """Errors that are not ours have their type and place, and no message that could repeat the input."""

    def test_those_of_other_fields_come_in_the_same_response(self) -> None:
        body = {"holder": {**STORED, "mode": MARKER}, "copies": MARKER, "notes": {f"{MARKER} {MARKER}": MARKER}}
        response = post("/orders/1", json.dumps(body).encode())
        assert verdict_on_problem(response.json()) == (
            "value-unknown /holder/mode",
            "int_parsing /copies",
            "int_parsing /notes",
        )
        assert MARKER not in response.text

    def test_those_of_a_path_name_the_parameter(self) -> None:
        response = post(f"/orders/{MARKER}", json.dumps({"holder": STORED, "copies": 1}).encode())
        assert [(each["code"], each["pointer"], each["params"]) for each in response.json()["errors"]] == [
            ("int_parsing", "#", {"in": "path", "parameter": "number"})
        ]
        assert MARKER not in response.text

    def test_a_body_of_several_parts_has_their_names(self) -> None:
        assert verdict("/two", {"one": {**STORED, "mode": 5}}) == ("wrong-type /one/mode", "key-missing /other")
        assert verdict("/two", {}) == ("key-missing /one", "key-missing /other")

    @pytest.mark.parametrize("code", ["wrong-type", "findings-omitted"])
    def test_one_with_a_code_of_ours_is_not_taken_for_ours(self, code: str) -> None:
        made = FastAPI()
        add_problem_details(made)

        @made.get("/")
        def get() -> None:
            raise RequestValidationError([{"type": code, "loc": ("body", "size"), "ctx": {"size": MARKER}}])

        problem = TestClient(made).get("/").json()
        assert verdict_on_problem(problem) == (f"{code} /size",)
        assert problem["errors"][0]["params"] == {}

    def test_a_good_request_is_served(self) -> None:
        assert post("/orders/1", json.dumps({"holder": STORED, "copies": 2}).encode()).json() == 3


class TestWhatTheSenderMayKnow:
    """A response reveals nothing about other people, unless the handler is for the office."""

    BODY = json.dumps({**SUBMITTED, "participant": REGISTERED}).encode()

    def test_the_office_learns_who_is_registered(self) -> None:
        assert verdict_on_problem(post("/office", self.BODY).json()) == ("registration-repeated /participant",)

    def test_a_handler_that_would_reveal_it_by_mistake_fails(self) -> None:
        with pytest.raises(RefusedError):
            post("/hidden", self.BODY)

    def test_a_stored_document_that_cannot_be_read_is_an_error_of_the_server(self) -> None:
        with pytest.raises(PayloadError):
            CLIENT.get("/damaged")


class TestResponses:
    """Objects are written as `to_json` writes them."""

    def test_several_events(self) -> None:
        response = CLIENT.get("/events?page=2")
        assert [from_json(Event, each) for each in response.json()] == [wtisd_23()] * 2
        assert response.content == b"[" + to_json(wtisd_23()) + b"," + to_json(wtisd_23()) + b"]"

    @pytest.mark.parametrize(
        "choice", [{"response_model_exclude": {"participant"}}, {"response_model_include": {"id"}}]
    )
    def test_fields_of_a_document_cannot_be_chosen(self, choice: Any) -> None:
        made = FastAPI()

        @made.get("/", **choice)
        def read() -> Registration:
            return from_json(Registration, STORED)

        with pytest.raises(PydanticSerializationError, match="Write a model of your own"):
            TestClient(made).get("/")

    def test_defaults_and_none_can_be_excluded_because_they_are_never_written(self) -> None:
        made = FastAPI()

        @made.get("/", response_model_exclude_none=True, response_model_exclude_defaults=True)
        def read() -> Registration:
            return from_json(Registration, STORED)

        assert TestClient(made).get("/").content == to_json(from_json(Registration, STORED))


class TestOpenAPI:
    """The description of an app has our components, and problem details instead of FastAPI's errors."""

    DESCRIPTION = CLIENT.get("/openapi.json").json()

    @ONE_NAME
    def test_its_components_are_ours(self) -> None:
        schemas = self.DESCRIPTION["components"]["schemas"]
        published = openapi_components()
        ours = {name: each for name, each in schemas.items() if name in published}
        assert ours == {name: published[name] for name in ours}
        assert {*schemas} - {*published} == {"Order", "Body_two_two_post"}
        assert {"Registration", "RegistrationSubmission", "Problem", "Dossier"} <= {*ours}

    def test_every_reference_leads_somewhere(self) -> None:
        references = {
            each.partition('"')[0] for each in json.dumps(self.DESCRIPTION).split('"#/components/schemas/')[1:]
        }
        assert references - {*self.DESCRIPTION["components"]["schemas"]} == set()

    @ONE_NAME
    def test_bodies_and_responses_refer_to_them(self) -> None:
        operation = self.DESCRIPTION["paths"]["/Registration"]["post"]
        assert operation["requestBody"]["content"]["application/json"]["schema"] == {
            "$ref": "#/components/schemas/RegistrationSubmission"
        }
        schemas = {
            status: [each["schema"]["$ref"].rpartition("/")[2] for each in response["content"].values()]
            for status, response in operation["responses"].items()
        }
        assert schemas == {"201": ["Registration"], "400": ["Problem"], "413": ["Problem"], "422": ["Problem"]}
        assert list(operation["responses"]["422"]["content"]) == ["application/problem+json"]

    def test_without_a_body_only_one_refusal_is_possible(self) -> None:
        assert {*self.DESCRIPTION["paths"]["/events"]["get"]["responses"]} == {"200", "422"}

    def test_it_is_the_same_when_asked_again(self) -> None:
        made = app()
        assert made.openapi() == made.openapi() == self.DESCRIPTION

    def test_a_response_of_the_app_itself_is_left_alone(self) -> None:
        made = FastAPI()
        add_problem_details(made)
        own = {"description": "Odd", "content": {"text/plain": {"schema": {"type": "string"}}}}

        @made.post("/", responses={422: own})
        def take(body: Annotated[Registration, Body()]) -> None:
            raise NotImplementedError

        assert made.openapi()["paths"]["/"]["post"]["responses"]["422"] == own

    def test_the_errors_of_fastapi_stay_where_the_app_refers_to_them(self) -> None:
        made = FastAPI()
        add_problem_details(made)
        refers = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/HTTPValidationError"}}}}

        @made.post("/", responses={418: refers})
        def take(page: int) -> None:
            raise NotImplementedError

        description = made.openapi()
        assert {"Problem", "HTTPValidationError"} <= {*description["components"]["schemas"]}
        assert description["paths"]["/"]["post"]["responses"]["422"]["content"].keys() == {"application/problem+json"}

    def test_models_of_the_app_keep_their_names(self) -> None:
        own = {name: create_model(name, own=(int, ...)) for name in ("Problem", "ProblemEntry", "ValidationError")}
        made = FastAPI()
        add_problem_details(made)

        @made.post("/", responses={status: {"model": each} for status, each in enumerate(own.values(), 500)})
        def take(body: Annotated[Registration, Body()]) -> None:
            raise NotImplementedError

        description = made.openapi()
        schemas = description["components"]["schemas"]
        # FastAPI itself puts its ValidationError in place of the app's.
        assert [[*schemas[name]["properties"]] for name in ("Problem", "ProblemEntry")] == [["own"]] * 2
        published = openapi_components()
        assert schemas["WtisdModelProblemEntry"] == published["ProblemEntry"]
        assert schemas["WtisdModelProblem"]["properties"].keys() == published["Problem"]["properties"].keys()
        references = {each.partition('"')[0] for each in json.dumps(description).split('"#/components/schemas/')[1:]}
        assert references == {*schemas}
        assert "HTTPValidationError" not in schemas

    def test_a_summary_of_a_path_is_not_an_operation(self) -> None:
        made = FastAPI()
        describe = made.openapi
        described = {"paths": {"/": {"summary": "It lists responses."}}}
        made.openapi = lambda: describe() | described  # type: ignore[method-assign]  # as FastAPI documents it
        add_problem_details(made)
        assert made.openapi()["paths"] == described["paths"]

    def test_problem_details_are_a_model_for_other_responses(self) -> None:
        made = FastAPI()

        @made.get("/", responses={409: {"model": Problem}})
        def get() -> None:
            raise NotImplementedError

        description = made.openapi()
        published = openapi_components()
        schemas = {name: published[name] for name in ("Problem", "ProblemEntry")}
        assert description["components"]["schemas"] == schemas
        schema = description["paths"]["/"]["get"]["responses"]["409"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Problem"}

    def test_an_app_without_input_has_no_problems(self) -> None:
        made = FastAPI()
        add_problem_details(made)
        assert made.openapi()["paths"] == {}


class TestLanguage:
    """RFC 9110 section 12.5.4: a response is in the language that the request prefers, and says so."""

    @pytest.mark.parametrize("path", ["/Registration", "/orders/x"])
    @pytest.mark.parametrize(("headers", "language"), [({}, "en"), (FRENCH, "fr")])
    def test_a_refusal_is_in_the_language_of_the_reader(
        self, path: str, headers: dict[str, str], language: str
    ) -> None:
        response = CLIENT.post(path, json={"copies": "x"}, headers=headers)
        assert_language(language, response.headers, response.content)
