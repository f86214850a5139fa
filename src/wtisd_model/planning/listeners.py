"""Who listens: the people at each session, counted by the languages that they listen in and how they take part."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from attrs import frozen

from wtisd_model.findings import ReprMixin
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Need, Registration, RegistrationState
from wtisd_model.rules.identity import identity_of
from wtisd_model.types.attendance import ParticipationMode

_COUNTED = {RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.ATTENDED}


class Listener(NamedTuple):
    """What people who are served alike have in common."""

    languages: tuple[str, ...]
    """The languages that they listen in, the best first; none where they named none."""
    mode: ParticipationMode
    """In the room or from afar."""
    reads: bool
    """Whether they need captions."""
    watches: bool
    """Whether they need a signed language."""

    @property
    def hears(self) -> bool:
        """Whether what is spoken serves them."""
        return not (self.reads or self.watches)


Crowd = Mapping[Listener, int]
"""How many there are of each kind."""


@frozen(kw_only=True, eq=False, repr=False)
class Listeners(ReprMixin):
    """The people of a dossier: those who come to everything, and for single sessions who comes besides or does not."""

    everywhere: Crowd
    """Those who come to every session."""
    besides: Mapping[str, Crowd]
    """By the id of a session, those who come to it besides; fewer than none where the same people come otherwise."""


def listeners(dossier: Dossier, sessions: AbstractSet[str]) -> Listeners:
    """Count the people of a dossier at some of its sessions; with none, the event itself is all there is.

    A person counts once in a session: of several registrations for it, the one that came in first. Who is the same
    person, `identity_of` says; who has been purged is a person of their own. Time and memory grow with the dossier.
    """
    everywhere: dict[Listener, int] = {}
    besides: dict[str, dict[Listener, int]] = {}
    kinds: dict[Listener, Listener] = {}  # there are many people and few kinds of them

    def count(crowd: dict[Listener, int], kind: Listener, number: int) -> None:
        crowd[kind] = crowd.get(kind, 0) + number

    for person in _people(dossier):
        seen: set[str] = set()
        for registration in person:
            kind = _kind(registration)
            kind = kinds.setdefault(kind, kind)
            if not sessions or not registration.session_ids:
                count(everywhere, kind, 1)
                for each in seen:
                    count(besides[each], kind, -1)
                break
            for each in (registration.session_ids & sessions) - seen:
                count(besides.setdefault(each, {}), kind, 1)
                seen.add(each)
    return Listeners(everywhere=everywhere, besides=besides)


def _people(dossier: Dossier) -> Iterator[Sequence[Registration]]:
    """Give the registrations of each person that count, in the order in which they came in."""
    first: dict[tuple[str, str], Registration] = {}
    several: dict[tuple[str, str], list[Registration]] = {}
    for each in dossier.registrations:
        if each.state in _COUNTED and each.event_uid == dossier.event.uid:
            person = ("id", each.id) if each.participant is None else identity_of(each.participant)
            if first.setdefault(person, each) is not each:
                several.setdefault(person, [first[person]]).append(each)
    for person, each in first.items():
        # Of those that came in at one moment, the one further down is later; sorting keeps that.
        yield sorted(several[person], key=lambda each: each.submitted_at) if person in several else (each,)


def _kind(registration: Registration) -> Listener:
    needs = registration.needs
    return Listener(
        registration.listening_languages,
        registration.mode,
        Need.CAPTIONS in needs,
        Need.SIGN_LANGUAGE in needs,
    )
