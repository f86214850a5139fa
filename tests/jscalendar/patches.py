"""Patches of JSCalendar: where they may point, and the object that they make of another.

RFC 8984 section 1.4.9; draft-ietf-calext-jscalendarbis-18 section 1.5.9.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.jscalendar.specification import Specification

Json = dict[str, Any]

_INDEX = re.compile("0|[1-9][0-9]*")


def faults(base: Json, patch: Json, key: str, specification: Specification) -> Iterator[tuple[str, str]]:
    """Yield each rule that a pointer of *patch* breaks, with the pointer; *key* is where the patch is."""
    for pointer, value in patch.items():
        if re.search("~(?![01])", pointer):
            yield "patch pointer", pointer
        else:
            yield from (
                (rule, pointer) for rule in _where(base, pointer, value, arrays=specification.arrays_in_patches)
            )
        if any(pointer.startswith(f"{other}/") for other in patch):
            yield "patch within another", pointer
        tokens = split_pointer(pointer)
        if key == "localizations":
            # RFC 8984 section 4.6.1: "MUST end with one of the following suffixes", not in "recurrenceOverrides".
            if tokens[-1] not in {"title", "description", "name"} or tokens[0] == "recurrenceOverrides":
                yield "localized property", pointer
        elif {pointer, "/".join([tokens[0], "*", *tokens[2:]])} & specification.ignored_in_overrides or tokens[
            0
        ] in specification.ignored_prefixes:
            yield "patch ignored", pointer


def _where(base: Json, pointer: str, value: Any, *, arrays: bool) -> Iterator[str]:
    """Conditions 1 and 2: an array is left as long as it is, and everything before the last token exists."""
    target: Any = base
    *parents, last = split_pointer(pointer)
    for token in parents:
        if isinstance(target, list) and arrays and _is_index(token, target):
            target = target[int(token)]
        elif isinstance(target, dict):
            target = target.get(token)
        else:
            break
    if isinstance(target, list):
        if not arrays or not _is_index(last, target) or value is None:
            yield "patch into an array"
    elif not isinstance(target, dict):
        yield "patch of nothing"


def _is_index(token: str, array: list[Any]) -> bool:
    return _INDEX.fullmatch(token) is not None and int(token) < len(array)


def patched(base: Json, patch: Json) -> Json:
    """Return what a patch without faults makes of *base*."""
    made = deepcopy(base)
    for pointer, value in patch.items():
        *parents, last = split_pointer(pointer)
        target: Any = made
        for token in parents:
            target = target[int(token) if isinstance(target, list) else token]
        if value is None:
            target.pop(last, None)
        else:
            target[int(last) if isinstance(target, list) else last] = value
    return made


def escape(token: str) -> str:
    """Return a member name as a token of a JSON Pointer."""
    return token.replace("~", "~0").replace("/", "~1")


def split_pointer(pointer: str) -> list[str]:
    """Return the member names in a pointer without its first solidus."""
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")]
