"""Invitations of people (REQUEST, RFC 5546 section 3.2.2), and announcements to all (PUBLISH, section 3.2.1)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError, MessageError
from wtisd_model.findings import finding, pointer
from wtisd_model.invitation.message import Message, MessageOptions, Privacy, Reason, one_for_each_address
from wtisd_model.invitation.recipients import (
    Person,
    check_announced,
    copied_to,
    each_message,
    find_session,
    invited,
    is_chair,
    open_sessions,
    person_or_raise,
    recipients,
    require_registration,
    session_refused,
    status_since,
)
from wtisd_model.invitation.template import Template, Templates, attendee_line
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.model.registration import ListingConsent, Registration
from wtisd_model.model.reply import Method, ParticipationStatus
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.reading.imported import Imported
from wtisd_model.types.arguments import parse_enum, require_instance, require_iterable

MOST_OTHERS: Final = 200
"""The maximum number of other people that an invitation lists."""

_MOST_LISTS: Final = 500
"""Sessions whose lists of other people are kept, at most 200 lines each, so that memory stays flat."""

_REASONS: Final = (Reason.INVITED, Reason.MOVED, Reason.EDITED, Reason.PROMOTED)


def invite(
    event: Event | Dossier,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    reason: Reason = Reason.INVITED,
    language: str | None = None,
    others: Iterable[Registration] = (),
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Message:
    """Return the invitation of a person to an event or to one of its sessions.

    It is a REQUEST from the organizer with the person as ATTENDEE, for which calendar programs show Accept and Decline.
    The same call with a later version of the event, and a later stamp, updates the person's calendar: the uid is the
    same, and the sequence is that of the entry, which rises with its time, place and status.

    Texts are in the person's language if they are translated: in ``participant.language`` or, without one, in the first
    written language of ``listening_languages``. Remote participants see the links before the places. The message
    contains only the addresses of the person, the organizer and the ``event.contacts`` with the role contact, who have
    their telephone numbers too, unless *others* are passed.

    Args:
        event: neither a draft nor cancelled; or its dossier, which adds the languages of interpretation.
        registration: a registration for which `is_invited` is true.
        stamped: the time of this message, aware (DTSTAMP).
        session: a session of the event, or its id; by default the whole event.
        reason: invited, promoted, edited or moved. After a move everybody has to reply again; otherwise only people who
            have not replied yet.
        language: the language of texts; by default the language that the person reads.
        others: registrations of other people to list, at most 200; only those that are invited and agreed to be listed
            (``listing_consent``) are included, and in a message about a session only those who chose it or chose none
            and can attend it, with their replies about that session.
        reminders: how long before the start to show a reminder; at most ten.
        privacy: who else may see it in the person's calendar.
        transparent: whether the person's time stays free, for an event whose sessions the person is invited to
            separately.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``registration-not-invited``, ``registration-purged``, ``event-uid-differs``; ``session-unknown``,
            ``session-not-chosen``, ``session-awaited``, ``session-mode-not-offered``, ``uid-repeated``;
            ``event-without-slot`` or ``session-not-announced`` for a draft; ``event-cancelled``;
            ``organizer-without-address``.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: an option is not allowed: ``moment-naive``, ``moment-unreadable``, ``language-unknown``,
            ``value-unknown``, ``wrong-type``, ``duration-not-whole``, ``duration-out-of-range``, ``too-many-items``,
            ``item-repeated``.
        TypeError: *event* is not an Event or a Dossier, *registration* is not a Registration, or *others* or
            *reminders* is not an iterable.

    Source: RFC 5546 section 3.2.2.
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
    invitations = _Requests(event, session, options, reason=reason, others=others)
    return invitations.to(require_registration(registration), invitations.session, "registration")


def invites(
    event: Event | Dossier,
    registrations: Iterable[Registration],
    *,
    stamped: datetime,
    session: Session | str | None = None,
    by_session: bool = False,
    reason: Reason = Reason.INVITED,
    language: str | None = None,
    others: Iterable[Registration] = (),
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Iterator[Message]:
    """Return the invitations of many people, as `invite` does for one; shared content is serialized only once.

    Args:
        event: neither a draft nor cancelled; or its dossier, which adds the languages of interpretation.
        registrations: those for which `is_invited` is true; iterated lazily.
        stamped: the time of these messages, aware (DTSTAMP).
        session: a session of the event, or its id; by default the whole event.
        by_session: write one message for each session that a person chose, in the order of the event, except for
            drafts, cancelled and unknown sessions, those that do not offer the person's mode of attendance, and those
            that the person waits for; one message about the event for people who chose none, or wait for all.
        reason: as for `invite`.
        language: the language of texts; by default the language that each person reads.
        others: as for `invite`.
        reminders: as for `invite`.
        privacy: as for `invite`.
        transparent: as for `invite`.
        utc: write all times in UTC and no VTIMEZONE.

    Returns:
        An iterator that does not keep messages. The bytes of each message are those of `invite`. People who share an
        address get one invitation together, in the name of the first one.

    Raises:
        MessageError: as `invite`. People who cannot be invited do not stop it: they are skipped, and after the last
            message one error has the findings about all of them, with their index in the path.
        ExportError: as `invite`.
        InvalidValueError: as `invite`.
        TypeError: as `invite`; *registrations* is not an iterable, or both *session* and *by_session* are given.
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
    invitations = _Requests(event, session, options, reason=reason, others=others)
    about = invitations.event
    subjects = recipients(about, registrations, open_sessions(about), invitations.session, by_session=by_session)
    return one_for_each_address(each_message(subjects, invitations.to))


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
    attendee = next((each for each in imported.attendees if each.email.casefold() == email.casefold()), None)
    if attendee is None:
        raise MessageError(finding(Code.NOT_A_REQUEST, "/email"))
    found = next(
        (
            (event, session)
            for event in imported.events
            for session in (*event.sessions, None)
            if (event.uid if session is None else session.export_uid(event.uid)) == attendee.uid
        ),
        None,
    )
    if found is None:  # a series, of which `expand` made occurrences with uids of their own
        raise MessageError(finding(Code.NOT_A_REQUEST, "/imported/attendees"))
    event, session = found
    options = MessageOptions(method=Method.REQUEST, stamped=stamped, language=attendee.language)
    template = Templates(event, options, is_copy=True).template(session, None)
    person = Person(attendee.email, attendee.name)
    message = template.to_message(Reason.INVITED, person, attendee.status, rsvp=True)
    return evolve(message, delegated_from=attendee.delegated_from)


class _Requests:
    """The invitations of one call."""

    def __init__(
        self,
        event: Event | Dossier,
        session: Session | str | None,
        options: MessageOptions,
        *,
        reason: Reason,
        others: Iterable[Registration],
    ) -> None:
        self.event, requests = event_and_requests(event)
        self.session = find_session(self.event, session)
        check_announced(self.event, self.session)
        if self.event.status is EventStatus.CANCELLED:
            raise MessageError(finding(Code.EVENT_CANCELLED, "/event/status"))
        if self.session is not None and self.session.status is EventStatus.CANCELLED:
            raise MessageError(finding(Code.EVENT_CANCELLED, "/session/status"))
        self._reason = parse_enum(_REASONS, reason, "/reason")
        self._templates = Templates(self.event, options, requests)
        self._others = OtherAttendees(self.event, others)

    def to(self, registration: Registration, session: Session | None, *path: str | int) -> Message:
        person = person_or_raise(invited(self.event, registration), *path)
        refused = None if session is None else session_refused(self.event, registration, session)
        if refused is not None:
            raise MessageError(refused.prefixed(pointer(*path)))
        template = self._templates.template(session, registration)
        return request(template, registration, session, person, self._reason, self._others)


class OtherAttendees:
    """Other people in an invitation: those who are invited to the same event or session and agreed to be listed."""

    def __init__(self, event: Event, registrations: Iterable[Registration]) -> None:
        """Select those of *registrations* who are invited to *event* and agreed.

        Raises:
            InvalidValueError: ``too-many-items``.
            TypeError: *registrations* is not an iterable of registrations.
        """
        given = list(islice(require_iterable(registrations, "others"), MOST_OTHERS + 1))
        if len(given) > MOST_OTHERS:
            raise InvalidValueError(finding(Code.TOO_MANY_ITEMS, "/others", maximum=MOST_OTHERS))
        found = ((invited(event, require_registration(registration)), registration) for registration in given)
        self._event = event
        self._listed = [
            (person, each)
            for person, each in found
            if isinstance(person, Person)
            and each.listing_consent in {ListingConsent.EVERYONE, ListingConsent.PARTICIPANTS}
        ]
        self._lines: dict[str | None, dict[str, bytes]] = {}

    def but(self, recipient: Person, session: Session | None, last_change: int) -> bytes:
        """Return the ATTENDEE lines of all but the recipient, who has a line already, for the event or a session."""
        if not self._listed:
            return b""
        key = None if session is None else session.id
        if key not in self._lines:
            if len(self._lines) == _MOST_LISTS:
                self._lines.clear()
            lines = self._lines[key] = {}
            for person, each in self._listed:
                if session is None or session_refused(self._event, each, session) is None:
                    status = status_since(last_change, each, session)
                    line = attendee_line(person, status, None, chairs=is_chair(each, session))
                    lines.setdefault(person.email.casefold(), line)
        own = recipient.email.casefold()
        return b"".join(line for address, line in self._lines[key].items() if address != own)


def request(
    template: Template,
    registration: Registration,
    session: Session | None,
    person: Person,
    reason: Reason,
    others: OtherAttendees,
) -> Message:
    """Return the invitation of *template* to the person of a registration, with the *others* listed."""
    status = ParticipationStatus.NEEDS_ACTION
    # A reply to another time does not count (RFC 5546 section 3.2.2.1).
    if reason is not Reason.MOVED:
        status = status_since(template.last_change, registration, session)
    rsvp = status is ParticipationStatus.NEEDS_ACTION
    listed = others.but(person, session, template.last_change)
    copy = copied_to(registration, person)
    chairs = is_chair(registration, session)
    return template.to_message(reason, person, status, rsvp=rsvp, chairs=chairs, others=listed, copied_to=copy)


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
    about = find_session(the_event, session)
    check_announced(the_event, about)
    options = MessageOptions(
        method=Method.PUBLISH,
        stamped=stamped,
        language=language,
        reminders=reminders,
        privacy=privacy,
        transparent=transparent,
        utc=utc,
    )
    return Templates(the_event, options, requests).template(about, None).to_message(Reason.PUBLISHED, None)
