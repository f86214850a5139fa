"""Importing events from foreign calendars."""
