"""Letters made by hand: each kind of them, to one person and to several who share a mailbox."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from tests.samples.mails import ICS, OF_OTHERS, STAMPED, message, texts
from tests.samples.whole import slot
from wtisd_model import EventStatus, TimeSlot
from wtisd_model.invitation import ChosenSession, Letter, Message, Method, Notice, Reason, Texts

TITLES = {
    "ar": ("منتدى البيانات المفتوحة", "حلقة نقاش: البيانات للجميع", "ورشة عمل عن الخرائط", "الجلسة الختامية"),
    "de": ("Forum für offene Daten", "Podium: Daten für alle", "Workshop zu Landkarten", "Abschlusssitzung"),
    "en": ("Open Data Forum", "Panel: data for everybody", "Workshop on maps", "Closing session"),
    "es": ("Foro de datos abiertos", "Panel: datos para todos", "Taller de mapas", "Sesión de clausura"),
    "fr": ("Forum des données ouvertes", "Table ronde : des données pour tous", "Atelier de cartographie", "Clôture"),
    "pt": ("Fórum de dados abertos", "Painel: dados para todos", "Workshop de mapas", "Sessão de encerramento"),
    "ru": ("Форум открытых данных", "Дискуссия: данные для всех", "Семинар о картах", "Закрытие"),
    "zh": ("开放数据论坛", "小组讨论：人人可用的数据", "地图工作坊", "闭幕会"),
}
"""In each language the titles of an event and three sessions."""


def chosen(number: int, language: str = "en", **changes: Any) -> ChosenSession:
    """Return the session of a number from 1 to 3."""
    usual = {
        "id": f"s{number}",
        "title": (TITLES[language][number], language),
        "slot": slot(f"2026-05-17T{8 + 2 * number:02}:00:00", f"2026-05-17T{9 + 2 * number:02}:30:00"),
        "status": EventStatus.SCHEDULED,
        "where": ((f"Room {number}, Popov", "en"),),
    }
    return ChosenSession(**{**usual, **changes})


def letter(*reasons: Reason, language: str = "en", **changes: Any) -> Letter:
    """Return a letter to one person."""
    usual = {
        "recipient": "participant1@example.org",
        "name": "Participant 1",
        "language": language,
        "stamped": STAMPED,
        "texts": about(language, notices=(Notice(reasons=reasons),)),
        "registration_ids": ("R-1",),
    }
    return Letter(reasons=reasons, **{**usual, **changes})


def about(language: str = "en", **changes: Any) -> Texts:
    """Return the texts about a conference of two days at a place with a position."""
    usual = {
        "title": (TITLES[language][0], language),
        "slot": TimeSlot.days("2026-05-17", "2026-05-19", "Europe/Zurich"),
        "where": (("Geneva Conference Centre, Rue de Varembé 17, Geneva", "en"),),
        "maps": (
            (
                ("Geneva Conference Centre", "en"),
                "https://www.openstreetmap.org/?mlat=46.22&mlon=6.14#map=17/46.22/6.14",
            ),
        ),
        "organizer": ("Office", "en"),
        "organizer_email": "office@example.org",
        "url": "https://example.org/forum",
    }
    return texts(**{**usual, **changes})


def invitation(language: str = "en", **changes: Any) -> Message:
    """Return the message to a person who chose three sessions."""
    whole = about(language, sessions=tuple(chosen(number, language) for number in (1, 2, 3)), image=IMAGE)
    return message(language=language, texts=whole, **changes)


IMAGE = "https://example.org/logo.png"


def kinds(language: str) -> Iterator[tuple[str, Letter]]:
    """Yield letters of each kind, each with its name."""
    for reason in Reason:
        if reason not in _OF_CHANGES and reason not in OF_OTHERS:
            decision = {
                Reason.REJECTED: ("Only Member States can be admitted.\nPlease write to us if you represent one.", "en")
            }.get(reason)
            link = (
                None if reason in {Reason.PENDING, Reason.ERASED} else f"https://example.org/registrations/{'7' * 24}"
            )
            notice = Notice(reasons=(reason,), decision=decision, link=link)
            sessions = (chosen(1, language), chosen(2, language, awaited=True))
            has_calendar = reason in {Reason.INVITED, Reason.PROMOTED, Reason.SEAT_FOUND, Reason.CHANGED}
            given = (message(language=language, reason=reason),) if has_calendar else ()
            if reason is Reason.WITHDRAWN:
                given = (message(language=language, reason=reason, method=Method.CANCEL),)
            told = about(language, notices=(notice,), sessions=sessions, image=IMAGE)
            yield str(reason), letter(reason, language=language, texts=told, messages=given)
    yield "programme-changed", changed(language)
    nothing = about(
        language,
        sessions=(chosen(1, language, status=EventStatus.CANCELLED),),
        previous_sessions=(chosen(1, language), chosen(2, language)),
        notices=(Notice(reasons=(Reason.PROGRAMME_CHANGED,)),),
    )
    yield "nothing-left", letter(Reason.PROGRAMME_CHANGED, language=language, texts=nothing, messages=(message(),))
    yield "shared", shared(language)


_OF_CHANGES = {
    Reason.PROGRAMME_CHANGED,
    Reason.MOVED,
    Reason.EDITED,
    Reason.DROPPED,
    Reason.CANCELLED,
    Reason.PUBLISHED,
}


def changed(language: str = "en") -> Letter:
    """Return a letter about sessions that moved, went, came, and got another room or link."""
    before = chosen(
        1,
        language,
        slot=slot("2026-05-17T09:00:00", "2026-05-17T10:30:00"),
        links=((("Stream", "en"), "https://example.org/1"),),
    )
    now = evolve(
        chosen(1, language),
        where=(("Room 4, Popov", "en"),),
        links=((("Stream", "en"), "https://example.org/stream/1"),),
    )
    late = evolve(chosen(3, language), slot=slot("2026-05-18T22:00:00", "2026-05-19T00:30:00"))
    whole = about(
        language,
        sessions=(now, chosen(2, language, awaited=True), late),
        previous_sessions=(before, chosen(2, language), evolve(chosen(3, language), id="s4")),
        notices=(Notice(reasons=(Reason.PROGRAMME_CHANGED,), link="https://example.org/registrations/1"),),
        image=IMAGE,
    )
    given = message(language=language, reason=Reason.EDITED, texts=evolve(whole, notices=()))
    return letter(Reason.PROGRAMME_CHANGED, language=language, texts=whole, messages=(given,), zone="Africa/Ndjamena")


def shared(language: str = "en") -> Letter:
    """Return a letter to two people who share a mailbox, with three messages."""
    notices = (
        Notice(
            name="Participant 1", reasons=(Reason.PROMOTED, Reason.SESSION_WAITLISTED), link="https://example.org/r/1"
        ),
        Notice(
            name="مشارك 2",
            reasons=(Reason.WAITLISTED,),
            decision=("La salle est petite.", "fr"),
            link="https://example.org/r/2",
        ),
    )
    sessions = (
        chosen(1, language, names=("Participant 1",)),
        chosen(1, language, names=("مشارك 2",), awaited=True),
        chosen(2, language, names=("Participant 1", "مشارك 2")),
    )
    whole = about(language, notices=notices, sessions=sessions)
    part = texts(title=sessions[0].title, within=whole.title)
    given = (
        message(language=language, reason=Reason.PROMOTED),
        message(language=language, texts=part, ics=ICS.replace(b"METHOD", b"UID:2\r\nMETHOD")),
        message(
            language=language,
            texts=part,
            method=Method.CANCEL,
            reason=Reason.DROPPED,
            ics=ICS.replace(b"METHOD", b"UID:3\r\nMETHOD"),
        ),
    )
    return letter(
        Reason.PROMOTED,
        Reason.SESSION_WAITLISTED,
        Reason.WAITLISTED,
        language=language,
        texts=whole,
        messages=given,
        registration_ids=("R-1", "R-2"),
    )
