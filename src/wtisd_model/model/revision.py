"""Revisions of an event: the changes that raise its SEQUENCE, and the number of each changed entry."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from wtisd_model.codes import Code
from wtisd_model.findings import MoveError, finding
from wtisd_model.model.session import EVENT_STATES, EventStatus
from wtisd_model.types.people import Organization
from wtisd_model.types.timeslot import TimeSlot


class _Entry(Protocol):
    """The common part of an event and a session: both become an entry in a calendar."""

    @property
    def status(self) -> EventStatus: ...
    @property
    def slot(self) -> TimeSlot | None: ...
    @property
    def previous_slots(self) -> tuple[TimeSlot, ...]: ...


class RevisionNumbers(NamedTuple):
    """The sequence of an event, and that of the last change of each entry: a session by its id, the event by None."""

    sequence: int
    changed: Mapping[str | None, int | None]
    minimum: int | None

    def next(
        self, old: Mapping[str | None, object], new: Mapping[str | None, object], *, least: int, replaced: bool
    ) -> "RevisionNumbers":
        """Return the numbers after the scheduling fields of the entries have changed from *old* to *new*.

        Args:
            old: the scheduling fields before, by entry.
            new: the scheduling fields after.
            least: the lowest sequence from now on.
            replaced: True if there is another organizer.
        """
        moved = {key for key in new if new[key] != old.get(key)}
        # "When the Organizer is replaced, the SEQUENCE property value MUST be incremented" (RFC 5546 section 4.2.11).
        rises = bool(moved) or replaced or old.keys() != new.keys()
        sequence = max(self.sequence + rises, least)
        changed = {
            # Until now the sequence of the event was that of all its entries.
            key: self.sequence if number is None and sequence > self.sequence else number
            for key, number in self.changed.items()
        }
        minimum = sequence if replaced or least > self.sequence else self.minimum
        return RevisionNumbers(sequence, changed | dict.fromkeys(moved, sequence), minimum)


def with_old_slot(before: _Entry, after: _Entry, path: str, *, event_is_draft: bool) -> tuple[TimeSlot, ...]:
    """Return the previous slots of an entry with the replaced one, unless the caller added it.

    The slot of a draft is not recorded, nor are those of the sessions of a draft event: nobody was told of them.

    Raises:
        MoveError: ``move-not-allowed`` if the entry is cancelled.
    """
    if before.status is EventStatus.CANCELLED:
        raise MoveError(finding(Code.MOVE_NOT_ALLOWED, path, choices=EVENT_STATES.choices(before.status)))
    if event_is_draft or before.status is EventStatus.DRAFT:
        return after.previous_slots
    added = after.previous_slots[len(before.previous_slots) :]
    return after.previous_slots if before.slot is None or before.slot in added else (*after.previous_slots, before.slot)


def has_other_organizer(before: Organization | None, after: Organization | None) -> bool:
    """Return True if the organizer is replaced: the address in invitations is no longer theirs."""
    old, new = (None if each is None else each.email for each in (before, after))
    return old is not None and (new is None or new.casefold() != old.casefold())
