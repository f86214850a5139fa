"""A component: properties, and further components inside it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from wtisd_model.ical.property import Property

_OF_VALUES = {"LANGUAGE", "VALUE"}


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
        found = self._by_name.get(name)
        return None if found is None else found[0]

    def all(self, name: str) -> list[Property]:
        """Return all properties of a name."""
        return list(self._by_name.get(name, ()))

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Property]]:
        """The properties by their names; a reader asks for some thirty of each event."""
        found: dict[str, list[Property]] = {}
        for prop in self.properties:
            found.setdefault(prop.name, []).append(prop)
        return found

    def without_empty(self) -> "Component":
        """Return it without properties that say nothing: no value, and no parameter but LANGUAGE and VALUE."""
        kept = [each for each in self.properties if each.value.strip() or each.parameters.keys() - _OF_VALUES]
        return self if len(kept) == len(self.properties) else evolve(self, properties=kept)

    def all_components(self, name: str) -> list["Component"]:
        """Return all components of a name that lie directly in this one."""
        return [each for each in self.components if each.name == name]
