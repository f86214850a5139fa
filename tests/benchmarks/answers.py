"""The cost of answers: JSON Lines of registrations for an event with 25 questions, and the same without answers.

    python -m tests.benchmarks.answers

The bound: at most 2.5 times the time. Each is the median of the rounds, taken in turns. It ends with 1 where the bound
is broken.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from statistics import median

from attrs import evolve

from tests.benchmarks.rounds import race
from tests.samples.whole import text
from wtisd_model import Call, CallKind, Choice, Dossier, Question, QuestionKind, Registration, validate_lines, wtisd_23

MOST_TIMES = 2.5
ROUNDS, LINES = 7, 2000
NOW = datetime(2023, 4, 13, tzinfo=UTC)
ASKED: dict[QuestionKind, tuple[int, object]] = {
    QuestionKind.TEXT: (5, "In a few words"),
    QuestionKind.CHOICE: (6, "c3"),
    QuestionKind.CHOICES: (3, ["c1", "c2"]),
    QuestionKind.BOOLEAN: (3, True),
    QuestionKind.INTEGER: (3, 42),
    QuestionKind.DATE: (2, "2023-05-16"),
    QuestionKind.DECIMAL: (1, "1.5"),
    QuestionKind.COUNTRY: (1, "CH"),
    QuestionKind.EMAIL: (1, "participant-1@example.org"),
}
"""The kinds of the 25 questions: how many of each, and their answer."""


def questions() -> tuple[Question, ...]:
    """Return 25 required questions."""
    choices = tuple(Choice(id=f"c{number}", label=text(f"Choice {number}")) for number in range(6))
    kinds = [kind for kind, (count, _) in ASKED.items() for _ in range(count)]
    return tuple(
        Question(
            id=f"q{number}",
            label=text(f"Question {number}"),
            kind=kind,
            required=True,
            choices=choices if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} else (),
        )
        for number, kind in enumerate(kinds)
    )


def reader(asked: tuple[Question, ...]) -> Callable[[], object]:
    """Return a function that validates registrations for an event with these questions, and their answers."""
    base = wtisd_23()
    others = tuple(each for each in base.calls if each.kind is not CallKind.REGISTRATION)
    call = Call(kind=CallKind.REGISTRATION, address_unknown=True, questions=asked)
    dossier = Dossier(event=evolve(base, calls=(*others, call)))
    answers = {each.id: ASKED[each.kind][1] for each in asked}
    lines = [
        json.dumps(
            {
                "id": f"r-{number}",
                "eventUid": base.uid,
                "participant": {"name": f"Participant {number}", "email": f"participant-{number}@example.org"},
                "mode": "remote",
                "country": "CH",
                "membership": "member-state",
                "listeningLanguages": ["fr"],
                "submittedAt": "2023-04-12T10:00:00Z",
                **({"answers": answers} if answers else {}),
            }
        )
        for number in range(LINES)
    ]
    whole = "\n".join(lines).encode()

    def act() -> None:
        assert all(each.ok for each in validate_lines(Registration, BytesIO(whole), dossier=dossier, now=NOW))

    return act


def measure() -> tuple[float, float]:
    """Return the microseconds of a registration with 25 answers, and their ratio to those of one without."""
    seconds = race({"answers": reader(questions()), "none": reader(())}, ROUNDS)
    with_answers, without = median(seconds["answers"]), median(seconds["none"])
    return with_answers / LINES * 1e6, with_answers / without


if __name__ == "__main__":
    microseconds, times = measure()
    print(
        f"A registration with 25 answers: {microseconds:.1f} us, {times:.1f} times one without; at most {MOST_TIMES}."
    )
    sys.exit(times > MOST_TIMES)
