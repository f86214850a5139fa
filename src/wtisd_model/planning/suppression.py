"""Counts by group, without groups that are too small to be shown.

The field calls this small-cell suppression. Hidden groups are shown together, and more groups join them until no number
of a single one follows from what is shown. Readers may know which groups are possible and how groups are hidden, but
nothing else about the things that are counted.

Why this holds: groups are hidden by their size alone, so that exchanging two hidden groups changes nothing that is
shown. If their sizes differ, both groups may have either. If all hidden groups have one size, below ``smallest - 1``, a
thing may be moved from one to another: both are still hidden. If that size is ``smallest - 1``, the next groups join;
and if all groups are hidden, one thing in one of them and all others in another would look the same.

Where things are in several groups, None cannot be exchanged with another group: what states nothing is in no other. So
it is hidden together with two others at least, between which the number of things, known from another table, does not
decide.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, Generic, TypeVar, cast

from attrs import field, frozen

Group = TypeVar("Group", bound=Hashable)

FEWEST_OTHERS: Final = 3
"""Of two others, in two groups that could be hidden with ``smallest=2``, each would be known."""


@frozen(kw_only=True)
class Counts(Generic[Group]):
    """The numbers of things by group, without groups too small to be shown."""

    groups: Mapping[Group, int] = field(hash=False)
    """The number in each group that is shown, the largest first."""
    others: int | None
    """The number in any other group: 0, or enough to be shown, at least 3; None if even all things are too few."""

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
        smallest: the smallest number that is shown. The smallest groups join the others, all groups of one size
            together, while the others have fewer things, or if all of them have the size ``smallest - 1``; where things
            are in several groups, also while None is hidden with fewer than two other groups.
    """
    alike = Counter(groups for each in things if (groups := frozenset(each)))
    enough = max(smallest, FEWEST_OTHERS)
    # With ``smallest=2``, two people in one group of a table would say that in another, hidden one they are in two.
    if smallest > 1 and 0 < alike.total() < enough:
        return Counts(groups={}, others=None)
    members: dict[Group, list[frozenset[Group]]] = {}
    for groups in alike:
        for group in groups:
            members.setdefault(group, []).append(groups)
    of_size: dict[int, list[Group]] = {}
    for group, several in members.items():
        of_size.setdefault(sum(map(alike.__getitem__, several)), []).append(group)
    sizes, hidden_sizes = sorted(of_size, reverse=True), list[int]()
    overlap = any(len(groups) > 1 for groups in alike)
    hidden: set[frozenset[Group]] = set()
    others = 0

    def is_told() -> bool:
        joined = [group for size in hidden_sizes for group in of_size[size]]
        return others < enough or hidden_sizes == [smallest - 1] or (overlap and None in joined and len(joined) <= 2)  # noqa: PLR2004 - itself and one other

    while sizes and (sizes[-1] < smallest or (hidden_sizes and is_told())):
        hidden_sizes.append(sizes.pop())
        joining = {groups for group in of_size[hidden_sizes[-1]] for groups in members[group]} - hidden
        others += sum(map(alike.__getitem__, joining))
        hidden |= joining
    # The text of a group decides the order of groups of one size, so that equal input gives equal results.
    shown = {group: size for size in sizes for group in sorted(of_size[size], key=_text)}
    return Counts(groups=shown, others=others)


def _text(group: object) -> str:
    """Return a text to sort groups by; that of a set does not depend on the order of its members."""
    if isinstance(group, AbstractSet):
        return f"{{{', '.join(sorted(map(_text, cast('AbstractSet[object]', group))))}}}"
    if isinstance(group, tuple):
        return f"({', '.join(map(_text, cast('tuple[object, ...]', group)))})"
    return repr(group)
