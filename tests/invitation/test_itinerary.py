"""What interpreters are told of their assignments, and what becomes of their answers."""

import random
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise, permutations
from typing import Any

import icalendar
import pytest
from attrs import evolve

from tests.invitation.mailbox import Mailbox
from tests.invitation.strict_message import Sent
from tests.invitation.strict_message import message as strict
from tests.refusals import refused
from tests.samples import rosters
from tests.samples.rosters import asked
from tests.samples.small import dossier as dossier_of
from tests.samples.small import event, place, session, slot
from tests.samples.whole import text
from wtisd_model import (
    Assignment,
    AssignmentState,
    AttendanceMode,
    Booth,
    Contact,
    Dossier,
    Event,
    EventStatus,
    Interpreter,
    InvalidValueError,
    LocalizedText,
    MessageError,
    Money,
    Organization,
    ParticipationMode,
    ParticipationStatus,
    Relay,
    Role,
    Roster,
    Skill,
    Task,
    Terms,
    VirtualLocation,
    planning,
    to_ical,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import IncomingReply, Message, Method, Offers, Reason
from wtisd_model.locales import locale_for

AT = datetime(2023, 4, 14, 9, tzinfo=UTC)
NOW = AT + timedelta(days=2)
YES, NO, MAYBE = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED, ParticipationStatus.TENTATIVE
LANGUAGES = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")


def interpreter(name: str, language: str | None = "en", **changes: Any) -> Interpreter:
    contact = Contact(name=f"Interpreter {name}", email=f"{name}@example.org", phone="+41223334455", language=language)
    return rosters.person(name, **{"contact": contact, "cost": Money(amount=777, currency="CHF"), **changes})


ONE, TWO, THREE = (interpreter(name) for name in ("i1", "i2", "i3"))

ENGLISH = interpreter("i4", languages="en:A ar:C")


def assignment(name: str, of: str = "i1", session_id: str | None = "s1", **changes: Any) -> Assignment:
    given: dict[str, Any] = {"id": name, "interpreter_id": of, "session_id": session_id, "booth_id": "b-fr"}
    return rosters.assignment(**{**given, **changes})


HIGHEST = 2**31 - 1
HIGH = assignment("a1", sequence=HIGHEST - 3)
"""Its sequence and that of the session, 4, are more than a calendar can hold."""

FEEDS = assignment("a9", "i4", booth_id="b-en", language="en")
"""The booth through which that of French hears Arabic."""


def roster(
    *assignments: Assignment, people: tuple[Interpreter, ...] = (ONE, TWO, THREE, ENGLISH), **changes: Any
) -> Roster:
    return Roster(
        **{
            "interpreters": people,
            "booths": (Booth(id="b-en", language="en"), Booth(id="b-fr", language="fr")),
            "terms": Terms(name="Terms"),
            "assignments": assignments,
            **changes,
        }
    )


def forum(**changes: Any) -> Event:
    sessions = (session("s1", "14:30", "15:00", floor_languages=("en", "ar")), session("s2", "15:00", "15:30"))
    return event(
        **{
            "organizer": Organization(name=text("Office"), email="office@example.org"),
            "contacts": (
                Contact(name="Participant 1", email="desk@example.org", roles={Role.CONTACT}),
                Contact(name="Participant 2", email="boss@example.org", roles={Role.SIGNATORY}),
            ),
            "sessions": sessions,
            "sequence": 4,
            **changes,
        }
    )


ASKED = tuple(
    asked(*languages, id_=f"r-{service}", service=service)
    for service, languages in (("simultaneous", ("en", "fr")), ("consecutive", ("fr",)), ("whispered", ("fr",)))
)


def dossier(of: Event | None = None) -> Dossier:
    return dossier_of(of=forum() if of is None else of, requests=ASKED)


HELD = dossier()


def moved(of: Event, at: datetime = AT) -> Event:
    first, *others = of.sessions
    return of.revised(at=at, sessions=(first.reschedule(slot("14:35", "15:00"), at=at), *others))


def told(
    before: Roster | None, after: Roster, *, now: Dossier = HELD, then: Dossier = HELD, minutes: int = 1, **options: Any
) -> Offers:
    stamped = AT + timedelta(minutes=minutes)
    return inv.offers(before, after, [now], dossiers_before=[then], stamped=stamped, **options)


def kinds(offers: Offers) -> list[tuple[str | None, Method, Reason, int]]:
    return [(each.recipient, each.method, each.reason, each.sequence) for each in offers.messages]


def first_offer(of: Roster, now: Dossier = HELD) -> Message:
    (message, *_) = told(None, of, now=now).messages
    return message


def reply(to: Message, status: ParticipationStatus, *, minutes: int = 60, comment: str | None = None) -> IncomingReply:
    answered = inv.reply(to, status, stamped=AT + timedelta(minutes=minutes), comment=comment)
    return inv.read_reply(answered.ics, sender=to.recipient or "")


def states(of: Roster) -> list[AssignmentState]:
    return [each.state for each in of.assignments]


def answered(of: Roster, *replies: IncomingReply, now: Dossier = HELD, at: datetime = NOW) -> Roster:
    return inv.answer(of, [now], replies, now=at)


def said_to(of: Roster, person: str, **changes: Any) -> str:
    return str(inv.itinerary(of, HELD, person, **changes).sessions[0].description)


def text_of(message: Message) -> str:
    body = inv.mail(message, sender="office@example.org").get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def unfolded(ics: bytes) -> str:
    return ics.decode().replace("\r\n ", "")


class TestItinerary:
    """An event of one interpreter, whose sessions are their assignments."""

    def test_it_says_where_when_and_what(self) -> None:
        given = roster(assignment("a1", task=Task.PIVOT, expires_at=AT), assignment("a2", "i2"), FEEDS)
        (only,) = inv.itinerary(given, HELD, "i1").sessions
        assert str(only.title) == "s1 (French booth, b-fr)"
        assert str(only.description).splitlines() == [
            "Simultaneous interpretation: into French",
            "Task: Pivot",
            "Together with: Interpreter i2",
            "Relay: Arabic through English",
        ]
        assert only.slot == slot("14:30", "15:00")
        assert only.floor_languages == ("en", "ar")

    def test_what_somebody_of_the_team_hears_directly_is_no_relay(self) -> None:
        arabic = (Skill(language="fr", level="A"), Skill(language="ar", level="C"), Skill(language="en", level="C"))
        given = roster(assignment("a1"), FEEDS, people=(evolve(ONE, languages=arabic), ENGLISH))
        assert "Relay" not in said_to(given, "i1")
        # What the planner wrote down of somebody else is not what counts.
        old = Relay(event_uid="e-1", session_ids=("s1",), language="fr", floor="ar", pivot="en")
        assert "Relay" not in said_to(evolve(given, relays=(old,)), "i1")

    @pytest.mark.parametrize(
        ("languages", "language", "task", "said"),
        [
            ("en:A ar:C", "en", Task.PIVOT, ["Pivot: from Arabic into English"]),
            (
                "ar:A>en en:B",
                "en",
                Task.PIVOT,
                ["Pivot: from Arabic into English", "Retour: from Arabic into English"],
            ),
            ("ar:A>fr en:A>fr fr:B", "fr", Task.RETOUR, ["Retour: from Arabic into French; from English into French"]),
            ("en:A ar:C", "en", Task.TURN, ["Task: Taking turns"]),
            ("de:A", "en", Task.RETOUR, ["Task: Retour"]),
        ],
    )
    def test_a_pivot_and_a_retour_hear_from_which_language_into_which(
        self, languages: str, language: str, task: Task, said: list[str]
    ) -> None:
        own = assignment("a1", "i5", booth_id=f"b-{language}", language=language, task=task)
        given = roster(own, assignment("a2"), people=(ONE, interpreter("i5", languages=languages)))
        _, *lines = said_to(given, "i5").splitlines()
        assert [each for each in lines if not each.startswith(("Together", "Relay"))] == said

    @pytest.mark.parametrize(
        ("languages", "said"),
        [
            ("ar:A>en en:B", ["Pivot: from Arabic into English", "Retour: from Arabic into English"]),
            ("ar:A>fr fr:B", ["Task: Pivot", "Retour: from Arabic into French", "Relay: English through French"]),
        ],
    )
    def test_who_works_out_of_their_booth_hears_into_what(self, languages: str, said: list[str]) -> None:
        both = (Booth(id="b-ar", language="ar", both_ways=True), Booth(id="b-fr", language="fr"))
        people = (ONE, interpreter("i5", languages=languages))
        own = assignment("a1", "i5", booth_id="b-ar", language="ar", task=Task.PIVOT)
        office = dossier_of(of=forum(), requests=(asked("ar", "fr"),))
        (only,) = inv.itinerary(roster(own, assignment("a2"), people=people, booths=both), office, "i5").sessions
        assert str(only.description).splitlines()[1:] == said

    def test_another_team_into_the_same_language_is_none_of_theirs(self) -> None:
        services = ("consecutive", "simultaneous", "whispered")
        given = roster(
            assignment("a1", service=services[0], booth_id=None),
            assignment("a2", "i2", service=services[1]),
            assignment("a3", "i3", service=services[2], booth_id=None),
        )
        for person, service in zip(("i1", "i2", "i3"), services, strict=True):
            first, *others = said_to(given, person).splitlines()
            assert first == f"{service.capitalize()} interpretation: into French"
            assert not any(line.startswith("Together with") for line in others)

    def test_an_offer_that_has_expired_does_not_count(self) -> None:
        given = roster(assignment("a1"), assignment("a2", "i2", expires_at=AT))
        assert inv.itinerary(given, HELD, "i2", now=AT).sessions == ()
        assert "Together with" not in said_to(given, "i1", now=AT)
        assert "Interpreter i2" in said_to(given, "i1", now=AT - timedelta(seconds=1))
        assert refused(lambda: inv.itinerary(given, HELD, "i1", now=datetime(2023, 4, 14))) == ("moment-naive", "/now")

    @pytest.mark.parametrize(
        ("booths", "shown"),
        [
            (("Popov",), "French booth, Popov"),
            (("hall",), "French booth, Room XVII"),
            (("elsewhere",), "French booth, elsewhere"),
            (("hall", "hall"), "French booth, Room XVII, b-fr"),
            (("hall", "Popov"), "French booth, Room XVII"),
            ((None,), "French booth, b-fr"),
            ((), "French booth, b-fr"),
        ],
    )
    @pytest.mark.parametrize("language", ["fr", "fr-CA"])
    def test_a_booth_is_known_by_its_room(self, booths: tuple[str | None, ...], shown: str, language: str) -> None:
        rooms = (place("Room XVII", id="hall"), place())
        of = forum(sessions=(session("s1", locations=rooms),))
        ids = ("b-fr", "b-fr2")
        made = tuple(Booth(id=id_, language=language, room=room) for id_, room in zip(ids, booths, strict=False))
        given = roster(assignment("a1"), booths=(*made, Booth(id="b-ar", language="ar", room="hall")))
        (only,) = inv.itinerary(given, dossier(of=of), "i1").sessions
        assert str(only.title) == f"s1 ({shown})"

    def test_the_calendar_has_the_uids_of_the_messages(self) -> None:
        given = roster(assignment("a1"), assignment("a2", session_id="s2"))
        calendar = icalendar.Calendar.from_ical(to_ical(inv.itinerary(given, HELD, "i1"), stamped=AT).decode())
        uids = [str(each["UID"]) for each in calendar.walk("VEVENT")]
        assert uids[1:] == [each.uid for each in told(None, given).messages]

    def test_it_is_in_order_of_time_and_has_only_seats_that_are_held(self) -> None:
        given = roster(
            assignment("a1", session_id="s2"), assignment("a2"), assignment("a3").release(at=AT), assignment("a4", "i2")
        )
        assert [each.id for each in inv.itinerary(given, HELD, "i1").sessions] == ["a2", "a1"]

    def test_a_part_has_its_own_time(self) -> None:
        part = slot("14:30", "14:45")
        (only,) = inv.itinerary(roster(assignment("a1", slot=part)), HELD, "i1").sessions
        assert only.slot == part

    def test_people_of_another_part_are_no_partners(self) -> None:
        first, second = slot("14:30", "14:45"), slot("14:45", "15:00")
        given = roster(assignment("a1", slot=first), assignment("a2", "i2", slot=second))
        (only,) = inv.itinerary(given, HELD, "i1").sessions
        assert "Interpreter i2" not in str(only.description)

    def test_an_event_without_sessions_is_one(self) -> None:
        given = roster(assignment("a1", session_id=None, booth_id=None))
        (only,) = inv.itinerary(given, dossier(of=forum(sessions=())), "i1").sessions
        assert (str(only.title), only.slot) == ("Forum (French)", slot())
        assert "Booth" not in str(only.description)

    def test_people_without_a_name_are_not_named(self) -> None:
        nameless = (interpreter("i2", contact=Contact(email="i2@example.org")), interpreter("i3", contact=None))
        given = roster(assignment("a1"), assignment("a2", "i2"), assignment("a3", "i3"), people=(ONE, *nameless))
        assert "Together with" not in str(inv.itinerary(given, HELD, "i1").sessions[0].description)

    def test_a_title_of_any_length_has_room_for_the_booth(self) -> None:
        long = forum(sessions=(session("s1", title=LocalizedText("t" * 500, "en")),))
        (only,) = inv.itinerary(roster(assignment("a1")), dossier(of=long), "i1").sessions
        assert str(only.title).endswith("… (French booth, b-fr)")
        assert len(str(only.title)) <= 500

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("task", Task)
    def test_it_is_whole_in_the_language_of_the_reader(self, language: str, task: Task) -> None:
        given = roster(
            assignment("a1", task=task, expires_at=AT),
            assignment("a2", "i2"),
            FEEDS,
            people=(interpreter("i1", language), TWO, ENGLISH),
        )
        description = inv.itinerary(given, HELD, "i1").sessions[0].description
        assert description is not None
        assert description.language == language
        assert len(description.text.splitlines()) == 4
        english = {"Simultaneous", "Task", "Together", "French", "Arabic"}
        assert language == "en" or english.isdisjoint(re.findall(r"\w+", description.text))

    def test_an_unknown_interpreter_is_refused(self) -> None:
        assert refused(lambda: inv.itinerary(roster(), HELD, "i9")) == ("value-unknown", "/interpreterId")

    def test_a_draft_is_refused(self) -> None:
        draft = dossier(of=forum(status=EventStatus.DRAFT))
        made = refused(lambda: inv.itinerary(roster(), draft, "i1"), MessageError)
        assert made == ("event-without-slot", "/event/status")


class TestOffers:
    """Who has to hear something hears it, and nobody else."""

    def test_what_is_offered_is_a_request(self) -> None:
        given = roster(assignment("a1", sequence=2), assignment("a2", "i2"), sequence=2)
        made = told(None, given)
        assert kinds(made) == [
            ("i1@example.org", Method.REQUEST, Reason.INVITED, 6),
            ("i2@example.org", Method.REQUEST, Reason.INVITED, 4),
        ]
        assert made.findings == ()

    def test_the_same_roster_asks_for_nothing(self) -> None:
        given = roster(assignment("a1"), assignment("a2", "i2").accept(at=AT))
        assert told(given, given).messages == ()
        assert inv.offers(given, given, [HELD], stamped=AT).messages == ()

    def test_an_answer_asks_for_nothing(self) -> None:
        given = roster(assignment("a1", expires_at=AT))
        for after in (assignment("a1", expires_at=AT).accept(at=AT),):
            assert told(given, roster(after)).messages == ()

    def test_what_moved_is_a_request_with_a_higher_sequence(self) -> None:
        given = roster(assignment("a1"), assignment("a2", session_id="s2"))
        now = dossier(of=moved(forum()))
        made = told(given, given, now=now)
        assert kinds(made) == [("i1@example.org", Method.REQUEST, Reason.MOVED, 5)]
        assert made.messages[0].texts.previous == slot("14:30", "15:00")

    def test_what_was_offered_stays_until_the_new_time_is_offered(self) -> None:
        given = roster(assignment("a1", slot=slot("14:30", "15:00")).accept(at=AT))
        now = dossier(of=moved(forum()))
        assert told(given, given, now=now).messages == ()
        first, *others = now.event.sessions
        retitled = dossier(of=evolve(now.event, sessions=(evolve(first, title=text("Opening")), *others)))
        assert kinds(told(given, given, now=retitled)) == [("i1@example.org", Method.REQUEST, Reason.EDITED, 4)]
        (accepted,) = given.assignments
        again = evolve(accepted.offer_again(at=AT), slot=slot("14:35", "15:00"), sequence=1)
        made = told(given, roster(again), now=now)
        assert kinds(made) == [("i1@example.org", Method.REQUEST, Reason.MOVED, 6)]
        assert made.messages[0].texts.previous == slot("14:30", "15:00")

    def test_what_is_accepted_and_moves_is_asked_again(self) -> None:
        given = roster(assignment("a1").accept(at=AT))
        before, after = (strict(each.messages[0].ics) for each in (told(None, given), _moved_once(given)))
        assert [status_of(each) for each in (before, after)] == ["ACCEPTED", "NEEDS-ACTION"]

    def test_a_part_that_moves_needs_a_higher_sequence_of_the_assignment(self) -> None:
        before = roster(assignment("a1", slot=slot("14:30", "14:45")))
        after = assignment("a1", slot=slot("14:45", "15:00"))
        assert refused(lambda: told(before, roster(after)), MessageError)[0] == "sequence-not-raised"
        raised = roster(evolve(after, sequence=1), sequence=1)
        assert kinds(told(before, raised)) == [("i1@example.org", Method.REQUEST, Reason.MOVED, 5)]

    def test_who_is_released_hears_it(self) -> None:
        before, after = assignment("a1"), assignment("a1").release(at=AT)
        assert kinds(told(roster(before), roster(after))) == [("i1@example.org", Method.CANCEL, Reason.DROPPED, 4)]

    def test_what_is_gone_is_cancelled(self) -> None:
        made = told(roster(assignment("a1")), roster(people=()))
        assert kinds(made) == [("i1@example.org", Method.CANCEL, Reason.DROPPED, 4)]

    def test_who_is_released_and_asked_again_has_it(self) -> None:
        first = roster(assignment("a1"))
        second = roster(assignment("a1").release(at=AT))
        third = roster(assignment("a1").release(at=AT).offer_again(at=AT))
        box, steps = Mailbox(), (None, first, second, third)
        for minutes, (before, after) in enumerate(pairwise(steps)):
            assert after is not None
            for message in told(before, after, minutes=minutes).messages:
                box.receive(message.ics)
        assert len(box.calendar()) == 1

    @pytest.mark.parametrize("accepted", [True, False])
    def test_what_is_somebody_elses_now_is_taken_from_one_and_offered_to_the_other(self, accepted: bool) -> None:
        given = assignment("a1", expires_at=NOW)
        before = given.accept(at=AT) if accepted else given
        after = roster(evolve(before, interpreter_id="i2"))
        made = told(roster(before), after)
        assert kinds(made) == [
            ("i2@example.org", Method.REQUEST, Reason.INVITED, 4),
            ("i1@example.org", Method.CANCEL, Reason.DROPPED, 4),
        ]
        assert status_of(strict(made.messages[0].ics)) == "NEEDS-ACTION"
        assert ("Please answer by" in text_of(made.messages[0])) is not accepted
        assert told(after, after).messages == ()
        assert states(answered(after, reply(made.messages[0], NO))) == ["declined"]

    @pytest.mark.parametrize("in_roster", [True, False])
    def test_a_cancelled_session_is_cancelled(self, in_roster: bool) -> None:
        before = forum()
        off = before.revised(at=AT, sessions=(before.sessions[0].cancel(at=AT), before.sessions[1]))
        now, after = dossier(of=off), roster(*([assignment("a1")] if in_roster else []))
        made = told(roster(assignment("a1")), after, now=now)
        assert kinds(made) == [("i1@example.org", Method.CANCEL, Reason.CANCELLED, 5)]
        assert "STATUS:CANCELLED" in unfolded(made.messages[0].ics)
        assert told(after, after, now=now, then=now).messages == ()

    def test_what_is_cancelled_is_in_the_booth_that_people_know(self) -> None:
        before = forum()
        off = before.revised(at=AT, sessions=(before.sessions[0].cancel(at=AT), before.sessions[1]))
        booths = (Booth(id="b-fr", language="fr", room="Popov"),)
        for after in (roster(booths=()), roster(people=(), booths=())):
            (message,) = told(roster(assignment("a1"), booths=booths), after, now=dossier(of=off)).messages
            assert (message.reason, message.texts.title[0]) == (Reason.CANCELLED, "s1 (French booth, Popov)")

    def test_nobody_is_offered_what_is_cancelled(self) -> None:
        off = dossier(of=forum(sessions=()).cancel(at=AT))
        given = roster(assignment("a1", session_id=None))
        assert told(None, given, now=off).messages == ()
        assert told(given, roster(), now=off, then=off).messages == ()
        gone = session("s1").cancel(at=AT)
        given = roster(assignment("a1"))
        assert told(given, roster(), then=dossier(of=forum(sessions=(gone,))), now=dossier(of=event())).messages == ()

    def test_an_event_that_is_cancelled_takes_all_away(self) -> None:
        given = roster(assignment("a1"), assignment("a2", session_id="s2"))
        made = told(given, given, now=dossier(of=forum().cancel(at=AT)))
        assert [each.reason for each in made.messages] == [Reason.CANCELLED] * 2

    def test_a_session_that_is_postponed_is_asked_again(self) -> None:
        before = forum()
        off = before.revised(at=AT, sessions=(before.sessions[0].postpone(at=AT), before.sessions[1]))
        given = roster(assignment("a1"))
        assert kinds(told(given, given, now=dossier(of=off))) == [("i1@example.org", Method.REQUEST, Reason.MOVED, 5)]

    def test_a_partner_who_changes_is_no_reason_and_goes_out_with_the_next_message(self) -> None:
        before = roster(assignment("a1").accept(at=AT), assignment("a2", "i2"))
        after = roster(assignment("a1").accept(at=AT), assignment("a3", "i3", sequence=1), sequence=1)
        assert kinds(told(before, after)) == [
            ("i3@example.org", Method.REQUEST, Reason.INVITED, 5),
            ("i2@example.org", Method.CANCEL, Reason.DROPPED, 4),
        ]
        (first, _) = told(after, after, now=dossier(of=moved(forum()))).messages
        assert "Together with: Interpreter i3" in text_of(first)

    def test_what_is_heard_by_relay_is_a_reason(self) -> None:
        before, after = roster(assignment("a1").accept(at=AT)), roster(assignment("a1").accept(at=AT), FEEDS)
        assert kinds(told(before, after))[0] == ("i1@example.org", Method.REQUEST, Reason.EDITED, 4)

    def test_an_offer_that_expires_is_cancelled_once(self) -> None:
        given = roster(assignment("a1", expires_at=AT), assignment("a2", "i2"))
        (cancelled,) = (made := told(given, given, minutes=0)).messages
        assert kinds(made) == [("i1@example.org", Method.CANCEL, Reason.DROPPED, 4)]
        assert "Please answer" not in text_of(cancelled)
        assert told(given, given, minutes=1, stamped_before=AT).messages == ()
        assert [each.recipient for each in told(None, given).messages] == ["i2@example.org"]
        later = roster(assignment("a1", expires_at=NOW), assignment("a2", "i2"))
        assert [each.reason for each in told(given, later, stamped_before=AT).messages] == [Reason.INVITED]
        naive = datetime(2023, 4, 14)
        made_naive = refused(lambda: told(given, given, stamped_before=naive), InvalidValueError)
        assert made_naive == ("moment-naive", "/stamped_before")

    def test_what_expires_has_no_finding(self) -> None:
        nobody = roster(assignment("a1", expires_at=AT), people=(evolve(ONE, contact=None),))
        assert told(None, nobody).findings == ()

    def test_what_is_accepted_does_not_expire(self) -> None:
        given = roster(assignment("a1", expires_at=AT).accept(at=AT - timedelta(hours=1)))
        assert told(given, given).messages == ()
        assert len(told(None, given).messages) == 1

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_mail_is_to_somebody_who_works(self, language: str) -> None:
        given = roster(assignment("a1"))
        offered, dropped = (
            text_of(told(*two, language=language).messages[0]) for two in ((None, given), (given, roster()))
        )
        words = locale_for(language)
        assert words.interpreting.sentences["invited"] in offered
        assert words.interpreting.sentences["dropped"] in dropped
        assert words.session["invited"] not in offered
        assert words.session["dropped"] not in dropped

    def test_the_mail_says_until_when_as_long_as_it_asks(self) -> None:
        by = "Please answer by: Sunday, 16 April 2023, 11:00 (UTC+2, Europe/Zurich)"
        given = roster(assignment("a1", expires_at=NOW))
        offer = first_offer(given)
        before, _, rest = text_of(offer).partition("Place:")
        assert by in before
        assert "answer by" not in rest
        assert b"answer by" not in offer.ics
        accepted = roster(assignment("a1", expires_at=NOW).accept(at=AT))
        for message in (*told(None, accepted).messages, *_moved_once(accepted).messages):
            assert "answer by" not in text_of(message)
        retitled = dossier(of=forum(sessions=(session("s1", title=text("Opening")),)))
        (edited,) = told(given, given, now=retitled).messages
        assert edited.reason is Reason.EDITED
        assert "answer by" not in text_of(edited)

    def test_one_event_is_given_once(self) -> None:
        for call in (
            lambda: inv.offers(None, roster(), [HELD, HELD], stamped=AT),
            lambda: inv.answer(roster(), [HELD, HELD], [], now=AT),
        ):
            assert refused(call, InvalidValueError) == ("item-repeated", "/dossiers/1")

    def test_who_declined_hears_nothing(self) -> None:
        given = roster(assignment("a1"))
        after = answered(given, reply(first_offer(given), NO))
        assert states(after) == [AssignmentState.DECLINED]
        assert told(given, after).messages == ()

    def test_who_is_declined_by_the_office_hears_it(self) -> None:
        given, after = roster(assignment("a1")), roster(assignment("a1").decline(at=AT))
        assert [each.method for each in told(given, after).messages] == [Method.CANCEL]

    def test_another_address_gets_it_and_the_old_one_loses_it(self) -> None:
        other = evolve(ONE, contact=Contact(name="Interpreter i1", email="new@example.org"))
        made = told(roster(assignment("a1")), roster(assignment("a1"), people=(other,)))
        assert [(each.recipient, each.method) for each in made.messages] == [
            ("new@example.org", Method.REQUEST),
            ("i1@example.org", Method.CANCEL),
        ]

    def test_who_has_no_address_is_reported(self) -> None:
        people = (evolve(ONE, contact=None), evolve(TWO, contact=Contact(name="Interpreter i2")))
        given = roster(assignment("a1"), assignment("a2", "i2"), assignment("a3", "i2").decline(at=AT), people=people)
        made = told(None, given)
        assert made.messages == ()
        assert [(each.code, each.path) for each in made.findings] == [
            ("entry-unreachable", "/assignments/0"),
            ("entry-unreachable", "/assignments/1"),
        ]

    def test_who_has_no_address_is_reported_only_if_there_is_something_to_hear(self) -> None:
        nobody = (evolve(ONE, contact=None), TWO)
        held = roster(assignment("a1"), people=nobody)
        assert told(held, held).findings == ()
        assert told(held, roster(assignment("a1").accept(at=AT), people=nobody)).findings == ()
        assert [each.path for each in told(held, held, now=dossier(of=moved(forum()))).findings] == ["/assignments/0"]
        released = roster(assignment("a1").release(at=AT), people=nobody)
        assert [each.path for each in told(held, released).findings] == ["/assignments/0"]
        (gone,) = told(held, roster(people=nobody)).findings
        assert (gone.code, gone.path, gone.params) == ("entry-unreachable", "/before/assignments/0", {})
        passed_on = roster(assignment("a1", "i2"), people=nobody)
        assert [each.path for each in told(held, passed_on).findings] == ["/before/assignments/0"]
        assert told(released, released).findings == ()

    def test_who_is_not_in_the_roster_is_reported_once(self) -> None:
        unknown = roster(assignment("a1", "i9"))
        assert [(each.code, each.path) for each in told(None, unknown).findings] == [
            ("entry-unreachable", "/assignments/0")
        ]
        assert told(unknown, unknown).findings == ()

    def test_what_is_not_announced_is_reported(self) -> None:
        draft = session("s1", status=EventStatus.DRAFT)
        given = roster(assignment("a1"), assignment("a2", event_uid="e-2"), assignment("a3", session_id="s9"))
        made = told(None, given, now=dossier(of=forum(sessions=(draft,))))
        assert made.messages == ()
        assert [(each.code, each.path) for each in made.findings] == [
            ("session-not-announced", "/assignments/0"),
            ("assignment-unfounded", "/assignments/1"),  # of an event, or a session, that is gone
            ("assignment-unfounded", "/assignments/2"),
        ]

    def test_an_event_that_is_a_draft_is_reported(self) -> None:
        made = told(None, roster(assignment("a1")), now=dossier(of=forum(status=EventStatus.DRAFT)))
        assert [each.code for each in made.findings] == ["session-not-announced"]

    def test_an_event_without_an_organizer_is_refused(self) -> None:
        nobody = dossier(of=forum(organizer=None))
        made = refused(lambda: told(None, roster(assignment("a1")), now=nobody), MessageError)
        assert made == ("organizer-without-address", "/event/organizer")

    def test_each_event_has_an_itinerary_of_its_own(self) -> None:
        other = dossier(of=forum(uid="e-2", sequence=0))
        given = roster(assignment("a1"), assignment("a2", event_uid="e-2"))
        made = inv.offers(None, given, [HELD, other], stamped=AT)
        assert len({each.uid.partition(".")[2] for each in made.messages}) == 2

    def test_options_are_those_of_invitations(self) -> None:
        given = roster(assignment("a1"))
        options: dict[str, Any] = {"reminders": iter([timedelta(hours=1)]), "utc": True, "language": "fr"}
        (message,) = told(None, given, **options).messages
        assert message.language == "fr"
        assert "DTSTART:20230517T123000Z" in unfolded(message.ics)
        assert "TRIGGER:-PT1H" in unfolded(message.ics)
        (gone,) = told(given, roster(), utc=True, language="fr").messages
        assert (gone.language, "DTSTART:20230517T123000Z" in unfolded(gone.ics)) == ("fr", True)

    @pytest.mark.parametrize(("language", "code"), [(1, "wrong-type"), ("!!", "language-unknown")])
    def test_a_language_that_is_none_is_refused_whatever_there_is_to_say(self, language: Any, code: str) -> None:
        for given in (roster(), roster(assignment("a1"))):
            assert refused(partial(told, None, given, language=language), InvalidValueError) == (code, "/language")

    @pytest.mark.parametrize("changes", [{"sequence": HIGHEST - 3}, {"assignments": [HIGH]}])
    def test_a_sequence_too_high_to_be_added_to_that_of_the_event_is_refused(self, changes: dict[str, Any]) -> None:
        given = evolve(roster(assignment("a1")), **changes)
        for call in (
            lambda: told(None, given),
            lambda: inv.itinerary(given, HELD, "i1"),
            lambda: answered(given),
        ):
            assert refused(call, InvalidValueError) == ("number-out-of-range", "/sequence")
        (made,) = told(None, roster(evolve(HIGH, sequence=HIGHEST - 4), sequence=HIGHEST - 4)).messages
        assert made.sequence == HIGHEST

    def test_nobody_hears_of_a_purge(self) -> None:
        given = roster(assignment("a1").accept(at=AT).deliver(at=AT), assignment("a2", "i2"))
        after = given.purged(at=NOW)
        for before, now in ((given, after), (after, after), (given, evolve(after, assignments=()))):
            made = told(before, now, now=dossier(of=moved(forum())))
            assert (made.messages, made.findings) == ((), ())
        assert [each.code for each in told(None, after).findings] == ["entry-unreachable"] * 2

    def test_other_things_are_refused(self) -> None:
        things: list[tuple[Any, Any, Any]] = [(None, HELD, [HELD]), (HELD, roster(), [HELD]), (None, roster(), 5)]
        for before, after, dossiers in things:
            with pytest.raises(TypeError):
                inv.offers(before, after, dossiers, stamped=AT)


def _moved_once(given: Roster) -> Offers:
    return told(given, given, now=dossier(of=moved(forum())))


def status_of(sent: Sent) -> str:
    (attendee,) = sent.attendees
    return attendee.parameters["PARTSTAT"]


class TestPlaces:
    """Where it is does not decide on who hears of it."""

    REMOTE = VirtualLocation(uri="https://example.org/live")

    @pytest.mark.parametrize("works_at", [None, *ParticipationMode])
    @pytest.mark.parametrize("mode", AttendanceMode)
    def test_everybody_hears_of_every_session(self, works_at: ParticipationMode | None, mode: AttendanceMode) -> None:
        places: dict[AttendanceMode, dict[str, Any]] = {
            AttendanceMode.MIXED: {},
            AttendanceMode.ON_SITE: {"inherited_places": ParticipationMode.ON_SITE},
            AttendanceMode.REMOTE: {"inherited_places": ParticipationMode.REMOTE, "virtual_locations": (self.REMOTE,)},
        }
        only = dossier(of=forum(sessions=(session("s1", **places[mode]),)))
        made = told(None, roster(assignment("a1"), people=(evolve(ONE, works_at=works_at),)), now=only)
        assert len(made.messages) == 1
        texts = made.messages[0].texts
        assert (bool(texts.where), bool(texts.links)) == (mode is not mode.REMOTE, mode is mode.REMOTE)

    @pytest.mark.parametrize(
        ("works_at", "interpreters_at", "joins"),
        [
            (None, None, False),
            (ParticipationMode.ON_SITE, None, False),
            (ParticipationMode.REMOTE, None, True),
            (None, ParticipationMode.REMOTE, True),
        ],
    )
    def test_only_who_works_remotely_has_a_link_to_join(
        self, works_at: ParticipationMode | None, interpreters_at: ParticipationMode | None, joins: bool
    ) -> None:
        only = forum(locations=(place("A"),), virtual_locations=(self.REMOTE,))
        office = dossier_of(of=only, requests=(asked("fr", interpreters_at=interpreters_at),))
        given = roster(assignment("a1", booth_id=None), people=(evolve(ONE, works_at=works_at),))
        for mode in ParticipationMode:  # what was offered comes first
            offered = first_offer(roster(assignment("a1", works_at=mode), people=given.interpreters), office)
            assert bool(offered.texts.links) is (mode is ParticipationMode.REMOTE)
        message = first_offer(given, office)
        _, own = unfolded(to_ical(inv.itinerary(given, office, "i1"), stamped=AT)).split("UID:", 2)[1:]
        for sent in (text_of(message), unfolded(message.ics), own):
            assert ("https://example.org/live" in sent) is joins

    @pytest.mark.parametrize(
        ("places", "inherited"),
        [
            ({"virtual_locations": ()}, ParticipationMode.REMOTE),
            ({"locations": (), "virtual_locations": (REMOTE,)}, ParticipationMode.ON_SITE),
        ],
    )
    @pytest.mark.parametrize("works_at", ParticipationMode)
    def test_a_cancelled_session_may_have_none(
        self, works_at: ParticipationMode, places: dict[str, Any], inherited: ParticipationMode
    ) -> None:
        of = forum(**places, sessions=(session("s1"),))
        lost = session("s1", inherited_places=inherited).cancel(at=AT)
        given = roster(assignment("a1"), people=(evolve(ONE, works_at=works_at),))
        made = told(given, given, then=dossier(of=of), now=dossier(of=of.revised(at=AT, sessions=(lost,))))
        assert [each.reason for each in made.messages] == [Reason.CANCELLED]

    def test_another_room_is_another_place(self) -> None:
        before = forum()
        first, *others = before.sessions
        after = before.revised(at=AT, sessions=(evolve(first, locations=(place("C"),)), *others))
        given = roster(assignment("a1"), assignment("a2", session_id="s2"))
        made = told(given, given, now=dossier(of=after))
        assert kinds(made) == [("i1@example.org", Method.REQUEST, Reason.MOVED, 5)]

    def test_a_draft_that_is_scheduled_had_no_place(self) -> None:
        before = dossier(of=forum(sessions=(session("s1", status=EventStatus.DRAFT),)))
        given = roster(assignment("a1"))
        assert [each.reason for each in told(given, given, then=before).messages] == [Reason.INVITED]


class TestReaders:
    """Another program reads what Accept and Decline need."""

    def test_icalendar_reads_organizer_attendee_and_sequence(self) -> None:
        given = roster(assignment("a1", sequence=1).accept(at=AT), sequence=1)
        (entry,) = icalendar.Calendar.from_ical(first_offer(given).ics.decode()).walk("VEVENT")
        assert str(entry["ORGANIZER"]) == "mailto:office@example.org"
        assert str(entry["ATTENDEE"]) == "mailto:i1@example.org"
        assert entry["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
        assert entry["SEQUENCE"] == 5
        assert str(entry["SUMMARY"]) == "s1 (French booth, b-fr)"

    def test_a_strict_reader_takes_all_of_them(self) -> None:
        given = roster(assignment("a1"), assignment("a2", session_id="s2"))
        for made in (told(None, given), _moved_once(given), told(given, roster())):
            for message in made.messages:
                assert strict(message.ics).sequence == message.sequence

    def test_mails_are_made_of_them(self) -> None:
        given = roster(assignment("a1"), people=(interpreter("i1", "fr"),))
        mail = inv.mail(first_offer(given), sender="office@example.org")
        body = mail.get_body(("plain",))
        assert body is not None
        assert "cabine : français, b-fr" in body.get_content()
        assert mail["To"] is not None

    def test_arabic_titles_and_latin_booths_are_kept_apart(self) -> None:
        arabic = forum(
            title=LocalizedText("منتدى", "ar"), sessions=(session("s1", title=LocalizedText("افتتاح", "ar")),)
        )
        given = roster(assignment("a1"), assignment("a2", "i2"))
        message = first_offer(given, dossier(of=arabic))
        assert strict(message.ics).sequence == 4
        assert message.texts.title[1] == "ar"


class TestPrivacy:
    """Nobody sees what others earn, where they live, or how to reach them."""

    def test_messages_have_only_names_of_others(self) -> None:
        given = roster(assignment("a1"), assignment("a2", "i2"), assignment("a3", "i3", "s2"))
        after = roster(assignment("a1"), assignment("a2", "i2").release(at=AT, by="Office", note="Secret"))
        messages = (*told(None, given).messages, *told(given, after).messages, *_moved_once(given).messages)
        for message in messages:
            assert message.recipient is not None
            own = message.recipient.partition("@")[0]
            sent = unfolded(message.ics) + str(inv.mail(message, sender="office@example.org"))
            for other in {"i1", "i2", "i3"} - {own}:
                assert f"{other}@example.org" not in sent
            for secret in ("777", "CHF", "+41223334455", "Secret", "boss@example.org"):
                assert secret not in sent
            assert ("Interpreter i3" in sent) == (own == "i3")

    def test_an_itinerary_has_no_notes_of_the_office(self) -> None:
        cancelled = forum().cancel(at=AT, by="Participant 3", note="Secret")
        history = inv.itinerary(roster(), dossier(of=cancelled), "i1").history
        assert [(step.by, step.note) for step in history] == [(None, None)]

    def test_a_purged_roster_has_no_answers_in_words(self) -> None:
        given = roster(assignment("a1"))
        after = answered(given, reply(first_offer(given), YES, comment="Secret")).purged(at=NOW)
        assert after.assignments[0].replies[0].comment is None
        assert after.assignments[0].history[0].by is None

    def test_objects_show_nothing(self) -> None:
        assert "i1@" not in repr(told(None, roster(assignment("a1"))))


class TestAnswers:
    """The last answer of the person decides, whatever the order in which answers come."""

    GIVEN = roster(assignment("a1"), assignment("a2", "i2"))

    @pytest.mark.parametrize(("status", "state"), [(YES, "accepted"), (NO, "declined"), (MAYBE, "offered")])
    def test_an_answer_changes_the_state(self, status: ParticipationStatus, state: str) -> None:
        after = answered(self.GIVEN, reply(first_offer(self.GIVEN), status, comment="By train."))
        assert states(after) == [state, "offered"]
        assert [(each.status, each.comment) for each in after.assignments[0].replies] == [(status, "By train.")]

    def test_the_step_says_who_and_when(self) -> None:
        (step,) = answered(self.GIVEN, reply(first_offer(self.GIVEN), YES)).assignments[0].history
        assert (step.at, step.by) == (AT + timedelta(hours=1), "Interpreter i1")

    def test_any_order_gives_the_same(self) -> None:
        offer = first_offer(self.GIVEN)
        replies = [reply(offer, YES, minutes=10), reply(offer, NO, minutes=20), reply(offer, MAYBE, minutes=30)]
        results = list[Roster]()
        for order in permutations(replies):
            one = self.GIVEN
            for each in (*order, *order):
                one = answered(one, each)
            results += [one, answered(self.GIVEN, *order)]
        assert {each.assignments[0].state for each in results} == {AssignmentState.DECLINED}
        assert len({each.assignments[0].replies for each in results}) == 1

    def test_declined_may_be_accepted_again(self) -> None:
        offer = first_offer(self.GIVEN)
        replies = [reply(offer, status, minutes=minutes) for status, minutes in ((YES, 1), (NO, 2), (YES, 3))]
        one = self.GIVEN
        for each in replies:
            one = answered(one, each)
        assert [step.after for step in one.assignments[0].history] == ["accepted", "declined", "accepted"]

    def test_an_answer_to_another_time_does_not_count(self) -> None:
        old = reply(first_offer(self.GIVEN), YES)
        after = answered(self.GIVEN, old, now=dossier(of=moved(forum())))
        assert states(after) == ["offered", "offered"]
        assert len(after.assignments[0].replies) == 1

    def test_an_answer_from_before_it_was_offered_again_does_not_count(self) -> None:
        given = roster(evolve(assignment("a1").decline(at=AT).offer_again(at=AT), sequence=1), sequence=1)
        assert states(answered(given, reply(first_offer(roster(assignment("a1"))), NO))) == ["offered"]

    def test_what_the_office_heard_later_stays(self) -> None:
        offer = first_offer(self.GIVEN)
        by_phone = roster(assignment("a1").decline(at=AT + timedelta(hours=3)))
        assert states(answered(by_phone, reply(offer, YES, minutes=60))) == ["declined"]
        assert states(answered(by_phone, reply(offer, YES, minutes=200))) == ["accepted"]

    def test_a_clock_that_is_ahead_blocks_nothing(self) -> None:
        ahead = reply(first_offer(self.GIVEN), YES, minutes=10**6)
        (one, _) = answered(self.GIVEN, ahead).assignments
        assert one.history[-1].at == NOW
        assert one.release(at=NOW).state is AssignmentState.RELEASED

    def test_a_clock_that_is_behind_blocks_nothing(self) -> None:
        again = roster(assignment("a1").accept(at=AT).offer_again(at=AT + timedelta(hours=5)))
        offer = first_offer(again)
        one = again
        for status, minutes in ((YES, 10), (NO, 20)):
            one = answered(one, reply(offer, status, minutes=minutes))
        assert states(one) == ["declined"]
        assert one.assignments[0].history[-1].at == AT + timedelta(hours=5)

    def test_an_answer_to_what_is_done_changes_nothing(self) -> None:
        delivered = roster(assignment("a1").accept(at=AT).deliver(at=AT))
        released = roster(assignment("a1").release(at=AT))
        assert states(answered(delivered, reply(first_offer(self.GIVEN), YES))) == ["delivered"]
        assert states(answered(released, reply(first_offer(self.GIVEN), NO))) == ["released"]

    @pytest.mark.parametrize(
        ("given", "status", "code"),
        [
            (assignment("a1").release(at=AT), YES, "move-not-allowed"),
            (assignment("a1").accept(at=AT).deliver(at=AT), NO, "move-not-allowed"),
            (assignment("a1", expires_at=AT + timedelta(minutes=30)), YES, "offer-expired"),
            (assignment("a1", expires_at=AT + timedelta(minutes=60)), YES, "offer-expired"),  # at that moment it has
            (assignment("a1", expires_at=AT).release(at=AT), YES, "move-not-allowed"),
        ],
    )
    def test_an_answer_that_comes_too_late_is_reported(
        self, given: Assignment, status: ParticipationStatus, code: str
    ) -> None:
        late = reply(first_offer(self.GIVEN), status)
        found = refused(lambda: answered(roster(given), late), MessageError)
        assert found == (code, "/replies/0/status")

    def test_one_in_time_counts(self) -> None:
        given = roster(assignment("a1", expires_at=AT + timedelta(minutes=90)))
        assert states(answered(given, reply(first_offer(given), YES))) == ["accepted"]

    def test_others_cannot_answer(self) -> None:
        own = reply(first_offer(self.GIVEN), YES)
        made = [
            (evolve(own, attendee="i2@example.org"), ("person-unknown", "/replies/0/attendee")),
            (evolve(own, uid="other"), ("uid-foreign", "/replies/0/uid")),
            (evolve(own, sequence=5), ("sequence-ahead", "/replies/0/sequence")),
        ]
        for given, expected in made:
            assert refused(partial(answered, self.GIVEN, given), MessageError) == expected

    def test_an_assignment_without_a_person_or_a_session_has_no_answer(self) -> None:
        own = reply(first_offer(self.GIVEN), YES)
        nobody = roster(assignment("a1"), people=(evolve(ONE, contact=None),))
        assert refused(lambda: answered(nobody, own), MessageError)[0] == "person-unknown"
        assert refused(lambda: inv.answer(self.GIVEN, [], [own], now=NOW), MessageError)[0] == "uid-foreign"

    def test_proposals_change_nothing(self) -> None:
        proposal = inv.counter(first_offer(self.GIVEN), slot("15:00", "16:00"), stamped=AT)
        read = inv.read_reply(proposal.ics, sender="i1@example.org")
        assert answered(self.GIVEN, read) == self.GIVEN

    def test_somebody_who_sends_another_is_kept(self) -> None:
        delegate = Contact(name="Interpreter i9", email="i9@example.org")
        sent = inv.reply(first_offer(self.GIVEN), ParticipationStatus.DELEGATED, stamped=AT, delegate=delegate)
        after = answered(self.GIVEN, inv.read_reply(sent.ics, sender="i1@example.org"))
        assert states(after)[0] is AssignmentState.OFFERED
        assert after.assignments[0].replies[0].delegated_to == {"i9@example.org"}

    def test_people_who_share_an_address_are_told_apart(self) -> None:
        shared = Contact(name="Interpreter i2", email="i1@example.org")
        given = roster(assignment("a1"), assignment("a2", "i2"), people=(ONE, evolve(TWO, contact=shared)))
        _, second = told(None, given).messages
        assert states(answered(given, reply(second, YES))) == ["offered", "accepted"]

    def test_who_has_no_name_answers_too(self) -> None:
        given = roster(assignment("a1"), people=(evolve(ONE, contact=Contact(email="i1@example.org")),))
        assert states(answered(given, reply(first_offer(given), YES))) == ["accepted"]

    def test_other_things_are_refused(self) -> None:
        things: list[Any] = [5, [self.GIVEN]]
        for given in things:
            with pytest.raises(TypeError):
                inv.answer(self.GIVEN, [HELD], given, now=NOW)
        assert refused(lambda: answered(self.GIVEN, at=datetime(2023, 4, 14)), InvalidValueError)[0] == "moment-naive"


class TestIllness:
    """Somebody who falls ill is released and replaced, and only those concerned hear of it."""

    def test_it(self) -> None:
        first = roster(assignment("a1"), assignment("a2", "i2"))
        accepted = answered(first, *(reply(each, YES) for each in told(None, first).messages))
        ill = evolve(accepted, assignments=(accepted.assignments[0].release(at=NOW), accepted.assignments[1]))
        replaced = evolve(ill, assignments=(*ill.assignments, assignment("a3", "i3", sequence=1)), sequence=1)
        made = told(accepted, replaced)
        assert kinds(made) == [
            ("i3@example.org", Method.REQUEST, Reason.INVITED, 5),
            ("i1@example.org", Method.CANCEL, Reason.DROPPED, 4),
        ]
        done = answered(replaced, reply(made.messages[0], YES))
        assert states(done) == ["released", "accepted", "accepted"]


class TestProposals:
    """The planner proposes, interpreters are told, and their answers are what it keeps."""

    ASKED = asked("fr")
    PEOPLE = (ONE, TWO, THREE, interpreter("i4"))

    def proposed(self, of: Event, keep: Roster | None = None) -> Roster:
        office = Dossier(event=of, interpretation_requests=(self.ASKED,))
        return planning.roster([office], self.PEOPLE, norm="un", keep=keep)

    def test_illness_is_told_to_those_concerned(self) -> None:
        of = forum(floor_languages=("en",), sessions=(session("s1", floor_languages=("en",)),))
        now, first = dossier(of=of), self.proposed(of)
        offered = told(None, first, now=now)
        accepted = answered(first, *(reply(each, YES) for each in offered.messages), now=now)
        ill, well = accepted.assignments
        sick = evolve(accepted, assignments=(ill.release(at=NOW), well))
        after = self.proposed(of, keep=sick)
        made = told(accepted, after, now=now, then=now)
        (new,) = [each for each in after.assignments if each.state is AssignmentState.OFFERED]
        assert {(each.recipient, each.method, each.reason) for each in made.messages} == {
            (f"{ill.interpreter_id}@example.org", Method.CANCEL, Reason.DROPPED),
            (f"{well.interpreter_id}@example.org", Method.REQUEST, Reason.EDITED),  # as the new head of the team
            (f"{new.interpreter_id}@example.org", Method.REQUEST, Reason.INVITED),
        }

    def test_a_session_that_moves_is_asked_again(self) -> None:
        of = forum(floor_languages=("en",), sessions=(session("s1", floor_languages=("en",)),))
        now, first = dossier(of=of), self.proposed(of)
        accepted = answered(first, *(reply(each, YES) for each in told(None, first, now=now).messages), now=now)
        later = moved(of, at=NOW)
        after = self.proposed(later, keep=accepted)
        assert states(after) == ["offered", "offered"]
        made = told(accepted, after, now=dossier(of=later), then=now)
        assert [(each.method, each.reason) for each in made.messages] == [(Method.REQUEST, Reason.MOVED)] * 2
        assert [status_of(strict(each.ics)) for each in made.messages] == ["NEEDS-ACTION"] * 2
        done = answered(after, *(reply(each, YES) for each in made.messages), now=dossier(of=later))
        assert states(done) == ["accepted", "accepted"]

    @pytest.mark.parametrize("change", ["link", "there and back"])
    def test_an_answer_counts_if_what_changed_meanwhile_is_not_what_was_offered(self, change: str) -> None:
        of = forum(floor_languages=("en",), sessions=(session("s1", floor_languages=("en",)),))
        first = self.proposed(of)
        then, offered = dossier(of=of), told(None, first, now=dossier(of=of)).messages
        if change == "link":
            later = of.revised(at=NOW, virtual_locations=(VirtualLocation(uri="https://example.org/live"),))
        else:
            away = moved(of)
            back = away.sessions[0].reschedule(of.sessions[0].slot, at=NOW)
            later = away.revised(at=NOW, sessions=(back,))
        now = dossier(of=later)
        assert later.entry_sequence("s1") > of.entry_sequence("s1")
        accepted = answered(first, *(reply(each, YES) for each in offered), now=now)
        assert states(accepted) == ["accepted", "accepted"]
        assert told(first, accepted, now=now, then=then).messages == ()
        assert self.proposed(later, keep=accepted).assignments == accepted.assignments
        # Who has declined does not hear that they are no longer asked.
        declined = answered(accepted, reply(offered[0], NO, minutes=90), now=now)
        assert states(declined) == ["declined", "accepted"]
        assert told(accepted, declined, now=now, then=then).messages == ()

    def test_an_answer_to_an_earlier_offer_does_not_count(self) -> None:
        of = forum(floor_languages=("en",), sessions=(session("s1", floor_languages=("en",)),))
        first = self.proposed(of)
        offered = told(None, first, now=dossier(of=of)).messages
        later = moved(of)
        after = self.proposed(later, keep=first)
        assert states(answered(after, reply(offered[0], YES), now=dossier(of=later))) == ["offered", "offered"]

    @pytest.mark.parametrize("is_added", [False, True])
    @pytest.mark.parametrize("service", ["simultaneous", "consecutive"])
    def test_remote_work_that_is_on_site_now_is_asked_again(self, service: str, is_added: bool) -> None:
        asking = asked("fr", service=service, interpreters_at="remote")
        links = (VirtualLocation(uri="https://example.org/live"),)
        of = forum(locations=(place("A"),), virtual_locations=links, sessions=(session("s1", floor_languages=("en",)),))
        before = Dossier(event=of, interpretation_requests=(asking,))
        on_site = evolve(asking, id="r-2", interpreters_at="on-site")
        after = Dossier(event=of, interpretation_requests=(asking, on_site) if is_added else (on_site,))
        first = planning.roster([before], self.PEOPLE, norm="un")
        accepted = answered(first, *(reply(each, YES) for each in told(None, first, now=before).messages), now=before)
        withdrawn = Dossier(event=of, interpretation_requests=(asking.withdraw(at=asking.history[-1].at),))
        for now in (after, withdrawn):  # before the next proposal
            assert told(accepted, accepted, now=now, then=before).messages == ()
        again = planning.roster([after], self.PEOPLE, norm="un", keep=accepted)
        made = told(accepted, again, now=after, then=before)
        assert [each.reason for each in made.messages] == [Reason.MOVED] * len(accepted.assignments)
        done = answered(again, *(reply(each, YES) for each in made.messages), now=after)
        assert set(states(done)) == {"accepted"}


class TestAnyOrder:
    """Calendars end in the state of the last roster, in whatever order messages arrive; rosters in that of replies."""

    @pytest.mark.parametrize("seed", range(40))
    def test_it(self, seed: int) -> None:
        chance = random.Random(seed)
        now, held, at = HELD, roster(assignment("a1"), assignment("a2", "i2", slot=slot("14:30", "15:00"))), AT
        messages, replies, before, then = list[Message](), list[IncomingReply](), None, HELD
        for step in range(1, 8):
            at += timedelta(hours=1)
            made = inv.offers(before, held, [now], dossiers_before=[then], stamped=at)
            messages += made.messages
            before, then = held, now
            for message in made.messages:
                if message.method is Method.REQUEST and chance.random() < 0.5:
                    status = chance.choice((YES, NO, MAYBE))
                    sent = inv.reply(message, status, stamped=at + timedelta(minutes=chance.randrange(1, 50)))
                    replies.append(inv.read_reply(sent.ics, sender=message.recipient or ""))
                    held = inv.answer(held, [now], replies[-1:], now=at + timedelta(minutes=55))
            if chance.random() < 0.5:
                now = dossier(of=_another_time(now.event, chance, at))
            held = _another_roster(held, now.event, chance, at + timedelta(minutes=55), step)
        at += timedelta(hours=1)
        messages += inv.offers(before, held, [now], dossiers_before=[then], stamped=at).messages
        fresh = inv.offers(None, held, [now], stamped=at).messages
        chance.shuffle(messages)
        for person in ("i1", "i2", "i3"):
            box, whole = Mailbox(), Mailbox()
            for message in messages:
                if message.recipient == f"{person}@example.org":
                    box.receive(message.ics)
            for message in fresh:
                if message.recipient == f"{person}@example.org":
                    whole.receive(message.ics)
            silent = {each.id for each in held.assignments if each.state is AssignmentState.DECLINED}
            kept = {uid: lines for uid, lines in _without_team(box).items() if uid.partition(".")[0] not in silent}
            assert kept == _without_team(whole)
        chance.shuffle(replies)
        for each in (replies, replies[::-1]):
            assert states(inv.answer(held, [now], _open(held, each), now=at)) == states(held)


def _without_team(box: Mailbox) -> dict[str, set[str]]:
    """Return what a person sees but for the colleagues, of whom the next message tells."""
    return {
        uid: {re.sub(r"\\nTogether with: .*?(?=\\n)", "", line) for line in lines}
        for uid, lines in box.calendar().items()
    }


def _open(held: Roster, replies: list[IncomingReply]) -> list[IncomingReply]:
    """Return those that are about an assignment that is not released, which would be reported."""
    released = {each.id for each in held.assignments if each.state is AssignmentState.RELEASED}
    known = {each.id for each in held.assignments} - released
    return [each for each in replies if each.uid.partition(".")[0] in known]


def _another_time(of: Event, chance: random.Random, at: datetime) -> Event:
    first, *others = of.sessions
    minute = chance.randrange(30, 50)
    return of.revised(at=at, sessions=(first.reschedule(slot(f"14:{minute}", "15:00"), at=at), *others))


def _another_roster(held: Roster, of: Event, chance: random.Random, at: datetime, step: int) -> Roster:
    """Return the next proposal: somebody is released, offered again, dropped, new, or asked for a new time."""
    assignments = list[Assignment]()
    slot = of.sessions[0].slot
    for each in held.assignments:
        what = chance.random()
        if each.slot not in {None, slot} and each.state.holds_seat and chance.random() < 0.5:
            asked = each if each.state is AssignmentState.OFFERED else each.offer_again(at=at)
            assignments.append(evolve(asked, slot=slot, sequence=step))
        elif what < 0.2 and each.state in {AssignmentState.OFFERED, AssignmentState.ACCEPTED}:
            assignments.append(each.release(at=at))
        elif what < 0.4 and each.state is not AssignmentState.OFFERED:
            assignments.append(evolve(each.offer_again(at=at), sequence=step))
        elif what >= 0.5 or each.state is not AssignmentState.OFFERED:
            assignments.append(each)
    ids = {each.id for each in assignments}
    for id_, person in (("a1", "i1"), ("a2", "i2"), ("a3", "i3")):
        if id_ not in ids and chance.random() < 0.5:
            assignments.append(assignment(id_, person, slot=chance.choice([None, slot]), sequence=step))
    return evolve(held, assignments=tuple(assignments), sequence=step)
