"""The members of foreign objects: what becomes of each, for readers, their findings and the docs."""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from attrs import frozen


@frozen(slots=False)
class Members:
    """The members of one kind of foreign object, by name; a member that is not listed is reported if it has a value."""

    becomes: str
    """The name of the model class."""
    fields: dict[str, str]
    """The names of the members, with blanks between them, by the field that they become."""
    left_out: str
    """The members that are left out without a finding, because they say nothing about the model object."""

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of all listed members."""
        return frozenset(" ".join((*self.fields.values(), self.left_out)).split())


_ALL: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def members_of(system: str) -> Mapping[str, Members]:
    """Return the members of the objects of a system, by the kind of object."""
    return {kind: Members(**members) for kind, members in _ALL[system].items()}
