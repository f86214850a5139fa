"""The people of messages: who is invited, and to which sessions, and the ATTENDEE lines about them and others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple

from wtisd_model.codes import Code
from wtisd_model.contentlines.serializer import content_line, encode_parameters, quoted_parameter
from wtisd_model.contentlines.values import encode_cal_address
from wtisd_model.errors import InvalidValueError, MessageError
from wtisd_model.findings import Finding, FindingCollector, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.event import Event, announced_sessions, places_of, repeated_uids
from wtisd_model.model.places import Places
from wtisd_model.model.registration import ListingConsent, Registration, RegistrationState
from wtisd_model.model.reply import ParticipationStatus, Reply, last_own_reply, reply_order
from wtisd_model.model.session import EventStatus, Session, session_unknown
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.types.arguments import require_instance, require_iterable
from wtisd_model.types.attendance import AttendanceMode
from wtisd_model.types.language import is_signed
from wtisd_model.types.people import Contact, Role


class Person(NamedTuple):
    """The address and the name of a sender or a recipient."""

    email: str
    name: str | None = None

    def __repr__(self) -> str:
        return "Person(...)"  # without personal data


_SEATED: Final = tuple(state for state in RegistrationState if state.takes_seat)


def is_invited(event: Event, registration: Registration) -> bool:
    """Return True if the person of a registration is invited to *event*.

    That is the case if the registration has a seat, or if it is pending and the event's call for registrations needs no
    approval; but not if it belongs to another event, or its personal data were removed.
    """
    return isinstance(invited(event, registration), Person)


def invited(event: Event, registration: Registration) -> Person | Finding:
    """Return the person whom a registration invites to *event*, or the finding that prevents it.

    The path of the finding is relative to the registration.
    """
    person = reachable(event, registration)
    if isinstance(person, Finding) or is_admitted(event, registration):
        return person
    return finding(Code.REGISTRATION_NOT_INVITED, "/state")


def is_admitted(event: Event, registration: Registration) -> bool:
    """Return True if the state of a registration invites the person, if anybody can write to them."""
    if registration.state in _SEATED:
        return True
    # Not as `seats_held`: one that has to be approved may hold a seat meanwhile, and is not invited yet.
    call = event.call(CallKind.REGISTRATION)
    return registration.state is RegistrationState.PENDING and call is not None and not call.needs_approval


def reachable(event: Event, registration: Registration) -> Person | Finding:
    """Return the person to write to about *event*, invited or not, or the finding that prevents it."""
    if registration.event_uid != event.uid:
        return finding(Code.EVENT_UID_DIFFERS, "/eventUid")
    person = registration.participant
    if person is None or person.email is None:
        return finding(Code.REGISTRATION_PURGED, "/participant")
    return Person(person.email, person.name)


def person_of(registration: Registration) -> Person:
    """Return the person of a registration that is known to have an address."""
    person = registration.participant
    return Person("", None) if person is None else Person(person.email or "", person.name)


def is_chair(registration: Registration, session: Session | None) -> bool:
    """Return True if the person of a registration chairs the event or, if one is given, the session.

    The people of a session are recognized by their id or their address.
    """
    person = registration.participant
    if person is None or session is None:
        return person is not None and bool(person.roles) and Role.CHAIR in person.roles
    address = (person.email or "").casefold()
    return any(
        Role.CHAIR in one.roles
        and ((one.id is not None and one.id == person.id) or (address and (one.email or "").casefold() == address))
        for one in session.people
    )


def copied_to(registrations: Sequence[Registration], person: Person) -> Contact | None:
    """Return the focal point at another address who gets a copy of the mails to *person*: who filed all registrations.

    If several people share the mailbox, one who filed only some of them would learn of the others.
    """
    focal_point = registrations[0].filed_by if registrations else None
    if focal_point is None or focal_point.email is None:
        return None
    address = focal_point.email.casefold()
    filed = [each.filed_by.email for each in registrations[1:] if each.filed_by is not None]
    is_alone = len(filed) == len(registrations) - 1 and all((email or "").casefold() == address for email in filed)
    return focal_point if is_alone and address != person.email.casefold() else None


def session_refused(event: Event, registration: Registration, session: Session) -> Finding | None:
    """Return a finding if the person chose other sessions, waits for it, or takes part as the session does not offer.

    A person who chose none takes part in all that they can attend.
    """
    if registration.session_ids and session.id not in registration.attended_ids:
        if session.id in registration.session_ids:
            return finding(Code.SESSION_AWAITED, "/waits")
        return finding(Code.SESSION_NOT_CHOSEN, "/sessionIds")
    mode = event.mode_of(session)
    if mode is None or registration.mode in mode.modes:
        return None
    return finding(Code.SESSION_MODE_NOT_OFFERED, "/mode", session=session.id, choices=mode)


def sessions_with_places(event: Event, *, remote: bool) -> frozenset[str]:
    """Return the ids of the sessions whose own places an invitation to the event shows to people who chose them.

    For remote participants these are the sessions with links of their own; for people on site those with rooms of their
    own, if the event is only remote.
    """
    if not remote and places_of(event).mode is not AttendanceMode.REMOTE:
        return frozenset()
    sessions = announced_sessions(event)
    return frozenset(session.id for session in sessions if (session.virtual_locations if remote else session.locations))


def places_chosen(event: Event, chosen: frozenset[str], *, remote: bool) -> Places:
    """Return the places in an invitation to the event for somebody who chose some of `sessions_with_places`.

    They are the links, or else the rooms, of the chosen sessions that are held.
    """
    sessions = [session for session in announced_sessions(event) if session.id in chosen]
    held = [places_of(event, session) for session in sessions if session.status.is_held]
    links = dict.fromkeys(link for there in held for link in there.virtual_locations) if remote else ()
    rooms = () if remote else dict.fromkeys(room for there in held for room in there.locations)
    return Places(locations=tuple(rooms), virtual_locations=tuple(links), venue_to_follow=False)


def person_or_raise(person: Person | Finding) -> Person:
    """Return the person, or raise the finding about their registration."""
    if isinstance(person, Finding):
        raise MessageError(person.prefixed(pointer("registration")))
    return person


def each_mailbox(
    registrations: Iterable[Registration],
    person_of: Callable[[Registration], Person | Finding],
) -> Iterator[list[tuple[Registration, Person]]]:
    """Yield the people of each mailbox, but those who cannot get a message.

    Raises:
        MessageError: after the last mailbox, with the findings about all people who were skipped. An error in between
            would leave the caller with half of the messages sent.
    """
    # A list for each of a million, nearly all of whom share no mailbox, would keep Python's collector busy.
    firsts: dict[str, tuple[Registration, Person]] = {}
    shared: dict[str, list[tuple[Registration, Person]]] = {}
    refused = FindingCollector()
    for index, registration in enumerate(registrations):
        person = person_of(require_registration(registration))
        if isinstance(person, Finding):
            refused.add(person.prefixed(pointer("registrations", index)))
        else:
            guest = registration, person
            address = person.email.casefold()
            first = firsts.setdefault(address, guest)
            if first is not guest:
                shared.setdefault(address, [first]).append(guest)
    for address, first in firsts.items():
        yield shared.get(address) or [first]
    if refused.kept:
        raise MessageError(*refused.kept)


def reader_language(registration: Registration) -> str | None:
    """Return the language to write to a person in, or None if neither the person nor the registration names one.

    It is the person's own, or else the first written language among those that the person listens in.
    """
    person = registration.participant
    if person is not None and person.language is not None:
        return person.language
    for tag in registration.listening_languages:  # a generator would take three times as long
        if not is_signed(tag):
            return tag
    return None


def participation_status(
    event: Event, registration: Registration, *, session: Session | str | None = None
) -> ParticipationStatus:
    """Return the reply of a person that counts for the event or for one of its sessions.

    It is the person's last reply about it. If its time, place or status has changed since, if the person withdrew or
    was rejected and returned, or if all delegates of the person declined, the person has to reply again, and it is
    needs-action. Without a reply it is needs-action for a session, and ``registration.participation_status`` for the
    event. A reply about the event does not count for its sessions.

    Args:
        event: the current event.
        registration: a registration for it.
        session: a session of the event, or its id; by default the whole event.

    Raises:
        MessageError: ``event-uid-differs``, ``session-unknown``, ``uid-repeated``.
        TypeError: *event* is not an Event, or *registration* is not a Registration.

    Source: RFC 5546 sections 2.1.5, 3.2.2.1 and 4.2.5.
    """
    about = find_session(event, session)
    if require_registration(registration).event_uid != event.uid:
        raise MessageError(finding(Code.EVENT_UID_DIFFERS, "/registration/eventUid"))
    return status_since(event.last_change(about), registration, about)


def status_since(last_change: int, registration: Registration, session: Session | None) -> ParticipationStatus:
    """Return the `participation_status` for the event or a session that last changed at a known sequence."""
    replies = registration.replies
    reply = last_own_reply(replies, None if session is None else session.id) if replies else None
    if reply is None:
        return registration.participation_status if session is None else ParticipationStatus.NEEDS_ACTION
    returned = any(
        step.before in {RegistrationState.REJECTED, RegistrationState.WITHDRAWN} and reply.at < step.at
        for step in registration.history
    )
    if returned or reply.sequence < last_change:
        return ParticipationStatus.NEEDS_ACTION
    if reply.status is ParticipationStatus.DELEGATED and reply.delegated_to:
        answers = _delegates_answers(last_change, reply, replies)
        # "If the Delegate declines the meeting, the Organizer MUST send an update REQUEST to the Delegator" (RFC 5546
        # section 4.2.5).
        if all(answers.get(address.casefold()) is ParticipationStatus.DECLINED for address in reply.delegated_to):
            return ParticipationStatus.NEEDS_ACTION
    return reply.status


def _delegates_answers(last_change: int, delegation: Reply, replies: Iterable[Reply]) -> dict[str, ParticipationStatus]:
    """Return the last status of each delegate in reply to *delegation*, by address.

    The delegate's clock may be behind, so an earlier time counts too, but not that of a delegate whom the person had
    named before: it may be about the earlier delegation.
    """
    about = [reply for reply in replies if reply.session_id == delegation.session_id]
    start = reply_order(delegation)
    known = {
        address.casefold()
        for reply in about
        if reply.delegate is None and reply.status is ParticipationStatus.DELEGATED and reply_order(reply) < start
        for address in reply.delegated_to
    }
    return {
        reply.delegate.casefold(): reply.status
        for reply in about
        if reply.delegate
        and reply.sequence >= last_change
        and (reply_order(reply) >= start or reply.delegate.casefold() not in known)
    }


def check_announced(event: Event, session: Session | None) -> None:
    """Raise for a draft, which must not be announced yet (``event-without-slot`` or ``session-not-announced``)."""
    slot_of_announced(event, MessageError, "/event")
    if session is not None and session.status is EventStatus.DRAFT:
        raise MessageError(finding(Code.SESSION_NOT_ANNOUNCED, "/session/status"))


def check_organizer(event: Event) -> None:
    """Raise ``organizer-without-address``: each message has exactly one ORGANIZER (RFC 5546 section 3.2)."""
    if event.organizer is None or event.organizer.email is None:
        raise MessageError(finding(Code.ORGANIZER_WITHOUT_ADDRESS, "/event/organizer"))


def check_session_uids(event: Event) -> None:
    """Raise ``uid-repeated`` if two sessions have the same uid, so that calendar programs would confuse them."""
    for found in repeated_uids(event):
        raise MessageError(found.prefixed("/event"))


def find_session(event: Event, session: Session | str | None, *, or_dropped: bool = False) -> Session | None:
    """Return a session of *event* by its id or an earlier version of it; None for None.

    With *or_dropped* it may be one that the event no longer has.

    Raises:
        MessageError: ``session-unknown``, ``uid-repeated``.
        TypeError: *event* is not an Event.
    """
    require_instance(event, Event, "A message is about an Event. For a dossier, pass dossier.event.")
    if session is None:
        return None
    id_ = session.id if isinstance(session, Session) else session
    current = next((own for own in event.sessions if own.id == id_), None)
    if current is None and or_dropped and isinstance(session, Session):
        return session
    check_session_uids(event)
    if current is None:
        raise MessageError(session_unknown(event.sessions))
    return current


def open_sessions(event: Event) -> list[Session]:
    """Return the sessions that people can be invited to: announced and not cancelled."""
    return [session for session in announced_sessions(event) if session.status is not EventStatus.CANCELLED]


def require_registration(value: object) -> Registration:
    """Return *value* if it is a registration; raise a TypeError otherwise."""
    if not isinstance(value, Registration):
        raise TypeError("A message is for the person of a Registration.")
    return value


def subjects_for(
    event: Event,
    sessions: Iterable[Session],
    session: Session | None,
    *,
    by_session: bool,
    to_attend: bool = True,
) -> Callable[[Registration], Sequence[Session | None]]:
    """Return a function that returns what a person gets messages about: *session*, or None for the event.

    With *by_session* there is a message for each of *sessions* that the person chose and, *to_attend*, can attend; and
    one about the event for a person who chose none, or waits for all of them. A session that the person waits for has
    none.

    Raises:
        MessageError: ``uid-repeated``.
        TypeError: *session* and *by_session* are both given.
    """
    if not by_session:
        only = (session,)
        return lambda _: only
    if session is not None:
        raise TypeError("Name one session, or ask for a message about each: not both.")
    check_session_uids(event)
    return Subjects(event, sessions, to_attend=to_attend).of


class Subjects:
    """What people are written to about if they have an entry for each session."""

    def __init__(self, event: Event, sessions: Iterable[Session], *, to_attend: bool = True) -> None:
        """Take the sessions; *to_attend* if nobody is written to about one that is not offered in their mode."""
        self._order = {
            session.id: (place, session, event.mode_of(session) if to_attend else None)
            for place, session in enumerate(sessions)
        }

    def of(self, registration: Registration) -> list[Session | None]:
        """Return the sessions that a person has a seat in, in order; None for the event if they chose none."""
        chosen, order = registration.attended_ids, self._order
        if not chosen:
            return [None]
        held = sorted((order[id_] for id_ in chosen if id_ in order), key=itemgetter(0))
        return [session for _, session, mode in held if mode is None or registration.mode in mode.modes]


MOST_OTHERS: Final = 200
"""The maximum number of other people that an invitation lists."""

_MOST_LISTS: Final = 500
"""Sessions whose lists of other people are kept, at most 200 lines each, so that memory stays flat."""


def attendee_line(
    person: Person,
    status: ParticipationStatus | None = None,
    language: str | None = None,
    *,
    rsvp: bool = False,
    chairs: bool = False,
    delegated_to: str | None = None,
    delegated_from: tuple[str, ...] = (),
) -> bytes:
    """Return the ATTENDEE of a person: one individual, who is required to take part; without a status, only the name.

    Nobody is optional: people have registered themselves, and hold a seat.

    Source: RFC 5545 sections 3.2.3, 3.2.4, 3.2.5, 3.2.10, 3.2.12, 3.2.16 and 3.2.17.
    """
    parameters = "" if status is None else _parameters(status, language, rsvp, chairs)
    if delegated_to is not None:
        parameters += encode_parameters({"DELEGATED-TO": (encode_cal_address(delegated_to),)})
    if delegated_from:
        parameters += encode_parameters({"DELEGATED-FROM": tuple(map(encode_cal_address, delegated_from))})
    email, name = person
    if name is not None:
        parameters += quoted_parameter("CN", name)
    return content_line("ATTENDEE", encode_cal_address(email), parameters)


@lru_cache(maxsize=512)
def _parameters(status: ParticipationStatus, language: str | None, rsvp: bool, chairs: bool) -> str:  # noqa: FBT001 - keywords take longer to look up
    # The first two are the defaults, but some calendar programs need them.
    parameters = {
        "CUTYPE": ("INDIVIDUAL",),
        "ROLE": ("CHAIR" if chairs else "REQ-PARTICIPANT",),
        "PARTSTAT": (status.upper(),),
    }
    if language is not None:
        parameters["LANGUAGE"] = (language,)
    if rsvp:
        parameters["RSVP"] = ("TRUE",)
    return encode_parameters(parameters)


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
        people = ((invited(event, require_registration(registration)), registration) for registration in given)
        self._event = event
        self.listed: list[tuple[Person, Registration]] = [
            (person, registration)
            for person, registration in people
            if isinstance(person, Person)
            and registration.listing_consent in {ListingConsent.EVERYONE, ListingConsent.PARTICIPANTS}
        ]
        self._lines: dict[str | None, dict[str, bytes]] = {}

    def but(self, recipient: Person, session: Session | None, last_change: int) -> bytes:
        """Return the ATTENDEE lines of all but the recipient, who has a line already, for the event or a session."""
        key = None if session is None else session.id
        lines = self._lines.get(key)
        if lines is None:
            lines = dict[str, bytes]()
            for person, registration in self.listed:
                if session is None or session_refused(self._event, registration, session) is None:
                    status = status_since(last_change, registration, session)
                    line = attendee_line(person, status, chairs=is_chair(registration, session))
                    lines.setdefault(person.email.casefold(), line)
            if len(self._lines) >= _MOST_LISTS:
                self._lines.clear()
            self._lines[key] = lines
        own = recipient.email.casefold()
        return b"".join(line for address, line in lines.items() if address != own)
