"""What is wrong or doubtful with a request for interpretation beside its event, and with requests beside each other."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from wtisd_model.codes import Code
from wtisd_model.data.norms import OFFICIAL_LANGUAGES, REMOTE_DAY, SITTING, SITTINGS, official_code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService, RequestState
from wtisd_model.rules.deadlines import Terms
from wtisd_model.rules.programme import Programme
from wtisd_model.rules.references import ids_are_apart, names_known_sessions, names_this_event
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import is_signed

_KEY = "interpretationRequests"

_OVER = {RequestState.DECLINED, RequestState.DELIVERED, RequestState.WITHDRAWN}
_SPOKEN = {
    InterpretationService.CONSECUTIVE,
    InterpretationService.SIMULTANEOUS,
    InterpretationService.WHISPERED,
}

Judgement = Callable[[Programme, InterpretationRequest], Iterator[Finding]]
"""What an event's programme makes of one request that is still to be carried out; paths begin at the request."""


def _sent_in_time(programme: Programme, request: InterpretationRequest) -> Iterator[Finding]:
    """I02: late is a fact, and no state; the office may approve it all the same."""
    if programme.closes_at is not None and request.submitted_at >= programme.closes_at:
        yield finding(Code.REQUEST_LATE, "/submittedAt")


def _speakers_are_understood(programme: Programme, request: InterpretationRequest) -> Iterator[Finding]:
    """I04: who speaks another than the six official languages brings an interpreter, or a text in one of them.

    Source: UN Geneva, practical tips for delegates.
    """
    if request.service not in _SPOKEN:
        return
    sources = _sources(programme, request)
    others = sum(not is_signed(each) and official_code(each) not in OFFICIAL_LANGUAGES for each in sources)
    if others:
        yield finding(Code.LANGUAGE_NOT_OFFICIAL, "/sourceLanguages", unknown=others)


def _team_is_large_enough(programme: Programme, request: InterpretationRequest) -> Iterator[Finding]:
    """I06: not fewer than the norm allows that the office sized the team by; nothing where it names no number."""
    fewest = _fewest(programme, request)
    if request.team is not None and fewest is not None and request.team.heads < fewest:
        yield finding(Code.TEAM_TOO_SMALL, "/team/heads", minimum=fewest, norm=request.team.norm.value)


def _hours_are_bearable(programme: Programme, request: InterpretationRequest) -> Iterator[Finding]:
    """I07: three hours in a sitting, six in a day and three in a day from afar; beyond that, more people are needed.

    How many more, no norm says, so that a team of more than the fewest passes. Captions are not spoken.
    """
    fewest = _fewest(programme, request)
    if request.service is InterpretationService.CAPTIONS or (
        request.team is not None and fewest is not None and request.team.heads > fewest
    ):
        return
    work = programme.work(request.session_ids)
    remote = request.delivery is ParticipationMode.REMOTE
    spans = (
        ("sitting", work.longest_sitting, SITTING),
        ("day from afar", work.longest_day, REMOTE_DAY) if remote else ("day", work.longest_day, SITTINGS * SITTING),
    )
    for span, longest, most in spans:
        if longest is not None and longest > most:
            yield finding(
                Code.WORK_TOO_LONG, "/sessionIds", span=span, minutes=_minutes(longest), maximum=_minutes(most)
            )


JUDGEMENTS: tuple[Judgement, ...] = (
    _sent_in_time,
    _speakers_are_understood,
    _team_is_large_enough,
    _hours_are_bearable,
)
"""All that can be said of one request that is still to be carried out, without looking at the others."""


def _sources(programme: Programme, request: InterpretationRequest) -> frozenset[str]:
    return request.source_languages or programme.floor(request.session_ids)


def _fewest(programme: Programme, request: InterpretationRequest) -> int | None:
    if request.team is None:
        return None
    from wtisd_model.rules.teams import team_for, to_be_interpreted  # for those who have assigned teams

    sources = _sources(programme, request)
    return team_for(
        sources,
        to_be_interpreted(sources, request.target_languages) or request.target_languages,
        request.service,
        request.team.norm,
        work=programme.work(request.session_ids).longest_day,
        remote=request.delivery is ParticipationMode.REMOTE,
    ).fewest


def _minutes(time: timedelta) -> int:
    return -(-time // timedelta(minutes=1))


def judge_request(terms: Terms, programme: Programme, request: InterpretationRequest) -> Iterator[Finding]:
    """Judge one request against the terms and the programme of its event; paths begin at the request."""
    yield from names_this_event(terms, request.event_uid)
    yield from names_known_sessions(terms, request.session_ids)
    if request.state not in _OVER:
        for judgement in JUDGEMENTS:
            yield from judgement(programme, request)


def requests_keep_terms(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """S04, I02, I04, I06, I07: each request is for this event and its sessions, and can be met (see `JUDGEMENTS`)."""
    terms, programme = Terms.of(dossier.event), Programme.of(dossier.event)
    for index, request in enumerate(dossier.interpretation_requests):
        for found in judge_request(terms, programme, request):
            yield found.prefixed(pointer(_KEY, index))


def request_ids_are_apart(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """No two requests have one id."""
    return ids_are_apart(_KEY, dossier.interpretation_requests)
