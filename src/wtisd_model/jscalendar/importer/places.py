"""``locations`` and ``virtualLocations`` as JSON of this package."""

import re
from typing import Final, cast

from wtisd_model.codes import Code
from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.ical.values import decode_geo
from wtisd_model.jscalendar.importer.context import JSCalendarEvent, by_number, note_unread
from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.jscalendar.parts import after_name
from wtisd_model.json.builtins import to_builtins
from wtisd_model.reading.foreign_value import ForeignValue
from wtisd_model.reading.notes import At
from wtisd_model.types.text import NAME

_GEO: Final = re.compile(r"geo:(-?[0-9.]{1,20}),(-?[0-9.]{1,20})(?:[,;].*)?", re.IGNORECASE)
_OF_LOCATIONS: Final = frozenset({"id", "room", "address", "locality", "country", "capacity"})


def read_locations(source: JSCalendarEvent, zone: str) -> list[At]:
    """Return the locations; first the main one.

    A name is that of a room of the place that the caller gave. Without one, the town is what follows the last comma,
    and the country that of *zone*, the zone of the times.
    """
    made: list[At] = []
    main = source.members.get("mainLocationId")
    for key, location in sorted(source.entries("locations"), key=lambda each: each[0] != main):
        read = _own_location if "locality" in location[FIELDS].members else _foreign_location
        draft = read(source, key, location, zone)
        if draft is not None:
            made.append(At(draft | _position(location["coordinates"]), location.path))
        note_unread(location, _READ_IN_LOCATIONS)
    return made


_READ_IN_LOCATIONS: Final = frozenset({"@type", "name", "coordinates", FIELDS})


def _own_location(source: JSCalendarEvent, key: str, location: ForeignValue, _zone: str) -> Object | None:
    fields = location[FIELDS]
    own = fields.members
    after = after_name(*map(own.get, ("room", "address", "locality")))
    kept, name = _OF_LOCATIONS, location["name"]
    if name.string is None or not name.string.endswith(after):  # another program has renamed it
        after, kept = "", _OF_LOCATIONS - {"room", "address"}
    text = source.localized(
        name, NAME, "locations", key, "name", own=fields["name"], plain=lambda each: each.removesuffix(after)
    )
    return None if text is None else {"name": text, **{each: own.get(each) for each in kept}}


def _foreign_location(source: JSCalendarEvent, key: str, location: ForeignValue, zone: str) -> Object | None:
    place, notes, path = source.context.place, source.notes, location.path
    name = source.localized(location["name"], NAME, "locations", key, "name")
    if name is None:
        notes.note(Code.LOCATION_DROPPED, path)
        return None
    if place is not None:
        return {**cast("Object", to_builtins(place)), "room": name["text"]}
    before, comma, town = name["text"].value.rpartition(", ")
    country = country_of_zone(zone) or country_of_zone(source.context.zone or zone)
    if not comma or not before or not town or country is None:
        notes.note(Code.LOCATION_DROPPED, path)
        return None
    notes.note_once(Code.COUNTRY_INFERRED, path, country=country)
    if name["translations"]:  # nothing says which part of them is the name
        source.value["localizations"].unsupported("localizations")
    return {
        "name": {"text": At(before, f"{path}/name"), "language": name["language"]},
        "locality": At(town, f"{path}/name"),
        "country": country,
    }


def _position(coordinates: ForeignValue) -> Object:
    if coordinates.value is None:
        return {}
    match = _GEO.fullmatch(coordinates.string or "")
    degrees = None if match is None else decode_geo(f"{match[1]};{match[2]}")
    if degrees is None:
        coordinates.drop(Code.URI_MALFORMED)
        return {}
    latitude, longitude = degrees
    return {"latitude": f"{latitude:f}", "longitude": f"{longitude:f}"}


def read_virtual_locations(source: JSCalendarEvent) -> list[At]:
    """Return the virtual locations, with those that this package wrote without an address."""
    made: dict[str, At] = {}
    for key, location in source.entries("virtualLocations"):
        own = location[FIELDS]["name"]
        name = source.localized(location["name"], NAME, "virtualLocations", key, "name", own=own)
        features = location["features"].object()
        draft = {
            "name": name,
            "uri": location["uri"].at,
            "features": [At(feature, features.path) for feature in sorted(features.members)],
        }
        made[key] = At(draft, location.path)
        note_unread(location, _READ_IN_VIRTUAL_LOCATIONS)
    later = source.fields["virtualLocations"].members
    made = {key: At(each, source.path) for key, each in later.items()} | made
    return [made[key] for key in sorted(made, key=by_number)]


_READ_IN_VIRTUAL_LOCATIONS: Final = frozenset({"@type", "name", "uri", "features", FIELDS})
