"""The web page of an event, which `wtisd_model.to_html` writes, and the calendar files that it links to."""

from wtisd_model.ical.feed import calendar_files

__all__ = ["calendar_files"]
