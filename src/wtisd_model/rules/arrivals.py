"""What comes in for a dossier, one at a time: each registration, request or pledge is judged before it is taken in."""

from collections.abc import Iterator
from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.interpretation import InterpretationRequest
from wtisd_model.model.pledge import Pledge
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.rules.deadlines import Terms
from wtisd_model.rules.interpretation import judge_request
from wtisd_model.rules.pledge import judge_pledge
from wtisd_model.rules.programme import Programme
from wtisd_model.rules.registration import active_person, judge_registration
from wtisd_model.rules.seats import seated, takes_seat
from wtisd_model.rules.sorting import in_document_order
from wtisd_model.types.attendance import ParticipationMode
from wtisd_model.types.timeslot import moment_in_utc

Arrival = Registration | InterpretationRequest | Pledge
"""What somebody sends in."""


class Arrivals:
    """A dossier made ready to judge what comes in for it, in a time that does not grow with it.

    It does not change: what it has judged is not in the dossier until somebody puts it there.
    """

    __slots__ = ("_call", "_full", "_people", "_pledges", "_programme", "_registrations", "_requests", "_terms")

    def __init__(self, dossier: Dossier) -> None:
        call = dossier.event.call(CallKind.REGISTRATION)
        self._terms = Terms.of(dossier.event)
        self._programme = Programme.of(dossier.event)
        self._call = call
        self._full = {} if call is None else dict(_full(call, dossier))
        self._people = frozenset(map(active_person, dossier.registrations)) - {None}
        self._registrations = frozenset(each.id for each in dossier.registrations)
        self._requests = frozenset(each.id for each in dossier.interpretation_requests)
        self._pledges = frozenset(each.id for each in dossier.pledges)

    def findings(self, thing: Arrival, now: datetime) -> tuple[Finding, ...]:
        """Tell all that the rules have to say about one thing beside the dossier; paths begin at the thing.

        Beside what `check` would say with the thing at the end of the dossier, a pending registration is told that
        the seats of its mode are taken (``seats-exceeded``) where it cannot wait for one.

        Args:
            thing: a registration, a request for interpretation or a pledge.
            now: the present moment, aware.

        Raises:
            InvalidValueError: ``wrong-type`` or ``moment-naive`` for *now*.
        """
        return in_document_order(type(thing), self._found(thing, moment_in_utc(now, "/now")))

    def _found(self, thing: Arrival, now: datetime) -> Iterator[Finding]:
        if isinstance(thing, Registration):
            taken = self._registrations
            yield from judge_registration(self._terms, thing, now)
            yield from self._beside_the_others(thing)
        elif isinstance(thing, InterpretationRequest):
            taken = self._requests
            yield from judge_request(self._terms, self._programme, thing)
        else:
            taken = self._pledges
            yield from judge_pledge(self._terms, thing, now)
        if thing.id in taken:
            yield finding(Code.ID_REPEATED, "/id")

    def _beside_the_others(self, registration: Registration) -> Iterator[Finding]:
        if active_person(registration) in self._people:
            yield finding(Code.REGISTRATION_REPEATED, "/participant")
        if self._call is not None and registration.mode in self._full and _needs_seat(self._call, registration.state):
            yield finding(Code.SEATS_EXCEEDED, "/mode", maximum=self._full[registration.mode])


def _full(call: Call, dossier: Dossier) -> Iterator[tuple[ParticipationMode, int]]:
    """The modes of which all seats are taken, with the number of seats."""
    for mode in ParticipationMode:
        capacity = call.capacity(mode)
        if capacity is not None and len(seated(call, mode, dossier.registrations)) >= capacity:
            yield mode, capacity


def _needs_seat(call: Call, state: RegistrationState) -> bool:
    """R05: full means waitlisted where the call allows it, else refused. A pending one can still be waitlisted."""
    if state is RegistrationState.PENDING:
        return not call.waitlist
    return takes_seat(call, state)
