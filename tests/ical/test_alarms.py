"""Reminders: how many, how long before, and what they show."""

from datetime import timedelta
from typing import cast

import attrs
import pendulum
import pytest

from tests.ical.records import Alarm, Said
from tests.ical.strict_reader import strictly
from tests.samples.whole import text
from tests.samples.wtisd import event, full_event
from wtisd_model import Code, EventStatus, InvalidValueError, to_ical
from wtisd_model.ical.calendar import MOST_REMINDERS, alarms, require_reminders

YEAR = timedelta(days=366)
MINUTE = timedelta(minutes=1)


def refusal(reminders: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValueError) as caught:
        require_reminders(cast("list[timedelta]", reminders))
    return [(each.code, each.path) for each in caught.value.findings]


class TestReminders:
    """RFC 5545 section 3.8.6.3: a trigger with a negative duration is that long before the start."""

    def test_an_alarm_has_the_three_lines_that_it_needs(self) -> None:
        assert (
            alarms([15 * MINUTE], ("a, b", "fr"))
            == b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION;LANGUAGE=fr:a\\, b\r\nEND:VALARM\r\n"
        )

    def test_none_is_written_unless_it_is_asked_for(self) -> None:
        assert b"VALARM" not in to_ical(full_event())

    def test_the_longest_comes_first_whatever_the_order(self) -> None:
        assert require_reminders([MINUTE, YEAR, timedelta()]) == (YEAR, MINUTE, timedelta())

    def test_a_reminder_at_the_start_is_allowed(self) -> None:
        (entry,) = strictly(to_ical(event(), reminders=[timedelta()])).entries
        assert [each.before for each in entry.alarms] == [timedelta()]

    def test_it_shows_the_title_in_the_language_of_the_reader(self) -> None:
        bilingual = event(title=text("Tag", "de", fr="Jour"))
        (entry,) = strictly(to_ical(bilingual, reminders=[MINUTE], language="fr")).entries
        assert entry.alarms == (Alarm(before=MINUTE, text=Said(text="Jour", language="fr")),)

    @pytest.mark.parametrize("status", ["postponed", "cancelled"])
    def test_what_does_not_take_place_has_none(self, status: str) -> None:
        off = getattr(event(), {"postponed": "postpone", "cancelled": "cancel"}[status])(at=event().updated)
        assert off.status is EventStatus(status)
        assert b"VALARM" not in to_ical(off, reminders=[MINUTE])

    def test_sessions_that_take_place_have_their_own(self) -> None:
        entries = strictly(to_ical(full_event(), reminders=[MINUTE])).entries
        assert [(each.status, len(each.alarms)) for each in entries] == [
            ("CONFIRMED", 1),
            ("CONFIRMED", 1),
            ("CONFIRMED", 1),
            ("TENTATIVE", 0),
            ("CANCELLED", 0),
        ]

    def test_ten_are_enough(self) -> None:
        most = [each * MINUTE for each in range(MOST_REMINDERS)]
        assert len(require_reminders(most)) == MOST_REMINDERS
        assert refusal([*most, YEAR]) == [(Code.TOO_MANY_ITEMS, "/reminders")]

    def test_one_is_not_given_twice(self) -> None:
        assert refusal([MINUTE, YEAR, timedelta(seconds=60)]) == [(Code.ITEM_REPEATED, "/reminders/2")]

    @pytest.mark.parametrize(
        ("length", "code"),
        [
            (-timedelta(seconds=1), Code.DURATION_OUT_OF_RANGE),
            (YEAR + timedelta(seconds=1), Code.DURATION_OUT_OF_RANGE),
            (timedelta.max, Code.DURATION_OUT_OF_RANGE),
            (timedelta(microseconds=1), Code.DURATION_NOT_WHOLE),
            (15, Code.WRONG_TYPE),
            ("PT15M", Code.WRONG_TYPE),
        ],
    )
    def test_what_is_no_length_of_time_before_the_start_is_refused(self, length: object, code: Code) -> None:
        assert refusal([MINUTE, length]) == [(code, "/reminders/1")]


class TestLengths:
    """pendulum's durations are timedeltas, whose arithmetic differs."""

    def test_a_duration_of_pendulum_is_as_good(self) -> None:
        assert require_reminders([pendulum.duration(hours=1), timedelta(minutes=15)]) == (60 * MINUTE, 15 * MINUTE)
        assert require_reminders([pendulum.duration(weeks=1)]) == (timedelta(days=7),)
        assert attrs.astuple(strictly(to_ical(event(), refresh=pendulum.duration(hours=1)))) == attrs.astuple(
            strictly(to_ical(event(), refresh=timedelta(hours=1)))
        )
