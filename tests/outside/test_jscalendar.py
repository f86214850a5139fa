"""Two clients of JMAP read our JSCalendar: jmaplib 3.0.1 version 2.0, and calendaring-jmap 1.1.0 version 1.0."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given

from tests.jscalendar.events import EVENTS
from wtisd_model import Event, EventStatus, Session, to_jscalendar
from wtisd_model.model.event import session_status

pytestmark = pytest.mark.outside

STATUSES = {
    EventStatus.SCHEDULED: "confirmed",
    EventStatus.POSTPONED: "tentative",
    EventStatus.CANCELLED: "cancelled",
}


def parts(event: Event) -> list[tuple[Event | Session, str, EventStatus]]:
    """Return an event and its sessions, each with its uid and its status."""
    sessions = [(each, each.export_uid(event.uid), session_status(event, each)) for each in event.sessions]
    return [(event, event.uid, event.status), *sessions]


def entries(document: Any) -> list[Any]:
    """Return the events of a Group, or the only one."""
    found: list[Any] = document.get("entries", [document])
    return found


class TestJmaplib:
    """Whatever does not fit the types of draft-ietf-calext-jscalendarbis-20 is kept there apart, as unknown."""

    @given(EVENTS)
    def test_it_knows_every_property_and_every_value_fits(self, event: Event) -> None:
        from jmap.models import jscalendar

        document = json.loads(to_jscalendar(event))
        cls: Any = jscalendar.Group if document["@type"] == "Group" else jscalendar.Event
        read: Any = cls.model_validate(document)
        assert {name for name in _unknown(read) if ":" not in name} == set()
        found: list[Any] = read.entries if cls is jscalendar.Group else [read]
        assert [(each.uid, each.title, each.status or "confirmed") for each in found] == [
            (uid, part.title.text, STATUSES[status]) for part, uid, status in parts(event)
        ]
        for each, (part, _, _) in zip(found, parts(event), strict=True):
            assert part.slot is not None
            start = each.start if each.time_zone is None else each.start.replace(tzinfo=ZoneInfo(each.time_zone))
            assert start.timestamp() == part.slot.start.timestamp() or part.slot.whole_days


def _unknown(value: Any) -> Iterator[str]:
    """Yield the names of the properties that jmaplib does not know, or whose values do not fit."""
    from jmap.models.jsobject import JSObject

    if isinstance(value, JSObject):
        yield from value.__pydantic_extra__ or ()
        for name in type(value).model_fields:
            yield from _unknown(getattr(value, name))
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _unknown(each)


class TestCalendaringJmap:
    """It makes an iCalendar of each event, with the package icalendar."""

    @given(EVENTS)
    def test_its_calendar_has_our_moments_and_texts(self, event: Event) -> None:
        from calendaring_jmap.convert import jscal_to_ical

        document = json.loads(to_jscalendar(event, version="1.0"))
        for entry, (part, uid, status) in zip(entries(document), parts(event), strict=True):
            assert part.slot is not None
            (read,) = icalendar.Calendar.from_ical(jscal_to_ical(entry)).walk("VEVENT")
            start = read.decoded("DTSTART")
            assert (str(read["UID"]), _seconds(start)) == (uid, _seconds_of(part))
            assert read.get("STATUS", "CONFIRMED") == STATUSES[status].upper()
            assert "\\" in part.title.text or str(read["SUMMARY"]) == part.title.text


def _seconds(moment: date) -> float | date:
    return moment.timestamp() if isinstance(moment, datetime) else moment


def _seconds_of(part: Event | Session) -> float | date:
    assert part.slot is not None
    return part.slot.start.date() if part.slot.whole_days else part.slot.start.timestamp()
