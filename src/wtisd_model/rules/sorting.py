"""The order in which findings are told: that of the document, from top to bottom."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from wtisd_model.findings import Finding
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import fields_of

_INDEX = re.compile(r"[0-9]{1,9}")
_LAST = 10**9


def in_document_order(cls: type, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings about an object of *cls* as its JSON is written: keys as declared, items by index.

    What was found at one place stays in the order in which it was found. A path that leads nowhere comes last.
    """
    return tuple(sorted(findings, key=lambda each: _place(cls, each.path)))


def _place(cls: type, path: str) -> tuple[tuple[int, str], ...]:
    constraint: Constraint | None = Nested(cls)
    place: list[tuple[int, str]] = []
    for token in path.split("/")[1:]:
        rank, constraint = _step(constraint, token)
        place.append((rank, "" if rank < _LAST else token))
    return tuple(place)


def _step(constraint: Constraint | None, token: str) -> tuple[int, Constraint | None]:
    match constraint:
        case Nested():
            return _keys(constraint.cls).get(token, (_LAST, None))
        case Items() if _INDEX.fullmatch(token):
            return int(token), constraint.item
        case _:
            return _LAST, None


@cache
def _keys(cls: type) -> Mapping[str, tuple[int, Constraint]]:
    return {spec.key: (rank, spec.constraint) for rank, spec in enumerate(fields_of(cls))}
