"""Content lines (RFC 5545 section 3.1), of which calendars and vCards are made: components, values, and their bytes."""
