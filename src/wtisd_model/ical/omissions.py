"""What of a VCALENDAR or VEVENT is read, what says nothing, and so what is left out with a finding."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, Property
from wtisd_model.contentlines.names import shown_name
from wtisd_model.ical.property_reader import PropertyReader, email_of
from wtisd_model.types.language import language_tag

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


def note_omissions(component: Component, reader: PropertyReader) -> None:
    """Note what is left out of a VCALENDAR or VEVENT because no field can hold it.

    Values that are left out although their property is read, such as an invalid URL, are noted where they are read.
    """
    is_event = component.name == "VEVENT"
    read, styled = (_READ_IN_EVENTS, styled_description(component)) if is_event else (_READ_IN_CALENDARS, None)
    for source in component.properties:
        if source.name in read:
            if source.parameters:
                _note_parameters(source, read[source.name], reader)
        elif source is styled:
            _note_parameters(source, _TEXT | {"FMTTYPE"}, reader)
        elif is_event and source.name in RECURRENCE:
            if reader.expands:
                continue  # noted if they cannot be read
            reader.note(Code.RECURRENCE_DROPPED, source, property=source.name)
        elif not _says_nothing(source, reader):
            reader.note_once(Code.PROPERTY_UNSUPPORTED, source, property=shown_name(source.name))
    for inside in component.components:
        if inside.name not in _READ_INSIDE[is_event] and not (reader.is_ours and inside.name in _OUR_COPIES):
            reader.note_once(Code.COMPONENT_DROPPED, inside, component=shown_name(inside.name))


def _says_nothing(source: Property, reader: PropertyReader) -> bool:
    if source.name in _ABOUT_THE_FILE or source.name in _COPIES or (reader.is_ours and source.name in _OUR_COPIES):
        return True
    return source.value.strip().upper() in _DEFAULTS.get(source.name, ())


def _note_parameters(source: Property, read: frozenset[str], reader: PropertyReader) -> None:
    for name in source.parameters:
        value = source.parameter(name) or ""
        if not value.strip():
            continue
        if name not in read:
            is_kept = name == "VALUE" or value.upper() in _DEFAULTS.get(name, ())
        elif name == "RANGE":
            is_kept = reader.expands and value.upper() == "THISANDFUTURE"
        elif name == "EMAIL":
            is_kept = (email_of(source) or "").casefold() == value.casefold()
        else:
            is_kept = name != "LANGUAGE" or language_tag(value) is not None
        if not is_kept:
            reader.drop_parameter(shown_name(name), source)
