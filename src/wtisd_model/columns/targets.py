"""The fields that the columns of a foreign table may fill, and the words that lead to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from operator import attrgetter
from typing import Final, NamedTuple, cast

from attrs import evolve, frozen

from wtisd_model.columns.answers import ANY_TEXT, OTHER_ANSWERS
from wtisd_model.locales import languages, locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.model.documents import questions_for
from wtisd_model.model.event import Event
from wtisd_model.model.pledge_parts import Report
from wtisd_model.model.question import Question
from wtisd_model.model.reply import Reply
from wtisd_model.model.session import Session
from wtisd_model.programme.names import unambiguous
from wtisd_model.schema.constraints import Boolean, Date, Enumeration, Items, Leaf, Nested, compiled
from wtisd_model.schema.fields import FieldSpec, fields_of
from wtisd_model.schema.suggestions import Spellings, close_to
from wtisd_model.types.document import Document
from wtisd_model.types.language import LANGUAGE, LocalizedText
from wtisd_model.types.lifecycle import Transition
from wtisd_model.types.timeslot import TimeSlot

SLOT_DATE: Final = "date"
"""The key of the day of a slot whose start and end have times only; tables have it, and JSON does not."""


class Rank(NamedTuple):
    """How far a field is from the object that a row describes: of two with the same title, the nearer one is meant."""

    is_optional: bool
    """True if it belongs to an object that need not be there, or to one of several."""
    depth: int


@frozen(kw_only=True, eq=False)
class TargetField:
    """A field that a column may fill."""

    name: str
    """The name of the column, as `to_csv` writes it."""
    keys: tuple[str, ...]
    """The keys in JSON that lead to its value."""
    leaf: Leaf
    """The constraint of a single value."""
    rank: Rank
    is_list: bool = False
    """True if the field holds a list of values."""
    list_at: int | None = None
    """The number of keys that lead to the list of objects it belongs to, if there is one."""
    titles: frozenset[str] = frozenset()
    """What people call it: casefolded titles, in any language."""
    labels: Mapping[str, str] = {}
    """Its values by what people call them: casefolded labels, in any language."""
    question: Question | None = None
    """The question that it answers."""


@cache
def targets_of(cls: type) -> Mapping[str, TargetField]:
    """Return the fields of a class that a column may fill, by the names of the columns."""
    return {each.name: each for each in _targets(cls, "", (), None, Rank(is_optional=False, depth=1))}


def _targets(cls: type, names: str, keys: tuple[str, ...], list_at: int | None, rank: Rank) -> Iterator[TargetField]:
    for spec in fields_of(cls):
        name, path = f"{names}{spec.name}", (*keys, spec.key)
        match spec.constraint:
            case Nested(cls=inner):
                is_optional = rank.is_optional or (spec.optional and spec.submitted is None)
                further = Rank(is_optional, rank.depth + (inner is not LocalizedText))
                for each in _targets(inner, f"{name}.", path, list_at, further):
                    is_text = inner is LocalizedText and each.keys[-1] == _TEXT
                    yield _called(each, cls, spec) if is_text else each
            case Items(item=Nested(cls=inner)) if list_at is None:
                further = Rank(is_optional=True, depth=rank.depth + 1)
                for each in _targets(inner, f"{name}.", path, len(path), further):
                    yield evolve(each, titles=frozenset()) if inner in _RECORDS else each
            case Items(item=leaf) if list_at is None and isinstance(leaf, Leaf):
                yield _called(TargetField(name=name, keys=path, leaf=leaf, rank=rank, is_list=True), cls, spec)
            case leaf if isinstance(leaf, Leaf):
                yield _called(TargetField(name=name, keys=path, leaf=leaf, rank=rank, list_at=list_at), cls, spec)
            case _:
                pass
    if cls is TimeSlot:
        day = TargetField(name=f"{names}{SLOT_DATE}", keys=(*keys, SLOT_DATE), leaf=Date(), rank=rank, list_at=list_at)
        yield evolve(day, titles=frozenset({SLOT_DATE}))


def _called(target: TargetField, cls: type, spec: FieldSpec) -> TargetField:
    """Return a field with the titles and labels of *spec*: its own, or that of the text with its language."""
    if cls is LocalizedText:
        return target
    titles = {spec.name, spec.key}
    choices: list[tuple[str, str]] = []
    for locale in _locales():
        titles.add(locale.fields.get(f"{cls.__name__}.{spec.key}") or locale.fields.get(spec.key, spec.key))
        choices += locale.choices.get(spec.key, {}).items()
        if spec.name == "kind" and cls in _KINDS:
            choices += _KINDS[cls](locale).items()
    return evolve(target, titles=frozenset(map(str.casefold, titles)), labels=_labels(target.leaf, choices))


_TEXT: Final = "text"
_RECORDS: Final = frozenset({Transition, Reply, Report})
"""What is noted about an object later: a column that is called "Comment" is not the comment of a reply."""
_KINDS: Final[Mapping[type, Callable[[Locale], Mapping[str, str]]]] = {
    Document: attrgetter("documents"),
    Session: attrgetter("sessions"),
}
"""What the kinds of objects are called that no form asks for."""


def _locales() -> Iterator[Locale]:
    return map(locale_for, sorted(languages()))


def _labels(leaf: Leaf, choices: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the values of a field by their casefolded labels, without labels that more than one value has."""
    if isinstance(leaf, Boolean):
        choices = (pair for locale in _locales() for pair in locale.choices["boolean"].items())
    elif isinstance(leaf, Enumeration):  # fields of the same name may have other values
        values = {each.value for each in leaf.members}
        choices = [*zip(values, values, strict=True), *(each for each in choices if each[0] in values)]
    return unambiguous((text.casefold(), pair[0]) for pair in choices for text in pair)


def answer_targets(cls: type, event: Event) -> dict[str, TargetField]:
    """Return the answers to the questions of an event that a column may fill, by the names of the columns."""
    found = (*map(_answer, questions_for(cls, event)), _OTHER_ANSWERS)
    return {each.name: each for each in found}


_NEAREST: Final = Rank(is_optional=False, depth=1)
_OTHER_ANSWERS: Final = TargetField(name=OTHER_ANSWERS, keys=("answers",), leaf=ANY_TEXT, rank=_NEAREST)


def _answer(question: Question) -> TargetField:
    constraint = question.constraint
    leaf = constraint.item if isinstance(constraint, Items) else constraint
    return TargetField(
        name=f"answers.{question.id}",
        keys=("answers", question.id),
        leaf=cast("Leaf", leaf),
        rank=_NEAREST,
        is_list=isinstance(constraint, Items),
        titles=frozenset(map(str.casefold, _texts(question.label))),
        labels=_labels(
            cast("Leaf", leaf), ((choice.id, label) for choice in question.choices for label in _texts(choice.label))
        ),
        question=question,
    )


def _texts(text: LocalizedText) -> Iterator[str]:
    return (each for _, each in text.texts())


class TargetFields:
    """The fields that the columns of a table may fill, and the words that lead to them."""

    def __init__(self, cls: type, event: Event | None) -> None:
        self._by_name = {**targets_of(cls), **({} if event is None else answer_targets(cls, event))}
        self._names = Spellings()
        by_title: dict[str, list[TargetField]] = {}
        for target in self._by_name.values():
            for name in _spellings(target):
                self._names[name.casefold()] = target.name
            for title in target.titles:
                by_title.setdefault(title, []).append(target)
        self._titles = {title: nearest.name for title, each in by_title.items() if (nearest := _nearest(each))}

    def named(self, name: str) -> TargetField | None:
        """Return the field that a name of a column means, as `to_csv` or JSON spell it."""
        folded = name.casefold()
        if name in self._by_name:  # the ids of two questions may differ in case only
            return self._by_name[name]
        if folded in self._names:
            return self._by_name[self._names[folded]]
        translated = compiled(r"(.+)\.translations\.([^.]+)").fullmatch(name)
        if translated is None or LANGUAGE.check(translated[2]) is not None:
            return None
        base = self._names.get(translated[1].casefold())
        text = None if base is None else self._by_name[base]
        if text is None or text.keys[-1] != _TEXT:
            return None
        keys = (*text.keys[:-1], "translations", translated[2])
        return TargetField(
            name=f"{text.name.removesuffix(_TEXT)}translations.{translated[2]}",
            keys=keys,
            leaf=text.leaf,
            rank=text.rank,
            list_at=text.list_at,
        )

    def called(self, header: str) -> TargetField | None:
        """Return the field that a header names or that has this title, if there is only one."""
        name = self._titles.get(header.casefold())
        return self.named(header) or (None if name is None else self._by_name[name])

    def suggestion(self, word: str) -> str | None:
        """Return the name of the column that was probably meant, or None."""
        return close_to(word, self._spellings)

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(self._titles | self._names)


def _spellings(target: TargetField) -> Iterator[str]:
    """Yield the names of a field: with the names or the keys of its fields, and short for a text with its language."""
    for name in (target.name, ".".join(target.keys)):
        yield name
        if target.keys[-1] == _TEXT:
            yield name.removesuffix(f".{_TEXT}")


def _nearest(targets: Sequence[TargetField]) -> TargetField | None:
    """Return the field that is nearer than all others, if there is one."""
    first, *others = sorted(targets, key=attrgetter("rank"))
    return None if others and others[0].rank == first.rank else first
