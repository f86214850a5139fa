"""What test collections of other programs hold, in samples of our own: what is read, and why the rest is refused."""

from zoneinfo import ZoneInfo

import pytest

from tests.ical.calendars import one, vcalendar, vevent
from wtisd_model import MessageError, TimeSlot, from_ical

TIME = "20230517T143000"
DOMINO = "\r\n".join(
    [
        *("BEGIN:VTIMEZONE", "TZID:Eastern"),
        *("BEGIN:STANDARD", "DTSTART:19501029T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500"),
        *("RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;BYMONTH=10", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:19500402T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400"),
        *("RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=1SU;BYMONTH=4", "END:DAYLIGHT", "END:VTIMEZONE"),
    ]
)
READ = {
    "zones of Domino": vcalendar(DOMINO, vevent(when=(f"DTSTART;TZID=Eastern:{TIME}", "DURATION:PT1H"))),
    "an end without the zone of its start": one(when=(f"DTSTART;TZID=US/Eastern:{TIME}", "DTEND:20230517T153000")),
    "a day with a zone": one(when=("DTSTART;TZID=America/Denver;VALUE=DATE:20230517",)),
    "no uid": vcalendar(vevent().replace("UID:e-1\r\n", "")),
    "an empty uid": one(uid=""),
    "a uid with spaces": one(uid=" series 1"),
    "METHOD:ADD": vcalendar("METHOD:ADD", vevent()),
    "a space before a time": one(when=(f"DTSTART: {TIME}Z", "DURATION:PT1H")),
    "a slash before a zone": one(when=(f"DTSTART;TZID=/America/New_York:{TIME}", "DURATION:PT1H")),
    "a series": one("RRULE:FREQ=DAILY"),
    "no end": one(when=(f"DTSTART:{TIME}Z",)),
}
READ_WITH_A_ZONE = {
    "a whole day": one(when=("DTSTART;VALUE=DATE:20230517",)),
    "a whole day that ends when it starts": one(when=("DTSTART;VALUE=DATE:20230517", "DTEND;VALUE=DATE:20230517")),
    "a time without a zone": one(when=(f"DTSTART:{TIME}", "DURATION:PT1H")),
}
REFUSED = {
    "a template": ("property-unreadable", one(when=("DTSTART;TZID=US/Eastern:%(now)s0102T140000", "DURATION:PT1H"))),
    "a time with something behind it": ("property-unreadable", one(when=(f"DTSTART:{TIME}T", "DURATION:PT1H"))),
    "a date that is called a time": ("property-unreadable", one(when=(f"DTSTART;VALUE=DATE:{TIME}Z",))),
    "an end that is a word": ("property-unreadable", one(when=(f"DTSTART:{TIME}Z", "DTEND:None"))),
    "a name that is no zone": ("zone-unknown", one(when=(f"DTSTART;TZID=US-Mountain:{TIME}", "DURATION:PT1H"))),
    "an end before the start": ("slot-ends-before-start", one(when=(f"DTSTART:{TIME}Z", "DTEND:20230517T142959Z"))),
    "a year before 1970": ("year-out-of-range", one(when=("DTSTART:19650423T000000Z",))),
    "a METHOD of its own": ("method-unknown", vcalendar("METHOD:CREATE", vevent())),
    "several messages in one file": (
        "calendars-disagree",
        vcalendar("METHOD:REQUEST", vevent()) + vcalendar("METHOD:CANCEL", vevent()),
    ),
    "another encoding": ("not-utf8", one().replace(b"Forum", b"\xe4\xf6\xfc")),
    "an END that is misspelled": ("component-unbalanced", one().replace(b"END:VEVENT", b"END:VEVNET")),
    "no start": ("property-missing", one(when=())),
    "only tasks": ("event-missing", vcalendar("BEGIN:VTODO", "UID:1", "END:VTODO")),
}


class TestPublicCalendars:
    """docs/how-to/import.md counts them."""

    @pytest.mark.parametrize("data", READ.values(), ids=READ)
    def test_a_calendar_that_does_not_follow_the_standard_is_read(self, data: bytes) -> None:
        assert from_ical(data).ok

    @pytest.mark.parametrize("data", READ_WITH_A_ZONE.values(), ids=READ_WITH_A_ZONE)
    def test_a_calendar_without_a_zone_is_read_if_one_is_given(self, data: bytes) -> None:
        with pytest.raises(MessageError) as caught:
            from_ical(data)
        assert [each.code for each in caught.value.findings] == ["time-floating"]
        assert "--zone" in caught.value.findings[0].fix
        assert from_ical(data, zone="Europe/Zurich").ok
        assert from_ical(data, zone=ZoneInfo("Europe/Zurich")) == from_ical(data, zone="Europe/Zurich")

    @pytest.mark.parametrize("name", ["Customized Time Zone", "(GMT+01.00) Berlin", "US-Mountain"])
    def test_of_a_name_that_says_nothing_the_given_zone_is_meant(self, name: str) -> None:
        """Office 365 and others write them, without a VTIMEZONE."""
        when = f'DTSTART;TZID="{name}":20230517T143000', f'DTEND;TZID="{name}":20230517T160000'
        imported = from_ical(one("RRULE:FREQ=DAILY;COUNT=2", when=when), zone="America/Denver")
        assert imported.events[0].slot == TimeSlot.at("2023-05-17T14:30", "16:00", "America/Denver")
        said = [(each.code, each.params) for each in imported.findings if each.code == "value-dropped"]
        assert said == [("value-dropped", {"reason": "zone-unknown"})]  # once in a calendar

    @pytest.mark.parametrize(("code", "data"), REFUSED.values(), ids=REFUSED)
    def test_a_calendar_that_cannot_be_understood_is_refused_with_the_reason(self, code: str, data: bytes) -> None:
        with pytest.raises(MessageError) as caught:
            from_ical(data, zone=None if code == "zone-unknown" else "Europe/Zurich")
        assert [each.code for each in caught.value.findings] == [code]
