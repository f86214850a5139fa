"""Hypothesis strategies for dossiers with so few languages that people are served through every channel."""

from typing import TypeVar

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.samples.small import dossier, event, hours, registration, request, session
from wtisd_model import (
    AttendanceMode,
    Contact,
    Dossier,
    Event,
    EventStatus,
    InterpretationRequest,
    InterpretationService,
    Need,
    Norm,
    ParticipationMode,
    Registration,
    Session,
    SessionKind,
    Team,
    Wait,
)
from wtisd_model.types.language import is_signed

SPOKEN = ("en", "fr", "fr-CH", "es")
SIGNED = ("ase", "ils")
TAGS = (*SPOKEN, *SIGNED)
IDS = ("s0", "s1", "s2")

Held = TypeVar("Held", Event, Session)


def _sets(*words: str) -> SearchStrategy[frozenset[str]]:
    return st.sampled_from([frozenset(each.split()) for each in words])


_CHOSEN = st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from((*IDS, "gone")), max_size=2))
_LISTENING = st.lists(st.sampled_from(("fr", "fr", *TAGS)), min_size=1, max_size=2, unique=True).map(tuple)
_FLOOR = st.sampled_from((("es",), ("es",), ("en",), ("es",), ("en-GB",), ("en", "es"), ("ase",), ()))
# Often such that there are chains from es by en to fr.
_SOURCES = st.one_of(_sets("es", "en", "en", ""), st.frozensets(st.sampled_from(TAGS), max_size=2))
_TARGETS = st.one_of(_sets("en", "fr", "fr"), st.frozensets(st.sampled_from(TAGS), min_size=1, max_size=2))
_EVENTS = st.sampled_from((*["e-1"] * 19, "e-2"))
_KINDS = st.sampled_from((*[None] * 7, SessionKind.PANEL, SessionKind.BREAK, SessionKind.SOCIAL))
_FATES = st.sampled_from((*[""] * 9, "postpone", "cancel", "draft"))
_MODES = st.sampled_from((ParticipationMode.ON_SITE, ParticipationMode.ON_SITE, ParticipationMode.REMOTE))
_DELIVERIES = st.sampled_from((AttendanceMode.ON_SITE, *AttendanceMode))
_PLACES = st.sampled_from((None, *ParticipationMode))
_INHERITED = st.sampled_from((*[None] * 4, *ParticipationMode))
_NEEDS: SearchStrategy[frozenset[Need]] = st.sampled_from(
    (*[frozenset[Need]()] * 6, frozenset({Need.CAPTIONS}), frozenset({Need.SIGN_LANGUAGE}), frozenset(Need))
)
# Which verbs lead there; those who are served, or serve, more often than others.
_REGISTERED = st.sampled_from(
    (*["approve"] * 5, "approve check_in", "", "approve mark_no_show", "waitlist", "reject", "withdraw")
)
_REQUESTED = st.sampled_from(
    (*["approve"] * 5, "approve assign", "approve assign deliver", "approve assign release", "", "decline", "withdraw")
)
_TEAM = Team(booths=1, heads=2, norm=Norm.AIIC)


@st.composite
def _people(draw: st.DrawFn, name: str) -> Registration:
    made = registration(
        name,
        event_uid=draw(_EVENTS),
        participant=Contact(name="Participant", email=f"p{draw(st.integers(1, 8))}@example.org"),
        submitted_at=hours(draw(st.integers(0, 3))),
        mode=draw(_MODES),
        session_ids=draw(_CHOSEN),
        listening_languages=draw(_LISTENING) if draw(st.integers(0, 9)) else (),
        needs=draw(_NEEDS),
    )
    waits: bool = draw(st.booleans())
    if made.session_ids and waits:
        made = evolve(made, waits=[Wait(session_id=draw(st.sampled_from(sorted(made.session_ids))), since=hours(3))])
    for verb in draw(_REGISTERED).split():
        made = getattr(made, verb)(at=hours(5))
    return made.purged(at=hours(6)) if draw(st.integers(0, 9)) == 0 else made


@st.composite
def _requests(draw: st.DrawFn, name: str) -> InterpretationRequest:
    service = draw(st.sampled_from(InterpretationService))
    source, target = draw(_SOURCES), draw(_TARGETS)
    if service is InterpretationService.CAPTIONS:
        target = frozenset({draw(st.sampled_from(SPOKEN))})
    else:
        source -= target
    if service is InterpretationService.SIGN and not any(map(is_signed, source | target)):
        target |= {"ase"}
    made = request(
        name,
        event_uid=draw(_EVENTS),
        service=service,
        source_languages=source,
        target_languages=target,
        session_ids=draw(_CHOSEN),
        delivery=draw(_DELIVERIES),
        interpreters_at=draw(_PLACES),
    )
    for verb in draw(_REQUESTED).split():
        said = {"team": _TEAM} if verb == "assign" else {"note": "No."} if verb == "decline" else {}
        made = getattr(made, verb)(at=hours(5), **said)
    return made


@st.composite
def plans(draw: st.DrawFn, *, most_people: int = 12, most_requests: int = 6) -> Dossier:
    """Draw a dossier of up to three sessions, where the same languages are often spoken, heard and interpreted."""
    sessions = tuple(
        _with_fate(
            draw, session(each, floor_languages=draw(_FLOOR), kind=draw(_KINDS), inherited_places=draw(_INHERITED))
        )
        for each in IDS
    )
    return dossier(
        *(draw(_people(f"r{number}")) for number in range(draw(st.integers(0, most_people)))),
        of=_with_fate(draw, event(sessions=sessions[: draw(st.integers(0, 3))], floor_languages=draw(_FLOOR))),
        requests=tuple(
            draw(_requests(f"i{number}")) for number in range(draw(st.integers(most_requests // 2, most_requests)))
        ),
    )


def _with_fate(draw: st.DrawFn, made: Held) -> Held:
    fate = draw(_FATES)
    if fate == "draft":
        return evolve(made, status=EventStatus.DRAFT)
    return getattr(made, fate)(at=hours(4)) if fate else made
