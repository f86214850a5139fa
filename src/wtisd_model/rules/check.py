"""Checking a dossier by a list of rules.

The rules are loaded when they are first needed: reading and writing needs none.
"""

from collections.abc import Iterable
from datetime import datetime

from wtisd_model.findings import Finding
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.rules.rule import Rule, require_rules
from wtisd_model.types.moment import moment_in_utc


def default_rules() -> tuple[Rule, ...]:
    """Return the rules of this package; add your own by ``check(dossier, now=now, rules=(*default_rules(), mine))``."""
    from wtisd_model.rules.rule_list import RULES  # loaded with the first check, not with every import

    return RULES


def check(dossier: Dossier, *, now: datetime, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """Return the findings of the rules in a dossier; it never raises because of what is in the dossier.

    Findings are in document order, so that a person can correct it from top to bottom; those at the same path are in
    the order of *rules*. Equal input gives equal findings.

    Args:
        dossier: an event with its registrations, requests and pledges.
        now: the present moment, aware.
        rules: the rules to call, by default `default_rules`; an exception in one of your own is not caught.

    Raises:
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*.
        TypeError: *dossier* is not a Dossier, *rules* is not an iterable of callables, or a rule yields something else
            than findings.
        ValueError: a rule of your own gives a code of this package to a finding with other sentences.
    """
    from wtisd_model.rules.rule_list import findings_of  # as above

    given, moment = require_dossier(dossier), moment_in_utc(now, "/now")
    return findings_of(given, moment, default_rules() if rules is None else require_rules(rules))


def own_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules without those of this package, which a `Validator` calls anyway; see `require_rules`."""
    given = require_rules(rules)
    return tuple(rule for rule in given if rule not in default_rules())
