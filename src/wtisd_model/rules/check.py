"""Checking a dossier by a list of rules.

The rules are loaded when they are first needed: reading and writing needs none.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain
from typing import Final

from wtisd_model.findings import Finding
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.types.arguments import require_instance, require_iterable
from wtisd_model.types.moment import moment_in_utc

Rule = Callable[[Dossier, datetime], Iterable[Finding]]
"""A function of a dossier and the present moment in UTC; the paths of findings are JSON Pointers into the dossier."""


def default_rules() -> tuple[Rule, ...]:
    """Return the rules of this package; add your own by ``check(dossier, now=now, rules=(*default_rules(), mine))``."""
    from wtisd_model.rules.rule_list import RULES

    return RULES


def check(dossier: Dossier, *, now: datetime, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """Return the findings of the rules in a dossier; it never raises because of what is in the dossier.

    Findings are in document order, so that a person can correct it from top to bottom; those at the same path are in
    the order of *rules*. Equal input gives equal findings.

    Args:
        dossier: an event with its registrations, requests and pledges.
        now: the present moment, aware.
        rules: the rules to call, by default `default_rules`; an exception in a rule of yours is not caught.

    Raises:
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*.
        TypeError: *dossier* is not a Dossier, *rules* is not an iterable, or a rule yields something else.
    """
    from wtisd_model.rules.context import PreparedDossier
    from wtisd_model.rules.sorting import in_document_order
    from wtisd_model.rules.submission import SubmissionRule

    given, moment = require_dossier(dossier), moment_in_utc(now, "/now")
    asked = default_rules() if rules is None else require_iterable(rules, "rules")
    prepared = PreparedDossier(given)
    contexts = prepared.contexts(moment)
    findings = (
        rule.findings(prepared, contexts) if isinstance(rule, SubmissionRule) else rule(given, moment) for rule in asked
    )
    yielded: Iterable[object] = chain.from_iterable(findings)
    return in_document_order(Dossier, (require_instance(each, Finding, _ADVICE) for each in yielded))


_ADVICE: Final = "A rule must yield findings: Finding(code=..., path=..., message=..., fix=...)."
