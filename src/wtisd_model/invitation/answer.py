"""What the invited person sends: an answer (REPLY), another time (COUNTER), a question (REFRESH), or somebody else."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, MessageError, finding
from wtisd_model.ical.content_line import Parameter, address, parameter
from wtisd_model.ical.times import slot_lines, stamp_line
from wtisd_model.invitation.message import Message, Method, Reason, Texts
from wtisd_model.invitation.person import Person
from wtisd_model.invitation.writing.attendee import ASKED, attendee, standing
from wtisd_model.invitation.writing.vcalendar import calendar, comment_lines
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot, moment_in_utc

# A line with what is folded of it, and its name.
_LINES: Final = re.compile(rb"(([A-Z-]+)[^\r]*(?:\r\n [^\r]*)*\r\n)")


def reply(
    request: Message,
    status: ParticipationStatus,
    *,
    stamped: datetime,
    delegate: Contact | None = None,
    comment: str | None = None,
) -> Message:
    """Answer an invitation.

    Args:
        request: what `invite` made.
        status: accepted, tentative, declined, or delegated to somebody else.
        stamped: the moment of the answer, aware (DTSTAMP): of two answers to one revision the later holds.
        delegate: who comes instead, with an e-mail address; given exactly where it is delegated. `delegation` makes
            the message to them.
        comment: what the person adds, 10,000 characters at most.

    Returns:
        A message to the organizer, with the person as its only ATTENDEE.

    Raises:
        MessageError: ``not-a-request``.
        InvalidValueError: ``value-unknown`` for needs-action, which is no answer; ``delegate-missing`` or
            ``delegate-unfounded``; ``moment-naive``, ``moment-unreadable``, ``text-too-long`` and their kin.
        TypeError: *request* is no Message.

    Source: RFC 5546 section 3.2.3.
    """
    person, lines = _asked(request)
    status = parse_enum(_ANSWERS, status, "/status")
    to: list[Parameter] = []
    if status is ParticipationStatus.DELEGATED:
        to.append(parameter("DELEGATED-TO", address(_address(delegate))))
    elif delegate is not None:
        raise InvalidValueError(finding(Code.DELEGATE_UNFOUNDED, "/delegate"))
    at = moment_in_utc(stamped, "/stamped")
    content = [
        *_kept(lines, "UID"),
        stamp_line(at),
        *_kept(lines, "SEQUENCE"),
        # Exchange files no answer without them. In UTC they need no VTIMEZONE.
        *slot_lines(request.texts.slot, utc=True),
        *_kept(lines, "SUMMARY", "ORGANIZER"),
        attendee(person, standing(status), *to),
        *comment_lines(comment),
    ]
    ics = calendar(Method.REPLY, content, utc=True)
    texts = evolve(request.texts, answer=status, comment=comment)
    return _to_organizer(request, Method.REPLY, Reason.ANSWERED, at, texts, ics)


def delegation(request: Message, delegate: Contact, *, stamped: datetime) -> Message:
    """Pass an invitation on to whoever comes instead; the organizer gets a `reply` that says so.

    Args:
        request: what `invite` made.
        delegate: who comes instead, with an e-mail address.
        stamped: the moment of this message, aware (DTSTAMP).

    Returns:
        A REQUEST to the delegate, with the sequence of *request*, and both as its ATTENDEEs.

    Raises:
        MessageError: ``not-a-request``.
        InvalidValueError: ``delegate-missing``; ``moment-naive``, ``moment-unreadable`` or ``wrong-type``.
        TypeError: *request* is no Message.

    Source: RFC 5546 section 3.2.2.3.
    """
    person, lines = _asked(request)
    at = moment_in_utc(stamped, "/stamped")
    other = Person(_address(delegate), delegate.name)
    passed = parameter("DELEGATED-TO", address(other.email))
    given = parameter("DELEGATED-FROM", address(person.email))
    language = delegate.language
    content = [
        *_again(lines, at),
        attendee(person, standing(ParticipationStatus.DELEGATED), passed),
        attendee(other, standing(ParticipationStatus.NEEDS_ACTION, language), ASKED, given),
    ]
    ics = calendar(Method.REQUEST, content, slots=[request.texts.slot], utc=_in_utc(request))
    return evolve(
        request,
        stamped=at,
        reason=Reason.INVITED,
        recipient=other.email,
        name=other.name,
        language=language or request.language,
        ics=ics,
    )


def counter(request: Message, slot: TimeSlot, *, stamped: datetime, comment: str | None = None) -> Message:
    """Propose another time for what one is invited to.

    Args:
        request: what `invite` made.
        slot: the other time.
        stamped: the moment of the proposal, aware (DTSTAMP).
        comment: what the person adds, 10,000 characters at most.

    Returns:
        A message to the organizer with all that the invitation says, but at the other time.

    Raises:
        MessageError: ``not-a-request``.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``text-too-long`` and their kin.
        TypeError: *request* is no Message, or *slot* no TimeSlot.

    Source: RFC 5546 section 3.2.7.
    """
    person, lines = _asked(request)
    if not isinstance(cast("object", slot), TimeSlot):
        raise TypeError("counter proposes a TimeSlot.")
    at, utc = moment_in_utc(stamped, "/stamped"), _in_utc(request)
    content = [
        *_again(lines, at, slot_lines(slot, utc=utc)),
        attendee(person, standing(ParticipationStatus.TENTATIVE)),
        *comment_lines(comment),
    ]
    ics = calendar(Method.COUNTER, content, slots=[slot], utc=utc)
    texts = evolve(request.texts, slot=slot, previous=request.texts.slot, comment=comment)
    return _to_organizer(request, Method.COUNTER, Reason.COUNTERED, at, texts, ics)


def refresh(request: Message, *, stamped: datetime, comment: str | None = None) -> Message:
    """Ask the organizer for the latest version of what one is invited to.

    Args:
        request: what `invite` made.
        stamped: the moment of the question, aware (DTSTAMP).
        comment: what the person adds, 10,000 characters at most.

    Raises:
        MessageError: ``not-a-request``.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``text-too-long`` and their kin.
        TypeError: *request* is no Message.

    Source: RFC 5546 section 3.2.6.
    """
    person, lines = _asked(request)
    at = moment_in_utc(stamped, "/stamped")
    content = [
        *_kept(lines, "UID"),
        stamp_line(at),
        *_kept(lines, "ORGANIZER"),
        attendee(person, Parameter("")),
        *comment_lines(comment),
    ]
    texts = evolve(request.texts, comment=comment)
    return _to_organizer(request, Method.REFRESH, Reason.ASKED, at, texts, calendar(Method.REFRESH, content, utc=True))


_ANSWERS: Final = tuple(each for each in ParticipationStatus if each is not ParticipationStatus.NEEDS_ACTION)


def _asked(request: Message) -> tuple[Person, list[tuple[str, bytes]]]:
    """Give who is invited, and the lines of the VEVENT with their names."""
    if not isinstance(cast("object", request), Message):
        raise TypeError("An answer is to a Message.")
    if request.method is not Method.REQUEST or request.recipient is None:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/request/method"))
    # No value has a line break in it, so that these are the first and the last line and, if there is one, an alarm's.
    inside = request.ics.partition(b"\r\nBEGIN:VEVENT\r\n")[2].partition(b"\r\nEND:VEVENT\r\n")[0]
    lines = inside.partition(b"\r\nBEGIN:VALARM\r\n")[0] + b"\r\n"
    return Person(request.recipient, request.name), [(name.decode(), each) for each, name in _LINES.findall(lines)]


def _to_organizer(request: Message, method: Method, reason: Reason, at: datetime, texts: Texts, ics: bytes) -> Message:
    organizer = texts.organizer
    return evolve(
        request,
        method=method,
        reason=reason,
        stamped=at,
        recipient=texts.organizer_email,
        name=None if organizer is None else organizer[0],
        texts=texts,
        ics=ics,
    )


def _kept(lines: Iterable[tuple[str, bytes]], *names: str) -> list[bytes]:
    return [each for name, each in lines if name in names]


def _again(lines: Iterable[tuple[str, bytes]], at: datetime, when: Sequence[bytes] = ()) -> Iterator[bytes]:
    """Give the lines but for the people, stamped anew; *when*, if given, stands for the times."""
    for name, each in lines:
        if name == "DTSTAMP":
            yield stamp_line(at)
        elif name == "DTSTART" and when:
            yield from when
        elif name != "ATTENDEE" and not (when and name in {"DTEND", "X-WTISD-ZONE"}):
            yield each


def _in_utc(request: Message) -> bool:
    return b"\r\nBEGIN:VTIMEZONE\r\n" not in request.ics


def _address(delegate: Contact | None) -> str:
    if delegate is None or delegate.email is None:
        raise InvalidValueError(finding(Code.DELEGATE_MISSING, "/delegate"))
    return delegate.email
