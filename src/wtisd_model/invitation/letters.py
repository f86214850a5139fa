"""Letters: what each person has to hear about a change, with the calendar messages that belong to it; and reminders."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property, lru_cache, partial
from typing import Final, NamedTuple, Unpack

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.errors import MessageError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.invitation.message import Letter, Message, Notice, Reason, Texts
from wtisd_model.invitation.recipients import (
    check_organizer,
    copied_to,
    is_admitted,
    person_of,
    require_registration,
    status_since,
)
from wtisd_model.invitation.request import InvitationOptions, compared, version_of
from wtisd_model.invitation.template import Stamp, Templates
from wtisd_model.invitation.updates import Comparison, MailboxChange
from wtisd_model.model.dossier import Dossier, require_dossier
from wtisd_model.model.event import Event, announced_sessions, entry_sequences
from wtisd_model.model.registration import Registration, RegistrationState
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.objects import unchecked_constructor
from wtisd_model.planning.clocks import ClockChanges
from wtisd_model.programme.chosen import ChosenSession, awaited_ids
from wtisd_model.types.arguments import require_instance, require_iterable, require_valid
from wtisd_model.types.duration import require_length
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.moment import moment_in_utc
from wtisd_model.types.text import WEB_ADDRESS
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import require_zone

_new_letter: Final[Callable[..., Letter]] = unchecked_constructor(Letter)  # a hundred thousand are made


class Letters:
    """The letters of a call, one for each mailbox that has something to hear.

    Each iteration makes them anew, one after another, so that memory stays flat.
    """

    def __init__(self, make: Callable[[], Iterator[Letter]], find: Callable[[], Iterable[Finding]]) -> None:
        self._make, self._find = make, find

    def __iter__(self) -> Iterator[Letter]:
        return self._make()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Changes that should reach somebody and reach nobody; complete before the first letter is made."""
        return tuple(self._find())


LinkOf = Callable[[Registration], str | None]


def letters(
    before: Dossier,
    after: Dossier,
    *,
    stamped: datetime,
    by_session: bool = False,
    clocks: ClockChanges | None = None,
    zones: Mapping[str, str] | None = None,
    link: LinkOf | None = None,
    repeated: Iterable[Registration] = (),
    erased: Iterable[str] = (),
    **options: Unpack[InvitationOptions],
) -> Letters:
    """Return the letters that people need after a change from *before* to *after*: one for each mailbox, and no others.

    They hold the messages of `updates`, and say what became of each registration: ``received``, ``pending``,
    ``waitlisted``, ``rejected``, ``invited``, ``promoted``, ``withdrawn``; ``seat-found`` or ``session-waitlisted`` in
    sessions; ``changed`` for another name, address, mode or choice, and ``address-changed`` at the address before. Who
    is pending or waitlisted also hears when the event moves or is cancelled, or a chosen session changes. A notice has
    the reason that the office gave for its decision (``reason`` of the last transition), but never its note. Only who
    is invited gets links to join.

    The event has to be announced. Who registered before that hears of it with the first letters after it.

    Args:
        before: the dossier when the last letters were made.
        after: the current dossier, of the same event.
        stamped: the time of these letters, aware; that of their messages (DTSTAMP).
        by_session: as for `updates`.
        clocks: what `planning.clock_changes` says of *after*, when the rules of clocks have changed. Who has an entry
            that is at another moment gets it again: ``clocks-changed``, with the same sequence, so replies still count;
            with *utc*, *after* has to be ``event.revised(at=..., sequence=event.sequence + 1)``. Who is in *zones* also
            hears when only the clocks of their own zone have changed.
        zones: the time zones of people, as far as they are known: IANA names by the ids of their registrations.
        link: a function of a registration that returns the web address where its person changes or withdraws it, or
            None. Its result is only for the address that the registration has now.
        repeated: registrations of the dossier whose people were registered once more: it is they who hear of that.
        erased: the ids of registrations of the dossier that are purged because their people asked for it. They get a
            last letter, to their address of *before*; nobody else hears that they were purged.
        **options: as for `updates`.

    Raises:
        MessageError: as `updates`; ``zone-rules-differ`` if this process does not have the new rules of *clocks*.
        ExportError: as `updates`.
        InvalidValueError: as `updates`; ``zone-unknown``, and ``zone-rules-missing`` for one that *clocks* does not
            have; for what *link* returns ``uri-malformed`` or ``wrong-type``.
        TypeError: as `updates`; *repeated* or *erased* is not an iterable.
    """
    again = [require_registration(each).id for each in require_iterable(repeated, "repeated")]
    asked = list(require_iterable(erased, "erased"))
    writer = _LetterWriter(Stamp.of(stamped).moment, zones, link)
    gone = {each.id for each in require_dossier(after).registrations if each.participant is None}
    erased = frozenset(asked) & gone
    unpurged = _unpurged(require_dossier(before), after, erased)
    if clocks is not None:
        require_instance(clocks, ClockChanges, "Not a ClockChanges: pass the result of planning.clock_changes.")
        clocks.require_new_rules()
        if options.get("utc"):
            _require_raised_in_utc(before.event, after.event, clocks)
    comparison = compared(before, unpurged, stamped, options, {} if clocks is None else _new_starts(clocks), erased)
    change = _Change(comparison, writer, again, asked, erased, clocks, by_session=by_session)
    change.mailboxes()  # what is wrong with sessions is raised before the first letter is made
    return Letters(change.letters, change.findings)


def reminders(
    dossier: Dossier,
    *,
    now: datetime,
    before: timedelta,
    since: datetime | None = None,
    zones: Mapping[str, str] | None = None,
    link: LinkOf | None = None,
    **options: Unpack[InvitationOptions],
) -> Letters:
    """Return letters to people for whom something begins after *now*, and no later than *before* after it.

    It is the event (``reminded``), or only a session that they chose and have a seat in (``session-reminded``); whole
    days begin at midnight of the place. Nobody hears of what they declined or let somebody else attend, nor of what is
    cancelled, postponed or a draft. Their calendars have the entries, so the letters have no messages;
    `Texts.sessions` are those that begin.

    Args:
        dossier: the event and its registrations.
        now: the present moment, aware.
        before: how long before the start to remind people: from a second to 366 days.
        since: *now* of the last call, with the same *before*: what was near enough then is left out.
        zones: as for `letters`.
        link: as for `letters`.
        **options: as for `updates`.

    Raises:
        MessageError: ``organizer-without-address`` if anything begins.
        InvalidValueError: the codes of *now* and *since*; ``duration-out-of-range``, ``duration-not-whole`` or
            ``wrong-type`` for *before*; as `letters`.
        TypeError: *dossier* is not a Dossier, or as `updates`.
    """
    moment, ahead = moment_in_utc(now, "/now"), require_length(before, "/before", shortest=1)
    nearest = moment if since is None else max(moment, moment_in_utc(since, "/since") + ahead)
    version, writer = version_of(dossier, options), _LetterWriter(moment, zones, link)
    soon = _Upcoming(version.templates, nearest, moment + ahead)
    if soon.is_any:
        check_organizer(version.event)

    def make() -> Iterator[Letter]:
        for registrations in version.by_mailbox().values() if soon.is_any else ():
            told = [one for one in map(soon.reminder, registrations) if one is not None]
            if told:
                yield writer.letter(told, registrations, *soon.facts(told))

    return Letters(make, lambda: writer.findings(dossier.registrations))


def _require_raised_in_utc(before: Event, after: Event, clocks: ClockChanges) -> None:
    """Raise ``sequence-not-raised`` if an entry in UTC would be at another moment with the same sequence."""
    then, now = entry_sequences(before), entry_sequences(after)
    if any(now[uid] <= then[uid] for uid in clocks.uids & then.keys() & now.keys()):
        raise MessageError(finding(Code.SEQUENCE_NOT_RAISED, "/after/event/sequence"))


def _new_starts(clocks: ClockChanges) -> dict[str, datetime | None]:
    """Return the start of each entry that is at another moment, by its uid; None if only its end is."""
    changes = [change for change in clocks.changes if change.in_calendars]
    return {change.uid: change.starts_at if change.start_shift else None for change in changes}


class _Told(NamedTuple):
    """A person of a mailbox, and what they are told."""

    registration: Registration
    """As it is; as it was for somebody who is gone."""
    reasons: list[Reason]
    then: Registration | None = None
    """As they know it; None if they have heard nothing of it yet."""
    was_invited: bool = False
    is_invited: bool = False
    may_change: bool = True
    """Whether they get the link to change or withdraw it."""

    @property
    def still(self) -> RegistrationState | None:
        """Pending or waitlisted, for somebody who is that as before, and is told something else."""
        state = self.registration.state
        is_open = not self.is_invited and state in _OPEN and _ON_STATES.isdisjoint(self.reasons)
        return state if is_open else None

    @property
    def stays(self) -> bool:
        """True for somebody who was invited and is."""
        return self.was_invited and self.is_invited


class _LetterWriter:
    """What the letters of a call have in common, whatever they are about."""

    def __init__(self, stamped: datetime, zones: Mapping[str, str] | None, link: LinkOf | None) -> None:
        self._stamped, self._link = stamped, link
        self.gives_links: bool = link is not None
        self.zones: dict[str, str] = {id_: require_zone(zone) for id_, zone in (zones or {}).items()}
        # People who are told the same share their texts, and so the page of their mails.
        self._shared_texts = lru_cache(512)(_with_reasons)

    def letter(
        self,
        told: Sequence[_Told],
        mailbox: Sequence[Registration],
        facts: Texts,
        language: str,
        messages: tuple[Message, ...] = (),
    ) -> Letter:
        """Return the letter to those who share a mailbox; the first of the *told* ones is its reader."""
        reader = told[0].registration
        concerned = {person.registration.id for person in told}
        spoken_of = [
            person for person in mailbox if person is not reader and (person.id in concerned or person.state.is_active)
        ]
        person = person_of(reader)
        copy = copied_to((reader, *spoken_of), person)
        # Who gets the copies gets those of several people.
        is_named = len(mailbox) > 1 or copy is not None
        decisions = [_decision_on(person.then, person.registration) for person in told]
        if is_named or self._link is not None or any(decisions):
            notices = [
                Notice(
                    name=person_of(each.registration).name if is_named else None,
                    reasons=_by_importance(each.reasons),
                    still=each.still,
                    decision=None if decision is None else decision.in_language(language),
                    link=self._link_for(each),
                )
                for each, decision in zip(told, decisions, strict=True)
            ]
            texts = evolve(facts, notices=tuple(notices))
        else:
            texts = self._shared_texts(
                facts, tuple([(_by_importance(person.reasons), person.still) for person in told])
            )
        return _new_letter(
            recipient=person.email,
            name=person.name,
            reasons=tuple(dict.fromkeys([reason for notice in texts.notices for reason in notice.reasons])),
            language=language,
            stamped=self._stamped,
            texts=texts,
            messages=messages,
            registration_ids=tuple([registration.id for registration in mailbox]),
            copied_to=copy,
            zone=self.zones.get(reader.id),
        )

    def _link_for(self, told: _Told) -> str | None:
        link = None if self._link is None or not told.may_change else self._link(told.registration)
        return None if link is None else require_valid(link, WEB_ADDRESS, "/link")

    def plain_letter(self, told: _Told, message: Message) -> Letter:
        """Return the letter to one person, without a copy, who has nothing to hear but what a message says."""
        return _new_letter(
            recipient=message.recipient,
            name=message.name,
            reasons=(message.reason,),
            language=message.language,
            stamped=self._stamped,
            texts=self._shared_texts(message.texts, (((message.reason,), None),)),
            messages=(message,),
            registration_ids=(told.registration.id,),
            copied_to=None,
            zone=self.zones.get(told.registration.id),
        )

    def findings(self, registrations: Iterable[Registration]) -> Iterator[Finding]:
        """Yield a finding if a zone is given for somebody who is none of *registrations*."""
        if not self.zones.keys() <= {registration.id for registration in registrations}:
            yield finding(Code.REGISTRATION_UNKNOWN, "/zones")


def _with_reasons(facts: Texts, told: tuple[tuple[tuple[Reason, ...], RegistrationState | None], ...]) -> Texts:
    return evolve(facts, notices=tuple([Notice(reasons=reasons, still=still) for reasons, still in told]))


_OPEN: Final = frozenset({RegistrationState.PENDING, RegistrationState.WAITLISTED})
_ON_STATES: Final = frozenset(
    {
        *(Reason.ADDRESS_CHANGED, Reason.CANCELLED, Reason.ERASED, Reason.PENDING, Reason.RECEIVED),
        *(Reason.WAITLISTED, Reason.WITHDRAWN),
    }
)
"""The reasons that say what a registration is now."""


class _Upcoming:
    """What begins soon at an event, and for whom."""

    def __init__(self, templates: Templates, after: datetime, until: datetime) -> None:
        """Take the texts of an event, and the moments between which something begins, the second one included."""
        event = templates.event
        self._templates, self._event = templates, event
        held = event.status is EventStatus.SCHEDULED
        self._event_begins = held and _begins(event.slot, after, until)
        self._sessions = {
            session.id: session
            for session in (event.sessions if held else ())
            if session.status is EventStatus.SCHEDULED and _begins(session.slot, after, until)
        }
        self.is_any: bool = self._event_begins or bool(self._sessions)

    def reminder(self, registration: Registration) -> _Told | None:
        """Return what to tell the person of a registration; None if nothing begins for them."""
        begins = self._event_begins or self._chosen(registration)
        if not begins or not is_admitted(self._event, registration) or self._is_away(registration, None):
            return None
        reason = Reason.REMINDED if self._event_begins else Reason.SESSION_REMINDED
        return _Told(registration, [reason], is_invited=True)

    def facts(self, told: Sequence[_Told]) -> tuple[Texts, str]:
        """Return the texts of a reminder, with the sessions that begin, and their language."""
        people = [person.registration for person in told]
        chosen = {id_ for person in people for id_ in self._chosen(person)}
        template = self._templates.template(None, people[0], people[1:])
        sessions = [each for each in template.texts.sessions if each.id in chosen and not each.awaited]
        return evolve(template.texts, sessions=tuple(sessions)), template.shared.language

    def _chosen(self, registration: Registration) -> list[str]:
        """Return the ids of the sessions that begin and that a person takes part in."""
        chosen = registration.attended_ids & self._sessions.keys()
        return [id_ for id_ in chosen if not self._is_away(registration, self._sessions[id_])]

    def _is_away(self, registration: Registration, session: Session | None) -> bool:
        """Return True if the person does not come, or lets somebody else come."""
        return status_since(self._event.last_change(session), registration, session) in _AWAY


_AWAY: Final = frozenset({ParticipationStatus.DECLINED, ParticipationStatus.DELEGATED})


def _begins(slot: TimeSlot | None, after: datetime, until: datetime) -> bool:
    return slot is not None and after < slot.starts_at <= until


# Why: docs/decisions/0043
class _Change:
    """The letters about a change."""

    def __init__(
        self,
        comparison: Comparison,
        writer: _LetterWriter,
        repeated: Sequence[str],
        asked: Sequence[str],
        erased: frozenset[str],
        clocks: ClockChanges | None,
        *,
        by_session: bool,
    ) -> None:
        before, after = comparison.before.event, comparison.after.event
        self._comparison, self._writer, self._by_session = comparison, writer, by_session
        self._repeated, self._asked, self._erased = repeated, asked, erased
        self._may_be_plain = clocks is None and not writer.gives_links
        self._moved_in = None if clocks is None else lru_cache(partial(_moved_in, clocks, after))
        self._again = frozenset(repeated)
        self._uid = after.uid
        self._old, self._new = before, after
        # Before it was announced, nobody was written to.
        self._known = comparison.then if comparison.had_announced and before.status is not EventStatus.DRAFT else {}
        self._is_cancelled = after.status is EventStatus.CANCELLED
        self._is_newly_cancelled = self._is_cancelled and before.status is not EventStatus.CANCELLED
        self._has_moved = after.uid in comparison.moved
        self._other_sessions = before.sessions != after.sessions
        self._for_others = lru_cache(512)(_for_others)

    def mailboxes(self) -> Iterator[MailboxChange]:
        """Return an iterator of all mailboxes, or raise as `Comparison.mailboxes`."""
        return self._comparison.mailboxes(by_session=self._by_session)

    def letters(self) -> Iterator[Letter]:
        """Yield the letters."""
        for mailbox in self.mailboxes():
            letter = self._letter(mailbox)
            if letter is not None:
                yield letter

    def _letter(self, mailbox: MailboxChange) -> Letter | None:
        before, after, messages = mailbox.before, mailbox.after, mailbox.messages
        if len(before) == len(after) == len(messages) == 1 and self._may_be_plain:
            only, message = self._here(after[0]), messages[0]
            if only.stays and not only.reasons and message.uid == self._uid and message.copied_to is None:
                return self._writer.plain_letter(only, message)  # nearly all of a hundred thousand are such
        people = {registration.id: self._here(registration) for registration in after}
        for registration in before:
            if registration.id not in people and registration.id in self._known:
                people[registration.id] = self._gone(registration, messages)
        self._add_reasons_of_messages(messages, people)
        if self._moved_in is not None:
            self._add_clocks(people.values(), self._moved_in)
        told = [person for person in people.values() if person.reasons]
        if not told:
            return None
        lead = next((person for person in told if person.is_invited), told[0])
        told.sort(key=lambda each: each is not lead)
        facts, language = self._facts(mailbox, lead)
        everybody = [person.registration for person in people.values()]
        return self._writer.letter(told, everybody, facts, language, messages)

    def _here(self, now: Registration) -> _Told:
        """Return what happened to somebody who has the address of the mailbox."""
        then = self._known.get(now.id)
        was_invited = then is not None and is_admitted(self._old, then)
        invited_now = is_admitted(self._new, now)
        reasons = _reasons_of_change(then, now, was_invited=was_invited, is_invited=invited_now)
        if self._is_cancelled:
            is_news = self._is_newly_cancelled or then is None or not then.state.is_active
            concerns = is_news and now.state.is_active
            reasons = [each for each in reasons if each in _ENDINGS] or ([Reason.CANCELLED] if concerns else [])
        elif then is not None and not invited_now and then.state.is_active and now.state.is_active:
            # Somebody who hopes to come has no entry, but the same day.
            if self._has_moved:
                reasons.append(Reason.MOVED)
            elif not reasons and self._other_sessions and self._sees_other_sessions(now):
                reasons.append(Reason.PROGRAMME_CHANGED)
        if now.id in self._again:
            reasons.append(Reason.REPEATED)
        if now.id in self._erased:
            reasons.append(Reason.ERASED)
        may_change = now.state.is_active and not self._is_cancelled and now.id not in self._erased
        return _Told(now, reasons, then, was_invited, invited_now, may_change)

    def _gone(self, then: Registration, messages: Sequence[Message]) -> _Told:
        """Return what happened to somebody who had the address of the mailbox."""
        was_invited, now = is_admitted(self._old, then), self._comparison.now.get(then.id)
        reasons: list[Reason] = []
        if now is None:
            reasons += [Reason.WITHDRAWN] if then.state.is_active else []
        elif (then.state.is_active and not self._is_cancelled) or any(
            then.id in message.registration_ids for message in messages
        ):
            reasons += [Reason.ADDRESS_CHANGED]
        return _Told(then, reasons, then, was_invited, may_change=False)

    def _sees_other_sessions(self, now: Registration) -> bool:
        """Return True if what a letter shows of the sessions of somebody who is not invited differs."""
        if not now.session_ids:
            return False
        before, after = (
            _unlinked(version.templates.template(None, now).texts.sessions)
            for version in (self._comparison.before, self._comparison.after)
        )
        return before != after

    def _add_reasons_of_messages(self, messages: Sequence[Message], people: Mapping[str, _Told]) -> None:
        """Tell people why their calendars change, unless it is because of what they are told already."""
        explained = {id_ for id_, each in people.items() if each.reasons}
        for message in messages:
            sharing = [people[id_] for id_ in message.registration_ids if id_ in people] or [*people.values()]
            staying = [person for person in sharing if person.stays]
            reason = self._reason(message)
            if message.reason in _OF_ALL:
                names = _names_concerned(message)
                receivers = [one for one in staying if names is None or person_of(one.registration).name in names]
            elif any(person.registration.id in explained for person in sharing):
                continue
            else:
                receivers = staying if reason in {Reason.EDITED, Reason.PROGRAMME_CHANGED} else staying[:1]
            if not receivers and not any(person.reasons for person in sharing):
                receivers = sharing[:1]
            for person in receivers:
                person.reasons.append(reason)

    def _reason(self, message: Message) -> Reason:
        """Return what a message says, in a letter about the event: what happens to a session changes the programme."""
        is_said = message.uid == self._uid or message.reason in _OF_ANYTHING
        return message.reason if is_said or self._is_cancelled else Reason.PROGRAMME_CHANGED

    def _add_clocks(self, people: Iterable[_Told], moved_in: Callable[[str], frozenset[str | None]]) -> None:
        """Tell people for whose own clocks the event, or a session of theirs, is at another time."""
        for person in people:
            zone = self._writer.zones.get(person.registration.id)
            if person.stays and zone is not None:
                moved = moved_in(zone)
                if None in moved or not moved.isdisjoint(person.registration.attended_ids):
                    person.reasons.append(Reason.CLOCKS_CHANGED)

    def _facts(self, mailbox: MailboxChange, lead: _Told) -> tuple[Texts, str]:
        """Return the texts of a letter, which are about the event, and their language."""
        own = next((each for each in mailbox.messages if each.uid == self._uid), None)
        now, then = lead.registration, lead.then
        guests = [guest for guest in mailbox.after if is_admitted(self._new, guest)]
        if own is not None and {guest.id for guest in guests} <= {*own.registration_ids}:
            texts, language = own.texts, own.language
        else:
            sharing = [guest for guest in guests if guest is not now]
            template = self._comparison.after.templates.template(None, now, sharing)
            texts, language = template.texts, template.shared.language
            if then is not None and now.state.is_active:
                were = [guest for guest in mailbox.before if guest.id != now.id and is_admitted(self._old, guest)]
                before = self._comparison.before.templates.template(None, now, sharing)
                chosen = self._comparison.as_read_now(then, None, were, template)
                texts = self._comparison.with_previous(template, before, chosen)
        return texts if guests else self._for_others(texts, now.state.is_active), language

    def findings(self) -> Iterator[Finding]:
        """Yield what should reach somebody and reaches nobody."""
        for key, ids in (("repeated", self._repeated), ("erased", self._asked)):
            for index, id_ in enumerate(ids):
                now = self._comparison.now.get(id_)
                if now is None or now.participant is None:
                    code = Code.REGISTRATION_UNKNOWN if now is None else Code.REGISTRATION_PURGED
                    yield finding(code, pointer(key, index))
                elif key == "erased" and id_ not in self._erased:
                    yield finding(Code.REGISTRATION_NOT_PURGED, pointer(key, index))
        yield from self._writer.findings(self._comparison.now.values())
        before, after = (entry_sequences(each.event) for each in (self._comparison.before, self._comparison.after))
        right = (before.keys() & after.keys()) - self._comparison.moved
        for index, then in enumerate(self._comparison.before.registrations):
            now = self._comparison.now.get(then.id)
            if now is None or now.participant is not None:
                continue
            has_left = is_admitted(self._old, then) and not is_admitted(self._new, now)
            path = pointer("before", "registrations", index)
            held = {entry.uid: path + pointer("entries", place) for place, entry in enumerate(then.entries)}
            was_told = then.participant is not None and is_admitted(self._old, then) and then.id in self._known
            if not held and was_told:
                held = dict.fromkeys(self._uids_of(then), path)
            wrong = [place for uid, place in held.items() if has_left or uid not in right]
            for place in dict.fromkeys(wrong):
                yield finding(Code.ENTRY_UNREACHABLE, place)

    def _uids_of(self, then: Registration) -> list[str]:
        """Return the uids of the entries to which somebody was invited."""
        event = self._comparison.before.event
        chosen = then.attended_ids if self._by_session else ()
        return [each.export_uid(event.uid) for each in event.sessions if each.id in chosen] or [event.uid]


def _moved_in(clocks: ClockChanges, event: Event, zone: str) -> frozenset[str | None]:
    """Return what is at another time by the clocks of a zone: ids of sessions, and None for the event."""
    times = [(None, event.slot), *((session.id, session.slot) for session in announced_sessions(event))]
    shown = [
        (id_, clocks.shown(zone, moment))
        for id_, slot in times
        if slot is not None and not slot.whole_days
        for moment in (slot.start, slot.end)
    ]
    return frozenset(id_ for id_, (before, after) in shown if before != after)


_ENDINGS: Final = frozenset({Reason.REJECTED, Reason.WITHDRAWN})
"""What somebody hears of a registration for an event that is cancelled."""

_OF_ALL: Final = frozenset({Reason.CANCELLED, Reason.CLOCKS_CHANGED, Reason.MOVED, Reason.PROGRAMME_CHANGED})
"""The reasons of a message that concern all who share the mailbox."""

_OF_ANYTHING: Final = frozenset({Reason.CLOCKS_CHANGED, Reason.EDITED, Reason.WITHDRAWN})
"""The reasons of a message about a session that a letter about the event gives too."""


def _names_concerned(message: Message) -> set[str | None] | None:
    """Return the names of those of whose sessions a message about the event says something new; None for everybody."""
    now, then = message.texts.sessions, message.texts.previous_sessions
    if message.reason is not Reason.PROGRAMME_CHANGED or then is None:
        return None
    changed = {*now} ^ {*then}
    return {name for session in changed for name in session.names} if all(each.names for each in changed) else None


def _for_others(texts: Texts, hopes: bool) -> Texts:  # noqa: FBT001 - remembered by position
    """Return texts for people who are not invited: without links to join, and without sessions unless they may come."""
    sessions = _unlinked(texts.sessions if hopes else ())
    previous = _unlinked(texts.previous_sessions or ())
    return evolve(
        texts, links=(), sessions=sessions, previous_sessions=None if previous in {(), sessions} else previous
    )


def _unlinked(sessions: Iterable[ChosenSession]) -> tuple[ChosenSession, ...]:
    return tuple([evolve(session, links=()) for session in sessions])


def _unpurged(before: Dossier, after: Dossier, erased: frozenset[str]) -> Dossier:
    """Return *after*, in which those who asked for erasure have the address that they had *before*."""
    then = {each.id: each for each in before.registrations if each.id in erased and each.participant is not None}
    if not then:
        return after
    registrations = [
        evolve(each, participant=then[each.id].participant, filed_by=then[each.id].filed_by, purged_at=None)
        if each.id in then and each.participant is None
        else each
        for each in after.registrations
    ]
    return evolve(after, registrations=tuple(registrations))


_IMPORTANCE: Final = {reason: place for place, reason in enumerate(Reason)}
_ENDED: Final = {
    RegistrationState.REJECTED: Reason.REJECTED,
    RegistrationState.WITHDRAWN: Reason.WITHDRAWN,
    RegistrationState.WAITLISTED: Reason.WAITLISTED,
}
_IN_SESSIONS: Final = frozenset({RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.ATTENDED})
"""The states in which somebody has seats in sessions, or waits for them."""


def _by_importance(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the reasons of a letter, each once, the most important first."""
    if len(reasons) == 1:
        return tuple(reasons)
    return tuple(sorted(set(reasons), key=_IMPORTANCE.__getitem__))


def _reasons_of_change(
    then: Registration | None, now: Registration, *, was_invited: bool, is_invited: bool
) -> list[Reason]:
    """Return what the person of a registration has to hear of its change; nothing if they see none.

    *then* is how the person knows it, None if they have heard nothing of it yet; *now* has its personal data.
    """
    if then is now:
        return []
    reasons: list[Reason] = []
    if is_invited:
        if not was_invited:
            waited = then is not None and then.state is RegistrationState.WAITLISTED
            reasons.append(Reason.PROMOTED if waited else Reason.INVITED)
    elif now.state is RegistrationState.PENDING:
        if then is None:
            reasons.append(Reason.RECEIVED)
        elif was_invited or then.state is not RegistrationState.PENDING:
            reasons.append(Reason.PENDING)
    elif then is None or then.state is not now.state:
        reasons.append(_ENDED[now.state])
    # A no-show who did come waits again for what they waited for before.
    if now.state in _IN_SESSIONS and (then is None or then.state is not RegistrationState.NO_SHOW):
        awaited = awaited_ids(now)
        awaited_then = frozenset[str]() if then is None else awaited_ids(then)
        if awaited_then & now.session_ids - awaited:
            reasons.append(Reason.SEAT_FOUND)
        if awaited - awaited_then:
            reasons.append(Reason.SESSION_WAITLISTED)
    if then is not None and then.state.is_active and now.state.is_active and _shown_of(then) != _shown_of(now):
        reasons.append(Reason.CHANGED)
    return reasons


def _decision_on(then: Registration | None, now: Registration) -> LocalizedText | None:
    """Return the reason that the office gave for the last change of state since *then*, for the person."""
    if len(now.history) <= (0 if then is None else len(then.history)):
        return None
    return now.history[-1].reason


def _shown_of(registration: Registration) -> object:
    """Return what a letter shows of a registration, but its state and its waits."""
    person = registration.participant
    return registration.mode, registration.session_ids, person and (person.name, person.email)
