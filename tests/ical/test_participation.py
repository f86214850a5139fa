"""What a subscriber learns about taking part: remotely, until when to register, and where to ask for interpretation."""

import datetime as dt
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from tests.ical.records import Entry
from tests.ical.sample import event, session
from tests.ical.strict_reader import strictly
from tests.invitation.sample import registration
from wtisd_model import invitation as inv
from wtisd_model.ical.feed import to_ical
from wtisd_model.mail import mail
from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.reference import wtisd_23
from wtisd_model.types.location import VirtualLocation
from wtisd_model.types.timeslot import Deadline

STAMPED = datetime(2023, 4, 12, 9, 0, tzinfo=UTC)
LETTER = wtisd_23()

SAID = {
    "ar": (
        "يمكن المشاركة عن بُعد.",
        "التسجيل: يُرجى الاتصال بالجهة المنظمة",
        "طلبات الترجمة الشفوية: strategy@itu.int (آخر يوم: الخميس، 20 أبريل 2023)",
        "التعهدات: partner2connect@itu.int",
    ),
    "en": (
        "Remote participation is possible.",
        "Registration: ask the organizer",
        "Requests for interpretation: strategy@itu.int (last day: Thursday, 20 April 2023)",
        "Pledges: partner2connect@itu.int",
    ),
    "es": (
        "Es posible participar a distancia.",
        "Inscripción: consultar a la organización",
        "Solicitudes de interpretación: strategy@itu.int (último día: jueves, 20 de abril de 2023)",
        "Compromisos: partner2connect@itu.int",
    ),
    "fr": (
        "Il est possible de participer à distance.",
        "Inscription\u00a0: s'adresser à l'organisation",
        "Demandes d'interprétation\u00a0: strategy@itu.int (dernier jour\u00a0: jeudi 20 avril 2023)",
        "Engagements\u00a0: partner2connect@itu.int",
    ),
    "ru": (
        "Возможно дистанционное участие.",
        "Регистрация: обратитесь к организатору",
        "Заявки на устный перевод: strategy@itu.int (последний день: четверг, 20 апреля 2023\u00a0г.)",
        "Обязательства: partner2connect@itu.int",
    ),
    "zh": (
        "可以远程参与。",
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
        assert paragraphs(entry)[-2:] == [remote, "\n".join(calls)]

    def test_without_a_language_it_is_that_of_the_title(self) -> None:
        assert paragraphs(entries(LETTER, None)[0])[-2] == SAID["fr"][0]

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
        (entry,) = entries(evolve(LETTER, calls=(call,)))
        assert paragraphs(entry)[-1] == (
            "Registration: https://example.org/register, desk1@example.org (opening: Saturday, 1 April 2023, 00:00)"
            " (last day: Monday, 1 May 2023, Asia/Tokyo)"
        )

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
