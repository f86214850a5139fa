"""Rules about every class of submission."""

from datetime import timedelta

import pytest

from tests.samples.small import NOW, deadline, dossier, event, hours, judged, pledge, registration, request, session
from wtisd_model import Code, Event, Finding, InterpretationRequest, Registration
from wtisd_model.rules.submission import event_is_this_one, ids_are_unique, sessions_exist

COUNTED = {"unknown": 2, "sessions": 2, "choices": "opening, Panel"}


def choosing(*session_ids: str) -> list[Finding]:
    of = event(sessions=(session("opening"), session("Panel")))
    return list(sessions_exist(dossier(registration("a", session_ids=frozenset(session_ids)), of=of), NOW))


class TestReferences:
    """S04: "session ids unique; references resolve"."""

    def test_a_submission_for_another_event_has_a_finding(self) -> None:
        made = dossier(
            registration("a"), registration("b", event_uid="E-1"), pledges=(pledge("p"), pledge("q", event_uid="e-1"))
        )
        found = event_is_this_one(made, NOW)
        assert [(each.code, each.path) for each in found] == [(Code.EVENT_UID_DIFFERS, "/registrations/1/eventUid")]

    def test_sessions_of_the_event_may_be_chosen(self) -> None:
        assert not choosing()
        assert not choosing("opening", "Panel")

    def test_unknown_sessions_are_counted_and_not_repeated(self) -> None:
        (found,) = choosing("opening", "dinner", "lunch")
        assert (found.code, found.path, found.params) == (Code.SESSION_UNKNOWN, "/registrations/0/sessionIds", COUNTED)
        assert "dinner" not in str(found)
        assert found.message == "2 session ids do not exist in the event."
        assert found.fix == "The event has these sessions: opening, Panel."

    def test_no_sessions_are_named_where_there_are_none(self) -> None:
        made = dossier(registration("a", session_ids=frozenset({"s"})), of=event(sessions=()))
        (found,) = sessions_exist(made, NOW)
        assert str(found) == (
            "[session-unknown] at /registrations/0/sessionIds: One session id does not exist in the event."
            " Choose none: the event has no sessions."
        )
        assert found.params == {"unknown": 1, "sessions": 0, "choices": ""}

    @pytest.mark.parametrize(("written", "meant"), [("Opening", "opening"), ("panel", "Panel")])
    def test_another_spelling_of_a_session_that_it_has_is_suggested(self, written: str, meant: str) -> None:
        (found,) = choosing(written, "dinner")
        assert found.params == COUNTED | {"suggestion": meant}
        assert found.fix.startswith(f'Did you mean "{meant}"?')

    def test_each_id_comes_once_in_its_list(self) -> None:
        crowd = dossier(registration("a"), registration("b"), registration("a"), registration("a"))
        assert [(each.code, each.path) for each in ids_are_unique(crowd, NOW)] == [
            (Code.ID_REPEATED, "/registrations/2/id"),
            (Code.ID_REPEATED, "/registrations/3/id"),
        ]

    def test_submissions_of_different_classes_may_have_the_same_id(self) -> None:
        assert not judged(dossier(registration("x"), requests=(request("x"),), pledges=(pledge("x"),)))


class TestRetention:
    """R11: "personal fields are gone after retention, counted from event end"."""

    KEPT = event(retention_days=30)
    EITHER = (registration("a"), request("a"))

    def found(self, one: Registration | InterpretationRequest, seconds: int, kept: Event = KEPT) -> list[Finding]:
        made = dossier(one, of=kept) if isinstance(one, Registration) else dossier(requests=(one,), of=kept)
        moment = deadline("2023-06-16").closes_at + timedelta(seconds=seconds)
        return [each for each in judged(made, moment) if each.code == Code.RETENTION_OVER]

    @pytest.mark.parametrize(
        ("one", "path"), [(EITHER[0], "/registrations/0"), (EITHER[1], "/interpretationRequests/0")]
    )
    def test_after_the_retention_period_what_is_not_purged_has_a_finding(
        self, one: Registration | InterpretationRequest, path: str
    ) -> None:
        (found,) = self.found(one, 0)
        assert (found.path, found.params) == (path, {"days": 30})
        assert not self.found(one, -1)

    @pytest.mark.parametrize("one", EITHER)
    def test_what_is_purged_may_stay(self, one: Registration | InterpretationRequest) -> None:
        assert not self.found(one.purged(at=hours(1)), 0)

    @pytest.mark.parametrize("one", EITHER)
    def test_without_a_retention_period_there_is_no_finding(self, one: Registration | InterpretationRequest) -> None:
        assert not self.found(one, 0, event())
