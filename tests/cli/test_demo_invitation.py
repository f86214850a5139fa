"""The invitation of `demo`, what follows it, and its mail."""

from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import icalendar
import pytest

from wtisd_model.cli.demo import LETTER
from wtisd_model.cli.demo_invitation import invitation_files
from wtisd_model.reference import wtisd_23

FILES = invitation_files(wtisd_23(), LETTER)


def entry(name: str) -> tuple[str, Any]:
    """Read the method and the one entry of a file."""
    read: Any = icalendar.Calendar.from_ical(FILES[name])
    (found,) = read.walk("VEVENT")
    return str(read["METHOD"]), found


class TestMessages:
    """RFC 5546: invited, told of another room and time, and told that it is cancelled."""

    @pytest.mark.parametrize(
        ("name", "method", "sequence", "status", "hour"),
        [
            ("invitation.ics", "REQUEST", 0, "CONFIRMED", 12),
            ("invitation-moved.ics", "REQUEST", 1, "CONFIRMED", 13),
            ("invitation-cancel.ics", "CANCEL", 2, "CANCELLED", 13),
        ],
    )
    def test_each_follows_the_one_before(self, name: str, method: str, sequence: int, status: str, hour: int) -> None:
        said, found = entry(name)
        assert (said, found["UID"], found["SEQUENCE"], found["STATUS"]) == (method, wtisd_23().uid, sequence, status)
        assert found["DTSTART"].dt.astimezone(UTC) == datetime(2023, 5, 17, hour, 30, tzinfo=UTC)

    def test_the_room_is_another_one(self) -> None:
        assert "Popov" in entry("invitation.ics")[1]["LOCATION"]
        assert "Room 2" in entry("invitation-moved.ics")[1]["LOCATION"]

    def test_stamps_rise(self) -> None:
        names = ("invitation.ics", "invitation-moved.ics", "invitation-cancel.ics")
        stamps = [entry(name)[1]["DTSTAMP"].dt for name in names]
        assert stamps == sorted(set(stamps))
        assert stamps[0] == LETTER

    def test_the_mail_holds_the_first(self) -> None:
        mail = message_from_bytes(FILES["invitation.eml"])
        assert (mail["From"], mail["To"]) == (
            "Desk 1 <desk1@example.org>",
            "Participant 1 <participant1@example.org>",
        )
        parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk()}
        assert parts["text/calendar"] == parts["application/ics"] == FILES["invitation.ics"]
