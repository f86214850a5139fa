"""The names that are written in iCalendar: components, properties and parameters. None ever comes from a value."""

from typing import Literal, get_args

ComponentName = Literal["VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT"]

PropertyName = Literal[
    # The calendar: RFC 5545 section 3.7, RFC 7986, and what calendar programs read instead.
    "PRODID",
    "VERSION",
    "CALSCALE",
    "METHOD",
    "NAME",
    "X-WR-CALNAME",
    "X-WR-CALDESC",
    "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
    "SOURCE",
    "COLOR",
    "IMAGE",
    # Events and alarms: RFC 5545 section 3.8, RFC 7986, and where the zone of a time in UTC is kept.
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "STATUS",
    "TRANSP",
    "CLASS",
    "PRIORITY",
    "SUMMARY",
    "DESCRIPTION",
    "COMMENT",
    "LOCATION",
    "GEO",
    "URL",
    "CATEGORIES",
    "ORGANIZER",
    "ATTENDEE",
    "CONTACT",
    "CONFERENCE",
    "ATTACH",
    "RELATED-TO",
    "REQUEST-STATUS",
    "ACTION",
    "TRIGGER",
    "X-WTISD-ZONE",
    # Time zones: RFC 5545 section 3.6.5.
    "TZID",
    "X-LIC-LOCATION",
    "TZNAME",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "RRULE",
]

ParameterName = Literal[
    "ALTREP",
    "CN",
    "CUTYPE",
    "DELEGATED-FROM",
    "DELEGATED-TO",
    "DIR",
    "DISPLAY",
    "EMAIL",
    "FEATURE",
    "FMTTYPE",
    "LABEL",
    "LANGUAGE",
    "PARTSTAT",
    "RELATED",
    "RELTYPE",
    "ROLE",
    "RSVP",
    "SENT-BY",
    "TZID",
    "VALUE",
]

COMPONENTS: frozenset[str] = frozenset(get_args(ComponentName))
PROPERTIES: frozenset[str] = frozenset(get_args(PropertyName))
PARAMETERS: frozenset[str] = frozenset(get_args(ParameterName))

QUOTED: frozenset[str] = frozenset(
    {*{"ALTREP", "CN", "DELEGATED-FROM", "DELEGATED-TO", "DIR", "EMAIL", "LABEL", "SENT-BY"}}
)
"""Parameters of free text and addresses: in quotes, where colon, semicolon and comma mean themselves (RFC 5545 3.2)."""
