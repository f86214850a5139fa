"""A roster made by hand, for tests of what follows from it: relay, retour, captions, and people who are missing."""

from datetime import timedelta
from typing import Any

from tests.samples.rosters import asked, assignment, person
from tests.samples.small import NOW, dossier, event, hours, registration, session, slot
from wtisd_model import Assignment, AssignmentState, BoothTeam, Dossier, Money, Registration, Roster, Skill, Terms

TERMS = Terms(name="Ours", booths=[BoothTeam(language="ar", heads=2, both_ways=True)], fewest=1)


def assigned(number: int, language: str, session_id: str | None, state: str = "offered", **changes: Any) -> Assignment:
    """Return an assignment of an interpreter, which has come to a state by its verbs."""
    given: dict[str, Any] = {
        "id": f"a-{number}-{session_id}",
        "interpreter_id": f"p-{number}",
        "session_id": session_id,
    }
    offer = assignment(**{**given, "language": language, **changes})
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


def listener(name: str, *languages: str, **changes: Any) -> Registration:
    return registration(name, listening_languages=languages, **changes)


SESSIONS = (
    session("one", "14:00", "15:00"),
    session("two", "15:00", "16:00"),
    session("late", "18:00", "19:00", floor_languages=("en",)),
)
REQUESTS = (
    asked("ar", "en", "es", "fr", id_="i-1", session_ids={"one", "two"}),
    asked("fr-CH", id_="i-2", session_ids={"late"}),
    asked("en", id_="i-3", service="captions", session_ids={"late"}),
    asked("ru", id_="i-4", service="whispered", session_ids={"late"}),
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
    person("p-1", "ar:A>fr en:C"),
    person("p-2", "es:A en:C fr:C", cost=Money(amount=500, currency="CHF")),
    person("p-3", "fr:A en:C", cost=Money(amount=300, currency="CHF")),
    person("p-4", "en:A es:C"),
    person("p-5", [Skill(language="en", level="A", services={"captions"})]),
    person("p-6", "ru:A fr:C", contact=None),
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
