"""Events with questions, and good and bad submissions to them, which compare the schema of a form with the reader."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

from attrs import evolve
from hypothesis.strategies import SearchStrategy

from tests.json.mutations import NASTY, changed, places, without
from tests.samples.whole import text
from tests.strategies.drawing import drawn
from wtisd_model import (
    AttendanceMode,
    Call,
    CallKind,
    Choice,
    Code,
    Condition,
    Dossier,
    Event,
    EventStatus,
    InterpretationRequest,
    LocalizedText,
    Membership,
    Nature,
    Outcome,
    ParticipationMode,
    Pledge,
    Question,
    QuestionKind,
    Registration,
    Session,
    Severity,
    Validator,
    strategies,
    to_json,
    wtisd_23,
)
from wtisd_model.model.documents import SUBMISSIONS
from wtisd_model.schema.constraints import Nested
from wtisd_model.schema.fields import fields_of

Document = dict[str, Any]

EVENTS, DOCUMENTS_EACH = 200, 25
NOW = datetime(2023, 4, 1, tzinfo=UTC)
KINDS = dict(zip(SUBMISSIONS, (CallKind.REGISTRATION, CallKind.INTERPRETATION, CallKind.PLEDGE), strict=True))

_PERSON = ("phone", "language", "organization", "jobTitle")
OPTIONAL: dict[type, list[str]] = {
    Registration: [
        *(f"participant.{each}" for each in _PERSON),
        *("organization", "organizationIdentifier", "membership", "country", "sessionIds", "listeningLanguages"),
        *("needs", "listingConsent", "privacyNotice", "filedBy"),
    ],
    InterpretationRequest: [
        *(f"requester.{each}" for each in _PERSON),
        *("sessionIds", "organization", "sourceLanguages", "listeners", "note", "filedBy"),
    ],
    Pledge: [
        *(f"pledger.{each}" for each in ("acronym", "identifier", "unit", "membership", "country")),
        *("description", "partners", "contact", "pledged", "amountIsEstimate", "start", "end", "countries"),
        *("groups", "goals", "targets", "filedBy", "public"),
    ],
}
"""The fields for which a call may ask or not, by the class that responds to it."""

JUDGED = {
    *(Code.ANSWER_MISSING, Code.ANSWER_UNKNOWN, Code.ANSWER_NOT_ASKED, Code.ANSWER_RETIRED),
    *(Code.CHOICE_UNKNOWN, Code.AGREEMENT_MISSING, Code.FIELD_NOT_ASKED),
    *(Code.EVENT_UID_DIFFERS, Code.SESSION_UNKNOWN),
    *(Code.PARTICIPANT_MISSING, Code.PARTICIPANT_INCOMPLETE, Code.REQUESTER_MISSING),
    Code.SCHEMA_VERSION_NEWER,
}
"""Codes of rules, and of rules between fields, that the schema of a form knows as well as all codes of shape."""

VALUES: dict[QuestionKind, tuple[object, ...]] = {
    QuestionKind.AGREEMENT: (True,),
    QuestionKind.BOOLEAN: (True, False),
    QuestionKind.COUNTRY: ("CH", "FR"),
    QuestionKind.DATE: ("2027-03-04", "2024-02-29"),
    QuestionKind.DECIMAL: ("1", "1.5", "1.50", "-0.000001", "0"),
    QuestionKind.EMAIL: ("participant1@example.org",),
    QuestionKind.INTEGER: (0, 1, 2.0, -3, 2**53 - 1),
    QuestionKind.LANGUAGE: ("fr", "pt-BR"),
    QuestionKind.LONG_TEXT: ("Two\nlines", "x"),
    QuestionKind.PHONE: ("+41227305111",),
    QuestionKind.TEXT: ("One line", "x", "ab\u202ecd"),
    QuestionKind.URL: ("https://example.org/a", "http://[::1]/"),
}
ODD = (
    *NASTY,
    2**53,
    -(2**53),
    "2023-02-29",
    "1.0000001",
    "http://[::g]/",
    ["c0", "c1", "c2"],
    ["c0"],
    "c0",
    "c3",
    "zz",
)
_INHERITED = {3: "constructor", 5: "toString"}
"""Numbers of questions whose ids are names that every object in JavaScript inherits."""
_ODD_ANSWERS = (*ODD, *(["c0"], "c0", False) * 4)
_WRONG: dict[QuestionKind, tuple[object, ...]] = {
    QuestionKind.AGREEMENT: (False,),
    QuestionKind.CHOICE: ("c9",),
    QuestionKind.CHOICES: (["c9"],),
}
"""Answers of the right type that a rule refuses, which are half of the odd ones to such a question."""


def _text(text: str) -> LocalizedText:
    return LocalizedText(text=text, language="en", translations={"fr": f"{text} (fr)"})


def questions(random: Random, event: Event, kind: CallKind) -> tuple[Question, ...]:
    """Return up to eight questions of all kinds, most of the later ones with conditions."""
    asked: list[Question] = []
    for number in range(random.randrange(9)):
        about = random.choice(list(QuestionKind))
        bounds: dict[str, Any] = {}
        choices: tuple[Choice, ...] = ()
        if about in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
            choices = tuple(
                Choice(id=f"c{index}", label=_text(f"Choice {index}"), retired=index > 0 and random.random() < 0.2)
                for index in range(random.randint(1, 4))
            )
        if about in {QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.CHOICES} and random.random() < 0.5:
            bounds = {"minimum": random.randint(0, 1), "maximum": random.choice([None, 1, 2])}
        if about in {QuestionKind.TEXT, QuestionKind.LONG_TEXT} and random.random() < 0.3:
            bounds = {"maximum": 8}
        asked.append(
            Question(
                id=_INHERITED.get(number, f"q{number}"),
                label=_text(f"Question {number}"),
                help=random.choice([None, _text("Help")]),
                kind=about,
                required=random.random() < 0.4,
                choices=choices,
                when=_condition(random, asked, event, kind) if random.random() < 0.6 else None,
                retired=random.random() < 0.1,
                **bounds,
            )
        )
    return tuple(asked)


def _condition(random: Random, earlier: list[Question], event: Event, kind: CallKind) -> Condition | None:
    parts: dict[str, Any] = {}
    named = [each for each in earlier if each.choices or each.kind in _NAMED]
    if named and random.random() < 0.8:
        other = random.choice(named)
        known: list[Any] = [each.id for each in other.choices] or list(VALUES[other.kind])
        parts |= {"question": other.id, "answers": tuple(random.sample(known, random.randint(1, len(known))))}
    if kind is CallKind.REGISTRATION and random.random() < 0.3:
        parts["modes"] = frozenset({random.choice(list(ParticipationMode))})
    if kind is CallKind.REGISTRATION and random.random() < 0.2:
        parts["memberships"] = frozenset(random.sample(list(Membership), 3))
    if kind is not CallKind.PLEDGE and event.sessions and random.random() < 0.3:
        parts["session_ids"] = frozenset({random.choice(event.sessions).id})
    return Condition(**parts) if parts else None


_NAMED = {QuestionKind.AGREEMENT, QuestionKind.BOOLEAN, QuestionKind.COUNTRY, QuestionKind.LANGUAGE}


def _answers(random: Random, asked: tuple[Question, ...], document: Document) -> Document:
    """Return answers to most of the questions that are asked, and to few others; most of them fit."""
    answers: Document = {}
    submission = SimpleNamespace(
        mode=document.get("mode"),
        membership=document.get("membership"),
        session_ids=frozenset(document.get("sessionIds", ())),
        answers=answers,
    )
    ids: set[str] = set()
    for question in asked:
        if not question.retired and (question.when is None or question.when.verdict(submission, ids)):
            ids.add(question.id)
        chance = 0.02 if question.id not in ids else 0.98 if question.required else 0.7
        if random.random() < chance:
            odd = (*_ODD_ANSWERS, *_WRONG.get(question.kind, ()) * len(_ODD_ANSWERS))
            often = 0.15 if question.kind in _WRONG else 0.05
            answers[question.id] = random.choice(odd) if random.random() < often else _answer(random, question)
            submission.answers = {key: tuple(each) if isinstance(each, list) else each for key, each in answers.items()}
    if random.random() < 0.03:
        answers["q99"] = True
    return answers


def _answer(random: Random, question: Question) -> object:
    ids = [each.id for each in question.choices if not each.retired] or ["c0"]
    if question.kind is QuestionKind.CHOICE:
        return random.choice(ids)
    if question.kind is QuestionKind.CHOICES:
        return random.sample(ids, random.randint(1, len(ids)))
    return random.choice(VALUES[question.kind])


@cache
def _submissions(cls: type) -> list[Document]:
    """Return submissions of a class, which are good but for their event."""
    strategy: SearchStrategy[Any] = {
        Registration: strategies.registrations(),
        InterpretationRequest: strategies.interpretation_requests(),
        Pledge: strategies.pledges(),
    }[cls]
    found = [json.loads(to_json(each)) for each in drawn(strategy, 60) if getattr(each, "purged_at", None) is None]
    sent = [_without_office(cls, each) for each in found]
    return [each for each in sent if Validator[Any](cls, submission=True)(each, now=NOW).ok]


def _without_office(cls: type, document: Document) -> Document:
    """Return an object without the fields of the office, in itself and in those directly in it."""
    made: Document = {}
    for spec in fields_of(cls):
        if spec.key in document and not spec.office:
            inner, value = spec.constraint, document[spec.key]
            made[spec.key] = _without_office(inner.cls, value) if isinstance(inner, Nested) else value
    return made


_PEOPLE = {("participant",), ("participant", "email"), ("requester",)}
"""Places that a rule between fields asks for."""


def _submission(
    random: Random, cls: type, event: Event, asked: tuple[Question, ...], terms: dict[str, Any]
) -> Document:
    document = _fitting(random, dict(random.choice(_submissions(cls))), terms, _submissions(cls))
    document["eventUid"] = event.uid
    document.pop("sessionIds", None)
    sessions = [each.id for each in event.sessions]
    is_asked = terms["fields"] is None or "sessionIds" in terms["fields"]
    if cls is not Pledge and sessions and random.random() < (0.6 if is_asked else 0.02):
        document["sessionIds"] = random.sample(sessions, random.randint(0, len(sessions)))
    if cls is Registration and event.attendance_mode is not None and random.random() < 0.9:
        document["mode"] = random.choice(sorted(event.attendance_mode.modes))
    answers = _answers(random, asked, document)
    document.pop("answers", None)
    if answers or random.random() < 0.3:
        document["answers"] = answers
    if random.random() < 0.1:
        document |= random.choice([{"schemaVersion": 1}, {"schemaVersion": 2}, {"@type": cls.__name__}, {"@type": "x"}])
    if random.random() < 0.05:
        document |= random.choice([{"eventUid": "another"}, {"sessionIds": ["s-none"]}])
    if random.random() < 0.05 and (people := [each for each in places(document) if each in _PEOPLE]):
        document = without(document, random.choice(people))
    for _ in range(random.choice([0, 0, 0, 0, 1, 2])):
        place = random.choice(list(places(document)))
        is_removed = random.random() < 0.3
        document = without(document, place) if is_removed else changed(document, place, random.choice(ODD))
    return document


def forms(number: int = EVENTS) -> Iterator[tuple[type, Event, list[Document]]]:
    """Yield events with questions in the call of a class, each with submissions of that class.

    Half of the calls ask for some of the optional fields only, and a third require some.
    """
    for index, event in enumerate(drawn(strategies.events(most_sessions=3), number)):
        random = Random(index)
        cls = SUBMISSIONS[index % len(SUBMISSIONS)]
        kind = KINDS[cls]
        asked = questions(random, event, kind)
        terms = _terms(random, cls, asked)
        call = evolve(event.call(kind) or Call(kind=kind, address_unknown=True), questions=asked, **terms)
        whole = evolve(event, calls=(*(each for each in event.calls if each.kind is not kind), call))
        yield cls, whole, [_submission(random, cls, whole, asked, terms) for _ in range(DOCUMENTS_EACH)]


def _terms(random: Random, cls: type, asked: tuple[Question, ...]) -> dict[str, Any]:
    """Return the fields for which a call asks, and those that it requires."""
    names = OPTIONAL[cls]
    compared = {
        key
        for question in asked
        if question.when is not None
        for key, part in (("membership", question.when.memberships), ("sessionIds", question.when.session_ids))
        if part
    }
    some = sorted(compared | {*random.sample(names, random.randrange(len(names)))})
    fields = random.choice([None, None, [] if not compared else some, some])
    known = names if fields is None else fields
    return {"fields": fields, "required": random.sample(known, min(len(known), random.choice([0, 0, 1, 2])))}


def _fitting(random: Random, document: Document, terms: dict[str, Any], others: list[Document]) -> Document:
    """Return a submission without most of the fields that are not asked for, and with most that are required."""
    for name in () if terms["fields"] is None else _names(document) - {*terms["fields"]}:
        if random.random() < 0.99:
            document = without(document, tuple(name.split(".")))
    for name in terms["required"]:
        *outer, key = name.split(".")
        holders = [each.get(outer[0]) if outer else each for each in others]
        values = [each[key] for each in holders if each and each.get(key)]
        if values and random.random() < 0.98 and (not outer or outer[0] in document):
            value = random.choice(values)
            document |= {outer[0]: {**document[outer[0]], key: value}} if outer else {key: value}
    return document


def _names(document: Document) -> set[str]:
    """Return the names of the optional fields that a submission has."""
    inner = {
        f"{key}.{each}" for key in ("participant", "requester", "pledger") for each in document.get(key, ()) if each
    }
    return {*document, *inner} & {name for names in OPTIONAL.values() for name in names}


def errors_of(validator: Validator[Any], document: Document) -> set[Code]:
    outcome: Outcome[Any] = validator(document)
    return {Code(each.code) for each in outcome.findings if each.severity is Severity.ERROR}


def judged(errors: set[Code], event: Event, document: Document) -> bool | None:
    """Return whether the reader and the rules accept what a schema can judge, and no session is named that is a draft.

    Whether the sessions that were chosen offer a mode is a rule between fields; one that neither the event nor any
    session offers is refused.

    Returns:
        None where a rule between fields keeps the reader from making the object that other rules are about.
    """
    if errors & JUDGED or _names_a_draft(event, document) or any(each.nature is Nature.SHAPE for each in errors):
        return False
    if errors & {Code.MODE_NOT_OFFERED, Code.SESSION_MODE_NOT_OFFERED} and not _is_offered(event, document):
        return False
    return None if any(each.nature is Nature.INVARIANT for each in errors) else True


def _names_a_draft(event: Event, document: Document) -> bool:
    chosen = document.get("sessionIds")
    drafts = [each.id for each in event.sessions if each.status is EventStatus.DRAFT]
    return isinstance(chosen, list) and any(each in chosen for each in drafts)


def _is_offered(event: Event, document: Document) -> bool:
    if event.attendance_mode is None:  # a draft without a place, which may get one of any mode
        return True
    offered = {event.attendance_mode, *map(event.mode_of, event.sessions)}
    asked = AttendanceMode(document.get("mode") or document["delivery"])
    return asked.modes <= {mode for each in offered if each is not None for mode in each.modes}


def validator_of(cls: type, event: Event) -> Validator[Any]:
    return Validator(cls, submission=True, dossier=Dossier(event=event), now=NOW)


def sessions_of_each_status() -> tuple[Session, ...]:
    """Return a session of each status, whose id is its status; a draft is unannounced."""
    slot = wtisd_23().slot
    assert slot is not None
    draft, scheduled, postponed, cancelled = (
        Session(id=each, title=text(f"Title of {each}"), slot=slot)
        for each in ("unannounced", "scheduled", "postponed", "cancelled")
    )
    at = datetime(2023, 4, 1, tzinfo=UTC)
    return evolve(draft, status=EventStatus.DRAFT), scheduled, postponed.postpone(at=at), cancelled.cancel(at=at)
