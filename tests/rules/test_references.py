"""What names something else."""

import pytest

from tests.rules.samples import dossier, event, pledge, registration, request, session
from wtisd_model.codes import Code
from wtisd_model.rules.deadlines import Terms
from wtisd_model.rules.references import ids_are_apart, names_known_sessions, names_this_event

TERMS = Terms.of(event(sessions=(session("opening"), session("Panel"))))
COUNTED = {"unknown": 2, "choices": "opening, Panel"}


class TestReferences:
    """S04: "session ids unique; references resolve"."""

    def test_an_answer_names_the_event_beside_which_it_is_kept(self) -> None:
        assert not list(names_this_event(TERMS, "e-1"))
        assert not list(names_this_event(TERMS, None))
        found = list(names_this_event(TERMS, "E-1"))
        assert [(each.code, each.path) for each in found] == [(Code.EVENT_UID_DIFFERS, "/eventUid")]

    def test_sessions_that_the_event_has_may_be_chosen(self) -> None:
        assert not list(names_known_sessions(TERMS, frozenset()))
        assert not list(names_known_sessions(TERMS, frozenset({"opening", "Panel"})))

    def test_sessions_that_it_has_not_are_counted_and_never_repeated(self) -> None:
        (found,) = names_known_sessions(TERMS, frozenset({"opening", "dinner", "lunch"}))
        assert (found.code, found.path, found.params) == (Code.SESSION_UNKNOWN, "/sessionIds", COUNTED)
        assert "dinner" not in str(found)
        assert found.message == "Number of ids here that no session of the event has: 2."
        assert found.fix == "Name sessions that it has: opening, Panel."

    @pytest.mark.parametrize(("written", "meant"), [("Opening", "opening"), ("panel", "Panel")])
    def test_another_spelling_of_a_session_that_it_has_is_suggested(self, written: str, meant: str) -> None:
        (found,) = names_known_sessions(TERMS, frozenset({written, "dinner"}))
        assert found.params == COUNTED | {"suggestion": meant}
        assert found.fix.startswith(f'Did you mean "{meant}"?')

    def test_each_id_comes_once_in_its_list(self) -> None:
        crowd = dossier(registration("a"), registration("b"), registration("a"), registration("a"))
        found = list(ids_are_apart("registrations", crowd.registrations))
        assert [(each.code, each.path) for each in found] == [
            (Code.ID_REPEATED, "/registrations/2/id"),
            (Code.ID_REPEATED, "/registrations/3/id"),
        ]

    def test_things_of_different_kinds_may_have_one_id(self) -> None:
        for things in ((registration("x"),), (request("x"),), (pledge("x"),)):
            assert not list(ids_are_apart("things", things))
