"""What interpreters are told of their assignments, by the messages that participants get, and what they answer."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cached_property, partial
from hashlib import sha256
from typing import Final, NamedTuple, Unpack

from attrs import evolve, frozen

from wtisd_model.codes import Code, Severity
from wtisd_model.data.norms import booth_language
from wtisd_model.errors import InvalidValueError, MessageError
from wtisd_model.findings import Finding, FindingCollector, finding, pointer
from wtisd_model.ical.calendar import require_reminders, stamp_in_utc
from wtisd_model.invitation.apply import reply_key
from wtisd_model.invitation.cancel import cancel
from wtisd_model.invitation.message import Message
from wtisd_model.invitation.reply_reader import IncomingReply
from wtisd_model.invitation.request import InvitationOptions, updates
from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.characters import is_rtl, isolate, shortened
from wtisd_model.model.dossier import Dossier, require_dossiers
from wtisd_model.model.event import Event, places_of, scheduling_fields, session_status
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.purging import without_personal_data
from wtisd_model.model.registration import MOST_REPLIES, Registration
from wtisd_model.model.reply import Method, ParticipationStatus, Reply
from wtisd_model.model.roster import ASSIGNMENT_STATES, Assignment, AssignmentState, Roster, Task, require_roster
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.programme.announced import slot_of_announced
from wtisd_model.programme.names import language_name
from wtisd_model.programme.people import contacts_of
from wtisd_model.programme.places import room_of
from wtisd_model.rules.interpretation_schedule import floor_languages, room_key
from wtisd_model.rules.seating import Place, Seating
from wtisd_model.rules.sittings import are_at_once
from wtisd_model.rules.working_hours import works_remotely
from wtisd_model.schema.constraints import Integer
from wtisd_model.types.arguments import require_instance, require_iterable, require_valid
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.identifiers import first_ids
from wtisd_model.types.language import LocalizedText, require_language
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.number import SEQUENCE
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
    """The assignments of which nobody hears, since there is no address or nothing announced; paths of the roster, and
    below ``/before`` those of the roster before."""


# Why: docs/decisions/0048
def itinerary(roster: Roster, dossier: Dossier, interpreter_id: str, *, now: datetime | None = None) -> Event:
    """Return the work of an interpreter at an event: an event whose sessions are their assignments.

    Write it with `to_ical`. Each session has its place and its floor languages, and says, in the language of the
    interpreter's contact, into which language they work, in which booth, with whom, and what they hear by relay. Its id
    is that of the assignment, and in calendars its uid is that of the messages of `offers`. Of others it has only the
    names of those in the same team.

    Args:
        roster: with the assignments; those that are offered, accepted or delivered count.
        dossier: an event of the roster with its requests for interpretation, by which teams are known.
        interpreter_id: an interpreter of the roster.
        now: the present moment, aware, by which offers have expired; None means that none has.

    Raises:
        MessageError: ``event-without-slot`` for a draft.
        InvalidValueError: ``value-unknown`` for *interpreter_id*; ``session-outside-event`` if an assignment is;
            ``moment-naive`` or ``moment-unreadable`` for *now*; ``number-out-of-range`` as by `offers`.
        TypeError: *roster* or *dossier* is not one.
    """
    work = _Work(roster, [dossier], None if now is None else moment_in_utc(now, "/now"))
    person = work.people.get(interpreter_id)
    if person is None:
        raise InvalidValueError(finding(Code.VALUE_UNKNOWN, "/interpreterId", choices=first_ids([*work.people])))
    own = [work.session(job, work.colleagues(job)) for job in work.held.values() if job.person is person]
    return work.event(person, dossier.event, own)


def offers(
    before: Roster | None,
    after: Roster,
    dossiers: Iterable[Dossier],
    *,
    dossiers_before: Iterable[Dossier] | None = None,
    stamped: datetime,
    stamped_before: datetime | None = None,
    **options: Unpack[InvitationOptions],
) -> Offers:
    """Return the messages that interpreters need after a change of a roster or of its events, and no others.

    A REQUEST, for which calendar programs show Accept and Decline, says what is offered, and what has moved: the same
    entry, with a raised SEQUENCE. It is ``edited`` if only a text has changed, such as what is heard by relay. Who else
    is in the team is said in each, and is no reason for one. A CANCEL takes away what is released, no longer in the
    roster, somebody else's, or cancelled, and an offer that has expired. Nobody hears of what they declined themselves,
    nor of what they had once they are purged. Who has what another person had accepted is asked.

    An entry is at the time that was offered (`Assignment.slot`), and on site or remote as it was offered: when that has
    changed, propose the roster again, and people hear of it. Without a slot, the entry moves with its session.

    Send each of the *messages* with `mail`, which says until when an offer can be answered. The SEQUENCE of an
    assignment is the sum of its own ``sequence`` and of that of the session in calendars, so it rises with both.

    Args:
        before: the roster when the last messages were made; None before the first ones.
        after: the current roster.
        dossiers: the current events with their requests for interpretation, by which teams are known.
        dossiers_before: the events when the last messages were made; by default they have not changed.
        stamped: the time of these messages, aware (DTSTAMP), at least a second later than that of the last ones. Offers
            that have expired by then are as good as declined.
        stamped_before: the time of the last messages, aware: who heard then that an offer had expired hears nothing
            more. By default none had.
        **options: as for `invites`.

    Raises:
        MessageError: ``organizer-without-address``; ``version-older`` and ``sequence-not-raised`` as by `updates`, for
            an assignment or a session whose time, place or status changed and whose sequence did not.
        ExportError: as `to_ical`, for a time zone database that lacks a zone.
        InvalidValueError: an option is not allowed, as for `invites`; ``moment-naive`` or ``moment-unreadable``;
            ``item-repeated`` for two dossiers of one event; ``number-out-of-range`` at ``/sequence`` for a roster or an
            assignment whose sequence and that of an event are more than 2,147,483,647.
        TypeError: *before* or *after* is not a Roster, or an iterable of dossiers is not one.
    """
    options["reminders"] = require_reminders(options.get("reminders", ()))
    language, current = require_language(options.get("language")), require_dossiers(dossiers)
    now = then = last = _Work(after, current, stamp_in_utc(stamped), language)
    known = dict[_Key, _Job]()
    if before is not None:
        earlier = None if stamped_before is None else moment_in_utc(stamped_before, "/stamped_before")
        then = last = _Work(before, current if dossiers_before is None else dossiers_before, earlier, language)
        known = then.held
        if dossiers_before is not None:
            last = _Work(before, current, earlier, language)
    declined = {_key(job.assignment) for job in now.jobs if job.has_declined}
    given = {id_ for id_, _ in known}
    purged = {person.id for person in now.people.values() if person.purged_at is not None}
    messages, unreached, off = list[Message](), set[_Key](), EventStatus.CANCELLED
    for key in dict.fromkeys([*now.held, *known]):
        if key in declined or (key in known and key[1] in purged):
            continue
        old, new, work = known.get(key), now.held.get(key), now
        if old is None and new is not None and key[0] in given:
            new = new.unanswered()  # the answer is that of the person who had it
        gone = last.job(old.assignment) if old is not None and new is None else None
        if gone is not None and session_status(gone.event, gone.session) is off:
            new, work = gone, last  # that it is cancelled says more than that it is not theirs
        # With the same colleagues, since they are no reason for a message.
        team = () if new is None else now.colleagues(new)
        was, one = old and then.alone(old, team), new and work.alone(new, team)
        if (
            (old and new and was and one)
            and old.sequence != new.sequence
            and old.assignment.sequence == new.assignment.sequence
            and scheduling_fields(was.event) == scheduling_fields(one.event)
        ):  # the session may have moved, which raises the number, but this is as it was offered
            one = now.alone(new._replace(sequence=old.sequence), team)
        made: Iterable[Message] = ()
        if new is not None and one is not None and one != was:
            was = was or evolve(one, registrations=())
            made = map(new.told, updates(was, one, stamped=stamped, by_session=True, **options))
        elif old and was and one is None and session_status(was.event, was.event.sessions[0]) is not off:
            about = partial(cancel, was.event, session=was.event.sessions[0], stamped=stamped)
            made = map(partial(about, language=language, utc=options.get("utc", False)), was.registrations)
            made = map(old.told, made)
        for message in made:
            if message.recipient == _NOBODY:
                unreached.add(key)
            else:
                messages.append(message)
    earlier_ones = () if before is None else before.assignments
    return Offers(messages=tuple(messages), findings=tuple(now.silences(unreached, earlier_ones)))


_NOBODY: Final = "nobody@example.invalid"
"""The address of people without one, by which it is seen whether they would have to hear of something."""


_Key = tuple[str, str]
"""What somebody has in their calendar: the id of an assignment, and that of the interpreter."""


def _key(assignment: Assignment) -> _Key:
    return assignment.id, assignment.interpreter_id


class _Job(NamedTuple):
    """An assignment, and what it is about."""

    assignment: Assignment
    person: Interpreter
    event: Event
    session: Session | None
    sequence: int
    """Its SEQUENCE in calendars."""
    since: int
    """What that was when it was offered, or offered again: answers to a lower one do not count."""

    def unanswered(self) -> "_Job":
        """Return it as an offer, for somebody who was never asked."""
        if self.assignment.state is not _ACCEPTED:
            return self
        asked = evolve(self.assignment, state=AssignmentState.OFFERED, history=(), expires_at=None)
        return self._replace(assignment=asked)

    @property
    def has_declined(self) -> bool:
        """True for somebody who declined themselves, and need not hear of it."""
        last = _last_answer(self.assignment.replies, self.since)
        return self.assignment.state is _DECLINED and last is not None and _ANSWERS[last.status] is _DECLINED

    def told(self, message: Message) -> Message:
        """Return a message as one to an interpreter, which says when the offer ends as long as it asks."""
        ends_at, is_open = self.assignment.expires_at, self.assignment.state is AssignmentState.OFFERED
        by = None
        if ends_at is not None and is_open and message.method is Method.REQUEST:
            by = at_zone(ends_at, slot_of_announced(self.event).time_zone)
        return evolve(message, texts=evolve(message.texts, for_interpreter=True, answer_by=by))


class _Work:
    """A roster with its events, and what interpreters are told of each assignment.

    Raises:
        InvalidValueError: ``number-out-of-range`` if a sequence and that of an event add up to too much.
    """

    def __init__(
        self, roster: Roster, dossiers: Iterable[Dossier], moment: datetime | None, language: str | None = None
    ) -> None:
        self.roster: Roster = require_roster(roster)
        events = require_dossiers(dossiers)
        highest = max([roster.sequence, *(each.sequence for each in roster.assignments)])
        for dossier in events:  # SEQUENCE is the sum of both
            require_valid(highest, Integer(0, SEQUENCE.maximum - dossier.event.sequence), "/sequence")
        self._seating = Seating(roster, events, moment)
        self.people: Mapping[str, Interpreter] = self._seating.interpreters
        self._language = language
        self._subjects: dict[tuple[str, str | None], tuple[Event, Session | None]] = {
            (event.uid, None if session is None else session.id): (event, session)
            for event in [dossier.event for dossier in events]
            for session in (None, *event.sessions)
        }
        self.jobs: list[_Job] = [job for job in map(self.job, roster.assignments) if job is not None]
        self.held: dict[_Key, _Job] = {_key(job.assignment): job for job in self.jobs if job.assignment.counts(moment)}
        """The assignments that people have in their calendars."""

    @cached_property
    def _places(self) -> Mapping[str, Sequence[Place]]:
        """Where people work, by the id of the assignment."""
        places = defaultdict[str, list[Place]](list)
        for place in self._seating.places:
            places[place.assignment.id].append(place)
        return places

    def job(self, assignment: Assignment) -> _Job | None:
        """Return an assignment with its person, event and session; None if one is unknown, or not announced."""
        person = self.people.get(assignment.interpreter_id)
        subject = self._subjects.get((assignment.event_uid, assignment.session_id))
        if person is None or subject is None or _is_draft(*subject):
            return None
        own, current, offered = assignment.sequence, subject[0].entry_sequence(subject[1]), assignment.session_sequence
        return _Job(assignment, person, *subject, own + current, own + (current if offered is None else offered))

    def colleagues(self, job: _Job) -> Sequence[str]:
        """Return the names of the others in the team of an assignment, by their ids."""
        contacts = {
            other.interpreter.id: other.interpreter.contact
            for place in self._places.get(job.assignment.id, ())
            for other in self._seating.team(place.sitting, place.need, place.part)
            if other.interpreter.id != job.person.id and are_at_once(job.assignment, other.assignment)
        }
        named = [contact.name for _, contact in sorted(contacts.items()) if contact is not None]
        return [name for name in named if name is not None]

    def silences(self, unreached: AbstractSet[_Key], earlier: Sequence[Assignment]) -> Iterator[Finding]:
        """Yield the assignments of which nobody hears, though somebody should."""
        left, same = set(unreached), {each.id: each for each in earlier}
        for index, assignment in enumerate(self.roster.assignments):
            path, key = pointer("assignments", index), _key(assignment)
            counts, is_known = assignment.counts(self._seating.now), key[1] in self.people
            if key in left or (counts and not is_known and same.get(assignment.id) != assignment):
                left.discard(key)
                yield finding(Code.ENTRY_UNREACHABLE, path)
            elif counts and is_known and key not in self.held:
                is_gone = (assignment.event_uid, assignment.session_id) not in self._subjects
                yield finding(Code.ASSIGNMENT_UNFOUNDED if is_gone else Code.SESSION_NOT_ANNOUNCED, path)
        for index, assignment in enumerate(earlier):
            if _key(assignment) in left:
                yield finding(Code.ENTRY_UNREACHABLE, pointer("before", "assignments", index))

    def event(self, person: Interpreter, event: Event, several: Iterable[Session]) -> Event:
        """Return the itinerary of a person at an event, with some of their assignments there as sessions."""
        sessions = sorted(several, key=lambda session: (session.slot.starts_at, session.id))
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

    def alone(self, job: _Job, team: Sequence[str]) -> Dossier:
        """Return an assignment as an event of its own, to which the interpreter is registered.

        All that is scheduled is that of its only session, so that its sequence says whether that has moved.
        """
        whole, session, person = self.event(job.person, job.event, ()), self.session(job, team), job.person
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
        contact, start = person.contact or Contact(email=_NOBODY), session.slot.starts_at
        # PARTSTAT repeats the state.
        replies = [
            Reply(at=step.at, status=ParticipationStatus.ACCEPTED, sequence=job.sequence, session_id=session.id)
            for step in job.assignment.history[-1:]
            if job.assignment.state in _DONE[_ACCEPTED]
        ]
        registration = Registration(
            id=person.id,
            event_uid=one.uid,
            participant=Contact(
                name=contact.name or person.id, email=contact.email or _NOBODY, language=contact.language
            ),
            mode=self._mode(job),
            session_ids=(session.id,),
            submitted_at=start,
            replies=replies,
        )
        return Dossier(event=one, registrations=(registration.approve(at=start),))

    def session(self, job: _Job, team: Sequence[str]) -> Session:
        """Return an assignment as a session, which names the others of the *team*."""
        assignment, person, event, session, sequence, _ = job
        thing = session or event
        language = self._language or (None if person.contact is None else person.contact.language)
        words = locale_for(language or event.title.language)
        title, tag = thing.title.in_language(language)
        noted, note = words.seats["noted"], isolate(self._booth(job, words, language), rtl=bool(is_rtl(title)))
        title = shortened(title, LINE.maximum - len(noted.format(title="", note=note)))
        said = "\n".join([f"{label}{words.colon}{text}" for label, text in self._facts(job, team, words)])
        inherited = None if session is None else session.inherited_places
        is_on_site = self._mode(job) is ParticipationMode.ON_SITE  # and needs no link to join
        return Session(
            id=assignment.id,
            title=LocalizedText(noted.format(title=title, note=note), tag),
            description=LocalizedText(shortened(said, LONG.maximum), words.language),
            slot=assignment.slot or thing.slot or slot_of_announced(event),
            status=thing.status,
            previous_slots=thing.previous_slots,
            locations=thing.locations,
            virtual_locations=() if is_on_site else thing.virtual_locations,
            inherited_places=ParticipationMode.ON_SITE if is_on_site else inherited,
            floor_languages=floor_languages(event, session),
            url=thing.url,
            changed_sequence=sequence,
            history=_without_names(thing.history),
        )

    def _mode(self, job: _Job) -> ParticipationMode:
        """Return where somebody works, if there is such a place, and otherwise the one that there is."""
        wanted = job.assignment.works_at
        if wanted is None:
            needs = map(self._seating.need, self._places.get(job.assignment.id, ()))
            is_remote = any(works_remotely(job.person, need) for need in needs)
            wanted = ParticipationMode.REMOTE if is_remote else job.person.works_at or ParticipationMode.ON_SITE
        mode = (
            places_of(job.event, job.session).mode or places_of(job.event).mode
        )  # one that is cancelled may have none
        modes = (mode or AttendanceMode.MIXED).modes
        return wanted if wanted in modes else min(modes)

    def _booth(self, job: _Job, words: Locale, language: str | None) -> str:
        """Return the language of an assignment, with its booth: its room and, where that does not tell it, its id."""
        assignment, id_, rtl = job.assignment, job.assignment.booth_id, words.direction == "rtl"
        name = language_name(assignment.language, words.language)
        if id_ is None:
            return name
        parts = [words.interpreting.in_booth.format(language=name)]
        tag = booth_language(assignment.language)
        booths = {booth.id: booth.room for booth in self.roster.booths if booth_language(booth.language) == tag}
        room = booths.get(id_)
        if room is not None:
            places = places_of(job.event, job.session).locations
            rooms = {room_key(location): room_of(location, language).name[0] for location in places}
            parts.append(rooms.get(room, room))
        if room is None or [*booths.values()].count(room) > 1:
            parts.append(id_)
        return words.comma.join([isolate(part, rtl=rtl) for part in parts])

    def _ways(self, job: _Job) -> Mapping[Task, AbstractSet[tuple[str, str]]]:
        """Return from which languages into which a pivot or a retour works, also for other booths, by task."""
        ways, (assignment, person) = defaultdict[Task, set[tuple[str, str]]](set), job[:2]
        if assignment.task not in {Task.PIVOT, Task.RETOUR}:
            return ways
        known = person.pairs(assignment.service)
        for place in self._places.get(assignment.id, ()):
            needs = self._seating.sitting(place).needs
            said = {(floor, needs[place.need].language) for floor in self._seating.part(place).floors} & known
            for need, floor, hearing in self._seating.heard(place.sitting, place.part):
                pair = floor, hearing.pivot or needs[need].language
                if hearing.via == place.need and pair in known:
                    said.add(pair)
                    if hearing.pivot is not None:
                        ways[Task.PIVOT].add(pair)
            for pair in said:
                if person.has_retour_only(pair[1]):
                    ways[Task.RETOUR].add(pair)
        return ways

    def _facts(self, job: _Job, team: Sequence[str], words: Locale) -> Iterator[tuple[str, str]]:
        """Yield what the interpreter is told of their work: labels, each with a text."""
        assignment, own, here = job.assignment, words.interpreting, words.language
        into = language_name(assignment.language, here)
        yield words.choices["service"][assignment.service], words.languages.into.format(targets=into)
        ways = self._ways(job)
        for task in dict.fromkeys([assignment.task, *ways]):
            done = [
                words.languages.from_into.format(sources=language_name(one, here), targets=language_name(other, here))
                for one, other in sorted(ways.get(task, ()))
            ]
            name = own.tasks[task]
            yield (name, words.languages.separator.join(done)) if done else (own.task, name)
        if team:
            yield own.team, words.comma.join([isolate(name, rtl=words.direction == "rtl") for name in team])
        relays = [
            own.through.format(floor=language_name(floor, here), pivot=language_name(hearing.pivot, here))
            for place in self._places.get(assignment.id, ())
            for need, floor, hearing in self._seating.heard(place.sitting, place.part)
            if need == place.need and hearing.pivot is not None
        ]
        if relays:
            yield own.relay, words.languages.separator.join(dict.fromkeys(relays))


def _is_draft(event: Event, session: Session | None) -> bool:
    return EventStatus.DRAFT in {event.status, (session or event).status}


def _address(person: Interpreter) -> str | None:
    return None if person.contact is None else person.contact.email


def _uid(interpreter_id: str, event_uid: str) -> str:
    """Return the uid of an itinerary: a hash of two ids, which hides neither from a reader who can guess both."""
    return sha256(json.dumps([interpreter_id, event_uid]).encode()).hexdigest()[:32]


def _without_names(history: Iterable[Transition]) -> tuple[Transition, ...]:
    return tuple(evolve(step, **without_personal_data(step)) for step in history)


def answer(roster: Roster, dossiers: Iterable[Dossier], replies: Iterable[IncomingReply], *, now: datetime) -> Roster:
    """Return the roster with the replies of interpreters to its offers, which `Assignment.replies` keeps.

    The last one that accepts or declines decides on the state, in whatever order and however often they come: they are
    sorted by the revision that they are about, and then by time. One to an earlier offer changes no state, or to an
    earlier time or place where the assignment has no ``session_sequence``; nor does one from before what the office has
    recorded itself, nor a tentative or delegated one. Proposals of another time and questions change nothing, as by
    `apply`.

    Args:
        roster: the current one.
        dossiers: the current events.
        replies: returned by `read_reply`.
        now: the present moment, aware; no step is later, whatever the clock of a sender says, nor before the last one.

    Raises:
        MessageError: at least one reply cannot be applied, so none is: ``uid-foreign``, ``person-unknown`` for one of
            somebody else, ``sequence-ahead``; ``offer-expired`` for who accepts too late; ``move-not-allowed`` for who
            accepts what is released, or declines what is delivered. The index of each is in its path:
            ``/replies/3``. Leave those out, and call again.
        InvalidValueError: ``moment-naive`` or ``moment-unreadable`` for *now*; ``item-repeated`` for two dossiers of
            one event; ``number-out-of-range`` as by `offers`.
        TypeError: *roster* is not a Roster, an iterable is not one, or one of *replies* is not an IncomingReply.
    """
    work, moment = _Work(roster, dossiers, None), moment_in_utc(now, "/now")
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
    assignment, state, steps = job.assignment, job.assignment.state, job.assignment.history
    before = _last_answer(assignment.replies, job.since)
    replies = sorted({*assignment.replies, *new}, key=reply_key)[-MOST_REPLIES:]
    kept, last = evolve(assignment, replies=tuple(replies)), _last_answer(replies, job.since)
    if last is None or last == before:
        return kept
    wanted = _ANSWERS[last.status]
    # What the person has not said, the office has heard otherwise.
    is_of_office = state in _ANSWERS.values() and (before is None or _ANSWERS[before.status] is not state)
    if state in _DONE[wanted] or (is_of_office and last.at < steps[-1].at):
        return kept
    at = min(last.at, now)
    is_late = wanted is _ACCEPTED and assignment.expires_at is not None and at >= assignment.expires_at
    path = pointer("replies", new[last], "status")
    if state in {_DELIVERED, _RELEASED}:
        return finding(Code.MOVE_NOT_ALLOWED, path, choices=ASSIGNMENT_STATES.choices(state))
    if is_late:
        return evolve(finding(Code.OFFER_EXPIRED, path), severity=Severity.ERROR)
    move = kept.accept if wanted is _ACCEPTED else kept.decline
    contact = job.person.contact
    return move(at=max([at, *(step.at for step in steps)]), by=None if contact is None else contact.name)


def _last_answer(replies: Iterable[Reply], since: int) -> Reply | None:
    """Return the last reply that accepts or declines, of those to a SEQUENCE from *since* on."""
    answers = [reply for reply in replies if reply.status in _ANSWERS and reply.sequence >= since]
    return max(answers, key=reply_key, default=None)
