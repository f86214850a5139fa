"""The targets of the Sustainable Development Goals."""

import pytest

from wtisd_model.data.goals import TARGETS


class TestTargets:
    """Resolution 70/1: "17 Sustainable Development Goals with 169 associated targets"."""

    def test_there_are_17_goals_with_169_targets(self) -> None:
        assert list(TARGETS) == [str(number) for number in range(1, 18)]
        assert len({target for targets in TARGETS.values() for target in targets}) == 169

    @pytest.mark.parametrize(
        ("goal", "last_number", "last_letter"),
        [("1", "1.5", "1.b"), ("3", "3.9", "3.d"), ("9", "9.5", "9.c"), ("16", "16.10", "16.b")],
    )
    def test_numbers_come_first_then_letters(self, goal: str, last_number: str, last_letter: str) -> None:
        targets = TARGETS[goal]
        assert targets[0] == f"{goal}.1"
        assert targets[-1] == last_letter
        assert targets[targets.index(last_number) + 1] == f"{goal}.a"

    def test_the_last_goal_has_no_letters(self) -> None:
        assert TARGETS["17"] == tuple(f"17.{number}" for number in range(1, 20))
