"""What was probably meant: "did you mean", from lists of ours and never from what was sent."""

from collections.abc import Mapping

LONGEST_TO_COMPARE = 64
"""Longer words are nobody's slip, and comparing them costs."""


def close_to(value: str, known: Mapping[str, str]) -> str | None:
    """Find what was probably meant: *known* maps a casefolded spelling to the right one."""
    if len(value) > LONGEST_TO_COMPARE:
        return None
    folded = value.casefold()
    if folded in known:
        return known[folded]
    from difflib import get_close_matches  # only a refusal needs it

    # Three quarters alike they are only if the shorter has three letters for five of the longer.
    alike = [each for each in known if 3 * len(each) <= 5 * len(folded) and 3 * len(folded) <= 5 * len(each)]
    near = get_close_matches(folded, alike, n=1, cutoff=0.75)
    return known[near[0]] if near else None
