"""The ATTENDEE lines of a message: the person it is for, and other people."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.contentlines.serializer import content_line, encode_parameters, quoted_parameter
from wtisd_model.contentlines.values import encode_cal_address
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import finding
from wtisd_model.invitation.recipients import (
    Person,
    invited,
    is_chair,
    require_registration,
    session_refused,
    status_since,
)
from wtisd_model.model.event import Event
from wtisd_model.model.registration import ListingConsent, Registration
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import Session
from wtisd_model.types.arguments import require_iterable

MOST_OTHERS: Final = 200
"""The maximum number of other people that an invitation lists."""

_MOST_LISTS: Final = 500
"""Sessions whose lists of other people are kept, at most 200 lines each, so that memory stays flat."""


def attendee_line(
    person: Person,
    status: ParticipationStatus | None = None,
    language: str | None = None,
    *,
    rsvp: bool = False,
    chairs: bool = False,
    delegated_to: str | None = None,
    delegated_from: tuple[str, ...] = (),
) -> bytes:
    """Return the ATTENDEE of a person: one individual, who is required to take part; without a status, only the name.

    Nobody is optional: people have registered themselves, and hold a seat.

    Source: RFC 5545 sections 3.2.3, 3.2.4, 3.2.5, 3.2.10, 3.2.12, 3.2.16 and 3.2.17.
    """
    parameters = "" if status is None else _parameters(status, language, rsvp, chairs)
    if delegated_to is not None:
        parameters += encode_parameters({"DELEGATED-TO": (encode_cal_address(delegated_to),)})
    if delegated_from:
        parameters += encode_parameters({"DELEGATED-FROM": tuple(map(encode_cal_address, delegated_from))})
    email, name = person
    if name is not None:
        parameters += quoted_parameter("CN", name)
    return content_line("ATTENDEE", encode_cal_address(email), parameters)


@lru_cache(maxsize=512)
def _parameters(status: ParticipationStatus, language: str | None, rsvp: bool, chairs: bool) -> str:  # noqa: FBT001 - keywords take longer to look up
    # The first two are the defaults, but some calendar programs need them.
    parameters = {
        "CUTYPE": ("INDIVIDUAL",),
        "ROLE": ("CHAIR" if chairs else "REQ-PARTICIPANT",),
        "PARTSTAT": (status.upper(),),
    }
    if language is not None:
        parameters["LANGUAGE"] = (language,)
    if rsvp:
        parameters["RSVP"] = ("TRUE",)
    return encode_parameters(parameters)


class OtherAttendees:
    """Other people in an invitation: those who are invited to the same event or session and agreed to be listed."""

    def __init__(self, event: Event, registrations: Iterable[Registration]) -> None:
        """Select those of *registrations* who are invited to *event* and agreed.

        Raises:
            InvalidValueError: ``too-many-items``.
            TypeError: *registrations* is not an iterable of registrations.
        """
        given = list(islice(require_iterable(registrations, "others"), MOST_OTHERS + 1))
        if len(given) > MOST_OTHERS:
            raise InvalidValueError(finding(Code.TOO_MANY_ITEMS, "/others", maximum=MOST_OTHERS))
        people = ((invited(event, require_registration(registration)), registration) for registration in given)
        self._event = event
        self._listed = [
            (person, registration)
            for person, registration in people
            if isinstance(person, Person)
            and registration.listing_consent in {ListingConsent.EVERYONE, ListingConsent.PARTICIPANTS}
        ]
        self._lines: dict[str | None, dict[str, bytes]] = {}

    def but(self, recipient: Person, session: Session | None, last_change: int) -> bytes:
        """Return the ATTENDEE lines of all but the recipient, who has a line already, for the event or a session."""
        if not self._listed:
            return b""
        key = None if session is None else session.id
        if key not in self._lines:
            if len(self._lines) == _MOST_LISTS:
                self._lines.clear()
            lines = self._lines[key] = {}
            for person, registration in self._listed:
                if session is None or session_refused(self._event, registration, session) is None:
                    status = status_since(last_change, registration, session)
                    line = attendee_line(person, status, chairs=is_chair(registration, session))
                    lines.setdefault(person.email.casefold(), line)
        own = recipient.email.casefold()
        return b"".join(line for address, line in self._lines[key].items() if address != own)
