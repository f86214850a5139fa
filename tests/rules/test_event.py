"""Deadlines, seats and uids of an event."""

from typing import Any

import pytest
from attrs import evolve

from tests.samples.small import (
    NOW,
    call,
    deadline,
    dossier,
    event,
    hours,
    place,
    registration,
    request,
    session,
    slot,
    stretch,
)
from wtisd_model import (
    CallKind,
    Code,
    EventStatus,
    Finding,
    InterpretationRequest,
    InterpretationService,
    LocalizedText,
    Location,
    ParticipationMode,
    Registration,
    Severity,
    TimeSlot,
    VirtualLocation,
)
from wtisd_model.rules.event import (
    addresses_can_exist,
    announced_places_can_be_found,
    capacity_fits_rooms,
    deadlines_leave_time,
    people_fit_rooms,
    uids_are_unique,
)

INTERPRETATION, REGISTRATION = CallKind.INTERPRETATION, CallKind.REGISTRATION


def deadlines(
    kind: CallKind,
    day: str,
    *requests: InterpretationRequest,
    zone: str = "Europe/Zurich",
    languages: tuple[str, ...] = (),
    **changes: Any,
) -> list[Finding]:
    judged = event(calls=(call(kind, deadline=deadline(day, zone), languages=languages),), **changes)
    return list(deadlines_leave_time(dossier(of=judged, requests=requests), NOW))


class TestDeadlines:
    """T06: "interpretation deadline closes before the event starts, registration deadline before it ends"."""

    @pytest.mark.parametrize(
        ("kind", "day", "code"),
        [
            (INTERPRETATION, "2023-05-17", Code.DEADLINE_AFTER_EVENT),
            (INTERPRETATION, "2023-05-16", Code.LEAD_TIME_SHORT),
            (REGISTRATION, "2023-05-18", Code.DEADLINE_AFTER_EVENT),
            # The day is included, so it passes at midnight, and the event is over at half past four.
            (REGISTRATION, "2023-05-17", Code.DEADLINE_ON_LAST_DAY),
            (REGISTRATION, "2023-05-16", Code.LEAD_TIME_SHORT),
        ],
    )
    def test_a_call_closes_while_there_is_time_to_act_on_the_answers(
        self, kind: CallKind, day: str, code: Code
    ) -> None:
        assert [(each.code, each.path) for each in deadlines(kind, day)] == [(code, "/event/calls/0/deadline")]

    def test_a_deadline_that_passes_as_the_event_starts_or_ends_is_in_time(self) -> None:
        starting, ending = slot("00:00", "12:00"), slot("00:00", "23:00", day="2023-05-16")
        assert [each.code for each in deadlines(INTERPRETATION, "2023-05-16", slot=starting)] == [Code.LEAD_TIME_SHORT]
        found = deadlines(REGISTRATION, "2023-05-16", zone="Asia/Tokyo", slot=ending)
        assert [each.code for each in found] == [Code.LEAD_TIME_SHORT]

    def test_registration_on_the_last_day_is_usual_and_a_warning(self) -> None:
        week = TimeSlot(start=slot().start, end=slot(day="2023-05-20").end)
        (found,) = deadlines(REGISTRATION, "2023-05-20", slot=week)
        assert (found.code, found.severity) == (Code.DEADLINE_ON_LAST_DAY, Severity.WARNING)
        until_midnight = TimeSlot(start=slot().start, end=stretch("2023-05-17T20:00", "2023-05-18T00:00").end)
        assert [each.code for each in deadlines(REGISTRATION, "2023-05-17", slot=until_midnight)] == [
            Code.LEAD_TIME_SHORT
        ]
        assert [each.code for each in deadlines(REGISTRATION, "2023-05-18", slot=until_midnight)] == [
            Code.DEADLINE_AFTER_EVENT
        ]

    def test_the_last_day_is_that_of_the_clocks_of_the_deadline(self) -> None:
        # The event ends at 16:30 in Geneva, which is 23:30 of that day in Tokyo and 04:30 in Honolulu.
        for zone in ("Asia/Tokyo", "Pacific/Honolulu"):
            found = deadlines(REGISTRATION, "2023-05-17", zone=zone)
            assert [each.code for each in found] == [Code.DEADLINE_ON_LAST_DAY]

    def test_deadline_and_event_are_compared_as_moments(self) -> None:
        # The 16th ends in Honolulu at ten in the morning of the 17th in UTC, and in Geneva the event has begun.
        morning = slot("11:00", "13:00")
        found = deadlines(INTERPRETATION, "2023-05-16", zone="Pacific/Honolulu", slot=morning)
        assert [each.code for each in found] == [Code.DEADLINE_AFTER_EVENT]

    def test_a_call_for_pledges_may_outlive_the_event(self) -> None:
        assert not deadlines(CallKind.PLEDGE, "2024-01-31")

    def test_a_draft_without_a_date_and_a_call_without_a_deadline_are_not_judged(self) -> None:
        assert not deadlines(INTERPRETATION, "2023-05-17", slot=None, status=EventStatus.DRAFT)
        assert not list(deadlines_leave_time(dossier(of=event(calls=(call(INTERPRETATION),))), NOW))

    def test_the_finding_is_at_the_call(self) -> None:
        judged = event(calls=(call(CallKind.PLEDGE), call(INTERPRETATION, deadline=deadline("2023-06-01"))))
        assert [each.path for each in deadlines_leave_time(dossier(of=judged), NOW)] == ["/event/calls/1/deadline"]


class TestLeadTimes:
    """T07: "lead time under the norm (42 days spoken, 66 sign/captions, 31 visa)": a warning, as WTISD-23 shows."""

    def test_the_letter_of_wtisd_23_left_27_days(self) -> None:
        (found,) = deadlines(INTERPRETATION, "2023-04-20")
        assert (found.code, found.severity) == (Code.LEAD_TIME_SHORT, Severity.WARNING)
        assert found.params == {"days": 27, "norm": 42}
        assert found.message == "Only 27 days from the deadline to the event; 42 are usual."

    @pytest.mark.parametrize(
        ("kind", "last_good", "first_bad", "norm"),
        [(INTERPRETATION, "2023-04-05", "2023-04-06", 42), (REGISTRATION, "2023-04-16", "2023-04-17", 31)],
    )
    def test_as_many_days_as_usual_are_enough(self, kind: CallKind, last_good: str, first_bad: str, norm: int) -> None:
        assert not deadlines(kind, last_good)
        assert [each.params for each in deadlines(kind, first_bad)] == [{"days": norm - 1, "norm": norm}]

    def test_a_call_for_a_signed_language_needs_more_days(self) -> None:
        assert not deadlines(INTERPRETATION, "2023-03-12", languages=("fr", "ase"))
        found = deadlines(INTERPRETATION, "2023-03-13", languages=("fr", "ase"))
        assert [each.params["norm"] for each in found] == [66]

    @pytest.mark.parametrize(
        ("service", "language"), [(InterpretationService.CAPTIONS, "en"), (InterpretationService.SIGN, "ase")]
    )
    def test_a_request_for_signs_or_captions_needs_more_days_too(
        self, service: InterpretationService, language: str
    ) -> None:
        asked = request("i-1", service=service, target_languages=frozenset({language}))
        assert [each.params["norm"] for each in deadlines(INTERPRETATION, "2023-04-01", asked)] == [66]
        assert not deadlines(INTERPRETATION, "2023-04-01", asked.withdraw(at=hours(1)))
        assert not deadlines(INTERPRETATION, "2023-04-01", asked.decline(at=hours(1), note="No captioner."))
        assert not deadlines(INTERPRETATION, "2023-04-01", request("i-1"))

    def test_remote_participants_need_no_visa(self) -> None:
        assert not deadlines(REGISTRATION, "2023-05-10", locations=())

    def test_they_need_one_for_a_venue_that_is_announced_later(self) -> None:
        waits: dict[str, Any] = {"locations": (), "venue_to_follow": True}
        assert [each.params["norm"] for each in deadlines(REGISTRATION, "2023-05-10", **waits)] == [31]

    def test_a_deadline_during_the_event_leaves_no_day(self) -> None:
        week = TimeSlot(start=slot().start, end=slot(day="2023-05-20").end)
        assert [each.params["days"] for each in deadlines(REGISTRATION, "2023-05-18", slot=week)] == [0]


class TestPeople:
    """E06: those who come fit into the room, where no number of seats says so."""

    @staticmethod
    def found(*crowd: Registration, **changes: Any) -> list[tuple[str, str, dict[str, Any]]]:
        small = session("w", locations=(place("Small", capacity=2),))
        made = event(**{"locations": (place(capacity=9),), "sessions": (session("k"), small), **changes})
        found = people_fit_rooms(dossier(*crowd, of=made), NOW)
        return [(each.code, each.path, dict(each.params)) for each in found]

    CROWD = tuple(registration(f"r{number}", session_ids=frozenset({"w"})) for number in range(10))

    def test_more_people_than_the_rooms_hold_have_a_warning(self) -> None:
        assert Code.ROOM_TOO_SMALL.severity is Severity.WARNING
        assert self.found(*self.CROWD) == [
            (Code.ROOM_TOO_SMALL, "/event/locations", {"taken": 10, "maximum": 9}),
            (Code.ROOM_TOO_SMALL, "/event/sessions/1", {"taken": 10, "maximum": 2}),
        ]
        assert self.found(*self.CROWD[:3]) == [(Code.ROOM_TOO_SMALL, "/event/sessions/1", {"taken": 3, "maximum": 2})]
        assert not self.found(*self.CROWD[:2])

    def test_only_those_who_come_count(self) -> None:
        one, *others = self.CROWD[:3]
        for away in (
            evolve(one, mode=ParticipationMode.REMOTE),
            evolve(one, event_uid="e-2"),
            evolve(one, session_ids=frozenset({"k"})),
            one.waitlist(at=hours(1)),
        ):
            assert not self.found(away, *others)

    def test_a_number_of_seats_or_an_unknown_room_says_nothing_about_the_room(self) -> None:
        for room, seats in (((place("Small", capacity=2),), 2), ((place("Small"),), None)):
            small = session("w", locations=room, on_site_capacity=seats)
            assert not self.found(*self.CROWD[:9], sessions=(small,))

    def test_nobody_needs_room_where_nothing_takes_place(self) -> None:
        small = session("w", locations=(place("Small", capacity=2),)).cancel(at=hours(1))
        assert not self.found(*self.CROWD[:9], sessions=(small,))
        cancelled = event(locations=(place(capacity=1),)).cancel(at=hours(1))
        assert not list(people_fit_rooms(dossier(*self.CROWD, of=cancelled), NOW))


class TestCapacity:
    """E06: "on-site capacity fits the room"."""

    @staticmethod
    def found(seats: int | None, *capacities: int | None) -> list[Finding]:
        places = tuple(place(f"Room {index}", capacity=each) for index, each in enumerate(capacities))
        calls = (call(CallKind.PLEDGE), call(on_site_capacity=seats))
        return list(capacity_fits_rooms(dossier(of=event(calls=calls, locations=places)), NOW))

    def test_more_seats_than_the_rooms_hold_have_a_warning(self) -> None:
        (found,) = self.found(101, 60, 40)
        assert (found.code, found.severity) == (Code.CAPACITY_EXCEEDS_ROOM, Severity.WARNING)
        assert (found.path, found.params) == ("/event/calls/1/onSiteCapacity", {"maximum": 100})

    def test_as_many_seats_as_the_rooms_hold_are_fine(self) -> None:
        assert not self.found(100, 60, 40)
        assert not self.found(None, 60, 40)

    def test_seats_in_a_session_are_in_its_rooms(self) -> None:
        hall, room = place("Hall", capacity=60), place("Room", capacity=20)
        crowded = session("a", locations=(room,), on_site_capacity=21)
        whole = event(locations=(hall,), sessions=(crowded, session("b", on_site_capacity=61), session("c")))
        found = list(capacity_fits_rooms(dossier(of=whole), NOW))
        assert [(each.path, each.params) for each in found] == [
            ("/event/sessions/0/onSiteCapacity", {"maximum": 20}),
            ("/event/sessions/1/onSiteCapacity", {"maximum": 60}),
        ]
        fits = evolve(whole, sessions=(evolve(crowded, on_site_capacity=20), session("b", on_site_capacity=60)))
        assert not list(capacity_fits_rooms(dossier(of=fits), NOW))

    def test_a_venue_that_follows_may_hold_them(self) -> None:
        waits = event(locations=(), venue_to_follow=True, calls=(call(on_site_capacity=9),))
        assert not list(capacity_fits_rooms(dossier(of=waits), NOW))

    def test_a_room_of_unknown_size_may_hold_them(self) -> None:
        assert not self.found(101, 60, None)


class TestAddresses:
    """A host or a port that cannot exist leads nowhere, and breaks the programs that look at it."""

    def test_each_place_of_an_address_is_looked_at(self) -> None:
        bad = "https://example.org:99999/"
        room = VirtualLocation(uri=bad)
        of = event(
            url=bad,
            calls=(
                call(url="https://example.org:65535/", address_unknown=False),
                call(CallKind.PLEDGE, url="https://a..b/", address_unknown=False),
            ),
            sessions=(session("a"), session("b", virtual_locations=(VirtualLocation(), room))),
        )
        found = addresses_can_exist(dossier(of=of), NOW)
        assert [(each.code, each.path) for each in found] == [
            (Code.ADDRESS_IMPOSSIBLE, "/event/calls/1/url"),
            (Code.ADDRESS_IMPOSSIBLE, "/event/url"),
            (Code.ADDRESS_IMPOSSIBLE, "/event/sessions/1/virtualLocations/1/uri"),
        ]

    def test_telephone_numbers_have_no_host(self) -> None:
        of = event(virtual_locations=(VirtualLocation(uri="tel:+41227306036"),))
        assert not list(addresses_can_exist(dossier(of=of), NOW))


class TestPlaces:
    """Who travels needs the town and the country of a place."""

    def test_announced_places_have_a_town_and_a_country(self) -> None:
        room, town = (
            Location(name=LocalizedText("Room 4", "en")),
            Location(name=LocalizedText("Hall", "en"), locality="Pristina"),
        )
        held = session("a", locations=(place(), town, room))
        of = event(locations=(room,), sessions=(held, session("b", locations=(town,))))
        warnings = announced_places_can_be_found(dossier(of=of), NOW)
        assert [(each.code, each.path) for each in warnings] == [
            (Code.LOCATION_INCOMPLETE, "/event/locations/0/locality"),
            (Code.LOCATION_INCOMPLETE, "/event/sessions/0/locations/1/country"),
        ]

    def test_a_draft_may_have_them_later(self) -> None:
        room = Location(name=LocalizedText("Room 4", "en"))
        draft = session("a", locations=(room,), status=EventStatus.DRAFT)
        for of in (event(locations=(room,), status=EventStatus.DRAFT), event(sessions=(draft,))):
            assert not list(announced_places_can_be_found(dossier(of=of), NOW))


class TestUids:
    """RFC 5545 section 3.8.4.7: the UID "MUST be globally unique"."""

    @staticmethod
    def found(*uids: str | None, names: str = "abcdef") -> list[tuple[str, str]]:
        sessions = tuple(session(name, uid=uid) for name, uid in zip(names, uids, strict=False))
        return [(each.code, each.path) for each in uids_are_unique(dossier(of=event(sessions=sessions)), NOW)]

    def test_two_sessions_under_one_uid_collide(self) -> None:
        assert self.found("u-1", "u-2", "u-1") == [(Code.UID_REPEATED, "/event/sessions/2/uid")]

    def test_a_session_under_the_uid_of_the_event_collides(self) -> None:
        assert self.found("e-1") == [(Code.UID_REPEATED, "/event/sessions/0/uid")]

    def test_a_uid_may_not_equal_the_one_derived_for_another_session(self) -> None:
        assert self.found("b.e-1", None) == [(Code.UID_REPEATED, "/event/sessions/1/id")]
        assert self.found(None, "a.e-1") == [(Code.UID_REPEATED, "/event/sessions/1/uid")]

    def test_uids_that_differ_in_case_differ(self) -> None:
        assert not self.found("u-1", "U-1", None, None)
