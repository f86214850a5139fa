"""A roster made by hand, for tests of what follows from it: two sittings, relay, retour, captions, and what is missing."""

from datetime import timedelta
from typing import Any

from tests.samples.small import NOW, SUBMITTED, dossier, event, hours, place, registration, session, slot
from tests.samples.whole import contact
from wtisd_model import (
    Assignment,
    AssignmentState,
    Booth,
    BoothTeam,
    Contact,
    Dossier,
    InterpretationRequest,
    Interpreter,
    Money,
    Registration,
    Roster,
    Skill,
    Terms,
)

TERMS = Terms(name="Ours", booths=[BoothTeam(language="ar", heads=2, both_ways=True)], fewest=1)


def interpreter(number: int, *skills: Skill, **changes: Any) -> Interpreter:
    return Interpreter(
        **{
            "id": f"p-{number}",
            "contact": Contact(name=f"Interpreter {number}", email=f"interpreter{number}@example.org"),
            "languages": skills,
            **changes,
        }
    )


def a(language: str) -> Skill:
    return Skill(language=language, level="A")


def c(language: str, *into: str) -> Skill:
    """Return a language that they work from, into their A languages and into others by retour."""
    return Skill(language=language, level="C", into=into)


def assigned(
    number: int, language: str, session_id: str | None, state: str = "offered", **changes: Any
) -> Assignment:
    """Return an assignment of an interpreter, which has come to a state by its verbs."""
    offer = Assignment(
        **{
            "id": f"a-{number}-{session_id}",
            "interpreter_id": f"p-{number}",
            "event_uid": "e-1",
            "session_id": session_id,
            "language": language,
            **changes,
        }
    )
    at = NOW - timedelta(days=1)
    match AssignmentState(state):
        case AssignmentState.ACCEPTED:
            return offer.accept(at=at)
        case AssignmentState.DECLINED:
            return offer.decline(at=at)
        case AssignmentState.DELIVERED:
            return offer.accept(at=at).deliver(at=at)
        case _:
            return offer


def asked(name: str, *targets: str, **changes: Any) -> InterpretationRequest:
    return InterpretationRequest(
        **{
            "id": name,
            "event_uid": "e-1",
            "requester": contact(),
            "service": "simultaneous",
            "target_languages": targets,
            "delivery": "mixed",
            "submitted_at": SUBMITTED,
            **changes,
        }
    ).approve(at=NOW)


def listener(name: str, *languages: str, **changes: Any) -> Registration:
    return registration(name, listening_languages=languages, **changes)


SESSIONS = (
    session("one", "14:00", "15:00"),
    session("two", "15:00", "16:00"),
    session("late", "18:00", "19:00", floor_languages=("en",)),
)
FORUM: Dossier = dossier(
    listener("r-1", "ar"),
    listener("r-2", "es"),
    listener("r-3", "fr"),
    of=event(
        floor_languages=("ar", "en"), sessions=SESSIONS, slot=slot("14:00", "19:00"), locations=(place("Popov"),)
    ),
    requests=(
        asked("i-1", "ar", "en", "es", "fr", session_ids={"one", "two"}),
        asked("i-2", "fr", session_ids={"late"}),
        asked("i-3", "en", service="captions", session_ids={"late"}),
    ),
)
"""Arabic and English are spoken: Spanish and French need relay, or the retour of the Arabic booth."""

ROSTER = Roster(
    terms=TERMS,
    interpreters=[
        interpreter(1, a("ar"), c("en", "fr"), c("ar", "fr") if False else c("fr")),
    ],
)
