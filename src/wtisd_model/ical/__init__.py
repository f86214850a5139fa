"""iCalendar (RFC 5545): content lines, values, components, time zones, feeds, and the import of calendars."""
