"""An invitation to the event names the sessions that its reader chose, and a change of one of them is told."""

from datetime import timedelta
from typing import Any, cast

import icalendar
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.ical.feeds import past_every_check
from tests.samples.small import event, place, registration, session, slot, wait
from tests.samples.whole import days, text
from wtisd_model import (
    Dossier,
    Event,
    EventStatus,
    ExportError,
    LocalizedText,
    Organization,
    ParticipationMode,
    Registration,
    Session,
    TimeSlot,
    VirtualLocation,
    local_time,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import template

OPENING = session("opening", "14:30", "15:00", locations=(place("A"),))
PANEL = session(
    "panel",
    "15:00",
    "16:00",
    locations=(place("B"),),
    virtual_locations=(VirtualLocation(uri="https://meet.example.org/panel"),),
)
WHOLE = event(
    organizer=Organization(name=text("Office"), email="office@example.org"), sessions=(OPENING, PANEL), sequence=1
)
NOW = registration("a").submitted_at
REMOTE = ParticipationMode.REMOTE


def guest(*chosen: str, name: str = "a", **changes: Any) -> Registration:
    return registration(name, session_ids=frozenset(chosen), **changes).approve(at=NOW)


def told(whole: Event, first: Registration, *sharing: Registration) -> list[str]:
    """Return the lines that the calendar shows of the mailbox of one person or several."""
    message = inv.invite(whole, first, stamped=NOW)
    if sharing:
        shared = inv.Invitations(whole)._templates.template(None, first, sharing)
        message = shared.to_message(inv.Reason.INVITED, template.Stamp.of(NOW))
    return str(entry(message.ics).get("DESCRIPTION", "")).split("\n")


def entry(ics: bytes) -> icalendar.cal.Component:
    return cast("icalendar.cal.Component", icalendar.Calendar.from_ical(ics)).walk("VEVENT")[0]


def changed(before: Event, **changes: Any) -> Event:
    return before.revised(at=NOW + timedelta(days=1), **changes)


class TestChosen:
    """docs/how-to/invitations.md, "What a person chose"."""

    def test_it_says_when_and_where(self) -> None:
        assert told(WHOLE, guest("panel", "opening")) == [
            "Your programme (UTC+2, Europe/Zurich)",
            "14:30–15:00 opening, A",
            "15:00–16:00 panel, B",
        ]

    def test_who_chose_nothing_hears_nothing_of_sessions(self) -> None:
        alone = inv.invite(evolve(WHOLE, sessions=()), guest(), stamped=NOW)
        assert inv.invite(WHOLE, guest(), stamped=NOW).ics == alone.ics

    def test_a_remote_guest_has_the_link_and_no_rooms(self) -> None:
        remote = guest("panel", mode=REMOTE)
        assert told(WHOLE, remote)[1:] == [
            "15:00–16:00 panel",
            "Remote participation: https://meet.example.org/panel",
        ]
        read = entry(inv.invite(WHOLE, remote, stamped=NOW).ics)
        assert read["LOCATION"] == "https://meet.example.org/panel"
        (chosen,) = inv.invite(WHOLE, remote, stamped=NOW).texts.sessions
        assert (chosen.where, [address for _, address in chosen.links]) == ((), ["https://meet.example.org/panel"])

    def test_it_says_what_they_wait_for(self) -> None:
        waiting = guest("panel", "opening", waits=(wait("panel"),))
        assert told(WHOLE, waiting)[1:] == ["14:30–15:00 opening, A", "15:00–16:00 panel (on the waitlist)"]
        assert [one.awaited for one in inv.invite(WHOLE, waiting, stamped=NOW).texts.sessions] == [False, True]

    def test_it_says_what_is_not_held_as_planned(self) -> None:
        off = evolve(WHOLE, sessions=(OPENING.cancel(at=NOW), PANEL.postpone(at=NOW)))
        assert told(off, guest("panel", "opening"))[1:] == [
            "Cancelled: 14:30–15:00 opening",
            "Postponed: 15:00–16:00 panel, B",
        ]

    @pytest.mark.parametrize("sessions", [(PANEL,), (OPENING.cancel(at=NOW), PANEL)], ids=["dropped", "cancelled"])
    def test_it_says_that_nothing_is_left(self, sessions: tuple[Session, ...]) -> None:
        over = evolve(WHOLE, sessions=sessions)
        assert told(over, guest("opening"))[1] == "None of the sessions that you chose will take place."
        assert inv.invite(over, guest("opening"), stamped=NOW).texts.nothing_left
        assert not inv.invite(over, guest("panel", "opening"), stamped=NOW).texts.nothing_left

    def test_a_draft_is_not_mentioned_and_may_come(self) -> None:
        planned = evolve(WHOLE, sessions=(evolve(OPENING, status=EventStatus.DRAFT), PANEL))
        nothing = inv.invite(planned, guest(), stamped=NOW)
        assert inv.invite(planned, guest("opening"), stamped=NOW).ics == nothing.ics
        off = evolve(planned, sessions=(planned.sessions[0], PANEL.cancel(at=NOW)))
        assert told(off, guest("opening", "panel")) == [
            "Your programme (UTC+2, Europe/Zurich)",
            "Cancelled: 15:00–16:00 panel",
        ]

    def test_an_event_of_several_days_names_the_day_of_each(self) -> None:
        ends = local_time("2023-05-18T18:00:00", "Europe/Zurich")
        later = evolve(PANEL, slot=slot("09:00", "10:00", day="2023-05-18"))
        again = evolve(later, id="again", slot=slot("10:00", "11:00", day="2023-05-18"))
        longer = event(
            organizer=WHOLE.organizer,
            slot=TimeSlot(start=slot().start, end=ends),
            sessions=(later, OPENING, again),
        )
        assert told(longer, guest("panel", "opening", "again")) == [
            "Your programme",
            "",
            "Wednesday, 17 May 2023 (UTC+2, Europe/Zurich)",
            "14:30–15:00 opening, A",
            "",
            "Thursday, 18 May 2023 (UTC+2, Europe/Zurich)",
            "09:00–10:00 panel, B",
            "10:00–11:00 panel, B",
        ]

    def test_whole_days_have_no_times(self) -> None:
        both, first = days("2023-05-17", "2023-05-19"), days("2023-05-17", "2023-05-18")
        fair, tour = session("fair", slot=both), session("tour", slot=first)
        short = event(organizer=WHOLE.organizer, slot=first, sessions=(tour,))
        assert told(short, guest("tour")) == ["Your programme", "tour, Popov"]
        longer = event(organizer=WHOLE.organizer, slot=both, sessions=(fair, tour))
        assert told(longer, guest("tour", "fair")) == [
            "Your programme",
            "",
            "Wednesday, 17 May 2023",
            "from Wednesday, 17 May 2023 to Thursday, 18 May 2023: fair, Popov",
            "tour, Popov",
        ]

    def test_a_room_in_another_building_has_its_address(self) -> None:
        there = place("Salon", name=text("Hotel"), address="Quai 1", locality="Geneva", country="CH")
        away = evolve(WHOLE, sessions=(evolve(OPENING, locations=(there,)), PANEL))
        assert told(away, guest("opening"))[1] == "14:30–15:00 opening, Hotel, Salon, Quai 1, Geneva, Switzerland"

    def test_a_building_that_the_event_names_is_not_repeated(self) -> None:
        whole = evolve(WHOLE, locations=(place(None),), sessions=(session("tour"),))
        assert told(whole, guest("tour"))[1:] == ["14:30–15:00 tour"]

    def test_the_language_is_stated_if_all_is_in_one(self) -> None:
        mixed = evolve(WHOLE, sessions=(OPENING, evolve(PANEL, title=text("Table ronde", "fr"))))
        stated = b"DESCRIPTION;LANGUAGE=en:"
        assert stated in inv.invite(mixed, guest("opening"), stamped=NOW).ics
        assert stated not in inv.invite(mixed, guest("opening", "panel"), stamped=NOW).ics

    def test_no_title_forges_a_line(self) -> None:
        forged = past_every_check(OPENING, "title", past_every_check(OPENING.title, "text", "a\r\nATTENDEE:x"))
        whole = past_every_check(WHOLE, "sessions", (forged,))
        with pytest.raises(ExportError, match="text-control"):
            inv.invite(whole, guest("opening"), stamped=NOW)

    def test_a_cancellation_names_none(self) -> None:
        off = inv.cancel(WHOLE, guest("opening"), stamped=NOW)
        assert b"opening" not in off.ics
        assert off.texts.sessions == ()


class TestShared:
    """People who share a mailbox have one entry in their calendar."""

    def test_it_names_the_sessions_of_all_and_who_chose_each(self) -> None:
        people = (
            guest("opening"),
            guest("opening", "panel", name="b", waits=(wait("opening"),)),
            guest("panel", name="c", mode=REMOTE),
            guest(name="d"),
        )
        assert told(WHOLE, *people)[1:] == [
            "14:30–15:00 opening, A (Participant a)",
            "14:30–15:00 opening (Participant b, on the waitlist)",
            "15:00–16:00 panel, B (Participant b, Participant c)",
            "Remote participation: https://meet.example.org/panel",
        ]
        templates = inv.Invitations(WHOLE)._templates
        both = [templates.template(None, people[0], people[1:]) for _ in range(2)]
        assert both[0].visible == both[1].visible
        assert both[0].visible != templates.template(None, people[0]).visible

    def test_nobody_of_them_chose_any(self) -> None:
        templates = inv.Invitations(WHOLE)._templates
        together = templates.template(None, guest(), [guest(name="b")])
        assert together.texts == templates.template(None, guest()).texts


class TestUpdates:
    """RFC 5546 section 3.2.2.2: "the UID and SEQUENCE are the same, the DTSTAMP is newer"."""

    @pytest.mark.parametrize(
        "sessions",
        [
            (evolve(OPENING, slot=slot("14:40", "15:00")), PANEL),
            (evolve(OPENING, locations=(place("C"),)), PANEL),
            (OPENING.cancel(at=NOW), PANEL),
            (evolve(OPENING, title=text("Welcome")), PANEL),
            (PANEL,),
        ],
        ids=["moved", "other room", "cancelled", "retitled", "dropped"],
    )
    def test_who_chose_it_is_told_in_place_and_nobody_else(self, sessions: tuple[Session, ...]) -> None:
        people = (guest("opening"), guest("panel", name="b"), guest(name="c"))
        before = Dossier(event=WHOLE, registrations=people)
        after = evolve(before, event=changed(WHOLE, sessions=sessions))
        (message,) = inv.updates(before, after, stamped=NOW + timedelta(days=2))
        old, new = (entry(one) for one in (inv.invite(WHOLE, people[0], stamped=NOW).ics, message.ics))
        assert (new["UID"], new["SEQUENCE"]) == (old["UID"], old["SEQUENCE"])
        assert new.decoded("DTSTAMP") > old.decoded("DTSTAMP")
        assert new["DESCRIPTION"] != old["DESCRIPTION"]
        assert (
            message.ics.partition(b"DTSTAMP")[2][20:]
            == (inv.invite(after.event, people[0], stamped=NOW).ics.partition(b"DTSTAMP")[2][20:])
        )

    def test_a_link_or_what_is_awaited_is_seen_as_well(self) -> None:
        linked = evolve(PANEL, virtual_locations=(VirtualLocation(uri="https://meet.example.org/2"),))
        remote = guest("panel", mode=REMOTE)
        before = Dossier(event=WHOLE, registrations=(remote, guest("panel", name="b", waits=(wait("panel"),))))
        found = evolve(before.registrations[1], waits=(wait("panel", until=5),))
        after = Dossier(event=changed(WHOLE, sessions=(OPENING, linked)), registrations=(remote, found))
        assert len([*inv.updates(before, after, stamped=NOW + timedelta(days=2))]) == 2

    def test_another_order_of_the_same_sessions_is_no_change(self) -> None:
        people = (guest("opening", "panel"),)
        before = Dossier(event=WHOLE, registrations=people)
        after = evolve(before, event=changed(WHOLE, sessions=(PANEL, OPENING)))
        assert [*inv.updates(before, after, stamped=NOW + timedelta(days=2))] == []


class TestFolding:
    """RFC 5545 section 3.1: "Lines of text SHOULD NOT be longer than 75 octets", and no character is split."""

    @given(st.lists(st.text(st.sampled_from("aÉ国😀\\;,é "), min_size=1, max_size=120), min_size=1, max_size=4))
    def test_no_line_is_too_long_and_no_character_is_parted(self, titles: list[str]) -> None:
        sessions = tuple(
            evolve(OPENING, id=f"s{number}", title=LocalizedText(text=f"x{title}x", language="en"))
            for number, title in enumerate(titles)
        )
        whole = evolve(WHOLE, sessions=sessions)
        ics = inv.invite(whole, guest(*(each.id for each in sessions)), stamped=NOW).ics
        for line in ics.removesuffix(b"\r\n").split(b"\r\n"):
            assert len(line) <= 75
            line.decode()
        unfolded = ics.decode().replace("\r\n ", "")
        (said,) = [line for line in unfolded.split("\r\n") if line.startswith("DESCRIPTION")]
        for title in titles:
            escaped = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
            assert f"\\n14:30–15:00 x{escaped}x\\, A" in said
