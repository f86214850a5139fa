"""Exports for other systems: badges with tickets; a list of participants as vCards and pledges for IATI."""

from wtisd_model.exports.badges import Badge, badges, badges_to_csv, badges_to_json, ticket_svg, verify_ticket

__all__ = ["Badge", "badges", "badges_to_csv", "badges_to_json", "ticket_svg", "verify_ticket"]
