"""Suggestions: "did you mean", from lists of ours and never from what was sent."""

from collections.abc import Mapping

LONGEST_TO_COMPARE = 64
"""A longer word is no misspelling, and comparing it takes long."""

Spellings = Mapping[str, str]
"""Casefolded spellings, each with the right one."""


def close_to(value: str, known: Spellings) -> str | None:
    """Return what was probably meant, if three quarters of the letters agree."""
    if len(value) > LONGEST_TO_COMPARE:
        return None
    folded = value.casefold()
    if folded in known:
        return known[folded]
    from difflib import get_close_matches  # with the first misspelling, not with every import

    near = get_close_matches(folded, known, n=1, cutoff=0.75)
    return known[near[0]] if near else None
