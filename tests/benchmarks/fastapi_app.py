"""Requests a second of a FastAPI app with our classes, and of the same app with pydantic models.

    python -m tests.benchmarks.fastapi_app

Both take a registration and respond with it; the second pair refuses registrations with a mistake. The pydantic models
are those of the comparison in `registrations.py`, which check the same. The app is called as a server calls it, without
a network.

The aim is as many good requests in the same time; measured were 1.00 to 1.02 times as many. The bound is 0.97, since
the ratio of the least times, taken in turns, varies by a few hundredths. It ends with 1 where the bound is broken.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import Body, FastAPI

from tests.benchmarks.payloads import bad, good
from tests.benchmarks.peers import pydantic as peer
from tests.benchmarks.rounds import Times, microseconds, race, ratios
from wtisd_model import Registration
from wtisd_model.integrations.fastapi import add_problem_details

LEAST_TIMES = 0.97
ROUNDS, REQUESTS, SEED = 15, 400, 20230517


def app_with(kind: Any) -> FastAPI:
    """Return an app that takes a registration of a class and responds with it."""
    app = FastAPI()

    @app.post("/", response_model_exclude_none=True)
    async def register(body: Annotated[kind, Body()]) -> kind:
        return body

    return app


def serve(app: FastAPI, bodies: Sequence[bytes], expected: int) -> None:
    """Check the status of the response of an app to each body."""

    async def requests() -> None:
        for body in bodies:
            assert await respond(app, body) == expected

    asyncio.run(requests())


async def respond(app: FastAPI, body: bytes) -> int:
    """Return the status of the response to one request."""
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers, "root_path": ""}
    await app(scope, receive, send)
    return status


def times(bodies: Sequence[bytes], expected: int) -> Times:
    """Take the times of both apps for the same requests."""
    ours = app_with(Registration)
    add_problem_details(ours)
    apps = {"wtisd_model": ours, "pydantic": app_with(peer.Registration)}
    runs: dict[str, Callable[[], object]] = {name: partial(serve, app, bodies, expected) for name, app in apps.items()}
    return race(runs, ROUNDS)


def main() -> None:
    """Measure, print, and compare with the bound."""
    served = compare("good", good(REQUESTS, seed=SEED), 200)
    compare("bad", [each.raw for each in bad(REQUESTS, seed=SEED) if each.document is not None], 422)
    sys.exit(served < LEAST_TIMES)


def compare(name: str, bodies: Sequence[bytes], expected: int) -> float:
    """Print how many requests each app serves in a second; return how many times as many ours serves."""
    taken = times(bodies, expected)
    rates = {app: round(1e6 / each) for app, each in microseconds(taken, len(bodies)).items()}
    ratio = ratios(taken, "pydantic")["wtisd_model"]
    print(f"{name}: {rates} requests a second, {ratio} times as many with wtisd_model")
    return ratio


if __name__ == "__main__":
    main()
