"""Events reduced to what their announcement shows, for laws about each field."""

from collections.abc import Callable

from attrs import evolve

from wtisd_model import (
    Call,
    CallKind,
    Document,
    Event,
    EventStatus,
    LocalizedText,
    Location,
    ParticipationMode,
    Session,
)
from wtisd_model.model.event import places_of
from wtisd_model.programme.people import people_named


def announced(event: Event) -> Event:
    """Return an event without the values that mean nothing on a web page, although their field has a meaning.

    Drafts among the sessions, and the status of a session whose event is not held; earlier slots of what was moved and
    then cancelled; places and languages of a session that are those of its event; people and roles that the public is
    not told of, and who signed a document; addresses of speakers; seats of other calls than that for registration; the
    language of the original, if that is the language of the copy.
    """
    if event.previous_slots and event.status is not EventStatus.SCHEDULED:
        event = evolve(event, status=EventStatus.SCHEDULED, history=())
    return evolve(
        event,
        calls=tuple(map(_call, event.calls)),
        contacts=tuple(
            evolve(each, organization=None, job_title=None) for each in people_named(evolve(event, documents=()))
        ),
        documents=tuple(map(_document, event.documents)),
        sessions=tuple(
            _session(event, each, _places) for each in event.sessions if each.status is not EventStatus.DRAFT
        ),
    )


def announced_in_cpev(event: Event) -> Event:
    """Return the same for the Core Public Event Vocabulary.

    It knows only the page of a call for registration, only that there are virtual locations, and only the addresses of
    contacts, each once.
    """
    event = announced(event)
    known = {None, event.organizer and event.organizer.email}
    return evolve(
        event,
        calls=tuple(each for each in event.calls if each.kind is CallKind.REGISTRATION and each.url is not None),
        contacts=tuple(evolve(each, name=None) for each in event.contacts if each.email not in known),
        sessions=tuple(_session(event, each, _addresses) for each in event.sessions),
    )


def _session(event: Event, session: Session, shown: Callable[[Event, Session], object]) -> Session:
    """Return an announced session, without those of its fields about places that change nothing of what is shown."""
    if session.status is EventStatus.CANCELLED:
        session = _that_could_take_place(event, session)
    if event.status is not EventStatus.SCHEDULED:
        session = evolve(session, status=EventStatus.SCHEDULED, history=(), previous_slots=())
    elif session.previous_slots and session.status is not EventStatus.SCHEDULED:
        session = evolve(session, status=EventStatus.SCHEDULED, history=())
    for left_out in (
        {"inherited_places": None, "locations": (), "virtual_locations": ()},
        {"inherited_places": None, "virtual_locations": ()},
        {"inherited_places": None, "locations": ()},
        {"virtual_locations": ()},
        {"locations": ()},
        {"inherited_places": None},
    ):
        less = evolve(session, **left_out)
        if shown(event, less) == shown(event, session):
            session = less
    return evolve(
        session,
        floor_languages=() if session.floor_languages == event.floor_languages else session.floor_languages,
        materials=tuple(map(_document, session.materials)),
        people=tuple(evolve(each, email=None, phone=None) for each in people_named(session)),
    )


def _that_could_take_place(event: Event, session: Session) -> Session:
    """Return a cancelled session with a place, seats and a slot that it may have with another status too."""
    mode = places_of(event, session).mode
    modes = frozenset[ParticipationMode]() if mode is None else mode.modes
    return evolve(
        session,
        inherited_places=None if mode is None else session.inherited_places,
        on_site_capacity=session.on_site_capacity if ParticipationMode.ON_SITE in modes else None,
        remote_capacity=session.remote_capacity if ParticipationMode.REMOTE in modes else None,
        slot=session.slot if event.slot is None or event.slot.encloses(session.slot) else event.slot,
    )


def _addresses(event: Event, session: Session) -> object:
    places = places_of(event, session)
    return [_location(each) for each in places.locations], places.mode


def _places(event: Event, session: Session) -> object:
    virtual = places_of(event, session).virtual_locations
    links = [(None if each.name is None else each.name.text, each.uri) for each in virtual]
    return _addresses(event, session), links, places_of(event, session).venue_to_follow


def _location(location: Location) -> Location:
    return evolve(location, name=LocalizedText(location.name.text, "und"))


def _call(call: Call) -> Call:
    return call if call.kind is CallKind.REGISTRATION else evolve(call, on_site_capacity=None, remote_capacity=None)


def _document(document: Document) -> Document:
    same = document.original_language == document.language
    return evolve(document, original_language=None) if same else document
