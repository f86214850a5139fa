"""The questions that an organizer asks in a call, and the answers of those who respond."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Literal, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.errors import InvalidValueError
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.schema.constraints import (
    MOST_CACHED,
    Boolean,
    CodeList,
    Constraint,
    Date,
    DecimalNumber,
    Integer,
    Items,
    Leaf,
    Map,
    Text,
)
from wtisd_model.schema.fields import Count, Either, Invariant, SetOf, SetOfEither, TupleOf, camel_case
from wtisd_model.schema.json_values import MOST_EXACT, AnyOf, JsonObject
from wtisd_model.schema.model import Model
from wtisd_model.types.attendance import ParticipationMode, ParticipationModeWord
from wtisd_model.types.country import COUNTRY
from wtisd_model.types.identifiers import first_ids, repeated_ids
from wtisd_model.types.language import LANGUAGE, LocalizedText
from wtisd_model.types.people import Membership, MembershipWord
from wtisd_model.types.text import EMAIL, IDENTIFIER, LINE, LONG, PHONE, WEB_ADDRESS, Identifier

MOST_QUESTIONS: Final = 200
_MOST_CHOICES: Final = 500
_DIGITS: Final = 16  # as many as MOST_EXACT has

ANSWER = AnyOf(
    {
        str: LONG,
        bool: Boolean(),
        int: Integer(-MOST_EXACT, MOST_EXACT),
        tuple: Items(IDENTIFIER, tuple, maximum=_MOST_CHOICES, unique=True),
    },
    expected="answer",
)
"""An answer before its question is known."""

Answers = Annotated[JsonObject, Map(IDENTIFIER, ANSWER, MOST_QUESTIONS)]
"""Answers by the ids of their questions, as in JSON: dates and decimal numbers are strings."""


class _Unreadable(Enum):
    UNREADABLE = "unreadable"


UNREADABLE: Final = _Unreadable.UNREADABLE
"""The value in place of a wrong one in a payload: no condition on it can be judged."""

ConditionAnswer = Annotated[str | bool, AnyOf({str: LINE, bool: Boolean()}, expected="text-boolean")]
"""An answer that a condition compares."""


class QuestionKind(StrEnum):
    """The kind of answer that a question has."""

    AGREEMENT = "agreement"
    """True; nothing else is accepted."""
    BOOLEAN = "boolean"
    """Yes or no."""
    CHOICE = "choice"
    """The id of one choice."""
    CHOICES = "choices"
    """The ids of several choices."""
    COUNTRY = "country"
    """A country (ISO 3166-1 alpha-2)."""
    DATE = "date"
    """A calendar date."""
    DECIMAL = "decimal"
    """A decimal number with at most 6 decimals, a string in JSON."""
    EMAIL = "email"
    """An e-mail address."""
    INTEGER = "integer"
    """A whole number."""
    LANGUAGE = "language"
    """A language (BCP 47)."""
    LONG_TEXT = "long-text"
    """A text of several lines."""
    PHONE = "phone"
    """A telephone number (ITU-T E.164)."""
    TEXT = "text"
    """A text of one line."""
    URL = "url"
    """A web address."""


QuestionKindWord = Literal[
    "agreement",
    "boolean",
    "choice",
    "choices",
    "country",
    "date",
    "decimal",
    "email",
    "integer",
    "language",
    "long-text",
    "phone",
    "text",
    "url",
]


OF_CHOICES: Final = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
"""The kinds of questions that have choices."""

COMPARABLE: Final = OF_CHOICES | {
    QuestionKind.AGREEMENT,
    QuestionKind.BOOLEAN,
    QuestionKind.COUNTRY,
    QuestionKind.LANGUAGE,
}
"""The kinds of questions whose answers a condition can compare."""

IN_OWN_WORDS: Final = frozenset(
    {QuestionKind.EMAIL, QuestionKind.LONG_TEXT, QuestionKind.PHONE, QuestionKind.TEXT, QuestionKind.URL}
)
"""The kinds of questions whose answers people write themselves: each may name somebody, or be given by one only."""

NUMBERS: Final = frozenset({QuestionKind.DECIMAL, QuestionKind.INTEGER})
"""The kinds of questions whose answers are numbers."""

_WITH_MINIMUM = NUMBERS | {QuestionKind.CHOICES}
WITH_MAXIMUM: Final = _WITH_MINIMUM | {QuestionKind.LONG_TEXT, QuestionKind.TEXT}
"""The kinds of questions that may have a maximum."""

COMPARED_FIELDS: Final = {"modes": "mode", "memberships": "membership", "session_ids": "session_ids"}
"""The field of a submission that each part of a condition compares, except the answers to another question."""


@frozen(kw_only=True, eq=False, repr=False)
class Choice(Model):
    """One of the answers that a question offers."""

    id: Identifier
    """An identifier that is unique among the choices, and is the answer; it stays when the label changes."""
    label: Annotated[LocalizedText, LINE]
    """The text that people read."""
    retired: bool = False
    """True if it is no longer offered; answers that chose it stay."""


def _condition_is_whole(
    question: str | None,
    answers: tuple[str | bool, ...],
    modes: frozenset[ParticipationMode],
    memberships: frozenset[Membership],
    session_ids: frozenset[str],
) -> Iterator[Finding]:
    if question is not None and not answers:
        yield finding(Code.CONDITION_INCOMPLETE, "/answers")
    if question is None and (answers or not (modes or memberships or session_ids)):
        yield finding(Code.CONDITION_INCOMPLETE, "/question")


@frozen(kw_only=True, eq=False, repr=False)
class Condition(Model):
    """When a question is asked: all parts that are present have to be met."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_condition_is_whole,)

    question: Identifier | None = None
    """The id of an earlier question, which has to be asked too."""
    answers: Annotated[tuple[ConditionAnswer, ...], Count(unique=True)] = field(
        default=(), converter=TupleOf[str | bool]
    )
    """Its answers that meet the condition; one of several choices is enough."""
    modes: frozenset[ParticipationMode] = field(
        default=frozenset(), converter=SetOfEither[ParticipationMode, ParticipationModeWord]
    )
    """The modes of a registration that meet the condition."""
    memberships: frozenset[Membership] = field(default=frozenset(), converter=SetOfEither[Membership, MembershipWord])
    """The memberships of a registration that meet the condition."""
    session_ids: Annotated[frozenset[Identifier], Count(maximum=100)] = field(default=frozenset(), converter=SetOf[str])
    """The sessions of a registration or a request that meet the condition; one of them has to be chosen."""

    def verdict(self, submission: Any, asked: Container[str], unsure: Container[str] = ()) -> bool | None:
        """Return whether a registration, request or pledge meets it; None if that cannot be judged.

        Args:
            submission: an object with the fields and the answers; some may be `UNREADABLE`.
            asked: the ids of the questions before it that are asked.
            unsure: the ids of the questions before it that may be asked.
        """
        parts: list[bool | None] = []
        if self.question is not None:
            parts.append(self.question in asked or (None if self.question in unsure else False))
            parts.append(self._is_answered(submission.answers.get(self.question)))
        if self.modes:
            parts.append(None if submission.mode is UNREADABLE else submission.mode in self.modes)
        if self.memberships:
            parts.append(None if submission.membership is UNREADABLE else submission.membership in self.memberships)
        if self.session_ids:
            ids = submission.session_ids
            parts.append(None if ids is UNREADABLE else not self.session_ids.isdisjoint(ids))
        return False if False in parts else None if None in parts else True

    def _is_answered(self, answer: object) -> bool | None:
        if answer is UNREADABLE:
            return None
        given = cast("tuple[object, ...]", answer) if isinstance(answer, tuple) else (answer,)
        return any(type(each) is not int and each in self.answers for each in given)  # in Python, 1 equals True


def _choices_where_needed(
    kind: QuestionKind, choices: tuple[Choice, ...], required: bool, retired: bool
) -> Iterator[Finding]:
    has_answer = any(not choice.retired for choice in choices) or not required or retired
    if kind in OF_CHOICES and not (choices and has_answer):
        yield finding(Code.QUESTION_WITHOUT_CHOICES, "/choices")
    if kind not in OF_CHOICES and choices:
        yield finding(Code.CHOICES_UNFOUNDED, "/choices")


def _choices_have_their_own_ids(choices: tuple[Choice, ...]) -> Iterator[Finding]:
    return repeated_ids("choices", (each.id for each in choices))


def _bounds_where_possible(
    kind: QuestionKind, minimum: int | None, maximum: int | None, choices: tuple[Choice, ...]
) -> Iterator[Finding]:
    if minimum is not None and kind not in _WITH_MINIMUM:
        yield finding(Code.BOUNDS_UNFOUNDED, "/minimum")
    if maximum is not None and kind not in WITH_MAXIMUM:
        yield finding(Code.BOUNDS_UNFOUNDED, "/maximum")
    lowest = minimum if kind in NUMBERS else max(minimum or 1, 1)
    if maximum is not None and lowest is not None and maximum < lowest:
        yield finding(Code.BOUNDS_REVERSED, "/maximum")
    if kind is QuestionKind.CHOICES and minimum is not None and minimum > sum(not each.retired for each in choices):
        yield finding(Code.BOUNDS_REVERSED, "/minimum")


def _statistical_where_possible(kind: QuestionKind, statistical: bool) -> Iterator[Finding]:
    if statistical and kind in IN_OWN_WORDS:
        yield finding(Code.STATISTICAL_UNFOUNDED, "/statistical")


@frozen(kw_only=True, eq=False, repr=False)
class Question(Model):
    """A question that an organizer asks in a call, in addition to the fields of registrations, requests and pledges."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (
        _choices_where_needed,
        _choices_have_their_own_ids,
        _bounds_where_possible,
        _statistical_where_possible,
    )

    id: Identifier
    """An identifier that is unique among the questions of the call; it stays when the label changes."""
    label: Annotated[LocalizedText, LINE]
    """The question that people read."""
    help: Annotated[LocalizedText, LONG] | None = None
    """A text that helps to answer it."""
    kind: QuestionKind = field(converter=Either[QuestionKind, QuestionKindWord])
    """The kind of its answer."""
    required: bool = False
    """True if it has to be answered wherever it is asked."""
    statistical: bool = False
    """True if its answers are no personal data, so that ``purged(at=..., event=...)`` keeps them."""
    choices: Annotated[tuple[Choice, ...], Count(maximum=_MOST_CHOICES)] = field(default=(), converter=TupleOf[Choice])
    """The choices, in the order in which they are offered."""
    minimum: Annotated[int, Integer(-MOST_EXACT, MOST_EXACT)] | None = None
    """The lowest number, or the lowest number of choices."""
    maximum: Annotated[int, Integer(-MOST_EXACT, MOST_EXACT)] | None = None
    """The highest number, the highest number of choices, or the length of a text in characters."""
    when: Condition | None = None
    """When it is asked; None means always."""
    retired: bool = False
    """True if it is no longer asked; its answers stay."""

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices that are not retired."""
        return tuple(each for each in self.choices if not each.retired)

    @property
    def constraint(self) -> Leaf | Items:
        """The constraint of its values; retired choices are included."""
        several = self.kind is QuestionKind.CHOICES
        least = max(self.minimum or 0, int(self.required)) if several else self.minimum
        return _constraint(self.kind, least, self.maximum, tuple(choice.id for choice in self.choices))

    def value(self, answer: object) -> object:
        """Return the value of an answer.

        Returns:
            str, int, bool, Decimal, date, or a tuple of the ids of choices.

        Raises:
            InvalidValueError: the code of the mistake in the answer, such as ``wrong-type``, ``choice-unknown`` or
                ``number-out-of-range``.
        """
        value, found = read_answer(self.constraint, answer)
        if found is not None:
            raise InvalidValueError(found)
        return value


def read_answer(constraint: Constraint, answer: object) -> tuple[object, Finding | None]:
    """Return the value of an answer, and the finding if it breaks a constraint."""
    if isinstance(constraint, Items):
        if not isinstance(answer, tuple | list):
            return answer, finding(Code.WRONG_TYPE, expected="ids")
        several = tuple(cast("Sequence[object]", answer))
        return several, constraint.check(several)
    from wtisd_model.types.scalars import INVALID, refusal, scalar_decoder  # compiles its patterns on import

    leaf = cast("Leaf", constraint)
    value = scalar_decoder(leaf)(answer)
    return value, refusal(leaf, answer) if value is INVALID else None


@lru_cache(MOST_CACHED)  # constraints are compared by identity, and their decoders are cached
def _constraint(kind: QuestionKind, minimum: int | None, maximum: int | None, ids: tuple[str, ...]) -> Leaf | Items:
    bound = 10**_DIGITS if kind is QuestionKind.DECIMAL else MOST_EXACT
    least, most = -bound if minimum is None else minimum, bound if maximum is None else maximum
    known = frozenset(ids)
    choice = CodeList("choice", known, Code.CHOICE_UNKNOWN, near=known, params={"choices": first_ids(ids)})
    match kind:
        case QuestionKind.TEXT:
            return Text(LINE.maximum if maximum is None else min(maximum, LINE.maximum))
        case QuestionKind.LONG_TEXT:
            return Text(LONG.maximum if maximum is None else min(maximum, LONG.maximum), lines=True)
        case QuestionKind.INTEGER:
            return Integer(least, most)
        case QuestionKind.DECIMAL:
            return DecimalNumber(least, most, digits=_DIGITS, places=6)
        case QuestionKind.CHOICE:
            return choice
        case QuestionKind.CHOICES:
            return Items(choice, tuple, least, min(len(ids), most), unique=True)
        case _:
            return _FIXED[kind]


_FIXED: Final[Mapping[QuestionKind, Leaf]] = {
    QuestionKind.AGREEMENT: Boolean(),
    QuestionKind.BOOLEAN: Boolean(),
    QuestionKind.COUNTRY: COUNTRY,
    QuestionKind.DATE: Date(),
    QuestionKind.EMAIL: EMAIL,
    QuestionKind.LANGUAGE: LANGUAGE,
    QuestionKind.PHONE: PHONE,
    QuestionKind.URL: WEB_ADDRESS,
}


def conditions_can_be_met(questions: Iterable[Question], parts: Container[str]) -> Iterator[Finding]:
    """Yield the findings about conditions that can never be met, including those of retired questions.

    *parts* are the parts of a condition that those who respond to the call have: ``modes``, ``memberships``,
    ``session_ids``.
    """
    earlier: dict[str, Question] = {}
    for index, question in enumerate(questions):
        if question.when is not None:
            path = pointer("questions", index, "when")
            yield from (found.prefixed(path) for found in _condition_findings(question.when, earlier, parts))
        earlier.setdefault(question.id, question)


def _condition_findings(when: Condition, earlier: Mapping[str, Question], parts: Container[str]) -> Iterator[Finding]:
    for name in COMPARED_FIELDS:
        if getattr(when, name) and name not in parts:
            yield finding(Code.CONDITION_UNFOUNDED, pointer(camel_case(name)))
    if when.question is None:
        return
    question = earlier.get(when.question)
    if question is None:
        yield finding(Code.QUESTION_UNKNOWN, "/question")
    elif question.kind not in COMPARABLE:
        yield finding(Code.CONDITION_UNFOUNDED, "/question")
    else:
        constraint = question.constraint
        if question.kind is QuestionKind.AGREEMENT and True not in when.answers:
            yield finding(Code.CONDITION_UNFOUNDED, "/answers")
        for index, answer in enumerate(when.answers):
            _, found = read_answer(constraint.item if isinstance(constraint, Items) else constraint, answer)
            if found is not None:
                yield found.prefixed(pointer("answers", index))
