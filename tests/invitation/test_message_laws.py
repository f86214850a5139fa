"""Laws of messages: an independent reader finds in them what the event and the registration contain."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import attrs
from hypothesis import assume, example, given
from hypothesis import event as count
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.hypothesis_profiles import LAW
from tests.ical.expected import expected_ends, expected_entry, seen_by, without_links
from tests.ical.feeds import LENGTHS
from tests.invitation.strict_message import message
from tests.samples.invited import EVENT, STAMPS, guests, invitable, open_sessions, registration
from tests.samples.whole import days, slot
from tests.samples.wtisd import STAMPED
from wtisd_model import Event, EventStatus, ParticipationStatus, Registration, Repeated, Session, TimeSlot
from wtisd_model import invitation as inv
from wtisd_model.data.languages import SIGN_LANGUAGES
from wtisd_model.strategies import slots

KWAJALEIN, HAVANA, SECOND = "Pacific/Kwajalein", "America/Havana", Repeated.SECOND
PLAIN: dict[str, Any] = {"reminders": (), "stamped": STAMPED, "utc": False, "transparent": False}
ANSWERS: SearchStrategy[ParticipationStatus] = st.sampled_from(
    [ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED, ParticipationStatus.TENTATIVE]
)


def find(event: Event, id_: str | None) -> Event | Session:
    return next((each for each in event.sessions if each.id == id_), event)


def languages_of(guest: Registration) -> str | None:
    assert guest.participant is not None
    listening = [tag for tag in guest.listening_languages if tag.partition("-")[0] not in SIGN_LANGUAGES]
    return guest.participant.language or next(iter(listening), None)


def answered_of(guest: Registration, event: Event, session_id: str | None) -> str:
    """Return the person's last answer about the event or a session, unless that has changed since."""
    returned = max((step.at for step in guest.history if step.before in {"rejected", "withdrawn"}), default=None)
    about = [each for each in guest.replies if each.session_id == session_id]
    said = [each for each in about if each.delegate is None]
    if said:
        changed = find(event, session_id).changed_sequence
        last_change = event.sequence if changed is None else changed
        order = (said[-1].sequence, said[-1].at)
        is_current = said[-1].sequence >= last_change
        is_current = is_current and (returned is None or said[-1].at >= returned)
        named_before = {
            name.casefold()
            for each in said
            if each.status == "delegated" and (each.sequence, each.at) < order
            for name in each.delegated_to
        }
        answers = {
            each.delegate.casefold(): each.status
            for each in about
            if each.delegate
            and each.sequence >= last_change
            and (each.delegate.casefold() not in named_before or (each.sequence, each.at) >= order)
        }
        declined = {name for name, status in answers.items() if status == "declined"}
        if said[-1].status == "delegated" and said[-1].delegated_to:
            is_current = is_current and not {each.casefold() for each in said[-1].delegated_to} <= declined
        return said[-1].status if is_current else "needs-action"
    return guest.participation_status if session_id is None else "needs-action"


def chairs(guest: Registration, about: Event | Session) -> bool:
    """Return True for the chair of an event, and for that of a session, known by id or address."""
    assert guest.participant is not None
    if isinstance(about, Event):
        return "chair" in guest.participant.roles
    own = {guest.participant.id, (guest.participant.email or "").lower()}
    return any(
        "chair" in each.roles and own & {each.id, (each.email or "").lower()} - {None, ""} for each in about.people
    )


@st.composite
def asked(draw: st.DrawFn) -> tuple[Event, Registration, str | None]:
    """Draw an event, somebody who is invited to it, and the session of the invitation, if it is to one."""
    event = draw(invitable())
    guest = draw(guests(event))
    return event, guest, draw(st.sampled_from([None, *open_sessions(event, guest)]))


def chosen_at(slot: TimeSlot) -> tuple[Event, Registration, None]:
    """Return an invitation of somebody who chose the only session of an event, which takes as long as the event."""
    session = Session(id="s", title=EVENT.title, slot=slot)
    event = attrs.evolve(EVENT, slot=slot, previous_slots=(), sessions=(session,))
    return event, registration(session_ids=frozenset({"s"})), None


class TestInvitations:
    """RFC 5546 section 3.2.2: REQUEST."""

    @LAW
    @given(
        asked=asked(),
        reminders=st.lists(LENGTHS, max_size=2, unique=True).map(tuple),
        stamped=STAMPS,
        utc=st.booleans(),
        transparent=st.booleans(),
    )
    # Midnight ends the day of the second before, which is not a second earlier on the clock of a place that skips a
    # day, or shows midnight twice.
    @example(asked=chosen_at(slot("1993-08-20T23:00:00", "1993-08-22T00:00:00", KWAJALEIN)), **PLAIN)
    @example(asked=chosen_at(days("1993-08-19", "1993-08-22", KWAJALEIN)), **PLAIN)
    @example(asked=chosen_at(slot("2026-10-31T23:00:00", "2026-11-01T00:00:00", HAVANA, end_repeated=SECOND)), **PLAIN)
    # Two days of 47 hours.
    @example(asked=chosen_at(days("2026-03-28", "2026-03-30")), **PLAIN)
    def test_what_is_read_back_equals_what_was_written(
        self,
        asked: tuple[Event, Registration, str | None],
        reminders: tuple[timedelta, ...],
        stamped: datetime,
        utc: bool,
        transparent: bool,
    ) -> None:
        event, guest, chosen = asked
        assert guest.participant is not None
        language = languages_of(guest)
        count("a session" if chosen else "the event")
        sent = inv.invite(
            event, guest, stamped=stamped, session=chosen, reminders=reminders, utc=utc, transparent=transparent
        )
        read = message(sent.ics)
        about = find(event, chosen)
        assert read.entry == attrs.evolve(
            expected_entry(
                event,
                about,
                stamped=stamped,
                language=language,
                reminders=reminders,
                remote=guest.mode == "remote",
                announced=False,
                guest=guest,
            ),
            transparent=transparent,
            color=None,
        )
        (attendee,) = read.attendees
        assert attendee.email == guest.participant.email
        answer = answered_of(guest, event, chosen)
        awaited = answer == "needs-action"
        assert attendee.parameters == {
            "CUTYPE": "INDIVIDUAL",
            "ROLE": "CHAIR" if chairs(guest, about) else "REQ-PARTICIPANT",
            "PARTSTAT": answer.upper(),
            **({"RSVP": "TRUE"} if awaited else {}),
            **({"LANGUAGE": language} if language else {}),
            "CN": guest.participant.name,
        }
        assert (read.method, read.uid, read.sequence, read.stamped) == ("REQUEST", sent.uid, sent.sequence, stamped)
        assert (sent.recipient, sent.name) == (guest.participant.email, guest.participant.name)

    @LAW
    @given(st.data(), invitable(), STAMPS, st.booleans())
    def test_many_are_invited_with_the_bytes_of_each_alone(
        self,
        data: st.DataObject,
        event: Event,
        stamped: datetime,
        by_session: bool,
    ) -> None:
        many = data.draw(st.lists(guests(event), max_size=4))
        alone = [
            inv.invite(event, guest, stamped=stamped, session=id_, others=many)
            for guest in many
            for id_ in (open_sessions(event, guest) if by_session and guest.attended_ids else [None])
        ]
        together = inv.invites(event, iter(many), stamped=stamped, by_session=by_session, others=many)
        one_each: dict[tuple[str, str], inv.Message] = {}
        for each in alone:
            one_each.setdefault(((each.recipient or "").casefold(), each.uid), each)
        found = {((each.recipient or "").casefold(), each.uid): each for each in together}
        assert found.keys() == one_each.keys()
        # That of people who share an address names them all.
        mailboxes = Counter((guest.participant.email or "").casefold() for guest in many if guest.participant)
        for key, each in found.items():
            assert each == one_each[key] or mailboxes[key[0]] > 1
        count(f"messages: {min(len(alone), 3)}")


class TestCancellations:
    """RFC 5546 section 3.2.5: CANCEL."""

    @LAW
    @given(st.data(), invitable(), STAMPS, st.booleans())
    def test_it_says_what_is_cancelled_and_of_one_person_no_status(
        self,
        data: st.DataObject,
        event: Event,
        stamped: datetime,
        called_off: bool,
    ) -> None:
        guest = data.draw(guests(event))
        chosen = data.draw(st.sampled_from([None, *(each.id for each in event.sessions if each.status != "draft")]))
        if called_off:
            assume(event.sequence < 2**31 - 1)  # there is no revision after the last one
            last = max([stamped, *(step.at for step in event.history)])
            event = event.cancel(at=last)
        about = find(event, chosen)
        whole = EventStatus.CANCELLED in {event.status, about.status}
        sent = inv.cancel(event, guest, stamped=stamped, session=chosen)
        read = message(sent.ics)
        seen = without_links(seen_by(guest, event) if about is event else event)
        assert read.entry == attrs.evolve(
            expected_entry(
                seen,
                find(seen, chosen),
                stamped=stamped,
                language=languages_of(guest),
                remote=guest.mode == "remote",
                stated=whole,
                announced=False,
            ),
            color=None,
        )
        assert read.sequence == sent.sequence
        assert [each.email for each in read.attendees] == [sent.recipient]
        assert sent.reason is (
            inv.Reason.CANCELLED if whole else inv.Reason.DROPPED if chosen else inv.Reason.WITHDRAWN
        )
        assert list(inv.cancels(event, [guest], stamped=stamped, session=chosen)) == [sent]
        for each in inv.cancels(event, [guest], stamped=stamped, by_session=True):
            session = next((one.id for one in event.sessions if one.export_uid(event.uid) == each.uid), None)
            assert each == inv.cancel(event, guest, stamped=stamped, session=session)


class TestAnswers:
    """RFC 5546 sections 3.2.3, 3.2.6 and 3.2.7: REPLY, REFRESH and COUNTER."""

    @LAW
    @given(st.data(), invitable(), STAMPS, STAMPS)
    def test_an_answer_refers_to_what_was_asked(
        self, data: st.DataObject, event: Event, stamped: datetime, later: datetime
    ) -> None:
        guest = data.draw(guests(event))
        chosen = data.draw(st.sampled_from([None, *open_sessions(event, guest)]))
        request = inv.invite(event, guest, stamped=stamped, session=chosen)
        asked = message(request.ics)
        assert asked.entry is not None
        slot = data.draw(slots())
        answers = {
            "REPLY": inv.reply(request, data.draw(ANSWERS), stamped=later),
            "COUNTER": inv.counter(request, slot, stamped=later),
            "REFRESH": inv.refresh(request, stamped=later),
        }
        for method, sent in answers.items():
            read = message(sent.ics)
            assert (read.method, read.uid, read.organizer, read.stamped) == (method, asked.uid, asked.organizer, later)
            assert [each.email for each in read.attendees] == [request.recipient]
            assert sent.recipient == asked.organizer[1]
            assert read.sequence in {asked.sequence, None}
        proposed = message(answers["COUNTER"].ics).entry
        starts, ends = expected_ends(slot)
        assert proposed == attrs.evolve(asked.entry, stamped=later, starts_at=starts, ends_at=ends, zone=slot.time_zone)

    @given(invitable(), STAMPS)
    def test_equal_input_gives_equal_bytes(self, event: Event, stamped: datetime) -> None:
        again = attrs.evolve(event, keywords=frozenset(sorted(event.keywords, reverse=True)))
        assert inv.publish(event, stamped=stamped) == inv.publish(again, stamped=stamped)
        read = message(inv.publish(event, stamped=stamped).ics)
        assert read.entry == attrs.evolve(expected_entry(event, event, stamped=stamped, language=None), color=None)
