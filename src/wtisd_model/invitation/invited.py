"""Who may be told of an event, and who is invited to it: one answer for all who make messages."""

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, MessageError, finding
from wtisd_model.invitation.person import Person
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.types.language import is_signed


def is_invited(event: Event, registration: Registration) -> bool:
    """Tell whether the person of a registration is invited to *event*.

    That is where it takes a seat, and where it is pending and the call for registration says that the office does not
    decide; not where it belongs to another event, or its personal data were removed.
    """
    return isinstance(invited(event, registration), Person)


def invited(event: Event, registration: Registration) -> Person | Finding:
    """Give whom a registration invites to *event*, or say what keeps it from that; the path begins at it."""
    person = reachable(event, registration)
    if isinstance(person, Finding) or registration.state.takes_seat or _seated_unseen(event, registration):
        return person
    return finding(Code.REGISTRATION_NOT_INVITED, "/state")


def reachable(event: Event, registration: Registration) -> Person | Finding:
    """Give whom to write to about *event*, invited or not, or say why there is nobody; the path begins there."""
    if registration.event_uid != event.uid:
        return finding(Code.EVENT_UID_DIFFERS, "/eventUid")
    person = registration.participant
    if person is None or person.email is None:
        return finding(Code.REGISTRATION_PURGED, "/participant")
    return Person(person.email, person.name)


def _seated_unseen(event: Event, registration: Registration) -> bool:
    call = event.call(CallKind.REGISTRATION)
    return registration.state is RegistrationState.PENDING and call is not None and not call.needs_approval


def not_theirs(registration: Registration, session: Session) -> Finding | None:
    """Say whether a session is none of those that the person chose; who chose none takes part in all."""
    chosen = not registration.session_ids or session.id in registration.session_ids
    return None if chosen else finding(Code.SESSION_NOT_CHOSEN, "/sessionIds")


def reader_language(registration: Registration) -> str | None:
    """Name the language to write to a person in; None where neither the person nor the registration says one.

    It is the one to write in or, where that is not said, the first that the person listens in and that is written.
    """
    person = registration.participant
    if person is not None and person.language is not None:
        return person.language
    return next((tag for tag in registration.listening_languages if not is_signed(tag)), None)


def status_of(registration: Registration, session: Session | None, sequence: int) -> ParticipationStatus:
    """Give what a person has answered about the event, or about a session, as it is at *sequence*.

    Who answered about an older revision has not answered yet. It may be something else that moved since; to be asked
    once more harms less than an acceptance that nobody gave.
    """
    answer = registration.last_reply(session_id=None if session is None else session.id)
    if answer is not None:
        return answer.status if answer.sequence >= sequence else ParticipationStatus.NEEDS_ACTION
    return registration.participation_status if session is None else ParticipationStatus.NEEDS_ACTION


def refuse_draft(event: Event, session: Session | None) -> None:
    """Refuse to tell of what nobody is to know yet.

    Raises:
        MessageError: ``event-without-slot`` or ``session-not-announced``.
    """
    if event.status is EventStatus.DRAFT:
        raise MessageError(finding(Code.EVENT_WITHOUT_SLOT, "/event/status"))
    if session is not None and session.status is EventStatus.DRAFT:
        raise MessageError(finding(Code.SESSION_NOT_ANNOUNCED, "/session/status"))


def refuse_cancelled(event: Event, session: Session | None) -> None:
    """Refuse to invite to what does not take place.

    Raises:
        MessageError: ``event-cancelled``.
    """
    if event.status is EventStatus.CANCELLED:
        raise MessageError(finding(Code.EVENT_CANCELLED, "/event/status"))
    if session is not None and session.status is EventStatus.CANCELLED:
        raise MessageError(finding(Code.EVENT_CANCELLED, "/session/status"))
