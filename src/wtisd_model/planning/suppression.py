"""Counts by group, without groups that are too small to be shown.

The field calls this small-cell suppression. A group that is hidden next to its total can be found by subtraction, so
hidden groups are shown together, with the next smallest group if they are too few.
"""

from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar, cast

from attrs import field, frozen

Group = TypeVar("Group", bound=Hashable)


@frozen(kw_only=True)
class Counts(Generic[Group]):
    """The numbers of things in groups, of which none is too small to be shown."""

    groups: Mapping[Group, int] = field(hash=False)
    """The number in each group that is shown, the largest first."""
    others: int | None
    """The number in all other groups together: 0, or enough to be shown; None if even all things are too few."""

    @property
    def total(self) -> int | None:
        """The number of things; None if they are too few to be shown."""
        return None if self.others is None else sum(self.groups.values()) + self.others


def suppressed(numbers: Mapping[Group, int], smallest: int, *, overlapping: bool = False) -> Counts[Group]:
    """Return the groups with at least *smallest* things, and the others together.

    If the others have fewer things, the smallest groups join them, one after the other. If groups are *overlapping*,
    their sum may count one thing several times: then the others are enough only if one of their groups alone is.
    """
    # The text of a group decides between groups of one size, so that equal input gives equal results.
    shown = sorted(numbers.items(), key=lambda each: (-each[1], _text(each[0])))
    others = things = 0
    while shown and (shown[-1][1] < smallest or 0 < things < smallest):
        number = shown.pop()[1]
        others += number
        things = max(things, number) if overlapping else others
    return Counts(groups=dict(shown), others=None if 0 < things < smallest else others)


def _text(group: object) -> str:
    """Return a text to sort groups by; that of a set does not depend on the order of its members."""
    if isinstance(group, AbstractSet):
        return f"{{{', '.join(sorted(map(_text, cast('AbstractSet[object]', group))))}}}"
    if isinstance(group, tuple):
        return f"({', '.join(map(_text, cast('tuple[object, ...]', group)))})"
    return repr(group)
