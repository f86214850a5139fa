"""Dossiers and what may become of them, drawn with a seeded generator: a hundred thousand pairs take minutes.

Hypothesis would take hours for as many.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from attrs import evolve

from tests.samples.small import call, place, registration
from tests.samples.whole import text
from wtisd_model import (
    Contact,
    Dossier,
    Event,
    EventStatus,
    InvalidValueError,
    LocalizedText,
    MoveError,
    Organization,
    ParticipationMode,
    Registration,
    Session,
    TimeSlot,
    VirtualLocation,
    Wait,
    local_time,
    promote,
)
from wtisd_model.model.registration import REGISTRATION_STATES

FIRST = datetime(2023, 4, 1, 8, tzinfo=UTC)
_ZONES = ("Europe/Zurich", "Africa/Cairo", "America/St_Johns")
_DAYS = ("2023-05-17", "2023-10-29", "2024-02-29")
_SESSIONS = ("s1", "s2", "s3", "s4")
_PEOPLE = tuple(f"p{number}" for number in range(1, 9))
_WORDS = ("Forum", "Assembly", "Café, with; all")


def stamp(step: int) -> datetime:
    """The moment of the messages after so many changes: no two in the same second."""
    return FIRST + timedelta(days=1, hours=step)


def drawn(random: Random) -> Dossier:
    """An event with some sessions and people, each of whom has come some way."""
    zone, day = random.choice(_ZONES), random.choice(_DAYS)
    event = Event(
        uid="e-1",
        title=_text(random),
        description=random.choice([None, _text(random)]),
        slot=_slot(day, zone, 0, 20),
        locations=(place("A"),),
        virtual_locations=(VirtualLocation(uri="https://meet.example.org/1"),),
        organizer=_office("office"),
        calls=random.choice(
            [(), (call(),), (call(needs_approval=True),), (call(waitlist=True, on_site_capacity=2, remote_capacity=2),)]
        ),
        sessions=tuple(_session(random, name, day, zone) for name in _SESSIONS if random.random() < 0.6),
        sequence=random.choice([0, 0, 3]),
        updated=random.choice([None, FIRST]),
    )
    people = [_registration(random, name) for name in _PEOPLE if random.random() < 0.7]
    return Dossier(event=event, registrations=tuple(people))


def changed(random: Random, before: Dossier, step: int) -> Dossier:
    """The dossier after some changes, none, or many."""
    after = before
    for _ in range(random.choice([0, 1, 1, 1, 2, 2, 3, 6])):
        after = changed_once(random, after, step)
    return after


def changed_once(random: Random, before: Dossier, step: int) -> Dossier:
    """The dossier after one change; what the model does not allow leaves it as it is."""
    try:
        return random.choice(_CHANGES)(random, before, stamp(step) - timedelta(minutes=1))
    except (MoveError, InvalidValueError):
        return before


def _office(name: str) -> Organization:
    return Organization(name=text(name), email=f"{name}@example.org")


def _text(random: Random) -> LocalizedText:
    words = random.choice(_WORDS)
    translations = random.choice([{}, {}, {"fr": f"{words} (fr)"}, {"fr": f"{words} (fr)", "ar": "منتدى"}])
    return LocalizedText(text=words, language="en", translations=translations)


def _slot(day: str, zone: str, first: int, last: int) -> TimeSlot:
    """So many half hours after eight o'clock, when no clock changes."""
    eight = datetime.fromisoformat(f"{day}T08:00:00")
    start, end = (eight + timedelta(minutes=30 * number) for number in (first, last))
    return TimeSlot(start=local_time(start.isoformat(), zone), end=local_time(end.isoformat(), zone))


def _part(random: Random, day: str, zone: str) -> TimeSlot:
    first = random.randrange(0, 18)
    return _slot(day, zone, first, first + random.choice([1, 2]))


def _session(random: Random, name: str, day: str, zone: str) -> Session:
    return Session(
        id=name,
        uid=_uid(random, name),
        title=_text(random),
        slot=_part(random, day, zone),
        status=random.choice([EventStatus.SCHEDULED, EventStatus.SCHEDULED, EventStatus.DRAFT]),
        locations=random.choice([(), (place("B"),)]),
    )


def _uid(random: Random, name: str) -> str | None:
    return random.choice([None, None, f"own-{name}"])


def _registration(random: Random, name: str) -> Registration:
    made = registration(
        name,
        participant=Contact(
            name=f"Participant {name}",
            email=f"{random.choice([name, name, name, 'p1'])}@example.org",
            language=random.choice([None, "en", "fr", "ar", "sw"]),
        ),
        mode=random.choice([*ParticipationMode]),
        session_ids=_choice(random),
    )
    if random.random() < 0.5:
        return _waits(random, made.approve(at=FIRST), FIRST)
    for _ in range(random.choice([0, 1, 2])):
        made = _moved(random, made, FIRST)
    return made


def _choice(random: Random) -> frozenset[str]:
    return frozenset(each for each in _SESSIONS if random.random() < 0.4)


def _waits(random: Random, one: Registration, at: datetime) -> Registration:
    """Let the person wait for seats in some of the chosen sessions."""
    waits = [Wait(session_id=each, since=at) for each in sorted(one.session_ids) if random.random() < 0.2]
    return evolve(one, waits=tuple(waits))


def _waited(_random: Random, one: Registration, at: datetime) -> Registration:
    return evolve(one, waits=tuple(evolve(each, until=each.until or at) for each in one.waits))


def _moved(random: Random, one: Registration, at: datetime) -> Registration:
    verbs = sorted({move.verb for move in REGISTRATION_STATES.moves if one.state in move.before})
    moved: Registration = getattr(one, random.choice(verbs))(at=at) if verbs else one
    return moved


def _each(change: Callable[[Random, Registration, datetime], Registration]) -> "Change":
    """Change one of the registrations."""

    def whole(random: Random, before: Dossier, at: datetime) -> Dossier:
        people = list(before.registrations)
        if people:
            index = random.randrange(len(people))
            people[index] = change(random, people[index], at)
        return evolve(before, registrations=tuple(people))

    return whole


def _event(change: Callable[[Random, Event, datetime], Event]) -> "Change":
    """Change the event."""
    return lambda random, before, at: evolve(before, event=change(random, before.event, at))


def _revised(**changes: Callable[[Random, Event], Any]) -> "Change":
    return _event(
        lambda random, event, at: event.revised(at=at, **{k: make(random, event) for k, make in changes.items()})
    )


def _sessions_changed(change: Callable[[Random, Event, Session, datetime], Session]) -> "Change":
    """Change one of the sessions."""

    def whole(random: Random, event: Event, at: datetime) -> Event:
        sessions = list(event.sessions)
        if sessions:
            index = random.randrange(len(sessions))
            sessions[index] = change(random, event, sessions[index], at)
        return event.revised(at=at, sessions=tuple(sessions))

    return _event(whole)


def _another_day(random: Random, event: Event, at: datetime) -> Event:
    day, zone = random.choice(_DAYS), random.choice(_ZONES)
    sessions = tuple(evolve(each, slot=_part(random, day, zone)) for each in event.sessions)
    return event.reschedule(_slot(day, zone, 0, 20), at=at, sessions=sessions)


def _in_the_slot_of(random: Random, event: Event) -> TimeSlot:
    assert event.slot is not None
    return _part(random, event.slot.start.date().isoformat(), event.slot.time_zone)


def _another_session(random: Random, event: Event) -> tuple[Session, ...]:
    assert event.slot is not None
    free = [name for name in _SESSIONS if all(each.id != name for each in event.sessions)]
    day, zone = event.slot.start.date().isoformat(), event.slot.time_zone
    return (*event.sessions, *(_session(random, name, day, zone) for name in free[:1]))


def _session_moved(random: Random, event: Event, session: Session, at: datetime) -> Session:
    verb = random.choice(["schedule", "reschedule", "postpone", "cancel"])
    if verb == "reschedule":
        return session.reschedule(_in_the_slot_of(random, event), at=at)
    moved: Session = getattr(session, verb)(at=at)
    return moved


def _contact(**changes: Callable[[Random], Any]) -> "Change":
    def change(random: Random, one: Registration, _at: datetime) -> Registration:
        if one.participant is None:
            return one
        return evolve(one, participant=evolve(one.participant, **{key: make(random) for key, make in changes.items()}))

    return _each(change)


def _came(random: Random, before: Dossier, _at: datetime) -> Dossier:
    free = [name for name in _PEOPLE if all(each.id != name for each in before.registrations)]
    return evolve(before, registrations=(*before.registrations, *(_registration(random, name) for name in free[:1])))


def _went(random: Random, before: Dossier, _at: datetime) -> Dossier:
    return evolve(before, registrations=tuple(each for each in before.registrations if random.random() < 0.7))


Change = Callable[[Random, Dossier, datetime], Dossier]

_CHANGES: tuple[Change, ...] = (
    _event(_another_day),
    _event(lambda _, event, at: event.postpone(at=at)),
    _event(lambda random, event, at: event.cancel(at=at) if random.random() < 0.3 else event),
    _revised(title=lambda random, _: _text(random)),
    _revised(description=lambda random, _: random.choice([None, _text(random)])),
    _revised(locations=lambda random, _: (place(random.choice("ABC")),)),
    _revised(
        virtual_locations=lambda random, _: random.choice([(), (VirtualLocation(uri="https://meet.example.org/2"),)])
    ),
    _revised(organizer=lambda random, _: _office(random.choice(["office", "office", "bureau"]))),
    _revised(sequence=lambda random, event: event.sequence + random.randrange(3)),
    _revised(sessions=_another_session),
    _revised(sessions=lambda random, event: tuple(each for each in event.sessions if random.random() < 0.7)),
    _sessions_changed(_session_moved),
    _sessions_changed(lambda random, event, each, _: evolve(each, slot=_in_the_slot_of(random, event))),
    _sessions_changed(lambda random, _, each, __: evolve(each, title=_text(random))),
    _sessions_changed(lambda random, _, each, __: evolve(each, uid=_uid(random, each.id))),
    _sessions_changed(lambda random, _, each, __: evolve(each, locations=random.choice([(), (place("C"),)]))),
    _each(_moved),
    _each(_moved),
    _each(lambda random, one, _: evolve(one, session_ids=_choice(random), waits=())),
    _each(_waits),
    _each(_waited),
    _each(lambda random, one, _: evolve(one, mode=random.choice([*ParticipationMode]))),
    _contact(language=lambda random: random.choice([None, "en", "fr", "ar"])),
    _contact(email=lambda random: f"{random.choice(_PEOPLE)}@example.org"),
    _contact(name=lambda random: f"Participant {random.randrange(9)}"),
    lambda _, before, at: promote(before, now=at),
    _came,
    _went,
)
