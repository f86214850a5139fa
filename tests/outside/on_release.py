"""Writes calendars with the rules of one release: run with its folder as PYTHONTZPATH, as a program that has it would.

Takes the paths of the old and the new release as arguments, and a JSON array of events on standard input. Prints for
each its feed and its invitation, or nothing if it cannot be read by these rules.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import wtisd_model as wm
from wtisd_model import invitation, planning

STAMPED = datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC)
PERSON = wm.Contact(name="Participant 1", email="participant-1@example.org")


def written(document: Any, before: wm.Zones, after: wm.Zones) -> Iterator[str]:
    """Yield the calendars of an event, unless one of its times is skipped or repeated from now on."""
    event = wm.validate(wm.Event, document).value
    if event is not None:
        planning.clock_changes(event, before=before, after=after).require_new_rules()
        person = wm.Registration(
            id="r-1", event_uid=event.uid, mode="on-site", participant=PERSON, submitted_at=STAMPED
        ).approve(at=STAMPED)
        yield wm.to_ical(event, stamped=STAMPED).decode()
        yield invitation.invite(event, person, stamped=STAMPED).ics.decode()


if __name__ == "__main__":
    old, new = (wm.Zones(Path(each)) for each in sys.argv[1:])
    sys.stdout.write(json.dumps([[*written(each, old, new)] for each in json.load(sys.stdin)]))
