"""Uids of events that have none."""

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.ical.calendars import WHEN, codes, one, read, refusals, vcalendar, vevent
from wtisd_model import Severity, from_ical

LINES = ["SUMMARY:Forum", "LOCATION:Seat\\, Geneva", *WHEN]
OTHER = [
    *("DTSTAMP:20240101T000000Z", "CREATED:20230413T081500Z", "SEQUENCE:3", "STATUS:CANCELLED", "UID:"),
    *("DESCRIPTION:Two days", "CATEGORIES:a,b", "PRIORITY:0", "X-A;X-B=1:2", "X-MICROSOFT-CDO-APPT-SEQUENCE:2"),
]


def uid_of(*lines: str) -> str:
    (event,) = read(vcalendar("BEGIN:VEVENT", *lines, "END:VEVENT")).events
    return event.uid


class TestDerivedUid:
    """RFC 5545 section 3.8.4.7 requires UID; many feeds lack nothing else."""

    def test_a_file_that_lacks_only_uids_is_read_and_told(self) -> None:
        without = vevent().replace("UID:e-1\r\n", "")
        imported = read(vcalendar(without, without.replace("Forum", "Panel")))
        assert [each.title.text for each in imported.events] == ["Forum", "Panel"]
        assert codes(imported) == ["uid-derived"]
        assert [each.path for each in imported.findings if each.code == "uid-derived"] == ["/lines/4"]
        assert all(each.severity is Severity.WARNING for each in imported.findings)

    @pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "ADD"])
    def test_a_message_needs_its_uid(self, method: str) -> None:
        """The organizer would not know the event that a reply is about."""
        message = vcalendar(f"METHOD:{method}", vevent().replace("UID:e-1\r\n", ""))
        assert refusals(lambda: read(message)) == [("property-missing", "/lines/5")]
        assert codes(read(message.replace(method.encode(), b"PUBLISH"))) == ["uid-derived"]

    def test_it_stays_the_same_across_releases(self) -> None:
        """docs/promises.md: after an update, the entry in somebody's calendar is found again."""
        assert uid_of(*WHEN, "SUMMARY:Forum") == "8609385e-932d-5770-9348-aa8845f28e3b"

    @LAW
    @given(st.permutations(LINES), st.lists(st.sampled_from(OTHER), unique=True), st.integers(5, 70))
    def test_equal_times_title_and_place_have_an_equal_uid(
        self, lines: list[str], other: list[str], width: int
    ) -> None:
        folded = [f"{line[:width]}\r\n {line[width:]}" for line in lines]
        assert uid_of(*folded, *other) == uid_of(*LINES)

    @pytest.mark.parametrize("line", ["SUMMARY:Panel", "DTSTART;TZID=Europe/Paris:20230517T143000", "LOCATION:Annex"])
    def test_another_time_title_or_place_has_another_uid(self, line: str) -> None:
        others = [each for each in LINES if not each.startswith(line[:5])]
        assert uid_of(*others, line) != uid_of(*LINES)

    def test_two_equal_events_are_one(self) -> None:
        without = vevent().replace("UID:e-1\r\n", "")
        imported = read(vcalendar(without, without))
        assert len(imported.events) == 1
        assert codes(imported) == ["uid-derived", "entry-repeated"]

    def test_it_does_not_depend_on_who_parses_the_file(self) -> None:
        data = one("LOCATION:a\\,b").replace(b"UID:e-1\r\n", b"")
        (parsed,) = icalendar.Calendar.from_ical(data, multiple=True)
        (event,) = from_ical(parsed).events
        assert event.uid == read(data).events[0].uid
