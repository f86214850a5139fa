"""Events of others, read from their calendars."""
