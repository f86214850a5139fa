"""Exports for other systems: a list of participants as vCards, badges with tickets, and pledges for IATI."""
