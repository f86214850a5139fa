"""Rules about rosters: what each finds, and the closest case that it accepts."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.samples.rosters import asked, assignment, person
from tests.samples.small import NOW, event, place, session, slot, stretch
from wtisd_model import (
    Assignment,
    Booth,
    Code,
    Dossier,
    Finding,
    InterpretationRequest,
    Interpreter,
    InvalidValueError,
    ParticipationMode,
    Reply,
    Roster,
    Session,
    Skill,
    Terms,
    TimeSlot,
    Window,
    check,
    default_roster_rules,
)

LATER = NOW + timedelta(days=1)
Found = list[tuple[str, str]]


def dossier(
    *sessions: Session, requests: tuple[InterpretationRequest, ...] = (asked("fr"),), **changes: Any
) -> Dossier:
    """Return an event in English from 8:00 to 22:00 of the next day, with a request for French."""
    given: dict[str, Any] = {
        "slot": stretch("2023-05-17T08:00", "2023-05-18T22:00"),
        "floor_languages": ("en",),
        "sessions": sessions,
    }
    return Dossier(event=event(**given | changes), interpretation_requests=requests)


MORNING = session("morning", "10:00", "13:00")
AFTERNOON = session("afternoon", "15:00", "18:00")


def assigned(interpreter_id: str, session_id: str | None = "morning", **changes: Any) -> Assignment:
    id_ = f"{interpreter_id}-{session_id}-{changes.get('language')}"
    return assignment(**{"id": id_, "interpreter_id": interpreter_id, "session_id": session_id, **changes})


def roster(*assignments: Assignment, people: Iterable[Interpreter] = (), **changes: Any) -> Roster:
    """Return a roster by terms of one head in a booth, with the interpreters of the assignments."""
    numbers: dict[str, Any] = {"name": "Ours", "heads": 1, "fewest": 1, **changes.pop("terms", {})}
    known = {one.id: one for one in people}
    known |= {one.interpreter_id: person(one.interpreter_id) for one in assignments if one.interpreter_id not in known}
    given: dict[str, Any] = {"interpreters": [*known.values()], "terms": Terms(**numbers), "assignments": assignments}
    return Roster(**given | changes)


def found(judged: Roster, *dossiers: Dossier, now: datetime = NOW) -> Found:
    return [(one.code, one.path) for one in check(judged, dossiers=dossiers, now=now)]


class TestAssignments:
    """An assignment is one of an interpreter of the roster, for work that is needed, in a booth that is there."""

    def test_a_complete_roster_is_accepted(self) -> None:
        assert found(roster(assigned("i-1"), assigned("i-1", "afternoon")), dossier(MORNING, AFTERNOON)) == []

    def test_an_event_without_sessions_is_accepted(self) -> None:
        assert found(roster(assigned("i-1", None)), dossier(slot=slot())) == []

    def test_an_interpreter_who_is_not_listed(self) -> None:
        judged = roster(assigned("i-1"), assigned("i-2"))
        judged = evolve(judged, interpreters=judged.interpreters[:1])
        assert found(judged, dossier(MORNING)) == [(Code.INTERPRETER_UNKNOWN, "/assignments/1/interpreterId")]

    @pytest.mark.parametrize(
        ("assignment", "given"),
        [
            (assigned("i-1", "other"), dossier(MORNING)),
            (assigned("i-1", None), dossier(MORNING)),
            (assigned("i-1", event_uid="e-2"), dossier(MORNING)),
            (assigned("i-1", language="es"), dossier(MORNING)),
            (assigned("i-1"), dossier(MORNING.cancel(at=NOW))),
            (assigned("i-1"), dossier(MORNING, requests=())),
            (assigned("i-1"), None),
        ],
    )
    def test_work_that_nobody_needs(self, assignment: Assignment, given: Dossier | None) -> None:
        findings = found(roster(assignment), *([] if given is None else [given]))
        assert (Code.ASSIGNMENT_UNFOUNDED, "/assignments/0") in findings

    def test_work_whose_hours_are_not_known_is_needed(self) -> None:
        days = TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich")
        assert found(roster(assigned("i-1", "whole")), dossier(evolve(MORNING, id="whole", slot=days))) == []

    @pytest.mark.parametrize(
        "now",
        [
            slot("14:00", "17:00"),
            slot("10:00", "13:30"),
            slot("09:00", "13:00"),
        ],
    )
    def test_work_at_another_time_than_was_offered(self, now: TimeSlot) -> None:
        judged = roster(assigned("i-1", slot=MORNING.slot).accept(at=NOW), terms={"sitting": 300})
        assert found(judged, dossier(MORNING)) == []
        assert found(judged, dossier(evolve(MORNING, slot=MORNING.slot.in_zone("Europe/London")))) == []
        assert found(judged, dossier(evolve(MORNING, slot=now))) == [(Code.ASSIGNMENT_OUTDATED, "/assignments/0/slot")]
        done = evolve(judged, assignments=[each.deliver(at=NOW) for each in judged.assignments])
        assert found(done, dossier(evolve(MORNING, slot=now))) == []

    @pytest.mark.parametrize(
        ("offered", "at", "own", "is_found"),
        [
            ("on-site", None, None, False),
            ("on-site", "remote", None, True),
            ("on-site", None, "remote", True),
            ("remote", "remote", None, False),
            ("remote", None, None, True),
            (None, "remote", None, False),
        ],
    )
    def test_work_on_site_that_was_offered_as_remote_or_the_reverse(
        self, offered: Any, at: Any, own: Any, is_found: bool
    ) -> None:
        work = assigned("i-1", works_at=offered).accept(at=NOW)
        judged = roster(work, people=[person("i-1", works_at=own)])
        asking = dossier(MORNING, requests=(asked("fr", interpreters_at=at),))
        assert found(judged, asking) == is_found * [(Code.ASSIGNMENT_OUTDATED, "/assignments/0/worksAt")]
        assert found(evolve(judged, assignments=[work.deliver(at=NOW)]), asking) == []

    def test_work_in_two_parts_at_the_time_of_both(self) -> None:
        judged = roster(assigned("i-1", slot=slot("10:00", "13:00")), terms={"sitting": 90})
        assert Code.ASSIGNMENT_OUTDATED not in {code for code, _ in found(judged, dossier(MORNING))}

    def test_work_of_people_who_are_not_counted_on_is_not_judged(self) -> None:
        refused = [assigned("i-1", "other").decline(at=NOW), assigned("i-2", "other").release(at=NOW)]
        assert found(roster(*refused)) == []

    @pytest.mark.parametrize(
        "booth",
        [Booth(id="b-2", language="fr"), Booth(id="b-1", language="es")],
    )
    def test_a_booth_that_is_not_listed_or_does_not_fit(self, booth: Booth) -> None:
        findings = found(roster(assigned("i-1", booth_id="b-1"), booths=[booth]), dossier(MORNING))
        assert findings == [(Code.BOOTH_UNKNOWN, "/assignments/0/boothId")]

    def test_the_room_of_the_session_is_another_one_now(self) -> None:
        judged = roster(assigned("i-1", booth_id="b-1"), booths=[Booth(id="b-1", language="fr", room="Popov")])
        moved = evolve(MORNING, locations=[place("Room H")])
        assert found(judged, dossier(moved, AFTERNOON, requests=(asked("fr", session_ids=["morning"]),))) == [
            (Code.ASSIGNMENT_OUTDATED, "/assignments/0/boothId")
        ]

    def test_a_booth_in_a_room_of_no_session(self) -> None:
        rooms = "popov", "Popov", None, "Elsewhere"
        booths = [Booth(id=f"b-{index}", language="fr", room=room) for index, room in enumerate(rooms)]
        judged = roster(assigned("i-1"), assigned("i-1", None, event_uid="e-2", booth_id="b-3"), booths=booths)
        assert found(judged, dossier(MORNING)) == [
            (Code.BOOTH_ROOM_UNKNOWN, "/booths/0/room"),
            (Code.ASSIGNMENT_UNFOUNDED, "/assignments/1"),
        ]

    def test_a_pivot_that_nobody_works_into(self) -> None:
        judged = roster(assigned("i-1"), pivots=["de", "fr-CH"])
        assert found(judged, dossier(MORNING)) == [(Code.PIVOT_NOT_HELD, "/pivots")]

    @pytest.mark.parametrize(("room", "is_found"), [("Popov", True), (None, False)])
    def test_who_only_works_remotely_has_no_seat_in_a_room(self, room: str | None, is_found: bool) -> None:
        booth = Booth(id="b-1", language="fr", room=room)
        away = assigned("i-1", booth_id="b-1"), [person("i-1", works_at="remote")]
        judged = roster(away[0], people=away[1], booths=[booth])
        assert found(judged, dossier(MORNING)) == is_found * [(Code.INTERPRETER_REMOTE, "/assignments/0")]

    @pytest.mark.parametrize("room", [None, "Popov"])
    def test_a_booth_of_the_room_or_in_a_hub(self, room: str | None) -> None:
        booth = Booth(id="b-1", language="fr-CH", room=room)
        assert found(roster(assigned("i-1", booth_id="b-1"), booths=[booth]), dossier(MORNING)) == []


class TestOffers:
    """An offer that was not answered in time holds no seat."""

    def test_an_offer_that_has_expired(self) -> None:
        judged = roster(assigned("i-1", expires_at=LATER))
        assert found(judged, dossier(MORNING), now=LATER - timedelta(seconds=1)) == []
        assert found(judged, dossier(MORNING), now=LATER) == [
            (Code.BOOTH_UNDERSTAFFED, "/assignments"),
            (Code.OFFER_EXPIRED, "/assignments/0/expiresAt"),
        ]

    def test_an_answer_has_no_expiry(self) -> None:
        judged = roster(assigned("i-1", expires_at=LATER).accept(at=NOW))
        assert found(judged, dossier(MORNING), now=LATER) == []


class TestPeople:
    """People interpret into their language, where they can be and when they are available."""

    @pytest.mark.parametrize(
        ("languages", "code"),
        [
            ("fr-CH:A en:C", None),
            ("fr:B en:A>fr", None),
            ("fr:B en:A", Code.RETOUR_NOT_HELD),
            ("fr:C en:A", Code.RETOUR_NOT_HELD),
            ("es:A en:C", Code.LANGUAGE_NOT_HELD),
            ([Skill(language="fr", level="A", services=["consecutive"])], Code.LANGUAGE_NOT_HELD),
        ],
    )
    def test_a_language(self, languages: str | list[Skill], code: Code | None) -> None:
        findings = found(roster(assigned("i-1"), people=[person("i-1", languages)]), dossier(MORNING))
        assert [one for one in findings if one[0] != Code.PIVOT_MISSING] == ([(code, "/assignments/0")] if code else [])

    @pytest.mark.parametrize(
        ("available", "is_free"),
        [
            ([slot("10:00", "13:00")], True),
            ([slot("12:00", "14:00"), slot("09:00", "12:00")], True),
            ([slot("09:00", "12:00"), slot("12:01", "14:00")], False),
            ([slot("10:01", "14:00")], False),
            ([slot("10:00", "12:59")], False),
        ],
    )
    def test_a_time(self, available: list[TimeSlot], is_free: bool) -> None:
        judged = roster(assigned("i-1"), people=[person("i-1", available=available)])
        expected = [] if is_free else [(Code.INTERPRETER_UNAVAILABLE, "/assignments/0")]
        assert found(judged, dossier(MORNING)) == expected

    @pytest.mark.parametrize(
        ("at", "works_at", "is_there"),
        [
            ("on-site", "on-site", True),
            ("remote", None, True),
            (None, "remote", True),
            ("on-site", "remote", False),
            ("remote", "on-site", False),
        ],
    )
    def test_a_place(self, at: Any, works_at: Any, is_there: bool) -> None:
        given = dossier(MORNING, requests=(asked("fr", interpreters_at=at),))
        findings = found(roster(assigned("i-1"), people=[person("i-1", works_at=works_at)]), given)
        assert findings == ([] if is_there else [(Code.INTERPRETER_UNAVAILABLE, "/assignments/0")])

    def test_what_was_delivered_is_not_judged_by_what_is_so_now(self) -> None:
        changed = person("i-1", "es:A en:C", available=[AFTERNOON.slot], works_at="remote")
        done = assigned("i-1", booth_id="b-1").accept(at=NOW).deliver(at=NOW)
        judged = roster(done, people=[changed], booths=[Booth(id="b-1", language="fr", room="Popov")])
        assert [one for one in found(judged, dossier(MORNING)) if one[0] != Code.PIVOT_MISSING] == []

    def test_a_long_session_is_one_finding(self) -> None:
        judged = roster(assigned("i-1"), people=[person("i-1", available=[slot("08:00", "09:00")])], terms={"rest": 0})
        findings = found(judged, dossier(session("morning", "10:00", "18:00")))
        assert findings.count((Code.INTERPRETER_UNAVAILABLE, "/assignments/0")) == 1


class TestHours:
    """Nobody works in two places at once, and the terms of each person are kept."""

    @pytest.mark.parametrize(
        ("terms", "second", "code"),
        [
            ({}, session("second", "12:59", "14:00", locations=[place("H")]), Code.INTERPRETER_DOUBLE_BOOKED),
            ({}, session("second", "14:29", "16:00"), Code.REST_TOO_SHORT),
            ({}, session("second", "14:30", "16:00"), None),
            ({"night": 1280}, session("second", slot=slot("10:00", "11:00", day="2023-05-18")), Code.NIGHT_TOO_SHORT),
            ({"night": 1260}, session("second", slot=slot("10:00", "11:00", day="2023-05-18")), None),
            ({"room_change": 100}, session("second", "14:30", "16:00", locations=[place("H")]), Code.TRAVEL_TOO_SHORT),
            ({"room_change": 90}, session("second", "14:30", "16:00", locations=[place("H")]), None),
            ({"sitting": 59}, session("second", "18:00", "18:59"), Code.SITTING_TOO_LONG),
            ({"day": 239}, session("second", "18:00", "19:00"), Code.DAY_TOO_LONG),
            ({"day": 240}, session("second", "18:00", "19:00"), None),
            ({"sittings": 1}, session("second", "18:00", "19:00"), Code.DAY_SITTINGS_EXCEEDED),
            ({"sittings": 2}, session("second", "18:00", "19:00"), None),
            ({"windows": [Window(days=1, sittings=1)]}, session("second", "18:00", "19:00"), "period"),
        ],
    )
    def test_of_two_sittings(self, terms: dict[str, Any], second: Session, code: Code | str | None) -> None:
        judged = roster(assigned("i-1", "second"), assigned("i-1"), people=[person("i-1", terms=own(**terms))])
        expected = Code.PERIOD_SITTINGS_EXCEEDED if code == "period" else code
        findings = found(judged, dossier(MORNING, second))
        if expected is Code.SITTING_TOO_LONG:
            assert findings == [(expected, "/assignments/1")]
        else:
            assert findings == ([(expected, "/assignments/0")] if expected else [])

    def test_the_other_sitting_is_named(self) -> None:
        judged = roster(assigned("i-1", "second"), assigned("i-1"))
        (one,) = check(judged, dossiers=[dossier(MORNING, session("second", "13:30", "16:00"))], now=NOW)
        assert one.params == {"minimum": 90, "other": 1, "id": "morning"}
        assert one.message == 'The rest after "morning" is shorter than 90 minutes.'

    def test_remote_work_in_a_day(self) -> None:
        given = dossier(MORNING, AFTERNOON, requests=(asked("fr", interpreters_at="remote"),))
        work = [assigned("i-1"), assigned("i-1", "afternoon")]
        assert found(roster(*work, terms={"remote_day": 359}), given) == [(Code.REMOTE_DAY_TOO_LONG, "/assignments/1")]
        assert found(roster(*work, terms={"remote_day": 360}), given) == []
        assert found(roster(*work, terms={"remote_day": 359}), dossier(MORNING, AFTERNOON)) == []

    def test_two_booths_at_once(self) -> None:
        given = dossier(MORNING, requests=(asked("fr", "es"),))
        judged = roster(assigned("i-1"), assigned("i-1", language="es"), people=[person("i-1", "fr:A es:A en:C")])
        assert found(judged, given) == [(Code.INTERPRETER_DOUBLE_BOOKED, "/assignments/0")]

    def test_two_parts_of_a_session_are_not_at_once(self) -> None:
        halves = slot("10:00", "11:00"), slot("11:00", "13:00")
        parts = [assigned("i-1", slot=half, id=f"a-{number}") for number, half in enumerate(halves)]
        assert {code for code, _ in found(roster(*parts), dossier(MORNING))} == {Code.ASSIGNMENT_OUTDATED}
        assert found(roster(parts[0], assigned("i-1")), dossier(MORNING)) == [
            (Code.ASSIGNMENT_OUTDATED, "/assignments/0/slot"),
            (Code.INTERPRETER_DOUBLE_BOOKED, "/assignments/1"),
        ]

    def test_what_is_double_booked_is_no_work_and_hides_no_other(self) -> None:
        inside = session("second", "11:00", "12:00", locations=[place("H")])
        third = session("third", "13:30", "14:00")
        work = [assigned("i-1", id_) for id_ in ("morning", "second", "third")]
        judged = roster(*work, terms={"sittings": 2, "sitting": 180})
        assert found(judged, dossier(MORNING, inside, third)) == [
            (Code.INTERPRETER_DOUBLE_BOOKED, "/assignments/1"),
            (Code.REST_TOO_SHORT, "/assignments/2"),
        ]

    def test_all_of_a_session_that_needs_two_teams(self) -> None:
        judged, given = roster(assigned("i-1")), dossier(session("morning", "09:00", "13:00"))
        assert found(judged, given) == [(Code.SITTING_TOO_LONG, "/assignments/0")]
        halves = slot("09:00", "11:00"), slot("11:00", "13:00")
        parts = [assigned(f"i-{number}", slot=half) for number, half in enumerate(halves)]
        assert found(roster(*parts), given) == []

    def test_remote_work_between_two_places_is_no_travel(self) -> None:
        """Who works from home in between comes from where they were before."""
        there = session("second", "16:30", "18:00", locations=[place("H", locality="Bern")])
        given = dossier(MORNING, session("hub", "14:30", "15:00", locations=[place("V")]), there)
        remote = asked("fr", id_="r-2", session_ids=["hub"], interpreters_at="remote")
        requests = asked("fr", session_ids=["morning", "second"]), remote
        work = [assigned("i-1"), assigned("i-1", "hub"), assigned("i-1", "second")]
        given = evolve(given, interpretation_requests=requests)
        assert found(roster(*work, terms={"travel": 210}), given) == []
        assert found(roster(*work, terms={"travel": 211}), given) == [(Code.TRAVEL_TOO_SHORT, "/assignments/2")]

    def test_work_in_a_place_without_a_town_hides_no_travel(self) -> None:
        attic = session("attic", "14:30", "15:00", locations=[place("Attic", locality=None)])
        there = session("second", "16:30", "18:00", locations=[place("H", locality="Bern")])
        work = [assigned("i-1"), assigned("i-1", "attic"), assigned("i-1", "second")]
        given = dossier(MORNING, attic, there)
        assert found(roster(*work, terms={"travel": 210}), given) == []
        assert found(roster(*work, terms={"travel": 211}), given) == [(Code.TRAVEL_TOO_SHORT, "/assignments/2")]


def own(**numbers: Any) -> Terms:
    return Terms(name="Mine", **numbers)


class TestTeams:
    """A team is complete, in seats, and alone only for a short time."""

    def test_a_team_that_is_too_small(self) -> None:
        judged = roster(assigned("i-1"), terms={"heads": 2})
        (one,) = check(judged, dossiers=[dossier(MORNING)], now=NOW)
        assert (one.code, one.path) == (Code.BOOTH_UNDERSTAFFED, "/assignments/0")
        assert one.params == {"id": "morning", "language": "fr", "heads": 1, "needed": 2}
        assert found(roster(assigned("i-1"), assigned("i-2"), terms={"heads": 2}), dossier(MORNING)) == []

    def test_an_event_without_sessions_is_named_by_its_uid(self) -> None:
        (one,) = check(roster(), dossiers=[dossier(slot=slot())], now=NOW)
        assert (one.code, one.path, one.params["id"]) == (Code.BOOTH_UNDERSTAFFED, "/assignments", "e-1")

    def test_nobody_on_standby_is_in_a_team(self) -> None:
        judged = roster(assigned("i-1", task="standby"))
        assert found(judged, dossier(MORNING)) == [(Code.BOOTH_UNDERSTAFFED, "/assignments")]

    def test_each_session_of_a_sitting_needs_its_team(self) -> None:
        given = dossier(session("morning", "10:00", "11:00"), session("second", "11:00", "12:00"))
        (one,) = check(roster(assigned("i-1")), dossiers=[given], now=NOW)
        assert (one.code, one.path, one.params["id"]) == (Code.BOOTH_UNDERSTAFFED, "/assignments/0", "second")
        assert found(roster(assigned("i-1"), assigned("i-2", "second")), given) == []

    @pytest.mark.parametrize(("alone", "is_short"), [(180, True), (179, False), (None, True)])
    def test_somebody_alone(self, alone: int | None, is_short: bool) -> None:
        findings = found(roster(assigned("i-1"), terms={"heads": 2, "alone": alone}), dossier(MORNING))
        expected = [] if is_short else [(Code.ALONE_TOO_LONG, "/assignments/0")]
        assert findings == [*expected, (Code.BOOTH_UNDERSTAFFED, "/assignments/0")]

    def test_who_does_alone_what_needs_one_is_not_alone(self) -> None:
        assert found(roster(assigned("i-1"), terms={"alone": 10}), dossier(MORNING)) == []

    def test_a_booth_with_too_few_seats(self) -> None:
        booths = [Booth(id="b-1", language="fr", seats=2)]
        team = [assigned(f"i-{number}", booth_id="b-1") for number in range(3)]
        assert found(roster(*team, booths=booths), dossier(MORNING)) == [(Code.BOOTH_FULL, "/assignments/2")]
        assert found(roster(*team[:2], booths=booths), dossier(MORNING)) == []

    def test_who_has_no_booth_sits_where_the_team_does(self) -> None:
        work = [assigned("i-1"), assigned("i-2", booth_id="b-1"), assigned("i-3")]
        at_home = person("i-3", works_at="remote")
        judged = roster(*work, people=[at_home], booths=[Booth(id="b-1", language="fr", seats=1)])
        assert found(judged, dossier(MORNING)) == [(Code.BOOTH_FULL, "/assignments/1")]
        done = evolve(judged, assignments=[work[0].accept(at=NOW).deliver(at=NOW), *work[1:]])
        assert found(done, dossier(MORNING)) == []

    def test_a_team_in_two_booths(self) -> None:
        booths = [Booth(id=id_, language="fr") for id_ in ("b-1", "b-2")]
        sessions = session("morning", "10:00", "11:00"), session("late", "11:00", "12:00")
        work = [
            assigned("i-1", booth_id="b-1"),
            assigned("i-2", booth_id="b-2"),
            assigned("i-3", "late", booth_id="b-2"),
        ]
        judged = roster(*work, booths=booths)
        (one,) = check(judged, dossiers=[dossier(*sessions)], now=NOW)
        assert (one.code, one.path, one.params) == (Code.TEAM_DIVIDED, "/assignments/1/boothId", {"id": "morning"})
        at_home = [person("i-1"), person("i-2", works_at="remote"), person("i-3")]
        assert found(evolve(judged, interpreters=at_home), dossier(*sessions)) == []
        done = evolve(judged, assignments=[work[0].accept(at=NOW).deliver(at=NOW), *work[1:]])
        assert found(done, dossier(*sessions)) == []

    def test_a_team_in_two_booths_for_a_long_session_is_one_finding(self) -> None:
        booths = [Booth(id=id_, language="fr") for id_ in ("b-1", "b-2")]
        work = [assigned("i-1", booth_id="b-1"), assigned("i-2", booth_id="b-2")]
        findings = found(roster(*work, booths=booths, terms={"rest": 0}), dossier(session("morning", "10:00", "18:00")))
        assert findings.count((Code.TEAM_DIVIDED, "/assignments/1/boothId")) == 1

    def test_who_is_in_a_booth_of_another_language_takes_no_seat_of_it(self) -> None:
        work = [assigned("i-1", language="es", booth_id="b-1"), assigned("i-2", booth_id="b-1")]
        people = [person("i-1", "es:A en:C"), person("i-2")]
        judged = roster(*work, people=people, booths=[Booth(id="b-1", language="fr-CH", seats=1)])
        given = dossier(MORNING, requests=(asked("es", "fr"),))
        assert found(judged, given) == [(Code.BOOTH_UNKNOWN, "/assignments/0/boothId")]

    def test_a_booth_that_is_used_twice_at_once(self) -> None:
        sessions = [
            session(id_, start, "13:00", locations=[place(id_)]) for id_, start in (("a", "10:00"), ("b", "11:00"))
        ]
        booths = [Booth(id=id_, language="fr") for id_ in ("b-1", "b-2")]
        work = [assigned("i-1", "a", booth_id="b-1"), assigned("i-2", "b", booth_id="b-1")]
        assert found(roster(*work, booths=booths), dossier(*sessions)) == [(Code.BOOTH_FULL, "/assignments/1")]
        work[1] = evolve(work[1], booth_id="b-2")
        assert found(roster(*work, booths=booths), dossier(*sessions)) == []

    def test_a_booth_is_free_again_when_its_sitting_is_over(self) -> None:
        work = [assigned("i-1", booth_id="b-1"), assigned("i-2", "afternoon", booth_id="b-1")]
        judged = roster(*work, booths=[Booth(id="b-1", language="fr")])
        assert found(judged, dossier(MORNING, AFTERNOON)) == []

    def test_a_room_without_a_booth(self) -> None:
        given = dossier(MORNING, requests=(asked("fr", "es"),))
        people = [person("i-1"), person("i-2", "es:A en:C")]
        work = [assigned("i-1"), assigned("i-2", language="es")]
        judged = roster(*work, people=people, booths=[Booth(id="b-1", language="fr")])
        (one,) = check(judged, dossiers=[given], now=NOW)
        assert (one.code, one.path) == (Code.ROOM_BOOTHS_MISSING, "/assignments/1")
        assert one.params == {"id": "morning", "language": "es"}
        assert found(evolve(judged, booths=[*judged.booths, Booth(id="b-2", language="es")]), given) == []
        assert found(evolve(judged, booths=[]), given) == []
        at_home = evolve(judged.interpreters[1], works_at=ParticipationMode.REMOTE)
        assert found(evolve(judged, interpreters=[people[0], at_home]), given) == []


class TestHearing:
    """Each floor language reaches each team directly, by retour or by one relay."""

    GIVEN = dossier(MORNING, requests=(asked("en", "fr", "es"),), floor_languages=("zh", "en"))
    WORK = (assigned("i-1", language="en"), assigned("i-2", language="fr"), assigned("i-3", language="es"))

    def roster(self, english: str, french: str, spanish: str) -> Roster:
        """Return a roster whose three interpreters work from these languages."""
        people = [
            person(f"i-{number}", " ".join([f"{into}:A", *(f"{tag}:C" for tag in sources.split())]))
            for number, (into, sources) in enumerate((("en", english), ("fr", french), ("es", spanish)), 1)
        ]
        return roster(*self.WORK, people=people)

    def test_one_relay_is_enough(self) -> None:
        assert found(self.roster("zh", "en", "en zh"), self.GIVEN) == []

    def test_no_pivot(self) -> None:
        (one, other, third) = check(self.roster("fr", "en", "en"), dossiers=[self.GIVEN], now=NOW)
        assert {each.code for each in (one, other, third)} == {Code.PIVOT_MISSING}
        assert [each.path for each in (one, other, third)] == [f"/assignments/{number}" for number in range(3)]
        assert one.params == {"id": "morning", "language": "en", "floor": "zh"}

    def test_a_relay_of_a_relay(self) -> None:
        findings = found(
            self.roster("zh", "en", "fr"), evolve(self.GIVEN, event=evolve(self.GIVEN.event, floor_languages=("zh",)))
        )
        assert findings == [(Code.RELAY_OF_RELAY, "/assignments/2")]

    def test_a_team_without_people_is_only_too_small(self) -> None:
        judged = self.roster("zh", "en", "en")
        assert found(evolve(judged, assignments=judged.assignments[:2]), self.GIVEN) == [
            (Code.BOOTH_UNDERSTAFFED, "/assignments")
        ]


class TestRetention:
    """Personal data of interpreters is gone after the retention period of the event, the last of several."""

    def test_after_the_last_one(self) -> None:
        first, last = (
            dossier(uid=uid, slot=slot(), retention_days=days, requests=()) for uid, days in (("e-1", 10), ("e-2", 20))
        )
        judged = roster(people=[person("i-1"), person("i-2").purged(at=NOW)])
        over = datetime.fromisoformat("2023-06-06T22:00:00+00:00")
        assert found(judged, first, last, now=over - timedelta(seconds=1)) == []
        (one,) = check(judged, dossiers=[first, last], now=over)
        assert (one.code, one.path, one.params) == (Code.RETENTION_OVER, "/interpreters/0", {"days": 20})
        without = evolve(last, event=evolve(last.event, retention_days=None))
        assert found(judged, first, without, now=over) == found(judged, now=over) == []

    def test_names_in_histories_and_replies_are_personal_data_too(self) -> None:
        work = [
            assigned("i-1").accept(at=NOW, by="Interpreter 1"),
            assigned("i-2").accept(at=NOW),
            assigned("i-3", replies=[Reply(at=NOW, status="tentative", comment="I am not sure.")]),
        ]

        def kept(judged: Roster) -> Found:
            over = found(judged, dossier(MORNING, retention_days=10), now=NOW + timedelta(days=400))
            return [each for each in over if each[0] is Code.RETENTION_OVER]

        with_names = roster(*work, people=[person(f"i-{number}").purged(at=NOW) for number in (1, 2, 3)])
        assert kept(with_names) == [(Code.RETENTION_OVER, f"/assignments/{index}") for index in (0, 2)]
        assert kept(evolve(with_names, interpreters=())) == kept(with_names)
        assert kept(with_names.purged(at=NOW)) == []


def title_rule(_judged: Roster, dossiers: Sequence[Dossier], now: datetime) -> list[Finding]:
    assert now == NOW
    return [Finding(code="our-roster", path=f"/booths/{len(dossiers)}", message="Wrong.", fix="Mend it.")]


class TestCheck:
    """`check` takes a roster as it takes a dossier."""

    def test_findings_are_in_document_order_and_own_rules_are_called(self) -> None:
        judged = roster(
            assigned("i-1", booth_id="b-9"),
            assigned("i-9"),
            booths=[Booth(id=id_, language="fr") for id_ in ("x", "y")],
        )
        judged = evolve(judged, interpreters=judged.interpreters[:1])
        findings = check(judged, dossiers=[dossier(MORNING)], now=NOW, rules=(*default_roster_rules(), title_rule))
        assert [(one.code, one.path) for one in findings] == [
            ("our-roster", "/booths/1"),
            (Code.BOOTH_UNKNOWN, "/assignments/0/boothId"),
            (Code.INTERPRETER_UNKNOWN, "/assignments/1/interpreterId"),
        ]
        assert check(judged, dossiers=iter([dossier(MORNING)]), now=NOW, rules=[]) == ()

    def test_each_of_our_rules_can_be_called_alone(self) -> None:
        judged = roster(assigned("i-1", "other"))
        found_by = {rule: [*rule(judged, [dossier(MORNING)], NOW)] for rule in default_roster_rules()}
        assert sum(map(len, found_by.values())) == len(check(judged, dossiers=[dossier(MORNING)], now=NOW)) == 2

    def test_a_path_into_nothing_is_refused(self) -> None:
        with pytest.raises(ValueError, match="whose path is not in the roster"):
            check(roster(), dossiers=[dossier()], now=NOW, rules=[title_rule])

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: check(event(), now=NOW), "Neither a Dossier nor a Roster"),  # type: ignore[call-overload] # refused
            (lambda: check(dossier(), now=NOW, dossiers=[dossier()]), "dossiers are those of a roster"),  # type: ignore[call-overload] # refused
            (lambda: check(roster(), now=NOW, dossiers=dossier()), "dossiers must be an iterable"),  # type: ignore[call-overload] # refused
            (lambda: check(roster(), now=NOW, dossiers=[event()]), "Not a Dossier"),  # type: ignore[list-item] # refused
            (lambda: check(roster(), now=NOW, rules=[5]), "A rule is a function of a roster, dossiers and a moment"),  # type: ignore[list-item] # refused
        ],
    )
    def test_wrong_arguments(self, call: Callable[[], object], message: str) -> None:
        with pytest.raises(TypeError, match=message):
            call()

    def test_an_event_twice(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            check(roster(), dossiers=[dossier()] * 2, now=NOW)
        assert [(one.code, one.path) for one in caught.value.findings] == [(Code.ITEM_REPEATED, "/dossiers/1")]


@pytest.mark.slow
class TestSize:
    """A roster of any size is judged in a time that grows with it."""

    @staticmethod
    def dossier(number: int) -> Dossier:
        """Return an event of so many sessions from ten o'clock, all on different days or in different rooms."""
        sessions = [
            session(
                f"s-{index}",
                slot=slot("10:00", "13:00", day=f"2023-05-{1 + index % 28:02}"),
                locations=[place(f"{index}")],
            )
            for index in range(number)
        ]
        return dossier(*sessions, slot=stretch("2023-05-01T08:00", "2023-05-30T22:00"))

    def test_ten_thousand_people_and_five_thousand_assignments(self) -> None:
        work = [assigned(f"i-{index % 1250}", f"s-{index % 2500}", id=f"a-{index}") for index in range(5000)]
        judged = roster(*work, people=[person(f"i-{index}") for index in range(10_000)], terms={"heads": 3})
        codes = [one.code for one in check(judged, dossiers=[self.dossier(2500)], now=NOW)]
        assert codes.count(Code.BOOTH_UNDERSTAFFED) == 2500

    def test_five_thousand_assignments_of_one_person(self) -> None:
        work = [assigned("i-1", f"s-{index}") for index in range(5000)]
        terms: dict[str, Any] = {
            "windows": [Window(days=366, sittings=1)],
            "night": 10_080,
            "travel": 10_080,
            "rest": 10_080,
        }
        findings = check(roster(*work, terms=terms), dossiers=[self.dossier(5000)], now=NOW)
        codes = [one.code for one in findings]
        assert codes.count(Code.INTERPRETER_DOUBLE_BOOKED) == 5000 - 28
