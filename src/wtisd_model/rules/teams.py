"""The team that a published norm asks for, and how long it may work; what a norm leaves open is stated."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.data import norms
from wtisd_model.data.norms import Source, booth_languages
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding, pointer
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm
from wtisd_model.objects import ReprMixin
from wtisd_model.rules.interpretation_schedule import InterpretationSchedule, work_of
from wtisd_model.types.arguments import parse_enum, require_instance, require_iterable, require_valid
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import LANGUAGE, is_signed, is_unspecific
from wtisd_model.types.timeslot import TimeSlot


class Unsettled(StrEnum):
    """Something that a norm leaves open, or does not cover at all."""

    FLOOR_UNKNOWN = "floor-unknown"
    HEAVY_BOOTHS = "heavy-booths"
    HOURS_LONG = "hours-long"
    HOURS_OPEN = "hours-open"
    HOURS_REMOTE = "hours-remote"
    HOURS_UNKNOWN = "hours-unknown"
    LISTENERS = "listeners"
    NOT_COVERED = "not-covered"
    ONE_BOOTH = "one-booth"
    ONE_FEWER = "one-fewer"
    SHORT_DAY = "short-day"
    SIX_LANGUAGES = "six-languages"
    TWO_OR_THREE = "two-or-three"

    @property
    def meaning(self) -> str:
        """A sentence for people."""
        return _MEANINGS[self]


_MEANINGS = {
    Unsettled.FLOOR_UNKNOWN: "The number depends on the languages spoken, and they are not stated.",
    Unsettled.HEAVY_BOOTHS: (
        "A booth with much work, or one that works both ways, takes one more; the norm does not say how much is much."
    ),
    Unsettled.HOURS_LONG: "More hours in a day than the norm covers: more people are needed, it does not say how many.",
    Unsettled.HOURS_OPEN: "The norm has two limits of hours, and the slot is between them.",
    Unsettled.HOURS_REMOTE: (
        "More than three hours of remote interpreting in a day: more people are needed, the norm does not say how many."
    ),
    Unsettled.HOURS_UNKNOWN: (
        "Whole days, or a slot of more than 24 hours, do not say how long anybody works; the number is for a usual day."
    ),
    Unsettled.LISTENERS: "The number is for at most two listeners.",
    Unsettled.NOT_COVERED: "The norm does not cover this service, or these languages.",
    Unsettled.ONE_BOOTH: "One booth is enough for two languages both ways.",
    Unsettled.ONE_FEWER: (
        "In exceptional circumstances, which the norm does not name, one interpreter fewer is enough."
    ),
    Unsettled.SHORT_DAY: "On a short day two interpreters are enough; the norm does not say how short.",
    Unsettled.SIX_LANGUAGES: (
        "The norm is for a meeting in six languages; its number for each booth is used for a smaller one."
    ),
    Unsettled.TWO_OR_THREE: "The norm asks for two or three for each pair of languages.",
}


@frozen(kw_only=True, eq=False, repr=False)
class TeamSize(ReprMixin):
    """The team that a norm asks for, in persons; what it leaves open is None, with the reason in `unsettled`."""

    norm: Norm
    """The norm."""
    source: Source
    """The publication of the norm."""
    booths: int
    """The number of booths, one for each language interpreted into; 0 for consecutive, signs and captions."""
    heads: int | None
    """The number of interpreters; None if the norm does not name a single one."""
    fewest: int | None
    """The fewest interpreters that the norm allows; None if it does not say. Exceptions that it does not define are
    left out."""
    most: int | None
    """The most interpreters that the norm asks for; None if it does not say, or asks for more without a number."""
    sittings: int | None
    """The number of sittings of at most three hours in the slot; None if the hours are not known."""
    rest: timedelta | None
    """The shortest rest between two sittings; None if there is only one."""
    hours_source: Source
    """The source of the working hours."""
    unsettled: tuple[Unsettled, ...]
    """What the norm leaves open, in alphabetical order."""


class _Required(NamedTuple):
    """What a norm asks for, apart from the limits on working hours."""

    heads: int | None = None
    fewest: int | None = None
    most: int | None = None
    booths: int = 0
    why: tuple[Unsettled, ...] = ()
    by_hours: bool = False
    """True if the number of interpreters takes the hours into account already."""


def team_size(
    *,
    source_languages: Iterable[str],
    target_languages: Iterable[str],
    slot: TimeSlot,
    service: InterpretationService | str,
    norm: Norm | str,
    interpreters_at: ParticipationMode | str = ParticipationMode.ON_SITE,
) -> TeamSize:
    """Return how many interpreters and booths a published norm asks for, and what it leaves open.

    Varieties of a language count as one: ``fr-CA`` and ``fr-CH`` share a booth. The only source language counts as a
    source alone, even if it is a target too.

    Args:
        source_languages: the languages spoken; none if that is not known.
        target_languages: the languages interpreted into, one at least.
        slot: when. All of it counts as work, so pass the time between two long breaks. Whole days, or a
            slot of more than 24 hours, do not say how long anybody works.
        service: the kind of interpretation, or its word: ``"sign"``.
        norm: the norm, or its word: ``"aiic-canada"``.
        interpreters_at: remote is over a platform, where interpreters work three hours a day at most.

    Raises:
        InvalidValueError: ``language-unknown`` or ``language-unspecific``; ``too-few-items`` without a target;
            ``languages-overlap`` if the only target is the only source; ``value-unknown`` for an unknown *service*,
            *norm* or *interpreters_at*.
        TypeError: *slot* is not a TimeSlot, or languages are passed as one string.

    Source: see ``source`` and ``hours_source`` of the result.
    """
    sources = _languages(source_languages, "source_languages")
    targets = _languages(target_languages, "target_languages")
    known_service = parse_enum(InterpretationService, service, "/service")
    known_norm = parse_enum(Norm, norm, "/norm")
    is_remote = parse_enum(ParticipationMode, interpreters_at, "/interpreters_at") is ParticipationMode.REMOTE
    require_instance(slot, TimeSlot, "Not a TimeSlot: pass the slot of an event or of a session.")
    if not targets:
        raise InvalidValueError(finding(Code.TOO_FEW_ITEMS, "/target_languages", minimum=1))
    if known_service is not InterpretationService.CAPTIONS:
        targets = to_be_interpreted(sources, targets)
    if not targets:
        raise InvalidValueError(finding(Code.LANGUAGES_OVERLAP, "/target_languages"))
    work = work_of(slot).longest_day
    return team_for(sources, targets, known_service, known_norm, work=work, remote=is_remote)


def _languages(tags: Iterable[str], parameter: str) -> frozenset[str]:
    path = pointer(parameter)
    languages = frozenset([require_valid(tag, LANGUAGE, path) for tag in require_iterable(tags, parameter)])
    if any(map(is_unspecific, languages)):
        raise InvalidValueError(finding(Code.LANGUAGE_UNSPECIFIC, path))
    return languages


def team_for(
    source_languages: AbstractSet[str],
    target_languages: AbstractSet[str],
    service: InterpretationService,
    norm: Norm,
    *,
    work: timedelta | None,
    remote: bool,
) -> TeamSize:
    """Return the team for a day of *work*, without the rests; varieties of a language count as one.

    Args:
        source_languages: the languages spoken; empty if that is not known.
        target_languages: the languages interpreted into.
        service: the kind of interpretation.
        norm: the norm.
        work: how long the team works in a day; None if that is not known.
        remote: over a platform, where interpreters work fewer hours.
    """
    required = _required(
        norms.booth_languages(source_languages), norms.booth_languages(target_languages), service, norm, work
    )
    limits: tuple[Unsettled, ...] = ()
    if service is not InterpretationService.CAPTIONS:
        limits = tuple(_exceeded_limits(work, remote=remote, by_hours=required.by_hours))
    needs_more = any(limit is not Unsettled.HOURS_UNKNOWN for limit in limits)
    sittings = None if work is None else -(-work // norms.SITTING)
    is_aiic_sign = service is InterpretationService.SIGN and norm is Norm.AIIC
    return TeamSize(
        norm=norm,
        source=norms.SIGN_SOURCE if is_aiic_sign else norms.SOURCES[norm.value],
        booths=required.booths if service is InterpretationService.SIMULTANEOUS else 0,
        heads=None if needs_more else required.heads,
        fewest=required.fewest,
        most=None if limits else required.most,
        sittings=sittings,
        rest=norms.REST if sittings is not None and sittings > 1 else None,
        hours_source=norms.REMOTE_SOURCE if remote else norms.HOURS_SOURCE,
        unsettled=tuple(sorted({*required.why, *limits})),
    )


def to_be_interpreted(source_languages: AbstractSet[str], target_languages: AbstractSet[str]) -> frozenset[str]:
    """Return the languages of the booths, without the only source language: into it there is nothing to interpret."""
    sources, targets = norms.booth_languages(source_languages), norms.booth_languages(target_languages)
    return targets - sources if len(sources) == 1 else targets


def _exceeded_limits(work: timedelta | None, *, remote: bool, by_hours: bool) -> Iterator[Unsettled]:
    if work is None:
        yield Unsettled.HOURS_UNKNOWN
        return
    if remote and work > norms.REMOTE_DAY:
        yield Unsettled.HOURS_REMOTE
    if not by_hours and work > norms.SITTINGS * norms.SITTING:
        yield Unsettled.HOURS_LONG


def _required(
    sources: frozenset[str], targets: frozenset[str], service: InterpretationService, norm: Norm, work: timedelta | None
) -> _Required:
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


def _exactly(heads: int, booths: int = 0, why: tuple[Unsettled, ...] = ()) -> _Required:
    return _Required(heads, heads, heads, booths, why)


_NOT_COVERED = _Required(why=(Unsettled.NOT_COVERED,))
_FLOOR_UNKNOWN = _Required(why=(Unsettled.FLOOR_UNKNOWN,))


def _aiic(sources: frozenset[str], targets: frozenset[str], work: timedelta | None) -> _Required:
    """Return the team that article 6 requires: by its table or, for other languages, at least two for each booth."""
    used, into = len(sources), len(targets)
    general = norms.AIIC_EACH_BOOTH * into
    if not sources:
        fewest = min((heads for (_, row), heads in norms.AIIC_SIMULTANEOUS.items() if row == into), default=general)
        unknown = (Unsettled.FLOOR_UNKNOWN,) if fewest < general else ()
        return _Required(heads=general, fewest=fewest, most=general, booths=into, why=unknown)
    # The rows are for targets among the languages spoken, or for all of those and others.
    in_table = used == 1 or targets <= sources or sources <= targets
    heads = norms.AIIC_SIMULTANEOUS.get((used, into), general) if in_table else general
    if used == into == 2 and in_table:  # noqa: PLR2004 - two languages both ways
        short = work is None or work <= norms.SITTING
        why = (Unsettled.ONE_BOOTH, *([Unsettled.SHORT_DAY] if short else []))
        return _Required(heads=heads, fewest=norms.AIIC_SHORT_DAY if short else heads, most=heads, booths=into, why=why)
    return _exactly(heads, into)


def _canada(sources: frozenset[str], targets: frozenset[str], work: timedelta | None) -> _Required:
    into, fewest, most = len(targets), *norms.CANADA_EACH_BOOTH
    working = len(sources | targets)
    if working >= norms.CANADA_MANY:
        why = (Unsettled.HEAVY_BOOTHS,)
        return _Required(heads=fewest * into, fewest=fewest * into, most=most * into, booths=into, why=why)
    if not sources:
        return _Required(booths=into, why=(Unsettled.FLOOR_UNKNOWN,))
    if working == norms.CANADA_MANY - 1:
        return _exactly(norms.CANADA_THREE, into)
    if sources != targets:
        return _Required(booths=into, why=(Unsettled.NOT_COVERED,))
    return _canada_both_ways(work)


def _canada_both_ways(work: timedelta | None) -> _Required:
    rows = norms.CANADA_BOTH_WAYS
    if work is None:
        return _Required(fewest=rows[0].heads, booths=1, by_hours=True)
    for row, longer in zip(rows, (*rows[1:], None), strict=True):
        if work <= row.surely:
            return _exactly(row.heads, booths=1)._replace(by_hours=True)
        if work <= row.at_most and longer is not None:
            why = (Unsettled.HOURS_OPEN,)
            return _Required(fewest=row.heads, most=longer.heads, booths=1, why=why, by_hours=True)
    return _Required(fewest=rows[-1].heads, booths=1, why=(Unsettled.HOURS_LONG,), by_hours=True)


def _un(targets: frozenset[str]) -> _Required:
    if not targets <= norms.OFFICIAL_LANGUAGES:
        return _Required(booths=len(targets), why=(Unsettled.NOT_COVERED,))
    heads = sum(norms.UN_BOOTHS[target] for target in targets)
    why = () if targets == norms.OFFICIAL_LANGUAGES else (Unsettled.SIX_LANGUAGES,)
    return _exactly(heads, len(targets), why)


def _ep(sources: frozenset[str], targets: frozenset[str]) -> _Required:
    into, (few, many) = len(targets), norms.EP_EACH_BOOTH
    if len(sources | targets) >= norms.EP_MANY:
        return _exactly(many * into, into)
    if not sources:
        return _Required(fewest=few * into, most=many * into, booths=into, why=(Unsettled.FLOOR_UNKNOWN,))
    return _exactly(few * into, into)


def _consecutive(sources: frozenset[str], targets: frozenset[str], norm: Norm) -> _Required:
    if not sources:
        return _FLOOR_UNKNOWN
    heads = norms.CONSECUTIVE.get(len(targets))
    if heads is None or sources != targets:
        return _NOT_COVERED
    return _exactly(heads, why=(Unsettled.ONE_FEWER,) if norm is Norm.AIIC else ())


def _whispered(sources: frozenset[str], targets: frozenset[str]) -> _Required:
    if not sources:
        return _FLOOR_UNKNOWN
    if len(targets) > 1 or len(sources - targets) > norms.WHISPERED_FROM:
        return _NOT_COVERED
    return _exactly(norms.WHISPERED, why=(Unsettled.LISTENERS,))


def _signed(sources: frozenset[str], targets: frozenset[str]) -> _Required:
    fewest, most = norms.SIGNED
    if not sources:
        # Each signed language is in one pair at least.
        signed = sum(map(is_signed, targets))
        return _Required(fewest=fewest * signed or None, why=(Unsettled.FLOOR_UNKNOWN, Unsettled.TWO_OR_THREE))
    signed = len(signed_pairs(sources, targets))
    if not signed:
        return _NOT_COVERED
    return _Required(fewest=fewest * signed, most=most * signed, why=(Unsettled.TWO_OR_THREE,))


def signed_pairs(sources: AbstractSet[str], targets: AbstractSet[str]) -> frozenset[frozenset[str]]:
    """Return the pairs of a signed and another language between which something is interpreted."""
    pairs = {frozenset({one, other}) for one in sources for other in targets if one != other}
    return frozenset(pair for pair in pairs if any(map(is_signed, pair)))


class SharedBooth(NamedTuple):
    """What requests have in common if their teams can share a booth for two languages."""

    languages: frozenset[str]
    """The two languages, each spoken or interpreted into."""
    event_uid: str
    session_ids: frozenset[str]
    """The sessions; empty means the whole event."""
    service: InterpretationService
    norm: Norm
    interpreters_at: ParticipationMode | None


class Crew(NamedTuple):
    """The interpreters who share a booth."""

    heads: int = 0
    booths: int = 0
    targets: frozenset[str] = frozenset()

    def joined_by(self, other: "Crew") -> "Crew":
        """Return both crews as one."""
        return Crew(self.heads + other.heads, self.booths + other.booths, self.targets | other.targets)


def booth_and_crew(request: InterpretationRequest, schedule: InterpretationSchedule) -> tuple[SharedBooth, Crew] | None:
    """Return the booth of an assigned team, and the team as its crew; None unless its two languages are known."""
    team, sources = request.team, schedule.sources(request)
    targets = to_be_interpreted(sources, request.target_languages)
    languages = booth_languages(sources) | targets
    if team is None or not request.state.is_open or not sources or len(languages) != 2:  # noqa: PLR2004 - both ways
        return None
    ids, at = request.session_ids, request.interpreters_at
    booth = SharedBooth(languages, request.event_uid, ids, request.service, team.norm, at)
    return booth, Crew(team.heads, team.booths, targets)


def crews(requests: Iterable[InterpretationRequest], schedule: InterpretationSchedule) -> Mapping[SharedBooth, Crew]:
    """Return the crew of each booth."""
    found: dict[SharedBooth, Crew] = {}
    for request in requests:
        shared = booth_and_crew(request, schedule)
        if shared is not None:
            booth, crew = shared
            found[booth] = found.get(booth, Crew()).joined_by(crew)
    return found
