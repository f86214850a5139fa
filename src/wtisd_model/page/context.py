"""What all parts of a page share: the event, the words of its language, the zone of its times."""

from datetime import date

from attrs import field, frozen

from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Child, Markup, element, tagged
from wtisd_model.model.event import Event
from wtisd_model.page.calendars import CalendarLinks
from wtisd_model.programme.languages import ProgrammeLanguages
from wtisd_model.programme.times import ends_of, format_offset
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone


@frozen(kw_only=True)
class PageContext:
    """What all parts of a page share."""

    event: Event = field(repr=False)
    slot: TimeSlot
    """The slot of the event."""
    language: str
    """The language of texts that are translated into it, a tag."""
    words: Locale = field(repr=False)
    zone: str
    """The zone of all times."""
    calendars: CalendarLinks = field(repr=False)
    languages: ProgrammeLanguages = field(repr=False)

    def text(self, tag: str, text: LocalizedText) -> Markup:
        """Return an element with a text in the reader's language or, without a translation, in its own."""
        return tagged(tag, text.in_language(self.language), within=self.words.language)

    def labelled(self, label: str, *children: Child) -> Markup:
        """Return a label, and after it what it is about."""
        return element("span", f"{label}{self.words.colon}", *children)

    def day(self, slot: TimeSlot) -> date:
        """Return the day on which a slot begins; whole days are the same everywhere."""
        if slot.whole_days:
            return slot.first_day
        start, _ = ends_of(slot, self.zone)
        return date(start.year, start.month, start.day)

    def town(self, zone: str) -> Markup:
        """Return the name of the town whose clocks show the times of a zone: that of the event, or of the zone."""
        locations = self.event.locations
        is_local = bool(locations) and self.slot.time_zone == zone
        if is_local:
            name = locations[0].locality
        elif zone.startswith("Etc/"):  # no town, and the sign that people do not expect: Etc/GMT+5 is UTC-5
            name = format_offset(at_zone(self.slot.starts_at, zone))
        else:
            name = zone.rpartition("/")[2].replace("_", " ")
        return tagged("bdi", (name, ""))
