"""schedule.json by its own schemas, in two validators, and by the tools of c3voc."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft6Validator, FormatChecker

import wtisd_model.strategies as ours
from tests.outside.node import node
from tests.samples.whole import contact
from tests.schedule_json.samples import event, session
from tests.schedule_json.shape import problems
from wtisd_model import Event, EventStatus, Session, to_schedule_json

pytestmark = pytest.mark.outside

VERSIONS = pytest.mark.parametrize("version", ["1", "2"])
SCHEMAS = os.environ.get("VOC_SCHEMAS")
"""The folder with schedule-1.schema.json and schedule-2.schema.json of c3voc, whose licence (EUPL) ours is not."""


def schema(version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(SCHEMAS or "") / f"schedule-{version}.schema.json").read_text("utf-8"))
    return found


def drawn(count: int) -> list[Event]:
    """Return announced events."""
    made: list[Event] = []

    @settings(max_examples=count, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(ours.events(status=EventStatus.SCHEDULED))
    def collect(each: Event) -> None:
        made.append(each)

    collect()
    return made


@pytest.mark.skipif(SCHEMAS is None, reason="VOC_SCHEMAS names no folder with the schemas of c3voc")
class TestSchemas:
    """https://c3voc.de/schedule/schema.json and its version 2, "alpha-3"."""

    @VERSIONS
    def test_every_schedule_is_valid(self, version: Literal["1", "2"]) -> None:
        documents = [json.loads(to_schedule_json(each, version=version)) for each in drawn(300)]
        validator = Draft6Validator(schema(version), format_checker=FormatChecker())
        assert not [error.json_path for each in documents for error in validator.iter_errors(each)]
        task = {"schema": schema(version), "documents": documents}
        assert json.loads(node("ajv_schedules.cjs", json.dumps(task).encode())) == []

    @VERSIONS
    def test_both_and_our_own_tables_refuse_what_lacks_a_member(self, version: Literal["1", "2"]) -> None:
        whole = json.loads(to_schedule_json(event(session(people=(contact(roles=()),), track="A")), version=version))
        validator = Draft6Validator(schema(version), format_checker=FormatChecker())
        broken = [each for each in without_each(whole) if problems(each, version)]
        assert len(broken) > 20
        assert not [each for each in broken if validator.is_valid(each)]
        task = {"schema": schema(version), "documents": broken}
        assert len(json.loads(node("ajv_schedules.cjs", json.dumps(task).encode()))) == len(broken)


def without_each(plain: Any) -> list[Any]:
    """Return copies of a document, each without one member."""
    if isinstance(plain, list):
        return [
            [*plain[:index], changed, *plain[index + 1 :]]
            for index, each in enumerate(plain)
            for changed in without_each(each)
        ]
    if not isinstance(plain, dict):
        return []
    changed = [{**plain, key: each} for key, value in plain.items() for each in without_each(value)]
    return changed + [{name: each for name, each in plain.items() if name != key} for key in plain]


def seen_by_c3voc(data: bytes) -> dict[str, Any]:
    """Return what the tools of c3voc see; fail without them, so that the tests are not skipped."""
    folder = os.environ.get("VOC_TOOLS")
    assert folder, "VOC_TOOLS names no folder with c3voc-schedule-tools; nox -s outside makes one"
    script = Path(__file__).parent / "c3voc.py"
    result = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(script)],
        input=data,
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": folder},
    )
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def in_words(each: Session) -> dict[str, Any]:
    """Return what the tools of c3voc should see of a session."""
    return {
        "guid": each.uid,
        "title": each.title.text,
        "start": each.slot.starts_at.timestamp(),
        "end": each.slot.ends_at.timestamp(),
        "people": [person.name for person in each.people],
    }


class TestC3voc:
    """c3voc-schedule-tools 1.1.0, with which the schedules of the Chaos Communication Congress are made."""

    SESSIONS = (
        session("a", uid="5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e42", people=(contact(roles=()),), track="Policy"),
        session("b", "2027-03-04T01:00:00", "2027-03-04T01:30:00", uid="5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e43"),
        session("c", "2027-03-04T10:00:00", "2027-03-04T12:30:00", uid="5a2b7c31-9e0f-5d14-8c65-3b1f0a9d7e44"),
    )

    @VERSIONS
    def test_sessions_are_read_as_they_are(self, version: Literal["1", "2"]) -> None:
        seen = seen_by_c3voc(to_schedule_json(event(*self.SESSIONS), version=version))
        expected = [in_words(each) for each in self.SESSIONS]
        if version == "1":  # this release takes hours and minutes for minutes and seconds
            for each in (*seen["sessions"], *expected):
                del each["end"]
        assert seen["sessions"] == expected

    def test_days_rooms_and_zone_are_read_as_they_are(self) -> None:
        seen = seen_by_c3voc(to_schedule_json(event(*self.SESSIONS)))
        assert (seen["title"], seen["rooms"], seen["zone"]) == ("Forum", ["Popov"], "Europe/Zurich")
        assert seen["days"] == [1, 1, 2]

    def test_it_makes_xml_of_them(self) -> None:
        seen = seen_by_c3voc(to_schedule_json(event(*self.SESSIONS)))
        assert seen["xml"] == {"guids": [each.uid for each in self.SESSIONS], "people": ["Participant 1"]}
