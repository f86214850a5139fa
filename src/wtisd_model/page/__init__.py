"""The web page of an event, which `wtisd_model.to_html` writes, its form, and the calendar files that it links to."""

from wtisd_model.ical.feed import calendar_files
from wtisd_model.page.write_form import form, form_style

__all__ = ["calendar_files", "form", "form_style"]
