"""What is wrong or doubtful with a registration beside its event, and with registrations beside each other."""

from collections.abc import Callable, Iterator
from datetime import datetime

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Need, Registration
from wtisd_model.rules.deadlines import Terms
from wtisd_model.rules.identity import same_person
from wtisd_model.rules.references import ids_are_apart, names_known_sessions, names_this_event
from wtisd_model.rules.scripts import mixes_scripts
from wtisd_model.rules.seats import gives_seats, next_in_line, promoted_from, seated, waiting
from wtisd_model.types.attendance import ParticipationMode

Judgement = Callable[[Terms, Registration, datetime], Iterator[Finding]]
"""What an event's terms, at a moment, make of one registration; paths begin at the registration."""


def _is_for_this_event(terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    yield from names_this_event(terms, registration.event_uid)


def _chooses_known_sessions(terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    yield from names_known_sessions(terms, registration.session_ids)


def _mode_is_offered(terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    """R01; a draft without a place offers nothing yet, and refuses nothing."""
    if terms.modes is not None and registration.mode not in terms.modes:
        yield finding(Code.MODE_NOT_OFFERED, "/mode", choices=", ".join(sorted(terms.modes)))


def _sent_in_the_window(terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    """R04."""
    if terms.opens_at is not None and registration.submitted_at < terms.opens_at:
        yield finding(Code.CALL_NOT_OPEN, "/submittedAt")
    if terms.closes_at is not None and registration.submitted_at >= terms.closes_at:
        yield finding(Code.CALL_CLOSED, "/submittedAt")


def _membership_is_addressed(terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    """R07."""
    if terms.audience and registration.membership is not None and registration.membership not in terms.audience:
        yield finding(Code.MEMBERSHIP_NOT_ADDRESSED, "/membership")


def _visa_letter_to_come(_terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    """R08."""
    if Need.VISA_LETTER in registration.needs and registration.mode is ParticipationMode.REMOTE:
        yield finding(Code.VISA_LETTER_REMOTE, "/needs")


def _names_are_in_one_script(_terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    """Word by word: somebody may write a name twice, in two scripts, and a name of one script may be foreign here."""
    person = registration.participant
    names = (
        ("/participant/name", None if person is None else person.name),
        ("/participant/organization", None if person is None else person.organization),
        ("/organization", registration.organization),
        ("/submittedBy", registration.submitted_by),
    )
    for path, name in names:
        if name is not None and mixes_scripts(name):
            yield finding(Code.NAME_MIXES_SCRIPTS, path)


def _checked_in_at_the_event(terms: Terms, registration: Registration, _now: datetime) -> Iterator[Finding]:
    """R09; on the first day itself one may come early."""
    came = registration.checked_in_at
    if came is not None and terms.first_day is not None and came < terms.first_day:
        yield finding(Code.CHECKED_IN_TOO_EARLY, "/checkedInAt")


def _purged_in_time(terms: Terms, registration: Registration, now: datetime) -> Iterator[Finding]:
    """R11."""
    if terms.purge_at is not None and now >= terms.purge_at and registration.purged_at is None:
        yield finding(Code.RETENTION_OVER, days=terms.retention_days)


JUDGEMENTS: tuple[Judgement, ...] = (
    _is_for_this_event,
    _chooses_known_sessions,
    _mode_is_offered,
    _sent_in_the_window,
    _membership_is_addressed,
    _visa_letter_to_come,
    _names_are_in_one_script,
    _checked_in_at_the_event,
    _purged_in_time,
)
"""All that can be said of one registration without looking at the others."""


def judge_registration(terms: Terms, registration: Registration, now: datetime) -> Iterator[Finding]:
    """Judge one registration against the terms of its event; paths begin at the registration."""
    for judgement in JUDGEMENTS:
        yield from judgement(terms, registration, now)


def registrations_keep_terms(dossier: Dossier, now: datetime) -> Iterator[Finding]:
    """R01, R04, R07, R08, R09, R11, S04: each registration is one that the event asked for (see `JUDGEMENTS`)."""
    terms = Terms.of(dossier.event)
    for index, registration in enumerate(dossier.registrations):
        for found in judge_registration(terms, registration, now):
            yield found.prefixed(pointer("registrations", index))


def registration_ids_are_apart(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """No two registrations have one id."""
    return ids_are_apart("registrations", dossier.registrations)


def people_register_once(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """R03: a person has one active registration; the finding is at each that came in after the first.

    Of those that came in at one moment, the one further down is later. For who is the same person see `same_person`.
    """
    seen: set[tuple[str, str]] = set()
    in_order = sorted(enumerate(dossier.registrations), key=lambda each: each[1].submitted_at)
    for index, registration in in_order:
        person = active_person(registration)
        if person is not None:
            if person in seen:
                yield finding(Code.REGISTRATION_REPEATED, pointer("registrations", index, "participant"))
            seen.add(person)


def active_person(registration: Registration) -> tuple[str, str] | None:
    """Give the person whom an active registration keeps from registering again; None where there is none."""
    if registration.participant is None or not registration.state.is_active:
        return None
    return same_person(registration.participant)


def seats_suffice(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """R05: no mode has more registrations with a seat than the call for registrations has seats.

    The findings are at those who had their seat last (see `seat_since`), and of equal ones at the greater ids.
    """
    call = dossier.event.call(CallKind.REGISTRATION)
    if call is None:
        return
    for mode in ParticipationMode:
        capacity = call.capacity(mode)
        if capacity is not None:
            for index in seated(call, mode, dossier.registrations)[capacity:]:
                yield finding(Code.SEATS_EXCEEDED, pointer("registrations", index, "mode"), maximum=capacity)


def free_seats_are_given(dossier: Dossier, now: datetime) -> Iterator[Finding]:
    """R06: nobody waits while a seat is free; the findings are at just those whom `promote` would approve."""
    for index in next_in_line(dossier.event, dossier.registrations, now):
        yield finding(Code.WAITLIST_ORDER, pointer("registrations", index, "state"))


def nobody_is_passed_over(dossier: Dossier, now: datetime) -> Iterator[Finding]:
    """R06: who has a seat from the waitlist had waited longer than all who still wait for one of that mode."""
    if not gives_seats(dossier.event, now):
        return
    for mode in ParticipationMode:
        given = [
            (since, each.id)
            for each in dossier.registrations
            if each.mode is mode and each.state.takes_seat and (since := promoted_from(each)) is not None
        ]
        shortest_wait = max(given, default=None)
        for index in waiting(mode, dossier.registrations, now):
            waits = dossier.registrations[index]
            if shortest_wait is not None and (waits.waitlisted_at, waits.id) < shortest_wait:
                yield finding(Code.WAITLIST_PASSED_OVER, pointer("registrations", index, "state"))
