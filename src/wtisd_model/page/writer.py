"""`to_html`: an event and its programme as one web page; `calendar_files`: the calendars that it links to."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

from wtisd_model.ical.calendar import SingleEntries
from wtisd_model.jsonld.writer import FORMAT as JSON_LD
from wtisd_model.locales import locale_for
from wtisd_model.markup.theme import Theme, require_theme
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event, announced_sessions, session_status
from wtisd_model.model.session import PAUSES, EventStatus, Session
from wtisd_model.page.document import document
from wtisd_model.page.facts import CalendarLink, CalendarLinks, PageContext
from wtisd_model.programme.announced import require_announced, require_size
from wtisd_model.programme.format import Fields, Format
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.types.arguments import parse_enum, require_instance, require_valid
from wtisd_model.types.language import LANGUAGE, LocalizedText, TaggedText, require_language
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.text import LONG, PAGE_ADDRESS
from wtisd_model.types.timezone import require_zone

_SHOWN: Final[Fields] = {
    "Deadline": frozenset({"time_zone"}),
    "Event": frozenset({"sessions", "updated"}),
    "Session": frozenset({"code", "on_site_capacity", "recording", "remote_capacity"}),
}
"""What the page shows, and its JSON-LD does not have."""

FORMAT: Final = Format(
    name="html",
    media_type="text/html",
    extension=".html",
    as_text={
        **JSON_LD.as_text,
        "Dossier": frozenset({"interpretation_requests"}),
        **{name: JSON_LD.as_text.get(name, frozenset()) | fields for name, fields in _SHOWN.items()},
    },
    not_carried={name: fields - _SHOWN.get(name, frozenset()) for name, fields in JSON_LD.not_carried.items()}
    | {"Session": frozenset({"changed_sequence", "extensions", "history", "uid"})},
)


EVENT_FILE: Final = "event.ics"


class _CalendarForm(StrEnum):
    DATA = "data"
    FILES = "files"


def calendars_of(
    event: Event,
    languages: ProgrammeLanguages,
    form: str | None,
    *,
    stamped: datetime | None,
    language: str,
) -> CalendarLinks:
    """Return the links of an announced event and its sessions; none if *form* is None (``value-unknown``).

    Neither cancelled nor postponed ones have any: a page does not ask readers to note down a time that does not hold.
    """
    if form is None:
        return {}
    names = [(session, name) for session, name in file_names(event) if _is_held(event, session)]
    if parse_enum(_CalendarForm, form, "/calendar") is _CalendarForm.FILES:
        return {_id(session): CalendarLink(name) for session, name in names}
    # A calendar in UTC needs no VTIMEZONE, which is most of a short one.
    entries = SingleEntries(event, languages, stamped=stamped, language=language, utc=True)
    return {
        _id(session): CalendarLink(f"data:text/calendar;charset=utf-8;base64,{_base64(entries, session)}", name)
        for session, name in names
    }


def file_names(event: Event) -> Iterator[tuple[Session | None, str]]:
    """Yield pairs of a session, or None for the event, and the name of its calendar file.

    Drafts, breaks and social events have none.

    The name of a session depends on its id alone, so that a published address never becomes that of another session.
    No two names are equal, also where upper and lower case are not distinguished, as on Windows and macOS.
    """
    yield None, EVENT_FILE
    for each in announced_sessions(event):
        if each.kind not in PAUSES:
            # No id has a tilde. After it comes, as a number, which letters are capitals.
            capitals = sum(1 << place for place, letter in enumerate(each.id) if letter.isupper())
            yield each, f"session-{each.id}~{capitals:x}.ics" if capitals else f"session-{each.id}.ics"


def _is_held(event: Event, session: Session | None) -> bool:
    status = session_status(event, session)
    return status is EventStatus.SCHEDULED


def _id(session: Session | None) -> str | None:
    return None if session is None else session.id


def _base64(entries: SingleEntries, session: Session | None) -> str:
    return b64encode(entries.calendar(session)).decode()


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
            translation are in the language they were written in. What the page itself says is in one of the six
            languages of the United Nations, and otherwise in English.
        zone: the zone of all times, ``Africa/Ndjamena``, or a ZoneInfo; by default that of the event. If its clocks
            differ from those of the place, the page has both times.
        calendar: how people put the event or a session into their calendar: by ``files`` next to the page, which
            `wtisd_model.page.calendar_files` returns; by ``data`` in the page itself, which makes it about 1 kB longer
            for each session; None for no such links. Cancelled and postponed sessions have none.
        theme: the colours, a `wtisd_model.pictures.Theme`; by default blue.
        notice: a text of some lines for the top of the page, such as why the event was cancelled; a string is in
            *language*. The notes in the history of the event are not published.
        alternates: the addresses of the page by languages, ``{"fr": "../fr/index.html"}``: web addresses, or paths from
            this page. The page links to those in other languages.
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
    the_event, requests = event_and_requests(event)
    languages = ProgrammeLanguages(the_event, requests)
    slot = require_announced(the_event)
    tag = _language_of(the_event, language)
    colours = require_theme(theme)
    at = None if stamped is None else moment_in_utc(stamped, "/stamped")
    context = PageContext(
        event=the_event,
        slot=slot,
        language=tag,
        words=locale_for(tag),
        zone=slot.time_zone if zone is None else require_zone(zone),
        calendars=calendars_of(the_event, languages, calendar, stamped=at, language=tag),
        languages=languages,
    )
    page = document(context, colours, _notice_in(notice, tag), _checked_pages(alternates)).encode()
    require_size(len(page))
    return page


def calendar_files(
    event: Event | Dossier, *, language: str | None = None, stamped: datetime | None = None
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

    Returns:
        The content of each file by its name, at most 64,000,000 octets together.

    Raises:
        ExportError: as `to_ical`.
        InvalidValueError: ``language-unknown``; ``moment-naive`` or ``moment-unreadable`` for *stamped*.
        TypeError: *event* is not an Event or a Dossier.
    """
    the_event, requests = event_and_requests(event)
    require_announced(the_event)
    entries = SingleEntries(
        the_event,
        ProgrammeLanguages(the_event, requests),
        stamped=stamped,
        language=_language_of(the_event, language),
        utc=False,
    )
    return {name: entries.calendar(session) for session, name in file_names(the_event)}


def _notice_in(notice: str | LocalizedText | None, language: str) -> TaggedText | None:
    """Return a notice in the language of the page or, without a translation, in its own."""
    if notice is None:
        return None
    if isinstance(notice, str):
        return require_valid(notice, LONG, "/notice"), language
    return require_instance(notice, LocalizedText, "notice must be a string or a LocalizedText.").in_language(language)


def _checked_pages(alternates: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the pages in other languages, after a check of their languages and addresses."""
    if alternates is None:
        return {}
    if not isinstance(cast("object", alternates), Mapping):
        raise TypeError("alternates must be a mapping of languages to addresses.")
    for language, address in alternates.items():
        require_valid(language, LANGUAGE, "/alternates")
        require_valid(address, PAGE_ADDRESS, f"/alternates/{language}")
    return alternates


def _language_of(event: Event, language: str | None) -> str:
    return require_language(language) or event.title.language
