"""Cancellations (CANCEL, RFC 5546 section 3.2.5): of an event or session for all, or for some people only."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from wtisd_model.ical.method import Method
from wtisd_model.ical.vevent import announced
from wtisd_model.invitation.message import Message, MessageOptions, Reason
from wtisd_model.invitation.recipients import (
    check_announced,
    find_session,
    is_invited,
    person_or_raise,
    reachable,
    reader_language,
    recipients,
    require_registration,
    status_of,
)
from wtisd_model.invitation.template import Templates
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
    cancellations = _Cancellations(event, session, stamped=stamped, language=language, utc=utc)
    return cancellations.to(require_registration(registration), cancellations.session, "registration")


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
    cancellations = _Cancellations(event, session, stamped=stamped, language=language, utc=utc)
    subjects = recipients(event, registrations, announced(event), cancellations.session, by_session=by_session)
    return (cancellations.to(each, about, "registrations", index) for index, each, about in subjects)


class _Cancellations:
    """The cancellations of one call."""

    def __init__(
        self, event: Event, session: Session | str | None, *, stamped: datetime, language: str | None, utc: bool
    ) -> None:
        self.session = find_session(event, session, or_dropped=True)
        check_announced(event, self.session)
        self._event = event
        self._language = checked_language(language)
        self._templates = Templates(event, MessageOptions.of(Method.CANCEL, stamped=stamped, utc=utc))

    def to(self, registration: Registration, session: Session | None, *path: str | int) -> Message:
        person = person_or_raise(reachable(self._event, registration), *path)
        language = self._language or reader_language(registration)
        template = self._templates.template(language, registration.mode is ParticipationMode.REMOTE, session)
        if template.is_dropped:
            reason = Reason.DROPPED
        elif template.texts.status is EventStatus.CANCELLED:
            reason = Reason.CANCELLED
        else:
            stays = session is not None and is_invited(self._event, registration)
            reason = Reason.DROPPED if stays else Reason.WITHDRAWN
        return template.to_message(reason, person, status_of(registration, session, template.sequence))
