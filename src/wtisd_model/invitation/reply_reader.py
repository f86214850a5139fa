"""Incoming replies to invitations: REPLY, COUNTER and REFRESH, from a mail or a calendar."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.values import decode_date_time_utc, decode_text
from wtisd_model.errors import MessageError
from wtisd_model.findings import Finding, errors_in, finding, pointer
from wtisd_model.ical.foreign_timezones import CalendarZones
from wtisd_model.ical.parser import CalendarLimits, common_method, decode_method, parse_calendars
from wtisd_model.ical.property_reader import (
    PropertyReader,
    addresses_in,
    decode_sequence,
    email_of,
    participation_status_of,
)
from wtisd_model.ical.read_times import read_slot
from wtisd_model.model.reply import Method, ParticipationStatus, Reply
from wtisd_model.reading.notations import decode_cal_address
from wtisd_model.reading.notes import Notes
from wtisd_model.schema.fields import most_items
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.text import EMAIL, LONG
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import require_zone

if TYPE_CHECKING:
    from email.message import Message as Mail

ANSWERS: Final = (Method.COUNTER, Method.REFRESH, Method.REPLY)
"""The methods of messages from invited people."""

_MOST_CALENDARS: Final = 4
"""How many calendars of one mail are compared; one in the body and one attached are usual."""

_LIMITS: Final = CalendarLimits(bytes=1_000_000, lines=20_000)
"""Of a message about one event, which anybody may send."""

_MOST_COMMENTS: Final = 10
_MOST_DELEGATES: Final = most_items(Reply, "delegated_to")


@frozen(kw_only=True)
class IncomingReply:
    """A reply (REPLY), a proposal of another time (COUNTER), or a request for the latest version (REFRESH).

    It is made by `read_reply`, which checks that the sender is the person who replies.
    """

    method: Method
    """REPLY, COUNTER or REFRESH."""
    uid: str
    """The uid of the event or session (RFC 5545 UID)."""
    sequence: int
    """The revision that it is about (RFC 5545 SEQUENCE)."""
    at: datetime
    """When it was made, in UTC (RFC 5545 DTSTAMP)."""
    attendee: str = field(repr=False)
    """The address of the invited person (RFC 5545 ATTENDEE)."""
    status: ParticipationStatus = ParticipationStatus.NEEDS_ACTION
    """The status (RFC 5545 PARTSTAT); of a COUNTER too, where its sender says whether the old time is possible."""
    sent_by: str | None = field(default=None, repr=False)
    """The address of another person who sent it on the invited person's behalf (RFC 5545 SENT-BY)."""
    delegated_to: tuple[str, ...] = field(default=(), repr=False)
    """The addresses of the delegates (RFC 5545 DELEGATED-TO)."""
    delegated_from: tuple[str, ...] = field(default=(), repr=False)
    """The addresses of the people whom this delegate replaces (RFC 5545 DELEGATED-FROM)."""
    comment: str | None = field(default=None, repr=False)
    """The person's comment (RFC 5545 COMMENT)."""
    proposal: TimeSlot | None = None
    """The proposed time of a COUNTER."""
    proposed_location: str | None = field(default=None, repr=False)
    """The place of a COUNTER in the words of its sender, whether it is another one or not (RFC 5545 LOCATION)."""
    registration_id: str | None = None
    """The registration of the person who replied, if several people share the address; set by the office."""
    findings: tuple[Finding, ...] = field(default=(), eq=False)
    """What was changed or left out; warnings only."""


def read_reply(source: "bytes | Mail", *, sender: str, zone: str | ZoneInfo | None = None) -> IncomingReply:
    """Return the reply to an invitation, as Outlook, Exchange, Google, Apple and Thunderbird send it.

    Args:
        source: a mail, as bytes or as an object of the `email` package, or the calendar in it.
        sender: the sender's address, authenticated by the mail server (DMARC). It has to be that of the person who
            replies, or of the person named in the reply as having sent it on their behalf. Nothing in a calendar
            proves who wrote it, so never take the address from there. Of several people in a reply, only the sender's
            own entry counts.
        zone: the zone of a proposal that names none, as proposals of whole days do: that of the event, its IANA name
            or a ZoneInfo.

    Raises:
        PayloadError: it is too large: ``payload-too-large``, ``calendar-too-long``, ``payload-too-deep``.
        MessageError: it is not a reply, or not one of this sender: ``mail-unreadable``, ``reply-missing``,
            ``calendars-disagree``, ``method-unknown``, ``method-not-answer``, ``event-count``, ``attendee-count``,
            ``sender-differs``; ``property-missing`` or ``property-unreadable`` for a required property; for a
            proposal, the errors of `from_ical` about times; the errors of `from_ical` about calendars.
        InvalidValueError: ``email-malformed`` for *sender*, ``zone-unknown`` for *zone*.
        TypeError: *source* is neither bytes nor a mail.

    Source: RFC 5546 sections 3.2.3, 3.2.6 and 3.2.7; RFC 6047 section 2.
    """
    from wtisd_model.invitation.mail_parts import calendar_parts  # loads the email package

    require_valid(sender, EMAIL, "/sender")
    name = None if zone is None else require_zone(zone)
    parts = calendar_parts(source)
    if len(parts) > _MOST_CALENDARS:
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    reply, *others = [_parse(part.data, part.method, sender.casefold(), name) for part in parts]
    if any(other != reply for other in others):
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    if sender.casefold() == reply.attendee.casefold():
        return reply
    return evolve(reply, findings=(*reply.findings, finding(Code.ANSWERED_FOR_ANOTHER)))


def _parse(data: bytes, stated_method: str | None, sender: str, zone: str | None) -> IncomingReply:
    """Return the reply of *sender* in a calendar; *stated_method* is the METHOD according to the mail."""
    findings = Notes()
    calendars = parse_calendars(data, _LIMITS, findings)
    method = _method(calendars, stated_method)
    vevents = [(calendar, vevent) for calendar in calendars for vevent in calendar.all_components("VEVENT")]
    if len(vevents) != 1:
        raise MessageError(finding(Code.EVENT_COUNT, count=len(vevents)))
    calendar, vevent = vevents[0]
    reader = PropertyReader(zones=CalendarZones(calendar, zone=zone), notes=findings)
    reader.single(calendar, "METHOD")
    attendee, email = _attendee(vevent, sender, reader)
    uid = reader.uid(vevent)
    stamped = _stamp(vevent, reader)
    proposal = read_slot(vevent, reader) if method is Method.COUNTER else None
    place = _place(vevent, reader) if method is Method.COUNTER else None
    # Google states one in a proposal too.
    status = ParticipationStatus.NEEDS_ACTION if method is Method.REFRESH else participation_status_of(attendee)
    if status is None:
        reader.note(Code.PARTSTAT_UNKNOWN, attendee)
    revision = reader.single(vevent, "SEQUENCE")
    sequence = 0 if revision is None else decode_sequence(revision.value)
    if revision is not None and sequence is None:
        reader.note(Code.PROPERTY_UNREADABLE, revision, property=revision.name)
    comment = _comment(vevent, attendee, reader)
    if (attendee.parameter("X-NUM-GUESTS") or "0") != "0":
        reader.note(Code.PROPERTY_DROPPED, attendee, property="X-NUM-GUESTS")
    for occurrence in vevent.all("RECURRENCE-ID")[:1]:
        reader.drop(occurrence)
    for outcome in vevent.all("REQUEST-STATUS"):
        # "REQUEST-STATUS:2.0;Success" says nothing that the reply does not.
        if not outcome.value.startswith("2.0"):
            reader.note_once(Code.PROPERTY_UNSUPPORTED, outcome, property=outcome.name)
    delegates = addresses_in(attendee, "DELEGATED-TO")
    if len(delegates) > _MOST_DELEGATES:
        reader.note(Code.PROPERTY_DROPPED, attendee, property="DELEGATED-TO")
    errors = errors_in(findings.kept)
    if uid is None or stamped is None or errors:
        raise MessageError(*errors)
    return IncomingReply(
        method=method,
        uid=uid,
        sequence=sequence or 0,
        at=stamped,
        attendee=email,
        status=status or ParticipationStatus.NEEDS_ACTION,
        sent_by=decode_cal_address(attendee.parameter("SENT-BY") or ""),
        delegated_to=delegates[:_MOST_DELEGATES],
        delegated_from=addresses_in(attendee, "DELEGATED-FROM"),
        comment=comment,
        proposal=proposal,
        proposed_location=place,
        findings=tuple(findings.kept),
    )


def _method(calendars: Sequence[Component], stated: str | None) -> Method:
    """Return the METHOD, in which the mail and the calendar "MUST be the same" (RFC 6047 section 2.4)."""
    inside = common_method(calendars)
    outside = None if stated is None else decode_method(stated)
    if stated is not None and outside is None:
        raise MessageError(finding(Code.METHOD_UNKNOWN, choices=", ".join(Method)))
    # Google sends its proposal of another time, a COUNTER, in a mail whose method is REPLY.
    is_proposal = (outside, inside) == (Method.REPLY, Method.COUNTER)
    if inside is not None and outside not in {None, inside} and not is_proposal:
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    method = inside or outside
    if method not in ANSWERS:
        raise MessageError(finding(Code.METHOD_NOT_ANSWER, choices=", ".join(ANSWERS)))
    return cast("Method", method)


def _attendee(vevent: Component, sender: str, reader: PropertyReader) -> tuple[Property, str]:
    """Return the ATTENDEE of the sender, and its address.

    A reply has a single ATTENDEE, and it "MUST be the address of the Attendee replying" (RFC 5546 section 3.2.3). But a
    proposal lists all of them (section 3.2.7), and so do the replies of delegates in sections 4.2.6 and 4.2.7.
    """
    attendees = vevent.all("ATTENDEE")
    addressed = [(attendee, email) for attendee in attendees if (email := email_of(attendee)) is not None]
    # RFC 6047 section 2.3: "it is necessary to verify that the Originator is authorized". Addresses are compared
    # without case: the part before the @ could differ by it, but in no mail server does (RFC 5321 section 2.4).
    own = [
        (attendee, email)
        for attendee, email in addressed
        if sender in {email.casefold(), (decode_cal_address(attendee.parameter("SENT-BY") or "") or "").casefold()}
    ]
    if addressed and not own:
        raise MessageError(finding(Code.SENDER_DIFFERS))
    if len(own) != 1:
        raise MessageError(finding(Code.ATTENDEE_COUNT, pointer("lines", vevent.line), count=len(own)))
    if len(attendees) > 1:
        reader.note(Code.ATTENDEES_IGNORED, vevent, count=len(attendees) - 1)
    return own[0]


def _stamp(vevent: Component, reader: PropertyReader) -> datetime | None:
    source = reader.single(vevent, "DTSTAMP")
    if source is None:
        reader.note(Code.PROPERTY_MISSING, vevent, property="DTSTAMP")
        return None
    stamped = decode_date_time_utc(source.value)
    if stamped is None:
        reader.note(Code.PROPERTY_UNREADABLE, source, property=source.name)
    return stamped


def _place(vevent: Component, reader: PropertyReader) -> str | None:
    source = reader.single(vevent, "LOCATION")
    return reader.text(decode_text(source.value), LONG, source) if source is not None and source.value else None


def _comment(vevent: Component, attendee: Property, reader: PropertyReader) -> str | None:
    sources = vevent.all("COMMENT")[:_MOST_COMMENTS]
    # Exchange ends each comment with a line feed.
    texts = [text for source in sources if (text := decode_text(source.value).strip())]
    # Google writes it into a parameter of ATTENDEE.
    noted = (attendee.parameter("X-RESPONSE-COMMENT") or "").strip()
    if noted and noted not in texts:
        sources.append(attendee)
        texts.append(noted)
    return reader.text("\n\n".join(texts), LONG, sources[0]) if texts else None
