"""The compiled module that accelerates decoding and encoding, if it can be loaded."""

from importlib import import_module
from typing import Any, Final

# Why: docs/decisions/0011
_found: Any = None
_error: str | None = None
try:
    _found = import_module("wtisd_model.json._speedups")
except ModuleNotFoundError:  # nothing was compiled for this Python
    pass
except Exception as _cause:  # noqa: BLE001 - a damaged or outdated module may raise anything as it is loaded
    _error = str(_cause)

SPEEDUPS: Final = _found
"""`wtisd_model.json._speedups`, or None, if everything is done in Python."""

LOAD_ERROR: Final = _error
"""Why the compiled module cannot be loaded; None if it is loaded, or was never compiled."""
