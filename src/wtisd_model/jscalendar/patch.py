"""PatchObjects: the changes of an occurrence, or of a language, to an Event (RFC 8984 section 1.4.9)."""

from itertools import accumulate
from typing import Any, Final

from wtisd_model.jscalendar.names import Object
from wtisd_model.schema.json_values import is_object
from wtisd_model.types.recurrence import StepBudget

_IGNORED: Final = frozenset(
    {
        *("@type", "method", "organizerCalendarAddress", "privacy", "prodId", "recurrenceId", "recurrenceIdTimeZone"),
        *("replyTo", "sentBy", "uid", "version"),
    }
)
_IGNORED_WITH_PARTS: Final = frozenset(
    {"excludedRecurrenceRules", "recurrenceOverrides", "recurrenceRule", "recurrenceRules", "relatedTo", "timeZones"}
)
"""The pointers that "MUST be ignored"; in version 1.0 there are more of them."""


_MOST_DIGITS: Final = 6
"""Of an index: no document has a million items, and Python refuses to convert the longest numbers."""

_DEEPEST: Final = 100
"""Of a pointer: `Limits` let no document be deeper."""

_CONTAINERS: Final[frozenset[Any]] = frozenset({dict, list})


def patched(members: Object, patch: Object, steps: StepBudget) -> Object | None:
    """Return an Event with the changes of a PatchObject, or None if the patch is malformed.

    "Implementations MUST NOT apply partial patches."

    Args:
        members: the Event, which is not changed.
        patch: the values by JSON Pointers without their first slash.
        steps: takes a step for each member that is copied.

    Raises:
        InvalidValueError: ``recurrence-too-complex``.
    """
    changed = dict(members)
    copied: set[tuple[str, ...]] = set()
    for path, value in patch.items():
        parts = path.split("/")
        # "There MUST NOT be two patches in the PatchObject where the pointer of one is the prefix of the pointer of the
        # other" (RFC 8984 section 1.4.9).
        if len(parts) > _DEEPEST or any(before in patch for before in accumulate(parts[:-1], "{}/{}".format)):
            return None
        tokens = [part.replace("~1", "/").replace("~0", "~") for part in parts]
        if path in _IGNORED or tokens[0] in _IGNORED_WITH_PARTS:
            continue
        node: Any = changed
        for depth, token in enumerate(tokens[:-1], 1):
            inside = _member(node, token)
            if type(inside) not in _CONTAINERS:
                return None
            if (at := tuple(tokens[:depth])) not in copied:
                copied.add(at)
                steps.spend(1 + len(inside) // 10)
                inside = inside.copy()
                _set(node, token, inside)
            node = inside
        if not _set(node, tokens[-1], value):
            return None
    return changed


def _member(node: Any, token: str) -> Any:
    if is_object(node):
        return node.get(token)
    return node[int(token)] if _is_index(token, node) else None


def _set(node: Any, token: str, value: object) -> bool:
    """Set a member or an item that is there, or remove a member; return False if that is not possible."""
    if is_object(node):
        if value is None:
            node.pop(token, None)
        else:
            node[token] = value
        return True
    if value is None or not _is_index(token, node):
        return False
    node[int(token)] = value
    return True


def _is_index(token: str, items: list[object]) -> bool:
    return token.isdecimal() and len(token) <= _MOST_DIGITS and int(token) < len(items)
