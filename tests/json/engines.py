"""Validators with an engine of one's choice, and one that leaves everything to the strict parser and the walk."""

from functools import partial
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

from tests.json.walk import Asked, walked
from wtisd_model.json import shaping
from wtisd_model.json.native import NATIVE
from wtisd_model.json.parser import read_within
from wtisd_model.json.validator import Validator

ENGINES: Final[dict[str, Any]] = {"plain": shaping} if NATIVE is None else {"plain": shaping, "compiled": NATIVE}
"""What plans are made with; the compiled one where it was built."""


def made_with(engine: str, cls: type, **bound: Any) -> Validator[Any]:
    """Make a validator with an engine."""
    with patch("wtisd_model.json.plans.ENGINE", ENGINES[engine]):
        return Validator[Any](cls, **bound)


def walking(cls: type, **bound: Any) -> Validator[Any]:
    """Make a validator that parses strictly, makes no object itself, and leaves that and the telling to the walk."""
    judge = Validator[Any](cls, **bound)
    nothing_is_plain = SimpleNamespace(snapshot=lambda _payload, _most: None, holds_all=lambda _raw, _plain: False)
    judge._read = read_within.__wrapped__(judge._bounds, nothing_is_plain)
    judge._parse = None
    judge._held = partial(Asked, cls)
    judge._tell = walked
    return judge
