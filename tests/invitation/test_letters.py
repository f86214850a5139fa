"""Letters: which change is told to whom, and in which words of `Reason`."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict, evolve

from tests.refusals import refused
from tests.samples.small import NOW, call, event, registration, session, slot, wait
from tests.samples.whole import text
from tests.types.zone_files import LocalType, put, time_zone_file
from wtisd_model import (
    Code,
    Contact,
    Dossier,
    Entry,
    EventStatus,
    LocalizedText,
    MessageError,
    Organization,
    ParticipationMode,
    ParticipationStatus,
    Registration,
    RegistrationState,
    Reply,
    TimeSlot,
    VirtualLocation,
    Zones,
    planning,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import Letter, Letters, Method, Notice, Reason
from wtisd_model.planning.results import ClockChanges

EVENT = event(
    organizer=Organization(name=text("Office"), email="office@example.org"),
    calls=(call(needs_approval=True, waitlist=True),),
    sessions=(session("s1"), session("s2", "15:00", "15:30"), session("s3", "16:00", "16:30")),
    sequence=0,
)
MOVED = EVENT.reschedule(slot("13:00", "17:00"), at=NOW)
CANCELLED = EVENT.cancel(at=NOW)
LATER = NOW + timedelta(days=1)


def dossier(*people: Registration, about: Any = EVENT) -> Dossier:
    return Dossier(event=about, registrations=people)


def letters(before: Dossier, after: Dossier, **options: Any) -> list[Letter]:
    return [*inv.letters(before, after, stamped=LATER, **options)]


def one(before: Registration | None, after: Registration | None, **options: Any) -> Letter | None:
    """Return the only letter about what happened to one registration; None if there is none."""
    then = dossier(*[each for each in (before,) if each is not None])
    made = letters(then, dossier(*[each for each in (after,) if each is not None]), **options)
    assert len(made) < 2
    return made[0] if made else None


def reasons(letter: Letter | None) -> list[str]:
    return [] if letter is None else [each.value for each in letter.reasons]


def methods(letter: Letter | None) -> list[Method]:
    return [] if letter is None else [each.method for each in letter.messages]


def own_link(one: Registration) -> str:
    return f"https://example.org/{one.id}"


def no_link(_one: Registration) -> None:
    return None


def no_web_address(_one: Registration) -> str:
    return "mailto:p1@example.org"


def told(made: Iterable[Letter]) -> dict[str, list[str]]:
    return {each.recipient: reasons(each) for each in made}


def at(address: str, registration: Registration) -> Registration:
    return evolve(registration, participant=Contact(name=name_of(registration), email=address))


def name_of(registration: Registration) -> str:
    assert registration.participant is not None
    return registration.participant.name or ""


ONE = registration("p1")
APPROVED = ONE.approve(at=NOW)
WAITLISTED = ONE.waitlist(at=NOW)
REJECTED = ONE.reject(at=NOW)
CHOSEN = frozenset({"s1", "s2"})
TWO_WITH_SEATS = (evolve(APPROVED, session_ids=frozenset({"s1"})), registration("p2").approve(at=NOW))
AWAITING = evolve(ONE, session_ids=CHOSEN, waits=(wait("s1"),)).approve(at=NOW)


class TestWhatBecameOfARegistration:
    """From one version to the next, the one right letter."""

    @pytest.mark.parametrize(
        ("before", "after", "expected", "sent"),
        [
            (None, ONE, ["received"], []),
            (None, WAITLISTED, ["waitlisted"], []),
            (None, APPROVED, ["invited"], [Method.REQUEST]),
            (None, REJECTED, ["rejected"], []),
            (None, ONE.withdraw(at=NOW), ["withdrawn"], []),
            (ONE, WAITLISTED, ["waitlisted"], []),
            (ONE, REJECTED, ["rejected"], []),
            (ONE, APPROVED, ["invited"], [Method.REQUEST]),
            (WAITLISTED, WAITLISTED.approve(at=NOW), ["promoted"], [Method.REQUEST]),
            (WAITLISTED, WAITLISTED.withdraw(at=NOW), ["withdrawn"], []),
            (APPROVED, APPROVED.withdraw(at=NOW), ["withdrawn"], [Method.CANCEL]),
            (APPROVED, APPROVED.reset(at=NOW), ["pending"], [Method.CANCEL]),
            (APPROVED, APPROVED.reset(at=NOW).reject(at=NOW), ["rejected"], [Method.CANCEL]),
            (REJECTED, REJECTED.reset(at=NOW), ["pending"], []),
            (WAITLISTED, None, ["withdrawn"], []),
            (APPROVED, None, ["withdrawn"], [Method.CANCEL]),
            (REJECTED, None, [], []),
            (APPROVED, APPROVED.check_in(at=NOW), [], []),
            (APPROVED, APPROVED.mark_no_show(at=NOW), [], []),
            (ONE, ONE, [], []),
            (ONE, registration("p1"), [], []),
        ],
    )
    def test_its_person_hears_of_it(
        self, before: Registration | None, after: Registration | None, expected: list[str], sent: list[Method]
    ) -> None:
        letter = one(before, after)
        assert (reasons(letter), methods(letter)) == (expected, sent)

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            (AWAITING, evolve(AWAITING, waits=(wait("s1", until=9),)), ["seat-found"]),
            (evolve(AWAITING, waits=()), AWAITING, ["session-waitlisted"]),
            (ONE, evolve(ONE, session_ids=CHOSEN, waits=(wait("s1"),)), ["session-waitlisted", "changed"]),
            (None, AWAITING, ["invited", "session-waitlisted"]),
            (APPROVED, evolve(APPROVED, session_ids=CHOSEN), ["changed"]),
            (APPROVED, evolve(APPROVED, mode=ParticipationMode.REMOTE), ["changed"]),
            (WAITLISTED, evolve(WAITLISTED, mode=ParticipationMode.REMOTE), ["changed"]),
            (ONE, evolve(ONE, participant=Contact(name="Participant 9", email="p1@example.org")), ["changed"]),
            (
                ONE,
                evolve(ONE, participant=Contact(name="Participant p1", email="p1@example.org", language="fr")),
                [],
            ),
        ],
    )
    def test_a_change_of_what_the_office_or_the_person_chose_is_told(
        self, before: Registration | None, after: Registration, expected: list[str]
    ) -> None:
        assert reasons(one(before, after)) == expected

    def test_a_no_show_found_no_seat_and_one_who_did_come_waits_as_before(self) -> None:
        missed = AWAITING.mark_no_show(at=LATER)
        assert "seat-found" not in reasons(one(AWAITING, missed))
        assert one(missed, missed.check_in(at=LATER), by_session=True) is None

    def test_it_gives_the_reason_of_a_decision_in_the_language_of_the_reader_and_never_the_note(self) -> None:
        why = LocalizedText(text="The hall is full.", language="en", translations={"fr": "La salle est pleine."})
        for language, expected in (("fr", "La salle est pleine."), ("ru", "The hall is full.")):
            letter = one(ONE, ONE.reject(at=NOW, note="Not again!", reason=why), language=language)
            assert letter is not None
            assert [each.decision and each.decision[0] for each in letter.texts.notices] == [expected]
            assert "Not again!" not in repr(asdict(letter))
        after = ONE.waitlist(at=NOW, reason=why)
        later = one(after, after.approve(at=LATER))
        assert later is not None
        assert later.texts.notices[0].decision is None

    def test_two_changes_are_in_one_letter(self) -> None:
        after = evolve(AWAITING, waits=(wait("s1", until=9),))
        (letter,) = letters(dossier(AWAITING), dossier(after, about=MOVED))
        assert reasons(letter) == ["moved", "seat-found"]
        assert letter.texts.previous == EVENT.slot
        assert len(letter.messages) == 1

    def test_another_address_is_told_at_both_and_only_the_new_one_gets_the_link(self) -> None:
        after = evolve(APPROVED, participant=Contact(name="Participant 1", email="new@example.org"))
        made = letters(dossier(APPROVED), dossier(after), link=own_link)
        assert told(made) == {"new@example.org": ["changed"], "p1@example.org": ["address-changed"]}
        assert [methods(each) for each in made] == [[Method.REQUEST], [Method.CANCEL]]
        assert [each.texts.notices[0].link for each in made] == ["https://example.org/p1", None]

    def test_of_a_move_each_gets_the_own_link(self) -> None:
        people = dossier(APPROVED, registration("p2").approve(at=NOW))
        made = letters(people, evolve(people, event=MOVED), link=own_link)
        assert [each.texts.notices[0].link for each in made] == ["https://example.org/p1", "https://example.org/p2"]
        assert [reasons(each) for each in made] == [["moved"], ["moved"]]

    def test_another_address_of_who_is_not_invited_is_told_at_both(self) -> None:
        after = evolve(WAITLISTED, participant=Contact(name="Participant 1", email="new@example.org"))
        made = letters(dossier(WAITLISTED), dossier(after), link=lambda _: "https://example.org/")
        assert told(made) == {"new@example.org": ["changed"], "p1@example.org": ["address-changed"]}
        assert [letter.texts.notices[0].link for letter in made] == ["https://example.org/", None]
        assert told(letters(dossier(REJECTED), dossier(evolve(REJECTED, participant=after.participant)))) == {}

    def test_an_entry_of_a_session_that_is_left_over_is_taken_back_as_that_of_somebody_who_withdrew(self) -> None:
        entry = Entry(uid="s1.e-1", sequence=0, stamped=NOW, start=None)
        gone = evolve(APPROVED.withdraw(at=NOW), entries=(entry,))
        letter = one(gone, gone)
        assert (reasons(letter), methods(letter)) == (["withdrawn"], [Method.CANCEL])

    def test_nobody_hears_that_they_were_purged(self) -> None:
        assert one(APPROVED, APPROVED.purged(at=NOW)) is None
        assert one(WAITLISTED, WAITLISTED.purged(at=NOW)) is None


class TestTheEvent:
    """Who hopes for a seat has no entry, but the same day."""

    def test_who_is_pending_or_waits_hears_that_it_moves_or_is_cancelled(self) -> None:
        two = registration("p2")
        before = dossier(WAITLISTED, two, registration("p3").reject(at=NOW))
        for after, expected in ((MOVED, "moved"), (CANCELLED, "cancelled")):
            made = letters(before, evolve(before, event=after))
            assert told(made) == {"p1@example.org": [expected], "p2@example.org": [expected]}
            assert not any(each.messages for each in made)
            still = ["waitlisted", "pending"] if after is MOVED else [None, None]
            assert [each.texts.notices[0].still for each in made] == still

    def test_what_is_news_of_a_registration_is_not_said_again(self) -> None:
        other = Contact(name="Participant 2", email="p1@example.org")
        two = registration("p2", participant=other).waitlist(at=NOW)
        before = dossier(ONE, two, registration("p3").approve(at=NOW))
        after = dossier(WAITLISTED, two, before.registrations[2], about=MOVED)
        alone, shared = letters(before, after)
        assert [(each.reasons, each.still) for each in (*shared.texts.notices, *alone.texts.notices)] == [
            ((Reason.MOVED, Reason.WAITLISTED), None),
            ((Reason.MOVED,), RegistrationState.WAITLISTED),
            ((Reason.MOVED,), None),
        ]
        (again,) = letters(dossier(two), dossier(two), repeated=[two], link=own_link)
        assert [(each.reasons, each.still) for each in again.texts.notices] == [
            ((Reason.REPEATED,), RegistrationState.WAITLISTED)
        ]

    def test_who_waits_for_a_seat_at_the_event_waits_for_all_that_they_chose(self) -> None:
        person = evolve(ONE, session_ids=CHOSEN)
        other = Contact(name="Participant 2", email="p1@example.org")
        two = registration("p2", participant=other, session_ids=frozenset({"s1"})).approve(at=NOW)
        for people in ((), (two,)):
            (letter,) = letters(dossier(person, *people), dossier(person.waitlist(at=NOW), *people))
            own = [each for each in letter.texts.sessions if not each.names or each.names == ("Participant p1",)]
            assert [(each.id, each.awaited) for each in own] == [("s1", True), ("s2", True)]

    def test_who_waits_hears_of_a_chosen_session_and_who_chose_none_does_not(self) -> None:
        sessions = (evolve(EVENT.sessions[0], title=text("Opening")), *EVENT.sessions[1:])
        before = dossier(WAITLISTED, evolve(registration("p2"), session_ids=CHOSEN))
        (letter,) = letters(before, evolve(before, event=EVENT.revised(at=NOW, sessions=sessions)))
        assert (letter.recipient, reasons(letter)) == ("p2@example.org", ["programme-changed"])
        assert [each.title for each in letter.texts.sessions] == [("Opening", "en"), ("s2", "en")]
        assert letter.texts.previous_sessions is not None

    def test_of_a_cancelled_one_only_an_end_or_an_arrival_is_news(self) -> None:
        people = [registration(f"p{number}") for number in range(1, 5)]
        before = dossier(*people[:3], about=CANCELLED)
        after = dossier(people[0].approve(at=NOW), people[1].reject(at=NOW), people[2], people[3], about=CANCELLED)
        assert told(letters(before, after)) == {"p2@example.org": ["rejected"], "p4@example.org": ["cancelled"]}

    def test_who_registered_before_it_was_announced_hears_of_it_then(self) -> None:
        draft = evolve(EVENT, status=EventStatus.DRAFT)
        people = (APPROVED, registration("p2"), registration("p3").reject(at=NOW))
        made = letters(dossier(*people, about=draft), dossier(*people, about=draft.schedule(at=NOW)))
        assert told(made) == {
            "p1@example.org": ["invited"],
            "p2@example.org": ["received"],
            "p3@example.org": ["rejected"],
        }

    def test_a_draft_is_refused_and_so_are_confused_sessions(self) -> None:
        draft = dossier(ONE, about=evolve(EVENT, status=EventStatus.DRAFT))
        assert refused(lambda: inv.letters(draft, draft, stamped=NOW), MessageError) == (
            Code.EVENT_WITHOUT_SLOT,
            "/event/status",
        )


class TestBySession:
    """A letter is about the event, so what happens to sessions there is a change of the programme."""

    def test_all_messages_of_a_mailbox_are_in_one_letter(self) -> None:
        person = evolve(APPROVED, session_ids=CHOSEN)
        moved = EVENT.revised(
            at=NOW,
            sessions=(evolve(EVENT.sessions[0], slot=slot("15:30", "16:00")), *EVENT.sessions[1:]),
        )
        (letter,) = letters(dossier(person), dossier(person, about=moved), by_session=True)
        assert reasons(letter) == ["programme-changed"]
        assert [each.reason for each in letter.messages] == [Reason.MOVED]
        assert letter.texts.title == ("Forum", "en")
        assert letter.texts.previous_sessions is not None

    def test_other_sessions_are_invited_to_and_cancelled_in_one_letter(self) -> None:
        before, after = (evolve(APPROVED, session_ids=frozenset({id_})) for id_ in ("s1", "s2"))
        (letter,) = letters(dossier(before), dossier(after), by_session=True)
        assert reasons(letter) == ["changed"]
        assert [each.uid for each in letter.messages] == ["s2.e-1", "s1.e-1"]


class TestThePeople:
    """Each reads their own language; people who share a mailbox have one letter with their names."""

    def test_a_shared_mailbox_has_one_letter_that_names_who_is_concerned(self) -> None:
        two = registration("p2", participant=Contact(name="Participant 2", email="P1@example.org"))
        (letter,) = letters(dossier(APPROVED, two), dossier(APPROVED.withdraw(at=NOW), two.approve(at=NOW)))
        assert {each.name: each.reasons for each in letter.texts.notices} == {
            "Participant p1": (Reason.WITHDRAWN,),
            "Participant 2": (Reason.INVITED,),
        }
        assert letter.registration_ids == ("p1", "p2")
        assert letter.reasons == (Reason.INVITED, Reason.WITHDRAWN)

    def test_of_those_who_share_a_mailbox_only_who_chose_a_session_hears_of_it(self) -> None:
        two = registration("p2", participant=Contact(name="Participant 2", email="p1@example.org")).approve(at=NOW)
        before = dossier(evolve(APPROVED, session_ids=CHOSEN), evolve(two, session_ids=frozenset({"s3"})))
        sessions = (*EVENT.sessions[:2], evolve(EVENT.sessions[2], slot=slot("15:30", "16:00")))
        (letter,) = letters(before, evolve(before, event=EVENT.revised(at=NOW, sessions=sessions)))
        assert [(each.name, each.reasons) for each in letter.texts.notices] == [
            ("Participant 2", (Reason.PROGRAMME_CHANGED,))
        ]
        assert methods(letter) == [Method.REQUEST]

    def test_a_text_of_the_event_concerns_all_who_are_invited(self) -> None:
        two = registration("p2", participant=Contact(name="Participant 2", email="p1@example.org")).approve(at=NOW)
        before = dossier(APPROVED, two, registration("p3"))
        (letter,) = letters(before, evolve(before, event=EVENT.revised(at=NOW, title=text("Assembly"))))
        assert [each.reasons for each in letter.texts.notices] == [(Reason.EDITED,), (Reason.EDITED,)]

    def test_only_who_is_invited_gets_links_to_join(self) -> None:
        online = evolve(EVENT, virtual_locations=(VirtualLocation(uri="https://meet.example.org/1"),))
        people = (APPROVED, registration("p2"))
        made = letters(dossier(about=online), dossier(*people, about=online))
        assert [bool(each.texts.links) for each in made] == [True, False]

    def test_who_hopes_to_come_sees_the_chosen_sessions_and_who_does_not_none(self) -> None:
        person = evolve(ONE, session_ids=CHOSEN)
        made = [one(None, each) for each in (person, person.waitlist(at=NOW), person.reject(at=NOW))]
        assert [len(each.texts.sessions) for each in made if each is not None] == [2, 2, 0]

    def test_by_session_the_programme_is_that_of_all_who_share_the_mailbox(self) -> None:
        two = registration("p2", participant=Contact(name="Participant 2", email="p1@example.org")).approve(at=NOW)
        before = (evolve(APPROVED, session_ids=CHOSEN), evolve(two, session_ids=frozenset({"s2"})))
        after = (before[0], evolve(two, session_ids=frozenset({"s3"})))
        (letter,) = letters(dossier(*before), dossier(*after), by_session=True)
        assert [(each.id, each.names) for each in letter.texts.sessions] == [
            ("s1", ("Participant p1",)),
            ("s2", ("Participant p1",)),
            ("s3", ("Participant 2",)),
        ]
        assert [(each.name, each.reasons) for each in letter.texts.notices] == [("Participant 2", (Reason.CHANGED,))]
        assert [{*each.names} for each in letter.texts.previous_sessions or ()] == [
            {"Participant p1"},
            {"Participant p1", "Participant 2"},
        ]

    def test_it_is_in_the_language_of_the_person_or_in_that_of_the_options(self) -> None:
        french = evolve(ONE, participant=Contact(name="Participant 1", email="p1@example.org", language="fr"))
        letter, other = one(None, french), one(None, french, language="es")
        assert letter is not None
        assert other is not None
        assert (letter.language, other.language) == ("fr", "es")

    def test_what_was_chosen_is_told_in_the_language_that_the_person_reads_now(self) -> None:
        titled = evolve(EVENT.sessions[0], title=LocalizedText(text="One", language="en", translations={"fr": "Un"}))
        before = dossier(evolve(ONE, session_ids=CHOSEN), about=evolve(EVENT, sessions=(titled, *EVENT.sessions[1:])))
        reader = evolve(ONE, participant=Contact(name="Participant 1", email="p1@example.org", language="fr"))
        (letter,) = letters(before, evolve(before, registrations=(evolve(reader, session_ids=frozenset({"s2"})),)))
        assert letter.texts.previous_sessions is not None
        assert letter.texts.previous_sessions[0].title == ("Un", "fr")

    def test_the_focal_point_gets_a_copy_of_what_is_only_about_people_it_filed(self) -> None:
        filer = Contact(name="Focal point", email="focal@example.org")
        filed = evolve(ONE, filed_by=filer)
        letter = one(None, filed)
        assert letter is not None
        assert letter.copied_to == filer
        mine, others = (
            registration("p2", participant=Contact(name="Participant 2", email="p1@example.org"), filed_by=by)
            for by in (filer, None)
        )
        assert letters(dossier(), dossier(filed, mine))[0].copied_to == filer
        assert [each.name for each in letter.texts.notices] == ["Participant p1"]
        seated = dossier(filed.approve(at=NOW))
        (moved,) = letters(seated, evolve(seated, event=MOVED))
        assert (moved.copied_to, [each.name for each in moved.texts.notices]) == (filer, ["Participant p1"])
        assert letters(dossier(), dossier(filed, others))[0].copied_to is None

    def test_only_who_takes_part_or_still_may_gets_the_link(self) -> None:
        for after in (ONE.reject(at=NOW), ONE.withdraw(at=NOW), None):
            ended = one(ONE, after, link=own_link)
            assert ended is not None
            assert ended.texts.notices[0].link is None
        (letter,) = letters(dossier(APPROVED), dossier(APPROVED, about=CANCELLED), link=own_link)
        assert letter.texts.notices[0].link is None
        two = registration("p2", participant=Contact(name="Participant 2", email="p1@example.org"))
        (letter,) = letters(dossier(ONE, two), dossier(ONE.reject(at=NOW), two.approve(at=NOW)), link=own_link)
        assert [(each.reasons, each.link) for each in letter.texts.notices] == [
            ((Reason.INVITED,), "https://example.org/p2"),
            ((Reason.REJECTED,), None),
        ]

    def test_the_zone_and_the_link_of_a_person_are_in_the_letter(self) -> None:
        letter = one(None, ONE, zones={"p1": "Asia/Tokyo"}, link=no_link)
        assert letter is not None
        assert (letter.zone, letter.texts.notices) == ("Asia/Tokyo", (Notice(reasons=(Reason.RECEIVED,)),))
        assert refused(lambda: one(None, ONE, zones={"p1": "Mars/Base"})) == (
            Code.ZONE_UNKNOWN,
            "/zone",
        )
        assert refused(lambda: one(None, ONE, link=no_web_address)) == (
            Code.URI_MALFORMED,
            "/link",
        )


class TestTwoMoreReasons:
    """A repeat, and an erasure that somebody asked for."""

    def test_a_repeat_goes_to_the_stored_address(self) -> None:
        sent = evolve(APPROVED, participant=Contact(name="Participant p1", email="other@example.org"))
        letter = one(APPROVED, APPROVED, repeated=[sent, APPROVED])
        assert (letter and letter.recipient, reasons(letter), methods(letter)) == ("p1@example.org", ["repeated"], [])

    def test_who_asked_for_erasure_gets_a_last_letter(self) -> None:
        letter = one(APPROVED, APPROVED.withdraw(at=NOW).purged(at=NOW), erased=["p1"], link=own_link)
        assert (letter and letter.recipient, reasons(letter)) == ("p1@example.org", ["erased", "withdrawn"])
        assert methods(letter) == [Method.CANCEL]
        assert letter is not None
        assert letter.texts.notices[0].link is None
        assert reasons(one(REJECTED, REJECTED.purged(at=NOW), erased=["p1"])) == ["erased"]

    def test_who_shares_the_mailbox_of_somebody_erased_has_the_entry_alone(self) -> None:
        people = [at("a@example.org", each) for each in TWO_WITH_SEATS]
        for gone, stays in (people, people[::-1]):
            (letter,) = letters(dossier(gone, stays), dossier(gone.purged(at=NOW), stays), erased=[gone.id])
            assert [(each.name, each.reasons) for each in letter.texts.notices] == [(name_of(gone), (Reason.ERASED,))]
            (message,) = letter.messages
            assert (name_of(stays) in message.ics.decode(), name_of(gone) in message.ics.decode()) == (True, False)

    def test_who_is_not_purged_gets_no_confirmation(self) -> None:
        made = inv.letters(dossier(APPROVED), dossier(APPROVED), stamped=LATER, erased=["p1"])
        assert ([*made], found(made)) == ([], [(Code.REGISTRATION_NOT_PURGED, "/erased/0")])

    @pytest.mark.parametrize("key", ["repeated", "erased"])
    def test_they_are_lists(self, key: str) -> None:
        given: dict[str, Any] = {key: "p1"}
        with pytest.raises(TypeError, match=key):
            inv.letters(dossier(), dossier(), stamped=NOW, **given)

    def test_who_is_unknown_or_purged_is_a_finding(self) -> None:
        stranger, gone = registration("p9"), ONE.purged(at=NOW)
        made = inv.letters(
            dossier(gone),
            dossier(gone),
            stamped=LATER,
            repeated=[stranger, gone],
            erased=["p9"],
            zones={"p9": "Asia/Tokyo"},
        )
        assert found(made) == [
            (Code.REGISTRATION_UNKNOWN, "/repeated/0"),
            (Code.REGISTRATION_PURGED, "/repeated/1"),
            (Code.REGISTRATION_UNKNOWN, "/erased/0"),
            (Code.REGISTRATION_UNKNOWN, "/zones"),
        ]
        assert [*made] == []


def found(made: Letters) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in made.findings]


class TestFindings:
    """Changes that should reach somebody and reach nobody."""

    def test_who_was_purged_cannot_hear_of_a_move(self) -> None:
        purged = APPROVED.purged(at=NOW)
        for after in (MOVED, CANCELLED):
            made = inv.letters(dossier(APPROVED), dossier(purged, about=after), stamped=LATER)
            assert (found(made), [*made]) == ([(Code.ENTRY_UNREACHABLE, "/before/registrations/0")], [])

    def test_nor_that_they_were_withdrawn_in_the_same_step_unless_they_asked_for_erasure(self) -> None:
        before, after = dossier(APPROVED), dossier(APPROVED.withdraw(at=NOW).purged(at=NOW))
        assert found(inv.letters(before, after, stamped=LATER)) == [(Code.ENTRY_UNREACHABLE, "/before/registrations/0")]
        assert found(inv.letters(before, after, stamped=LATER, erased=["p1"])) == []

    def test_entries_that_are_known_say_whose_calendar_is_wrong(self) -> None:
        entries = [Entry(uid=uid, sequence=0, stamped=NOW, start=None) for uid in ("s1.e-1", "s2.e-1", "gone")]
        purged = evolve(APPROVED, entries=tuple(entries)).purged(at=NOW)
        after = EVENT.revised(at=NOW, sessions=EVENT.sessions[1:])
        assert found(inv.letters(dossier(purged), dossier(purged, about=after), stamped=LATER)) == [
            (Code.ENTRY_UNREACHABLE, "/before/registrations/0/entries/0"),
            (Code.ENTRY_UNREACHABLE, "/before/registrations/0/entries/2"),
        ]

    def test_there_are_none_about_who_was_not_invited_or_whose_day_is_as_it_was(self) -> None:
        for person, after in ((ONE, MOVED), (APPROVED, EVENT)):
            purged = person.purged(at=NOW)
            assert found(inv.letters(dossier(person), dossier(purged, about=after), stamped=LATER)) == []
            assert found(inv.letters(dossier(purged), dossier(purged, about=MOVED), stamped=LATER)) == []

    def test_by_session_only_those_that_the_person_chose_count(self) -> None:
        sessions = (evolve(EVENT.sessions[0], slot=slot("15:30", "16:00")), *EVENT.sessions[1:])
        after = EVENT.revised(at=NOW, sessions=sessions)
        for id_, expected in (("s1", [(Code.ENTRY_UNREACHABLE, "/before/registrations/0")]), ("s2", [])):
            person = evolve(APPROVED, session_ids=frozenset({id_}))
            purged = dossier(person.purged(at=NOW), about=after)
            assert found(inv.letters(dossier(person), purged, stamped=LATER, by_session=True)) == expected


def hour(number: int, day: int = 17) -> datetime:
    """Return a moment on the day of the event, which begins at 12:30 in UTC."""
    return datetime(2023, 5, day, number, tzinfo=UTC)


def reminded(*people: Registration, now: datetime | None = None, about: Any = EVENT, **options: Any) -> list[Letter]:
    given: dict[str, Any] = {"before": timedelta(hours=13), **options}
    return [*inv.reminders(dossier(*people, about=about), now=now or hour(0), **given)]


class TestReminders:
    """What begins after *now*, and no later than *before* after it."""

    def test_who_is_invited_hears_of_the_event_and_the_chosen_sessions_that_begin(self) -> None:
        person = evolve(APPROVED, session_ids=CHOSEN)
        (letter,) = reminded(person, registration("p2"), registration("p3").reject(at=NOW))
        assert (letter.recipient, reasons(letter), letter.messages) == ("p1@example.org", ["reminded"], ())
        assert [each.id for each in letter.texts.sessions] == ["s1", "s2"]
        (letter,) = reminded(person, before=timedelta(hours=12, minutes=45))
        assert [each.id for each in letter.texts.sessions] == ["s1"]

    @pytest.mark.parametrize(
        ("now", "since", "expected"),
        [
            (hour(0), None, ["s1", "s2"]),
            (hour(0), hour(23, 16), ["s1", "s2"]),
            (hour(1), hour(0), []),
            (hour(1), None, ["s1", "s2"]),
            (hour(13), hour(12), []),
        ],
    )
    def test_what_was_near_enough_at_the_last_call_is_left_out(
        self, now: datetime, since: datetime | None, expected: list[str]
    ) -> None:
        made = reminded(evolve(APPROVED, session_ids=CHOSEN), now=now, since=since)
        assert [each.id for letter in made for each in letter.texts.sessions] == expected

    def test_a_session_alone_reminds_only_those_who_chose_it(self) -> None:
        people = (evolve(APPROVED, session_ids=CHOSEN), registration("p2").approve(at=NOW))
        (letter,) = reminded(*people, now=hour(12) + timedelta(minutes=40), before=timedelta(hours=1))
        assert (reasons(letter), [each.id for each in letter.texts.sessions]) == (["session-reminded"], ["s2"])

    def test_nobody_is_reminded_of_what_they_wait_for_declined_or_delegated(self) -> None:
        declined, delegated = ParticipationStatus.DECLINED, ParticipationStatus.DELEGATED
        assert reminded(evolve(APPROVED, participation_status=declined)) == []
        assert reminded(evolve(APPROVED, participation_status=delegated)) == []
        person = evolve(AWAITING, replies=(Reply(at=NOW, sequence=0, status=declined, session_id="s2"),))
        (letter,) = reminded(person)
        assert letter.texts.sessions == ()
        assert reminded(person, now=hour(12) + timedelta(minutes=40), before=timedelta(hours=1)) == []

    def test_whole_days_begin_at_midnight_of_the_place(self) -> None:
        days = TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich")
        whole = evolve(EVENT, slot=days)
        assert len(reminded(APPROVED, about=whole, now=hour(21, 16), before=timedelta(hours=1))) == 1
        assert reminded(APPROVED, about=whole, now=hour(22, 16)) == []

    def test_what_is_off_reminds_nobody(self) -> None:
        draft = evolve(EVENT, status=EventStatus.DRAFT, organizer=None, slot=None)
        for about in (CANCELLED, EVENT.postpone(at=NOW), draft):
            assert reminded(evolve(APPROVED, session_ids=CHOSEN), about=about) == []

    def test_people_who_share_a_mailbox_are_reminded_in_one_letter(self) -> None:
        two = registration("p2", participant=Contact(name="Participant 2", email="p1@example.org")).approve(at=NOW)
        people = (evolve(APPROVED, session_ids=CHOSEN), evolve(two, session_ids=frozenset({"s2", "s3"})))
        (letter,) = reminded(*people)
        assert [(each.id, each.names) for each in letter.texts.sessions] == [
            ("s1", ("Participant p1",)),
            ("s2", ("Participant p1", "Participant 2")),
        ]
        assert [each.name for each in letter.texts.notices] == ["Participant p1", "Participant 2"]

    def test_what_cannot_be_asked_is_refused(self) -> None:
        assert refused(lambda: reminded(before=timedelta())) == (Code.DURATION_OUT_OF_RANGE, "/before")
        assert refused(lambda: reminded(since=hour(1).replace(tzinfo=None))) == (Code.MOMENT_NAIVE, "/since")
        assert refused(lambda: reminded(now=hour(1).replace(tzinfo=None))) == (Code.MOMENT_NAIVE, "/now")
        nobody = evolve(EVENT, organizer=None)
        assert refused(lambda: reminded(about=nobody), MessageError) == (
            Code.ORGANIZER_WITHOUT_ADDRESS,
            "/event/organizer",
        )

    def test_a_zone_of_nobody_is_a_finding(self) -> None:
        made = inv.reminders(
            dossier(APPROVED), now=hour(0), before=timedelta(days=1), zones={"p1": "Asia/Tokyo", "p9": "Asia/Tokyo"}
        )
        assert found(made) == [(Code.REGISTRATION_UNKNOWN, "/zones")]
        assert [each.zone for each in made] == ["Asia/Tokyo"]


class TestClocks:
    """The rules for the clocks of the place have changed, or those of a reader."""

    WINTER = evolve(EVENT, slot=slot("09:00", "17:00", day="2026-11-10"), sessions=())

    @pytest.fixture
    def clocks(self, tmp_path: Path) -> ClockChanges:
        """Zurich has winter time again, as this process knows, and in Asia is no summer time."""
        cet, cest = LocalType(3600, is_dst=False, name="CET"), LocalType(7200, is_dst=True, name="CEST")
        jst, jdt = LocalType(32_400, is_dst=False, name="JST"), LocalType(36_000, is_dst=True, name="JDT")
        put(tmp_path / "old", "Europe/Zurich", time_zone_file("CEST-2", [cest]))
        put(tmp_path / "new", "Europe/Zurich", time_zone_file("CET-1CEST,M3.5.0,M10.5.0/3", [cet, cest]))
        put(tmp_path / "old", "Asia/Tokyo", time_zone_file("JST-9JDT,M3.2.0,M11.1.0", [jst, jdt]))
        put(tmp_path / "new", "Asia/Tokyo", time_zone_file("JST-9", [jst]))
        put(tmp_path / "old", "Asia/Seoul", time_zone_file("JST-9JDT,M6.1.0,M9.1.0", [jst, jdt]))
        put(tmp_path / "new", "Asia/Seoul", time_zone_file("JST-9", [jst]))
        before, after = Zones(tmp_path / "old"), Zones(tmp_path / "new")
        return planning.clock_changes(self.WINTER, before=before, after=after)

    def test_who_has_an_entry_gets_it_again(self, clocks: ClockChanges) -> None:
        person = evolve(APPROVED, replies=(Reply(at=NOW, sequence=0, status=ParticipationStatus.ACCEPTED),))
        before = dossier(person, registration("p2"), about=self.WINTER)
        (letter,) = letters(before, before, clocks=clocks)
        (message,) = letter.messages
        assert (letter.recipient, reasons(letter)) == ("p1@example.org", ["clocks-changed"])
        assert (message.reason, message.sequence, message.stamped) == (Reason.CLOCKS_CHANGED, 0, LATER)
        assert b"PARTSTAT=ACCEPTED" in message.ics
        assert letters(before, before) == []

    def test_who_has_the_new_start_hears_nothing(self, clocks: ClockChanges) -> None:
        for hour, expected in ((8, []), (7, ["p1@example.org"])):
            entry = Entry(uid="e-1", sequence=0, stamped=NOW, start=datetime(2026, 11, 10, hour, tzinfo=UTC))
            before = dossier(evolve(APPROVED, entries=(entry,)), about=self.WINTER)
            assert [each.recipient for each in letters(before, before, clocks=clocks)] == expected
        # If only the end is another one, nothing tells whether they know.
        only_end = evolve(clocks, changes=tuple(evolve(each, start_shift=timedelta(0)) for each in clocks.changes))
        before = dossier(evolve(APPROVED, entries=(evolve(entry, start=datetime(2026, 11, 10, 8, tzinfo=UTC)),)))
        before = evolve(before, event=self.WINTER)
        assert [each.recipient for each in letters(before, before, clocks=only_end)] == ["p1@example.org"]

    def test_with_times_in_utc_the_sequence_has_to_be_raised(self, clocks: ClockChanges) -> None:
        before = dossier(APPROVED, about=self.WINTER)
        after = evolve(before, event=self.WINTER.revised(at=NOW, sequence=1))
        assert refused(lambda: letters(before, before, clocks=clocks, utc=True), MessageError) == (
            Code.SEQUENCE_NOT_RAISED,
            "/after/event/sequence",
        )
        (letter,) = letters(before, after, clocks=clocks, utc=True)
        assert [(each.reason, each.sequence) for each in letter.messages] == [(Reason.CLOCKS_CHANGED, 1)]
        assert self.WINTER.last_change() == after.event.last_change()

    def test_a_reader_whose_own_clocks_change_hears_of_it_without_an_entry(self, clocks: ClockChanges) -> None:
        noon = evolve(EVENT, slot=slot("09:00", "17:00"), sessions=EVENT.sessions[:1])
        abroad = planning.clock_changes(noon, before=clocks.before, after=clocks.after)
        people = [
            evolve(registration(f"p{number}"), session_ids=frozenset({"s1"})).approve(at=NOW) for number in (1, 2)
        ]
        before = dossier(*people, registration("p3"), about=noon)
        zones = {"p1": "Asia/Tokyo", "p3": "Asia/Tokyo"}
        made = letters(before, before, clocks=abroad, zones=zones)
        assert told(made) == {"p1@example.org": ["clocks-changed"]}
        assert [(each.zone, each.messages) for each in made] == [("Asia/Tokyo", ())]

    def test_a_reader_whose_sessions_are_when_they_were_hears_nothing(self, clocks: ClockChanges) -> None:
        closing = evolve(session("s2"), slot=slot("10:00", "11:00", day="2023-07-10"))
        days = TimeSlot.days("2023-05-17", "2023-07-11", "Europe/Zurich")
        summer = evolve(EVENT, slot=days, sessions=(EVENT.sessions[0], closing))
        abroad = planning.clock_changes(summer, before=clocks.before, after=clocks.after)
        people = [evolve(registration(id_), session_ids=frozenset({id_})).approve(at=NOW) for id_ in ("s1", "s2")]
        before = dossier(*people, about=summer)
        made = letters(before, before, clocks=abroad, zones={"s1": "Asia/Seoul", "s2": "Asia/Seoul"})
        assert told(made) == {"s2@example.org": ["clocks-changed"]}

    def test_whole_days_are_the_same_dates_for_every_reader(self, clocks: ClockChanges) -> None:
        days = evolve(self.WINTER, slot=TimeSlot.days("2023-05-17", "2023-05-18", "Europe/Zurich"))
        before = dossier(APPROVED, about=days)
        abroad = planning.clock_changes(days, before=clocks.before, after=clocks.after)
        assert letters(before, before, clocks=abroad, zones={"p1": "Asia/Tokyo"}) == []

    def test_anything_else_than_a_comparison_is_refused(self) -> None:
        with pytest.raises(TypeError, match="clock_changes"):
            inv.letters(dossier(), dossier(), stamped=NOW, clocks=[])  # type: ignore[arg-type]  # as somebody may
