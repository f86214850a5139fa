"""The ATTENDEE and the ORGANIZER of a message."""

from functools import lru_cache

from wtisd_model.codes import Code
from wtisd_model.export.ical.content_line import Parameter, address, line, parameter
from wtisd_model.findings import MessageError, finding
from wtisd_model.invitation.standing import Person
from wtisd_model.model.answer import ParticipationStatus
from wtisd_model.model.event import Event


def attendee(person: Person, parameters: Parameter) -> bytes:
    """Write the ATTENDEE of a person with the *parameters* that `standing` gives, and the name behind them."""
    name = () if person.name is None else (parameter("CN", person.name),)
    return line("ATTENDEE", address(person.email), parameters, *name)


@lru_cache(maxsize=512)
def standing(status: ParticipationStatus, *, asked: bool, language: str | None) -> Parameter:
    """Write what stands beside the name of a person who is invited: one individual, whose presence is asked for.

    Args:
        status: what the person has answered (PARTSTAT).
        asked: whether an answer is awaited (RSVP).
        language: the language that the person reads.

    Source: RFC 5545 sections 3.2.3, 3.2.10, 3.2.12, 3.2.16 and 3.2.17.
    """
    parameters = [
        # Both are what is meant where they are missing. Some calendar programs look for them all the same.
        parameter("CUTYPE", "INDIVIDUAL"),
        parameter("ROLE", "REQ-PARTICIPANT"),
        parameter("PARTSTAT", status.upper()),
    ]
    if asked:
        parameters.append(parameter("RSVP", "TRUE"))
    if language is not None:
        parameters.append(parameter("LANGUAGE", language))
    return Parameter("".join(parameters))


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
