"""A roster made by hand, for tests of what follows from it: relay, retour, captions, and people who are missing."""

from datetime import timedelta
from typing import Any

from tests.samples.small import NOW, SUBMITTED, dossier, event, hours, registration, session, slot
from tests.samples.whole import contact
from wtisd_model import (
    Assignment,
    AssignmentState,
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


def assigned(number: int, language: str, session_id: str | None, state: str = "offered", **changes: Any) -> Assignment:
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
REQUESTS = (
    asked("i-1", "ar", "en", "es", "fr", session_ids={"one", "two"}),
    asked("i-2", "fr-CH", session_ids={"late"}),
    asked("i-3", "en", service="captions", session_ids={"late"}),
    asked("i-4", "ru", service="whispered", session_ids={"late"}),
)
FORUM: Dossier = dossier(
    listener("r-1", "ar"),
    listener("r-2", "es"),
    listener("r-3", "fr"),
    listener("r-4", "ru"),
    of=event(floor_languages=("ar", "en"), sessions=SESSIONS, slot=slot("14:00", "19:00")),
    requests=REQUESTS,
)
"""Arabic and English are spoken in the first two sessions, which are one sitting."""

PEOPLE = (
    interpreter(1, Skill(language="ar", level="A", into={"fr"}), c("en")),
    interpreter(2, a("es"), c("en"), c("fr"), cost=Money(amount=500, currency="CHF")),
    interpreter(3, a("fr"), c("en"), cost=Money(amount=300, currency="CHF")),
    interpreter(4, a("en"), c("es")),
    interpreter(5, Skill(language="en", level="A", services={"captions"})),
    interpreter(6, a("ru"), c("fr"), contact=None),
)
ROSTER = Roster(
    terms=TERMS,
    interpreters=PEOPLE,
    assignments=(
        assigned(1, "ar", "one", "accepted", booth_id="Popov.ar", task="head-of-team"),
        assigned(1, "ar", "two", "accepted", booth_id="Popov.ar", task="head-of-team"),
        assigned(2, "es", "one", "delivered", booth_id="Popov.es"),
        assigned(2, "es", "two", booth_id="Popov.es"),
        assigned(3, "fr", "one", booth_id="Popov.fr"),
        assigned(3, "fr", "two", booth_id="Popov.fr"),
        assigned(3, "fr", "late", booth_id="Popov.fr", expires_at=hours(1000)),
        assigned(4, "en", "one", "declined", booth_id="Popov.en"),
        assigned(4, "en", "two", booth_id="Popov.en", task="standby"),
        assigned(5, "en", "late", service="captions", task="captions", expires_at=hours(200)),
        assigned(6, "fr", "late", booth_id="Popov.fr", task="standby", expires_at=hours(1)),
        assigned(7, "fr", "late"),
    ),
)
"""The Arabic booth speaks French too, from which Spanish is interpreted; the English booth is empty.

The seventh interpreter is not in the roster.
"""
