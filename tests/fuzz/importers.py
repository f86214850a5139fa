"""The readers of other systems as targets of the fuzzer: objects that are sound, or an error of ours."""

import json
from typing import Any

from tests.importers.indico_documents import (
    attachment,
    block,
    conference,
    contribution,
    convener,
    entry,
    folder,
    person,
    presenter,
    result,
    timetable,
)
from tests.importers.indico_people import EVENT as ASKING
from tests.importers.indico_people import field
from tests.importers.indico_people import person as registered
from tests.importers.pretix_documents import answer, checkin, export, order, page, position
from tests.importers.pretix_event import EVENT
from tests.schedule.foreign import frab, hub, pretalx
from tests.schedule.samples import event as programme
from tests.schedule.samples import session
from wtisd_model import (
    EventStatus,
    ExportError,
    Finding,
    Limits,
    LocalizedText,
    Location,
    MessageError,
    PayloadError,
    from_indico,
    from_indico_registrations,
    from_json,
    from_pretix,
    from_schedule_json,
    to_json,
    to_schedule_json,
)

SEAT = Location(name=LocalizedText("Seat", "en"), locality="Geneva", country="CH")
TALK = entry("Contribution", 2, presenters=[presenter()], attachments={"files": [attachment()], "folders": [folder()]})
HELD = entry("Session", 1, entries={"c2": TALK, "b3": entry("Break", 3)}, conveners=[presenter(4)])
TIMETABLE = timetable(HELD, entry("Break"))
WHOLE = conference(
    keywords=["forum"],
    organizer="Organization 1",
    chairs=[person(1, email="participant1@example.org")],
    label={"title": "Cancelled", "is_event_not_happening": True},
    note={"url": "/event/7/note/"},
    contributions=[contribution(1, speakers=[person(2)], type="Panel", track="Access", description="<p>a<br>b</p>")],
    sessions=[block(contribution(3, folders=[folder(attachment(2))]), conveners=[convener(3)]), block(id=22)],
)
ORDERS = (
    order(
        position(
            answers=[answer("AGE", "42"), answer("TOPICS", "a", "A", "B")], checkins=[checkin("2027-03-04T08:10:00Z")]
        ),
        position(2, item=5, addon_to=501),
        position(3, item=2, attendee_email="participant3@example.org", country="CH"),
        phone="+41225550100",
    ),
    order(status="e"),
    order(status="c", cancellation_date="2027-01-11T10:00:00Z"),
)

PERSON = registered(
    *(field(1, "Vegan"), field(2, 3), field(6, "2027-03-04T00:00:00"), field(8, {"aaaa-1": 1, "bbbb-2": 2})),
    checked_in=True,
    checked_in_dt="2027-03-04T08:00:00+00:00",
)
OURS = programme(session("Opening.1", code="s-1"), session("expo", track="Policy", kind="keynote"))

SAMPLES: dict[str, tuple[Any, ...]] = {
    "indico": (result(WHOLE), TIMETABLE, [PERSON, PERSON | {"state": "rejected"}]),
    "pretix": (page(*ORDERS), ORDERS[0], export(*ORDERS)),
    "schedules": (
        *(pretalx(), frab(), hub()),
        *(json.loads(to_schedule_json(OURS)), json.loads(to_schedule_json(OURS, version="2"))),
    ),
}
"""The documents that the fuzzer begins with, by their targets."""


def indico(data: bytes) -> None:
    """`from_indico`, with the bytes as its first document or as its second one, or `from_indico_registrations`."""
    choice, document = data[0] if data else 0, data[1:]
    place = SEAT if choice & 1 else None
    objects: tuple[object, ...]
    try:
        if choice & 8:
            people = from_indico_registrations(document, ASKING, mode="on-site")
            objects, findings = people.records, people.findings
        else:
            whole, days = (result(conference()), document) if choice & 2 else (document, None)
            imported = from_indico(whole, timetable=TIMETABLE if choice & 4 else days, place=place)
            objects, findings = imported.events, imported.findings
    except (MessageError, PayloadError) as error:
        _readable(error.findings)
    else:
        _readable(findings)
        for each in objects[:5]:
            assert from_json(type(each), to_json(each)) == each


def pretix(data: bytes) -> None:
    """`from_pretix`."""
    choice = data[0] if data else 0
    try:
        imported = from_pretix(
            data[1:],
            EVENT,
            modes={1: "on-site", (1, 7): "remote", 2: "remote"},
            sessions={5: "workshop"} if choice & 1 else None,
            subevent=3 if choice & 2 else None,
        )
    except (MessageError, PayloadError) as error:
        _readable(error.findings)
    else:
        _readable(imported.findings)
        for each in imported.records[:20]:
            assert from_json(type(each), to_json(each)) == each


def schedules(data: bytes) -> None:
    """`from_schedule_json`: what is read is written in both versions, and read as the same sessions."""
    choice = data[0] if data else 0
    options: dict[str, Any] = {"zone": (None, "Europe/Zurich")[choice & 1], "place": (None, SEAT)[choice >> 1 & 1]}
    try:
        imported = from_schedule_json(data[1:], **options)
    except (MessageError, PayloadError) as error:
        _readable(error.findings)
        return
    _readable(imported.findings)
    (event,) = imported.events
    assert from_json(type(event), to_json(event)) == event
    try:
        written = to_schedule_json(event, version="2")
    except ExportError:
        return
    (again,) = from_schedule_json(written, **options, limits=Limits(bytes=100_000_000, values=10_000_000)).events
    assert again.uid == event.uid
    announced = [each for each in event.sessions if each.status is not EventStatus.DRAFT]
    assert [(each.id, each.uid, each.slot, each.title.text, each.status) for each in again.sessions] == [
        (each.id, each.uid, each.slot, each.title.text, each.status) for each in announced
    ]


def _readable(findings: tuple[Finding, ...]) -> None:
    assert len(findings) <= 100
    assert sum(map(len, map(str, findings))) <= 20_000
    "\n".join(map(str, findings)).encode()


def sample(target: str, number: int) -> bytes:
    """Return a document, after the byte that chooses the arguments."""
    samples = SAMPLES[target]
    head = (number % 8 & 5, 2, 8)[number % 3] if target == "indico" else number % 4
    return bytes([head]) + json.dumps(samples[number % len(samples)]).encode()
