"""Dated code lists with their sources: time zones, countries, groups, currencies, languages, colours, team sizes."""
