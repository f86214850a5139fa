"""The code lists of a registration as types, the same for every peer that reads types."""

from typing import Any, Literal

from tests.benchmarks.peers.forms import words

# Of the published schema, so that no peer knows fewer words than we do; a type checker cannot read them here.
Role: Any = Literal[words("Role")]
Need: Any = Literal[words("Need")]
Membership: Any = Literal[words("Membership")]
Mode: Any = Literal[words("ParticipationMode")]
Consent: Any = Literal[words("ListingConsent")]
State: Any = Literal[words("RegistrationState")]
Status: Any = Literal[words("ParticipationStatus")]
Country: Any = Literal[words("Country")]
