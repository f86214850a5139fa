"""Dated code lists: time zones, countries, currencies, languages, colours; each says where it comes from."""
