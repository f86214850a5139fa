"""What every library is given: an event, people to invite to it, and a programme of sessions. All made up."""

from datetime import UTC, datetime

from attrs import evolve, frozen

from wtisd_model import (
    Contact,
    Event,
    LocalizedText,
    Location,
    Organization,
    ParticipationMode,
    Registration,
    Session,
    TimeSlot,
    wtisd_23,
)

PROGRAMME = 40
STAMPED = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)

EVENT = evolve(
    wtisd_23(),
    description=LocalizedText(
        text="Premier paragraphe ; virgule, et « guillemets ».\n\nUn deuxième, sur une ligne et demie du fichier.",
        language="fr",
    ),
    organizer=Organization(name=LocalizedText(text="UIT", language="fr"), email="organizer@example.org"),
    virtual_locations=(),
    updated=STAMPED,
    url=None,
    contacts=(),
    calls=(),
)


@frozen(kw_only=True)
class Person:
    """Somebody to invite."""

    name: str
    email: str


@frozen(kw_only=True)
class Given:
    """What a library writes."""

    people: list[Person]
    registrations: list[Registration]
    programme: Event


def given(count: int) -> Given:
    """Make *count* people, their registrations, and an event with as many sessions."""
    people = [Person(name=f"Participant {number}", email=f"p{number}@example.org") for number in range(count)]
    return Given(
        people=people,
        registrations=[_registration(number, each) for number, each in enumerate(people)],
        programme=evolve(EVENT, sessions=tuple(_session(number) for number in range(count))),
    )


def choosing(people: Given, chosen: int) -> tuple[Event, list[Registration]]:
    """Return the event with 40 sessions, and registrations of people who chose so many of them, each others."""
    sessions = people.programme.sessions[:PROGRAMME]
    return evolve(EVENT, sessions=sessions), [
        evolve(
            registration,
            session_ids=frozenset(
                sessions[(number + place * (1 + number // PROGRAMME % 7)) % PROGRAMME].id for place in range(chosen)
            ),
        )
        for number, registration in enumerate(people.registrations)
    ]


def slot() -> TimeSlot:
    """Return the time of the event."""
    if EVENT.slot is None:
        raise LookupError("The reference event has a slot.")
    return EVENT.slot


def _registration(number: int, person: Person) -> Registration:
    return Registration(
        id=f"R-{number}",
        event_uid=EVENT.uid,
        participant=Contact(name=person.name, email=person.email),
        mode=ParticipationMode.ON_SITE,
        submitted_at=STAMPED,
    ).approve(at=STAMPED)


def _session(number: int) -> Session:
    return Session(
        id=f"s{number}",
        title=LocalizedText(text=f"Séance {number} : connecter, partager et apprendre", language="fr"),
        description=LocalizedText(text="Ce que l'on y dit, en une phrase ; puis une autre.", language="fr"),
        slot=slot(),
        locations=(
            Location(
                name=LocalizedText(text="Siège de l'UIT", language="fr"),
                room=f"Salle {number % 20}",
                locality="Genève",
                country="CH",
            ),
        ),
    )
