"""The ATTENDEE and the ORGANIZER of a message."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding
from wtisd_model.ical.property import Property
from wtisd_model.ical.serializer import content_line, encode_parameters
from wtisd_model.ical.values import encode_cal_address
from wtisd_model.invitation.person import Person
from wtisd_model.model.event import Event
from wtisd_model.model.reply import ParticipationStatus

Parameters = Mapping[str, tuple[str, ...]]


def attendee(person: Person, *parameters: Parameters) -> Property:
    """Return the ATTENDEE of a person with *parameters* such as those of `standing`, and CN behind them."""
    every: dict[str, tuple[str, ...]] = {}
    for each in parameters:
        every |= each
    if person.name is not None:
        every["CN"] = (person.name,)
    return Property("ATTENDEE", encode_cal_address(person.email), every)


def attendee_line(person: Person, status: ParticipationStatus, language: str | None, *, asked: bool = False) -> bytes:
    """Return the content line of an ATTENDEE: a message to one of many differs in it alone."""
    parameters = _encoded(status, language, asked)
    if person.name is not None:
        parameters += encode_parameters({"CN": (person.name,)})
    return content_line("ATTENDEE", parameters, encode_cal_address(person.email))


@lru_cache(maxsize=512)
def _encoded(status: ParticipationStatus, language: str | None, asked: bool) -> str:  # noqa: FBT001 - a key
    return encode_parameters({**standing(status, language), **(ASKED if asked else {})})


ASKED: Final[Parameters] = {"RSVP": ("TRUE",)}
"""An answer is awaited (RFC 5545 section 3.2.17)."""


def standing(status: ParticipationStatus, language: str | None = None) -> Parameters:
    """Return the parameters of a person who is invited: one individual, whose presence is asked for.

    Args:
        status: what the person has answered (PARTSTAT).
        language: the language that the person reads.

    Source: RFC 5545 sections 3.2.3, 3.2.10, 3.2.12 and 3.2.16.
    """
    # The first two are what is meant where they are missing. Some calendar programs look for them all the same.
    parameters = {"CUTYPE": ("INDIVIDUAL",), "ROLE": ("REQ-PARTICIPANT",), "PARTSTAT": (status.upper(),)}
    return parameters if language is None else {**parameters, "LANGUAGE": (language,)}


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
