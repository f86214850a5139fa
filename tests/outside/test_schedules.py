"""schedule.json and schedule.xml by their own schemas, and by the tools of c3voc."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import XML

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft6Validator, FormatChecker

import wtisd_model.strategies as ours
from tests.outside.node import node
from tests.samples.whole import contact, text
from tests.schedule.samples import event, session
from tests.schedule.shape import problems
from tests.schedule.shape_xml import xml_problems
from wtisd_model import Document, Event, EventStatus, Session, to_schedule_json, to_schedule_xml

pytestmark = pytest.mark.outside

VERSIONS = pytest.mark.parametrize("version", ["1", "2"])
SCHEMAS = os.environ.get("VOC_SCHEMAS")
"""The folder with schedule-1.schema.json, schedule-2.schema.json and schedule.xml.xsd of c3voc.

Their licence (EUPL) is not ours.
"""


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

    def test_every_schedule_in_xml_is_valid(self) -> None:
        seen = xml_by_c3voc(*map(to_schedule_xml, drawn(300)), schema=Path(SCHEMAS or "") / "schedule.xml.xsd")
        assert not [each["refused"] for each in seen if each["refused"]]

    def test_it_and_our_own_tables_refuse_xml_that_lacks_something(self) -> None:
        whole = to_schedule_xml(event(session(people=(contact(roles=()),), track="A", description=text("Welcome."))))
        changes = {
            b' guid="': b' uid="',
            b' index="': b' number="',
            b"<date>2027-": b"<date>27-",
            b"<type>talk</type>": b"",
            b"<track>A</track>": b"<track>A</track><track>B</track>",
            b"<duration>": b"<duration>PT",
        }
        broken = [whole.replace(right, wrong) for right, wrong in changes.items()]
        assert all(xml_problems(XML(each)) for each in broken)
        assert all(each["refused"] for each in xml_by_c3voc(*broken, schema=Path(SCHEMAS or "") / "schedule.xml.xsd"))


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


def seen_by_c3voc(data: bytes) -> Any:
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
    return json.loads(result.stdout)


def xml_by_c3voc(*documents: bytes, schema: Path | None = None) -> list[dict[str, Any]]:
    """Return what they see of schedules in XML, and what a schema finds."""
    task = {"xml": [each.decode() for each in documents], "schema": None if schema is None else str(schema)}
    seen: list[dict[str, Any]] = seen_by_c3voc(json.dumps(task).encode())
    return seen


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

    def test_it_makes_the_same_xml_of_them(self) -> None:
        materials = [Document(kind=kind, url="https://example.org/a") for kind in ("presentation", "media")]
        about = text("Tom & <Jerry>\n\nTo all.")
        described = session(
            "d", description=about, floor_languages=["en"], materials=materials, url="https://example.org"
        )
        whole = event(*self.SESSIONS, described)
        ours = xml_by_c3voc(to_schedule_xml(whole))[0]["sessions"]
        assert {each["ids"][0] for each in ours} > {each.uid for each in self.SESSIONS}
        theirs = seen_by_c3voc(to_schedule_json(whole))["xml"]
        for each in theirs:
            if each["url"].startswith("urn:"):  # of which its own schema allows none
                each["url"] = ""
        assert ours == theirs
