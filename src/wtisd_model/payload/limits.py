"""How much a payload may hold before anything in it is looked at."""

from attrs import field, frozen
from attrs.validators import ge, instance_of, le, optional

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event

_LARGE = (Event, Dossier)


@frozen(kw_only=True)
class Limits:
    """Bounds of a payload; None takes the bound that its type has.

    A mapping is measured as its JSON would be: its texts count as bytes, its members as values.
    """

    bytes: int | None = field(default=None, validator=optional([instance_of(int), ge(1)]))
    """Bytes; 1,000,000, and 8,000,000 for an Event or a Dossier."""
    depth: int = field(default=32, validator=[instance_of(int), ge(1), le(100)])
    """Objects and arrays inside one another, the outermost included; 32, and 100 at most."""
    values: int | None = field(default=None, validator=optional([instance_of(int), ge(1)]))
    """Objects, arrays, texts, numbers, true, false and null; 50,000, and 400,000 for an Event or a Dossier."""
    number_length: int = field(default=64, validator=[instance_of(int), ge(1)])
    """Characters of one number; 64."""

    def bytes_for(self, cls: type) -> int:
        """Say how many bytes a document of *cls* may have."""
        if self.bytes is not None:
            return self.bytes
        return 8_000_000 if cls in _LARGE else 1_000_000

    def values_for(self, cls: type) -> int:
        """Say how many values a document of *cls* may have."""
        if self.values is not None:
            return self.values
        return 400_000 if cls in _LARGE else 50_000
