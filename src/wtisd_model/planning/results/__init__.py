"""The classes that the functions of `wtisd_model.planning` return: for annotations, and for `to_csv`.

They are apart from those functions so that they are loaded only by programs that plan interpretation.
"""

from wtisd_model.data.norms import Source
from wtisd_model.planning.coverage_rows import Coverage, CoverageRow
from wtisd_model.planning.demand import Heads, LanguageNeeded, SessionNeeds
from wtisd_model.planning.provision import Channel
from wtisd_model.planning.registration_groups import RegistrationDimension
from wtisd_model.planning.seat_rows import SeatRow
from wtisd_model.planning.suppression import Counts
from wtisd_model.rules.teams import TeamSize, Unsettled

__all__ = [
    "Channel",
    "Counts",
    "Coverage",
    "CoverageRow",
    "Heads",
    "LanguageNeeded",
    "RegistrationDimension",
    "SeatRow",
    "SessionNeeds",
    "Source",
    "TeamSize",
    "Unsettled",
]
