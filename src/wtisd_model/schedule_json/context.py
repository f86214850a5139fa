"""What the parts of a reader share: the settings of one file, and its values with their places."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final, cast
from urllib.parse import urljoin

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.findings import safe_pointer_token
from wtisd_model.formats.foreign import At, Notes
from wtisd_model.schedule_json.times import parse_moment
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.timezone import first_moment, to_utc

Draft = dict[str, Any]

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # urljoin would change even a whole address
_EMPTY: Final[tuple[object, ...]] = (None, "", [], {}, False)


# A variable, because pyright takes the items of a list for unknown if it is tested with the class itself.
_list: Any = list


def is_object(value: object) -> bool:
    """Return True for an object."""
    return isinstance(value, Mapping)


def as_object(value: object) -> Mapping[str, Any]:
    """Return an object; an empty one for anything else."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[Any]:
    """Return an array; an empty one for anything else."""
    return cast("list[Any]", value) if isinstance(value, _list) else []


@frozen
class ScheduleContext:
    """One file."""

    notes: Notes
    zone: str
    language: str
    """The language of texts that state none."""
    base_url: str
    """What relative addresses are relative to; empty if that is not stated."""
    place: Location | None = field(repr=False)
    """Where the rooms are."""
    meta: Mapping[str, Mapping[str, Any]] | None = field(repr=False)
    """What this package wrote about sessions, by guid; None in the files of others."""

    def members(self, value: object, path: str) -> Mapping[str, Any]:
        """Return an object; an empty one, with a finding, for anything else but null."""
        if not is_object(value):
            self._drop(value, path)
        return as_object(value)

    def items(self, value: object, path: str, most: int | None = None) -> Iterator[tuple[Any, str]]:
        """Yield the items of an array with their places; none, with a finding, of anything else but null.

        No more than *most* are read, with a finding at the first one that is left out.
        """
        if not isinstance(value, _list):
            self._drop(value, path)
        for index, each in enumerate(as_list(value)):
            if index == most:
                self.notes.note(Code.VALUE_DROPPED, f"{path}/{index}", reason=Code.TOO_MANY_ITEMS)
                return
            yield each, f"{path}/{index}"

    def _drop(self, value: object, path: str) -> None:
        if value is not None:
            self.notes.note(Code.VALUE_DROPPED, path, reason=Code.WRONG_TYPE)

    def note_others(self, members: Mapping[str, Any], read: frozenset[str], path: str, of: str) -> None:
        """Note the members that no field holds, once for each name; those that say nothing are not noted."""
        for key, value in members.items():
            if key not in read and value not in _EMPTY:
                token = safe_pointer_token(key)
                name = f"{of}.{token[1:]}" if token else f"?:{of}"
                self.notes.note_once(Code.MEMBER_UNSUPPORTED, f"{path}{token}", member=name)

    def texts(self, value: object, path: str, language: str) -> dict[str, str]:
        """Return the texts of a string or of an object of translations, by language; the original comes first."""
        if isinstance(value, str):
            return {language: value}
        found: dict[str, str] = {}
        for key, each in self.members(value, path).items():
            tag = language_tag(key)
            if tag is not None and isinstance(each, str):
                found[tag] = each
            elif each is not None:
                reason = Code.LANGUAGE_UNKNOWN if tag is None else Code.WRONG_TYPE
                self.notes.note(Code.VALUE_DROPPED, path, reason=reason)
        if self.meta is None and language in found:
            found = {language: found[language], **found}
        return found

    def localized(self, texts: Mapping[str, str], constraint: Text, path: str) -> Draft | None:
        """Return texts by language as the draft of a LocalizedText; None if none has anything to say."""
        read = {tag: self.notes.text(each.replace("\r\n", "\n"), constraint, path) for tag, each in texts.items()}
        kept = {tag: each for tag, each in read.items() if each is not None}
        if not kept:
            return None
        original = next(iter(kept))
        return {"text": kept.pop(original), "language": original, "translations": kept}

    def address(self, value: object, path: str) -> At | None:
        """Return a web address, a relative one after the base of the file; None without an address."""
        if not isinstance(value, str) or not value.strip():
            self._drop(None if isinstance(value, str) else value, path)
            return None
        address = value.strip()
        if not _SCHEME.match(address):
            with suppress(ValueError):  # the field refuses an address that cannot be split
                address = urljoin(self.base_url, address)
        return At(address, path)

    def moment(self, value: object) -> dt.datetime | dt.date | None:
        """Return a date, or the moment of a date and time, which are local if they have no offset; None without one."""
        read = parse_moment(value.strip()) if isinstance(value, str) else None
        if read is None or not FIRST_YEAR <= read.year <= LAST_YEAR:
            return None
        if not isinstance(read, dt.datetime):
            return read
        return to_utc(first_moment(read, self.zone)) if read.tzinfo is None else read
