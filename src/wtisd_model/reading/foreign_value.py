"""A foreign JSON document while it is read: each value with its place."""

import json
from collections.abc import Collection, Iterator
from typing import Any, cast

from attrs import define, evolve

from wtisd_model.codes import Code
from wtisd_model.errors import PayloadError
from wtisd_model.findings import finding, pointer, safe_pointer_token
from wtisd_model.json.json_types import JsonValue, Payload
from wtisd_model.json.limits import DEFAULT_LIMITS, Limits
from wtisd_model.json.parser import read
from wtisd_model.model.event import Event
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.json_values import is_array, is_object, without_nul
from wtisd_model.types.arguments import require_instance

_ARRAY = "array"


def read_foreign(data: Payload | list[Any], limits: Limits = DEFAULT_LIMITS) -> JsonValue:
    """Return a foreign JSON document as plain values, which are new.

    Args:
        data: UTF-8 bytes, a string, or what ``json.loads`` returns for an object or an array.
        limits: how much it may hold; by default as much as an Event.

    Raises:
        PayloadError: it is not JSON, has half a character (``not-utf8``), or exceeds *limits*.
        TypeError: *data* is of another type, or *limits* are not Limits.
    """
    bounds = require_instance(limits, Limits, "limits must be Limits(...).").bounds_for(Event)
    if isinstance(data, list):  # which no payload of this package is
        plain = read({_ARRAY: data}, bounds._replace(depth=bounds.depth + 1, values=bounds.values + 1))
        if isinstance(plain, tuple):
            plain = tuple(evolve(refusal, path=refusal.path.removeprefix(pointer(_ARRAY))) for refusal in plain)
        else:
            plain = cast("dict[str, JsonValue]", plain)[_ARRAY]
    else:
        plain = read(data, bounds)
    if isinstance(plain, tuple):
        raise PayloadError(*plain)
    if not _is_text(json.dumps(plain, ensure_ascii=False)):
        raise PayloadError(finding(Code.NOT_UTF8))
    return plain


def _is_text(text: str) -> bool:
    """Return False if there is half a character, which JSON can write as the escape of a surrogate.

    The error of Python has the text, so it must not be the context of the error that is raised.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@define(eq=False)  # a frozen object takes longer to make, and there is one for each value
class ForeignValue:
    """A value of a foreign document, and where findings about the document go."""

    value: Any
    path: str
    notes: Notes

    def __getitem__(self, key: str) -> "ForeignValue":
        """Return a member with a name of the format; null if it is absent."""
        value = self.value
        return ForeignValue(value.get(key) if is_object(value) else None, f"{self.path}/{key}", self.notes)

    def member(self, name: str) -> "ForeignValue":
        """Return a member with a name that somebody chose; null if it is absent."""
        return ForeignValue(self.members.get(name), f"{self.path}{safe_pointer_token(name)}", self.notes)

    @property
    def members(self) -> dict[str, Any]:
        """The members of an object; of anything else none."""
        return self.value if is_object(self.value) else {}

    @property
    def array(self) -> list[Any]:
        """The items of an array; of anything else none."""
        return self.value if is_array(self.value) else []

    @property
    def at(self) -> At:
        """The value for a model field."""
        return At(self.value, self.path)

    @property
    def given(self) -> At | None:
        """The value for a model field; None if it is empty."""
        return At(self.value, self.path) if self.value else None

    @property
    def is_empty(self) -> bool:
        """True if it is null, false, zero or empty."""
        return not self.value

    @property
    def string(self) -> str | None:
        """A text unchanged; None if it is something else."""
        return self.value if isinstance(self.value, str) else None

    @property
    def name(self) -> str:
        """A text or a whole number as an identifier; empty if it is something else."""
        return str(self.value) if type(self.value) in {str, int} else ""

    def text(self, constraint: Text) -> At | None:
        """Return the text for a model field; None if it is empty."""
        return self.notes.text(self.value, constraint, self.path)

    def json(self) -> At:
        """Return the value as data of other programs; U+0000, which databases refuse, is removed from texts."""
        cleaned = without_nul(self.value)
        if cleaned != self.value:
            self.notes.note(Code.TEXT_CHANGED, self.path, property=self.path.rpartition("/")[2])
        return At(cleaned, self.path)

    def object(self) -> "ForeignValue":
        """Return the same value, and note anything but an object and null."""
        if self.value is not None and not is_object(self.value):
            self.drop(Code.WRONG_TYPE)
        return self

    def items(self) -> "Iterator[ForeignValue]":
        """Yield the items of an array, or the values of an object; anything else is noted, unless it is empty."""
        if self.value and type(self.value) not in {dict, list}:
            self.drop(Code.WRONG_TYPE)
        yield from map(self.member, self.members)
        for index, item in enumerate(self.array):
            yield ForeignValue(item, f"{self.path}/{index}", self.notes)

    def objects(self) -> "Iterator[ForeignValue]":
        """Yield the items that are objects; other items are noted."""
        for item in self.items():
            if is_object(item.value):
                yield item
            else:
                item.drop(Code.WRONG_TYPE)

    def distinct_by_id(self) -> "Iterator[ForeignValue]":
        """Yield the items that are objects, of several with one ``id`` the first; the others are noted."""
        seen: set[str] = set()
        for item in self.objects():
            number = item["id"].name
            if number and number in seen:
                item.notes.note(Code.ENTRY_REPEATED, item.path)
            else:
                seen.add(number)
                yield item

    def drop(self, reason: str) -> None:
        """Note that the value is left out, with the code of the reason."""
        self.notes.note(Code.VALUE_DROPPED, self.path, reason=reason)

    def unsupported(self, name: str) -> None:
        """Note, once for each name, that no field can hold the value."""
        self.notes.note_once(Code.MEMBER_UNSUPPORTED, self.path, member=name)

    def note_others(self, known: Collection[str], of: str = "") -> None:
        """Note the members that say something, except those that are *known*; *of* names the object."""
        for key, value in self.members.items():
            if value and key not in known:
                token = safe_pointer_token(key)
                name = f"{of}.{token[1:]}" if of and token else token[1:] or (f"?:{of}" if of else "?")
                self.notes.note_once(Code.MEMBER_UNSUPPORTED, f"{self.path}{token}", member=name)


def objects_by(value: object, key: str) -> dict[str, dict[str, Any]]:
    """Return the objects in an array of a payload by the text that they have as a member; others are left out."""
    items = value if is_array(value) else []
    return {item[key]: item for item in items if is_object(item) and type(item.get(key)) is str}
