"""A foreign JSON document while it is read: each value with its place."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, Final, cast

from attrs import define

from wtisd_model.codes import Code
from wtisd_model.findings import safe_pointer_token
from wtisd_model.formats.foreign import At, Notes
from wtisd_model.json.json_types import JsonValue
from wtisd_model.schema.constraints import Text

_MOST_NAMED: Final = 100
"""The unknown members of one object that are noted: as many as there may be findings."""


@define(eq=False)  # a frozen object takes longer to make, and there is one for each value
class Source:
    """A value of a foreign document, and where findings about the document go."""

    value: JsonValue
    path: str
    notes: Notes

    def __getitem__(self, key: str) -> "Source":
        """Return a member with a name of the format; null if it is absent."""
        return Source(self._members.get(key), f"{self.path}/{key}", self.notes)

    def member(self, name: str) -> "Source":
        """Return a member with a name that somebody chose; null if it is absent."""
        return Source(self._members.get(name), f"{self.path}{safe_pointer_token(name)}", self.notes)

    @property
    def _members(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self.value) if isinstance(self.value, dict) else {}

    @property
    def at(self) -> At:
        """The value for a field of ours."""
        return At(self.value, self.path)

    @property
    def given(self) -> At | None:
        """The value for a field of ours; None if it says nothing."""
        return At(self.value, self.path) if self.value else None

    @property
    def says_nothing(self) -> bool:
        """True if it is null, false, zero or empty."""
        return not self.value

    @property
    def name(self) -> str:
        """A text or a whole number as an identifier; empty if it is something else."""
        return str(self.value) if type(self.value) in {str, int} else ""

    def text(self, constraint: Text) -> At | None:
        """Return the text for a field of ours; None if it is empty."""
        return self.notes.text(self.value, constraint, self.path)

    def items(self) -> "Iterator[Source]":
        """Yield the items of an array, or the values of an object; anything else is noted."""
        if isinstance(self.value, list):
            for index, each in enumerate(cast("list[Any]", self.value)):
                yield Source(each, f"{self.path}/{index}", self.notes)
        elif isinstance(self.value, dict):
            yield from map(self.member, self.value)
        elif self.value:
            self.drop(Code.WRONG_TYPE)

    def objects(self) -> "Iterator[Source]":
        """Yield the items that are objects; other items are noted."""
        for each in self.items():
            if isinstance(each.value, dict):
                yield each
            else:
                each.drop(Code.WRONG_TYPE)

    def one_of_each(self) -> "Iterator[Source]":
        """Yield the items that are objects, of several with one ``id`` the first; the others are noted."""
        seen: set[str] = set()
        for each in self.objects():
            number = each["id"].name
            if number and number in seen:
                each.notes.note(Code.ENTRY_REPEATED, each.path)
            else:
                seen.add(number)
                yield each

    def drop(self, reason: str) -> None:
        """Note that the value is left out, with the code of the reason."""
        self.notes.note(Code.VALUE_DROPPED, self.path, reason=reason)

    def unsupported(self, name: str) -> None:
        """Note, once for each name, that no field can hold the value."""
        self.notes.note_once(Code.MEMBER_UNSUPPORTED, self.path, member=name)

    def note_others(self, known: Collection[str]) -> None:
        """Note the members that say something, except those that are *known*."""
        others = (key for key, value in self._members.items() if value and key not in known)
        for key in islice(others, _MOST_NAMED):
            self.member(key).unsupported(safe_pointer_token(key)[1:] or "?")

    def first(self, drafts: Iterable[At], most: int) -> list[At]:
        """Return the first drafts that were made of the value, as many as a field may hold; the rest is noted."""
        kept = list(islice(drafts, most + 1))
        if len(kept) > most:
            self.drop(Code.TOO_MANY_ITEMS)
        return kept[:most]
