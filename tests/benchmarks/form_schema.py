"""The cost of the JSON Schema of a form: an event with 25 questions of all kinds, twelve of them with conditions.

    python -m tests.benchmarks.form_schema

The bounds: at most 5 ms, and at most 12 times the time of the published schema, which is only parsed. Each is the
median of the rounds, taken in turns. It ends with 1 where a bound is broken.
"""

import sys
from statistics import median

from attrs import evolve

from tests.benchmarks.rounds import race
from wtisd_model import (
    Call,
    CallKind,
    Choice,
    Condition,
    Event,
    LocalizedText,
    Question,
    QuestionKind,
    Registration,
    json_schema,
    wtisd_23,
)

QUESTIONS = 25
MOST_MILLISECONDS = 5.0
MOST_TIMES = 12.0
ROUNDS, CALLS = 9, 50


def text(english: str) -> LocalizedText:
    return LocalizedText(text=english, language="en", translations={"fr": f"{english} (fr)"})


def event() -> Event:
    """Return the reference event with 25 questions; choices have ten labels."""
    kinds = list(QuestionKind)
    questions = [Question(id="first", label=text("First"), kind=QuestionKind.BOOLEAN)]
    for number in range(1, QUESTIONS):
        kind = kinds[number % len(kinds)]
        offered = range(10) if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} else ()
        questions.append(
            Question(
                id=f"q{number}",
                label=text(f"Question {number}"),
                help=text("Help"),
                kind=kind,
                choices=tuple(Choice(id=f"c{each}", label=text(f"Choice {each}")) for each in offered),
                when=Condition(question="first", answers=(True,)) if number % 2 else None,
            )
        )
    base = wtisd_23()
    others = tuple(each for each in base.calls if each.kind is not CallKind.REGISTRATION)
    call = Call(kind=CallKind.REGISTRATION, address_unknown=True, questions=tuple(questions))
    return evolve(base, calls=(*others, call))


def measure() -> tuple[float, float]:
    """Return the milliseconds of the schema of the form, and their ratio to those of the published one."""
    asked = event()

    def form() -> None:
        for _ in range(CALLS):
            json_schema(Registration, submission=True, event=asked, language="fr")

    def published() -> None:
        for _ in range(CALLS):
            json_schema(Registration, submission=True)

    times = race({"form": form, "published": published}, ROUNDS)
    ours, theirs = median(times["form"]), median(times["published"])
    return ours / CALLS * 1_000, ours / theirs


def main() -> int:
    """Print the figures; the exit code tells whether the bounds hold."""
    milliseconds, ratio = measure()
    print(f"the schema of a form with {QUESTIONS} questions: {milliseconds:.2f} ms, at most {MOST_MILLISECONDS:g}")
    print(f"{ratio:.1f} times as long as the published schema, at most {MOST_TIMES:g}")
    return 0 if milliseconds <= MOST_MILLISECONDS and ratio <= MOST_TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
