"""What comes back to the calls of an event: registrations, requests for interpretation and pledges; and dossiers."""

from decimal import Decimal
from itertools import pairwise
from typing import TypeVar, cast

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import (
    REQUEST_STATES,
    InterpretationRequest,
    InterpretationService,
    RequestState,
    Team,
)
from wtisd_model.model.pledge import (
    PLEDGE_STATES,
    CountryShare,
    Pledge,
    PledgeKind,
    PledgeScope,
    PledgeState,
    Report,
    Target,
)
from wtisd_model.model.registration import REGISTRATION_STATES, Registration, RegistrationState
from wtisd_model.model.reply import ParticipationStatus, Reply, reply_order
from wtisd_model.schema.constraints import DecimalNumber
from wtisd_model.schema.fields import constraint_of
from wtisd_model.strategies.combinators import COIN, collections, maybe
from wtisd_model.strategies.times import days, moments
from wtisd_model.strategies.events import events
from wtisd_model.strategies.patterns import language_tags
from wtisd_model.strategies.histories import histories, states
from wtisd_model.strategies.fields import FEW, draw_object, register, objects, values_of
from wtisd_model.strategies.parts import contacts, countries, money, organizations
from wtisd_model.types.language import is_signed, language_fallbacks


def _about(draw: st.DrawFn, event: Event | None) -> dict[str, object]:
    """Settle what refers to the event: its uid, and ids of some of its sessions."""
    if event is None:
        return {}
    ids = sorted(session.id for session in event.sessions)
    chosen = draw(collections(st.sampled_from(ids), frozenset, most=FEW)) if ids else frozenset[str]()
    return {"event_uid": event.uid, "session_ids": chosen}


@st.composite
def registrations(
    draw: st.DrawFn, *, event: Event | None = None, state: RegistrationState | None = None
) -> Registration:
    """Draw registrations, each state as often as another; some are purged.

    They are for one *event*, whose sessions and modes they choose and whose floor languages they often understand, and
    in one *state*, if that is said.
    """
    state = draw(st.sampled_from(states(REGISTRATION_STATES))) if state is None else state
    purged_at = draw(moments()) if draw(_RARELY) else None
    submitted_at = draw(moments())
    history = draw(histories(table=REGISTRATION_STATES, state=state, since=submitted_at, personal=purged_at is None))
    fixed = _about(draw, event)
    if purged_at is not None:
        fixed |= {"organization": None, "needs": frozenset(), "submitted_by": None}
    answers = _answers(draw, event, personal=purged_at is None)
    said = [answer.status for answer in answers if answer.session_id is None]
    if said:
        fixed["participation_status"] = draw(st.sampled_from((said[-1], ParticipationStatus.NEEDS_ACTION)))
    if event is not None and event.attendance_mode is not None:
        fixed["mode"] = draw(st.sampled_from(sorted(event.attendance_mode.modes)))
    if event is not None and draw(COIN):
        fixed["listening_languages"] = tuple(draw(st.lists(_nearby(event), max_size=FEW, unique=True)))
    return draw_object(
        draw,
        Registration,
        participant=draw(contacts(whole=True)) if purged_at is None else None,
        submitted_at=submitted_at,
        state=state,
        waitlisted_at=history[-1].at if state is RegistrationState.WAITLISTED else None,
        checked_in_at=history[-1].at if state is RegistrationState.ATTENDED else None,
        purged_at=purged_at,
        history=history,
        replies=answers,
        **fixed,
    )


_RARELY = st.sampled_from((False,) * 9 + (True,))


def replies() -> SearchStrategy[Reply]:
    """Draw answers to invitations, each by itself; those of one person are in their order in `registrations`."""
    return objects(Reply)


def _answers(draw: st.DrawFn, event: Event | None, *, personal: bool) -> tuple[Reply, ...]:
    about: dict[str, object] = {} if personal else {"comment": None}
    if event is not None:
        ids = (None, *sorted(session.id for session in event.sessions))
        about["session_id"] = draw(st.sampled_from(ids))
    drawn = [draw_object(draw, Reply, **about) for _ in range(draw(_ANSWERS))]
    return tuple(sorted(drawn, key=reply_order))


_ANSWERS = st.sampled_from((0, 0, 0, 1, 2))


@st.composite
def interpretation_requests(
    draw: st.DrawFn, *, event: Event | None = None, state: RequestState | None = None
) -> InterpretationRequest:
    """Draw requests for interpretation, each state as often as another, in every service.

    They are for one *event*, some of its sessions and often its floor languages, and in one *state*, if that is said.
    """
    state = draw(st.sampled_from(states(REQUEST_STATES))) if state is None else state
    submitted_at = draw(moments())
    history = draw(histories(table=REQUEST_STATES, state=state, since=submitted_at))
    service = draw(st.sampled_from(InterpretationService))
    source_languages, target_languages = _languages(draw, service, event)
    return draw_object(
        draw,
        InterpretationRequest,
        service=service,
        source_languages=source_languages,
        target_languages=target_languages,
        submitted_at=submitted_at,
        state=state,
        team=draw(teams()) if state in {RequestState.ASSIGNED, RequestState.DELIVERED} else None,
        history=tuple(
            evolve(step, note=draw(_NOTES)) if step.after == RequestState.DECLINED else step for step in history
        ),
        **_about(draw, event),
    )


_NOTES = values_of(constraint_of(InterpretationRequest, "note"))


def _nearby(event: Event) -> SearchStrategy[str]:
    """Draw languages that are spoken at an event, in more or in fewer words, or that many people listen in."""
    spoken = (*event.floor_languages, *(tag for session in event.sessions for tag in session.floor_languages))
    return st.sampled_from(
        sorted({"en", "fr", "fr-CH", "ase", *(each for tag in spoken for each in language_fallbacks(tag))})
    )


def _languages(
    draw: st.DrawFn, service: InterpretationService, event: Event | None
) -> tuple[frozenset[str], frozenset[str]]:
    """Draw what is interpreted from and into, as the service asks for."""
    tags = _nearby(event) if event is not None and draw(COIN) else language_tags()
    source: frozenset[str] = draw(collections(tags, frozenset, most=FEW))
    if service is InterpretationService.CAPTIONS:
        return source, frozenset({draw(tags.filter(lambda tag: not is_signed(tag)))})
    target: frozenset[str] = draw(collections(tags, frozenset, least=1, most=FEW))
    if service is InterpretationService.SIGN:
        signed = {draw(language_tags(signed=True))}
        source, target = (source | signed, target) if draw(COIN) else (source, target | signed)
    return source - target, target


def teams() -> SearchStrategy[Team]:
    """Draw teams of interpreters."""
    return objects(Team)


def country_shares() -> SearchStrategy[CountryShare]:
    """Draw countries of pledges, each by itself; those of one pledge add up in `pledges`."""
    return objects(CountryShare)


def targets() -> SearchStrategy[Target]:
    """Draw what pledges are to reach."""
    return objects(Target)


def reports() -> SearchStrategy[Report]:
    """Draw what was done about pledges."""
    return objects(Report)


@st.composite
def pledges(draw: st.DrawFn, *, event: Event | None = None, state: PledgeState | None = None) -> Pledge:
    """Draw pledges, each state as often as another; shares of countries add up, targets and reports lie in the period.

    They were made for one *event* and are in one *state*, if that is said.
    """
    state = draw(st.sampled_from(states(PLEDGE_STATES))) if state is None else state
    kind = draw(st.sampled_from(PledgeKind))
    scope = draw(st.sampled_from(PledgeScope))
    submitted_at = draw(moments())
    pledger = draw(organizations())
    partners = draw(_PARTNERS)
    dates = sorted(draw(_DATES))
    return draw_object(
        draw,
        Pledge,
        pledger=pledger,
        partners=tuple(each for each in partners if (each.name, each.unit) != (pledger.name, pledger.unit)),
        kind=kind,
        pledged=draw(_AMOUNTS) if kind is PledgeKind.FINANCIAL else maybe(draw, _AMOUNTS),
        start=dates[0] if draw(COIN) else None,
        end=dates[-1] if draw(COIN) else None,
        scope=scope,
        countries=_countries(draw, least=int(scope is PledgeScope.COUNTRIES)),
        targets=tuple(
            draw_object(draw, Target, due=maybe(draw, st.sampled_from(dates))) for _ in range(draw(st.integers(0, 2)))
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


_AMOUNTS = money(positive=True)
_PARTNERS = collections(organizations(), tuple, most=2)
_DATES = collections(days(), tuple, least=1, most=4)
_CODES = countries()


def _countries(draw: st.DrawFn, least: int) -> tuple[CountryShare, ...]:
    """Draw countries, each once; all have a share or none has, and the shares make 100."""
    codes = draw(collections(_CODES, tuple, least=least, most=FEW, unique=True))
    if not codes or draw(COIN):
        return tuple(CountryShare(country=code) for code in codes)
    constraint = cast("DecimalNumber", constraint_of(CountryShare, "share"))
    whole = constraint.maximum * 10**constraint.places
    cuts = [0, *sorted(draw(st.lists(_cuts(whole), min_size=len(codes) - 1, max_size=len(codes) - 1))), whole]
    return tuple(
        CountryShare(country=code, share=Decimal(after - before).scaleb(-constraint.places))
        for code, (before, after) in zip(codes, pairwise(cuts), strict=True)
    )


def _cuts(whole: int) -> SearchStrategy[int]:
    return st.one_of(st.integers(0, 100).map(lambda percent: percent * whole // 100), st.integers(0, whole))


@st.composite
def dossiers(
    draw: st.DrawFn, *, event: Event | None = None, most_registrations: int = FEW, most_others: int = 2
) -> Dossier:
    """Draw dossiers in which all objects are about its event, and no id comes twice.

    They are about one *event*, if that is said, and have at most so many registrations, and so many others of a kind.
    Seats, windows, persons and rooms are as they come: rules about those are for `wtisd_model.check`.
    """
    event = draw(events()) if event is None else event
    return Dossier(
        event=event,
        registrations=_several(draw, registrations(event=event), most_registrations),
        interpretation_requests=_several(draw, interpretation_requests(event=event), most_others),
        pledges=_several(draw, pledges(event=event), most_others),
    )


_IDENTIFIERS = values_of(constraint_of(Registration, "id"))

Called = TypeVar("Called", Registration, InterpretationRequest, Pledge)


def _several(draw: st.DrawFn, answers: SearchStrategy[Called], most: int) -> tuple[Called, ...]:
    ids = draw(collections(_IDENTIFIERS, tuple, most=most, unique=True))
    return tuple(evolve(draw(answers), id=each) for each in ids)


register(Registration, registrations)
register(InterpretationRequest, interpretation_requests)
register(Pledge, pledges)
register(Dossier, dossiers)
