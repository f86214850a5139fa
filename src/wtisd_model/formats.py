"""What each format carries of our objects, by its name, and what is lost of an object that is written in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wtisd_model.exports.iati import FORMAT as IATI
from wtisd_model.exports.vcard import FORMAT as VCARD
from wtisd_model.ical.feed import FORMAT as ICAL
from wtisd_model.ical.feed import JCAL
from wtisd_model.jscalendar.parts import FORMAT as JSCALENDAR
from wtisd_model.jscalendar.parts import PERSONAL_FORMAT as JSCALENDAR_PERSONAL
from wtisd_model.jsonld.cpev import FORMAT as CPEV
from wtisd_model.jsonld.write import FORMAT as JSON_LD
from wtisd_model.page.write import FORMAT as HTML
from wtisd_model.programme.format import Fields, Format, losses
from wtisd_model.schedule.write import FORMATS as SCHEDULES
from wtisd_model.schedule.write_xml import FORMAT as SCHEDULE_XML

__all__ = ["FORMATS", "Fields", "Format", "losses"]

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        **{carried.name: carried for carried in (ICAL, JCAL, JSCALENDAR)},
        "jscalendar-personal": JSCALENDAR_PERSONAL,
        **{carried.name: carried for carried in (JSON_LD, CPEV, HTML, *SCHEDULES.values(), SCHEDULE_XML, VCARD, IATI)},
    }
)
"""The formats by their names.

Of an event: ``ical``, ``jcal``, ``jscalendar``, ``jsonld``, ``cpev``, ``html``, ``schedule-json``, ``schedule-json-2``
and ``schedule-xml``, and ``jscalendar-personal``, which `to_jscalendar` writes with *personal*. Of a registration:
``vcard``. Of a pledge: ``iati``.
"""
