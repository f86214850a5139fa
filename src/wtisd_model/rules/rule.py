"""Rules: what one is, and how one that is not of this package is called."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from datetime import datetime
from typing import Final, TypeVar, cast

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import MOST_TEXT, Finding, has_our_sentences
from wtisd_model.model.dossier import Dossier
from wtisd_model.schema.fields import fields_of
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import require_iterable

Rule = Callable[[Dossier, datetime], Iterable[Finding]]
"""A function of a dossier and the present moment in UTC; the paths of findings are JSON Pointers into the dossier.

The codes of your own must differ from those of this package: letters, digits and hyphens, such as ``our-title-long``.
"""

AnyRule = TypeVar("AnyRule", bound=Callable[..., object])

_CODES: Final = frozenset(code.value for code in Code)
_TYPES: Final = {
    "code": (str, '"our-code"'),
    "severity": (Severity, "Severity.WARNING"),  # a text would be no error
    "path": (str, '"/event"'),
    "message": (str, '"A long title."'),
    "fix": (str, '"Shorten it."'),
    "params": (Mapping, '{"maximum": 40}'),
    "language": (str, '"en"'),
}
"""The type of each part of a finding, and an example."""


def require_rules(rules: Iterable[AnyRule], judged: str = "dossier") -> tuple[AnyRule, ...]:
    """Return rules, or raise a TypeError if they are not an iterable of callables."""
    given = tuple(require_iterable(rules, "rules"))
    for index, rule in enumerate(given):
        if not callable(rule):
            raise TypeError(
                f"rules[{index}] is of type {type(rule).__name__}. A rule is a function of a {judged} and a moment."
            )
    return given


def own_findings(rule: Callable[..., object], judged: Model, *context: object) -> Iterator[Finding]:
    """Yield what a rule of the caller's finds in a dossier or a roster; *context* is the rest of what it is given.

    Raises:
        TypeError: it returns or yields something else than findings, or a part of one has another type.
        ValueError: a code is one of ours, and the sentences are not: a program would take it for what it is not; or it
            is no code; or a path leads to nothing in what is judged, such as one that begins at a registration, and
            would refuse nothing; or a text is longer than all those that an outcome lists.
    """
    name = getattr(getattr(rule, "func", rule), "__name__", type(rule).__name__)  # that of a partial is in its func
    yielded = rule(judged, *context)
    advice = "A rule must yield findings: Finding(code=..., path=..., message=..., fix=...)."
    if not isinstance(yielded, Iterable):
        raise TypeError(f"The rule {name} returned an object of type {type(yielded).__name__}. {advice}")
    for found in cast("Iterable[object]", yielded):
        if not isinstance(found, Finding):
            raise TypeError(f"The rule {name} yielded an object of type {type(found).__name__}. {advice}")
        for part, (kind, example) in _TYPES.items():
            given = getattr(found, part)
            if not isinstance(given, kind):
                raise TypeError(
                    f"The rule {name} yielded a finding whose {part} is of type {type(given).__name__}. "
                    f"Give it a {kind.__name__}, such as {example}."
                )
        if not re.fullmatch("[A-Za-z0-9-]+", found.code):
            raise ValueError(f"The rule {name} yielded a code that is not of letters, digits and hyphens.")
        if len(str(found)) > MOST_TEXT:
            raise ValueError(f"The rule {name} yielded a finding of more than {MOST_TEXT} characters. Shorten it.")
        if found.code in _CODES and not has_our_sentences(found):
            raise ValueError(f"The rule {name} uses {found.code}, a code of this package. Give it one of your own.")
        if not _is_in(found.path, judged):
            raise ValueError(
                f"The rule {name} yielded a finding whose path is not in the {type(judged).__name__.lower()}. "
                "Begin it with a key and, for a list, with an index in it; a document that comes in is the last one."
            )
        yield found


def _is_in(path: str, judged: Model) -> bool:
    """Return True if a path begins at a part of what is judged, or is the empty one of the whole."""
    if not path:
        return True
    begin, *tokens = path.split("/")
    name = {spec.key: spec.name for spec in fields_of(type(judged))}.get(tokens[0]) if tokens else None
    if begin or name is None:
        return False
    items = getattr(judged, name)
    if len(tokens) == 1 or not isinstance(items, tuple):
        return True
    return re.fullmatch("0|[1-9][0-9]{0,5}", tokens[1]) is not None and int(tokens[1]) < len(cast("Sized", items))
