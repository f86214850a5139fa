"""What a subscriber learns about taking part: remotely, until when to register, and where to ask for interpretation."""

import datetime as dt
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from tests.ical.records import Entry
from tests.ical.strict_reader import strictly
from tests.samples.invited import ORGANIZER, registration
from tests.samples.small import place
from tests.samples.wtisd import event, session
from wtisd_model import (
    Call,
    CallKind,
    Deadline,
    Dossier,
    Event,
    ParticipationMode,
    VirtualLocation,
    from_ical,
    to_ical,
    wtisd_23,
)
from wtisd_model import invitation as inv
from wtisd_model.invitation import mail

STAMPED = datetime(2023, 4, 12, 9, 0, tzinfo=UTC)
LETTER = wtisd_23()
REMOTE = ParticipationMode.REMOTE

SAID = {
    "ar": (
        "يمكن المشاركة عن بُعد.",
        "التسجيل: يُرجى الاتصال بالجهة المنظمة",
        "طلبات الترجمة الشفوية: strategy@itu.int (آخر يوم: الخميس، 20 أبريل 2023)",
        "التعهدات: partner2connect@itu.int",
    ),
    "de": (
        "Eine Online-Teilnahme ist möglich.",
        "Anmeldung: beim Veranstalter erfragen",
        "Anträge auf Dolmetschung: strategy@itu.int (letzter Tag: Donnerstag, 20. April 2023)",
        "Selbstverpflichtungen: partner2connect@itu.int",
    ),
    "en": (
        "Remote participation is possible.",
        "Registration: ask the organizer",
        "Requests for interpretation: strategy@itu.int (last day: Thursday, 20 April 2023)",
        "Pledges: partner2connect@itu.int",
    ),
    "es": (
        "Es posible participar a distancia.",
        "Inscripción: consultar al organizador",
        "Solicitudes de interpretación: strategy@itu.int (último día: jueves, 20 de abril de 2023)",
        "Compromisos: partner2connect@itu.int",
    ),
    "fr": (
        "Il est possible de participer à distance.",
        "Inscription\u00a0: s'adresser à l'organisateur",
        "Demandes d'interprétation\u00a0: strategy@itu.int (dernier jour\u00a0: jeudi 20 avril 2023)",
        "Engagements\u00a0: partner2connect@itu.int",
    ),
    "pt": (
        "É possível participar remotamente.",
        "Inscrição: consultar o organizador",
        "Pedidos de interpretação: strategy@itu.int (último dia: quinta-feira, 20 de abril de 2023)",
        "Compromissos: partner2connect@itu.int",
    ),
    "ru": (
        "Возможно дистанционное участие.",
        "Регистрация: обратитесь к организатору",
        "Заявки на устный перевод: strategy@itu.int (последний день: четверг, 20 апреля 2023\u00a0г.)",
        "Обязательства: partner2connect@itu.int",
    ),
    "zh": (
        "可以远程参会。",
        "注册：请联系主办方",
        "口译申请：strategy@itu.int (截止日期：2023年4月20日星期四)",
        "承诺：partner2connect@itu.int",
    ),
}


def entries(whole: Event, language: str | None = "en") -> tuple[Entry, ...]:
    return strictly(to_ical(whole, stamped=STAMPED, language=language)).entries


def paragraphs(entry: Entry) -> list[str]:
    return [] if entry.description is None else entry.description.text.split("\n\n")


class TestFeed:
    """The letter: people may take part remotely, register, ask for interpretation until 20 April 2023, and pledge."""

    @pytest.mark.parametrize("language", SAID)
    def test_a_subscriber_learns_what_the_letter_says(self, language: str) -> None:
        remote, *calls = SAID[language]
        (entry,) = entries(LETTER, language)
        said = paragraphs(entry)
        assert said[said.index(remote) + 1] == "\n".join(calls)

    def test_without_a_language_it_is_that_of_the_title(self) -> None:
        assert SAID["fr"][0] in paragraphs(entries(LETTER, None)[0])

    def test_a_known_link_says_that_remote_participation_is_possible(self) -> None:
        """No address is invented, and none that the model has is said twice."""
        link = "https://example.org/room"
        (entry,) = entries(evolve(LETTER, virtual_locations=(VirtualLocation(uri=link), VirtualLocation())))
        assert paragraphs(entry)[-1] == f"Remote participation: {link}"
        assert SAID["en"][0] not in paragraphs(entry)
        (entry,) = entries(evolve(LETTER, virtual_locations=()))
        assert SAID["en"][0] not in paragraphs(entry)

    def test_every_address_and_term_of_a_call_is_named(self) -> None:
        call = Call(
            kind=CallKind.REGISTRATION,
            url="https://example.org/register",
            email="desk1@example.org",
            opens=datetime(2023, 3, 31, 22, 0, tzinfo=UTC),
            deadline=Deadline(date=dt.date(2023, 5, 1), time_zone="Asia/Tokyo"),
        )
        whole = evolve(LETTER, calls=(call,), contacts=(), documents=(), organizer=ORGANIZER)
        (entry,) = entries(whole)
        assert paragraphs(entry)[-1] == (
            "Registration: https://example.org/register, desk1@example.org (opening: Saturday, 1 April 2023, 00:00)"
            " (last day: Monday, 1 May 2023, Asia/Tokyo)"
        )
        (entry,) = entries(whole, language="zh")
        assert "https://example.org/register、desk1@example.org" in paragraphs(entry)[-1]
        assert "2023年5月1日星期一、Asia/Tokyo" in paragraphs(entry)[-1]

    def test_a_session_has_its_own_virtual_locations_and_no_calls(self) -> None:
        parts = (
            session("a", virtual_locations=(VirtualLocation(uri="https://example.org/a"),)),
            session("b"),
        )
        whole = event(calls=LETTER.calls, virtual_locations=(VirtualLocation(),), sessions=parts)
        both, one, other = entries(whole)
        assert paragraphs(both)[-1] == "\n".join(SAID["en"][1:])
        assert paragraphs(one)[-1] == "Remote participation: https://example.org/a"
        assert paragraphs(other) == [SAID["en"][0]]

    def test_nobody_is_asked_to_register_for_what_does_not_take_place(self) -> None:
        later = STAMPED + timedelta(days=1)
        for changed in (LETTER.postpone(at=later), LETTER.cancel(at=later)):
            (entry,) = entries(changed)
            assert not {SAID["en"][0], "\n".join(SAID["en"][1:])} & {*paragraphs(entry)}


LATER_SAID = {
    "ar": "سيُعلن عن المكان لاحقًا.",
    "de": "Der Veranstaltungsort wird noch bekannt gegeben.",
    "en": "The venue will be announced later.",
    "es": "El lugar se anunciará más adelante.",
    "fr": "Le lieu sera annoncé ultérieurement.",
    "pt": "O local será anunciado oportunamente.",
    "ru": "Место проведения будет объявлено позднее.",
    "zh": "地点将另行通知。",
}


class TestVenueToFollow:
    """An event is announced before its venue is: LOCATION is absent, and the texts say that it will follow."""

    WAITS = evolve(LETTER, locations=(), venue_to_follow=True)
    PARTS = (session("a"), session("b", locations=(place(),)), session("c", inherited_places=REMOTE))

    @pytest.mark.parametrize("language", sorted(LATER_SAID))
    def test_calendars_and_mails_say_it_in_each_language(self, language: str) -> None:
        (entry,) = strictly(to_ical(self.WAITS, stamped=STAMPED, language=language)).entries
        assert entry.location is None
        assert paragraphs(entry)[-1] == LATER_SAID[language]
        message = inv.invite(self.WAITS, registration(1, event_uid=LETTER.uid), stamped=STAMPED, language=language)
        assert [text for text, _ in message.texts.where] == [LATER_SAID[language]]
        assert b"\r\nLOCATION" not in message.ics
        body = mail(message, sender="desk1@example.org").get_body(("plain",))
        assert body is not None
        assert LATER_SAID[language] in body.get_content()

    def test_a_session_with_a_place_or_without_one_on_site_does_not_say_it(self) -> None:
        whole = event(locations=(), venue_to_follow=True, virtual_locations=(VirtualLocation(),), sessions=self.PARTS)
        said = [LATER_SAID["en"] in paragraphs(each) for each in entries(whole)]
        assert said == [True, True, False, False]

    def test_a_venue_that_is_announced_is_a_change_of_place(self) -> None:
        known = self.WAITS.revised(at=STAMPED, locations=LETTER.locations, venue_to_follow=False)
        guests = (registration(1, event_uid=LETTER.uid),)
        before, after = (Dossier(event=each, registrations=guests) for each in (self.WAITS, known))
        (message,) = inv.updates(before, after, stamped=STAMPED)
        assert message.reason is inv.Reason.MOVED
        assert b"LOCATION" in message.ics


class TestInheritedPlaces:
    """A workshop on site has no address to dial into, though the event has one."""

    LINK = "https://meet.example.org/1"
    HYBRID = event(
        organizer=ORGANIZER,
        locations=(place(),),
        virtual_locations=(VirtualLocation(uri=LINK),),
        sessions=(
            session("workshop", inherited_places=ParticipationMode.ON_SITE),
            session("webinar", inherited_places=REMOTE),
            session("keynote"),
        ),
    )

    def test_each_entry_has_the_places_of_its_session(self) -> None:
        whole, workshop, webinar, keynote = entries(self.HYBRID)
        linked = [any(self.LINK in text for text in paragraphs(each)) for each in (whole, workshop, webinar, keynote)]
        assert linked == [True, False, True, True]
        assert [len(each.conferences) for each in (whole, workshop, webinar, keynote)] == [1, 0, 1, 1]
        assert [each.location is not None for each in (whole, workshop, webinar, keynote)] == [True, True, False, True]

    def test_no_message_about_the_workshop_names_the_address(self) -> None:
        on_site, remote = (registration(1, event_uid=self.HYBRID.uid, mode=mode) for mode in ParticipationMode)
        for message in (
            inv.invite(self.HYBRID, on_site, stamped=STAMPED, session="workshop"),
            inv.publish(self.HYBRID, stamped=STAMPED, session="workshop"),
            inv.cancel(self.HYBRID, remote, stamped=STAMPED, session="workshop"),
        ):
            whole = mail(message, sender="desk1@example.org").as_bytes()
            assert self.LINK.encode() not in message.ics.replace(b"\r\n ", b"")
            assert self.LINK.encode() not in whole
            assert message.texts.links == ()

    def test_the_calendar_of_ours_comes_back_with_them(self) -> None:
        again = from_ical(to_ical(self.HYBRID, stamped=STAMPED)).events[0]
        assert [again.mode_of(each) for each in again.sessions] == ["on-site", "remote", "mixed"]


class TestMessages:
    """An announcement is for people who have not registered; an invitation is not."""

    def test_an_announcement_and_its_mail_say_how_to_take_part(self) -> None:
        message = inv.publish(LETTER, stamped=STAMPED, language="en")
        body = mail(message, sender="Desk 1 <desk1@example.org>").get_body(("plain",))
        assert body is not None
        for text in SAID["en"]:
            assert text in body.get_content()
            assert text.replace(",", "\\,").encode() in message.ics.replace(b"\r\n ", b"")

    def test_an_invitation_does_not(self) -> None:
        invited = registration(1, event_uid=LETTER.uid)
        message = inv.invite(LETTER, invited, stamped=STAMPED, language="en")
        ics = message.ics.replace(b"\r\n ", b"")
        assert not [text for text in SAID["en"] if text.replace(",", "\\,").encode() in ics]
