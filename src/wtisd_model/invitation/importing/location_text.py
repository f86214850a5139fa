"""The one text that a calendar has for all places, taken apart into names, rooms, addresses and towns.

This package writes ``name, room, address, town; name, town``. Names may hold commas and semicolons of their own, so
that there may be several ways to take a text apart; each that is written as the same text again will do.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from operator import neg
from typing import Final

from wtisd_model.ical.joining import BETWEEN_PARTS, BETWEEN_PLACES
from wtisd_model.model.event import Event
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.fields import most_items
from wtisd_model.types.text import NAME

PlaceNames = tuple[str, str | None, str | None, str]
"""Name, room, address and town."""

MOST: Final = most_items(Event, "locations")

_NAMES: Final = 3
"""Those before the town."""
_LONGEST: Final = Text((_NAMES + 1) * NAME.maximum + _NAMES * len(BETWEEN_PARTS), name=True)
# Where a name would begin or end with a blank, another cut is tried.
_TRIES: Final = 4
_MOST_PIECES: Final = 2000


class Budget:
    """How often one calendar may try in vain to take a text apart: ours seldom do, and a stranger must not for long."""

    def __init__(self, tries: int = 1000) -> None:
        self.tries: int = tries

    def one_place(self, text: str) -> PlaceNames | None:
        """Take one place apart, as long as there is something left."""
        names = one_place(text) if self.tries else None
        self.tries -= bool(self.tries and names is None)
        return names


def place_names(text: str, budget: Budget) -> Sequence[PlaceNames]:
    """Take places apart; empty where that fails."""
    pieces = text.split(BETWEEN_PLACES)
    if len(pieces) > _MOST_PIECES:
        return ()
    starts = [0, *accumulate(len(piece) + len(BETWEEN_PLACES) for piece in pieces)]
    # From the end: where a way to take the rest apart begins, its first place, and where the next one begins.
    ways: dict[int, tuple[int, PlaceNames] | None] = {len(pieces): None}
    ends = [len(pieces)]
    comma = len(pieces)
    for start in range(len(pieces) - 1, -1, -1):
        comma = start if BETWEEN_PARTS in pieces[start] else comma
        # A place has a comma, so that it ends behind the next one.
        for end in reversed(ends[: bisect_left(ends, -comma, key=neg)]):
            if starts[end] - starts[start] - len(BETWEEN_PLACES) > _LONGEST.maximum:
                break
            names = budget.one_place(BETWEEN_PLACES.join(pieces[start:end]))
            if names is not None:
                ways[start] = end, names
                ends.append(start)
                break
    made: list[PlaceNames] = []
    way = ways.get(0)
    while way is not None:
        made.append(way[1])
        way = ways[way[0]]
    return made if len(made) <= MOST else ()


def one_place(text: str) -> PlaceNames | None:
    """Take one place apart: the town stands last, and what is before it fills name, room and address."""
    if _LONGEST.check(text) is not None:
        return None
    pieces = text.split(BETWEEN_PARTS)
    for last in range(len(pieces) - 1, max(0, len(pieces) - 1 - _TRIES), -1):
        town = BETWEEN_PARTS.join(pieces[last:])
        before = _filled(pieces[:last]) if NAME.check(town) is None else None
        if before is not None:
            name, room, address = (*before, None, None)[:_NAMES]
            return name or "", room, address, town
    return None


def _filled(pieces: Sequence[str]) -> Sequence[str] | None:
    """Put pieces into three names at most, each as long as it may be."""
    names: list[str] = []
    while pieces:
        count = _count(pieces)
        if len(names) == _NAMES or not count:
            return None
        names.append(BETWEEN_PARTS.join(pieces[:count]))
        pieces = pieces[count:]
    return names


def _count(pieces: Sequence[str]) -> int:
    """Say how many pieces make the longest name."""
    length, most = -len(BETWEEN_PARTS), 0
    for piece in pieces:
        length += len(BETWEEN_PARTS) + len(piece)
        if length > NAME.maximum:
            break
        most += 1
    tries = range(most, max(0, most - _TRIES), -1)
    return next((count for count in tries if NAME.check(BETWEEN_PARTS.join(pieces[:count])) is None), 0)
