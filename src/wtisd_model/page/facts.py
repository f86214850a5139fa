"""The facts of an event or a session as HTML: places, languages, calls, documents, people."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from wtisd_model.markup.element import Child, Markup, element, joined, link, linked, mailto, tagged
from wtisd_model.model.call import Call
from wtisd_model.model.session import Session
from wtisd_model.page.context import PageContext
from wtisd_model.page.times import dated
from wtisd_model.programme.languages import language_names
from wtisd_model.programme.names import country_name, language_name
from wtisd_model.programme.people import people_named, person_in_words
from wtisd_model.programme.places import Building, building_of
from wtisd_model.programme.texts import document_label
from wtisd_model.types.deadline import Deadline
from wtisd_model.types.document import Document
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.people import Contact, Organization

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
