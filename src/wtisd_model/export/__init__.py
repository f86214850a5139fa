"""Going out: JSON, iCalendar, CSV and columns; never changes or completes what it is given."""
