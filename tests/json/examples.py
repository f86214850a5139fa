"""The example documents of `tests/data/examples`, and what a test says of an outcome."""

import json
from pathlib import Path
from typing import Any

from wtisd_model import Outcome

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"


def example(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_bytes())
    return document


def codes(outcome: Outcome[Any]) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in outcome.findings]
