"""``locations`` and ``virtualLocations`` as our JSON."""

import re
from typing import Final, cast

from wtisd_model.codes import Code
from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.formats.foreign import At
from wtisd_model.ical.values import decode_geo
from wtisd_model.jscalendar.importer.context import (
    JSCalendarEvent,
    as_object,
    by_number,
    note_member,
    object_in,
    own_fields,
)
from wtisd_model.jscalendar.names import FIELDS, Object
from wtisd_model.jscalendar.parts import after_name
from wtisd_model.json.builtins import to_builtins
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
    for key, location, path in sorted(source.entries("locations"), key=lambda each: each[0] != main):
        fields = own_fields(location)
        read = _own_location if "locality" in fields else _foreign_location
        draft = read(source, key, location, path, zone)
        if draft is not None:
            made.append(At(draft | _position(source, location, path), path))
        source.note_unsupported(location, path, _READ_IN_LOCATIONS, {})
    return made


_READ_IN_LOCATIONS: Final = frozenset({"@type", "name", "coordinates", FIELDS})


def _own_location(source: JSCalendarEvent, key: str, location: Object, path: str, _zone: str) -> Object | None:
    fields = own_fields(location)
    after = after_name(*map(fields.get, ("room", "address", "locality")))
    name = location.get("name")
    kept = _OF_LOCATIONS
    if not isinstance(name, str) or not name.endswith(after):  # another program has renamed it
        after, kept = "", _OF_LOCATIONS - {"room", "address"}
    text = source.localized(
        name,
        NAME,
        f"{path}/name",
        *("locations", key, "name"),
        own=fields.get("name"),
        plain=lambda each: each.removesuffix(after),
    )
    return None if text is None else {"name": text, **{each: fields.get(each) for each in kept}}


def _foreign_location(source: JSCalendarEvent, key: str, location: Object, path: str, zone: str) -> Object | None:
    place, notes = source.context.place, source.notes
    name = source.localized(location.get("name"), NAME, f"{path}/name", "locations", key, "name")
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
        note_member(notes, source.path, "localizations")
    return {
        "name": {"text": At(before, f"{path}/name"), "language": name["language"]},
        "locality": At(town, f"{path}/name"),
        "country": country,
    }


def _position(source: JSCalendarEvent, location: Object, path: str) -> Object:
    written = location.get("coordinates")
    if written is None:
        return {}
    match = _GEO.fullmatch(written) if isinstance(written, str) else None
    degrees = None if match is None else decode_geo(f"{match[1]};{match[2]}")
    if degrees is None:
        source.notes.note(Code.VALUE_DROPPED, f"{path}/coordinates", reason=Code.URI_MALFORMED)
        return {}
    latitude, longitude = degrees
    return {"latitude": f"{latitude:f}", "longitude": f"{longitude:f}"}


def read_virtual_locations(source: JSCalendarEvent) -> list[At]:
    """Return the virtual locations, with those that this package wrote without an address."""
    made: dict[str, At] = {}
    for key, location, path in source.entries("virtualLocations"):
        name = source.localized(
            location.get("name"),
            NAME,
            f"{path}/name",
            *("virtualLocations", key, "name"),
            own=own_fields(location).get("name"),
        )
        features = [
            At(feature, f"{path}/features") for feature in sorted(object_in(location, "features", path, source.notes))
        ]
        uri = None if location.get("uri") is None else At(location["uri"], f"{path}/uri")
        made[key] = At({"name": name, "uri": uri, "features": features}, path)
        source.note_unsupported(location, path, _READ_IN_VIRTUAL_LOCATIONS, {"description": ""})
    later = as_object(own_fields(source.members).get("virtualLocations"))
    made = {key: At(each, source.path) for key, each in later.items()} | made
    return [made[key] for key in sorted(made, key=by_number)]


_READ_IN_VIRTUAL_LOCATIONS: Final = frozenset({"@type", "name", "uri", "features", FIELDS})
