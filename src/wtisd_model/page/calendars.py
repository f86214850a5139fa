"""The calendar files of a page, one for the event and one for each session, and the links to them."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from wtisd_model.ical.calendar import SingleEntries
from wtisd_model.model.event import Event, announced_sessions, session_status
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.types.arguments import parse_enum

EVENT_FILE: Final = "event.ics"


class _CalendarForm(StrEnum):
    DATA = "data"
    FILES = "files"


@frozen
class CalendarLink:
    """A link to a calendar file."""

    address: str
    name: str | None = None
    """The name under which a browser saves it; None if its address has one."""


CalendarLinks = Mapping[str | None, CalendarLink]
"""The links by the ids of sessions; that of the event is at None."""


def calendars_of(
    event: Event,
    languages: ProgrammeLanguages,
    form: str | None,
    *,
    stamped: datetime | None,
    language: str,
) -> CalendarLinks:
    """Return the links of an announced event and its sessions; none if *form* is None (``value-unknown``).

    Neither cancelled nor postponed ones have any: a page does not ask readers to note down a time that does not hold.
    """
    if form is None:
        return {}
    names = [(session, name) for session, name in file_names(event) if _is_held(event, session)]
    if parse_enum(_CalendarForm, form, "/calendar") is _CalendarForm.FILES:
        return {_id(session): CalendarLink(name) for session, name in names}
    # A calendar in UTC needs no VTIMEZONE, which is most of a short one.
    entries = SingleEntries(event, languages, stamped=stamped, language=language, utc=True)
    return {
        _id(session): CalendarLink(f"data:text/calendar;charset=utf-8;base64,{_base64(entries, session)}", name)
        for session, name in names
    }


def file_names(event: Event) -> Iterator[tuple[Session | None, str]]:
    """Yield pairs of a session, or None for the event, and the name of its calendar file.

    Drafts, breaks and social events have none.

    The name of a session depends on its id alone, so that a published address never becomes that of another session.
    No two names are equal, also where upper and lower case are not distinguished, as on Windows and macOS.
    """
    yield None, EVENT_FILE
    for each in announced_sessions(event):
        if each.kind not in PAUSES:
            # No id has a tilde. After it comes, as a number, which letters are capitals.
            capitals = sum(1 << place for place, letter in enumerate(each.id) if letter.isupper())
            yield each, f"session-{each.id}~{capitals:x}.ics" if capitals else f"session-{each.id}.ics"


def _is_held(event: Event, session: Session | None) -> bool:
    status = session_status(event, session)
    return status is EventStatus.SCHEDULED


def _id(session: Session | None) -> str | None:
    return None if session is None else session.id


def _base64(entries: SingleEntries, session: Session | None) -> str:
    return b64encode(entries.calendar(session)).decode()
