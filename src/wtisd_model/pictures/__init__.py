"""Pictures of an event, as SVG, and as HTML with the same data in a table."""

from wtisd_model.pictures.bars import pledges, registrations
from wtisd_model.pictures.coverage_picture import coverage
from wtisd_model.pictures.picture import Drawing, Picture
from wtisd_model.pictures.roster_picture import roster
from wtisd_model.pictures.timetable import timetable

__all__ = ["Drawing", "Picture", "coverage", "pledges", "registrations", "roster", "timetable"]
