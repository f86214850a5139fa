"""What the parts of a reader share: the settings of one file, and how its texts, addresses and times are read."""

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urljoin

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At, Notes
from wtisd_model.schedule_json.times import parse_moment
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.patterns import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.timezone import first_moment, to_utc

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # urljoin would change even a whole address


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

    def texts(self, source: ForeignValue, language: str) -> dict[str, str]:
        """Return the texts of a string or of an object of translations, by language; the original comes first."""
        if source.string is not None:
            return {language: source.string}
        found: dict[str, str] = {}
        for key, each in source.object().members.items():
            tag = language_tag(key)
            if tag is not None and isinstance(each, str):
                found[tag] = each
            elif each is not None:
                source.drop(Code.LANGUAGE_UNKNOWN if tag is None else Code.WRONG_TYPE)
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

    def text(self, source: ForeignValue, constraint: Text, language: str) -> Draft | None:
        """Return a text in one language, or in several, as the draft of a LocalizedText; None without one."""
        return self.localized(self.texts(source, language), constraint, source.path)

    def address(self, source: ForeignValue) -> At | None:
        """Return a web address, a relative one after the base of the file; None without an address."""
        address = (source.string or "").strip()
        if not address:
            if source.string is None and source.value is not None:
                source.drop(Code.WRONG_TYPE)
            return None
        if not _SCHEME.match(address):
            with suppress(ValueError):  # the field refuses an address that cannot be split
                address = urljoin(self.base_url, address)
        return At(address, source.path)

    def image(self, source: ForeignValue) -> At | None:
        """Return the address of a picture: of version 1, which states it, or of version 2, which has an object."""
        return self.address(source["url"] if source.members else source)

    def moment(self, value: object) -> dt.datetime | dt.date | None:
        """Return a date, or the moment of a date and time, which are local if they have no offset; None without one."""
        read = parse_moment(value.strip()) if isinstance(value, str) else None
        if read is None or not FIRST_YEAR <= read.year <= LAST_YEAR:
            return None
        if not isinstance(read, dt.datetime):
            return read
        return to_utc(first_moment(read, self.zone)) if read.tzinfo is None else read
