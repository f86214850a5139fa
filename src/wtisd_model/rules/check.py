"""`check`: everything that the rules have to say about a dossier."""

from collections.abc import Callable, Iterable
from datetime import datetime

from wtisd_model.findings import Finding
from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.rules.event import capacity_fits_rooms, deadlines_leave_time, uids_are_apart
from wtisd_model.rules.interpretation import request_ids_are_apart, requests_keep_terms
from wtisd_model.rules.pledge import pledge_ids_are_apart, pledges_keep_terms
from wtisd_model.rules.registration import (
    free_seats_are_given,
    nobody_is_passed_over,
    people_register_once,
    registration_ids_are_apart,
    registrations_keep_terms,
    seats_suffice,
)
from wtisd_model.rules.session import people_are_free, rooms_are_free
from wtisd_model.rules.sorting import in_document_order
from wtisd_model.types.arguments import require_iterable
from wtisd_model.types.timeslot import moment_in_utc

Rule = Callable[[Dossier, datetime], Iterable[Finding]]
"""A rule: from a dossier and the present moment in UTC to what is wrong, with JSON Pointers into the dossier."""

RULES: tuple[Rule, ...] = (
    deadlines_leave_time,
    capacity_fits_rooms,
    uids_are_apart,
    rooms_are_free,
    people_are_free,
    registrations_keep_terms,
    registration_ids_are_apart,
    people_register_once,
    seats_suffice,
    free_seats_are_given,
    nobody_is_passed_over,
    requests_keep_terms,
    request_ids_are_apart,
    pledges_keep_terms,
    pledge_ids_are_apart,
)
"""The rules of this package. Add your own: ``check(dossier, now=now, rules=(*RULES, mine))``."""


def check(dossier: Dossier, *, now: datetime, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Tell all that is wrong or doubtful in a dossier; never raise for what is in it.

    Findings stand in the order of the document, as those about a payload do, so that a person mends it from top to
    bottom. What was found at one place stays in the order of *rules*. Equal input gives equal findings.

    Args:
        dossier: an event with its registrations, requests and pledges.
        now: the present moment, aware.
        rules: what to ask; an exception in a rule of yours passes through.

    Raises:
        InvalidValueError: ``wrong-type`` or ``moment-naive`` for *now*.
        TypeError: *dossier* is none, or *rules* are not several.
    """
    given, moment, asked = as_dossier(dossier), moment_in_utc(now, "/now"), require_iterable(rules, "rules")
    return in_document_order(Dossier, (found for rule in asked for found in rule(given, moment)))
