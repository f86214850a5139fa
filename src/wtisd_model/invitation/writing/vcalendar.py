"""The VCALENDAR of a message, and what every kind of message may say."""

from collections.abc import Iterable, Sequence

from wtisd_model.ical.content_line import component, line, text, word
from wtisd_model.ical.framing import PRODUCT, VERSION, time_zones
from wtisd_model.invitation.message import Method
from wtisd_model.invitation.writing.property_counts import check_counts
from wtisd_model.types.arguments import checked
from wtisd_model.types.text import LONG
from wtisd_model.types.timeslot import TimeSlot


def calendar(
    method: Method,
    lines: Sequence[bytes],
    *,
    slots: Iterable[TimeSlot] = (),
    utc: bool,
    reminders: Sequence[bytes] = (),
) -> bytes:
    """Put the lines of a VEVENT into the VCALENDAR of a message.

    Nothing of what a feed says of itself is there: for Outlook, X-WR-CALNAME makes it a new calendar (MS-OXCICAL).

    Raises:
        MessageError: ``property-count``.
    """
    check_counts(method, lines, alarms=len(reminders))
    return component(
        "VCALENDAR",
        PRODUCT,
        VERSION,
        line("METHOD", word(method)),
        *time_zones(slots, utc=utc),
        component("VEVENT", *lines, *reminders),
    )


def comment_lines(comment: str | None) -> list[bytes]:
    """Write what a sender adds, or nothing.

    Raises:
        InvalidValueError: ``text-too-long`` for more than 10,000 characters, ``text-control`` and their kin.
    """
    if comment is None:
        return []
    return [line("COMMENT", text(checked(comment, LONG, "/comment")))]
