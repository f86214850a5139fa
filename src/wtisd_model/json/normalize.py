"""Copying mappings of any class as plain JSON values, without trusting their contents."""

import math
from collections.abc import Iterator, Mapping
from typing import TypeGuard, cast

from wtisd_model.codes import Code
from wtisd_model.findings import MOST_COUNTED, Finding, finding, pointer, safe_pointer_token
from wtisd_model.json.json_types import Bounds, JsonValue


def is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    """Return True if a value can be read as a JSON object."""
    if type(value) is dict:
        return True
    try:
        return isinstance(value, Mapping)
    except Exception:  # noqa: BLE001 - isinstance reads __class__, and a caller's property may raise anything
        return False


def plain_copy(payload: Mapping[object, object], bounds: Bounds) -> JsonValue | tuple[Finding, ...]:
    """Return a copy of a mapping as plain JSON values, or the findings about everything that is not JSON."""
    copying = _Copy(bounds)
    try:
        whole = copying.copy(payload, 1)
    except _EndedError as ended:
        return ended.found
    return tuple(copying.found) or whole


def _plain_dict(value: object) -> dict[object, object] | None:
    """Return *value* if it is exactly a dict, else None; a subclass may override its methods."""
    return cast("dict[object, object]", value) if type(value) is dict else None


class _EndedError(Exception):
    """Ends copying when a limit is exceeded; never leaves this module."""

    def __init__(self, *found: Finding) -> None:
        super().__init__()
        self.found = found


_END = object()


class _Copy:
    """A copier of a mapping and everything in it into plain values, within the limits.

    Of subclasses of str, int, float and list, only the base value is copied, and no method of theirs is called. A
    mapping has to be called: its ``items()`` are iterated once and counted, and may raise. Such an exception is not
    passed on, because it may contain input.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.found: list[Finding] = []
        self._bounds = bounds
        self._size = 0
        self._values = 0
        self._path: list[str | int] = []

    def copy(self, value: object, depth: int) -> JsonValue:
        """Return a copy of a value; *depth* is its level of nesting if it is a container."""
        self._count(1)
        kind = type(value)
        if issubclass(kind, str):
            return self._text(cast("str", value))
        if value is None or kind is bool:
            return cast("bool | None", value)
        if issubclass(kind, list):
            return self._list(cast("list[object]", value), depth)
        if issubclass(kind, int):
            return self._integer(int.__int__(cast("int", value)))
        if issubclass(kind, float):
            return self._float(float.__float__(cast("float", value)))
        if is_mapping(value):
            return self._object(value, depth)
        return self._refuse(finding(Code.WRONG_TYPE, expected="json"))

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > self._bounds.values:
            raise _EndedError(finding(Code.PAYLOAD_TOO_MANY_VALUES, maximum=self._bounds.values))

    def _enter(self, depth: int, least: int) -> None:
        """Check the limits for a container with at least *least* members, before anything of it is copied."""
        if depth > self._bounds.depth:
            raise _EndedError(finding(Code.PAYLOAD_TOO_DEEP, maximum=self._bounds.depth))
        self._count(least)
        self._values -= least

    def _text(self, value: str) -> str:
        # A subclass, such as a member of an enum, may be compared as one text and written as another.
        text = value if type(value) is str else str.__str__(value)
        # A text that alone is too long is not encoded. Lone surrogates are counted here and refused later.
        encoded = not text.isascii() and len(text) <= self._bounds.bytes
        self._size += len(text.encode("utf-8", "surrogatepass")) if encoded else len(text)
        if self._size > self._bounds.bytes:
            raise _EndedError(finding(Code.PAYLOAD_TOO_LARGE, maximum=self._bounds.bytes))
        return text

    def _integer(self, number: int) -> JsonValue:
        # A digit takes less than four bits; a longer number is not converted to text.
        if number.bit_length() > 4 * self._bounds.number_length:
            return self._refuse(finding(Code.NUMBER_TOO_LONG, maximum=self._bounds.number_length))
        return self._within_length(number)

    def _float(self, number: float) -> JsonValue:
        return self._within_length(number) if math.isfinite(number) else self._refuse(finding(Code.NUMBER_NOT_FINITE))

    def _within_length(self, number: float) -> JsonValue:
        if len(repr(number)) > self._bounds.number_length:
            return self._refuse(finding(Code.NUMBER_TOO_LONG, maximum=self._bounds.number_length))
        return number

    def _list(self, value: list[object], depth: int) -> JsonValue:
        self._enter(depth, list[object].__len__(value))
        items: list[JsonValue] = []
        # A copy, because a mapping in it could modify it.
        for index, each in enumerate(list[object].copy(value)):
            self._path.append(index)
            items.append(self.copy(each, depth + 1))
            self._path.pop()
        return items

    def _object(self, value: Mapping[object, object], depth: int) -> JsonValue:
        self._enter(depth, 0 if (exact := _plain_dict(value)) is None else len(exact))
        whole: dict[str, JsonValue] = {}
        keys_are_texts = True
        for key, each in self._members(value):
            if not issubclass(type(key), str):
                self._count(1)
                keys_are_texts = False
                continue
            text = self._text(cast("str", key))
            # Keys that differ for the mapping may be the same text, and a mapping may yield a key twice.
            if text in whole:
                self._refuse(finding(Code.KEY_REPEATED))
            if type(each) is str:  # as most are; of a text nothing is refused
                self._count(1)
                whole[text] = self._text(each)
                continue
            self._path.append(text)
            whole[text] = self.copy(each, depth + 1)
            self._path.pop()
        if not keys_are_texts:
            self._refuse(finding(Code.WRONG_TYPE, expected="object-with-string-keys"))
        return whole

    def _members(self, value: Mapping[object, object]) -> Iterator[tuple[object, object]]:
        exact = _plain_dict(value)
        if exact is not None:
            yield from list(exact.items())  # a copy, because a mapping in it could modify it
            return
        members: Iterator[object] | None = None
        while True:
            try:
                if members is None:
                    members = iter(value.items())
                member = next(members, _END)
                if member is _END:
                    return
                key, each = cast("tuple[object, object]", member)
            except Exception:  # noqa: BLE001 - methods of a caller's mapping may raise anything
                self._refuse(finding(Code.MAPPING_UNREADABLE))
                return
            yield key, each

    def _refuse(self, found: Finding) -> JsonValue:
        """Add a finding at the current path, and return None in place of the value."""
        tokens = (safe_pointer_token(each) if isinstance(each, str) else pointer(each) for each in self._path)
        self.found.append(found.prefixed("".join(tokens)))
        if len(self.found) == MOST_COUNTED:
            raise _EndedError(*self.found)
        return None
