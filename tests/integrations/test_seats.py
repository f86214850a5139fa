"""The first handler of each how-to for a framework, with one seat and a waitlist: four people register one by one."""

from tests.integrations.django_site import create_tables, database

# isort: split
import asyncio
import json
import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from django.test import RequestFactory
from fastapi.testclient import TestClient
from litestar.testing import TestClient as LitestarClient
from ninja.testing import TestClient as NinjaClient

import wtisd_model
from tests.gates.code_blocks import blocks
from tests.integrations.django_desk import models
from wtisd_model import Registration, Session, from_json, wtisd_23
from wtisd_model.invitation import is_invited

PEOPLE = [{"name": f"Participant {number}", "email": f"participant{number}@example.org"} for number in range(1, 5)]
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
Body = dict[str, Any]


def asgi(names: Body, body: Body) -> bytes:
    return TestClient(names["app"]).post("/registrations", json=body).content


def litestar(names: Body, body: Body) -> bytes:
    return LitestarClient(names["app"]).post("/registrations", json=body).content


def flask(names: Body, body: Body) -> bytes:
    content: bytes = names["app"].test_client().post("/registrations", json=body).data
    return content


def quart(names: Body, body: Body) -> bytes:
    async def send() -> bytes:
        response = await names["app"].test_client().post("/registrations", json=body)
        content: bytes = await response.get_data()
        return content

    return asyncio.run(send())


def django(names: Body, body: Body) -> bytes:
    response = names["register"](RequestFactory().post("/", json.dumps(body), "application/json"))
    content: bytes = response.content
    return content


def drf(names: Body, body: Body) -> bytes:
    request = RequestFactory().post("/", json.dumps({"registration": body}), "application/json")
    return json.dumps(names["apply"](request).data).encode()


def ninja(names: Body, body: Body) -> bytes:
    content: bytes = NinjaClient(names["api"]).post("/registrations", json=body).content
    return content


PAGES: dict[str, Callable[[Body, Body], bytes]] = {
    "fastapi": asgi,
    "starlette": asgi,
    "litestar": litestar,
    "flask": flask,
    "quart": quart,
    "django": django,
    "django-rest-framework": drf,
    "django-ninja": ninja,
}


@pytest.mark.parametrize("full", ["event", "session"])
@pytest.mark.parametrize("page", PAGES)
def test_one_has_the_seat_and_the_others_wait(
    page: str, full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = wtisd_23()
    assert letter.slot is not None
    workshop = Session(id="workshop", title=letter.title, slot=letter.slot, remote_capacity=1)
    seats = 1 if full == "event" else None
    calls = (evolve(letter.calls[0], remote_capacity=seats, waitlist=True), *letter.calls[1:])
    event = evolve(letter, calls=calls, sessions=[workshop])
    chosen = [] if full == "event" else ["workshop"]
    monkeypatch.setattr(wtisd_model, "wtisd_23", lambda: event)
    monkeypatch.setitem(sys.modules, "desk.models", models)
    monkeypatch.setattr(logging.root, "handlers", [*logging.root.handlers])  # Litestar sets those of all logs
    how_to = blocks((HOW_TO / f"{page}.md").read_text(encoding="utf-8"))
    handler = next(each.text for each in how_to if ".accept(" in each.text)
    names: Body = {"__name__": "__main__"}
    with ExitStack() as stack:
        if page == "django":
            stack.enter_context(database(tmp_path))
            create_tables()
        exec(compile(handler, page, "exec", dont_inherit=True), names)  # noqa: S102 - the page is ours
        bodies = [
            {"eventUid": event.uid, "participant": each, "mode": "remote", "sessionIds": chosen} for each in PEOPLE
        ]
        answers = [PAGES[page](names, body) for body in bodies]
    received = [from_json(Registration, each) for each in answers]
    if full == "session":
        assert {each.state.value for each in received} == {"pending"}
        assert [[wait.session_id for wait in each.waits] for each in received] == [[], chosen, chosen, chosen]
        return
    assert [each.state.value for each in received] == ["pending", "waitlisted", "waitlisted", "waitlisted"]
    assert [is_invited(event, each) for each in received] == [True, False, False, False]
