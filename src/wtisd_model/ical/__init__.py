"""iCalendar (RFC 5545), written by ourselves: content lines, time zones, and the objects made of them."""
