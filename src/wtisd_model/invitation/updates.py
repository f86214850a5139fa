"""The messages that a change of an event or of its registrations requires.

An entry is what the calendar of one address contains for one uid. The entries before and after the change are compared:
a new one needs a REQUEST, a missing one a CANCEL, and a changed one a REQUEST with the same sequence or, if its time,
place or status changed, with the next one.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.invitation.recipients import (
    OtherAttendees,
    Person,
    Subjects,
    check_announced,
    check_organizer,
    check_session_uids,
    invited,
    is_chair,
    is_invited,
    open_sessions,
    reachable,
    status_since,
)
from wtisd_model.invitation.template import Stamp, Template, Templates
from wtisd_model.model.event import Event, repeated_uids, scheduling_fields
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.revision import has_other_organizer
from wtisd_model.model.session import EventStatus, Session


@frozen(kw_only=True)
class _InvitedEntry:
    """The entry of one address for one uid, in the version of the event before or after the change."""

    registration: Registration
    person: Person
    session: Session | None
    template: Template

    @property
    def visible(self) -> object:
        """The part of the entry that the person sees."""
        chairs = is_chair(self.registration, self.session)
        return self.template.visible, self.person, self.template.reader_language, chairs

    @property
    def status(self) -> ParticipationStatus:
        return status_since(self.template.last_change, self.registration, self.session)


class InvitedVersion:
    """A version of an event, and who has registered for it."""

    def __init__(self, templates: Templates, registrations: Sequence[Registration]) -> None:
        event = templates.event
        self.event: Event = event
        self.templates: Templates = templates
        self.registrations: Sequence[Registration] = registrations
        self._subjects = Subjects(event, open_sessions(event))
        self._invites = event.status not in {EventStatus.DRAFT, EventStatus.CANCELLED}

    def by_mailbox(self) -> dict[str, list[Registration]]:
        """Return the registrations of all who can be written to, by their address."""
        found: dict[str, list[Registration]] = {}
        for registration in self.registrations:
            person = reachable(self.event, registration)
            if isinstance(person, Person):
                found.setdefault(person.email.casefold(), []).append(registration)
        return found

    def entries(self, registrations: Iterable[Registration], *, by_session: bool) -> dict[str, _InvitedEntry]:
        """Return the entries of one mailbox by their uid: each that of the first person who is invited to it."""
        entries: dict[str, _InvitedEntry] = {}
        for registration in registrations if self._invites else ():
            person = invited(self.event, registration)
            if isinstance(person, Person):
                for session in self._subjects.of(registration) if by_session else _EVENT:
                    template = self.templates.template(session, registration)
                    if template.uid not in entries:
                        entries[template.uid] = _InvitedEntry(
                            registration=registration, person=person, session=session, template=template
                        )
        return entries


_EVENT: Final = (None,)


class MailboxChange(NamedTuple):
    """One mailbox before and after a change."""

    address: str
    """Case-folded."""
    before: tuple[Registration, ...]
    """Those that had this address before, whatever their state."""
    after: tuple[Registration, ...]
    """Those that have it now."""
    messages: tuple[Message, ...]
    """What its calendar needs."""

    def __repr__(self) -> str:
        return "MailboxChange(...)"  # without personal data


class Comparison:
    """Two versions of an event, compared."""

    def __init__(
        self,
        before: InvitedVersion,
        after: InvitedVersion,
        cancellations: Templates,
        others: OtherAttendees,
        stamp: Stamp,
        again: frozenset[str] = frozenset(),
    ) -> None:
        """Take the versions, the cancellations of the second one, and the people to list in its invitations.

        *again* are the uids of entries that go out again as they are, since the rules of their clocks have changed.

        Raises:
            MessageError: ``event-uid-differs``, ``version-older``, ``sequence-not-raised``; as `check_announced`.
        """
        old, new = before.event, after.event
        if old.uid != new.uid:
            raise MessageError(finding(Code.EVENT_UID_DIFFERS, "/after/event/uid"))
        check_announced(new, None)
        # An older version would invite people to a time that no longer holds. Within one revision the moment of the
        # last change decides, if both versions have it.
        if new.sequence < old.sequence:
            raise MessageError(finding(Code.VERSION_OLDER, "/after/event/sequence"))
        if new.sequence == old.sequence and old.updated and new.updated and new.updated < old.updated:
            raise MessageError(finding(Code.VERSION_OLDER, "/after/event/updated"))
        check_organizer(new)
        if old.status is not EventStatus.DRAFT:
            _require_raised(old, new)
        self.before: InvitedVersion = before
        self.after: InvitedVersion = after
        self._cancellations = cancellations
        self._others = others
        self._stamp = stamp
        self._again = again
        known = _last_changes(old)
        self.moved: set[str] = {uid for uid, last_change in _last_changes(new).items() if known.get(uid) != last_change}
        # Nobody was invited to an event whose organizer has no address, or to sessions that calendars would confuse.
        self.had_announced: bool = old.organizer is not None and old.organizer.email is not None
        self._were_confused = any(repeated_uids(old))
        self.now: dict[str, Registration] = {registration.id: registration for registration in after.registrations}
        self.then: dict[str, Registration] = {registration.id: registration for registration in before.registrations}
        self._by_uid = {session.export_uid(new.uid): session for session in new.sessions}
        # People who see the same share their texts, and so the page of their mails.
        self._with_previous = lru_cache(512)(_with_previous)

    def mailboxes(self, *, by_session: bool) -> Iterator[MailboxChange]:
        """Return an iterator of all mailboxes: those of invited people, then the others, in the order of the dossiers.

        The messages of a mailbox are made when it is reached.

        Raises:
            MessageError: ``uid-repeated`` if they are about sessions.
        """
        if by_session:
            check_session_uids(self.after.event)
        return self._mailboxes(by_session=by_session)

    def messages(self, *, by_session: bool) -> Iterator[Message]:
        """Return an iterator of the messages of all mailboxes, or raise as `mailboxes`."""
        mailboxes = self.mailboxes(by_session=by_session)
        return (message for mailbox in mailboxes for message in mailbox.messages)

    def _mailboxes(self, *, by_session: bool) -> Iterator[MailboxChange]:
        then, others = self.before.by_mailbox(), dict[str, list[Registration]]()
        for address, after in self.after.by_mailbox().items():
            if any(is_invited(self.after.event, registration) for registration in after):
                yield self._mailbox(address, then.pop(address, ()), after, by_session=by_session)
            else:
                others[address] = after
        for address in others | then:
            yield self._mailbox(address, then.get(address, ()), others.get(address, ()), by_session=by_session)

    def _mailbox(
        self, address: str, before: Sequence[Registration], after: Sequence[Registration], *, by_session: bool
    ) -> MailboxChange:
        messages: list[Message] = []
        were_invited = self.had_announced and not (by_session and self._were_confused)
        known = self.before.entries(before, by_session=by_session) if were_invited else {}
        for uid, entry in self.after.entries(after, by_session=by_session).items():
            message = self._update(known.pop(uid, None), entry)
            if message is not None:
                messages.append(message)
        for entry in known.values():
            message = self._cancellation(entry)
            if message is not None:
                messages.append(message)
        return MailboxChange(address, tuple(before), tuple(after), tuple(messages))

    def _update(self, old: _InvitedEntry | None, new: _InvitedEntry) -> Message | None:
        if old is None:
            then = self.then.get(new.registration.id)
            waited = then is not None and (
                then.state is RegistrationState.WAITLISTED
                or (new.session is not None and new.session.id in then.session_ids - then.attended_ids)
            )
            return self._request(new, Reason.PROMOTED if waited else Reason.INVITED)
        if new.template.uid in self.moved:
            message = self._request(new, Reason.MOVED)
            # In the language that the person reads now.
            before = self.before.templates.template(old.session, new.registration)
            return evolve(message, texts=self._with_previous(message.texts, before.texts))
        if old.visible != new.visible:
            return self._request(new, Reason.EDITED)
        if new.status is ParticipationStatus.NEEDS_ACTION and old.status is not new.status:
            # The calendar shows a reply that no longer counts. "If the Delegate declines the meeting, the Organizer
            # MUST send an update REQUEST to the Delegator" (RFC 5546 section 4.2.5).
            return self._request(new, Reason.INVITED)
        return self._request(new, Reason.CLOCKS_CHANGED) if new.template.uid in self._again else None

    def _request(self, entry: _InvitedEntry, reason: Reason) -> Message:
        return entry.template.request(
            entry.registration, entry.session, entry.person, self._others, reason, self._stamp
        )

    def _cancellation(self, old: _InvitedEntry) -> Message | None:
        registration, session = old.registration, old.session
        now = self.now.get(registration.id)
        if now is not None and now.purged_at is not None:
            return None
        # The session as it is now, if one still has its uid.
        current = None if session is None else self._by_uid.get(old.template.uid, session)
        template = self._cancellations.template(current, registration)
        person = None if now is None else invited(self.after.event, now)
        stays = isinstance(person, Person) and person.email.casefold() == old.person.email.casefold()
        return template.cancellation(registration, session, old.person, self._stamp, stays=stays)


def _with_previous(texts: Texts, before: Texts) -> Texts:
    """Return the texts of a change, with the time and the places before it where they differ."""
    return evolve(
        texts,
        previous=None if before.slot == texts.slot else before.slot,
        previous_where=None if before.where == texts.where else before.where,
    )


def _require_raised(before: Event, after: Event) -> None:
    """Raise if calendars would ignore a message about *after*, or if a reply would count for another time or place.

    Raises:
        MessageError: ``sequence-not-raised``.
    """
    old, new = scheduling_fields(before), scheduling_fields(after)
    replaced = has_other_organizer(before.organizer, after.organizer)
    if after.sequence == before.sequence and (replaced or old != new):
        raise MessageError(finding(Code.SEQUENCE_NOT_RAISED, "/after/event/sequence"))
    known: dict[str | None, Session | None] = {None: None, **{session.id: session for session in before.sessions}}
    for index, session in enumerate((None, *after.sessions), start=-1):
        id_ = None if session is None else session.id
        if new[id_] != old.get(id_):
            is_raised = after.last_change(session) > before.sequence
        else:
            least = before.entry_sequence(known[id_]) + replaced
            is_raised = after.last_change(session) >= before.last_change(known[id_])
            is_raised = is_raised and after.entry_sequence(session) >= least
        if not is_raised:
            path = "" if session is None else pointer("sessions", index)
            raise MessageError(finding(Code.SEQUENCE_NOT_RAISED, f"/after/event{path}/changedSequence"))


def _last_changes(event: Event) -> dict[str, int]:
    """Return the sequence of the last change of each entry, by its uid."""
    return {event.uid: event.last_change()} | {
        session.export_uid(event.uid): event.last_change(session) for session in event.sessions
    }
