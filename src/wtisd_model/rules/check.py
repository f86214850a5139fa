"""Checking a dossier or a roster by a list of rules.

The rules are loaded when they are first needed: reading and writing needs none.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, overload

from wtisd_model.findings import Finding
from wtisd_model.model.dossier import Dossier, require_dossiers
from wtisd_model.rules.rule import Rule, require_rules
from wtisd_model.types.arguments import require_instance
from wtisd_model.types.moment import moment_in_utc

if TYPE_CHECKING:  # who checks no roster does not load it
    from wtisd_model.model.roster import Roster
    from wtisd_model.rules.roster import RosterRule


def default_rules() -> tuple[Rule, ...]:
    """Return the rules of this package; add your own by ``check(dossier, now=now, rules=(*default_rules(), mine))``."""
    from wtisd_model.rules.rule_list import RULES  # loaded with the first check, not with every import

    return RULES


def default_roster_rules() -> "tuple[RosterRule, ...]":
    """Return the rules of this package about rosters; add your own as to `default_rules`."""
    from wtisd_model.rules.roster import ROSTER_RULES  # as above

    return ROSTER_RULES


@overload
def check(dossier: Dossier, /, *, now: datetime, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]: ...
@overload
def check(
    roster: "Roster", /, *, now: datetime, rules: "Iterable[RosterRule] | None" = None, dossiers: Iterable[Dossier] = ()
) -> tuple[Finding, ...]: ...
def check(
    subject: "Dossier | Roster",
    /,
    *,
    now: datetime,
    rules: Iterable[Any] | None = None,
    dossiers: Iterable[Dossier] = (),
) -> tuple[Finding, ...]:
    """Return the findings of the rules in a dossier or a roster; it never raises because of what is in it.

    Findings are in document order, so that a person can correct it from top to bottom; those at the same path are in
    the order of *rules*. Equal input gives equal findings.

    Args:
        subject: an event with its registrations, requests and pledges; or a roster of interpreters.
        now: the present moment, aware.
        rules: the rules to call, by default `default_rules` or, for a roster, `default_roster_rules`; an exception in
            one of your own is not caught.
        dossiers: the events that a roster is for, each once, with their requests.

    Raises:
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*; ``item-repeated`` for
            *dossiers*.
        TypeError: *subject* is neither a Dossier nor a Roster, *rules* is not an iterable of callables, *dossiers* is
            not one of dossiers or is given with a dossier, or a rule yields something else than findings.
        ValueError: a rule of your own gives a code of this package to a finding with other sentences.
    """
    if not isinstance(subject, Dossier):
        from wtisd_model.model.roster import Roster  # as above
        from wtisd_model.rules.roster import roster_findings  # as above

        wrong = "Neither a Dossier nor a Roster. Wrap a lone event: Dossier(event=event)."
        roster, events = require_instance(subject, Roster, wrong), require_dossiers(dossiers)
        chosen = default_roster_rules() if rules is None else require_rules(rules, "roster, dossiers")
        return roster_findings(roster, events, moment_in_utc(now, "/now"), chosen)
    from wtisd_model.rules.rule_list import findings_of  # as above

    if require_dossiers(dossiers):
        raise TypeError("dossiers are those of a roster: check(roster, dossiers=[dossier], now=now).")
    return findings_of(subject, moment_in_utc(now, "/now"), default_rules() if rules is None else require_rules(rules))


def own_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules without those of this package, which a `Validator` calls anyway; see `require_rules`."""
    given = require_rules(rules)
    return tuple(rule for rule in given if rule not in default_rules())
