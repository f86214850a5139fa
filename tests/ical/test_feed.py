"""The feed of an event: what the file says of itself, which sessions are in it, what is refused."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import repeat
from typing import Any, cast

import attrs
import icalendar
import pytest

from tests.ical.expected import expected
from tests.ical.readers import READERS, Reader
from tests.ical.refusal import refused
from tests.ical.strict_reader import strictly
from tests.samples.whole import slot, text
from tests.samples.wtisd import GOLDEN, REFRESH, REMINDERS, STAMPED, event, full_event, session
from wtisd_model import (
    Code,
    Event,
    EventStatus,
    ExportError,
    InvalidValueError,
    Location,
    from_ical,
    to_ical,
    to_icalendar,
)
from wtisd_model.programme import files


def lines(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def draft(**changes: object) -> Event:
    return event(status=EventStatus.DRAFT, **changes)


class TestGoldenFile:
    """CONTRACT: "equal input and equal time zone database give equal bytes"."""

    def test_the_sample_event_becomes_the_file_that_is_kept(self) -> None:
        written = to_ical(full_event(), stamped=STAMPED, reminders=REMINDERS, refresh=REFRESH)
        assert written == GOLDEN.read_bytes()

    @pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
    def test_every_reader_finds_what_the_event_says(self, read: Reader) -> None:
        found = read(GOLDEN.read_bytes())
        assert found == expected(full_event(), stamped=STAMPED, reminders=REMINDERS, refresh=REFRESH)

    def test_the_order_in_which_sets_and_reminders_come_changes_no_byte(self) -> None:
        reordered = attrs.evolve(full_event(), keywords=frozenset(sorted(full_event().keywords, reverse=True)))
        written = to_ical(reordered, stamped=STAMPED, reminders=reversed(REMINDERS), refresh=REFRESH)
        assert written == GOLDEN.read_bytes()

    @pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
    def test_the_day_of_2023_is_from_half_past_twelve_to_half_past_two_in_utc(self, read: Reader) -> None:
        (entry,) = read(to_ical(event())).entries
        assert entry.starts_at == datetime(2023, 5, 17, 12, 30, tzinfo=UTC)
        assert entry.ends_at == datetime(2023, 5, 17, 14, 30, tzinfo=UTC)
        assert entry.zone == "Europe/Zurich"


class TestIcalendarObjects:
    """`to_icalendar`: the same content as a calendar of the icalendar package."""

    def test_it_is_what_icalendar_reads_in_the_file(self) -> None:
        calendar = to_icalendar(full_event(), stamped=STAMPED, reminders=REMINDERS, refresh=REFRESH)
        assert calendar == icalendar.Calendar.from_ical(GOLDEN.read_bytes())
        assert calendar.errors == []

    @pytest.mark.parametrize(
        "arguments",
        [
            {"stamped": STAMPED + timedelta(days=1)},
            {"language": "fr"},
            {"reminders": REMINDERS},
            {"refresh": REFRESH},
            {"utc": True},
        ],
        ids=" ".join,
    )
    def test_it_takes_the_arguments_of_to_ical(self, arguments: dict[str, Any]) -> None:
        written = to_ical(full_event(), **arguments)
        assert written != to_ical(full_event())
        assert to_icalendar(full_event(), **arguments) == icalendar.Calendar.from_ical(written)

    def test_it_is_read_as_the_file_is(self) -> None:
        read, written = from_ical(to_icalendar(full_event(), stamped=STAMPED)), from_ical(GOLDEN.read_bytes())
        assert read.events == written.events
        assert {each.code for each in read.findings} == {each.code for each in written.findings} - {"component-dropped"}


class TestCalendar:
    """RFC 5545 section 3.7.2: without METHOD "the calendar components may have been acquired by a snapshot"."""

    def test_it_is_no_message(self) -> None:
        assert "METHOD" not in to_ical(full_event()).decode()

    def test_the_product_has_no_version(self) -> None:
        assert lines(to_ical(event()))[1] == "PRODID:-//wtisd_model//iCalendar//EN"

    def test_it_bears_the_title_of_the_event_twice(self) -> None:
        written = lines(to_ical(event(title=text("Tag, Fest", "de", fr="Fête"))))
        assert written[3:5] == ["NAME;LANGUAGE=de:Tag\\, Fest", "X-WR-CALNAME:Tag\\, Fest"]

    def test_it_says_how_often_to_look_again_only_on_request(self) -> None:
        assert strictly(to_ical(event())).refresh is None
        assert strictly(to_ical(event(), refresh=timedelta(days=1, minutes=1))).refresh == timedelta(days=1, minutes=1)

    @pytest.mark.parametrize("extreme", [timedelta(seconds=1), timedelta(days=366)])
    def test_a_refresh_at_the_bounds_is_written(self, extreme: timedelta) -> None:
        assert strictly(to_ical(event(), refresh=extreme)).refresh == extreme

    @pytest.mark.parametrize("beyond", [timedelta(), timedelta(seconds=-1), timedelta(days=366, seconds=1)])
    def test_a_refresh_beyond_the_bounds_is_refused(self, beyond: timedelta) -> None:
        with pytest.raises(InvalidValueError) as caught:
            to_ical(event(), refresh=beyond)
        assert [(each.code, each.path) for each in caught.value.findings] == [(Code.DURATION_OUT_OF_RANGE, "/refresh")]


class TestZones:
    """RFC 5545 section 3.2.19: a VTIMEZONE "MUST be specified" for each TZID."""

    def test_each_zone_comes_once_and_in_the_order_of_names(self) -> None:
        zones = ["Europe/Zurich", "Europe/London", "Europe/Zurich", "Africa/Lagos", "Europe/London", "UTC"]
        sessions = [
            session(f"s{number}", slot=slot("2023-05-17T14:30:00", "2023-05-17T15:00:00", zone))
            for number, zone in enumerate(zones)
        ]
        busy = event(slot=slot("2023-05-17T00:00:00", "2023-05-18T00:00:00"), sessions=tuple(sessions))
        names = [each for each in lines(to_ical(busy)) if each.startswith("TZID:")]
        assert names == ["TZID:Africa/Lagos", "TZID:Europe/London", "TZID:Europe/Zurich"]

    def test_a_zone_covers_the_earliest_and_the_latest_time_that_names_it(self) -> None:
        # Casablanca has no yearly rule: its changes are written one by one.
        busy = event(
            slot=slot("2023-01-01T00:00:00", "2026-01-01T00:00:00"),
            sessions=(
                session("late", slot=slot("2025-12-30T10:00:00", "2025-12-30T11:00:00", "Africa/Casablanca")),
                session("early", slot=slot("2023-01-02T10:00:00", "2023-01-02T11:00:00", "Africa/Casablanca")),
            ),
        )
        assert strictly(to_ical(busy)) == expected(busy)
        onsets = [
            line.removeprefix("DTSTART:")[:4]
            for line in lines(to_ical(busy)[: to_ical(busy).index(b"END:VTIMEZONE")])
            if line.startswith("DTSTART:")
        ]
        assert {"2023", "2024", "2025"} <= set(onsets)

    def test_in_utc_there_is_none_and_the_zone_is_kept_beside(self) -> None:
        written = to_ical(full_event(), stamped=STAMPED, utc=True)
        assert b"VTIMEZONE" not in written
        assert b"TZID" not in written
        assert strictly(written) == expected(full_event(), stamped=STAMPED)

    def test_an_event_in_utc_needs_none(self) -> None:
        written = to_ical(event(slot=slot("2023-05-17T12:30:00", "2023-05-17T14:30:00", "UTC")))
        assert b"VTIMEZONE" not in written
        assert b"X-WTISD-ZONE" not in written


class TestSessions:
    """CONTRACT: "With sessions, the event's VEVENT is TRANSP:TRANSPARENT; sessions carry RELATED-TO"."""

    def test_drafts_are_left_out(self) -> None:
        assert b"Not announced" not in to_ical(full_event())

    def test_an_event_of_drafts_only_takes_its_own_time(self) -> None:
        alone = event(sessions=(session(status=EventStatus.DRAFT),))
        (entry,) = strictly(to_ical(alone)).entries
        assert not entry.transparent

    @pytest.mark.parametrize("uid", [event().uid, f"a.{event().uid}"])
    def test_two_of_one_uid_are_refused(self, uid: str) -> None:
        with pytest.raises(ExportError) as caught:
            to_ical(event(sessions=(session("a"), session("b", uid=uid), session("c"))))
        assert [(each.code, each.path) for each in caught.value.findings] == [(Code.UID_REPEATED, "/sessions/1/uid")]

    def test_the_id_is_to_blame_where_the_uid_is_made_of_it(self) -> None:
        with pytest.raises(ExportError) as caught:
            to_ical(event(sessions=(session("a", uid=f"b.{event().uid}"), session("b"))))
        assert [(each.code, each.path) for each in caught.value.findings] == [(Code.UID_REPEATED, "/sessions/1/id")]

    def test_a_draft_may_have_the_uid_of_another(self) -> None:
        sessions = (session("a", uid="x"), session("b", uid="x", status=EventStatus.DRAFT))
        assert len(strictly(to_ical(event(sessions=sessions))).entries) == 2


class TestRefusals:
    """What cannot be written is refused by code, before anything is written."""

    def test_a_draft_without_a_slot(self) -> None:
        with refused(Code.EVENT_WITHOUT_SLOT):
            to_ical(draft(slot=None))

    def test_a_draft_with_a_slot(self) -> None:
        with refused(Code.EVENT_WITHOUT_SLOT):
            to_ical(draft())

    def test_a_file_without_a_stamp(self) -> None:
        with refused(Code.STAMP_MISSING):
            to_ical(event(updated=None))

    @pytest.mark.parametrize(
        ("stamped", "code"),
        [
            (datetime(2023, 4, 13, 8, 15), Code.MOMENT_NAIVE),
            (datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), Code.MOMENT_UNREADABLE),
            ("2023-04-13T08:15:00Z", Code.WRONG_TYPE),
        ],
    )
    def test_a_stamp_that_is_no_moment(self, stamped: object, code: Code) -> None:
        with pytest.raises(InvalidValueError) as caught:
            to_ical(event(), stamped=cast("datetime", stamped))
        assert [(each.code, each.path) for each in caught.value.findings] == [(code, "/stamped")]

    @pytest.mark.parametrize("tag", ["FR", "fr_CH", "français", "", "fr\r\nX-FORGED:1", "x" * 10_000_000])
    def test_a_language_that_is_none(self, tag: str) -> None:
        with pytest.raises(InvalidValueError) as caught:
            to_ical(event(), language=tag)
        assert [(each.code, each.path) for each in caught.value.findings] == [(Code.LANGUAGE_UNKNOWN, "/language")]

    def test_what_is_no_event(self) -> None:
        with pytest.raises(TypeError, match="Not an Event"):
            to_ical(cast("Event", session()))

    def test_a_file_of_gigabytes(self) -> None:
        # A megabyte of places, repeated by five thousand sessions.
        place = Location(name=text("x" * 500), room="y" * 500, address="z" * 500, locality="w" * 500, country="CH")
        huge = event(locations=(place,) * 100, sessions=tuple(session(f"s{each}") for each in range(5000)))
        with refused(Code.FEED_TOO_LARGE):
            to_ical(huge)

    def test_a_file_of_one_octet_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        size = len(to_ical(full_event()))
        monkeypatch.setattr(files, "MOST_OCTETS", size)
        assert len(to_ical(full_event())) == size
        monkeypatch.setattr(files, "MOST_OCTETS", size - 1)
        with pytest.raises(ExportError) as caught:
            to_ical(full_event())
        (found,) = caught.value.findings
        assert (found.code, found.params) == (Code.FEED_TOO_LARGE, {"maximum": size - 1})

    def test_endless_reminders(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            to_ical(event(), reminders=repeat(timedelta(minutes=1)))
        assert [each.code for each in caught.value.findings] == [Code.TOO_MANY_ITEMS]


class TestStamp:
    """RFC 5545 section 3.8.7.2: DTSTAMP is when "the instance of the iCalendar object was created"."""

    def test_it_is_when_the_event_was_updated_where_nothing_else_is_said(self) -> None:
        assert strictly(to_ical(full_event())).entries[0].stamped == STAMPED

    def test_an_event_that_was_never_updated_says_nothing_of_it(self) -> None:
        (entry,) = strictly(to_ical(event(updated=None), stamped=STAMPED)).entries
        assert (entry.stamped, entry.created, entry.updated) == (STAMPED, None, None)

    def test_it_is_written_in_utc_and_whole_seconds(self) -> None:
        later = datetime(2023, 4, 13, 10, 15, 30, 999_999, tzinfo=timezone(timedelta(hours=2)))
        written = to_ical(event(), stamped=later)
        assert strictly(written).entries[0].stamped == later.replace(microsecond=0)

    def test_a_slot_of_the_first_and_of_the_last_year_is_written(self) -> None:
        # In UTC these are in 1969 and in 2200.
        first = event(slot=slot("1970-01-01T00:00:00", "1970-01-01T00:30:00"))
        last = event(slot=slot("2199-12-31T23:00:00", "2199-12-31T23:59:59", "Pacific/Honolulu"))
        for each in (first, last):
            for utc in (False, True):
                assert strictly(to_ical(each, utc=utc)) == expected(each)
