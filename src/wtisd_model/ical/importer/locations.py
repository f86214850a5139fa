"""LOCATION, GEO and CONFERENCE as locations and virtual locations."""

from typing import Final

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.ical.component import Component
from wtisd_model.ical.context import ImportContext
from wtisd_model.ical.property import Property
from wtisd_model.ical.values import decode_geo, decode_text
from wtisd_model.model.event import Event
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualFeature, VirtualLocation
from wtisd_model.types.text import CONFERENCE_ADDRESS, NAME

MOST_VIRTUAL: Final = most_items(Event, "virtual_locations")

LINKS: Final = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
"""What Google and Teams write instead of CONFERENCE."""

_FEATURES: Final = {each.value.upper(): each for each in VirtualFeature}


def read_virtual_locations(vevent: Component, context: ImportContext) -> tuple[VirtualLocation, ...]:
    """Return CONFERENCE, what Google and Teams write instead, and a link in LOCATION."""
    made: list[VirtualLocation] = []
    for each in vevent.all("CONFERENCE"):
        if len(made) == MOST_VIRTUAL or not _is_link(each.value):
            context.drop(each)
            continue
        name = context.parameter(each, "LABEL", NAME)
        features = [feature.upper() for feature in each.parameters.get("FEATURE", ())]
        if not set(features) <= _FEATURES.keys():
            context.drop_parameter("FEATURE", each)
        made.append(
            VirtualLocation(
                name=None if name is None else LocalizedText(text=name, language=context.language_of(each)),
                uri=each.value,
                features=frozenset(_FEATURES[feature] for feature in features if feature in _FEATURES),
            )
        )
    for source in (*(each for name in LINKS for each in vevent.all(name)), *vevent.all("LOCATION")):
        uri = decode_text(source.value).strip()
        if any(each.uri == uri for each in made) or (source.name == "LOCATION" and not _is_link(uri)):
            continue
        if len(made) == MOST_VIRTUAL or not _is_link(uri):
            context.drop(source)
            continue
        made.append(VirtualLocation(uri=uri))
    return tuple(made)


def read_locations(vevent: Component, zone: str, context: ImportContext) -> tuple[Location, ...]:
    """Return LOCATION and GEO as one location.

    A calendar has one text for a location. It names a room of the place that the caller gave. Without one, the town is
    what follows the last comma, and the country that of *zone*, the zone of the times, or that of the calendar.
    """
    source = context.single(vevent, "LOCATION")
    made = None if source is None else _location(source, zone, context)
    position = context.single(vevent, "GEO")
    degrees = None if position is None else decode_geo(position.value)
    if made is not None and degrees is not None:
        made = evolve(made, latitude=degrees[0], longitude=degrees[1])
    elif position is not None:
        context.drop(position)
    return () if made is None else (made,)


def _location(source: Property, zone: str, context: ImportContext) -> Location | None:
    text = decode_text(source.value)
    # Google writes an empty LOCATION for an event without one.
    if not text or _is_link(text.strip()):
        return None
    if context.place is not None:
        room = context.text(text, NAME, source)
        return None if room is None else evolve(context.place, room=room)
    before, comma, after = text.rpartition(", ")
    if not comma:
        context.note(Code.LOCATION_DROPPED, source)
        return None
    name, locality = context.text(before, NAME, source), context.text(after, NAME, source)
    if name is None or locality is None:
        return None
    country = country_of_zone(zone) or country_of_zone(context.zones.for_days or zone)
    if country is None:
        context.note(Code.LOCATION_DROPPED, source)
        return None
    context.note_once(Code.COUNTRY_INFERRED, source, country=country)
    in_language = LocalizedText(text=name, language=context.language_of(source))
    return Location(name=in_language, locality=locality, country=country)


def _is_link(uri: str) -> bool:
    return CONFERENCE_ADDRESS.check(uri, suggest=False) is None
