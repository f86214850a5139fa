"""A property of a component: one content line, without its folding."""

from collections.abc import Mapping
from typing import NewType

from attrs import field, frozen

EncodedValue = NewType("EncodedValue", str)
"""A value in the form in which it is written: from an ``encode`` function of `wtisd_model.ical.values`, or parsed."""

_NO_PARAMETERS: Mapping[str, tuple[str, ...]] = {}


@frozen
class Property:
    """A name, a value and parameters (RFC 5545 section 3.1)."""

    name: str
    """In capital letters."""
    value: EncodedValue = field(repr=False)
    """Encoded as its value type asks, and unfolded."""
    parameters: Mapping[str, tuple[str, ...]] = field(default=_NO_PARAMETERS, repr=False)
    """Each by its name in capital letters, in the order in which they are written; without quotes and carets."""
    line: int = field(default=0, eq=False)
    """The line of the file that it was parsed from; 0 for a property that was made here."""

    def parameter(self, name: str) -> str | None:
        """Return the value of a parameter, or None; several values as one text, joined by the commas between them."""
        values = self.parameters.get(name)
        return None if values is None else ",".join(values)

    def keyword(self, name: str) -> str | None:
        """Return the value of a parameter whose case does not matter, in capital letters."""
        value = self.parameter(name)
        return None if value is None else value.upper()
