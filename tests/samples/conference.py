"""A conference of three days, as a form asks about it: twelve sessions, workshops with seats, and eight questions."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import wtisd_model as wm

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
UID = "conference-2027@example.org"


def text(english: str, french: str, arabic: str) -> wm.LocalizedText:
    """Return a text in the three languages."""
    return wm.LocalizedText(text=english, language="en", translations={"fr": french, "ar": arabic})


def _session(id_: str, day: int, start: str, end: str, title: wm.LocalizedText, **more: Any) -> wm.Session:
    slot = wm.TimeSlot.at(f"2027-05-{day}T{start}", end, "Europe/Zurich")
    return wm.Session(id=id_, title=title, slot=slot, status="scheduled", **more)


_HALL, _LAB = (
    wm.Location(
        name=text("Congress Centre", "Centre de congrès", "مركز المؤتمرات"),
        room=room,
        locality="Genève",
        country="CH",
    )
    for room in ("Hall A", "Lab 2")
)


def _workshop(id_: str, day: int, title: wm.LocalizedText, seats: int) -> wm.Session:
    return _session(
        id_,
        day,
        "10:00",
        "12:00",
        title,
        kind="workshop",
        locations=(_LAB,),
        inherited_places="on-site",
        on_site_capacity=seats,
    )


_SESSIONS = (
    _session("opening", 11, "09:00", "10:00", text("Opening", "Ouverture", "الافتتاح"), locations=(_HALL,)),
    _workshop("maps", 11, text("Workshop: open maps", "Atelier : cartes ouvertes", "ورشة: الخرائط المفتوحة"), 5),
    _session("panel-1", 11, "14:00", "15:30", text("Panel: data for health", "Table ronde : santé", "جلسة: الصحة")),
    _session("panel-2", 11, "16:00", "17:30", text("Panel: data for cities", "Table ronde : villes", "جلسة: المدن")),
    _session("keynote", 12, "09:00", "10:00", text("Keynote", "Conférence", "كلمة رئيسية"), locations=(_HALL,)),
    _workshop("licences", 12, text("Workshop: licences", "Atelier : licences", "ورشة: التراخيص"), 12),
    _session("track-1", 12, "14:00", "15:00", text("Hybrid track: schools", "Volet hybride : écoles", "مسار: المدارس")),
    _session("track-2", 12, "15:00", "16:00", text("Hybrid track: farms", "Volet hybride : fermes", "مسار: المزارع")),
    _session("poster", 12, "16:30", "18:00", wm.LocalizedText("Poster session", "en")),
    _session("plenary", 13, "09:00", "10:00", text("Plenary", "Séance plénière", "الجلسة العامة"), locations=(_HALL,)),
    _workshop("privacy", 13, text("Workshop: privacy", "Atelier : vie privée", "ورشة: الخصوصية"), 8),
    _session("closing", 13, "14:00", "15:00", text("Closing", "Clôture", "الختام"), locations=(_HALL,)),
)

_MEALS = (
    wm.Choice(id="meat", label=text("With meat", "Avec viande", "مع اللحم")),
    wm.Choice(id="vegan", label=text("Vegan", "Végétalien", "نباتي")),
    wm.Choice(id="none", label=text("None", "Aucun", "لا شيء")),
)
_TOPICS = tuple(
    wm.Choice(id=id_, label=label)
    for id_, label in (
        ("health", text("Health", "Santé", "الصحة")),
        ("cities", text("Cities", "Villes", "المدن")),
        ("farms", text("Farms", "Fermes", "المزارع")),
    )
)

QUESTIONS = (
    wm.Question(
        id="meal",
        label=text("Which meal do you take at noon?", "Quel repas prendrez-vous à midi ?", "ما وجبة الظهر؟"),
        kind="choice",
        required=True,
        choices=_MEALS,
        when=wm.Condition(modes={"on-site"}),
    ),
    wm.Question(
        id="allergies",
        label=text("Which allergies do you have?", "Quelles allergies avez-vous ?", "ما أنواع الحساسية لديك؟"),
        help=text("For the kitchen only.", "Pour la cuisine uniquement.", "للمطبخ فقط."),
        kind="long-text",
        when=wm.Condition(question="meal", answers=("meat", "vegan")),
    ),
    wm.Question(
        id="laptop",
        label=text("Do you bring a laptop?", "Apportez-vous un ordinateur ?", "هل ستحضر حاسوبًا؟"),
        kind="boolean",
        required=True,
        when=wm.Condition(session_ids={"maps", "licences", "privacy"}),
    ),
    wm.Question(id="topics", label=text("Topics", "Thèmes", "المواضيع"), kind="choices", choices=_TOPICS, maximum=2),
    wm.Question(id="arrival", label=text("Day of arrival", "Jour d'arrivée", "يوم الوصول"), kind="date"),
    wm.Question(id="guests", label=text("Guests", "Accompagnants", "المرافقون"), kind="integer", minimum=0, maximum=3),
    wm.Question(id="page", label=text("Your web page", "Votre page web", "صفحتك على الويب"), kind="url"),
    wm.Question(
        id="terms",
        label=text("I agree to the terms.", "J'accepte les conditions.", "أوافق على الشروط."),
        kind="agreement",
        required=True,
    ),
)


def conference(**terms: Any) -> wm.Event:
    """Return the conference; *terms* are further fields of its call for registration."""
    return wm.Event(
        uid=UID,
        title=text("Conference on Open Data", "Conférence sur les données ouvertes", "مؤتمر البيانات المفتوحة"),
        slot=wm.TimeSlot.at("2027-05-11T09:00", "2027-05-13T15:00", "Europe/Zurich"),
        status="scheduled",
        locations=(_HALL, _LAB),
        virtual_locations=(wm.VirtualLocation(uri="https://meet.example.org/open-data"),),
        calls=(wm.Call(kind="registration", address_unknown=True, waitlist=True, questions=QUESTIONS, **terms),),
        sessions=_SESSIONS,
    )


GOOD: Final[dict[str, Any]] = {
    "eventUid": UID,
    "participant.name": "Participant 1",
    "participant.email": "participant1@example.org",
    "mode": "on-site",
    "sessionIds": ["opening", "maps"],
    "answers.meal": "vegan",
    "answers.allergies": "nuts\r\nand milk",
    "answers.laptop": "off",
    "answers.topics": ["health"],
    "answers.guests": "2",
    "answers.terms": "on",
}
WRONG: Final[dict[str, Any]] = GOOD | {
    "participant.email": "p1",
    "answers.topics": ["health", "cities", "farms"],
    "answers.guests": "many",
    "answers.arrival": "tomorrow",
    "answers.terms": "",
}


def outcome_of(sent: Mapping[str, Any], event: wm.Event | None = None, now: datetime = NOW) -> wm.Outcome[Any]:
    """Return what the server says to a form."""
    the_event = conference() if event is None else event
    judge = wm.Validator(wm.Registration, submission=True, dossier=wm.Dossier(event=the_event))
    return judge(wm.clean_form(wm.Registration, sent, event=the_event), now=now)
