"""JSCalendar, the JSON of calendar data: version 2.0 (draft-ietf-calext-jscalendarbis-18) and 1.0 (RFC 8984)."""
