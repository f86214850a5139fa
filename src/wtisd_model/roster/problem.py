"""A roster as a problem in numbers: meetings, posts, workers, limits; without calendars and objects of the model."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple


class Meeting(NamedTuple):
    """A sitting, in which a team works in each booth from its start to its end."""

    floors: tuple[frozenset[str], ...]
    """For each part, the languages spoken on the floor, as `booth_language` writes them; empty if not known."""
    priority: int
    """From 1 up; heads that are short weigh as much."""


class Post(NamedTuple):
    """A booth in a sitting, or a team without one."""

    sitting: int
    """The index of its sitting."""
    language: str
    """The language that it works into."""
    needed: int
    """The heads that it should have."""
    minimum: int
    """Fewer than that count as a booth below the minimum; at most *needed*."""
    both_ways: bool
    """True if it also works from its language into the pivots."""
    feeds: bool
    """True if other posts of the sitting can work from what it says."""
    listens: bool
    """True if it can work from what others say."""
    service: int = 0
    """The number of the service: 0 is that of booths."""
    parts: tuple[int, ...] = (0,)
    """The parts of the sitting in which there is work for it."""

    @property
    def team(self) -> tuple[object, ...]:
        """What the posts of one team in a sitting have in common: those who are there at once hear together."""
        return self.language, self.both_ways, self.feeds, self.listens, self.service


class Limit(NamedTuple):
    """A limit for each person it concerns: the sum of the weights of the sittings that they take is at most *most*.

    Sittings that exclude each other, sittings in a day, minutes in a day, sittings in a week: all are such limits.
    """

    weights: Mapping[int, int]
    """The weight of each sitting, by its index; all others weigh nothing."""
    most: int


class Worker(NamedTuple):
    """A person."""

    id: str
    pairs: tuple[frozenset[tuple[str, str]], ...]
    """For each service, each language that the person works from, with each that they work into from it."""
    retours: frozenset[str]
    """The languages into which they work only by retour."""
    posts: frozenset[int]
    """The indexes of the posts that they may take: they hold the language, are available, and have not declined."""
    limits: tuple[int, ...]
    """The indexes of the limits that concern them."""
    cost: int
    """For each sitting, in minor units."""

    def pairs_at(self, post: Post) -> frozenset[tuple[str, str]]:
        """Return what the person can do at a post."""
        return self.pairs[post.service]


class Problem(NamedTuple):
    """Everything that a proposal depends on. A person takes one post of a sitting at most."""

    sittings: tuple[Meeting, ...]
    posts: tuple[Post, ...]
    workers: tuple[Worker, ...]
    """In order of their ids."""
    limits: tuple[Limit, ...]
    pivots: frozenset[str] | None
    """The languages that others may work from; None means all."""
    kept: frozenset[tuple[int, int]]
    """Worker and post of each seat that should stay; workers may take those posts."""
    fixed: frozenset[tuple[int, int]]
    """Worker and post of each seat that must be; within the limits, at most *needed* for a post."""
    followers: tuple[tuple[int, int], ...]
    """Pairs of posts, of which the second one is the next sitting of the team of the first."""


def scenes(meeting: Meeting, posts: Sequence[Post]) -> Mapping[tuple[tuple[int, ...], ...], AbstractSet[str]]:
    """Return who hears what together in a meeting: the places of the posts of each team there, and the floors."""
    found: defaultdict[tuple[tuple[int, ...], ...], set[str]] = defaultdict(set)
    for part, floors in enumerate(meeting.floors):
        teams: defaultdict[object, list[int]] = defaultdict(list)
        for place, post in enumerate(posts):
            if part in post.parts:
                teams[post.team].append(place)
        found[tuple(map(tuple, teams.values()))] |= floors
    return found


class Solution(NamedTuple):
    """Seats, and what was proven about them."""

    seats: frozenset[tuple[int, int]]
    """Worker and post."""
    bounds: tuple[int, ...]
    """What no solution is better than, for each objective in their order: the fields of `Objectives`."""
    proven: bool
    """True if the value of each objective is its bound, and so is the choice among equal solutions."""
