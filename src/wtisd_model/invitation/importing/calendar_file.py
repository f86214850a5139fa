"""From the bytes of a calendar to events, as `wtisd_model.invitation.from_ical` promises."""

from collections.abc import Sequence
from typing import cast

from wtisd_model.codes import Code, Severity
from wtisd_model.findings import Finding, FindingCollector, InvalidValueError, MessageError, finding
from wtisd_model.ical.calendar import PRODUCT_NAME
from wtisd_model.invitation.calendar.clocks import Clocks
from wtisd_model.invitation.calendar.context import Context
from wtisd_model.invitation.calendar.limits import CalendarLimits
from wtisd_model.invitation.calendar.method import common_method
from wtisd_model.invitation.calendar.tree import Component, Note, calendars
from wtisd_model.invitation.calendar.values import text
from wtisd_model.invitation.importing.entry import Entry, entry, named_color
from wtisd_model.invitation.importing.events import events, one_of_each
from wtisd_model.invitation.importing.outcome import Imported
from wtisd_model.invitation.importing.places import Places
from wtisd_model.model.event import Event
from wtisd_model.types.arguments import checked
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.location import Location
from wtisd_model.types.timezone import named_zone


def read(data: bytes, *, zone: str | None, language: str, place: Location | None, limits: CalendarLimits) -> Imported:
    """Read a calendar; the arguments are those of `from_ical`."""
    _check(zone, language, place)
    gathered = FindingCollector()
    found = calendars(data, limits, gathered.add)
    method = common_method(found)
    made: list[Event] = []
    kept: list[Entry] = []
    for calendar in found:
        context = Context(
            clocks=Clocks(calendar, zone=zone),
            language=language,
            place=place,
            is_ours=_is_ours(calendar),
            note=gathered.add,
        )
        entries = one_of_each(_entries(calendar, context), context)
        kept += entries
        color = calendar.first("COLOR")
        made += events(entries, None if color is None else named_color(color, context), context)
    made = _each_once(made, gathered.add)
    findings = tuple(gathered.kept)
    if not made:
        errors = [each for each in findings if each.severity is Severity.ERROR]
        raise MessageError(*(errors or [finding(Code.EVENT_MISSING)]))
    return Imported(
        method=method,
        events=tuple(made),
        attendees=tuple(attendee for each in kept for attendee in each.attendees),
        findings=findings,
        omitted=gathered.omitted,
    )


def _check(zone: str | None, language: str, place: Location | None) -> None:
    if zone is not None:
        named_zone(zone)
    checked(language, LANGUAGE, "/language")
    if not isinstance(cast("object", place), Location | None):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/place", expected="an object of the class Location"))


def _is_ours(calendar: Component) -> bool:
    product = calendar.first("PRODID")
    return product is not None and text(product.value) == PRODUCT_NAME


def _entries(calendar: Component, context: Context) -> Sequence[Entry]:
    places = Places(context)
    read_ones = (entry(each, context, places) for each in calendar.parts("VEVENT"))
    return [each for each in read_ones if each is not None]


def _each_once(made: Sequence[Event], note: Note) -> list[Event]:
    """Keep the first event of each uid, where a file holds several calendars."""
    kept: dict[str, Event] = {}
    for event in made:
        if event.uid in kept:
            note(_repeated())
        else:
            kept[event.uid] = event
    return list(kept.values())


def _repeated() -> Finding:
    return finding(Code.ENTRY_REPEATED)
