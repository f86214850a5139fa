"""What an application does with this package: a little with each library that is installed beside it.

``nox -s applications`` runs it where nothing else is installed, not even pytest.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import wtisd_model as wm

assert not {"click", "icalendar", "jsonschema"} & sys.modules.keys()

EVENT = wm.wtisd_23()
NOW = datetime(2023, 4, 13, tzinfo=UTC)
PERSON = {"name": "Participant 1", "email": "participant1@example.org"}
SENT = json.dumps({"eventUid": EVENT.uid, "participant": PERSON, "mode": "remote"}).encode()
REGISTRATION = wm.Validator(wm.Registration, submission=True)(SENT, now=NOW).value_or_raise()


def core() -> None:
    refused = wm.validate(wm.Registration, b'{"mode": "?"}', submission=True, now=NOW)
    assert "/mode" in {found.path for found in refused.findings}
    assert wm.from_ical(wm.to_ical(EVENT, stamped=NOW)).events[0].uid == EVENT.uid
    assert wm.to_icalendar(EVENT, stamped=NOW).walk("VEVENT")[0]["UID"] == EVENT.uid
    assert wm.schema_validator(wm.Registration, submission=True).is_valid(json.loads(SENT))
    assert wm.from_json(wm.Registration, wm.to_json(REGISTRATION)) == REGISTRATION


def pydantic() -> None:
    from pydantic import TypeAdapter

    adapter: Any = TypeAdapter(wm.Registration)
    assert adapter.validate_json(adapter.dump_json(REGISTRATION)) == REGISTRATION


def fastapi() -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from wtisd_model.integrations.fastapi import add_problem_details

    app = FastAPI()
    add_problem_details(app)

    @app.post("/")
    def register(sent: wm.Submission[wm.Registration]) -> wm.Registration:
        return sent.accept(wm.Dossier(event=EVENT), now=NOW).value_or_raise()

    client = TestClient(app)
    assert client.post("/", content=SENT).json()["mode"] == "remote"
    assert client.post("/", content=b"{}").json()["errors"]
    assert client.get("/openapi.json").json()["components"]["schemas"]


def litestar() -> None:
    from litestar import Litestar, post
    from litestar.testing import TestClient

    from wtisd_model.integrations.litestar import WtisdModelPlugin

    @post("/")
    async def register(data: wm.Submission[wm.Registration]) -> wm.Registration:
        return data.accept(wm.Dossier(event=EVENT), now=NOW).value_or_raise()

    client = TestClient(Litestar([register], plugins=[WtisdModelPlugin()]))
    assert client.post("/", content=SENT).json()["mode"] == "remote"
    assert client.post("/", content=b"{}").json()["errors"]


def flask() -> None:
    from flask import Flask, jsonify, request

    from wtisd_model.integrations.flask import init_app, read_submission

    app = Flask(__name__)
    init_app(app)

    @app.post("/")
    def register() -> Any:
        sent = read_submission(request, wm.Registration)
        return jsonify(sent.accept(wm.Dossier(event=EVENT), now=NOW).value_or_raise())

    client = app.test_client()
    assert client.post("/", data=SENT).get_json()["mode"] == "remote"
    assert client.post("/", data=b"{}").get_json()["errors"]
    assert client.post("/", data=b" " * 2_000_000).status_code == 413


def quart() -> None:
    import asyncio

    from quart import Quart, jsonify, request

    from wtisd_model.integrations.quart import init_app, read_submission

    app = Quart(__name__)
    init_app(app)

    @app.post("/")
    async def register() -> Any:
        sent = await read_submission(request, wm.Registration)
        return jsonify(sent.accept(wm.Dossier(event=EVENT), now=NOW).value_or_raise())

    async def answers() -> None:
        client = app.test_client()
        assert (await (await client.post("/", data=SENT)).get_json())["mode"] == "remote"
        assert (await (await client.post("/", data=b"{}")).get_json())["errors"]

    asyncio.run(answers())


def django() -> None:
    from django.conf import settings

    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    settings.configure(DATABASES=databases, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    import django

    django.setup()
    from django.core.exceptions import ValidationError
    from django.db import connection, models

    from wtisd_model.integrations.django import DocumentField

    class Row(models.Model):
        registration = DocumentField(wm.Registration)

        class Meta:
            app_label = "desk"

        def __str__(self) -> str:
            return f"row {self.pk}"

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    row = Row.objects.create(registration=REGISTRATION)
    assert Row.objects.get(registration__mode="remote").registration == REGISTRATION
    row.registration = {"mode": "?"}
    for store in (row.save, lambda: Row.objects.bulk_update([row], ["registration"])):
        try:
            store()
        except ValidationError:
            continue
        raise AssertionError("It was stored unchecked.")


def rest_framework() -> None:
    from rest_framework.serializers import Serializer

    from wtisd_model.integrations.drf import DocumentField

    class Desk(Serializer):  # type: ignore[type-arg]  # generic in its stubs only
        registration = DocumentField(wm.Registration)

    assert Desk(data={"registration": json.loads(wm.to_json(REGISTRATION))}).is_valid()
    assert not Desk(data={"registration": {}}).is_valid()


def sqlalchemy() -> None:
    import sqlalchemy as sa

    from wtisd_model.integrations.sqlalchemy import JsonDocument

    table = sa.Table("rows", sa.MetaData(), sa.Column("registration", JsonDocument(wm.Registration)))
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(sa.insert(table), [{"registration": REGISTRATION}])
        assert connection.execute(sa.select(table.c.registration)).scalar_one() == REGISTRATION


def cattrs() -> None:
    from cattrs.preconf.json import make_converter

    from wtisd_model.integrations.cattrs import register_hooks

    converter = make_converter()
    register_hooks(converter)
    assert converter.loads(converter.dumps(REGISTRATION), wm.Registration) == REGISTRATION


def pyarrow() -> None:
    import pyarrow as pa

    from wtisd_model.integrations.arrow import validate_batches

    batch = pa.RecordBatch.from_pydict({"payload": [wm.to_json(REGISTRATION), b"{}"]})
    (out,) = validate_batches([batch])
    assert out.column("ok").to_pylist() == [True, False]


def pandas() -> None:
    import pandas as pd

    table = pd.DataFrame(wm.to_columns(wm.Registration, [REGISTRATION]))
    assert list(table["mode"]) == ["remote"]


def icalendar() -> None:
    from icalendar import Calendar

    assert wm.from_ical(Calendar.from_ical(wm.to_ical(EVENT, stamped=NOW))).events[0].title == EVENT.title


def IPython() -> None:  # noqa: N802 - the name of the package
    from IPython.core.formatters import HTMLFormatter

    assert "Participant 1" not in HTMLFormatter()(wm.validate(wm.Registration, SENT, submission=True, now=NOW))


def click() -> None:
    program = [sys.executable, "-S", "-m", "wtisd_model", "validate", "-h"]
    told = subprocess.run(program, check=True, capture_output=True).stdout  # noqa: S603 - our own program
    assert b"Positional arguments:" in told


CHECKS: tuple[Callable[[], None], ...] = (
    *(pydantic, fastapi, litestar, flask, quart, django, rest_framework, sqlalchemy, cattrs, pyarrow, pandas),
    *(icalendar, IPython, click),
)

if __name__ == "__main__":
    core()
    there = [check for check in CHECKS if importlib.util.find_spec(check.__name__)]
    for check in there:
        check()
    print(*(check.__name__ for check in there))
