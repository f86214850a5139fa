"""What is wrong with a pledge beside its event, and with pledges beside each other."""

from collections.abc import Iterator
from datetime import datetime

from wtisd_model.findings import Finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.pledge import Pledge
from wtisd_model.rules.references import ids_are_apart, names_this_event
from wtisd_model.rules.terms import Terms


def judge_pledge(terms: Terms, pledge: Pledge) -> Iterator[Finding]:
    """Judge one pledge against the terms of its event; paths begin at the pledge."""
    yield from names_this_event(terms, pledge.event_uid)


def pledges_keep_terms(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S04: each pledge that names an event names this one."""
    terms = Terms.of(dossier.event)
    for index, pledge in enumerate(dossier.pledges):
        for found in judge_pledge(terms, pledge):
            yield found.below(pointer("pledges", index))


def pledge_ids_are_apart(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """No two pledges have one id."""
    return ids_are_apart("pledges", dossier.pledges)
