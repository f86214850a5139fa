"""The rule about targets of the Sustainable Development Goals."""

import pytest

from tests.samples.small import NOW, dossier, event, pledge
from wtisd_model import Code, Dossier, Finding, check


def unknown_in(made: Dossier) -> list[Finding]:
    return [each for each in check(made, now=NOW) if each.code == Code.GOAL_TARGET_UNKNOWN]


class TestTargets:
    """The 2030 Agenda has 169 targets, and no other can be served."""

    @pytest.mark.parametrize("goals", [{"1"}, {"1.5", "1.b"}, {"17.19", "3.d", "16.10"}])
    def test_what_the_agenda_names_is_accepted(self, goals: set[str]) -> None:
        made = dossier(of=event(goals=frozenset(goals)), pledges=(pledge("p-1", goals=frozenset(goals)),))
        assert unknown_in(made) == []

    def test_other_targets_have_a_finding_for_each_goal(self) -> None:
        goals = frozenset({"1.99", "1.6", "1.1", "17.a", "9.c", "9.d"})
        made = dossier(of=event(goals=goals), pledges=(pledge("p-1"), pledge("p-2", goals=goals)))
        found = unknown_in(made)
        assert [(each.code, each.path, each.params["goal"]) for each in found] == [
            (Code.GOAL_TARGET_UNKNOWN, "/event/goals", "1"),
            (Code.GOAL_TARGET_UNKNOWN, "/event/goals", "9"),
            (Code.GOAL_TARGET_UNKNOWN, "/event/goals", "17"),
            (Code.GOAL_TARGET_UNKNOWN, "/pledges/1/goals", "1"),
            (Code.GOAL_TARGET_UNKNOWN, "/pledges/1/goals", "9"),
            (Code.GOAL_TARGET_UNKNOWN, "/pledges/1/goals", "17"),
        ]
        assert found[0].params["choices"] == "1.1, 1.2, 1.3, 1.4, 1.5, 1.a, 1.b"
