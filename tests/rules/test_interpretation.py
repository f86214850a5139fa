"""Rules about requests for interpretation."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.planning.plans import plans
from tests.samples.small import (
    NOW,
    call,
    deadline,
    dossier,
    event,
    hours,
    judged,
    place,
    request,
    session,
    slot,
    stretch,
)
from wtisd_model import (
    AttendanceMode,
    CallKind,
    Code,
    Dossier,
    Event,
    EventStatus,
    InterpretationRequest,
    InterpretationService,
    Norm,
    ParticipationMode,
    RequestState,
    SessionKind,
    Severity,
    Team,
    TimeSlot,
    VirtualLocation,
    check,
)
from wtisd_model.rules.context import PreparedDossier
from wtisd_model.rules.rule_list import judge_submission
from wtisd_model.strategies import dossiers

SIX = frozenset({"ar", "en", "es", "fr", "ru", "zh"})
LATE = hours(100_000)
REMOTE = ParticipationMode.REMOTE
FATES = ["decline", "withdraw", "deliver"]


def codes_and_paths(of: Event, *requests: InterpretationRequest) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in judged(dossier(of=of, requests=requests), LATE)]


def with_team(heads: int, norm: Norm = Norm.AIIC, *, booths: int = 1, **changes: Any) -> InterpretationRequest:
    made = request("i-1", **changes).approve(at=hours(1))
    return made.assign(Team(booths=booths, heads=heads, norm=norm), at=hours(2))


def ended(made: InterpretationRequest, verb: str) -> InterpretationRequest:
    """Return the request in one of its final states."""
    if verb == "deliver":
        team = Team(booths=1, heads=1, norm=Norm.AIIC)
        return made.approve(at=hours(1)).assign(team, at=hours(2)).deliver(at=hours(999))
    return made.decline(at=hours(1), note="No booth.") if verb == "decline" else made.withdraw(at=hours(1))


class TestRequests:
    """S04, for requests."""

    def test_a_request_is_for_this_event_and_for_sessions_that_it_has(self) -> None:
        made = dossier(
            of=event(sessions=(session("opening"),)),
            requests=(
                request("i-1", session_ids=frozenset({"opening"})),
                request("i-2", session_ids=frozenset({"dinner"}), event_uid="e-2"),
            ),
        )
        assert [(each.code, each.path) for each in judged(made)] == [
            (Code.EVENT_UID_DIFFERS, "/interpretationRequests/1/eventUid"),
            (Code.SESSION_UNKNOWN, "/interpretationRequests/1/sessionIds"),
        ]

    def test_ids_are_unique(self) -> None:
        found = judged(dossier(requests=(request("i-1"), request("i-1"))))
        assert [(each.code, each.path) for each in found] == [(Code.ID_REPEATED, "/interpretationRequests/1/id")]


class TestTerms:
    """The terms of the call for interpretation, and the modes of the event."""

    def test_a_request_before_the_call_opened_is_refused(self) -> None:
        of = event(calls=(call(CallKind.INTERPRETATION, opens=hours(1)),))
        path = "/interpretationRequests/0/submittedAt"
        assert codes_and_paths(of, request("i-1")) == [(Code.CALL_NOT_OPEN, path)]
        assert codes_and_paths(of, request("i-1", submitted_at=hours(1))) == []
        assert codes_and_paths(of, request("i-1").withdraw(at=hours(2))) == []

    @pytest.mark.parametrize(
        ("offered", "asked", "others"),
        [
            ((), {"pt"}, []),
            (("fr", "en"), {"fr"}, []),
            (("fr", "en"), {"fr-CH"}, []),
            (("fr-CH",), {"fr"}, []),
            (("fr", "en"), {"pt", "fr", "de"}, [2]),
            (("fr", "ase"), {"ils"}, [1]),
        ],
    )
    def test_languages_are_among_those_of_the_call(
        self, offered: tuple[str, ...], asked: set[str], others: list[int]
    ) -> None:
        of = event(calls=(call(CallKind.INTERPRETATION, languages=offered),))
        found = judged(dossier(of=of, requests=(request("i-1", target_languages=frozenset(asked)),)))
        assert [each.params["unknown"] for each in found] == others
        assert {each.code for each in found} <= {Code.LANGUAGE_NOT_OFFERED}
        assert {(each.path, each.severity, each.params["choices"]) for each in found} <= {
            ("/interpretationRequests/0/targetLanguages", Severity.WARNING, ", ".join(offered))
        }

    def test_a_request_that_is_over_needs_no_language_or_mode(self) -> None:
        of = event(virtual_locations=(), calls=(call(CallKind.INTERPRETATION, languages=("fr",)),))
        made = request("i-1", target_languages=frozenset({"pt"}), delivery=AttendanceMode.REMOTE)
        path = "/interpretationRequests/0/"
        assert codes_and_paths(of, made) == [
            (Code.LANGUAGE_NOT_OFFERED, f"{path}targetLanguages"),
            (Code.MODE_NOT_OFFERED, f"{path}delivery"),
        ]
        assert codes_and_paths(of, made.withdraw(at=hours(1))) == []

    @pytest.mark.parametrize("delivery", AttendanceMode)
    def test_listeners_are_where_one_can_take_part(self, delivery: AttendanceMode) -> None:
        asked = request("i-1", delivery=delivery)
        refused = [(Code.MODE_NOT_OFFERED, "/interpretationRequests/0/delivery")]
        on_site, remote = event(virtual_locations=()), event(locations=())
        assert codes_and_paths(event(), asked) == []
        assert codes_and_paths(on_site, asked) == ([] if delivery is AttendanceMode.ON_SITE else refused)
        assert codes_and_paths(remote, asked) == ([] if delivery is AttendanceMode.REMOTE else refused)

    def test_a_session_may_offer_a_mode_of_its_own(self) -> None:
        asked = request("i-1", delivery=AttendanceMode.MIXED)
        streamed, hall = session("s", virtual_locations=(VirtualLocation(),)), session("s", locations=(place(),))
        assert codes_and_paths(event(virtual_locations=(), sessions=(streamed,)), asked) == []
        assert codes_and_paths(event(locations=(), sessions=(hall,)), asked) == []

    def test_for_the_chosen_sessions_it_is_where_one_can_take_part_in_these(self) -> None:
        workshop, keynote = session("workshop", inherited_places=ParticipationMode.ON_SITE), session("keynote")
        of = event(sessions=(workshop, keynote))
        asked = request("i-1", delivery=AttendanceMode.MIXED, session_ids=frozenset({"workshop"}))
        assert codes_and_paths(of, asked) == [(Code.MODE_NOT_OFFERED, "/interpretationRequests/0/delivery")]
        assert codes_and_paths(of, evolve(asked, delivery=AttendanceMode.ON_SITE)) == []
        assert codes_and_paths(of, evolve(asked, session_ids=frozenset({"workshop", "keynote"}))) == []
        assert codes_and_paths(of, evolve(asked, session_ids=frozenset())) == []

    def test_a_draft_without_a_place_refuses_no_mode(self) -> None:
        draft = event(status=EventStatus.DRAFT, locations=(), virtual_locations=())
        assert codes_and_paths(draft, request("i-1", delivery=AttendanceMode.REMOTE)) == []

    def test_a_cancelled_session_needs_no_interpretation(self) -> None:
        of = event(sessions=(session("s").cancel(at=hours(1)),))
        asked = request("i-1", session_ids=frozenset({"s"}))
        assert codes_and_paths(of, asked) == [(Code.SESSION_CANCELLED, "/interpretationRequests/0/sessionIds")]
        assert codes_and_paths(of, asked.withdraw(at=hours(2))) == []

    def test_nothing_is_delivered_before_it_begins(self) -> None:
        starts_at = slot().starts_at
        assigned = with_team(2)
        early = dossier(requests=(assigned.deliver(at=hours(3)),))
        assert [(each.code, each.path) for each in judged(early)] == [
            (Code.DELIVERED_TOO_EARLY, "/interpretationRequests/0/history/2/at")
        ]
        assert judged(dossier(requests=(assigned.deliver(at=starts_at),)), starts_at) == []


class TestLate:
    """I02: "request after the deadline is late, still decidable"."""

    asked = event(calls=(call(CallKind.INTERPRETATION, deadline=deadline("2023-04-20")),))

    def test_a_late_request_has_a_warning_and_may_be_approved(self) -> None:
        late = request("i-1", submitted_at=NOW.replace(hour=22))
        (found,) = judged(dossier(of=self.asked, requests=(late,)), LATE)
        assert (found.code, found.severity, found.path) == (
            Code.REQUEST_LATE,
            Severity.WARNING,
            "/interpretationRequests/0/submittedAt",
        )
        assert codes_and_paths(self.asked, late.approve(at=hours(999))) == [(Code.REQUEST_LATE, found.path)]

    def test_the_last_day_is_in_time_by_the_clocks_of_the_place(self) -> None:
        # 20 April in Geneva ends at 22:00 UTC.
        assert (
            codes_and_paths(self.asked, request("i-1", submitted_at=NOW.replace(hour=21, minute=59, second=59))) == []
        )

    def test_without_a_deadline_nothing_is_late(self) -> None:
        late = request("i-1", submitted_at=hours(9_999))
        for calls in ((), (call(CallKind.INTERPRETATION),), (call(deadline=deadline("2023-04-20")),)):
            assert codes_and_paths(event(calls=calls), late) == []


class TestOfficialLanguages:
    """I04: "a spoken language outside the six needs the speaker's own interpreter or text"."""

    def test_the_finding_has_the_number_of_other_languages(self) -> None:
        made = request("i-1", source_languages=frozenset({"pt", "sw", "en"}))
        (found,) = judged(dossier(requests=(made,)))
        assert (found.code, found.severity, found.path, found.params) == (
            Code.LANGUAGE_NOT_OFFICIAL,
            Severity.WARNING,
            "/interpretationRequests/0/sourceLanguages",
            {"unknown": 2},
        )
        assert found.message == "2 source languages are not among the six official ones."

    def test_the_six_are_known_by_other_tags_too(self) -> None:
        tags = frozenset({"ar", "arb", "cmn", "en-GB", "es-419", "ru", "zh-Hans", "ase"})
        assert codes_and_paths(event(), request("i-1", source_languages=tags)) == []

    def test_without_source_languages_the_floor_counts(self) -> None:
        of = event(sessions=(session("s", floor_languages=("pt",)), session("t", floor_languages=("en",))))
        path = "/interpretationRequests/0/sourceLanguages"
        assert codes_and_paths(of, request("i-1")) == [(Code.LANGUAGE_NOT_OFFICIAL, path)]
        assert codes_and_paths(of, request("i-1", session_ids=frozenset({"s"}))) == [(Code.LANGUAGE_NOT_OFFICIAL, path)]
        assert codes_and_paths(of, request("i-1", session_ids=frozenset({"t"}))) == []

    @pytest.mark.parametrize("kind", [SessionKind.BREAK, SessionKind.SOCIAL])
    def test_a_break_hides_no_floor_language(self, kind: SessionKind) -> None:
        of = event(sessions=(session("s", floor_languages=("pt",)), session("lunch", kind=kind)))
        path = "/interpretationRequests/0/sourceLanguages"
        assert codes_and_paths(of, request("i-1")) == [(Code.LANGUAGE_NOT_OFFICIAL, path)]

    @pytest.mark.parametrize(
        ("service", "target"), [(InterpretationService.CAPTIONS, "pt"), (InterpretationService.SIGN, "ase")]
    )
    def test_the_official_languages_do_not_matter_for_signs_and_captions(
        self, service: InterpretationService, target: str
    ) -> None:
        made = request("i-1", service=service, source_languages=frozenset({"pt"}), target_languages=frozenset({target}))
        assert codes_and_paths(event(), made) == []


class TestTeams:
    """I06: "heads at or above the norm for languages and hours"."""

    @pytest.mark.parametrize(("norm", "fewest"), [(Norm.AIIC, 12), (Norm.UN, 14)])
    def test_a_team_smaller_than_its_norm_allows_has_a_warning(self, norm: Norm, fewest: int) -> None:
        small = with_team(fewest - 1, norm, booths=6, target_languages=SIX)
        (found,) = judged(dossier(requests=(small,)))
        assert (found.code, found.severity, found.path, found.params) == (
            Code.TEAM_TOO_SMALL,
            Severity.WARNING,
            "/interpretationRequests/0/team/heads",
            {"minimum": fewest, "norm": norm.value},
        )
        assert codes_and_paths(event(), with_team(fewest, norm, booths=6, target_languages=SIX)) == []

    def test_without_source_languages_the_floor_of_its_sessions_counts(self) -> None:
        of = event(floor_languages=("en", "fr"))
        both = frozenset({"en", "fr"})
        # Both ways on a short day: two will do; of a floor that nobody states: three.
        assert codes_and_paths(of, with_team(2, target_languages=both)) == []
        assert codes_and_paths(event(), with_team(2, target_languages=both)) == [
            (Code.TEAM_TOO_SMALL, "/interpretationRequests/0/team/heads")
        ]

    def test_the_only_floor_language_is_no_target(self) -> None:
        of = event(floor_languages=("en",))
        assert codes_and_paths(of, with_team(2, target_languages=frozenset({"en", "fr"}))) == []
        assert codes_and_paths(of, with_team(1, target_languages=frozenset({"en"}))) != []

    def test_the_hours_matter_if_the_norm_depends_on_them(self) -> None:
        both = frozenset({"en", "fr"})
        for end, fewest in (("14:40", 1), ("16:30", 2)):
            of = event(slot=slot(end=end), floor_languages=("en", "fr"))
            assert codes_and_paths(of, with_team(fewest, Norm.AIIC_CANADA, target_languages=both)) == []
        assert codes_and_paths(of, with_team(1, Norm.AIIC_CANADA, target_languages=both)) != []

    def test_an_exception_that_the_norm_does_not_name_makes_no_smaller_team(self) -> None:
        # AIIC asks for two in consecutive interpretation between two languages, "in exceptional circumstances" one.
        of = event(floor_languages=("en", "fr"))
        both, service = frozenset({"en", "fr"}), InterpretationService.CONSECUTIVE
        assert codes_and_paths(of, with_team(1, booths=0, target_languages=both, service=service)) == [
            (Code.TEAM_TOO_SMALL, "/interpretationRequests/0/team/heads")
        ]
        assert codes_and_paths(of, with_team(2, booths=0, target_languages=both, service=service)) == []

    def test_if_the_norm_has_no_number_there_is_no_finding(self) -> None:
        assert codes_and_paths(event(), with_team(1, Norm.UN, target_languages=frozenset({"pt"}))) == []

    def test_delivered_requests_have_no_findings(self) -> None:
        small = with_team(1, target_languages=SIX)
        assert codes_and_paths(event(), small) != []
        assert codes_and_paths(event(), small.deliver(at=hours(999))) == []


PARALLEL = event(
    slot=slot("09:00", "16:00"),
    sessions=(
        session("a", "09:00", "10:30", floor_languages=("en",)),
        session("b", "09:30", "11:00", floor_languages=("fr",)),
        session("c", "11:00", "11:30", floor_languages=("en",)),
    ),
)


class TestParallelSessions:
    """Nobody is in two rooms at once: sessions at the same time need a team each."""

    PLACES = "/interpretationRequests/0/team/"

    @pytest.mark.parametrize("ids", [{"a", "b"}, {"a", "b", "c"}, set[str]()])
    def test_a_team_for_two_rooms_is_twice_as_large(self, ids: set[str]) -> None:
        made = [
            with_team(heads, booths=booths, session_ids=frozenset(ids), target_languages=frozenset({"es"}))
            for heads, booths in ((2, 1), (4, 2))
        ]
        few, small = judged(dossier(of=PARALLEL, requests=(made[0],)))
        assert (small.code, small.path, small.params["minimum"]) == (Code.TEAM_TOO_SMALL, f"{self.PLACES}heads", 4)
        assert (few.code, few.path, few.params) == (Code.BOOTHS_DIFFER, f"{self.PLACES}booths", {"booths": 2})
        assert codes_and_paths(PARALLEL, made[1]) == []

    def test_one_after_the_other_is_one_team(self) -> None:
        assert codes_and_paths(PARALLEL, with_team(2, session_ids=frozenset({"b", "c"}))) == []

    def test_signers_are_as_many_as_the_pairs_of_languages_at_a_time(self) -> None:
        given: dict[str, Any] = {"service": InterpretationService.SIGN, "target_languages": frozenset({"ase"})}
        two = with_team(2, booths=0, **given)
        too_small = [(Code.TEAM_TOO_SMALL, f"{self.PLACES}heads")]
        assert codes_and_paths(PARALLEL, evolve(two, session_ids=frozenset({"b", "c"}))) == []
        assert codes_and_paths(PARALLEL, two) == too_small
        assert codes_and_paths(event(floor_languages=("en", "fr")), two) == too_small
        assert codes_and_paths(event(floor_languages=("en",)), two) == []

    def test_where_nothing_is_to_be_interpreted_nobody_is_needed(self) -> None:
        # Into the language that is spoken there is nothing to interpret.
        made = with_team(2, session_ids=frozenset({"a", "b"}), target_languages=frozenset({"fr"}))
        assert codes_and_paths(PARALLEL, made) == []

    def test_whole_days_do_not_say_when_anybody_works(self) -> None:
        days = TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich")
        both = tuple(evolve(each, slot=days) for each in PARALLEL.sessions[:2])
        made = with_team(2, session_ids=frozenset({"a", "b"}), target_languages=frozenset({"es"}))
        assert codes_and_paths(event(slot=days, sessions=both), made) == []

    def test_two_directions_in_two_rooms_are_two_booths(self) -> None:
        first, second, third = (
            evolve(one_way(*way, heads, session_ids=frozenset({"a", "b"})), id=f"i-{way[0]}")
            for way, heads in ((("en", "fr"), 2), (("fr", "en"), 1), (("fr", "en"), 2))
        )
        few = judged(dossier(of=PARALLEL, requests=(first, second)))
        assert [(each.code, each.params["minimum"]) for each in few] == [(Code.TEAM_TOO_SMALL, 4)] * 2
        assert judged(dossier(of=PARALLEL, requests=(first, third))) == []


class TestBooths:
    """ISO 20539: a booth for each language that is interpreted into, for simultaneous interpretation alone."""

    @staticmethod
    def expected(*made: InterpretationRequest, of: Event | None = None) -> list[tuple[str, object]]:
        found = judged(dossier(of=of or event(floor_languages=("en",)), requests=made))
        return [(each.path, each.params["booths"]) for each in found if each.code is Code.BOOTHS_DIFFER]

    @pytest.mark.parametrize(("booths", "expected"), [(0, [2]), (1, [2]), (2, []), (5, [2])])
    def test_there_is_one_for_each_target_language(self, booths: int, expected: list[int]) -> None:
        made = with_team(9, booths=booths, target_languages=frozenset({"es", "fr", "fr-CA"}))
        assert [number for _, number in self.expected(made)] == expected

    @pytest.mark.parametrize(("booths", "expected"), [(0, []), (1, [0])])
    @pytest.mark.parametrize("service", [InterpretationService.WHISPERED, InterpretationService.CONSECUTIVE])
    def test_other_services_have_none(self, service: InterpretationService, booths: int, expected: list[int]) -> None:
        made = with_team(9, booths=booths, service=service)
        assert [number for _, number in self.expected(made)] == expected

    @pytest.mark.parametrize(
        ("norm", "booths", "expected"),
        [(Norm.AIIC, 0, [1]), (Norm.AIIC, 1, []), (Norm.AIIC, 2, []), (Norm.AIIC_CANADA, 1, []), (Norm.UN, 1, [2])],
    )
    def test_one_may_work_both_ways(self, norm: Norm, booths: int, expected: list[int]) -> None:
        of = event(floor_languages=("en", "fr"))
        made = with_team(9, norm, booths=booths, target_languages=frozenset({"en", "fr"}))
        assert [number for _, number in self.expected(made, of=of)] == expected

    @pytest.mark.parametrize(("booths", "expected"), [(4, [5]), (5, []), (6, []), (7, [6])])
    def test_one_target_may_be_the_floor_that_nobody_states(self, booths: int, expected: list[int]) -> None:
        made = with_team(14, booths=booths, target_languages=SIX)
        assert [number for _, number in self.expected(made, of=event())] == expected

    def test_requests_for_two_directions_may_share_one(self) -> None:
        first, second = (evolve(one_way(*way, 2), id=f"i-{way[0]}") for way in (("en", "fr"), ("fr", "en")))
        assert self.expected(first, evolve(second, team=Team(booths=0, heads=2, norm=Norm.AIIC)), of=FORUM) == []
        none = [evolve(each, team=Team(booths=0, heads=2, norm=Norm.AIIC)) for each in (first, second)]
        assert [number for _, number in self.expected(*none, of=FORUM)] == [1, 1]

    def test_those_who_have_a_booth_each_share_none(self) -> None:
        ways = (("en", "fr"), ("fr", "en"), ("en", "fr"))
        own = [evolve(one_way(*way, 2), id=f"i-{number}") for number, way in enumerate(ways)]
        assert self.expected(*own, of=FORUM) == []
        many = evolve(own[2], team=Team(booths=3, heads=2, norm=Norm.AIIC))
        path = "/interpretationRequests/2/team/booths"
        assert self.expected(*own[:2], many, of=FORUM) == [(path, 1)]


class TestListeners:
    """AIIC, article 6: whispering is for at most two listeners."""

    @pytest.mark.parametrize(
        ("norm", "listeners", "found"),
        [(Norm.AIIC, 2, False), (Norm.AIIC, 3, True), (Norm.AIIC, None, False), (Norm.AIIC_CANADA, 9, False)],
    )
    def test_a_whispering_team_has_few(self, norm: Norm, listeners: int | None, found: bool) -> None:
        made = with_team(9, norm, booths=0, service=InterpretationService.WHISPERED, listeners=listeners)
        path = "/interpretationRequests/0/listeners"
        assert codes_and_paths(event(floor_languages=("en",)), made) == (
            [(Code.TOO_MANY_LISTENERS, path)] if found else []
        )

    def test_other_services_have_many(self) -> None:
        assert codes_and_paths(event(floor_languages=("en",)), with_team(9, listeners=900)) == []


def one_way(source: str, target: str, heads: int, norm: Norm = Norm.AIIC, **changes: Any) -> InterpretationRequest:
    ways = {"source_languages": frozenset({source}), "target_languages": frozenset({target})}
    return with_team(heads, norm, **{"session_ids": frozenset({"s"}), **ways, **changes})


FORUM = event(slot=slot("09:00", "16:00"), sessions=(session("s", "09:00", "12:30"), session("t", "13:00", "14:00")))


class TestBothWays:
    """AIIC, article 6: two languages both ways need three interpreters, and one booth is enough for them."""

    @staticmethod
    def too_small(*requests: InterpretationRequest, of: Event = FORUM) -> list[tuple[int, object]]:
        made = tuple(evolve(each, id=f"i-{number}") for number, each in enumerate(requests))
        found = (each for each in judged(dossier(of=of, requests=made)) if each.code == Code.TEAM_TOO_SMALL)
        return [(int(each.path.split("/")[2]), each.params["minimum"]) for each in found]

    def test_requests_for_the_two_directions_are_sized_as_one_booth(self) -> None:
        assert self.too_small(one_way("en", "fr", 2), one_way("fr", "en", 1)) == []
        assert self.too_small(one_way("en", "fr", 1), one_way("fr", "en", 1)) == [(0, 3), (1, 3)]
        assert self.too_small(one_way("en", "fr", 2)) == []
        assert self.too_small(one_way("fr", "en", 1)) == [(0, 2)]

    def test_the_floor_and_the_varieties_of_a_language_count(self) -> None:
        of = event(slot=FORUM.slot, sessions=(session("s", "09:00", "12:30", floor_languages=("en-GB", "fr")),))
        first, second = with_team(2, target_languages=frozenset({"fr-CH"})), one_way("fr-CA", "en", 1)
        assert self.too_small(evolve(first, session_ids=frozenset({"s"})), second, of=of) == []

    def test_one_way_is_not_both_ways_if_the_only_floor_language_is_asked_for_too(self) -> None:
        of = event(slot=FORUM.slot, sessions=(session("s", "09:00", "12:30", floor_languages=("fr",)),))
        assert self.too_small(with_team(2, target_languages=frozenset({"en", "fr"})), of=of) == []

    @pytest.mark.parametrize("norm", [Norm.UN, Norm.EP])
    def test_a_norm_with_a_booth_for_each_language_is_kept_booth_by_booth(self, norm: Norm) -> None:
        assert self.too_small(one_way("en", "fr", 3, norm), one_way("fr", "en", 1, norm)) == [(1, 2)]

    def test_canada_has_one_booth_too(self) -> None:
        # By hours: two up to 3.5, three up to six; one way only, the norm has no number.
        ways = (one_way("en", "fr", 1, Norm.AIIC_CANADA), one_way("fr", "en", 1, Norm.AIIC_CANADA))
        longer = event(slot=FORUM.slot, sessions=(session("s", "09:00", "13:30"),))
        assert self.too_small(*ways) == []
        assert self.too_small(*ways, of=longer) == [(0, 3), (1, 3)]
        assert self.too_small(ways[0], of=longer) == []

    def test_where_the_norm_does_not_cover_both_ways_each_way_is_sized_alone(self) -> None:
        whispered = InterpretationService.WHISPERED
        ways = (one_way("en", "fr", 1, service=whispered), one_way("fr", "en", 2, service=whispered))
        assert self.too_small(*ways) == [(0, 2)]

    def test_a_delivered_request_shares_no_booth(self) -> None:
        assert self.too_small(one_way("en", "fr", 1), one_way("fr", "en", 2).deliver(at=hours(3))) == [(0, 2)]

    @pytest.mark.parametrize(
        "changes",
        [
            {"session_ids": frozenset({"t"})},
            {"service": InterpretationService.CONSECUTIVE},
            {"interpreters_at": REMOTE},
            {"norm": Norm.EP},
            {"source_languages": frozenset({"es"})},
            {"source_languages": frozenset[str]()},
            {"event_uid": "e-2"},
        ],
    )
    def test_what_is_elsewhere_or_otherwise_interpreted_shares_no_booth(self, changes: dict[str, Any]) -> None:
        found = self.too_small(
            one_way("fr", "en", 1), one_way(**{"source": "en", "target": "fr", "heads": 2, **changes})
        )
        assert (0, 2) in found

    def test_a_team_of_more_than_the_fewest_in_one_booth_may_work_longer(self) -> None:
        of = event(slot=FORUM.slot, sessions=(session("s", "09:00", "15:30"),))
        ways = (one_way("en", "fr", 2), evolve(one_way("fr", "en", 1), id="i-2"))
        assert {each.code for each in judged(dossier(of=of, requests=ways))} == {Code.WORK_TOO_LONG}
        longer = (one_way("en", "fr", 2), evolve(one_way("fr", "en", 2), id="i-2"))
        assert judged(dossier(of=of, requests=longer)) == []


DAY = event(
    slot=slot("08:00", "20:00"),
    sessions=(session("a", "09:00", "12:00"), session("b", "13:30", "16:30"), session("c", "18:00", "19:00")),
)


def spans(of: Event, **changes: Any) -> list[tuple[Any, ...]]:
    found = judged(dossier(of=of, requests=(request("i-1", **changes),)))
    assert {(each.code, each.path, each.severity) for each in found} <= {
        (Code.WORK_TOO_LONG, "/interpretationRequests/0/sessionIds", Severity.WARNING)
    }
    return [tuple(each.params[name] for name in ("span", "minutes", "maximum")) for each in found]


class TestHours:
    """I07: "sitting over 3 h, day over 6 h, or remote day over 3 h needs more people"."""

    def test_two_sittings_of_three_hours_are_not_too_long(self) -> None:
        assert spans(DAY, session_ids=frozenset({"a", "b"})) == []

    def test_more_than_six_hours_a_day_is_too_long(self) -> None:
        assert spans(DAY) == [("day", 420, 360)]

    def test_more_than_three_hours_in_a_sitting_is_too_long(self) -> None:
        assert spans(event(slot=slot("09:00", "12:01"))) == [("sitting", 181, 180)]

    def test_remote_interpreting_is_three_hours_a_day_at_most(self) -> None:
        assert spans(DAY, interpreters_at=REMOTE, session_ids=frozenset({"a"})) == []
        assert spans(DAY, interpreters_at=REMOTE, session_ids=frozenset({"a", "c"})) == [("remote-day", 240, 180)]

    @pytest.mark.parametrize("delivery", AttendanceMode)
    def test_remote_listeners_do_not_make_remote_interpreters(self, delivery: AttendanceMode) -> None:
        ids = frozenset({"a", "c"})
        assert spans(DAY, delivery=delivery, session_ids=ids) == []
        assert spans(DAY, delivery=delivery, interpreters_at=ParticipationMode.ON_SITE, session_ids=ids) == []

    def test_captions_have_no_limit_of_hours(self) -> None:
        assert spans(DAY, service=InterpretationService.CAPTIONS) == []

    def test_a_team_of_more_than_the_fewest_may_work_longer(self) -> None:
        path = "/interpretationRequests/0/sessionIds"
        assert codes_and_paths(DAY, with_team(2)) == [(Code.WORK_TOO_LONG, path)]
        assert codes_and_paths(DAY, with_team(3)) == []
        # Where the norm names no number, nobody knows whether they are more.
        for service, targets in ((InterpretationService.WHISPERED, "fr"), (InterpretationService.SIGN, "ase")):
            unknown = with_team(9, Norm.EP, booths=0, service=service, target_languages=frozenset({targets}))
            assert codes_and_paths(DAY, unknown) == [(Code.WORK_TOO_LONG, path)]

    def test_sessions_that_are_not_scheduled_are_no_work(self) -> None:
        parts = [DAY.sessions[0], DAY.sessions[1], DAY.sessions[2].cancel(at=hours(1))]
        assert spans(event(slot=DAY.slot, sessions=tuple(parts))) == []
        parts[2] = DAY.sessions[2].postpone(at=hours(1))
        assert spans(event(slot=DAY.slot, sessions=tuple(parts)), session_ids=frozenset("abc")) == []
        assert spans(DAY.postpone(at=hours(1))) == []
        assert spans(event(slot=DAY.slot).cancel(at=hours(1))) == []

    @pytest.mark.parametrize(
        ("held", "found"),
        [
            # At most three hours in each of two rooms.
            ("A 09:00-10:30, A 11:00-12:30, B 11:00-13:00", []),
            ("A 09:00-10:30, B 11:00-12:30, A 11:00-13:00", [("sitting", 210, 180)]),
            ("A 09:00-12:30, B 09:00-11:00", [("sitting", 210, 180)]),
            ("A 09:00-12:00, A 13:30-16:30, B 15:00-18:00", []),
            ("A 09:00-12:00, A 13:30-16:30, B 15:00-18:00, A 18:00-19:00", [("day", 420, 360)]),
            # Nobody knows the rooms.
            ("- 09:00-10:30, - 11:00-12:30, - 11:00-13:00", []),
            # Without sessions at the same time, one team goes from room to room.
            ("A 09:00-11:00, B 11:00-13:00", [("sitting", 240, 180)]),
            # Who has rested longest goes to the third room.
            ("A 09:00-10:00, B 09:00-11:00, C 11:15-13:15", []),
        ],
    )
    def test_sessions_at_the_same_time_have_a_team_each(self, held: str, found: list[tuple[str, int, int]]) -> None:
        parts = [
            session(f"s-{number}", start, end, **({} if room == "-" else {"locations": (place(room),)}))
            for number, (room, times) in enumerate(map(str.split, held.split(", ")))
            for start, end in (times.split("-"),)
        ]
        of = event(slot=DAY.slot, sessions=tuple(parts))
        assert spans(of) == found
        assert spans(of, session_ids=frozenset(part.id for part in parts)) == found

    @pytest.mark.parametrize("kind", [SessionKind.BREAK, SessionKind.SOCIAL])
    def test_nobody_interprets_a_break_or_a_reception(self, kind: SessionKind) -> None:
        lunch = session("lunch", "12:00", "13:30", kind=kind)
        of = event(slot=DAY.slot, sessions=(*DAY.sessions[:2], lunch))
        assert spans(of) == []
        assert spans(of, session_ids=frozenset({"a", "b", "lunch"})) == []
        assert spans(of, session_ids=frozenset({"lunch"})) == []

    def test_the_hours_of_an_event_of_several_days_without_sessions_are_unknown(self) -> None:
        days = stretch("2023-05-17T09:00", "2023-05-19T17:00")
        assert spans(event(slot=days)) == []

    def test_unknown_sessions_have_one_finding_and_are_no_work(self) -> None:
        assert codes_and_paths(DAY, request("i-1", session_ids=frozenset({"x"}))) == [
            (Code.SESSION_UNKNOWN, "/interpretationRequests/0/sessionIds")
        ]


class TestOver:
    """Declined, withdrawn and delivered requests cannot be corrected any more."""

    @pytest.mark.parametrize("verb", FATES)
    def test_ended_requests_have_no_findings(self, verb: str) -> None:
        of = event(slot=DAY.slot, calls=(call(CallKind.INTERPRETATION, deadline=deadline("2023-04-01")),))
        made = request("i-1", source_languages=frozenset({"pt"}), target_languages=SIX)
        assert len(codes_and_paths(of, made)) == 4
        assert codes_and_paths(of, ended(made, verb)) == []


class TestOneVerdict:
    """A submission has the same findings as `check` once it is in the dossier."""

    @LAW
    @given(plans())
    def test_a_request_has_the_same_findings_before_and_in_its_dossier(self, made: Dossier) -> None:
        same(made)

    @pytest.mark.slow
    @given(dossiers(most_others=4))
    def test_any_dossier_has_the_same_findings_too(self, made: Dossier) -> None:
        same(made)


IMPOSSIBLE = {Code.TIME_IN_FUTURE, Code.HISTORY_BEFORE_SUBMISSION, Code.PURGED_BEFORE_SUBMISSION}


def same(made: Dossier) -> None:
    found = check(made, now=NOW)
    for index, each in enumerate(made.interpretation_requests):
        path = f"/interpretationRequests/{index}"
        beside = [one.code for one in found if f"{one.path}/".startswith(f"{path}/") and one.code != Code.ID_REPEATED]
        others = (*made.interpretation_requests[:index], *made.interpretation_requests[index + 1 :])
        prepared = PreparedDossier(dossier(of=made.event, requests=others))
        alone = [one.code for one in judge_submission(prepared, each, NOW) if one.code != Code.ID_REPEATED]
        assert sorted(alone) == sorted(beside)
        assert (
            not beside
            or each.state not in {RequestState.DECLINED, RequestState.WITHDRAWN}
            or set(beside) <= {*IMPOSSIBLE, Code.EVENT_UID_DIFFERS, Code.RETENTION_OVER, Code.SESSION_UNKNOWN}
        )
