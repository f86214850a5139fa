"""The messages that a change of an event or of its registrations requires.

An entry is what the calendar of one address contains for one uid. The entries before and after the change are compared:
a new one needs a REQUEST, a missing one a CANCEL, and a changed one a REQUEST with the same sequence or, if its time,
place or status changed, with the next one.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.invitation.message import Message, Reason, Texts
from wtisd_model.invitation.recipients import (
    OtherAttendees,
    Person,
    check_announced,
    check_organizer,
    check_session_uids,
    invited,
    is_chair,
    open_sessions,
    recipients,
    status_since,
)
from wtisd_model.invitation.template import Stamp, Template, Templates
from wtisd_model.model.event import Event, repeated_uids, scheduling_fields
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.revision import has_other_organizer
from wtisd_model.model.session import EventStatus, Session


class _Key(NamedTuple):
    """The identity of an entry for calendar programs."""

    address: str
    uid: str

    def __repr__(self) -> str:
        return f"_Key({self.uid!r})"  # without personal data


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


class InvitedVersion(NamedTuple):
    """A version of an event, and who has registered for it."""

    templates: Templates
    registrations: Sequence[Registration]

    def entries(self, *, by_session: bool) -> Iterator[tuple[_Key, _InvitedEntry]]:
        """Yield the entries that the invited people have, each with its key."""
        event = self.templates.event
        if event.status in {EventStatus.DRAFT, EventStatus.CANCELLED}:
            return
        subjects = recipients(event, self.registrations, open_sessions(event), None, by_session=by_session)
        for _, registration, session in subjects:
            person = invited(event, registration)
            if isinstance(person, Person):
                template = self.templates.template(session, registration)
                entry = _InvitedEntry(registration=registration, person=person, session=session, template=template)
                yield _Key(person.email.casefold(), template.uid), entry


class Comparison:
    """Two versions of an event, compared."""

    def __init__(
        self,
        before: InvitedVersion,
        after: InvitedVersion,
        cancellations: Templates,
        others: OtherAttendees,
        stamp: Stamp,
    ) -> None:
        """Take the versions, the cancellations of the second one, and the people to list in its invitations.

        Raises:
            MessageError: ``event-uid-differs``, ``version-older``, ``sequence-not-raised``; as `check_announced`.
        """
        old, new = before.templates.event, after.templates.event
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
        self._before, self._after, self._cancellations = before, after, cancellations
        self._others = others
        self._stamp = stamp
        known = _last_changes(old)
        self._moved = {uid for uid, last_change in _last_changes(new).items() if known.get(uid) != last_change}
        self._now = {registration.id: registration for registration in after.registrations}
        self._then = {registration.id: registration for registration in before.registrations}
        self._by_uid = {session.export_uid(new.uid): session for session in new.sessions}
        # People who see the same share their texts, and so the page of their mails.
        self._with_previous = lru_cache(512)(_with_previous)

    def messages(self, *, by_session: bool) -> Iterator[Message]:
        """Return an iterator of the messages that the change requires.

        Raises:
            MessageError: ``uid-repeated`` if they are about sessions.
        """
        if by_session:
            check_session_uids(self._after.templates.event)
        return self._messages(by_session=by_session)

    def _messages(self, *, by_session: bool) -> Iterator[Message]:
        old = self._before.templates.event
        # Without a bound of its own: it has an entry for each person and subject of the dossier, which is held as well.
        previous: dict[_Key, _InvitedEntry] = {}
        # Nobody was invited to an event whose organizer has no address, or to sessions that calendars would confuse.
        was_announced = old.organizer is not None and old.organizer.email is not None
        if was_announced and not (by_session and any(repeated_uids(old))):
            for key, entry in self._before.entries(by_session=by_session):
                previous.setdefault(key, entry)
        sent: set[_Key] = set()
        for key, entry in self._after.entries(by_session=by_session):
            if key not in sent:
                sent.add(key)
                yield from self._requests(previous.pop(key, None), entry)
        for entry in previous.values():
            yield from self._cancels(entry)

    def _requests(self, old: _InvitedEntry | None, new: _InvitedEntry) -> Iterator[Message]:
        if old is None:
            then = self._then.get(new.registration.id)
            waited = then is not None and (
                then.state is RegistrationState.WAITLISTED
                or (new.session is not None and new.session.id in then.session_ids - then.attended_ids)
            )
            yield self._request(new, Reason.PROMOTED if waited else Reason.INVITED)
        elif new.template.uid in self._moved:
            message = self._request(new, Reason.MOVED)
            # In the language that the person reads now.
            before = self._before.templates.template(old.session, new.registration)
            yield evolve(message, texts=self._with_previous(message.texts, before.texts))
        elif old.visible != new.visible:
            yield self._request(new, Reason.EDITED)
        elif new.status is ParticipationStatus.NEEDS_ACTION and old.status is not new.status:
            # The calendar shows a reply that no longer counts. "If the Delegate declines the meeting, the Organizer
            # MUST send an update REQUEST to the Delegator" (RFC 5546 section 4.2.5).
            yield self._request(new, Reason.INVITED)

    def _request(self, entry: _InvitedEntry, reason: Reason) -> Message:
        return entry.template.request(
            entry.registration, entry.session, entry.person, self._others, reason, self._stamp
        )

    def _cancels(self, old: _InvitedEntry) -> Iterator[Message]:
        registration, session = old.registration, old.session
        now = self._now.get(registration.id)
        if now is not None and now.purged_at is not None:
            return
        # The session as it is now, if one still has its uid.
        current = None if session is None else self._by_uid.get(old.template.uid, session)
        template = self._cancellations.template(current, registration)
        person = None if now is None else invited(self._after.templates.event, now)
        stays = isinstance(person, Person) and person.email.casefold() == old.person.email.casefold()
        yield template.cancellation(registration, session, old.person, self._stamp, stays=stays)


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
