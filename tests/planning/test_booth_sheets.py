"""What follows from a roster: sheets of booths, channels, hours and cost, open offers, and who is served."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from tests.planning.rosters import FORUM, PEOPLE, REQUESTS, ROSTER, SESSIONS, TERMS, assigned
from tests.samples.rosters import asked, person
from tests.samples.small import NOW, dossier, event, hours, place, session, slot
from wtisd_model import (
    Assignment,
    Booth,
    Code,
    Dossier,
    InterpretationService,
    InvalidValueError,
    Roster,
    Skill,
    Task,
    planning,
    to_csv,
)
from wtisd_model.planning import results
from wtisd_model.planning.results import AssignmentRow, BoothNeed, BoothSheet, BoothSitting, ChannelRow, WorkHours

DAY = date(2023, 5, 17)


def sheet(place: str, roster: Roster = ROSTER, of: Dossier = FORUM) -> BoothSheet:
    (found,) = [one for one in planning.booth_sheets(roster, [of]) if one.place == place]
    return found


def heard(sitting: BoothSitting) -> list[tuple[str, str, str | None, str | None]]:
    return [(each.floor, each.way.name, each.via, each.pivot) for each in sitting.floors]


def with_assignments(*assignments: Assignment, **changes: Any) -> Roster:
    return evolve(ROSTER, assignments=assignments, **changes)


class TestBoothNeeds:
    """`booth_needs`: who is needed where, before anybody is asked."""

    def test_there_is_one_for_each_language_of_a_sitting(self) -> None:
        needs = planning.booth_needs([FORUM], norm=TERMS)
        assert [(need.session_ids, need.language, need.heads, need.fewest, need.booth_id) for need in needs] == [
            (("one", "two"), "ar", 2, 1, "Popov.ar"),
            (("one", "two"), "en", 2, 1, "Popov.en"),
            (("one", "two"), "es", 2, 1, "Popov.es"),
            (("one", "two"), "fr", 2, 1, "Popov.fr"),
            (("late",), "en", 1, 1, None),
            (("late",), "fr", 2, 1, "Popov.fr"),
            (("late",), "ru", 2, 1, None),
        ]
        first = needs[0]
        assert (first.event_uid, first.room, first.service) == ("e-1", "Popov", InterpretationService.SIMULTANEOUS)
        assert (first.starts_at, first.ends_at) == (SESSIONS[0].slot.starts_at, SESSIONS[1].slot.ends_at)

    def test_the_hours_are_those_in_which_they_work(self) -> None:
        sessions = (
            session("a", "09:00", "10:00"),
            session("b", "10:30", "11:30"),
            session("c", "09:30", "11:00", locations=(place("Room H"),)),
        )
        requests = asked("es", id_="i-1"), asked("fr", id_="i-2", session_ids=["b"])
        of = dossier(of=event(sessions=sessions, slot=slot("09:00", "12:00")), requests=requests)
        needs = planning.booth_needs([of], norm="aiic")
        assert [(need.session_ids, need.language) for need in needs] == [
            (("a", "b"), "es"),
            (("c",), "es"),
            (("b",), "fr"),
        ]
        last = needs[-1]
        assert (last.starts_at, last.ends_at) == (sessions[1].slot.starts_at, sessions[1].slot.ends_at)

    def test_the_norm_decides_how_many(self) -> None:
        assert {need.heads for need in planning.booth_needs([FORUM], norm="un") if need.language == "ar"} == {3}

    def test_booths_that_there_are_are_given_once(self) -> None:
        booths = [Booth(id="b-1", language="fr", room="Popov")]
        needs = planning.booth_needs([FORUM], norm=TERMS, booths=booths)
        assert [need.booth_id for need in needs if need.language in {"es", "fr"}] == [None, "b-1", "b-1"]


class TestBoothSheets:
    """`booth_sheets`: for each booth and day, who works there and what they hear."""

    def test_there_is_one_for_each_booth_and_for_each_team_without(self) -> None:
        sheets = planning.booth_sheets(ROSTER, [FORUM])
        assert [(one.day, one.place, one.language, one.service.value) for one in sheets] == [
            (DAY, "Popov.ar", "ar", "simultaneous"),
            (DAY, "Popov.en", "en", "simultaneous"),
            (DAY, "Popov.es", "es", "simultaneous"),
            (DAY, "Popov.fr", "fr", "simultaneous"),
            (DAY, "en", "en", "captions"),
            (DAY, "ru", "ru", "whispered"),
        ]

    def test_a_team_stays_as_long_as_nothing_changes(self) -> None:
        (work,) = sheet("Popov.ar").sittings
        assert (work.session_ids, work.event_uid, work.room) == (("one", "two"), "e-1", "Popov")
        assert work.slot == slot("14:00", "16:00")
        (member,) = work.team
        assert (member.interpreter_id, member.name, member.task) == ("p-1", "Interpreter 1", Task.HEAD_OF_TEAM)
        assert work.missing == 1
        assert [one.session_ids for one in sheet("Popov.es").sittings] == [("one",), ("two",)]

    def test_each_floor_language_comes_directly_by_retour_by_relay_or_not(self) -> None:
        assert heard(sheet("Popov.ar").sittings[0]) == [("en", "DIRECT", None, None)]
        assert heard(sheet("Popov.fr").sittings[0]) == [
            ("ar", "RETOUR", "Popov.ar", None),
            ("en", "DIRECT", None, None),
        ]
        assert heard(sheet("Popov.es").sittings[0])[0] == ("ar", "RELAY", "Popov.ar", "fr")
        assert heard(sheet("Popov.en").sittings[0]) == [("ar", "MISSING", None, None)]

    def test_captions_of_a_retour_need_somebody_who_writes_them(self) -> None:
        captions = asked("fr", id_="i-5", service="captions", session_ids={"one"})
        forum = evolve(FORUM, interpretation_requests=(*REQUESTS, captions))
        writer = person("p-8", [Skill(language="fr", level="A", services={"captions"})])
        people, place = (*PEOPLE, writer), assigned(8, "fr", "one", service="captions", task="captions")
        made = with_assignments(*ROSTER.assignments, place, interpreters=people)
        assert heard(sheet("fr", of=forum).sittings[0])[0] == ("ar", "MISSING", None, None)
        assert heard(sheet("fr", made, forum).sittings[0])[0] == ("ar", "RETOUR", "Popov.ar", None)

    def test_who_has_two_assignments_is_one_of_the_team(self) -> None:
        twice = with_assignments(assigned(1, "ar", "one"), assigned(1, "ar", "one", id="a-again"))
        assert [work.missing for work in sheet("Popov.ar", twice).sittings] == [1, 2]

    def test_people_on_standby_are_named_but_do_not_count(self) -> None:
        _, second = sheet("Popov.en").sittings
        assert [(one.interpreter_id, one.task) for one in second.team] == [("p-4", Task.STANDBY)]
        assert second.missing == 2

    def test_people_on_standby_neither_write_captions_nor_work(self) -> None:
        ready = with_assignments(assigned(5, "en", "late", service="captions", task="standby"))
        (row,) = [row for row in planning.channels(ready, [FORUM]) if row.service == "captions"]
        assert row.way is results.Channel.MISSING
        assert offered(FORUM, ready)["late", "en"] == ["floor"]
        assert {row.minutes for row in planning.work_hours(ready, [FORUM])} == {0}

    def test_what_was_purged_has_no_name(self) -> None:
        _, late = sheet("Popov.fr").sittings
        assert [one.name for one in late.team] == ["Interpreter 3", None]

    def test_an_offer_that_has_expired_gives_nobody(self) -> None:
        # Two seats, three offers; the first one was not answered.
        expired = assigned(3, "fr", "late", booth_id="Popov.fr", expires_at=hours(1))
        made = with_assignments(
            *(expired, assigned(2, "fr", "late"), assigned(4, "fr", "late", "accepted", expires_at=hours(1)))
        )
        for now, team in ((None, 3), (hours(1) - timedelta(seconds=1), 3), (hours(1), 2)):
            sheets = planning.booth_sheets(made, [FORUM], now=now)
            assert sum(len(work.team) for each in sheets for work in each.sittings) == team
        alone = with_assignments(expired)
        (row,) = [
            each
            for each in planning.channels(alone, [FORUM], now=hours(1))
            if (each.session_id, each.language) == ("late", "fr")
        ]
        assert row.way is results.Channel.MISSING
        assert {each.minutes for each in planning.work_hours(alone, [FORUM], now=hours(1))} == {0}
        for now, missing in ((hours(0), 0), (hours(1), 1)):
            rows = planning.coverage(FORUM, roster=alone, now=now)
            assert [each.missing for each in rows if (each.session_id, each.language) == ("late", "fr")] == [missing]
        needs = planning.languages_needed(FORUM, roster=alone, now=hours(1))
        assert {each.granted.total for each in needs[-1].languages} == {0}

    def test_the_present_moment_has_an_offset(self) -> None:
        with pytest.raises(InvalidValueError) as caught:
            planning.booth_sheets(ROSTER, [FORUM], now=datetime(2027, 1, 1, 9, 0))
        (found,) = caught.value.findings
        assert (found.code, found.path) == (Code.MOMENT_NAIVE, "/now")

    def test_a_name_is_not_printed(self) -> None:
        assert "Interpreter 1" not in repr(sheet("Popov.ar"))

    def test_an_event_without_sessions_is_its_own_sitting(self) -> None:
        whole = dossier(of=event(floor_languages=("en",)), requests=(asked("fr", id_="i-1"),))
        made = with_assignments(assigned(3, "fr", None, booth_id="b-7"))
        (work,) = sheet("b-7", made, whole).sittings
        assert (work.session_ids, work.slot) == ((), slot())

    def test_they_are_for_a_roster_and_dossiers(self) -> None:
        with pytest.raises(TypeError, match="Not a Roster"):
            planning.booth_sheets(FORUM, [FORUM])  # type: ignore[arg-type] # refused
        with pytest.raises(TypeError, match="dossiers must be an iterable"):
            planning.booth_sheets(ROSTER, FORUM)  # type: ignore[arg-type] # refused


class TestChannels:
    """`channels`: what the platform has to offer."""

    def test_each_says_if_it_comes_directly_or_by_relay(self) -> None:
        rows = planning.channels(ROSTER, [FORUM])
        assert [
            (row.session_id, row.language, row.place, row.way.value) for row in rows if row.session_id != "two"
        ] == [
            ("one", "ar", "Popov.ar", "direct"),
            ("one", "en", "Popov.en", "missing"),
            ("one", "es", "Popov.es", "relay"),
            ("one", "fr", "Popov.fr", "direct"),
            ("late", "en", "en", "direct"),
            ("late", "fr", "Popov.fr", "direct"),
        ]
        spanish, french = rows[2], rows[3]
        assert (spanish.relayed_from, spanish.retour_from) == (("fr",), ())
        assert (french.relayed_from, french.retour_from) == ((), ("Popov.ar",))

    def test_captions_that_nobody_writes_are_missing(self) -> None:
        (row,) = [row for row in planning.channels(with_assignments(), [FORUM]) if row.service == "captions"]
        assert row.way is results.Channel.MISSING

    def test_it_is_a_table(self) -> None:
        first = b"".join(to_csv(ChannelRow, planning.channels(ROSTER, [FORUM]))).splitlines()[:2]
        assert first == [
            b"event_uid,session_id,starts_at,ends_at,language,service,place,way,relayed_from,retour_from",
            b"e-1,one,2023-05-17T12:00:00Z,2023-05-17T13:00:00Z,ar,simultaneous,Popov.ar,direct,,",
        ]
        needs = b"".join(to_csv(BoothNeed, planning.booth_needs([FORUM], norm=TERMS))).splitlines()
        assert needs[1] == (
            b"e-1,one | two,2023-05-17T12:00:00Z,2023-05-17T14:00:00Z,Popov,ar,simultaneous,2,1,Popov.ar"
        )


class TestWorkHours:
    """`work_hours`: sittings, minutes, days and cost of each interpreter."""

    def test_a_sitting_of_two_sessions_is_paid_once(self) -> None:
        found = {row.interpreter_id: row for row in planning.work_hours(ROSTER, [FORUM])}
        assert list(found) == [each.id for each in PEOPLE]
        two, three = found["p-2"], found["p-3"]
        assert (two.sittings, two.minutes, two.days, two.cost, two.currency) == (1, 120, 1, Decimal(500), "CHF")
        assert (three.sittings, three.minutes, three.cost) == (2, 180, Decimal(600))
        assert (found["p-1"].cost, found["p-1"].currency) == (None, None)

    def test_nobody_works_without_an_assignment(self) -> None:
        row = planning.work_hours(with_assignments(), [FORUM])[1]
        assert (row.sittings, row.minutes, row.days, row.cost) == (0, 0, 0, Decimal(0))

    def test_it_is_a_table(self) -> None:
        assert b"".join(to_csv(WorkHours, planning.work_hours(ROSTER, [FORUM]))).splitlines()[2] == (
            b"p-2,1,120,1,500.00,CHF"
        )
        assert b"\r\np-2,Interpreter 2,1," in b"".join(
            to_csv(WorkHours, planning.work_hours(ROSTER, [FORUM]), personal=True)
        )


class TestAssignmentRows:
    """`assignment_rows`: assignments as people read them, in all states."""

    def test_they_have_what_people_call_things(self) -> None:
        offer = assigned(2, "fr", "late", expires_at=NOW)
        (row,) = planning.assignment_rows(with_assignments(offer), [FORUM])
        late = next(session for session in FORUM.event.sessions if session.id == "late")
        assert (row.id, row.name, row.title) == (offer.id, "Interpreter 2", late.title.text)
        assert (row.start, row.end, row.time_zone) == late.slot.fields_written()[:3]
        assert (row.room, row.language, row.task, row.state) == ("Popov", "fr", "turn", "offered")

    def test_they_have_the_time_that_was_offered(self) -> None:
        offered = FORUM.event.sessions[0].slot
        (row,) = planning.assignment_rows(with_assignments(assigned(2, "fr", "late", slot=offered)), [FORUM])
        assert row.start == offered.fields_written()[0]

    def test_an_event_without_sessions_has_a_title(self) -> None:
        alone = evolve(FORUM, event=evolve(FORUM.event, sessions=()))
        (row,) = planning.assignment_rows(with_assignments(assigned(2, "fr", None)), [alone])
        assert row.title == FORUM.event.title.text

    @pytest.mark.parametrize("changes", [{}, {"event_uid": "e-2"}])
    def test_what_is_not_known_is_none(self, changes: dict[str, str]) -> None:
        (row,) = planning.assignment_rows(with_assignments(assigned(99, "fr", "gone", **changes)), [FORUM])
        assert (row.name, row.title, row.start, row.time_zone, row.room) == (None, None, None, None, None)

    def test_a_table_has_names_only_on_request(self) -> None:
        rows = planning.assignment_rows(with_assignments(assigned(2, "fr", "late")), [FORUM])
        usual, whole = (b"".join(to_csv(AssignmentRow, rows, personal=personal)) for personal in (False, True))
        assert (b"Interpreter 2" in usual, b"Interpreter 2" in whole) == (False, True)


class TestOpenOffers:
    """`open_offers`: what nobody has answered yet, the most urgent first."""

    def test_those_that_expire_first_come_first(self) -> None:
        offers = planning.open_offers(ROSTER, now=hours(100))
        assert [each.id for each in offers[:2]] == ["a-5-late", "a-3-late"]
        assert {each.expires_at for each in offers[2:]} == {None}

    def test_an_offer_is_open_until_it_expires(self) -> None:
        def is_open(now: datetime) -> bool:
            return "a-5-late" in {each.id for each in planning.open_offers(ROSTER, now=now)}

        assert is_open(hours(200) - timedelta(seconds=1))
        assert not is_open(hours(200))

    def test_they_are_of_a_roster(self) -> None:
        with pytest.raises(TypeError, match="Not a Roster"):
            planning.open_offers(FORUM, now=NOW)  # type: ignore[arg-type] # refused


def offered(of: Dossier, roster: Roster | None) -> dict[tuple[str | None, str | None], list[str]]:
    return {(row.session_id, row.language): [*map(str, row.offered)] for row in planning.coverage(of, roster=roster)}


class TestCoverage:
    """With a roster, people are served by those who work, and not by what was asked for."""

    def test_what_nobody_interprets_is_missing(self) -> None:
        before, after = offered(FORUM, None), offered(FORUM, ROSTER)
        assert (before["one", "en"], after["one", "en"]) == (["direct"], [])
        assert (before["late", "ru"], after["late", "ru"]) == (["direct"], [])
        assert [row.missing for row in planning.coverage(FORUM, roster=ROSTER) if row.language == "ru"] == [1, 1, 1]

    def test_a_relay_is_one(self) -> None:
        before, after = offered(FORUM, None), offered(FORUM, ROSTER)
        assert (before["one", "es"], after["one", "es"]) == (["direct"], ["relay"])
        assert after["one", "fr"] == ["direct"]

    def test_a_booth_may_relay_in_a_language_without_listeners(self) -> None:
        requests = (asked("ar", "en", "es", id_="i-1", session_ids={"one", "two"}), *REQUESTS[1:])
        without = evolve(FORUM, interpretation_requests=requests)
        after = offered(without, ROSTER)
        assert after["one", "es"] == ["relay"]
        assert after["one", "fr"] == []

    def test_a_relay_is_only_in_a_pivot(self) -> None:
        both = dossier(of=event(floor_languages=("ar", "en")), requests=(asked("ar", "fr", id_="i-1"),))
        people = person("p-1", "ar:A en:C"), person("p-3", "fr:A ar:C")
        made = with_assignments(assigned(1, "ar", None), assigned(3, "fr", None), interpreters=people)
        assert offered(both, made)[None, "fr"] == ["relay"]
        assert offered(both, evolve(made, pivots={"en"}))[None, "fr"] == []

    def test_a_relay_of_one_floor_language_is_none_of_another(self) -> None:
        three = dossier(of=event(floor_languages=("ar", "en", "ru")), requests=(asked("ar", "fr", id_="i-1"),))
        people = person("p-1", "ar:A en:C"), person("p-3", "fr:A ar:C")
        made = with_assignments(assigned(1, "ar", None), assigned(3, "fr", None), interpreters=people)
        assert offered(three, made)[None, "fr"] == []

    def test_who_whispers_hears_no_relay(self) -> None:
        requests = asked("ar", id_="i-1"), asked("fr", id_="i-2", service="whispered")
        both = dossier(of=event(floor_languages=("ar", "en")), requests=requests)
        people = person("p-1", "ar:A en:C"), person("p-3", "fr:A ar:C")
        team = assigned(1, "ar", None), assigned(3, "fr", None, service="whispered")
        assert offered(both, with_assignments(*team, interpreters=people))[None, "fr"] == []

    def test_nobody_in_an_empty_booth_works_from_what_is_heard_there(self) -> None:
        both = dossier(of=event(floor_languages=("ar", "es")), requests=(asked("ar", "en", id_="i-1"),))
        made = with_assignments(assigned(1, "ar", None), interpreters=[person("p-1", "ar:A>en es:C en:B")])
        # English hears Arabic by retour, and Arabic hears Spanish.
        assert offered(both, made)[None, "en"] == []

    def test_captions_are_in_the_language_spoken(self) -> None:
        assert offered(FORUM, ROSTER)["late", "en"] == ["floor", "captions"]
        assert offered(FORUM, with_assignments())["late", "en"] == ["floor"]

    def test_a_language_keeps_the_name_that_was_asked_for(self) -> None:
        assert offered(FORUM, ROSTER)["late", "fr-CH"] == ["direct"]

    def test_a_floor_that_nobody_has_stated_is_interpreted_by_those_who_are_there(self) -> None:
        unknown = dossier(of=event(floor_languages=()), requests=(asked("fr", id_="i-1"),))
        made = with_assignments(assigned(3, "fr", None))
        assert offered(unknown, made) == {(None, "fr"): ["direct"]}
        assert offered(unknown, with_assignments()) == {}

    def test_a_session_in_parts_is_served_if_each_part_is(self) -> None:
        long = dossier(
            of=event(
                slot=slot("09:00", "15:00"),
                sessions=(session("day", "09:00", "15:00", floor_languages=("en",)),),
            ),
            requests=(asked("fr", id_="i-1"),),
        )
        parts = slot("09:00", "12:00"), slot("12:00", "15:00")
        both = [assigned(3, "fr", "day", id=f"a-{number}", slot=part) for number, part in enumerate(parts)]
        assert offered(long, with_assignments(*both))["day", "fr"] == ["direct"]
        assert offered(long, with_assignments(both[0])).get(("day", "fr"), []) == []

    def test_needs_say_the_same(self) -> None:
        first, *_ = planning.languages_needed(FORUM, roster=ROSTER)
        found = {each.language: (each.granted.total, each.missing.total) for each in first.languages}
        assert found == {"ar": (1, 0), "es": (1, 0), "fr": (1, 0), "ru": (0, 1)}
        assert next(each for each in first.languages if each.language == "es").relayed_from == ("fr",)

    def test_a_person_who_left_serves_nobody(self) -> None:
        gone = evolve(ROSTER, interpreters=[person("p-9", "fr:A")])
        assert offered(FORUM, gone)["late", "en"] == ["floor"]

    def test_it_is_for_a_roster(self) -> None:
        with pytest.raises(TypeError, match="Not a Roster"):
            planning.coverage(FORUM, roster=FORUM)  # type: ignore[arg-type] # refused
