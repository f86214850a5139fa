"""For all events: a format carries what it says, and search engines miss only what the event lacks."""

import json
from datetime import datetime
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from tests.jsonld.announced import announced, announced_in_cpev
from tests.jsonld.search_engines import events_of, problems
from tests.programme.format_laws import assert_format
from wtisd_model.jsonld.format import CPEV_FORMAT, FORMAT
from wtisd_model.jsonld.writer import to_jsonld
from wtisd_model.model.event import Event, places_of
from wtisd_model.model.session import EventStatus

EVENTS = st.sampled_from([each for each in EventStatus if each is not EventStatus.DRAFT]).flatmap(
    lambda status: ours.events(status=status)
)


@LAW
@given(EVENTS)
def test_schema_org_carries_what_it_says(drawn: Event) -> None:
    assert_format(FORMAT, announced(drawn), to_jsonld)


@LAW
@given(EVENTS)
def test_cpev_carries_what_it_says(drawn: Event) -> None:
    assert_format(CPEV_FORMAT, announced_in_cpev(drawn), partial(to_jsonld, profile="cpev"))


@LAW
@given(EVENTS)
def test_search_engines_miss_only_what_the_event_lacks(drawn: Event) -> None:
    document = json.loads(to_jsonld(drawn))
    sessions = [each for each in drawn.sessions if each.status is not EventStatus.DRAFT]
    places = [places_of(drawn), *(places_of(drawn, each) for each in sessions)]
    for written, where in zip(events_of(document), places, strict=True):
        lacking = {
            "location is required": not where.locations and not where.virtual_locations,
            "location.url is required online": any(each.uri is None for each in where.virtual_locations),
            "eventAttendanceMode and location differ": where.venue_to_follow and bool(where.virtual_locations),
            "organizer.name is recommended": "organizer" in written and drawn.organizer is None,
        }
        assert {*problems(written)} == {rule for rule, lacks in lacking.items() if lacks}


@LAW
@given(EVENTS)
def test_times_are_the_moments_of_the_slot(drawn: Event) -> None:
    slot = drawn.slot
    assert slot is not None
    document = json.loads(to_jsonld(drawn))
    times = document["startDate"], document["endDate"]
    if slot.whole_days:
        assert times == (slot.first_day.isoformat(), slot.last_day.isoformat())
    else:
        assert [*map(datetime.fromisoformat, times)] == [slot.starts_at, slot.ends_at]
