"""Announcements (PUBLISH, RFC 5546 section 3.2.1): an event or a session for all readers, without answers."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wtisd_model.ical.method import Method
from wtisd_model.invitation.message import Message, MessageOptions, Privacy, Reason
from wtisd_model.invitation.recipients import check_announced, find_session
from wtisd_model.invitation.template import Templates
from wtisd_model.model.event import Event
from wtisd_model.model.session import Session
from wtisd_model.types.language import checked_language


def publish(
    event: Event,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Message:
    """Tell of an event or a session whoever reads it; nobody is asked to answer.

    For all of a programme in one file, to which calendar programs subscribe, see `to_ical`.

    Args:
        event: as it is now.
        stamped: the moment of this message, aware (DTSTAMP).
        session: one of the event's, by itself or by its id.
        language: whose texts to choose; by default each text is in the language it was written in.
        reminders: how long before the start a reminder shows; ten at most.
        privacy: who else may see it in a calendar.
        transparent: whether it leaves the time of whoever keeps it free.
        utc: write all times in UTC and no VTIMEZONE.

    Raises:
        MessageError: ``organizer-without-address``, ``session-unknown``, ``uid-repeated``; ``event-without-slot`` or
            ``session-not-announced`` for a draft.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: an option that cannot be, as for `invite`.
        TypeError: *event* is no Event, or *reminders* are not several.

    Source: RFC 5546 section 3.2.1.
    """
    about = find_session(event, session)
    check_announced(event, about)
    options = MessageOptions.of(
        Method.PUBLISH, stamped=stamped, utc=utc, reminders=reminders, privacy=privacy, transparent=transparent
    )
    template = Templates(event, options).template(checked_language(language), False, about)  # noqa: FBT003 - for everybody
    return template.to_message(Reason.PUBLISHED, None)
