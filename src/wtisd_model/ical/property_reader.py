"""The properties of one calendar as values of the model, with findings about what cannot be kept."""

from collections.abc import Callable
from functools import cached_property
from typing import Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.values import decode_integer, decode_text
from wtisd_model.ical.foreign_timezones import CalendarZones
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import is_exported_uid
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notations import decode_cal_address, is_mailto
from wtisd_model.reading.notes import At, Notes, mended
from wtisd_model.schema.constraints import Text
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location
from wtisd_model.types.number import SEQUENCE

_STATUSES: Final = {status.value.upper(): status for status in ParticipationStatus}


Located = Property | Component
"""What begins at a line of the file."""


def place_of(source: Located) -> str:
    """Return where a property or a component is, for findings."""
    return f"/lines/{source.line}"


@frozen(kw_only=True, slots=False)
class PropertyReader:
    """A reader of the properties of one calendar."""

    zones: CalendarZones
    notes: Notes
    language: str = "und"
    """The language of texts without LANGUAGE."""
    place: Location | None = field(default=None, repr=False)
    """Where the rooms are that LOCATION names."""
    is_ours: bool = False
    """True if this package wrote the calendar."""
    color: At | None = None
    """COLOR of the calendar, for events without one."""
    expands: bool = False
    """True if recurring events are read as their occurrences."""
    derives_uids: bool = False
    """True if an event may lack a uid, as in a schedule, to which nobody replies."""

    @cached_property
    def room_of_place(self) -> Draft:
        """The JSON of the place, for the rooms in it."""
        return {} if self.place is None else cast("Draft", to_builtins(self.place))

    def note(self, code: Code, source: Located, **params: str | int) -> None:
        """Add a finding that points at the line of *source*."""
        self.notes.note(code, place_of(source), **params)

    def note_once(self, code: Code, source: Located, **params: str | int) -> None:
        """Add a finding that points at the line of *source* unless there is the same one already."""
        self.notes.note_once(code, place_of(source), **params)

    def drop(self, source: Property) -> None:
        """Note that a property is left out, since no field can hold its value."""
        self.note(Code.PROPERTY_DROPPED, source, property=source.name)

    def drop_parameter(self, name: str, source: Property) -> None:
        """Note that a parameter is left out, once for all properties of the name."""
        self.note_once(Code.PARAMETER_DROPPED, source, parameter=name, property=source.name)

    def single(self, component: Component, name: str) -> Property | None:
        """Return the first property of a name, or None; add a finding for each further one."""
        properties = component.all(name)
        for repeated in properties[1:]:
            self.note(Code.PROPERTY_REPEATED, repeated, property=name)
        return properties[0] if properties else None

    def language_of(self, source: Property) -> str:
        """Return the language that a property states, or the default."""
        return language_tag(source.parameter("LANGUAGE")) or self.language

    def text(self, value: str, constraint: Text, source: Property) -> str | None:
        """Return a text that a field may hold, with a finding if that changes it or leaves nothing.

        Control characters and outer blanks are removed, and a text that is too long is cut. None if nothing is left.
        """
        text = mended(value, constraint)
        if text is None:
            self.drop(source)
        elif text != value:
            self.note(Code.TEXT_CHANGED, source, property=source.name)
        return text

    def localized(self, source: Property | None, constraint: Text) -> Draft | None:
        """Return the TEXT of a property in its language."""
        if source is None:
            return None
        text = self.text(decode_text(source.value), constraint, source)
        return None if text is None else {"text": text, "language": self.language_of(source)}

    def decoded(self, component: Component, name: str, decode: Callable[[str], str | int | None]) -> At | None:
        """Return the value of a property as *decode* returns it; None without one or, with a finding, for its None."""
        source = self.single(component, name)
        if source is None:
            return None
        value = decode(source.value)
        if value is not None:
            return At(value, place_of(source))
        self.drop(source)
        return None

    def parameter(self, source: Property, name: str, constraint: Text) -> str | None:
        """Return the text of a parameter, as `text` does."""
        value = source.parameter(name)
        return self.text(value, constraint, source) if value else None

    def uid(self, component: Component) -> str | None:
        """Return UID, which has to be ASCII; None with an error among the findings."""
        source = self.single(component, "UID")
        if source is None:
            self.note(Code.PROPERTY_MISSING, component, property="UID")
            return None
        uid = decode_text(source.value)
        if not is_exported_uid(uid):
            self.note(Code.UID_MALFORMED, source)
            return None
        return uid


def decode_sequence(value: str) -> int | None:
    """Decode SEQUENCE; None if it is malformed (RFC 5545 section 3.8.7.4)."""
    number = decode_integer(value)
    return None if number is None or SEQUENCE.check(number) is not None else number


def email_of(source: Property) -> str | None:
    """Return the e-mail address of a CAL-ADDRESS, or that of its EMAIL parameter; None without one.

    Source: RFC 5545 section 3.3.3; RFC 7986 section 6.2.
    """
    email = source.value if is_mailto(source.value) else source.parameter("EMAIL")
    return None if email is None else decode_cal_address(email)


def addresses_in(source: Property, parameter: str) -> tuple[str, ...]:
    """Return the e-mail addresses in a parameter such as DELEGATED-TO; others are left out."""
    addresses = map(decode_cal_address, source.parameters.get(parameter, ()))
    return tuple(address for address in addresses if address is not None)


def participation_status_of(source: Property) -> ParticipationStatus | None:
    """Return PARTSTAT, NEEDS-ACTION if it is not stated; None for a status that RFC 5545 does not know for events.

    "Applications MUST treat x-name and iana-token values they don't recognize the same way as they would the
    NEEDS-ACTION value" (section 3.2.12): the caller does so, and reports it.
    """
    return _STATUSES.get(source.keyword("PARTSTAT") or "NEEDS-ACTION")
