"""The web page of an event, and the calendar files that it links to."""

from wtisd_model.ical.feed import calendar_files
from wtisd_model.page.writer import to_html

__all__ = ["calendar_files", "to_html"]
