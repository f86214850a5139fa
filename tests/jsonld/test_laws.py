"""For all events: a format carries what it says, and search engines miss only what the event lacks."""

import json
from datetime import datetime
from functools import partial
from typing import Any

from hypothesis import given

from tests.hypothesis_profiles import LAW, LAW_OF_FIELDS
from tests.jsonld.announced import announced, announced_in_cpev
from tests.jsonld.samples import EVENTS
from tests.jsonld.search_engines import events_of, problems
from tests.programme.format_laws import assert_format
from wtisd_model import Event, EventStatus, to_jsonld
from wtisd_model.formats import FORMATS
from wtisd_model.model.event import places_of


@LAW_OF_FIELDS
@given(EVENTS)
def test_both_profiles_carry_what_they_say(drawn: Event) -> None:
    assert_format(FORMATS["jsonld"], announced(drawn), to_jsonld)
    assert_format(FORMATS["cpev"], announced_in_cpev(drawn), partial(to_jsonld, profile="cpev"))


@LAW
@given(EVENTS)
def test_search_engines_miss_only_what_the_event_lacks_and_find_its_times(drawn: Event) -> None:
    document = json.loads(to_jsonld(drawn))
    assert_times(document, drawn)
    sessions = [each for each in drawn.sessions if each.status is not EventStatus.DRAFT]
    places = [places_of(drawn), *(places_of(drawn, each) for each in sessions)]
    for written, where in zip(events_of(document), places, strict=True):
        lacking = {
            "location is required": not where.locations and not where.virtual_locations,
            "location.address is required": not all(
                place.address or place.locality or place.country for place in where.locations
            ),
            "location.url is required online": any(each.uri is None for each in where.virtual_locations),
            "eventAttendanceMode and location differ": where.venue_to_follow and bool(where.virtual_locations),
            "organizer.name is recommended": "organizer" in written and drawn.organizer is None,
        }
        assert {*problems(written)} == {rule for rule, lacks in lacking.items() if lacks}


def assert_times(document: dict[str, Any], drawn: Event) -> None:
    """Fail unless the times in a document are the moments of the slot."""
    slot = drawn.slot
    assert slot is not None
    times = document["startDate"], document["endDate"]
    if slot.whole_days:
        assert times == (slot.first_day.isoformat(), slot.last_day.isoformat())
    else:
        assert [*map(datetime.fromisoformat, times)] == [slot.starts_at, slot.ends_at]
