"""Reading a schedule or an invitation that others wrote, and what was read of it."""

from typing import cast

from attrs import field, frozen

from wtisd_model.codes import Severity
from wtisd_model.findings import Finding
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.message import Method
from wtisd_model.model.answer import ParticipationStatus
from wtisd_model.model.event import Event
from wtisd_model.values.location import Location


@frozen(kw_only=True)
class Attendee:
    """Somebody who is invited (RFC 5545 ATTENDEE)."""

    uid: str
    """The uid of the event or session (RFC 5545 UID)."""
    email: str = field(repr=False)
    """The address (RFC 5545 CAL-ADDRESS)."""
    name: str | None = field(default=None, repr=False)
    """What the person is called (RFC 5545 CN)."""
    language: str | None = None
    """The language to write in (RFC 5545 LANGUAGE)."""
    status: ParticipationStatus = ParticipationStatus.NEEDS_ACTION
    """What was answered (RFC 5545 PARTSTAT)."""


@frozen(kw_only=True)
class Imported:
    """The events of a calendar, and what of it they do not carry."""

    method: Method | None
    """What the calendar asks for (RFC 5546); None for a plain schedule."""
    events: tuple[Event, ...]
    """The events, with their sessions, in the order in which they stand there."""
    attendees: tuple[Attendee, ...] = field(default=(), repr=False)
    """Who is invited to them."""
    findings: tuple[Finding, ...] = ()
    """What was changed, inferred or left out, 100 at most; an error where an event could not be read at all. Paths name
    lines: ``/lines/12``."""
    omitted: int = 0
    """How many further findings there were."""

    @property
    def ok(self) -> bool:
        """Whether every event could be read, if not all of it."""
        return all(each.severity is not Severity.ERROR for each in self.findings)


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
    from wtisd_model.invitation.importing.reading import read  # loads the icalendar package

    if not isinstance(cast("object", data), bytes | bytearray | memoryview):
        raise TypeError("from_ical reads bytes, as a file or a mail holds them.")
    return read(bytes(data), zone=zone, language=language, place=place, limits=limits or CalendarLimits())
