"""The order of findings: that of the document, from top to bottom."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from wtisd_model.findings import Finding
from wtisd_model.schema.constraints import Constraint, Items, Nested
from wtisd_model.schema.fields import fields_of

_LAST = 10**9


def in_document_order(cls: type, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings about an object of *cls* in document order: keys as they are declared, items by index.

    Findings at the same path keep their order. Paths that the document does not have come last.
    """
    return tuple(sorted(findings, key=lambda found: _sort_key(cls, found.path)))


def _sort_key(cls: type, path: str) -> tuple[tuple[int, str], ...]:
    constraint: Constraint | None = Nested(cls)
    key: list[tuple[int, str]] = []
    for token in path.split("/")[1:]:
        rank = _LAST
        if isinstance(constraint, Nested):
            rank, constraint = _declared_keys(constraint.cls).get(token, (_LAST, None))
        elif isinstance(constraint, Items) and re.fullmatch(r"[0-9]{1,9}", token):
            rank, constraint = int(token), constraint.item
        else:
            constraint = None
        key.append((rank, "" if rank < _LAST else token))
    return tuple(key)


@cache
def _declared_keys(cls: type) -> Mapping[str, tuple[int, Constraint]]:
    return {spec.key: (rank, spec.constraint) for rank, spec in enumerate(fields_of(cls))}
