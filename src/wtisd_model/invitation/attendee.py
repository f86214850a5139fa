"""ATTENDEE: the property of an invited person, and its content line."""

from collections.abc import Mapping
from functools import lru_cache

from wtisd_model.ical.component import Property
from wtisd_model.ical.serializer import content_line, encode_parameters
from wtisd_model.ical.values import encode_cal_address
from wtisd_model.invitation.recipients import Person
from wtisd_model.model.reply import ParticipationStatus

Parameters = Mapping[str, tuple[str, ...]]


def attendee_params(
    status: ParticipationStatus, language: str | None = None, *, rsvp: bool = False, chairs: bool = False
) -> Parameters:
    """Return the parameters of an invited person: one individual, who is required to take part.

    Nobody is optional: people have registered themselves, and hold a seat.

    Args:
        status: the person's reply (PARTSTAT).
        language: the language that the person reads.
        rsvp: whether a reply is expected.
        chairs: whether the person chairs the event or session.

    Source: RFC 5545 sections 3.2.3, 3.2.10, 3.2.12, 3.2.16 and 3.2.17.
    """
    # The first two are the defaults, but some calendar programs need them.
    role = "CHAIR" if chairs else "REQ-PARTICIPANT"
    parameters = {"CUTYPE": ("INDIVIDUAL",), "ROLE": (role,), "PARTSTAT": (status.upper(),)}
    if language is not None:
        parameters["LANGUAGE"] = (language,)
    if rsvp:
        parameters["RSVP"] = ("TRUE",)
    return parameters


def attendee(person: Person, parameters: Parameters) -> Property:
    """Return the ATTENDEE of a person, with CN after the other parameters."""
    name = {} if person.name is None else {"CN": (person.name,)}
    return Property("ATTENDEE", encode_cal_address(person.email), {**parameters, **name})


def attendee_line(
    person: Person, status: ParticipationStatus, language: str | None, *, rsvp: bool = False, chairs: bool = False
) -> bytes:
    """Return the content line of an ATTENDEE, the only one in which messages to many people differ."""
    parameters = _encoded(status, language, rsvp=rsvp, chairs=chairs)
    if person.name is not None:
        parameters += encode_parameters({"CN": (person.name,)})
    return content_line("ATTENDEE", parameters, encode_cal_address(person.email))


@lru_cache(maxsize=512)
def _encoded(status: ParticipationStatus, language: str | None, *, rsvp: bool, chairs: bool) -> str:
    return encode_parameters(attendee_params(status, language, rsvp=rsvp, chairs=chairs))
