"""Each place of a dossier where people listen, a session or the event itself: who is there, and what is offered."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.session import Session
from wtisd_model.planning.listeners import Crowd, listeners
from wtisd_model.planning.ways import Granted, Grants, Offer, Way, granted
from wtisd_model.rules.schedule import floor_languages, sessions_held
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.timeslot import TimeSlot


class Served(NamedTuple):
    """People who are served alike."""

    first: str | None
    """The language that they would like best; None where they named none."""
    language: str | None
    """The language in which they are served; where none of theirs comes to them, the first."""
    mode: ParticipationMode
    """In the room or from afar."""
    way: Way | None
    """How it comes to them; None where they named no language."""
    hears: bool
    """Whether what is spoken serves them."""
    reads: bool
    """Whether they need captions."""


class Place(NamedTuple):
    """A session, or the event itself."""

    session: Session | None
    """The session; None for the event itself."""
    slot: TimeSlot
    """When."""
    offer: Offer
    """What is spoken and interpreted there."""
    people: Mapping[Served, int]
    """How many are served how; each person counts once."""

    @property
    def session_id(self) -> str | None:
        """The id of the session; None for the event itself."""
        return None if self.session is None else self.session.id


def places(dossier: Dossier) -> Iterator[Place]:
    """Give the sessions that take place or, with none, the event; nothing where that is a draft or cancelled."""
    event = dossier.event
    if not event.status.is_held or event.slot is None:  # only a draft has no slot
        return
    held = sessions_held(event)
    crowds = listeners(dossier, {each.id for each in held})
    offers = _Offers(dossier)
    everywhere: dict[Offer, dict[Served, int]] = {}
    for session in held or (None,):
        offer = offers.at(floor_languages(event, session), None if session is None else session.id)
        if offer not in everywhere:
            everywhere[offer] = _served(offer, crowds.everywhere)
        people = everywhere[offer]
        besides = None if session is None else crowds.besides.get(session.id)
        if besides is not None:
            people = people.copy()
            for each, number in _served(offer, besides).items():
                people[each] = people.get(each, 0) + number
                if not people[each]:  # they come to every other session, and to this one in another way
                    del people[each]
        yield Place(session, event.slot if session is None else session.slot, offer, people)


def _served(offer: Offer, crowd: Crowd) -> dict[Served, int]:
    found: dict[Served, int] = {}
    for listener, number in crowd.items():
        first = language = way = None
        if listener.languages:
            first = listener.languages[0]
            language, way = offer.serves(listener)
        served = Served(first, language, listener.mode, way, listener.hears, listener.reads)
        found[served] = found.get(served, 0) + number
    return found


class _Offers:
    """The offers of an event: sessions with the same floor and the same requests have the same one."""

    def __init__(self, dossier: Dossier) -> None:
        whole: set[Granted] = set()
        besides: defaultdict[str, set[Granted]] = defaultdict(set)
        for request in dossier.interpretation_requests:
            grant = granted(request)
            if grant is None or request.event_uid != dossier.event.uid:
                continue
            if not request.session_ids:
                whole.add(grant)
            for each in request.session_ids:
                besides[each].add(grant)
        self._whole = Grants(whole)
        self._besides = besides
        self._made: dict[tuple[tuple[str, ...], frozenset[Granted]], Offer] = {}

    def at(self, floor: tuple[str, ...], session_id: str | None) -> Offer:
        """Give what is offered at a session, or at the event itself."""
        # With no session that takes place, what was granted for single ones is for nobody.
        besides = frozenset[Granted]() if session_id is None else frozenset(self._besides.get(session_id, ()))
        key = floor, besides
        if key not in self._made:
            self._made[key] = Offer(floor, self._whole, *([Grants(besides)] if besides else []))
        return self._made[key]
