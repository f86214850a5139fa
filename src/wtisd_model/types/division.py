"""A whole number of units parted by shares, with nothing lost and nothing gained."""

from collections.abc import Sequence


def divided(units: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Part *units* in the ratio of *shares*.

    Each part is its exact share rounded down; what is left over then goes out one unit each to those that were cut
    most, and of those that were cut alike to the earlier. So the parts add up to *units*, none is a whole unit away
    from its exact share, and a share of nothing gets nothing.

    Args:
        units: what is parted, not negative: the minor units of an amount.
        shares: not negative, and not all zero; they need not add up to 100.

    Source: the method of the largest remainder (Hamilton).
    """
    whole = sum(shares)
    parts = [divmod(units * share, whole) for share in shares]
    over = units - sum(part for part, _ in parts)
    cut_most = sorted(range(len(parts)), key=lambda index: -parts[index][1])
    one_more = frozenset(cut_most[:over])
    return tuple(part + (index in one_more) for index, (part, _) in enumerate(parts))
