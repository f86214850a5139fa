"""What a foreign document means: values with their places, findings about them, and entries of calendars as events."""
