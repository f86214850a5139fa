"""Cleaning of HTML forms: the texts that a browser sends become a payload that can be validated.

Only what forms do to every value is undone. What cannot be cleaned is kept, so that validation reports it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, pointer
from wtisd_model.json.decoder import readable_part
from wtisd_model.json.text_values import ABSENT, CleanPhone, phone_cleaner, value_of_text
from wtisd_model.model.documents import document_name, questions_for
from wtisd_model.model.event import Event
from wtisd_model.model.question import ANSWER
from wtisd_model.rules.context import Questionnaire
from wtisd_model.schema.constraints import Constraint, Items, Leaf, Map, Nested, compiled
from wtisd_model.schema.fields import fields_of
from wtisd_model.schema.json_values import AnyJson, AnyOf, is_array, is_object


def clean_form(
    cls: type, source: Mapping[str, Any], *, event: Event | None = None, country: str | None = None
) -> dict[str, Any]:
    """Return the fields that an HTML form sent as a payload for `validate`.

    Names such as ``participant.name``, ``participant[name]``, ``partners[0].name`` and ``sessionIds[]`` become objects
    and arrays. Outer blanks are removed, and fields left empty are dropped. Texts become numbers, true or false, and
    arrays where the field holds these; telephone numbers lose their separators. A value that its field accepts is never
    changed, and what cannot be cleaned is kept.

    Args:
        cls: the class of the document.
        source: values by the names of fields: a mapping to texts or lists of texts, or the multi-dict of a web
            framework. Objects, arrays and values that are not texts may be among them.
        event: the event whose questions are answered, in fields such as ``answers.tshirt``. Answers to questions that
            are not asked beside the others are dropped, since browsers also send what a form hides. Without it, answers
            stay texts. So do the answers in the conditions of questions.
        country: the country (ISO 3166-1 alpha-2) of telephone numbers without a country code. These need the extra
            ``phone``.

    Raises:
        TypeError: *cls* is not a document; *source* is not a mapping; *event* is not an Event, or *cls* responds
            to none.
        InvalidValueError: ``country-unknown``.
        ImportError: *country* is passed, and phonenumbers is not installed.
    """
    document_name(cls)
    if not isinstance(cast("object", source), Mapping):
        raise TypeError("source must be a mapping from the names of fields.")
    questions = () if event is None else questions_for(cls, event)
    constraints: dict[str, Constraint] = {question.id: question.constraint for question in questions}
    payload = _Cleaner(constraints, phone_cleaner(country)).object(cls, _nested(dict(_items(source))))
    if questions and is_object(payload.get("answers")):
        _drop_unasked(payload, Questionnaire(questions).findings(readable_part(cls, payload), stored=False))
    return payload


_MOST_STEPS: Final = 32  # as many levels as a payload may have


def _drop_unasked(payload: dict[str, Any], findings: Iterable[Finding]) -> None:
    """Remove answers to questions that are not asked: a browser sends also what is hidden since another answer."""
    unasked = {found.path for found in findings if found.code == Code.ANSWER_NOT_ASKED}
    if unasked:
        answers = payload.pop("answers").items()
        kept = {id_: answer for id_, answer in answers if pointer("answers", id_) not in unasked}
        payload |= {"answers": kept} if kept else {}


def _items(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a form with their values; a multi-dict has a list of them."""
    # Werkzeug, Django and Starlette call it getlist, multidict calls it getall.
    values_of = getattr(data, "getlist", None) or getattr(data, "getall", None) or data.__getitem__
    return ((name, values_of(name)) for name in data)


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    """Return a form whose names are split into the keys of objects; a name that cannot be split is kept."""
    spellings: dict[tuple[str, ...], list[str]] = {}
    for name in flat:
        spellings.setdefault(_steps(name), []).append(name)
    root: dict[str, Any] = {}
    ours = {id(root)}
    for steps, names in sorted(spellings.items(), key=lambda each: len(each[0]) > 1):  # the keys of the root first
        node = root
        for step in steps[:-1]:
            below = node.get(step, "")
            if id(below) not in ours:
                if not is_object(below) and not _is_blank(below):
                    break
                # An object of the caller is copied, not changed.
                below = node[step] = dict(below) if is_object(below) else {}
                ours.add(id(below))
            node = below
        else:
            if _is_blank(node.get(steps[-1], "")):
                node[steps[-1]] = _together([flat[name] for name in names])
                continue
        root.update((name, flat[name]) for name in names)
    return root


def _together(values: list[Any]) -> Any:
    """Return the values of one field under each of its names as those of one name."""
    given = [value for value in values if not _is_blank(value)]
    if len(given) > 1:
        return [each for value in given for each in (value if is_array(value) else [value])]
    return (given or values)[0]


def _is_blank(value: Any) -> bool:
    """Return True for a text that is empty or blank, and for a list of these."""
    return all(type(each) is str and not each.strip() for each in (value if is_array(value) else [value]))


def _steps(name: str) -> tuple[str, ...]:
    """Return the keys in a name; a name that cannot be split is itself a key."""
    if not isinstance(cast("object", name), str) or not 0 < name.count(".") + name.count("[") < _MOST_STEPS:
        return (name,)
    if not compiled(r"[^.\[\]]+(?:\.[^.\[\]]+|\[[^\[\]]*\])+").fullmatch(name):
        return (name,)
    steps = [bracketed or dotted for bracketed, dotted in compiled(r"\[([^\[\]]*)\]|([^.\[\]]+)").findall(name)]
    if not steps[-1]:  # PHP and Rails write "[]" after the name of an array
        del steps[-1]
    return tuple(steps) if all(steps) else (name,)


class _Cleaner:
    """Cleans values by the constraints of their fields."""

    def __init__(self, questions: dict[str, Constraint], clean_phone: CleanPhone) -> None:
        self._questions = questions
        self._clean_phone = clean_phone

    def object(self, cls: type, value: dict[str, Any]) -> dict[str, Any]:
        """Return an object with its fields cleaned; unknown keys are kept."""
        constraints = {spec.key: spec.constraint for spec in fields_of(cls)}
        return self._entries(value, constraints.get)

    def _entries(self, value: dict[str, Any], constraint_of: Callable[[str], Constraint | None]) -> dict[str, Any]:
        cleaned: dict[str, Any] = {}
        for key, each in value.items():
            constraint = constraint_of(key)
            made = each if constraint is None else self._value(constraint, each)
            if made is not ABSENT:
                cleaned[key] = made
        return cleaned

    def _value(self, constraint: Constraint, value: Any) -> Any:
        match constraint:
            case Nested(cls=cls):
                return self._unless_emptied(value, self.object(cls, value)) if is_object(value) else value
            case Map(value=member) if is_object(value):
                questions = self._questions if member is ANSWER else {}
                return self._unless_emptied(value, self._entries(value, lambda key: questions.get(key, member)))
            case AnyOf(kinds=kinds) if type(value) is str:  # the answer to a question that is not known
                return self._leaf(kinds[str], value)
            case Items(item=item):
                items = _as_list(value)
                if not is_array(items):
                    return value
                made = [self._value(item, each) for each in items]
                return self._unless_emptied(items, [each for each in made if each is not ABSENT])
            case Map() | AnyOf() | AnyJson():
                return value
            case _:
                is_single = is_array(value) and len(value) == 1 and not is_array(value[0])
                return self._leaf(constraint, value[0] if is_single else value)

    @staticmethod
    def _unless_emptied(before: Any, after: Any) -> Any:
        return ABSENT if before and not after else after

    def _leaf(self, constraint: Leaf, value: Any) -> Any:
        return value_of_text(constraint, value, self._clean_phone) if type(value) is str else value


def _as_list(value: Any) -> Any:
    """Return the items of an array, for which a form has a single text, or values by their indices."""
    if type(value) is str:
        return [value]
    if is_object(value) and value and all(compiled(r"[0-9]{1,9}").fullmatch(str(key)) for key in value):
        return [value[key] for key in sorted(value, key=int)]
    return value
