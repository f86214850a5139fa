"""Invitations: what one says to whom."""

import tracemalloc
from datetime import datetime, timedelta
from itertools import count, islice, product
from typing import Any, cast

import pytest
from attrs import evolve

from tests.ical.records import Said
from tests.invitation.refusal import invalid, refused
from tests.invitation.strict_message import Sent, message
from tests.samples.invited import EVENT, LATER, ORGANIZER, answered, person, registration
from tests.samples.whole import text
from tests.samples.wtisd import STAMPED, event, session
from wtisd_model import (
    Code,
    Contact,
    Event,
    ListingConsent,
    ParticipationMode,
    ParticipationStatus,
    Registration,
    Reply,
    Role,
    VirtualLocation,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import recipients, template
from wtisd_model.invitation.message import MessageOptions
from wtisd_model.invitation.recipients import Person, attendee_line

LISTED = ListingConsent.PARTICIPANTS


def invited(of: Event = EVENT, guest: Registration | None = None, **options: Any) -> Sent:
    return message(inv.invite(of, guest or registration(), stamped=LATER, **options).ics)


def at_place(event_: Event, mode: ParticipationMode) -> tuple[str | None, str | None]:
    """Return LOCATION and DESCRIPTION of an invitation."""
    entry = invited(event_, registration(mode=mode), language="en").entry
    assert entry is not None
    return (
        None if entry.location is None else entry.location.text,
        None if entry.description is None else entry.description.text,
    )


class TestTheInvitedPerson:
    """RFC 5545 section 3.8.4.1: ATTENDEE."""

    def test_somebody_who_has_not_answered_is_asked_to(self) -> None:
        (attendee,) = invited().attendees
        assert attendee.email == "p1@example.org"
        assert attendee.parameters == {
            "CUTYPE": "INDIVIDUAL",
            "ROLE": "REQ-PARTICIPANT",
            "PARTSTAT": "NEEDS-ACTION",
            "RSVP": "TRUE",
            "CN": "Participant 1",
        }

    def test_the_chair_of_an_event_or_of_a_session_is_its_chair(self) -> None:
        """RFC 5545 section 3.2.16: CHAIR "indicates chair of the calendar entity"."""
        speaks = frozenset({Role.SPEAKER})
        for participant, of_event, of_session in (
            (person(1), "REQ-PARTICIPANT", "REQ-PARTICIPANT"),
            (person(1, roles=frozenset({Role.CHAIR})), "CHAIR", "REQ-PARTICIPANT"),
            (person(1, email="P3@example.org"), "REQ-PARTICIPANT", "CHAIR"),
            (person(1, id="chair-1"), "REQ-PARTICIPANT", "CHAIR"),
            (person(1, id="speaker-1", roles=speaks), "REQ-PARTICIPANT", "REQ-PARTICIPANT"),
        ):
            chairing = frozenset({Role.CHAIR})
            people = (
                *(evolve(each, id="chair-1") for each in EVENT.sessions[0].people[:1]),
                Contact(name="Participant 8", id="speaker-1", roles=speaks),
                Contact(name="Participant 9", roles=chairing),
            )
            whole = evolve(EVENT, sessions=(evolve(EVENT.sessions[0], people=people),))
            guest = registration(participant=participant)
            for about, role in ((None, of_event), ("opening", of_session)):
                sent = inv.invite(whole, guest, stamped=LATER, session=about, others=[guest])
                assert message(sent.ics).attendees[0].parameters["ROLE"] == role

    def test_somebody_without_a_name_has_an_address_only(self) -> None:
        line = attendee_line(Person("p1@example.org"), ParticipationStatus.ACCEPTED, None)
        assert line.startswith(b"ATTENDEE;")
        assert b"CN=" not in line

    @pytest.mark.parametrize("status", [each for each in ParticipationStatus if each != "needs-action"])
    def test_somebody_who_has_answered_is_not_asked_again(self, status: ParticipationStatus) -> None:
        (attendee,) = invited(guest=answered(1, status)).attendees
        assert attendee.parameters["PARTSTAT"] == status.upper()
        assert "RSVP" not in attendee.parameters

    def test_everybody_is_asked_anew_where_it_was_moved(self) -> None:
        guest = answered(1, ParticipationStatus.ACCEPTED)
        (attendee,) = invited(guest=guest, reason=inv.Reason.MOVED).attendees
        assert (attendee.parameters["PARTSTAT"], attendee.parameters["RSVP"]) == ("NEEDS-ACTION", "TRUE")

    def test_the_language_that_the_person_reads_picks_the_texts(self) -> None:
        sent = inv.invite(EVENT, registration(participant=person(language="en")), stamped=LATER)
        read = message(sent.ics)
        assert read.entry is not None
        assert read.entry.title == Said(text="World Telecommunication and Information Society Day", language="en")
        assert read.attendees[0].parameters["LANGUAGE"] == sent.language == "en"
        assert sent.texts.title == ("World Telecommunication and Information Society Day", "en")
        assert sent.texts.organizer == ("ITU", "en")

    def test_another_language_may_be_asked_for(self) -> None:
        guest = registration(participant=person(language="en"))
        assert inv.invite(EVENT, guest, stamped=LATER, language="fr").texts.organizer == ("UIT", "fr")

    def test_a_name_with_quotes_comes_back_equal(self) -> None:
        named = registration(participant=person(name='Dr "P." ^1; a, b: c'))
        assert invited(guest=named).attendees[0].parameters["CN"] == 'Dr "P." ^1; a, b: c'


class TestOtherPeople:
    """Issue: "Other people's addresses never appear in a person's invite unless asked for"."""

    def test_nobody_else_is_shown(self) -> None:
        sent = inv.invite(EVENT, registration(), stamped=LATER)
        # Nor the speakers; those who are to be asked are shown to everybody.
        assert b"p3@example.org" not in sent.ics
        assert len(message(sent.ics).attendees) == 1

    def test_those_who_agreed_are_shown_where_it_is_asked_for(self) -> None:
        others = [
            registration(1, listing_consent=LISTED),
            registration(4, listing_consent=LISTED, participation_status=ParticipationStatus.ACCEPTED),
            registration(5, listing_consent=ListingConsent.EVERYONE),
            registration(6, listing_consent=ListingConsent.NOBODY),
            registration(7),
            registration(8, listing_consent=LISTED).withdraw(at=LATER),
            registration(9, listing_consent=LISTED).purged(at=LATER),
            registration(10, participant=person(4, email="P4@example.org"), listing_consent=LISTED),
        ]
        own, *shown = invited(others=others).attendees
        assert own.email == "p1@example.org"
        assert [each.email for each in shown] == ["p4@example.org", "p5@example.org"]
        assert [each.parameters["PARTSTAT"] for each in shown] == ["ACCEPTED", "NEEDS-ACTION"]
        assert not any("RSVP" in each.parameters for each in shown)

    def test_a_message_about_a_session_lists_its_people_with_their_replies_about_it(self) -> None:
        opening, closing = session("opening"), session("closing")
        forum = event(organizer=ORGANIZER, sessions=(opening, closing))
        about = Reply(at=STAMPED, status=ParticipationStatus.TENTATIVE, session_id="opening")
        of_all = Reply(at=STAMPED, status=ParticipationStatus.ACCEPTED)
        others = [
            registration(2, listing_consent=LISTED, session_ids=frozenset({"opening"}), replies=(about,)),
            registration(3, listing_consent=LISTED, session_ids=frozenset({"closing"})),
            registration(
                4, listing_consent=LISTED, replies=(of_all,), participation_status=ParticipationStatus.ACCEPTED
            ),
            registration(5, participant=person(3), listing_consent=LISTED, session_ids=frozenset({"opening"})),
        ]
        expected = {
            "opening": [
                ("p2@example.org", "TENTATIVE"),
                ("p4@example.org", "NEEDS-ACTION"),
                ("p3@example.org", "NEEDS-ACTION"),
            ],
            "closing": [("p3@example.org", "NEEDS-ACTION"), ("p4@example.org", "NEEDS-ACTION")],
            None: [
                ("p2@example.org", "NEEDS-ACTION"),
                ("p3@example.org", "NEEDS-ACTION"),
                ("p4@example.org", "ACCEPTED"),
            ],
        }
        for about_, listed in expected.items():
            _, *shown = invited(forum, session=about_, others=others).attendees
            assert [(each.email, each.parameters["PARTSTAT"]) for each in shown] == listed

    def test_lists_that_are_not_kept_are_written_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        forum = event(organizer=ORGANIZER, sessions=(session("opening"), session("closing")))
        chose = frozenset({"opening", "closing"})
        guests = [registration(number, listing_consent=LISTED, session_ids=chose) for number in (1, 2)]
        kept = [*inv.invites(forum, guests, stamped=LATER, by_session=True, others=guests)]
        monkeypatch.setattr(recipients, "_MOST_LISTS", 1)
        assert [*inv.invites(forum, guests, stamped=LATER, by_session=True, others=guests)] == kept

    def test_there_are_bounds(self) -> None:
        crowd = (registration(number, listing_consent=LISTED) for number in count(2))
        assert len(invited(others=islice(crowd, 200)).attendees) == 201
        with invalid(Code.TOO_MANY_ITEMS, "/others"):
            invited(others=crowd)


class TestWhere:
    """Issue: "remote participants get the link first (CONFERENCE and text), those on site the room"."""

    HYBRID = event(
        organizer=ORGANIZER,
        description=text("Welcome."),
        virtual_locations=(VirtualLocation(uri="https://example.org/live"),),
    )
    ROOM = "Siège de l'UIT, Popov, Genève"

    def test_on_site_the_room_comes_first(self) -> None:
        assert at_place(self.HYBRID, ParticipationMode.ON_SITE) == (
            self.ROOM,
            "Welcome.\n\nRemote participation: https://example.org/live",
        )

    def test_from_afar_the_link_comes_first(self) -> None:
        assert at_place(self.HYBRID, ParticipationMode.REMOTE) == (
            f"https://example.org/live; {self.ROOM}",
            "Remote participation: https://example.org/live\n\nWelcome.",
        )
        ics = inv.invite(self.HYBRID, registration(mode=ParticipationMode.REMOTE), stamped=LATER).ics
        assert ics.index(b"\r\nCONFERENCE") < ics.index(b"\r\nLOCATION")

    def test_from_afar_there_is_no_position_to_travel_to(self) -> None:
        near, far = (invited(guest=registration(mode=mode)).entry for mode in ParticipationMode)
        assert near is not None
        assert far is not None
        assert near.position is not None
        assert far.position is None

    def test_a_link_that_is_not_known_yet_is_named(self) -> None:
        later = evolve(self.HYBRID, virtual_locations=(VirtualLocation(),))
        assert at_place(later, ParticipationMode.REMOTE) == (f"Remote participation; {self.ROOM}", "Welcome.")
        named = evolve(self.HYBRID, virtual_locations=(VirtualLocation(name=text("Zoom")),))
        assert at_place(named, ParticipationMode.REMOTE)[0] == f"Zoom; {self.ROOM}"

    def test_where_there_is_nothing_to_dial_into_the_room_stays(self) -> None:
        there = event(organizer=ORGANIZER)
        assert at_place(there, ParticipationMode.REMOTE) == (self.ROOM, None)

    def test_from_afar_a_streamed_session_of_an_event_on_site_has_its_link(self) -> None:
        streams = [session(name, virtual_locations=(f"https://example.org/{name}",)) for name in ("a", "b", "off")]
        sessions = (*streams[:2], streams[2].cancel(at=STAMPED), session("d"))
        there = event(organizer=ORGANIZER, sessions=sessions)
        chosen = frozenset({"a", "b", "off", "gone"})
        guest = registration(mode=ParticipationMode.REMOTE, session_ids=chosen)
        for made in (
            inv.invite(there, guest, stamped=LATER, language="en"),
            inv.decline_counter(there, guest, stamped=LATER, language="en"),
        ):
            assert (made.texts.where, [uri for _, uri in made.texts.links]) == (
                (),
                ["https://example.org/a", "https://example.org/b"],
            )
        entry = invited(there, guest, language="en").entry
        assert entry is not None
        assert entry.location is not None
        assert entry.location.text == "https://example.org/a"
        assert entry.position is None
        assert "Popov" not in inv.invite(there, guest, stamped=LATER).ics.decode()
        # A link of its own at a hybrid event, and that of the event.
        hybrid = evolve(self.HYBRID, sessions=sessions)
        both = registration(mode=ParticipationMode.REMOTE, session_ids=frozenset({"a", "d"}))
        sent = inv.invite(hybrid, both, stamped=LATER)
        assert [uri for _, uri in sent.texts.links] == ["https://example.org/a", "https://example.org/live"]
        assert sent.texts.where == ()

    def test_on_site_a_session_of_a_remote_event_has_its_room(self) -> None:
        afar = evolve(self.HYBRID, locations=(), sessions=(session("a", locations=event().locations), session("d")))
        sent = inv.invite(afar, registration(session_ids=frozenset({"a"})), stamped=LATER)
        assert (sent.texts.where, sent.texts.links) == (((f"{self.ROOM}, Suisse", "fr"),), ())

    def test_others_are_asked_to_the_places_of_the_event(self) -> None:
        annex = evolve(event().locations[0], room="Annex")
        hybrid = evolve(self.HYBRID, sessions=(session("a", locations=(annex,)), session("d")))
        for mode in ParticipationMode:
            for chosen in (set[str](), {"a"}, {"d"}):
                sent = inv.invite(hybrid, registration(mode=mode, session_ids=frozenset(chosen)), stamped=LATER)
                assert sent.texts.where == ((f"{self.ROOM}, Suisse", "fr"),)
                assert [uri for _, uri in sent.texts.links] == ["https://example.org/live"]

    def test_the_mail_is_told_the_same(self) -> None:
        sent = inv.invite(self.HYBRID, registration(mode=ParticipationMode.REMOTE), stamped=LATER)
        assert sent.texts.remote_first
        assert sent.texts.links == ((("Participation à distance", "fr"), "https://example.org/live"),)
        assert sent.texts.where == ((f"{self.ROOM}, Suisse", "fr"),)
        assert sent.texts.about == (("Welcome.", "en"),)
        assert (sent.texts.organizer_email, sent.texts.within) == ("organizer@example.org", None)

    def test_the_mail_has_the_page_of_the_event(self) -> None:
        with_page = evolve(EVENT, url="https://example.org/wtisd")
        for about in (None, "panel"):
            sent = inv.invite(with_page, registration(), stamped=LATER, session=about)
            assert sent.texts.url == "https://example.org/wtisd"

    def test_about_a_session_it_is_told_of_the_event(self) -> None:
        sent = inv.invite(EVENT, registration(), stamped=LATER, session="panel", language="en")
        assert sent.texts.within == ("World Telecommunication and Information Society Day", "en")
        assert sent.texts.slot == EVENT.sessions[1].slot


class TestOptions:
    """CLASS, TRANSP, reminders and UTC, by choice."""

    def test_nothing_is_said_unless_it_is_asked_for(self) -> None:
        read = invited()
        assert read.privacy is None
        assert read.entry is not None
        assert (read.entry.transparent, read.entry.alarms) == (False, ())

    @pytest.mark.parametrize(
        ("privacy", "written"), [("private", "PRIVATE"), ("public", "PUBLIC"), ("secret", "CONFIDENTIAL")]
    )
    def test_who_else_may_see_it(self, privacy: str, written: str) -> None:
        assert invited(privacy=inv.Privacy(privacy)).privacy == written
        assert invited(privacy=privacy).privacy == written
        with invalid(Code.VALUE_UNKNOWN, "/privacy"):
            invited(privacy="hidden")

    @pytest.mark.parametrize("about", [None, "opening"])
    def test_it_may_leave_time_free(self, about: str | None) -> None:
        entry = invited(session=about, transparent=True).entry
        assert entry is not None
        assert entry.transparent

    def test_reminders_are_for_what_takes_place(self) -> None:
        entry = invited(reminders=[timedelta(hours=1)]).entry
        assert entry is not None
        assert [each.before for each in entry.alarms] == [timedelta(hours=1)]
        put_off = invited(EVENT.postpone(at=LATER), reminders=[timedelta(hours=1)])
        assert put_off.entry is not None
        assert (put_off.entry.status, put_off.entry.alarms) == ("TENTATIVE", ())

    def test_it_has_no_zones_in_utc(self) -> None:
        ics = inv.invite(EVENT, registration(), stamped=LATER, utc=True).ics
        assert b"VTIMEZONE" not in ics
        assert b"DTSTART:20230517T123000Z" in ics

    def test_what_cannot_be_is_refused(self) -> None:
        with invalid(Code.MOMENT_NAIVE, "/stamped"):
            inv.invite(EVENT, registration(), stamped=datetime(2023, 5, 1))
        with invalid(Code.LANGUAGE_UNKNOWN, "/language"):
            invited(language="french")
        with invalid(Code.DURATION_OUT_OF_RANGE, "/reminders/0"):
            invited(reminders=[timedelta(days=400)])
        with invalid(Code.VALUE_UNKNOWN, "/reason"):
            invited(reason=inv.Reason.WITHDRAWN)

    def test_an_organizer_is_needed_who_can_be_answered(self) -> None:
        for organizer in (None, evolve(ORGANIZER, email=None)):
            with refused(Code.ORGANIZER_WITHOUT_ADDRESS, "/event/organizer"):
                invited(evolve(EVENT, organizer=organizer))

    def test_a_wrong_type_is_a_type_error(self) -> None:
        wrong = cast("Any", "event")
        with pytest.raises(TypeError, match=r"^Not an Event or a Dossier\.$"):
            inv.invite(wrong, registration(), stamped=LATER)
        with pytest.raises(TypeError, match=r"^Not an Event or a Dossier\.$"):
            inv.invites(wrong, [registration()], stamped=LATER)
        with pytest.raises(TypeError, match=r"^Not an Event or a Dossier\.$"):
            inv.publish(wrong, stamped=LATER)
        with pytest.raises(TypeError, match="Registration"):
            inv.invite(EVENT, cast("Any", "p1@example.org"), stamped=LATER)
        with pytest.raises(TypeError, match="Registration"):
            list(inv.invites(EVENT, cast("Any", ["p1@example.org"]), stamped=LATER))


class TestIdentity:
    """CONTRACT: UID, SEQUENCE, LAST-MODIFIED are the event's; DTSTAMP is when the message was made."""

    def test_a_later_version_has_the_same_uid_and_a_higher_sequence(self) -> None:
        first = inv.invite(EVENT, registration(), stamped=LATER)
        moved = EVENT.revised(at=LATER, locations=EVENT.locations[:0])
        second = inv.invite(moved, registration(), stamped=LATER + timedelta(hours=1), reason=inv.Reason.MOVED)
        assert (first.uid, first.sequence + 1) == (second.uid, second.sequence)
        assert first.stamped < second.stamped
        assert second.reason is inv.Reason.MOVED

    def test_a_session_has_its_own_uid(self) -> None:
        assert invited(session="opening").uid == f"opening.{EVENT.uid}"
        assert invited(session="panel").uid == "panel@example.org"

    def test_it_says_nothing_of_the_person_in_print(self) -> None:
        assert "example.org" not in repr(inv.invite(EVENT, registration(), stamped=LATER))
        assert "Participant" not in repr(inv.invite(EVENT, registration(), stamped=LATER))


class TestManyPeople:
    """Issue: "Sessions that a person chose come as one message each, or one invite for the event, by choice"."""

    PROGRAMME = event(
        organizer=ORGANIZER,
        sessions=(session("a"), session("b"), session("c").cancel(at=STAMPED), session("d")),
    )

    def uids(self, *chosen: str, **options: Any) -> list[str]:
        guest = registration(session_ids=frozenset(chosen))
        return [each.uid for each in inv.invites(self.PROGRAMME, [guest], stamped=LATER, **options)]

    def test_by_default_it_is_one_for_the_event(self) -> None:
        assert self.uids("b", "a") == [self.PROGRAMME.uid]

    def test_each_chosen_session_may_have_its_own_in_the_order_of_the_programme(self) -> None:
        assert self.uids("d", "a", by_session=True) == [f"a.{self.PROGRAMME.uid}", f"d.{self.PROGRAMME.uid}"]

    def test_there_is_none_for_a_session_that_does_not_take_place(self) -> None:
        assert self.uids("c", "d", by_session=True) == [f"d.{self.PROGRAMME.uid}"]

    def test_who_chose_none_gets_one_for_the_event(self) -> None:
        assert self.uids(by_session=True) == [self.PROGRAMME.uid]

    def test_all_may_be_about_one_session(self) -> None:
        assert self.uids(session="b") == [f"b.{self.PROGRAMME.uid}"]
        with pytest.raises(TypeError, match="not both"):
            self.uids(session="b", by_session=True)

    def test_errors_come_before_the_first_message(self) -> None:
        with invalid(Code.LANGUAGE_UNKNOWN, "/language"):
            inv.invites(self.PROGRAMME, [], stamped=LATER, language="french")

    def test_many_languages_take_no_more_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(template, "MOST_OCTETS", 100_000)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        tags = [f"fr-{first}{second}" for first, second in product(letters, repeat=2)]
        templates = template.Templates(self.PROGRAMME, MessageOptions(method=inv.Method.REQUEST))
        for tag in tags:
            reader = registration(participant=person(1, language=tag))
            assert templates.template(None, reader).reader_language == tag
            kept = [(each.beginning, each.entry.lines) for each in templates._shared.values()]
            assert sum(len(part) for parts in kept for part in parts) <= 100_000
        assert 1 < len(templates._templates) < len(tags)

    def test_many_choices_leave_what_their_invitations_share(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(template, "MOST_OCTETS", 20_000)
        templates = template.Templates(self.PROGRAMME, MessageOptions(method=inv.Method.REQUEST))
        choices = [registration(session_ids=frozenset({f"s{number}"})) for number in range(200)]
        assert len({templates.template(None, choice).shared for choice in choices}) == 1
        assert len(templates._templates) < len(choices)

    def test_people_who_share_a_mailbox_get_one_together(self) -> None:
        three = [
            registration(
                number,
                participant=person(number, name=f"Participant {number}", email=f"{desk}@example.org"),
                session_ids=frozenset(chosen),
            )
            for number, desk, chosen in ((1, "desk1", "a"), (2, "Desk1", "ab"), (3, "desk1", ""))
        ]
        (together,) = inv.invites(self.PROGRAMME, three, stamped=LATER)
        assert (together.recipient, together.name) == ("desk1@example.org", "Participant 1")
        each = [
            (one.uid.partition(".")[0], one.name)
            for one in inv.invites(self.PROGRAMME, three, stamped=LATER, by_session=True)
        ]
        assert each == [
            ("a", "Participant 1"),
            ("b", "Participant 2"),
            (self.PROGRAMME.uid, "Participant 3"),
        ]
        (cancelled,) = inv.cancels(self.PROGRAMME, three, stamped=LATER)
        assert cancelled.name == "Participant 1"

    @pytest.mark.slow
    def test_a_stream_keeps_nothing_of_what_it_gave(self) -> None:
        guests = [registration(number) for number in range(2_000)]
        next(inv.invites(self.PROGRAMME, guests, stamped=LATER))  # what is kept for good, such as time zones
        tracemalloc.start()
        size = sum(len(each.ics) for each in inv.invites(self.PROGRAMME, guests, stamped=LATER))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > 2_000_000
        assert peak < 600_000  # the mailboxes
