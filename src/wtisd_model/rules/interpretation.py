"""Rules about requests for interpretation that are still to be carried out, and about languages nobody can speak."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple

from wtisd_model.codes import Code
from wtisd_model.data import norms
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, Norm, RequestState
from wtisd_model.model.registration import Registration
from wtisd_model.rules.context import Context
from wtisd_model.rules.interpretation_schedule import InterpretationSchedule, full_minutes
from wtisd_model.rules.submission import last_step_before_start, outside_window, rule_for
from wtisd_model.rules.teams import Crew, Unsettled, booth_and_crew, team_for, to_be_interpreted
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import TagSet, is_signed, is_unspecific

_SPOKEN = {InterpretationService.CONSECUTIVE, InterpretationService.SIMULTANEOUS, InterpretationService.WHISPERED}


@rule_for(InterpretationRequest)
def requests_are_in_time(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """I02: a request comes after the call opened and before the deadline. The office may still approve a late one."""
    if not request.state.is_open:
        return
    for found in outside_window(context, request):
        yield finding(Code.REQUEST_LATE, found.path) if found.code is Code.CALL_CLOSED else found


@rule_for(InterpretationRequest)
def languages_are_offered(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """The languages asked for are among those of the call, if it names any; a longer or shorter tag is the same."""
    call = context.dossier.event.call(CallKind.INTERPRETATION)
    if call is None or not call.languages or not request.state.is_open:
        return
    offered = TagSet(call.languages)
    others = sum(tag not in offered for tag in request.target_languages)
    if others:
        choices = ", ".join(call.languages)
        yield finding(Code.LANGUAGE_NOT_OFFERED, "/targetLanguages", unknown=others, choices=choices)


@rule_for(InterpretationRequest)
def speakers_are_understood(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """I04: people who speak none of the six official languages bring an interpreter, or a text in one of the six.

    Source: UN Geneva, practical tips for delegates.
    """
    if request.service not in _SPOKEN or not request.state.is_open:
        return
    sources = context.dossier.schedule.sources(request)
    others = sum(
        not is_signed(language) and norms.booth_language(language) not in norms.OFFICIAL_LANGUAGES
        for language in sources
    )
    if others:
        yield finding(Code.LANGUAGE_NOT_OFFICIAL, "/sourceLanguages", unknown=others)


@rule_for(InterpretationRequest)
def teams_fit_their_norm(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """I06: a team has as many interpreters and booths as its norm asks for, and whispers to no more listeners."""
    assigned = _crew_and_demand(context, request)
    if request.team is None or assigned is None:
        return
    (crew, demand), norm = assigned, request.team.norm.value
    if demand.fewest is not None and crew.heads < demand.fewest:
        yield finding(Code.TEAM_TOO_SMALL, "/team/heads", minimum=demand.fewest, norm=norm)
    expected = min(max(crew.booths, demand.least_booths), demand.most_booths)
    if crew.booths != expected:
        yield finding(Code.BOOTHS_DIFFER, "/team/booths", booths=expected)
    if request.service is InterpretationService.WHISPERED and request.listeners is not None:
        most = norms.WHISPERED_LISTENERS.get(norm)
        if most is not None and request.listeners > most:
            yield finding(Code.TOO_MANY_LISTENERS, "/listeners", maximum=most, norm=norm)


@rule_for(InterpretationRequest)
def hours_are_bearable(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """I07: one team works three hours in a sitting, and six in a day, or three in a day of remote interpreting.

    Sessions at the same time have a team each, and the one that works most counts. Longer work needs more people. No
    norm says how many, so a team larger than the minimum passes. The limits do not apply to captions.
    """
    if request.service is InterpretationService.CAPTIONS or not request.state.is_open:
        return
    assigned = _crew_and_demand(context, request)
    if assigned is not None:
        crew, demand = assigned
        if demand.fewest is not None and crew.heads > demand.fewest:
            return
    work = context.dossier.schedule.work(request.session_ids)
    is_remote = request.interpreters_at is ParticipationMode.REMOTE
    spans = (
        ("sitting", work.longest_sitting, norms.SITTING),
        ("remote-day", work.longest_day, norms.REMOTE_DAY)
        if is_remote
        else ("day", work.longest_day, norms.SITTINGS * norms.SITTING),
    )
    for span, longest, most in spans:
        if longest is not None and longest > most:
            minutes, maximum = full_minutes(longest), full_minutes(most)
            yield finding(Code.WORK_TOO_LONG, "/sessionIds", span=span, minutes=minutes, maximum=maximum)


@rule_for(InterpretationRequest)
def deliveries_are_at_the_event(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """Nothing is delivered before the event begins, or the first session of the request."""
    if request.state is RequestState.DELIVERED and last_step_before_start(context, request):
        yield finding(Code.DELIVERED_TOO_EARLY, pointer("history", len(request.history) - 1, "at"))


class _Demand(NamedTuple):
    """The interpreters and booths that a norm asks for."""

    fewest: int | None
    """The fewest interpreters; None if the norm names no number."""
    least_booths: int
    most_booths: int


def _crew_and_demand(context: Context, request: InterpretationRequest) -> tuple[Crew, _Demand] | None:
    """Return the team of an open request, and what its norm asks for; None without a team.

    Teams that can share a booth for two languages both ways count as one, if one booth is enough by the norm, and if
    they have no more booths than these languages need. Sessions at the same time need a team each.
    """
    team = request.team
    if team is None or not request.state.is_open:
        return None
    schedule = context.dossier.schedule
    shared = booth_and_crew(request, schedule)
    if shared is not None:
        booth, own = shared
        listed = context.dossier.crews.get(booth, Crew())
        crew = listed.joined_by(own) if context.position is None else listed
        if crew.targets == booth.languages:
            both = _demand(request, team.norm, schedule, booth.languages, booth.languages)
            is_enough = both.least_booths < both.most_booths or not both.most_booths
            if is_enough and both.fewest is not None and crew.booths <= both.most_booths:
                return crew, both
    own_demand = _demand(request, team.norm, schedule, request.source_languages, request.target_languages)
    return Crew(team.heads, team.booths), own_demand


def _demand(
    request: InterpretationRequest,
    norm: Norm,
    schedule: InterpretationSchedule,
    source_languages: AbstractSet[str],
    target_languages: AbstractSet[str],
) -> _Demand:
    """Return what a norm asks for from these languages, or from those of the floor, into those."""

    def of_one_team(session_ids: frozenset[str]) -> _Demand:
        sources = source_languages or schedule.floor(session_ids)
        targets = to_be_interpreted(sources, target_languages) or target_languages
        work = schedule.work(session_ids).longest_day
        remote = request.interpreters_at is ParticipationMode.REMOTE
        size = team_for(sources, targets, request.service, norm, work=work, remote=remote)
        most = len(norms.booth_languages(targets)) if size.booths else 0
        # Of a floor that nobody states, one target may be the only language.
        is_less_enough = most > 1 and (not sources or Unsettled.ONE_BOOTH in size.unsettled)
        return _Demand(size.fewest, least_booths=most - 1 if is_less_enough else size.booths, most_booths=most)

    whole = of_one_team(request.session_ids)
    if request.service is InterpretationService.SIGN:
        # Pairs of languages count where they are spoken, as they do in a roster.
        held = [frozenset({id_}) for id_ in request.session_ids or schedule.floors if id_ in schedule.floors]
        most = max((of_one_team(alone).fewest or 0 for alone in held), default=whole.fewest)
        whole = whole._replace(fewest=most or None)
    parallel = [
        of_one_team(alone)
        for alone in map(frozenset, zip(schedule.parallel(request.session_ids), strict=True))
        if to_be_interpreted(source_languages or schedule.floor(alone), target_languages)
    ]
    if len(parallel) <= 1:
        return whole
    return whole._replace(
        fewest=max(whole.fewest or 0, sum(team.fewest or 0 for team in parallel)) or None,
        least_booths=max(whole.least_booths, sum(team.least_booths for team in parallel)),
        most_booths=max(whole.most_booths, sum(team.most_booths for team in parallel)),
    )


def event_languages_are_specific(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """The floor languages of an event and its sessions, and those that its calls offer, are particular languages."""
    event = dossier.event
    yield from _unspecific(event.floor_languages, "event", "floorLanguages")
    for index, call in enumerate(event.calls):
        yield from _unspecific(call.languages, "event", "calls", index, "languages")
    for index, session in enumerate(event.sessions):
        yield from _unspecific(session.floor_languages, "event", "sessions", index, "floorLanguages")


@rule_for(Registration)
def listening_languages_are_specific(_context: Context, registration: Registration) -> Iterator[Finding]:
    """People listen in particular languages."""
    if registration.state.is_active:
        yield from _unspecific(registration.listening_languages, "listeningLanguages")


@rule_for(InterpretationRequest)
def interpreted_languages_are_specific(_context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """Interpreters work from and into particular languages; sets have no order, so the finding is at the whole set."""
    if request.state.is_open:
        for key, tags in (("sourceLanguages", request.source_languages), ("targetLanguages", request.target_languages)):
            if any(map(is_unspecific, tags)):
                yield finding(Code.LANGUAGE_UNSPECIFIC, pointer(key))


def _unspecific(tags: Iterable[str], *path: str | int) -> Iterator[Finding]:
    for index, tag in enumerate(tags):
        if is_unspecific(tag):
            yield finding(Code.LANGUAGE_UNSPECIFIC, pointer(*path, index))
