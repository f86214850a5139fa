"""What a calendar program keeps of the messages that reach one address, after RFC 5546 section 2.1.5 and no more.

It reads the bytes by itself, line by line, and knows nothing of the package.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from attrs import field, frozen

_ABOUT_THE_MESSAGE = ("DTSTAMP", "SEQUENCE", "LAST-MODIFIED", "CREATED", "METHOD")


@frozen
class Entry:
    """The latest that is known of one uid: its revision, and its lines; none once it was cancelled."""

    revision: tuple[int, str]
    lines: frozenset[str] | None
    start: str = ""


@frozen
class Mailbox:
    """The calendar of one person."""

    entries: dict[str, Entry] = field(factory=dict)

    def receive(self, ics: bytes) -> None:
        """Accept a message if it is newer than the last one with its uid, by SEQUENCE and then by DTSTAMP."""
        lines = re.sub(r"\r\n[ \t]", "", ics.decode()).split("\r\n")
        said = {name: value for name, _, value in (each.partition(":") for each in lines)}
        revision = (int(said["SEQUENCE"]), said["DTSTAMP"])
        known = self.entries.get(said["UID"])
        if known is None or known.revision < revision:
            gone = said["METHOD"] == "CANCEL"
            self.entries[said["UID"]] = Entry(revision, None if gone else frozenset(_kept(lines)), _start(lines))

    def calendar(self) -> dict[str, frozenset[str]]:
        """Return what the person sees: the lines of each entry, without those about the message itself."""
        return {uid: entry.lines for uid, entry in self.entries.items() if entry.lines is not None}


def _start(lines: Iterable[str]) -> str:
    """Return the start in UTC, as DTSTAMP has it; nothing for whole days."""
    (start,) = [each for each in lines if each.startswith("DTSTART;") and not each.startswith("DTSTART;VALUE")]
    name, _, wall = start.partition(":")
    zoned = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(name.partition("TZID=")[2]))
    return f"{zoned.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _kept(lines: Iterable[str]) -> Iterable[str]:
    for each in lines:
        if not each.startswith(_ABOUT_THE_MESSAGE):
            # Whether the person has answered is the person's own to know.
            yield re.sub(r";(PARTSTAT|RSVP)=[A-Z-]+", "", each) if each.startswith("ATTENDEE") else each
