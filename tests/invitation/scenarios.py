"""Which published iTIP scenarios the tests carry out, and how ours ends: `docs/reference/itip.md` lists them all."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from tests.ical.sample import event, slot
from tests.invitation.sample import ORGANIZER, registration
from wtisd_model import invitation as inv
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.types.method import Method

Test = TypeVar("Test", bound=Callable[..., object])

OUTCOMES: dict[str, str] = {}
"""Each scenario that a test carries out: ``same`` or ``different``."""

SLOT = slot("2023-05-17T14:30:00", "2023-05-17T16:30:00")
FORUM = event(organizer=ORGANIZER, slot=SLOT)
NEXT_DAY = slot("2023-05-18T14:30:00", "2023-05-18T16:30:00")
ONE, TWO, THREE = registration(1), registration(2), registration(3)

AT = datetime(2023, 4, 14, 9, tzinfo=UTC)
LATER = datetime(2023, 4, 25, 9, tzinfo=UTC)
MOVED = FORUM.revised(at=LATER, slot=NEXT_DAY)
ACCEPTED, DECLINED = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED


def same(*scenarios: str) -> Callable[[Test], Test]:
    """Mark a test of scenarios that end here as they are published."""
    return _marked("same", scenarios)


def different(*scenarios: str) -> Callable[[Test], Test]:
    """Mark a test of scenarios that end otherwise here; the page says why."""
    return _marked("different", scenarios)


def _marked(outcome: str, scenarios: tuple[str, ...]) -> Callable[[Test], Test]:
    def mark(test: Test) -> Test:
        assert not OUTCOMES.keys() & set(scenarios)
        OUTCOMES.update(dict.fromkeys(scenarios, outcome))
        return test

    return mark


def calendar(*lines: str, method: str | None = None) -> bytes:
    """Write the calendar of somebody else's program, with one VEVENT unless *lines* begin components of their own."""
    inside = lines if lines[0].startswith("BEGIN:") else ("BEGIN:VEVENT", *lines, "END:VEVENT")
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.org//Agent//EN"]
    methods = [] if method is None else [f"METHOD:{method}"]
    return "\r\n".join([*head, *methods, *inside, "END:VCALENDAR", ""]).encode()


def about(subject: Event = FORUM, *lines: str, sequence: int = 0, day: int = 20) -> tuple[str, ...]:
    """Return the lines that each message about an event has, stamped on a *day* of April 2023."""
    stamp = f"DTSTAMP:202304{day}T081500Z"
    return f"UID:{subject.uid}", stamp, f"SEQUENCE:{sequence}", "ORGANIZER:mailto:organizer@example.org", *lines


WHEN = ("DTSTART:20230517T123000Z", "DTEND:20230517T143000Z", "SUMMARY:Forum")


def changes(
    before: Event, after: Event, people: tuple[Registration, ...], then: tuple[Registration, ...] | None = None
) -> list[Message]:
    """Return the messages that a change of an event requires, and one of its *people* if there are others *then*."""
    stamped = after.updated or before.updated
    assert stamped is not None
    old = Dossier(event=before, registrations=people)
    new = Dossier(event=after, registrations=people if then is None else then)
    return [*inv.updates(old, new, stamped=stamped)]


def kinds(messages: list[Message]) -> list[tuple[str | None, Method, Reason]]:
    """Return whom each message is for, what it does, and why."""
    return [(each.recipient, each.method, each.reason) for each in messages]


def line(message: Message, name: str) -> str:
    """Return the only line of a property in a message."""
    (found,) = [each for each in message.ics.decode().replace("\r\n ", "").split("\r\n") if each.startswith(name)]
    return found


def withdrawn(person: Registration) -> Registration:
    return person.withdraw(at=person.submitted_at)
