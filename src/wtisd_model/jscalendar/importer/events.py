"""Events made of entries, with their sessions: entries that name an event as their parent."""

from collections.abc import Iterator, Mapping, Sequence
from operator import is_
from typing import Any, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import pointer
from wtisd_model.jscalendar.entries import SEQUENCES, description, keys_without_property
from wtisd_model.jscalendar.importer.entry import JSCalendarEntry
from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.event import Event
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.reading.build_events import parts_by_uid, session_id_in, session_ids
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.make import make
from wtisd_model.reading.notes import At
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import LocalizedText, language_tag
from wtisd_model.types.text import IDENTIFIER, NAME, UID


def build_events(entries: Sequence[JSCalendarEntry]) -> Iterator[Event]:
    """Yield an event for each entry that is not a session of another one."""
    parts = parts_by_uid(entries, _can_be_session, _drop_relation)
    sessions = {each.uid for several in parts.values() for each in several}
    for each in entries:
        if each.uid not in sessions:
            event = _event(each, parts.get(each.uid, ()))
            if event is not None:
                yield event


def _can_be_session(part: JSCalendarEntry, whole: JSCalendarEntry) -> bool:
    """Return True for an entry that has an id or a uid that a session may have, and is inside the time of its event."""
    if _session_id(part, whole) is None and UID.check(part.uid) is not None:
        return False
    return part.status(whole.status()) is EventStatus.CANCELLED or whole.slot.encloses(part.slot)


def _drop_relation(entry: JSCalendarEntry) -> None:
    entry.source.notes.note(Code.RELATION_DROPPED, f"{entry.path}/relatedTo")


def _session_id(part: JSCalendarEntry, whole: JSCalendarEntry) -> str | None:
    """Return the id in the uid of a session that has none of its own."""
    return None if "id" in part.fields else session_id_in(part.uid, whole.uid)


def _event(whole: JSCalendarEntry, parts: Sequence[JSCalendarEntry]) -> Event | None:
    notes, path = whole.source.notes, whole.path
    _note_busy(whole, "free" if parts else "busy")
    links, people, members = whole.links, whole.people, whole.members
    draft: Object = {
        **_common(whole, Event, whole.status()),
        "uid": whole.uid,
        "virtualLocations": _at_most(Event, "virtual_locations", whole.virtual_locations, whole),
        "organizer": people.organizer,
        "contacts": _at_most(Event, "contacts", people.persons, whole),
        "documents": _at_most(Event, "documents", links.documents, whole),
        "keywords": _at_most(Event, "keywords", [At(each, f"{path}/keywords") for each in whole.keywords], whole),
        "url": links.url,
        "image": links.image,
        "color": _color(whole.source.value["color"]),
        "created": whole.moment("created"),
        "updated": whole.moment("updated"),
        **_numbers(whole, parts),
    }
    inherited = {key: _plain(draft[key]) for key in ("locations", "virtualLocations", "url")}
    sessions = {id_: (part, each) for part, (id_, each) in zip(parts, _sessions(whole, parts, inherited), strict=True)}
    draft["sessions"] = [At(each, part.path) for part, each in sessions.values()]
    if whole.series is not None:
        draft["series"] = whole.series
    if not whole.locations and not whole.virtual_locations and not draft.get("venueToFollow"):
        if members.get("locations"):  # reported as dropped
            draft["venueToFollow"] = True
        else:
            notes.note_once_at(Code.PLACE_MISSING, path)  # once for all occurrences of a series
            draft["virtualLocations"] = [{}]
    event = make(Event, At(draft, path), notes)
    if event is None:
        return None
    return _with_descriptions(event, whole, {id_: part for id_, (part, _) in sessions.items()})


def _note_busy(entry: JSCalendarEntry, implied: str) -> None:
    """Note that a time is free or busy, unless that follows from the sessions."""
    stated = entry.source.value["freeBusyStatus"]
    if stated.value not in (None, "busy", implied):
        stated.unsupported("freeBusyStatus")


def _color(source: ForeignValue) -> At:
    return source.at if source.string is None else At(source.string.lower(), source.path)


def _common(entry: JSCalendarEntry, cls: type, status: EventStatus) -> Object:
    """Return the fields that an event and a session have in common."""
    path = entry.path
    fields = {
        key: At(entry.fields[key], path + pointer(FIELDS, key))
        for key in keys_without_property(cls) & entry.fields.keys()
    }
    return fields | {
        "title": entry.title,
        "description": entry.description(),
        "slot": At(to_builtins(entry.slot), f"{path}/start"),
        "status": status.value,
        "locations": _at_most(cls, "locations", entry.locations, entry),
        "history": _history(entry, status),
        "extensions": entry.extensions,
    }


def _history(entry: JSCalendarEntry, status: EventStatus) -> list[Object]:
    """Return the one transition to cancelled or postponed, at the latest moment that the entry names."""
    if status is EventStatus.SCHEDULED:
        return []
    entry.source.notes.note_once(Code.STATUS_TIME_INFERRED, f"{entry.path}/status", status=status.value)
    at = entry.moment("updated") or entry.moment("created")
    return [{"at": at or entry.slot.starts_at.isoformat(), "before": "scheduled", "after": status.value}]


def _at_most(cls: type, name: str, items: list[At], entry: JSCalendarEntry) -> list[At]:
    """Return as many items as a field may hold."""
    most = most_items(cls, name)
    if len(items) > most:
        entry.source.notes.note(Code.VALUE_DROPPED, items[most].path, reason=Code.TOO_MANY_ITEMS)
    return items[:most]


def _numbers(whole: JSCalendarEntry, parts: Sequence[JSCalendarEntry]) -> Object:
    """Return the sequences of an event: those in ``wtisd-model:fields`` unless another program has raised one."""
    own: Object = {key: whole.fields[key] for key in SEQUENCES if type(whole.fields.get(key)) is int}
    sequence = max(each.sequence for each in (whole, *parts))
    highest = own.get("sequence", -1)
    stated = max(own.get("changedSequence", highest), own.get("minimumSequence", 0))
    if highest >= sequence and stated == whole.sequence:
        return own
    return {"sequence": sequence, "changedSequence": whole.sequence if whole.sequence < sequence else None}


def _sessions(
    whole: JSCalendarEntry, parts: Sequence[JSCalendarEntry], inherited: Object
) -> Iterator[tuple[str, Object]]:
    """Yield the id and the draft of each session, without what it has like its event."""
    derived = [_session_id(part, whole) for part in parts]
    ids = session_ids(derived, list(map(_stated_id, parts)))
    status, words = whole.status(), frozenset(whole.keywords)
    for part, id_, in_uid in zip(parts, ids, derived, strict=True):
        _note_fields_of_events(part, whole)
        _note_busy(part, "busy")
        draft = _common(part, Session, part.status(status)) | {
            "id": At(id_, part.path),
            "uid": part.uid if in_uid is None else None,
            "virtualLocations": _at_most(Session, "virtual_locations", part.virtual_locations, part),
            "people": _at_most(Session, "people", part.people.persons, part),
            "materials": _at_most(Session, "materials", part.links.documents, part),
            "url": part.links.url,
        }
        own = part.source.fields["own"].array
        for key, of_whole in inherited.items():
            if _plain(draft[key]) == of_whole and key not in own:
                del draft[key]
        if FIELDS not in part.members:  # the track is in the keywords, if there is one
            known, own_words = words, frozenset(part.keywords) - words
            if len(own_words) == 1 and NAME.check(*own_words) is None:
                (draft["track"],) = own_words
                known = words | own_words
            if part.keywords and frozenset(part.keywords) != known:
                part.source.notes.note(Code.SESSION_FIELD_DROPPED, f"{part.path}/keywords", field="keywords")
        yield id_, draft


def _stated_id(part: JSCalendarEntry) -> str | None:
    """Return the id in ``wtisd-model:fields``."""
    id_ = part.fields.get("id")
    return id_ if isinstance(id_, str) and IDENTIFIER.check(id_) is None else None


def _note_fields_of_events(part: JSCalendarEntry, whole: JSCalendarEntry) -> None:
    """Note what only an event has, where a session has another value."""
    for field, own, of_whole in (
        ("organizer", part.people.organizer, whole.people.organizer),
        ("image", part.links.image, whole.links.image),
        *((key, part.members.get(key), whole.members.get(key)) for key in ("color", "created", "updated")),
    ):
        if own is not None and _plain(own) != _plain(of_whole):
            part.source.notes.note(Code.SESSION_FIELD_DROPPED, part.path, field=field)


def _plain(draft: Any) -> Any:
    """Return a draft without the places of its values."""
    if isinstance(draft, At):
        return _plain(draft.value)
    if isinstance(draft, dict):
        return {key: _plain(each) for key, each in cast("Object", draft).items()}
    return [_plain(each) for each in cast("Any", draft)] if isinstance(draft, list) else draft


def _with_descriptions(event: Event, whole: JSCalendarEntry, parts: Mapping[str, JSCalendarEntry]) -> Event:
    """Return the event with the descriptions that another program has written since, in place of its own ones."""
    languages = ProgrammeLanguages(event)
    written = ((each, _description(event, each, languages, parts[each.id])) for each in event.sessions)
    sessions = tuple(each if own is each.description else evolve(each, description=own) for each, own in written)
    own = _description(event, None, languages, whole)
    is_same = own is event.description and all(map(is_, sessions, event.sessions))
    return event if is_same else evolve(event, sessions=sessions, description=own)


def _description(
    event: Event, session: Session | None, languages: ProgrammeLanguages, entry: JSCalendarEntry
) -> LocalizedText | None:
    own = (session or event).description
    words = language_tag(entry.fields.get("words"))
    text = entry.members.get("description", "")
    if not entry.source.has_own_description or text == description(event, session, languages, words):
        return own
    draft = entry.source.written_description
    return None if draft is None else make(LocalizedText, draft, entry.source.notes)
