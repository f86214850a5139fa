"""The sessions that a person chose, as invitations and letters name them: "your programme"."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from attrs import evolve, field, frozen

from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import is_rtl, isolate
from wtisd_model.model.event import Event, announced_sessions, places_of, session_status
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.programme.places import building_of, links_of, location_in_words, locations_of, room_of
from wtisd_model.programme.times import format_slot, format_times, format_zone, last_day_of
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
        """Take the words for the reader, and the language of texts."""
        self._event, self._language, self._words = event, language, words
        self._sessions = {session.id: session for session in announced_sessions(event)}
        self._buildings = {building_of(location) for location in event.locations}
        # An event with one link has it in its own entry; with several, each session says which is its own.
        self._names_links = any(session.virtual_locations for session in self._sessions.values())

    def __contains__(self, id_: str) -> bool:
        """Return True if the event has such a session."""
        return id_ in self._sessions

    @cached_property
    def heading(self) -> str:
        """The heading of what people chose, with the zone unless `day` names it."""
        heading, slots = self._words.programme.heading, [session.slot for session in self._sessions.values()]
        if self._has_days or all(slot.whole_days for slot in slots):
            return heading
        return heading + format_zone(slots[0].start, self._words.dates)

    @cached_property
    def _has_days(self) -> bool:
        """True unless all is on one day, and by the same clocks."""
        slot = slot_of_announced(self._event)
        is_short = slot.first_day == last_day_of(slot.end) and slot.start.utcoffset() == slot.end.utcoffset()
        return not is_short or any(each.slot.time_zone != slot.time_zone for each in self._sessions.values())

    def day(self, slot: TimeSlot) -> str:
        """Return the day and the zone before the sessions of that day; empty if all are on one day and in one zone."""
        if not self._has_days:
            return ""
        dates = self._words.dates
        return dates.format_day(slot.first_day) + ("" if slot.whole_days else format_zone(slot.start, dates))

    def order(self, id_: str) -> str:
        """Return what to sort sessions by: their days, of which whole ones come first, and their times."""
        slot = self._sessions[id_].slot
        # With the id, since the same sessions in another order are no change.
        return f"{slot.first_day} {not slot.whole_days:d} {slot.starts_at} {id_}"

    def lines(self, chosen: ChosenSession) -> str:
        """Return what a calendar says of a session: its status, time, title and rooms, who chose it, and its links."""
        words, slot, parts = self._words, chosen.slot, [text for text, _ in (chosen.title, *chosen.where)]
        rtl = bool(is_rtl("".join(parts)))
        line = words.comma.join([isolate(part, rtl=rtl) for part in parts])
        notes = [isolate(name, rtl=rtl) for name in chosen.names] + [words.programme.awaited] * chosen.awaited
        if notes:
            line = words.seats["noted"].format(title=line, note=words.comma.join(notes))
        if slot.whole_days:
            line = line if slot.first_day == slot.last_day else f"{format_slot(slot, words.dates)}{words.colon}{line}"
        else:
            changes = slot.start.utcoffset() != slot.end.utcoffset()
            line = f"{format_times(slot.start, slot.end, slot.first_day, words.dates, with_offsets=changes)} {line}"
        if chosen.status is not EventStatus.SCHEDULED:
            line = f"{words.pictures.timetable.statuses[chosen.status]}{words.colon}{line}"
        return "\n".join([line, *[f"{name}: {address}" for (name, _), address in chosen.links]])

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

    def shared(self, registrations: Sequence[Registration]) -> list[ChosenSession]:
        """Return the sessions that people who share a mailbox chose, in order, each with their names."""
        chosen = list[ChosenSession]()
        choices = [(each, *choices_of(each)) for each in registrations]
        ids = {id_ for _, *several in choices for some in several for id_ in some}
        for id_ in sorted(ids & self._sessions.keys(), key=self.order):
            for awaited in (False, True):
                people = [each for each, attended, waits in choices if id_ in (waits if awaited else attended)]
                if people:
                    remote = [each.mode is ParticipationMode.REMOTE for each in people]
                    session = self.session(id_, rooms=not all(remote), links=any(remote), awaited=awaited)
                    chosen.append(evolve(session, names=tuple(_names(people))))
        return chosen

    def _rooms(self, session: Session) -> tuple[TaggedText, ...]:
        """Return its rooms in the buildings of the event, and in full its places elsewhere."""
        rooms = list[TaggedText]()
        for location in locations_of(self._event, session):
            if building_of(location) not in self._buildings:
                rooms.append(location_in_words(location, self._language, self._words))
            elif session.locations or location.room is not None:
                rooms.append(room_of(location, self._language).name)
        return tuple(rooms)

    def _links(self, session: Session) -> tuple[tuple[TaggedText, str], ...]:
        if not self._names_links:
            return ()
        return tuple(links_of(places_of(self._event, session), self._language, self._words))


def choices_of(registration: Registration) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sessions that a person chose: those with a seat, and those in which the person waits for one.

    Who waits for a seat at the event waits in all of them.
    """
    if registration.state is _WAITLISTED:
        return NO_SESSIONS, registration.session_ids
    if not registration.waits:
        return registration.session_ids, NO_SESSIONS
    return registration.attended_ids, awaited_ids(registration)


NO_SESSIONS: Final[frozenset[str]] = frozenset()
# Python 3.11 takes as long to look up a member of an enum as to call a function.
_WAITLISTED: Final = RegistrationState.WAITLISTED


def awaited_ids(registration: Registration) -> frozenset[str]:
    """Return the sessions in which a person waits for a seat, whether or not they have one at the event."""
    return frozenset([wait.session_id for wait in registration.waits if wait.until is None])


def _names(people: Sequence[Registration]) -> list[str]:
    return [each.participant.name for each in people if each.participant is not None and each.participant.name]
