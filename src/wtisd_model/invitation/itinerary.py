"""What interpreters are told of their assignments, by the messages that participants get, and what they answer."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final, NamedTuple, Unpack

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.data.norms import booth_language
from wtisd_model.errors import InvalidValueError, MessageError
from wtisd_model.findings import Finding, FindingCollector, finding, pointer
from wtisd_model.ical.calendar import require_reminders
from wtisd_model.invitation.apply import reply_key
from wtisd_model.invitation.cancel import cancel
from wtisd_model.invitation.message import Message
from wtisd_model.invitation.reply_reader import IncomingReply
from wtisd_model.invitation.request import InvitationOptions, updates
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import is_rtl, isolate, shortened
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event, places_of, scheduling_fields, session_status
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.purging import without_personal_data
from wtisd_model.model.registration import MOST_REPLIES, Registration
from wtisd_model.model.reply import Method, ParticipationStatus, Reply
from wtisd_model.model.roster import ASSIGNMENT_STATES, Assignment, AssignmentState, Relay, Roster
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.programme.names import language_name
from wtisd_model.programme.people import contacts_of
from wtisd_model.rules.interpretation_schedule import floor_languages
from wtisd_model.rules.sittings import are_at_once
from wtisd_model.types.arguments import require_instance, require_iterable
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.identifiers import first_ids
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.people import Contact
from wtisd_model.types.text import LINE, LONG
from wtisd_model.types.timezone import at_zone

_ACCEPTED, _DECLINED = AssignmentState.ACCEPTED, AssignmentState.DECLINED
_RELEASED, _DELIVERED = AssignmentState.RELEASED, AssignmentState.DELIVERED

_ANSWERS: Final = {ParticipationStatus.ACCEPTED: _ACCEPTED, ParticipationStatus.DECLINED: _DECLINED}
_DONE: Final = {_ACCEPTED: (_ACCEPTED, _DELIVERED), _DECLINED: (_DECLINED, _RELEASED)}
"""The states in which an answer changes nothing."""


@frozen(kw_only=True)
class Offers:
    """The messages that interpreters need after a change of a roster or of its events."""

    messages: tuple[Message, ...]
    """One for each assignment that somebody has to hear of."""
    findings: tuple[Finding, ...]
    """The assignments of which nobody hears, since there is no address or nothing announced; paths of the roster."""


# Why: docs/decisions/0048
def itinerary(roster: Roster, dossier: Dossier, interpreter_id: str) -> Event:
    """Return the work of an interpreter at an event: an event whose sessions are their assignments.

    Write it with `to_ical`. Each session has its place and its floor languages, and says, in the language of the
    interpreter's contact, into which language they work, in which booth, with whom, and what they hear by relay. Its id
    is that of the assignment, and in calendars its uid is that of the messages of `offers`. Of others it has only the
    names of those in the same booth.

    Args:
        roster: with the assignments; those that are offered, accepted or delivered count.
        dossier: an event of the roster.
        interpreter_id: an interpreter of the roster.

    Raises:
        MessageError: ``event-without-slot`` for a draft.
        InvalidValueError: ``value-unknown`` for *interpreter_id*; ``session-outside-event`` if an assignment is.
        TypeError: *roster* or *dossier* is not one.
    """
    work = _Work(roster, [dossier])
    person = work.people.get(interpreter_id)
    if person is None:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/interpreterId", choices=first_ids([*work.people])))
    return work.event(person, dossier.event, [job for job in work.held().values() if job.person is person])


def offers(
    before: Roster | None,
    after: Roster,
    dossiers: Iterable[Dossier],
    *,
    dossiers_before: Iterable[Dossier] | None = None,
    stamped: datetime,
    **options: Unpack[InvitationOptions],
) -> Offers:
    """Return the messages that interpreters need after a change of a roster or of its events, and no others.

    A REQUEST, for which calendar programs show Accept and Decline, says what is offered, and what has moved: the same
    entry, with a raised SEQUENCE. It is ``edited`` if only a text has changed, such as who else is in the booth. A
    CANCEL takes away what is released, no longer in the roster, or cancelled. Nobody hears of what they declined
    themselves.

    An entry is at the time that was offered (`Assignment.slot`): when a session has moved, propose the roster again,
    and people hear of the new time. Without a slot, the entry moves with its session.

    Send each of the *messages* with `mail`. The SEQUENCE of an assignment is the sum of its own ``sequence`` and of
    that of the session in calendars, so it rises with both.

    Args:
        before: the roster when the last messages were made; None before the first ones.
        after: the current roster.
        dossiers: the current events.
        dossiers_before: the events when the last messages were made; by default they have not changed.
        stamped: the time of these messages, aware (DTSTAMP), at least a second later than that of the last ones.
        **options: as for `invites`.

    Raises:
        MessageError: ``organizer-without-address``; ``version-older`` and ``sequence-not-raised`` as by `updates`, for
            an assignment or a session whose time, place or status changed and whose sequence did not.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: an option is not allowed, as for `invites`; ``moment-naive`` or ``moment-unreadable``.
        TypeError: *before* or *after* is not a Roster, or an iterable of dossiers is not one.
    """
    options["reminders"] = require_reminders(options.get("reminders", ()))
    language = options.get("language")
    current = [*require_iterable(dossiers, "dossiers")]
    now, then = _Work(after, current, language), _Work(evolve(after, assignments=()), current, language)
    if before is not None:
        then = _Work(before, current if dossiers_before is None else dossiers_before, language)
    known, held = then.held(), now.held()
    declined = {job.assignment.id for job in now.jobs if job.has_declined}
    messages = list[Message]()
    for id_ in dict.fromkeys([*held, *known]):
        old, new = known.get(id_), held.get(id_)
        # A session that is cancelled says more than that the assignment is gone.
        there = now.job(old.assignment) if old is not None and new is None else None
        if there is not None and session_status(there.event, there.session) is EventStatus.CANCELLED:
            new = there
        if id_ not in declined:
            was, one = old and then.alone(old), new and now.alone(new)
            if (
                (old and new and was and one)
                and old.assignment.sequence == new.assignment.sequence
                and scheduling_fields(was.event) == scheduling_fields(one.event)
            ):  # the session may have moved, which raises the number, but this is as it was offered
                one = now.alone(new._replace(sequence=old.sequence))
            messages += _messages(was, one, options, stamped)
    return Offers(messages=tuple(messages), findings=tuple(now.findings()))


def _messages(
    then: Dossier | None, now: Dossier | None, options: InvitationOptions, stamped: datetime
) -> Iterable[Message]:
    """Return what the calendar of an interpreter needs for one assignment."""
    if now is not None:
        before = then or evolve(now, registrations=())
        return () if before == now else updates(before, now, stamped=stamped, by_session=True, **options)
    if then is None or session_status(then.event, then.event.sessions[0]) is EventStatus.CANCELLED:
        return ()
    language, utc = options.get("language"), options.get("utc", False)
    about = partial(cancel, then.event, session=then.event.sessions[0], stamped=stamped, language=language, utc=utc)
    return map(about, then.registrations)


class _Job(NamedTuple):
    """An assignment, and what it is about."""

    assignment: Assignment
    person: Interpreter
    event: Event
    session: Session | None
    sequence: int
    """Its SEQUENCE in calendars."""

    @property
    def has_declined(self) -> bool:
        """True for somebody who declined themselves, and need not hear of it."""
        last = _last_answer(self.assignment.replies, self.sequence)
        return self.assignment.state is _DECLINED and last is not None and _ANSWERS[last.status] is _DECLINED


class _Work:
    """A roster with its events, and what interpreters are told of each assignment."""

    def __init__(self, roster: Roster, dossiers: Iterable[Dossier], language: str | None = None) -> None:
        self.roster: Roster = require_instance(roster, Roster, "Not a Roster.")
        self.people: dict[str, Interpreter] = {person.id: person for person in roster.interpreters}
        self._language = language
        self._subjects: dict[tuple[str, str | None], tuple[Event, Session | None]] = {
            (event.uid, None if session is None else session.id): (event, session)
            for event in [require_dossier(dossier).event for dossier in dossiers]
            for session in (None, *event.sessions)
            if EventStatus.DRAFT not in {event.status, (session or event).status}
        }
        self._teams = defaultdict[object, list[Assignment]](list)
        for assignment in roster.assignments:
            if assignment.state.holds_seat:
                self._teams[_team(assignment)].append(assignment)
        self._relays = defaultdict[object, list[Relay]](list)
        for relay in roster.relays:
            for id_ in relay.session_ids or (None,):
                self._relays[relay.event_uid, id_, booth_language(relay.language)].append(relay)
        self.jobs: list[_Job] = [job for job in map(self.job, roster.assignments) if job is not None]

    def job(self, assignment: Assignment) -> _Job | None:
        """Return an assignment with its person, event and session; None if one is unknown, or not announced."""
        person = self.people.get(assignment.interpreter_id)
        subject = self._subjects.get((assignment.event_uid, assignment.session_id))
        if person is None or subject is None:
            return None
        return _Job(assignment, person, *subject, assignment.sequence + subject[0].entry_sequence(subject[1]))

    def held(self) -> dict[str, _Job]:
        """Return the assignments that people have in their calendars, by id."""
        return {job.assignment.id: job for job in self.jobs if job.assignment.state.holds_seat}

    def findings(self) -> Iterator[Finding]:
        """Yield the assignments of which nobody hears."""
        for index, assignment in enumerate(self.roster.assignments):
            person = self.people.get(assignment.interpreter_id)
            if assignment.state.holds_seat and (person is None or _address(person) is None):
                yield finding(Code.ENTRY_UNREACHABLE, pointer("assignments", index))
            elif assignment.state.holds_seat and self.job(assignment) is None:
                yield finding(Code.SESSION_NOT_ANNOUNCED, pointer("assignments", index))

    def event(self, person: Interpreter, event: Event, several: Iterable[_Job]) -> Event:
        """Return the itinerary of a person at an event, with some of their assignments there."""
        sessions = sorted(map(self._session, several), key=lambda session: (session.slot.starts_at, session.id))
        return Event(
            uid=_uid(person.id, event.uid),
            title=event.title,
            slot=slot_of_announced(event, MessageError, "/event"),
            status=event.status,
            previous_slots=event.previous_slots,
            locations=event.locations,
            virtual_locations=event.virtual_locations,
            venue_to_follow=event.venue_to_follow,
            organizer=event.organizer,
            contacts=tuple(contacts_of(event)),
            url=event.url,
            sessions=tuple(sessions),
            sequence=max([event.sequence + self.roster.sequence, *(each.changed_sequence or 0 for each in sessions)]),
            history=_without_names(event.history),
        )

    def alone(self, job: _Job) -> Dossier:
        """Return an assignment as an event of its own, to which the interpreter is registered if they have an address.

        All that is scheduled is that of its only session, so that its sequence says whether that has moved.
        """
        whole, session, person = self.event(job.person, job.event, ()), self._session(job), job.person
        places = places_of(whole).of_session(session)
        if places.mode is None:  # as a cancelled session may have none
            places = places_of(whole)
        one = evolve(
            whole,
            slot=session.slot,
            locations=places.locations,
            virtual_locations=places.virtual_locations,
            venue_to_follow=places.venue_to_follow,
            sessions=(evolve(session, locations=(), virtual_locations=(), inherited_places=None),),
            sequence=job.sequence,
        )
        contact, start = person.contact, session.slot.starts_at
        if contact is None or contact.email is None:
            return Dossier(event=one)
        wanted, modes = person.works_at or ParticipationMode.ON_SITE, (places.mode or AttendanceMode.MIXED).modes
        # PARTSTAT repeats the state.
        replies = [
            Reply(at=step.at, status=ParticipationStatus.ACCEPTED, sequence=job.sequence, session_id=session.id)
            for step in job.assignment.history[-1:]
            if job.assignment.state in _DONE[_ACCEPTED]
        ]
        registration = Registration(
            id=person.id,
            event_uid=one.uid,
            participant=Contact(name=contact.name or person.id, email=contact.email, language=contact.language),
            mode=wanted if wanted in modes else min(modes),
            session_ids=(session.id,),
            submitted_at=start,
            replies=replies,
        )
        return Dossier(event=one, registrations=(registration.approve(at=start),))

    def _session(self, job: _Job) -> Session:
        assignment, person, event, session, sequence = job
        thing = session or event
        language = self._language or (None if person.contact is None else person.contact.language)
        words = locale_for(language or event.title.language)
        work = language_name(assignment.language, words.language)
        if assignment.booth_id is not None:
            work = words.interpreting.in_booth.format(language=work, booth=assignment.booth_id)
        title, tag = thing.title.in_language(language)
        noted, note = words.seats["noted"], isolate(work, rtl=bool(is_rtl(title)))
        title = shortened(title, LINE.maximum - len(noted.format(title="", note=note)))
        said = "\n".join([f"{label}{words.colon}{text}" for label, text in self._facts(job, words, language)])
        return Session(
            id=assignment.id,
            title=LocalizedText(noted.format(title=title, note=note), tag),
            description=LocalizedText(shortened(said, LONG.maximum), words.language),
            slot=assignment.slot or thing.slot or slot_of_announced(event),
            status=thing.status,
            previous_slots=thing.previous_slots,
            locations=thing.locations,
            virtual_locations=thing.virtual_locations,
            inherited_places=None if session is None else session.inherited_places,
            floor_languages=floor_languages(event, session),
            url=thing.url,
            changed_sequence=sequence,
            history=_without_names(thing.history),
        )

    def _facts(self, job: _Job, words: Locale, language: str | None) -> Iterator[tuple[str, str]]:
        """Yield what the interpreter is told of their work: labels, each with a text."""
        assignment, person, event, *_ = job
        own, here, rtl = words.interpreting, words.language, words.direction == "rtl"
        yield words.labels.part_of, isolate(event.title.in_language(language)[0], rtl=rtl)
        into = language_name(assignment.language, here)
        yield words.languages.interpretation, words.languages.into.format(targets=into)
        if assignment.booth_id is not None:
            yield own.booth, assignment.booth_id
        yield own.task, own.tasks[assignment.task]
        team = self._teams[_team(assignment)]
        there = {other.interpreter_id for other in team if are_at_once(assignment, other)}
        others = sorted(there & self.people.keys() - {person.id})
        contacts = [self.people[id_].contact for id_ in others]
        names = [isolate(each.name, rtl=rtl) for each in contacts if each is not None and each.name is not None]
        if names:
            yield own.team, words.comma.join(names)
        heard = [
            own.through.format(floor=language_name(relay.floor, here), pivot=language_name(relay.pivot, here))
            for relay in self._relays[event.uid, assignment.session_id, booth_language(assignment.language)]
        ]
        if heard:
            yield own.relay, words.languages.separator.join(heard)
        if assignment.expires_at is not None:  # in each state: an answer changes no entry
            zone = slot_of_announced(event).time_zone
            yield own.answer_by, words.dates.format_moment(at_zone(assignment.expires_at, zone))


def _team(assignment: Assignment) -> object:
    """Return what those who work together have in common, apart from the time."""
    language = booth_language(assignment.language)
    return assignment.event_uid, assignment.session_id, assignment.booth_id, language


def _address(person: Interpreter) -> str | None:
    return None if person.contact is None else person.contact.email


def _uid(interpreter_id: str, event_uid: str) -> str:
    """Return the uid of an itinerary, which tells a reader nothing of either."""
    return sha256(json.dumps([interpreter_id, event_uid]).encode()).hexdigest()[:32]


def _without_names(history: Iterable[Transition]) -> tuple[Transition, ...]:
    return tuple(evolve(step, **without_personal_data(step)) for step in history)


def answer(roster: Roster, dossiers: Iterable[Dossier], replies: Iterable[IncomingReply], *, now: datetime) -> Roster:
    """Return the roster with the replies of interpreters to its offers, which `Assignment.replies` keeps.

    The last one that accepts or declines decides on the state, in whatever order and however often they come: they are
    sorted by the revision that they are about, and then by time. One to another time or place than the current ones
    changes no state, nor does one from before what the office has recorded itself, nor a tentative or delegated one.
    Proposals of another time and questions change nothing, as by `apply`.

    Args:
        roster: the current one.
        dossiers: the current events.
        replies: returned by `read_reply`.
        now: the present moment, aware; no step is later, whatever the clock of a sender says, nor before the last one.

    Raises:
        MessageError: at least one reply cannot be applied, so none is: ``uid-foreign``, ``person-unknown`` for one of
            somebody else, ``sequence-ahead``; ``move-not-allowed`` for who accepts what is released or has expired, or
            declines what is delivered. The index of each is in its path: ``/replies/3``. Leave those out, and call
            again.
        InvalidValueError: ``moment-naive`` or ``moment-unreadable`` for *now*.
        TypeError: *roster* is not a Roster, an iterable is not one, or one of *replies* is not an IncomingReply.
    """
    work, moment = _Work(roster, require_iterable(dossiers, "dossiers")), moment_in_utc(now, "/now")
    known = {f"{job.assignment.id}.{_uid(job.person.id, job.event.uid)}": job for job in work.jobs}
    new, refused = defaultdict[str, dict[Reply, int]](dict), FindingCollector()
    for index, reply in enumerate(require_iterable(replies, "replies")):
        require_instance(reply, IncomingReply, "Not an IncomingReply: pass the results of read_reply.")
        job, path = known.get(reply.uid), pointer("replies", index)
        if job is None:
            refused.add(finding(Code.UID_FOREIGN, f"{path}/uid"))
        elif (_address(job.person) or "").casefold() != reply.attendee.casefold():
            refused.add(finding(Code.PERSON_UNKNOWN, f"{path}/attendee"))
        elif reply.sequence > job.sequence:
            refused.add(finding(Code.SEQUENCE_AHEAD, f"{path}/sequence", maximum=job.sequence))
        elif reply.method is Method.REPLY:
            others = frozenset(reply.delegated_to)
            kept = Reply(
                at=reply.at, status=reply.status, sequence=reply.sequence, comment=reply.comment, delegated_to=others
            )
            new[reply.uid].setdefault(kept, index)
    answered = dict[str, Assignment]()
    for uid, own in new.items():
        result = _answered(known[uid], own, moment)
        if isinstance(result, Finding):
            refused.add(result)
        else:
            answered[result.id] = result
    if refused.kept:
        raise MessageError(*refused.kept)
    return evolve(roster, assignments=tuple(answered.get(each.id, each) for each in roster.assignments))


def _answered(job: _Job, new: Mapping[Reply, int], now: datetime) -> Assignment | Finding:
    """Return an assignment with *new* replies, each with its index among those given, or why one cannot be applied."""
    assignment, sequence = job.assignment, job.sequence
    state, steps = assignment.state, assignment.history
    before = _last_answer(assignment.replies, sequence)
    replies = sorted({*assignment.replies, *new}, key=reply_key)[-MOST_REPLIES:]
    kept, last = evolve(assignment, replies=tuple(replies)), _last_answer(replies, sequence)
    if last is None or last == before:
        return kept
    wanted = _ANSWERS[last.status]
    # What the person has not said, the office has heard otherwise.
    is_of_office = state in _ANSWERS.values() and (before is None or _ANSWERS[before.status] is not state)
    if state in _DONE[wanted] or (is_of_office and last.at < steps[-1].at):
        return kept
    at = min(last.at, now)
    is_late = wanted is _ACCEPTED and assignment.expires_at is not None and at > assignment.expires_at
    if is_late or state in {_DELIVERED, _RELEASED}:
        choices = f"{_DECLINED}, {_RELEASED}" if is_late else ASSIGNMENT_STATES.choices(state)
        return finding(Code.MOVE_NOT_ALLOWED, pointer("replies", new[last], "status"), choices=choices)
    move = kept.accept if wanted is _ACCEPTED else kept.decline
    contact = job.person.contact
    return move(at=max([at, *(step.at for step in steps)]), by=None if contact is None else contact.name)


def _last_answer(replies: Iterable[Reply], sequence: int) -> Reply | None:
    """Return the last reply to the current revision that accepts or declines."""
    answers = [reply for reply in replies if reply.status in _ANSWERS and reply.sequence >= sequence]
    return max(answers, key=reply_key, default=None)
