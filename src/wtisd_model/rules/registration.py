"""Rules about registrations: on their own, and compared with the other registrations of their event."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from unicodedata import category

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.locales import language_with_words
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.registration import Need, Registration, RegistrationState, Wait
from wtisd_model.model.submissions import belongs_to
from wtisd_model.rules.context import Context, PreparedDossier
from wtisd_model.rules.identity import active_participant, mailbox_of
from wtisd_model.rules.seats import capacities, holds_seat, passed_over, seats_due, waiting
from wtisd_model.rules.session import WITHOUT_BOOKINGS, Booking, conflicts
from wtisd_model.rules.submission import last_step_before_start, outside_window, rule_for
from wtisd_model.schema.constraints import compiled
from wtisd_model.types.attendance import ParticipationMode, SeatId


@rule_for(Registration)
def registrations_are_in_the_window(context: Context, registration: Registration) -> Iterator[Finding]:
    """R04: a registration is submitted while registration is open (see `PreparedDossier.windows`)."""
    yield from outside_window(context, registration)


@rule_for(Registration)
def memberships_are_addressed(context: Context, registration: Registration) -> Iterator[Finding]:
    """R07: the event is addressed to the membership of the participant."""
    audience, membership = context.dossier.event.audience, registration.membership
    if audience and membership is not None and membership not in audience:
        yield finding(Code.MEMBERSHIP_NOT_ADDRESSED, "/membership")


@rule_for(Registration)
def visa_letters_are_for_on_site(_context: Context, registration: Registration) -> Iterator[Finding]:
    """R08: nobody who takes part remotely needs a letter for a visa."""
    if Need.VISA_LETTER in registration.needs and registration.mode is ParticipationMode.REMOTE:
        yield finding(Code.VISA_LETTER_REMOTE, "/needs")


@rule_for(Registration)
def names_use_one_script(_context: Context, registration: Registration) -> Iterator[Finding]:
    """No word of a name mixes scripts that look alike.

    Each word is judged alone: somebody may write a name twice, in two scripts.
    """
    person = registration.participant
    names = (
        ("/participant/name", None if person is None else person.name),
        ("/participant/organization", None if person is None else person.organization),
        ("/organization", registration.organization),
        ("/filedBy/name", None if registration.filed_by is None else registration.filed_by.name),
        ("/submittedBy", registration.submitted_by),
    )
    for path, name in names:
        if name is not None and mixes_scripts(name):
            yield finding(Code.NAME_MIXES_SCRIPTS, path)


def participants_read_our_words(dossier: Dossier, _now: datetime) -> Iterator[Finding]:
    """There are words in the languages of participants; the first reader of one without any has the finding."""
    told: set[str] = set()
    for index, registration in enumerate(dossier.registrations):
        participant = registration.participant
        tag = participant and participant.language
        if tag and registration.state.is_active and language_with_words(tag) is None:
            language = tag.partition("-")[0]
            if language not in told:
                told.add(language)
                yield finding(Code.LANGUAGE_WITHOUT_WORDS, pointer("registrations", index, "participant", "language"))


@rule_for(Registration)
def sessions_can_be_attended(context: Context, registration: Registration) -> Iterator[Finding]:
    """Nobody can be on site in two sessions at the same time; a remote participant may follow both.

    A session that the person waits for does not count. One of whole days, such as an exhibition, leaves time for
    others.
    """
    if registration.mode is not ParticipationMode.ON_SITE or not registration.state.is_open:
        return
    sessions = context.dossier.sessions
    chosen = [sessions[id_] for id_ in sorted(registration.attended_ids & sessions.keys())]
    bookings = (
        Booking((), session.slot.starts_at, session.slot.ends_at, index, "/sessionIds")
        for index, session in enumerate(chosen)
        if session.status not in WITHOUT_BOOKINGS and not session.slot.whole_days
    )
    for later, earlier in islice(conflicts(bookings), 1):
        both = ", ".join(sorted(chosen[booking.session].id for booking in (earlier, later)))
        yield finding(Code.SESSIONS_PARALLEL, "/sessionIds", ids=both)


@rule_for(Registration)
def check_ins_are_at_the_event(context: Context, registration: Registration) -> Iterator[Finding]:
    """R09: nobody is checked in before the first day of the event, when one may come early, or after its last day."""
    came, dossier = registration.checked_in_at, context.dossier
    if came is None:
        return
    if dossier.first_day_begins_at is not None and came < dossier.first_day_begins_at:
        yield finding(Code.CHECKED_IN_TOO_EARLY, "/checkedInAt")
    if dossier.last_day_ends_at is not None and came >= dossier.last_day_ends_at:
        yield finding(Code.CHECKED_IN_TOO_LATE, "/checkedInAt")


@rule_for(Registration)
def no_shows_are_at_the_event(context: Context, registration: Registration) -> Iterator[Finding]:
    """Nobody is missing before the event begins, or the first session that the person chose."""
    if registration.state is RegistrationState.NO_SHOW and last_step_before_start(context, registration):
        yield finding(Code.NO_SHOW_TOO_EARLY, pointer("history", len(registration.history) - 1, "at"))


@rule_for(Registration)
def people_register_once(context: Context, registration: Registration) -> Iterator[Finding]:
    """R03: a person has one active registration; the findings are at all that were submitted after the first.

    The first is one for the event of the dossier, whatever came in before it for another. Of two submitted at the same
    moment, the one further down the list is later. `People` decides who is the same person: people with different names
    may share a mailbox, which is a warning.
    """
    person, dossier = active_participant(registration), context.dossier
    if person is None:
        return
    if dossier.first_registrations.get(dossier.people.identity(person), context.position) != context.position:
        yield finding(Code.REGISTRATION_REPEATED, "/participant")
    elif dossier.mailboxes.get(mailbox_of(person), context.position) != context.position:
        yield finding(Code.MAILBOX_SHARED, "/participant/email")


def seats_awaited(dossier: PreparedDossier, registration: Registration) -> list[SeatId]:
    """Return where a registration that comes in for *dossier* has to wait for a seat; empty if it need not wait.

    R05, R06: it waits if it would hold a seat at once, the call has a waitlist, and a seat that it needs is taken, or
    due to somebody in line. If a decision comes first, seats are no question yet; without a waitlist, it is refused
    (see `seats_suffice`).
    """
    call, state = dossier.registration_call, registration.state
    if call is None or not call.waitlist or state is not RegistrationState.PENDING or not holds_seat(call, state):
        return []
    return _seats_gone(dossier, registration) if belongs_to(registration, dossier.event) else []


def _seats_gone(dossier: PreparedDossier, registration: Registration) -> list[SeatId]:
    """Return where a registration needs a seat, and none is left for a newcomer."""
    left = dossier.unclaimed_seats[registration.mode]
    return [id_ for id_ in (None, *registration.attended_ids) if left.get(id_, 1) < 1]


def wait_if_full(dossier: PreparedDossier, registration: Registration, now: datetime) -> Registration:
    """Return a registration that comes in for *dossier*, with its waits: for the event, or in it for sessions."""
    awaited = seats_awaited(dossier, registration)
    if None in awaited:
        return registration.waitlist(at=now)
    waits = tuple(Wait(session_id=id_, since=now) for id_ in sorted(id_ for id_ in awaited if id_ is not None))
    return evolve(registration, waits=(*registration.waits, *waits)) if waits else registration


@rule_for(Registration)
def seats_suffice(context: Context, registration: Registration) -> Iterator[Finding]:
    """R05: in each mode, at most as many registrations hold a seat as there are seats, at the event and in a session.

    In a dossier, the findings are at the registrations that got their seat last (see `limited_seats`). A registration
    that comes in has a finding if no seat is free and it needs one, or for each of its sessions without a free seat. A
    pending one has ``waitlist-needed`` or ``session-waitlist-needed`` where it has to wait (see `seats_awaited`). One
    that names another event takes no seat, and has neither.
    """
    dossier, position = context.dossier, context.position
    if not belongs_to(registration, dossier.event):
        return
    call, seats = dossier.registration_call, dossier.seats[registration.mode]
    needed: tuple[SeatId, ...] = (None, *registration.attended_ids)
    lacking: list[SeatId] = []
    has_to_wait = False
    if position is not None:
        lacking = [id_ for id_ in needed if id_ in seats and position in seats[id_].surplus]
    elif registration.state is RegistrationState.PENDING:
        has_to_wait = call is not None and call.waitlist
        lacking = seats_awaited(dossier, registration) if has_to_wait else _seats_gone(dossier, registration)
    elif registration.state.takes_seat:  # by a decision, so it is not in line
        lacking = [id_ for id_ in needed if id_ in seats and not seats[id_].free]
    for id_ in sorted(lacking, key=lambda session_id: session_id or ""):
        yield without_seat(id_, seats[id_].capacity, has_to_wait=has_to_wait)


def without_seat(session_id: str | None, capacity: int, *, has_to_wait: bool) -> Finding:
    """Return the finding in a registration that has no seat at the event, or in one of its sessions."""
    if session_id is None:
        return finding(Code.WAITLIST_NEEDED if has_to_wait else Code.SEATS_EXCEEDED, "/mode", maximum=capacity)
    code = Code.SESSION_WAITLIST_NEEDED if has_to_wait else Code.SESSION_SEATS_EXCEEDED
    return finding(code, "/sessionIds", session=session_id, maximum=capacity)


def seats_go_in_turn(dossier: Dossier, now: datetime) -> Iterator[Finding]:
    """R06: those who have waited longest get the free seats, and nobody waits for a seat that is not limited.

    The findings are at what `promote` would end, the state of the waitlisted and waits for sessions, and then at the
    waits of those whose seat somebody else got after a shorter one.
    """
    event, registrations, limits = dossier.event, dossier.registrations, capacities(dossier.event)
    line = waiting(event, registrations, now)
    for position, seats in seats_due(event, registrations, now, line=line).items():
        registration = registrations[position]
        for id_ in [None] if None in seats else sorted(id_ for id_ in seats if id_ is not None):
            code = Code.WAITLIST_ORDER if id_ in limits[registration.mode] else Code.WAITLIST_NEEDLESS
            yield finding(code, _path_of_wait(position, registration, id_))
    for waits in passed_over(event, registrations, now, line):
        path = _path_of_wait(waits.position, registrations[waits.position], waits.session_id)
        yield finding(Code.WAITLIST_PASSED_OVER, path)


def _path_of_wait(position: int, registration: Registration, session_id: SeatId) -> str:
    """Return the path of the open wait for a session or, for None, of the state that says that one waits."""
    if session_id is None:
        return pointer("registrations", position, "state")
    open_waits = {wait.session_id: index for index, wait in enumerate(registration.waits) if wait.until is None}
    return pointer("registrations", position, "waits", open_waits[session_id])


# The letters of each script in Unicode 15.0 (Scripts.txt); ranges span gaps that hold no letter. Mathematical letters
# and the micro sign belong to no script.
_LATIN = (
    r"A-Za-z\u00aa\u00ba\u00c0-\u02b8\u02e0-\u02e4\u1d00-\u1d25\u1d2c-\u1d5c\u1d62-\u1d65\u1d6b-\u1d77\u1d79-\u1dbe"
    r"\u1e00-\u1eff\u2071\u207f\u2090-\u209c\u212a-\u212b\u2132\u214e\u2183-\u2184\u2c60-\u2c7f\ua722-\ua787"
    r"\ua78b-\ua7ff\uab30-\uab64\uab66-\uab69\ufb00-\ufb06\uff21-\uff5a\U00010780-\U000107bf\U0001df00-\U0001dfff"
)
_GREEK = (
    r"\u0370-\u0373\u0376-\u03e1\u03f0-\u03ff\u1d26-\u1d2a\u1d5d-\u1d61\u1d66-\u1d6a\u1dbf\u1f00-\u1fff\u2126\uab65"
)
_CYRILLIC = r"\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\ua640-\ua69f\U0001e030-\U0001e06d"
_SCRIPTS = rf"([{_LATIN}])|([{_GREEK}])|([{_CYRILLIC}])"


def mixes_scripts(text: str) -> bool:
    """Return True if a word of *text* has letters of more than one of the Latin, Greek and Cyrillic scripts.

    Letters of other scripts go with any of the three, as Latin and Japanese do in one name. A hyphen, an apostrophe or
    a digit ends a word; a combining mark or an invisible character does not.

    Source: Unicode Technical Standard 39, section 5.1 (mixed scripts), for the scripts whose letters look alike.
    """
    if text.isascii() or not compiled(f"[{_GREEK}{_CYRILLIC}]").search(text):
        return False
    known = compiled(_SCRIPTS)
    script: int | None = None
    for letter in text:
        if letter.isalpha():
            match = known.match(letter)
            its = None if match is None else match.lastindex
            if script is not None and its not in {None, script}:
                return True
            script = its or script
        elif category(letter)[0] != "M" and category(letter) != "Cf":
            script = None
    return False
