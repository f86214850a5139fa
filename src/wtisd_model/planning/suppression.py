"""Counts by group, without groups that are too small to be shown.

The field calls this small-cell suppression. A group that is hidden next to its total can be found by subtraction, so
hidden groups are shown together, with the next smallest group if they are too few.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
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
    """The number in any other group: 0, or enough to be shown; None if even all things are too few."""

    @property
    def total(self) -> int | None:
        """The sum of these numbers; None if they are too few to be shown.

        It is the number of things, unless things are in several groups.
        """
        return None if self.others is None else sum(self.groups.values()) + self.others


def suppressed(things: Iterable[Iterable[Group]], smallest: int) -> Counts[Group]:
    """Return the groups with at least *smallest* things, and the number of things in any other group.

    Args:
        things: the groups that each thing is in. One in several groups counts once in each of them, and once among the
            others, so that a single one cannot pass for many.
        smallest: the smallest number that is shown. If the others have fewer things, the smallest groups join them, one
            after the other.
    """
    alike = Counter(map(frozenset, things))
    members: dict[Group, list[frozenset[Group]]] = {}
    for groups in alike:
        for group in groups:
            members.setdefault(group, []).append(groups)
    numbers = ((group, sum(map(alike.__getitem__, several))) for group, several in members.items())
    # The text of a group decides between groups of one size, so that equal input gives equal results.
    shown = sorted(numbers, key=lambda each: (-each[1], _text(each[0])))
    hidden: set[frozenset[Group]] = set()
    others = 0
    while shown and (shown[-1][1] < smallest or 0 < others < smallest):
        joining = {*members[shown.pop()[0]]} - hidden
        others += sum(map(alike.__getitem__, joining))
        hidden |= joining
    return Counts(groups=dict(shown), others=None if 0 < others < smallest else others)


def _text(group: object) -> str:
    """Return a text to sort groups by; that of a set does not depend on the order of its members."""
    if isinstance(group, AbstractSet):
        return f"{{{', '.join(sorted(map(_text, cast('AbstractSet[object]', group))))}}}"
    if isinstance(group, tuple):
        return f"({', '.join(map(_text, cast('tuple[object, ...]', group)))})"
    return repr(group)
