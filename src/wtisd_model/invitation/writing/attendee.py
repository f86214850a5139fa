"""The ATTENDEE and the ORGANIZER of a message."""

from functools import lru_cache
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding
from wtisd_model.ical.content_line import Parameter, address, line, parameter
from wtisd_model.invitation.person import Person
from wtisd_model.model.event import Event
from wtisd_model.model.reply import ParticipationStatus


def attendee(person: Person, *parameters: Parameter) -> bytes:
    """Write the ATTENDEE of a person with *parameters* such as `standing` gives, and the name behind them."""
    name = () if person.name is None else (parameter("CN", person.name),)
    return line("ATTENDEE", address(person.email), *parameters, *name)


ASKED: Final = parameter("RSVP", "TRUE")
"""An answer is awaited (RFC 5545 section 3.2.17)."""


@lru_cache(maxsize=512)
def standing(status: ParticipationStatus, language: str | None = None) -> Parameter:
    """Write what stands beside the name of a person who is invited: one individual, whose presence is asked for.

    Args:
        status: what the person has answered (PARTSTAT).
        language: the language that the person reads.

    Source: RFC 5545 sections 3.2.3, 3.2.10, 3.2.12 and 3.2.16.
    """
    # The first two are what is meant where they are missing. Some calendar programs look for them all the same.
    written = parameter("CUTYPE", "INDIVIDUAL") + parameter("ROLE", "REQ-PARTICIPANT")
    written += parameter("PARTSTAT", status.upper())
    return Parameter(written if language is None else written + parameter("LANGUAGE", language))


def organizer_address(event: Event) -> str | None:
    """Give the address of whoever holds *event*; None where nobody can be written to."""
    return None if event.organizer is None else event.organizer.email


def check_organizer(event: Event) -> None:
    """Refuse an event whose organizer cannot be answered: each message has exactly one ORGANIZER.

    Raises:
        MessageError: ``organizer-without-address``.

    Source: RFC 5546 section 3.2.
    """
    if organizer_address(event) is None:
        raise MessageError(finding(Code.ORGANIZER_WITHOUT_ADDRESS, "/event/organizer"))
