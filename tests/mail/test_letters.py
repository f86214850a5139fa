"""The mails of letters: what they say to whom, the programme, and how to change a registration."""

from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.hypothesis_profiles import LAW
from tests.mail.mail_server import mail_server
from tests.mail.reading import Page
from tests.markup.reading import read_html, text_of
from tests.samples.letters import IMAGE, about, changed, chosen, invitation, kinds, letter, shared
from tests.samples.mails import LANGUAGES, OF_LETTERS, STAMPED, letters, message, senders, texts
from tests.samples.whole import slot
from wtisd_model import (
    Contact,
    EventStatus,
    InvalidValueError,
    LocalizedText,
    Location,
    RegistrationState,
    Theme,
    TimeSlot,
    wtisd_23,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import Letter, Method, Notice, Reason
from wtisd_model.locales import locale_for

DESK = "Desk 1 <desk1@example.org>"
DECIDED = Notice(reasons=(Reason.REJECTED,), decision=("No.", "en"))
STRICT = default.clone(raise_on_defect=True)


def mails(made: Letter, **options: Any) -> list[EmailMessage]:
    return [*made.mails(sender=DESK, **options)]


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def text(made: Letter, **options: Any) -> str:
    return body(mails(made, **options)[0])


class TestEveryKind:
    """Each reason has its own words in each language, and a mail that every parser takes."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("reason", OF_LETTERS)
    def test_the_subject_and_the_first_sentence_are_those_of_the_reason(self, language: str, reason: Reason) -> None:
        words, made = locale_for(language), letter(reason, language=language)
        (mail,) = mails(made)
        assert mail["Subject"] == words.subjects[reason].format(title=made.texts.title[0])
        said = "registered" if reason is Reason.INVITED else reason
        assert body(mail).partition("\n")[0] == words.event[said]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_parser_finds_a_defect(self, language: str) -> None:
        for _, made in kinds(language):
            for mail in mails(made):
                parsed = message_from_bytes(bytes(mail), policy=STRICT)
                assert [value.defects for value in parsed.values()] == [()] * len(parsed)

    def test_each_arrives_as_it_was_made(self) -> None:
        with mail_server() as server:
            sent = [mail for _, made in kinds("ar") for mail in mails(made)]
            for mail in sent:
                server.send(mail)
            assert server.contents == [bytes(mail) for mail in sent]

    @pytest.mark.slow
    @LAW
    @given(letters(), senders())
    def test_drawn_ones_are_ascii_the_same_each_time_and_without_defects(self, made: Letter, sender: str) -> None:
        written = [bytes(mail) for mail in made.mails(sender=sender)]
        assert written == [bytes(mail) for mail in made.mails(sender=sender)]
        assert len(written) == max(1, len(made.messages))
        identities = set[str]()
        for mail in written:
            assert mail.isascii()
            assert max(map(len, mail.split(b"\r\n"))) <= 998
            parsed = message_from_bytes(mail, policy=STRICT)
            assert all(value.defects == () for value in parsed.values())
            assert parsed["Auto-Submitted"] == "auto-generated"
            identities.add(parsed["Message-ID"])
        assert len(identities) == len(written)


class TestOpening:
    """A sentence for each reason, after the name where several share a mailbox, and the office's reason."""

    def test_one_person_with_several_reasons_has_a_sentence_for_each(self) -> None:
        made = letter(Reason.INVITED, Reason.SESSION_WAITLISTED)
        assert mails(made)[0]["Subject"] == "Invitation: Open Data Forum"
        assert text(made).startswith(
            "You are registered for this event, and invited to take part.\n"
            "You are on the waitlist for a session of this event.\n\nOpen Data Forum\n"
        )

    def test_reasons_with_the_same_sentence_have_it_once(self) -> None:
        postponed = about(status=EventStatus.POSTPONED, notices=(Notice(reasons=(Reason.MOVED, Reason.EDITED)),))
        made = letter(Reason.MOVED, Reason.EDITED, texts=postponed)
        assert text(made).count("This event has been postponed.") == 1
        assert mails(made)[0]["Subject"] == "Postponed: Open Data Forum"

    def test_a_postponed_event_is_no_reason_for_another_one(self) -> None:
        postponed = about(status=EventStatus.POSTPONED, notices=(Notice(reasons=(Reason.WAITLISTED,)),))
        assert mails(letter(Reason.WAITLISTED, texts=postponed))[0]["Subject"] == "Waitlist: Open Data Forum"

    def test_each_of_those_who_share_a_mailbox_is_named(self) -> None:
        assert text(shared()).startswith(
            "Participant 1: A seat has become free: you are no longer on the waitlist and can take part in this "
            "event.\n"
            "Participant 1: You are on the waitlist for a session of this event.\n"
            "\n"
            "\u2068مشارك 2\u2069: You are on the waitlist for this event. You will hear from us if a seat "
            "becomes free.\n"
            "Reason: La salle est petite.\n"
            "\n"
        )

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            (RegistrationState.PENDING, "Your registration is still under review."),
            (RegistrationState.WAITLISTED, "You are still on the waitlist for this event."),
        ],
    )
    def test_whoever_still_waits_reads_that_last(self, state: RegistrationState, said: str) -> None:
        made = letter(Reason.MOVED, texts=about(notices=(Notice(reasons=(Reason.MOVED, Reason.CHANGED), still=state),)))
        assert text(made).partition("\n\n")[0].splitlines()[1:] == [
            "Your registration for this event has been changed.",
            said,
        ]

    def test_an_address_that_is_used_no_more_reads_whom_to_write_to_and_nothing_of_the_programme(self) -> None:
        cancel = message(method=Method.CANCEL, reason=Reason.WITHDRAWN)
        for messages in ((), (cancel,)):
            told = about(notices=(Notice(reasons=(Reason.ADDRESS_CHANGED,)),), sessions=(chosen(1),))
            made = text(letter(Reason.ADDRESS_CHANGED, texts=told, messages=messages))
            assert "now uses another address. If you did not ask for this, write to the organizer.\n" in made
            assert made.count("office@example.org") == 1
            assert "Your programme" not in made
            assert "Your registration:" not in made

    def test_the_decision_has_its_own_language(self) -> None:
        (mail, *_) = mails(shared())
        root = read_html(body(mail, "html"))
        (decision,) = [each for each in root.iter("span") if each.text == "La salle est petite."]
        assert decision.attrib == {"lang": "fr", "dir": "auto"}
        assert str(mail["Content-Language"]) == "en, fr"

    def test_a_letter_without_notices_says_its_reasons(self) -> None:
        assert text(letter(Reason.REMINDED, texts=about())).startswith("This event begins soon.\n")

    def test_a_reminder_of_sessions_names_them_in_its_subject_and_first(self) -> None:
        made = letter(Reason.SESSION_REMINDED, texts=about(sessions=(chosen(1), chosen(2))))
        assert mails(made)[0]["Subject"] == "Beginning soon: Panel: data for everybody, Workshop on maps"
        assert text(made).partition("\n\nSunday,")[0] == (
            "Part of your programme begins soon.\n\nOpen Data Forum\n\n"
            "Date: from Sunday, 17 May 2026 to Monday, 18 May 2026\n\nYour programme:"
        )

    def test_nothing_that_was_chosen_takes_place(self) -> None:
        off = chosen(1, status=EventStatus.CANCELLED)
        none_left = about(sessions=(off,), nothing_left=True, previous_sessions=(chosen(1), chosen(2)))
        assert text(letter(Reason.PROGRAMME_CHANGED, texts=none_left)).startswith("None of the sessions that you chose")
        one_left = evolve(none_left, sessions=(off, chosen(2)), nothing_left=False)
        assert text(letter(Reason.PROGRAMME_CHANGED, texts=one_left)).startswith("Your programme for this event has")

    def test_a_name_in_a_letter_about_one_person_changes_nothing_of_that(self) -> None:
        notice = Notice(name="Participant 1", reasons=(Reason.PROGRAMME_CHANGED,))
        told = about(sessions=(), previous_sessions=(chosen(1),), notices=(notice,))
        made = letter(Reason.PROGRAMME_CHANGED, texts=told)
        assert text(made).startswith("Participant 1: Your programme for this event has changed.\n")

    def test_it_is_asked_for_each_of_those_who_share_a_mailbox(self) -> None:
        names = ("Participant 1", "Participant 2")
        one, other = (Notice(name=name, reasons=(Reason.PROGRAMME_CHANGED,)) for name in names)
        told = about(
            sessions=(chosen(1, names=names[:1], status=EventStatus.CANCELLED), chosen(2, names=names[1:])),
            previous_sessions=(chosen(1, names=names[:1]), chosen(2, names=names[1:])),
            notices=(one, other),
        )
        made = text(letter(Reason.PROGRAMME_CHANGED, texts=told))
        assert "Participant 1: None of the sessions that you chose" in made
        assert "Participant 2: Your programme for this event has changed." in made


class TestProgramme:
    """What the reader chose, by time, and what changed about it."""

    def test_it_names_time_place_and_link_and_what_changed(self) -> None:
        assert text(changed()).partition("Your programme:\n")[2].partition("\nPlace: Geneva")[0] == (
            "\n"
            "Sunday, 17 May 2026 (UTC+2, Europe/Zurich)\n"
            "10:00–11:30: Panel: data for everybody\n"
            "In your time zone: 09:00–10:30 UTC+1\n"
            "Stream\n"
            "https://example.org/stream/1\n"
            "Time: now 10:00–11:30; before 09:00–10:30\n"
            "Place: now Room 4, Popov; before Room 1, Popov\n"
            "There is a new link to take part.\n"
            "\n"
            "12:00–13:30: Workshop on maps\n"
            "Room 2, Popov\n"
            "In your time zone: 11:00–12:30 UTC+1\n"
            "You are on the waitlist for this session.\n"
            "\n"
            "14:00–15:30: Closing session\n"
            "Room 3, Popov\n"
            "In your time zone: 13:00–14:30 UTC+1\n"
            "This session is no longer part of your programme.\n"
            "\n"
            "Monday, 18 May 2026 (UTC+2, Europe/Zurich)\n"
            "22:00–00:30 (+1): Closing session\n"
            "Room 3, Popov\n"
            "In your time zone: 21:00–23:30 UTC+1\n"
            "This session has been added to your programme.\n"
        )

    @pytest.mark.parametrize(
        ("now", "before", "said"),
        [
            (
                {"slot": slot("2026-05-18T09:00:00", "2026-05-18T10:00:00")},
                {},
                "Time: now Monday, 18 May 2026, from 09:00 to 10:00 (UTC+2, Europe/Zurich); before {}",
            ),
            ({}, {"where": ()}, "New place: Room 1, Popov"),
            ({"where": ()}, {}, "Previous place: Room 1, Popov"),
            ({}, {"where": (), "awaited": True}, "A seat has become free: you can take part in this session."),
            ({"where": (), "awaited": True}, {}, "You are on the waitlist for this session."),
            ({"where": (), "status": EventStatus.CANCELLED}, {}, "This session has been cancelled."),
            ({"names": ("Participant 1",)}, {"names": ("Participant 1", "Participant 2")}, "For: Participant 1"),
        ],
    )
    def test_what_changed(self, now: dict[str, Any], before: dict[str, Any], said: str) -> None:
        told = about(sessions=(chosen(1, **now),), previous_sessions=(chosen(1, **before),))
        table = text(letter(Reason.PROGRAMME_CHANGED, texts=told)).partition("Your programme:\n")[2]
        then = "Sunday, 17 May 2026, from 10:00 to 11:30 (UTC+2, Europe/Zurich)"
        assert table.partition("\n\n")[0].endswith(f"\n{said.format(then)}")

    @pytest.mark.parametrize(
        ("now", "before", "venue_moves", "said"),
        [
            ("Hotel 2, Ballroom B, Street 1, Lagos", "Ballroom B", True, None),
            ("Ballroom B", "Hotel 2, Ballroom B, Street 1, Lagos", True, None),
            ("Ballroom B", "Hotel 2, Ballroom B, Street 1, Lagos", False, "Place: now Ballroom B; before Hotel 2"),
            ("Hotel 2, Ballroom C, Street 1, Lagos", "Ballroom B", True, "Place: now Hotel 2, Ballroom C"),
            ("Room 10", "Room 1", True, "Place: now Room 10; before Room 1"),
            ("Room 10", None, True, "New place: Room 10"),
        ],
    )
    def test_a_venue_that_is_written_otherwise_is_no_other_room(
        self, now: str, before: str | None, venue_moves: bool, said: str | None
    ) -> None:
        was = () if before is None else ((before, "en"),)
        told = about(
            sessions=(chosen(1, where=((now, "en"),)),),
            previous_sessions=(chosen(1, where=was),),
            previous_where=(("Hotel 2, Lagos", "en"),) if venue_moves else None,
        )
        table = text(letter(Reason.MOVED, texts=told)).partition("Your programme:\n")[2].partition("\n\n")[0]
        assert (now in table.splitlines()) == (said is None)
        assert ("lace: " in table) == (said is not None)
        assert (said or now) in table

    def test_whole_days_have_no_times(self) -> None:
        one = chosen(1, slot=TimeSlot.days("2026-05-17", "2026-05-18", "Europe/Zurich"))
        two = chosen(2, slot=TimeSlot.days("2026-05-17", "2026-05-19", "Europe/Zurich"))
        made = text(letter(Reason.REMINDED, texts=about(sessions=(one, two))))
        assert "\nSunday, 17 May 2026\nAll day: Panel: data for everybody\n" in made
        assert "\nAll day (+1): Workshop on maps\n" in made

    def test_in_html_it_is_a_table_with_heads_for_columns_and_days(self) -> None:
        root = read_html(body(mails(changed())[0], "html"))
        (table,) = [each for each in root.iter("table") if each.get("role") is None]
        assert [(each.get("scope"), each.text) for each in table.iter("th")] == [
            ("col", "Time"),
            ("col", "Session"),
            ("rowgroup", "Sunday, 17 May 2026"),
            ("rowgroup", "Monday, 18 May 2026"),
        ]
        assert [text_of(each) for each in table.iter("s")] == ["14:00–15:30"]
        assert [each.get("href") for each in table.iter("a")] == ["https://example.org/stream/1"]

    def test_a_link_without_a_name_is_a_button_to_take_part(self) -> None:
        unnamed = (("Remote participation", "en"), "https://example.org/1")
        (page,) = (
            body(mail, "html")
            for mail in mails(letter(Reason.REMINDED, texts=about(sessions=(chosen(1, links=(unnamed,)),))))
        )
        assert ">Join remotely</strong>" in page

    def test_ordinary_invitations_have_it_too(self) -> None:
        mail = inv.mail(invitation(), sender=DESK)
        assert "\nYour programme:\n\nSunday, 17 May 2026 (UTC+2, Europe/Zurich)\n10:00–11:30: Panel" in body(mail)

    @pytest.mark.parametrize(
        "made",
        [
            letter(Reason.WITHDRAWN, texts=about(sessions=(chosen(1),))),
            letter(Reason.CANCELLED, texts=about(sessions=(chosen(1),), status=EventStatus.CANCELLED)),
            letter(Reason.WAITLISTED, texts=about(sessions=(chosen(1),), status=EventStatus.CANCELLED)),
        ],
    )
    def test_whoever_does_not_take_part_has_none(self, made: Letter) -> None:
        assert "Your programme" not in text(made)


class TestRegistration:
    """Every letter says how to change or withdraw a registration: by its page or, without one, by mail."""

    def test_the_page_is_a_button_with_its_address(self) -> None:
        linked = about(notices=(Notice(reasons=(Reason.WAITLISTED,), link="https://example.org/r/1?a=1&b=2"),))
        mail = mails(letter(Reason.WAITLISTED, texts=linked))[0]
        assert "\nYour registration:\nChange or withdraw\nhttps://example.org/r/1?a=1&b=2\n" in body(mail)
        links = {each["href"] for each in Page(body(mail, "html")).all("a")}
        assert "https://example.org/r/1?a=1&b=2" in links

    def test_each_of_those_who_share_a_mailbox_has_a_button(self) -> None:
        assert (
            "\nYour registration:\nChange or withdraw (Participant 1)\nhttps://example.org/r/1\n"
            "Change or withdraw (\u2068مشارك 2\u2069)\nhttps://example.org/r/2\n"
        ) in text(shared())

    def test_without_a_page_it_is_the_address_of_the_organizer(self) -> None:
        made = text(letter(Reason.RECEIVED))
        assert "\nTo change or withdraw your registration, write to the organizer:\noffice@example.org\n" in made
        assert made.count("office@example.org") == 1

    def test_without_an_organizer_it_is_that_of_the_sender(self) -> None:
        told = about(organizer=None, organizer_email=None)
        assert "write to the organizer:\ndesk1@example.org\n" in text(letter(Reason.RECEIVED, texts=told))

    def test_who_is_asked_for_an_answer_finds_the_address_there(self) -> None:
        made = text(letter(Reason.INVITED, messages=(message(),)))
        assert (
            "\nOr write to the organizer, also to change or withdraw your registration:\noffice@example.org\n" in made
        )
        assert made.count("office@example.org") == 1

    def test_whoever_waits_again_and_loses_the_entry_finds_the_address_there(self) -> None:
        made = letter(Reason.WAITLISTED, messages=(message(method=Method.CANCEL, reason=Reason.WITHDRAWN),))
        written = text(made)
        assert "\nTo change or withdraw your registration, write to the organizer:\noffice@example.org\n" in written
        assert written.count("office@example.org") == 1
        linked = about(notices=(Notice(reasons=(Reason.WAITLISTED,), link="https://example.org/r/1"),))
        assert "\nIf you have questions, write to the organizer:\n" in text(evolve(made, texts=linked))

    def test_whoever_has_no_registration_can_still_write(self) -> None:
        made = text(letter(Reason.REJECTED))
        assert "Your registration:" not in made
        assert "\nOrganizer:\nOffice\noffice@example.org\n" in made


class TestMails:
    """The first mail says everything, and each further one only carries its calendar object."""

    def test_without_a_message_there_is_no_calendar(self) -> None:
        (mail,) = mails(letter(Reason.WAITLISTED))
        assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
        assert "invite.ics" not in body(mail)

    def test_each_further_mail_has_a_title_and_a_time_and_one_sentence(self) -> None:
        first, second, third = mails(shared())
        assert [[part.get_content() for part in each.iter_attachments()] for each in (first, second, third)] == [
            [made.ics] for made in shared().messages
        ]
        assert body(second) == (
            "You are invited to this session.\n\nPanel: data for everybody\n\nPart of: Open Data Forum\n"
            "Date and time: Sunday, 17 May 2026, from 14:30 to 16:30 (UTC+2, Europe/Zurich)\n\n"
            "The attached file invite.ics holds this information for your calendar program.\n"
        )
        assert 'method="CANCEL"' in bytes(third).decode()
        assert body(third).startswith("This session is no longer part of your programme.\n")

    def test_headers_are_those_of_messages(self) -> None:
        made = evolve(letter(Reason.RECEIVED), copied_to=Contact(name="Focal point 3", email="focal3@example.org"))
        (mail,) = mails(made, sent=STAMPED.replace(year=2027))
        assert (mail["To"], mail["Cc"]) == (
            "Participant 1 <participant1@example.org>",
            "Focal point 3 <focal3@example.org>",
        )
        assert mail["Reply-To"] == "Office <office@example.org>"
        assert mail["Date"].endswith("May 2027 08:30:00 +0000")

    def test_a_letter_of_another_day_has_another_id(self) -> None:
        made = letter(Reason.REMINDED)
        later = evolve(made, stamped=STAMPED.replace(day=3))
        assert len({mails(each)[0]["Message-ID"] for each in (made, evolve(made), later)}) == 2

    def test_the_theme_is_that_of_mail(self) -> None:
        assert "#c8102e" in body(mails(letter(Reason.INVITED), theme=Theme(accent="#c8102e"))[0], "html")

    def test_what_is_no_letter(self) -> None:
        wrong: Any = message()
        with pytest.raises(TypeError, match="Not a Letter"):
            inv.Mailer(DESK).mails(wrong)

    def test_an_address_made_by_hand_is_checked(self) -> None:
        with pytest.raises(InvalidValueError):
            mails(evolve(letter(Reason.RECEIVED), recipient="nobody"))

    @pytest.mark.parametrize(
        ("made", "remembered"),
        [
            (letter(Reason.REMINDED, texts=about(sessions=(chosen(1),))), 1),
            (letter(Reason.REMINDED, texts=about(sessions=(chosen(1, names=("Participant 1",)),))), 0),
            (changed(), 0),
            (shared(), 2),  # the further ones, which name nobody
            (
                letter(
                    Reason.REJECTED, texts=about(notices=(Notice(reasons=(Reason.REJECTED,), decision=("No.", "en")),))
                ),
                0,
            ),
        ],
    )
    def test_what_only_one_reader_sees_is_not_remembered(self, made: Letter, remembered: int) -> None:
        mailer = inv.Mailer(DESK)
        assert list(map(bytes, mailer.mails(made))) == list(map(bytes, mails(made)))
        assert mailer._shared_page.cache_info().currsize == remembered


class TestLogoAndMap:
    """The picture of the event is all that is loaded, and can be left out; a map is a link."""

    def test_the_logo_has_a_text_and_can_be_left_out(self) -> None:
        (shown,) = Page(body(mails(changed())[0], "html")).all("img")
        assert (shown["src"], shown["alt"]) == (IMAGE, "Office")
        for mail in (mails(changed(), logo=False)[0], inv.mail(invitation(), sender=DESK, logo=False)):
            assert "<img" not in body(mail, "html")

    def test_without_an_organizer_it_has_no_text(self) -> None:
        page = Page(body(mails(letter(Reason.REMINDED, texts=about(organizer=None, image=IMAGE)))[0], "html"))
        assert [each["alt"] for each in page.all("img")] == [""]

    @pytest.mark.parametrize("address", ["http://example.org/a.png", "javascript:alert(1)", "data:image/png;base64,"])
    def test_only_what_mail_programs_load_safely_is_shown(self, address: str) -> None:
        assert "<img" not in body(inv.mail(message(texts=texts(image=address)), sender=DESK), "html")

    def test_the_organizer_is_not_shown_their_own(self) -> None:
        reply = message(method=Method.REPLY, reason=Reason.ANSWERED, texts=texts(image=IMAGE))
        assert "<img" not in body(inv.mail(reply, sender=DESK), "html")

    def test_a_map_is_a_link_that_names_its_host(self) -> None:
        mail = inv.mail(invitation(), sender=DESK)
        assert "\nMap\nhttps://www.openstreetmap.org/?mlat=46.22&mlon=6.14#map=17/46.22/6.14\n" in body(mail)
        (found,) = [each for each in read_html(body(mail, "html")).iter("a") if "openstreetmap" in each.get("href", "")]
        assert text_of(found) == "Map www.openstreetmap.org"

    def test_several_buildings_have_maps_with_their_names(self) -> None:
        maps = tuple(((f"Building {number}", "en"), f"https://example.org/{number}") for number in (1, 2))
        assert "\nMap: Building 1\nhttps://example.org/1\nMap: Building 2\n" in text(
            letter(Reason.REMINDED, texts=about(maps=maps))
        )

    def test_what_does_not_take_place_has_none(self) -> None:
        assert "Map" not in text(letter(Reason.REJECTED))

    def test_an_event_with_a_position_and_an_image_has_both_and_each_building_once(self) -> None:
        centre = Location(name=LocalizedText("Centre", "en"), latitude=Decimal("46.5"), longitude=Decimal("6.25"))
        event = evolve(
            wtisd_23(outside_facts=True),
            image=IMAGE,
            locations=(evolve(centre, room="A"), evolve(centre, room="B"), Location(name=LocalizedText("Park", "en"))),
        )
        published = inv.publish(event, stamped=STAMPED)
        address = "https://www.openstreetmap.org/?mlat=46.5&mlon=6.25#map=17/46.5/6.25"
        assert published.texts.maps == ((("Centre", "en"), address),)
        assert published.texts.image == IMAGE
