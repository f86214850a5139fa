"""An event and its sessions as the lines of VEVENTs, for feeds and messages alike.

`shared` writes once what every VEVENT of an event says; `event_entry` and `session_entry` give the lines between BEGIN
and END, in a fixed order, for the caller to put its own behind: reminders in a feed, attendees in a message.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import ExportError, finding
from wtisd_model.ical.content_line import (
    address,
    date_time_utc,
    integer,
    line,
    parameter,
    said,
    text,
    texts,
    uri,
    word,
)
from wtisd_model.ical.joining import BETWEEN_PARAGRAPHS, BETWEEN_PARTS
from wtisd_model.ical.times import slot_lines, stamp_line
from wtisd_model.ical.whereabouts import Place, place
from wtisd_model.locales import Locale, locale_for
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.language import LocalizedText, Said
from wtisd_model.types.people import Contact, Role
from wtisd_model.types.timeslot import TimeSlot, moment_in_utc

_STATUS: Final = {
    EventStatus.SCHEDULED: line("STATUS", word("CONFIRMED")),
    EventStatus.POSTPONED: line("STATUS", word("TENTATIVE")),
    EventStatus.CANCELLED: line("STATUS", word("CANCELLED")),
}

_TRANSPARENT: Final = line("TRANSP", word("TRANSPARENT"))


@frozen(kw_only=True)
class Shared:
    """What every VEVENT of one event says, written once, and how the rest is to be written."""

    language: str | None
    """The reader's language; None for the one that each text was written in."""
    utc: bool
    slot: TimeSlot
    words: Locale
    revision: tuple[bytes, ...] = field(repr=False)
    """DTSTAMP, CREATED, LAST-MODIFIED and SEQUENCE."""
    place: Place = field(repr=False)
    """The event's place, which is that of a session without one."""
    belonging: tuple[bytes, ...] = field(repr=False)
    """URL, CATEGORIES, ORGANIZER, CONTACT and IMAGE, the same for sessions as for their event."""
    parent: bytes = field(repr=False)
    """The RELATED-TO of a session."""


def shared(
    event: Event, *, stamped: datetime | None, language: str | None, utc: bool, remote_first: bool = False
) -> Shared:
    """Write what all VEVENTs of *event* have in common.

    Args:
        event: not a draft, which nobody has been told of.
        stamped: when this is written, aware (RFC 5545 section 3.8.7.2); None for when the event was updated.
        language: whose texts to choose, a tag in canonical form; None for those of the original.
        utc: write all times in UTC.
        remote_first: name places to dial in before places to go to.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing``; what the functions of content_line refuse.
        InvalidValueError: ``moment-naive``, ``moment-unreadable`` or ``wrong-type`` for *stamped*.
    """
    if event.slot is None:
        raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/slot"))
    if event.status is EventStatus.DRAFT:
        raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/status"))
    words = locale_for(language or event.title.language)
    return Shared(
        language=language,
        utc=utc,
        slot=event.slot,
        words=words,
        revision=_revision(event, _stamp(event, stamped)),
        place=place(
            event.locations, event.virtual_locations, language=language, words=words, remote_first=remote_first
        ),
        belonging=tuple(_belonging(event, language)),
        # RELTYPE is PARENT where it is not said (RFC 5545 section 3.2.15).
        parent=line("RELATED-TO", text(event.uid)),
    )


@frozen(kw_only=True)
class Entry:
    """What a VEVENT says: its lines, and the same in words."""

    uid: str
    slot: TimeSlot
    title: Said
    about: tuple[Said, ...]
    """What it is about, paragraph by paragraph."""
    place: Place
    lines: list[bytes] = field(repr=False)


def event_entry(event: Event, common: Shared, *, status: EventStatus | None, transparent: bool) -> Entry:
    """Write the lines of the event itself.

    Args:
        event: that of *common*.
        common: what `shared` gave.
        status: what it says of whether it takes place; None to say nothing of it.
        transparent: whether something else, such as its sessions, is what takes a person's time.
    """
    words, language = common.words, common.language
    title = event.title.in_language(language)
    about = _about(language, event.theme, event.description)
    sentence = _sentence(status, words.event, words.language)
    lines = [
        line("UID", text(event.uid)),
        *common.revision,
        *_status(status),
        *([_TRANSPARENT] if transparent else []),
        *slot_lines(common.slot, utc=common.utc),
        *said("SUMMARY", [title]),
        *said("DESCRIPTION", [*sentence, *common.place.described(about)], BETWEEN_PARAGRAPHS),
        *common.place.lines,
        *common.belonging,
    ]
    return Entry(uid=event.uid, slot=common.slot, title=title, about=about, place=common.place, lines=lines)


def session_entry(
    event: Event, session: Session, common: Shared, *, status: EventStatus | None, transparent: bool = False
) -> Entry:
    """Write the lines of one session of *event*, as `event_entry` does those of the event."""
    words, language = common.words, common.language
    uid, title = session.export_uid(event.uid), session.title.in_language(language)
    about = _about(language, session.description)
    sentence = _sentence(status, words.session, words.language)
    where = common.place
    if session.locations or session.virtual_locations:
        where = place(
            session.locations or event.locations,
            session.virtual_locations or event.virtual_locations,
            language=language,
            words=words,
            remote_first=where.remote_first,
        )
    lines = [
        line("UID", text(uid)),
        *common.revision,
        common.parent,
        *_status(status),
        *([_TRANSPARENT] if transparent else []),
        *slot_lines(session.slot, utc=common.utc),
        *said("SUMMARY", [title]),
        *said("DESCRIPTION", [*sentence, *where.described(about)], BETWEEN_PARAGRAPHS),
        *where.lines,
        *common.belonging,
    ]
    return Entry(uid=uid, slot=session.slot, title=title, about=about, place=where, lines=lines)


def announced(event: Event) -> list[Session]:
    """Give the sessions that people are told of: all but drafts."""
    return [session for session in event.sessions if session.status is not EventStatus.DRAFT]


def session_status(event: Event, session: Session) -> EventStatus:
    """Say whether a session takes place: not while its event does not."""
    standing = {event.status, session.status}
    if EventStatus.CANCELLED in standing:
        return EventStatus.CANCELLED
    return EventStatus.POSTPONED if EventStatus.POSTPONED in standing else session.status


def _stamp(event: Event, stamped: datetime | None) -> datetime:
    if stamped is None:
        if event.updated is None:
            raise ExportError(finding(Code.STAMP_MISSING, "/stamped"))
        return event.updated
    return moment_in_utc(stamped, "/stamped")


def _revision(event: Event, stamped: datetime) -> tuple[bytes, ...]:
    lines = [stamp_line(stamped)]
    if event.created is not None:
        lines.append(line("CREATED", date_time_utc(event.created)))
    if event.updated is not None:
        lines.append(line("LAST-MODIFIED", date_time_utc(event.updated)))
    lines.append(line("SEQUENCE", integer(event.sequence)))
    return tuple(lines)


def _status(status: EventStatus | None) -> list[bytes]:
    return [] if status is None else [_STATUS[status]]


def _about(language: str | None, *texts: LocalizedText | None) -> tuple[Said, ...]:
    return tuple(each.in_language(language) for each in texts if each is not None)


def _sentence(status: EventStatus | None, sentences: Mapping[str, str], language: str) -> list[Said]:
    if status is EventStatus.CANCELLED or status is EventStatus.POSTPONED:
        return [(sentences[status], language)]
    return []


def organizer_line(event: Event, language: str | None) -> list[bytes]:
    """Write ORGANIZER where there is one with an e-mail address: the property holds nothing else."""
    organizer = event.organizer
    if organizer is None or organizer.email is None:
        return []
    name, tag = organizer.name.in_language(language)
    return [line("ORGANIZER", address(organizer.email), parameter("CN", name), parameter("LANGUAGE", tag))]


def _belonging(event: Event, language: str | None) -> Iterable[bytes]:
    if event.url is not None:
        yield line("URL", uri(event.url))
    if event.keywords:
        yield line("CATEGORIES", texts(*sorted(event.keywords)))
    yield from organizer_line(event, language)
    for each in event.contacts:
        if Role.CONTACT in each.roles:
            yield line("CONTACT", text(_name_and_address(each)))
    if event.image is not None:
        yield line("IMAGE", uri(event.image), parameter("VALUE", "URI"))


def _name_and_address(contact: Contact) -> str:
    return BETWEEN_PARTS.join(each for each in (contact.name, contact.email) if each is not None)
