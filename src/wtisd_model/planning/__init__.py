"""What follows from a dossier: the waitlist, the languages that are needed, what covers them, and teams.

The classes of what the functions give are in `wtisd_model.planning.results`, which is loaded only when it is imported.
"""

from wtisd_model.planning.interpretation import coverage, languages_needed, team_size

__all__ = ["coverage", "languages_needed", "team_size"]
