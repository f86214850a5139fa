"""Rules about every class of submission."""

import pytest

from tests.rules.samples import NOW, dossier, event, judged, pledge, registration, request, session
from wtisd_model.codes import Code
from wtisd_model.findings import Finding
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
