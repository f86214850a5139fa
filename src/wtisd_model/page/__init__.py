"""The web page of an event, which `wtisd_model.to_html` writes, its form, its calendar files, and a page of several."""

from wtisd_model.ical.feed import calendar_files
from wtisd_model.page.write import overview
from wtisd_model.page.write_form import form, form_style

__all__ = ["calendar_files", "form", "form_style", "overview"]
