"""What a change asks for: which messages people get so that their calendars show an event as it is now.

An entry is what one address has under one uid. Those that people had and those that they are to have are laid side by
side. An entry that is new is a REQUEST, one that is gone a CANCEL, and one that reads otherwise a REQUEST of the same
revision or, where its time, place or status changed, of the next.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding
from wtisd_model.ical.method import Method
from wtisd_model.ical.vevent import session_status
from wtisd_model.invitation.cancellation import cancellation
from wtisd_model.invitation.invited import invited, reader_language, refuse_draft
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.invitation.person import Person
from wtisd_model.invitation.request import request
from wtisd_model.invitation.writing.attendee import organizer_address
from wtisd_model.invitation.writing.distribution import distributed, open_sessions, refuse_repeated_uids
from wtisd_model.invitation.writing.options import Manner, Privacy
from wtisd_model.invitation.writing.template import Template, Templates
from wtisd_model.model.dossier import Dossier, as_dossier
from wtisd_model.model.event import Event, repeated_uids, whereabouts
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import checked_language
from wtisd_model.types.timeslot import TimeSlot


def updates(
    before: Dossier,
    after: Dossier,
    *,
    stamped: datetime,
    by_session: bool = False,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Iterator[Message]:
    """Give the messages that a change from *before* to *after* asks for: each person's, and none that says nothing new.

    ========================================================  =======================================================
    what changed                                              message, and its reason
    ========================================================  =======================================================
    the person has a seat now                                 REQUEST, ``invited``, or ``promoted`` from the waitlist
    the time, the place or the status                         REQUEST with a raised SEQUENCE, ``moved``
    a text, or the person's name, language or mode            REQUEST, ``edited``
    the event or the session is cancelled                     CANCEL, ``cancelled``
    the session is gone from the event, or from the choice    CANCEL, ``dropped``
    the person withdrew, was refused, or has another address  CANCEL, ``withdrawn``
    ========================================================  =======================================================

    A calendar that takes these messages, in whatever order mail brings them, ends as one that was invited to *after*
    alone. For that, each call's *stamped* has to be a second later than the last one's, and its options the same.

    An address has one entry for each uid: of several people who share it, that of the first. Whoever was purged gets
    no message, and keeps what is in the calendar.

    Args:
        before: as it was when the last messages were made.
        after: as it is now, of the same event.
        stamped: the moment of these messages, aware (DTSTAMP).
        by_session: messages are about each session that a person chose; see `invites`, as for all that follows.
        language: whose texts to choose; by default the language that each person reads.
        reminders: how long before the start a reminder shows.
        privacy: who else may see it in the person's calendar.
        transparent: it takes none of the person's time.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``event-uid-differs`` for two events; ``version-older`` where *after* is older than *before*,
            by its sequence or by when it was updated; ``sequence-not-raised`` where time, place or status changed
            without a verb or `Event.revised`; ``organizer-without-address``; ``event-without-slot`` for a draft;
            ``uid-repeated`` where messages are about sessions.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: as `invites`.
        TypeError: one of the two is no Dossier, or *reminders* are not several.

    Source: RFC 5546 sections 2.1.4, 2.1.5, 3.2.2 and 3.2.5.
    """
    manner = Manner.of(
        Method.REQUEST, stamped=stamped, utc=utc, reminders=reminders, privacy=privacy, transparent=transparent
    )
    change = _Change(as_dossier(before), as_dossier(after), manner, language=checked_language(language))
    return change.messages(by_session=by_session)


class _Key(NamedTuple):
    """What a calendar program tells entries by."""

    address: str
    uid: str

    def __repr__(self) -> str:
        return f"_Key({self.uid!r})"  # an address is shown to nobody


@frozen(kw_only=True)
class _Entry:
    """What one address has under one uid."""

    registration: Registration
    person: Person
    session: Session | None
    """None for the event."""
    language: str | None
    template: Template
    """Written as of *after*, but for what it says."""

    @property
    def remote(self) -> bool:
        return self.registration.mode is ParticipationMode.REMOTE

    @property
    def shown(self) -> object:
        """What the person sees of it."""
        return self.template.prepared, self.person, self.language

    def request(self, reason: Reason, *, since: TimeSlot | None = None) -> Message:
        """Ask the person to come; *since* is when it was until now."""
        template = self.template
        if since is not None and since != template.texts.slot:
            template = evolve(template, texts=evolve(template.texts, previous=since))
        return request(template, self.registration, self.session, self.person, reason, self.language)


class _Change:
    """Lays the entries of two dossiers side by side."""

    def __init__(self, before: Dossier, after: Dossier, manner: Manner, *, language: str | None) -> None:
        old, new = before.event, after.event
        if old.uid != new.uid:
            raise MessageError(finding(Code.EVENT_UID_DIFFERS, "/after/event/uid"))
        refuse_draft(new, None)
        _refuse_older(old, new)
        if (
            new.sequence == old.sequence
            and old.status is not EventStatus.DRAFT
            and whereabouts(old) != whereabouts(new)
        ):
            raise MessageError(finding(Code.SEQUENCE_NOT_RAISED, "/after/event/sequence"))
        self._before = before
        self._after = after
        self._language = language
        self._templates = Templates(new, manner)
        # Of the revision that the new ones are of, so that what differs is what a person sees.
        self._old_templates = _templates(
            evolve(old, sequence=new.sequence, created=new.created, updated=new.updated), manner
        )
        self._cancellations = Templates(new, evolve(manner, method=Method.CANCEL, reminders=(), transparent=False))
        # By id, to tell who was purged, and why somebody has an entry no more.
        self._now = {each.id: each for each in after.registrations}
        self._by_uid = {each.export_uid(new.uid): each for each in new.sessions}
        self._then = {each.id: each for each in before.registrations}

    def messages(self, *, by_session: bool) -> Iterator[Message]:
        if by_session:
            refuse_repeated_uids(self._after.event)
            if any(repeated_uids(self._before.event)):
                self._old_templates = None  # nobody was told of what calendars cannot tell apart
        return self._messages(by_session=by_session)

    def _messages(self, *, by_session: bool) -> Iterator[Message]:
        had: dict[_Key, _Entry] = {}
        for key, entry in self._entries(self._before, self._old_templates, by_session=by_session):
            had.setdefault(key, entry)
        told: set[_Key] = set()
        for key, entry in self._entries(self._after, self._templates, by_session=by_session):
            if key not in told:
                told.add(key)
                yield from self._requested(had.pop(key, None), entry)
        for entry in had.values():
            yield from self._cancelled(entry)

    def _entries(
        self, dossier: Dossier, templates: Templates | None, *, by_session: bool
    ) -> Iterator[tuple[_Key, _Entry]]:
        event = dossier.event
        if templates is None or event.status in {EventStatus.DRAFT, EventStatus.CANCELLED}:
            return
        pairs = distributed(event, dossier.registrations, open_sessions(event), None, by_session=by_session)
        for _, registration, session in pairs:
            person = invited(event, registration)
            if isinstance(person, Person):
                language = self._language or reader_language(registration)
                template = templates.template(language, registration.mode is ParticipationMode.REMOTE, session)
                entry = _Entry(
                    registration=registration, person=person, session=session, language=language, template=template
                )
                yield _Key(person.email.casefold(), template.uid), entry

    def _requested(self, old: _Entry | None, new: _Entry) -> Iterator[Message]:
        if old is None:
            yield request(
                new.template, new.registration, new.session, new.person, self._reason_to_invite(new), new.language
            )
        elif _whereabouts(self._before.event, old.session) != _whereabouts(self._after.event, new.session):
            yield new.request(Reason.MOVED, since=old.template.texts.slot)
        elif old.shown != new.shown:
            yield new.request(Reason.EDITED)

    def _reason_to_invite(self, new: _Entry) -> Reason:
        then = self._then.get(new.registration.id)
        waited = then is not None and then.state is RegistrationState.WAITLISTED
        return Reason.PROMOTED if waited else Reason.INVITED

    def _cancelled(self, old: _Entry) -> Iterator[Message]:
        now = self._now.get(old.registration.id)
        if now is not None and now.purged_at is not None:
            return
        template = self._cancellations.template(old.language, old.remote, self._as_it_is(old.session, old.template.uid))
        reason = self._reason_to_cancel(old, template, now)
        yield cancellation(template, old.registration, old.session, old.person, reason, old.language)

    def _as_it_is(self, session: Session | None, uid: str) -> Session | None:
        """Give a session as it is now, where it still goes by its uid."""
        return None if session is None else self._by_uid.get(uid, session)

    def _reason_to_cancel(self, old: _Entry, template: Template, now: Registration | None) -> Reason:
        if self._cancellations.is_dropped(old.session):
            return Reason.DROPPED
        if template.texts.status is EventStatus.CANCELLED:
            return Reason.CANCELLED
        person = None if now is None else invited(self._after.event, now)
        stays = isinstance(person, Person) and person.email.casefold() == old.person.email.casefold()
        return Reason.DROPPED if stays else Reason.WITHDRAWN


def _refuse_older(old: Event, new: Event) -> None:
    """Refuse a version that is older than the one before: people would be told to come when it was to be.

    Of one revision the moment of the last change decides, where both versions say it.
    """
    if new.sequence < old.sequence:
        raise MessageError(finding(Code.VERSION_OLDER, "/after/event/sequence"))
    if new.sequence == old.sequence and old.updated and new.updated and new.updated < old.updated:
        raise MessageError(finding(Code.VERSION_OLDER, "/after/event/updated"))


def _templates(event: Event, manner: Manner) -> Templates | None:
    """Give the templates of what people had; nobody had anything of an event whose organizer has no address."""
    return None if organizer_address(event) is None else Templates(event, manner)


def _whereabouts(event: Event, session: Session | None) -> object:
    """Give what asks a person to answer again when it changes: time, place and status."""
    if session is None:
        return event.slot, event.status, event.locations, event.virtual_locations
    return (
        session.slot,
        session_status(event, session),
        session.locations or event.locations,
        session.virtual_locations or event.virtual_locations,
    )
