"""The rule about targets of the Sustainable Development Goals, in events and in pledges."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.data.goals import TARGETS
from wtisd_model.findings import Finding, finding
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.pledge import Pledge
from wtisd_model.rules.context import Context
from wtisd_model.rules.submission import rule_for


def targets_of_events_exist(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """The targets that the event serves are among the 169 of the 2030 Agenda."""
    for found in _unknown_targets(dossier.event.goals):
        yield found.prefixed("/event")


@rule_for(Pledge)
def targets_of_pledges_exist(_context: Context, pledge: Pledge) -> Iterator[Finding]:
    """The targets that a pledge serves are among the 169 of the 2030 Agenda."""
    yield from _unknown_targets(pledge.goals)


def _unknown_targets(goals: Iterable[str]) -> Iterator[Finding]:
    """Yield one finding for each goal that has not all these targets, since a set has no index."""
    unknown = [each for each in goals if "." in each and each not in TARGETS[each.partition(".")[0]]]
    for goal in sorted({target.partition(".")[0] for target in unknown}, key=int):
        yield finding(Code.GOAL_TARGET_UNKNOWN, "/goals", goal=goal, choices=", ".join(TARGETS[goal]))
