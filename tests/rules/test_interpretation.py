"""Requests for interpretation beside their event."""

from tests.rules.samples import NOW, dossier, event, request, session
from wtisd_model.codes import Code
from wtisd_model.rules.interpretation import request_ids_are_apart, requests_keep_terms


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
        assert [(each.code, each.path) for each in requests_keep_terms(made, NOW)] == [
            (Code.EVENT_UID_DIFFERS, "/interpretationRequests/1/eventUid"),
            (Code.SESSION_UNKNOWN, "/interpretationRequests/1/sessionIds"),
        ]

    def test_each_has_its_own_id(self) -> None:
        found = list(request_ids_are_apart(dossier(requests=(request("i-1"), request("i-1"))), NOW))
        assert [(each.code, each.path) for each in found] == [(Code.ID_REPEATED, "/interpretationRequests/1/id")]
