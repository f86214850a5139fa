"""An event and its sessions as the lines of VEVENTs, for feeds and messages alike.

`shared` writes once what every VEVENT of an event says; `event_lines` and `session_lines` give the lines between BEGIN
and END, in a fixed order, for the caller to put its own behind: reminders in a feed, attendees in a message.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.export.ical.content_line import (
    Parameter,
    address,
    date_time_utc,
    geo,
    integer,
    line,
    parameter,
    text,
    texts,
    uri,
    word,
)
from wtisd_model.export.ical.names import PropertyName
from wtisd_model.export.ical.times import slot_lines
from wtisd_model.export.ical.wording import Wording, wording
from wtisd_model.findings import ExportError, finding
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.values.language import LocalizedText
from wtisd_model.values.location import Location, VirtualLocation
from wtisd_model.values.people import Contact, Organization, Role
from wtisd_model.values.timeslot import TimeSlot, moment_in_utc

_STATUS: Final = {
    EventStatus.SCHEDULED: line("STATUS", word("CONFIRMED")),
    EventStatus.POSTPONED: line("STATUS", word("TENTATIVE")),
    EventStatus.CANCELLED: line("STATUS", word("CANCELLED")),
}

_TRANSPARENT: Final = line("TRANSP", word("TRANSPARENT"))

Said = tuple[str, str]
"""A text and the language it is in."""


@frozen
class Place:
    """Where something is: its lines, and what its description says of it."""

    lines: tuple[bytes, ...]
    links: tuple[Said, ...]


@frozen(kw_only=True)
class Shared:
    """What every VEVENT of one event says, written once, and how the rest is to be written."""

    language: str | None
    """The reader's language; None for the one that each text was written in."""
    utc: bool
    slot: TimeSlot
    wording: Wording
    revision: tuple[bytes, ...] = field(repr=False)
    """DTSTAMP, CREATED, LAST-MODIFIED and SEQUENCE."""
    place: Place = field(repr=False)
    """The event's place, which is that of a session without one."""
    belonging: tuple[bytes, ...] = field(repr=False)
    """URL, CATEGORIES, ORGANIZER, CONTACT, IMAGE and COLOR, the same for sessions as for their event."""
    parent: bytes = field(repr=False)
    """The RELATED-TO of a session."""


def shared(event: Event, *, stamped: datetime | None, language: str | None, utc: bool) -> Shared:
    """Write what all VEVENTs of *event* have in common.

    Args:
        event: not a draft, which nobody has been told of.
        stamped: when this is written, aware (RFC 5545 section 3.8.7.2); None for when the event was updated.
        language: whose texts to choose, a tag in canonical form; None for those of the original.
        utc: write all times in UTC.

    Raises:
        ExportError: ``event-without-slot`` for a draft; ``stamp-missing``; what the functions of content_line refuse.
        InvalidValueError: ``moment-naive``, ``moment-unreadable`` or ``wrong-type`` for *stamped*.
    """
    if event.slot is None:
        raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/slot"))
    if event.status is EventStatus.DRAFT:
        raise ExportError(finding(Code.EVENT_WITHOUT_SLOT, "/status"))
    words = wording(language or event.title.language)
    return Shared(
        language=language,
        utc=utc,
        slot=event.slot,
        wording=words,
        revision=_revision(event, _stamp(event, stamped)),
        place=_place(event.locations, event.virtual_locations, language, words),
        belonging=tuple(_belonging(event, language)),
        # RELTYPE is PARENT where it is not said (RFC 5545 section 3.2.15).
        parent=line("RELATED-TO", text(event.uid)),
    )


def event_lines(event: Event, common: Shared, *, transparent: bool) -> list[bytes]:
    """Write the lines of the event itself; *transparent* where its sessions are what takes a person's time."""
    about, words = [event.theme, event.description], common.wording
    sentence = _sentence(event.status, words, cancelled=words.event_cancelled, postponed=words.event_postponed)
    return [
        line("UID", text(event.uid)),
        *common.revision,
        _STATUS[event.status],
        *([_TRANSPARENT] if transparent else []),
        *slot_lines(common.slot, utc=common.utc),
        *_said("SUMMARY", [event.title.in_language(common.language)]),
        *_description(sentence, about, common.place, common.language),
        *common.place.lines,
        *common.belonging,
    ]


def session_lines(event: Event, session: Session, common: Shared) -> list[bytes]:
    """Write the lines of one session of *event*."""
    status, words = session_status(event, session), common.wording
    sentence = _sentence(status, words, cancelled=words.session_cancelled, postponed=words.session_postponed)
    place = common.place
    if session.locations or session.virtual_locations:
        place = _place(
            session.locations or event.locations,
            session.virtual_locations or event.virtual_locations,
            common.language,
            words,
        )
    return [
        line("UID", text(session.export_uid(event.uid))),
        *common.revision,
        common.parent,
        _STATUS[status],
        *slot_lines(session.slot, utc=common.utc),
        *_said("SUMMARY", [session.title.in_language(common.language)]),
        *_description(sentence, [session.description], place, common.language),
        *place.lines,
        *common.belonging,
    ]


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
    lines = [line("DTSTAMP", date_time_utc(stamped))]
    if event.created is not None:
        lines.append(line("CREATED", date_time_utc(event.created)))
    if event.updated is not None:
        lines.append(line("LAST-MODIFIED", date_time_utc(event.updated)))
    lines.append(line("SEQUENCE", integer(event.sequence)))
    return tuple(lines)


def _sentence(status: EventStatus, words: Wording, *, cancelled: str, postponed: str) -> list[Said]:
    sentences = {EventStatus.CANCELLED: cancelled, EventStatus.POSTPONED: postponed}
    return [(sentences[status], words.language)] if status in sentences else []


def _description(
    sentence: list[Said], about: Iterable[LocalizedText | None], place: Place, language: str | None
) -> list[bytes]:
    own = [each.in_language(language) for each in about if each is not None]
    return _said("DESCRIPTION", [*sentence, *own, *place.links], "\n\n")


def _place(
    locations: Sequence[Location], virtual: Sequence[VirtualLocation], language: str | None, words: Wording
) -> Place:
    lines = _said("LOCATION", [_where(each, language) for each in locations], "; ")
    # GEO stands once (RFC 5545 section 3.6.1): the first place that has a position.
    positions = [(each.latitude, each.longitude) for each in locations]
    for latitude, longitude in positions:
        if latitude is not None and longitude is not None:
            lines.append(line("GEO", geo(latitude, longitude)))
            break
    links: list[Said] = []
    for each in virtual:
        if each.uri is not None:
            name = None if each.name is None else each.name.in_language(language)
            lines.append(_conference(each, each.uri, name))
            # Google and Apple do not read CONFERENCE, so that the link stands in the description as well.
            label, tag = name or (words.remote_participation, words.language)
            links.append((f"{label}: {each.uri}", tag))
    return Place(tuple(lines), tuple(links))


def _where(location: Location, language: str | None) -> Said:
    name, tag = location.name.in_language(language)
    parts = (name, location.room, location.address, location.locality)
    return ", ".join(part for part in parts if part is not None), tag


def _conference(place: VirtualLocation, address: str, name: Said | None) -> bytes:
    # "VALUE" has no default here (RFC 7986 section 5.11), and it takes FEATURE, LABEL and LANGUAGE.
    parameters = [parameter("VALUE", "URI")]
    if place.features:
        parameters.append(parameter("FEATURE", *sorted(each.upper() for each in place.features)))
    if name is not None:
        parameters += [parameter("LABEL", name[0]), parameter("LANGUAGE", name[1])]
    return line("CONFERENCE", uri(address), *parameters)


def _belonging(event: Event, language: str | None) -> Iterable[bytes]:
    if event.url is not None:
        yield line("URL", uri(event.url))
    if event.keywords:
        yield line("CATEGORIES", texts(*sorted(event.keywords)))
    if event.organizer is not None and event.organizer.email is not None:
        yield _organizer(event.organizer, event.organizer.email, language)
    for each in event.contacts:
        if Role.CONTACT in each.roles:
            yield line("CONTACT", text(_name_and_address(each)))
    if event.image is not None:
        yield line("IMAGE", uri(event.image), parameter("VALUE", "URI"))
    if event.color is not None:
        yield line("COLOR", text(event.color))


def _organizer(organizer: Organization, email: str, language: str | None) -> bytes:
    name, tag = organizer.name.in_language(language)
    return line("ORGANIZER", address(email), parameter("CN", name), parameter("LANGUAGE", tag))


def _name_and_address(contact: Contact) -> str:
    return ", ".join(each for each in (contact.name, contact.email) if each is not None)


def _said(name: PropertyName, parts: Sequence[Said], separator: str = "") -> list[bytes]:
    """Write texts as one property, with LANGUAGE where all of them are in one; nothing where there are none."""
    if not parts:
        return []
    tags = {tag for _, tag in parts}
    return [line(name, text(separator.join(each for each, _ in parts)), *_language(*tags))]


def _language(*tags: str) -> list[Parameter]:
    return [parameter("LANGUAGE", *tags)] if len(tags) == 1 else []
