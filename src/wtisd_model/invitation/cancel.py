"""Cancellations (CANCEL, RFC 5546 section 3.2.5): of an event or session for all, or for some people only."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from wtisd_model.invitation.message import Message, MessageOptions, one_for_each_address
from wtisd_model.invitation.recipients import (
    check_announced,
    copied_to,
    each_message,
    find_session,
    is_invited,
    person_or_raise,
    reachable,
    recipients,
    require_registration,
    status_since,
)
from wtisd_model.invitation.template import Templates
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import Method
from wtisd_model.model.session import Session


def cancel(
    event: Event,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    comment: str | None = None,
    utc: bool = False,
) -> Message:
    """Return a message that cancels the event or a session, for everybody or only for one person.

    If the event or the session is cancelled, or the event no longer has the session, this is true for everybody, and
    the message contains ``STATUS:CANCELLED``. Otherwise it is only for this person, who withdrew, was rejected, or no
    longer takes part in the session, and the message contains no STATUS.

    The registration may still have a seat: an organizer may uninvite anybody (RFC 5546 section 3.2.5). In that case
    change the registration too, with ``withdraw``, or with ``reset`` and ``reject``. As long as it has a seat, the
    person is invited, and `updates` has no message for them.

    The sequence is that of the entry, which `Event.cancel` and `Event.revised` raise for changes that affect everybody.
    Removing one person does not raise it: of two messages with the same sequence the later one counts, so the person
    can be invited again.

    Args:
        event: the current event.
        registration: that of a person who has been invited.
        stamped: the time of this message, aware (DTSTAMP).
        session: a session of the event, or its id; or a session that the event had before.
        language: the language of texts; by default the language that the person reads.
        comment: the reason, at most 10,000 characters.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``event-uid-differs``, ``registration-purged``, ``organizer-without-address``,
            ``session-unknown`` for an id, ``uid-repeated``; ``event-without-slot`` or ``session-not-announced`` for a
            draft.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``wrong-type``, ``language-unknown``,
            ``text-too-long`` and others.
        TypeError: *event* is not an Event, or *registration* is not a Registration.

    Source: RFC 5546 sections 2.1.4, 2.1.5 and 3.2.5.
    """
    options = MessageOptions(method=Method.CANCEL, stamped=stamped, language=language, comment=comment, utc=utc)
    cancellations = _Cancellations(event, session, options)
    return cancellations.to(require_registration(registration), cancellations.session, "registration")


def cancels(
    event: Event,
    registrations: Iterable[Registration],
    *,
    stamped: datetime,
    session: Session | str | None = None,
    by_session: bool = False,
    language: str | None = None,
    comment: str | None = None,
    utc: bool = False,
) -> Iterator[Message]:
    """Return cancellations for many people, as `cancel` does for one; shared content is serialized only once.

    People who share an address get one together. If only some of them no longer take part, use `updates`: it knows the
    others.

    Args:
        event: the current event.
        registrations: those of people who have been invited; iterated lazily.
        stamped: the time of these messages, aware (DTSTAMP).
        session: a session of the event, or its id; or a session that the event had before.
        by_session: write one message for each session that a person chose, in the order of the event, except for
            drafts, unknown sessions and those that the person waits for; one message about the event for people who
            chose none, or wait for all.
        language: the language of texts; by default the language that each person reads.
        comment: the reason, at most 10,000 characters; the same for all.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: as `cancel`; after the last message if people cannot be reached, as `invites`.
        ExportError: as `cancel`.
        InvalidValueError: as `cancel`.
        TypeError: as `cancel`; *registrations* is not an iterable, or both *session* and *by_session* are given.
    """
    options = MessageOptions(method=Method.CANCEL, stamped=stamped, language=language, comment=comment, utc=utc)
    cancellations = _Cancellations(event, session, options)
    subjects = recipients(
        event, registrations, announced_sessions(event), cancellations.session, by_session=by_session, to_attend=False
    )
    return one_for_each_address(each_message(subjects, cancellations.to))


class _Cancellations:
    """The cancellations of one call."""

    def __init__(self, event: Event, session: Session | str | None, options: MessageOptions) -> None:
        self.session = find_session(event, session, or_dropped=True)
        check_announced(event, self.session)
        self._event = event
        self._templates = Templates(event, options)

    def to(self, registration: Registration, session: Session | None, *path: str | int) -> Message:
        person = person_or_raise(reachable(self._event, registration), *path)
        template = self._templates.template(session, registration)
        reason = template.cancel_reason(stays=session is not None and is_invited(self._event, registration))
        status, copy = status_since(template.last_change, registration, session), copied_to(registration, person)
        return template.to_message(reason, person, status, copied_to=copy)
