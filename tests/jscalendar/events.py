"""Events that JSCalendar can carry."""

from datetime import UTC, datetime
from typing import Any

from attrs import evolve

import wtisd_model.strategies as ours
from tests.samples.whole import slot, text
from wtisd_model import Event, EventStatus, Session

STAMPED = datetime(2026, 11, 27, 12, tzinfo=UTC)
make_event: Any = Event
make_session: Any = Session


def announced(drawn: Event) -> Event:
    """Return an event with all that is written: neither draft sessions nor an unknown time of its last change."""
    sessions = tuple(each for each in drawn.sessions if each.status is not EventStatus.DRAFT)
    return evolve(drawn, sessions=sessions, updated=drawn.updated or STAMPED)


EVENTS = ours.events().filter(lambda each: each.status is not EventStatus.DRAFT).map(announced)


def small(**fields: Any) -> Event:
    """Return an event with no more than it needs."""
    least = {"uid": "e-1", "title": text("Forum"), "slot": slot(), "venue_to_follow": True, "updated": STAMPED}
    event: Event = make_event(**(least | fields))
    return event


def session(id_: str = "s-1", **fields: Any) -> Session:
    made: Session = make_session(**({"id": id_, "title": text("Opening"), "slot": slot()} | fields))
    return made
