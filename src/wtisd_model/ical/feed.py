"""A schedule feed: an event and its sessions in one calendar, to which calendar programs subscribe."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, TypedDict, Unpack

from attrs import evolve, field, frozen
from attrs.converters import optional

from wtisd_model.codes import Code
from wtisd_model.contentlines.serializer import content_line, enclosed, encode_parameters, text_line
from wtisd_model.contentlines.values import (
    encode_date_time_utc,
    encode_duration,
    encode_integer,
    encode_keyword,
    encode_text,
    encode_text_list,
    encode_uri,
)
from wtisd_model.errors import ExportError
from wtisd_model.findings import finding
from wtisd_model.ical.calendar import CALENDAR_END, CalendarOptions, alarms, calendar_start, stamp_in_utc
from wtisd_model.ical.jcal import jcal_pieces
from wtisd_model.ical.times import day_lines, stamp_line
from wtisd_model.ical.vevent import (
    TRANSPARENT,
    EntryContext,
    ExportedEntry,
    address_text,
    calendar_entry,
    description_line,
    position_line,
)
from wtisd_model.locales import language_of
from wtisd_model.markup.element import element, linked
from wtisd_model.model.call import Call
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, announced_sessions, session_status
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import Events, announced_events, require_announced
from wtisd_model.programme.files import calendar_file_names, joined_pieces, require_size
from wtisd_model.programme.format import Format, listed
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.people import people_named, roles_on_stage
from wtisd_model.programme.places import room_of
from wtisd_model.programme.texts import call_in_words
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.duration import require_length
from wtisd_model.types.identifiers import name_based_uid
from wtisd_model.types.language import LocalizedText, TaggedText, localized
from wtisd_model.types.location import Location
from wtisd_model.types.people import Role
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone, to_utc

if TYPE_CHECKING:
    from icalendar import Calendar

FORMAT: Final = Format(
    name="ical",
    media_type="text/calendar",
    extension=".ics",
    as_text=listed(
        Dossier="interpretation_requests",
        Event="short_title theme description locations virtual_locations venue_to_follow contacts calls documents "
        "floor_languages changed_sequence minimum_sequence",
        Session="description locations virtual_locations inherited_places people materials floor_languages "
        "changed_sequence",
        Organization="unit",
    ),
    not_carried=listed(
        Event="series previous_slots audience groups goals provenance retention_days history extensions",
        Session="previous_slots on_site_capacity remote_capacity code recording history extensions",
        Organization="acronym identifier membership country",
        LocalizedText="translations",
    ),
)
"""An organizer without an e-mail address is left out: ORGANIZER needs one. So are drafts among the sessions."""

JCAL: Final = evolve(FORMAT, name="jcal", media_type="application/calendar+json", extension=".jcal")
"""The same calendar in JSON. RFC 7265 section 7 has no extension of files."""


class DeadlineForm(StrEnum):
    """How a feed shows the deadlines of calls."""

    ENTRY = "entry"
    """A VEVENT of the last day, which takes nobody's time; every program shows it."""
    TASK = "task"
    """A VTODO that is due when the last day ends; many programs, such as Google Calendar, show none."""


def _interval(refresh: timedelta) -> timedelta:
    return require_length(refresh, "/refresh", shortest=1)


def _form(deadlines: Literal["entry", "task"]) -> DeadlineForm:
    return parse_enum(DeadlineForm, deadlines, "/deadlines")


@frozen(kw_only=True)
class _FeedOptions(CalendarOptions):
    """The options of a feed, checked; those of `to_ical`."""

    stamped: datetime | None = field(default=None, converter=optional(stamp_in_utc))
    name: str | LocalizedText | None = None
    refresh: timedelta | None = field(default=None, converter=optional(_interval))
    html: bool = False
    structured: bool = False
    deadlines: DeadlineForm | None = field(default=None, converter=optional(_form))


def to_ical(
    event: Events,
    *,
    name: str | LocalizedText | None = None,
    stamped: datetime | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    refresh: timedelta | None = None,
    utc: bool = False,
    html: bool = False,
    structured: bool = False,
    deadlines: Literal["entry", "task"] | None = None,
) -> bytes:
    """Return an event as a schedule feed, the content of an ``.ics`` file, or several events in one calendar.

    Each event and each session becomes a VEVENT; drafts among the sessions are left out. There is no METHOD: it is a
    snapshot, not a message (RFC 5545 section 3.7.2). Equal input and an equal time zone database give equal bytes.

    Args:
        event: not a draft; or its dossier, which adds the languages of interpretation; or an iterable of events and
            dossiers, which are written in its order, with one VTIMEZONE for each zone.
        name: the name of the calendar (NAME); a string is in *language*. By default the title of the only event, and
            none for several.
        stamped: the moment of this export, aware (DTSTAMP); by default when each event was last updated.
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
            ``event.updated``; ``uid-repeated``, also for two events; ``feed-too-large``; ``zone-rules-missing`` or
            ``zone-rules-unreadable`` for a time zone database that lacks a zone. Of several events, the path begins
            with the index of one: ``/1/slot``.
        InvalidValueError: an option is not allowed: ``moment-naive``, ``moment-unreadable``, ``language-unknown``,
            ``value-unknown``, ``wrong-type``, ``duration-not-whole``, ``duration-out-of-range``, ``too-many-items``,
            ``item-repeated``, a code of texts for *name*; or ``too-few-items`` for no event at all.
        TypeError: *event* is not an Event or a Dossier or an iterable of them, *name* is neither a string nor a
            LocalizedText, or *reminders* are not iterable.

    Source: RFC 5545 section 3.6.1, RFC 7986.
    """
    options = _FeedOptions(
        name=name,
        stamped=stamped,
        language=language,
        reminders=reminders,
        refresh=refresh,
        utc=utc,
        html=html,
        structured=structured,
        deadlines=deadlines,
    )
    start, entries = _feed(event, options)
    return joined_pieces(chain([start], entries, [CALENDAR_END]))


class FeedArguments(TypedDict, total=False):
    """The arguments of `to_ical` that other forms of the same calendar take too."""

    name: str | LocalizedText | None
    stamped: datetime | None
    language: str | None
    reminders: Iterable[timedelta]
    refresh: timedelta | None
    utc: bool
    html: bool
    structured: bool
    deadlines: Literal["entry", "task"] | None


def to_jcal(event: Events, **options: Unpack[FeedArguments]) -> bytes:
    """Return events as jCal: the calendar of `to_ical` in JSON, for programs that would rather not parse it.

    The content, the arguments and the errors are those of `to_ical`. The media type is ``application/calendar+json``.

    Returns:
        UTF-8 without spaces between the values, at most 64,000,000 octets.

    Source: RFC 7265.
    """
    return joined_pieces(jcal_pieces(*_feed(event, _FeedOptions(**options))))


def to_icalendar(event: Events, **options: Unpack[FeedArguments]) -> "Calendar":
    """Return events as a calendar of the icalendar package, to change it there or to add to it.

    The content is that of `to_ical`, as icalendar reads it; arguments and errors are those of `to_ical`.
    """
    from icalendar import Calendar  # it takes longer to load than all else that a feed needs

    return Calendar.from_ical(to_ical(event, **options))


def calendar_files(
    event: Event | Dossier, *, language: str | None = None, stamped: datetime | None = None, utc: bool = False
) -> dict[str, bytes]:
    """Return the calendar files that the page of `to_html` links to, by their names; put them next to the page.

    ``event.ics`` has the event alone, and there is one for each session, such as ``session-s1.ics``, but for drafts,
    breaks and social events (`SessionKind.BREAK` and ``SOCIAL``). Cancelled and postponed sessions have one too,
    which says so to a program that loads it again, although the page no longer links to it. The entries are those of
    `to_ical` in the same language, so a program that knows the whole programme shows none of them twice.

    Args:
        event: not a draft; or the dossier of such an event.
        language: the language of texts, as for `to_html`.
        stamped: the moment of this export, aware; by default when the event was last updated.
        utc: write all times in UTC, as for `to_ical`.

    Returns:
        The content of each file by its name, at most 64,000,000 octets together.

    Raises:
        ExportError: as `to_ical`.
        InvalidValueError: ``language-unknown``; ``moment-naive`` or ``moment-unreadable`` for *stamped*.
        TypeError: *event* is not an Event or a Dossier.
    """
    options = _FeedOptions(stamped=stamped, language=language, utc=utc)
    the_event, requests = event_and_requests(event)
    require_announced(the_event)
    context, stamp = _prepared(the_event, requests, options, in_one_language=True)
    files, octets = dict[str, bytes](), 0
    for session, name in calendar_file_names(context.event):
        entry = _entry(session, context)
        vevent = enclosed("VEVENT", entry.uid_line, stamp, entry.numbers, entry.lines)
        files[name] = calendar_start(b"", [entry.slot], utc=utc) + vevent + CALENDAR_END
        octets += len(files[name])
        require_size(octets)
    return files


def _prepared(
    event: Event,
    requests: Iterable[InterpretationRequest],
    options: _FeedOptions,
    *,
    in_one_language: bool = False,
) -> tuple[EntryContext, bytes]:
    """Return what the entries of an event share, and their DTSTAMP; *in_one_language*, by default that of the title."""
    stamped = options.stamped or event.updated
    if stamped is None:
        raise ExportError(finding(Code.STAMP_MISSING, "/stamped"))
    default = event.title.language if in_one_language else None
    describe = description_lines if options.html else None
    languages, language = ProgrammeLanguages(event, requests), options.language or default
    context = EntryContext(event, languages, language, utc=options.utc, describe=describe, announces=True)
    return context, stamp_line(stamped)


def _feed(given: Events, options: _FeedOptions) -> tuple[bytes, Iterator[bytes]]:
    """Return a calendar up to its entries, and an iterator that writes these one by one."""
    events = [_prepared(event, requests, options) for event, requests in announced_events(given)]
    slots = list[TimeSlot]()
    for context, _ in events:
        slots += [context.slot, *[session.slot for session in announced_sessions(context.event)]]
    only = events[0][0].event if len(events) == 1 else None
    start = calendar_start(_header(only, options), slots, utc=options.utc)
    return start, chain.from_iterable([_entries(context, options, stamp) for context, stamp in events])


def _header(only: Event | None, options: _FeedOptions) -> bytes:
    """Return the properties of a calendar, which are those of its *only* event as far as nothing else is said."""
    name = None if only is None else only.title
    if options.name is not None:
        name = localized(options.name, options.language or "und", "name")
    lines = b""
    if name is not None:
        title = name.in_language(options.language)
        # RFC 7986 section 5, and what calendar programs read instead.
        lines += text_line("NAME", [title]) + content_line("X-WR-CALNAME", encode_text(title[0]))
    if only is not None:
        if only.url is not None:
            lines += content_line("URL", encode_uri(only.url))
        lines += _color_line(only)
    if options.refresh is not None:
        # "REFRESH-INTERVAL ... VALUE ... no default" (RFC 7986 section 5.7)
        interval = encode_duration(options.refresh)
        lines += content_line("REFRESH-INTERVAL", interval, encode_parameters({"VALUE": ("DURATION",)}))
        lines += content_line("X-PUBLISHED-TTL", interval)
    return lines


def _color_line(event: Event) -> bytes:
    return b"" if event.color is None else content_line("COLOR", encode_text(event.color))


def _entries(context: EntryContext, options: _FeedOptions, stamp: bytes) -> Iterator[bytes]:
    """Yield the entries of an event and of its sessions, and those of deadlines."""
    event, color = context.event, _color_line(context.event)
    sessions: list[Session | None] = [None, *announced_sessions(event)]
    for session in sessions:
        entry, inside = _entry(session, context), list[bytes]()
        if options.reminders and session_status(event, session) is EventStatus.SCHEDULED:
            inside.append(alarms(options.reminders, entry.title))
        if options.structured:
            inside += () if session is None else _participants(session, entry.uid)
            inside += _vlocations(entry.places.locations, entry.uid, context.language)
        yield enclosed("VEVENT", entry.uid_line, stamp, entry.numbers, entry.lines, color, *inside)
    if options.deadlines is not None:
        for call in event.calls:
            if call.deadline is not None:
                yield _deadline(call, call.deadline, context, stamp, options.deadlines)


def _entry(session: Session | None, context: EntryContext) -> ExportedEntry:
    """Return the VEVENT of a session or the event, which takes nobody's time if its sessions do."""
    event = context.event
    has_sessions = session is None and bool(announced_sessions(event))
    return calendar_entry(session, context, status=session_status(event, session), transparent=has_sessions)


_DERIVED: Final = encode_parameters({"DERIVED": ("TRUE",)})
_TEXT: Final = encode_parameters({"VALUE": ("TEXT",)})
_HTML: Final = encode_parameters({"FMTTYPE": ("text/html",)})


def description_lines(paragraphs: Sequence[TaggedText]) -> bytes:
    """Return DESCRIPTION, marked as derived, and its paragraphs as HTML: STYLED-DESCRIPTION and X-ALT-DESC.

    Nothing in the HTML is loaded or run. The last property is for Outlook, which knows only that one.

    Source: RFC 9073 sections 5.3 and 6.5; MS-OXCICAL section 2.1.3.1.1.20.27.
    """
    if not paragraphs:
        return b""
    parts = [element("p", linked(text), lang=language_of(text, tag), dir="auto") for text, tag in paragraphs]
    html = encode_text(element("html", element("body", *parts)))
    plain = description_line(paragraphs, _DERIVED)
    return plain + content_line("STYLED-DESCRIPTION", html, _TEXT + _HTML) + content_line("X-ALT-DESC", html, _HTML)


def _participants(session: Session, uid: str) -> Iterator[bytes]:
    """Yield a PARTICIPANT for each person; *uid* is that of the session in calendars.

    The type says only that a person speaks or takes part, so the roles are categories. There is no CALENDAR-ADDRESS.

    Source: RFC 9073 sections 6.2 and 7.1.
    """
    for number, person in enumerate(people_named(session)):
        name = person.name or ""
        speaks = not person.roles.isdisjoint(_SPEAKING)
        about = ", ".join(part for part in (person.job_title, person.organization) if part is not None)
        yield enclosed(
            "PARTICIPANT",
            content_line("UID", encode_text(name_based_uid(f"PARTICIPANT {number} {uid} {name}"))),
            content_line("PARTICIPANT-TYPE", encode_keyword("SPEAKER" if speaks else "ACTIVE")),
            content_line("SUMMARY", encode_text(name)),
            content_line("DESCRIPTION", encode_text(about)) if about else b"",
            content_line("CATEGORIES", encode_text_list(roles_on_stage(person))) if person.roles else b"",
        )


_SPEAKING: Final = (Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST)


def _vlocations(locations: Iterable[Location], uid: str, language: str | None) -> Iterator[bytes]:
    """Yield a VLOCATION for each location of an entry, named by its room if it has one; *uid* is that of the entry.

    Source: RFC 9073 section 7.2.
    """
    for number, location in enumerate(locations):
        text, tag = address_text(location, language)
        name, _ = room_of(location, language).name
        yield enclosed(
            "VLOCATION",
            content_line("UID", encode_text(name_based_uid(f"VLOCATION {number} {uid} {location.name.text}"))),
            text_line("NAME", [(name, tag)]),
            text_line("DESCRIPTION", [(text, tag)]),
            position_line([location]),
        )


def _deadline(call: Call, deadline: Deadline, context: EntryContext, stamp: bytes, form: DeadlineForm) -> bytes:
    """Return the component of a call with a deadline, always with the same uid: a deadline that moves stays the same.

    It has the event's SEQUENCE, which never falls; of two versions with the same one the later DTSTAMP counts.

    Source: RFC 5545 sections 3.6.1 and 3.6.2.
    """
    event, words = context.event, context.words
    title, tag = event.title.in_language(context.language)
    named = words.participation["deadline"].format_map({"call": words.participation[call.kind], "title": title})
    url = call.url or event.url
    lines = (
        content_line("UID", encode_text(name_based_uid(f"DEADLINE {call.kind} {event.uid}"))),
        stamp,
        context.changes,
        content_line("SEQUENCE", encode_integer(event.sequence)),
        context.parent,
        content_line("X-WTISD-CALL", encode_keyword(call.kind)),
        text_line("SUMMARY", [(named, tag)]),
        text_line("DESCRIPTION", [(call_in_words(call, context.slot.time_zone, words), words.language)]),
        b"" if url is None else content_line("URL", encode_uri(url)),
    )
    if form is DeadlineForm.TASK:
        return enclosed("VTODO", *lines, *_task(event, call, deadline))
    return enclosed("VEVENT", *lines, *_whole_day(event, deadline))


def _whole_day(event: Event, deadline: Deadline) -> Iterator[bytes]:
    cancelled = event.status is EventStatus.CANCELLED
    yield content_line("STATUS", encode_keyword("CANCELLED" if cancelled else "CONFIRMED"))
    yield TRANSPARENT
    # Not those of a TimeSlot, which ends in an accepted year, and on days that the zone had.
    yield day_lines(deadline.date, deadline.date + timedelta(days=1), deadline.time_zone)


def _task(event: Event, call: Call, deadline: Deadline) -> Iterator[bytes]:
    cancelled = event.status is EventStatus.CANCELLED
    yield content_line("STATUS", encode_keyword("CANCELLED" if cancelled else "NEEDS-ACTION"))
    # The last second of the day, so that its date is that of the deadline.
    due = to_utc(deadline.closes_at) - timedelta(seconds=1)
    if call.opens is not None and call.opens < due:  # "MUST be later in time" (RFC 5545 section 3.8.2.3)
        yield content_line("DTSTART", encode_date_time_utc(call.opens))
    # The year of the place is an accepted one; in UTC it may be the next.
    yield content_line("DUE", encode_date_time_utc(at_zone(due, deadline.time_zone)))
