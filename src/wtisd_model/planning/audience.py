"""The audience of each session: how many people, by the languages they listen in and how they take part."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from attrs import frozen

from wtisd_model.findings import ReprMixin
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Need, Registration, RegistrationState
from wtisd_model.model.submissions import belongs_to
from wtisd_model.rules.identity import Identity, People
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode

_COUNTED = {RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.ATTENDED}


class Listener(NamedTuple):
    """The needs that a group of listeners shares."""

    languages: tuple[str, ...]
    """The languages that they listen in, best first; empty if they named none."""
    mode: ParticipationMode
    """How they take part."""
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
    """Those who come to every session."""
    corrections: Mapping[str, ListenerCounts]
    """The difference for single sessions, by id; negative if people in `everywhere` attend that session differently."""


def audience_of(dossier: Dossier, sessions: AbstractSet[str], attendance: AttendanceMode) -> Audience:
    """Return the audience of a dossier at *sessions*; without any, that of the event itself.

    All these sessions can be attended in the same way, and people who take part in another way are not there. A person
    counts once in a session: of several registrations for it, the first one submitted. `People` decides who is the same
    person; each purged registration is a person of its own. Time and memory grow with the dossier, not with people
    times sessions.
    """
    everywhere: dict[Listener, int] = {}
    corrections: dict[str, dict[Listener, int]] = {}
    kinds: dict[Listener, Listener] = {}  # there are many people, and few kinds of them

    def count(counts: dict[Listener, int], kind: Listener, number: int) -> None:
        counts[kind] = counts.get(kind, 0) + number

    counted = [each for each in dossier.registrations if each.state in _COUNTED and belongs_to(each, dossier.event)]
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
                for each in seen:
                    count(corrections[each], kind, -1)
                break
            for each in (registration.session_ids & sessions) - seen:
                count(corrections.setdefault(each, {}), kind, 1)
                seen.add(each)
    return Audience(everywhere=everywhere, corrections=corrections)


def registrations_by_person(registrations: Sequence[Registration]) -> Iterator[Sequence[Registration]]:
    """Yield the registrations of each person, by the time of submission; a purged one is a person of its own."""
    first: dict[Identity, Registration] = {}
    repeated: dict[Identity, list[Registration]] = {}
    people = People(each.participant for each in registrations if each.participant is not None)
    for each in registrations:
        person = ("purged", "", each.id) if each.participant is None else people.identity(each.participant)
        if first.setdefault(person, each) is not each:
            repeated.setdefault(person, [first[person]]).append(each)
    for person, each in first.items():
        # Of two submitted at the same moment, the one further down is later; sorting keeps that.
        yield sorted(repeated[person], key=lambda each: each.submitted_at) if person in repeated else (each,)
