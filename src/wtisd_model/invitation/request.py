"""Invitations of people (REQUEST, RFC 5546 section 3.2.2), and announcements to all (PUBLISH, section 3.2.1).

`Invitations` holds a version of an event and prepares what many messages share; `invite`, `invites` and `updates` are
calls of one that is made for them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypedDict, Unpack

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import Finding, finding
from wtisd_model.ical.calendar import require_reminders
from wtisd_model.invitation.entries import Guest, entries_of
from wtisd_model.invitation.message import Message, MessageOptions, Privacy, Reason
from wtisd_model.invitation.recipients import (
    OtherAttendees,
    Person,
    attendee_line,
    check_announced,
    check_organizer,
    each_mailbox,
    find_session,
    invited,
    open_sessions,
    person_or_raise,
    require_registration,
    session_refused,
    subjects_for,
)
from wtisd_model.invitation.template import Stamp, Templates
from wtisd_model.invitation.updates import Comparison, InvitedVersion
from wtisd_model.model.dossier import Dossier, event_and_requests, require_dossier
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import Method
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.reading.imported import Imported
from wtisd_model.types.arguments import parse_enum, require_instance, require_iterable

_NOTHING: Final[Mapping[str, datetime | None]] = {}
_REASONS: Final = (Reason.INVITED, Reason.MOVED, Reason.EDITED, Reason.PROMOTED)


class InvitationOptions(TypedDict, total=False):
    """The options of `Invitations`, which `invite`, `invites` and `updates` take too."""

    language: str | None
    others: Iterable[Registration]
    reminders: Iterable[timedelta]
    privacy: Privacy | None
    transparent: bool
    utc: bool


class Invitations:
    """The invitations to one version of an event: what they share is written once, when it is first needed.

    Keep it as long as the event stays as it is, such as in a web server that invites people one by one. It remembers
    the texts of each language, mode of attendance and choice of sessions: some kilobytes for each, eight megabytes at
    most. Several threads may use it.

    `updates` compares the registrations of two dossiers, not the people who were passed to `invite`: when somebody
    registers, make a new one of the current dossier, or the next `updates` invites that person again.

    Texts are in the person's language if they are translated: in ``participant.language`` or, without one, in the first
    written language of ``listening_languages``. Remote participants see the links before the places. A message contains
    only the addresses of the person, the organizer and the ``event.contacts`` with the role contact, who have their
    telephone numbers too, unless *others* are passed.

    Args:
        event: the current event; or its dossier, which adds the languages of interpretation, and whose registrations
            `updates` compares.
        language: the language of texts; by default the language that each person reads.
        others: registrations of other people to list, at most 200; only those that are invited and agreed to be listed
            (``listing_consent``) are included, and in a message about a session only those who chose it or chose none
            and can attend it, with their replies about that session.
        reminders: how long before the start to show a reminder; at most ten.
        privacy: who else may see it in the person's calendar.
        transparent: whether the person's time stays free, for an event whose sessions the person is invited to
            separately.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        InvalidValueError: an option is not allowed: ``language-unknown``, ``value-unknown``, ``wrong-type``,
            ``duration-not-whole``, ``duration-out-of-range``, ``too-many-items``, ``item-repeated``.
        TypeError: *event* is not an Event or a Dossier, or *others* or *reminders* is not an iterable.

    Source: RFC 5546 section 3.2.2.
    """

    def __init__(
        self,
        event: Event | Dossier,
        *,
        language: str | None = None,
        others: Iterable[Registration] = (),
        reminders: Iterable[timedelta] = (),
        privacy: Privacy | None = None,
        transparent: bool = False,
        utc: bool = False,
    ) -> None:
        self._event, self._requests = event_and_requests(event)
        self._registrations = event.registrations if isinstance(event, Dossier) else None
        self._options = MessageOptions(
            method=Method.REQUEST,
            language=language,
            reminders=reminders,
            privacy=privacy,
            transparent=transparent,
            utc=utc,
        )
        self._templates = Templates(self._event, self._options, self._requests)
        self._others = OtherAttendees(self._event, others)

    def invite(
        self,
        registration: Registration,
        *,
        stamped: datetime,
        session: Session | str | None = None,
        reason: Reason = Reason.INVITED,
    ) -> Message:
        """Return the invitation of a person to the event or to one of its sessions.

        It is a REQUEST from the organizer with the person as ATTENDEE, for which calendar programs show Accept and
        Decline. That of a later version of the event, with a later stamp, updates the person's calendar: the uid is the
        same, and the sequence is that of the entry, which rises with its time, place and status.

        Args:
            registration: a registration for which `is_invited` is true.
            stamped: the time of this message, aware (DTSTAMP).
            session: a session of the event, or its id; by default the whole event.
            reason: invited, promoted, edited or moved. After a move everybody has to reply again; otherwise only people
                who have not replied yet.

        Raises:
            MessageError: ``registration-not-invited``, ``registration-purged``, ``event-uid-differs``;
                ``session-unknown``, ``session-not-chosen``, ``session-awaited``, ``session-mode-not-offered``,
                ``uid-repeated``; ``event-without-slot`` or ``session-not-announced`` for a draft;
                ``event-cancelled``; ``organizer-without-address``.
            ExportError: as `to_ical`, for a time zone database that lacks a zone.
            InvalidValueError: ``moment-naive`` or ``moment-unreadable``; ``value-unknown`` for *reason*.
            TypeError: *registration* is not a Registration.
        """
        about, reason, stamp = self._checked(session, reason, stamped)
        person = person_or_raise(self._invited(about, require_registration(registration)))
        template = self._templates.template(about, registration)
        return template.request(registration, about, person, self._others, reason, stamp, [registration])

    def invites(
        self,
        registrations: Iterable[Registration],
        *,
        stamped: datetime,
        session: Session | str | None = None,
        by_session: bool = False,
        reason: Reason = Reason.INVITED,
    ) -> Iterator[Message]:
        """Return the invitations of many people, as `invite` does for one.

        Args:
            registrations: those for which `is_invited` is true; iterated when the first message is asked for, and then
                held, since people who share an address may be anywhere in it.
            stamped: the time of these messages, aware (DTSTAMP).
            session: a session of the event, or its id; by default the whole event.
            by_session: write one message for each session that a person chose, in the order of the event, except for
                drafts, cancelled and unknown sessions, those that do not offer the person's mode of attendance, and
                those that the person waits for; one message about the event for people who chose none, or wait for all.
            reason: as for `invite`.

        Returns:
            An iterator that does not keep messages. The bytes of each message are those of `invite`. People who share
            an address get one invitation together, in the name of the first one; that to the event names the sessions
            that each of them chose.

        Raises:
            MessageError: as `invite`. People who cannot be invited do not stop it: they are skipped, and after the last
                message one error has the findings about all of them, with their index in the path.
            ExportError: as `invite`.
            InvalidValueError: as `invite`.
            TypeError: as `invite`; *registrations* is not an iterable, or both *session* and *by_session* are given.
        """
        about, reason, stamp = self._checked(session, reason, stamped)
        people = require_iterable(registrations, "registrations")
        subjects_of = subjects_for(self._event, open_sessions(self._event), about, by_session=by_session)

        person_of = partial(invited, self._event) if about is None else partial(self._invited, about)
        return self._to_mailboxes(each_mailbox(people, person_of), subjects_of, reason, stamp)

    def _to_mailboxes(
        self,
        mailboxes: Iterable[Sequence[Guest]],
        subjects_of: Callable[[Registration], Sequence[Session | None]],
        reason: Reason,
        stamp: Stamp,
    ) -> Iterator[Message]:
        templates, others = self._templates, self._others
        for guests in mailboxes:
            if len(guests) == 1:  # nearly all: what nobody shares needs no entries
                registration, person = guests[0]
                for about in subjects_of(registration):
                    template = templates.template(about, registration)
                    yield template.request(registration, about, person, others, reason, stamp, (registration,))
            else:
                for entry in entries_of(guests, templates, subjects_of).values():
                    yield entry.template.request(
                        entry.registration, entry.session, entry.person, others, reason, stamp, entry.holders
                    )

    def updates(self, before: "Invitations", *, stamped: datetime, by_session: bool = False) -> Iterator[Message]:
        """Return the messages that people need after a change from an earlier version to this one, and no others.

        They are those of the function `wtisd_model.invitation.updates`, which has the same arguments and errors.

        Args:
            before: those when the last messages were made, of a dossier as these are, with the same options; *others*
                may differ.
            stamped: as for the function.
            by_session: as for the function.

        Raises:
            TypeError: *before* is not an Invitations or has other options, or one of the two is not made of a dossier.
        """
        return self._compared(before, stamped).messages(by_session=by_session)

    def _compared(
        self,
        before: "Invitations",
        stamped: datetime,
        again: Mapping[str, datetime | None] = _NOTHING,
        erased: frozenset[str] = frozenset(),
    ) -> Comparison:
        """Return the comparison from which `updates` and letters are made; errors as those of `updates`."""
        require_instance(before, Invitations, "Not an Invitations: pass that of the version before.")
        if before._options != self._options:  # noqa: SLF001 - of this class
            raise TypeError("Both Invitations need the same options.")  # or everybody would be told of a change
        cancelling = evolve(self._options, method=Method.CANCEL, reminders=(), transparent=False)
        return Comparison(
            before._version(),  # noqa: SLF001 - of this class
            self._version(),
            Templates(self._event, cancelling, self._requests),
            self._others,
            Stamp.of(stamped),
            again,
            erased,
        )

    def _version(self) -> InvitedVersion:
        if self._registrations is None:
            raise TypeError("Updates compare registrations: make both Invitations of a Dossier.")
        return InvitedVersion(self._templates, self._registrations)

    def _checked(
        self, session: Session | str | None, reason: Reason, stamped: datetime
    ) -> tuple[Session | None, Reason, Stamp]:
        """Return the subject, the reason and the stamp of messages, if people may be invited."""
        stamp, about = Stamp.of(stamped), find_session(self._event, session)
        check_announced(self._event, about)
        if self._event.status is EventStatus.CANCELLED:
            raise MessageError(finding(Code.EVENT_CANCELLED, "/event/status"))
        if about is not None and about.status is EventStatus.CANCELLED:
            raise MessageError(finding(Code.EVENT_CANCELLED, "/session/status"))
        check_organizer(self._event)
        return about, parse_enum(_REASONS, reason, "/reason"), stamp

    def _invited(self, session: Session | None, registration: Registration) -> Person | Finding:
        person = invited(self._event, registration)
        if session is None or isinstance(person, Finding):
            return person
        return session_refused(self._event, registration, session) or person


def invite(
    event: Event | Dossier,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    reason: Reason = Reason.INVITED,
    **options: Unpack[InvitationOptions],
) -> Message:
    """Return the invitation of a person to an event or to one of its sessions.

    The arguments and errors are those of `Invitations` and `Invitations.invite`; the options are *language*, *others*,
    *reminders*, *privacy*, *transparent* and *utc*. For several invitations to one event, `invites` and an
    `Invitations` that is kept are faster.
    """
    invitations = Invitations(event, **options)
    return invitations.invite(registration, stamped=stamped, session=session, reason=reason)


def invites(
    event: Event | Dossier,
    registrations: Iterable[Registration],
    *,
    stamped: datetime,
    session: Session | str | None = None,
    by_session: bool = False,
    reason: Reason = Reason.INVITED,
    **options: Unpack[InvitationOptions],
) -> Iterator[Message]:
    """Return the invitations of many people, as `invite` does for one; shared content is written only once.

    The arguments, results and errors are those of `Invitations` and `Invitations.invites`; the options are *language*,
    *others*, *reminders*, *privacy*, *transparent* and *utc*.
    """
    invitations = Invitations(event, **options)
    return invitations.invites(registrations, stamped=stamped, session=session, by_session=by_session, reason=reason)


def updates(
    before: Dossier,
    after: Dossier,
    *,
    stamped: datetime,
    by_session: bool = False,
    **options: Unpack[InvitationOptions],
) -> Iterator[Message]:
    """Return the messages that people need after a change from *before* to *after*, and no others.

    People with a new seat are invited, or promoted from the waitlist. A REQUEST says what changed of an entry:
    ``moved`` for the time, the place or the status, with a raised SEQUENCE; ``programme-changed`` for a session that
    the person chose; ``seat-found`` or ``session-waitlisted`` for a wait; ``changed`` for their name, language, mode or
    choice; ``edited`` for a text or the languages of interpretation; ``invited`` again for a reply that no longer
    counts, since they returned or all delegates declined. A CANCEL takes an entry away: ``cancelled`` with the event or
    the session; ``dropped`` for a session that is gone, no longer chosen, or not offered in their mode; ``withdrawn``
    for who withdrew, was refused or has another address.

    A calendar that receives these messages, in any order, ends up in the same state as one that was invited to *after*
    alone, provided that the *stamped* of each call is at least a second later than the last, with the same options.

    What the calendar of an address has is what its registrations in *before* have recorded (`recorded`). Who has an
    entry of the event keeps it, with those of sessions that they have; who has only sessions gets one for each. Who is
    invited and lacks an entry gets it, and one that is left over is cancelled. If nothing is recorded for an address,
    its calendar has what *before* would have invited to.

    An address has one entry per uid: if several people share it, that of the first one; it goes out again, ``edited``,
    when somebody joins or leaves them. People whose registration was purged get no message, and keep their entry. A
    change of the focal point (``filed_by``) alone is no reason for a
    message, nor is one of what invitations do not show, such as the ``materials`` of a session or the ``id`` of a room.

    Args:
        before: the dossier when the last messages were made.
        after: the current dossier, of the same event.
        stamped: the time of these messages, aware (DTSTAMP).
        by_session: write one message for each session that a person chose, as for `invites`, to addresses for which
            nothing is recorded.
        **options: as for `invites`. A change of *others* alone is no reason for a message: with the next one each
            person gets the current list, or none.

    Raises:
        MessageError: ``event-uid-differs`` for different events; ``version-older`` if *after* is older than *before*,
            by ``sequence`` or ``updated``; ``sequence-not-raised`` if time, place or status changed without a verb or
            `Event.revised`; ``organizer-without-address``; ``event-without-slot`` for a draft; ``uid-repeated`` if
            messages are about sessions.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: as `Invitations`; ``moment-naive`` or ``moment-unreadable``.
        TypeError: *before* or *after* is not a Dossier, or as `Invitations`.

    Source: RFC 5546 sections 2.1.4, 2.1.5, 3.2.2 and 3.2.5.
    """
    return compared(before, after, stamped, options).messages(by_session=by_session)


def compared(
    before: Dossier,
    after: Dossier,
    stamped: datetime,
    options: InvitationOptions,
    again: Mapping[str, datetime | None] = _NOTHING,
    erased: frozenset[str] = frozenset(),
) -> Comparison:
    """Return the comparison of two dossiers from which `updates` and letters are made; errors as those of `updates`.

    *again* and *erased* are as for `Comparison`.
    """
    # Both take them, and an iterator has them once.
    options["reminders"] = require_reminders(options.get("reminders", ()))
    for_earlier: InvitationOptions = {**options, "others": ()}
    earlier = Invitations(require_dossier(before), **for_earlier)
    now = Invitations(require_dossier(after), **options)
    # Both are of this module.
    return now._compared(earlier, stamped, again, erased)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def version_of(dossier: Dossier, options: InvitationOptions) -> InvitedVersion:
    """Return a dossier with the texts of its invitations; errors as those of `Invitations`."""
    now = Invitations(require_dossier(dossier), **options)
    # Both are of this module.
    return now._version()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def request_for(imported: Imported, email: str, *, stamped: datetime) -> Message:
    """Return a person's invitation among those that `from_ical` read, to reply to it with `reply` and the like.

    It is a new message with the same uid, sequence, organizer and times, and the rest as far as our objects hold it.

    Args:
        imported: a message with the method REQUEST.
        email: the address of the person who replies, one of those invited.
        stamped: when it arrived, aware.

    Raises:
        MessageError: ``not-a-request`` if it is not a REQUEST, or if no person with this address is invited, or only to
            a series that was expanded; ``organizer-without-address``; ``event-without-slot``.
        ExportError: as for `to_ical`, if the time zone database lacks a zone.
        InvalidValueError: ``moment-naive``, ``moment-unreadable`` or ``wrong-type``.
        TypeError: *imported* is not what `from_ical` returns.
    """
    require_instance(imported, Imported, "Not an Imported: pass the result of from_ical.")
    if imported.method is not Method.REQUEST:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/imported/method"))
    attendee = next((person for person in imported.attendees if person.email.casefold() == email.casefold()), None)
    if attendee is None:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/email"))
    subject = next(
        (
            (event, session)
            for event in imported.events
            for session in (*event.sessions, None)
            if (event.uid if session is None else session.export_uid(event.uid)) == attendee.uid
        ),
        None,
    )
    if subject is None:  # a series, of which `expand` made occurrences with uids of their own
        raise MessageError(finding(Code.NOT_A_REQUEST, "/imported/attendees"))
    event, session = subject
    check_organizer(event)
    stamp, options = Stamp.of(stamped), MessageOptions(method=Method.REQUEST, language=attendee.language)
    template = Templates(event, options, is_copy=True).template(session, None)
    person = Person(attendee.email, attendee.name)
    line = attendee_line(person, attendee.status, template.reader_language, rsvp=True)
    message = template.to_message(Reason.INVITED, stamp, person, line)
    return evolve(message, delegated_from=attendee.delegated_from)


def publish(
    event: Event | Dossier,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Message:
    """Return a message that announces an event or a session to all readers; no reply is expected.

    For a whole programme in one file, to which calendar programs subscribe, see `to_ical`.

    Args:
        event: the current event; or its dossier, which adds the languages of interpretation.
        stamped: the time of this message, aware (DTSTAMP).
        session: a session of the event, or its id; by default the whole event.
        language: the language of texts; by default each text is in its original language.
        reminders: how long before the start to show a reminder; at most ten.
        privacy: who else may see it in a calendar.
        transparent: whether the reader's time stays free.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``organizer-without-address``, ``session-unknown``, ``uid-repeated``; ``event-without-slot`` or
            ``session-not-announced`` for a draft.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: an option is not allowed, as for `invite`.
        TypeError: *event* is not an Event or a Dossier, or *reminders* is not an iterable.

    Source: RFC 5546 section 3.2.1.
    """
    the_event, requests = event_and_requests(event)
    stamp, about = Stamp.of(stamped), find_session(the_event, session)
    check_announced(the_event, about)
    check_organizer(the_event)
    options = MessageOptions(
        method=Method.PUBLISH,
        language=language,
        reminders=reminders,
        privacy=privacy,
        transparent=transparent,
        utc=utc,
    )
    template = Templates(the_event, options, requests).template(about, None)
    return template.to_message(Reason.PUBLISHED, stamp)
