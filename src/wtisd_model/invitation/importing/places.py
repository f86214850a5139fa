"""Where something is: LOCATION, GEO and CONFERENCE as places."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve

from wtisd_model.codes import Code
from wtisd_model.data.zone_countries import country_of_zone
from wtisd_model.findings import finding
from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.invitation.calendar.context import Context
from wtisd_model.invitation.calendar.tree import Component, single
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.invitation.calendar.values import allowed, position, text
from wtisd_model.invitation.importing.location_text import Budget, place_names
from wtisd_model.model.event import Event
from wtisd_model.schema.fields import most_items
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.location import Location, VirtualFeature, VirtualLocation
from wtisd_model.types.text import CONFERENCE_ADDRESS, NAME

COUNTRY_OF_UTC: Final = "CH"
"""The country of places in UTC, which is nowhere: that of Geneva."""

MOST_VIRTUAL: Final = most_items(Event, "virtual_locations")

MOST_IN_A_CALENDAR: Final = 10_000
"""How many different places are made of one calendar, so that a small file cannot ask for many objects."""

_FEATURES: Final = {each.value.upper(): each for each in VirtualFeature}
_LINKS: Final = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")


def virtual_locations(component: Component, context: Context) -> tuple[VirtualLocation, ...]:
    """Read the places to dial in: CONFERENCE, what Google and Teams write instead, and an address in LOCATION."""
    made: list[VirtualLocation] = []
    for each in component.all("CONFERENCE"):
        if len(made) < MOST_VIRTUAL and allowed(each.value, CONFERENCE_ADDRESS):
            made.append(_conference(each, context))
        else:
            context.drop(each)
    for found in (*(each for name in _LINKS for each in component.all(name)), *component.all("LOCATION")):
        uri = text(found.value).strip() if found.name == "LOCATION" else found.value
        if allowed(uri, CONFERENCE_ADDRESS) and len(made) < MOST_VIRTUAL and all(each.uri != uri for each in made):
            made.append(VirtualLocation(uri=uri))
    return tuple(made)


def _conference(found: Property, context: Context) -> VirtualLocation:
    label = found.parameter("LABEL")
    name = None if label is None else context.clean(label, NAME, found)
    said = [feature.upper() for feature in found.parameters.get("FEATURE", ())]
    return VirtualLocation(
        name=None if name is None else LocalizedText(text=name, language=context.tag(found)),
        uri=found.value,
        features=frozenset(_FEATURES[each] for each in said if each in _FEATURES),
    )


class Places:
    """Reads the places to go to of one calendar, each text once.

    A calendar has one text for all that is known of them. What we wrote can be taken apart again; what others wrote
    names a room of the place that the caller has given or, without one, has to be of the form that we write.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[tuple[str, str, str, bool], Sequence[Location]] = {}
        self._inferred: set[str] = set()
        self._budget = Budget()
        self._count = 0

    def of(self, component: Component, zone: str) -> tuple[Location, ...]:
        """Read LOCATION and GEO of a VEVENT whose times are in *zone*: the country of a place that does not say it."""
        context = self._context
        found = single(component, "LOCATION", context.note)
        made = () if found is None else tuple(self._named(found, zone))
        where = single(component, "GEO", context.note)
        if where is None:
            return made
        degrees = position(where.value)
        if degrees is not None and made:
            return (_at(made[0], degrees), *made[1:])
        context.drop(where)
        return made

    def _named(self, found: Property, zone: str) -> Sequence[Location]:
        context = self._context
        said = text(found.value)
        if allowed(said.strip(), CONFERENCE_ADDRESS):
            return ()
        if context.place is not None and not context.is_ours:
            room = context.clean(said, NAME, found)
            return () if room is None else (evolve(context.place, room=room),)
        country = self._country(zone)
        key = said, context.tag(found), country, "LANGUAGE" in found.parameters
        if key not in self._known:
            self._known[key] = self._made(said, found, country)
        made = self._known[key]
        if not made:
            context.note(finding(Code.LOCATION_DROPPED, line_path(found.line)))
        elif context.place is None and country not in self._inferred:
            self._inferred.add(country)  # told once, or nothing else would be heard
            context.note(finding(Code.COUNTRY_INFERRED, line_path(found.line), country=country))
        return made

    def _country(self, zone: str) -> str:
        if self._context.place is not None:
            return self._context.place.country
        return country_of_zone(zone) or country_of_zone(self._context.clocks.for_days or zone) or COUNTRY_OF_UTC

    def _made(self, said: str, found: Property, country: str) -> Sequence[Location]:
        ours = self._context.is_ours
        one = None if ours else self._budget.one_place(said)
        names = place_names(said, self._budget) if ours else () if one is None else (one,)
        self._count += len(names)
        if self._count > MOST_IN_A_CALENDAR:
            return ()
        # Where we wrote no language behind several names, they are in several.
        mixed = ours and len(names) > 1 and "LANGUAGE" not in found.parameters
        tags = ["und", *["mul"] * (len(names) - 1)] if mixed else [self._context.tag(found)] * len(names)
        return [
            Location(
                name=LocalizedText(text=name, language=tag),
                room=room,
                address=address,
                locality=locality,
                country=country,
            )
            for (name, room, address, locality), tag in zip(names, tags, strict=True)
        ]


def _at(place: Location, degrees: tuple[Decimal, Decimal]) -> Location:
    return evolve(place, latitude=degrees[0], longitude=degrees[1])
