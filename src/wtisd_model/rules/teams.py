"""How large a team a published norm asks for, and how long it may work; what a norm leaves open is said."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import timedelta
from enum import StrEnum

from attrs import frozen

from wtisd_model.data import norms
from wtisd_model.data.norms import Source
from wtisd_model.findings import ReprMixin
from wtisd_model.model.interpretation import InterpretationService, Norm
from wtisd_model.types.language import is_signed

_MEANT: dict[str, str] = {}


def _said(word: str, meaning: str) -> str:
    # As the codes of findings do it: members that were tuples would not compare with strings.
    _MEANT[word] = meaning
    return word


class Unsettled(StrEnum):
    """What a norm leaves open, or does not speak of at all."""

    FLOOR_UNKNOWN = _said("floor-unknown", "It depends on which languages are spoken, and that is not said.")
    HEAVY_BOOTHS = _said(
        "heavy-booths",
        "Booths with much work, or that work both ways, take one more; how much is much, the norm does not say.",
    )
    HOURS_LONG = _said(
        "hours-long",
        "More work in a day than the norm speaks of: more people are needed, and it does not say how many.",
    )
    HOURS_OPEN = _said("hours-open", "The norm gives two limits of hours, and the slot is between them.")
    HOURS_REMOTE = _said(
        "hours-remote",
        "More than three hours from afar in a day: more people are needed, and the norm does not say how many.",
    )
    HOURS_UNKNOWN = _said(
        "hours-unknown",
        "The slot is longer than a day and does not say how long anybody works in one; the number is for a usual day.",
    )
    LISTENERS = _said("listeners", "It holds for no more than two listeners.")
    NOT_COVERED = _said("not-covered", "The norm says nothing of this service, or of these languages.")
    ONE_BOOTH = _said("one-booth", "Two languages both ways can do with one booth.")
    ONE_FEWER = _said(
        "one-fewer", "Under exceptional circumstances, which the norm does not name, one interpreter fewer will do."
    )
    SHORT_DAY = _said("short-day", "On a short day two interpreters will do; how short, the norm does not say.")
    SIX_LANGUAGES = _said(
        "six-languages",
        "The norm speaks of a meeting in six languages; its number for each booth is taken for a smaller one.",
    )
    TWO_OR_THREE = _said("two-or-three", "The norm says two or three for each pair of languages.")

    @property
    def meaning(self) -> str:
        """The sentence that says so."""
        return _MEANT[self.value]


@frozen(kw_only=True, eq=False, repr=False)
class TeamSize(ReprMixin):
    """The team that a norm asks for, in persons; what it leaves open is None, with the reason in `unsettled`."""

    norm: Norm
    """Whose rule it is."""
    source: Source
    """Where that is published, and when."""
    booths: int
    """Booths, one for each language interpreted into; none for what needs none: consecutive, signs, captions."""
    heads: int | None
    """The number of interpreters that the norm names; None where it names no single one."""
    fewest: int | None
    """The fewest that it allows in any case; None where it says nothing."""
    most: int | None
    """The most that it asks for; None where it says nothing, or says more without a number."""
    sittings: int | None
    """How many sittings of three hours at most the slot makes; None where it does not say how long a day is."""
    rest: timedelta | None
    """The shortest rest between two sittings; None where there are not two."""
    hours_source: Source
    """Where the hours of work are published."""
    unsettled: tuple[Unsettled, ...]
    """What the norm leaves open, in alphabetical order."""


@frozen(kw_only=True, eq=False, repr=False)
class _Asked(ReprMixin):
    """What a norm asks for, before anybody looks at the hours of the day."""

    heads: int | None = None
    fewest: int | None = None
    most: int | None = None
    booths: int = 0
    why: tuple[Unsettled, ...] = ()
    by_hours: bool = False
    """Whether the number depends on the hours already."""


def team_for(
    source_languages: AbstractSet[str],
    target_languages: AbstractSet[str],
    service: InterpretationService,
    norm: Norm,
    *,
    work: timedelta | None,
    remote: bool,
) -> TeamSize:
    """Size a team for a day of *work*, rests left out; None is a day of unknown length.

    No *source_languages* means that nobody knows what is spoken. *remote* is over a platform, where hours are fewer.
    """
    asked = _asked(frozenset(source_languages), frozenset(target_languages), service, norm, work)
    limits: tuple[Unsettled, ...] = ()
    if service is not InterpretationService.CAPTIONS:
        limits = tuple(_limits(work, remote=remote, by_hours=asked.by_hours))
    passed = any(each is not Unsettled.HOURS_UNKNOWN for each in limits)
    sittings = None if work is None else -(-work // norms.SITTING)
    return TeamSize(
        norm=norm,
        source=_source(service, norm),
        booths=asked.booths if service is InterpretationService.SIMULTANEOUS else 0,
        heads=None if passed else asked.heads,
        fewest=asked.fewest,
        most=None if limits else asked.most,
        sittings=sittings,
        rest=norms.REST if sittings is not None and sittings > 1 else None,
        hours_source=norms.REMOTE_SOURCE if remote else norms.HOURS_SOURCE,
        unsettled=tuple(sorted({*asked.why, *limits})),
    )


def to_be_interpreted(source_languages: AbstractSet[str], target_languages: AbstractSet[str]) -> frozenset[str]:
    """Leave out the target language that is the only source: there is nothing to interpret into it."""
    return frozenset(target_languages - source_languages if len(source_languages) == 1 else target_languages)


def _source(service: InterpretationService, norm: Norm) -> Source:
    signs = service is InterpretationService.SIGN and norm is Norm.AIIC
    return norms.SIGN_SOURCE if signs else norms.SOURCES[norm.value]


def _limits(work: timedelta | None, *, remote: bool, by_hours: bool) -> Iterator[Unsettled]:
    if work is None:
        yield Unsettled.HOURS_UNKNOWN
        return
    if remote and work > norms.REMOTE_DAY:
        yield Unsettled.HOURS_REMOTE
    if not by_hours and work > norms.SITTINGS * norms.SITTING:
        yield Unsettled.HOURS_LONG


def _asked(
    sources: frozenset[str],
    targets: frozenset[str],
    service: InterpretationService,
    norm: Norm,
    work: timedelta | None,
) -> _Asked:
    match service, norm:
        case InterpretationService.SIMULTANEOUS, Norm.AIIC:
            return _aiic(sources, targets, work)
        case InterpretationService.SIMULTANEOUS | InterpretationService.WHISPERED, Norm.AIIC_CANADA:
            return _canada(sources, targets, work)
        case InterpretationService.SIMULTANEOUS, Norm.UN:
            return _un(targets)
        case InterpretationService.SIMULTANEOUS, Norm.EP:
            return _ep(sources, targets)
        case InterpretationService.CONSECUTIVE, Norm.AIIC | Norm.AIIC_CANADA:
            return _consecutive(sources, targets, norm)
        case InterpretationService.WHISPERED, Norm.AIIC:
            return _whispered(sources, targets)
        case InterpretationService.SIGN, Norm.AIIC:
            return _signed(sources, targets)
        case _:
            return _NOT_COVERED


_NOT_COVERED = _Asked(why=(Unsettled.NOT_COVERED,))
_FLOOR_UNKNOWN = _Asked(why=(Unsettled.FLOOR_UNKNOWN,))


def _aiic(sources: frozenset[str], targets: frozenset[str], work: timedelta | None) -> _Asked:
    """Article 6: the table, and where it has no row, at least two for each booth."""
    used, into = len(sources), len(targets)
    general = norms.AIIC_EACH_BOOTH * into
    if not sources:
        fewest = min((heads for (_, row), heads in norms.AIIC_SIMULTANEOUS.items() if row == into), default=general)
        unknown = (Unsettled.FLOOR_UNKNOWN,) if fewest < general else ()
        return _Asked(heads=general, fewest=fewest, most=general, booths=into, why=unknown)
    # The rows are into some of the languages that are used, or into all of them and others.
    in_table = used == 1 or targets <= sources or sources <= targets
    heads = norms.AIIC_SIMULTANEOUS.get((used, into), general) if in_table else general
    if used == into == 2 and in_table:  # noqa: PLR2004 - two languages both ways
        short = work is None or work <= norms.SITTING
        why = (Unsettled.ONE_BOOTH, *([Unsettled.SHORT_DAY] if short else []))
        return _Asked(heads=heads, fewest=norms.AIIC_SHORT_DAY if short else heads, most=heads, booths=into, why=why)
    return _Asked(heads=heads, fewest=heads, most=heads, booths=into)


def _canada(sources: frozenset[str], targets: frozenset[str], work: timedelta | None) -> _Asked:
    into, fewest, most = len(targets), *norms.CANADA_EACH_BOOTH
    working = len(sources | targets)
    if working >= norms.CANADA_MANY:
        why = (Unsettled.HEAVY_BOOTHS,)
        return _Asked(heads=fewest * into, fewest=fewest * into, most=most * into, booths=into, why=why)
    if not sources:
        return _Asked(booths=into, why=(Unsettled.FLOOR_UNKNOWN,))
    if working == norms.CANADA_MANY - 1:
        return _Asked(heads=norms.CANADA_THREE, fewest=norms.CANADA_THREE, most=norms.CANADA_THREE, booths=into)
    if sources != targets:
        return _Asked(booths=into, why=(Unsettled.NOT_COVERED,))
    return _canada_both_ways(work)


def _canada_both_ways(work: timedelta | None) -> _Asked:
    rows = norms.CANADA_BOTH_WAYS
    if work is None:
        return _Asked(fewest=rows[0].heads, booths=1, by_hours=True)
    for row, longer in zip(rows, (*rows[1:], None), strict=True):
        if work <= row.surely:
            return _Asked(heads=row.heads, fewest=row.heads, most=row.heads, booths=1, by_hours=True)
        if work <= row.at_most and longer is not None:
            why = (Unsettled.HOURS_OPEN,)
            return _Asked(fewest=row.heads, most=longer.heads, booths=1, why=why, by_hours=True)
    return _Asked(fewest=rows[-1].heads, booths=1, why=(Unsettled.HOURS_LONG,), by_hours=True)


def _un(targets: frozenset[str]) -> _Asked:
    languages = frozenset(norms.official_code(each) for each in targets)
    if not languages <= norms.OFFICIAL_LANGUAGES:
        return _Asked(booths=len(targets), why=(Unsettled.NOT_COVERED,))
    heads = sum(norms.UN_BOOTHS[each] for each in languages)
    why = () if languages == norms.OFFICIAL_LANGUAGES else (Unsettled.SIX_LANGUAGES,)
    return _Asked(heads=heads, fewest=heads, most=heads, booths=len(languages), why=why)


def _ep(sources: frozenset[str], targets: frozenset[str]) -> _Asked:
    into, (few, many) = len(targets), norms.EP_EACH_BOOTH
    if len(sources | targets) >= norms.EP_MANY:
        return _Asked(heads=many * into, fewest=many * into, most=many * into, booths=into)
    if not sources:
        return _Asked(fewest=few * into, most=many * into, booths=into, why=(Unsettled.FLOOR_UNKNOWN,))
    return _Asked(heads=few * into, fewest=few * into, most=few * into, booths=into)


def _consecutive(sources: frozenset[str], targets: frozenset[str], norm: Norm) -> _Asked:
    if not sources:
        return _FLOOR_UNKNOWN
    heads = norms.CONSECUTIVE.get(len(targets))
    if heads is None or sources != targets:
        return _NOT_COVERED
    if norm is Norm.AIIC:
        return _Asked(heads=heads, fewest=heads - 1, most=heads, why=(Unsettled.ONE_FEWER,))
    return _Asked(heads=heads, fewest=heads, most=heads)


def _whispered(sources: frozenset[str], targets: frozenset[str]) -> _Asked:
    if not sources:
        return _FLOOR_UNKNOWN
    if len(targets) > 1 or len(sources - targets) > norms.WHISPERED_FROM:
        return _NOT_COVERED
    return _Asked(heads=norms.WHISPERED, fewest=norms.WHISPERED, most=norms.WHISPERED, why=(Unsettled.LISTENERS,))


def _signed(sources: frozenset[str], targets: frozenset[str]) -> _Asked:
    fewest, most = norms.SIGNED
    if not sources:
        # Each signed language is one of a pair at least.
        signed = sum(map(is_signed, targets))
        return _Asked(fewest=fewest * signed or None, why=(Unsettled.FLOOR_UNKNOWN, Unsettled.TWO_OR_THREE))
    pairs = {frozenset({one, other}) for one in sources for other in targets if one != other}
    signed = sum(any(map(is_signed, pair)) for pair in pairs)
    if not signed:
        return _NOT_COVERED
    return _Asked(fewest=fewest * signed, most=most * signed, why=(Unsettled.TWO_OR_THREE,))
