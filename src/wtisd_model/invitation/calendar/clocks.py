"""The time zones of one calendar: which of ours is meant, or what its clocks show."""

import re
from datetime import UTC, datetime
from typing import Final

from pendulum import DateTime

from wtisd_model.codes import Code
from wtisd_model.data.zones import ZONES, windows_zones
from wtisd_model.findings import Finding, finding
from wtisd_model.invitation.calendar.foreign_zone import ForeignZone, foreign_zone
from wtisd_model.invitation.calendar.tree import Component
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.schema.constraints import FIRST_YEAR, LAST_YEAR
from wtisd_model.types.timezone import Repeated, at_zone, first_moment, resolve

# Names that begin with a slash are meant to be the same everywhere (RFC 5545 section 3.8.3.1). These are from libical,
# Citadel, Evolution and Mozilla; the name of the place stands last, behind a version.
_PREFIXED: Final = re.compile(
    r"/(?:freeassociation\.sourceforge\.net|citadel\.org|softwarestudio\.org|mozilla\.org)/(?:[^/]+/)?"
    r"([A-Za-z]+/[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)?)"
)
_UTC: Final = frozenset(
    {"UTC", "ETC/UTC", "ETC/UCT", "ETC/GMT", "GMT", "Z", "COORDINATED UNIVERSAL TIME", "TZONE://MICROSOFT/UTC"}
)
_LONGEST_NAME: Final = 255


def named(name: str) -> str | None:
    """Find the zone of ours that a TZID names: by its own name, by that of Windows, or behind a known prefix."""
    if name in ZONES or len(name) > _LONGEST_NAME:
        return name if name in ZONES else None
    if name.upper() in _UTC:
        return "UTC"
    match = _PREFIXED.fullmatch(name)
    if match is not None:
        return match[1] if match[1] in ZONES else None
    return windows_zones().get(name)


class Clocks:
    """Reads the wall-clock times of one calendar. Nothing is kept for the next one: there, a name may mean another."""

    def __init__(self, calendar: Component, *, zone: str | None) -> None:
        """Look at the zones that a calendar describes.

        Args:
            calendar: the VCALENDAR.
            zone: for times without a zone; None for none.
        """
        default = calendar.first("X-WR-TIMEZONE")
        own = None if default is None else named(default.value)
        self.for_days: str | None = zone or own
        """The zone of whole days, which have none of their own."""
        self.floating = zone
        """The zone of times that have none."""
        self._described: dict[str, Component] = {}
        self._known: dict[str, str | ForeignZone | None] = {}
        for each in calendar.parts("VTIMEZONE"):
            name = each.first("TZID")
            if name is not None:
                self._described.setdefault(name.value, each)

    def read(self, wall: datetime, tzid: str | None, line: int) -> tuple[DateTime, Finding | None] | Finding:
        """Find the moment at which the clocks of a zone show *wall*, and what is to be said about it.

        Of two equal times the first is meant. A time that the clocks jump over is read as before the jump.

        Args:
            wall: what the clocks show.
            tzid: the name of the zone; None where the time has none.
            line: where it stands.

        Returns:
            The moment, or what keeps it from being one: ``time-floating``, ``zone-unknown``, ``zone-rules-foreign``,
            ``year-out-of-range``.

        Source: RFC 5545 section 3.3.5.
        """
        path = line_path(line)
        # By the clocks of its place, which may be kept beside a time in UTC, it may be in the year before or after.
        if not FIRST_YEAR - 1 <= wall.year <= LAST_YEAR + 1:
            return finding(Code.YEAR_OUT_OF_RANGE, path, minimum=FIRST_YEAR, maximum=LAST_YEAR)
        zone = self.floating if tzid is None else self._zone(tzid)
        if isinstance(zone, str):
            return _in_zone(wall, zone, path)
        if zone is None:
            return self._unknown(tzid, path)
        moment = (wall - zone.offset(wall)).replace(tzinfo=UTC)
        shown = self.for_days or "UTC"
        return at_zone(moment, shown), finding(Code.ZONE_REPLACED, path, zone=shown)

    def _unknown(self, tzid: str | None, path: str) -> Finding:
        if tzid is None:
            return finding(Code.TIME_FLOATING, path)
        return finding(Code.ZONE_RULES_FOREIGN if tzid in self._described else Code.ZONE_UNKNOWN, path)

    def _zone(self, tzid: str) -> str | ForeignZone | None:
        if tzid not in self._known:
            self._known[tzid] = named(tzid) or self._by_description(tzid)
        return self._known[tzid]

    def _by_description(self, tzid: str) -> str | ForeignZone | None:
        described = self._described.get(tzid)
        if described is None:
            return None
        place = described.first("X-LIC-LOCATION")
        return (None if place is None else named(place.value)) or foreign_zone(described)


def _in_zone(wall: datetime, zone: str, path: str) -> tuple[DateTime, Finding | None]:
    written = wall.isoformat()
    for which in (None, Repeated.FIRST):
        found = resolve(written, zone, which)
        if not isinstance(found, Finding):
            return found, None
    # "If the local time described does not occur, the DATE-TIME value is interpreted using the UTC offset before the
    # gap", so that it lies as far behind the jump as it was written.
    return first_moment(wall, zone), finding(Code.TIME_JUMPED, path)
