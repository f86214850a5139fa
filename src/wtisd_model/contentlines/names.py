"""The names of components, properties, parameters and this product; names that are written never come from input."""

import re
from typing import Final

PRODUCT_NAME: Final = "-//wtisd_model//iCalendar//EN"
"""Without a version, so that a release does not change files (ISO 9070 formal public identifier, RFC 5545 3.7.3)."""

COMPONENTS: Final = frozenset(
    {
        *{"VCALENDAR", "VEVENT", "VTODO", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VCARD"},
        *{"PARTICIPANT", "VLOCATION"},  # RFC 9073
    }
)

PROPERTIES: Final = frozenset(
    {
        # The calendar: RFC 5545 section 3.7, RFC 7986, and what calendar programs read instead.
        *{"PRODID", "VERSION", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "REFRESH-INTERVAL"},
        *{"X-PUBLISHED-TTL", "SOURCE", "COLOR", "IMAGE"},
        # Events, to-dos and alarms: RFC 5545 section 3.8, RFC 7986, and what no property of theirs can hold.
        *{"UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "CREATED", "LAST-MODIFIED", "SEQUENCE"},
        *{"STATUS", "TRANSP", "CLASS", "PRIORITY", "SUMMARY", "DESCRIPTION", "COMMENT", "LOCATION", "GEO", "URL"},
        *{"CATEGORIES", "ORGANIZER", "ATTENDEE", "CONTACT", "CONFERENCE", "ATTACH", "RELATED-TO", "REQUEST-STATUS"},
        *{"DUE", "ACTION", "TRIGGER", "X-WTISD-ZONE", "X-WTISD-KIND", "X-WTISD-ID", "X-WTISD-CALL"},
        # RFC 9073, and the same description for Outlook.
        *{"PARTICIPANT-TYPE", "STYLED-DESCRIPTION", "X-ALT-DESC"},
        # Time zones: RFC 5545 section 3.6.5.
        *{"TZID", "X-LIC-LOCATION", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"},
        # Contacts: RFC 6350 section 6, whose content lines are those of calendars.
        *{"EMAIL", "FN", "KIND", "LANG", "ORG", "ROLE", "TEL", "TITLE"},
    }
)

QUOTED_PARAMETERS: Final = frozenset(
    {"ALTREP", "CN", "DELEGATED-FROM", "DELEGATED-TO", "DIR", "EMAIL", "LABEL", "SENT-BY"}
)
"""Free text and addresses: quoted, so that colons, semicolons and commas do not end them (RFC 5545 section 3.2)."""

BARE_PARAMETERS: Final = frozenset(
    {
        *{"CUTYPE", "DERIVED", "DISPLAY", "FEATURE", "FMTTYPE", "LANGUAGE", "PARTSTAT", "RELATED", "RELTYPE"},
        *{"ROLE", "RSVP", "TZID", "VALUE"},
    }
)
"""Keywords, language tags and the names of zones."""


def shown_name(name: str) -> str:
    """Return a name from input as a finding may show it: ``?`` if it is long, or no name by RFC 5545 section 3.1."""
    return name if re.fullmatch(r"[A-Z0-9-]{1,64}", name) else "?"
