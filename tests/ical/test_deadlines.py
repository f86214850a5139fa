"""The deadlines of calls in a feed, on request."""

import datetime as dt
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from attrs import evolve

from tests.ical.evaluator import decoded_text
from tests.ical.strict_reader import Component, parsed
from tests.samples.wtisd import session
from wtisd_model import (
    Call,
    CallKind,
    Code,
    Deadline,
    Event,
    InvalidValueError,
    from_ical,
    to_ical,
    to_icalendar,
    wtisd_23,
)

STAMPED = datetime(2023, 4, 12, 9, 0, tzinfo=UTC)
LETTER = wtisd_23()
Form = Literal["entry", "task"]


def written(whole: Event, form: Form | None, language: str | None = "en") -> list[Component]:
    """Read the components after the event itself."""
    calendar = parsed(to_ical(whole, stamped=STAMPED, language=language, deadlines=form))
    return [each for each in calendar.inside if each.name in {"VEVENT", "VTODO"}][1 + len(whole.sessions) :]


def with_deadline(day: dt.date, opens: datetime | None = None, zone: str = "Europe/Zurich") -> Event:
    call = Call(
        kind=CallKind.REGISTRATION,
        url="https://example.org/register",
        opens=opens,
        deadline=Deadline(date=day, time_zone=zone),
    )
    return evolve(LETTER, calls=(call,))


class TestDeadlines:
    """RFC 5545 section 3.6.2: a to-do is due at DUE."""

    def test_none_is_written_without_being_asked_for(self) -> None:
        assert written(LETTER, None) == []

    def test_a_task_is_due_at_the_end_of_the_last_day(self) -> None:
        (task,) = written(LETTER, "task")
        assert task.name == "VTODO"
        assert task.one("DUE").value == "20230420T215959Z"
        assert task.one("STATUS").value == "NEEDS-ACTION"
        assert task.maybe("DTSTART") is None
        assert decoded_text(task.one("RELATED-TO").value) == LETTER.uid
        assert decoded_text(task.one("SUMMARY").value) == (
            f"Last day: Requests for interpretation ({LETTER.title.in_language('en')[0]})"
        )
        assert decoded_text(task.one("DESCRIPTION").value) == (
            "Requests for interpretation: strategy@itu.int (last day: Thursday, 20 April 2023)"
        )

    def test_an_entry_is_the_last_day_and_takes_no_time(self) -> None:
        (entry,) = written(LETTER, "entry")
        assert entry.name == "VEVENT"
        assert [entry.one(name).value for name in ("DTSTART", "DTEND")] == ["20230420", "20230421"]
        assert entry.one("TRANSP").value == "TRANSPARENT"
        assert entry.one("STATUS").value == "CONFIRMED"
        assert decoded_text(entry.one("SUMMARY").value).startswith("Last day: ")

    def test_a_task_begins_when_the_call_opens(self) -> None:
        opens = datetime(2023, 4, 1, 6, 0, tzinfo=UTC)
        (task,) = written(with_deadline(dt.date(2023, 4, 20), opens), "task")
        assert task.one("DTSTART").value == "20230401T060000Z"
        assert task.one("URL").value == "https://example.org/register"
        last_second = datetime(2023, 4, 20, 21, 59, 59, 500_000, tzinfo=UTC)
        (task,) = written(with_deadline(dt.date(2023, 4, 20), last_second), "task")
        assert task.maybe("DTSTART") is None

    @pytest.mark.parametrize(
        ("day", "zone", "due", "days"),
        [
            (dt.date(2199, 12, 31), "America/New_York", "22000101T045959Z", ["21991231", "22000101"]),
            (dt.date(1970, 1, 1), "Asia/Tokyo", "19700101T145959Z", ["19700101", "19700102"]),
            # Samoa had no 30 December 2011, so that it ended with the day before.
            (dt.date(2011, 12, 30), "Pacific/Apia", "20111230T095959Z", ["20111230", "20111231"]),
        ],
    )
    def test_every_accepted_day_is_written(self, day: dt.date, zone: str, due: str, days: list[str]) -> None:
        (task,) = written(with_deadline(day, zone=zone), "task")
        assert task.one("DUE").value == due
        (entry,) = written(with_deadline(day, zone=zone), "entry")
        assert [entry.one(name).value for name in ("DTSTART", "DTEND")] == days

    @pytest.mark.parametrize("form", ["entry", "task"])
    def test_a_deadline_that_moves_is_the_same_one_later(self, form: Form) -> None:
        before, after = with_deadline(dt.date(2023, 4, 20)), with_deadline(dt.date(2023, 4, 27))
        (old,), (new,) = written(before, form), written(after, form)
        assert old.one("UID").value == new.one("UID").value
        moment = "DUE" if form == "task" else "DTSTART"
        assert old.one(moment).value < new.one(moment).value
        assert written(evolve(before, calls=()), form) == []

    @pytest.mark.parametrize("form", ["entry", "task"])
    def test_each_call_has_a_uid_of_its_own(self, form: Form) -> None:
        deadline = Deadline(date=dt.date(2023, 4, 20), time_zone="Europe/Zurich")
        calls = tuple(Call(kind=each, address_unknown=True, deadline=deadline) for each in CallKind)
        found = written(evolve(LETTER, calls=calls, sessions=(session(),)), form)
        assert len({each.one("UID").value for each in found}) == len(CallKind)

    @pytest.mark.parametrize("form", ["entry", "task"])
    def test_it_is_cancelled_with_its_event(self, form: Form) -> None:
        (found,) = written(LETTER.cancel(at=STAMPED + timedelta(days=1)), form)
        assert found.one("STATUS").value == "CANCELLED"

    @pytest.mark.parametrize(
        ("language", "title"),
        [("ar", "آخر يوم: "), ("es", "Último día: "), ("fr", "Dernier jour\u00a0: "), ("ru", "Последний день: ")],
    )
    def test_it_is_in_the_language_of_the_reader(self, language: str, title: str) -> None:
        (found,) = written(LETTER, "entry", language)
        assert decoded_text(found.one("SUMMARY").value).startswith(title)

    @pytest.mark.parametrize("form", ["entry", "task"])
    def test_it_is_no_event_when_the_file_is_read_again(self, form: Form) -> None:
        imported = from_ical(to_ical(LETTER, stamped=STAMPED, deadlines=form))
        (again,) = imported.events
        assert (again.uid, again.sessions) == (LETTER.uid, ())
        assert "component-dropped" in {str(each.code) for each in imported.findings}

    def test_without_a_page_of_the_call_it_has_that_of_the_event_if_there_is_one(self) -> None:
        assert [each.one("URL").value for each in written(LETTER, "task")] == [LETTER.url]
        assert [each.maybe("URL") for each in written(evolve(LETTER, url=None), "task")] == [None]

    def test_icalendar_reads_the_task(self) -> None:
        (task,) = to_icalendar(LETTER, stamped=STAMPED, deadlines="task").walk("VTODO")
        due: Any = task["DUE"]
        assert due.dt == datetime(2023, 4, 20, 21, 59, 59, tzinfo=UTC)

    def test_another_form_is_refused(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            to_ical(LETTER, stamped=STAMPED, deadlines="alarm")  # type: ignore[arg-type]  # refused
        assert [(each.code, each.path) for each in caught.value.findings] == [(Code.VALUE_UNKNOWN, "/deadlines")]
