"""Replies of an invited person (REPLY, RFC 5546 section 3.2.3), and the invitation of a delegate instead."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.serializer import serialize
from wtisd_model.contentlines.values import encode_cal_address
from wtisd_model.errors import InvalidValueError, MessageError
from wtisd_model.findings import finding
from wtisd_model.ical.times import slot_properties, stamp_property
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.invitation.recipients import Person
from wtisd_model.invitation.template import Parameters, attendee, attendee_params, comment_property, message_calendar
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.types.arguments import parse_enum, require_instance
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot

_ANSWERS: Final = tuple(each for each in ParticipationStatus if each is not ParticipationStatus.NEEDS_ACTION)


def reply(
    request: Message,
    status: ParticipationStatus,
    *,
    stamped: datetime,
    delegate: Contact | None = None,
    comment: str | None = None,
) -> Message:
    """Return the reply to an invitation.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        status: accepted, tentative, declined, or delegated to somebody else.
        stamped: the time of the reply, aware (DTSTAMP). Of two replies to one revision, the later one counts.
        delegate: who comes instead, with an e-mail address; only if *status* is delegated. `delegation` makes the
            message to the delegate.
        comment: at most 10,000 characters.

    Returns:
        A message to the organizer, with the person as its only ATTENDEE. If *request* is a `delegation`, it names the
        person who delegated it.

    Raises:
        MessageError: ``not-a-request``.
        InvalidValueError: ``value-unknown`` for needs-action, which is not a reply; ``delegate-missing`` or
            ``delegate-unfounded``; ``moment-naive``, ``moment-unreadable``, ``text-too-long`` and others.
        TypeError: *request* is not a Message, or *delegate* is not a Contact.

    Source: RFC 5546 section 3.2.3.
    """
    invitation = invitation_of(request)
    status = parse_enum(_ANSWERS, status, "/status")
    parameters: Parameters = attendee_params(status)
    if status is ParticipationStatus.DELEGATED:
        parameters = {**parameters, "DELEGATED-TO": (encode_cal_address(_email_of(delegate)),)}
    elif delegate is not None:
        raise InvalidValueError(finding(Code.DELEGATE_UNFOUNDED, "/delegate"))
    at = moment_in_utc(stamped, "/stamped")
    properties = [
        *invitation.vevent.all("UID"),
        stamp_property(at),
        *invitation.vevent.all("SEQUENCE"),
        # Exchange ignores a reply without the times. In UTC they need no VTIMEZONE.
        *slot_properties(request.texts.slot, utc=True),
        *invitation.vevent.all("SUMMARY"),
        *invitation.vevent.all("ORGANIZER"),
        invitation.attendee(parameters),
        *comment_property(comment),
    ]
    return to_organizer(request, Method.REPLY, Reason.ANSWERED, properties, stamped=at, answer=status, comment=comment)


def delegation(request: Message, delegate: Contact, *, stamped: datetime) -> Message:
    """Return the invitation of a delegate; `reply` with the status delegated informs the organizer.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        delegate: who comes instead, with an e-mail address.
        stamped: the time of this message, aware (DTSTAMP).

    Returns:
        A REQUEST to the delegate, with the sequence of *request*, and both people as its ATTENDEEs.

    Raises:
        MessageError: ``not-a-request``.
        InvalidValueError: ``delegate-missing``; ``moment-naive``, ``moment-unreadable`` or ``wrong-type``.
        TypeError: *request* is not a Message, or *delegate* is not a Contact.

    Source: RFC 5546 section 3.2.2.3.
    """
    invitation = invitation_of(request)
    at = moment_in_utc(stamped, "/stamped")
    other, language = Person(_email_of(delegate), delegate.name), delegate.language
    delegator = attendee_params(ParticipationStatus.DELEGATED)
    invited = attendee_params(ParticipationStatus.NEEDS_ACTION, language, rsvp=True)
    properties = [
        *restamped(invitation.vevent, at),
        invitation.attendee({**delegator, "DELEGATED-TO": (encode_cal_address(other.email),)}),
        attendee(other, {**invited, "DELEGATED-FROM": (encode_cal_address(invitation.person.email),)}),
    ]
    return evolve(
        request,
        stamped=at,
        reason=Reason.INVITED,
        recipient=other.email,
        name=other.name,
        language=language or request.language,
        copied_to=None,
        delegated_from=(invitation.person.email,),
        ics=_serialized(Method.REQUEST, properties, [request.texts.slot], utc=is_in_utc(request)),
    )


def _email_of(delegate: Contact | None) -> str:
    email = None if delegate is None else require_instance(delegate, Contact, "delegate must be a Contact.").email
    if email is None:
        raise InvalidValueError(finding(Code.DELEGATE_MISSING, "/delegate"))
    return email


@frozen(kw_only=True)
class Invitation:
    """What an invited person replies to."""

    person: Person
    delegated_from: tuple[str, ...]
    """The addresses of those who delegated it to the person."""
    vevent: Component

    def attendee(self, parameters: Parameters) -> Property:
        """Return the person's ATTENDEE in a message to others; a delegate states for whom (RFC 5546 section 3.2.3)."""
        if self.delegated_from:
            delegators = tuple(map(encode_cal_address, self.delegated_from))
            parameters = {**parameters, "DELEGATED-FROM": delegators}
        return attendee(self.person, parameters)


def invitation_of(request: Message) -> Invitation:
    """Return the invitation in a message; raise ``not-a-request`` for another one."""
    require_instance(request, Message, "Not a Message. Pass the result of invite or request_for.")
    if request.method is not Method.REQUEST or request.recipient is None or request.calendar is None:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/request/method"))
    return Invitation(
        person=Person(request.recipient, request.name),
        delegated_from=request.delegated_from,
        vevent=request.calendar.all_components("VEVENT")[0],
    )


def is_in_utc(request: Message) -> bool:
    """Return True if the times of an invitation are written in UTC."""
    return request.calendar is not None and not request.calendar.all_components("VTIMEZONE")


def restamped(vevent: Component, stamped: datetime) -> list[Property]:
    """Return the properties of a VEVENT with another DTSTAMP."""
    return [stamp_property(stamped) if prop.name == "DTSTAMP" else prop for prop in vevent.properties]


def to_organizer(
    request: Message,
    method: Method,
    reason: Reason,
    properties: Sequence[Property],
    *,
    stamped: datetime,
    slots: Iterable[TimeSlot] = (),
    utc: bool = True,
    **texts: Any,
) -> Message:
    """Return a message of an invited person to the organizer, with *properties* and all times in them.

    *texts* are changes of the texts for the mail around it.

    Raises:
        MessageError: ``property-count``.
    """
    organizer = request.texts.organizer
    return evolve(
        request,
        method=method,
        reason=reason,
        stamped=stamped,
        recipient=request.texts.organizer_email,
        name=None if organizer is None else organizer[0],
        texts=evolve(request.texts, **texts),
        ics=_serialized(method, properties, slots, utc=utc),
        calendar=None,
        copied_to=None,
        delegated_from=(),
    )


def _serialized(method: Method, properties: Sequence[Property], slots: Iterable[TimeSlot], *, utc: bool) -> bytes:
    return serialize(message_calendar(method, Component("VEVENT", properties), slots=slots, utc=utc))


def refresh(request: Message, *, stamped: datetime, comment: str | None = None) -> Message:
    """Return a message that asks the organizer for the latest version of an invitation.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        stamped: the time of the request, aware (DTSTAMP).
        comment: at most 10,000 characters.

    Raises:
        MessageError: ``not-a-request``.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``text-too-long`` and others.
        TypeError: *request* is not a Message.

    Source: RFC 5546 section 3.2.6.
    """
    invitation = invitation_of(request)
    at = moment_in_utc(stamped, "/stamped")
    properties = [
        *invitation.vevent.all("UID"),
        stamp_property(at),
        *invitation.vevent.all("ORGANIZER"),
        invitation.attendee({}),
        *comment_property(comment),
    ]
    return to_organizer(request, Method.REFRESH, Reason.ASKED, properties, stamped=at, comment=comment)
