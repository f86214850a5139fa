"""The event that the orders of the tests are for, with a question of each kind."""

from wtisd_model.model.call import Call, CallKind
from wtisd_model.model.event import Event
from wtisd_model.model.question import OF_CHOICES, Choice, Question, QuestionKind
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import local_time

_KINDS = {
    "DIET": QuestionKind.TEXT,
    "AGE": QuestionKind.INTEGER,
    "SIZE": QuestionKind.DECIMAL,
    "DAY": QuestionKind.DATE,
    "FROM": QuestionKind.COUNTRY,
    "OK": QuestionKind.AGREEMENT,
    "DINNER": QuestionKind.BOOLEAN,
    "ROOM": QuestionKind.CHOICE,
    "TOPICS": QuestionKind.CHOICES,
}
_CHOICES = tuple(Choice(id=each, label=LocalizedText(each, "en")) for each in ("A", "B", "C"))


def _question(identifier: str, kind: QuestionKind) -> Question:
    choices = _CHOICES if kind in OF_CHOICES else ()
    return Question(id=identifier, label=LocalizedText(identifier, "en"), kind=kind, choices=choices)


EVENT = Event(
    uid="forum@example.org",
    title=LocalizedText("Forum", "en"),
    slot=TimeSlot(
        start=local_time("2027-03-04T09:00", "Europe/Zurich"), end=local_time("2027-03-05T18:00", "Europe/Zurich")
    ),
    venue_to_follow=True,
    calls=(
        Call(
            kind=CallKind.REGISTRATION,
            email="office@example.org",
            questions=tuple(_question(*each) for each in _KINDS.items()),
        ),
    ),
)
