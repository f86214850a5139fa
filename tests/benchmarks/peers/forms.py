"""The forms of texts as the published schema has them, and as each regular-expression engine is quickest with them.

Rust's engine has no look-ahead, and Python's is slow where many words have to be tried. So each form is written here
in the way that serves the peers best, equal to the published one; before any time is taken, the comparison shows which
payloads each peer accepts.
"""

import re
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

from wtisd_model import Registration, json_schema
from wtisd_model.schema.patterns import BIDI, BLANK, CONTROL, UNSEEN

SCHEMA: dict[str, Any] = json_schema(Registration)
"""The published schema."""
PROPERTIES: dict[str, Any] = SCHEMA["properties"]
CONTACT: dict[str, Any] = SCHEMA["$defs"]["Contact"]["properties"]
TRANSITION: dict[str, Any] = SCHEMA["$defs"]["Transition"]["properties"]

END = r"(?!\n)$"


def _without_look_ahead(refused: str) -> str:
    """Write the form of a text without look-ahead: something visible, at both ends no blank, and nothing *refused*."""
    inside, visible, edge = f"[^{refused}]", f"[^{refused}{BLANK}{UNSEEN}]", f"[^{refused}{BLANK}]"
    return rf"^(?:{visible}|{edge}{inside}*{visible})(?:{inside}*{edge})?{END}"


def _by_first_letter(words: str) -> str:
    """Write a choice of words of two letters so that Python's engine need not try each."""
    grouped = groupby(sorted(words.split("|")), key=itemgetter(0))
    return "|".join(f"{first}[{''.join(word[1] for word in group)}]" for first, group in grouped)


def words(definition: str) -> tuple[str, ...]:
    """Return the words of a code list of the published schema."""
    return tuple(SCHEMA["$defs"][definition]["enum"])


def _pattern(field: dict[str, Any]) -> str:
    pattern: str = field["pattern"]
    return pattern


NAME = _without_look_ahead(rf"{CONTROL}\n{BIDI}")
LINE = _without_look_ahead(rf"{CONTROL}\n")
NOTE = _without_look_ahead(CONTROL)
IDENTIFIER = _pattern(PROPERTIES["id"])
UID = _pattern(PROPERTIES["eventUid"])
PHONE = _pattern(CONTACT["phone"])
STATE_NAME = _pattern(TRANSITION["before"])
MOMENT = _pattern(PROPERTIES["submittedAt"])

LOCAL_PART = r"^[^@]{1,64}@"
"""What the look-ahead at the beginning of the form of an address says."""
EMAIL = _pattern(CONTACT["email"])
ADDRESS = EMAIL.replace("(?=[^@]{1,64}@)", "").replace(
    "(?=[A-Za-z])[A-Za-z0-9](?:", "[A-Za-z](?:"
)  # the last label of a domain begins with a letter

LANGUAGE = _pattern(CONTACT["language"])
_TWO_LETTERS = _by_first_letter(LANGUAGE.split("(?:(?:")[1].split(")")[0])
COMMON_LANGUAGE = rf"^(?:{_TWO_LETTERS})(?:-[A-Z][a-z]{{3}})?(?:-(?:[A-Z]{{2}}|[0-9]{{3}}))?{END}"
"""Two letters, with a script and a region or without: tags of this form were never replaced by others."""
QUICK_LANGUAGE = f"{COMMON_LANGUAGE}|{LANGUAGE}"
"""Equal to the published form, in a quarter of the time."""


def for_rust(pattern: str) -> str:
    """Write a pattern as Rust's engine reads it: its ``$`` is the very end, and its texts hold no surrogates."""
    return re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", pattern.replace(r"\ud800-\udfff", "").replace(END, "$"))


def _without_dollar_in_class(pattern: str) -> str:
    r"""Write the ``$`` of classes of characters as ``\x24``: fastjsonschema puts ``\Z`` for every ``$``, also there.

    By ECMA-262 a ``$`` in a class is that character, so the published schema is right.
    """
    return re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", lambda part: part[0].replace("$", r"\x24"), pattern)


def quick_schema() -> dict[str, Any]:
    """Return the published schema with patterns that Python's engine is quick with."""
    published = {_pattern(field): quick for field, quick in _QUICK}
    return _changed(SCHEMA, lambda pattern: {"pattern": _without_dollar_in_class(published.get(pattern, pattern))})


def rust_schema() -> dict[str, Any]:
    """Return the published schema with patterns for Rust; only rare language tags need an engine with look-ahead."""

    def changed(pattern: str) -> dict[str, Any]:
        if pattern == LANGUAGE:
            return {"anyOf": [{"pattern": for_rust(COMMON_LANGUAGE)}, {"pattern": pattern}]}
        if pattern == EMAIL:
            return {"allOf": [{"pattern": LOCAL_PART}, {"pattern": for_rust(ADDRESS)}]}
        return {"pattern": for_rust(published.get(pattern, pattern))}

    published = {_pattern(field): quick for field, quick in _QUICK}
    return _changed(SCHEMA, changed)


_QUICK = (
    (PROPERTIES["organization"], NAME),
    (PROPERTIES["privacyNotice"], LINE),
    (TRANSITION["note"], NOTE),
    (CONTACT["language"], QUICK_LANGUAGE),
)


def _changed(schema: Any, change: Callable[[str], dict[str, Any]]) -> Any:
    if isinstance(schema, list):
        return [_changed(each, change) for each in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: _changed(each, change) for key, each in schema.items()}
    pattern = whole.pop("pattern", None)
    return whole if pattern is None else {**whole, **change(pattern)}
