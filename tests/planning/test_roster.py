"""Proposals of rosters: who is proposed, in which order it matters, what is kept, and what is refused."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from tests.refusals import refused
from tests.samples.small import NOW, event, place, request, session, slot
from tests.samples.whole import ZURICH
from wtisd_model import (
    Contact,
    Dossier,
    EventStatus,
    InterpretationRequest,
    InvalidValueError,
    Money,
    Norm,
    RequestState,
    Session,
    TimeSlot,
    planning,
)
from wtisd_model.model.interpreter import Interpreter, Skill
from wtisd_model.model.roster import (
    Assignment,
    AssignmentState,
    Booth,
    Load,
    Relay,
    Roster,
    Shortage,
    ShortageReason,
    Task,
    UnreachedFloor,
)
from wtisd_model.model.terms import BoothTeam, Terms, Window

TERMS = Terms(name="Ours", heads=2, fewest=2, sitting=180, rest=90, sittings=2)
ALONE = evolve(TERMS, heads=1, fewest=1)
HOUR = timedelta(hours=1)


def asked(*targets: str, id_: str = "r-1", **changes: Any) -> InterpretationRequest:
    return request(id_, target_languages=targets, **changes).approve(at=NOW)


def dossier(*requests: InterpretationRequest, floor: str = "en fr", uid: str = "e-1", **changes: Any) -> Dossier:
    an_event = event(**{"uid": uid, "floor_languages": floor.split(), "slot": slot("08:00", "20:00"), **changes})
    return Dossier(event=an_event, interpretation_requests=[evolve(each, event_uid=uid) for each in requests])


def day(*hours: str, targets: str = "fr", floor: str = "en", **changes: Any) -> Dossier:
    """Return an event with a session of two hours at each of some hours, which are its ids too."""
    sessions = [session(hour, f"{hour}:00", f"{int(hour) + 2}:00") for hour in hours]
    return dossier(asked(*targets.split()), floor=floor, **{"sessions": sessions, **changes})


def person(id_: str, languages: str, **changes: Any) -> Interpreter:
    """Return somebody with languages such as "fr:A en:C>ar"."""
    skills = []
    for each in languages.split():
        language, _, rest = each.partition(":")
        level, _, into = rest.partition(">")
        skills.append(Skill(language=language, level=level or "A", into=into.split(",") if into else ()))
    contact = Contact(name=f"Interpreter {id_}", email=f"{id_}@example.org")
    return Interpreter(id=id_, contact=contact, languages=skills, **changes)


def people(number: int, languages: str = "fr:A en:C", prefix: str = "i", **changes: Any) -> list[Interpreter]:
    return [person(f"{prefix}-{index + 1}", languages, **changes) for index in range(number)]


def propose(dossiers: Dossier | Iterable[Dossier], interpreters: Iterable[Interpreter], **changes: Any) -> Roster:
    given = [dossiers] if isinstance(dossiers, Dossier) else dossiers
    found = planning.roster(given, interpreters, **{"norm": ALONE, **changes})
    assert found.proven
    assert found.values == found.bounds
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
        assert {(each.state, each.expires_at, each.part, each.sequence) for each in made.assignments} == {
            (AssignmentState.OFFERED, NOW, None, 0)
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

    def test_the_parts_of_a_long_session_have_ids_of_their_own(self) -> None:
        made = propose(dossier(asked("fr"), floor="en", slot=slot("10:00", "14:00")), people(2))
        first, second = made.assignments
        assert (first.part, second.part) == (slot("10:00", "12:00"), slot("12:00", "14:00"))
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
        assert UnreachedFloor(event_uid="e-1", language="fr", floor="en") in made.unreached


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
        assert alone.unreached == (UnreachedFloor(event_uid="e-1", session_ids=["10"], language="fr", floor="es"),)

    def test_then_relays_are_few(self) -> None:
        crowd = [person("en-1", "en:A es:C"), person("fr-1", "fr:A en:C"), person("fr-2", "fr:A en:C es:C")]
        asking = day("10", targets="en fr", floor="en es")
        assert propose(asking, crowd).relays == ()
        made = propose(asking, crowd[:2])
        assert made.relays == (Relay(event_uid="e-1", session_ids=["10"], language="fr", floor="es", pivot="en"),)
        assert {each.interpreter_id: each.task for each in made.assignments} == {"en-1": Task.PIVOT, "fr-1": Task.TURN}
        assert propose(asking, crowd[:2], pivots=["fr-CH"]).relays == ()

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
        assert few.values.replaced == 1

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
        assert str(only) == "zh: 30 heads in 10 booths on 2023-05-17 at 08:00, 29 people have zh"
        assert only.sentence(ZURICH) == "zh: 30 heads in 10 booths on 2023-05-17 at 10:00, 29 people have zh"

    def test_terms_allow_no_more(self) -> None:
        made = propose(day("08", "12", "16"), people(1))
        (only,) = made.shortages
        assert only.reason is ShortageReason.LIMITS
        assert (
            str(only).endswith(
                "1 head in 1 booth on 2023-05-17 at 14:00, 1 person has fr, and their terms do not allow more"
            )
            or only.holders == 1
        )

    def test_people_are_needed_elsewhere(self) -> None:
        made = propose(
            dossier(asked("fr", "es"), floor="en", slot=slot("10:00", "11:00")), [person("i-1", "fr:A es:A en:C")]
        )
        assert [each.reason for each in made.shortages] == [ShortageReason.PEOPLE]

    def test_people_are_not_available(self) -> None:
        made = propose(day("10"), people(1, available=[slot("11:00", "12:00")]))
        assert [(each.reason, each.holders) for each in made.shortages] == [(ShortageReason.PEOPLE, 0)]

    def test_booths_lack(self) -> None:
        crowd = people(4)
        none = propose(day("10"), crowd, norm=TERMS, booths=[])
        assert [(each.reason, each.missing) for each in none.shortages] == [(ShortageReason.BOOTHS, 2)]
        assert none.values is not None
        assert none.values.booths_short == 1
        small = propose(day("10"), crowd, norm=TERMS, booths=[Booth(id="b-1", language="fr", seats=1)])
        assert [(each.reason, each.missing) for each in small.shortages] == [(ShortageReason.BOOTHS, 1)]
        assert [each.booth_id for each in small.assignments] == ["b-1"]

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
                    sessions=[Session(**{"id": "s", "title": session("s").title, "slot": whole_day})],
                ),
            ],
            people(2),
        )
        assert [(each.reason, each.session_ids) for each in made.shortages] == [
            (ShortageReason.UNPLANNED, ()),
            (ShortageReason.UNPLANNED, ("s",)),
        ]
        assert str(made.shortages[0]) == "fr: 1 heads on 2023-05-16, at hours that are not known"

    @pytest.mark.parametrize("reason", ShortageReason)
    def test_each_reason_has_a_sentence(self, reason: ShortageReason) -> None:
        short = Shortage(event_uid="e-1", language="fr", starts_at=NOW, needed=2, missing=1, reason=reason)
        assert short.sentence().startswith("fr: ")


def assignment(**changes: Any) -> Assignment:
    return Assignment(
        **{"id": "a-1", "interpreter_id": "i-1", "event_uid": "e-1", "language": "fr", "state": "offered", **changes}
    )


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
