"""wtisd_model, through its public doors; and the least that a stream of invitations could take."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from attrs import evolve

from tests.benchmarks.writers.given import EVENT, STAMPED, Given, slot
from wtisd_model import Dossier, Event, ParticipationStatus, Registration, to_ical
from wtisd_model import invitation as inv
from wtisd_model.invitation import Invitations, invite, invites
from wtisd_model.invitation.recipients import Person as Recipient
from wtisd_model.invitation.recipients import attendee_line

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def one(registration: Registration) -> bytes:
    """Write a REQUEST, alone."""
    return invite(EVENT, registration, stamped=STAMPED).ics


def many(given: Given) -> int:
    """Write a REQUEST to each of many people, and count octets."""
    return sum(len(each.ics) for each in invites(EVENT, given.registrations, stamped=STAMPED))


def letters(event: Event, registrations: list[Registration]) -> int:
    """Write a letter to each of many people whose event has moved, and count octets of its messages."""
    before = Dossier(event=event, registrations=registrations)
    after = evolve(before, event=event.reschedule(slot() + DAY, at=STAMPED, sessions=()))
    made = inv.letters(before, after, stamped=STAMPED + SECOND)
    return sum(len(message.ics) for letter in made for message in letter.messages)


def joined(given: Given) -> int:
    """Put the line of each person between what is the same for all, and count octets: no check, no message."""
    first = invite(EVENT, given.registrations[0], stamped=STAMPED).ics
    before, line, rest = first.partition(b"ATTENDEE;")
    after = rest[rest.index(b"END:VEVENT") :]
    assert line
    same = ParticipationStatus.NEEDS_ACTION
    return sum(
        len(b"".join((before, attendee_line(Recipient(each.email, each.name), same, None, rsvp=True), after)))
        for each in given.people
    )


def held(given: Given) -> int:
    """Write a REQUEST to each of many people, each with another stamp, by an object that is kept; count octets."""
    invitations = Invitations(EVENT)
    stamps = (STAMPED + number * SECOND for number in count())
    return sum(
        len(invitations.invite(registration, stamped=stamp).ics)
        for registration, stamp in zip(given.registrations, stamps, strict=False)
    )


def choosing(programme: Event, registrations: Iterable[Registration]) -> int:
    """Write a REQUEST to each of many people who may have chosen sessions, and count octets."""
    return sum(len(message.ics) for message in invites(programme, registrations, stamped=STAMPED))


def feed(programme: Event) -> bytes:
    """Write a calendar."""
    return to_ical(programme)
