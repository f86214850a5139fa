"""Registrations with their replies, requests for interpretation, pledges, and dossiers."""

from decimal import Decimal
from itertools import pairwise
from typing import cast

from attrs import evolve
from hypothesis import strategies as st

from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import (
    REQUEST_STATES,
    InterpretationRequest,
    InterpretationService,
    RequestState,
    Team,
)
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.pledge_parts import (
    PLEDGE_STATES,
    CountryShare,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Report,
    Target,
)
from wtisd_model.model.registration import REGISTRATION_STATES, Entry, Registration, RegistrationState, Wait
from wtisd_model.model.reply import ParticipationStatus, Reply, last_own_reply, reply_order
from wtisd_model.schema.constraints import DecimalNumber
from wtisd_model.schema.fields import constraint_of
from wtisd_model.schema.json_values import JsonObject
from wtisd_model.strategies.combinators import COIN, ONE_IN_TEN, collections_of, draw_optional
from wtisd_model.strategies.events import events, with_answers
from wtisd_model.strategies.fields import FEW, draw_object, objects, register, values_of
from wtisd_model.strategies.parts import (
    IDS,
    contacts,
    countries,
    histories,
    money,
    organizations,
    states,
    with_unique_ids,
)
from wtisd_model.strategies.strings import languages
from wtisd_model.strategies.times import days, moments
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import is_signed, language_fallbacks


def _draw_references(
    draw: st.DrawFn, event: Event | None, modes: frozenset[ParticipationMode] = frozenset()
) -> dict[str, object]:
    """Draw the fields that refer to an event: its uid, and ids of some of its sessions that offer *modes*."""
    if event is None:
        return {}
    attendance = {session.id: event.mode_of(session) for session in event.sessions}
    ids = sorted(id_ for id_, mode in attendance.items() if mode is None or modes <= mode.modes)
    chosen = draw(collections_of(st.sampled_from(ids), frozenset, max_size=FEW)) if ids else frozenset[str]()
    return {"event_uid": event.uid, "session_ids": chosen}


@st.composite
def registrations(
    draw: st.DrawFn, *, event: Event | None = None, state: RegistrationState | None = None
) -> Registration:
    """Generate registrations in all states equally often; one in ten is purged, so that its participant is None.

    Args:
        event: the event of all registrations; they choose among its modes, among the sessions that offer theirs, and
            often among its floor languages. Moments do not depend on it, so `check` may have findings about them.
        state: the state of all registrations.
    """
    state = draw(st.sampled_from(states(REGISTRATION_STATES))) if state is None else state
    submitted_at = draw(moments())
    history = draw(histories(table=REGISTRATION_STATES, state=state, since=submitted_at))
    offered = None if event is None else event.attendance_mode
    mode = draw(st.sampled_from(sorted(ParticipationMode if offered is None else offered.modes)))
    fixed = _draw_references(draw, event, frozenset({mode}))
    drawn = _draw_replies(draw, event)
    last = last_own_reply(drawn, None)
    if last is not None:
        fixed["participation_status"] = draw(st.sampled_from((last.status, ParticipationStatus.NEEDS_ACTION)))
    if event is not None and draw(COIN):
        fixed["listening_languages"] = tuple(draw(st.lists(_related_languages(event), max_size=FEW, unique=True)))
    if "session_ids" not in fixed:
        fixed["session_ids"] = draw(collections_of(IDS, frozenset, max_size=FEW))
    registration = draw_object(
        draw,
        Registration,
        answers=JsonObject(),
        mode=mode,
        participant=draw(contacts(whole=True)),
        submitted_at=submitted_at,
        state=state,
        waitlisted_at=history[-1].at if state is RegistrationState.WAITLISTED else None,
        checked_in_at=history[-1].at if state is RegistrationState.ATTENDED else None,
        purged_at=None,
        history=history,
        replies=drawn,
        entries=_draw_entries(draw, event),
        waits=_draw_waits(draw, cast("frozenset[str]", fixed["session_ids"]), state),
        **fixed,
    )
    registration = with_answers(draw, registration, event, CallKind.REGISTRATION)
    return registration.purged(at=draw(moments()), event=event) if draw(ONE_IN_TEN) else registration


def replies() -> st.SearchStrategy[Reply]:
    """Generate replies to invitations, one at a time; `registrations` have sorted lists of them."""
    return objects(Reply)


def _draw_replies(draw: st.DrawFn, event: Event | None) -> tuple[Reply, ...]:
    fixed: dict[str, object] = {}
    if event is not None:
        ids = (None, *sorted(session.id for session in event.sessions))
        fixed["session_id"] = draw(st.sampled_from(ids))
    drawn = [draw_object(draw, Reply, **fixed) for _ in range(draw(_NUMBER_OF_REPLIES))]
    return tuple(sorted(drawn, key=reply_order))


_NUMBER_OF_REPLIES = st.sampled_from((0, 0, 0, 1, 2))


@st.composite
def waits(draw: st.DrawFn) -> Wait:
    """Generate waits for a seat in a session, open and ended, one at a time; `registrations` have those that fit."""
    since, until = sorted(draw(_TWO_MOMENTS))
    return draw_object(draw, Wait, since=since, until=until if draw(COIN) else None)


_TWO_MOMENTS = collections_of(moments(), tuple, min_size=2, max_size=2)


def _draw_waits(draw: st.DrawFn, chosen: frozenset[str], state: RegistrationState) -> tuple[Wait, ...]:
    """Draw waits for some of the *chosen* sessions, which only those who may still come have not ended."""
    may_wait = state in {RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.ATTENDED}
    drawn = [evolve(draw(waits()), session_id=id_) for id_ in sorted(chosen) if draw(COIN)]
    return tuple(wait if may_wait else evolve(wait, until=wait.until or wait.since) for wait in drawn)


def entries() -> st.SearchStrategy[Entry]:
    """Generate entries of calendars, one at a time; `registrations` have those of their event, each at most once."""
    return objects(Entry)


def _draw_entries(draw: st.DrawFn, event: Event | None) -> tuple[Entry, ...]:
    uids = [] if event is None else sorted({event.uid, *(session.export_uid(event.uid) for session in event.sessions)})
    drawn = st.sampled_from(uids) if uids else values_of(constraint_of(Entry, "uid"))
    chosen = draw(collections_of(drawn, tuple, max_size=FEW, unique=True)) if draw(COIN) else ()
    return tuple(evolve(draw(entries()), uid=uid) for uid in chosen)


@st.composite
def interpretation_requests(
    draw: st.DrawFn, *, event: Event | None = None, state: RequestState | None = None
) -> InterpretationRequest:
    """Generate requests for interpretation in all states equally often, for every service, some of them purged.

    Args:
        event: the event of all requests; they choose among its sessions, and often among its floor languages.
        state: the state of all requests.
    """
    state = draw(st.sampled_from(states(REQUEST_STATES))) if state is None else state
    submitted_at = draw(moments())
    history = draw(histories(table=REQUEST_STATES, state=state, since=submitted_at))
    service = draw(st.sampled_from(InterpretationService))
    source_languages, target_languages = _languages(draw, service, event)
    request = draw_object(
        draw,
        InterpretationRequest,
        answers=JsonObject(),
        service=service,
        source_languages=source_languages,
        target_languages=target_languages,
        submitted_at=submitted_at,
        state=state,
        team=draw(teams()) if state in {RequestState.ASSIGNED, RequestState.DELIVERED} else None,
        requester=draw(contacts()),
        purged_at=None,
        history=tuple(
            evolve(step, note=draw(_NOTES)) if step.after == RequestState.DECLINED else step for step in history
        ),
        **_draw_references(draw, event),
    )
    request = with_answers(draw, request, event, CallKind.INTERPRETATION)
    return request.purged(at=draw(moments()), event=event) if draw(ONE_IN_TEN) else request


_NOTES = values_of(constraint_of(InterpretationRequest, "note"))


def _related_languages(event: Event) -> st.SearchStrategy[str]:
    """Generate the floor languages of an event, shorter forms of their tags, and a few common languages."""
    spoken = (*event.floor_languages, *(tag for session in event.sessions for tag in session.floor_languages))
    return st.sampled_from(
        sorted({"en", "fr", "fr-CH", "ase", *(shorter for tag in spoken for shorter in language_fallbacks(tag))})
    )


def _languages(
    draw: st.DrawFn, service: InterpretationService, event: Event | None
) -> tuple[frozenset[str], frozenset[str]]:
    """Draw source and target languages that suit the service."""
    tags = _related_languages(event) if event is not None and draw(COIN) else languages()
    source: frozenset[str] = draw(collections_of(tags, frozenset, max_size=FEW))
    if service is InterpretationService.CAPTIONS:
        spoken = sorted(tag for tag in source if not is_signed(tag))
        # Captions in the language of the floor are what most people ask for.
        tags = st.sampled_from(spoken) if draw(COIN) and spoken else tags.filter(lambda tag: not is_signed(tag))
        return source, frozenset({draw(tags)})
    target: frozenset[str] = draw(collections_of(tags, frozenset, min_size=1, max_size=FEW))
    if service is InterpretationService.SIGN:
        signed = {draw(languages(signed=True))}
        source, target = (source | signed, target) if draw(COIN) else (source, target | signed)
    return source - target, target


def teams() -> st.SearchStrategy[Team]:
    """Generate teams of interpreters."""
    return objects(Team)


def country_shares() -> st.SearchStrategy[CountryShare]:
    """Generate countries of pledges, one at a time; in `pledges` their shares add up."""
    return objects(CountryShare)


def targets() -> st.SearchStrategy[Target]:
    """Generate targets of pledges."""
    return objects(Target)


def reports() -> st.SearchStrategy[Report]:
    """Generate reports on pledges."""
    return objects(Report)


@st.composite
def pledges(draw: st.DrawFn, *, event: Event | None = None, state: PledgeState | None = None) -> Pledge:
    """Generate pledges in all states equally often, with consistent shares, targets and reports.

    Args:
        event: the event that all pledges were made for.
        state: the state of all pledges.
    """
    state = draw(st.sampled_from(states(PLEDGE_STATES))) if state is None else state
    kind = draw(st.sampled_from(PledgeKind))
    scope = draw(st.sampled_from(PledgeScope))
    submitted_at = draw(moments())
    pledger = draw(organizations())
    partners = draw(_PARTNERS)
    dates = sorted(draw(_DATES))
    pledge = draw_object(
        draw,
        Pledge,
        answers=JsonObject(),
        pledger=pledger,
        partners=tuple(partner for partner in partners if (partner.name, partner.unit) != (pledger.name, pledger.unit)),
        kind=kind,
        pledged=draw(_AMOUNTS) if kind is PledgeKind.FINANCIAL else draw_optional(draw, _AMOUNTS),
        start=dates[0] if draw(COIN) else None,
        end=dates[-1] if draw(COIN) else None,
        scope=scope,
        countries=_countries(draw, min_size=int(scope is PledgeScope.COUNTRIES)),
        targets=tuple(
            draw_object(draw, Target, due=draw_optional(draw, st.sampled_from(dates)))
            for _ in range(draw(st.integers(0, 2)))
        ),
        submitted_at=submitted_at,
        state=state,
        history=draw(histories(table=PLEDGE_STATES, state=state, since=submitted_at)),
        reports=tuple(
            draw_object(draw, Report, on=draw(st.sampled_from(dates)))
            for _ in range(draw(st.integers(int(state is PledgeState.COMPLETED), 2)))
        ),
        **({} if event is None else {"event_uid": event.uid}),
    )
    return with_answers(draw, pledge, event, CallKind.PLEDGE)


_AMOUNTS = money(positive=True)
_PARTNERS = collections_of(organizations(), tuple, max_size=2)
_DATES = collections_of(days(), tuple, min_size=1, max_size=4)
_CODES = countries()


def _countries(draw: st.DrawFn, min_size: int) -> tuple[CountryShare, ...]:
    """Draw countries, each at most once; either none or all have a share, and the shares add up to 100."""
    codes = draw(collections_of(_CODES, tuple, min_size=min_size, max_size=FEW, unique=True))
    if not codes or draw(COIN):
        return tuple(CountryShare(country=code) for code in codes)
    constraint = cast("DecimalNumber", constraint_of(CountryShare, "share"))
    whole = constraint.maximum * 10**constraint.places
    percentages = st.integers(0, 100).map(lambda percent: percent * whole // 100)
    cut = st.one_of(percentages, st.integers(0, whole))
    cuts = [0, *sorted(draw(cut) for _ in codes[1:]), whole]
    return tuple(
        CountryShare(country=code, share=Decimal(after - before).scaleb(-constraint.places))
        for code, (before, after) in zip(codes, pairwise(cuts), strict=True)
    )


@st.composite
def dossiers(
    draw: st.DrawFn, *, event: Event | None = None, most_registrations: int = FEW, most_others: int = 2
) -> Dossier:
    """Generate dossiers in which all objects are about the event, and ids are unique.

    Other rules, about seats, deadlines, persons and rooms, may be broken: `wtisd_model.check` finds that.

    Args:
        event: the event of all dossiers.
        most_registrations: the maximum number of registrations.
        most_others: the maximum number of requests, and of pledges.
    """
    event = draw(events()) if event is None else event
    return Dossier(
        event=event,
        registrations=with_unique_ids(draw, registrations(event=event), most_registrations),
        interpretation_requests=with_unique_ids(draw, interpretation_requests(event=event), most_others),
        pledges=with_unique_ids(draw, pledges(event=event), most_others),
    )


register(Registration, registrations)
register(Wait, waits)
register(Entry, entries)
register(InterpretationRequest, interpretation_requests)
register(Pledge, pledges)
register(Dossier, dossiers)
