"""The demand for languages: who listens in what, what the floor and approved requests serve, and what is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from attrs import frozen

from wtisd_model.findings import Shown
from wtisd_model.model.dossier import Dossier
from wtisd_model.planning.places import Place, Served, places
from wtisd_model.planning.ways import Offer, Way
from wtisd_model.values.attendance import ParticipationMode
from wtisd_model.values.language import is_signed, shortened
from wtisd_model.values.timeslot import TimeSlot


@frozen(repr=False)
class Heads(Shown):
    """A number of people, by how they take part."""

    on_site: int = 0
    """In the room."""
    remote: int = 0
    """From afar."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.on_site + self.remote


@frozen(kw_only=True, repr=False)
class LanguageNeeded(Shown):
    """A language that people listen in at a session."""

    language: str
    """Its tag, as they named it."""
    preferred: Heads
    """Those who named it first."""
    floor: Heads
    """Those whom the floor itself serves in it."""
    granted: Heads
    """Those whom approved requests serve in it."""
    missing: Heads
    """Those who named it first, and to whom none of their languages comes."""
    interpreters: Heads
    """Those of the granted and the missing who have interpreters for it, or would need them."""
    captions: Heads
    """Those of the granted and the missing who have captions in it, or would need them."""
    relayed_from: tuple[str, ...]
    """The languages from which interpreters take relay, because none works straight from the floor; mostly none."""


@frozen(kw_only=True, repr=False)
class SessionNeeds(Shown):
    """The languages that people listen in at a session, or at the event itself where no session takes place."""

    session_id: str | None
    """The session; None for the event itself."""
    slot: TimeSlot | None
    """When; while it is postponed, when it was to be."""
    floor_languages: tuple[str, ...]
    """What is spoken there; empty means not stated."""
    people: Heads
    """Those who are there, each of them once."""
    unstated: Heads
    """Those who named no language; nobody knows whether they are served."""
    languages: tuple[LanguageNeeded, ...]
    """The languages, by their tags."""

    @property
    def to_interpret(self) -> frozenset[str]:
        """The spoken languages that interpreters have to interpret into: one booth for each.

        Of tags that say more and less, the one that says less stands for both: ``fr`` for ``fr`` and ``fr-CH``.
        """
        return _widest(
            each.language for each in self.languages if each.interpreters.total and not is_signed(each.language)
        )

    @property
    def to_sign(self) -> frozenset[str]:
        """The signed languages that interpreters have to interpret into."""
        return _widest(each.language for each in self.languages if each.interpreters.total and is_signed(each.language))

    @property
    def to_caption(self) -> frozenset[str]:
        """The languages in which captions have to be written."""
        return _widest(each.language for each in self.languages if each.captions.total)


def demand_of(dossier: Dossier) -> tuple[SessionNeeds, ...]:
    """Carry out `languages_needed`."""
    return tuple(map(_needs, places(dossier)))


Counts = Counter[ParticipationMode]


def _needs(place: Place) -> SessionNeeds:
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    people, unstated = Counts(), Counts()
    for each, number in place.people.items():
        people[each.mode] += number
        if each.first is None or each.language is None:
            unstated[each.mode] += number
            continue
        tallies[each.first].preferred[each.mode] += number
        for counts in tallies[each.language].served(each):
            counts[each.mode] += number
    return SessionNeeds(
        session_id=place.session_id,
        slot=place.slot,
        floor_languages=place.offer.floor,
        people=_heads(people),
        unstated=_heads(unstated),
        languages=tuple(_language(tag, tallies[tag], place.offer) for tag in sorted(tallies)),
    )


class _Tally:
    """The counts of one language at one session."""

    __slots__ = ("captions", "floor", "granted", "interpreters", "missing", "preferred")

    def __init__(self) -> None:
        self.preferred, self.floor, self.granted, self.missing = Counts(), Counts(), Counts(), Counts()
        self.interpreters, self.captions = Counts(), Counts()

    def served(self, each: Served) -> Iterator[Counts]:
        """Give the counts in which people who are served so belong."""
        match each.way:
            case Way.FLOOR:
                yield self.floor
            case Way.MISSING:
                yield self.missing
                if each.hears or is_signed(each.language or ""):
                    yield self.interpreters
                elif each.reads:
                    yield self.captions
            case Way.CAPTIONS:
                yield self.granted
                yield self.captions
            case _:
                yield self.granted
                yield self.interpreters


def _language(tag: str, tally: _Tally, offer: Offer) -> LanguageNeeded:
    return LanguageNeeded(
        language=tag,
        preferred=_heads(tally.preferred),
        floor=_heads(tally.floor),
        granted=_heads(tally.granted),
        missing=_heads(tally.missing),
        interpreters=_heads(tally.interpreters),
        captions=_heads(tally.captions),
        relayed_from=offer.relayed_from(tag),
    )


def _heads(counts: Counts) -> Heads:
    return Heads(counts[ParticipationMode.ON_SITE], counts[ParticipationMode.REMOTE])


def _widest(tags: Iterable[str]) -> frozenset[str]:
    """Leave out the tags of which another one says less."""
    given = frozenset(tags)
    return frozenset(tag for tag in given if not any(each in given for each in shortened(tag) if each != tag))
