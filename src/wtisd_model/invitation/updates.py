"""The messages that a change of an event or of its registrations requires.

An entry is what the calendar of one address contains for one uid. The entries before and after the change are compared:
a new one needs a REQUEST, a missing one a CANCEL, and a changed one a REQUEST with the same sequence or, if its time,
place or status changed, with the next one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from attrs import evolve, field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.invitation.message import Message, MessageOptions, Privacy, Reason, Texts
from wtisd_model.invitation.recipients import (
    Person,
    check_announced,
    check_session_uids,
    copied_to,
    invited,
    is_chair,
    open_sessions,
    recipients,
    status_since,
)
from wtisd_model.invitation.request import OtherAttendees, request
from wtisd_model.invitation.template import Template, Templates
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event, repeated_uids, scheduling_fields
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.revision import has_other_organizer
from wtisd_model.model.session import EventStatus, Session


def updates(
    before: Dossier,
    after: Dossier,
    *,
    stamped: datetime,
    by_session: bool = False,
    language: str | None = None,
    others: Iterable[Registration] = (),
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Iterator[Message]:
    """Return the messages that people need after a change from *before* to *after*, and no others.

    ========================================================  =======================================================
    what changed                                              message, and its reason
    ========================================================  =======================================================
    the person has a seat now                                 REQUEST, ``invited``, or ``promoted`` from the waitlist
    the time, the place or the status                         REQUEST with a raised SEQUENCE, ``moved``
    a text, the languages of interpretation, or the person's  REQUEST, ``edited``
    name, language or mode
    the person's reply no longer counts: they returned, or    REQUEST, ``invited``
    all delegates declined
    the event or the session is cancelled                     CANCEL, ``cancelled``
    the session is gone from the event, no longer chosen, or  CANCEL, ``dropped``
    no longer offered in the person's mode of attendance
    the person withdrew, was refused, or has another address  CANCEL, ``withdrawn``
    ========================================================  =======================================================

    A calendar that receives these messages, in any order, ends up in the same state as one that was invited to *after*
    alone, provided that the *stamped* of each call is at least a second later than the last, with the same options.

    An address has one entry per uid: if several people share it, that of the first one. People whose registration was
    purged get no message, and keep their entry. A change of the focal point (``filed_by``) alone is no reason for a
    message, nor is one of what invitations do not show, such as the ``materials`` of a session or the ``id`` of a room.

    Args:
        before: the dossier when the last messages were made.
        after: the current dossier, of the same event.
        stamped: the time of these messages, aware (DTSTAMP).
        by_session: write one message for each session that a person chose; see `invites`, also for the other options.
        language: the language of texts; by default the language that each person reads.
        others: registrations of people to list in each message, as for `invite`. A change of the list alone is no
            reason for a message: with the next one each person gets the current list, or none.
        reminders: how long before the start to show a reminder.
        privacy: who else may see it in the person's calendar.
        transparent: whether the person's time stays free.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``event-uid-differs`` for different events; ``version-older`` if *after* is older than *before*,
            by ``sequence`` or ``updated``; ``sequence-not-raised`` if time, place or status changed without a verb or
            `Event.revised`; ``organizer-without-address``; ``event-without-slot`` for a draft; ``uid-repeated`` if
            messages are about sessions.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: as `invites`.
        TypeError: *before* or *after* is not a Dossier, or *others* or *reminders* is not an iterable.

    Source: RFC 5546 sections 2.1.4, 2.1.5, 3.2.2 and 3.2.5.
    """
    options = MessageOptions(
        method=Method.REQUEST,
        stamped=stamped,
        language=language,
        reminders=reminders,
        privacy=privacy,
        transparent=transparent,
        utc=utc,
    )
    return _Change(require_dossier(before), require_dossier(after), options, others).messages(by_session=by_session)


class _Key(NamedTuple):
    """The identity of an entry for calendar programs."""

    address: str
    uid: str

    def __repr__(self) -> str:
        return f"_Key({self.uid!r})"  # without personal data


@frozen(kw_only=True)
class _InvitedEntry:
    """The entry of one address for one uid."""

    registration: Registration
    person: Person
    session: Session | None
    template: Template
    """The template of the event before or after the change, with the sequence after it."""
    templates: Templates = field(repr=False)

    @property
    def visible(self) -> object:
        """The part of the entry that the person sees."""
        chairs = is_chair(self.registration, self.session)
        return self.template.prepared, self.person, self.template.reader_language, chairs

    @property
    def status(self) -> ParticipationStatus:
        return status_since(self.template.last_change, self.registration, self.session)

    def request(self, reason: Reason, others: OtherAttendees) -> Message:
        return request(self.template, self.registration, self.session, self.person, reason, others)


class _Change:
    """The entries of two dossiers, compared."""

    def __init__(
        self,
        before: Dossier,
        after: Dossier,
        options: MessageOptions,
        others: Iterable[Registration],
    ) -> None:
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
        self._before = before
        self._after = after
        self._templates = Templates(new, options, after.interpretation_requests)
        self._others = OtherAttendees(new, others)
        if old.status is not EventStatus.DRAFT:
            _require_raised(old, new)
        known = _last_changes(old)
        self._moved = {uid for uid, last_change in _last_changes(new).items() if known.get(uid) != last_change}
        self._seen = _numbered_as(new, old)
        # Nobody was invited to an event whose organizer has no address.
        self._old_templates = None
        if old.organizer is not None and old.organizer.email is not None:
            self._old_templates = Templates(self._seen, options, before.interpretation_requests)
        cancelling = evolve(options, method=Method.CANCEL, reminders=(), transparent=False)
        self._cancellations = Templates(new, cancelling, after.interpretation_requests)
        self._now = {registration.id: registration for registration in after.registrations}
        self._then = {each.id: each for each in before.registrations}
        self._by_uid = {session.export_uid(new.uid): session for session in new.sessions}

    def messages(self, *, by_session: bool) -> Iterator[Message]:
        if by_session:
            check_session_uids(self._after.event)
            if any(repeated_uids(self._before.event)):
                self._old_templates = None  # such sessions cannot have been announced one by one
        return self._messages(by_session=by_session)

    def _messages(self, *, by_session: bool) -> Iterator[Message]:
        previous: dict[_Key, _InvitedEntry] = {}
        for key, entry in self._entries(
            self._seen, self._before.registrations, self._old_templates, by_session=by_session
        ):
            previous.setdefault(key, entry)
        sent: set[_Key] = set()
        for key, entry in self._entries(
            self._after.event, self._after.registrations, self._templates, by_session=by_session
        ):
            if key not in sent:
                sent.add(key)
                yield from self._requests(previous.pop(key, None), entry)
        for entry in previous.values():
            yield from self._cancels(entry)

    def _entries(
        self, event: Event, registrations: Iterable[Registration], templates: Templates | None, *, by_session: bool
    ) -> Iterator[tuple[_Key, _InvitedEntry]]:
        if templates is None or event.status in {EventStatus.DRAFT, EventStatus.CANCELLED}:
            return
        subjects = recipients(event, registrations, open_sessions(event), None, by_session=by_session)
        for _, registration, session in subjects:
            person = invited(event, registration)
            if isinstance(person, Person):
                template = templates.template(session, registration)
                entry = _InvitedEntry(
                    registration=registration, person=person, session=session, template=template, templates=templates
                )
                yield _Key(person.email.casefold(), template.uid), entry

    def _requests(self, old: _InvitedEntry | None, new: _InvitedEntry) -> Iterator[Message]:
        if old is None:
            then = self._then.get(new.registration.id)
            waited = then is not None and (
                then.state is RegistrationState.WAITLISTED
                or (new.session is not None and new.session.id in then.session_ids - then.attended_ids)
            )
            yield new.request(Reason.PROMOTED if waited else Reason.INVITED, self._others)
        elif new.template.uid in self._moved:
            message = new.request(Reason.MOVED, self._others)
            yield evolve(message, texts=_with_previous(message.texts, old, new))
        elif old.visible != new.visible:
            yield new.request(Reason.EDITED, self._others)
        elif new.status is ParticipationStatus.NEEDS_ACTION and old.status is not new.status:
            # The calendar shows a reply that no longer counts. "If the Delegate declines the meeting, the Organizer
            # MUST send an update REQUEST to the Delegator" (RFC 5546 section 4.2.5).
            yield new.request(Reason.INVITED, self._others)

    def _cancels(self, old: _InvitedEntry) -> Iterator[Message]:
        registration, session = old.registration, old.session
        now = self._now.get(registration.id)
        if now is not None and now.purged_at is not None:
            return
        # The session as it is now, if one still has its uid.
        current = None if session is None else self._by_uid.get(old.template.uid, session)
        template = self._cancellations.template(current, registration)
        person = None if now is None else invited(self._after.event, now)
        stays = isinstance(person, Person) and person.email.casefold() == old.person.email.casefold()
        status = status_since(template.last_change, registration, session)
        reason, copy = template.cancel_reason(stays=stays), copied_to(registration, old.person)
        yield template.to_message(reason, old.person, status, copied_to=copy)


def _with_previous(texts: Texts, old: _InvitedEntry, new: _InvitedEntry) -> Texts:
    """Return the texts of a change, with the time and the places before it where they differ."""
    # In the language that the person reads now.
    before = old.templates.template(old.session, new.registration).texts
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
    known: dict[str | None, Session | None] = {None: None, **{each.id: each for each in before.sessions}}
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


def _numbered_as(after: Event, before: Event) -> Event:
    """Return *before* with the sequence numbers and times of *after*, so that only what a person sees can differ."""
    numbers = {session.export_uid(after.uid): session.changed_sequence for session in after.sessions}
    return evolve(
        before,
        sequence=after.sequence,
        changed_sequence=after.changed_sequence,
        minimum_sequence=after.minimum_sequence,
        created=after.created,
        updated=after.updated,
        sessions=tuple(
            evolve(each, changed_sequence=numbers.get(each.export_uid(before.uid))) for each in before.sessions
        ),
    )
