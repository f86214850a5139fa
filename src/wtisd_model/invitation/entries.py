"""What calendars have: the entries that people of one mailbox are invited to, and those that messages put there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.invitation.message import Letter, Message
from wtisd_model.invitation.recipients import Person, is_chair, person_of, status_since
from wtisd_model.invitation.template import Template, Templates
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.registration import Entry, Registration
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import Session
from wtisd_model.types.arguments import require_iterable

Guest = tuple[Registration, Person]
"""A registration, and the person that it is about."""


class InvitedEntry(NamedTuple):
    """The entry of one mailbox for one uid, in one version of the event, in the name of one person."""

    registration: Registration
    person: Person
    session: Session | None
    template: Template
    holders: list[Registration]
    """Those of all who share the mailbox and have the entry, the one in whose name it is first."""

    @property
    def sharing(self) -> list[Registration]:
        """Those of all others who have the entry."""
        return self.holders[1:]

    @property
    def visible(self) -> object:
        """The part of the entry that the person sees."""
        chairs = is_chair(self.registration, self.session)
        return self.template.visible, self.person, self.template.reader_language, chairs

    @property
    def status(self) -> ParticipationStatus:
        """The reply of the person that counts for it."""
        return status_since(self.template.last_change, self.registration, self.session)


def entries_of(
    guests: Sequence[Guest],
    templates: Templates,
    subjects_of: Callable[[Registration], Sequence[Session | None]],
) -> dict[str, InvitedEntry]:
    """Return the entries of people who share a mailbox, by uid: each in the name of the first who has it.

    *subjects_of* says what a person has entries for: sessions, or None for the event.
    """
    found: dict[str, tuple[Registration, Person, Session | None, list[Registration]]] = {}
    event_uid = templates.event.uid
    for registration, person in guests:
        for session in subjects_of(registration):
            uid = event_uid if session is None else session.export_uid(event_uid)
            known = found.get(uid)
            if known is None:
                found[uid] = registration, person, session, [registration]
            else:
                known[3].append(registration)
    # An entry of the event names the sessions of those who have it: who has entries of sessions is not in it.
    return {
        uid: InvitedEntry(first, person, session, templates.template(session, first, holders[1:]), holders)
        for uid, (first, person, session, holders) in found.items()
    }


# Why: docs/decisions/0042
def recorded(dossier: Dossier, messages: Iterable[Message | Letter]) -> Dossier:
    """Return a dossier in which registrations have the entries that messages put into calendars.

    A REQUEST sets an entry and a CANCEL takes it away, for all ``registration_ids`` of the message; other methods
    change nothing. Store the result in the transaction that hands the messages over for delivery: the next `updates`
    then starts from what was sent.

    Args:
        dossier: the current one, with which the messages were made.
        messages: those of `invite`, `invites`, `updates`, `cancel` and `cancels`, in the order in which they were made,
            or letters that contain them. Ids of registrations that the dossier does not have are ignored, and messages
            that are older than the entry that is recorded.

    Raises:
        MessageError: ``event-uid-differs`` for an invitation to something else.
        InvalidValueError: ``too-many-items`` for a registration with more than 1,000 entries.
        TypeError: *dossier* is not a Dossier, or *messages* is not an iterable of messages and letters.
    """
    event = require_dossier(dossier).event
    uids = {event.uid, *(session.export_uid(event.uid) for session in event.sessions)}
    people = {registration.id: registration for registration in dossier.registrations}
    entries: dict[str, dict[str, Entry]] = {}
    for index, message in _of_calendars(messages):
        entry = _entry(message)
        for registration in filter(None, map(people.get, message.registration_ids)):
            if message.method is Method.REQUEST and message.uid not in uids:
                raise MessageError(finding(Code.EVENT_UID_DIFFERS, pointer("messages", index, "uid")))
            own = entries.setdefault(registration.id, {known.uid: known for known in registration.entries})
            last = own.get(message.uid, entry)
            if person_of(registration).email.casefold() != (message.recipient or "").casefold():
                if age(last) < age(entry):  # that of an address which is no longer the person's
                    own.pop(message.uid, None)
            elif age(last) <= age(entry):
                own.pop(message.uid, None)
                if message.method is Method.REQUEST:
                    own[message.uid] = entry
    return evolve(
        dossier,
        registrations=tuple(
            _with_entries(registration, entries.get(registration.id)) for registration in dossier.registrations
        ),
    )


def _of_calendars(messages: Iterable[Message | Letter]) -> Iterator[tuple[int, Message]]:
    """Yield the messages that change calendars, those of letters too, with the index of what they come from."""
    for index, item in enumerate(require_iterable(messages, "messages")):
        parts = (item,) if isinstance(item, Message) else getattr(item, "messages", None)
        if parts is None:
            raise TypeError("Not a message or a letter.")
        yield from ((index, message) for message in parts if message.method in {Method.REQUEST, Method.CANCEL})


def age(entry: Entry) -> tuple[int, datetime]:
    """Return what tells which of two versions of an entry is newer (RFC 5546 section 2.1.5)."""
    return entry.sequence, entry.stamped


def _entry(message: Message) -> Entry:
    slot = message.texts.slot
    start = None if slot.whole_days else slot.starts_at
    return Entry(uid=message.uid, sequence=message.sequence, stamped=message.stamped, start=start)


def _with_entries(registration: Registration, own: dict[str, Entry] | None) -> Registration:
    entries = registration.entries if own is None else tuple(own.values())
    return registration if entries == registration.entries else evolve(registration, entries=entries)
