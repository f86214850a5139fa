"""The compiled module that accelerates decoding and encoding, if it can be loaded."""

from importlib import import_module
from typing import Any, Final

try:
    _found: Any = import_module("wtisd_model.json._speedups")
except ImportError:  # never compiled, compiled for another Python, damaged, or refused to this interpreter
    _found = None

SPEEDUPS: Final = _found
"""`wtisd_model.json._speedups`, or None, if everything is done in Python."""
