"""What the organizer takes back or refuses: CANCEL and DECLINECOUNTER, RFC 5546 sections 3.2.5 and 3.2.8."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

from attrs import evolve

from wtisd_model.contentlines.serializer import content_line
from wtisd_model.contentlines.values import encode_integer, encode_text
from wtisd_model.ical.vevent import organizer_line
from wtisd_model.invitation.entries import Guest, entries_of
from wtisd_model.invitation.message import Message, MessageOptions, Reason
from wtisd_model.invitation.property_counts import message_calendar
from wtisd_model.invitation.recipients import (
    attendee_line,
    check_announced,
    check_organizer,
    each_mailbox,
    find_session,
    is_invited,
    person_or_raise,
    reachable,
    require_registration,
    subjects_for,
)
from wtisd_model.invitation.template import Stamp, Templates, comment_line
from wtisd_model.model.event import Event, announced_sessions
from wtisd_model.model.registration import Registration
from wtisd_model.model.reply import Method
from wtisd_model.model.session import Session
from wtisd_model.types.arguments import require_iterable


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
    options = MessageOptions(method=Method.CANCEL, language=language, comment=comment, utc=utc)
    cancellations = _Cancellations(event, session, options, stamped)
    person = person_or_raise(reachable(event, require_registration(registration)))
    (message,) = cancellations.to_mailbox(lambda _: (cancellations.session,), [(registration, person)])
    return message


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
        registrations: those of people who have been invited; held while messages are made, as by `invites`.
        stamped: the time of these messages, aware (DTSTAMP).
        session: as for `cancel`.
        by_session: write one message for each session that a person chose, in the order of the event, except for
            drafts, unknown sessions and those that the person waits for; one message about the event for people who
            chose none, or wait for all.
        language: as for `cancel`.
        comment: as for `cancel`.
        utc: as for `cancel`.

    Raises:
        MessageError: as `cancel`; after the last message if people cannot be reached, as `invites`.
        ExportError, InvalidValueError: as `cancel`.
        TypeError: as `cancel`; *registrations* is not an iterable, or both *session* and *by_session* are given.
    """
    options = MessageOptions(method=Method.CANCEL, language=language, comment=comment, utc=utc)
    people = require_iterable(registrations, "registrations")
    cancellations = _Cancellations(event, session, options, stamped)
    subjects_of = subjects_for(
        event, announced_sessions(event), cancellations.session, by_session=by_session, to_attend=False
    )
    mailboxes = each_mailbox(people, partial(reachable, event))
    return (message for guests in mailboxes for message in cancellations.to_mailbox(subjects_of, guests))


class _Cancellations:
    """The cancellations of one call."""

    def __init__(self, event: Event, session: Session | str | None, options: MessageOptions, stamped: datetime) -> None:
        self._stamp = Stamp.of(stamped)
        self.session = find_session(event, session, or_dropped=True)
        check_announced(event, self.session)
        check_organizer(event)
        self._event = event
        self._templates = Templates(event, options)

    def to_mailbox(
        self, subjects_of: Callable[[Registration], Sequence[Session | None]], guests: Sequence[Guest]
    ) -> Iterator[Message]:
        """Yield those of people who share a mailbox."""
        for entry in entries_of(guests, self._templates, subjects_of).values():
            stays = entry.session is not None and is_invited(self._event, entry.registration)
            yield entry.template.cancellation(
                entry.registration, entry.session, entry.person, self._stamp, entry.holders, stays=stays
            )


def decline_counter(
    event: Event,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    comment: str | None = None,
) -> Message:
    """Return a message that declines a person's proposal: the invitation still holds as it is.

    Args:
        event: the current event.
        registration: that of the person who proposed another time.
        stamped: the time of this message, aware (DTSTAMP).
        session: the subject of the proposal, a session or its id; by default the event.
        language: the language of the mail around it; by default the person's own.
        comment: the reason, at most 10,000 characters.

    Raises:
        MessageError: as for `cancel`.
        InvalidValueError: ``moment-naive``, ``moment-unreadable``, ``language-unknown``, ``text-too-long`` and others.
        TypeError: *event* is not an Event, or *registration* is not a Registration.

    Source: RFC 5546 section 3.2.8.
    """
    about = find_session(event, session)
    check_announced(event, about)
    person = person_or_raise(reachable(event, require_registration(registration)))
    check_organizer(event)
    options = MessageOptions(method=Method.DECLINECOUNTER, language=language, comment=comment, utc=True)
    stamp, template = Stamp.of(stamped), Templates(event, options).template(about, registration)
    # The message itself has only references; the facts are for the mail around it.
    lines = (
        content_line("UID", encode_text(template.uid)),
        stamp.line,
        content_line("SEQUENCE", encode_integer(template.shared.sequence)),
        organizer_line(event, template.reader_language),
        attendee_line(person),
        comment_line(options.comment),
    )
    message = template.to_message(Reason.COUNTER_DECLINED, stamp, person, holders=(registration,))
    return evolve(message, ics=message_calendar(Method.DECLINECOUNTER, b"".join(lines), utc=True))
