"""The languages at a session: how many people listen in each, are served in it through which channel, or miss it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, Self

from attrs import frozen

from wtisd_model.data.norms import booth_language
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.roster import Roster
from wtisd_model.objects import HtmlMixin, ReprMixin
from wtisd_model.planning.provision import Channel, Floor, Provision, Served, floors
from wtisd_model.planning.staffing import services_delivered
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
            needed.language
            for needed in self.languages
            if needed.interpreters.total and not is_signed(needed.language) and not is_unspecific(needed.language)
        )
        varieties = Counter(map(booth_language, tags))
        return frozenset(tag if varieties[code := booth_language(tag)] == 1 else code for tag in tags)

    @property
    def to_sign(self) -> frozenset[str]:
        """The signed languages to interpret into."""
        return _widest(
            needed.language for needed in self.languages if needed.interpreters.total and is_signed(needed.language)
        )

    @property
    def to_caption(self) -> frozenset[str]:
        """The languages to write captions in."""
        return _widest(needed.language for needed in self.languages if needed.captions.total)


# Most numbers are small and repeat: thousands of sessions share them.
_heads = lru_cache(maxsize=4096)(Heads)

HEADS: Final = ("preferred", "floor", "granted", "missing", "interpreters", "captions")
"""The numbers of a `LanguageNeeded`: the columns in which people are counted."""

_PREFERRED, _FLOOR, _GRANTED, _MISSING, _INTERPRETERS, _CAPTIONS = range(len(HEADS))
_NOBODY = [0] * len(HEADS)

_ON_SITE, _REMOTE = ParticipationMode.ON_SITE, ParticipationMode.REMOTE


def languages_needed(
    dossier: Dossier, *, roster: Roster | None = None, now: datetime | None = None
) -> tuple[SessionNeeds, ...]:
    """Return the languages that people listen in at each session, and how many are served in each.

    Sessions are those that are scheduled or postponed, in their order, without breaks and social events. If there is
    none, the event itself takes their place. A draft or cancelled event needs nothing.

    People count if their registration for this event is pending, approved or attended, at the sessions that it names,
    or at all if it names none; each person once in a session. They are served in the first of their languages that
    reaches them through any `wtisd_model.planning.results.Channel`. If several languages are spoken and none of theirs
    reaches them from all of those, theirs may do so together. People who need captions are served by captions, and
    people who need signs by a signed language; spoken languages do not serve them.

    With a *roster*, they are served by the interpreters who have accepted or been offered their work, and not by what
    requests ask for. Its offers that have expired *now* serve nobody.

    Raises:
        InvalidValueError: the codes of *now*, at ``/now``.
        TypeError: *dossier* is not a Dossier, or *roster* is not a Roster.
    """
    return tuple(map(_session_needs, _floors(dossier, roster, now)))


def _floors(dossier: Dossier, roster: Roster | None, now: datetime | None) -> Iterator[Floor]:
    services = None if roster is None else services_delivered(require_dossier(dossier), roster, now)
    return floors(require_dossier(dossier), services)


def _session_needs(floor: Floor) -> SessionNeeds:
    people, unstated = {_ON_SITE: 0, _REMOTE: 0}, {_ON_SITE: 0, _REMOTE: 0}
    on_site, remote = defaultdict[str, list[int]](_NOBODY.copy), defaultdict[str, list[int]](_NOBODY.copy)
    for served, number in floor.people.items():
        people[served.mode] += number
        if served.first is None or served.language is None:
            unstated[served.mode] += number
            continue
        languages = remote if served.mode is _REMOTE else on_site
        languages[served.first][_PREFERRED] += number
        counts = languages[served.language]
        for column in _columns(served, served.language):
            counts[column] += number
    return SessionNeeds(
        session_id=floor.session_id,
        slot=floor.slot,
        floor_languages=floor.provision.floor,
        people=_heads(people[_ON_SITE], people[_REMOTE]),
        unstated=_heads(unstated[_ON_SITE], unstated[_REMOTE]),
        languages=tuple(
            _language(tag, on_site[tag], remote[tag], floor.provision) for tag in sorted({*on_site, *remote})
        ),
        has_remote_interpreters=floor.provision.has_remote_interpreters,
    )


def _columns(served: Served, language: str) -> tuple[int, ...]:
    """Return the columns in which people who are served in this way are counted."""
    match served.channel:
        case Channel.FLOOR:
            return (_FLOOR,)
        case Channel.MISSING if served.hears or is_signed(language):
            return _MISSING, _INTERPRETERS
        case Channel.MISSING:
            return (_MISSING, _CAPTIONS) if served.reads else (_MISSING,)
        case Channel.CAPTIONS:
            return _GRANTED, _CAPTIONS
        case _:
            return _GRANTED, _INTERPRETERS


def _language(tag: str, on_site: Sequence[int], remote: Sequence[int], provision: Provision) -> LanguageNeeded:
    heads = dict(zip(HEADS, map(_heads, on_site, remote), strict=True))
    return LanguageNeeded(language=tag, **heads, relayed_from=provision.relayed_from(tag))


def _widest(tags: Iterable[str]) -> frozenset[str]:
    """Return the tags, except those that extend another tag."""
    given = frozenset(tags)
    return frozenset(
        tag for tag in given if not any(shorter in given for shorter in language_fallbacks(tag) if shorter != tag)
    )


COUNTS: Final = (*map(str, Channel), "unstated")
"""The attributes of a row that count people."""


@frozen(kw_only=True, repr=False)
class CoverageRow(ReprMixin):
    """One language at one session: how it is provided, and how many people it reaches through each channel."""

    session_id: str | None
    """The session; None for the event itself."""
    language: str | None
    """The language; None for people who named no language."""
    offered: tuple[Channel, ...]
    """The channels through which it reaches anybody there, best first, whether anybody listens or not."""
    floor: int
    """People served by the floor itself."""
    direct: int
    """People served by direct interpretation from the floor."""
    relay: int
    """People served by relay interpretation."""
    sign: int
    """People served by sign language interpreters."""
    captions: int
    """People served by captions."""
    missing: int
    """People who prefer this language, and are not served in any of theirs."""
    unstated: int
    """People who named no language."""

    @property
    def people(self) -> int:
        """All people in the row."""
        return self.floor + self.direct + self.relay + self.sign + self.captions + self.missing + self.unstated


class Coverage(HtmlMixin, tuple[CoverageRow, ...]):  # noqa: SLOT001 - a tuple cannot have slots with names
    """The rows of a coverage table; Jupyter shows them as a picture."""

    event: Event
    """The event that they are about."""

    @classmethod
    def of(cls, event: Event, rows: Iterable[CoverageRow]) -> Self:
        """Return the rows of an event."""
        table = cls(rows)
        table.event = event
        return table


def coverage(dossier: Dossier, *, roster: Roster | None = None, now: datetime | None = None) -> Coverage:
    """Return a table of sessions and languages, with how many people are served through which channel.

    It is a tuple of `wtisd_model.planning.results.CoverageRow`, which Jupyter shows as a picture.

    The rows of a session come together, sorted by language: the floor languages, those of approved requests, and those
    that somebody names first or is served in. The last row is for people who named no language, if there are any. A
    person is in one row of a session, and in one column of it. `languages_needed` says which sessions and people count,
    in which of several languages somebody is served, and what serves them with a *roster*, whose expired offers do not
    count *now*.

    Raises:
        InvalidValueError: the codes of *now*, at ``/now``.
        TypeError: *dossier* is not a Dossier, or *roster* is not a Roster.
    """
    rows = (row for floor in _floors(dossier, roster, now) for row in _coverage_rows(floor))
    return Coverage.of(dossier.event, rows)


def _coverage_rows(floor: Floor) -> Iterator[CoverageRow]:
    """Yield the rows of a floor by language, then the people who named none."""
    nobody = dict.fromkeys(map(str, Channel), 0)
    counts = {tag: nobody.copy() for tag in floor.provision.languages}
    unstated = 0
    for served, number in floor.people.items():
        if served.first is None or served.language is None or served.channel is None:
            unstated += number
            continue
        counts.setdefault(served.first, nobody.copy())
        counts.setdefault(served.language, nobody.copy())[served.channel] += number
    for tag in sorted(counts):
        offered = floor.provision.channels(tag)
        yield CoverageRow(session_id=floor.session_id, language=tag, offered=offered, **counts[tag], unstated=0)
    if unstated:
        yield CoverageRow(session_id=floor.session_id, language=None, offered=(), **nobody, unstated=unstated)
