"""The messages that a change of an event or of its registrations requires.

An entry is what the calendar of one address contains for one uid. The entries before and after the change are compared:
a new one needs a REQUEST, a missing one a CANCEL, and a changed one a REQUEST with the same sequence or, if its time,
place or status changed, with the next one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Final, NamedTuple

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.invitation.entries import InvitedEntry, age, entries_of
from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.invitation.recipients import (
    OtherAttendees,
    Subjects,
    check_announced,
    check_organizer,
    check_session_uids,
    is_admitted,
    is_invited,
    open_sessions,
    person_of,
)
from wtisd_model.invitation.template import Stamp, Template, Templates
from wtisd_model.model.event import Event, repeated_uids, scheduling_fields
from wtisd_model.model.registration import Entry, Registration, RegistrationState
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.revision import has_other_organizer
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.programme.chosen import awaited_ids
from wtisd_model.types.text import UID


class _Held(NamedTuple):
    """An entry that a calendar has, and the registrations of all who share it."""

    entry: Entry
    holders: list[Registration]


def _held(registrations: Iterable[Registration]) -> dict[str, _Held]:
    """Return the recorded entries of one mailbox by uid; of several for one uid the newest."""
    found: dict[str, _Held] = {}
    for registration in registrations:
        for entry in registration.entries:
            last, holders = found.get(entry.uid, (entry, list[Registration]()))
            holders.append(registration)
            found[entry.uid] = _Held(max(last, entry, key=age), holders)
    return found


class InvitedVersion:
    """A version of an event, and who has registered for it."""

    def __init__(self, templates: Templates, registrations: Sequence[Registration]) -> None:
        event = templates.event
        self.event: Event = event
        self.templates: Templates = templates
        self.registrations: Sequence[Registration] = registrations
        self._subjects = Subjects(event, open_sessions(event))
        self._invites = event.status not in {EventStatus.DRAFT, EventStatus.CANCELLED}

    def by_mailbox(self, purged: Collection[str] = ()) -> dict[str, list[Registration]]:
        """Return the registrations of all who can be written to, by their address, but those with *purged* ids."""
        found: dict[str, list[Registration]] = {}
        for registration in self.registrations:
            person = registration.participant
            if person is None or person.email is None or registration.event_uid != self.event.uid:
                continue
            if registration.id not in purged:
                found.setdefault(person.email.casefold(), []).append(registration)
        return found

    def entries(
        self, registrations: Iterable[Registration], subjects_of: Callable[[Registration], Sequence[Session | None]]
    ) -> dict[str, InvitedEntry]:
        """Return the entries of one mailbox that people are invited to, by uid."""
        if not self._invites:
            return {}
        guests = [(each, person_of(each)) for each in registrations if is_admitted(self.event, each)]
        return entries_of(guests, self.templates, subjects_of)

    def by_event(self, _registration: Registration) -> Sequence[None]:
        """Return the event, whatever a person chose."""
        return _EVENT

    def by_session(self, registration: Registration) -> Sequence[Session | None]:
        """Return the sessions that a person has a seat in; the event if they chose none."""
        return self._subjects.of(registration)

    def recorded(self, registration: Registration) -> Sequence[Session | None]:
        """Return what the person's entries are about, as far as that still invites them."""
        return self._in_place([entry.uid for entry in registration.entries], registration)

    def continued(
        self, own: Mapping[str, Collection[str]], shared: Collection[str], registration: Registration
    ) -> Sequence[Session | None]:
        """Return what a person has entries for who had those with their *own* uids, which may be none.

        It is the event and the sessions that they have entries of, or else each session. Who comes to a mailbox has
        what is *shared* there: the uid of the event, or nothing.
        """
        uids = own.get(registration.id, shared)
        if self.event.uid in uids:
            return self._in_place(uids, registration)
        return self._subjects.of(registration)

    def _in_place(self, uids: Collection[str], registration: Registration) -> list[Session | None]:
        uid = self.event.uid
        sessions = [
            each for each in self._subjects.of(registration) if each is not None and each.export_uid(uid) in uids
        ]
        return [*([None] if uid in uids else ()), *sessions]


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
        again: Mapping[str, datetime | None],
        erased: frozenset[str] = frozenset(),
    ) -> None:
        """Take the versions, the cancellations of the second one, and the people to list in its invitations.

        *again* has the uids of entries that go out again as they are since the rules of their clocks have changed, with
        the new start if it is another one: who has that has heard of it. *erased* are the ids of registrations that the
        calendars of those who share their mailbox name no more.

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
        self._erased = erased
        known = _last_changes(old)
        self.moved: set[str] = {uid for uid, last_change in _last_changes(new).items() if known.get(uid) != last_change}
        # Nobody was invited to an event whose organizer has no address, or to sessions that calendars would confuse.
        self.had_announced: bool = old.organizer is not None and old.organizer.email is not None
        self._were_confused = any(repeated_uids(old))
        self.now: dict[str, Registration] = {registration.id: registration for registration in after.registrations}
        self.then: dict[str, Registration] = {registration.id: registration for registration in before.registrations}
        # They are in no mailbox: nobody hears of a purge, and who shares the address sees their name no more.
        self._purged = frozenset(registration.id for registration in after.registrations if registration.purged_at)
        self._by_uid = {session.export_uid(new.uid): session for event in (old, new) for session in event.sessions}
        # People who see the same share their texts, and so the page of their mails.
        self._with_previous = lru_cache(512)(_with_previous)
        self._with_sessions = lru_cache(512)(_with_previous_sessions)

    def mailboxes(self, *, by_session: bool) -> Iterator[MailboxChange]:
        """Return an iterator of all mailboxes: those of invited people, then the others, in the order of the dossiers.

        The messages of a mailbox are made when it is reached.

        Raises:
            MessageError: ``uid-repeated`` if some are about sessions.
        """
        uid = self.after.event.uid
        known = (entry.uid for registration in self.before.registrations for entry in registration.entries)
        if by_session or any(own != uid for own in known):
            check_session_uids(self.after.event)
        return self._mailboxes(by_session=by_session)

    def messages(self, *, by_session: bool) -> Iterator[Message]:
        """Return an iterator of the messages of all mailboxes, or raise as `mailboxes`."""
        mailboxes = self.mailboxes(by_session=by_session)
        return (message for mailbox in mailboxes for message in mailbox.messages)

    def _mailboxes(self, *, by_session: bool) -> Iterator[MailboxChange]:
        then, others = self.before.by_mailbox(self._purged), dict[str, list[Registration]]()
        is_admitted_now = partial(is_admitted, self.after.event)
        for address, after in self.after.by_mailbox().items():
            if any(map(is_admitted_now, after)):
                yield self._mailbox(address, then.pop(address, ()), after, by_session=by_session)
            else:
                others[address] = after
        for address in others | then:
            yield self._mailbox(address, then.get(address, ()), others.get(address, ()), by_session=by_session)

    def _mailbox(
        self, address: str, before: Sequence[Registration], after: Sequence[Registration], *, by_session: bool
    ) -> MailboxChange:
        held = _held(before)
        then, now = self.before, self.after
        was_about, is_about = (then.by_session, now.by_session) if by_session else (then.by_event, now.by_event)
        if held:  # what the calendar has decides, whatever the caller asks for
            was_about, by_session = then.recorded, now.event.uid not in held
            own = {
                each.id: [entry.uid for entry in each.entries]
                for each in before
                if each.entries or is_admitted(then.event, each)
            }
            is_about = partial(now.continued, own, [uid for uid in held if uid == now.event.uid])
        were_told = self.had_announced and not (by_session and self._were_confused)
        known = then.entries(before, was_about) if were_told else {}
        messages = [
            self._update(known.pop(uid, None), held.pop(uid, None), new)
            for uid, new in now.entries(self._guests(after), is_about).items()
        ]
        for uid, old in known.items():
            holders = _together(old.holders, held.pop(uid).holders if held else ())
            messages.append(self._cancellation(uid, old.session, holders))
        messages += [self._cancellation(uid, self._session(uid), last.holders) for uid, last in held.items()]
        return MailboxChange(
            address,
            tuple(before),
            tuple(after),
            tuple([message for message in messages if message is not None]),
        )

    def _guests(self, after: Sequence[Registration]) -> Sequence[Registration]:
        """Return those who have the entries of a mailbox: all but who is erased, unless nobody else is left."""
        if not self._erased:
            return after
        staying = [each for each in after if each.id not in self._erased]
        return staying if any(is_admitted(self.after.event, each) for each in staying) else after

    def _update(self, old: InvitedEntry | None, last: _Held | None, new: InvitedEntry) -> Message | None:
        holders = new.holders
        if last is not None or old is None or [each.id for each in old.holders] != [each.id for each in holders]:
            holders = _together(holders, () if old is None else old.holders, () if last is None else last.holders)
        uid, last_change = new.template.uid, new.template.last_change
        is_moved = last is not None and last.entry.sequence < last_change
        if old is None:
            return self._request(new, Reason.MOVED if is_moved else self._first_reason(new), holders)
        if is_moved or uid in self.moved or old.visible != new.visible:
            # What the event was before, for the person as they are now.
            template = self.before.templates.template(old.session, new.registration, new.sharing)
            reason = Reason.MOVED
            if not (is_moved or uid in self.moved):
                reason = _reason(old, new._replace(session=old.session, template=template), new)
            was = old.template
            if was.reader_language != new.template.reader_language:
                was = self.as_read_now(old.registration, old.session, old.sharing, new.template)
            texts = self.with_previous(new.template, template, was)
            return self._request(new, reason, holders, texts)
        if new.status is ParticipationStatus.NEEDS_ACTION and old.status is not new.status:
            # The calendar shows a reply that no longer counts. "If the Delegate declines the meeting, the Organizer
            # MUST send an update REQUEST to the Delegator" (RFC 5546 section 4.2.5).
            return self._request(new, Reason.INVITED, holders)
        if uid in self._again and (last is None or last.entry.start != self._again[uid]):
            return self._request(new, Reason.CLOCKS_CHANGED, holders)
        # If other people have it now, it goes out once more as it is, so that `recorded` knows of them.
        return self._request(new, Reason.EDITED, holders) if last is not None and self._differ(last, new) else None

    def _differ(self, last: _Held, new: InvitedEntry) -> bool:
        """Return True if somebody has an entry who had it not, or had it and has left the mailbox."""
        had = {registration.id for registration in last.holders}
        return any(each.id not in had for each in new.holders) or any(map(self._has_left, last.holders))

    def with_previous(self, new: Template, between: Template, old: Template) -> Texts:
        """Return the texts of a change, with what was before it where that differs.

        The time and the places are those *between*, as the event had them for the person of now; the chosen sessions
        are the *old* ones.
        """
        texts = self._with_previous(new.shared.texts, between.shared.texts)
        if not (new.names_sessions or between.names_sessions or old.names_sessions):
            return texts
        return self._with_sessions(texts, new, between, old)

    def _first_reason(self, new: InvitedEntry) -> Reason:
        then = self.then.get(new.registration.id)
        waited = then is not None and (
            then.state is RegistrationState.WAITLISTED
            or (new.session is not None and new.session.id in then.session_ids - then.attended_ids)
        )
        return Reason.PROMOTED if waited else Reason.INVITED

    def as_read_now(
        self, then: Registration, session: Session | None, sharing: Sequence[Registration], new: Template
    ) -> Template:
        """Return an entry before the change, in the language in which the person reads the *new* one."""
        old, reader = self.before.templates.template(session, then, sharing), then.participant
        if old.reader_language == new.reader_language or reader is None:
            return old
        reading = evolve(then, participant=evolve(reader, language=new.reader_language), listening_languages=())
        return self.before.templates.template(session, reading, sharing)

    def _request(
        self, entry: InvitedEntry, reason: Reason, holders: Sequence[Registration], texts: Texts | None = None
    ) -> Message:
        return entry.template.request(
            entry.registration, entry.session, entry.person, self._others, reason, self._stamp, holders, texts
        )

    def _session(self, uid: str) -> Session | None:
        """Return what a recorded entry is about: None for the event; for an unknown session a new one."""
        event = self.after.event
        if uid == event.uid:
            return None
        known = self._by_uid.get(uid)
        if known is not None:
            return known
        # One that is longer than a session's own is made of an id and the event's.
        id_, own = ("dropped", uid) if len(uid) <= UID.maximum else (uid.removesuffix(f".{event.uid}"), None)
        return Session(id=id_, uid=own, title=event.title, slot=slot_of_announced(event, MessageError, "/event"))

    def _cancellation(self, uid: str, session: Session | None, holders: Sequence[Registration]) -> Message:
        first = holders[0]
        now = self.now.get(first.id)
        # The session as it is now, if one still has its uid.
        template = self._cancellations.template(None if session is None else self._by_uid.get(uid, session), first)
        stays = now is not None and not self._has_left(first) and is_invited(self.after.event, now)
        return template.cancellation(first, session, person_of(first), self._stamp, holders, stays=stays)

    def _has_left(self, then: Registration) -> bool:
        """Return True if somebody of a mailbox has another address now."""
        now = self.now.get(then.id, then)
        return person_of(now).email.casefold() != person_of(then).email.casefold()


def _together(*groups: Iterable[Registration]) -> list[Registration]:
    """Return the registrations of all groups, each once."""
    found: dict[str, Registration] = {}
    for group in groups:
        for registration in group:
            found.setdefault(registration.id, registration)
    return [*found.values()]


def _reason(old: InvitedEntry, between: InvitedEntry, new: InvitedEntry) -> Reason:
    """Return why an entry changed that has not moved; *between* is what the event was, for the person as they are."""
    if between.template.texts.sessions != new.template.texts.sessions:
        return Reason.PROGRAMME_CHANGED
    if old.registration.id != new.registration.id or old.visible == between.visible:
        return Reason.EDITED
    if new.session is None:
        then = {registration.id: registration for registration in old.holders}
        pairs = [(then[now.id], now) for now in new.holders if now.id in then]
        if any(awaited_ids(before) & now.attended_ids for before, now in pairs):
            return Reason.SEAT_FOUND
        if any(awaited_ids(now) - awaited_ids(before) for before, now in pairs):
            return Reason.SESSION_WAITLISTED
    return Reason.CHANGED


def _with_previous(texts: Texts, before: Texts) -> Texts:
    return evolve(
        texts,
        previous=None if before.slot == texts.slot else before.slot,
        previous_where=None if before.where == texts.where else before.where,
    )


def _with_previous_sessions(shared: Texts, new: Template, between: Template, old: Template) -> Texts:
    """Return the texts of a change for people who chose sessions; *shared* are those for people who chose none."""
    sessions, where, previous_where = old.sessions, new.where, between.where
    return new.texts_with(
        previous=shared.previous,
        previous_where=None if previous_where == where else previous_where,
        previous_sessions=None if sessions == new.sessions else sessions,
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
