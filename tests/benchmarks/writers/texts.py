"""What an entry says, as plain values: every library is given the same."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.benchmarks.writers.given import EVENT, slot
from wtisd_model import Location, Session

ORGANIZER, ORGANIZER_NAME = "organizer@example.org", "UIT"
START, END = slot().starts_at, slot().ends_at
LOCAL_START, LOCAL_END = (each.astimezone(ZoneInfo("Europe/Zurich")) for each in (START, END))


class Entry(NamedTuple):
    """What is written of an event or a session."""

    uid: str
    title: str
    description: str
    location: str
    start: datetime
    """In UTC."""
    end: datetime


def of_event() -> Entry:
    """Return the texts about the event."""
    description = "" if EVENT.description is None else EVENT.description.text
    theme = "" if EVENT.theme is None else f"{EVENT.theme.text}\n\n"
    return Entry(EVENT.uid, EVENT.title.text, theme + description, _where(*EVENT.locations), START, END)


def of_session(session: Session) -> Entry:
    """Return the texts about a session."""
    description = "" if session.description is None else session.description.text
    return Entry(session.export_uid(EVENT.uid), session.title.text, description, _where(*session.locations), START, END)


def _where(location: Location) -> str:
    return ", ".join(each for each in (location.name.text, location.room, location.locality) if each)
