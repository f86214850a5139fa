"""Suggestions for misspelled words ("Did you mean"), from known lists only, never from the input."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

# Why: docs/decisions/0008
LONGEST_TO_COMPARE = 64
"""Longer words are not misspellings, and expensive to compare."""

KEYS_ELSEWHERE: Final = {
    **dict.fromkeys(("speaker", "speakers", "performer", "performers", "persons", "presenters"), "people"),
    **dict.fromkeys(("start", "end", "startdate", "enddate", "dtstart", "dtend", "date", "timezone", "tzid"), "slot"),
    **dict.fromkeys(("location", "place", "room", "rooms", "venue"), "locations"),
    **dict.fromkeys(("name", "summary"), "title"),
    **dict.fromkeys(("abstract", "text"), "description"),
    **dict.fromkeys(("inlanguage", "language", "languages"), "floorLanguages"),
    **dict.fromkeys(("tel", "telephone"), "phone"),
    **dict.fromkeys(("city", "town"), "locality"),
    "lastday": "date",
    "mail": "email",
    "topics": "keywords",
}
"""Keys of schema.org, iCalendar, schedule.json and spreadsheets, casefolded, and what they are called here."""


class Spellings(dict[str, str]):
    """The correct spelling of each word, by its casefolded spelling."""

    @cached_property
    def _letters(self) -> tuple[int, dict[str, int], list[tuple[str, int]]]:
        """The maximum count of a letter in a word, the bit offset of each letter, and the mask of each word."""
        most = max((word.count(letter) for word in self for letter in word), default=0)
        places = {letter: most * place for place, letter in enumerate(sorted({*"".join(self)}))}
        return most, places, [(word, _mask(word, most, places)) for word in self]

    def alike(self, word: str) -> list[str]:
        """Return the spellings that share three quarters of their letters with a word, in any order."""
        most, places, masks = self._letters
        length = len(word)
        # Two words share at most the letters of the shorter one.
        near = [pair for pair in masks if 3 * len(pair[0]) <= 5 * length and 3 * length <= 5 * len(pair[0])]
        own = _mask(word, most, places) if near else 0
        return [each for each, mask in near if 8 * (mask & own).bit_count() >= 3 * (len(each) + length)]


def _mask(word: str, most: int, places: Mapping[str, int]) -> int:
    """Return the letters of a word as a bit mask, in which each letter has as many bits as it has occurrences."""
    mask = 0
    for letter in {*word} & places.keys():
        mask |= ((1 << min(word.count(letter), most)) - 1) << places[letter]
    return mask


def close_to(value: str, known: Spellings) -> str | None:
    """Return the known word closest to *value*, if they have a similarity of at least 0.75.

    The result is that of `difflib.get_close_matches`, which takes ten times as long.
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
    """Return the number of letters in the longest common substring and, recursively, in those on either side of it."""
    size, start = 0, 0
    least, most = 1, min(len(one), len(other))
    while least <= most:  # a common substring contains shorter ones
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
