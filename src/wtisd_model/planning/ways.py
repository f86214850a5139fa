"""How a language comes to those who listen in it: from the floor, interpreted straight or by relay, or in captions.

Only approved requests count: approved, assigned and delivered ones. A tag stands for itself and for what says more or
less: who listens in ``fr-CH`` is served by ``fr``, and who listens in ``en`` by ``en-GB`` (RFC 4647 sections 3.3.1
and 3.4).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, RequestState
from wtisd_model.planning.listeners import Listener
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import is_signed, shortened


class Way(StrEnum):
    """How a language comes to those who listen in it, the best first."""

    FLOOR = "floor"
    """It is what is spoken, or signed, on the floor."""
    DIRECT = "direct"
    """It is interpreted straight from the floor."""
    RELAY = "relay"
    """It is interpreted from what other interpreters say; from theirs again is not counted."""
    SIGN = "sign"
    """It is a signed language that is interpreted, straight or by relay."""
    CAPTIONS = "captions"
    """It can be read, straight or by relay."""
    MISSING = "missing"
    """It does not come to them."""


_RANK = {way: rank for rank, way in enumerate(Way)}
_rank = _RANK.__getitem__
_GRANTED = {RequestState.APPROVED, RequestState.ASSIGNED, RequestState.DELIVERED}
_HEARD_BY_OTHERS = {
    InterpretationService.CONSECUTIVE,
    InterpretationService.SIGN,
    InterpretationService.SIMULTANEOUS,
}


class Tags:
    """Languages, found by tags that say more or less."""

    __slots__ = ("_exact", "_wider")

    def __init__(self, tags: Iterable[str]) -> None:
        self._exact = frozenset(tags)
        self._wider = frozenset(each for tag in self._exact for each in shortened(tag))

    def __contains__(self, tag: str) -> bool:
        return tag in self._wider or any(each in self._exact for each in shortened(tag))


class Granted(NamedTuple):
    """What matters of an approved request: from where, into what, in which form, and for whom."""

    sources: frozenset[str]
    """What is interpreted from; empty is whatever is spoken."""
    targets: frozenset[str]
    """What is interpreted into."""
    written: bool
    """Whether it is captions."""
    relayed: bool
    """Whether other interpreters can hear it."""
    mode: ParticipationMode
    """Where those are for whom it is."""


def granted(request: InterpretationRequest) -> Granted | None:
    """Give what matters of a request; None where it is not approved."""
    if request.state not in _GRANTED:
        return None
    return Granted(
        request.source_languages,
        request.target_languages,
        request.service is InterpretationService.CAPTIONS,
        request.service in _HEARD_BY_OTHERS,
        request.delivery,
    )


class Grants:
    """Approved requests that go together: those for the whole event, or those that a session has besides."""

    __slots__ = ("_exact", "_pivots", "_relays", "_wider", "languages")

    def __init__(self, given: Iterable[Granted]) -> None:
        # In an order of its own, so that equal dossiers give equal results.
        ordered = sorted(set(given), key=lambda each: (sorted(each.targets), sorted(each.sources), each[2:]))
        self._exact: defaultdict[str, list[Granted]] = defaultdict(list)
        self._wider: defaultdict[str, list[Granted]] = defaultdict(list)
        for each in ordered:
            for tag in each.targets:
                self._exact[tag].append(each)
                for wider in shortened(tag):
                    self._wider[wider].append(each)
        self._relays = [each for each in ordered if each.relayed]
        self._pivots: dict[str | None, Tags] = {}
        self.languages: frozenset[str] = frozenset(tag for each in ordered for tag in each.targets)

    def into(self, tag: str, mode: ParticipationMode, *, written: bool) -> Iterator[Granted]:
        """Find what is interpreted into a language for people in a mode; the same more than once, perhaps."""
        for found in (self._wider.get(tag, ()), *(self._exact.get(each, ()) for each in shortened(tag))):
            yield from (each for each in found if each.mode is mode and each.written == written)

    def pivots(self, floor: str | None) -> Tags:
        """Find the languages that other interpreters hear where *floor* is spoken."""
        known = self._pivots.get(floor)
        if known is None:
            known = Tags(tag for each in self._relays if _straight(each, floor) for tag in each.targets)
            self._pivots[floor] = known
        return known


def _reads(tag: str, listener: Listener) -> bool | None:
    """Tell whether people are to read a language, or to hear or see it; None where it does not serve them so."""
    if listener.hears or is_signed(tag):
        return False
    return True if listener.reads else None


def _straight(each: Granted, floor: str | None) -> bool:
    return not each.sources or (floor is not None and floor in Tags(each.sources))


class Offer:
    """What is offered at a session: its floor languages, and what is approved for the event and for it besides."""

    __slots__ = ("_found", "_grants", "_pivots", "_served", "_ways", "floor")

    def __init__(self, floor: tuple[str, ...], *grants: Grants) -> None:
        self.floor: tuple[str, ...] = floor
        self._grants: tuple[Grants, ...] = grants
        # Many sessions have one offer, and many people ask for the same.
        self._found: dict[tuple[str, ParticipationMode, bool], Way] = {}
        self._served: dict[Listener, tuple[str, Way]] = {}
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._pivots: dict[str, tuple[str, ...]] = {}

    @property
    def languages(self) -> frozenset[str]:
        """The languages that are spoken, or that something is interpreted into."""
        return frozenset(self.floor).union(*(each.languages for each in self._grants))

    def serves(self, listener: Listener) -> tuple[str, Way]:
        """Tell in which of their languages people are served, and how.

        It is the first that comes to them in any way. Where none does, because several languages are spoken and each of
        theirs comes to them from some of those alone, theirs may do so together, of which it is then the first. Else it
        is their first one, and missing. They have named one at least.
        """
        found = self._served.get(listener)
        if found is None:
            found = self._served[listener] = self._alone(listener) or self._together(listener)
        return found

    def _alone(self, listener: Listener) -> tuple[str, Way] | None:
        for tag in listener.languages:
            read = _reads(tag, listener)
            if read is not None and (way := self.way(tag, listener.mode, read=read)) is not Way.MISSING:
                return tag, way
        return None

    def _together(self, listener: Listener) -> tuple[str, Way]:
        legs = {
            tag: [self._leg(floor, tag, listener.mode, read=read) for floor in self._floors()]
            for tag in listener.languages
            if (read := _reads(tag, listener)) is not None
        }
        best = [min(from_one, key=_rank) for from_one in zip(*legs.values(), strict=True)]
        if not best or Way.MISSING in best:
            return listener.languages[0], Way.MISSING
        return next(tag for tag, each in legs.items() if {*each} != {Way.MISSING}), max(best, key=_rank)

    def ways(self, tag: str) -> tuple[Way, ...]:
        """Give each way in which a language comes to somebody, the best first."""
        if tag not in self._ways:
            ways = {self.way(tag, mode, read=read) for mode in ParticipationMode for read in (False, True)}
            self._ways[tag] = tuple(sorted(ways - {Way.MISSING}, key=_rank))
        return self._ways[tag]

    def relayed_from(self, tag: str) -> tuple[str, ...]:
        """Give the languages from which interpreters into *tag* take relay, where they do not work straight."""
        if tag not in self._pivots:
            pivots = (self._pivots_of(tag, mode, floor) for mode in ParticipationMode for floor in self._floors())
            self._pivots[tag] = tuple(sorted(set[str]().union(*pivots)))
        return self._pivots[tag]

    def _pivots_of(self, tag: str, mode: ParticipationMode, floor: str | None) -> set[str]:
        if self._leg(floor, tag, mode, read=False) not in {Way.RELAY, Way.SIGN}:
            return set()
        interpreted = tuple(self._into(tag, mode, written=False))
        if any(_straight(each, floor) for each in interpreted):
            return set()
        return {source for each in interpreted for source in each.sources if self._can_relay(source, floor)}

    def way(self, tag: str, mode: ParticipationMode, *, read: bool) -> Way:
        """Tell how a language comes to people in a mode, who hear or see it, or *read* it.

        Where several languages are spoken on the floor, it is the worst way from any of them. Where the floor is not
        stated, only what is interpreted from whatever is spoken counts.
        """
        key = tag, mode, read
        found = self._found.get(key)
        if found is None:
            legs = [self._leg(floor, tag, mode, read=read) for floor in self._floors()]
            found = self._found[key] = max(legs, key=_rank)
        return found

    def _floors(self) -> tuple[str | None, ...]:
        return self.floor or (None,)

    def _leg(self, floor: str | None, tag: str, mode: ParticipationMode, *, read: bool) -> Way:
        """Tell how what is said in one floor language comes to those who listen in *tag*."""
        if not read:
            if floor is not None and floor in Tags((tag,)):
                return Way.FLOOR
            interpreted = tuple(self._into(tag, mode, written=False))
            if any(_straight(each, floor) for each in interpreted):
                return Way.SIGN if is_signed(tag) else Way.DIRECT
            if self._by_relay(interpreted, floor):
                return Way.SIGN if is_signed(tag) else Way.RELAY
        written = tuple(self._into(tag, mode, written=True))
        if any(_straight(each, floor) for each in written) or self._by_relay(written, floor):
            return Way.CAPTIONS
        return Way.MISSING

    def _into(self, tag: str, mode: ParticipationMode, *, written: bool) -> Iterator[Granted]:
        for grants in self._grants:
            yield from grants.into(tag, mode, written=written)

    def _by_relay(self, interpreted: Iterable[Granted], floor: str | None) -> bool:
        return any(self._can_relay(source, floor) for each in interpreted for source in each.sources)

    def _can_relay(self, source: str, floor: str | None) -> bool:
        return any(source in grants.pivots(floor) for grants in self._grants)
