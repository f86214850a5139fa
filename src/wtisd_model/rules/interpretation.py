"""What is wrong with a request for interpretation beside its event, and with requests beside each other."""

from collections.abc import Iterator
from datetime import datetime

from wtisd_model.findings import Finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.rules.references import ids_are_apart, names_known_sessions, names_this_event
from wtisd_model.rules.terms import Terms

_KEY = "interpretationRequests"


def judge_request(terms: Terms, request: InterpretationRequest) -> Iterator[Finding]:
    """Judge one request against the terms of its event; paths begin at the request."""
    yield from names_this_event(terms, request.event_uid)
    yield from names_known_sessions(terms, request.session_ids)


def requests_keep_terms(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S04: each request is for this event, and for sessions that it has."""
    terms = Terms.of(dossier.event)
    for index, request in enumerate(dossier.interpretation_requests):
        for found in judge_request(terms, request):
            yield found.below(pointer(_KEY, index))


def request_ids_are_apart(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """No two requests have one id."""
    return ids_are_apart(_KEY, dossier.interpretation_requests)
