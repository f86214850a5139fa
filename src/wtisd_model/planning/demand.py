"""The demand for languages at a session: how many listen in each, are served in it, or miss it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from wtisd_model.data.norms import booth_language
from wtisd_model.findings import ReprMixin
from wtisd_model.planning.floor import Floor, Served
from wtisd_model.planning.provision import Channel, Provision
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import is_signed, is_unspecific, language_fallbacks
from wtisd_model.types.timeslot import TimeSlot


@frozen(repr=False)
class Heads(ReprMixin):
    """A number of people, by how they take part."""

    on_site: int = 0
    """People in the room."""
    remote: int = 0
    """People who take part remotely."""

    @property
    def total(self) -> int:
        """All people."""
        return self.on_site + self.remote


@frozen(kw_only=True, repr=False)
class LanguageNeeded(ReprMixin):
    """A language that people listen in at a session."""

    language: str
    """Its tag, as people named it."""
    preferred: Heads
    """People who named it first."""
    floor: Heads
    """People who are served in it by the floor itself."""
    granted: Heads
    """People who are served in it by approved requests."""
    missing: Heads
    """People who named it first, and are not served in any of theirs."""
    interpreters: Heads
    """Of the granted and the missing, those who have interpreters for it, or would need them."""
    captions: Heads
    """Of the granted and the missing, those who have captions in it, or would need them."""
    relayed_from: tuple[str, ...]
    """The languages from which interpreters take relay, if none works directly from the floor."""


@frozen(kw_only=True, repr=False)
class SessionNeeds(ReprMixin):
    """The languages that people listen in at a session or, if no session takes place, at the event itself."""

    session_id: str | None
    """The session; None for the event itself."""
    slot: TimeSlot
    """The slot; if postponed, the old one."""
    floor_languages: tuple[str, ...]
    """The languages spoken there; empty means not stated."""
    people: Heads
    """People who are there; each counts once."""
    unstated: Heads
    """People who named no language, so that it is unknown whether they are served."""
    languages: tuple[LanguageNeeded, ...]
    """The languages, sorted by tag."""
    has_remote_interpreters: bool
    """True if an approved request states that its interpreters work remotely."""

    @property
    def to_interpret(self) -> frozenset[str]:
        """The spoken languages to interpret into: one booth for each.

        Varieties of a language share a booth: ``fr`` is for ``fr-CA`` and ``fr-CH``.
        """
        tags = _widest(
            each.language
            for each in self.languages
            if each.interpreters.total and not is_signed(each.language) and not is_unspecific(each.language)
        )
        varieties = Counter(map(booth_language, tags))
        return frozenset(tag if varieties[code := booth_language(tag)] == 1 else code for tag in tags)

    @property
    def to_sign(self) -> frozenset[str]:
        """The signed languages to interpret into."""
        return _widest(each.language for each in self.languages if each.interpreters.total and is_signed(each.language))

    @property
    def to_caption(self) -> frozenset[str]:
        """The languages to write captions in."""
        return _widest(each.language for each in self.languages if each.captions.total)


_MODES = {mode: index for index, mode in enumerate((ParticipationMode.ON_SITE, ParticipationMode.REMOTE))}
# Most numbers are small and repeat: thousands of sessions share them.
_heads = lru_cache(maxsize=4096)(Heads)


class _ModeCounts:
    """Counts of people in several columns, each by mode."""

    __slots__ = ("_numbers",)

    def __init__(self, columns: int) -> None:
        self._numbers = [0] * (2 * columns)

    def add(self, column: int, mode: ParticipationMode, number: int) -> None:
        """Add people to a column."""
        self._numbers[2 * column + _MODES[mode]] += number

    def heads(self) -> Iterator[Heads]:
        """Yield the counts of each column."""
        for on_site, remote in zip(self._numbers[::2], self._numbers[1::2], strict=True):
            yield _heads(on_site, remote)


_PREFERRED, _FLOOR, _GRANTED, _MISSING, _INTERPRETERS, _CAPTIONS = range(6)


def session_needs(floor: Floor) -> SessionNeeds:
    """Return the languages that people listen in at a floor."""
    everybody = _ModeCounts(2)
    languages: dict[str, _ModeCounts] = {}
    for each, number in floor.people.items():
        everybody.add(0, each.mode, number)
        if each.first is None or each.language is None:
            everybody.add(1, each.mode, number)
            continue
        languages.setdefault(each.first, _ModeCounts(6)).add(_PREFERRED, each.mode, number)
        for column in _columns(each, each.language):
            languages.setdefault(each.language, _ModeCounts(6)).add(column, each.mode, number)
    people, unstated = everybody.heads()
    return SessionNeeds(
        session_id=floor.session_id,
        slot=floor.slot,
        floor_languages=floor.provision.floor,
        people=people,
        unstated=unstated,
        languages=tuple(_language(tag, languages[tag], floor.provision) for tag in sorted(languages)),
        has_remote_interpreters=floor.provision.has_remote_interpreters,
    )


def _columns(each: Served, language: str) -> tuple[int, ...]:
    """Return the columns in which people who are served in this way are counted."""
    match each.channel:
        case Channel.FLOOR:
            return (_FLOOR,)
        case Channel.MISSING if each.hears or is_signed(language):
            return _MISSING, _INTERPRETERS
        case Channel.MISSING:
            return (_MISSING, _CAPTIONS) if each.reads else (_MISSING,)
        case Channel.CAPTIONS:
            return _GRANTED, _CAPTIONS
        case _:
            return _GRANTED, _INTERPRETERS


def _language(tag: str, counts: _ModeCounts, provision: Provision) -> LanguageNeeded:
    preferred, floor, granted, missing, interpreters, captions = counts.heads()
    return LanguageNeeded(
        language=tag,
        preferred=preferred,
        floor=floor,
        granted=granted,
        missing=missing,
        interpreters=interpreters,
        captions=captions,
        relayed_from=provision.relayed_from(tag),
    )


def _widest(tags: Iterable[str]) -> frozenset[str]:
    """Return the tags, except those that extend another tag."""
    given = frozenset(tags)
    return frozenset(tag for tag in given if not any(each in given for each in language_fallbacks(tag) if each != tag))
