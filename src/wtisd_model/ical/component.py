"""A component: properties, and further components inside it."""

from collections.abc import Sequence

from attrs import field, frozen

from wtisd_model.ical.property import Property


@frozen(eq=False)
class Component:
    """A calendar, an event, an alarm or a time zone (RFC 5545 section 3.6); two of them are never equal."""

    name: str
    """In capital letters."""
    properties: Sequence[Property] = field(default=(), repr=False)
    """In the order in which they are written."""
    components: Sequence["Component"] = field(default=(), repr=False)
    """Written after the properties."""
    line: int = 0
    """The line of the file that it begins at; 0 for a component of ours."""

    def get(self, name: str) -> Property | None:
        """Return the first property of a name, or None."""
        for each in self.properties:
            if each.name == name:
                return each
        return None

    def all(self, name: str) -> list[Property]:
        """Return all properties of a name."""
        return [each for each in self.properties if each.name == name]

    def all_components(self, name: str) -> list["Component"]:
        """Return all components of a name that lie directly in this one."""
        return [each for each in self.components if each.name == name]
