"""Locations and conferences as properties of a VEVENT, and as texts for the mail around it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import field, frozen

from wtisd_model.ical.component import Component
from wtisd_model.ical.property import Property
from wtisd_model.ical.values import encode_geo, encode_text, encode_uri, text_property
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.direction import is_rtl, isolate
from wtisd_model.model.places import Places
from wtisd_model.types.language import TaggedText
from wtisd_model.types.location import Location, VirtualLocation
from wtisd_model.types.uid import name_based_uid

Link = tuple[TaggedText, str]
"""The name of a virtual location, and its address."""

_BETWEEN_LOCATIONS: Final = "; "  # Outlook splits locations at semicolons


@frozen(kw_only=True)
class Venue:
    """The places of an event or session, for readers of one language and one mode of participation."""

    where: tuple[TaggedText, ...]
    """The locations with the commas of the reader's language, or a sentence that says that the location will follow."""
    venue_to_follow: bool
    """True if the location is announced later."""
    links: tuple[Link, ...]
    """The virtual locations whose address is known."""
    remote_first: bool
    """Whether the reader takes part remotely."""
    properties: tuple[Property, ...] = field(repr=False)
    """LOCATION, GEO and CONFERENCE."""


def venue(places: Places, *, language: str | None, words: Locale, remote_first: bool) -> Venue:
    """Return the venue of an event or session.

    For remote readers, LOCATION names the first virtual location before the others, since calendar programs show it;
    and there is no GEO, from which they compute a journey.
    """
    virtual = places.virtual_locations
    addresses = tuple(_address(each, language) for each in places.locations)
    links = tuple(links_of(virtual, language, words))
    conferences = [_conference(each, each.uri, language) for each in virtual if each.uri is not None]
    if remote_first and virtual:
        first = (links[0][1], links[0][0][1]) if links else _name(virtual[0], language, words)
        properties = [*conferences, *text_property("LOCATION", [first, *addresses], _BETWEEN_LOCATIONS)]
    else:
        properties = [
            *text_property("LOCATION", addresses, _BETWEEN_LOCATIONS),
            *_position(places.locations),
            *conferences,
        ]
    where = [_in_words(each, language, words) for each in places.locations]
    if places.venue_to_follow:
        where = [(words.labels.venue_to_follow, words.language)]
    return Venue(
        where=tuple(where),
        venue_to_follow=places.venue_to_follow,
        links=links,
        remote_first=remote_first,
        properties=tuple(properties),
    )


def vlocations(locations: Iterable[Location], uid: str, language: str | None) -> Iterator[Component]:
    """Yield a VLOCATION for each location of an entry, named by its room if it has one; *uid* is that of the entry.

    Source: RFC 9073 section 7.2.
    """
    for number, each in enumerate(locations):
        text, tag = _address(each, language)
        yield Component(
            "VLOCATION",
            [
                Property("UID", encode_text(name_based_uid(f"VLOCATION {number} {uid} {each.name.text}"))),
                *text_property("NAME", [each.name.in_language(language) if each.room is None else (each.room, tag)]),
                *text_property("DESCRIPTION", [(text, tag)]),
                *_position([each]),
            ],
        )


def links_of(virtual: Iterable[VirtualLocation], language: str | None, words: Locale) -> Iterator[Link]:
    """Yield the virtual locations whose address is known."""
    for each in virtual:
        if each.uri is not None:
            yield _name(each, language, words), each.uri


def _name(virtual: VirtualLocation, language: str | None, words: Locale) -> TaggedText:
    return (
        (words.labels.remote_participation, words.language)
        if virtual.name is None
        else virtual.name.in_language(language)
    )


def _address(location: Location, language: str | None) -> TaggedText:
    parts, tag = _parts(location, language)
    return ", ".join(parts), tag


def _in_words(location: Location, language: str | None, words: Locale) -> TaggedText:
    parts, tag = _parts(location, language)
    rtl = bool(is_rtl("".join(parts)))
    return words.comma.join([isolate(each, rtl=rtl) for each in parts]), tag


def _parts(location: Location, language: str | None) -> tuple[list[str], str]:
    name, tag = location.name.in_language(language)
    parts = (name, location.room, location.address, location.locality)
    return [part for part in parts if part is not None], tag


def _position(locations: Sequence[Location]) -> list[Property]:
    # GEO occurs once at most (RFC 5545 section 3.6.1): that of the first location with a position.
    for each in locations:
        if each.latitude is not None and each.longitude is not None:
            return [Property("GEO", encode_geo(each.latitude, each.longitude))]
    return []


def _conference(virtual: VirtualLocation, address: str, language: str | None) -> Property:
    # "VALUE" has no default here (RFC 7986 section 5.11), and it takes FEATURE, LABEL and LANGUAGE.
    parameters: dict[str, tuple[str, ...]] = {"VALUE": ("URI",)}
    if virtual.features:
        parameters["FEATURE"] = tuple(sorted(each.upper() for each in virtual.features))
    if virtual.name is not None:
        label, tag = virtual.name.in_language(language)
        parameters |= {"LABEL": (label,), "LANGUAGE": (tag,)}
    return Property("CONFERENCE", encode_uri(address), parameters)
