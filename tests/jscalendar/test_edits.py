"""Another program has changed a document of ours: its properties count, and ours where they still agree."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from tests.jscalendar.events import STAMPED, session, small
from tests.samples.whole import days, slot, text
from wtisd_model import (
    Code,
    Contact,
    Document,
    DocumentKind,
    Event,
    EventStatus,
    Location,
    Organization,
    Role,
    VirtualLocation,
    from_jscalendar,
    to_jscalendar,
)
from wtisd_model.jscalendar.parts import FIELDS

Edit = Callable[[Any], None]

HALL = Location(name=text("Hall", fr="Salle"), room="A", address="1 Street", locality="Genève", country="CH")
EVENT = small(
    venue_to_follow=False,
    theme=text("Bridges", fr="Ponts"),
    description=text("About", fr="Sur"),
    locations=(HALL,),
    virtual_locations=(VirtualLocation(), VirtualLocation(uri="https://example.org/live")),
    documents=(
        Document(kind=DocumentKind.AGENDA, title=text("Agenda")),
        Document(kind=DocumentKind.REPORT, url="https://example.org/report"),
    ),
    organizer=Organization(name=text("ITU"), unit="SG"),
    contacts=(Contact(name="Participant 1", roles=frozenset({Role.MODERATOR})),),
    sequence=7,
    changed_sequence=3,
    sessions=(session(status=EventStatus.SCHEDULED, changed_sequence=5), session("s-2", uid="own", track="Policy")),
)


def edited(edit: Edit, event: Event = EVENT, **options: Any) -> Event:
    """Return the event that is read after an edit of its entry."""
    document = json.loads(to_jscalendar(event, personal=True, **options))
    edit(document["entries"][0] if "entries" in document else document)
    imported = from_jscalendar(document)
    assert {each.code for each in imported.findings} <= {Code.STATUS_TIME_INFERRED}  # the history is not carried
    (read,) = imported.events
    return read


def test_nothing_is_changed() -> None:
    assert edited(lambda _: None) == EVENT
    assert edited(lambda _: None, version="1.0") == EVENT


def test_maps_have_no_order() -> None:
    def turn(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turn(each) for key, each in reversed(value.items())}
        return [*map(turn, value)] if isinstance(value, list) else value

    assert from_jscalendar(turn(json.loads(to_jscalendar(EVENT, personal=True)))).events == (EVENT,)


def test_another_description() -> None:
    assert str(edited(lambda entry: entry.update(description="New")).description) == "New"
    assert edited(lambda entry: entry.pop("description")).description is None
    own = small(virtual_locations=[VirtualLocation(uri="https://example.org/live")])
    assert edited(lambda entry: entry.update(description="New"), own).description is not None
    assert edited(lambda _: None, own).description is None


def test_a_description_of_a_session() -> None:
    event = small(sessions=(session(virtual_locations=[VirtualLocation()], description=text("About")),))
    document = json.loads(to_jscalendar(event, personal=True))
    assert from_jscalendar(document).events == (event,)
    document["entries"][1]["description"] = "New"
    (read,) = from_jscalendar(document).events
    assert str(read.sessions[0].description) == "New"


def test_a_session_without_our_fields_keeps_its_description() -> None:
    document = json.loads(to_jscalendar(EVENT, personal=True))
    del document["entries"][1][FIELDS]
    document["entries"][1]["description"] = "Of another program"
    (read,) = from_jscalendar(document).events
    assert [str(read.description), str(read.sessions[0].description)] == ["About", "Of another program"]


def test_another_name_of_a_place() -> None:
    (place, *_) = edited(lambda entry: entry["locations"]["1"].update(name="Tower, Genève")).locations
    assert (str(place.name), place.room, place.address, place.locality) == ("Tower, Genève", None, None, "Genève")
    assert not edited(lambda entry: entry["locations"]["1"].pop("name")).locations


def test_another_status() -> None:
    postponed = evolve(EVENT.postpone(at=STAMPED), sessions=())
    assert edited(lambda _: None, postponed).status is EventStatus.POSTPONED
    assert edited(lambda entry: entry.update(status="confirmed"), postponed).status is EventStatus.SCHEDULED
    assert edited(lambda entry: entry.update(status="cancelled"), postponed).status is EventStatus.CANCELLED


def test_a_session_of_a_cancelled_event_keeps_its_status() -> None:
    cancelled = EVENT.cancel(at=STAMPED)
    assert {each.status for each in edited(lambda _: None, cancelled).sessions} == {EventStatus.SCHEDULED}


def test_a_new_sequence() -> None:
    assert edited(lambda entry: entry.update(sequence=9)).sequence == 9
    read = edited(lambda entry: entry.update(sequence=4))
    assert (read.sequence, read.changed_sequence) == (7, 4)


@pytest.mark.parametrize("bad", [{"sequence": "7"}, {"sequence": True}, {"changedSequence": None}, {"id": 5}])
def test_fields_that_are_not_ours(bad: Any) -> None:
    document = json.loads(to_jscalendar(EVENT, personal=True))
    for each in document["entries"]:
        each[FIELDS] = each.get(FIELDS, {}) | bad
    assert from_jscalendar(document).events[0].uid == EVENT.uid


def test_the_time_was_moved() -> None:
    later = edited(lambda entry: entry.update(start="2023-05-17T13:30:00", duration="PT3H"))
    assert later.slot == slot("2023-05-17T13:30:00", "2023-05-17T16:30:00")
    whole = small(slot=days("2023-05-17", "2023-05-18", "Africa/Lagos"))
    assert edited(lambda entry: entry.update(duration="P2D"), whole).slot == days(
        "2023-05-17", "2023-05-19", "Africa/Lagos"
    )


def test_ids_of_sessions_that_are_given_twice() -> None:
    event = small(sessions=(session("a", uid="u-1"), session("b", uid="u-2")))
    document = json.loads(to_jscalendar(event, personal=True))
    for each in document["entries"][1:]:
        each[FIELDS]["id"] = "a"
    assert [each.id for each in from_jscalendar(document).events[0].sessions] == ["a", "session-1"]
