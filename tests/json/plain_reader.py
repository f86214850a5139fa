"""The reader as it is without an accelerator: what the accelerator makes, alone or with the reader, is held to it."""

from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

from wtisd_model import Validator
from wtisd_model.json import decoder

_spec = spec_from_file_location("tests.json.plain_decoder", decoder.__file__)
if _spec is None or _spec.loader is None:
    raise ImportError(decoder.__file__)
_plain: Any = module_from_spec(_spec)
_spec.loader.exec_module(_plain)
_plain.SPEEDUPS = None  # asked for when the decoder of a class is made


def plain_validator(cls: type, **bound: Any) -> Any:
    """Return a Validator that reads with plain Python."""
    validator: Any = Validator[Any](cls, **bound)
    validator._accelerated = None
    validator._decode = _plain.object_decoder(cls, submission=bound.get("submission", False)).decode
    return validator
