"""The JSON Schema of the form of one event: it draws the form, and validates what people fill in."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from attrs import evolve

from wtisd_model.json.json_schema import Schema, value_schema
from wtisd_model.locales import locale_for
from wtisd_model.model.documents import CALL_KINDS, questions_for
from wtisd_model.model.event import Event
from wtisd_model.model.question import Condition, Question, QuestionKind
from wtisd_model.model.session import EventStatus, Session
from wtisd_model.model.submissions import all_modes, form_fields
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode, SeatId
from wtisd_model.types.language import LANGUAGE, LocalizedText
from wtisd_model.types.text import LONG

# Programs that draw forms fill in a `const`, and some an `enum` of one value: they would agree for the person.
_AGREEMENT: Final[Schema] = {"type": "boolean", "not": {"const": False}}


SeatsLeft = Mapping[ParticipationMode, Mapping[SeatId, int]]
"""The number of seats that are left in each mode, wherever they are limited."""


# Why: docs/decisions/0023
class FormSchema:
    """The form in which people submit an object of a class for an event, in one language.

    It is the *published* schema of a submission with the fields and questions of the call of the event, its modes and
    sessions, and with words for people instead of descriptions for programmers. It refuses what the reader refuses, and
    what the rules refuse about a field, an answer, a mode, a session or the uid of the event. What is only warned about
    can be sent.

    Only sessions that are held are offered. A cancelled one can be sent, but is not drawn. A draft is not announced:
    the form neither names nor accepts it, although the office may register people for it. Where no seat is *left* for
    a newcomer, the titles of modes and sessions say so.
    """

    def __init__(
        self, published: Schema, cls: type, event: Event, language: str | None, left: SeatsLeft | None = None
    ) -> None:
        self._published, self._cls, self._event, self._language = published, cls, event, language
        self._call, self._left = event.call(CALL_KINDS[cls]), left or {}
        self._locale = locale_for(language or event.title.language)
        self._questions = {question.id: question for question in questions_asked(cls, event)}
        self._definitions: Schema = {}

    def schema(self) -> Schema:
        """Return the schema of the form."""
        published = self._published
        self._limit_to_call()
        fields: Schema = self._localized(published, self._cls.__name__)["properties"]
        self._narrow(fields)
        unasked = {"@type", "schemaVersion", "$schema", "privacyNotice"}
        if not any(session.status.is_held for session in self._event.sessions):
            unasked.add("sessionIds")
        undrawn = {key: fields.pop(key) for key in list(fields) if key in unasked}
        answers = fields.pop("answers")["title"]
        if self._questions:
            fields["answers"] = self._answers(answers)
        else:
            undrawn["answers"] = {"type": "object", "maxProperties": 0}
        required = any(question.required and question.when is None for question in self._questions.values())
        return {
            "$schema": published["$schema"],
            "title": self._text(self._event.title),
            "description": str(self._locale.participation[CALL_KINDS[self._cls]]),
            "type": "object",
            "properties": fields,
            "required": [*published["required"], *(["answers"] if required else [])],
            "propertyNames": {"enum": [*undrawn, *fields]},
            # People are not asked for an undrawn field, but a submission may have it: a form draws `properties`, and
            # `then` where its condition is met.
            "allOf": [
                *({"if": {"required": [key]}, "then": {"properties": {key: field}}} for key, field in undrawn.items()),
                *(
                    self._conditional(question, question.when)
                    for question in self._questions.values()
                    if question.when is not None
                ),
            ],
            "$defs": self._definitions,
        }

    def _limit_to_call(self) -> None:
        """Leave out the fields for which the call does not ask, and require those that it requires."""
        form = form_fields(self._event, CALL_KINDS[self._cls])
        for steps in form.unasked if form else ():
            del self._holder(steps)["properties"][steps[-1]]
        for steps in form.required if form else ():
            holder = self._holder(steps)
            holder["required"].append(steps[-1])
            field = holder["properties"][steps[-1]]
            if field.get("type") == "array":
                field["minItems"] = 1
            if field.get("type") == "boolean":  # a box that nobody ticks is not sent, and would be no answer
                field |= self._yes_or_no()

    def _holder(self, steps: list[str]) -> Schema:
        """Return the schema of the object with the last of the *steps*, which no other field shares."""
        if len(steps) == 1:
            return self._published
        field, definitions = self._published["properties"][steps[0]], self._published["$defs"]
        if steps[0] not in definitions:
            shared = field["allOf"][0]["$ref"].removeprefix("#/$defs/")
            definitions[steps[0]] = deepcopy(definitions[shared])
            field["allOf"] = [{"$ref": f"#/$defs/{steps[0]}"}]
        found: Schema = definitions[steps[0]]
        return found

    def _localized(self, schema: Schema, owner: str, key: str = "") -> Schema:
        """Return a published schema with titles and labels; *owner* is the class that has the field *key*."""
        rest = {keyword: value for keyword, value in schema.items() if keyword not in {"title", "description"}}
        match rest:
            case {"$ref": reference}:
                return self._reference(reference, key)
            case {"allOf": [{"$ref": reference}], **others}:
                return {**self._reference(reference, key), **others}
            case {"pattern": LANGUAGE.pattern}:
                self._definitions["language"] = {"description": str(self._locale.hints["language"]), **rest}
                return {"$ref": "#/$defs/language"}
            case {"pattern": LONG.pattern}:  # of several lines
                return {**rest, "contentMediaType": "text/plain"}
            case {"items": item}:
                return {**rest, "items": self._localized(item, owner, key)}
            case {"properties": properties}:
                titles = self._locale.fields
                return {
                    **rest,
                    "properties": {
                        name: _titled(
                            titles.get(f"{owner}.{name}") or titles.get(name, name),
                            self._locale.hints.get(name),
                            self._localized(field, owner, name),
                        )
                        for name, field in properties.items()
                    },
                }
            case _:
                return rest

    def _reference(self, reference: str, key: str) -> Schema:
        """Return the choices of the field *key* with their labels, or a reference to a definition of this form."""
        name = reference.removeprefix("#/$defs/")
        definition = self._published["$defs"][name]
        if key in self._locale.choices:
            labels = self._locale.choices[key]
            return _one_of("string", {word: labels[word] for word in definition["enum"]})
        if name not in self._definitions:
            self._definitions[name] = self._localized(definition, definition["title"])
        return {"$ref": reference}

    def _narrow(self, fields: Schema) -> None:
        """Limit fields to the event, and to the modes and sessions that it offers."""
        fields["eventUid"] = {"title": fields["eventUid"]["title"], "type": "string", "const": self._event.uid}
        modes = all_modes(self._event)
        for field in (fields[key] for key in ("mode", "delivery") if key in fields):
            offered = {choice["const"]: AttendanceMode(choice["const"]).modes for choice in field["oneOf"]}
            field["oneOf"] = [
                {**choice, "title": self._with_seats(choice["title"], None, offered[choice["const"]])}
                for choice in field["oneOf"]
                if modes is None or offered[choice["const"]] <= modes
            ]
        if "sessionIds" in fields:
            sessions = self._event.sessions
            in_order = sorted(sessions, key=lambda session: session.slot.starts_at)
            held = _some_of("string", [self._session(session) for session in in_order if session.status.is_held])
            cancelled = [session.id for session in sessions if session.status is EventStatus.CANCELLED]
            fields["sessionIds"]["items"] = {"if": {"enum": cancelled}, "else": held} if cancelled else held

    def _answers(self, title: str) -> Schema:
        """Return the schema of the answers to all questions, with those that are always asked."""
        always = [question for question in self._questions.values() if question.when is None]
        return {
            "title": title,
            "type": "object",
            "properties": {question.id: self._answer(question) for question in always},
            "required": [question.id for question in always if question.required],
            "propertyNames": {"enum": list(self._questions)},
        }

    def _answer(self, question: Question) -> Schema:
        """Return the schema of the answers to a question, with its label and help."""
        labels = {choice.id: self._text(choice.label) for choice in question.offered}
        match question.kind:
            case QuestionKind.AGREEMENT:
                schema = _AGREEMENT
            case QuestionKind.BOOLEAN:
                schema = self._yes_or_no()
            case QuestionKind.CHOICE:
                schema = _one_of("string", labels)
            case QuestionKind.CHOICES:
                counted = value_schema(question.constraint, None, {}, submission=True)
                schema = {**counted, "items": _one_of("string", labels)}
            case _:
                plain = value_schema(question.constraint, None, self._published["$defs"], submission=True)
                schema = self._localized(plain, "")
        hint = self._locale.hints.get(question.kind) if question.help is None else self._text(question.help)
        return _titled(self._text(question.label), hint, schema)

    def _yes_or_no(self) -> Schema:
        words = self._locale.choices["boolean"]
        return _one_of("boolean", {True: words["true"], False: words["false"]})

    def _conditional(self, question: Question, when: Condition) -> Schema:
        """Return the schema that has a question in a submission that meets its condition, and no answer in others."""
        self._definitions[f"asked-{question.id}"] = self._condition(when)
        answers: Schema = {"type": "object", "properties": {question.id: self._answer(question)}}
        then: Schema = {"properties": {"answers": answers}}
        if question.required:
            answers["required"], then["required"] = [question.id], ["answers"]
        return {
            "if": {"$ref": f"#/$defs/asked-{question.id}"},
            "then": then,
            "else": {"properties": {"answers": {"type": "object", "not": {"required": [question.id]}}}},
        }

    def _condition(self, when: Condition) -> Schema:
        """Return the schema of the submissions that meet a condition."""
        parts: list[Schema] = []
        if when.question is not None:
            other = self._questions[when.question]
            if other.when is not None:
                parts.append({"$ref": f"#/$defs/asked-{other.id}"})
            several = other.kind is QuestionKind.CHOICES
            parts.append(_has("answers", _has(other.id, _meets(when.answers, several=several))))
        if when.modes:
            parts.append(_has("mode", _meets(when.modes)))
        if when.memberships:
            parts.append(_has("membership", _meets(when.memberships)))
        if when.session_ids:
            parts.append(_has("sessionIds", _meets(when.session_ids, several=True)))
        return {"allOf": parts}

    def _session(self, session: Session) -> Schema:
        """Return the choice of a session, described by its start in local time."""
        mode, dates, start = self._event.mode_of(session), self._locale.dates, session.slot.start
        offered = frozenset(ParticipationMode if mode is None else mode.modes)
        return {
            "const": session.id,
            "title": self._with_seats(self._text(session.title), session.id, offered),
            "description": str(dates.format_day(start) if session.slot.whole_days else dates.format_moment(start)),
        }

    def _with_seats(self, title: str, place: SeatId, offered: Collection[ParticipationMode]) -> str:
        """Return the title of a session, or of a mode at the event, which says in which modes no seat is left."""
        full = [mode for mode in sorted(offered) if self._left.get(mode, {}).get(place) == 0]
        if not full:
            return title
        words, is_waiting = self._locale.seats, self._call is not None and self._call.waitlist
        note = words["waiting" if is_waiting else "full"]
        if len(full) < len(offered):
            note = f"{self._locale.choices['mode'][full[0]]}{self._locale.colon}{note}"
        return str(words["noted"].format(title=title, note=note))

    def _text(self, text: LocalizedText) -> str:
        return text.in_language(self._language)[0]


def resolved(field: Schema, form: Schema) -> Schema:
    """Return the schema of a field with what it refers to in the schema of its form."""
    definition = form["$defs"].get(field.get("$ref", "").removeprefix("#/$defs/"), {})
    return {**definition, **field, "required": [*definition.get("required", ()), *field.get("required", ())]}


def answers_in(form: Schema) -> Mapping[str, tuple[Schema, Schema | None]]:
    """Return the schema of the answer to each question of a form, and its condition if it has any, in their order."""
    if "answers" not in form["properties"]:
        return {}
    answers = form["properties"]["answers"]
    found: dict[str, tuple[Schema, Schema | None]] = {id_: (part, None) for id_, part in answers["properties"].items()}
    for part in form["allOf"]:
        asked = part["then"]["properties"].get("answers", {}).get("properties", {})
        found |= {id_: (answer, part["if"]) for id_, answer in asked.items()}
    return {id_: found[id_] for id_ in answers["propertyNames"]["enum"]}


def questions_asked(cls: type, event: Event) -> Iterator[Question]:
    """Yield the questions of the form, without draft sessions in their conditions.

    Those about drafts alone are omitted, and those that follow from a question that is not in the form.
    """
    drafts = frozenset(session.id for session in event.sessions if session.status is EventStatus.DRAFT)
    offered: set[str | None] = {None}
    for question in questions_for(cls, event):
        when = question.when
        if question.retired or (when is not None and when.question not in offered):
            continue
        if when is None or when.session_ids.isdisjoint(drafts):
            yield question
        elif when.session_ids <= drafts:
            continue
        else:
            yield evolve(question, when=evolve(when, session_ids=when.session_ids - drafts))
        offered.add(question.id)


def _titled(title: str, description: str | None, schema: Schema) -> Schema:
    return {"title": str(title), **({} if description is None else {"description": str(description)}), **schema}


def _one_of(type_: str, labels: Mapping[Any, str]) -> Schema:
    return _some_of(type_, [{"const": value, "title": str(label)} for value, label in labels.items()])


def _some_of(type_: str, choices: list[Schema]) -> Schema:
    """Return the schema of a value that is one of some choices; a `oneOf` must not be empty."""
    return {"type": type_, **({"oneOf": choices} if choices else {"not": {}})}


def _meets(values: Iterable[str | bool], *, several: bool = False) -> Schema:
    """Return the schema of a value that is one of *values*, or of *several* that contain one."""
    schema = {"enum": sorted(value if isinstance(value, bool) else str(value) for value in values)}
    return {"type": "array", "contains": schema} if several else schema


def _has(key: str, schema: Schema) -> Schema:
    return {"type": "object", "properties": {key: schema}, "required": [key]}
