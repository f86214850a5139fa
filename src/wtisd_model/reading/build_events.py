"""The entries of a foreign calendar that are parts of others, and become sessions of these."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Final, Protocol, TypeVar

from wtisd_model.model.event import Event
from wtisd_model.model.session import session_id_from_uid
from wtisd_model.schema.fields import most_items
from wtisd_model.types.text import IDENTIFIER
from wtisd_model.types.timeslot import TimeSlot

MOST_SESSIONS: Final = most_items(Event, "sessions")


class ForeignEntry(Protocol):
    """An entry of a foreign calendar."""

    @property
    def uid(self) -> str:
        """Its uid."""
        ...

    @property
    def parent(self) -> str | None:
        """The uid of the entry that it is a part of; None if it is not a part."""
        ...

    @property
    def slot(self) -> TimeSlot:
        """Its time."""
        ...


Entry = TypeVar("Entry", bound=ForeignEntry)


def parts_by_uid(
    entries: Sequence[Entry], can_be_session: Callable[[Entry, Entry], bool], drop: Callable[[Entry], None]
) -> dict[str, list[Entry]]:
    """Return the parts of each entry that has some, by its uid.

    An entry that is itself a part has none, since an event with sessions is no session.

    Args:
        entries: those of a calendar, each with another uid.
        can_be_session: returns True if the first entry can be a session of the second one.
        drop: notes that it is left out that an entry is a part of another one.
    """
    by_uid = {each.uid: each for each in entries}
    parts: dict[str, list[Entry]] = {}
    for each in entries:
        if each.parent is None:
            continue
        whole = by_uid.get(each.parent)
        if (
            whole is None
            or whole.parent in by_uid
            or len(parts.get(whole.uid, ())) == MOST_SESSIONS
            or not can_be_session(each, whole)
        ):
            drop(each)
        else:
            parts.setdefault(whole.uid, []).append(each)
    return parts


def session_id_in(uid: str, event_uid: str) -> str | None:
    """Return the id in the uid of a session; None if the uid is its own."""
    id_ = session_id_from_uid(uid, event_uid)
    return id_ if id_ is not None and IDENTIFIER.check(id_) is None else None


def session_ids(derived: Sequence[str | None], stated: Sequence[str | None]) -> list[str]:
    """Return an id for each session: that in its uid, or the stated one unless another has it, or else a new one."""
    ids, taken = [*derived], set(derived)
    for index, own in enumerate(stated):
        if ids[index] is None and own not in taken:
            ids[index] = own
            taken.add(own)
    numbered = (name for name in map("session-{}".format, count(1)) if name not in taken)
    return [each or next(numbered) for each in ids]


def occurrence_around(entry: ForeignEntry, occurrences: Mapping[str, Sequence[Entry]]) -> Entry | None:
    """Return the occurrence in which a part of a series takes place, if it is one.

    Args:
        entry: the part.
        occurrences: those of each series in the order of time, by the uid of the series.
    """
    wholes = occurrences.get(entry.parent or "", ())
    index = bisect_right(wholes, entry.slot.starts_at, key=lambda each: each.slot.starts_at)
    whole = wholes[index - 1] if index else None
    return None if whole is None or not whole.slot.encloses(entry.slot) else whole
