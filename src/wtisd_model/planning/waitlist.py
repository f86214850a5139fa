"""Who gets seats: `promote` for those who wait, `approve` for those who are pending, `choose` for other sessions."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.model.call import CallKind
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.registration import REGISTRATION_STATES, Registration, RegistrationState, Wait, ended
from wtisd_model.model.submissions import belongs_to
from wtisd_model.rules.context import Context, PreparedDossier
from wtisd_model.rules.registration import without_seat
from wtisd_model.rules.seats import limited_seats, seats_due, seats_held, seats_unclaimed
from wtisd_model.rules.submission import modes_are_offered, sessions_exist, sessions_take_place
from wtisd_model.types.arguments import require_instance, require_iterable
from wtisd_model.types.attendance import SeatId
from wtisd_model.types.moment import moment_in_utc


def promote(dossier: Dossier, *, now: datetime) -> Dossier:
    """Return the dossier with free seats given to those who wait for them, at the event and in its sessions.

    On-site and remote seats are separate. Seats at the event go to waitlisted registrations, in the order of
    ``waitlisted_at``, then of ``submitted_at``, then of ``id``: they are approved. Seats in a session go to those who
    wait for it and have a seat at the event, in the order of the moment since which they wait, and then as before.
    Somebody who was waitlisted has waited for the chosen sessions since then, and goes on waiting for those that are
    full (`Registration.waits`). A seat that is not limited is given to everybody who waits for it, and those who wait
    get seats even if the call's waitlist was closed.

    Other registrations stay as they are. No seat is for purged ones, those that name another event, a session that the
    event does not have or only cancelled ones, those whose mode is not offered, and people who hold it already.
    Nothing changes without a call for registrations, nor once the event is cancelled or over.

    Args:
        dossier: the event and its registrations.
        now: the present moment, aware; it becomes the moment of the approvals, and ends the waits.

    Raises:
        InvalidValueError: ``wrong-type``, ``moment-naive`` or ``moment-unreadable`` for *now*; ``too-many-items`` if a
            history has no room for one more transition.
    """
    moment = moment_in_utc(now, "/now")
    due = seats_due(require_dossier(dossier).event, dossier.registrations, moment)
    return _with(
        dossier,
        {position: _seated(dossier.registrations[position], seats, moment) for position, seats in due.items()},
    )


def approve(
    dossier: Dossier, ids: Iterable[str], *, now: datetime, by: str | None = None, note: str | None = None
) -> Dossier:
    """Return the dossier with pending registrations approved, as far as there are seats.

    In the order of submission, each gets its seat at the event, and those in its sessions that are free; for the others
    it waits (`Registration.waits`). Without a seat at the event it is waitlisted. If the call for registrations has no
    waitlist, a registration that would have to wait stays pending. Seats that are due to those who wait already are not
    free; one of these that is named is approved if a seat is due to it, as by `promote`, and keeps waiting if not.

    A registration that could not come stays pending too: its sessions are not in the event, or are all cancelled, or do
    not offer its mode, or the person holds a seat with another one. So does everybody once the event is cancelled or
    over.

    Args:
        dossier: the event and its registrations.
        ids: those of the registrations.
        now: the present moment, aware.
        by: who decided.
        note: the reason.

    Raises:
        InvalidValueError: one error with a finding for each id that cannot be approved: ``registration-unknown``,
            ``move-not-allowed``, ``event-uid-differs``, ``registration-purged``; the codes of *now*, *by* and *note*.
        TypeError: *dossier* is not a Dossier, or *ids* is not an iterable of strings.
    """
    moment, event = moment_in_utc(now, "/now"), require_dossier(dossier).event
    registrations = dossier.registrations
    positions = {registration.id: position for position, registration in enumerate(registrations)}
    named: set[int] = set()
    refused: list[Finding] = []
    for index, id_ in enumerate(require_iterable(ids, "ids")):
        position = positions.get(require_instance(id_, str, "ids must be ids of registrations, which are strings."))
        if position is None:
            refused.append(finding(Code.REGISTRATION_UNKNOWN, pointer("ids", index)))
            continue
        registration = registrations[position]
        if registration.state not in {RegistrationState.PENDING, RegistrationState.WAITLISTED}:
            choices = REGISTRATION_STATES.choices(registration.state)
            refused.append(finding(Code.MOVE_NOT_ALLOWED, pointer("ids", index), choices=choices))
        elif not belongs_to(registration, event):
            refused.append(finding(Code.EVENT_UID_DIFFERS, pointer("ids", index)))
        elif registration.participant is None:
            refused.append(finding(Code.REGISTRATION_PURGED, pointer("ids", index)))
        named.add(position)
    if refused:
        raise InvalidValueError(*refused)
    pending = [position for position in named if registrations[position].state is RegistrationState.PENDING]
    joining = {position for position in pending if not seats_held(event, registrations[position])}
    due = seats_due(event, registrations, moment, joining)
    changed: dict[int, Registration] = {}
    for position in named:
        registration = registrations[position]
        seats = due.get(position, frozenset()).union(seats_held(event, registration))
        if None in seats:
            changed[position] = _seated(registration, seats, moment, by, note)
        elif position in due:
            changed[position] = registration.waitlist(at=moment, by=by, note=note)
    return _with(dossier, changed)


def choose(dossier: Dossier, id: str, session_ids: Iterable[str], *, now: datetime) -> Dossier:
    """Return the dossier with other sessions chosen for a registration: seats where there are any, waits elsewhere.

    A wait for a session that is given up ends. If the registration holds a seat at the event, it gets one in each new
    session that has one left for a newcomer, and waits for the others. Other registrations get no seats: what was given
    up is there for `promote`.

    Args:
        dossier: the event and its registrations.
        id: the id of the registration.
        session_ids: all sessions that the person chooses now; none means the whole event.
        now: the present moment, aware.

    Raises:
        InvalidValueError: ``registration-unknown``, ``event-uid-differs``, ``registration-purged``;
            ``session-unknown``, ``session-cancelled``, ``session-mode-not-offered`` or ``mode-only-in-sessions`` for
            the new choice; ``session-seats-exceeded`` if a new session is full, and the call has no waitlist or the
            person did not come; ``too-many-items`` if there is no room for more waits; the codes of *now*, and
            ``wait-ends-before-start`` if it is before a wait that ends.
        TypeError: *dossier* is not a Dossier, or *session_ids* is not an iterable of strings.
    """
    moment, event = moment_in_utc(now, "/now"), require_dossier(dossier).event
    chosen = frozenset(
        require_instance(id_, str, "session_ids must be ids of sessions, which are strings.")
        for id_ in require_iterable(session_ids, "session_ids")
    )
    position = next((index for index, each in enumerate(dossier.registrations) if each.id == id), None)
    if position is None:
        raise InvalidValueError(finding(Code.REGISTRATION_UNKNOWN, "/id"))
    before = dossier.registrations[position]
    if not belongs_to(before, event):
        raise InvalidValueError(finding(Code.EVENT_UID_DIFFERS, "/id"))
    if before.participant is None:  # `promote` would never end its waits
        raise InvalidValueError(finding(Code.REGISTRATION_PURGED, "/id"))
    added = chosen - before.session_ids
    kept = ended(before.waits, moment, before.session_ids - chosen)
    after = evolve(before, session_ids=chosen, waits=kept)
    if added or not chosen:
        # As for somebody who asks now: the rules let be what can no longer be changed.
        context = Context(PreparedDossier(dossier), moment, position)
        asked = evolve(
            before,
            session_ids=added,
            waits=(),
            state=RegistrationState.PENDING,
            history=(),
            waitlisted_at=None,
            checked_in_at=None,
        )
        for rule in (sessions_exist, sessions_take_place, modes_are_offered):
            if refused := tuple(rule.judge(context, asked)):
                raise InvalidValueError(*refused)
    if seats_held(event, before):
        call = event.call(CallKind.REGISTRATION)
        may_wait = before.state is not RegistrationState.NO_SHOW and call is not None and call.waitlist
        limited = limited_seats(event, dossier.registrations)
        left = seats_unclaimed(event, dossier.registrations, limited, moment)[before.mode]
        full = sorted(id_ for id_ in added if left.get(id_, 1) < 1)
        if full and not may_wait:
            offers = limited[before.mode]
            raise InvalidValueError(*(without_seat(id_, offers[id_].capacity, has_to_wait=False) for id_ in full))
        # A seat that is had at once is a wait that has ended: so it is known since when.
        waits = [Wait(session_id=id_, since=moment, until=None if id_ in full else moment) for id_ in sorted(added)]
        after = evolve(after, waits=(*kept, *waits))
    return _with(dossier, {position: after})


def _seated(
    registration: Registration,
    seats: frozenset[SeatId],
    at: datetime,
    by: str | None = None,
    note: str | None = None,
) -> Registration:
    """Return a registration with *seats* that it gets: it waits for its other sessions as long as it has waited."""
    waits = [*ended(registration.waits, at, seats)]
    if None in seats:
        since, awaited = registration.waitlisted_at or at, registration.session_ids - registration.attended_ids
        registration = registration.approve(at=at, by=by, note=note)
        full = sorted(registration.session_ids - awaited - seats)
        waits += [Wait(session_id=id_, since=since) for id_ in full]
    return evolve(registration, waits=tuple(waits)) if waits else registration


def _with(dossier: Dossier, changed: Mapping[int, Registration]) -> Dossier:
    """Return the dossier with registrations *changed* at their positions; itself if none is."""
    if not changed:
        return dossier
    registrations = list(dossier.registrations)
    for position, registration in changed.items():
        registrations[position] = registration
    return evolve(dossier, registrations=tuple(registrations))
