"""The handler of each how-to for a framework, as it is pasted, with one seat and a waitlist: fifty people at once."""

from tests.integrations.django_site import create_tables, database

# isort: split
import asyncio
import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from attrs import evolve
from django.db import connections
from django.test import RequestFactory
from fastapi.testclient import TestClient
from litestar.testing import TestClient as LitestarClient
from ninja.testing import TestClient as NinjaClient

import wtisd_model
from tests.gates.code_blocks import blocks
from tests.integrations.apps.litestar import SAYS_WHERE_FROM
from tests.integrations.django_desk import models
from wtisd_model import Dossier, Event, Registration, Session, Validator, check, from_json, planning, to_json, wtisd_23
from wtisd_model.invitation import is_invited

CLIENTS = 50
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
Body = dict[str, Any]
Bodies = list[Body]


def at_once(send: Callable[[Body], bytes], bodies: Bodies) -> list[bytes]:
    """Send all bodies, each in a thread of its own."""
    start = Barrier(len(bodies))

    def one(body: Body) -> bytes:
        start.wait(60)
        return send(body)

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(one, bodies))


def asgi(names: Body, bodies: Bodies) -> list[bytes]:
    with TestClient(names["app"]) as client:  # with one loop for all of them, as in a server
        return at_once(lambda body: client.post("/registrations", json=body).content, bodies)


def litestar(names: Body, bodies: Bodies) -> list[bytes]:
    with LitestarClient(names["app"]) as client:
        return at_once(lambda body: client.post("/registrations", json=body).content, bodies)


def flask(names: Body, bodies: Bodies) -> list[bytes]:
    def send(body: Body) -> bytes:
        content: bytes = names["app"].test_client().post("/registrations", json=body).data
        return content

    return at_once(send, bodies)


def quart(names: Body, bodies: Bodies) -> list[bytes]:
    async def send(body: Body) -> bytes:
        response = await names["app"].test_client().post("/registrations", json=body)
        content: bytes = await response.get_data()
        return content

    async def send_all() -> list[bytes]:
        return await asyncio.gather(*map(send, bodies))

    return asyncio.run(send_all())


def django(names: Body, bodies: Bodies) -> list[bytes]:
    def send(body: Body) -> bytes:
        response = names["register"](RequestFactory().post("/", json.dumps(body), "application/json"))
        connections.close_all()  # those of this thread
        content: bytes = response.content
        return content

    return at_once(send, bodies)


def drf(names: Body, bodies: Bodies) -> list[bytes]:
    def send(body: Body) -> bytes:
        request = RequestFactory().post("/", json.dumps({"registration": body}), "application/json")
        return json.dumps(names["apply"](request).data).encode()

    return at_once(send, bodies)


def ninja(names: Body, bodies: Bodies) -> list[bytes]:
    client = NinjaClient(names["api"])
    return at_once(lambda body: client.post("/registrations", json=body).content, bodies)


def handler(names: Body, bodies: Bodies) -> list[bytes]:
    now = datetime(2023, 4, 13, tzinfo=UTC)
    return at_once(lambda body: to_json(names["receive"](json.dumps(body).encode(), now)[1]), bodies)


def stored_in(names: Body) -> Sequence[Registration]:
    """Return what the handler of a page has stored."""
    if "Row" in names:
        return [row.registration for row in names["Row"].objects.all()]
    found: Sequence[Registration] = names["dossier"].registrations if "dossier" in names else names["stored"]
    return found


PAGES: dict[str, Callable[[Body, Bodies], list[bytes]]] = {
    "fastapi": asgi,
    "starlette": asgi,
    "litestar": litestar,
    "flask": flask,
    "quart": quart,
    "django": django,
    "django-rest-framework": drf,
    "django-ninja": ninja,
    "web-handler": handler,
}
MARKS = {
    "django": pytest.mark.slow,
    "litestar": pytest.mark.skipif(not SAYS_WHERE_FROM, reason="the page declares its body as from 2.23 on"),
}


@pytest.fixture(autouse=True)
def verdicts_take_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other threads run between each verdict and what a handler does with it."""
    judge = Validator.__call__

    def slowly(*args: Any, **kwargs: Any) -> Any:
        outcome = judge(*args, **kwargs)
        sleep(0.002)
        return outcome

    monkeypatch.setattr(Validator, "__call__", slowly)


@pytest.fixture
def event(full: str) -> Event:
    """Return an event with one seat, at the event or in its workshop."""
    letter = wtisd_23()
    assert letter.slot is not None
    workshop = Session(id="workshop", title=letter.title, slot=letter.slot, remote_capacity=1)
    call = evolve(letter.calls[0], remote_capacity=1 if full == "event" else None, waitlist=True)
    return evolve(letter, calls=(call, *letter.calls[1:]), sessions=[workshop])


@pytest.mark.parametrize("full", ["event", "session"])
@pytest.mark.parametrize("page", [pytest.param(page, marks=MARKS.get(page, ())) for page in PAGES])
def test_one_has_the_seat_and_the_others_wait(
    page: str, full: str, event: Event, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wtisd_model, "wtisd_23", lambda: event)
    monkeypatch.setitem(sys.modules, "desk.models", models)
    monkeypatch.setattr(logging.root, "handlers", [*logging.root.handlers])  # Litestar sets those of all logs
    how_to = blocks((HOW_TO / f"{page}.md").read_text(encoding="utf-8"))
    pasted = next(each.text for each in how_to if "person_key(" in each.text)
    names: Body = {"__name__": "__main__"}
    people = [{"name": f"Participant {number}", "email": f"p{number}@example.org"} for number in range(CLIENTS)]
    wanted = {"eventUid": event.uid, "mode": "remote", "sessionIds": ["workshop"]}
    with ExitStack() as stack:
        if page == "django":
            stack.enter_context(database(tmp_path))
            create_tables()
            models.Meeting.objects.create(event=event)
        exec(compile(pasted, page, "exec", dont_inherit=True), names)  # noqa: S102 - the page is ours
        answers = PAGES[page](names, [wanted | {"participant": each} for each in people])
        stored = stored_in(names)
        assert {from_json(Registration, each) for each in answers} == {*stored}
        again = PAGES[page](names, [wanted | {"participant": people[0]}])
        assert from_json(Registration, again[0]).state == ("waitlisted" if full == "event" else "pending")
        assert len(stored_in(names)) == len(stored) == CLIENTS
    holders = Counter(seat for each in stored for seat in planning.seats_held(event, each))
    waiting = Counter(wait.session_id for each in stored for wait in each.waits)
    if full == "event":
        assert holders == {None: 1, "workshop": 1}
        assert Counter(each.state.value for each in stored) == {"pending": 1, "waitlisted": CLIENTS - 1}
        assert sum(is_invited(event, each) for each in stored) == 1
    else:
        assert holders == {None: CLIENTS, "workshop": 1}
        assert waiting == {"workshop": CLIENTS - 1}
    now = datetime(2023, 4, 13, tzinfo=UTC)
    found = [each.code for each in check(Dossier(event=event, registrations=tuple(stored)), now=now)]
    assert not {"seats-exceeded", "session-seats-exceeded", "registration-repeated", "waitlist-order"} & {*found}
