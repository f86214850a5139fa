"""The people at a session whom languages have to reach: what they listen in, what they need, and how many they are."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import NamedTuple

from attrs import frozen

from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Need, Registration, RegistrationState
from wtisd_model.model.submissions import belongs_to
from wtisd_model.objects import ReprMixin
from wtisd_model.rules.identity import Identity, People
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode

_COUNTED_LISTENERS = {RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.ATTENDED}


class Listener(NamedTuple):
    """The needs that a group of listeners shares."""

    languages: tuple[str, ...]
    """The languages that they listen in, best first; empty if they named none."""
    mode: ParticipationMode
    reads: bool
    """True if they need captions."""
    watches: bool
    """True if they need a signed language."""

    @property
    def hears(self) -> bool:
        """True if spoken languages serve them."""
        return not (self.reads or self.watches)


ListenerCounts = Mapping[Listener, int]
"""How many people there are of each kind."""


@frozen(kw_only=True, eq=False, repr=False)
class Audience(ReprMixin):
    """The people of a dossier at some sessions: those who come to all of these, and corrections for single ones."""

    everywhere: ListenerCounts
    corrections: Mapping[str, ListenerCounts]
    """The difference for single sessions, by id; negative if people in `everywhere` attend that session differently."""


def audience_of(dossier: Dossier, sessions: AbstractSet[str], attendance: AttendanceMode) -> Audience:
    """Return the audience of a dossier at *sessions*; without any, that of the event itself.

    All these sessions can be attended in the same way, and people who take part in another way are not there. A person
    counts once in a session: of several registrations for it, the first one submitted, and not where they wait for a
    seat. `People` decides who is the same person; each purged registration is a person of its own. Time and memory grow
    with the dossier, not with people times sessions.
    """
    everywhere: dict[Listener, int] = {}
    corrections: dict[str, dict[Listener, int]] = {}
    kinds: dict[Listener, Listener] = {}  # there are many people, and few kinds of them

    def count(counts: dict[Listener, int], kind: Listener, number: int) -> None:
        counts[kind] = counts.get(kind, 0) + number

    counted = [
        registration
        for registration in dossier.registrations
        if registration.state in _COUNTED_LISTENERS and belongs_to(registration, dossier.event)
    ]
    for person in registrations_by_person(counted):
        seen: set[str] = set()
        for registration in person:
            if registration.mode not in attendance.modes:
                continue
            kind = Listener(
                registration.listening_languages,
                registration.mode,
                Need.CAPTIONS in registration.needs,
                Need.SIGN_LANGUAGE in registration.needs,
            )
            kind = kinds.setdefault(kind, kind)
            if not sessions or not registration.session_ids:
                count(everywhere, kind, 1)
                for id_ in seen:
                    count(corrections[id_], kind, -1)
                break
            for id_ in (registration.attended_ids & sessions) - seen:
                count(corrections.setdefault(id_, {}), kind, 1)
                seen.add(id_)
    return Audience(everywhere=everywhere, corrections=corrections)


def registrations_by_person(registrations: Sequence[Registration]) -> Iterator[Sequence[Registration]]:
    """Yield the registrations of each person, by the time of submission; a purged one is a person of its own."""
    first: dict[Identity, Registration] = {}
    repeated: dict[Identity, list[Registration]] = {}
    people = People(registration.participant for registration in registrations if registration.participant is not None)
    for registration in registrations:
        person = (
            ("purged", "", registration.id)
            if registration.participant is None
            else people.identity(registration.participant)
        )
        if first.setdefault(person, registration) is not registration:
            repeated.setdefault(person, [first[person]]).append(registration)
    for person, registration in first.items():
        # Of two submitted at the same moment, the one further down is later; sorting keeps that.
        several = repeated.get(person)
        yield (registration,) if several is None else sorted(several, key=attrgetter("submitted_at"))
