"""What was probably meant: "did you mean", from lists of ours and never from what was sent."""

from collections.abc import Mapping
from functools import cached_property

LONGEST_TO_COMPARE = 64
"""Longer words are nobody's slip, and comparing them costs."""


class Spellings(dict[str, str]):
    """Casefolded spellings, each with the right one."""

    @cached_property
    def _letters(self) -> tuple[int, dict[str, int], list[tuple[str, int]]]:
        """How often a letter stands in a word at most, the place of each in a mask, and the mask of each word."""
        most = max((word.count(letter) for word in self for letter in word), default=0)
        places = {letter: most * place for place, letter in enumerate(sorted({*"".join(self)}))}
        return most, places, [(word, _mask(word, most, places)) for word in self]

    def alike(self, word: str) -> list[str]:
        """Name the spellings that have three quarters of their letters in common with a word, in whatever order."""
        most, places, masks = self._letters
        length = len(word)
        # No more letters are in common than the shorter one has.
        near = [pair for pair in masks if 3 * len(pair[0]) <= 5 * length and 3 * length <= 5 * len(pair[0])]
        own = _mask(word, most, places) if near else 0
        return [each for each, mask in near if 8 * (mask & own).bit_count() >= 3 * (len(each) + length)]


def _mask(word: str, most: int, places: Mapping[str, int]) -> int:
    """Write the letters of a word as bits: as many from the place of each letter on as it has of it."""
    mask = 0
    for letter in {*word} & places.keys():
        mask |= ((1 << min(word.count(letter), most)) - 1) << places[letter]
    return mask


def close_to(value: str, known: Spellings) -> str | None:
    """Find what was probably meant; three quarters alike is close.

    It is what `difflib.get_close_matches` finds, which takes ten times as long.
    """
    if len(value) > LONGEST_TO_COMPARE:
        return None
    folded = value.casefold()
    if folded in known:
        return known[folded]
    likeness, near = max(
        ((_matching(each, folded) / (len(each) + len(folded)), each) for each in known.alike(folded)),
        default=(0, ""),
    )
    return known[near] if 8 * likeness >= 3 else None  # noqa: PLR2004 - matching letters count for both words


def _matching(one: str, other: str) -> int:
    """Count the letters of the longest piece that two words have in common, and of those before it and behind it."""
    size, start = 0, 0
    least, most = 1, min(len(one), len(other))
    while least <= most:  # where a piece is in common, so is every shorter one
        middle = (least + most) // 2
        for place in range(len(one) - middle + 1):
            if one[place : place + middle] in other:
                size, start, least = middle, place, middle + 1
                break
        else:
            most = middle - 1
    if not size:
        return 0
    end, place = start + size, other.find(one[start : start + size])
    return size + _matching(one[:start], other[:place]) + _matching(one[end:], other[place + size :])
