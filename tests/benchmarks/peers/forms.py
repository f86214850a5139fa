"""The forms of texts as the published schema has them, and as each regular-expression engine is quickest with them.

Rust's engine has no look-ahead and takes no time to fail; Python's has it, but a pattern without one is no slower. So
each form is written here without look-ahead, equal to the published one: `tests/benchmarks/registrations.py` shows
first which payloads each peer accepts.
"""

import re
from typing import Any

from wtisd_model import Registration, json_schema

SCHEMA: dict[str, Any] = json_schema(Registration)
"""The published schema."""
PROPERTIES: dict[str, Any] = SCHEMA["properties"]
CONTACT: dict[str, Any] = SCHEMA["$defs"]["Contact"]["properties"]
TRANSITION: dict[str, Any] = SCHEMA["$defs"]["Transition"]["properties"]
COUNTRIES: tuple[str, ...] = tuple(SCHEMA["$defs"]["country"]["enum"])

END = r"(?!\n)$"


def _without_look_ahead(pattern: str) -> str:
    """Write the form of a text without look-ahead: something visible, and at both ends no blank."""
    inside, visible, edge, *_ = re.findall(r"\[\^[^\]]+\]", pattern)
    return rf"^(?:{edge}{inside}*)?{visible}(?:{inside}*{edge})?{END}"


def _pattern(field: dict[str, Any]) -> str:
    pattern: str = field["pattern"]
    return pattern


NAME = _without_look_ahead(_pattern(PROPERTIES["organization"]))
LINE = _without_look_ahead(_pattern(PROPERTIES["privacyNotice"]))
NOTE = _without_look_ahead(_pattern(TRANSITION["note"]))
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
COMMON_LANGUAGE = (
    rf"^(?:{LANGUAGE.split('(?:(?:')[1].split(')')[0]})(?:-[A-Z][a-z]{{3}})?(?:-(?:[A-Z]{{2}}|[0-9]{{3}}))?{END}"
)
"""Two letters, with a script and a region or without: tags of this form were never replaced by others."""


def for_rust(pattern: str) -> str:
    """Write a pattern as Rust's engine reads it: its ``$`` is the very end, and its texts hold no surrogates."""
    return re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", pattern.replace(r"\ud800-\udfff", "").replace(END, "$"))
