"""The organization of a participant, in lists and on badges."""

from wtisd_model.model.registration import Registration
from wtisd_model.types.people import Contact


def organization_of(registration: Registration, participant: Contact) -> str | None:
    """Return the organization that a registration names or, without one, that of its participant."""
    return registration.organization or participant.organization
