"""Planning for a dossier: seats; languages needed, coverage, teams, rosters; statistics; changes of the clocks.

The classes of the results are in `wtisd_model.planning.results`.
"""

from wtisd_model.planning.booth_sheets import (
    assignment_rows,
    booth_needs,
    booth_sheets,
    channels,
    open_offers,
    work_hours,
)
from wtisd_model.planning.clocks import clock_changes
from wtisd_model.planning.demand import coverage, languages_needed
from wtisd_model.planning.roster import roster
from wtisd_model.planning.seat_rows import seats
from wtisd_model.planning.staffing import assigned
from wtisd_model.planning.statistics import answers, counts, registrations
from wtisd_model.planning.waitlist import approve, choose
from wtisd_model.rules.seats import seats_held
from wtisd_model.rules.teams import team_size

__all__ = [
    "answers",
    "approve",
    "assigned",
    "assignment_rows",
    "booth_needs",
    "booth_sheets",
    "channels",
    "choose",
    "clock_changes",
    "counts",
    "coverage",
    "languages_needed",
    "open_offers",
    "registrations",
    "roster",
    "seats",
    "seats_held",
    "team_size",
    "work_hours",
]
