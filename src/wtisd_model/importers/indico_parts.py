"""What the events, the sessions and the timetables of Indico have in common: texts, times, people and files."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from attrs import frozen
from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.html_text import html_text
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notes import At
from wtisd_model.schema.constraints import Text
from wtisd_model.types.document import DocumentKind
from wtisd_model.types.people import Role
from wtisd_model.types.text import LINE, LONG, NAME
from wtisd_model.types.timezone import LOCAL_TIME, at_zone, first_moment, to_local_time, to_utc, zone_of

_NAMES: Final = (("first_name", "last_name"), ("firstName", "familyName"))


def _written(source: ForeignValue) -> Any:
    day, time = source["date"].value, source["time"].value
    return f"{day}T{time[:8]}" if isinstance(day, str) and isinstance(time, str) else source.value


@frozen
class IndicoParts:
    """A reader of the parts of one event."""

    language: str
    """The language of the event."""
    zone: str
    """The zone of the event."""
    origin: str
    """Scheme and host of the server: where an address without a host leads."""
    default_zone: str | None
    """The zone of times whose own is missing or unknown."""

    def localized(self, text: At | None) -> At | None:
        """Return a text in the language of the event."""
        return None if text is None else At({"text": text, "language": self.language}, text.path)

    def line(self, source: ForeignValue, constraint: Text = LINE) -> At | None:
        """Return a text without HTML."""
        return self.localized(source.text(constraint))

    def description(self, source: ForeignValue) -> At | None:
        """Return a text that may be HTML; Markdown stays Markdown."""
        value = source.value
        plain = html_text(value) if isinstance(value, str) else value
        return self.localized(source.notes.text(plain, LONG, source.path))

    def moment(self, source: ForeignValue) -> DateTime | None:
        """Return the moment of a date, a time and a zone; None if it cannot be read."""
        wall, zone = _written(source), source["tz"].name
        if zone not in ZONES and self.default_zone is not None:
            if zone:
                source.notes.note_once(Code.VALUE_DROPPED, source["tz"].path, reason=Code.ZONE_UNKNOWN)
            zone = self.default_zone
        if not isinstance(wall, str) or LOCAL_TIME.check(wall) is not None or zone not in ZONES:
            return None
        # Indico has no sign for the second of two equal times, on the night when the clocks go back.
        return first_moment(datetime.fromisoformat(wall), zone)

    def slot(self, source: ForeignValue) -> Draft | None:
        """Return the slot in the zone of the event; None if it has no times."""
        start, end = source["startDate"], source["endDate"]
        if start.is_empty and end.is_empty:
            return None
        begins, ends = self.moment(start), self.moment(end)
        if begins is None or ends is None:
            # The reader of payloads finds what is wrong.
            zone = (start if begins is None else end)["tz"]
            return {"start": At(_written(start), start.path), "end": At(_written(end), end.path), "timeZone": zone.at}
        slot: Draft = {"timeZone": self.zone}
        for key, moment, place in (("start", begins, start), ("end", ends, end)):
            here = moment if zone_of(moment) == self.zone else at_zone(to_utc(moment), self.zone)
            wall, _, repeated = to_local_time(here)
            slot |= {key: At(wall, place.path), f"{key}Repeated": repeated and repeated.value}
        return slot

    def people(self, source: ForeignValue, role: Role) -> Iterator[At]:
        """Yield the people in a list. They have an e-mail address if a manager of the event exported them."""
        for each in source.objects():
            names = [" ".join(filter(None, (each[given].name, each[family].name))) for given, family in _NAMES]
            full = next(filter(str.strip, (*names, each["fullName"].name, each["name"].name)), None)
            name, email = each.notes.text(full, NAME, each.path), each["email"]
            if name is not None or not email.is_empty:
                person = {"name": name, "email": email.given, "organization": each["affiliation"].text(NAME)}
                yield At(person | {"roles": [role.value]}, each.path)

    def address(self, source: ForeignValue) -> At | None:
        """Return a web address, which may lack the host."""
        value = source.value
        if isinstance(value, str) and value.startswith("/"):
            return At(f"{self.origin}{value}", source.path)
        return source.given

    def documents(self, source: ForeignValue) -> Iterator[At]:
        """Yield the files, the links and the minutes of an entry, without protected ones."""
        attached, minutes = source["attachments"], source["note"]["url"]
        yield from self._files(attached["files"])
        for folder in (*source["folders"].objects(), *attached["folders"].objects()):
            if folder["is_protected"].value:
                folder.unsupported("is_protected")
            else:
                yield from self._files(folder["attachments"])
        if source["folders"].value is None:  # before Indico 1.9.7
            for material in source["material"].objects():
                for each in material["resources"].objects():
                    yield self._document(each, each["name"], each["url"])
        if not minutes.is_empty:
            yield At({"kind": DocumentKind.REPORT.value, "url": self.address(minutes)}, minutes.path)

    def _files(self, source: ForeignValue) -> Iterator[At]:
        for each in source.objects():
            link = each["link_url"]
            if each["is_protected"].value:
                each.unsupported("is_protected")
            else:
                yield self._document(each, each["title"], each["download_url"] if link.is_empty else link)

    def _document(self, source: ForeignValue, title: ForeignValue, address: ForeignValue) -> At:
        return At(
            {"kind": DocumentKind.OTHER.value, "title": self.line(title), "url": self.address(address)}, source.path
        )
