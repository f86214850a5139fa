"""The event that imported registrations are for, with a question of each kind that the other system asks."""

from collections.abc import Mapping

from wtisd_model import Call, CallKind, Choice, Event, LocalizedText, Question, QuestionKind, TimeSlot, local_time


def forum(uid: str, kinds: Mapping[str, QuestionKind], choices: tuple[str, ...]) -> Event:
    """Return an event that asks a question of each kind, by their ids; all questions of choices offer the same."""
    offered = tuple(Choice(id=each, label=LocalizedText(each, "en")) for each in choices)
    questions = tuple(
        Question(
            id=each,
            label=LocalizedText(each, "en"),
            kind=kind,
            choices=offered if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} else (),
        )
        for each, kind in kinds.items()
    )
    return Event(
        uid=uid,
        title=LocalizedText("Forum", "en"),
        slot=TimeSlot(
            start=local_time("2027-03-04T09:00", "Europe/Zurich"), end=local_time("2027-03-05T18:00", "Europe/Zurich")
        ),
        venue_to_follow=True,
        calls=(Call(kind=CallKind.REGISTRATION, email="office@example.org", questions=questions),),
    )
