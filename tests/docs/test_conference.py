"""The conference of docs/examples; tests/outside/test_conference.py has two workers and PostgreSQL."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.docs.desk import EXAMPLES


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
