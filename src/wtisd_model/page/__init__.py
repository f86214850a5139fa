"""The web page of an event, and the calendar files that it links to."""

from wtisd_model.page.writer import calendar_files, to_html

__all__ = ["calendar_files", "to_html"]
