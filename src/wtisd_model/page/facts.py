"""What all parts of a page share, and the facts of an event or a session as HTML: times, places, calls, people."""

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
from wtisd_model.programme.names import country_name, language_name
from wtisd_model.programme.people import people_named, person_in_words
from wtisd_model.programme.places import Building, building_of
from wtisd_model.programme.texts import document_label
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


# Times


_UNTIL: Final = "–"


def machine_date(slot: TimeSlot) -> str:
    """Return the start of a slot for an attribute ``datetime``, or the first of its whole days."""
    return slot.first_day.isoformat() if slot.whole_days else machine_time(slot.starts_at)


def machine_time(moment: datetime) -> str:
    """Return a moment for an attribute ``datetime``, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="minutes" if moment.second == 0 else "seconds")[:-6] + "Z"


def when(slot: TimeSlot, context: PageContext) -> list[Markup]:
    """Return a slot in words by the clocks that the page shows and, if they differ, by those of the place."""
    zones = [context.zone] if has_same_clocks(slot, context.zone) else [context.zone, slot.time_zone]
    return [_period(slot, zone, context) for zone in zones]


def dated(sentence: str, moment: datetime, context: PageContext, class_: str | None = None) -> Markup:
    """Return a sentence with a moment, at ``{moment}``, by the clocks that the page shows, and then their zone."""
    dates, shown = context.words.dates, at_zone(moment, context.zone)
    said = sentence.format(moment=dates.format_moment(shown))
    return element("time", said, _zone(format_zone(shown, dates)), class_=class_, datetime=machine_time(moment))


def previous(thing: Event | Session, context: PageContext) -> Markup:
    """Return the time that an event or a session had before it was last rescheduled."""
    return element("s", format_slot(thing.previous_slots[-1], context.words.dates, context.zone))


def hours(slot: TimeSlot, context: PageContext, *, with_offsets: bool) -> Markup:
    """Return the times of a slot that begins on a known day and, if they differ, those of clocks at the place."""
    if slot.whole_days:
        shown = element("time", context.words.pictures.timetable.whole_day, datetime=machine_date(slot))
        return joined(shown, _days_later((slot.last_day - slot.first_day).days, slot.last_day, context))
    start, end = ends_of(slot, context.zone)
    before, after = (f" {format_offset(each)}" if with_offsets else "" for each in (start, end))
    last_day = last_day_of(end)
    shown = joined(
        _time(start, context),
        before if before != after else None,
        _UNTIL,
        _time(end, context),
        after,
        _days_later((last_day - start.date()).days, last_day, context),
    )
    if has_same_clocks(slot, context.zone):
        return shown
    dates, first_day = context.words.dates, slot.start.date()
    there = format_times(slot.start, slot.end, first_day, dates, with_offsets=with_offsets)
    day = None if first_day == start.date() else joined(dates.format_day(slot.start), element("br"))
    return joined(shown, element("small", day, f"{there} ", context.town(slot.time_zone)))


def _period(slot: TimeSlot, zone: str, context: PageContext) -> Markup:
    """Return a slot in words: a ``time`` element, or one for each end if they are on two days, and then the zone."""
    dates = context.words.dates
    said, suffix = slot_and_zone(slot, dates, zone)
    starts_at = machine_date(slot)
    if slot.whole_days:
        first, last = (dates.format_day(each) for each in (slot.first_day, slot.last_day))
        ends_at, is_one_day = slot.last_day.isoformat(), slot.first_day == slot.last_day
    else:
        start, end = ends_of(slot, zone)
        has_offsets = start.utcoffset() != end.utcoffset()
        first, last = (
            dates.format_moment(each) + (f" ({format_offset(each)})" if has_offsets else "") for each in (start, end)
        )
        ends_at, is_one_day = machine_time(slot.ends_at), start.date() == end.date()
    if is_one_day:
        shown = element("time", said, datetime=starts_at)
    else:
        shown = joined(
            element("time", f"{first} {_UNTIL}", datetime=starts_at), " ", element("time", last, datetime=ends_at)
        )
    return joined(shown, _zone(suffix)) if suffix else shown


def _zone(suffix: str) -> Markup:
    # The names of zones are in Latin letters: without a direction of its own, the bracket is torn apart in Arabic.
    return joined(" " if suffix[:1] == " " else None, element("bdi", suffix.strip(), dir="ltr"))


def _days_later(days: int, last_day: date, context: PageContext) -> Markup | None:
    """Return the number of days after which something ends and, for people who hear the page, the day; None for 0."""
    if days == 0:
        return None
    day = context.words.dates.format_day(last_day)
    return joined(
        element("span", f"{context.words.comma}{day}", class_="heard"),
        element("span", f" (+{days})", aria_hidden="true"),
    )


def _time(moment: DateTime, context: PageContext) -> Markup:
    return element("time", context.words.dates.format_time(moment), datetime=machine_time(moment))


_UNKNOWN: Final = ""
"""The language of names, which have none."""

_DAY: Final = len("2023-04-12")
"""The length of a date; documents may have a month alone."""


def paragraphs(text: LocalizedText, context: PageContext) -> Iterator[Markup]:
    """Yield the paragraphs of a text, with its web addresses as links."""
    said, tag = text.in_language(context.language)
    language = None if tag == context.words.language else tag
    for each in said.split("\n\n"):
        if each.strip():
            yield element("p", linked(each.strip("\n")), lang=language, dir="auto")


def name(text: str | None) -> Markup | None:
    """Return a text whose language is not known."""
    return None if text is None else tagged("bdi", (text, _UNKNOWN), within=_UNKNOWN)


# Places


def places(locations: Iterable[Location], context: PageContext) -> Iterator[Markup]:
    """Yield each building once, with its rooms."""
    buildings: dict[Building, list[Location]] = {}
    for each in locations:
        buildings.setdefault(building_of(each), []).append(each)
    return (place(each, context) for each in buildings.values())


def place(locations: Sequence[Location], context: PageContext) -> Markup:
    """Return a building with some of its rooms and its address, and a link to a map if its position is known."""
    words, building = context.words, locations[0]
    called = context.text("bdi", building.name)
    rooms = [name(each.room) for each in locations if each.room is not None]
    if len(rooms) > 1:
        called, rooms = joined(called, " (", joined(*rooms, separator=words.comma), ")"), []
    parts = map(name, (building.address, building.locality))
    shown = joined(called, *rooms, *parts, country_name(building.country, words.language), separator=words.comma)
    positions = (
        (f"{each.latitude:f}", f"{each.longitude:f}")
        for each in locations
        if each.latitude is not None and each.longitude is not None
    )
    north, east = next(positions, (None, None))
    if north is None:
        return shown
    address = f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=17/{north}/{east}"
    return joined(shown, element("span", " (", link(address, words.page.map), ")", class_="screen-only"))


def remote(locations: Iterable[VirtualLocation], context: PageContext, *, is_held: bool) -> Iterator[Markup]:
    """Yield virtual places, as links if their addresses are known; of what does not take place, only their names."""
    for each in locations:
        shown = None if each.name is None else context.text("bdi", each.name)
        if is_held and each.uri is not None:
            yield link(each.uri) if shown is None else link(each.uri, shown)
        elif is_held and shown is None:
            yield element("span", context.words.participation["remote"])
        elif shown is not None:
            yield shown


# Calls and documents


def last_day(deadline: Deadline, context: PageContext) -> Markup:
    """Return a deadline in words: its day, and in whose local time that ends."""
    words = context.words
    day = words.dates.format_day(deadline.date)
    before, _, after = words.page.local_time.format(day=day, place="{place}").partition("{place}")
    sentence, _, rest = words.participation["last-day"].partition("{day}")
    said = joined(f"{sentence}{before}", context.town(deadline.time_zone), f"{after}{rest}")
    return element("time", said, class_="sentence", datetime=deadline.date.isoformat())


def call_terms(call: Call, context: PageContext) -> Iterator[Child]:
    """Yield where people respond to a call, from when, until when, and in which languages."""
    words = context.words
    if call.url is not None:
        yield link(call.url)
    if call.email is not None:
        yield mail_address(call.email)
    if call.address_unknown:
        said, organizer = words.participation["ask-organizer"], context.event.organizer
        if organizer is None or organizer.email is None:
            yield element("span", said, class_="sentence")
        else:
            yield link(mailto(organizer.email), said, class_="sentence")
    if call.opens is not None:
        yield dated(words.participation["opens"], call.opens, context, "sentence")
    if call.deadline is not None:
        yield last_day(call.deadline, context)
    if call.languages:
        yield context.labelled(words.languages.spoken, language_names(call.languages, words))
    yield from seats(call, context)


def seats(thing: Call | Session, context: PageContext) -> Iterator[Markup]:
    """Yield how many seats there are on site and remotely, where they are limited."""
    words, modes = context.words, context.words.choices["mode"]
    for label, number in ((modes["on-site"], thing.on_site_capacity), (modes["remote"], thing.remote_capacity)):
        if number is not None:
            yield context.labelled(f"{words.pictures.timetable.seats} ({label})", words.numbers.format(number))


def mail_address(email: str | None) -> Markup | None:
    """Return an e-mail address as a link."""
    if email is None:
        return None
    return link(mailto(email), element("bdi", email, dir="ltr"))


def document(given: Document, context: PageContext) -> Markup:
    """Return a document by its title, kind, symbol, date and language, as a link if its address is known."""
    words = context.words
    label = tagged("bdi", document_label(given, context.language, words), within=words.language)
    shown = label if given.url is None else link(given.url, label, hreflang=given.language)
    more: list[Child] = []
    if given.title is not None:
        more += [words.documents[given.kind], name(given.symbol)]
    if given.issued is not None:
        is_day = len(given.issued) == _DAY
        issued = words.dates.format_day(date.fromisoformat(given.issued)) if is_day else given.issued
        more.append(element("time", issued, datetime=given.issued))
    if given.language is not None:
        more.append(language_name(given.language, words.language))
    if given.addressees:
        addressees = words.comma.join(words.choices["membership"][each] for each in sorted(given.addressees))
        more.append(context.labelled(words.page.audience, addressees))
    return joined(shown, " (", joined(*more, separator=words.comma), ")") if more else shown


# People


def organization(given: Organization, context: PageContext) -> Markup:
    """Return an organization with its acronym, department and e-mail address."""
    parts = (context.text("bdi", given.name), name(given.acronym), name(given.unit), mail_address(given.email))
    return joined(*parts, separator=context.words.comma)


def contact(given: Contact, context: PageContext) -> Markup:
    """Return a person or an office to contact."""
    phone = None if given.phone is None else link(f"tel:{given.phone}", element("bdi", given.phone, dir="ltr"))
    return joined(name(given.name), mail_address(given.email), phone, separator=context.words.comma)


def people(session: Session, context: PageContext) -> list[Child]:
    """Return the people of a session whom a programme names, with their roles."""
    return [name(person_in_words(each, context.words)) for each in people_named(session)]
