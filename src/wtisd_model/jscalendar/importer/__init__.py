"""Reading JSCalendar documents of other programs."""
