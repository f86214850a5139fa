"""Cancellations (CANCEL, RFC 5546 section 3.2.5): of an event or session for all, or for some people only."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from wtisd_model.ical.method import Method
from wtisd_model.ical.vevent import announced
from wtisd_model.invitation.invited import is_invited, reachable, reader_language, refuse_draft, status_of
from wtisd_model.invitation.message import Message, Reason
from wtisd_model.invitation.person import Person
from wtisd_model.invitation.writing.attendee import attendee_line
from wtisd_model.invitation.writing.distribution import as_event, as_registration, distributed, refused, session_of
from wtisd_model.invitation.writing.options import Manner
from wtisd_model.invitation.writing.template import Template, Templates
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import checked_language


def cancel(
    event: Event,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    utc: bool = False,
) -> Message:
    """Tell a person that the event or a session is cancelled, or that the person is not expected there any more.

    Where the event is cancelled, or the session, or where the session is none of the event's any more, it is so for
    all, and the message says ``STATUS:CANCELLED``. Otherwise it is for this person alone and says nothing of a status:
    the person withdrew, was refused, or does not take part in this session any more.

    Whether the registration still has a seat is not asked: an organizer may uninvite anybody (RFC 5546 section 3.2.5).
    Then move the registration too, with ``withdraw``, or with ``reset`` and ``reject``: while it keeps its seat, the
    person is invited, and `updates` has nothing new to tell them.

    The sequence is the event's, which `Event.cancel` and `Event.revised` raise where it is cancelled or changed for
    all. Taking one person out raises nothing: of two messages with one sequence the later stamp holds, so that whoever
    is invited again is.

    Args:
        event: as it is now.
        registration: of whoever has been invited.
        stamped: the moment of this message, aware (DTSTAMP).
        session: one of the event's, by itself or by its id; or one that it had before.
        language: whose texts to choose; by default the language that the person reads.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``event-uid-differs``, ``registration-purged``, ``organizer-without-address``,
            ``session-unknown`` for an id, ``uid-repeated``; ``event-without-slot`` or ``session-not-announced`` for a
            draft.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``wrong-type`` or ``language-unknown``.
        TypeError: *event* is no Event, or *registration* no Registration.

    Source: RFC 5546 sections 2.1.4, 2.1.5 and 3.2.5.
    """
    about = _about(as_event(event), session)
    cancellations = _Cancellations(event, about, stamped=stamped, language=language, utc=utc)
    return cancellations.to(as_registration(registration), about, "registration")


def cancels(
    event: Event,
    registrations: Iterable[Registration],
    *,
    stamped: datetime,
    session: Session | str | None = None,
    by_session: bool = False,
    language: str | None = None,
    utc: bool = False,
) -> Iterator[Message]:
    """Tell many people, as `cancel` tells one; what they have in common is written once.

    Args:
        event: as it is now.
        registrations: of those who have been invited; they may be read from somewhere while messages are written.
        stamped: the moment of these messages, aware (DTSTAMP).
        session: one of the event's, by itself or by its id; or one that it had before.
        by_session: write a message about each of the sessions that a person chose, in the order of the event, but for
            drafts and those that it does not have; one about the event to whoever chose none.
        language: whose texts to choose; by default the language that each person reads.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: as `cancel`; what is about one registration when its turn comes.
        ExportError: as `cancel`.
        InvalidValueError: as `cancel`.
        TypeError: as `cancel`; *registrations* are not several, or *session* and *by_session* are both given.
    """
    about = _about(as_event(event), session)
    cancellations = _Cancellations(event, about, stamped=stamped, language=language, utc=utc)
    pairs = distributed(event, registrations, announced(event), about, by_session=by_session)
    return cancellations.to_all(pairs)


def _about(event: Event, session: Session | str | None) -> Session | None:
    if isinstance(session, Session) and all(each.id != session.id for each in event.sessions):
        return session
    return session_of(event, session)


class _Cancellations:
    """Writes the cancellations of one call."""

    def __init__(
        self, event: Event, about: Session | None, *, stamped: datetime, language: str | None, utc: bool
    ) -> None:
        refuse_draft(event, about)
        manner = Manner.of(Method.CANCEL, stamped=stamped, utc=utc)
        self._event = event
        self._language = checked_language(language)
        self._templates = Templates(event, manner)

    def to_all(self, pairs: Iterable[tuple[int, Registration, Session | None]]) -> Iterator[Message]:
        for index, registration, session in pairs:
            yield self.to(registration, session, "registrations", index)

    def to(self, registration: Registration, session: Session | None, *way: str | int) -> Message:
        person = refused(reachable(self._event, registration), *way)
        language = self._language or reader_language(registration)
        template = self._templates.template(language, registration.mode is ParticipationMode.REMOTE, session)
        return cancellation(
            template, registration, session, person, self._reason(registration, session, template), language
        )

    def _reason(self, registration: Registration, session: Session | None, template: Template) -> Reason:
        if self._templates.is_dropped(session):
            return Reason.DROPPED
        if template.texts.status is EventStatus.CANCELLED:
            return Reason.CANCELLED
        return Reason.WITHDRAWN if session is None or not is_invited(self._event, registration) else Reason.DROPPED


def cancellation(
    template: Template,
    registration: Registration,
    session: Session | None,
    person: Person,
    reason: Reason,
    language: str | None,
) -> Message:
    """Address a cancellation to the person of a registration, who reads *language*."""
    own = attendee_line(person, status_of(registration, session, template.sequence), language)
    return template.addressed(reason, own, person)
