"""What follows from a dossier: the waitlist, the languages that are needed, what covers them, and teams."""

from wtisd_model.planning.interpretation import coverage, languages_needed, team_size

__all__ = ["coverage", "languages_needed", "team_size"]
