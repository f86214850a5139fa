"""Sittings: which sessions are one stretch of work, who is needed in it, and where an assignment sits."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from tests.samples.rosters import asked, assignment
from tests.samples.small import NOW, event, place, session, slot
from wtisd_model import Dossier, EventStatus, InterpretationRequest, Session, TimeSlot
from wtisd_model.model.roster import Assignment, Booth
from wtisd_model.model.terms import BoothTeam, Terms
from wtisd_model.planning import team_size
from wtisd_model.rules.sittings import Sittings, TeamNeed

TERMS = Terms(name="Ours", booths=[BoothTeam(language="ar", heads=3, both_ways=True)])


def sittings(
    *requests: InterpretationRequest,
    sessions: tuple[Session, ...] = (),
    terms: Terms = TERMS,
    booths: tuple[Booth, ...] | None = None,
    assignments: Sequence[Assignment] = (),
    **changes: Any,
) -> Sittings:
    an_event = event(**{"floor_languages": ("en", "fr"), "sessions": sessions, **changes})
    return Sittings([Dossier(event=an_event, interpretation_requests=requests)], terms, booths, assignments)


def needs(*requests: InterpretationRequest, **changes: Any) -> tuple[TeamNeed, ...]:
    (sitting,) = sittings(*requests, **changes).sittings
    return sitting.needs


class TestParts:
    """Sessions that follow each other in one room without a rest are one sitting."""

    def test_sessions_with_a_short_break_are_one(self) -> None:
        sessions = session("one", "14:00", "15:00"), session("two", "15:30", "16:30")
        (sitting,) = sittings(asked("ar", "fr"), sessions=sessions, slot=slot("14:00", "18:00")).sittings
        assert sitting.session_ids == ("one", "two")
        assert sitting.work == timedelta(hours=2)
        assert (sitting.starts_at, sitting.ends_at) == (sessions[0].slot.starts_at, sessions[1].slot.ends_at)

    @pytest.mark.parametrize(
        ("second", "terms"),
        [
            (session("two", "16:30", "17:00"), TERMS),  # a rest of 90 minutes
            (session("two", "15:00", "17:30"), TERMS),  # more than three hours
            (session("two", "15:00", "16:00", locations=(place("Room H"),)), TERMS),
            (session("two", "14:30", "16:00"), TERMS),  # at the same time
        ],
    )
    def test_others_are_two(self, second: Session, terms: Terms) -> None:
        first = session("one", "14:00", "15:00")
        found = sittings(asked("ar"), sessions=(first, second), terms=terms, slot=slot("14:00", "18:00"))
        assert [each.session_ids for each in found.sittings] == [("one",), ("two",)]

    def test_each_team_works_where_it_is_needed(self) -> None:
        """The Arabic booth has work in both sessions, the Spanish one only in the second."""
        sessions = session("one", "14:00", "15:00"), session("two", "15:00", "16:00", floor_languages=("es",))
        requests = asked("ar"), asked("es", id_="r-2", session_ids=["two"], source_languages=["en"])
        (sitting,) = sittings(*requests, sessions=sessions, slot=slot("14:00", "18:00")).sittings
        assert {need.language: need.parts for need in sitting.needs} == {"ar": (0, 1), "es": (1,)}
        assert sitting.floors == {"en", "es", "fr"}

    def test_where_listeners_and_interpreters_are_is_joined(self) -> None:
        sessions = session("one", "14:00", "15:00"), session("two", "15:00", "16:00")
        requests = (
            asked("ar", session_ids=["one"], interpreters_at="on-site"),
            asked("ar", id_="r-2", session_ids=["two"], delivery="remote"),
        )
        (sitting,) = sittings(*requests, sessions=sessions, slot=slot("14:00", "18:00")).sittings
        assert [(need.delivery, need.at) for need in sitting.needs] == [("mixed", "on-site")]

    @pytest.mark.parametrize("ids", [("one", "two"), ("two", "one")])
    def test_a_team_is_as_large_as_it_has_to_be_in_any_session(self, ids: tuple[str, str]) -> None:
        sessions = session(ids[0], "14:00", "15:00"), session(ids[1], "15:00", "16:00")
        requests = (
            asked("en", "fr", service="consecutive", session_ids=["one"]),
            asked("fr", id_="r-2", service="consecutive", session_ids=["two"]),
        )
        (sitting,) = sittings(*requests, sessions=sessions, slot=slot("14:00", "18:00")).sittings
        assert {need.language: (need.heads, need.fewest, need.seats) for need in sitting.needs} == {
            "en": (1, 1, 1),
            "fr": (2, 2, 2),
        }

    def test_who_asked_for_it_makes_no_difference(self) -> None:
        sessions = session("one", "14:00", "15:00"), session("two", "15:00", "16:00")
        requests = asked("ar", session_ids=["one"]), asked("ar", id_="r-2", session_ids=["two"])
        (sitting,) = sittings(*requests, sessions=sessions, slot=slot("14:00", "18:00")).sittings
        assert sitting.needs[0].request_ids == {"r-1", "r-2"}

    def test_a_long_session_is_split_into_equal_parts(self) -> None:
        found = sittings(asked("ar"), sessions=(session("long", "09:00", "16:00"),), slot=slot("09:00", "18:00"))
        assert [each.work for each in found.sittings] == [timedelta(minutes=140)] * 3
        assert [part.number for each in found.sittings for part in each.parts] == [0, 1, 2]

    def test_an_event_without_sessions_is_one(self) -> None:
        (sitting,) = sittings(asked("ar")).sittings
        assert (sitting.session_ids, sitting.parts[0].number) == ((), None)
        assert sitting.day == slot().first_day

    def test_whole_days_do_not_say_when_anybody_works(self) -> None:
        days = TimeSlot.days("2023-05-17", "2023-05-19", "Europe/Zurich")
        found = sittings(asked("ar"), slot=days)
        assert found.sittings == ()
        assert [(each.event_uid, each.session_id, each.slot) for each in found.unplanned] == [("e-1", None, days)]

    def test_what_is_not_scheduled_needs_nobody(self) -> None:
        sessions = session("one", "14:00", "15:00", status=EventStatus.DRAFT), session("two", "15:00", "16:00")
        postponed = sessions[1].postpone(at=NOW)
        assert sittings(asked("ar"), sessions=(sessions[0], postponed), slot=slot("14:00", "18:00")).sittings == ()
        assert sittings(asked("ar"), status=EventStatus.DRAFT).sittings == ()
        for only in (sessions[1].cancel(at=NOW), session("break", "15:00", "16:00", kind="break")):
            assert sittings(asked("ar"), sessions=(only,), slot=slot("14:00", "18:00")).sittings == ()
        assert sittings().sittings == ()

    def test_a_request_for_another_session_needs_nobody_here(self) -> None:
        sessions = (session("one", "14:30", "15:00"),)
        assert sittings(asked("ar", session_ids=["two"]), sessions=sessions).sittings == ()


class TestNeeds:
    """Each language that is not the only one on the floor needs a team."""

    def test_the_terms_say_how_many(self) -> None:
        found = {need.language: (need.heads, need.fewest, need.both_ways) for need in needs(asked("ar", "fr-CH"))}
        assert found == {"ar": (3, 2, True), "fr": (2, 2, False)}

    def test_in_a_short_sitting_one_is_enough(self) -> None:
        terms = Terms(name="Ours", alone=120)
        assert [need.fewest for need in needs(asked("ar"), terms=terms)] == [1]

    def test_nothing_is_interpreted_into_the_only_floor_language(self) -> None:
        assert [need.language for need in needs(asked("en", "ar"), floor_languages=("en",))] == ["ar"]
        assert [need.language for need in needs(asked("en"), floor_languages=("en", "fr"))] == ["en"]

    def test_the_languages_to_work_from_are_those_of_the_floor(self) -> None:
        (sitting,) = sittings(asked("ar")).sittings
        assert sitting.floors == {"en", "fr"}
        (sitting,) = sittings(asked("ar", source_languages=["en-GB"])).sittings
        assert sitting.floors == {"en"}
        (sitting,) = sittings(asked("ar", source_languages=["en"]), asked("es", id_="r-2")).sittings
        assert sitting.floors == {"en", "fr"}

    @pytest.mark.parametrize(
        ("service", "targets", "heads"),
        [("captions", ("en",), 1), ("consecutive", ("ar",), 2), ("sign", ("ase",), 2), ("whispered", ("ar",), 2)],
    )
    def test_other_services_need_no_booth(self, service: str, targets: tuple[str, ...], heads: int) -> None:
        (need,) = needs(asked(*targets, service=service), floor_languages=("en",), booths=())
        assert (need.heads, need.seats, need.booth, need.feeds) == (heads, heads, None, False)
        assert need.listens == (service in {"captions", "sign"})

    @pytest.mark.parametrize(("floor", "heads"), [(("en", "fr"), [1, 1]), (("en", "fr", "es"), [2, 2])])
    def test_consecutive_takes_as_many_as_languages_where_all_work_into_all(
        self, floor: tuple[str, ...], heads: list[int]
    ) -> None:
        """AIIC, article 6: two interpreters for two languages."""
        found = needs(asked("en", "fr", service="consecutive"), floor_languages=floor)
        assert [need.heads for need in found] == heads

    def test_the_same_people_sign_and_voice(self) -> None:
        assert [need.language for need in needs(asked("ase", "ar", service="sign"))] == ["ase"]
        signed = asked("ar", service="sign", source_languages=["ase"])
        assert [need.language for need in needs(signed)] == ["ar"]

    @pytest.mark.parametrize(
        ("floor", "targets", "heads"),
        [
            ("en", "ase", {"ase": 2}),
            ("en fr", "ase", {"ase": 4}),
            ("en fr", "ase ils", {"ase": 4, "ils": 4}),
            ("en ase", "en ase", {"ase": 2}),
            ("en ase", "ar ase", {"ar": 2, "ase": 2}),
            ("en ase", "ase ils", {"ase": 2, "ils": 4}),
            ("ase ils", "ase ils", {"ase": 1, "ils": 1}),
            ("", "ase en", {"ase": 2}),
        ],
    )
    def test_each_pair_of_a_signed_and_another_language_has_a_team(
        self, floor: str, targets: str, heads: dict[str, int]
    ) -> None:
        """Together these are the fewest that AIIC asks for."""
        found = needs(asked(*targets.split(), service="sign"), floor_languages=floor.split())
        assert {need.language: need.heads for need in found} == heads
        assert {need.language: need.fewest for need in found} == heads
        size = team_size(
            source_languages=floor.split(), target_languages=targets.split(), slot=slot(), service="sign", norm="aiic"
        )
        assert sum(heads.values()) == size.fewest

    def test_a_team_that_terms_make_smaller_is_so_for_each_pair(self) -> None:
        terms = Terms(name="Ours", fewest=1)
        assert [(need.heads, need.fewest) for need in needs(asked("ase", service="sign"), terms=terms)] == [(4, 2)]

    def test_requests_for_one_language_share_a_booth(self) -> None:
        others: dict[str, Any] = {"id_": "r-2", "delivery": "remote", "interpreters_at": "on-site"}
        (need,) = needs(asked("ar", interpreters_at="remote"), asked("ar", **others))
        assert (need.request_ids, need.delivery, need.at) == (frozenset({"r-1", "r-2"}), "mixed", "on-site")
        (need,) = needs(asked("ar", interpreters_at="remote"), asked("ar", id_="r-2"))
        assert need.at is None


class TestBooths:
    """A booth serves one sitting at a time."""

    def test_as_many_as_are_needed(self) -> None:
        sessions = (
            session("one", "14:00", "15:00", locations=(place("Popov", id="popov"),)),
            session("two", "14:00", "15:00", locations=(place("Popov", id="popov"),)),
            session("three", "14:00", "15:00", locations=(place("Room H"),)),
            session("four", "14:00", "15:00", inherited_places="remote"),
        )
        found = sittings(asked("ar"), sessions=sessions, slot=slot("14:00", "18:00"))
        rooms = {booth.id: (booth.room, booth.seats, booth.both_ways) for booth in found.booths}
        assert {*rooms} == {"popov.ar", "popov-2.ar", "Room-H.ar", "hub.ar"}
        assert {*rooms.values()} == {("popov", 3, True), ("Room H", 3, True), (None, 3, True)}

    def test_rooms_with_names_alike_have_booths_of_their_own(self) -> None:
        sessions = (
            session("one", "14:00", "15:00", locations=(place("Room H"),)),
            session("two", "15:00", "16:00", locations=(place("Room-H"),)),
            session("three", "16:00", "17:00", locations=(place("\u0642\u0627\u0639\u0629"),)),
        )
        found = sittings(asked("ar"), sessions=sessions, slot=slot("14:00", "18:00"))
        assert [booth.id for booth in found.booths] == ["Room-H-2.ar", "Room-H.ar", "room.ar"]

    def test_who_works_remotely_needs_none(self) -> None:
        (need,) = needs(asked("ar", interpreters_at="remote"), booths=())
        assert (need.booth, need.seats) == (None, 3)

    def test_one_in_the_room_comes_before_one_in_the_hub(self) -> None:
        hub = Booth(id="a-hub", language="ar", seats=3)
        room = Booth(id="room", language="ar", room="Popov", seats=3)
        elsewhere = Booth(id="elsewhere", language="ar", room="Room H")
        assert [need.booth for need in needs(asked("ar"), booths=(hub, room, elsewhere))] == [room]

    def test_one_with_enough_seats_comes_before_a_small_one(self) -> None:
        small, large = Booth(id="a", language="ar", seats=2), Booth(id="b", language="ar", seats=4)
        assert [need.booth for need in needs(asked("ar"), booths=(small, large))] == [large]
        assert [need.seats for need in needs(asked("ar"), booths=(small,))] == [2]

    def test_the_listeners_must_be_able_to_hear_it(self) -> None:
        remote = Booth(id="a", language="ar", plays_to="remote")
        assert [(need.booth, need.seats) for need in needs(asked("ar"), booths=(remote,))] == [(None, 0)]

    def test_one_that_all_can_hear_is_left_for_those_who_need_it(self) -> None:
        booths = Booth(id="a", language="ar"), Booth(id="b", language="ar", plays_to="on-site")
        (need,) = needs(asked("ar", delivery="on-site"), booths=booths)
        assert need.booth == booths[1]

    def test_one_that_works_both_ways_is_the_first_of_those_that_are_alike(self) -> None:
        booths = Booth(id="a", language="ar", seats=3), Booth(id="b", language="ar", seats=4, both_ways=True)
        assert [need.booth for need in needs(asked("ar"), booths=booths)] == [booths[1]]

    def test_one_that_is_taken_is_not_free(self) -> None:
        sessions = session("one", "14:00", "15:00"), session("two", "14:30", "15:30", locations=(place("Room H"),))
        hub = (Booth(id="hub", language="ar"),)
        found = sittings(asked("ar"), sessions=sessions, booths=hub, slot=slot("14:00", "18:00")).sittings
        assert [need.seats for sitting in found for need in sitting.needs] == [3, 0]


class TestSeats:
    """An assignment sits where its session and its language are needed."""

    def test_of_a_part_of_a_session(self) -> None:
        found = sittings(asked("fr"), sessions=(session("long", "09:00", "13:00"),), slot=slot("09:00", "18:00"))
        whole = assignment(session_id="long")
        assert [seat[:] for seat in found.seats_of(whole)] == [(0, 0, 0), (1, 0, 0)]
        assert [seat[:] for seat in found.seats_of(assignment(session_id="long", slot=slot("11:00", "13:00")))] == [
            (1, 0, 0)
        ]

    def test_of_a_session_that_has_moved_where_it_is_now(self) -> None:
        found = sittings(asked("fr"), sessions=(session("one", "14:00", "15:00"),), slot=slot("09:00", "18:00"))
        assert [seat[:] for seat in found.seats_of(assignment(session_id="one", slot=slot("09:00", "10:00")))] == [
            (0, 0, 0)
        ]

    def test_of_a_part_of_what_has_moved_in_the_same_part(self) -> None:
        hours = slot("08:00", "10:00"), slot("10:00", "12:00"), slot("12:00", "14:00")
        parts = [assignment(session_id="long", slot=each) for each in hours]
        for start, end in (("14:00", "18:00"), ("08:30", "12:30"), ("09:00", "13:00")):
            long = session("long", start, end)
            found = sittings(asked("fr"), sessions=(long,), slot=slot("08:00", "18:00"), assignments=parts)
            assert [found.parts_of(part) for part in parts] == [[(0, 0)], [(1, 0)], [(1, 0)]]

    def test_of_all_parts_within_its_hours(self) -> None:
        found = sittings(asked("fr"), sessions=(session("long", "09:00", "13:00"),), slot=slot("09:00", "18:00"))
        assert found.parts_of(assignment(session_id="long", slot=slot("09:00", "13:00"))) == [(0, 0), (1, 0)]
        assert found.parts_of(assignment(session_id="long", slot=slot("09:30", "10:00"))) == [(0, 0)]

    def test_of_another_language_or_session_nowhere(self) -> None:
        found = sittings(asked("fr"))
        assert [seat[:] for seat in found.seats_of(assignment())] == [(0, 0, 0)]
        assert [*found.seats_of(assignment(language="es"))] == []
        assert [*found.seats_of(assignment(session_id="other"))] == []

    def test_of_two_services_the_one_that_fits(self) -> None:
        found = sittings(asked("fr"), asked("fr", id_="r-2", service="captions"))
        services = [need.service.value for need in found.sittings[0].needs]
        assert services == ["captions", "simultaneous"]
        assert [seat.need for seat in found.seats_of(assignment(service="captions"))] == [0]
        assert [seat.need for seat in found.seats_of(assignment())] == [1]
        assert [*found.seats_of(assignment(service="whispered"))] == []
