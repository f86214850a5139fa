"""The tracks of a schedule."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from wtisd_model.model.event import Event
from wtisd_model.reading.foreign_value import objects_by
from wtisd_model.schedule_json.identity import distinct, slug
from wtisd_model.schedule_json.vocabulary import SLUG_FORM, TRACKS

WITHOUT: Final = "none"
"""The slug of the track, without a name, of sessions that belong to none: version 2 requires a track."""


@frozen
class Tracks:
    """The tracks of one schedule: names, slugs, and the colours that an extension of the event has for them."""

    extras: Mapping[str, Mapping[str, Any]] = field(repr=False)
    by_name: dict[str, dict[str, Any]] = field(factory=dict[str, dict[str, Any]])
    _slugs: dict[str, int] = field(factory=lambda: {WITHOUT: 0})

    def slug(self, name: str | None) -> str:
        """Return the slug of a track."""
        if name is None:
            self.by_name.setdefault("", {"name": "", "slug": WITHOUT})
            return WITHOUT
        if name not in self.by_name:
            extra = self.extras.get(name, {})
            known = extra.get("slug")
            wanted = known if isinstance(known, str) and SLUG_FORM.fullmatch(known) else slug(name) or "track"
            self.by_name[name] = {**extra, "name": name, "slug": distinct(wanted, self._slugs)}
        found: str = self.by_name[name]["slug"]
        return found


def tracks_of(event: Event) -> Tracks:
    """Return the tracks of an event, none of them used yet."""
    kept = event.extensions.as_dict().get(TRACKS) if TRACKS in event.extensions else None
    return Tracks(objects_by(kept, "name"))
