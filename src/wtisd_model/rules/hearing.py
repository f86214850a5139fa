"""How the languages spoken on the floor reach each booth of a sitting: directly, by retour, by relay, or not."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import IntEnum
from typing import NamedTuple


class Way(IntEnum):
    """The way of a floor language to the listeners of a booth, best first."""

    DIRECT = 0
    """Somebody in the booth works from it."""
    RETOUR = 1
    """The booth of that language works both ways, and somebody there works into the language of this booth.

    Its listeners need nobody else for that; captions of it need somebody who writes them. Where pivots are named, that
    language must be one of them, also if only listeners hear it.
    """
    RELAY = 2
    """Somebody in the booth works from a third language, which carries it directly or by retour."""
    MISSING = 3
    """It does not reach them. A relay of a relay does not count."""


class Crewed(NamedTuple):
    """A booth, or a team without one, in a sitting, and what the people there can do."""

    language: str
    """The language that it works into."""
    pairs: AbstractSet[tuple[str, str]]
    """Each language that somebody there works from, with each that they work into from it; captions also in itself."""
    both_ways: bool = False
    """True if it also works from its language into the pivots."""
    feeds: bool = True
    """True if others can work from what it says."""
    listens: bool = True
    """True if it can work from what others say."""


class Hearing(NamedTuple):
    """How a floor language reaches a booth."""

    way: Way
    via: int | None = None
    """The index of the other booth that it comes through."""
    pivot: str | None = None
    """The language in which a relay is heard."""


def hearings(
    floors: AbstractSet[str], crewed: Sequence[Crewed], pivots: AbstractSet[str] | None = None
) -> Iterator[tuple[int, str, Hearing]]:
    """Yield how each floor language reaches each booth of another language: the index of the booth, language, hearing.

    Args:
        floors: the languages spoken on the floor.
        crewed: the booths of the sitting.
        pivots: the languages that others may work from; None means all.
    """
    for floor in sorted(floors):
        carriers = _carriers(floor, crewed, pivots)
        for index, booth in enumerate(crewed):
            if booth.language != floor:
                yield index, floor, _hearing(floor, booth, carriers)


def _carriers(floor: str, crewed: Sequence[Crewed], pivots: AbstractSet[str] | None) -> Mapping[tuple[str, bool], int]:
    """Return the first booth that carries a floor language into another, by that language and whether by retour."""
    carriers: dict[tuple[str, bool], int] = {}
    for index, booth in enumerate(crewed):
        for source, target in booth.pairs if booth.feeds else ():
            by_retour = target != booth.language
            if (
                source == floor
                and (not by_retour or (booth.both_ways and booth.language == floor))
                and (pivots is None or target in pivots)
            ):
                carriers.setdefault((target, by_retour), index)
    return carriers


def _hearing(floor: str, booth: Crewed, carriers: Mapping[tuple[str, bool], int]) -> Hearing:
    if (floor, booth.language) in booth.pairs:
        return Hearing(Way.DIRECT)
    if booth.listens:
        retour = carriers.get((booth.language, True))
        # Captions of it are written by somebody in the team.
        if retour is not None and (booth.feeds or (booth.language, booth.language) in booth.pairs):
            return Hearing(Way.RETOUR, retour)
        for (pivot, _), via in sorted(carriers.items()):
            if pivot != booth.language and (pivot, booth.language) in booth.pairs:
                return Hearing(Way.RELAY, via, pivot)
    return Hearing(Way.MISSING)
