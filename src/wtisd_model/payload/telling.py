"""Telling: what in plain JSON values keeps them from being an object, every place of it, in the order it was sent."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from inspect import Parameter, signature
from operator import itemgetter
from typing import Any, cast

from attrs import evolve, frozen

from wtisd_model.codes import Code
from wtisd_model.fields import Invariant, fields_of, form_of, invariants_of
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.nodes import Entries, Items, Leaf, Nested, Node, Pattern, Text
from wtisd_model.payload.doubts import Doubt, Shaper, is_doubt, is_object
from wtisd_model.payload.gathered import EnoughError, Gathered
from wtisd_model.payload.leaves import Reader, reader
from wtisd_model.payload.plain import JsonValue, shown
from wtisd_model.payload.shaping import SHAPERS
from wtisd_model.suggestions import Spellings, close_to

Rule = Callable[[tuple[Any, ...]], Iterable[Finding]]
"""A rule between fields, asked with the values of all fields."""


@frozen(eq=False, repr=False)
class _Plan:
    """What is asked about the fields of a class: made once for each class, and each length of its texts."""

    fields: Mapping[str, tuple[str, str, "Tell"]]
    """By key: the name, the step of the path, and what tells about a value."""
    spellings: Spellings
    """What people write for a key, casefolded: the key, or the name of its field."""
    required: Mapping[str, str]
    """The names of what has to be there, by key."""
    office: frozenset[str]
    """The keys of what the office sets."""
    rules: tuple[tuple[frozenset[str], Rule], ...]
    """Each rule between fields, with the names of those that it looks at."""

    @classmethod
    def of(cls, subject: type, text: Text | None) -> "_Plan":
        specs = fields_of(subject)
        names = [spec.name for spec in specs]
        return cls(
            fields={spec.key: (spec.name, pointer(spec.key), _teller(_narrowed(spec.node, text))) for spec in specs},
            spellings=Spellings({name.casefold(): spec.key for spec in specs for name in (spec.key, spec.name)}),
            required={spec.key: spec.name for spec in specs if spec.required},
            office=frozenset(spec.key for spec in specs if spec.office),
            rules=tuple(_rule(rule, names) for rule in invariants_of(form_of(subject))),
        )


_plan = cache(_Plan.of)


def _narrowed(node: Node, text: Text | None) -> Node:
    """Give the node of a LocalizedText's field where the text is a title, say, and not a long one."""
    match node:
        case Text() if text is not None:
            return text
        case Entries() if text is not None:
            return evolve(node, value=text)
        case _:
            return node


def _rule(rule: Invariant, names: list[str]) -> tuple[frozenset[str], Rule]:
    parameters = signature(rule).parameters.values()
    looked_at = frozenset(each.name for each in parameters)
    if any(each.kind is Parameter.KEYWORD_ONLY for each in parameters):
        return looked_at, lambda values: rule(**{name: values[names.index(name)] for name in looked_at})
    chosen: Any = itemgetter(*(names.index(each.name) for each in parameters))
    if len(looked_at) == 1:
        return looked_at, lambda values: rule(chosen(values))
    return looked_at, lambda values: rule(*chosen(values))


def shaped(cls: type, plain: dict[str, JsonValue], given: Mapping[str, JsonValue] | None, findings: Gathered) -> object:
    """Make the object of a document, or tell what keeps it from being one, which gives None.

    *given* is what the office sets, by key, in the document of a stranger, who may then set nothing of that kind.
    """
    office: frozenset[str] = frozenset() if given is None else _plan(cls, None).office
    own = plain if given is None else {**{key: each for key, each in plain.items() if key not in office}, **given}
    made: Any = SHAPERS[cls](own)
    if not is_doubt(made):
        if office.isdisjoint(plain):
            return made
        made = cls, None, own, len(own), {}, ()
    with suppress(EnoughError):
        _Telling(findings).tell(made, "", plain, office)
    return None


class _Telling:
    """Tells all that is wrong with a document, value by value."""

    def __init__(self, findings: Gathered) -> None:
        self.findings = findings

    def tell(
        self, doubt: Doubt, path: str, sent: Collection[str] | None = None, office: frozenset[str] = frozenset()
    ) -> None:
        """Tell about an object and what is in it. *sent* are its keys as they came, those of the *office* too."""
        cls, text, plain, known, doubtful, values = doubt
        plan = _plan(cls, text)
        fields = plan.fields
        unsound: set[str] = set()
        if known == len(plain) and not office:
            # The others are good; and of one there is no order.
            sent = doubtful if len(doubtful) < 2 else [key for key in plain if key in doubtful]  # noqa: PLR2004 - two have an order
        for key in plain if sent is None else sent:
            if key in doubtful:
                name, step, tell = fields[key]
                unsound.add(name)
                tell(self, plain[key], doubtful[key], path + step)
            elif key in office or key not in fields:
                self._unknown(key, path, plan, office)
            elif plain[key] is None:
                name, step, _ = fields[key]
                unsound.add(name)
                self.add(finding(Code.NULL_REFUSED, path + step))
        for key, name in plan.required.items():
            if plain.get(key) is None:
                unsound.add(name)
                if key not in plain and key not in office:
                    self.add(finding(Code.KEY_MISSING, path + fields[key][1]))
        for names, rule in plan.rules if values else ():
            # One that lacks a field says nothing.
            if unsound.isdisjoint(names):
                for found in rule(values):
                    self.add(found, path)

    def _unknown(self, key: str, path: str, plan: _Plan, office: frozenset[str]) -> None:
        if self.findings.full:
            self.findings.count()
            return
        place = path + shown(key)
        if key in office:
            self.add(finding(Code.FIELD_NOT_YOURS, place))
            return
        suggestion = close_to(key, plan.spellings)
        self.add(
            finding(Code.KEY_UNKNOWN, place)
            if suggestion is None
            else finding(Code.KEY_UNKNOWN, place, suggestion=suggestion)
        )

    def add(self, found: Any, path: str | None = None) -> None:
        """Keep a finding, or count it; one that is seen from where *path* leads."""
        if self.findings.full:
            self.findings.count()
        else:
            self.findings.add(found if path is None else found.below(path))


Tell = Callable[[_Telling, Any, Any, str], None]
"""Tells about a value that is in doubt: the value, what was made of it, and its path."""


def _teller(node: Node) -> Tell:
    match node:
        case Nested():
            return _tell_part
        case Items(item=Nested(cls=cls)):
            return partial(_tell_parts, node, SHAPERS[cls])
        case Items():
            return partial(_tell_items, node, reader(cast("Leaf", node.item)))
        case Entries():
            return partial(_tell_entries, node, reader(node.key), reader(node.value))
        case Text(maximum=maximum):
            return partial(_tell_text, node, maximum)
        case Pattern():
            return partial(_tell_pattern, node)
        case _:
            return partial(_tell_leaf, reader(node))


def _tell_text(node: Text, maximum: int, telling: _Telling, value: Any, _made: Any, path: str) -> None:
    found = node.refusal(value) if type(value) is str and len(value) <= maximum else node.check(value)
    telling.add(found, path)


def _tell_pattern(node: Pattern, telling: _Telling, value: Any, _made: Any, path: str) -> None:
    found = node.refusal(value, suggest=not telling.findings.full) if type(value) is str else node.check(value)
    telling.add(found, path)


def _tell_leaf(read: Reader, telling: _Telling, value: Any, _made: Any, path: str) -> None:
    telling.add(read(value, telling.findings), path)


def _tell_part(telling: _Telling, _value: Any, made: Any, path: str) -> None:
    if made is None:
        telling.add(finding(Code.WRONG_TYPE, path, expected="an object"))
    else:
        telling.tell(made, path)


def _tell_parts(node: Items, shape: Shaper[Any], telling: _Telling, values: Any, made: Any, path: str) -> None:
    if not _has_items(node, telling, values, path):
        return
    for index, value in enumerate(values):
        # After so many doubts nothing more was made.
        one = made[index] if index < len(made) else shape(value) if is_object(value) else None
        if value is None:
            telling.add(finding(Code.NULL_REFUSED, path + f"/{index}"))
        elif one is None or is_doubt(one):
            _tell_part(telling, value, one, path + f"/{index}")


def _tell_items(node: Items, read: Reader, telling: _Telling, values: Any, _made: Any, path: str) -> None:
    if not _has_items(node, telling, values, path):
        return
    seen: set[object] = set()
    for index, item in enumerate([read(each, telling.findings) for each in values]):
        if type(item) is Finding:
            telling.add(item.below(path + f"/{index}"))
        elif node.unique and item in seen:
            telling.add(finding(Code.ITEM_REPEATED, path + f"/{index}"))
        else:
            seen.add(item)


def _has_items(node: Items, telling: _Telling, values: Any, path: str) -> bool:
    """Tell whether there are as many items as there may be, and say so where there are not."""
    found = node.check_count(len(values)) if _is(list, values) else finding(Code.WRONG_TYPE, expected="an array")
    if found is not None:
        telling.add(found, path)
    return found is None


def _is(kind: type, value: object) -> bool:
    return type(value) is kind


def _tell_entries(
    node: Entries, read_key: Reader, read_value: Reader, telling: _Telling, value: Any, _made: Any, path: str
) -> None:
    if not _is(dict, value):
        telling.add(finding(Code.WRONG_TYPE, path, expected="an object"))
        return
    if len(value) > node.maximum:
        telling.add(finding(Code.TOO_MANY_ITEMS, path, maximum=node.maximum))
        return
    for tag, each in value.items():
        found = read_key(tag, telling.findings)
        if type(found) is not Finding:
            found = read_value(each, telling.findings)
        if type(found) is Finding:
            telling.add(found.below(path + shown(tag)))
