"""From a mail or a calendar to an answer, as `wtisd_model.invitation.read_reply` promises."""

from collections.abc import Sequence
from datetime import datetime
from email.message import Message as Mail
from itertools import islice
from typing import Final, cast

from attrs import evolve

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import FindingCollector, MessageError, finding, pointer
from wtisd_model.ical.component import Component
from wtisd_model.ical.context import Context, email_of, participation_status_of, sequence_of
from wtisd_model.ical.foreign_timezones import CalendarZones
from wtisd_model.ical.method import Method, common_method, decode_method
from wtisd_model.ical.parser import CalendarLimits, parse_calendars
from wtisd_model.ical.property import Property
from wtisd_model.ical.times import read_slot
from wtisd_model.ical.values import decode_cal_address, decode_date_time_utc, decode_text
from wtisd_model.invitation.receiving.mail_parts import CalendarPart, calendar_parts, is_calendar
from wtisd_model.invitation.receiving.reply import IncomingReply
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.types.arguments import checked
from wtisd_model.types.text import EMAIL, LONG

ANSWERS: Final = (Method.COUNTER, Method.REFRESH, Method.REPLY)
"""What people send back."""

_MOST_CALENDARS: Final = 4
"""How many calendars of one mail are compared: one in the text, and one attached, are usual."""

_MOST_COMMENTS: Final = 10


def read(source: bytes | Mail, sender: str) -> IncomingReply:
    """Read an answer; the arguments are those of `read_reply`."""
    checked(sender, EMAIL, "/sender")
    given = _as_source(source)
    is_bare = isinstance(given, bytes) and is_calendar(given)
    parts = [CalendarPart(cast("bytes", given), None)] if is_bare else calendar_parts(given)
    if len(parts) > _MOST_CALENDARS:
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    replies = [_reply(part) for part in parts]
    if any(each != replies[0] for each in replies):
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    return _from_sender(replies[0], sender)


def _as_source(source: object) -> bytes | Mail:
    if not isinstance(source, bytes | Mail):
        raise TypeError("read_reply reads bytes or an email.message.Message.")
    return cast("bytes | Mail", source)


def _reply(part: CalendarPart) -> IncomingReply:
    gathered = FindingCollector()
    found = parse_calendars(part.data, CalendarLimits(), gathered)
    method = _method(found, part)
    several = [(calendar, each) for calendar in found for each in calendar.all_components("VEVENT")]
    if len(several) != 1:
        raise MessageError(finding(Code.EVENT_COUNT, count=len(several)))
    calendar, component = several[0]
    context = Context(zones=CalendarZones(calendar, zone=None), findings=gathered)
    who = _attendee(component)
    uid = context.uid(component)
    at = _stamp(component, context)
    proposal = read_slot(component, context) if method is Method.COUNTER else None
    status = _status(who, context) if method is Method.REPLY else ParticipationStatus.NEEDS_ACTION
    sequence, comment = _sequence(component, context), _comment(component, context)
    occurrence = component.get("RECURRENCE-ID")
    if occurrence is not None:
        context.drop(occurrence)
    errors = [each for each in gathered.kept if each.severity is Severity.ERROR]
    if uid is None or at is None or errors:
        raise MessageError(*errors)
    return IncomingReply(
        method=method,
        uid=uid,
        sequence=sequence,
        at=at,
        attendee=email_of(who) or "",
        status=status,
        sent_by=decode_cal_address(who.parameter("SENT-BY") or ""),
        delegated_to=_addresses(who, "DELEGATED-TO"),
        comment=comment,
        proposal=proposal,
        findings=tuple(gathered.kept),
    )


def _method(found: Sequence[Component], part: CalendarPart) -> Method:
    """Give the METHOD of a calendar, which the mail says too: it "MUST be the same" (RFC 6047 section 2.4)."""
    said = common_method(found)
    outside = None if part.method is None else decode_method(part.method)
    if part.method is not None and outside is None:
        raise MessageError(finding(Code.METHOD_UNKNOWN, choices=", ".join(Method)))
    if said is not None and outside not in {None, said}:
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    method = said or outside
    if method not in ANSWERS:
        raise MessageError(finding(Code.METHOD_NOT_ANSWER, choices=", ".join(ANSWERS)))
    return cast("Method", method)


def _attendee(component: Component) -> Property:
    several = component.all("ATTENDEE")
    if len(several) != 1 or email_of(several[0]) is None:
        count = len([each for each in several if email_of(each) is not None])
        raise MessageError(
            finding(Code.ATTENDEE_COUNT, pointer("lines", component.line), count=max(count, len(several)))
        )
    return several[0]


def _sequence(component: Component, context: Context) -> int:
    found = context.single(component, "SEQUENCE")
    sequence = sequence_of(found)
    if found is not None and sequence is None:
        context.note(Code.PROPERTY_UNREADABLE, found, property=found.name)
    return sequence or 0


def _stamp(component: Component, context: Context) -> datetime | None:
    found = context.single(component, "DTSTAMP")
    if found is None:
        context.note(Code.PROPERTY_MISSING, component, property="DTSTAMP")
        return None
    at = decode_date_time_utc(found.value)
    if at is None:
        context.note(Code.PROPERTY_UNREADABLE, found, property=found.name)
    return at


def _status(who: Property, context: Context) -> ParticipationStatus:
    status = participation_status_of(who)
    if status is None:
        context.note(Code.PARTSTAT_UNKNOWN, who)
    return status or ParticipationStatus.NEEDS_ACTION


def _comment(component: Component, context: Context) -> str | None:
    # Exchange ends each with a line feed, which says nothing.
    said = [decode_text(each.value).strip() for each in islice(component.all("COMMENT"), _MOST_COMMENTS)]
    first = component.get("COMMENT")
    whole = "\n\n".join(filter(None, said))
    return None if first is None or not whole else context.text(whole, LONG, first)


def _addresses(who: Property, name: str) -> tuple[str, ...]:
    found = (decode_cal_address(each) for each in who.parameters.get(name, ()))
    return tuple(each for each in found if each is not None)


def _from_sender(reply: IncomingReply, sender: str) -> IncomingReply:
    """See that a reply comes from the person who answers.

    Upper and lower case of addresses are alike: the part before the @ could differ by them, and no mail server does
    that (RFC 5321 section 2.4).

    Source: RFC 6047 section 2.3: "it is necessary to verify that the Originator is authorized".
    """
    if sender.casefold() == reply.attendee.casefold():
        return reply
    if reply.sent_by is None or sender.casefold() != reply.sent_by.casefold():
        raise MessageError(finding(Code.SENDER_DIFFERS))
    return evolve(reply, findings=(*reply.findings, finding(Code.ANSWERED_FOR_ANOTHER)))
