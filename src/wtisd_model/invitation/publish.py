"""Announcements (PUBLISH, RFC 5546 section 3.2.1): an event or a session for all readers, without replies."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wtisd_model.invitation.message import Message, MessageOptions, Privacy, Reason
from wtisd_model.invitation.recipients import check_announced, find_session
from wtisd_model.invitation.template import Templates
from wtisd_model.model.dossier import Dossier, event_and_requests
from wtisd_model.model.event import Event
from wtisd_model.model.session import Session
from wtisd_model.types.language import require_language
from wtisd_model.types.method import Method


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
    options = MessageOptions.of(
        Method.PUBLISH, stamped=stamped, utc=utc, reminders=reminders, privacy=privacy, transparent=transparent
    )
    template = Templates(the_event, options, requests).template(require_language(language), about, None)
    return template.to_message(Reason.PUBLISHED, None)
