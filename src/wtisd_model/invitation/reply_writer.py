"""What an invited person sends: REPLY, COUNTER and REFRESH, and REQUEST to a delegate (RFC 5546 section 3.2)."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError, MessageError
from wtisd_model.findings import finding
from wtisd_model.ical.times import slot_lines
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.invitation.property_counts import message_calendar
from wtisd_model.invitation.recipients import Person, attendee_line
from wtisd_model.invitation.template import Stamp, comment_line
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.types.arguments import parse_enum, require_instance
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot

_ANSWERS: Final = tuple(status for status in ParticipationStatus if status is not ParticipationStatus.NEEDS_ACTION)


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
    invitation = _Invitation(request)
    status = parse_enum(_ANSWERS, status, "/status")
    if status is not ParticipationStatus.DELEGATED and delegate is not None:
        raise InvalidValueError(finding(Code.DELEGATE_UNFOUNDED, "/delegate"))
    delegated_to = _email_of(delegate) if status is ParticipationStatus.DELEGATED else None
    stamp = Stamp.of(stamped)
    lines = (
        invitation.lines("UID"),
        stamp.line,
        invitation.lines("SEQUENCE"),
        # Exchange ignores a reply without the times. In UTC they need no VTIMEZONE.
        slot_lines(request.texts.slot, utc=True),
        invitation.lines("SUMMARY", "ORGANIZER"),
        invitation.attendee(status, delegated_to=delegated_to),
        comment_line(comment),
    )
    return _to_organizer(request, Method.REPLY, Reason.ANSWERED, lines, stamp, answer=status, comment=comment)


def delegation(request: Message, delegate: Contact, *, stamped: datetime) -> Message:
    """Return the invitation of a delegate; `reply` with the status delegated informs the organizer.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        delegate: who comes instead, with an e-mail address.
        stamped: the time of this message, aware (DTSTAMP).

    Returns:
        A REQUEST to the delegate, with the sequence of *request*, and both people as its ATTENDEEs.

    Raises:
        MessageError, InvalidValueError, TypeError: as `reply`.

    Source: RFC 5546 section 3.2.2.3.
    """
    invitation = _Invitation(request)
    stamp = Stamp.of(stamped)
    other, language, delegators = Person(_email_of(delegate), delegate.name), delegate.language, (invitation.email,)
    lines = (
        *invitation.restamped(stamp).values(),
        invitation.attendee(ParticipationStatus.DELEGATED, delegated_to=other.email),
        attendee_line(other, ParticipationStatus.NEEDS_ACTION, language, rsvp=True, delegated_from=delegators),
    )
    return evolve(
        request,
        stamped=stamp.moment,
        reason=Reason.INVITED,
        recipient=other.email,
        name=other.name,
        language=language or request.language,
        copied_to=None,
        delegated_from=delegators,
        ics=message_calendar(Method.REQUEST, b"".join(lines), slots=[request.texts.slot], utc=invitation.utc),
    )


def counter(request: Message, slot: TimeSlot, *, stamped: datetime, comment: str | None = None) -> Message:
    """Return a message that proposes another time to the organizer.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        slot: the proposed time.
        stamped: the time of the proposal, aware (DTSTAMP).
        comment: at most 10,000 characters.

    Returns:
        A message with the whole content of the invitation, but at the proposed time.

    Raises:
        MessageError, InvalidValueError, TypeError: as `reply`.
        ExportError: as for `to_ical`, if the time zone database lacks a zone.

    Source: RFC 5546 section 3.2.7.
    """
    invitation = _Invitation(request)
    require_instance(slot, TimeSlot, "counter proposes a TimeSlot.")
    stamp, utc = Stamp.of(stamped), invitation.utc
    proposed = {"DTSTART": slot_lines(slot, utc=utc), "DTEND": b"", "X-WTISD-ZONE": b""}
    lines = (
        *[proposed.get(name, lines) for name, lines in invitation.restamped(stamp).items()],
        invitation.attendee(ParticipationStatus.TENTATIVE),
        comment_line(comment),
    )
    changed = {"slot": slot, "previous": request.texts.slot, "comment": comment}
    return _to_organizer(request, Method.COUNTER, Reason.COUNTERED, lines, stamp, slots=[slot], utc=utc, **changed)


def refresh(request: Message, *, stamped: datetime, comment: str | None = None) -> Message:
    """Return a message that asks the organizer for the latest version of an invitation.

    Args:
        request: an invitation, made by `invite` or `request_for`.
        stamped: the time of the request, aware (DTSTAMP).
        comment: at most 10,000 characters.

    Raises:
        MessageError, InvalidValueError, TypeError: as `reply`.

    Source: RFC 5546 section 3.2.6.
    """
    invitation = _Invitation(request)
    stamp = Stamp.of(stamped)
    lines = (
        invitation.lines("UID"),
        stamp.line,
        invitation.lines("ORGANIZER"),
        invitation.attendee(),
        comment_line(comment),
    )
    return _to_organizer(request, Method.REFRESH, Reason.ASKED, lines, stamp, comment=comment)


def _email_of(delegate: Contact | None) -> str:
    email = None if delegate is None else require_instance(delegate, Contact, "delegate must be a Contact.").email
    if email is None:
        raise InvalidValueError(finding(Code.DELEGATE_MISSING, "/delegate"))
    return email


class _Invitation:
    """What an invited person replies to: the lines of the VEVENT in a request, but for those of ATTENDEE."""

    def __init__(self, request: Message) -> None:
        """Read a request, or raise ``not-a-request`` for another message."""
        require_instance(request, Message, "Not a Message. Pass the result of invite or request_for.")
        if request.method is not Method.REQUEST or request.recipient is None:
            raise MessageError(finding(Code.NOT_A_REQUEST, "/request/method"))
        self.email = request.recipient
        self.utc = b"\r\nBEGIN:VTIMEZONE\r\n" not in request.ics
        self._person = Person(request.recipient, request.name)
        self._delegated_from = request.delegated_from
        self._lines = dict[str, bytes]()
        for line in _LINE.finditer(request.ics.partition(b"\r\nBEGIN:VEVENT\r\n")[2]):
            name = line[1].decode()
            if name in {"BEGIN", "END"}:
                break
            if name != "ATTENDEE":
                self._lines[name] = self._lines.get(name, b"") + line[0]

    def lines(self, *names: str) -> bytes:
        """Return the lines of some names."""
        return b"".join([self._lines.get(name, b"") for name in names])

    def restamped(self, stamp: Stamp) -> dict[str, bytes]:
        """Return all lines by their names, with another DTSTAMP."""
        return self._lines | {"DTSTAMP": stamp.line}

    def attendee(self, status: ParticipationStatus | None = None, *, delegated_to: str | None = None) -> bytes:
        """Return the person's ATTENDEE in a message to others; a delegate states for whom (RFC 5546 section 3.2.3)."""
        return attendee_line(self._person, status, delegated_to=delegated_to, delegated_from=self._delegated_from)


# A line that goes on in the next one, which begins with a blank, ends there.
_LINE: Final = re.compile(rb"([A-Z0-9-]+)[;:].*?\r\n(?! )", re.DOTALL)


def _to_organizer(
    request: Message,
    method: Method,
    reason: Reason,
    lines: Iterable[bytes],
    stamp: Stamp,
    *,
    slots: Iterable[TimeSlot] = (),
    utc: bool = True,
    **texts: Any,
) -> Message:
    """Return a message of an invited person to the organizer, with *lines* and all times in them.

    *texts* are changes of the texts for the mail around it.

    Raises:
        MessageError: ``property-count``.
    """
    organizer = request.texts.organizer
    return evolve(
        request,
        method=method,
        reason=reason,
        stamped=stamp.moment,
        recipient=request.texts.organizer_email,
        name=None if organizer is None else organizer[0],
        texts=evolve(request.texts, **texts),
        ics=message_calendar(method, b"".join(lines), slots=slots, utc=utc),
        copied_to=None,
        delegated_from=(),
    )
