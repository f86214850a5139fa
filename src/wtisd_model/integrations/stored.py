"""Documents in columns of databases: what is stored can be read again."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, cast

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding, pointer
from wtisd_model.json.builtins import to_builtins
from wtisd_model.json.encoder import to_json
from wtisd_model.json.limits import Limits
from wtisd_model.json.validator import Validator
from wtisd_model.schema.json_values import without_nul

_HIGHEST: Final = Limits(bytes=1_000_000_000, depth=100, values=100_000_000, number_length=400)


@cache
def reader_of_stored(cls: type) -> Validator[Any]:
    """Return a Validator with the highest limits, since documents of any size may have been stored."""
    return Validator[Any](cls, limits=_HIGHEST)


def unstorable(document: object) -> tuple[Finding, ...]:
    """Return a finding about each value in ``extensions`` with U+0000, which JSONB of PostgreSQL refuses."""
    if b"\\u0000" not in to_json(document):  # quick, and true of nearly all; an escaped backslash may look like it
        return ()
    return tuple(_with_nul(to_builtins(document), ""))


def _with_nul(value: Any, path: str) -> Iterator[Finding]:
    members = cast("dict[str, Any]", value).items() if isinstance(value, dict) else enumerate(cast("list[Any]", value))
    for step, member in members:
        place = path + pointer(step)
        if path.endswith("/extensions"):  # no path leads further, because keys there may be personal data
            if without_nul(member) != member:
                yield finding(Code.TEXT_CONTROL, place)
        elif isinstance(member, dict | list):
            yield from _with_nul(member, place)
