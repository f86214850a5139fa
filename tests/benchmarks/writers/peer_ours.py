"""wtisd_model, through its public doors; and the least that a stream of invitations could take."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from tests.benchmarks.writers.given import EVENT, STAMPED, Given
from wtisd_model import Event, ParticipationStatus, Registration, to_ical
from wtisd_model.invitation import Invitations, invite, invites
from wtisd_model.invitation.recipients import Person as Recipient
from wtisd_model.invitation.recipients import attendee_line

SECOND = timedelta(seconds=1)


def one(registration: Registration) -> bytes:
    """Write a REQUEST, alone."""
    return invite(EVENT, registration, stamped=STAMPED).ics


def many(given: Given) -> int:
    """Write a REQUEST to each of many people, and count octets."""
    return sum(len(each.ics) for each in invites(EVENT, given.registrations, stamped=STAMPED))


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
