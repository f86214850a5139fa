"""Invitations (REQUEST, RFC 5546 section 3.2.2): to an event or one of its sessions, one for each person."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.export.ical.alarms import checked_reminders
from wtisd_model.findings import InvalidValueError, finding
from wtisd_model.invitation.attendee import attendee, standing
from wtisd_model.invitation.distribution import (
    as_event,
    as_registration,
    distributed,
    open_sessions,
    refused,
    session_of,
)
from wtisd_model.invitation.form import Form, Forms, Manner, Privacy
from wtisd_model.invitation.message import Message, Method, Reason
from wtisd_model.invitation.standing import (
    Person,
    invited,
    not_theirs,
    reader_language,
    refuse_cancelled,
    refuse_draft,
)
from wtisd_model.model.answer import ParticipationStatus
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import Session
from wtisd_model.values.attendance import ParticipationMode
from wtisd_model.values.language import checked_language
from wtisd_model.values.timeslot import moment_in_utc

_REASONS: Final = (Reason.INVITED, Reason.MOVED, Reason.EDITED, Reason.PROMOTED)


def invite(
    event: Event,
    registration: Registration,
    *,
    stamped: datetime,
    session: Session | str | None = None,
    reason: Reason = Reason.INVITED,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Message:
    """Invite a person."""
    about = session_of(as_event(event), session)
    manner = _manner(stamped, reminders=reminders, privacy=privacy, transparent=transparent, utc=utc)
    requests = _Requests(event, about, manner, reason=reason, language=language)
    return requests.to(as_registration(registration), about, "registration")


def invites(
    event: Event,
    registrations: Iterable[Registration],
    *,
    stamped: datetime,
    session: Session | str | None = None,
    by_session: bool = False,
    reason: Reason = Reason.INVITED,
    language: str | None = None,
    reminders: Iterable[timedelta] = (),
    privacy: Privacy | None = None,
    transparent: bool = False,
    utc: bool = False,
) -> Iterator[Message]:
    """Invite many people."""
    about = session_of(as_event(event), session)
    manner = _manner(stamped, reminders=reminders, privacy=privacy, transparent=transparent, utc=utc)
    requests = _Requests(event, about, manner, reason=reason, language=language)
    return requests.to_all(distributed(registrations, open_sessions(event), about, by_session=by_session))


def _manner(
    stamped: datetime, *, reminders: Iterable[timedelta], privacy: Privacy | None, transparent: bool, utc: bool
) -> Manner:
    return Manner(
        method=Method.REQUEST,
        stamped=moment_in_utc(stamped, "/stamped"),
        utc=utc,
        reminders=checked_reminders(reminders),
        privacy=privacy,
        transparent=transparent,
    )


class _Requests:
    """Writes the invitations of one call."""

    def __init__(
        self, event: Event, about: Session | None, manner: Manner, *, reason: Reason, language: str | None
    ) -> None:
        refuse_draft(event, about)
        refuse_cancelled(event, about)
        if reason not in _REASONS:
            raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/reason", choices=", ".join(_REASONS)))
        self._event = event
        self._reason = reason
        self._language = checked_language(language)
        self._forms = Forms(event, manner)

    def to_all(self, pairs: Iterable[tuple[int, Registration, Session | None]]) -> Iterator[Message]:
        for index, registration, session in pairs:
            yield self.to(registration, session, "registrations", index)

    def to(self, registration: Registration, session: Session | None, *way: str | int) -> Message:
        person = refused(invited(self._event, registration), *way)
        if session is not None:
            refused(not_theirs(registration, session) or person, *way)
        language = self._language or reader_language(registration)
        form = self._forms.form(language, registration.mode is ParticipationMode.REMOTE, session)
        return request(form, registration, person, self._reason, language=language)


def request(form: Form, registration: Registration, person: Person, reason: Reason, *, language: str | None) -> Message:
    """Address an invitation to the person of a registration, who reads *language*."""
    # Who is told of another time has not answered for it yet (RFC 5546 section 3.2.2.1).
    moved = reason is Reason.MOVED
    status = ParticipationStatus.NEEDS_ACTION if moved else registration.participation_status
    asked = status is ParticipationStatus.NEEDS_ACTION
    return form.addressed(reason, attendee(person, standing(status, asked=asked, language=language)), person)
