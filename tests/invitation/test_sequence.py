"""Which replies count after a change: only those about an entry whose time, place or status is still the same."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.samples.small import dossier, event, place, registration, session, slot
from tests.samples.whole import text
from wtisd_model import Code, Dossier, Event, MessageError, Organization, ParticipationStatus, Reply, from_ical
from wtisd_model import invitation as inv

MOVED = slot("15:30", "16:00")
AT = datetime(2023, 4, 14, 9, tzinfo=UTC)
ACCEPTED, NEEDS_ACTION = ParticipationStatus.ACCEPTED, ParticipationStatus.NEEDS_ACTION

OPENING, COFFEE = session("opening", "14:30", "15:00"), session("coffee", "15:00", "15:30")
A, B = (registration(name, session_ids=frozenset({"opening"})).approve(at=AT) for name in ("a", "b"))


def later(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def forum(**changes: Any) -> Event:
    organizer = Organization(name=text("Office"), email="office@example.org")
    return event(**{"organizer": organizer, "sessions": (OPENING, COFFEE), **changes})


def coffee_moved(before: Event) -> Event:
    return before.revised(at=later(2), sessions=(OPENING, evolve(COFFEE, slot=MOVED)))


def accepted(message: inv.Message, hours: int) -> inv.IncomingReply:
    assert message.recipient is not None
    return inv.read_reply(inv.reply(message, ACCEPTED, stamped=later(hours)).ics, sender=message.recipient)


def statuses(of: Dossier, session_id: str | None) -> list[ParticipationStatus]:
    """Return what the next message to each person says of their reply."""
    edited = of.event.revised(
        at=later(90),
        title=text("Edited"),
        sessions=tuple(evolve(each, title=text("Edited")) for each in of.event.sessions),
    )
    messages = inv.updates(of, evolve(of, event=edited), stamped=later(91), by_session=session_id is not None)
    return [_partstat(each) for each in messages]


def _partstat(message: inv.Message) -> ParticipationStatus:
    (found,) = (each for each in ParticipationStatus if f"PARTSTAT={each.upper()}".encode() in message.ics)
    return found


@pytest.mark.parametrize("session_id", [None, "opening"])
class TestACoffeeBreakMoves:
    """RFC 5546 section 2.1.4: SEQUENCE belongs to one calendar component, and rises when that one changes."""

    def test_whoever_accepted_before_or_after_it_has_accepted(self, session_id: str | None) -> None:
        before = dossier(A, B, of=forum())
        by_session = session_id is not None
        first, second = inv.invites(before.event, [A, B], stamped=AT, by_session=by_session)
        before = inv.apply(before, [accepted(second, 1)])
        after = evolve(before, event=coffee_moved(before.event))
        assert after.event.sequence == 1
        assert [*inv.updates(before, after, stamped=later(3), by_session=by_session)] == []
        # A accepts the only invitation that A ever got.
        after = inv.apply(after, [accepted(first, 4)])
        assert statuses(after, session_id) == [ACCEPTED, ACCEPTED]
        if not by_session:
            assert [each.participation_status for each in after.registrations] == [ACCEPTED, ACCEPTED]


class TestOneCancelWithARaisedSequence:
    """RFC 5546 section 2.1.4: "The SEQUENCE property value MUST be incremented each time the Organizer uses CANCEL"."""

    @pytest.mark.parametrize("before", [forum(sessions=()), coffee_moved(forum())])
    def test_raised_by_hand_for_one_it_leaves_the_replies_of_the_others(self, before: Event) -> None:
        first, second = inv.invites(before, [A, B], stamped=AT)
        answered = inv.apply(dossier(A, B, of=before), [accepted(first, 1), accepted(second, 1)])
        raised = before.revised(at=later(2), sequence=before.sequence + 1)
        cancel = inv.cancel(raised, A, stamped=later(3))
        assert cancel.sequence == first.sequence + 1 + before.sequence
        assert [*inv.updates(answered, evolve(answered, event=raised), stamped=later(3))] == []
        assert statuses(evolve(answered, event=raised), None) == [ACCEPTED, ACCEPTED]
        # Who is invited again gets no message that is older than the CANCEL.
        again = inv.invite(raised, A, stamped=later(4))
        assert (again.sequence, again.stamped) > (cancel.sequence, cancel.stamped)

    def test_it_holds_for_all_that_is_sent_later(self) -> None:
        raised = forum().revised(at=later(1), sequence=7)
        assert (raised.sequence, raised.last_change(), raised.entry_sequence(OPENING)) == (7, 0, 7)
        moved = coffee_moved(raised)
        assert [moved.entry_sequence(each) for each in (None, *moved.sessions)] == [7, 7, 8]
        assert [moved.last_change(each) for each in (None, *moved.sessions)] == [0, 0, 8]


class TestAnotherOrganizer:
    """RFC 5546 section 4.2.11: "When the Organizer is replaced, the SEQUENCE property value MUST be incremented"."""

    def test_all_learn_of_it_in_a_higher_sequence_and_nobody_has_to_reply_again(self) -> None:
        before = dossier(A, B, of=forum())
        first, second = inv.invites(before.event, [A, B], stamped=AT)
        before = inv.apply(before, [accepted(first, 1), accepted(second, 1)])
        other = Organization(name=text("Bureau"), email="bureau@example.org")
        after = evolve(before, event=before.event.revised(at=later(2), organizer=other))
        messages = [*inv.updates(before, after, stamped=later(3))]
        assert [(each.reason, each.sequence, _partstat(each)) for each in messages] == [
            (inv.Reason.EDITED, 1, ACCEPTED)
        ] * 2
        assert all(each.texts.organizer_email == "bureau@example.org" for each in messages)

    def test_a_foreign_invitation_that_somebody_takes_over_rises(self) -> None:
        (event,) = from_ical(inv.invite(forum(), A, stamped=AT).ics).events
        ours = event.revised(at=later(1), organizer=Organization(name=text("Ours"), email="ours@example.org"))
        assert (event.entry_sequence(), ours.entry_sequence(), ours.last_change()) == (0, 1, 0)


class TestPlacesAndStatusOfTheEvent:
    """A session without places is where the event is, and one of a cancelled event is cancelled."""

    ELSEWHERE = (place("Room 2"),)

    def test_another_place_of_the_event_changes_the_sessions_that_have_none_of_their_own(self) -> None:
        own = evolve(COFFEE, locations=(place("Lobby"),))
        moved = forum(sessions=(OPENING, own)).revised(at=later(1), locations=self.ELSEWHERE)
        assert [moved.last_change(each) for each in (None, *moved.sessions)] == [1, 1, 0]

    def test_a_postponed_event_changes_its_sessions_unless_they_were_cancelled(self) -> None:
        off = COFFEE.cancel(at=AT)
        postponed = forum(sessions=(OPENING, off)).postpone(at=later(1))
        assert [postponed.last_change(each) for each in (None, *postponed.sessions)] == [1, 1, 0]

    def test_a_session_that_is_removed_and_returns_never_falls_below_its_cancellation(self) -> None:
        before = coffee_moved(forum())
        opening, coffee = before.sessions
        without = before.revised(at=later(3), sessions=(opening,))
        (gone,) = inv.cancels(without, [A], stamped=later(3), session=coffee)
        again = without.revised(at=later(4), sessions=(opening, coffee))
        assert [before.entry_sequence(coffee), gone.sequence, again.entry_sequence(again.sessions[1])] == [1, 2, 3]
        assert again.last_change(again.sessions[0]) == 0

    def test_a_uid_that_passes_from_session_to_session_never_falls(self) -> None:
        first = coffee_moved(forum(sessions=(OPENING, evolve(COFFEE, uid="own")))).revised(
            at=later(2), sessions=(OPENING, evolve(COFFEE, slot=MOVED, uid="own"))
        )
        swapped = first.revised(at=later(3), sessions=(evolve(first.sessions[0], uid="own"),))
        assert swapped.entry_sequence(swapped.sessions[0]) > first.entry_sequence(first.sessions[1])


class TestDocumentsOfBefore:
    """An event without these numbers has told everybody its one sequence."""

    def test_they_begin_where_the_event_is(self) -> None:
        old = forum(sequence=3)
        assert [old.entry_sequence(each) for each in (None, *old.sessions)] == [3, 3, 3]
        moved = coffee_moved(old)
        assert [moved.entry_sequence(each) for each in (None, *moved.sessions)] == [3, 3, 4]
        assert moved.revised(at=later(3), title=text("Edited")).sessions == moved.sessions

    def test_a_session_that_was_made_anew_keeps_its_number(self) -> None:
        moved = coffee_moved(forum(sequence=3))
        fresh = moved.revised(at=later(3), sessions=(OPENING, evolve(COFFEE, slot=MOVED, title=text("Coffee"))))
        assert [each.changed_sequence for each in fresh.sessions] == [3, 4]

    @pytest.mark.parametrize(("sequence", "counts"), [(2, NEEDS_ACTION), (3, ACCEPTED)])
    def test_a_reply_means_what_it_meant(self, sequence: int, counts: ParticipationStatus) -> None:
        reply = Reply(at=AT, status=ACCEPTED, sequence=sequence)
        one = evolve(A, replies=(reply,), participation_status=counts)
        for whole in (forum(sequence=3), coffee_moved(forum(sequence=3))):
            assert statuses(dossier(one, of=whole), None) == [counts]


class TestByHand:
    """`updates` refuses an event that was changed without `revised`, if calendars would ignore the change."""

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"slot": slot("14:00", "17:00")}, "changedSequence"),
            ({"sessions": (evolve(OPENING, slot=MOVED), COFFEE)}, None),
            ({"sessions": (OPENING, evolve(COFFEE, changed_sequence=0))}, "sessions/1/changedSequence"),
            ({"sessions": (OPENING, COFFEE, session("more", "16:00", "16:30"))}, None),
            ({"sessions": (OPENING, evolve(COFFEE, id="tea", changed_sequence=1))}, "sessions/1/changedSequence"),
            ({"changed_sequence": 0, "minimum_sequence": None}, "changedSequence"),
            ({"organizer": Organization(name=text("Bureau"), email="bureau@example.org")}, "changedSequence"),
        ],
    )
    def test_each_entry_has_to_rise(self, changes: dict[str, Any], path: str | None) -> None:
        before = coffee_moved(forum())
        before = before.revised(at=later(3), slot=slot("14:00", "16:30"), sequence=4)
        after = evolve(before, **{"sequence": 5, **changes})
        guest = evolve(A, session_ids=frozenset())  # who hears nothing of single sessions
        dossiers = dossier(guest, of=before), dossier(guest, of=after)
        if path is None:
            # A number that is absent is that of the event.
            assert [*inv.updates(*dossiers, stamped=later(5))] == []
            return
        with pytest.raises(MessageError) as caught:
            inv.updates(*dossiers, stamped=later(5))
        assert [(each.code, each.path) for each in caught.value.findings] == [
            (Code.SEQUENCE_NOT_RAISED, f"/after/event/{path}")
        ]

    def test_a_higher_number_is_enough(self) -> None:
        before = coffee_moved(forum())
        after = evolve(before, sequence=2, changed_sequence=2, slot=slot("14:00", "17:00"))
        (message,) = inv.updates(dossier(A, of=before), dossier(A, of=after), stamped=later(5))
        assert (message.reason, message.sequence) == (inv.Reason.MOVED, 2)


class TestAhead:
    """A reply to a revision that was never sent is refused."""

    def test_each_entry_has_its_own_limit(self) -> None:
        moved = coffee_moved(forum())
        first, *_ = inv.invites(moved, [A], stamped=AT)
        about = accepted(first, 1)
        with pytest.raises(MessageError) as caught:
            inv.apply(dossier(A, of=moved), [evolve(about, sequence=1), evolve(about, uid="coffee.e-1", sequence=1)])
        (found,) = caught.value.findings
        assert (found.code, found.path, found.params) == (Code.SEQUENCE_AHEAD, "/replies/0/sequence", {"maximum": 0})
