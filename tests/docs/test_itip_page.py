"""docs/reference/itip.md says of each scenario what the tests show."""

import re
from pathlib import Path

from tests.invitation import test_itip_broker, test_itip_rfc5546
from tests.invitation.scenarios import OUTCOMES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "itip.md"
ROWS = [
    (name.strip(), outcome.strip(), why.strip())
    for name, outcome, why in re.findall(
        r"^\| (.+?) \| (same|different|not expressible) \|(.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
]


def test_each_row_is_what_a_test_shows() -> None:
    assert test_itip_rfc5546.__doc__
    assert test_itip_broker.__doc__
    shown = {_scenario(name): outcome for name, outcome, _ in ROWS if outcome != "not expressible"}
    assert shown == OUTCOMES


def test_each_difference_has_a_reason() -> None:
    assert [name for name, outcome, why in ROWS if outcome == "different" and not why] == []


def test_all_scenarios_of_the_broker_are_there() -> None:
    """84 test methods, in ten classes."""
    assert sum(name.count(",") + 1 for name, _, _ in ROWS if not name[0].isdigit()) == 84


def _scenario(name: str) -> str:
    """Return the number of a section of RFC 5546, or the whole name."""
    number = re.match(r"[0-9.]+(?= )", name)
    return name if number is None else number[0]
