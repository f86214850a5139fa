"""The VCALENDAR of a message, and what every kind of message may say."""

from collections.abc import Iterable

from wtisd_model.ical.calendar import vcalendar
from wtisd_model.ical.component import Component
from wtisd_model.ical.method import Method
from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_keyword, encode_text
from wtisd_model.invitation.writing.property_counts import check_counts
from wtisd_model.types.arguments import checked
from wtisd_model.types.text import LONG
from wtisd_model.types.timeslot import TimeSlot


def calendar(method: Method, vevent: Component, *further: str, slots: Iterable[TimeSlot] = (), utc: bool) -> Component:
    """Return the VCALENDAR of a message about *vevent*.

    It has no properties of a feed: for Outlook, X-WR-CALNAME makes it a new calendar (MS-OXCICAL).

    Args:
        method: what the message does.
        vevent: its event.
        further: the names of properties that will be added to the event.
        slots: all times in it.
        utc: whether they are written in UTC.

    Raises:
        MessageError: ``property-count``.
    """
    check_counts(method, vevent, *further)
    return vcalendar([Property("METHOD", encode_keyword(method))], [vevent], slots=slots, utc=utc)


def comment_property(comment: str | None) -> list[Property]:
    """Return COMMENT, if the sender adds one.

    Raises:
        InvalidValueError: ``text-too-long`` for more than 10,000 characters, ``text-control`` and others.
    """
    if comment is None:
        return []
    return [Property("COMMENT", encode_text(checked(comment, LONG, "/comment")))]
