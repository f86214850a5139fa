"""Telling: what in plain JSON values keeps them from being an object, every place of it, in the order it was sent.

The classes here are the reference; the compiled readers have some of their own that say the same, quicker.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import Any, Final, NamedTuple, cast

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.findings import EnoughError, Finding, FindingCollector, finding, pointer
from wtisd_model.json.doubts import MISSING, NO_VALUE, NOT_YOURS, UNSOUND, is_doubt
from wtisd_model.json.json_types import JsonValue, safe_pointer_token
from wtisd_model.json.plans import plan_of, rules_of
from wtisd_model.json.scalars import LeafReader, Meant, about_choices, reader
from wtisd_model.schema.constraints import Constraint, Enumeration, Items, Leaf, Map, Nested, Pattern, Text, Timestamp
from wtisd_model.schema.fields import fields_of
from wtisd_model.schema.suggestions import Spellings, close_to


class Known(NamedTuple):
    """What is asked about the fields of a class: made once for each class, and each length of its texts."""

    fields: Mapping[str, tuple[int, str, "Tell"]]
    """By key: the bit of its number, the step of the path, and what tells about a value."""
    required: tuple[tuple[str, int], ...]
    """The keys of what has to be there, and the bits of their numbers."""
    rules: tuple[Any, ...]
    """The rules between fields (`wtisd_model.json.shaping.Rule`)."""
    unknown: Callable[[str], Finding]
    """What tells about a key that is not known, wherever it stands."""


@cache
def known_of(cls: type, text: Text | None, engine: Any) -> Known:
    """Say what is to be known about a class, whose free texts are narrowed to *text*."""
    specs = fields_of(cls)
    spellings = Spellings({name.casefold(): spec.key for spec in specs for name in (spec.key, spec.name)})
    return Known(
        fields={
            spec.key: (1 << number, pointer(spec.key), _tell(_narrowed(spec.constraint, text), engine))
            for number, spec in enumerate(specs)
        },
        required=tuple((spec.key, 1 << number) for number, spec in enumerate(specs) if spec.required),
        rules=rules_of(cls, engine),
        unknown=partial(_about_unknown, spellings, meant_by(engine)),
    )


def meant_by(engine: Any) -> Meant:
    """Give what finds what was meant: the engine's own, where it has one."""
    own: Meant = getattr(engine, "close_to", close_to)
    return own


def _narrowed(constraint: Constraint, text: Text | None) -> Constraint:
    """Give the node of a LocalizedText's field where the text is a title, say, and not a long one."""
    match constraint:
        case Text() if text is not None:
            return text
        case Map() if text is not None:
            return evolve(constraint, value=text)
        case _:
            return constraint


def _about_unknown(
    spellings: Spellings,
    find: Meant,
    key: str,
) -> Finding:
    meant = find(key, spellings)
    return finding(Code.KEY_UNKNOWN) if meant is None else finding(Code.KEY_UNKNOWN, suggestion=meant)


Told = Callable[[Any, Mapping[str, JsonValue], frozenset[str], Iterable[Finding]], Any]
"""Tells all that is wrong with a document: what was made of it, the document as it came, the keys that it may not have,
being a stranger's, and what was found beside its fields. It gives a `FindingCollector`."""


@cache
def teller(engine: Any) -> Told:
    """Give what tells about documents that were read with an engine: its own, where it has one."""
    told: Told = getattr(engine, "Teller", Teller)(partial(known_of, engine=engine)).told
    return told


class Teller:
    """Tells all that is wrong with documents; *known* says what is to be known about their classes."""

    def __init__(self, known: Callable[[type, Text | None], Known]) -> None:
        self._known = known

    def told(self, made: Any, sent: Mapping[str, JsonValue], office: frozenset[str], head: Iterable[Finding]) -> Any:
        """Tell all that is wrong with a document."""
        telling = Telling(head, self._known)
        if not is_doubt(made):
            for key in sent:
                if key in office:
                    telling.add(NOT_YOURS, safe_pointer_token(key))
            return telling.findings
        with suppress(EnoughError):
            telling.tell(made, "", sent if office else None, office)
        return telling.findings


class Telling:
    """Tells all that is wrong with a document, value by value.

    A finding that it is given with a path stays as it is, and may be one for many: what it keeps is a copy of its own.
    """

    def __init__(self, head: Iterable[Finding], known: Callable[[type, Text | None], Known]) -> None:
        self.findings: FindingCollector = FindingCollector(head)
        self._known = known

    def tell(
        self, doubt: Any, path: str, sent: Collection[str] | None = None, office: frozenset[str] = frozenset()
    ) -> None:
        """Tell about an object and what is in it. *sent* are its keys as they came, those of the *office* too."""
        plain, doubtful = doubt.plain, doubt.doubtful
        fields, required, rules, unknown = self._known(doubt.cls, doubt.text)
        unsound = 0
        for key in _looked_at(doubt) if sent is None else sent:
            if key in doubtful:
                bit, step, tell = fields[key]
                unsound |= bit
                tell(self, plain[key], doubtful[key], path + step)
            elif key in office:
                self.add(NOT_YOURS, path + safe_pointer_token(key))
            elif key not in fields:
                if self.findings.full:
                    self.findings.count()
                else:
                    self.add(unknown(key), path + safe_pointer_token(key))
            elif plain[key] is None:
                bit, step, _ = fields[key]
                unsound |= bit
                self.add(NO_VALUE, path + step)
        for key, bit in required:
            if not doubt.there & bit:
                unsound |= bit
                if key not in plain and key not in office:
                    self.add(MISSING, path + fields[key][1])
        for rule in rules:
            # One that lacks a field says nothing.
            if rule.about & doubt.there and not rule.asked & unsound:
                for found in rule.found(doubt.values):
                    self.add(found, path)

    def add(self, found: Any, path: str = "") -> None:
        """Keep a finding, or count it; one that is seen from where *path* leads."""
        if self.findings.full:
            self.findings.count()
            return
        self.findings.add(found.prefixed(path) if path else found)


def _looked_at(doubt: Any) -> Collection[str]:
    """Name the keys about which there may be something to tell; the others are good."""
    keys: Collection[str] = doubt.doubtful if doubt.all_known else doubt.plain
    return keys


# As values, so that type checkers do not take what is in a list or a dict for unknown.
_dict: Any = dict
_list: Any = list

_NO_TEXT: Final = finding(Code.WRONG_TYPE, expected="a string")
_NO_OBJECT: Final = finding(Code.WRONG_TYPE, expected="an object")
_NO_ARRAY: Final = finding(Code.WRONG_TYPE, expected="an array")

Tell = Callable[[Telling, Any, Any, str], None]
"""Tells about a value that is in doubt: the value, what was made of it, and its path."""


def _tell(constraint: Constraint, engine: Any) -> Tell:
    match constraint:
        case Nested():
            return _tell_part
        case Items(item=Nested(cls=cls, text=text)):
            return partial(_tell_parts, constraint, plan_of(cls, text, engine).held)
        case Items():
            return partial(_tell_items, constraint, reader(cast("Leaf", constraint.item), meant_by(engine)))
        case Map():
            return partial(_tell_entries, constraint, reader(constraint.key), reader(constraint.value))
        case Text(maximum=maximum):
            return partial(_tell_text, constraint, maximum, finding(Code.TEXT_TOO_LONG, maximum=maximum))
        case Pattern(hint=None):
            return partial(_tell_form, finding(constraint.code))
        case Pattern():
            return partial(_tell_pattern, constraint)
        case Timestamp():
            return partial(_tell_form, finding(Code.MOMENT_UNREADABLE))
        case Enumeration():
            return partial(_tell_choice, about_choices(constraint, meant_by(engine)))
        case _:
            return partial(_tell_leaf, reader(constraint, meant_by(engine)))


def _tell_text(
    constraint: Text, maximum: int, too_long: Finding, telling: Telling, value: Any, _made: Any, path: str
) -> None:
    if type(value) is str:
        telling.add(constraint.refusal(value) if len(value) <= maximum else too_long, path)
    else:
        telling.add(_NO_TEXT, path)


def _tell_form(no_such: Finding, telling: Telling, value: Any, _made: Any, path: str) -> None:
    telling.add(no_such if type(value) is str else _NO_TEXT, path)


def _tell_pattern(constraint: Pattern, telling: Telling, value: Any, _made: Any, path: str) -> None:
    is_text = type(value) is str
    telling.add(constraint.refusal(value, suggest=not telling.findings.full) if is_text else _NO_TEXT, path)


def _tell_choice(
    no_choice: Callable[[str, FindingCollector], Finding], telling: Telling, value: Any, _made: Any, path: str
) -> None:
    telling.add(no_choice(value, telling.findings) if type(value) is str else _NO_TEXT, path)


def _tell_leaf(read: LeafReader, telling: Telling, value: Any, _made: Any, path: str) -> None:
    telling.add(read(value, telling.findings), path)


def _tell_part(telling: Telling, _value: Any, made: Any, path: str) -> None:
    if made is UNSOUND:
        telling.add(_NO_OBJECT, path)
    else:
        telling.tell(made, path)


def _tell_parts(
    constraint: Items, held: Callable[[Any], Any], telling: Telling, values: Any, made: Any, path: str
) -> None:
    if not _has_items(constraint, telling, values, path):
        return
    for index, value in enumerate(values):
        # After so many doubts nothing more was made.
        one = made.made[index] if index < len(made.made) else held(value)
        if value is None:
            telling.add(NO_VALUE, path + f"/{index}")
        elif is_doubt(one):
            _tell_part(telling, value, one, path + f"/{index}")


def _tell_items(constraint: Items, read: LeafReader, telling: Telling, values: Any, _made: Any, path: str) -> None:
    if not _has_items(constraint, telling, values, path):
        return
    seen: set[object] = set()
    for index, item in enumerate([read(each, telling.findings) for each in values]):
        if type(item) is Finding:
            telling.add(item, path + f"/{index}")
        elif constraint.unique and item in seen:
            telling.add(finding(Code.ITEM_REPEATED, path + f"/{index}"))
        else:
            seen.add(item)


def _has_items(constraint: Items, telling: Telling, values: Any, path: str) -> bool:
    """Tell whether there are as many items as there may be, and say so where there are not."""
    if type(values) is not _list:
        telling.add(_NO_ARRAY, path)
        return False
    found = constraint.check_count(len(values))
    if found is not None:
        telling.add(found, path)
    return found is None


def _tell_entries(
    constraint: Map, read_key: LeafReader, read_value: LeafReader, telling: Telling, value: Any, _made: Any, path: str
) -> None:
    if type(value) is not _dict:
        telling.add(_NO_OBJECT, path)
        return
    if len(value) > constraint.maximum:
        telling.add(finding(Code.TOO_MANY_ITEMS, path, maximum=constraint.maximum))
        return
    for tag, each in value.items():
        found = read_key(tag, telling.findings)
        if type(found) is not Finding:
            found = read_value(each, telling.findings)
        if type(found) is Finding:
            telling.add(found, path + safe_pointer_token(tag))
