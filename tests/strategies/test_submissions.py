"""Registrations, requests for interpretation, pledges and dossiers: every state, and what each rule asks for."""

from collections import Counter
from itertools import product

import pytest
from attrs import evolve
from hypothesis import find, given
from hypothesis import strategies as st

from tests.strategies.drawing import drawn, some
from wtisd_model import (
    Dossier,
    Event,
    EventStatus,
    InterpretationRequest,
    InterpretationService,
    Pledge,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Registration,
    RegistrationState,
    Reply,
    RequestState,
)
from wtisd_model.strategies import (
    country_shares,
    dossiers,
    events,
    interpretation_requests,
    pledges,
    registrations,
    replies,
    reports,
    targets,
    teams,
)
from wtisd_model.types.language import is_signed

SCHEDULED = events(status=EventStatus.SCHEDULED)


class TestRegistrations:
    """Each state comes as often as another; some are purged."""

    @given(registrations())
    def test_each_can_be_rebuilt_from_its_fields(self, registration: Registration) -> None:
        assert evolve(registration) == registration

    @pytest.mark.slow
    def test_every_state_comes_often(self) -> None:
        states = Counter(each.state for each in some(Registration))
        assert min(states[state] for state in RegistrationState) > 4

    @pytest.mark.parametrize("state", RegistrationState)
    def test_the_state_can_be_chosen(self, state: RegistrationState) -> None:
        assert {each.state for each in drawn(registrations(state=state), 10)} == {state}

    def test_some_are_purged_and_most_are_not(self) -> None:
        purged = [each for each in some(Registration) if each.purged_at]
        assert 3 < len(purged) < 50
        assert any(each.history for each in purged)

    def test_some_replied_about_the_event_and_about_sessions_and_some_need_action(self) -> None:
        answers = [(each, each.last_reply()) for each in some(Registration) if each.replies]
        assert any(last is None for _, last in answers)
        assert any(last and last.status is not each.participation_status for each, last in answers)
        assert any(len(each.replies) > 1 for each, _ in answers)

    @given(replies())
    def test_a_reply_can_be_rebuilt(self, answer: Reply) -> None:
        assert evolve(answer) == answer

    @given(SCHEDULED.flatmap(lambda event: st.tuples(st.just(event), registrations(event=event))))
    def test_those_for_an_event_choose_what_it_offers(self, both: tuple[Event, Registration]) -> None:
        event, registration = both
        assert registration.event_uid == event.uid
        assert registration.session_ids <= {session.id for session in event.sessions}
        assert event.attendance_mode
        assert registration.mode in event.attendance_mode.modes
        attendance = [event.mode_of(each) for each in event.sessions if each.id in registration.session_ids]
        assert all(mode is None or registration.mode in mode.modes for mode in attendance)

    def test_a_draft_without_a_place_is_no_obstacle(self) -> None:
        draft = find(events(status=EventStatus.DRAFT), lambda event: event.attendance_mode is None)
        assert {each.event_uid for each in drawn(registrations(event=draft), 10)} == {draft.uid}


class TestInterpretationRequests:
    """I01, I03: languages that fit the service."""

    @given(interpretation_requests())
    def test_each_can_be_rebuilt_from_its_fields(self, request: InterpretationRequest) -> None:
        assert evolve(request) == request

    @pytest.mark.slow
    def test_every_state_comes_often(self) -> None:
        states = Counter(each.state for each in some(InterpretationRequest))
        assert min(states[state] for state in RequestState) > 4

    @pytest.mark.parametrize("state", RequestState)
    def test_the_state_can_be_chosen(self, state: RequestState) -> None:
        assert {each.state for each in drawn(interpretation_requests(state=state), 10)} == {state}

    def test_languages_are_signed_on_either_side(self) -> None:
        signs = [each for each in some(InterpretationRequest) if each.service is InterpretationService.SIGN]
        assert any(any(map(is_signed, each.source_languages)) for each in signs)
        assert any(any(map(is_signed, each.target_languages)) for each in signs)

    def test_some_captions_are_in_the_language_of_the_floor(self) -> None:
        captions = [each for each in some(InterpretationRequest) if each.service is InterpretationService.CAPTIONS]
        assert any(each.source_languages & each.target_languages for each in captions)

    @given(SCHEDULED.flatmap(lambda event: st.tuples(st.just(event), interpretation_requests(event=event))))
    def test_those_for_an_event_are_for_its_sessions(self, both: tuple[Event, InterpretationRequest]) -> None:
        event, request = both
        assert request.event_uid == event.uid
        assert request.session_ids <= {session.id for session in event.sessions}

    def test_teams_reach_their_bounds(self) -> None:
        sizes = drawn(teams(), 300)
        assert {0, 100} <= {team.booths for team in sizes}
        assert {1, 1000} <= {team.heads for team in sizes}


class TestPledges:
    """P01 to P08, as far as a pledge can see them of itself."""

    @given(pledges())
    def test_each_can_be_rebuilt_from_its_fields(self, pledge: Pledge) -> None:
        assert evolve(pledge) == pledge

    @pytest.mark.slow
    def test_every_state_comes_often(self) -> None:
        states = Counter(each.state for each in some(Pledge))
        assert min(states[state] for state in PledgeState) > 3

    @pytest.mark.parametrize("state", PledgeState)
    def test_the_state_can_be_chosen(self, state: PledgeState) -> None:
        assert {each.state for each in drawn(pledges(state=state), 10)} == {state}

    @pytest.mark.slow
    def test_shares_make_a_hundred_of_one_two_and_three_countries(self) -> None:
        shares = [[each.share for each in pledge.countries if each.share is not None] for pledge in some(Pledge)]
        assert {len(each) for each in shares} == {0, 1, 2, 3}
        assert {sum(each) for each in shares if each} == {100}

    def test_amounts_are_stated_always_for_money_and_sometimes_else(self) -> None:
        found = {(each.kind is PledgeKind.FINANCIAL, each.pledged is None) for each in some(Pledge)}
        assert found == {(True, False), (False, False), (False, True)}

    def test_each_scope_comes_with_and_without_countries_where_it_may(self) -> None:
        found = {(each.scope, bool(each.countries)) for each in some(Pledge)}
        everything = {(scope, named) for scope in PledgeScope for named in (True, False)}
        assert found == everything - {(PledgeScope.COUNTRIES, False)}

    def test_targets_and_reports_come_with_and_without_a_period(self) -> None:
        full = [each for each in some(Pledge) if each.targets and each.reports]
        assert {(each.start is None, each.end is None) for each in full} == set(product((True, False), repeat=2))
        assert any(each.partners for each in full)

    def test_some_were_made_for_no_event(self) -> None:
        assert {each.event_uid is None for each in some(Pledge)} == {True, False}
        event = drawn(SCHEDULED, 1)[0]
        assert {each.event_uid for each in drawn(pledges(event=event), 10)} == {event.uid}

    def test_parts_come_by_themselves(self) -> None:
        assert {each.due is None for each in drawn(targets(), 50)} == {True, False}
        assert {each.percent is None for each in drawn(reports(), 50)} == {True, False}
        assert {each.share is None for each in drawn(country_shares(), 50)} == {True, False}


class TestDossiers:
    """All objects are about its event, and no id comes twice."""

    @pytest.mark.slow
    @given(dossiers())
    def test_each_can_be_rebuilt_from_its_fields(self, dossier: Dossier) -> None:
        assert evolve(dossier) == dossier

    @given(dossiers())
    def test_all_is_about_its_event(self, dossier: Dossier) -> None:
        ids = {session.id for session in dossier.event.sessions}
        assert all(each.session_ids <= ids for each in dossier.registrations)
        assert all(each.session_ids <= ids for each in dossier.interpretation_requests)
        assert {each.event_uid for each in dossier.registrations} <= {dossier.event.uid}
        assert {each.event_uid for each in dossier.interpretation_requests} <= {dossier.event.uid}
        assert {each.event_uid for each in dossier.pledges} <= {dossier.event.uid}

    @pytest.mark.slow
    @given(dossiers())
    def test_no_id_comes_twice(self, dossier: Dossier) -> None:
        for objects in (dossier.registrations, dossier.interpretation_requests, dossier.pledges):
            ids = [each.id for each in objects]
            assert len(set(ids)) == len(ids)

    @pytest.mark.slow
    def test_how_many_there_are_can_be_chosen(self) -> None:
        assert {len(each.registrations) for each in some(Dossier)} == {0, 1, 2, 3}
        assert {len(each.pledges) for each in some(Dossier)} == {0, 1, 2}
        many = drawn(dossiers(event=drawn(SCHEDULED, 1)[0], most_registrations=8, most_others=0), 40)
        assert max(len(each.registrations) for each in many) > 5
        assert not any(each.pledges or each.interpretation_requests for each in many)
        assert len({each.event for each in many}) == 1
