"""How each language reaches the people at a session: what is provided, and who is served how.

Only approved, assigned and delivered requests count. A tag also matches shorter and longer tags: people who listen in
``fr-CH`` are served by ``fr``, and people who listen in ``en`` by ``en-GB`` (RFC 4647 sections 3.3.1 and 3.4).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain
from typing import NamedTuple, Self

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.model.interpretation import InterpretationRequest, InterpretationService
from wtisd_model.model.session import Session
from wtisd_model.model.submissions import belongs_to
from wtisd_model.planning.audience import Listener, ListenerCounts, audience_of
from wtisd_model.rules.interpretation_schedule import floor_languages, has_floor, sessions_with_floor
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.language import TagSet, is_signed, language_fallbacks
from wtisd_model.types.timeslot import TimeSlot


class Channel(StrEnum):
    """How a language reaches the people who listen in it, best first."""

    FLOOR = "floor"
    """It is spoken, or signed, on the floor."""
    DIRECT = "direct"
    """It is interpreted directly from the floor."""
    RELAY = "relay"
    """It is interpreted from another interpretation; a relay of a relay does not count."""
    SIGN = "sign"
    """It is a signed language, interpreted directly or by relay."""
    CAPTIONS = "captions"
    """It can be read, transcribed or translated directly or by relay."""
    MISSING = "missing"
    """It does not reach them."""


_rank = {channel: rank for rank, channel in enumerate(Channel)}.__getitem__
_RELAYABLE = {InterpretationService.CONSECUTIVE, InterpretationService.SIGN, InterpretationService.SIMULTANEOUS}


class ApprovedService(NamedTuple):
    """The part of an approved request that decides whom it serves."""

    sources: frozenset[str]
    """The source languages; empty means all floor languages, unless it is known what comes by relay."""
    targets: frozenset[str]
    is_written: bool
    can_be_relayed: bool
    """True if all others whose source language it is hear it, and work from it; with a roster it is known who does."""
    delivery: AttendanceMode
    """Where the people are that it is for."""
    is_remote: bool
    relays: frozenset[tuple[str, str]] = frozenset()
    """Each floor language that is known to come by relay, with the language in which they hear it instead."""

    @classmethod
    def of(cls, request: InterpretationRequest) -> Self | None:
        """Return the service that a request asks for; None if it is not approved."""
        if not request.state.is_approved:
            return None
        is_written = request.service is InterpretationService.CAPTIONS
        return cls(
            request.source_languages,
            request.target_languages,
            is_written,
            request.service in _RELAYABLE,
            request.delivery,
            not is_written and request.interpreters_at is ParticipationMode.REMOTE,
        )


class ServicesByLanguage:
    """Approved services that are found by language: those for the whole event, or those for one session."""

    __slots__ = ("_exact", "_longer", "_pivots", "_relayable", "is_remote", "languages", "sources")

    def __init__(self, services: Iterable[ApprovedService]) -> None:
        # Sorted, so that equal dossiers give equal results.
        ordered = sorted(
            set(services),
            key=lambda service: (
                sorted(service.targets),
                sorted(service.sources),
                sorted(service.relays),
                service[2:-1],
            ),
        )
        self._exact: defaultdict[str, list[ApprovedService]] = defaultdict(list)
        self._longer: defaultdict[str, list[ApprovedService]] = defaultdict(list)
        for service in ordered:
            for tag in service.targets:
                self._exact[tag].append(service)
                for shorter in language_fallbacks(tag):
                    self._longer[shorter].append(service)
        self._relayable = [service for service in ordered if service.can_be_relayed]
        self._pivots: dict[str | None, TagSet] = {}
        self.languages: frozenset[str] = frozenset(tag for service in ordered for tag in service.targets)
        self.sources: frozenset[str] = frozenset(tag for service in ordered for tag in service.sources)
        self.is_remote: bool = any(service.is_remote for service in ordered)

    def into(self, tag: str, mode: ParticipationMode, *, written: bool) -> Iterator[ApprovedService]:
        """Yield the services into a language for people in a mode; one may come twice."""
        exact = (self._exact.get(shorter, ()) for shorter in language_fallbacks(tag))
        for service in chain(self._longer.get(tag, ()), *exact):
            if mode in service.delivery.modes and service.is_written == written:
                yield service

    def pivots(self, floor: str | None) -> TagSet:
        """Return the languages that other interpreters can work from while *floor* is spoken."""
        if floor not in self._pivots:
            direct = (service for service in self._relayable if _is_direct(service, floor))
            self._pivots[floor] = TagSet(tag for service in direct for tag in service.targets)
        return self._pivots[floor]


def _is_direct(service: ApprovedService, floor: str | None) -> bool:
    if not service.sources:
        return not service.relays
    return floor is not None and floor in TagSet(service.sources)


_LISTEN, _READ = frozenset({False}), frozenset({True})


def _ways(tag: str, listener: Listener) -> frozenset[bool]:
    """Return the ways in which a language serves people: True if they read it, False if they hear or see it."""
    if listener.hears or is_signed(tag):
        return _LISTEN
    return _READ if listener.reads else frozenset()


# Why: docs/decisions/0015
class Provision:
    """What is provided at a session: its floor languages, and the services for the event and for the session."""

    __slots__ = ("_channels", "_pivots", "_served", "_services", "_worst", "floor")

    def __init__(self, floor: tuple[str, ...], *services: ServicesByLanguage) -> None:
        self.floor: tuple[str, ...] = floor
        self._services: tuple[ServicesByLanguage, ...] = services
        # Many sessions share one provision, and many people need the same.
        self._worst: dict[tuple[str, ParticipationMode, bool], Channel] = {}
        self._served: dict[Listener, tuple[str, Channel]] = {}
        self._channels: dict[str, tuple[Channel, ...]] = {}
        self._pivots: dict[str, tuple[str, ...]] = {}

    @property
    def languages(self) -> frozenset[str]:
        """The floor languages, and those that something is interpreted into."""
        return frozenset(self.floor).union(*(services.languages for services in self._services))

    @property
    def sources(self) -> frozenset[str]:
        """The source languages that services name."""
        return frozenset[str]().union(*(services.sources for services in self._services))

    @property
    def has_remote_interpreters(self) -> bool:
        """True if the interpreters of one service at least work remotely."""
        return any(services.is_remote for services in self._services)

    def serve(self, listener: Listener) -> tuple[str, Channel]:
        """Return the language in which people are served, and the channel. They have named at least one.

        It is the first language that reaches them. If several languages are spoken, and each of theirs reaches them
        from only some of those, theirs may reach them together; then it is the first that helps. If even that fails it
        is their first language, and missing.
        """
        if listener not in self._served:
            self._served[listener] = self._in_one(listener) or self._in_several(listener)
        return self._served[listener]

    def _in_one(self, listener: Listener) -> tuple[str, Channel] | None:
        for tag in listener.languages:
            for read in _ways(tag, listener):
                channel = self._channel(tag, listener.mode, read=read)
                if channel is not Channel.MISSING:
                    return tag, channel
        return None

    def _in_several(self, listener: Listener) -> tuple[str, Channel]:
        by_floor = {
            tag: [self._from_floor(floor, tag, listener.mode, read=read) for floor in self._floors()]
            for tag in listener.languages
            for read in _ways(tag, listener)
        }
        best = [min(channels, key=_rank) for channels in zip(*by_floor.values(), strict=True)]
        if not best or Channel.MISSING in best:
            return listener.languages[0], Channel.MISSING
        first = next(tag for tag, channels in by_floor.items() if {*channels} != {Channel.MISSING})
        return first, max(best, key=_rank)

    def channels(self, tag: str) -> tuple[Channel, ...]:
        """Return the channels through which a language reaches anybody, best first."""
        if tag not in self._channels:
            channels = {self._channel(tag, mode, read=read) for mode in ParticipationMode for read in (False, True)}
            self._channels[tag] = tuple(sorted(channels - {Channel.MISSING}, key=_rank))
        return self._channels[tag]

    def channels_from(self, floor: str | None, tag: str) -> frozenset[Channel]:
        """Return the channels through which a language reaches anybody while *floor* is spoken; None for anything."""
        return frozenset(
            self._from_floor(floor, tag, mode, read=read) for mode in ParticipationMode for read in (False, True)
        )

    def relayed_from(self, tag: str) -> tuple[str, ...]:
        """Return the languages from which interpreters into *tag* work if none works directly from the floor."""
        if tag not in self._pivots:
            pivots = (self._pivots_of(tag, mode, floor) for mode in ParticipationMode for floor in self._floors())
            self._pivots[tag] = tuple(sorted(set[str]().union(*pivots)))
        return self._pivots[tag]

    def _pivots_of(self, tag: str, mode: ParticipationMode, floor: str | None) -> set[str]:
        if self._from_floor(floor, tag, mode, read=False) not in {Channel.RELAY, Channel.SIGN}:
            return set()
        interpreted = tuple(self._into(tag, mode, written=False))
        if any(_is_direct(service, floor) for service in interpreted):
            return set()
        return {*self._relayed(interpreted, floor)}

    def _channel(self, tag: str, mode: ParticipationMode, *, read: bool) -> Channel:
        """Return how a language reaches people in a mode who hear or see it or, with *read*, read it.

        If several languages are spoken on the floor, that is the worst channel from any of them. If the floor is not
        stated, only services from all that is spoken count.
        """
        key = tag, mode, read
        if key not in self._worst:
            channels = [self._from_floor(floor, tag, mode, read=read) for floor in self._floors()]
            self._worst[key] = max(channels, key=_rank)
        return self._worst[key]

    def _floors(self) -> tuple[str | None, ...]:
        return self.floor or (None,)

    def _from_floor(self, floor: str | None, tag: str, mode: ParticipationMode, *, read: bool) -> Channel:
        """Return the channel through which people who listen in *tag* follow one floor language."""
        if not read:
            if floor is not None and floor in TagSet((tag,)):
                return Channel.FLOOR
            interpreted = tuple(self._into(tag, mode, written=False))
            if any(_is_direct(service, floor) for service in interpreted):
                return Channel.SIGN if is_signed(tag) else Channel.DIRECT
            if any(self._relayed(interpreted, floor)):
                return Channel.SIGN if is_signed(tag) else Channel.RELAY
        written = tuple(self._into(tag, mode, written=True))
        if any(_is_direct(service, floor) for service in written) or any(self._relayed(written, floor)):
            return Channel.CAPTIONS
        return Channel.MISSING

    def _into(self, tag: str, mode: ParticipationMode, *, written: bool) -> Iterator[ApprovedService]:
        for services in self._services:
            yield from services.into(tag, mode, written=written)

    def _relayed(self, interpreted: Iterable[ApprovedService], floor: str | None) -> Iterator[str]:
        """Yield the languages in which interpreters of some services hear others while *floor* is spoken."""
        for service in interpreted:
            for source in service.sources:
                if any(source in services.pivots(floor) for services in self._services):
                    yield source
            for heard, pivot in service.relays:
                if floor is not None and floor in TagSet((heard,)):
                    yield pivot


class ProvisionsOfEvent:
    """The provisions of an event and its sessions; those with equal floor languages and services share one."""

    def __init__(self, event: Event, services: Iterable[tuple[str | None, ApprovedService]]) -> None:
        self._event = event
        self._services: defaultdict[str | None, set[ApprovedService]] = defaultdict(set)
        for id_, service in services:
            self._services[id_].add(service)
        self._for_event = ServicesByLanguage(self._services.get(None, ()))
        self._known: dict[tuple[object, ...], Provision] = {}

    def at(self, session: Session | None) -> Provision:
        """Return the provision of a session, or for None that of the event, which no service for a session serves.

        Where nobody has the floor, nothing is interpreted.
        """
        event, has_services = self._event, has_floor(self._event, session)
        languages = floor_languages(event, session)
        own = frozenset(self._services.get(session.id, ()) if session is not None and has_services else ())
        key = languages, own, has_services
        if key not in self._known:
            services = [self._for_event, *([ServicesByLanguage(own)] if own else [])] if has_services else []
            self._known[key] = Provision(languages, *services)
        return self._known[key]


def services_asked_for(
    event: Event, requests: Iterable[InterpretationRequest]
) -> Iterator[tuple[str | None, ApprovedService]]:
    """Yield the approved services for an event, each with its session; with None for the whole event."""
    for request in requests:
        service = ApprovedService.of(request)
        if service is not None and belongs_to(request, event):
            for id_ in request.session_ids or (None,):
                yield id_, service


class Served(NamedTuple):
    """The way in which a group of people is served."""

    first: str | None
    """The language that they prefer; None if they named none."""
    language: str | None
    """The language in which they are served; if none of theirs reaches them, the first."""
    mode: ParticipationMode
    channel: Channel | None
    """How the language reaches them; None if they named none."""
    hears: bool
    reads: bool
    """True if they need captions."""


class Floor(NamedTuple):
    """The floor of a session, or of the event itself."""

    session_id: str | None
    slot: TimeSlot
    """The slot; if postponed, the old one."""
    provision: Provision
    people: Mapping[Served, int]
    """The number of people served in each way; each person counts once."""


def floors(dossier: Dossier, services: Iterable[tuple[str | None, ApprovedService]] | None = None) -> Iterator[Floor]:
    """Yield the floor of each scheduled or postponed session or, without any, that of the event.

    *services* are what is provided, each with its session; by default what requests ask for.
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
    audiences = {attendance: audience_of(dossier, ids, attendance) for attendance, ids in alike.items()}
    if services is None:
        services = services_asked_for(event, dossier.interpretation_requests)
    provisions = ProvisionsOfEvent(event, services)
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
            for served, number in _served(provision, audience.corrections[session.id]).items():
                people[served] = people.get(served, 0) + number
                if not people[served]:  # they come to every other session, and to this one in another way
                    del people[served]
        yield Floor(session.id, session.slot, provision, people)


def _attendance(event: Event, session: Session | None) -> AttendanceMode:
    """Return how a session can be attended; people are at the event itself in any mode."""
    return (None if session is None else event.mode_of(session)) or AttendanceMode.MIXED


def _served(provision: Provision, counts: ListenerCounts) -> dict[Served, int]:
    people: dict[Served, int] = {}
    for listener, number in counts.items():
        first = language = channel = None
        if listener.languages:
            first = listener.languages[0]
            language, channel = provision.serve(listener)
        served = Served(first, language, listener.mode, channel, listener.hears, listener.reads)
        people[served] = people.get(served, 0) + number
    return people
