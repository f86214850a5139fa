"""A component: properties, and further components inside it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NewType

from attrs import field, frozen

EncodedValue = NewType("EncodedValue", str)
"""A value in the form in which it is written: parsed, or from a function of `wtisd_model.contentlines.values`."""

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


@frozen(eq=False, slots=False)
class Component:
    """A calendar, an event, an alarm or a time zone (RFC 5545 section 3.6); two of them are never equal."""

    name: str
    """In capital letters."""
    properties: Sequence[Property] = field(default=(), repr=False)
    """In the order in which they are written."""
    components: Sequence["Component"] = field(default=(), repr=False)
    """Written after the properties."""
    line: int = 0
    """The line of the file that it begins at; 0 for a component that was made here."""

    def get(self, name: str) -> Property | None:
        """Return the first property of a name, or None."""
        properties = self._by_name.get(name)
        return None if properties is None else properties[0]

    def all(self, name: str) -> list[Property]:
        """Return all properties of a name."""
        return list(self._by_name.get(name, ()))

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Property]]:
        """The properties by their names; a reader asks for some thirty of each event."""
        by_name: dict[str, list[Property]] = {}
        for prop in self.properties:
            by_name.setdefault(prop.name, []).append(prop)
        return by_name

    def all_components(self, name: str) -> list["Component"]:
        """Return all components of a name that lie directly in this one."""
        return [component for component in self.components if component.name == name]
