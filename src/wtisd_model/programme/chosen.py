"""The sessions that a person chose, as invitations and letters name them: "your programme"."""

from collections.abc import Sequence

from attrs import evolve, field, frozen

from wtisd_model.locales.locale import Locale
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.registration import Registration
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.places import building_of, links_of, locations_of, room_of, where_in_words
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.language import TaggedText
from wtisd_model.types.timeslot import TimeSlot


@frozen(kw_only=True, cache_hash=True)
class ChosenSession:
    """What a person is told of one session that they chose, in the reader's language."""

    id: str
    """The id of the session."""
    title: TaggedText
    slot: TimeSlot
    """The time, in the zone of the place."""
    status: EventStatus
    where: tuple[TaggedText, ...] = ()
    """The rooms, for people who take part on site; none where it is not held, or not for certain."""
    links: tuple[tuple[TaggedText, str], ...] = ()
    """The name and the address of each link, for people who take part remotely; as *where*."""
    awaited: bool = False
    """True while the person waits for a seat in it."""
    names: tuple[str, ...] = field(default=(), repr=False)
    """Who chose it, where several people share the mailbox; otherwise nobody.

    Those who wait for a seat in it are in an object of their own, after that of the others.
    """


class Programme:
    """The announced sessions of an event in one language, for those who chose some of them."""

    def __init__(self, event: Event, language: str | None, words: Locale) -> None:
        """Put the sessions in order: by day, and those of whole days first."""
        self._event, self._language, self._words = event, language, words
        ordered = sorted(announced_sessions(event), key=_by_time)
        self.order: dict[str, int] = {session.id: place for place, session in enumerate(ordered)}
        """The place of each session in the programme, by its id."""
        self._sessions = {session.id: session for session in ordered}
        self._buildings = {building_of(location) for location in event.locations}
        # An event with one link has it in its own entry; with several, each session says which is its own.
        self._names_links = any(session.virtual_locations for session in ordered)

    def session(self, id_: str, *, rooms: bool, links: bool, awaited: bool) -> ChosenSession:
        """Return an announced session for somebody who takes part there, with its *rooms* or *links*, or waits."""
        session = self._sessions[id_]
        status = session_status(self._event, session)
        takes_part = status.is_held and not awaited
        return ChosenSession(
            id=id_,
            title=session.title.in_language(self._language),
            slot=session.slot,
            status=status,
            where=self._rooms(session) if rooms and takes_part else (),
            links=self._links(session) if links and takes_part else (),
            awaited=awaited,
        )

    def shared(self, registrations: Sequence[Registration]) -> tuple[ChosenSession, ...]:
        """Return the sessions that people who share a mailbox chose, in order, each with their names."""
        chosen = list[ChosenSession]()
        choices = [
            (registration, registration.attended_ids, awaited_ids(registration)) for registration in registrations
        ]
        for id_ in self.order:
            for awaited in (False, True):
                people = [each for each, attended, waits in choices if id_ in (waits if awaited else attended)]
                if people:
                    remote = [each.mode is ParticipationMode.REMOTE for each in people]
                    session = self.session(id_, rooms=not all(remote), links=any(remote), awaited=awaited)
                    chosen.append(evolve(session, names=tuple(_names(people))))
        return tuple(chosen)

    def _rooms(self, session: Session) -> tuple[TaggedText, ...]:
        """Return its rooms in the buildings of the event, and in full its places elsewhere."""
        rooms = list[TaggedText]()
        for location in locations_of(self._event, session):
            if building_of(location) not in self._buildings:
                places = places_of(self._event, session)._replace(locations=(location,), venue_to_follow=False)
                rooms += where_in_words(places, self._language, self._words)
            elif session.locations or location.room is not None:
                rooms.append(room_of(location, self._language).name)
        return tuple(rooms)

    def _links(self, session: Session) -> tuple[tuple[TaggedText, str], ...]:
        if not self._names_links:
            return ()
        return tuple(links_of(places_of(self._event, session), self._language, self._words))


def awaited_ids(registration: Registration) -> frozenset[str]:
    """Return the sessions in which a person waits for a seat."""
    return frozenset([wait.session_id for wait in registration.waits if wait.until is None])


def _by_time(session: Session) -> tuple[object, ...]:
    slot = session.slot
    return slot.first_day, not slot.whole_days, slot.starts_at


def _names(people: Sequence[Registration]) -> list[str]:
    return [each.participant.name for each in people if each.participant is not None and each.participant.name]
