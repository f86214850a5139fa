"""The classes of what the functions of `wtisd_model.planning` give: for annotations, and for `to_csv`.

They are in a place of their own, so that whoever never plans interpretation never loads them.
"""

from wtisd_model.data.norms import Source
from wtisd_model.planning.demand import Heads, LanguageNeeded, SessionNeeds
from wtisd_model.planning.table import CoverageRow
from wtisd_model.planning.ways import Way
from wtisd_model.rules.teams import TeamSize, Unsettled

__all__ = ["CoverageRow", "Heads", "LanguageNeeded", "SessionNeeds", "Source", "TeamSize", "Unsettled", "Way"]
