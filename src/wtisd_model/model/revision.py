"""Revisions of an event: the changes that raise its SEQUENCE, and the number of each changed entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from wtisd_model.codes import Code
from wtisd_model.errors import MoveError
from wtisd_model.findings import finding
from wtisd_model.model.call import Call
from wtisd_model.model.session import EVENT_STATES, EventStatus, EventStatusWord, Session
from wtisd_model.schema.fields import ListOrTuple, ListTupleOrSet
from wtisd_model.types.country import CountryGroup, CountryGroupWord
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Membership, MembershipWord, Organization
from wtisd_model.types.provenance import Provenance
from wtisd_model.types.series import Series
from wtisd_model.types.timeslot import TimeSlot


class RevisionNumbers(NamedTuple):
    """The sequence of an event, and that of the last change of each entry: a session by its id, the event by None."""

    sequence: int
    changed: Mapping[str | None, int | None]
    minimum: int | None

    def next(
        self, old: Mapping[str | None, object], new: Mapping[str | None, object], *, least: int, replaced: bool
    ) -> "RevisionNumbers":
        """Return the numbers after the scheduling fields of the entries have changed from *old* to *new*.

        *least* is the lowest sequence from now on; *replaced* is True if there is another organizer.
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


class EventChanges(TypedDict, total=False):
    """The changes that `Event.revised` makes: what the constructor takes, without the fields that are computed."""

    uid: str
    title: LocalizedText
    short_title: str | None
    theme: LocalizedText | None
    series: Series | None
    description: LocalizedText | None
    slot: TimeSlot | None
    status: EventStatus | EventStatusWord
    previous_slots: ListOrTuple[TimeSlot]
    locations: ListOrTuple[Location]
    virtual_locations: ListOrTuple[VirtualLocation | str]
    venue_to_follow: bool
    organizer: Organization | None
    contacts: ListOrTuple[Contact]
    audience: ListTupleOrSet[Membership | MembershipWord]
    floor_languages: ListOrTuple[str]
    calls: ListOrTuple[Call]
    documents: ListOrTuple[Document]
    groups: ListTupleOrSet[CountryGroup | CountryGroupWord]
    goals: ListTupleOrSet[str]
    keywords: ListTupleOrSet[str]
    url: str | None
    image: str | None
    color: str | None
    sessions: ListOrTuple[Session]
    provenance: ListOrTuple[Provenance]
    retention_days: int | None
    created: datetime | None
    history: ListOrTuple[Transition]
    extensions: Mapping[str, Any]


def with_old_slot(
    status: EventStatus,
    slot: TimeSlot | None,
    before: tuple[TimeSlot, ...],
    after: tuple[TimeSlot, ...],
    path: str,
    *,
    event_is_draft: bool,
) -> tuple[TimeSlot, ...]:
    """Return the previous slots *after* a change with the *slot* that was replaced, unless the caller added it.

    The slot of a draft is not recorded, nor are those of the sessions of a draft event: nobody was told of them.

    Raises:
        MoveError: ``move-not-allowed`` if the event or session is cancelled.
    """
    if status is EventStatus.CANCELLED:
        raise MoveError(finding(Code.MOVE_NOT_ALLOWED, path, choices=EVENT_STATES.choices(status)))
    if event_is_draft or status is EventStatus.DRAFT:
        return after
    return after if slot is None or slot in after[len(before) :] else (*after, slot)


def has_other_organizer(before: Organization | None, after: Organization | None) -> bool:
    """Return True if the organizer is replaced: the address in invitations is no longer theirs."""
    old, new = (None if each is None else each.email for each in (before, after))
    return old is not None and (new is None or new.casefold() != old.casefold())
