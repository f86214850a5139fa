"""The bounds of the headline measures, which stand in `headlines.toml` with what the last quiet run measured."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("headlines.toml")
OURS = "wtisd_model"
_AS_BYTES = ", as bytes"

Measured = Mapping[str, float]
"""The least time of each, or how many instructions; which unit does not matter."""


class Bound(NamedTuple):
    """What the ratio of two times has to be."""

    measure: str
    other: str
    limit: float
    is_least: bool

    def ratio(self, measured: Measured) -> float:
        """Return how many times as fast as the other ours is, or, where there is a most, how many times as long."""
        ours = measured[OURS + _AS_BYTES if self.other.endswith(_AS_BYTES) else OURS]
        other = measured[self.other]
        return other / ours if self.is_least else ours / other

    @property
    def times_as_fast(self) -> float:
        """How many times as fast as the other ours has to be."""
        return self.limit if self.is_least else 1 / self.limit

    def holds(self, measured: Measured) -> bool:
        """Return True if the ratio is within the bound."""
        ratio = self.ratio(measured)
        return ratio >= self.limit if self.is_least else ratio <= self.limit


def bounds() -> dict[str, list[Bound]]:
    """Read the bounds of each measure."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        measure: [
            Bound(measure, other, given.get("at_least", given.get("at_most")), "at_least" in given)
            for other, given in others.items()
        ]
        for measure, others in tables.items()
    }


def least(measure: str, other: str) -> float:
    """Return how many times as fast as an other ours has to be in a measure."""
    return next(bound.times_as_fast for bound in bounds()[measure] if bound.other == other)


def update(ratios: Mapping[Bound, float]) -> None:
    """Write what was measured as the last run."""
    text = FILE.read_text(encoding="utf-8")
    for bound, ratio in ratios.items():
        line = rf'(^\["?{bound.measure}"?\]\n(?:.+\n)*?"?{re.escape(bound.other)}"? = .*last = )[\d.]+'
        text = re.sub(line, rf"\g<1>{ratio:.2f}", text, flags=re.MULTILINE)
    FILE.write_text(text, encoding="utf-8")
