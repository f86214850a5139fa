"""The demand for languages: who listens in what, what the floor and approved requests serve, and what is missing."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from wtisd_model.findings import ReprMixin
from wtisd_model.model.dossier import Dossier
from wtisd_model.planning.places import Place, Served, places
from wtisd_model.planning.ways import Offer, Way
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import is_signed, shortened
from wtisd_model.types.timeslot import TimeSlot


@frozen(repr=False)
class Heads(ReprMixin):
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
class LanguageNeeded(ReprMixin):
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
class SessionNeeds(ReprMixin):
    """The languages that people listen in at a session, or at the event itself where no session takes place."""

    session_id: str | None
    """The session; None for the event itself."""
    slot: TimeSlot
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


_MODES = {mode: index for index, mode in enumerate((ParticipationMode.ON_SITE, ParticipationMode.REMOTE))}
# Most numbers are small and come again: thousands of sessions share them.
_heads = lru_cache(maxsize=4096)(Heads)


class _Counts:
    """Counts of people in several columns, each by mode."""

    __slots__ = ("_numbers",)

    def __init__(self, columns: int) -> None:
        self._numbers = [0] * (2 * columns)

    def add(self, column: int, mode: ParticipationMode, number: int) -> None:
        """Count people in a column."""
        self._numbers[2 * column + _MODES[mode]] += number

    def heads(self) -> Iterator[Heads]:
        """Give what was counted, column by column."""
        for on_site, remote in zip(self._numbers[::2], self._numbers[1::2], strict=True):
            yield _heads(on_site, remote)


_PREFERRED, _FLOOR, _GRANTED, _MISSING, _INTERPRETERS, _CAPTIONS = range(6)


def _needs(place: Place) -> SessionNeeds:
    everybody = _Counts(2)
    languages: dict[str, _Counts] = {}
    for each, number in place.people.items():
        everybody.add(0, each.mode, number)
        if each.first is None or each.language is None:
            everybody.add(1, each.mode, number)
            continue
        languages.setdefault(each.first, _Counts(6)).add(_PREFERRED, each.mode, number)
        for column in _columns(each, each.language):
            languages.setdefault(each.language, _Counts(6)).add(column, each.mode, number)
    people, unstated = everybody.heads()
    return SessionNeeds(
        session_id=place.session_id,
        slot=place.slot,
        floor_languages=place.offer.floor,
        people=people,
        unstated=unstated,
        languages=tuple(_language(tag, languages[tag], place.offer) for tag in sorted(languages)),
    )


def _columns(each: Served, language: str) -> tuple[int, ...]:
    """Give the columns in which people who are served so belong."""
    match each.way:
        case Way.FLOOR:
            return (_FLOOR,)
        case Way.MISSING if each.hears or is_signed(language):
            return _MISSING, _INTERPRETERS
        case Way.MISSING:
            return (_MISSING, _CAPTIONS) if each.reads else (_MISSING,)
        case Way.CAPTIONS:
            return _GRANTED, _CAPTIONS
        case _:
            return _GRANTED, _INTERPRETERS


def _language(tag: str, counts: _Counts, offer: Offer) -> LanguageNeeded:
    preferred, floor, granted, missing, interpreters, captions = counts.heads()
    return LanguageNeeded(
        language=tag,
        preferred=preferred,
        floor=floor,
        granted=granted,
        missing=missing,
        interpreters=interpreters,
        captions=captions,
        relayed_from=offer.relayed_from(tag),
    )


def _widest(tags: Iterable[str]) -> frozenset[str]:
    """Leave out the tags of which another one says less."""
    given = frozenset(tags)
    return frozenset(tag for tag in given if not any(each in given for each in shortened(tag) if each != tag))
