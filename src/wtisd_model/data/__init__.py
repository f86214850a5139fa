"""Dated code lists and their sources: zones, countries, groups, currencies, languages, goals, colours, team sizes."""
