"""What all parts of a page share: the facts of an event or a session as HTML, such as times, places and calls."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from attrs import field, frozen
from pendulum import DateTime

from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Child, Markup, element, joined, link, linked, mailto, tagged
from wtisd_model.model.call import Call
from wtisd_model.model.event import Event
from wtisd_model.model.session import Session
from wtisd_model.programme.languages import ProgrammeLanguages, language_names
from wtisd_model.programme.names import country_name, language_name, town_of_zone
from wtisd_model.programme.places import Building, building_of, maps_of
from wtisd_model.programme.texts import document_facts, document_label, issue_date
from wtisd_model.programme.times import (
    ends_of,
    format_offset,
    format_slot,
    format_times,
    format_zone,
    has_same_clocks,
    last_day_of,
    slot_and_zone,
)
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Organization
from wtisd_model.types.timeslot import TimeSlot
from wtisd_model.types.timezone import at_zone


@frozen
class CalendarLink:
    """A link to a calendar file."""

    address: str
    name: str | None = None
    """The name under which a browser saves it; None if its address has one."""


CalendarLinks = Mapping[str | None, CalendarLink]
"""The links by the ids of sessions; that of the event is at None."""


_UNTIL: Final = "–"


def machine_date(slot: TimeSlot) -> str:
    """Return the start of a slot for an attribute ``datetime``, or the first of its whole days."""
    return slot.first_day.isoformat() if slot.whole_days else machine_time(slot.starts_at)


def machine_time(moment: datetime) -> str:
    """Return a moment for an attribute ``datetime``, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="minutes" if moment.second == 0 else "seconds")[:-6] + "Z"


def _zone(suffix: str) -> Markup:
    # The names of zones are in Latin letters: without a direction of its own, the bracket is torn apart in Arabic.
    return joined(" " if suffix[:1] == " " else None, element("bdi", suffix.strip(), dir="ltr"))


_UNKNOWN: Final = ""
"""The language of names, which have none."""


def proper_name(text: str | None) -> Markup | None:
    """Return a text whose language is not known."""
    return None if text is None else tagged("bdi", (text, _UNKNOWN), within=_UNKNOWN)


def mail_address(email: str | None) -> Markup | None:
    """Return an e-mail address as a link."""
    if email is None:
        return None
    return link(mailto(email), element("bdi", email, dir="ltr"))


@frozen(kw_only=True)
class PageContext:
    """What all parts of a page share."""

    event: Event = field(repr=False)
    slot: TimeSlot
    language: str
    """The language of texts that are translated into it, a tag."""
    words: Locale = field(repr=False)
    zone: str
    calendars: CalendarLinks = field(repr=False)
    languages: ProgrammeLanguages = field(repr=False)

    def text(self, tag: str, text: LocalizedText) -> Markup:
        """Return an element with a text in the reader's language or, without a translation, in its own."""
        return tagged(tag, text.in_language(self.language), within=self.words.language)

    def labelled(self, label: str, *children: Child) -> Markup:
        """Return a label, and after it what it is about."""
        return element("span", label + self.words.colon, *children)

    def day(self, slot: TimeSlot) -> date:
        """Return the day on which a slot begins; whole days are the same everywhere."""
        if slot.whole_days:
            return slot.first_day
        start, _ = ends_of(slot, self.zone)
        return date(start.year, start.month, start.day)

    def town(self, zone: str) -> Markup:
        """Return the name of the town whose clocks show the times of a zone: that of the event, or of the zone."""
        locations = self.event.locations if self.slot.time_zone == zone else ()
        if locations and locations[0].locality is not None:
            name = locations[0].locality
        elif zone.startswith("Etc/"):  # no town, and the sign that people do not expect: Etc/GMT+5 is UTC-5
            name = format_offset(at_zone(self.slot.starts_at, zone))
        else:
            name = town_of_zone(zone, self.words.language)
        return tagged("bdi", (name, ""))

    def when(self, slot: TimeSlot) -> list[Markup]:
        """Return a slot in words by the clocks that the page shows and, if they differ, by those of the place."""
        zones = [self.zone] if has_same_clocks(slot, self.zone) else [self.zone, slot.time_zone]
        return [self._period(slot, zone) for zone in zones]

    def dated(self, sentence: str, moment: datetime, class_: str | None = None) -> Markup:
        """Return a sentence with a moment, at ``{moment}``, by the clocks that the page shows, and then their zone."""
        dates, local = self.words.dates, at_zone(moment, self.zone)
        said = sentence.format(moment=dates.format_moment(local))
        return element("time", said, _zone(format_zone(local, dates)), class_=class_, datetime=machine_time(moment))

    def previous(self, thing: Event | Session) -> Markup:
        """Return the time that an event or a session had before it was last rescheduled."""
        return element("s", format_slot(thing.previous_slots[-1], self.words.dates, self.zone))

    def hours(self, slot: TimeSlot, *, with_offsets: bool) -> Markup:
        """Return the times of a slot that begins on a known day and, if they differ, those of clocks at the place."""
        if slot.whole_days:
            whole = element("time", self.words.pictures.timetable.whole_day, datetime=machine_date(slot))
            return joined(whole, self._days_later((slot.last_day - slot.first_day).days, slot.last_day))
        start, end = ends_of(slot, self.zone)
        before, after = (f" {format_offset(moment)}" if with_offsets else "" for moment in (start, end))
        last_day = last_day_of(end)
        hours = joined(
            self._time(start, slot.starts_at),
            before if before != after else None,
            _UNTIL,
            self._time(end, slot.ends_at),
            after,
            self._days_later(last_day.toordinal() - start.toordinal(), last_day),
        )
        if has_same_clocks(slot, self.zone):
            return hours
        dates, first_day = self.words.dates, slot.start.date()
        there = format_times(slot.start, slot.end, first_day, dates, with_offsets=with_offsets)
        day = None if first_day == start.date() else joined(dates.format_day(slot.start), element("br"))
        return joined(hours, element("small", day, f"{there} ", self.town(slot.time_zone)))

    def _period(self, slot: TimeSlot, zone: str) -> Markup:
        """Return a slot in words: a ``time`` element, or one for each end if they are on two days, and the zone."""
        dates = self.words.dates
        said, suffix = slot_and_zone(slot, dates, zone)
        starts_at = machine_date(slot)
        if slot.whole_days:
            first, last = (dates.format_day(day) for day in (slot.first_day, slot.last_day))
            ends_at, is_one_day = slot.last_day.isoformat(), slot.first_day == slot.last_day
        else:
            start, end = ends_of(slot, zone)
            has_offsets = start.utcoffset() != end.utcoffset()
            first, last = (
                dates.format_moment(moment) + (f" ({format_offset(moment)})" if has_offsets else "")
                for moment in (start, end)
            )
            ends_at, is_one_day = machine_time(slot.ends_at), start.date() == end.date()
        if is_one_day:
            period = element("time", said, datetime=starts_at)
        else:
            period = joined(
                element("time", f"{first} {_UNTIL}", datetime=starts_at), " ", element("time", last, datetime=ends_at)
            )
        return joined(period, _zone(suffix)) if suffix else period

    def _days_later(self, days: int, last_day: date) -> Markup | None:
        """Return after how many days something ends and, for people who hear the page, the day; None for 0."""
        if days == 0:
            return None
        day = self.words.dates.format_day(last_day)
        return joined(
            element("span", f"{self.words.comma}{day}", class_="heard"),
            element("span", f" (+{days})", aria_hidden="true"),
        )

    def _time(self, local: DateTime, moment: datetime) -> Markup:
        return element("time", self.words.dates.format_time(local), datetime=machine_time(moment))

    def paragraphs(self, text: LocalizedText) -> Iterator[Markup]:
        """Yield the paragraphs of a text, with its web addresses as links."""
        said, tag = text.in_language(self.language)
        language = None if tag == self.words.language else tag
        for paragraph in said.split("\n\n"):
            if paragraph.strip():
                yield element("p", linked(paragraph.strip("\n")), lang=language, dir="auto")

    def places(self, locations: Iterable[Location]) -> Iterator[Markup]:
        """Yield each building once, with its rooms."""
        buildings: dict[Building, list[Location]] = {}
        for location in locations:
            buildings.setdefault(building_of(location), []).append(location)
        return map(self.place, buildings.values())

    def place(self, locations: Sequence[Location]) -> Markup:
        """Return a building with some of its rooms and its address, and a link to a map if its position is known."""
        words, building = self.words, locations[0]
        called = self.text("bdi", building.name)
        rooms = [proper_name(location.room) for location in locations if location.room is not None]
        if len(rooms) > 1:
            called, rooms = joined(called, " (", joined(*rooms, separator=words.comma), ")"), []
        parts = map(proper_name, (building.address, building.locality))
        country = None if building.country is None else country_name(building.country, words.language)
        described = joined(called, *rooms, *parts, country, separator=words.comma)
        for _, address in maps_of(locations, self.language):
            return joined(described, element("span", " (", link(address, words.page.map), ")", class_="screen-only"))
        return described

    def remote(self, locations: Iterable[VirtualLocation], *, is_held: bool) -> Iterator[Markup]:
        """Yield virtual places, as links if their addresses are known; of what does not take place, only the names."""
        for location in locations:
            name = None if location.name is None else self.text("bdi", location.name)
            if is_held and location.uri is not None:
                yield link(location.uri) if name is None else link(location.uri, name)
            elif is_held and name is None:
                yield element("span", self.words.participation["remote"])
            elif name is not None:
                yield name

    def last_day(self, deadline: Deadline) -> Markup:
        """Return a deadline in words: its day, and in whose local time that ends."""
        words = self.words
        day = words.dates.format_day(deadline.date)
        before, _, after = words.page.local_time.format(day=day, place="{place}").partition("{place}")
        sentence, _, rest = words.participation["last-day"].partition("{day}")
        said = joined(f"{sentence}{before}", self.town(deadline.time_zone), f"{after}{rest}")
        return element("time", said, class_="sentence", datetime=deadline.date.isoformat())

    def call_terms(self, call: Call) -> Iterator[Child]:
        """Yield where people respond to a call, from when, until when, and in which languages."""
        words = self.words
        if call.url is not None:
            yield link(call.url)
        if call.email is not None:
            yield mail_address(call.email)
        if call.address_unknown:
            said, organizer = words.participation["ask-organizer"], self.event.organizer
            if organizer is None or organizer.email is None:
                yield element("span", said, class_="sentence")
            else:
                yield link(mailto(organizer.email), said, class_="sentence")
        if call.opens is not None:
            yield self.dated(words.participation["opens"], call.opens, "sentence")
        if call.deadline is not None:
            yield self.last_day(call.deadline)
        if call.languages:
            yield self.labelled(words.languages.spoken, language_names(call.languages, words))
        yield from self.seats(call)

    def seats(self, thing: Call | Session) -> Iterator[Markup]:
        """Yield how many seats there are on site and remotely, where they are limited."""
        words, modes = self.words, self.words.choices["mode"]
        for label, number in ((modes["on-site"], thing.on_site_capacity), (modes["remote"], thing.remote_capacity)):
            if number is not None:
                yield self.labelled(words.pictures.timetable.seats + f" ({label})", words.numbers.format(number))

    def document(self, document: Document) -> Markup:
        """Return a document by its title, kind, symbol, date and language, as a link if its address is known."""
        words = self.words
        label = tagged("bdi", document_label(document, self.language, words), within=words.language)
        name = label if document.url is None else link(document.url, label, hreflang=document.language)
        more: list[Child] = []
        if document.title is not None:
            more += [words.documents[document.kind], proper_name(document.symbol)]
        if document.issued is not None:
            more.append(element("time", issue_date(document.issued, words), datetime=document.issued))
        if document.language is not None:
            more.append(language_name(document.language, words.language))
        more += [self.labelled(*fact) for fact in document_facts(self.event, document, self.language, words)]
        return joined(name, " (", joined(*more, separator=words.comma), ")") if more else name

    def organization(self, organization: Organization) -> Markup:
        """Return an organization with its acronym, department and e-mail address."""
        parts = (
            self.text("bdi", organization.name),
            proper_name(organization.acronym),
            proper_name(organization.unit),
            mail_address(organization.email),
        )
        return joined(*parts, separator=self.words.comma)

    def contact(self, person: Contact) -> Markup:
        """Return a person or an office to contact."""
        phone = None if person.phone is None else link(f"tel:{person.phone}", element("bdi", person.phone, dir="ltr"))
        return joined(proper_name(person.name), mail_address(person.email), phone, separator=self.words.comma)
