"""The properties of one calendar as values of the model, with findings about what cannot be kept."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.names import shown_name
from wtisd_model.contentlines.values import decode_integer, decode_text
from wtisd_model.ical.foreign_timezones import CalendarZones
from wtisd_model.json.builtins import to_builtins
from wtisd_model.model.event import Event
from wtisd_model.model.reply import ParticipationStatus
from wtisd_model.model.session import is_exported_uid
from wtisd_model.reading.make import Draft
from wtisd_model.reading.notations import decode_cal_address, is_mailto
from wtisd_model.reading.notes import At, Notes, mended
from wtisd_model.schema.constraints import Text
from wtisd_model.schema.fields import constraint_of
from wtisd_model.types.language import language_tag
from wtisd_model.types.location import Location

_SEQUENCE: Final = constraint_of(Event, "sequence")
_STATUSES: Final = {status.value.upper(): status for status in ParticipationStatus}


Located = Property | Component
"""What begins at a line of the file."""


def place_of(source: Located) -> str:
    """Return where a property or a component is, for findings."""
    return f"/lines/{source.line}"


@frozen(kw_only=True, slots=False)
class ImportContext:
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
    return None if number is None or _SEQUENCE.check(number) is not None else number


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


LINKS: Final = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
"""What Google and Teams write instead of CONFERENCE."""

RECURRENCE: Final = ("RRULE", "RDATE", "EXDATE", "EXRULE")
"""The properties that say when an event recurs."""

_NONE: Final = frozenset[str]()
_TEXT: Final = frozenset({"LANGUAGE"})
_TIME: Final = frozenset({"TZID"})

_READ_IN_EVENTS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS", "DURATION", "GEO"), _NONE),
    **dict.fromkeys(("URL", "IMAGE", "COLOR", "CATEGORIES", "CONTACT"), _NONE),
    **dict.fromkeys(("X-WTISD-ZONE", "X-WTISD-KIND", "X-WTISD-ID"), _NONE),
    **dict.fromkeys(LINKS, _NONE),
    **dict.fromkeys(("DTSTART", "DTEND"), _TIME),
    "RECURRENCE-ID": _TIME | {"RANGE"},
    **dict.fromkeys(("SUMMARY", "LOCATION"), _TEXT),
    "DESCRIPTION": _TEXT | {"DERIVED"},
    "ATTACH": _TEXT | {"LABEL", "FILENAME"},
    "CONFERENCE": _TEXT | {"FEATURE", "LABEL"},
    "LINK": _TEXT | {"LABEL"},
    "ORGANIZER": _TEXT | {"CN", "EMAIL"},
    "ATTENDEE": _TEXT | {"CN", "EMAIL", "PARTSTAT", "DELEGATED-FROM"},
    "RELATED-TO": frozenset({"RELTYPE"}),
}
"""The properties of a VEVENT that are read, each with its parameters; VALUE says in which form a value is."""

_READ_IN_CALENDARS: Final[Mapping[str, frozenset[str]]] = dict.fromkeys(
    ("CALSCALE", "METHOD", "COLOR", "X-WR-TIMEZONE"), _NONE
)

_READ_INSIDE: Final = frozenset({"VEVENT", "VTIMEZONE"}), frozenset({"PARTICIPANT"})
"""The components inside a VCALENDAR and inside a VEVENT that are read."""

_ABOUT_THE_FILE: Final = frozenset({"PRODID", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE"})
"""Which program wrote the file, and how to fetch it again."""

_COPIES: Final = frozenset(
    f"X-MICROSOFT-CDO-{name}"
    for name in (
        *("ALLDAYEVENT", "APPT-SEQUENCE", "ATTENDEE-CRITICAL-CHANGE", "IMPORTANCE", "INSTTYPE"),
        *("OWNER-CRITICAL-CHANGE", "OWNERAPPTID"),
    )
)
"""What Exchange writes besides DTSTART, SEQUENCE, DTSTAMP, PRIORITY, RRULE and UID (MS-OXCICAL 2.1.3.1.1.20)."""

_OUR_COPIES: Final = frozenset(
    {"NAME", "X-WR-CALNAME", "URL", "TRANSP", "STYLED-DESCRIPTION", "X-ALT-DESC", "VLOCATION"}
)
"""What this package makes of an event's title, url, sessions, description and locations."""

_DEFAULTS: Final[Mapping[str, AbstractSet[str]]] = {
    "VERSION": {"2.0"},
    "CLASS": {"PUBLIC"},
    "PRIORITY": {"0", "5"},  # "undefined" and "medium"
    "TRANSP": {"OPAQUE"},
    "X-MICROSOFT-CDO-BUSYSTATUS": {"BUSY"},
    "X-MICROSOFT-CDO-INTENDEDSTATUS": {"BUSY"},
    # Parameters.
    "CHARSET": {"UTF-8"},
    "CUTYPE": {"INDIVIDUAL"},
    "ENCODING": {"8BIT"},
    "ROLE": {"REQ-PARTICIPANT"},
    "RSVP": {"FALSE"},
    "X-NUM-GUESTS": {"0"},
}
"""Values that mean the same as nothing."""


def styled_description(vevent: Component) -> Property | None:
    """Return the description in HTML of an event that has no other one (RFC 9073 section 6.5)."""
    styled = None if vevent.get("DESCRIPTION") is not None else vevent.get("STYLED-DESCRIPTION")
    is_html = styled is not None and (styled.keyword("FMTTYPE") or "").partition(";")[0].strip() == "TEXT/HTML"
    return styled if is_html else None


def note_omissions(component: Component, context: ImportContext) -> None:
    """Note what is left out of a VCALENDAR or VEVENT because no field can hold it.

    Values that are left out although their property is read, such as an invalid URL, are noted where they are read.
    """
    is_event = component.name == "VEVENT"
    read, styled = (_READ_IN_EVENTS, styled_description(component)) if is_event else (_READ_IN_CALENDARS, None)
    for source in component.properties:
        if source.name in read:
            if source.parameters:
                _note_parameters(source, read[source.name], context)
        elif source is styled:
            _note_parameters(source, _TEXT | {"FMTTYPE"}, context)
        elif is_event and source.name in RECURRENCE:
            if context.expands:
                continue  # noted if they cannot be read
            context.note(Code.RECURRENCE_DROPPED, source, property=source.name)
        elif not _says_nothing(source, context):
            context.note_once(Code.PROPERTY_UNSUPPORTED, source, property=shown_name(source.name))
    for inside in component.components:
        if inside.name not in _READ_INSIDE[is_event] and not (context.is_ours and inside.name in _OUR_COPIES):
            context.note_once(Code.COMPONENT_DROPPED, inside, component=shown_name(inside.name))


def _says_nothing(source: Property, context: ImportContext) -> bool:
    if source.name in _ABOUT_THE_FILE or source.name in _COPIES or (context.is_ours and source.name in _OUR_COPIES):
        return True
    return source.value.strip().upper() in _DEFAULTS.get(source.name, ())


def _note_parameters(source: Property, read: frozenset[str], context: ImportContext) -> None:
    for name in source.parameters:
        value = source.parameter(name) or ""
        if not value.strip():
            continue
        if name not in read:
            is_kept = name == "VALUE" or value.upper() in _DEFAULTS.get(name, ())
        elif name == "RANGE":
            is_kept = context.expands and value.upper() == "THISANDFUTURE"
        elif name == "EMAIL":
            is_kept = (email_of(source) or "").casefold() == value.casefold()
        else:
            is_kept = name != "LANGUAGE" or language_tag(value) is not None
        if not is_kept:
            context.drop_parameter(shown_name(name), source)
