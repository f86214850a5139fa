"""`to_html`: an event and its programme as one web page."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

from attrs import evolve

from wtisd_model.ical.feed import calendar_files
from wtisd_model.jsonld.write import FORMAT as JSON_LD
from wtisd_model.locales import locale_for
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, session_status
from wtisd_model.model.session import EventStatus
from wtisd_model.page.facts import CalendarLink, CalendarLinks, PageContext
from wtisd_model.page.sections import document, list_of_events
from wtisd_model.programme.announced import Events, announced_events, require_announced
from wtisd_model.programme.files import calendar_file_names, require_size
from wtisd_model.programme.format import format_like, listed
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.types.arguments import parse_enum, require_valid
from wtisd_model.types.language import LANGUAGE, LocalizedText, TaggedText, localized, require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.text import PAGE_ADDRESS
from wtisd_model.types.timezone import require_zone

FORMAT: Final = format_like(
    JSON_LD,
    name="html",
    media_type="text/html",
    extension=".html",
    as_text=listed(
        Deadline="time_zone",
        Document="signed",
        Dossier="interpretation_requests",
        Event="sessions updated",
        Session="code on_site_capacity recording remote_capacity",
    ),
    not_carried=listed(Session="uid"),
)
"""What the page carries: the event itself as JSON-LD, and its programme and more as text."""


def _calendar_links(
    event: Event, subject: Event | Dossier, form: str | None, *, stamped: datetime | None, language: str
) -> CalendarLinks:
    """Return the links of an announced event and its sessions; none if *form* is None.

    Neither cancelled nor postponed ones have any: a page does not ask readers to note down a time that does not hold.
    """
    if form is None:
        return {}
    names = {
        None if session is None else session.id: name
        for session, name in calendar_file_names(event)
        if session_status(event, session) is EventStatus.SCHEDULED
    }
    if parse_enum(("data", "files"), form, "/calendar") == "files":
        return {id_: CalendarLink(name) for id_, name in names.items()}
    # A calendar in UTC needs no VTIMEZONE, which is most of a short one.
    files = calendar_files(subject, stamped=stamped, language=language, utc=True)
    return {
        id_: CalendarLink(f"data:text/calendar;charset=utf-8;base64,{b64encode(files[name]).decode()}", name)
        for id_, name in names.items()
    }


def to_html(
    event: Event | Dossier,
    *,
    language: str | None = None,
    zone: str | ZoneInfo | None = None,
    calendar: Literal["files", "data"] | None = "files",
    theme: Theme | None = None,
    notice: str | LocalizedText | None = None,
    alternates: Mapping[str, str] | None = None,
    stamped: datetime | None = None,
) -> bytes:
    """Return the web page of an event with its whole programme: one static file that can be published anywhere.

    Nothing in it runs, and nothing is loaded. It can be read on a phone, on paper and by a screen reader, in light and
    in dark mode, from right to left in Arabic. It has the event as JSON-LD. Drafts among the sessions are left out.
    Equal input and an equal time zone database give equal bytes.

    It has the people and addresses that `to_jsonld` and `to_ical` publish, and no others: speakers are named without
    their addresses. For a dossier it also shows the languages of interpretation.

    Args:
        event: not a draft; or the dossier of such an event.
        language: the language of the page, a tag such as ``fr``; by default that of the title. Texts without a
            translation are in the language they were written in. What the page itself says is in one of the eight
            languages of the package, and otherwise in English.
        zone: the zone of all times, ``Africa/Ndjamena``, or a ZoneInfo; by default that of the event. If its clocks
            differ from those of the place, the page has both times.
        calendar: how people put the event or a session into their calendar: by ``files`` next to the page, which
            `wtisd_model.page.calendar_files` returns; by ``data`` in the page itself, which makes it about 1 kB longer
            for each session; None for no such links. Cancelled and postponed sessions have none.
        theme: the colours, a `wtisd_model.Theme`; by default blue.
        notice: a text of some lines for the top of the page, such as why the event was cancelled; a string is in
            *language*. The notes in the history of the event are not published.
        alternates: the addresses of the page by languages, ``{"fr": "../fr/index.html"}``: web addresses, or paths and
            queries (``?language=fr``) from this page. The page links to those in other languages.
        stamped: with ``data``, the moment of this export, aware; by default when the event was last updated.

    Returns:
        UTF-8, at most 64,000,000 octets.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``uid-repeated``; ``feed-too-large``; with ``data`` also
            ``stamp-missing``, as `to_ical`.
        InvalidValueError: ``language-unknown``, ``zone-unknown``, ``value-unknown`` for *calendar*; a code of texts for
            *notice*; ``language-unknown`` or ``uri-malformed`` for *alternates*; ``moment-naive`` or
            ``moment-unreadable`` for *stamped*.
        TypeError: an argument has another type than these.
    """
    context, colours = context_of(event, language, zone), require_theme(theme)
    at, tag = None if stamped is None else moment_in_utc(stamped, "/stamped"), context.language
    calendars = _calendar_links(context.event, event, calendar, stamped=at, language=tag)
    context = evolve(context, calendars=calendars)
    page = document(context, colours, notice_in(notice, tag), checked_pages(alternates)).encode()
    require_size(len(page))
    return page


def overview(
    events: Events,
    *,
    name: str | LocalizedText,
    pages: Mapping[str, str],
    calendar: str | None = None,
    language: str | None = None,
    zone: str | ZoneInfo | None = None,
    theme: Theme | None = None,
    alternates: Mapping[str, str] | None = None,
) -> bytes:
    """Return the web page of several events, in the order of time, with links to their pages and to one calendar.

    It says when and where each of them is, and what does not take place. It is a static file like that of `to_html`,
    which explains the other arguments and errors.

    Args:
        events: an iterable of events and dossiers; not drafts.
        name: what they are called together, the title of the page; a string is in *language*.
        pages: the addresses of the pages of events, by their uids: web addresses, or paths from this page.
        calendar: the address of the calendar with all of them, which `to_ical` writes; None for no such link.
        language: the language of the page; by default that of the title of the first event.
        zone: the zone of all times; by default that of each event.
        theme: the colours.
        alternates: the addresses of the page by languages.

    Raises:
        ExportError: as `to_html`; the path begins with the index of an event: ``/1/slot``.
        InvalidValueError: as `to_html`; a code of texts for *name*; ``uri-malformed`` for *pages* or *calendar*;
            ``too-few-items`` for no event at all.
        TypeError: an argument has another type than these.
    """
    given, colours = [event for event, _ in announced_events(events)], require_theme(theme)
    tag = require_language(language) or given[0].title.language
    contexts = sorted([context_of(event, tag, zone) for event in given], key=attrgetter("slot.starts_at"))
    for address in pages.values():
        require_valid(address, PAGE_ADDRESS, "/pages")
    if calendar is not None:
        require_valid(calendar, PAGE_ADDRESS, "/calendar")
    title = localized(name, tag, "name").in_language(tag)
    page = list_of_events(contexts, title, pages, calendar, colours, checked_pages(alternates)).encode()
    require_size(len(page))
    return page


def context_of(event: Event | Dossier, language: str | None, zone: str | ZoneInfo | None) -> PageContext:
    """Return what the parts of a page share, without links to calendar files."""
    the_event, requests = event_and_requests(event)
    languages = ProgrammeLanguages(the_event, requests)
    slot = require_announced(the_event)
    tag = require_language(language) or the_event.title.language
    return PageContext(
        event=the_event,
        slot=slot,
        language=tag,
        words=locale_for(tag),
        zone=slot.time_zone if zone is None else require_zone(zone),
        calendars={},
        languages=languages,
    )


def notice_in(notice: str | LocalizedText | None, language: str) -> TaggedText | None:
    """Return a notice in the language of the page or, without a translation, in its own."""
    return None if notice is None else localized(notice, language, "notice").in_language(language)


def checked_pages(alternates: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the pages in other languages, after a check of their languages and addresses."""
    if alternates is None:
        return {}
    if not isinstance(cast("object", alternates), Mapping):
        raise TypeError("alternates must be a mapping of languages to addresses.")
    for language, address in alternates.items():
        require_valid(language, LANGUAGE, "/alternates")
        require_valid(address, PAGE_ADDRESS, f"/alternates/{language}")
    return alternates
