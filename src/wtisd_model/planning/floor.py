"""The floors of a dossier: what is provided at each session, or at the event itself, and who is served how."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.session import Session
from wtisd_model.planning.audience import ListenerCounts, audience_of
from wtisd_model.planning.provision import Channel, Provision, Provisions
from wtisd_model.rules.schedule import sessions_with_floor
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.timeslot import TimeSlot


class Served(NamedTuple):
    """The way in which a group of people is served."""

    first: str | None
    """The language that they prefer; None if they named none."""
    language: str | None
    """The language in which they are served; if none of theirs reaches them, the first."""
    mode: ParticipationMode
    """How they take part."""
    channel: Channel | None
    """How the language reaches them; None if they named none."""
    hears: bool
    """True if spoken languages serve them."""
    reads: bool
    """True if they need captions."""


class Floor(NamedTuple):
    """The floor of a session, or of the event itself."""

    session_id: str | None
    """The id of the session; None for the event itself."""
    slot: TimeSlot
    """The slot; if postponed, the old one."""
    provision: Provision
    """What is spoken and interpreted there."""
    people: Mapping[Served, int]
    """The number of people served in each way; each person counts once."""


def floors(dossier: Dossier) -> Iterator[Floor]:
    """Yield the floor of each scheduled or postponed session or, without any, that of the event.

    There is no floor in breaks and social events, and none at all while the event is a draft or cancelled.
    """
    event = dossier.event
    if not event.status.is_held or event.slot is None:  # only a draft has no slot
        return
    subjects = sessions_with_floor(event) or (None,)
    # People who take part in a way that a session does not offer are not there.
    alike: defaultdict[AttendanceMode, set[str]] = defaultdict(set)
    for session in subjects:
        alike[_attendance(event, session)].update(() if session is None else (session.id,))
    audiences = {each: audience_of(dossier, ids, each) for each, ids in alike.items()}
    provisions = Provisions(event, dossier.interpretation_requests)
    # Sessions with the same provision and modes share most of the people.
    shared: dict[tuple[Provision, AttendanceMode], dict[Served, int]] = {}
    for session in subjects:
        attendance, provision = _attendance(event, session), provisions.at(session)
        audience = audiences[attendance]
        people = shared.get((provision, attendance))
        if people is None:
            people = shared[provision, attendance] = _served(provision, audience.everywhere)
        if session is None:
            yield Floor(None, event.slot, provision, people)
            return
        if session.id in audience.corrections:
            people = people.copy()
            for each, number in _served(provision, audience.corrections[session.id]).items():
                people[each] = people.get(each, 0) + number
                if not people[each]:  # they come to every other session, and to this one in another way
                    del people[each]
        yield Floor(session.id, session.slot, provision, people)


def _attendance(event: Event, session: Session | None) -> AttendanceMode:
    """Return how a session can be attended; people are at the event itself in any mode."""
    return (None if session is None else event.mode_of(session)) or AttendanceMode.MIXED


def _served(provision: Provision, counts: ListenerCounts) -> dict[Served, int]:
    found: dict[Served, int] = {}
    for listener, number in counts.items():
        first = language = channel = None
        if listener.languages:
            first = listener.languages[0]
            language, channel = provision.serve(listener)
        served = Served(first, language, listener.mode, channel, listener.hears, listener.reads)
        found[served] = found.get(served, 0) + number
    return found
