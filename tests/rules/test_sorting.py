"""The order of findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wtisd_model import Dossier, Finding, Registration
from wtisd_model.rules.rule_list import in_document_order

DOWN_THE_PAGE = (
    "",
    "/event",
    "/event/uid",
    "/event/title/text",
    "/event/title/translations/de",
    "/event/title/translations/fr",
    "/event/slot/start",
    "/event/slot/timeZone",
    "/event/calls/0/deadline",
    "/event/sessions/2/slot",
    "/event/sessions/10/slot",
    "/event/sessions/10/locations/1",
    "/event/sessions/x",
    "/registrations",
    "/registrations/0/id",
    "/registrations/0/mode",
    "/registrations/3",
    "/registrations/99999999999",
    "/interpretationRequests/0/id",
    "/pledges/0/id",
    "/nowhere",
    "/nowhere/0",
)


def finding(path: str, code: str = "mine") -> Finding:
    return Finding(code=code, path=path, message="Wrong.", fix="Mend it.")


class TestInDocumentOrder:
    """People correct a document from top to bottom."""

    @given(st.permutations(DOWN_THE_PAGE))
    def test_keys_are_in_declared_order_and_items_by_index(self, paths: list[str]) -> None:
        found = in_document_order(Dossier, map(finding, paths))
        assert [each.path for each in found] == list(DOWN_THE_PAGE)

    def test_findings_at_the_same_path_keep_their_order(self) -> None:
        given_order = [finding("/mode", "b"), finding("/id", "x"), finding("/mode", "a")]
        assert [each.code for each in in_document_order(Registration, given_order)] == ["x", "b", "a"]

    @pytest.mark.parametrize(
        "path", ["no pointer", "/", "//", "/registrations/" + "9" * 5_000, "/registrations/٣", "/\ud800"]
    )
    def test_every_path_can_be_sorted(self, path: str) -> None:
        assert in_document_order(Dossier, [finding(path)]) == (finding(path),)
