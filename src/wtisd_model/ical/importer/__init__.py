"""Importing events from the calendars of others."""
