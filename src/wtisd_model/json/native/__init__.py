"""The readers and writers of payloads once more, for a C compiler; used where one was at hand for the build."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

_COMPILED: Final = f"{__name__}.compiled"

NATIVE: Final[ModuleType | None] = None if find_spec(_COMPILED) is None else import_module(_COMPILED)
"""What was compiled, with the classes of `wtisd_model.json.shaping`, `wtisd_model.json.telling` and
`wtisd_model.json.writing`; or None."""
