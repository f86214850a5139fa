"""Whole days in every output: the same dates everywhere, and never a time."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.samples.invited import ORGANIZER, registration
from tests.samples.mails import LANGUAGES
from tests.samples.whole import text
from tests.samples.wtisd import STAMPED, event, session
from wtisd_model import (
    Dossier,
    Event,
    InvalidValueError,
    ParticipationStatus,
    Session,
    TimeSlot,
    from_ical,
    from_json,
    to_columns,
    to_csv,
    to_ical,
    to_json,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import mail
from wtisd_model.schema.patterns import FIRST_YEAR
from wtisd_model.strategies import slots

AT = datetime(2023, 4, 14, 9, 15, tzinfo=UTC)
LATER = AT + timedelta(days=1)
ZURICH = "Europe/Zurich"

WHOLE = slots().filter(lambda slot: slot.whole_days and slot.first_day.year > FIRST_YEAR)
TIME = re.compile(r"T\d{6}|\d\d?:\d\d|\d.h.\d\d")
"""A time in JSON, in a calendar or for people."""
OWN = {each.strftime(form) for each in (AT, LATER, STAMPED) for form in ("T%H%M%S", "%H:%M")}
"""The times of the moments at which the samples are said to be made."""


def of_days(slot: TimeSlot) -> Event:
    """Return an event of whole days with a session on them, and another session that was moved to them."""
    moved = session("moved", slot=slot, title=text("Moved")).reschedule(slot, at=AT)
    return event(slot=slot, sessions=(session("first", slot=slot), moved), organizer=ORGANIZER, updated=AT)


def outputs(slot: TimeSlot) -> Iterator[tuple[str, str]]:
    """Yield every output about whole days, with its name."""
    whole = of_days(slot)
    yield "json", to_json(whole).decode()
    yield "ical", to_ical(whole).decode()
    yield "utc", to_ical(whole, utc=True).decode()
    yield "csv", b"".join(to_csv(Session, whole.sessions)).decode()
    asked = inv.invite(whole, registration(), stamped=AT)
    other = TimeSlot.days(slot.first_day - timedelta(days=2), slot.last_day - timedelta(days=1), "UTC")
    messages = {
        "request": asked,
        "reply": inv.reply(asked, ParticipationStatus.ACCEPTED, stamped=AT),
        "counter": inv.counter(asked, other, stamped=AT),
        "cancel": inv.cancel(whole, registration(), stamped=AT),
    }
    before = Dossier(event=evolve(whole, slot=other, sessions=()), registrations=(registration(),))
    after = Dossier(event=before.event.revised(at=LATER, slot=slot), registrations=before.registrations)
    (messages["update"],) = inv.updates(before, after, stamped=LATER)
    for name, message in messages.items():
        yield name, message.ics.decode()
        for language in LANGUAGES:
            sent = mail(evolve(message, language=language), sender="Office <office@example.org>", zone="Asia/Tokyo")
            for part in sent.walk():
                if part.get_content_type() in {"text/plain", "text/html"}:
                    yield f"{name} {language} {part.get_content_type()}", part.get_content()


class TestWholeDays:
    """RFC 5545 section 3.3.4: a DATE has no time."""

    @LAW
    @given(WHOLE)
    def test_no_output_has_a_time(self, slot: TimeSlot) -> None:
        for name, written in outputs(slot):
            assert set(TIME.findall(written)) <= OWN, name

    @LAW
    @given(WHOLE)
    def test_the_dates_are_the_same_in_every_output(self, slot: TimeSlot) -> None:
        whole = of_days(slot)
        assert from_json(Event, to_json(whole)) == whole
        (again,) = from_ical(to_ical(whole)).events
        assert (again.slot, [each.slot for each in again.sessions]) == (slot, [slot, slot])
        for entry in icalendar.Calendar.from_ical(to_ical(whole)).walk("VEVENT"):
            assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (slot.first_day, slot.end.naive().date())
        columns = to_columns(Session, whole.sessions)
        written = (slot.first_day.isoformat(), slot.end.naive().date().isoformat())
        assert set(zip(columns["slot.start"], columns["slot.end"], strict=True)) == {written}
        assert set(columns["slot.starts_at"]) == {None}

    def test_the_mail_about_a_move_has_the_days_before(self) -> None:
        whole = of_days(TimeSlot.days("2027-03-04", "2027-03-06", "Africa/Lagos"))
        before = Dossier(event=evolve(whole, sessions=()), registrations=(registration(),))
        moved = before.event.revised(at=LATER, slot=TimeSlot.days("2027-03-11", "2027-03-12", "Africa/Lagos"))
        (message,) = inv.updates(before, evolve(before, event=moved), stamped=LATER, language="en")
        body = mail(message, sender="office@example.org", zone="Asia/Tokyo").get_body(("plain",))
        assert body is not None
        lines = body.get_content().splitlines()
        assert "New time: Thursday, 11 March 2027" in lines
        assert "Previous time: from Thursday, 4 March 2027 to Friday, 5 March 2027" in lines
        assert not any(line.startswith("In your time zone") for line in lines)

    def test_two_entries_differ_if_one_of_them_has_times(self) -> None:
        whole = TimeSlot.days("2027-03-04", "2027-03-05", "Africa/Lagos")
        before = Dossier(event=evolve(of_days(whole), sessions=()), registrations=(registration(),))
        timed = before.event.revised(at=LATER, slot=evolve(whole, whole_days=False))
        (message,) = inv.updates(before, evolve(before, event=timed), stamped=LATER)
        assert b"DTSTART;TZID=Africa/Lagos:20270304T000000" in message.ics


class TestEvents:
    """E05: sessions are inside their event; whole days are so from their beginning to their end."""

    def test_an_event_of_whole_days_has_sessions_with_times_and_of_whole_days(self) -> None:
        two = TimeSlot.days("2023-05-17", "2023-05-19", ZURICH)
        assert event(slot=two, sessions=(session(), session("exhibition", slot=two))).sessions[1].slot == two

    @pytest.mark.parametrize(("start", "end"), [("2023-05-16", "2023-05-18"), ("2023-05-18", "2023-05-20")])
    def test_other_days_are_outside(self, start: str, end: str) -> None:
        outside = session(slot=TimeSlot.days(start, end, ZURICH))
        with pytest.raises(InvalidValueError, match="session-outside-event"):
            event(slot=TimeSlot.days("2023-05-17", "2023-05-19", ZURICH), sessions=(outside,))

    def test_a_session_of_a_whole_day_is_inside_an_event_on_the_afternoon_of_that_day(self) -> None:
        day = TimeSlot.days("2023-05-17", "2023-05-18", ZURICH)
        assert event(sessions=(session(slot=day),)).sessions[0].slot == day
        with pytest.raises(InvalidValueError, match="session-outside-event"):
            event(sessions=(session(slot=day + timedelta(days=1)),))

    def test_they_are_those_of_the_place_if_the_zone_of_a_session_is_another_one(self) -> None:
        day = TimeSlot.days("2023-05-17", "2023-05-18", ZURICH)
        abroad = TimeSlot.days("2023-05-17", "2023-05-18", "Asia/Tokyo")
        with pytest.raises(InvalidValueError, match="session-outside-event"):
            event(slot=day, sessions=(session(slot=abroad),))
