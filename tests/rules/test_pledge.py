"""Pledges beside their event."""

from tests.rules.samples import NOW, dossier, pledge
from wtisd_model.codes import Code
from wtisd_model.rules.pledge import pledge_ids_are_apart, pledges_keep_terms


class TestPledges:
    """S04, for pledges."""

    def test_a_pledge_that_names_an_event_names_this_one(self) -> None:
        made = dossier(pledges=(pledge("p-1"), pledge("p-2", event_uid="e-1"), pledge("p-3", event_uid="e-2")))
        found = list(pledges_keep_terms(made, NOW))
        assert [(each.code, each.path) for each in found] == [(Code.EVENT_UID_DIFFERS, "/pledges/2/eventUid")]

    def test_each_has_its_own_id(self) -> None:
        found = list(pledge_ids_are_apart(dossier(pledges=(pledge("p-1"), pledge("p-1"))), NOW))
        assert [(each.code, each.path) for each in found] == [(Code.ID_REPEATED, "/pledges/1/id")]
