"""A schedule feed: an event and its sessions in one calendar, to which calendar programs subscribe."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve

from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.programme.announced import MOST_OCTETS, require_announced
from wtisd_model.programme.format import Format
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.duration import require_length
from wtisd_model.types.language import require_language

if TYPE_CHECKING:
    from icalendar import Calendar

    from wtisd_model.ical.component import Component

FORMAT: Final = Format(
    name="ical",
    media_type="text/calendar",
    extension=".ics",
    as_text={
        "Dossier": frozenset({"interpretation_requests"}),
        "Event": frozenset(
            {
                *{"theme", "description", "locations", "virtual_locations", "venue_to_follow", "contacts", "calls"},
                *{"documents", "floor_languages", "changed_sequence", "minimum_sequence"},
            }
        ),
        "Session": frozenset(
            {
                *{"description", "locations", "virtual_locations", "inherited_places", "people", "materials"},
                *{"floor_languages", "changed_sequence"},
            }
        ),
    },
    not_carried={
        "Event": frozenset(
            {
                *{"short_title", "series", "previous_slots", "audience", "groups", "goals"},
                *{"provenance", "retention_days", "history", "extensions"},
            }
        ),
        "Session": frozenset(
            {
                *{"previous_slots", "on_site_capacity", "remote_capacity", "code", "recording"},
                *{"history", "extensions"},
            }
        ),
        "Organization": frozenset({"acronym", "identifier", "unit", "membership", "country"}),
        "LocalizedText": frozenset({"translations"}),
    },
)
"""An organizer without an e-mail address is left out: ORGANIZER needs one. So are drafts among the sessions."""

JCAL: Final = evolve(FORMAT, name="jcal", media_type="application/calendar+json", extension=".jcal")
"""The same calendar in JSON. RFC 7265 section 7 has no extension of files."""


def to_ical(
    event: Event | Dossier,
    *,
    stamped: datetime | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    refresh: timedelta | None = None,
    utc: bool = False,
    html: bool = False,
    structured: bool = False,
    deadlines: Literal["entry", "task"] | None = None,
) -> bytes:
    """Return an event as a schedule feed, the content of an ``.ics`` file.

    The event and each of its sessions become a VEVENT; drafts among the sessions are left out. There is no METHOD: it
    is a snapshot, not a message (RFC 5545 section 3.7.2). Equal input and an equal time zone database give equal bytes.

    Args:
        event: not a draft; or its dossier, which adds the languages of interpretation.
        stamped: the moment of this export, aware (DTSTAMP); by default when the event was last updated.
        language: the language of texts, a tag such as ``fr``; by default, and without a translation, each text is in
            the language it was written in.
        reminders: how long before the start to show a reminder, unless the event or session is cancelled or postponed:
            at most ten, each in whole seconds and at most 366 days.
        refresh: how often to look for a newer version: whole seconds, from 1 second to 366 days.
        utc: write all times in UTC and no VTIMEZONE; ``X-WTISD-ZONE`` keeps the zones.
        html: write each description as HTML too, for Outlook (X-ALT-DESC) and by RFC 9073 (STYLED-DESCRIPTION).
        structured: write speakers and locations as components too (RFC 9073 PARTICIPANT and VLOCATION), which a few
            programs misread; they are in the texts anyway.
        deadlines: write the deadline of each call as a whole day (``entry``) or as a task (``task``), which many
            programs do not show.

    Returns:
        UTF-8 with CRLF, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing`` where there is neither *stamped* nor
            ``event.updated``; ``uid-repeated``; ``feed-too-large``; ``zone-rules-missing`` or ``zone-rules-unreadable``
            for a time zone database that lacks a zone.
        InvalidValueError: an option is not allowed: ``moment-naive``, ``moment-unreadable``, ``language-unknown``,
            ``value-unknown``, ``wrong-type``, ``duration-not-whole``, ``duration-out-of-range``, ``too-many-items``,
            ``item-repeated``.
        TypeError: *event* is not an Event or a Dossier, or *reminders* are not iterable.

    Source: RFC 5545 section 3.6.1, RFC 7986.
    """
    # Imported here, because only programs that write feeds need it.
    from wtisd_model.ical.serializer import serialize

    options = {"utc": utc, "html": html, "structured": structured}
    calendar, entries = _feed(event, stamped, language, reminders, refresh, deadlines, **options)
    return serialize(calendar, entries, max_size=MOST_OCTETS)


def to_jcal(
    event: Event | Dossier,
    *,
    stamped: datetime | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    refresh: timedelta | None = None,
    utc: bool = False,
    html: bool = False,
    structured: bool = False,
    deadlines: Literal["entry", "task"] | None = None,
) -> bytes:
    """Return an event as jCal: the calendar of `to_ical` in JSON, for programs that would rather not parse it.

    The content, the arguments and the errors are those of `to_ical`. The media type is ``application/calendar+json``.

    Returns:
        UTF-8 without spaces between the values, at most 64,000,000 octets.

    Source: RFC 7265.
    """
    from wtisd_model.ical.jcal import encode_jcal

    options = {"utc": utc, "html": html, "structured": structured}
    calendar, entries = _feed(event, stamped, language, reminders, refresh, deadlines, **options)
    return encode_jcal(calendar, entries, max_size=MOST_OCTETS)


def _feed(
    event: Event | Dossier,
    stamped: datetime | None,
    language: str | None,
    reminders: Iterable[timedelta],
    refresh: timedelta | None,
    deadlines: Literal["entry", "task"] | None,
    *,
    utc: bool,
    html: bool,
    structured: bool,
) -> "tuple[Component, Iterator[Component]]":
    # They take a tenth of the import time.
    from wtisd_model.ical.calendar import DeadlineForm, feed, require_reminders
    from wtisd_model.ical.vevent import entry_context
    from wtisd_model.programme.languages import ProgrammeLanguages

    the_event, requests = event_and_requests(event)
    interval = None if refresh is None else require_length(refresh, "/refresh", shortest=1)
    before = require_reminders(reminders)
    form = None if deadlines is None else parse_enum(DeadlineForm, deadlines, "/deadlines")
    require_announced(the_event)  # of two components with one UID a calendar keeps one (RFC 5545 section 3.8.4.7)
    context = entry_context(
        the_event,
        ProgrammeLanguages(the_event, requests),
        stamped=stamped,
        language=require_language(language),
        utc=utc,
        announces=True,
        html=html,
        structured=structured,
    )
    return feed(the_event, context, before, interval, form)


def to_icalendar(
    event: Event | Dossier,
    *,
    stamped: datetime | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    refresh: timedelta | None = None,
    utc: bool = False,
    html: bool = False,
    structured: bool = False,
    deadlines: Literal["entry", "task"] | None = None,
) -> "Calendar":
    """Return an event as a calendar of the icalendar package, to change it there or to add to it.

    The content is that of `to_ical`, as icalendar reads it; arguments and errors are those of `to_ical`.
    """
    from icalendar import Calendar

    octets = to_ical(
        event,
        stamped=stamped,
        language=language,
        reminders=reminders,
        refresh=refresh,
        utc=utc,
        html=html,
        structured=structured,
        deadlines=deadlines,
    )
    return Calendar.from_ical(octets)
