"""The places of an event and of its sessions, and how one can take part there."""

from operator import attrgetter
from typing import NamedTuple, Self

from attrs import fields

from wtisd_model.model.session import Session
from wtisd_model.types.attendance import AttendanceMode, ParticipationMode
from wtisd_model.types.location import Location, VirtualLocation


# Why: docs/decisions/0024
class Places(NamedTuple):
    """The places of an event or of a session."""

    locations: tuple[Location, ...]
    virtual_locations: tuple[VirtualLocation, ...]
    venue_to_follow: bool
    """True if the location is announced later."""

    @property
    def mode(self) -> AttendanceMode | None:
        """How one can take part; None without a place."""
        on_site = bool(self.locations) or self.venue_to_follow
        if on_site and self.virtual_locations:
            return AttendanceMode.MIXED
        if on_site:
            return AttendanceMode.ON_SITE
        return AttendanceMode.REMOTE if self.virtual_locations else None

    @property
    def shown(self) -> tuple[object, ...]:
        """The places as people read them, without the ids of locations."""
        return (tuple(map(_without_id, self.locations)), *self[1:])

    def of_session(self, session: Session) -> Self:
        """Return the places of a session of the event: its own or, by default, these."""
        inherited = session.inherited_places
        on_site = inherited is not ParticipationMode.REMOTE and not session.locations
        remote = inherited is not ParticipationMode.ON_SITE and not session.virtual_locations
        return self._replace(
            locations=self.locations if on_site else session.locations,
            virtual_locations=self.virtual_locations if remote else session.virtual_locations,
            venue_to_follow=self.venue_to_follow and on_site,
        )


_without_id = attrgetter(*(each.name for each in fields(Location) if each.name != "id"))
