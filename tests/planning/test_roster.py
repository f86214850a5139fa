"""Proposals of rosters: who is proposed, in which order it matters, what is kept, and what is refused."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.hypothesis_profiles import LAW
from tests.refusals import refusal, refused
from tests.samples.rosters import asked, assignment, person
from tests.samples.small import NOW, event, place, request, session, slot
from tests.samples.whole import ZURICH
from wtisd_model import (
    AssignmentState,
    Booth,
    BoothTeam,
    Code,
    Dossier,
    InterpretationRequest,
    Interpreter,
    LanguageLevel,
    Load,
    Money,
    Relay,
    RequestState,
    Roster,
    Session,
    Shortage,
    ShortageReason,
    Skill,
    Task,
    Team,
    Terms,
    TimeSlot,
    Transition,
    VirtualLocation,
    Window,
    check,
    planning,
)

TERMS = Terms(name="Ours", heads=2, fewest=2, sitting=180, rest=90, sittings=2)
ALONE = evolve(TERMS, heads=1, fewest=1)
HOUR = timedelta(hours=1)


def dossier(*requests: InterpretationRequest, floor: str = "en fr", uid: str = "e-1", **changes: Any) -> Dossier:
    given: dict[str, Any] = {"uid": uid, "floor_languages": floor.split(), "slot": slot("08:00", "20:00"), **changes}
    an_event = event(**given)
    return Dossier(event=an_event, interpretation_requests=[evolve(each, event_uid=uid) for each in requests])


def day(*hours: str, targets: str = "fr", floor: str = "en", **changes: Any) -> Dossier:
    """Return an event with a session of two hours at each of some hours, which are its ids too."""
    sessions = [session(hour, f"{hour}:00", f"{int(hour) + 2}:00") for hour in hours]
    given: dict[str, Any] = {"sessions": sessions, **changes}
    return dossier(asked(*targets.split()), floor=floor, **given)


def people(number: int, languages: str = "fr:A en:C", prefix: str = "i", **changes: Any) -> list[Interpreter]:
    return [person(f"{prefix}-{index + 1}", languages, **changes) for index in range(number)]


def propose(
    dossiers: Dossier | Iterable[Dossier],
    interpreters: Iterable[Interpreter],
    *,
    is_proven: bool | None = True,
    **changes: Any,
) -> Roster:
    """Propose a roster, which is proven unless it says otherwise; None means that it may be either."""
    given: dict[str, Any] = {"norm": ALONE, **changes}
    found = planning.roster([dossiers] if isinstance(dossiers, Dossier) else dossiers, interpreters, **given)
    assert found.proven == (found.values == found.bounds)
    assert found.proven is is_proven or is_proven is None
    assert found.values is not None
    assert sum(each.missing for each in found.shortages) == found.values.heads_short
    assert (len(found.relays), len(found.unreached)) == (found.values.relays, found.values.floors_unreached)
    return found


def seated(roster: Roster) -> dict[str, list[str]]:
    """Return who holds a seat, by session; by event and language where there are none."""
    seats: dict[str, list[str]] = {}
    for each in roster.assignments:
        if each.state.holds_seat:
            seats.setdefault(each.session_id or f"{each.event_uid} {each.language}", []).append(each.interpreter_id)
    return seats


def answered(roster: Roster, verb: str, at: datetime = NOW, **only: str | None) -> Roster:
    """Return a roster in which a verb was done to the assignments with some values."""
    return evolve(
        roster,
        assignments=[
            getattr(each, verb)(at=at) if all(getattr(each, name) == value for name, value in only.items()) else each
            for each in roster.assignments
        ],
    )


class TestProposal:
    """The roster says who sits where, in which booth, as what, and what that leaves open."""

    def test_each_seat_is_an_offer(self) -> None:
        made = propose(
            dossier(asked("fr", "en"), slot=slot("10:00", "12:00")),
            [*people(2), *people(2, "en:A fr:C", "j")],
            norm=TERMS,
            expires_at=NOW,
        )
        assert [(each.interpreter_id, each.language, each.task) for each in made.assignments] == [
            ("j-1", "en", Task.HEAD_OF_TEAM),
            ("j-2", "en", Task.TURN),
            ("i-1", "fr", Task.HEAD_OF_TEAM),
            ("i-2", "fr", Task.TURN),
        ]
        assert {(each.state, each.expires_at, each.slot, each.sequence) for each in made.assignments} == {
            (AssignmentState.OFFERED, NOW, slot("10:00", "12:00"), 0)
        }
        assert [booth.language for booth in made.booths] == ["en", "fr"]
        assert {each.booth_id for each in made.assignments} == {booth.id for booth in made.booths}
        assert (made.shortages, made.bound, made.sequence) == ((), 0, 0)
        assert made.loads[0] == Load(interpreter_id="i-1", sittings=1, minutes=120)

    def test_a_team_stays_for_a_sitting(self) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "11:15", "12:00")
        made = propose(dossier(asked("fr"), floor="en", sessions=sessions), people(3))
        assert seated(made) == {"a": ["i-1"], "b": ["i-1"]} or len({*seated(made)["a"], *seated(made)["b"]}) == 1
        assert made.loads[0].sittings == 1

    def test_a_team_works_in_the_sessions_that_need_it(self) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "11:00", "12:00")
        requests = asked("fr"), asked("es", id_="r-2", session_ids=["b"])
        asking = dossier(*requests, floor="en", sessions=sessions)
        made = propose(asking, [*people(1), person("j-1", "es:A en:C")])
        assert seated(made) == {"a": ["i-1"], "b": ["j-1", "i-1"]}
        assert {each.interpreter_id: each.minutes for each in made.loads} == {"i-1": 120, "j-1": 60}
        assert [each.session_ids for each in propose(asking, people(1)).shortages] == [("b",)]

    def test_the_parts_of_a_long_session_have_ids_of_their_own(self) -> None:
        made = propose(dossier(asked("fr"), floor="en", slot=slot("10:00", "14:00")), people(2))
        first, second = made.assignments
        assert (first.slot, second.slot) == (slot("10:00", "12:00"), slot("12:00", "14:00"))
        assert first.id != second.id
        assert first.interpreter_id != second.interpreter_id  # no rest is between them

    def test_order_makes_no_difference(self) -> None:
        dossiers = [day("10", "14", uid=uid, targets="fr en", floor="en fr") for uid in ("e-1", "e-2")]
        crowd = [*people(4), *people(3, "en:A fr:C", "j"), *people(1, "en:A fr:A", "k")]
        one, other = propose(dossiers, crowd), propose(dossiers[::-1], crowd[::-1])
        assert one == other
        assert len({each.id for each in one.assignments}) == len(one.assignments)

    def test_captions_and_signs_have_their_tasks(self) -> None:
        requests = asked("en", service="captions"), asked("ase", id_="r-2", service="sign")
        captioner = Interpreter(id="c", languages=[Skill(language="en", level="A", services=["captions"])])
        crowd = captioner, person("s-1", "ase:A en:A"), person("s-2", "ase:A en:A")
        made = propose(dossier(*requests, floor="en", slot=slot("10:00", "11:00")), crowd)
        assert {(each.language, each.task) for each in made.assignments} == {("en", Task.CAPTIONS), ("ase", Task.SIGN)}

    def test_nobody_is_there(self) -> None:
        made = propose(day("10"), [])
        assert [each.missing for each in made.shortages] == [1]
        assert made.shortages[0].reason is ShortageReason.LANGUAGE

    def test_nothing_is_asked_for(self) -> None:
        assert propose([], people(1)).assignments == ()

    def test_somebody_who_does_less_in_one_service_works_only_from_what_is_sure(self) -> None:
        skills = Skill(language="fr", level="A"), Skill(language="en", level="C", services=["consecutive"])
        both = Interpreter(id="i-1", languages=[*skills, Skill(language="es", level="C")])
        requests = asked("fr"), asked("fr", id_="r-2", service="consecutive")
        made = propose(dossier(*requests, floor="en es", slot=slot("10:00", "11:00")), [both])
        assert Relay(event_uid="e-1", language="fr", floor="en") in made.unreached


class TestObjectives:
    """Each objective decides where all before it are equal."""

    def test_the_fewest_heads_are_short(self) -> None:
        # Only i-1 has both; fr could take either.
        made = propose(
            dossier(asked("fr", "es"), floor="en", slot=slot("10:00", "11:00")),
            [person("i-1", "fr:A es:A en:C"), person("i-2", "fr:A en:C")],
        )
        assert seated(made) == {"e-1 es": ["i-1"], "e-1 fr": ["i-2"]}

    def test_then_no_booth_is_below_the_minimum(self) -> None:
        terms = evolve(TERMS, booths=[BoothTeam(language="fr", heads=3)])
        dossiers = [dossier(asked("fr"), uid=uid, floor="en", slot=slot("10:00", "11:00")) for uid in ("e-1", "e-2")]
        made = propose(dossiers, people(4), norm=terms)
        assert sorted(map(len, seated(made).values())) == [2, 2]

    @pytest.mark.parametrize("key", ["a", ("e-1", "a"), ("e-1", "b")])
    def test_then_priority_decides(self, key: str | tuple[str, str]) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "10:00", "11:00", locations=[place("Room H")])
        made = propose(dossier(asked("fr"), floor="en", sessions=sessions), people(1), priorities={key: 2})
        assert [*seated(made)] == [key if isinstance(key, str) else key[1]]
        assert [each.session_ids for each in made.shortages] == [("b",) if "a" in key else ("a",)]

    def test_an_event_without_sessions_has_a_priority(self) -> None:
        dossiers = [dossier(asked("fr"), uid=uid, floor="en", slot=slot("10:00", "11:00")) for uid in ("e-1", "e-2")]
        assert [*seated(propose(dossiers, people(1), priorities={("e-2", None): 2}))] == ["e-2 fr"]

    def test_then_floors_are_reached(self) -> None:
        made = propose(day("10", floor="en es"), [person("i-1", "fr:A en:C"), person("i-2", "fr:A en:C es:C")])
        assert seated(made) == {"10": ["i-2"]}
        alone = propose(day("10", floor="en es"), [person("i-1", "fr:A en:C")])
        assert alone.unreached == (Relay(event_uid="e-1", session_ids=["10"], language="fr", floor="es"),)

    def test_then_relays_are_few(self) -> None:
        crowd = [person("en-1", "en:A es:C"), person("fr-1", "fr:A en:C"), person("fr-2", "fr:A en:C es:C")]
        asking = day("10", targets="en fr", floor="en es")
        assert propose(asking, crowd).relays == ()
        made = propose(asking, crowd[:2])
        assert made.relays == (Relay(event_uid="e-1", session_ids=["10"], language="fr", floor="es", pivot="en"),)
        assert {each.interpreter_id: each.task for each in made.assignments} == {"en-1": Task.PIVOT, "fr-1": Task.TURN}
        assert propose(asking, crowd[:2], pivots=["fr-CH"]).relays == ()

    def test_a_relay_may_be_in_a_language_without_a_booth(self) -> None:
        terms = evolve(ALONE, booths=[BoothTeam(language="ar", heads=1, both_ways=True)])
        crowd = [person("ar-1", "ar:A>fr fr:B es:C"), person("en-1", "en:A es:C fr:C")]
        made = propose(day("10", targets="ar en", floor="ar es"), crowd, norm=terms)
        assert [(each.language, each.floor, each.pivot) for each in made.relays] == [("en", "ar", "fr")]

    @pytest.mark.parametrize("booths", [None, [Booth(id="ru", language="ru")]])
    def test_a_sitting_has_the_highest_priority_of_its_sessions(self, booths: list[Booth] | None) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "11:00", "12:00")
        asking = dossier(asked("fr", session_ids=["b"]), asked("es", id_="r-2"), floor="en", sessions=sessions)
        made = propose(asking, [], booths=booths, priorities={"a": 1000})
        assert made.values is not None
        assert made.values.priority_short == 2000

    def test_then_retours_are_few(self) -> None:
        made = propose(day("10"), [person("i-1", "en:A>fr fr:B"), person("i-2", "fr:A en:C")])
        assert seated(made) == {"10": ["i-2"]}
        (only,) = propose(day("10"), [person("i-1", "en:A>fr fr:B")]).assignments
        assert only.task is Task.RETOUR

    def test_then_it_is_cheap(self) -> None:
        crowd = [
            person("i-1", "fr:A en:C", cost=Money(amount=Decimal("700.50"), currency="CHF")),
            person("i-2", "fr:A en:C", cost=Money(amount=700, currency="CHF")),
        ]
        made = propose(day("10"), crowd)
        assert seated(made) == {"10": ["i-2"]}
        assert made.values is not None
        assert made.values.cost == 70_000

    def test_then_work_is_shared(self) -> None:
        made = propose(day("08", "12", "16", targets="fr"), people(2), norm=evolve(ALONE, sittings=3))
        assert made.values is not None
        assert made.values.largest_load == 2

    def test_then_teams_stay_together(self) -> None:
        made = propose(day("10", "14"), people(4), norm=TERMS)
        assert made.values is not None
        assert (made.values.largest_load, made.values.replaced) == (1, 2)
        few = propose(day("10", "14"), people(3), norm=TERMS)
        assert few.values is not None
        assert (few.values.largest_load, few.values.replaced) == (2, 0)

    def test_the_head_of_the_team_is_one_who_only_takes_turns(self) -> None:
        crowd = [person("i-1", "en:A>fr fr:B"), person("i-2", "fr:A en:C")]
        made = propose(day("10"), crowd, norm=TERMS)
        assert [each.task for each in made.assignments] == [Task.RETOUR, Task.HEAD_OF_TEAM]


class TestShortages:
    """Every shortage says why, by counting."""

    def test_a_language_lacks(self) -> None:
        dossiers = [dossier(asked("zh"), uid=f"e-{n}", floor="en", slot=slot("10:00", "13:00")) for n in range(10)]
        made = propose(dossiers, people(29, "zh:A en:C"), norm="un")
        (only,) = made.shortages
        assert (only.reason, only.needed, only.missing) == (ShortageReason.LANGUAGE, 3, 1)
        counts = "Needed then: 30 (teams: 10). Have zh: 29, of whom available then: 29."
        why = f"{counts} Too few people have the language."
        assert str(only) == f"zh: 1 of 3 missing (Popov, 2023-05-17 08:00). {why}"
        assert only.sentence(ZURICH) == f"zh: 1 of 3 missing (Popov, 2023-05-17 10:00). {why}"

    def test_who_is_away_is_told_from_who_does_not_have_it(self) -> None:
        crowd = [*people(1), *people(1, prefix="j", available=[slot("14:00", "16:00")])]
        (only,) = propose(day("10"), crowd, norm=evolve(TERMS, heads=3)).shortages
        assert (only.reason, only.holders, only.available, only.room, only.fewest) == ("language", 2, 1, "Popov", 2)
        assert only.sentence(ZURICH, titles={"10": "Opening"}) == (
            "fr: 2 of 3 missing (Opening, Popov, 2023-05-17 10:00). The minimum is 2. Needed then: 3 (teams: 1). "
            "Have fr: 2, of whom available then: 1. Too few people have the language."
        )
        assert only.sentence(ZURICH, language="fr").startswith(
            "fr\u00a0: 2 sur 3 à trouver (10, Popov, 2023-05-17 10:00)."
        )
        assert refused(lambda: only.sentence(language="?")) == ("language-unknown", "/language")
        with pytest.raises(TypeError, match="must be a mapping"):
            only.sentence(titles=cast("Any", "Opening"))

    def test_terms_allow_no_more(self) -> None:
        made = propose(day("08", "12", "16"), people(1))
        (only,) = made.shortages
        assert only.reason is ShortageReason.LIMITS
        assert str(only).endswith("Have fr: 1, of whom available then: 1. Their terms do not allow more.")

    def test_people_are_needed_elsewhere(self) -> None:
        made = propose(
            dossier(asked("fr", "es"), floor="en", slot=slot("10:00", "11:00")), [person("i-1", "fr:A es:A en:C")]
        )
        assert [each.reason for each in made.shortages] == [ShortageReason.PEOPLE]

    def test_people_are_not_available(self) -> None:
        made = propose(day("10"), people(1, available=[slot("11:00", "12:00")]))
        assert [(each.reason, each.holders) for each in made.shortages] == [(ShortageReason.UNAVAILABLE, 1)]
        assert str(made.shortages[0]).endswith(
            "Have fr: 1, of whom available then: 0. Too few people are available then."
        )

    def test_booths_lack(self) -> None:
        crowd = people(4)
        none = propose(day("10"), crowd, norm=TERMS, booths=[])
        assert [(each.reason, each.missing) for each in none.shortages] == [(ShortageReason.BOOTHS, 2)]
        assert none.values is not None
        assert none.values.booths_short == 1
        small = propose(day("10"), crowd, norm=TERMS, booths=[Booth(id="b-1", language="fr", seats=1)])
        assert [(each.reason, each.missing) for each in small.shortages] == [(ShortageReason.BOOTHS, 1)]
        assert [each.booth_id for each in small.assignments] == ["b-1"]

    def test_a_team_counts_where_it_works(self) -> None:
        sessions = (
            session("a", "10:00", "11:00"),
            session("b", "11:00", "12:00"),
            session("c", "10:00", "10:30", locations=[place("Room H")]),
        )
        requests = asked("fr", session_ids=["a", "b"]), asked("es", id_="r-2", session_ids=["b", "c"])
        made = propose(dossier(*requests, floor="en", sessions=sessions), [*people(1), person("j-1", "es:A en:C")])
        # The Spanish team of the first room comes in the second session.
        (only,) = made.shortages
        assert (only.reason, only.needed_then, only.booths_then) == (ShortageReason.LIMITS, 1, 1)

    def test_what_is_fixed_leaves_nobody(self) -> None:
        asking = dossier(asked("fr", "es"), floor="en", slot=slot("10:00", "11:00"))
        crowd = [person("i-1", "fr:A es:A en:C"), person("i-2", "fr:A en:C")]
        made = propose(asking, crowd, fixed=[assignment(language="fr")])
        assert [(each.language, each.reason) for each in made.shortages] == [("es", ShortageReason.FIXED)]

    def test_hours_that_are_not_known_are_not_planned(self) -> None:
        whole_day = TimeSlot.days("2023-05-17", "2023-05-18", ZURICH)
        made = propose(
            [
                dossier(asked("fr"), floor="en", slot=whole_day),
                day(
                    "10",
                    uid="e-2",
                    slot=whole_day,
                    sessions=[Session(id="s", title=session("s").title, slot=whole_day)],
                ),
            ],
            people(2),
        )
        assert [(each.reason, each.session_ids) for each in made.shortages] == [
            (ShortageReason.UNPLANNED, ()),
            (ShortageReason.UNPLANNED, ("s",)),
        ]
        assert str(made.shortages[0]) == "fr: 1 of 1 missing (2023-05-16). The hours are not known."

    @pytest.mark.parametrize("reason", ShortageReason)
    def test_each_reason_has_a_sentence(self, reason: ShortageReason) -> None:
        short = Shortage(event_uid="e-1", language="fr", starts_at=NOW, needed=2, missing=1, reason=reason)
        assert short.sentence().startswith("fr: ")


class TestLimits:
    """Terms hold for everybody; who has terms of their own has only those."""

    def test_own_terms_apply_instead(self) -> None:
        asking = day("08", "12", "16")
        made = propose(asking, [*people(1), person("j-1", "fr:A en:C", terms=evolve(ALONE, sittings=1))])
        assert {each.interpreter_id: each.sittings for each in made.loads} == {"i-1": 2, "j-1": 1}

    def test_days_on_end_are_limited(self) -> None:
        sessions = [
            Session(id=f"s-{n}", title=session("s").title, slot=slot("10:00", "11:00", day=f"2023-05-{16 + n}"))
            for n in range(3)
        ]
        asking = dossier(
            asked("fr"), floor="en", slot=TimeSlot.days("2023-05-16", "2023-05-20", ZURICH), sessions=sessions
        )
        made = propose(asking, people(1), norm=evolve(ALONE, windows=[Window(days=3, sittings=2)]))
        assert [each.missing for each in made.shortages] == [1]

    @pytest.mark.parametrize(
        ("available", "sits"),
        [
            ([slot("10:00", "12:00")], True),
            ([slot("11:00", "13:00"), slot("09:00", "11:00")], True),
            ([slot("08:00", "10:30"), slot("11:00", "13:00")], False),
        ],
    )
    def test_people_are_available_for_the_whole_sitting(self, available: list[TimeSlot], sits: bool) -> None:
        assert bool(propose(day("10"), people(1, available=available)).assignments) is sits

    @pytest.mark.parametrize(("works_at", "sits"), [(None, True), ("on-site", False), ("remote", True)])
    def test_people_work_where_it_is_done(self, works_at: Any, sits: bool) -> None:
        asking = dossier(asked("fr", interpreters_at="remote"), floor="en", slot=slot("10:00", "11:00"))
        assert bool(propose(asking, people(1, works_at=works_at)).assignments) is sits

    def test_a_hub_serves_any_room(self) -> None:
        hub = [Booth(id="hub-fr", language="fr")]
        made = propose(day("10", "14"), people(2), booths=hub)
        assert {each.booth_id for each in made.assignments} == {"hub-fr"}
        assert made.shortages == ()


class TestClaims:
    """What is proven is so of every roster that keeps to the rules, also where the search allows less than they do."""

    ROOMS = (session("a", "10:00", "11:00"), session("b", "10:00", "11:00", locations=[place("Room H")]))

    @pytest.mark.parametrize(("booths", "is_proven"), [(1, False), (2, True)])
    def test_booths_could_be_dealt_out_in_another_way(self, booths: int, is_proven: bool) -> None:
        hub = [Booth(id=f"hub-{number}", language="fr") for number in range(booths)]
        asking = dossier(asked("fr"), floor="en", sessions=self.ROOMS)
        made = propose(asking, people(2), booths=hub, priorities={"b": 1000}, is_proven=is_proven)
        assert made.values is not None
        assert (made.values.priority_short, made.bound) == (0 if is_proven else 1000, 0)

    @pytest.mark.parametrize(("rooms", "unreached", "bound"), [((None, None), 0, 0), (("Popov", None), 1, 0)])
    def test_a_booth_may_work_both_ways(self, rooms: tuple[str | None, ...], unreached: int, bound: int) -> None:
        booths = [
            Booth(id="ar-1", language="ar", room=rooms[0]),
            Booth(id="ar-2", language="ar", room=rooms[1], both_ways=True),
            Booth(id="fr", language="fr"),
        ]
        crowd = [person("i-1", "ar:A>fr en:C"), person("i-2", "fr:A en:C")]
        made = propose(day("10", targets="ar fr", floor="ar en"), crowd, booths=booths, is_proven=unreached == 0)
        assert made.values is not None
        assert made.bounds is not None
        assert (made.values.floors_unreached, made.bounds.floors_unreached) == (unreached, bound)

    def test_a_booth_that_is_as_large_as_any_leaves_no_doubt(self) -> None:
        small = [Booth(id="hub", language="fr", seats=1)]
        assert propose(day("10", "14"), people(4), norm=TERMS, booths=small).bound == 2

    @pytest.mark.parametrize(
        ("works_at", "languages", "bound"), [("remote", "fr", 0), ("remote", "es", 1), ("on-site", "fr", 1)]
    )
    def test_who_works_remotely_needs_no_booth(self, works_at: Any, languages: str, bound: int) -> None:
        crowd = people(1, f"{languages}:A en:C", works_at=works_at)
        made = propose(day("10"), crowd, booths=[Booth(id="ru", language="ru")], is_proven=bound == 1)
        assert (seated(made), made.bound) == ({}, bound)
        by_hand = evolve(made, assignments=[assignment(session_id="10")])
        assert bool(check(by_hand, dossiers=[day("10")], now=NOW)) is (bound == 1)

    def test_somebody_is_needed_in_a_part_of_a_sitting_only(self) -> None:
        sessions = (
            session("a", "10:00", "11:00"),
            session("b", "11:00", "12:00"),
            session("c", "10:00", "10:30", locations=[place("Room H")]),
        )
        requests = asked("fr", session_ids=["a", "b"]), asked("es", id_="r-2", session_ids=["b", "c"])
        asking, terms = dossier(*requests, floor="en", sessions=sessions), evolve(ALONE, rest=30)
        made = propose(asking, [*people(1), person("j-1", "es:A en:C")], norm=terms)
        assert (seated(made), made.bound) == ({"a": ["i-1"], "b": ["j-1", "i-1"], "c": ["j-1"]}, 0)
        assert check(made, dossiers=[asking], now=NOW) == ()
        # The limits of one who has both languages are those of the longer work: by hand, nothing would be short.
        made = propose(asking, [*people(1), person("j-1", "es:A fr:A en:C")], norm=terms, is_proven=False)
        assert (len(made.shortages), made.bound) == (1, 0)

    def test_a_part_of_a_sitting_in_which_nobody_differs_leaves_no_doubt(self) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "11:00", "12:00")
        requests = asked("fr"), asked("es", id_="r-2", session_ids=["b"])
        made = propose(dossier(*requests, floor="en", sessions=sessions), [person("i-1", "fr:A es:A en:C")])
        assert made.bound == 1

    def test_who_keeps_a_part_is_needed_elsewhere(self) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "11:00", "12:00")
        crowd = [person("i-1", "fr:A es:A en:C"), person("i-2", "fr:A en:C")]
        first = answered(propose(dossier(asked("fr"), floor="en", sessions=sessions), crowd[:1]), "accept")
        keep = answered(first, "decline", session_id="b")
        more = asked("fr"), asked("es", id_="r-2", session_ids=["a"])
        made = propose(dossier(*more, floor="en", sessions=sessions), crowd, keep=keep, is_proven=False)
        assert seated(made) == {"a": ["i-1", "i-2"], "b": ["i-2"]}
        assert made.values is not None
        assert (made.shortages, made.values.changes) == ((), 1)

    def test_who_may_not_work_remotely_at_all_may_work_on_site(self) -> None:
        requests = asked("fr", interpreters_at="remote"), asked("es", id_="r-2")
        asking = dossier(*requests, floor="en", slot=slot("10:00", "12:00"))
        made = propose(asking, [person("i-1", "fr:A es:A en:C")], norm=evolve(ALONE, remote_day=60))
        assert (seated(made), made.bound) == ({"e-1 es": ["i-1"]}, 1)

    def test_remote_work_may_leave_less_for_the_rest_of_the_day(self) -> None:
        requests = asked("fr", interpreters_at="remote"), asked("es", id_="r-2", session_ids=["14"])
        asking = day("10", "14")
        asking = evolve(asking, interpretation_requests=[evolve(each, event_uid="e-1") for each in requests])
        crowd = [*people(1), person("j-1", "fr:A es:A en:C")]
        # By hand, j-1 could work into French remotely, and later into Spanish on site.
        made = propose(asking, crowd, norm=evolve(ALONE, remote_day=120), is_proven=False)
        assert (len(made.shortages), made.bound) == (1, 0)


class TestPurged:
    """Nobody can ask people of whom nothing personal is left: not when they are available, nor what they cost."""

    def test_they_are_not_asked(self) -> None:
        purged = person("i-2", "fr:A en:C", available=[slot("18:00", "19:00")]).purged(at=NOW)
        made = propose(day("10"), [*people(1, cost=Money(amount=1, currency="CHF")), purged])
        assert seated(made) == {"10": ["i-1"]}
        (short,) = propose(day("10"), [purged]).shortages
        assert (short.reason, short.holders) == (ShortageReason.LANGUAGE, 0)

    def test_what_they_have_delivered_stays(self) -> None:
        done = answered(answered(propose(day("10"), people(1)), "accept"), "deliver")
        crowd = [each.purged(at=NOW) for each in people(1)]
        assert propose(day("10"), crowd, keep=done).assignments == done.assignments


class TestKeep:
    """Of an earlier roster stays what can; what is offered, accepted or delivered is kept with its id and history."""

    def test_nothing_changes_without_a_reason(self) -> None:
        asking, crowd = day("10", "14"), people(6)
        first = answered(propose(asking, crowd, norm=TERMS), "accept")
        second = propose(asking, crowd[::-1], norm=TERMS, keep=first)
        assert second == evolve(first, sequence=1)

    def test_who_falls_ill_is_replaced(self) -> None:
        asking, crowd = day("10", targets="fr es"), [*people(3), *people(2, "es:A en:C", "j")]
        first = answered(propose(asking, crowd, norm=TERMS), "accept")
        ill, well, free = first.assignments[2].interpreter_id, first.assignments[3].interpreter_id, "i-3"
        after = answered(first, "release", interpreter_id=ill, at=NOW + HOUR)
        second = propose(asking, crowd, norm=TERMS, keep=after)
        assert {each.interpreter_id: (str(each.state), each.sequence) for each in second.assignments} == {
            ill: ("released", 0),
            well: ("accepted", 0),
            ({"i-1", "i-2", "i-3"} - {ill, well}).pop(): ("offered", 1),
            "j-1": ("accepted", 0),
            "j-2": ("accepted", 0),
        }
        assert second.values is not None
        assert second.values.changes == 0
        assert free

    def test_a_seat_is_given_up_for_a_head_more(self) -> None:
        crowd = [person("i-1", "fr:A es:A en:C"), person("i-2", "fr:A en:C")]
        first = propose(day("10"), crowd[:1])
        second = propose(day("10", targets="fr es"), crowd, keep=first)
        assert seated(second) == {"10": ["i-1", "i-2"]}
        assert second.values is not None
        assert second.values.changes == 1
        assert first.assignments[0].id not in {each.id for each in second.assignments}

    def test_who_is_no_longer_there_loses_a_seat_and_no_answer(self) -> None:
        for verb, stays in (("accept", False), ("decline", True), ("release", True)):
            first = answered(propose(day("10"), people(1)), verb)
            second = propose(day("10"), people(1, prefix="j"), keep=first)
            assert [each.interpreter_id for each in second.assignments] == ["j-1", *["i-1"] * stays]
            assert second.values is not None
            assert second.values.changes == (not stays)
            assert {each.code for each in check(second, dossiers=[day("10")], now=NOW)} == set()
            third = propose(day("10"), people(1), keep=second)
            assert seated(third) == ({} if stays else {"10": ["i-1"]})

    @pytest.mark.parametrize("verb", ["decline", "release"])
    def test_who_refused_is_not_asked_again(self, verb: str) -> None:
        first = answered(propose(day("10", "14"), people(1)), verb, session_id="10")
        second = propose(day("10", "14"), people(1), keep=first)
        assert seated(second) == {"14": ["i-1"]}
        assert second.assignments[-1] == first.assignments[0]

    def test_who_refused_a_part_of_a_session_may_do_the_other(self) -> None:
        asking = dossier(asked("fr"), floor="en", slot=slot("10:00", "14:00"))
        first = answered(propose(asking, people(1)), "decline")
        (refused_part,) = first.assignments
        second = propose(asking, people(1), keep=first)
        (other, same) = second.assignments
        assert same == refused_part
        assert other.slot != refused_part.slot

    def test_who_refused_one_session_of_two_in_another_team_is_not_asked_there(self) -> None:
        first = propose(day("10"), people(1))
        again = evolve(first.assignments[0], id="a-2").decline(at=NOW)
        both = evolve(first, assignments=[*first.assignments, again])
        assert propose(day("10"), people(1), keep=both).assignments == both.assignments

    def test_a_booth_that_is_gone_is_no_longer_named(self) -> None:
        first = answered(propose(day("10"), people(1)), "decline")
        second = propose(day("10"), people(1), keep=first, booths=[])
        assert [each.booth_id for each in second.assignments] == [None]

    def test_an_offer_expires(self) -> None:
        first = propose(day("10"), people(2), expires_at=NOW)
        assert propose(day("10"), people(2), keep=first).assignments == first.assignments
        assert propose(day("10"), people(2), keep=first, now=NOW - HOUR).assignments == first.assignments
        late = propose(day("10"), people(2), keep=first, now=NOW)
        assert late.assignments[1:] == first.assignments
        assert late.assignments[0].interpreter_id != first.assignments[0].interpreter_id

    def test_the_head_of_the_team_stays(self) -> None:
        first = propose(day("10"), people(2, prefix="j"), norm=TERMS)
        gone = answered(first, "release", interpreter_id="j-1")
        made = evolve(gone, assignments=[gone.assignments[0], evolve(gone.assignments[1], task="head-of-team")])
        second = propose(day("10"), [*people(1), *people(2, prefix="j")], norm=TERMS, keep=made)
        assert {each.interpreter_id: each.task for each in second.assignments if each.state.holds_seat} == {
            "i-1": Task.TURN,
            "j-2": Task.HEAD_OF_TEAM,
        }

    def test_another_booth_is_no_other_place(self) -> None:
        booths = [Booth(id="b-1", room="Popov", language="fr"), Booth(id="b-2", room="Popov", language="fr", seats=1)]
        first = answered(propose(day("10"), people(1), booths=booths[:1]), "accept")
        (only,) = propose(day("10"), people(1), booths=booths[1:], keep=first).assignments
        assert (only.booth_id, only.state, only.sequence) == ("b-2", AssignmentState.ACCEPTED, 0)

    def test_what_is_for_another_event_stays(self) -> None:
        asking = day("10", "14"), day("10", "16", uid="e-2", sessions=[session("16", locations=[place("Room H")])])
        both = propose(asking, people(3))
        first = answered(answered(both, "accept"), "decline", session_id="14")
        again = propose(asking[0], people(3), keep=first)
        assert {each.id for each in first.assignments} <= {each.id for each in again.assignments}
        assert [each for each in again.assignments if each.event_uid == "e-2"] == [
            each for each in first.assignments if each.event_uid == "e-2"
        ]
        assert again.booths == first.booths
        assert not check(again, dossiers=asking, now=NOW)

    @pytest.mark.parametrize("booths", [None, [Booth(id=id_, language="fr") for id_ in ("b-1", "b-2")]])
    def test_the_booths_of_another_event_are_its_own_at_that_time(self, booths: list[Booth] | None) -> None:
        asking = day("10", "14"), day("08", "11", "13", uid="e-2")
        given: dict[str, Any] = {"interpreters": people(6), "norm": evolve(ALONE, rest=0), "booths": booths}
        again = propose(asking[1], keep=propose(asking[0], **given), **given)
        places = {each.session_id: each.booth_id for each in again.assignments}
        assert places["08"] == places["10"] == places["14"]
        assert places["11"] == places["13"] != places["10"]
        assert not check(again, dossiers=asking, now=NOW)
        for each in asking:
            same = propose(each, keep=again, **given).assignments
            assert {each.id: each for each in same} == {each.id: each for each in again.assignments}

    def test_a_booth_that_another_event_no_longer_needs_is_free(self) -> None:
        expired = propose(day("10"), people(1), booths=[BOOTH], expires_at=NOW)
        ready = evolve(expired.assignments[0], id="a-1", task="standby", expires_at=None)
        whenever = evolve(ready, id="a-2", session_id="12", task="turn", slot=None)
        asking = day("11", uid="e-2")
        keep = evolve(expired, assignments=[*expired.assignments, ready, whenever])
        assert propose(asking, people(2), booths=[BOOTH], keep=keep, now=NOW).bound == 0
        later = evolve(expired, assignments=[evolve(expired.assignments[0], expires_at=NOW + HOUR)])
        made = propose(asking, people(2), booths=[BOOTH], keep=later, now=NOW)
        assert [each.reason for each in made.shortages] == [ShortageReason.BOOTHS]

    def test_the_booth_of_another_event_stays_in_its_room(self) -> None:
        asking = [
            day("10", uid=uid, sessions=[session("10", "10:00", "12:00", locations=[place(room)])])
            for uid, room in (("e-1", "\u0417\u0430\u043b"), ("e-2", "\u5927\u5385"))
        ]
        again = propose(asking[1], people(2), keep=propose(asking[0], people(2)))
        assert {booth.room for booth in again.booths} == {"\u0417\u0430\u043b", "\u5927\u5385"}
        assert not check(again, dossiers=asking, now=NOW)

    def test_nobody_is_asked_for_what_is_at_the_time_of_another_event(self) -> None:
        asking = dossier(asked("fr"), floor="en", uid="e-2", slot=slot("10:00", "12:00"))
        again = propose(day("10"), people(1), keep=propose(asking, people(1)))
        assert seated(again) == {"e-2 fr": ["i-1"]}
        assert [each.reason for each in again.shortages] == [ShortageReason.UNAVAILABLE]


class TestRefusals:
    """Who refuses is not asked again, for anything at that time; what they hold stays theirs."""

    def test_nothing_else_at_that_time(self) -> None:
        rooms = [session("a", "10:00", "11:00"), session("b", "10:30", "11:30", locations=[place("Room H")])]
        asking = dossier(asked("fr"), floor="en", sessions=rooms)
        first = answered(propose(asking, people(2)), "decline")
        second = propose(asking, people(2), keep=first)
        assert {*second.assignments} == {*first.assignments}
        assert {str(each.reason) for each in second.shortages} == {"unavailable"}
        assert str(second.shortages[0]).endswith(
            "Have fr: 2, of whom available then: 0. Too few people are available then."
        )

    def test_also_if_the_event_is_not_given(self) -> None:
        first = answered(propose(day("10", uid="e-2"), people(1)), "release")
        second = propose(day("10", "14"), people(1), keep=first)
        assert seated(second) == {"14": ["i-1"]}
        whenever = evolve(first, assignments=[evolve(each, slot=None) for each in first.assignments])
        assert seated(propose(day("10"), people(1), keep=whenever)) == {"10": ["i-1"]}

    def test_what_they_hold_then_is_theirs(self) -> None:
        rooms = [session("a", "10:00", "11:00"), session("b", "10:00", "11:00", locations=[place("Room H")])]
        asking = dossier(asked("fr"), floor="en", sessions=rooms)
        made = assignment(id="x", session_id="a").accept(at=NOW), assignment(id="y", session_id="b").decline(at=NOW)
        keep = Roster(terms=ALONE, interpreters=people(1), assignments=made)
        assert seated(propose(asking, people(1), keep=keep)) == {"a": ["i-1"]}

    def test_also_if_they_hold_a_seat_in_another_team_then(self) -> None:
        made = [
            assignment(id="x", session_id="10", language="ar").accept(at=NOW),
            assignment(id="y", session_id="10").decline(at=NOW),
        ]
        crowd = [person("i-1", "ar:A fr:A en:C"), person("i-2", "ar:A en:C")]
        keep = Roster(terms=ALONE, interpreters=crowd, assignments=made)
        again = propose(day("10", targets="ar fr"), crowd, keep=keep)
        assert [(each.id, each.state) for each in again.assignments] == [("x", "accepted"), ("y", "declined")]
        assert [each.language for each in again.shortages] == ["fr"]

    def test_the_booth_is_named_as_long_as_it_is_so(self) -> None:
        first = answered(propose(day("10"), people(1), booths=[BOOTH]), "decline")
        assert propose(day("10"), people(1), booths=[BOOTH], keep=first).assignments == first.assignments
        expired = propose(day("10"), people(1), booths=[BOOTH], expires_at=NOW)
        (only,) = propose(day("10"), [], booths=[], keep=expired, now=NOW).assignments
        assert only == evolve(expired.assignments[0], booth_id=None)
        other = [evolve(BOOTH, language="es")]
        assert [each.booth_id for each in propose(day("10"), [], booths=other, keep=first).assignments] == [None]


class TestStandby:
    """Who is only ready holds no seat."""

    def keep(self, **changes: Any) -> Roster:
        ready = assignment(interpreter_id="i-2", session_id="10", task="standby", **changes).accept(at=NOW)
        return Roster(terms=ALONE, interpreters=people(2), assignments=[ready])

    def test_they_stay_ready(self) -> None:
        keep = self.keep()
        seat = assignment(id="a-2", session_id="10").accept(at=NOW)
        both = evolve(keep, assignments=[seat, *keep.assignments])
        made = propose(day("10"), people(2), keep=both, booths=[Booth(id="hub", language="fr")])
        assert seated(made) == {"10": ["i-1", "i-2"]}
        now: dict[str, Any] = {"slot": slot("10:00", "12:00"), "works_at": "on-site", "session_sequence": 0}
        stays = evolve(keep.assignments[0], **now, booth_id="hub")
        assert stays in made.assignments
        assert evolve(stays, booth_id=None) in propose(day("10"), people(2), keep=made, booths=[]).assignments

    def test_they_are_asked_again_for_another_time(self) -> None:
        first = propose(day("10"), people(2), keep=self.keep(), fixed=[assignment(id="a-2", session_id="10")])
        moved = day("10", sessions=[session("10", "14:00", "16:00")])
        (_, again) = propose(moved, people(2), keep=first, expires_at=NOW).assignments
        assert (again.id, again.slot, again.task) == ("a-1", slot("14:00", "16:00"), Task.STANDBY)
        assert (again.state, again.expires_at, again.sequence) == (AssignmentState.OFFERED, NOW, 2)

    @pytest.mark.parametrize("changes", [{}, {"slot": slot("09:00", "15:00")}])
    def test_they_are_ready_for_all_parts_of_a_long_session(self, changes: dict[str, Any]) -> None:
        asking = day("10", sessions=[session("10", "09:00", "15:00")])
        seat = assignment(id="a-2", session_id="10")
        made = propose(asking, people(2), norm=evolve(ALONE, rest=0), keep=self.keep(**changes), fixed=[seat])
        assert [each.slot for each in made.assignments if each.id == "a-1"] == [slot("09:00", "15:00")]
        assert check(made, dossiers=[asking], now=NOW) == ()

    def test_they_are_asked_if_they_are_needed(self) -> None:
        made = propose(day("10"), people(2)[1:], keep=self.keep())
        assert [(each.interpreter_id, each.task) for each in made.assignments] == [("i-2", Task.TURN)]

    def test_they_are_not_asked_for_more_than_their_terms_allow(self) -> None:
        sessions = session("10", "10:00", "11:00"), session("12", "12:00", "13:00", locations=[place("Room H")])
        asking = dossier(asked("fr"), floor="en", sessions=sessions)
        crowd = [person("i-1", "fr:A en:C", available=[slot("09:00", "11:00")]), *people(2)[1:]]
        made = propose(asking, crowd, keep=self.keep())
        assert seated(made) == {"10": ["i-1"], "12": ["i-2"]}
        assert check(made, dossiers=[asking], now=NOW) == ()
        free = propose(asking, crowd, norm=evolve(ALONE, rest=0), keep=self.keep())
        assert seated(free) == {"10": ["i-1", "i-2"], "12": ["i-2"]}

    def test_they_are_asked_for_nothing_else_when_they_were(self) -> None:
        was = answered(self.keep(slot=slot("10:00", "12:00")), "deliver")
        asking = (
            day("10"),
            day("10", uid="e-2", sessions=[session("16", "11:00", "12:00", locations=[place("Room H")])]),
        )
        made = propose(asking, people(2)[1:], keep=was)
        assert (made.assignments, made.bound) == (was.assignments, 2)

    def test_they_are_ready_where_they_can_be(self) -> None:
        crowd = [*people(1), person("i-2", "fr:A en:C", available=[slot("18:00", "19:00")])]
        assert seated(propose(day("10"), crowd, keep=self.keep())) == {"10": ["i-1"]}

    def test_they_are_ready_once_at_a_time(self) -> None:
        keep = self.keep()
        twice = evolve(keep, assignments=[*keep.assignments, evolve(keep.assignments[0], id="a-2")])
        seat = assignment(id="a-3", session_id="10")
        assert [each.id for each in propose(day("10"), people(2), keep=twice, fixed=[seat]).assignments] == [
            "a-3",
            "a-1",
        ]

    def test_they_are_forgotten_with_the_session(self) -> None:
        assert propose(day("14"), people(1), keep=self.keep()).assignments[1:] == ()
        assert propose(day("12"), people(2), keep=self.keep()).assignments[1:] == ()


class TestServices:
    """Two teams of one language in a sitting are told apart by what they do."""

    def asking(self) -> Dossier:
        requests = asked("fr", service="consecutive"), asked("fr", id_="r-2", service="whispered")
        return dossier(*requests, floor="en", slot=slot("10:00", "11:00"))

    def test_each_stays_in_its_team(self) -> None:
        first = answered(propose(self.asking(), people(4)), "accept")
        assert [str(each.service) for each in first.assignments] == [*["consecutive"] * 2, *["whispered"] * 2]
        assert propose(self.asking(), people(5), keep=first).assignments == first.assignments

    def test_what_is_missing_says_it(self) -> None:
        made = propose(self.asking(), [])
        assert {each.service for each in made.shortages} == {each.service for each in made.unreached}
        assert str(made.shortages[0]).startswith("fr: 2 of 2 missing (Popov, 2023-05-17 08:00). The minimum is 1.")

    def test_each_service_has_pairs_of_its_own(self) -> None:
        skills = Skill(language="fr", level="A"), Skill(language="en", level="C", services=["consecutive"])
        both = Interpreter(id="i-1", languages=[*skills, Skill(language="es", level="C")])
        asking = dossier(asked("fr"), asked("fr", id_="r-2", service="consecutive"), floor="en es", sessions=self.ROOMS)
        made = propose(asking, [both])
        assert {(str(each.service), each.floor) for each in made.unreached if each.session_ids == ("a",)}

    ROOMS = (session("a", "10:00", "11:00"),)


class TestRemote:
    """A sitting that somebody may do remotely counts as remote work, and as work in its room."""

    def test_the_remote_day(self) -> None:
        requests = asked("fr", interpreters_at="remote"), asked("es", id_="r-2")
        asking = dossier(*requests, floor="en", slot=slot("10:00", "12:00"))
        crowd = [person("i-1", "fr:A es:A en:C"), person("i-2", "es:A en:C")]
        made = propose(asking, crowd, norm=evolve(ALONE, remote_day=60))
        assert [each.language for each in made.assignments] == ["es"]
        assert {each.code for each in check(made, dossiers=[asking], now=NOW)} == {"booth-understaffed"}


class TestMoves:
    """If the session is at another time or place, an accepted assignment is offered again, with a higher sequence."""

    def moved(self, start: str, end: str) -> Dossier:
        """Return the event with its session at another time, as an edit of its document has it."""
        asking = day("10")
        (only,) = asking.event.sessions
        return evolve(asking, event=evolve(asking.event, sessions=[evolve(only, slot=slot(start, end))]))

    def long(self, start: str, end: str) -> Dossier:
        return dossier(asked("fr"), floor="en", slot=slot(start, end))

    @pytest.mark.parametrize(("start", "end"), [("14:00", "15:00"), ("10:30", "12:30"), ("10:00", "12:30")])
    def test_another_time(self, start: str, end: str) -> None:
        first = answered(propose(day("10"), people(2)), "accept")
        asking = self.moved(start, end)
        second = propose(asking, people(2), keep=first, expires_at=NOW + 2 * HOUR)
        (before,), (after,) = first.assignments, second.assignments
        assert (after.id, after.interpreter_id) == (before.id, before.interpreter_id)
        assert (after.state, after.sequence, after.slot) == (AssignmentState.OFFERED, 1, slot(start, end))
        assert (after.history[-1].at, after.expires_at) == (NOW, NOW + 2 * HOUR)
        assert propose(asking, people(2), keep=second).assignments == second.assignments
        accepted = answered(second, "accept", at=NOW + HOUR)
        assert propose(asking, people(2), keep=accepted).assignments == accepted.assignments

    def test_an_open_offer_has_the_new_time_and_a_higher_sequence(self) -> None:
        second = propose(self.moved("14:00", "15:00"), people(1), keep=propose(day("10"), people(1)))
        assert [(each.state, each.sequence, each.slot) for each in second.assignments] == [
            (AssignmentState.OFFERED, 1, slot("14:00", "15:00"))
        ]

    def test_the_same_time_in_another_zone_is_no_other_time(self) -> None:
        first = answered(propose(day("10"), people(1)), "accept")
        asking = day("10", sessions=[session("10", slot=slot("10:00", "12:00").in_zone("Africa/Lagos"))])
        assert check(first, dossiers=[asking], now=NOW) == ()
        assert propose(asking, people(1), keep=first).assignments == first.assignments

    @pytest.mark.parametrize("service", ["simultaneous", "consecutive"])
    @pytest.mark.parametrize(
        ("before", "after", "is_elsewhere"),
        [
            ("remote", "on-site", True),
            ("remote", None, True),
            (None, "remote", True),
            ("on-site", "remote", True),
            (None, "on-site", False),
        ],
    )
    @pytest.mark.parametrize("booths", [None, [Booth(id="hub", language="fr")]])
    def test_from_remote_work_to_work_on_site_and_back(
        self, booths: list[Booth] | None, before: Any, after: Any, service: str, is_elsewhere: bool
    ) -> None:
        one, other = (
            dossier(asked("fr", service=service, interpreters_at=each), floor="en", slot=slot("10:00", "12:00"))
            for each in (before, after)
        )
        crowd = people(2)
        first = answered(propose(one, crowd, booths=booths), "accept")
        second = propose(other, crowd, keep=first, booths=booths)
        states = {True: AssignmentState.OFFERED, False: AssignmentState.ACCEPTED}
        assert [(each.id, each.works_at, each.state, each.sequence) for each in second.assignments] == [
            (each.id, after or "on-site", states[is_elsewhere], int(is_elsewhere)) for each in first.assignments
        ]
        found = check(first, dossiers=[other], now=NOW)
        assert ("/assignments/0/worksAt" in {each.path for each in found}) is is_elsewhere
        assert check(second, dossiers=[other], now=NOW) == ()
        assert propose(other, crowd, keep=second, booths=booths).assignments == second.assignments

    def test_who_only_works_remotely_now_works_elsewhere(self) -> None:
        first = answered(propose(day("10"), people(1)), "accept")
        second = propose(day("10"), people(1, works_at="remote"), keep=first)
        assert [(each.state, each.sequence, each.works_at) for each in second.assignments] == [
            (AssignmentState.OFFERED, 1, "remote")
        ]

    def test_who_was_not_told_where_to_work_stays(self) -> None:
        first = answered(propose(day("10"), people(1)), "accept")
        anywhere = evolve(first, assignments=[evolve(each, works_at=None) for each in first.assignments])
        assert propose(day("10"), people(1), keep=anywhere).assignments == first.assignments

    def test_an_offer_knows_the_sequence_that_its_session_had(self) -> None:
        asking = day("10", sequence=3)
        linked = asking.event.revised(at=NOW, virtual_locations=[VirtualLocation(uri="https://example.org/live")])
        (only,) = linked.sessions
        moved = linked.revised(at=NOW, sessions=[only.reschedule(slot("14:00", "15:00"), at=NOW)])
        first = propose(asking, people(1))
        for event_now, keep, number in ((linked, None, 4), (linked, first, 3), (moved, first, 5)):
            (made,) = propose(evolve(asking, event=event_now), people(1), keep=keep).assignments
            assert made.session_sequence == number

    def test_the_others_stay(self) -> None:
        first = answered(propose(day("10", "14"), people(1)), "accept")
        one, other = day("10", "14").event.sessions
        asking = day("10", "14", sessions=[one, evolve(other, slot=slot("16:00", "18:00"))])
        second = propose(asking, people(1), keep=first)
        assert [each.state for each in second.assignments] == [AssignmentState.ACCEPTED, AssignmentState.OFFERED]
        assert second.assignments[0] == first.assignments[0]

    def test_whenever_it_is_stays_and_says_now_when_it_is(self) -> None:
        first = answered(propose(day("10"), people(1)), "accept")
        whenever = evolve(first, assignments=[evolve(each, slot=None) for each in first.assignments])
        second = propose(self.moved("14:00", "15:00"), people(1), keep=whenever)
        assert second.assignments == (evolve(first.assignments[0], slot=slot("14:00", "15:00")),)

    def test_who_refused_is_not_asked_for_the_new_time(self) -> None:
        first = answered(propose(day("10"), people(1)), "decline")
        assert propose(self.moved("14:00", "15:00"), people(1), keep=first).assignments == first.assignments

    def test_who_leaves_and_returns_has_a_higher_sequence(self) -> None:
        first = propose(day("10"), people(1))
        gone = propose(day("10"), people(1, prefix="j"), keep=first)
        back = propose(self.moved("14:00", "15:00"), people(1), keep=gone)
        assert [(each.id, each.sequence) for each in back.assignments] == [(first.assignments[0].id, 2)]

    def test_another_room(self) -> None:
        first = answered(propose(day("10"), people(1)), "accept")
        asking = day("10", locations=[place("Room H")])
        second = propose(asking, people(1), keep=first, now=NOW + HOUR)
        assert [(each.state, each.sequence) for each in second.assignments] == [(AssignmentState.OFFERED, 1)]
        assert second.assignments[0].history[-1].at == NOW + HOUR

    @pytest.mark.parametrize(
        "hours", [("08:30", "10:30", "12:30"), ("09:00", "11:00", "13:00"), ("13:00", "15:00", "17:00")]
    )
    def test_the_parts_of_a_long_session_move_with_it(self, hours: tuple[str, str, str]) -> None:
        start, half, end = hours
        first = answered(propose(self.long("08:00", "12:00"), people(2)), "accept")
        second = propose(self.long(start, end), people(2), keep=first)
        assert [(each.id, each.interpreter_id) for each in second.assignments] == [
            (each.id, each.interpreter_id) for each in first.assignments
        ]
        assert [each.slot for each in second.assignments] == [slot(start, half), slot(half, end)]
        assert second.values is not None
        assert second.values.changes == 0
        assert {each.state for each in second.assignments} == {AssignmentState.OFFERED}

    def test_a_session_becomes_short_enough_for_one(self) -> None:
        first = propose(self.long("08:00", "12:00"), people(2))
        (only,) = propose(self.long("13:00", "14:00"), people(2), keep=first).assignments
        assert only.slot == slot("13:00", "14:00")
        assert only.id in {each.id for each in first.assignments}

    def test_a_session_becomes_too_long_for_one(self) -> None:
        first = propose(self.long("10:00", "12:00"), people(1))
        second = propose(self.long("10:00", "14:00"), people(2), keep=first)
        assert {each.id for each in first.assignments} < {each.id for each in second.assignments}
        assert {each.slot for each in second.assignments} == {slot("10:00", "12:00"), slot("12:00", "14:00")}

    def test_the_same_person_may_do_what_is_two_sittings_now(self) -> None:
        asking = self.long("10:00", "12:00")
        first = answered(propose(asking, people(1)), "accept")
        second = propose(asking, people(1), norm=evolve(ALONE, sitting=60, rest=0), keep=first)
        assert [each.slot for each in second.assignments] == [slot("10:00", "11:00"), slot("11:00", "12:00")]
        assert [each.id == first.assignments[0].id for each in second.assignments] == [True, False]

    def test_an_id_that_is_taken_is_not_given_again(self) -> None:
        crowd = [*people(1), person("i-2", "es:A")]
        (whole,) = propose(self.long("10:00", "12:00"), crowd).assignments
        other = evolve(whole, interpreter_id="i-2", event_uid="e-2").decline(at=NOW)
        keep = Roster(terms=ALONE, interpreters=crowd, assignments=[other])
        first, second = propose(self.long("10:00", "12:00"), crowd, keep=keep).assignments
        assert second == other
        assert first.id != second.id


class TestOneSessionOfASitting:
    """Who accepts a session of a sitting and declines another keeps the first; somebody else is asked for the other."""

    SESSIONS = (session("a", "10:00", "11:00"), session("b", "11:00", "12:00"), session("c", "12:00", "13:00"))

    def sitting(self) -> Dossier:
        return dossier(asked("fr"), floor="en", sessions=self.SESSIONS)

    def split(self, number: int, declined: dict[str, str], **changes: Any) -> Roster:
        made = answered(propose(self.sitting(), people(number), **changes), "accept")
        for person_id, session_id in declined.items():
            made = answered(made, "decline", interpreter_id=person_id, session_id=session_id)
        return made

    def test_the_others_stay(self) -> None:
        keep = self.split(2, {"i-1": "b"}, norm=TERMS)
        second = propose(self.sitting(), people(3), norm=TERMS, keep=keep, is_proven=False)
        assert {key: {*who} for key, who in seated(second).items()} == {
            "a": {"i-1", "i-2"},
            "b": {"i-2", "i-3"},
            "c": {"i-1", "i-2"},
        }
        states = {each.id: each.state for each in keep.assignments}
        assert [each.interpreter_id for each in second.assignments if each.id not in states] == ["i-3"]
        assert all(states.get(each.id, each.state) is each.state for each in second.assignments)
        alone = propose(self.sitting(), people(2), norm=TERMS, keep=keep, is_proven=False)
        assert [(each.session_ids, each.needed, each.missing) for each in alone.shortages] == [(("b",), 2, 1)]

    def test_two_share_a_seat(self) -> None:
        keep = self.split(2, {"i-1": "a", "i-2": "c"}, norm=TERMS)
        second = propose(self.sitting(), people(4), norm=TERMS, keep=keep, is_proven=False)
        assert second.shortages == ()
        assert {key: len(who) for key, who in seated(second).items()} == {"a": 2, "b": 2, "c": 2}
        assert {"i-1", "i-2"} == {*seated(second)["b"]}

    def test_who_accepted_one_before_there_were_two_keeps_it(self) -> None:
        keep = answered(propose(dossier(asked("fr"), floor="en", sessions=self.SESSIONS[:1]), people(1)), "accept")
        asking = dossier(asked("fr"), floor="en", sessions=self.SESSIONS[:2])
        crowd = people(1, available=[slot("10:00", "11:00")])
        alone = propose(asking, crowd, keep=keep, is_proven=False)
        assert seated(alone) == {"a": ["i-1"]}
        assert alone.values is not None
        assert (alone.values.changes, alone.values.heads_short) == (0, 1)
        second = propose(asking, [*crowd, person("i-2", "fr:A en:C")], keep=keep, is_proven=False)
        assert seated(second) == {"a": ["i-1"], "b": ["i-2"]}
        third = answered(second, "accept", interpreter_id="i-2", at=NOW + HOUR)
        again = propose(asking, [*crowd, *people(3)[1:]], keep=third, is_proven=False)
        assert again.assignments == third.assignments

    def test_who_has_only_been_offered_one_of_two_is_no_reason_to_part_a_team(self) -> None:
        keep = answered(propose(self.sitting(), people(1)), "decline", session_id="b")
        second = propose(self.sitting(), people(2), keep=keep)
        assert seated(second) == {"a": ["i-2"], "b": ["i-2"], "c": ["i-2"]}
        assert second.values is not None
        assert second.values.changes == 1

    @pytest.mark.parametrize(
        ("person_", "changes"),
        [
            (person("i-1", "fr:A en:C", available=[slot("18:00", "19:00")]), {}),
            (person("i-1", "es:A en:C"), {}),
            (person("i-1", "fr:A en:C", terms=evolve(ALONE, day=30)), {}),
            (person("i-1", "fr:A en:C"), {"booths": [Booth(id="z", language="es")]}),
        ],
    )
    def test_who_no_longer_may_loses_it(self, person_: Interpreter, changes: dict[str, Any]) -> None:
        keep = answered(self.split(1, {"i-1": "b"}), "decline", session_id="b", state="accepted")
        second = propose(self.sitting(), [person_], keep=keep, is_proven=None, **changes)
        assert seated(second) == {}
        assert second.values is not None
        assert second.values.changes == 1

    def test_what_is_fixed_of_two_is_for_one_that_was_not_refused(self) -> None:
        keep = self.split(1, {"i-1": "b"})
        wanted = [each for each in keep.assignments if each.session_id == "a"]
        second = propose(self.sitting(), people(2), keep=keep, fixed=wanted)
        assert seated(second) == {"a": ["i-1"], "b": ["i-2"], "c": ["i-1"]}

    def test_no_more_are_asked_than_have_a_seat(self) -> None:
        booths = [Booth(id="b-1", language="fr", seats=1)]
        keep = self.split(1, {"i-1": "b"}, booths=booths)
        fuller = evolve(TERMS, heads=2, fewest=1)
        second = propose(self.sitting(), people(3), norm=fuller, keep=keep, booths=booths, is_proven=False)
        assert {key: len(who) for key, who in seated(second).items()} == {"a": 1, "b": 1, "c": 1}
        assert [each.reason for each in second.shortages] == [ShortageReason.BOOTHS]


ACCEPTED = Transition(at=NOW, before="offered", after="accepted")
DELIVERED = Transition(at=NOW, before="accepted", after="delivered")


class TestDelivered:
    """What was delivered stays, whatever the terms say, and leaves less to do."""

    def test_it_is_beyond_the_limits(self) -> None:
        first = propose(day("08", "12"), people(1), norm=evolve(ALONE, sittings=3))
        done = answered(answered(first, "accept"), "deliver")
        second = propose(day("08", "12", "16"), people(2), norm=evolve(ALONE, sittings=1), keep=done)
        assert seated(second) == {"08": ["i-1"], "12": ["i-1"], "16": ["i-2"]}
        assert second.assignments[:2] == done.assignments

    def test_it_was_done_by_more_than_are_needed(self) -> None:
        done = answered(answered(propose(day("10"), people(2), norm=TERMS), "accept"), "deliver")
        assert seated(propose(day("10"), people(2), norm=ALONE, keep=done)) == {"10": ["i-1", "i-2"]}

    def test_the_booth_in_which_it_was_need_not_be_there(self) -> None:
        done = answered(answered(propose(day("10"), people(1), booths=[BOOTH]), "accept"), "deliver")
        for booths in ([], [evolve(BOOTH, room="Room H")], [evolve(BOOTH, language="es")]):
            again = propose(day("10"), people(1), booths=booths, keep=done)
            assert again.assignments == done.assignments
            assert {each.code for each in check(again, dossiers=[day("10")], now=NOW)} <= {"booth-room-unknown"}
        without = evolve(done, assignments=[evolve(each, booth_id=None) for each in done.assignments])
        assert check(evolve(without, booths=[evolve(BOOTH, language="es")]), dossiers=[day("10")], now=NOW) == ()

    def test_it_was_as_long_as_two_sittings_are_now(self) -> None:
        asking = dossier(asked("fr"), floor="en", slot=slot("10:00", "12:00"))
        done = answered(answered(propose(asking, people(1)), "accept"), "deliver")
        again = propose(asking, people(2), norm=evolve(ALONE, sitting=60), keep=done)
        assert (again.assignments, again.shortages) == (done.assignments, ())

    def test_nobody_was_in_two_teams_of_a_sitting(self) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "11:00", "12:00")
        done = {"state": "delivered", "history": [ACCEPTED, DELIVERED]}
        made = assignment(session_id="a", **done), assignment(id="a-2", session_id="b", language="es", **done)
        keep = Roster(terms=ALONE, interpreters=people(1), assignments=made)
        asking = dossier(asked("fr", "es"), floor="en", sessions=sessions)
        second = propose(asking, people(1), keep=keep)
        assert seated(second) == {"a": ["i-1"], "b": ["i-1"]}
        assert {each.id: each.language for each in second.assignments} == {"a-1": "fr", "a-2": "es"}

    @pytest.mark.parametrize("asking", [[], [dossier()], [day("12")]])
    @pytest.mark.parametrize("crowd", [people(1), people(1, prefix="j"), []])
    def test_it_stays_for_ever(self, asking: list[Dossier], crowd: list[Interpreter]) -> None:
        done = answered(answered(propose(day("10"), people(1), booths=[BOOTH]), "accept"), "deliver")
        made = propose(asking, crowd, keep=done, booths=[])
        assert [each for each in made.assignments if each.id == done.assignments[0].id] == [*done.assignments]
        assert {each.code for each in check(made, dossiers=asking, now=NOW)} <= {"booth-understaffed"}


BOOTH = Booth(id="b-1", language="fr")
IMPOSSIBLE: list[tuple[list[dict[str, Any]], tuple[str, str]]] = [
    ([{"interpreter_id": "i-9"}], ("interpreter-unknown", "/fixed/0/interpreterId")),
    ([{"session_id": "11"}], ("assignment-unfounded", "/fixed/0")),
    ([{"language": "zh"}], ("assignment-unfounded", "/fixed/0")),
    ([{"booth_id": "b-9"}], ("booth-unknown", "/fixed/0/boothId")),
    ([{"interpreter_id": "j-1"}], ("language-not-held", "/fixed/0")),
    ([{"interpreter_id": "j-2"}], ("retour-not-held", "/fixed/0")),
    ([{"interpreter_id": "k-1"}], ("interpreter-unavailable", "/fixed/0")),
    ([{"interpreter_id": "k-2"}], ("interpreter-unavailable", "/fixed/0")),
    ([{}, {}], ("id-repeated", "/fixed/1/id")),
    ([{}, {"id": "a-2"}], ("interpreter-double-booked", "/fixed/1")),
    ([{}, {"id": "a-2", "language": "es"}], ("interpreter-double-booked", "/fixed/1")),
    ([{}, {"id": "a-2", "session_id": "12"}], ("rest-too-short", "/fixed/1")),
    (
        [{}, {"id": "a-2", "session_id": "14"}, {"id": "a-3", "session_id": "18"}],
        ("day-sittings-exceeded", "/fixed/2"),
    ),
    ([{}, {"id": "a-2", "interpreter_id": "i-2"}], ("booth-full", "/fixed/1")),
    (
        [{"state": "declined", "history": [Transition(at=NOW, before="offered", after="declined")]}],
        ("value-unknown", "/fixed/0/state"),
    ),
    ([{"task": "standby"}], ("value-unknown", "/fixed/0/task")),
]


class TestFixed:
    """What is fixed is in the roster, or refused with the place of the one that cannot be."""

    @pytest.mark.parametrize(("state", "history"), [("offered", []), ("accepted", [ACCEPTED])])
    def test_it_is_in_the_roster(self, state: str, history: list[Transition]) -> None:
        wanted = assignment(interpreter_id="i-4", session_id="10", state=state, history=history)
        made = propose(day("10", "14"), people(5), norm=TERMS, fixed=[wanted])
        (found,) = [each for each in made.assignments if each.id == "a-1"]
        assert (found.interpreter_id, found.state) == ("i-4", state)
        assert found.booth_id is not None

    def test_it_counts_for_the_whole_sitting(self) -> None:
        sessions = session("a", "10:00", "11:00"), session("b", "11:00", "12:00")
        asking = dossier(asked("fr"), floor="en", sessions=sessions)
        made = propose(asking, people(3), fixed=[assignment(interpreter_id="i-2", session_id="b")])
        assert seated(made) == {"a": ["i-2"], "b": ["i-2"]}

    def test_it_takes_the_place_of_what_was_declined(self) -> None:
        first = answered(propose(day("10"), people(1)), "decline")
        again = first.assignments[0].offer_again(at=NOW)
        assert [each.id for each in propose(day("10"), people(1), keep=first, fixed=[again]).assignments] == [again.id]

    def test_more_than_are_needed(self) -> None:
        both = [assignment(id=f"a-{n}", interpreter_id=f"i-{n}", session_id="10") for n in (1, 2)]
        booths = [Booth(id="b-1", language="fr", seats=2)]
        assert seated(propose(day("10"), people(3), fixed=both, booths=booths)) == {"10": ["i-1", "i-2"]}

    @pytest.mark.parametrize(("fixed", "found"), IMPOSSIBLE)
    def test_it_cannot_be(self, fixed: list[dict[str, Any]], found: tuple[str, str]) -> None:
        crowd = [
            *people(2, "fr:A es:A en:C"),
            person("j-1", "en:A"),
            person("j-2", "en:A fr:B"),
            person("k-1", "fr:A en:C", available=[slot("14:00", "16:00")]),
            person("k-2", "fr:A en:C", works_at="remote"),
        ]
        sessions = [session(hour, f"{hour}:00", f"{int(hour) + 2}:00") for hour in ("10", "12", "14", "18")]
        apart = evolve(sessions[1], locations=[place("Room H")])
        asking = dossier(
            asked("fr", "es", interpreters_at="on-site"), floor="en", sessions=[sessions[0], apart, *sessions[2:]]
        )
        booths = [Booth(id=f"b-{language}", language=language, seats=1) for language in ("fr", "es")]
        wanted = [assignment(**{"session_id": "10", **changes}) for changes in fixed]
        only = refusal(lambda: planning.roster([asking], crowd, norm=ALONE, fixed=wanted, booths=booths))
        assert (only.code, only.path) == found
        assert only.message

    def test_no_booth_is_there(self) -> None:
        wanted = [assignment(session_id="10")]
        found = refused(lambda: planning.roster([day("10")], people(1), norm=ALONE, fixed=wanted, booths=[]))
        assert found == ("booth-full", "/fixed/0")


class TestArguments:
    """What cannot be meant is refused before anything is solved."""

    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({"norm": "efsa"}, ("value-unknown", "/norm")),
            ({"pivots": ["en", "fr_CH"]}, ("language-unknown", "/pivots/1")),
            ({"priorities": {"11": 2}}, ("session-unknown", "/priorities/11")),
            ({"priorities": {("e-2", "10"): 2}}, ("session-unknown", "/priorities/10")),
            ({"priorities": {("e-1", 5): 2}}, ("session-unknown", "/priorities")),
            ({"priorities": {"10": 0}}, ("number-out-of-range", "/priorities/10")),
            ({"priorities": {"10": True}}, ("wrong-type", "/priorities/10")),
            ({"time_limit": -1}, ("number-out-of-range", "/time_limit")),
            ({"time_limit": float("nan")}, ("number-out-of-range", "/time_limit")),
            ({"expires_at": datetime(2023, 5, 1)}, ("moment-naive", "/expires_at")),
            ({"now": datetime(2023, 5, 1)}, ("moment-naive", "/now")),
            ({"booths": [Booth(id="b", language="fr")] * 2}, ("id-repeated", "/booths/1/id")),
        ],
    )
    def test_a_value_is_refused(self, changes: dict[str, Any], found: tuple[str, str]) -> None:
        given: dict[str, Any] = {"norm": ALONE, **changes}
        assert refused(lambda: planning.roster([day("10")], people(1), **given)) == found

    def test_interpreters_are_known_once(self) -> None:
        found = refused(lambda: planning.roster([day("10")], people(1) * 2, norm="un"))
        assert found == ("id-repeated", "/interpreters/1/id")

    def test_events_are_given_once(self) -> None:
        assert refused(lambda: planning.roster([day("10")] * 2, (), norm="un")) == ("item-repeated", "/dossiers/1")

    def test_fees_are_in_one_currency(self) -> None:
        costs = [Money(amount=1, currency=currency) for currency in ("CHF", "EUR")]
        crowd = [person("a", "fr"), *(person(f"i-{n}", "fr", cost=cost) for n, cost in enumerate(costs))]
        found = refused(lambda: planning.roster([day("10")], crowd, norm="un"))
        assert found == (Code.CURRENCIES_DIFFER, "/interpreters/2/cost/currency")

    def test_what_they_cost_can_be_added_up(self) -> None:
        dear = person("i-1", "fr:A en:C", cost=Money(amount=10**10, currency="CHF"))
        found = refused(lambda: planning.roster([day("10", "14")], [dear], norm="un"))
        assert found == ("number-out-of-range", "/interpreters/0/cost/amount")

    @pytest.mark.parametrize(
        "make",
        [
            lambda: planning.roster(day("10"), [], norm="un"),  # type: ignore[arg-type] # refused
            lambda: planning.roster([day("10").event], [], norm="un"),  # type: ignore[list-item] # refused
            lambda: planning.roster([], "i-1", norm="un"),  # type: ignore[arg-type] # refused
            lambda: planning.roster([], [], norm="un", pivots="en"),
            lambda: planning.roster([], [], norm="un", keep=[]),  # type: ignore[arg-type] # refused
            lambda: planning.roster([], [], norm="un", fixed=["i-1"]),  # type: ignore[list-item] # refused
            lambda: planning.roster([], [], norm="un", priorities=["10"]),  # type: ignore[arg-type] # refused
            lambda: planning.roster([], [], norm="un", priorities={(): 2}),  # type: ignore[dict-item] # refused
            lambda: planning.roster([], [], norm="un", priorities={5: 2}),  # type: ignore[dict-item] # refused
            lambda: planning.roster([], [], norm="un", priorities={None: 2}),  # type: ignore[dict-item] # refused
            lambda: planning.roster([], [], norm="un", time_limit="1"),  # type: ignore[arg-type] # refused
            lambda: planning.roster([], [], norm="un", time_limit=True),
            lambda: planning.booth_needs([], norm="un", booths="fr"),  # type: ignore[arg-type] # refused
            lambda: planning.booth_needs([], norm="un", booths=5),  # type: ignore[arg-type] # refused
            lambda: planning.booth_needs([], norm="un", booths=["fr"]),  # type: ignore[list-item] # refused
            lambda: planning.assigned(day("10"), [], at=NOW),  # type: ignore[arg-type] # refused
        ],
    )
    def test_another_type_is_a_type_error(self, make: Callable[[], object]) -> None:
        with pytest.raises(TypeError):
            make()

    def test_a_naive_moment_is_refused(self) -> None:
        found = refused(lambda: planning.open_offers(Roster(terms=TERMS), now=datetime(2023, 5, 1)))
        assert found == ("moment-naive", "/now")

    def test_the_solver_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "highspy", None)
        with pytest.raises(ImportError, match=r"pip install 'wtisd-model\[roster\]'") as raised:
            planning.roster([day("10", "14", targets="fr es", floor="en es")], people(5), norm=TERMS)
        assert raised.value.name == "highspy"

    def test_what_is_kept_is_the_start_of_a_limited_run(self) -> None:
        first = answered(propose(day("10", "14"), people(6), norm=TERMS), "accept")
        made = planning.roster(
            [day("10", "14")], people(9, prefix="a") + people(6), norm=TERMS, keep=first, time_limit=0
        )
        assert made.assignments == first.assignments

    def test_a_limit_of_time_is_for_all_of_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = [0.0]
        monkeypatch.setattr("wtisd_model.roster.program.time.monotonic", lambda: now[0])

        def slowly() -> Iterator[Any]:
            now[0] = 10.0
            yield from ()

        for seconds, is_proven in ((5, False), (20, True)):
            now[0] = 0.0
            made = planning.roster([day("10", "14")], people(4), norm=TERMS, fixed=slowly(), time_limit=seconds)
            assert made.proven is is_proven

    def test_a_limit_of_time_gives_an_honest_roster(self) -> None:
        made = planning.roster([day("10", "14")], people(4), norm=TERMS, time_limit=0)
        assert made.values is not None
        assert made.bounds is not None
        assert made.bounds.heads_short <= made.values.heads_short == sum(each.missing for each in made.shortages)


class TestAssigned:
    """A request whose team has accepted is assigned to it."""

    def states(self, asking: Dossier, roster: Roster) -> list[RequestState]:
        after = planning.assigned(asking, roster, at=NOW + HOUR, norm="un")
        return [each.state for each in after.interpretation_requests]

    def test_everybody_has_accepted(self) -> None:
        sessions = [session("a", "10:00", "12:00"), session("b", "10:00", "12:00", locations=[place("Room H")])]
        asking = dossier(asked("fr", "en"), asked("es", id_="r-2", service="consecutive"), sessions=sessions)
        crowd = [*people(4), *people(4, "en:A fr:C", "j"), *people(4, "es:A en:C fr:C", "k")]
        made = propose(asking, crowd, norm="un")
        assert self.states(asking, made) == [RequestState.APPROVED, RequestState.APPROVED]
        some = answered(made, "accept", language="es")
        assert self.states(asking, some) == [RequestState.APPROVED, RequestState.ASSIGNED]
        after = planning.assigned(asking, answered(made, "accept"), at=NOW + HOUR)
        teams = [each.team for each in after.interpretation_requests]
        assert teams == [Team(booths=4, heads=8, norm="un"), Team(booths=0, heads=4, norm="un")]

    def test_a_team_is_large_enough(self) -> None:
        made = answered(propose(day("10"), people(1), norm=TERMS), "accept")
        assert self.states(day("10"), made) == [RequestState.APPROVED]
        made = answered(propose(day("10"), people(2), norm=evolve(TERMS, heads=3)), "accept")
        assert self.states(day("10"), made) == [RequestState.ASSIGNED]

    @pytest.mark.parametrize(("number", "state"), [(2, RequestState.APPROVED), (4, RequestState.ASSIGNED)])
    def test_signers_are_as_many_as_their_norm_asks_for(self, number: int, state: RequestState) -> None:
        """AIIC has two for each pair of languages: for English and French, signed in ASL, these are four."""
        asking = dossier(asked("ase", service="sign"), sessions=[session("a", "10:00", "12:00")])
        made = propose(asking, people(number, "ase:A en:C fr:C"), norm="aiic")
        assert sum(shortage.missing for shortage in made.shortages) == 4 - number
        after = planning.assigned(asking, answered(made, "accept"), at=NOW + HOUR)
        assert [each.state for each in after.interpretation_requests] == [state]
        assert Code.TEAM_TOO_SMALL not in {found.code for found in check(after, now=NOW + HOUR)}

    def test_the_same_signers_may_work_from_one_language_after_the_other(self) -> None:
        floors = {"10": ["en"], "14": ["fr"], "16": ["ase"]}
        sessions = [session(each, f"{each}:00", f"{each}:30", floor_languages=tags) for each, tags in floors.items()]
        for parts, number in ((sessions, 2), ([*sessions, session("18", "18:00", "18:30")], 4)):
            asking = dossier(asked("ase", service="sign"), sessions=parts)
            made = propose(asking, people(number, "ase:A en:C fr:C"), norm="aiic")
            after = planning.assigned(asking, answered(made, "accept"), at=NOW + HOUR)
            assert after.interpretation_requests[0].team == Team(booths=0, heads=number, norm="aiic")
            assert Code.TEAM_TOO_SMALL not in {found.code for found in check(after, now=NOW + HOUR)}

    def test_who_is_on_standby_is_not_in_the_team(self) -> None:
        made = answered(propose(day("10"), people(2), norm=TERMS), "accept")
        ready = evolve(made.assignments[1], task="standby")
        assert self.states(day("10"), evolve(made, assignments=[made.assignments[0], ready])) == [RequestState.APPROVED]
        with_third = evolve(ready, id="s", interpreter_id="i-3")
        three = evolve(made, interpreters=people(3), assignments=[*made.assignments, with_third])
        (request_,) = planning.assigned(day("10"), three, at=NOW + HOUR, norm="un").interpretation_requests
        assert request_.team == Team(booths=1, heads=2, norm="un")

    def test_an_offer_that_has_expired_counts_for_nothing(self) -> None:
        made = propose(day("10"), people(3), norm=evolve(TERMS, heads=3), expires_at=NOW)
        some = answered(answered(made, "accept", interpreter_id="i-1"), "accept", interpreter_id="i-2")
        assert self.states(day("10"), some) == [RequestState.ASSIGNED]

    def test_hours_that_are_not_known_have_no_team(self) -> None:
        whole_day = TimeSlot.days("2023-05-17", "2023-05-18", ZURICH)
        asking = dossier(asked("fr"), floor="en", slot=whole_day)
        assert self.states(asking, propose(asking, people(2))) == [RequestState.APPROVED]

    def test_other_requests_stay_as_they_are(self) -> None:
        asking = day("10")
        others = [request("r-2"), request("r-3", event_uid="e-9").approve(at=NOW)]
        more = evolve(asking, interpretation_requests=[*asking.interpretation_requests, *others])
        made = answered(propose(asking, people(2)), "accept")
        assert self.states(more, made) == [RequestState.ASSIGNED, RequestState.REQUESTED, RequestState.APPROVED]
        cancelled = evolve(asking, event=asking.event.cancel(at=NOW))
        assert self.states(cancelled, made) == [RequestState.APPROVED]

    @pytest.mark.parametrize("terms", [TERMS, evolve(TERMS, name="AIIC"), planning.roster([], [], norm="apic").terms])
    def test_a_norm_is_needed(self, terms: Terms) -> None:
        found = refused(lambda: planning.assigned(day("10"), Roster(terms=terms), at=NOW))
        assert found == ("value-unknown", "/norm")


LANGUAGES = ("en", "fr", "es", "ar")
HOURS = ("08:00", "09:30", "11:00", "13:30", "15:00", "18:00")


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Dossier], list[Interpreter], dict[str, Any]]:
    """Draw up to two events of some sessions, a few interpreters, and terms that bind, sometimes with few booths."""
    languages = st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=2, unique=True)
    dossiers: list[Dossier] = []
    for number in range(draw(st.integers(1, 2))):
        sessions = [
            session(f"s-{index}", start, f"{int(start[:2]) + draw(st.integers(1, 4)):02}{start[2:]}")
            for index, start in enumerate(draw(st.lists(st.sampled_from(HOURS), max_size=3, unique=True)))
        ]
        has_own: bool = draw(st.booleans())
        asking = asked(*draw(languages), service=draw(st.sampled_from(["simultaneous", "simultaneous", "consecutive"])))
        dossiers.append(
            dossier(
                asking,
                *([asked(*draw(languages), id_="r-2", session_ids=["s-0"])] if sessions and has_own else []),
                floor=" ".join(draw(languages)),
                uid=f"e-{number}",
                sessions=sessions,
                slot=slot("08:00", "23:00"),
                locations=[place(f"R{number}")],
            )
        )
    crowd = [
        Interpreter(
            id=f"i-{index}",
            languages=[
                Skill(
                    language=language,
                    level=LanguageLevel("AABC"[rank]),
                    into=draw(st.sets(st.sampled_from(LANGUAGES), max_size=1)),
                )
                for rank, language in enumerate(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)))
            ],
            available=draw(st.sampled_from([(), (), (slot("09:00", "17:00"),)])),
            works_at=draw(st.sampled_from([None, None, "on-site", "remote"])),
            terms=draw(st.sampled_from([None, None, evolve(TERMS, sittings=1)])),
        )
        for index in range(draw(st.integers(0, 6)))
    ]
    terms = evolve(
        TERMS,
        sitting=draw(st.sampled_from([120, 180])),
        rest=draw(st.sampled_from([30, 90])),
        day=draw(st.sampled_from([None, 240])),
        remote_day=180,
        room_change=45,
        booths=draw(st.sampled_from([(), (BoothTeam(language="ar", heads=3, both_ways=True),)])),
    )
    booths = [
        Booth(id=f"b-{index}", language=language, room=room, seats=seats, both_ways=both_ways)
        for index, (language, room, seats, both_ways) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(LANGUAGES),
                        st.sampled_from(["R0", "R1", None]),
                        st.integers(1, 3),
                        st.booleans(),
                    ),
                    min_size=1,
                    max_size=5,
                )
            )
        )
    ]
    return dossiers, crowd, {"norm": terms, "booths": draw(st.sampled_from([None, None, booths]))}


def moved(dossiers: Iterable[Dossier], random: Random) -> list[Dossier]:
    """Return the events with some of their sessions at another time."""
    return [
        evolve(
            each,
            event=evolve(
                each.event,
                sessions=[
                    evolve(session, slot=slot(start := random.choice(HOURS), f"{int(start[:2]) + 2:02}{start[2:]}"))
                    if random.random() < 1 / 3
                    else session
                    for session in each.event.sessions
                ],
            ),
        )
        for each in dossiers
    ]


UNHEARD = {"pivot-missing", "relay-of-relay"}


class TestLaws:
    """What is proposed breaks no rule, whatever was answered before."""

    def judged(self, made: Roster, dossiers: list[Dossier]) -> set[str]:
        # These are about the booths and the people that were given.
        given = {Code.BOOTH_ROOM_UNKNOWN, Code.INTERPRETER_REMOTE}
        found = {each.code for each in check(made, now=NOW, dossiers=dossiers)} - given
        assert made.shortages or "booth-understaffed" not in found
        assert made.unreached or not found & UNHEARD
        heard = [
            ((work.event_uid, id_, sheet.language, sheet.service, each.floor), each)
            for sheet in planning.booth_sheets(made, dossiers)
            for work in sheet.sittings
            for id_ in work.session_ids or (None,)
            for each in work.floors
        ]
        assert {where for where, each in heard if each.way.name == "MISSING"} == {
            (row.event_uid, id_, row.language, row.service, row.floor)
            for row in made.unreached
            for id_ in row.session_ids or (None,)
        }
        assert {(*where, each.pivot) for where, each in heard if each.way.name == "RELAY"} == {
            (row.event_uid, id_, row.language, row.service, row.floor, row.pivot)
            for row in made.relays
            for id_ in row.session_ids or (None,)
        }
        assert {row.interpreter_id: (row.sittings, row.minutes) for row in made.loads} == {
            row.interpreter_id: (row.sittings, row.minutes)
            for row in planning.work_hours(made, dossiers)
            if row.sittings
        }
        return found - {"booth-understaffed", "alone-too-long"} - UNHEARD

    @LAW
    @given(worlds(), st.randoms(use_true_random=False))
    def test_the_rules_find_nothing_else(
        self, world: tuple[list[Dossier], list[Interpreter], dict[str, Any]], random: Random
    ) -> None:
        dossiers, crowd, terms = world
        made = propose(dossiers, crowd, is_proven=None, **terms)
        assert self.judged(made, dossiers) == set()
        verbs = [random.choice(["accept", "accept", "decline", "release", ""]) for _ in made.assignments]
        ready = [evolve(each, task="standby") if random.random() < 1 / 8 else each for each in made.assignments]
        answers = zip(ready, verbs, strict=True)
        keep = evolve(made, assignments=[getattr(each, verb)(at=NOW) if verb else each for each, verb in answers])
        refusals = {each.id for each in keep.assignments if not each.state.holds_seat}
        for later in (dossiers, moved(dossiers, random)):
            again = propose(later, crowd, keep=keep, is_proven=None, **terms)
            assert self.judged(again, later) == set()
            mixed = evolve(keep, assignments=random.sample(keep.assignments, len(keep.assignments)))
            assert again == propose(later[::-1], crowd[::-1], keep=mixed, is_proven=None, **terms)
            assert {each.id for each in again.assignments if not each.state.holds_seat} == refusals
