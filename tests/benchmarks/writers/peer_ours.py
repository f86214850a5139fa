"""wtisd_model, through its public doors; and the least that a stream of invitations could take."""

from collections.abc import Sequence

from attrs import evolve

from tests.benchmarks.writers.given import EVENT, STAMPED, Given
from wtisd_model import ParticipationStatus, Registration, Session, to_ical
from wtisd_model.invitation import invite, invites
from wtisd_model.invitation.attendees import attendee_line
from wtisd_model.invitation.recipients import Person as Recipient


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


def feed(sessions: Sequence[Session]) -> bytes:
    """Write a calendar."""
    return to_ical(evolve(EVENT, sessions=tuple(sessions)))
