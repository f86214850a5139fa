"""Events made of the entries of a foreign calendar, with their sessions: entries that name an event as their parent."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, count
from typing import Any, Final, NamedTuple, cast

from wtisd_model.codes import Code
from wtisd_model.model.event import Event
from wtisd_model.model.reply import Method
from wtisd_model.model.session import EventStatus, Session, SessionKind, session_id_from_uid
from wtisd_model.reading.calendar_entry import CalendarEntry, revision_of
from wtisd_model.reading.codes_by_name import kind_named
from wtisd_model.reading.imported import Imported, Mention, require_events
from wtisd_model.reading.make import Draft, guessed_history, make
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.fields import fields_of, most_items
from wtisd_model.types.text import IDENTIFIER, NAME, UID

MOST_SESSIONS: Final = most_items(Event, "sessions")
_MOST_CONTACTS, _MOST_DOCUMENTS, _MOST_KEYWORDS, _MOST_PLACES = (
    most_items(Event, name) for name in ("contacts", "documents", "keywords", "locations")
)
"""Of an event; a session may have as many places."""
MOST_PEOPLE, MOST_MATERIALS = most_items(Session, "people"), most_items(Session, "materials")

_SEQUENCES: Final = ("sequence", "changedSequence", "minimumSequence")
_INHERITED: Final = ("locations", "virtualLocations", "url")
"""What a session has like its event if it says the same, or nothing."""
_OF_EVENTS: Final = ("organizer", "contacts", "image", "color", "created", "updated")
"""What an event has and a session does not have."""


class Built(NamedTuple):
    """An event, with the entries of which it was made."""

    event: Event
    entry: CalendarEntry
    parts: Sequence[CalendarEntry]
    """Those of its sessions, in their order."""


def as_imported(
    built: Sequence[Built],
    notes: Notes,
    method: Method | None,
    *,
    may_be_empty: bool,
    mentions: Sequence[Mention] = (),
) -> Imported:
    """Return the events that were made of a document, with the people who are invited to them and their sessions.

    Raises:
        MessageError: there is no event, unless that *may_be_empty*: all errors among the findings, or
            ``event-missing``.
    """
    events = tuple(event for event, _, _ in built)
    require_events(events, notes.kept, may_be_empty=may_be_empty or bool(mentions))
    entries = [entry for _, whole, parts in built for entry in (whole, *parts)]
    return Imported(
        method=method,
        events=events,
        attendees=tuple(attendee for entry in entries for attendee in entry.attendees),
        mentions=tuple(mentions),
        findings=notes.findings,
        omitted=notes.omitted,
    )


def latest_by_uid(entries: Iterable[CalendarEntry]) -> Sequence[CalendarEntry]:
    """Return one entry for each uid: the latest revision, or the first of a series.

    The model has no recurring events. The first occurrence is kept, in its changed form if there is one; other changed
    occurrences are left out.
    """
    by_uid: dict[str, CalendarEntry] = {}
    for entry in entries:
        before = by_uid.setdefault(entry.uid, entry)
        if before is entry:
            continue
        left_out = _worse(before, entry)
        by_uid[entry.uid] = entry if left_out is before else before
        is_revision = before.occurrence is None and entry.occurrence is None
        left_out.notes.note(Code.ENTRY_REPEATED if is_revision else Code.OCCURRENCE_DROPPED, left_out.path)
    for entry in by_uid.values():
        if entry.occurrence is not None:
            path = entry.occurrence.path
            entry.notes.note(Code.RECURRENCE_DROPPED, path, property=entry.occurrence_property)
    return tuple(by_uid.values())


def _worse(before: CalendarEntry, entry: CalendarEntry) -> CalendarEntry:
    """Return the entry that is left out of two with one uid, which are in the order of the document."""
    one, other = (
        None if revision.occurrence is None else str(revision.occurrence.value) for revision in (before, entry)
    )
    if one == other:
        return min(before, entry, key=revision_of)
    if one is None:  # a series, and one of its occurrences
        return before if other == before.begins else entry
    if other is None:
        return entry if one == entry.begins else before
    return before if one > other else entry


def build_events(entries: Sequence[CalendarEntry]) -> Iterator[Built]:
    """Yield an event for each entry that is not a session of another one; each has a uid of its own."""
    parts = parts_by_uid(entries)
    sessions = {part.uid for several in parts.values() for part in several}
    for entry in entries:
        if entry.uid not in sessions:
            own = parts.get(entry.uid, [])
            event = make(Event, At(_event(entry, own), entry.path), entry.notes)
            if event is not None:
                yield Built(event, entry, own)


def parts_by_uid(entries: Sequence[CalendarEntry]) -> dict[str, list[CalendarEntry]]:
    """Return the parts of each entry that has some, by its uid.

    An entry that is itself a part has none, since an event with sessions is no session. No two have one uid.
    """
    by_uid = {entry.uid: entry for entry in entries}
    parts: dict[str, list[CalendarEntry]] = {}
    for entry in entries:
        if entry.parent is None:
            continue
        whole = by_uid.get(entry.parent.value)
        if (
            whole is None
            or (whole.parent is not None and whole.parent.value in by_uid)
            or len(parts.get(whole.uid, ())) == MOST_SESSIONS
            or not _can_be_session(entry, whole)
        ):
            entry.notes.note(Code.RELATION_DROPPED, entry.parent.path)
        else:
            parts.setdefault(whole.uid, []).append(entry)
    return parts


def _can_be_session(part: CalendarEntry, whole: CalendarEntry) -> bool:
    """Return True for an entry that has an id or a uid that a session may have, and is inside the time of its event."""
    if _id_in_uid(part, whole) is None and UID.check(part.uid) is not None:
        return False
    return _status(part, whole) is EventStatus.CANCELLED or whole.slot.encloses(part.slot)


def _status(part: CalendarEntry, whole: CalendarEntry) -> EventStatus:
    """Return the own status of a session: the written one may be that of its event."""
    own = part.own_status
    if own is None:
        return part.status
    worst = next(status for status in _FROM_WORST if status in {own, whole.status})
    return own if part.written_status is worst else part.status


_FROM_WORST: Final = (EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.SCHEDULED)


def occurrence_around(entry: CalendarEntry, occurrences: Mapping[str, Sequence[CalendarEntry]]) -> CalendarEntry | None:
    """Return the occurrence in which an entry takes place, if it is a part of a series.

    *occurrences* are those of each series in the order of time, by the uid of the series.
    """
    wholes = () if entry.parent is None else occurrences.get(entry.parent.value, ())
    index = bisect_right(wholes, entry.slot.starts_at, key=lambda whole: whole.slot.starts_at)
    whole = wholes[index - 1] if index else None
    return None if whole is None or not whole.slot.encloses(entry.slot) else whole


def _event(whole: CalendarEntry, parts: Sequence[CalendarEntry]) -> Draft:
    sequences = _sequences(whole, parts)
    draft: Draft = _common(whole, Event, whole.status) | {
        "uid": whole.uid,
        "organizer": whole.organizer,
        "contacts": whole.notes.first(chain(whole.contacts, whole.people), _MOST_CONTACTS),
        "documents": whole.notes.first(whole.documents, _MOST_DOCUMENTS),
        "keywords": whole.notes.first(whole.keywords, _MOST_KEYWORDS),
        "image": whole.image,
        "color": whole.color or whole.color_of_calendar,
        "created": whole.created,
        "updated": whole.updated,
        **sequences,
    }
    if whole.series is not None:
        draft["series"] = whole.series
    if parts:
        inherited = {key: plain(draft[key]) for key in _INHERITED}
        sequence = sequences["sequence"]
        draft["sessions"] = [At(session, part.path) for part, session in _sessions(whole, parts, inherited, sequence)]
    if not whole.locations and not whole.virtual_locations and not draft.get("venueToFollow"):
        if whole.names_place:  # which was reported as dropped
            draft["venueToFollow"] = True
        else:
            whole.notes.note_once_at(Code.PLACE_MISSING, whole.path)  # once for all occurrences of a series
            draft["virtualLocations"] = [{}]
    return draft


def _common(entry: CalendarEntry, cls: type, status: EventStatus) -> Draft:
    """Return the fields that an event and a session have in common."""
    keys = _keys(cls)
    return {key: value for key, value in entry.fields.items() if key in keys} | {
        "title": entry.title,
        "description": entry.description,
        "slot": At(entry.slot, entry.slot_path),
        "status": status.value,
        "locations": entry.notes.first(entry.locations, _MOST_PLACES),
        "virtualLocations": entry.notes.first(entry.virtual_locations, _MOST_PLACES),
        "url": entry.url,
        # At the best moment that the entry names.
        "history": guessed_history(
            status, next(iter(entry.moments), entry.slot.starts_at), entry.notes, entry.status_path
        ),
        "extensions": entry.extensions,
    }


@cache
def _keys(cls: type) -> frozenset[str]:
    return frozenset(spec.key for spec in fields_of(cls))


def _sequences(whole: CalendarEntry, parts: Sequence[CalendarEntry]) -> dict[str, int | None]:
    """Return the sequences of an event: the stated ones, unless another program has raised one since."""
    stated = {key: whole.fields[key].value for key in _SEQUENCES if key in whole.fields}
    own: dict[str, int] = {key: value for key, value in stated.items() if type(value) is int}
    sequence = max(entry.sequence for entry in (whole, *parts))
    highest = own.get("sequence", -1)
    changed = max(own.get("changedSequence", highest), own.get("minimumSequence", 0))
    if highest >= sequence and changed == whole.sequence:
        return {key: own.get(key) for key in _SEQUENCES}
    return {
        "sequence": sequence,
        "changedSequence": whole.sequence if whole.sequence < sequence else None,
        "minimumSequence": None,
    }


def _sessions(
    whole: CalendarEntry, parts: Sequence[CalendarEntry], inherited: Draft, sequence: int | None
) -> Iterator[tuple[CalendarEntry, Draft]]:
    """Yield the draft of each session, without what it has like its event."""
    derived = [_id_in_uid(part, whole) for part in parts]
    ids = session_ids(derived, [part.id for part in parts])
    words = frozenset(word.value for word in whole.keywords[:_MOST_KEYWORDS])
    of_event = {name: plain(getattr(whole, name)) for name in _OF_EVENTS}
    for part, id_, in_uid in zip(parts, ids, derived, strict=True):
        for name, value in of_event.items():
            own = getattr(part, name)
            said = plain(own)
            if said and said != value and not _is_cut_moment(said, value):
                part.notes.note(Code.SESSION_FIELD_DROPPED, part.path, field=name)
        draft = _common(part, Session, _status(part, whole)) | {
            "id": At(id_, part.path),
            "uid": part.uid if in_uid is None else None,
            "people": part.notes.first(part.people, MOST_PEOPLE),
            "materials": part.notes.first(part.documents, MOST_MATERIALS),
            **_labels(part, words),
        }
        if part.lists_places:
            draft["inheritedPlaces"] = _inherited_places(whole, part)
        for key, value in inherited.items():
            if key not in part.own and plain(draft[key]) == value:
                del draft[key]
        if part.guesses and part.sequence < (sequence or 0):
            draft["changedSequence"] = part.sequence
        yield part, draft


def _is_cut_moment(own: Any, of_event: Any) -> bool:
    """Return True for the moment of the event without its fraction of a second, as we write it in sessions."""
    return isinstance(own, str) and isinstance(of_event, str) and of_event.startswith(f"{own.removesuffix('Z')}.")


def _labels(part: CalendarEntry, words: frozenset[str]) -> Draft:
    """Return the kind and the track of a session, which may be among its keywords, beside those of its event."""
    if not part.guesses:
        return {}
    labels: Draft = {}
    own = frozenset(word.value for word in part.keywords)
    kinds = frozenset(filter(_names_kind, own - words)) if part.names_kinds else frozenset[str]()
    if "kind" not in part.fields and len(kinds) == 1:
        labels["kind"] = kind_named(*kinds)
        own -= kinds
    tracks = own - words
    if len(tracks) == 1 and NAME.check(*tracks) is None:
        labels["track"] = next(iter(tracks))
    if own and own != words.union(tracks if "track" in labels else ()):
        part.notes.note(Code.SESSION_FIELD_DROPPED, part.path, field="keywords")
    return labels


def _names_kind(word: str) -> bool:
    return kind_named(word) not in {None, SessionKind.OTHER.value}  # "other" is a keyword like others


def _inherited_places(whole: CalendarEntry, part: CalendarEntry) -> str | None:
    """Return the only places that a session inherits, where it lists all that it has, inherited or not."""
    if part.locations and whole.virtual_locations and not part.virtual_locations:
        return "on-site"
    if part.virtual_locations and whole.locations and not part.locations:
        return "remote"
    return None


def _id_in_uid(part: CalendarEntry, whole: CalendarEntry) -> str | None:
    """Return the id in the uid of a session that has none of its own."""
    has_own = part.id is not None and UID.check(part.uid) is None
    id_ = None if has_own else session_id_from_uid(part.uid, whole.uid)
    return id_ if id_ is not None and IDENTIFIER.check(id_) is None else None


def session_ids(derived: Sequence[str | None], stated: Sequence[str | None]) -> list[str]:
    """Return an id for each session: that in its uid, or the stated one unless another has it, or else a new one."""
    ids, taken = [*derived], set(derived)
    for index, own in enumerate(stated):
        if ids[index] is None and own not in taken:
            ids[index] = own
            taken.add(own)
    numbered = (name for name in map("session-{}".format, count(1)) if name not in taken)
    return [id_ or next(numbered) for id_ in ids]


def plain(draft: Any) -> Any:
    """Return a draft without the places of its values."""
    if type(draft) is At:
        return plain(draft.value)
    if isinstance(draft, dict):
        return {key: plain(value) for key, value in cast("Draft", draft).items()}
    return [plain(value) for value in cast("Any", draft)] if isinstance(draft, list | tuple) else draft
