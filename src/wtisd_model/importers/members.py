"""The members of foreign objects: what becomes of each, for readers, their findings and the docs."""

from functools import cached_property

from attrs import frozen


@frozen(slots=False)
class Members:
    """The members of one kind of foreign object, by name; a member that is not listed is reported if it has a value."""

    becomes: type
    """The model class."""
    fields: dict[str, str]
    """The names of the members, with blanks between them, by the field that they become."""
    left_out: str
    """The members that are left out without a finding, because they say nothing about the model object."""

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of all listed members."""
        return frozenset(" ".join((*self.fields.values(), self.left_out)).split())
