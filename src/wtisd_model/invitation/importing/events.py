"""Entries put together: events, and the sessions that say that they are part of one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, InvalidValueError, finding
from wtisd_model.invitation.calendar.context import Context
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.invitation.importing.entry import Entry
from wtisd_model.model.event import Event
from wtisd_model.model.session import EVENT_STATES, EventStatus, Session, id_in_uid
from wtisd_model.schema.fields import most_items
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.location import VirtualLocation
from wtisd_model.types.text import IDENTIFIER, UID

MOST_SESSIONS: Final = most_items(Event, "sessions")

_VERBS: Final = {EventStatus.CANCELLED: "cancel", EventStatus.POSTPONED: "postpone"}


def one_of_each(entries: Iterable[Entry], context: Context) -> Sequence[Entry]:
    """Keep one entry for each uid: the latest revision, or the first of a series.

    Of a series, which has no object here, the first occurrence is kept, as it was changed where it was; others that
    were changed are left out.
    """
    kept: dict[str, Entry] = {}
    for each in entries:
        before = kept.get(each.uid)
        if before is None:
            kept[each.uid] = each
            continue
        first, second = (before, each) if before.occurrence is None else (each, before)
        if first.occurrence is None and second.occurrence is not None:
            # A changed occurrence and its series.
            left_out = first if second.occurrence == first.begins else second
        elif first.occurrence != second.occurrence:
            left_out = max(first, second, key=lambda entry: (entry.occurrence or "", entry.line))
        else:
            left_out = min(first, second, key=_age)
        kept[each.uid] = first if left_out is second else second
        code = Code.OCCURRENCE_DROPPED if second.occurrence is not None else Code.ENTRY_REPEATED
        context.note(_warning(code, left_out.line))
    return sorted(kept.values(), key=lambda entry: entry.line)


def _age(entry: Entry) -> tuple[int, float, int]:
    return entry.sequence, 0.0 if entry.stamped is None else entry.stamped.timestamp(), entry.line


def _warning(code: Code, line: int) -> Finding:
    return finding(code, line_path(line))


def events(entries: Sequence[Entry], color: str | None, context: Context) -> Iterator[Event]:
    """Make events of entries; those that are part of another one become its sessions."""
    by_uid = {each.uid: each for each in entries}
    parts: dict[str, list[Entry]] = {}
    for each in entries:
        whole = None if each.parent is None else by_uid.get(each.parent)
        if whole is None:
            continue
        if not _is_part(each, whole, by_uid) or len(parts.setdefault(whole.uid, [])) == MOST_SESSIONS:
            context.note(_warning(Code.RELATION_DROPPED, each.line))
        else:
            parts[whole.uid].append(each)
    sessions = {each.uid for several in parts.values() for each in several}
    for each in entries:
        if each.uid not in sessions:
            made = _built(each, parts.get(each.uid, ()), color, context)
            if made is not None:
                yield made


def _is_part(part: Entry, whole: Entry, by_uid: Mapping[str, Entry]) -> bool:
    """Tell whether an entry can be a session: of an event that is part of nothing here, and inside its time."""
    if whole.parent is not None and whole.parent in by_uid:
        return False
    if _own_id(part, whole) is None and UID.check(part.uid) is not None:
        return False
    return part.status is EventStatus.CANCELLED or whole.slot.encloses(part.slot)


def _built(whole: Entry, parts: Sequence[Entry], color: str | None, context: Context) -> Event | None:
    refused: tuple[Finding, ...]
    try:
        return _event(whole, parts, color, context)
    except InvalidValueError as error:
        refused = error.findings
    for each in refused:
        context.note(each.prefixed(line_path(whole.line)))
    return None


def _event(whole: Entry, parts: Sequence[Entry], color: str | None, context: Context) -> Event:
    virtual = whole.virtual_locations
    if not whole.locations and not virtual:
        context.note(_warning(Code.PLACE_MISSING, whole.line))
        virtual = (VirtualLocation(),)
    return Event(
        uid=whole.uid,
        title=whole.title,
        theme=whole.theme,
        description=whole.description,
        slot=whole.slot,
        status=whole.status,
        locations=whole.locations,
        virtual_locations=virtual,
        organizer=whole.organizer,
        contacts=whole.contacts,
        keywords=whole.keywords,
        url=whole.url,
        image=whole.image,
        color=whole.color or color,
        sessions=tuple(_sessions(whole, parts, context)),
        sequence=whole.sequence,
        created=whole.created,
        updated=whole.updated,
        history=_history(whole),
    )


def _sessions(whole: Entry, parts: Sequence[Entry], context: Context) -> Iterator[Session]:
    ids = {part.uid: _own_id(part, whole) for part in parts}
    taken = {each for each in ids.values() if each is not None}
    number = 0
    for part in parts:
        own = ids[part.uid]
        if own is None:
            number += 1
            while f"session-{number}" in taken:
                number += 1
        _tell_what_sessions_lack(part, whole, context)
        virtual = part.virtual_locations
        if context.is_ours and not virtual and whole.virtual_locations:
            virtual = (VirtualLocation(),)  # it had places to dial in of its own, without an address
        yield Session(
            id=f"session-{number}" if own is None else own,
            uid=part.uid if own is None else None,
            title=part.title,
            description=part.description,
            slot=part.slot,
            status=part.status,
            locations=part.locations,
            virtual_locations=virtual,
            history=_history(part),
        )


def _own_id(part: Entry, whole: Entry) -> str | None:
    own = id_in_uid(part.uid, whole.uid)
    return own if own is not None and IDENTIFIER.check(own) is None else None


_OF_EVENTS: Final = ("url", "keywords", "organizer", "contacts", "image", "color")


def _tell_what_sessions_lack(part: Entry, whole: Entry, context: Context) -> None:
    """Note what a session has no field for, where its event does not say the same."""
    for name in _OF_EVENTS:
        own = getattr(part, name)
        if own and own != getattr(whole, name):
            context.note(finding(Code.SESSION_FIELD_DROPPED, line_path(part.line), field=name))


def _history(each: Entry) -> tuple[Transition, ...]:
    """Tell how it came to be cancelled or postponed: once, and at the last moment that the entry knows of."""
    verb = _VERBS.get(each.status)
    if verb is None:
        return ()
    at = each.updated or each.stamped or each.created or _start(each)
    _, history = EVENT_STATES.step(verb, EventStatus.SCHEDULED, (), path="", at=at, by=None, note=None)
    return history


def _start(each: Entry) -> datetime:
    return each.slot.starts_at
