"""The header of a foreign table: the fields that columns may fill, the titles that lead to them, what is missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, takewhile
from operator import attrgetter
from typing import Final, NamedTuple, cast

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.columns.csv_rows import CsvRow, Line, rows_of
from wtisd_model.columns.item_texts import ITEM_TEXTS, ItemText
from wtisd_model.columns.table import ANY_TEXT, OTHER_ANSWERS, columns_of
from wtisd_model.findings import Finding, FindingCollector, errors_in, finding, pointer
from wtisd_model.locales import languages, locale_for, own_languages, shipped_languages
from wtisd_model.locales.locale import Locale
from wtisd_model.model.documents import questions_for
from wtisd_model.model.event import Event
from wtisd_model.model.interpreter import Interpreter
from wtisd_model.model.pledge_parts import Report
from wtisd_model.model.question import Question
from wtisd_model.model.registration import Entry, Wait
from wtisd_model.model.reply import Reply
from wtisd_model.model.session import Session
from wtisd_model.programme.format import Format
from wtisd_model.reading.codes_by_name import unambiguous
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
    own_titles: frozenset[str] = frozenset()
    """The same in languages that a program has added: none of them means the title of another field."""
    labels: Mapping[str, str] = {}
    """Its values by what people call them: casefolded labels, in any language."""
    question: Question | None = None
    """The question that it answers."""
    item_text: ItemText | None = None
    """How each object of the list that it holds is written as one text, if it is."""


def targets_of(cls: type) -> Mapping[str, TargetField]:
    """Return the fields of a class that a column may fill, by the names of the columns."""
    return _targets_in(cls, languages())


@cache
def _targets_in(cls: type, _known: frozenset[str]) -> Mapping[str, TargetField]:
    return {target.name: target for target in _targets(cls, "", (), None, Rank(is_optional=False, depth=1))}


def _targets(cls: type, names: str, keys: tuple[str, ...], list_at: int | None, rank: Rank) -> Iterator[TargetField]:
    for spec in fields_of(cls):
        name, path = f"{names}{spec.name}", (*keys, spec.key)
        match spec.constraint:
            case Nested(cls=inner):
                is_there = not spec.optional or spec.submitted is not None or (cls, spec.name) in _SUBJECTS
                is_optional = rank.is_optional or not is_there
                further = Rank(is_optional, rank.depth + (inner is not LocalizedText))
                for target in _targets(inner, f"{name}.", path, list_at, further):
                    is_text = inner is LocalizedText and target.keys[-1] == _TEXT
                    yield _called(target, cls, spec) if is_text else target
            case Items() if (cls, spec.name) in ITEM_TEXTS:
                target = TargetField(name=name, keys=path, leaf=ANY_TEXT, rank=rank, is_list=True)
                yield evolve(_called(target, cls, spec), item_text=ITEM_TEXTS[cls, spec.name])
            case Items(item=Nested(cls=inner)) if list_at is None:
                further = Rank(is_optional=True, depth=rank.depth + 1)
                for target in _targets(inner, f"{name}.", path, len(path), further):
                    yield evolve(target, titles=frozenset(), own_titles=frozenset()) if inner in _RECORDS else target
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

    def title(locale: Locale) -> str:
        return (locale.fields.get(f"{cls.__name__}.{spec.key}") or locale.fields.get(spec.key, spec.key)).casefold()

    def choices(locale: Locale) -> Iterator[tuple[str, str]]:
        yield from locale.choices.get(spec.key, {}).items()
        if spec.name == "kind" and cls in _KINDS:
            yield from _KINDS[cls](locale).items()

    shipped, own = (frozenset(map(title, known)) for known in _locales())
    titles = shipped | {spec.name.casefold(), spec.key.casefold()}
    return evolve(target, titles=titles, own_titles=own, labels=_labels(target.leaf, choices))


_SUBJECTS: Final = frozenset({(Interpreter, "contact")})
"""The person whom a row is about: a column that is called "Name" is not the name of their terms."""
_TEXT: Final = "text"
_TOO_SHORT: Final = 3
_RECORDS: Final = frozenset({Entry, Transition, Reply, Report, Wait})
"""What is noted about an object later: a column that is called "Comment" is not the comment of a reply."""
_KINDS: Final[Mapping[type, Callable[[Locale], Mapping[str, str]]]] = {
    Document: attrgetter("documents"),
    Session: attrgetter("sessions"),
}
"""What the kinds of objects are called that no form asks for."""


def _locales() -> tuple[Iterator[Locale], Iterator[Locale]]:
    """Return the words of the package, and those that a program has added."""
    return map(locale_for, shipped_languages()), map(locale_for, own_languages())


def _labels(leaf: Leaf, choices: Callable[[Locale], Iterable[tuple[str, str]]]) -> Mapping[str, str]:
    """Return the values of a field by their casefolded labels, without labels that more than one value has."""
    values = {member.value for member in leaf.members} if isinstance(leaf, Enumeration) else None

    def labelled(locale: Locale) -> Iterator[tuple[str, str]]:
        yield from ((value.casefold(), value) for value in values or ())
        for value, label in locale.choices["boolean"].items() if isinstance(leaf, Boolean) else choices(locale):
            if values is None or value in values:  # fields of the same name may have other values
                yield from ((value.casefold(), value), (label.casefold(), value))

    return unambiguous(*(chain.from_iterable(map(labelled, known)) for known in _locales()))


def answer_targets(cls: type, event: Event) -> dict[str, TargetField]:
    """Return the answers to the questions of an event that a column may fill, by the names of the columns."""
    answers = (*map(_answer, questions_for(cls, event)), _OTHER_ANSWERS)
    return {target.name: target for target in answers}


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
            cast("Leaf", leaf),
            lambda _: ((choice.id, label) for choice in question.choices for label in _texts(choice.label)),
        ),
        question=question,
    )


def _texts(text: LocalizedText) -> Iterator[str]:
    return (words for _, words in text.texts())


class TargetFields:
    """The fields that the columns of a table may fill, and the words that lead to them."""

    def __init__(self, cls: type, event: Event | None) -> None:
        self._by_name = {**targets_of(cls), **({} if event is None else answer_targets(cls, event))}
        self._names = Spellings()
        by_title: dict[str, list[TargetField]] = {}
        for target in self._by_name.values():
            for name in _spellings(target):
                self._names[name.casefold()] = target.name
        for titles in (attrgetter("titles"), attrgetter("own_titles")):
            earlier = frozenset(by_title)
            for target in self._by_name.values():
                for title in titles(target) - earlier:
                    by_title.setdefault(title, []).append(target)
        self._titles = {title: nearest.name for title, titled in by_title.items() if (nearest := _nearest(titled))}

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
        """Return the name of the column that was probably meant, or None.

        Of the titles in all languages, some are a letter away from any word of three: "No" from "Nom".
        """
        return close_to(word, self._spellings) if len(word) > _TOO_SHORT else None

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


@cache
def csv_format(cls: type, *, with_answers: bool = False) -> Format:
    """Return the format of tables with personal data: the fields that they carry of the objects of a class.

    Args:
        cls: Session, Registration, InterpretationRequest, Pledge, Interpreter, Booth or Assignment.
        with_answers: True if their event is passed to `to_csv` and `from_csv`, so that answers have columns.
    """
    carried = {*targets_of(cls), *(("answers",) if with_answers else ())}
    not_carried: dict[str, frozenset[str]] = {}
    waiting: list[tuple[type, str]] = [(cls, "")]
    while waiting:
        inner, names = waiting.pop()
        for spec in fields_of(inner):
            name = f"{names}{spec.name}"
            constraint = spec.constraint.item if isinstance(spec.constraint, Items) else spec.constraint
            if name in carried:
                continue
            if isinstance(constraint, Nested):
                waiting.append((constraint.cls, f"{name}."))
            else:
                not_carried[inner.__name__] = not_carried.get(inner.__name__, frozenset()) | {spec.name}
    return Format(name="csv", media_type="text/csv", extension=".csv", not_carried=not_carried)


Keys = tuple[str, ...]
"""The keys in JSON that lead to a value."""

ID: Final[Keys] = ("id",)

_NUMBERS: Final = frozenset({"no", "nr", "number"})
"""The headers of the ids of interpreters, unless another column has them."""

_AMOUNT: Final[Keys] = ("cost", "amount")
_CURRENCY: Final[Keys] = ("cost", "currency")

_MOST_COLUMNS: Final = 16_384  # as many as a sheet of Excel has


class _Fit(NamedTuple):
    """How well a row fits as the header."""

    is_whole: bool
    """True if it has a title for all that rows need."""
    known: int
    """The number of titles that are known."""
    cells: int


@frozen(kw_only=True)
class TableHeader:
    """The columns of a table."""

    titles: Sequence[str]
    """The titles of the columns, without empty ones at the end."""
    targets: Mapping[int, TargetField]
    """The field of each column that fills one, by its index."""
    joined: Sequence[Sequence[int]]
    """The indices of columns that fill one field together; only the first of them is among *targets*."""
    findings: FindingCollector
    """The columns that are left out and, as errors, why no row can be read."""

    @property
    def is_readable(self) -> bool:
        """True if rows can be read."""
        return not errors_in(self.findings.kept)


class HeaderReader:
    """A reader of headers.

    Args:
        cls: the class of the rows.
        targets: the fields that columns may fill.
        stated: the fields by the titles of their columns; None for a column to leave out.
        filled: the keys of the fields that have a value for all rows.
    """

    def __init__(
        self, cls: type, targets: TargetFields, stated: Mapping[str, TargetField | None], filled: Iterable[Keys]
    ) -> None:
        self._cls = cls
        self._targets = targets
        self._stated = stated
        self._filled = frozenset(filled)
        self._computed = {column.name for column in columns_of(cls) if targets.named(column.name) is None}

    def find(self, head: Sequence[Line], delimiters: Iterable[str], maximum: int) -> tuple[str, int]:
        """Return the delimiter of a table and the line of its header; the line is 0 if no row of the head can be read.

        The header is the first row with a title for everything that rows need; without such a row, it is the one with
        the most titles that are known. With the right delimiter, the header fits best and has the most cells. *maximum*
        is the length of a row in characters.
        """
        fits = [(*self._best(head, delimiter, maximum), delimiter) for delimiter in delimiters]
        _, line, delimiter = max(fits, key=lambda fit: fit[0])
        return delimiter, line

    def _best(self, head: Sequence[Line], delimiter: str, maximum: int) -> tuple[_Fit, int]:
        best, line = _Fit(is_whole=False, known=-1, cells=0), 0
        for row in takewhile(lambda row: row.refusal is None, rows_of(iter(head), delimiter, maximum)):
            if not row.is_blank:
                fit = self._fit(row)
                if fit[:2] > best[:2]:
                    best, line = fit, row.line
                if fit.is_whole:
                    break
        return best, line

    def _fit(self, row: CsvRow) -> _Fit:
        titles = _titles(row)
        if len(titles) > _MOST_COLUMNS:  # `read` refuses such a row
            return _Fit(is_whole=False, known=0, cells=len(row.cells))
        targets = [target for title in titles if (target := self._target(title)) is not None]
        known = len(targets) + sum(title in self._stated and self._stated[title] is None for title in titles)
        is_whole = known > 0 and not any(self._missing(titles, {target.keys for target in targets}))
        return _Fit(is_whole, known, len(row.cells))

    def read(self, row: CsvRow, *, is_first: bool) -> TableHeader:
        """Return which column fills which field; *is_first* is True if no row is above the header."""
        titles = _titles(row)
        findings = FindingCollector()
        path = pointer("lines", row.line)
        if len(titles) > _MOST_COLUMNS:
            findings.add(finding(Code.TOO_MANY_ITEMS, path, maximum=_MOST_COLUMNS))
            return TableHeader(titles=titles, targets={}, joined=(), findings=findings)
        if not is_first:
            findings.add(finding(Code.ROWS_ABOVE_HEADER, path))
        filling = self._filling(titles, path, findings)
        for name in self._missing(titles, set(filling)):
            findings.add(finding(Code.COLUMN_MISSING, path, field=name))
        return TableHeader(
            titles=titles,
            targets={columns[0]: target for target, columns in filling.values()},
            joined=[columns for _, columns in filling.values() if len(columns) > 1],
            findings=findings,
        )

    def _target(self, title: str) -> TargetField | None:
        return self._stated[title] if title in self._stated else self._targets.called(title)

    def _filling(
        self, titles: list[str], path: str, findings: FindingCollector
    ) -> dict[Keys, tuple[TargetField, list[int]]]:
        """Return the fields that have columns, each with the indices of its columns in the order of the caller."""
        stated = {each.keys for title in titles if (each := self._stated.get(title)) is not None}
        order = {title: number for number, title in enumerate(self._stated)}
        filling: dict[Keys, tuple[TargetField, list[int]]] = {}
        for index, (title, target) in enumerate(zip(titles, self._targets_by(titles), strict=True)):
            place = path + pointer("columns", index + 1)
            is_stated = title in self._stated
            if target is None or (target.keys in stated and not is_stated):
                if not is_stated and title not in self._computed:
                    meant = None if findings.full else self._targets.suggestion(title)
                    suggestion = {} if meant is None else {"suggestion": meant}
                    findings.add(finding(Code.COLUMN_UNSUPPORTED, place, **suggestion))
            elif target.keys not in filling:
                filling[target.keys] = target, [index]
            elif is_stated and all(titles[other] != title for other in filling[target.keys][1]):
                filling[target.keys][1].append(index)
            else:
                findings.add(at_header(finding(Code.COLUMN_REPEATED, place, field=target.name), title))
        if self._cls is Interpreter and _CURRENCY in filling and _AMOUNT not in {*filling, *self._filled}:
            index = filling.pop(_CURRENCY)[1][0]
            place = path + pointer("columns", index + 1)
            findings.add(at_header(finding(Code.COLUMN_UNSUPPORTED, place), titles[index]))
        for _, columns in filling.values():
            columns.sort(key=lambda index: order.get(titles[index], 0))
        return filling

    def _targets_by(self, titles: Sequence[str]) -> Sequence[TargetField | None]:
        """Return the field of each column; that with the number of an interpreter has the ids if no other one has."""
        targets = [self._target(title) for title in titles]
        has_ids = ID in self._filled or any(target is not None and target.keys == ID for target in targets)
        if has_ids or self._cls is not Interpreter:
            return targets
        numbers = {title for title in titles if title.casefold().removesuffix(".") in _NUMBERS} - self._stated.keys()
        return [
            self._targets.named("id") if target is None and title in numbers else target
            for title, target in zip(titles, targets, strict=True)
        ]

    def _missing(self, titles: Sequence[str], filled: set[Keys]) -> Iterator[str]:
        """Yield the names of the fields without a column or a default that rows need or the caller named."""
        missing = dict.fromkeys(target.name for title, target in self._stated.items() if target and title not in titles)
        filled = filled | self._filled | {ID}
        if self._cls is Interpreter and _AMOUNT not in filled:
            filled -= {_CURRENCY} - self._filled  # without an amount, it says nothing, like the default of one
        yield from dict.fromkeys((*missing, *_unfilled(self._cls, filled)))


def at_header(found: Finding, header: str) -> Finding:
    """Return a finding that also names the header of its column, which must be one that is known."""
    return evolve(found, params={**found.params, "header": header})


def _titles(row: CsvRow) -> list[str]:
    """Return the titles of columns in a row, without empty ones at its end."""
    titles = list(map(str.strip, row.cells))
    while titles and not titles[-1]:
        titles.pop()
    return titles


def _unfilled(
    cls: type, filled: set[Keys], keys: Keys = (), name: str = "", also: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yield the names of the fields that an object of *cls* needs, *also* included, and that nothing fills."""
    specs = fields_of(cls)
    may_be_purged = any(spec.purged and (*keys, spec.key) in filled for spec in specs)
    for spec in specs:
        path = (*keys, spec.key)
        is_filled = any(keys_filled[: len(path)] == path for keys_filled in filled)
        submitted = () if spec.submitted is None or may_be_purged else spec.submitted
        is_needed = spec.required or spec.key in also or (spec.submitted is not None and not may_be_purged)
        constraint = spec.constraint.item if isinstance(spec.constraint, Items) and is_filled else spec.constraint
        parts: list[str] = []
        if isinstance(constraint, Nested) and (is_needed or is_filled) and path not in filled:
            parts += _unfilled(constraint.cls, filled, path, f"{name}{spec.name}.", submitted)
        if is_needed and not is_filled:
            parts = parts or [f"{name}{spec.name}"]
        yield from parts
