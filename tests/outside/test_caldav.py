"""Radicale, a CalDAV server, keeps an invitation, its update and its cancellation as they are."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from tests.outside.calendars import Seen
from tests.outside.in_python import with_icalendar
from tests.outside.radicale import CalDav, caldav, kept
from wtisd_model import Contact, Event, ParticipationMode, Registration, TimeSlot, wtisd_23
from wtisd_model import invitation as inv

pytestmark = pytest.mark.outside

NOW = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)
FOLDER = "/participant1/calendar/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalDav]:
    with caldav(tmp_path_factory.mktemp("radicale")) as started:
        assert started.ask("MKCALENDAR", FOLDER)[0] == 201
        yield started


def seen(data: bytes) -> list[Seen]:
    """What icalendar finds."""
    return with_icalendar(data)


def person(event: Event) -> Registration:
    return Registration(
        id="r-1",
        event_uid=event.uid,
        participant=Contact(name="Participant 1, à Genève", email="participant1@example.org", language="fr"),
        mode=ParticipationMode.ON_SITE,
        submitted_at=NOW,
    ).approve(at=NOW)


class TestCalDav:
    """RFC 4791 section 5.3.2: a calendar object is put under its name, and got from there."""

    def test_an_invitation_its_update_and_its_cancellation_come_back_equal(self, server: CalDav) -> None:
        event = wtisd_23()
        assert event.slot is not None
        later = TimeSlot(start=event.slot.start.add(hours=1), end=event.slot.end.add(hours=1))
        moved = event.reschedule(later, at=NOW + timedelta(days=1))
        cancelled = moved.cancel(at=NOW + timedelta(days=2))
        messages = [
            inv.invite(event, person(event), stamped=NOW, reminders=[timedelta(minutes=15)]),
            inv.invite(moved, person(event), stamped=NOW + timedelta(days=1)),
            inv.cancel(cancelled, person(event), stamped=NOW + timedelta(days=2)),
        ]
        path = f"{FOLDER}{event.uid}.ics"
        for message, put in zip(messages, (201, 204, 204), strict=True):  # created, and then changed
            assert server.ask("PUT", path, kept(message.ics))[0] == put
            status, body = server.ask("GET", path)
            assert status == 200
            assert seen(body) == [evolve(each, method=None) for each in seen(message.ics)]
        assert [b"STATUS:CANCELLED" in each for each in (messages[0].ics, body)] == [False, True]
