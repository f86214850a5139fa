"""What others wrote: their schedules and invitations, and their answers to ours."""

from typing import TYPE_CHECKING, cast

from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.importing.outcome import Imported
from wtisd_model.invitation.receiving.reply import IncomingReply
from wtisd_model.types.location import Location

if TYPE_CHECKING:
    from email.message import Message as Mail


def from_ical(
    data: bytes,
    *,
    zone: str | None = None,
    language: str = "und",
    place: Location | None = None,
    limits: CalendarLimits | None = None,
) -> Imported:
    """Read the events of an iCalendar file, as far as our objects carry them.

    An entry that says that it is part of another one (RELATED-TO) becomes its session. What `to_ical` wrote comes back
    so that it is written the same again. Nothing is lost in silence: the result's findings name what was left out.

    Args:
        data: the content of an ``.ics`` file: UTF-8, or UTF-16 with a byte order mark.
        zone: IANA name of the zone for times that have none, and for whole days: ``Europe/Zurich``. Whole days take
            the calendar's ``X-WR-TIMEZONE`` where it is not given.
        language: the language of texts that do not say theirs; by default ``und``, undetermined.
        place: where the rooms are that LOCATION names: a calendar knows neither town nor country of a place.
        limits: how much the file may hold.

    Raises:
        MessageError: no event can be read: ``payload-too-large``, ``calendar-too-long``, ``not-utf8``,
            ``payload-too-deep``, ``component-unbalanced``, ``calendar-missing``, ``calendars-disagree``,
            ``method-unknown``, ``event-missing``; or with all that is wrong in its events.
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type`` for an argument.
        TypeError: *data* is not bytes.

    Source: RFC 5545, RFC 7986.
    """
    from wtisd_model.invitation.importing.calendar_file import read  # loads the icalendar package

    if not isinstance(cast("object", data), bytes | bytearray | memoryview):
        raise TypeError("from_ical reads bytes, as a file or a mail holds them.")
    return read(bytes(data), zone=zone, language=language, place=place, limits=limits or CalendarLimits())


def read_reply(source: "bytes | Mail", *, sender: str) -> IncomingReply:
    """Read an answer to an invitation, as Outlook, Exchange, Google, Apple and Thunderbird send it.

    Args:
        source: a mail, as bytes or as the `email` package has it, or the calendar in it.
        sender: the address that the mail comes from, and that the mail server has authenticated (DMARC). It has to be
            that of the person who answers, or of whoever the answer says has sent it for the person. Nothing in a
            calendar proves who wrote it, so never take the address from there.

    Raises:
        MessageError: it is no answer, or not one of this sender: ``payload-too-large``, ``mail-unreadable``,
            ``reply-missing``, ``calendars-disagree``, ``method-unknown``, ``method-not-answer``, ``event-count``,
            ``attendee-count``, ``sender-differs``; ``property-missing`` or ``property-unreadable`` for what an answer
            must have; for a proposal what `from_ical` refuses of times; what `from_ical` refuses of a calendar.
        InvalidValueError: ``email-malformed`` for *sender*.
        TypeError: *source* is neither bytes nor a mail.

    Source: RFC 5546 sections 3.2.3, 3.2.6 and 3.2.7; RFC 6047 section 2.
    """
    from wtisd_model.invitation.receiving.mailed_answer import read  # loads the icalendar package

    return read(source, sender)
