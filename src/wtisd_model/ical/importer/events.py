"""Events made of entries, with their sessions: entries that name an event as their parent."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import InvalidValueError, pointer
from wtisd_model.ical.importer.entry import MOST_WORDS, ImportedEntry
from wtisd_model.ical.importer.people import MOST_CONTACTS
from wtisd_model.model.event import Event
from wtisd_model.model.session import EVENT_STATES, EventStatus, Session, SessionKind
from wtisd_model.reading.build_events import parts_by_uid, session_id_in, session_ids
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.location import VirtualLocation
from wtisd_model.types.text import NAME, UID

_KINDS: Final = {each.value: each for each in SessionKind if each is not SessionKind.OTHER}
_VERBS: Final = {EventStatus.CANCELLED: "cancel", EventStatus.POSTPONED: "postpone"}
_OF_EVENTS: Final = ("organizer", "contacts", "image", "color", "created", "updated")
"""Fields that an event has and a session does not have."""


def latest_by_uid(entries: Iterable[ImportedEntry]) -> Sequence[ImportedEntry]:
    """Return one entry for each uid: the latest revision, or the first of a series.

    The model has no recurring events. The first occurrence is kept, in its changed form if there is one; other changed
    occurrences are left out.
    """
    kept: dict[str, ImportedEntry] = {}
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
            left_out = min(first, second, key=revision_of)
        kept[each.uid] = first if left_out is second else second
        code = Code.ENTRY_REPEATED if second.occurrence is None else Code.OCCURRENCE_DROPPED
        left_out.context.note(code, left_out)
    for each in kept.values():
        if each.occurrence is not None:
            each.context.note(Code.RECURRENCE_DROPPED, each, property="RECURRENCE-ID")
    return tuple(kept.values())


def revision_of(entry: ImportedEntry) -> tuple[int, float, int]:
    """Return a key that is greater for a later revision: SEQUENCE, DTSTAMP, and the line."""
    return entry.sequence, 0.0 if entry.stamped is None else entry.stamped.timestamp(), entry.line


def build_events(entries: Sequence[ImportedEntry]) -> Iterator[Event]:
    """Yield an event for each entry that is not a session of another one; each has a uid of its own."""
    parts = parts_by_uid(entries, _can_be_session, _drop_relation)
    sessions = {each.uid for several in parts.values() for each in several}
    for each in entries:
        if each.uid not in sessions:
            try:
                event = _event(each, parts.get(each.uid, ()))
            except InvalidValueError as error:
                for found in error.findings:
                    each.context.findings.add(found.prefixed(pointer("lines", each.line)))
            else:
                yield event


def _can_be_session(part: ImportedEntry, whole: ImportedEntry) -> bool:
    """Return True for an entry that has an id or a uid that a session may have, and is inside the time of its event."""
    if _session_id(part, whole) is None and UID.check(part.uid) is not None:
        return False
    return part.status is EventStatus.CANCELLED or whole.slot.encloses(part.slot)


def _drop_relation(entry: ImportedEntry) -> None:
    entry.context.note(Code.RELATION_DROPPED, entry)


def _event(whole: ImportedEntry, parts: Sequence[ImportedEntry]) -> Event:
    context, virtual = whole.context, whole.virtual_locations
    is_without_place = not whole.locations and not virtual
    if is_without_place and not whole.names_place:
        # Once for all occurrences of a series.
        context.findings.note_once_at(Code.PLACE_MISSING, pointer("lines", whole.line))
        virtual = (VirtualLocation(),)
    for name, value in (("X-WTISD-KIND", whole.kind), ("X-WTISD-ID", whole.id)):
        if value is not None:  # that of a session without its event
            context.note(Code.PROPERTY_DROPPED, whole, property=name)
    words = tuple(whole.keywords)
    if len(words) > MOST_WORDS:
        context.drop(whole.keywords[words[MOST_WORDS]])
    keywords = frozenset(words[:MOST_WORDS])
    sequence = max(each.sequence for each in (whole, *parts))
    return Event(
        uid=whole.uid,
        title=whole.title,
        description=whole.description,
        series=whole.series,
        slot=whole.slot,
        status=whole.status,
        locations=whole.locations,
        virtual_locations=virtual,
        venue_to_follow=is_without_place and whole.names_place,
        organizer=whole.organizer,
        contacts=(*whole.contacts, *whole.people)[:MOST_CONTACTS],
        documents=whole.documents,
        keywords=keywords,
        url=whole.url,
        image=whole.image,
        color=whole.color or context.color,
        sessions=tuple(_sessions(whole, parts, keywords, sequence)),
        sequence=sequence,
        changed_sequence=whole.sequence if whole.sequence < sequence else None,
        created=whole.created,
        updated=whole.updated,
        history=_history(whole),
    )


def _sessions(
    whole: ImportedEntry,
    parts: Sequence[ImportedEntry],
    keywords: frozenset[str],
    sequence: int,
) -> Iterator[Session]:
    derived = [_session_id(part, whole) for part in parts]
    ids = session_ids(derived, [part.id for part in parts])
    for part, id_, in_uid in zip(parts, ids, derived, strict=True):
        if in_uid is None and part.id not in {None, id_}:
            part.context.note(Code.PROPERTY_DROPPED, part, property="X-WTISD-ID")
    for part, id_, in_uid in zip(parts, ids, derived, strict=True):
        for name in _OF_EVENTS:
            own = getattr(part, name)
            if own and own != getattr(whole, name):
                part.context.note(Code.SESSION_FIELD_DROPPED, part, field=name)
        words, kind = frozenset(part.keywords), part.kind
        kinds = frozenset[str]() if part.context.is_ours else frozenset(filter(_kind_named, words - keywords))
        if kind is None and len(kinds) == 1:
            kind = _kind_named(*kinds)
            words -= kinds
        own_words = words - keywords
        track = next(iter(own_words)) if len(own_words) == 1 and NAME.check(*own_words) is None else None
        if words and words != keywords.union(() if track is None else (track,)):
            part.context.note(Code.SESSION_FIELD_DROPPED, part, field="keywords")
        yield Session(
            id=id_,
            uid=part.uid if in_uid is None else None,
            title=part.title,
            description=part.description,
            slot=part.slot,
            status=part.status,
            locations=part.locations,
            virtual_locations=part.virtual_locations,
            kind=kind,
            track=track,
            people=part.people,
            materials=part.documents,
            url=None if part.url == whole.url else part.url,
            inherited_places=_inherited_places(whole, part) if part.context.is_ours else None,
            changed_sequence=part.sequence if part.sequence < sequence else None,
            history=_history(part),
        )


def _kind_named(word: str) -> SessionKind | None:
    """Return the kind of session that a category of others names: ``Workshop``, ``Side event``."""
    return _KINDS.get(word.casefold().replace(" ", "-"))


def _inherited_places(whole: ImportedEntry, part: ImportedEntry) -> ParticipationMode | None:
    """Return the only places that a session inherits: our calendars state all that it has, inherited or not."""
    if part.locations and whole.virtual_locations and not part.virtual_locations:
        return ParticipationMode.ON_SITE
    if part.virtual_locations and whole.locations and not part.locations:
        return ParticipationMode.REMOTE
    return None


def _session_id(part: ImportedEntry, whole: ImportedEntry) -> str | None:
    """Return the id in the uid of a session that has none of its own."""
    has_own = part.id is not None and UID.check(part.uid) is None
    return None if has_own else session_id_in(part.uid, whole.uid)


def _history(entry: ImportedEntry) -> tuple[Transition, ...]:
    """Return the one transition to cancelled or postponed, at the latest moment that the entry names."""
    verb = _VERBS.get(entry.status)
    if verb is None:
        return ()
    at = entry.updated or entry.stamped or entry.created or entry.slot.starts_at
    _, history = EVENT_STATES.step(verb, EventStatus.SCHEDULED, (), path="", at=at, by=None, note=None)
    return history
