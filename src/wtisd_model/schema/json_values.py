"""JSON values whose keys or types no class declares: answers to questions, and data of other programs."""

import re
import sys
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, Final, TypeGuard, cast

from attrs import frozen

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, finding
from wtisd_model.objects import ConstraintRepr
from wtisd_model.schema.mapping import FrozenMapping

MOST_EXACT: Final = 2**53 - 1
"""The largest integer that every JSON parser keeps exactly (RFC 8259 section 6)."""

DEEPEST: Final = 8
"""The maximum number of objects and arrays inside one another in a value of other programs."""

LARGEST: Final = 65_536
"""The maximum number of bytes of a value of other programs in canonical form."""

_UNCHANGEABLE: Final[frozenset[object]] = frozenset({str, bool})


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Return True for a JSON object as parsers make it: a dict, and no subclass, which may override its methods."""
    return type(value) is dict


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Return True for a JSON array as parsers make it: a list, and no subclass."""
    return type(value) is list


# Why: docs/decisions/0025
class JsonObject(FrozenMapping[Any]):
    """An immutable JSON object; it equals another if their canonical bytes are equal (RFC 8785).

    Arrays in it are tuples, objects are JsonObjects, and an integer that was written as a float is an int. Unlike in a
    dict, true does not equal 1.
    """

    __slots__ = ()

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            {
                key: value if type(value) in _UNCHANGEABLE else frozen_json(value)
                for key, value in (values or {}).items()
            }
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        whole = other if isinstance(other, JsonObject) else JsonObject(cast("Mapping[str, Any]", other))
        return _with_types(self) == _with_types(whole)

    def __hash__(self) -> int:
        return hash(_with_types(self))

    def __repr__(self) -> str:
        # Its contents may be personal data.
        return f"{type(self).__name__}({len(self)} members)" if len(self) != 1 else f"{type(self).__name__}(1 member)"

    def as_dict(self) -> dict[str, Any]:
        """Return the object as new dicts and lists, which the json module can write."""
        return {key: _plain(each) for key, each in self.items()}

    def canonical(self) -> bytes:
        """Return the object as JSON in canonical form (RFC 8785)."""
        import rfc8785  # only few objects have data of other programs

        return rfc8785.dumps(self.as_dict())


def json_object(value: Mapping[str, Any]) -> JsonObject:
    """Return a mapping as a JsonObject; return a JsonObject, and any other value, unchanged."""
    is_other = not isinstance(cast("object", value), Mapping)
    return cast("JsonObject", value) if is_other or type(value) is JsonObject else JsonObject(value)


def object_of_frozen(values: Mapping[str, Any]) -> JsonObject:
    """Return an object of values that cannot be changed; they are neither checked nor copied."""
    made = JsonObject.__new__(JsonObject)
    FrozenMapping[Any].__init__(made, values)
    return made


def frozen_json(value: Any) -> Any:
    """Return a JSON value that cannot be changed; return any other value unchanged."""
    return _Freezer().freeze(value, DEEPEST)


class _Freezer:
    """Freezes a value, and no more of it than `LARGEST` allows: shared by many places, a short list is a huge value."""

    def __init__(self) -> None:
        self._left = LARGEST  # each member takes a byte or more

    def freeze(self, value: Any, levels: int) -> Any:
        kind = cast("object", type(value))
        if kind is str or kind is bool:
            return value
        if kind is int:
            return value if abs(value) <= MOST_EXACT or abs(value) > _MOST_FLOAT else _large(value)
        if kind is float:
            return int(value) if value.is_integer() and abs(value) <= MOST_EXACT else value
        if levels == 0 or self._left < 0 or kind is JsonObject:
            return value
        if kind is list or kind is tuple:
            self._left -= len(value)
            return tuple(self.freeze(each, levels - 1) for each in value)
        if isinstance(value, Mapping):
            members = cast("Mapping[str, Any]", value)
            self._left -= len(members)
            return object_of_frozen({key: self.freeze(each, levels - 1) for key, each in members.items()})
        return value


_MOST_FLOAT: Final = int(sys.float_info.max)


def _large(value: int) -> float:
    """Return an integer that other programs keep as a float as one, unless they would change its digits.

    1e23 is not exactly the float that is written so. PostgreSQL keeps what is written, and returns all 24 digits.
    """
    near = float(value)
    return near if near == value or Decimal(repr(near)) == value else value


def _with_types(value: Any) -> object:
    """Return a key that only equal values share: in Python, True equals 1."""
    if isinstance(value, JsonObject):
        return JsonObject, tuple((key, _with_types(each)) for key, each in value.items())
    kind = cast("object", type(value))
    return kind, tuple(map(_with_types, value)) if kind is tuple else value


def _plain(value: Any) -> Any:
    if isinstance(value, JsonObject):
        return value.as_dict()
    kind = cast("object", type(value))
    return [*map(_plain, value)] if kind is tuple else value


def without_nul(value: Any) -> Any:
    """Return a plain JSON value without U+0000, which no text in PostgreSQL can have."""
    kind = cast("object", type(value))
    if kind is str:
        return value.replace("\0", "")
    if kind is dict:
        return {without_nul(key): without_nul(each) for key, each in value.items()}
    return [*map(without_nul, value)] if kind is list else value


@frozen(eq=False, repr=False)
class AnyJson(ConstraintRepr):
    """Any JSON value of at most *maximum* bytes in canonical form, in which objects and arrays nest 8 deep."""

    maximum: int

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        # Counted before it is written: shared by many places, a long text is a huge value.
        too_large = _is_larger(value, self.maximum)
        found = None if too_large else _refusal(value, DEEPEST)
        if found is None and (too_large or len(JsonObject({"": value}).canonical()) > self.maximum + len('{"":}')):
            return finding(Code.EXTENSION_TOO_LARGE, maximum=self.maximum)
        return found


def _is_larger(value: Any, maximum: int) -> bool:
    """Return True if a frozen value takes more than *maximum* bytes by a first count, which stops there."""
    counted, parts = 0, [value]
    while parts and counted + len(parts) <= maximum:  # each part takes a byte or more
        part = parts.pop()
        kind = cast("object", type(part))
        counted += 1 + (len(part) if kind is str else 0)
        if kind is JsonObject:
            parts += (each for member in part.items() for each in member)
        elif kind is tuple:
            parts += part
    return counted + len(parts) > maximum


def _refusal(value: Any, levels: int) -> Finding | None:
    # It names no place in the value, because the keys there may be personal data.
    kind = cast("object", type(value))
    if kind in _CONTAINERS and (levels == 0 or kind not in _FROZEN):  # only too deep values are not frozen
        return finding(Code.EXTENSION_TOO_DEEP, maximum=DEEPEST)
    if kind in _CONTAINERS:
        if kind is JsonObject and any(type(key) is not str for key in value):
            return finding(Code.WRONG_TYPE, expected="object-with-string-keys")
        inside = value if kind is tuple else (part for member in value.items() for part in member)
        return next(filter(None, (_refusal(each, levels - 1) for each in inside)), None)
    if kind is str:
        return finding(Code.TEXT_CONTROL) if re.search(_SURROGATE, value) else None
    if kind is int and abs(value) > MOST_EXACT:
        return finding(Code.NUMBER_OUT_OF_RANGE, minimum=-MOST_EXACT, maximum=MOST_EXACT)
    if kind is float and not isfinite(value):
        return finding(Code.NUMBER_NOT_FINITE)
    return None if kind in _SINGLE else finding(Code.WRONG_TYPE, expected="json")


_FROZEN: Final[frozenset[object]] = frozenset({tuple, JsonObject})
_CONTAINERS: Final = _FROZEN | {dict, list}
_SINGLE: Final = frozenset({bool, float, int, type(None)})
_SURROGATE: Final = "[\ud800-\udfff]"  # UTF-8 cannot encode one


@frozen(eq=False, repr=False)
class AnyOf(ConstraintRepr):
    """A value of one of several kinds, each with a type of its own."""

    kinds: Mapping[type, Any]
    """The constraint of the values of each type."""
    expected: str
    """What is expected, in the words of ``[params.expected]`` in ``locales/findings``."""

    def check(self, value: object) -> Finding | None:
        """Return a finding if *value* is not allowed."""
        constraint = self.kinds.get(type(value))
        if constraint is None:
            return finding(Code.WRONG_TYPE, expected=self.expected)
        found: Finding | None = constraint.check(value)
        return found
