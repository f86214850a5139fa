"""The event that a submission responds to, the questions that it answers, and the modes it can choose from."""

from attrs import evolve

from tests.samples.whole import asked, call, event, pledge, registration, session
from wtisd_model import CallKind, ParticipationMode
from wtisd_model.model.submissions import all_modes, belongs_to, questions_of

ON_SITE, REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE


class TestEvent:
    """A submission belongs to the event that it names."""

    def test_another_event_is_not_meant(self) -> None:
        assert belongs_to(registration(), event())
        assert not belongs_to(registration(event_uid="e-2"), event())

    def test_a_pledge_without_an_event_belongs_to_any(self) -> None:
        assert belongs_to(pledge(event_uid=None), event())
        assert not belongs_to(pledge(event_uid="e-2"), event())


class TestQuestions:
    """They are those of one call; retired ones are among them, since their answers stay."""

    def test_each_call_has_its_own(self) -> None:
        here = asked("here"), evolve(asked("old"), retired=True)
        there = (asked("there"),)
        calls = (call(questions=here), call(kind=CallKind.PLEDGE, questions=there))
        assert questions_of(event(calls=calls), CallKind.REGISTRATION) == here
        assert questions_of(event(calls=calls), CallKind.PLEDGE) == there

    def test_an_event_without_the_call_has_no_questions(self) -> None:
        assert questions_of(event(calls=()), CallKind.REGISTRATION) == ()


class TestModes:
    """Each session may have places of its own."""

    def test_a_session_may_offer_what_the_event_does_not(self) -> None:
        whole = event(calls=(), virtual_locations=(), sessions=())
        assert all_modes(whole) == frozenset({ON_SITE})
        streamed = session(locations=(), inherited_places=None, on_site_capacity=None)
        assert all_modes(evolve(whole, sessions=(streamed,))) == frozenset({ON_SITE, REMOTE})

    def test_a_draft_without_a_place_leaves_them_open(self) -> None:
        assert all_modes(event(status="draft", calls=(), locations=(), virtual_locations=(), sessions=())) is None
