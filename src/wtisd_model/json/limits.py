"""Limits of the size of a payload, checked before it is validated."""

from typing import Annotated, Final

from attrs import frozen

from wtisd_model.json.json_types import Bounds
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.roster import Roster
from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.model import Model

_LARGE = (Event, Dossier, Roster)


@frozen(kw_only=True, eq=False, repr=False)
class Limits(Model):
    """The limits of a payload; None means the default for its type.

    For a mapping, the limits apply to the equivalent JSON: texts count as bytes, members as values.
    """

    bytes: Annotated[int, Integer(1, 1_000_000_000)] | None = None
    """Bytes; 1,000,000, and 8,000,000 for an Event, Dossier or Roster."""
    depth: Annotated[int, Integer(1, 100)] = 32
    """Objects and arrays inside one another, the outermost included; 32, and 100 at most."""
    values: Annotated[int, Integer(1, 100_000_000)] | None = None
    """Objects, arrays, texts, numbers, true, false and null; 50,000, and 400,000 for an Event, Dossier or Roster."""
    number_length: Annotated[int, Integer(1, 400)] = 64
    """Characters of one number; 64."""

    def bounds_for(self, cls: type) -> Bounds:
        """Return the limits of a document of *cls*."""
        large = cls in _LARGE
        return Bounds(
            bytes=self.bytes or (8_000_000 if large else 1_000_000),
            depth=self.depth,
            values=self.values or (400_000 if large else 50_000),
            number_length=self.number_length,
        )


DEFAULT_LIMITS: Final = Limits()
"""The limits of a payload if a caller states none."""
