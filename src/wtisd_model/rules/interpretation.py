"""Rules about requests for interpretation that are still to be carried out."""

from collections.abc import Iterator
from datetime import timedelta

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, RequestState
from wtisd_model.rules.context import Context
from wtisd_model.rules.submission import rule_for
from wtisd_model.rules.times import last_step_before_start, outside_window
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import TagSet, is_signed

_SPOKEN = {
    InterpretationService.CONSECUTIVE,
    InterpretationService.SIMULTANEOUS,
    InterpretationService.WHISPERED,
}


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
    from wtisd_model.data.norms import OFFICIAL_LANGUAGES, booth_language  # loaded with the first request

    sources = context.dossier.schedule.sources(request)
    others = sum(not is_signed(each) and booth_language(each) not in OFFICIAL_LANGUAGES for each in sources)
    if others:
        yield finding(Code.LANGUAGE_NOT_OFFICIAL, "/sourceLanguages", unknown=others)


@rule_for(InterpretationRequest)
def teams_are_large_enough(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """I06: a team has at least as many interpreters as its norm requires."""
    strength = _strength(context, request)
    if request.team is None or strength is None:
        return
    heads, fewest = strength
    if heads < fewest:
        yield finding(Code.TEAM_TOO_SMALL, "/team/heads", minimum=fewest, norm=request.team.norm.value)


@rule_for(InterpretationRequest)
def hours_are_bearable(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """I07: one team works three hours in a sitting, and six in a day, or three in a day of remote interpreting.

    Longer work needs more people. No norm says how many, so a team larger than the minimum passes. The limits do not
    apply to captions.
    """
    if request.service is InterpretationService.CAPTIONS or not request.state.is_open:
        return
    strength = _strength(context, request)
    if strength is not None and strength[0] > strength[1]:
        return
    from wtisd_model.data.norms import REMOTE_DAY, SITTING, SITTINGS

    work = context.dossier.schedule.work(request.session_ids)
    is_remote = request.interpreters_at is ParticipationMode.REMOTE
    spans = (
        ("sitting", work.longest_sitting, SITTING),
        ("remote-day", work.longest_day, REMOTE_DAY) if is_remote else ("day", work.longest_day, SITTINGS * SITTING),
    )
    for span, longest, most in spans:
        if longest is not None and longest > most:
            minutes, maximum = _minutes(longest), _minutes(most)
            yield finding(Code.WORK_TOO_LONG, "/sessionIds", span=span, minutes=minutes, maximum=maximum)


@rule_for(InterpretationRequest)
def deliveries_are_at_the_event(context: Context, request: InterpretationRequest) -> Iterator[Finding]:
    """Nothing is delivered before the event begins, or the first session of the request."""
    if request.state is RequestState.DELIVERED and last_step_before_start(context, request):
        yield finding(Code.DELIVERED_TOO_EARLY, pointer("history", len(request.history) - 1, "at"))


def _strength(context: Context, request: InterpretationRequest) -> tuple[int, int] | None:
    """Return the number of interpreters, and the fewest that their norm allows; None if it names no number.

    Teams that can share a booth for two languages both ways count as one, if one booth is enough by the norm.
    """
    if request.team is None or not request.state.is_open:
        return None
    from wtisd_model.rules.booths import Crew, booth_and_crew
    from wtisd_model.rules.teams import Unsettled, team_for, to_be_interpreted  # for those who have assigned teams

    schedule, norm = context.dossier.schedule, request.team.norm
    work = schedule.work(request.session_ids).longest_day
    is_remote = request.interpreters_at is ParticipationMode.REMOTE
    shared = booth_and_crew(request, schedule)
    if shared is not None:
        booth, own = shared
        listed = context.dossier.crews.get(booth, Crew())
        crew = listed.joined_by(own) if context.position is None else listed
        both = team_for(booth.languages, booth.languages, request.service, norm, work=work, remote=is_remote)
        is_enough = both.booths <= 1 or Unsettled.ONE_BOOTH in both.unsettled
        if crew.targets == booth.languages and is_enough and both.fewest is not None:
            return crew.heads, both.fewest
    sources = schedule.sources(request)
    targets = to_be_interpreted(sources, request.target_languages) or request.target_languages
    fewest = team_for(sources, targets, request.service, norm, work=work, remote=is_remote).fewest
    return None if fewest is None else (request.team.heads, fewest)


def _minutes(time: timedelta) -> int:
    return -(-time // timedelta(minutes=1))
