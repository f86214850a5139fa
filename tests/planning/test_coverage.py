"""Tables of coverage, also compared with a second implementation."""

from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.planning.listeners import CAPTIONS, ON_SITE, REMOTE, SIGN, approved, listens, plan
from tests.planning.naive import table
from tests.planning.plans import plans
from tests.samples.small import dossier, event, hours, registration, request, session
from wtisd_model import (
    AttendanceMode,
    Contact,
    Dossier,
    EventStatus,
    InterpretationRequest,
    Need,
    Norm,
    ParticipationMode,
    Registration,
    Team,
    planning,
)
from wtisd_model.planning.results import Channel, CoverageRow
from wtisd_model.rules.identity import People
from wtisd_model.strategies import dossiers

CHANNELS = ("floor", "direct", "relay", "sign", "captions", "missing", "unstated")


def by_channel(made: Dossier) -> dict[tuple[str | None, str | None], dict[str, int]]:
    """Return the table without zeros."""
    rows = {
        (row.session_id, row.language): {each: number for each in CHANNELS if (number := getattr(row, each))}
        for row in planning.coverage(made)
    }
    return {key: row for key, row in rows.items() if row}


def served(*registrations: Registration, floor: str = "en", requests: tuple[InterpretationRequest, ...] = ()) -> str:
    """Return the language and the channel of the one person of a plan."""
    (((_, language), row),) = by_channel(plan(*registrations, floor=floor, requests=requests)).items()
    return f"{language} {' '.join(row)}"


def rows_of(made: Dossier) -> dict[str | None, CoverageRow]:
    return {row.language: row for row in planning.coverage(made)}


class TestWays:
    """Domain 3: floor language, booths, relay, signed languages, captions."""

    def test_the_floor_serves_people_who_listen_in_the_language_spoken(self) -> None:
        assert served(listens("a", "en")) == "en floor"
        assert served(listens("a", "fr")) == "fr missing"

    def test_a_floor_in_several_languages_does_not_serve_people_who_listen_in_one_of_them(self) -> None:
        assert served(listens("a", "fr"), floor="en fr") == "fr missing"
        assert served(listens("a", "fr"), floor="en fr", requests=(approved("i", "en", "fr"),)) == "fr direct"

    def test_a_tag_matches_longer_and_shorter_tags(self) -> None:
        assert served(listens("a", "fr-CH"), floor="fr") == "fr-CH floor"
        assert served(listens("a", "en"), floor="en-GB") == "en floor"
        assert served(listens("a", "fr-CA"), floor="fr-CH") == "fr-CA missing"
        assert served(listens("a", "fr-CH"), requests=(approved("i", "en-GB", "fr"),)) == "fr-CH direct"
        assert served(listens("a", "fr"), requests=(approved("i", "en", "fr-CH"),)) == "fr direct"

    @pytest.mark.parametrize("service", ["simultaneous", "consecutive", "whispered"])
    def test_interpretation_from_the_floor_is_direct(self, service: str) -> None:
        assert served(listens("a", "fr"), requests=(approved("i", "en", "fr", service),)) == "fr direct"
        assert served(listens("a", "fr"), requests=(approved("i", "", "fr", service),)) == "fr direct"
        assert served(listens("a", "fr"), requests=(approved("i", "es", "fr", service),)) == "fr missing"

    def test_a_pivot_gives_relay(self) -> None:
        requests = (approved("i", "ru", "en"), approved("j", "en", "fr"))
        assert served(listens("a", "fr"), floor="ru", requests=requests) == "fr relay"
        assert rows_of(plan(listens("a", "fr"), floor="ru", requests=requests))["fr"].offered == (Channel.RELAY,)

    def test_a_relay_of_a_relay_does_not_count(self) -> None:
        requests = (approved("i", "ru", "en"), approved("j", "en", "fr"), approved("k", "fr", "es"))
        assert served(listens("a", "es"), floor="ru", requests=requests) == "es missing"

    @pytest.mark.parametrize(
        ("service", "channel"),
        [("consecutive", "relay"), ("simultaneous", "relay"), ("whispered", "missing"), ("captions", "missing")],
    )
    def test_a_pivot_is_a_language_that_other_interpreters_hear(self, service: str, channel: str) -> None:
        requests = (approved("i", "ru", "en", service), approved("j", "en", "fr"))
        assert served(listens("a", "fr"), floor="ru", requests=requests) == f"fr {channel}"

    def test_a_pivot_may_be_delivered_to_the_other_mode(self) -> None:
        requests = (approved("i", "ru", "en", delivery=AttendanceMode.REMOTE), approved("j", "en", "fr"))
        assert served(listens("a", "fr"), floor="ru", requests=requests) == "fr relay"

    def test_the_worst_of_several_floor_languages_counts(self) -> None:
        requests = (approved("i", "en", "fr"), approved("j", "ru", "en"))
        assert served(listens("a", "fr"), floor="en ru", requests=requests) == "fr relay"
        assert served(listens("a", "fr"), floor="en ru", requests=requests[:1]) == "fr missing"

    def test_a_signed_language_is_interpreted_directly_or_by_relay(self) -> None:
        assert served(listens("a", "ase"), requests=(approved("i", "en", "ase", "sign"),)) == "ase sign"
        requests = (approved("i", "en", "ase", "sign"), approved("j", "fr", "en"))
        assert served(listens("a", "ase"), floor="fr", requests=requests) == "ase sign"
        assert served(listens("a", "ase"), requests=(approved("i", "en", "ils", "sign"),)) == "ase missing"

    def test_a_signed_floor_is_interpreted_too(self) -> None:
        requests = (approved("i", "ase", "en", "sign"), approved("j", "en", "fr"))
        assert served(listens("a", "ase"), floor="ase") == "ase floor"
        assert served(listens("a", "en"), floor="ase", requests=requests) == "en direct"
        assert served(listens("a", "fr"), floor="ase", requests=requests) == "fr relay"

    def test_captions_serve_people_whom_nothing_else_reaches(self) -> None:
        captions = approved("i", "en", "fr", "captions")
        assert served(listens("a", "fr"), requests=(captions,)) == "fr captions"
        assert served(listens("a", "fr"), requests=(captions, approved("j", "en", "fr"))) == "fr direct"
        requests = (approved("i", "fr", "en"), approved("j", "en", "en", "captions"))
        assert served(listens("a", "en", needs=frozenset({CAPTIONS})), floor="fr", requests=requests) == "en captions"

    def test_spoken_languages_do_not_serve_people_who_need_captions_or_signs(self) -> None:
        reads, watches = frozenset({CAPTIONS}), frozenset({SIGN})
        captions, signs = approved("i", "en", "en", "captions"), approved("j", "en", "ase", "sign")
        assert served(listens("a", "en", needs=reads)) == "en missing"
        assert served(listens("a", "en", needs=reads), requests=(captions,)) == "en captions"
        assert served(listens("a", "en", needs=watches), requests=(captions, signs)) == "en missing"
        assert served(listens("a", "en", "ase", needs=watches), requests=(signs,)) == "ase sign"
        assert served(listens("a", "ase", "en", needs=watches | reads), requests=(captions,)) == "en captions"
        assert served(listens("a", "en", needs=frozenset({Need.HEARING_LOOP}))) == "en floor"

    def test_without_a_stated_floor_only_requests_for_any_source_count(self) -> None:
        assert served(listens("a", "en"), floor="") == "en missing"
        assert served(listens("a", "en"), floor="", requests=(approved("i", "fr", "en"),)) == "en missing"
        assert served(listens("a", "en"), floor="", requests=(approved("i", "", "en"),)) == "en direct"
        requests = (approved("i", "", "fr"), approved("j", "fr", "en"))
        assert served(listens("a", "en"), floor="", requests=requests) == "en relay"

    def test_people_are_served_in_the_first_of_their_languages_that_reaches_them(self) -> None:
        assert served(listens("a", "fr", "en")) == "en floor"
        assert served(listens("a", "fr", "en"), requests=(approved("i", "en", "fr"),)) == "fr direct"
        assert served(listens("a", "fr", "es")) == "fr missing"

    def test_several_languages_may_serve_together_if_several_are_spoken(self) -> None:
        assert served(listens("a", "fr", "en"), floor="en fr") == "fr floor"
        assert served(listens("a", "es", "fr", "en"), floor="en fr") == "fr floor"
        assert served(listens("a", "fr", "en"), floor="en fr", requests=(approved("i", "en", "fr"),)) == "fr direct"
        requests = (approved("i", "ru", "en"),)
        assert served(listens("a", "fr", "en"), floor="fr ru", requests=requests) == "fr direct"
        assert served(listens("a", "fr", "en"), floor="fr ru") == "fr missing"

    def test_interpretation_serves_only_the_mode_it_is_delivered_to(self) -> None:
        far = approved("i", "en", "fr", delivery=AttendanceMode.REMOTE)
        assert served(listens("a", "fr"), requests=(far,)) == "fr missing"
        assert served(listens("a", "fr", mode=REMOTE), requests=(far,)) == "fr direct"

    @pytest.mark.parametrize("at", [None, ON_SITE, REMOTE])
    def test_one_booth_serves_the_room_and_the_platform(self, at: ParticipationMode | None) -> None:
        both = approved("i", "en", "fr", delivery=AttendanceMode.MIXED, interpreters_at=at)
        assert served(listens("a", "fr"), requests=(both,)) == "fr direct"
        assert served(listens("a", "fr", mode=REMOTE), requests=(both,)) == "fr direct"

    @pytest.mark.parametrize("state", ["requested", "declined", "withdrawn", "approved", "assigned", "delivered"])
    def test_only_approved_requests_cover(self, state: str) -> None:
        (made,) = (each for each in EVERY_STATE if each.state == state)
        channel = "direct" if state in {"approved", "assigned", "delivered"} else "missing"
        assert served(listens("a", "fr"), requests=(made,)) == f"fr {channel}"


REQUESTED = request("i", source_languages=frozenset({"en"}))
APPROVED = REQUESTED.approve(at=hours(1))
ASSIGNED = APPROVED.assign(Team(booths=1, heads=2, norm=Norm.AIIC), at=hours(2))
EVERY_STATE = (
    REQUESTED,
    APPROVED,
    ASSIGNED,
    ASSIGNED.deliver(at=hours(3)),
    REQUESTED.decline(at=hours(1), note="Too late."),
    REQUESTED.withdraw(at=hours(1)),
)


class TestWhoCounts:
    """Domain 3: "preferred listening languages of pending and approved registrations"."""

    def test_pending_approved_and_attended_registrations_count(self) -> None:
        made = registration("a", listening_languages=("en",))
        for other in (made, made.approve(at=hours(1)), made.approve(at=hours(1)).check_in(at=hours(2))):
            assert by_channel(plan(other)) == {("s", "en"): {"floor": 1}}
        for other in (
            made.waitlist(at=hours(1)),
            made.reject(at=hours(1)),
            made.withdraw(at=hours(1)),
            made.approve(at=hours(1)).mark_no_show(at=hours(2)),
        ):
            assert by_channel(plan(other)) == {}

    def test_purged_registrations_count_by_what_is_kept(self) -> None:
        made = listens("a", "fr", needs=frozenset({CAPTIONS}))
        crowd = (made, evolve(made, id="b", participant=Contact(name="B", email="b@example.org")))
        assert by_channel(plan(*(each.purged(at=hours(9)) for each in crowd), floor="fr")) == {
            ("s", "fr"): {"floor": 2}
        }

    def test_registrations_and_requests_for_another_event_do_not_count(self) -> None:
        assert by_channel(plan(listens("a", "en", event_uid="e-2"))) == {}
        assert served(listens("a", "fr"), requests=(approved("i", "en", "fr", event_uid="e-2"),)) == "fr missing"

    def test_people_without_languages_are_counted_separately(self) -> None:
        assert by_channel(plan(listens("a"), listens("b", "en"))) == {
            ("s", None): {"unstated": 1},
            ("s", "en"): {"floor": 1},
        }

    def test_a_person_counts_once_in_a_session_by_the_first_registration(self) -> None:
        person = Contact(name="P", email="P@example.org")
        again = evolve(person, email="p@EXAMPLE.org")
        crowd = (
            listens("a", "fr", participant=person, submitted_at=hours(-1)),
            listens("b", "en", participant=again, submitted_at=hours(-2)),
            listens("c", "es", participant=person, submitted_at=hours(-1)),
        )
        assert by_channel(plan(*crowd)) == {("s", "en"): {"floor": 1}}

    def test_a_person_who_chose_one_session_and_then_all_counts_once_in_each(self) -> None:
        person = Contact(name="P", email="p@example.org")
        sessions = tuple(session(each, floor_languages=("en",)) for each in ("s", "t"))
        crowd = (
            listens("a", "fr", participant=person, session_ids=frozenset({"s"}), submitted_at=hours(-2)),
            listens("b", "en", participant=person, submitted_at=hours(-1)),
        )
        expected = {("s", "fr"): {"missing": 1}, ("t", "en"): {"floor": 1}}
        assert by_channel(dossier(*crowd, of=event(sessions=sessions))) == expected
        assert by_channel(dossier(*reversed(crowd), of=event(sessions=sessions))) == expected

    def test_people_come_to_the_sessions_they_name_or_to_all(self) -> None:
        sessions = tuple(session(each, floor_languages=("en",)) for each in ("s", "t"))
        crowd = (listens("a", "en"), listens("b", "en", session_ids=frozenset({"t", "gone"})))
        assert by_channel(dossier(*crowd, of=event(sessions=sessions))) == {
            ("s", "en"): {"floor": 1},
            ("t", "en"): {"floor": 2},
        }


class TestWhere:
    """A session counts while it is scheduled or postponed; without any, the event itself does."""

    def test_sessions_that_are_drafts_or_cancelled_are_left_out(self) -> None:
        sessions = (
            session("a").cancel(at=hours(1)),
            session("b", status=EventStatus.DRAFT),
            session("c").postpone(at=hours(1)),
            session("d"),
        )
        made = dossier(listens("p", "en"), of=event(sessions=sessions))
        assert [row.session_id for row in planning.coverage(made)] == ["c", "d"]

    def test_without_sessions_left_everybody_is_at_the_event(self) -> None:
        crowd = (listens("p", "en"), listens("q", "fr", session_ids=frozenset({"a"})))
        for sessions in ((), (session("a").cancel(at=hours(1)),)):
            made = dossier(
                *crowd,
                of=event(sessions=sessions, floor_languages=("en",)),
                requests=(approved("i", "en", "fr", session_ids=frozenset({"a"})),),
            )
            assert by_channel(made) == {(None, "en"): {"floor": 1}, (None, "fr"): {"missing": 1}}

    def test_a_draft_or_cancelled_event_needs_nothing(self) -> None:
        crowd = (listens("p", "en"),)
        for made in (event(status=EventStatus.DRAFT), event().cancel(at=hours(1))):
            assert planning.coverage(dossier(*crowd, of=made)) == ()
            assert planning.languages_needed(dossier(*crowd, of=made)) == ()

    def test_a_session_without_floor_languages_has_those_of_the_event(self) -> None:
        made = event(sessions=(session("s"), session("t", floor_languages=("fr",))), floor_languages=("en",))
        assert [(row.session_id, row.language) for row in planning.coverage(dossier(of=made))] == [
            ("s", "en"),
            ("t", "fr"),
        ]

    def test_a_language_that_is_provided_has_a_row_even_without_listeners(self) -> None:
        made = plan(
            requests=(approved("i", "en", "fr"), approved("j", "en", "fr", "captions", delivery=AttendanceMode.REMOTE))
        )
        assert [(row.language, row.offered, row.people) for row in planning.coverage(made)] == [
            ("en", (Channel.FLOOR,), 0),
            ("fr", (Channel.DIRECT, Channel.CAPTIONS), 0),
        ]

    def test_while_the_venue_is_not_known_people_are_expected_on_site(self) -> None:
        sessions = (
            session("s", floor_languages=("en",)),
            session("t", floor_languages=("en",), inherited_places=REMOTE),
        )
        made = event(sessions=sessions, locations=(), venue_to_follow=True)
        assert by_channel(dossier(listens("p", "en", mode=ON_SITE), of=made)) == {("s", "en"): {"floor": 1}}

    def test_only_a_dossier_is_accepted(self) -> None:
        for question in (planning.coverage, planning.languages_needed):
            with pytest.raises(TypeError, match="Not a Dossier"):
                question(event())  # type: ignore[arg-type] # the point


def compact(made: Dossier) -> dict[tuple[str | None, str | None], dict[str, int]]:
    assert len({(row.session_id, row.language) for row in planning.coverage(made)}) == len(planning.coverage(made))
    return by_channel(made)


class TestAgreement:
    """A second, simple implementation gets the same tables."""

    @LAW
    @given(plans())
    def test_a_plain_count_of_everybody_gives_the_same(self, made: Dossier) -> None:
        assert compact(made) == table(made)

    @pytest.mark.slow
    @LAW
    @given(dossiers(most_registrations=8, most_others=4))
    def test_any_dossier_has_the_same_findings_too(self, made: Dossier) -> None:
        assert compact(made) == table(made)

    @given(plans())
    def test_nobody_counts_twice_in_a_session(self, made: Dossier) -> None:
        everybody = People(each.participant for each in made.registrations if each.participant is not None)
        people = len(
            {
                each.id if each.participant is None else everybody.identity(each.participant)
                for each in made.registrations
            }
        )
        in_each = Counter[str | None]()
        for row in planning.coverage(made):
            in_each[row.session_id] += row.people
        assert all(number <= people for number in in_each.values())

    @given(plans())
    def test_the_order_of_people_and_requests_makes_no_difference(self, made: Dossier) -> None:
        # Of equal moments the one further down is later, so each has its own here.
        apart = tuple(
            evolve(each, submitted_at=hours(-index), history=each.history)
            for index, each in enumerate(made.registrations)
        )
        one = evolve(made, registrations=apart)
        other = evolve(one, registrations=apart[::-1], interpretation_requests=made.interpretation_requests[::-1])
        assert planning.coverage(one) == planning.coverage(other)
        assert planning.languages_needed(one) == planning.languages_needed(other)
