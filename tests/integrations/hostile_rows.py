"""Documents whose ``extensions`` have what JSONB of PostgreSQL refuses, or returns in other characters."""

import re
import sys
from decimal import Decimal
from typing import Any

from attrs import evolve

from tests.integrations.payloads import DOSSIER, MARKER, STORED
from wtisd_model import Registration, from_json

_STORED = from_json(Registration, STORED)

NUMBERS = evolve(
    _STORED,
    extensions={
        "example.org:numbers": [
            *(1e23, -2.5e22, 6.02214076e23, 1e100, 1e300, 123456789012345678901234567890.5, 1e-300),
            *(sys.float_info.max, -sys.float_info.max, -sys.float_info.min, 5e-324, -0.0, 1.0, 2.0**70, 0.1),
        ]
    },
)
"""A registration with numbers that JSONB returns with all their digits, or as another one that is equal."""

WITH_NUL: tuple[tuple[Any, list[str]], ...] = (
    (evolve(_STORED, extensions={"example.org:a": f"{MARKER}\0"}), ["/extensions/example.org:a"]),
    (
        evolve(
            _STORED, extensions={"example.org:a": {f"{MARKER}\0": 1}, "example.org:b": 1, "example.org:c": [["\0"]]}
        ),
        ["/extensions/example.org:a", "/extensions/example.org:c"],
    ),
    (
        evolve(
            DOSSIER,
            event=evolve(DOSSIER.event, extensions={"example.org:a": "\0"}),
            registrations=(*DOSSIER.registrations, evolve(_STORED, extensions={"example.org:b": "\0"})),
        ),
        ["/event/extensions/example.org:a", "/registrations/1/extensions/example.org:b"],
    ),
)
"""Documents with U+0000, and the paths of the values that have it."""


def in_digits(text: str) -> str:
    """Return JSON as JSONB returns it: each number with all its digits, and without an exponent."""
    return re.sub(r"(?<=[\[ ])-?[0-9.]+e[+-][0-9]+", lambda number: f"{Decimal(number[0]):f}", text)
