"""Reading a schedule or an invitation that others wrote."""

from typing import TYPE_CHECKING, cast

from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.values.location import Location

if TYPE_CHECKING:
    from wtisd_model.invitation.imported import Imported


def from_ical(
    data: bytes,
    *,
    zone: str | None = None,
    language: str = "und",
    place: Location | None = None,
    limits: CalendarLimits | None = None,
) -> "Imported":
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
    from wtisd_model.invitation.importing.reading import read  # loads the icalendar package

    if not isinstance(cast("object", data), bytes | bytearray | memoryview):
        raise TypeError("from_ical reads bytes, as a file or a mail holds them.")
    return read(bytes(data), zone=zone, language=language, place=place, limits=limits or CalendarLimits())
