"""The conference of docs/examples and that of the docs; tests/outside/test_conference.py has two workers of each."""

import runpy
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from fastapi.testclient import TestClient

from tests.docs.desk import EXAMPLES, write_app


def test_a_form_that_is_sent_again_has_its_first_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("CONFERENCE_DATABASE", f"sqlite:///{tmp_path}/conference.db")
    names = runpy.run_module("conference.app", run_name="__main__")
    event, client = names["EVENT"], TestClient(names["app"])
    assert (len(event.sessions), len(event.calls[0].questions)) == (12, 8)
    assert [each.on_site_capacity for each in event.sessions if each.on_site_capacity] == [5, 20, 12]

    def send(key: str | None = None, **changes: Any) -> Any:
        body = {
            "eventUid": event.uid,
            "mode": "on-site",
            "participant": {"name": "Participant 1", "email": "participant1@example.org"},
            "answers": {"role": "Engineer", "terms": True},
        }
        return client.post("/registrations", json=body | changes, headers={"Idempotency-Key": key} if key else {})

    first = send("8e03978e")
    assert (first.status_code, send("8e03978e").json()) == (201, first.json())
    assert send().json()["id"] != first.json()["id"]
    refused = send("8e03978e", mode="remote")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "key-reused")
    names["ENGINE"].dispose()


def test_the_service_of_the_docs_starts_again_with_what_the_office_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    app = write_app(tmp_path)
    for title in ("Open Data Conference", "Open Data Week"):
        names = runpy.run_path(str(app), run_name="__main__")
        client, store, engine = TestClient(names["app"]), names["store"], names["engine"]
        drawn = client.get("/register").text
        assert (title in drawn, 'href="?language=fr"' in drawn) == (True, True)

        def renamed(dossier: Any, now: datetime) -> Any:
            event = dossier.event
            return evolve(
                dossier, event=event.revised(at=now, title=evolve(event.title, text="Open Data Week", translations={}))
            )

        store.change(engine, names["event"].uid, renamed)
        engine.dispose()


def test_a_form_of_the_docs_that_is_sent_again_has_its_first_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    names = runpy.run_path(str(write_app(tmp_path)), run_name="__main__")
    client, event = TestClient(names["app"]), names["event"]
    clock = names["opens"]
    monkeypatch.setattr(names["store"], "datetime", type("Clock", (datetime,), {"now": staticmethod(lambda _: clock)}))
    form = {"eventUid": event.uid, "mode": "on-site", "answers.lunch": "fish", "participant.name": "Participant 1"}
    form |= {"participant.email": "participant1@example.org"}
    headers = {"Idempotency-Key": "8e03978e"}
    sent = [form, form, form | {"answers.lunch": "vegan"}]
    answers = [client.post("/register", data=each, headers=headers) for each in sent]
    assert [each.status_code for each in answers] == [200, 200, 422]
    assert "This Idempotency-Key came with another form." in answers[2].text
    names["engine"].dispose()
