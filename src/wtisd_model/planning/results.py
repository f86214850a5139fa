"""The classes that the functions of `wtisd_model.planning` return: for annotations, and for `to_csv`."""

from wtisd_model.data.norms import Source
from wtisd_model.planning.booth_sheets import (
    AssignmentRow,
    BoothNeed,
    BoothSheet,
    BoothSitting,
    ChannelRow,
    FloorHeard,
    TeamMember,
    WorkHours,
)
from wtisd_model.planning.clocks import ClockChange, ClockChanges
from wtisd_model.planning.demand import Coverage, CoverageRow, Heads, LanguageNeeded, SessionNeeds
from wtisd_model.planning.provision import Channel
from wtisd_model.planning.seat_rows import SeatRow
from wtisd_model.planning.statistics import Counts, RegistrationDimension
from wtisd_model.rules.hearing import Way
from wtisd_model.rules.teams import TeamSize, Unsettled

__all__ = [
    "AssignmentRow",
    "BoothNeed",
    "BoothSheet",
    "BoothSitting",
    "Channel",
    "ChannelRow",
    "ClockChange",
    "ClockChanges",
    "Counts",
    "Coverage",
    "CoverageRow",
    "FloorHeard",
    "Heads",
    "LanguageNeeded",
    "RegistrationDimension",
    "SeatRow",
    "SessionNeeds",
    "Source",
    "TeamMember",
    "TeamSize",
    "Unsettled",
    "Way",
    "WorkHours",
]
