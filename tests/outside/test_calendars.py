"""Six readers that nobody here wrote find in each calendar what is meant: people, texts, moments and revision."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests.outside.calendars import STAMPED, ZONES, Case, Seen, as_found, cases, differing
from tests.outside.in_python import with_ical, with_icalendar, with_vobject
from tests.outside.node import node
from wtisd_model import Contact, ParticipationMode, Registration, wtisd_23
from wtisd_model import invitation as inv

pytestmark = pytest.mark.outside

Reader = Callable[[list[bytes]], list[list[Seen]]]

DEBIAN_PYTHON = "/usr/bin/python3"
"""The one for which Debian packages libical's introspection."""


def with_libical(files: list[bytes]) -> list[list[Seen]]:
    script = str(Path(__file__).parent / "libical.py")
    result = subprocess.run(  # noqa: S603 - our own script
        [DEBIAN_PYTHON, "-I", script], input=_as_json(files), capture_output=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr.decode()
    return _found(result.stdout.decode())


def with_ical_js(files: list[bytes]) -> list[list[Seen]]:
    return _found(node("ical_js_messages.mjs", _as_json(files)))


def with_node_ical(files: list[bytes]) -> list[list[Seen]]:
    return _found(node("node_ical.mjs", _as_json(files)))


def _one_by_one(reader: Callable[[bytes], list[Seen]]) -> Reader:
    return lambda files: [reader(each) for each in files]


def _as_json(files: list[bytes]) -> bytes:
    return json.dumps([each.decode() for each in files]).encode()


def _found(printed: str) -> list[list[Seen]]:
    return [[as_found(each) for each in calendar] for calendar in json.loads(printed)]


READERS: dict[str, Reader] = {
    "libical": with_libical,
    "ical.js": with_ical_js,
    "node-ical": with_node_ical,
    "icalendar": _one_by_one(with_icalendar),
    "vobject": _one_by_one(with_vobject),
    "ical": _one_by_one(with_ical),
}

_LAST_OF_NODE_ICAL = datetime(2030, 1, 1, tzinfo=UTC).timestamp()


@cache
def all_cases() -> list[Case]:
    return cases()


def beyond_node_ical() -> set[str]:
    """Name the files whose moments node-ical 0.26.1 may have wrong, which takes them from the names of zones.

    temporal-polyfill beneath it finds the changes of clocks that are years ahead some hours or days from where they
    are (Casablanca in December 2030, Jerusalem and Dublin in March 2036), and from 2037 on none, though the Node.js
    beneath both knows them.
    """
    return {case.name for case in all_cases() if max(case.moments, default=0) >= _LAST_OF_NODE_ICAL}


class TestReaders:
    """RFC 5546 section 1.4: a message has the same effect in every program."""

    @pytest.mark.parametrize("reader", READERS)
    def test_a_reader_finds_what_is_meant_in_every_kind_of_calendar(self, reader: str) -> None:
        beyond = beyond_node_ical() if reader == "node-ical" else set()
        found = differing(all_cases(), READERS[reader]([each.ics for each in all_cases()]))
        assert [row for row in found if row[0] not in beyond or row[1] not in {"start", "end"}] == []
        assert len(all_cases()) - len(beyond) > 500

    def test_they_are_of_thirty_zones(self) -> None:
        assert len(set(ZONES)) == 30


class TestNames:
    """RFC 6868: a caret makes what a quoted parameter cannot hold; "^'" is a quote, "^^" a caret."""

    NAME = 'Participant "1"; of ^Geneva^'
    # What is shown by those that do not know it: the carets, and in node-ical the part before the semicolon.
    SHOWN = {  # noqa: RUF012 - nothing changes it
        "vobject": "Participant ^'1^'; of ^^Geneva^^",
        "node-ical": "Participant ^'1^'",
    }

    @pytest.mark.parametrize("reader", READERS)
    def test_a_name_with_quotes_comes_back_equal_where_carets_are_known(self, reader: str) -> None:
        event = wtisd_23()
        person = Registration(
            id="r-1",
            event_uid=event.uid,
            participant=Contact(name=self.NAME, email="participant1@example.org"),
            mode=ParticipationMode.ON_SITE,
            submitted_at=STAMPED,
        )
        message = inv.invite(event, person.approve(at=STAMPED), stamped=STAMPED)
        ((seen,),) = READERS[reader]([message.ics])
        ((address, name, answer),) = seen.people
        assert (address, answer) == ("participant1@example.org", "NEEDS-ACTION")
        assert name == self.SHOWN.get(reader, self.NAME)
