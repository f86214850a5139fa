"""What all parts of a page share: the event, the words of its language, the zone of its times."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from attrs import evolve, field, frozen

from wtisd_model.locales import locale_for
from wtisd_model.locales.locale import Locale
from wtisd_model.markup.element import Child, Markup, element, tagged
from wtisd_model.model.dossier import Dossier
from wtisd_model.model.event import Event
from wtisd_model.page.calendars import CalendarLinks
from wtisd_model.planning.floor import floors
from wtisd_model.planning.provision import Channel, Provision
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.slot_words import ends_of
from wtisd_model.types.timeslot import TimeSlot


class InterpretedLanguages(NamedTuple):
    """The languages that are interpreted at an event or a session, by the way in which people follow them."""

    spoken: tuple[str, ...]
    signed: tuple[str, ...]
    captions: tuple[str, ...]


NOTHING = InterpretedLanguages((), (), ())


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
    interpretation: Mapping[str | None, InterpretedLanguages]
    """What is interpreted, by the ids of sessions; that of the event is at None."""

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
        name = locations[0].locality if is_local else zone.rpartition("/")[2].replace("_", " ")
        return tagged("bdi", (name, ""))


def context_of(
    event: Event, slot: TimeSlot, dossier: Dossier | None, *, language: str, zone: str, calendars: CalendarLinks
) -> PageContext:
    """Return the context of a page."""
    return PageContext(
        event=event,
        slot=slot,
        language=language,
        words=locale_for(language),
        zone=zone,
        calendars=calendars,
        interpretation={} if dossier is None else _interpretation(dossier),
    )


def _interpretation(dossier: Dossier) -> Mapping[str | None, InterpretedLanguages]:
    # Nobody's registration or name is needed for what is provided.
    return {
        floor.session_id: InterpretedLanguages(
            _reached(floor.provision, Channel.DIRECT, Channel.RELAY),
            _reached(floor.provision, Channel.SIGN),
            _reached(floor.provision, Channel.CAPTIONS),
        )
        for floor in floors(evolve(dossier, registrations=()))
    }


def _reached(provision: Provision, *channels: Channel) -> tuple[str, ...]:
    """Return the languages that reach people through one of some channels."""
    return tuple(tag for tag in sorted(provision.languages) if not {*channels}.isdisjoint(provision.channels(tag)))
