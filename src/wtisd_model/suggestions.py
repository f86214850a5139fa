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

    near = get_close_matches(folded, known, n=1, cutoff=0.75)
    return known[near[0]] if near else None
