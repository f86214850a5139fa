"""A typed model of public events, from a payload to iCalendar and JSON."""

__all__: list[str] = []
