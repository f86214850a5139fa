"""Shared by all formats: reading foreign documents, results of readers, checks, and tables of carried fields."""
