"""Event to schedule.json and back: what `FORMATS` says is carried comes back equal, in both versions."""

from typing import Any, Literal

import pytest
from attrs import evolve
from hypothesis import assume, example, given

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW_OF_FIELDS
from tests.programme.format_laws import assert_format, without_fields
from tests.samples.whole import later
from tests.schedule.samples import event, session
from wtisd_model import (
    Event,
    EventStatus,
    LocalizedText,
    Session,
    from_schedule_json,
    to_schedule_json,
    to_schedule_xml,
)
from wtisd_model.formats import FORMATS
from wtisd_model.json.builtins import from_builtins, to_builtins
from wtisd_model.model.event import places_of
from wtisd_model.programme.people import people_named
from wtisd_model.schedule.vocabulary import acronym, session_guid

TRANSLATIONS = {"LocalizedText": frozenset({"translations"})}
EVENTS = ours.events(status=EventStatus.SCHEDULED)


def in_order(of: Event) -> Event:
    """Return an event with its sessions in the order of their ids: version 1 sorts them by day and room."""
    return evolve(of, sessions=tuple(sorted(of.sessions, key=lambda session: session.id)))


def shown(of: Event) -> Event:
    """Return an event of which everything that is written as text can be seen in the file.

    Its sessions take place, their people are named, their documents have addresses, and their places are not those that
    they would inherit.
    """
    virtual = tuple(evolve(each, uri=each.uri or "https://example.org/live") for each in of.virtual_locations)
    whole = evolve(of, virtual_locations=virtual)
    sessions = [shown_session(whole, each) for each in whole.sessions if each.status is EventStatus.SCHEDULED]
    return in_order(evolve(whole, sessions=tuple(sessions)))


def shown_session(whole: Event, each: Session) -> Session:
    """Return a session of which everything that is written as text can be seen in the file."""
    inherited = places_of(whole)
    locations = tuple(one for one in each.locations[:1] if one not in inherited.locations)
    addresses = {None, *[one.uri for one in inherited.virtual_locations]}
    virtual = tuple(one for one in each.virtual_locations[:1] if one.uri not in addresses)
    materials = tuple(one for one in each.materials if one.url is not None)
    alone = evolve(
        each,
        locations=locations,
        virtual_locations=virtual,
        people=tuple(people_named(each)),
        materials=materials,
        inherited_places=None,
        on_site_capacity=None,
        remote_capacity=None,
    )
    inheriting = evolve(alone, inherited_places=each.inherited_places)
    has_places = places_of(whole, inheriting).mode is not None
    return inheriting if has_places and places_of(whole, inheriting) != places_of(whole, alone) else alone


def read_back(data: Any) -> Event:
    """Return the event that is read back."""
    (found,) = from_schedule_json(data).events
    return in_order(found)


@pytest.mark.parametrize("version", ["1", "2"])
@LAW_OF_FIELDS
@given(drawn=EVENTS)
def test_what_a_version_carries_comes_back(version: Literal["1", "2"], drawn: Event) -> None:
    thing = shown(drawn)
    if version == "2":  # only some translations are written: see the next test
        thing = from_builtins(Event, without_fields(Event, to_builtins(thing), TRANSLATIONS))
    assume(all(each.url != thing.url for each in thing.sessions))
    format_ = FORMATS["schedule-json" if version == "1" else "schedule-json-2"]
    assert_format(format_, thing, lambda each: to_schedule_json(each, version=version), read_back)


@LAW_OF_FIELDS
@given(drawn=EVENTS)
@example(drawn=event(session(), short_title="Forum"))
def test_xml_carries_what_it_says(drawn: Event) -> None:
    thing = shown(drawn)
    assert thing.slot is not None
    # XML has a short title in the acronym alone, where one that leads to the acronym of the title cannot be seen.
    short, long = (acronym(name or "", thing.slot.start.year) for name in (thing.short_title, thing.title.text))
    thing = evolve(thing, short_title=None) if short == long else thing
    assume(all(each.url != thing.url for each in thing.sessions))
    assert_format(FORMATS["schedule-xml"], thing, to_schedule_xml)


@pytest.mark.parametrize("tags", ["en", "fr", "en fr", "fr en ar"])
def test_version_2_carries_the_translations_of_descriptions(tags: str) -> None:
    original, *others = tags.split()
    about = LocalizedText(f"About, {original}", original, translations={tag: f"About, {tag}" for tag in others})
    back = read_back(to_schedule_json(event(session(description=about), description=about), version="2"))
    assert (back.description, back.sessions[0].description) == (about, about)


def test_statuses_come_back_in_version_2() -> None:
    both = event(session("a").cancel(at=later(1)), session("b").postpone(at=later(1)), session("c"))
    back = read_back(to_schedule_json(both, version="2"))
    assert [each.status for each in back.sessions] == [each.status for each in both.sessions]


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_uid_that_its_id_would_lead_to_comes_back(version: Literal["1", "2"]) -> None:
    # As after an import of what was written for a session without a uid, by a program that keeps guids only.
    whole = event(session("opening", uid=session_guid(f"opening.{event().uid}")), session("closing"))
    read = read_back(to_schedule_json(whole, version=version))
    assert [each.uid for each in read.sessions] == [None, whole.sessions[0].uid]
