"""Which messages a person gets: one about the event or one session, or one about each session that the person chose."""

from collections.abc import Iterable, Iterator

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, MessageError, finding, pointer
from wtisd_model.ical.vevent import announced
from wtisd_model.invitation.person import Person
from wtisd_model.model.event import Event, repeated_uids
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.rules.session import session_choices
from wtisd_model.types.arguments import require_iterable


def session_of(event: Event, session: Session | str | None) -> Session | None:
    """Find a session of *event* by its id; one that it had before is found by that, too, as it is now.

    Raises:
        MessageError: ``session-unknown``; ``uid-repeated`` where two of its sessions have one uid, of whose messages a
            calendar program would take one for the other.
    """
    if session is None:
        return None
    refuse_repeated_uids(event)
    id_ = session.id if isinstance(session, Session) else session
    found = next((each for each in event.sessions if each.id == id_), None)
    if found is None:
        raise MessageError(finding(Code.SESSION_UNKNOWN, "/session", unknown=1, choices=session_choices(event)))
    return found


def refuse_repeated_uids(event: Event) -> None:
    """Refuse an event with sessions that calendar programs cannot tell apart.

    Raises:
        MessageError: ``uid-repeated``.
    """
    for found in repeated_uids(event):
        raise MessageError(found.prefixed("/event"))


def open_sessions(event: Event) -> list[Session]:
    """Give the sessions that people can be invited to: those that are announced and not cancelled."""
    return [each for each in announced(event) if each.status is not EventStatus.CANCELLED]


def distributed(
    event: Event,
    registrations: Iterable[Registration],
    sessions: Iterable[Session],
    session: Session | None,
    *,
    by_session: bool,
) -> Iterator[tuple[int, Registration, Session | None]]:
    """Pair each registration, by its index, with what it gets a message about: a session, or None for the event.

    Args:
        event: that of the sessions.
        registrations: of those who get messages.
        sessions: those that there are messages about, in the order of the messages.
        session: the one that all messages are about; None where they are about the event.
        by_session: pair with each of the sessions that the person chose, and with the event where the person chose
            none.

    Raises:
        MessageError: ``uid-repeated``.
        TypeError: *registrations* are not several, one of them is no Registration, or *session* and *by_session* are
            both given.
    """
    people = require_iterable(registrations, "registrations")
    if not by_session:
        return _alike(people, session)
    if session is not None:
        raise TypeError("Name one session, or ask for a message about each: not both.")
    refuse_repeated_uids(event)
    return _by_session(people, sessions)


def _alike(
    registrations: Iterable[Registration], session: Session | None
) -> Iterator[tuple[int, Registration, Session | None]]:
    for index, each in enumerate(registrations):
        yield index, as_registration(each), session


def _by_session(
    registrations: Iterable[Registration], sessions: Iterable[Session]
) -> Iterator[tuple[int, Registration, Session | None]]:
    order = {each.id: (place, each) for place, each in enumerate(sessions)}
    for index, each in enumerate(registrations):
        chosen = as_registration(each).session_ids
        if not chosen:
            yield index, each, None
        for _, session in sorted(order[id_] for id_ in chosen if id_ in order):
            yield index, each, session


def refused(found: Person | Finding, *way: str | int) -> Person:
    """Give back whom a message is for, or raise what keeps it from them; *way* leads to the argument that it is in.

    Raises:
        MessageError: with *found*.
    """
    if isinstance(found, Finding):
        raise MessageError(found.prefixed(pointer(*way)))
    return found


def as_event(value: object) -> Event:
    """Give back an event; a TypeError for what is none."""
    if not isinstance(value, Event):
        raise TypeError("A message is about an Event.")
    return value


def as_registration(value: object) -> Registration:
    """Give back a registration; a TypeError for what is none."""
    if not isinstance(value, Registration):
        raise TypeError("A message is for the person of a Registration.")
    return value
