"""What the invited person sends: an answer (REPLY), another time (COUNTER), a question (REFRESH), or somebody else."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, MessageError, finding
from wtisd_model.ical.component import Component
from wtisd_model.ical.method import Method
from wtisd_model.ical.property import Property
from wtisd_model.ical.serializer import serialize
from wtisd_model.ical.times import slot_properties, stamp_property
from wtisd_model.ical.values import encode_cal_address
from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.invitation.person import Person
from wtisd_model.invitation.writing.attendee import ASKED, Parameters, attendee, standing
from wtisd_model.invitation.writing.vcalendar import calendar, comment_property
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.people import Contact
from wtisd_model.types.timeslot import TimeSlot, moment_in_utc


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
    person, asked = _asked(request)
    status = parse_enum(_ANSWERS, status, "/status")
    to: list[Parameters] = []
    if status is ParticipationStatus.DELEGATED:
        to.append({"DELEGATED-TO": (encode_cal_address(_address(delegate)),)})
    elif delegate is not None:
        raise InvalidValueError(finding(Code.DELEGATE_UNFOUNDED, "/delegate"))
    at = moment_in_utc(stamped, "/stamped")
    content = [
        *_kept(asked, "UID"),
        stamp_property(at),
        *_kept(asked, "SEQUENCE"),
        # Exchange files no answer without them. In UTC they need no VTIMEZONE.
        *slot_properties(request.texts.slot, utc=True),
        *_kept(asked, "SUMMARY", "ORGANIZER"),
        attendee(person, standing(status), *to),
        *comment_property(comment),
    ]
    ics = _written(Method.REPLY, content, utc=True)
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
    person, asked = _asked(request)
    at = moment_in_utc(stamped, "/stamped")
    other = Person(_address(delegate), delegate.name)
    passed = {"DELEGATED-TO": (encode_cal_address(other.email),)}
    given = {"DELEGATED-FROM": (encode_cal_address(person.email),)}
    language = delegate.language
    content = [
        *_again(asked, at),
        attendee(person, standing(ParticipationStatus.DELEGATED), passed),
        attendee(other, standing(ParticipationStatus.NEEDS_ACTION, language), ASKED, given),
    ]
    ics = _written(Method.REQUEST, content, slots=[request.texts.slot], utc=_in_utc(request))
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
    person, asked = _asked(request)
    if not isinstance(cast("object", slot), TimeSlot):
        raise TypeError("counter proposes a TimeSlot.")
    at, utc = moment_in_utc(stamped, "/stamped"), _in_utc(request)
    content = [
        *_again(asked, at, slot_properties(slot, utc=utc)),
        attendee(person, standing(ParticipationStatus.TENTATIVE)),
        *comment_property(comment),
    ]
    ics = _written(Method.COUNTER, content, slots=[slot], utc=utc)
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
    person, asked = _asked(request)
    at = moment_in_utc(stamped, "/stamped")
    content = [
        *_kept(asked, "UID"),
        stamp_property(at),
        *_kept(asked, "ORGANIZER"),
        attendee(person),
        *comment_property(comment),
    ]
    texts = evolve(request.texts, comment=comment)
    return _to_organizer(request, Method.REFRESH, Reason.ASKED, at, texts, _written(Method.REFRESH, content, utc=True))


_ANSWERS: Final = tuple(each for each in ParticipationStatus if each is not ParticipationStatus.NEEDS_ACTION)


def _asked(request: Message) -> tuple[Person, Component]:
    """Return who is invited, and the VEVENT without its ATTENDEEs."""
    if not isinstance(cast("object", request), Message):
        raise TypeError("An answer is to a Message.")
    if request.method is not Method.REQUEST or request.recipient is None or request.calendar is None:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/request/method"))
    return Person(request.recipient, request.name), request.calendar.all_components("VEVENT")[0]


def _written(method: Method, properties: Sequence[Property], *, slots: Sequence[TimeSlot] = (), utc: bool) -> bytes:
    return serialize(calendar(method, Component("VEVENT", properties), slots=slots, utc=utc))


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


def _kept(vevent: Component, *names: str) -> list[Property]:
    return [each for each in vevent.properties if each.name in names]


def _again(vevent: Component, at: datetime, when: Sequence[Property] = ()) -> Iterator[Property]:
    """Yield the properties, stamped anew; *when*, if given, replaces the times."""
    for each in vevent.properties:
        if each.name == "DTSTAMP":
            yield stamp_property(at)
        elif each.name == "DTSTART" and when:
            yield from when
        elif not (when and each.name in {"DTEND", "X-WTISD-ZONE"}):
            yield each


def _in_utc(request: Message) -> bool:
    return request.calendar is not None and not request.calendar.all_components("VTIMEZONE")


def _address(delegate: Contact | None) -> str:
    if delegate is None or delegate.email is None:
        raise InvalidValueError(finding(Code.DELEGATE_MISSING, "/delegate"))
    return delegate.email
