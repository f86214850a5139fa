"""The code lists of a registration as types, the same for every peer that reads types."""

from typing import Any, Literal

from tests.benchmarks.peers import forms

Role = Literal["chair", "contact", "interpreter", "moderator", "panellist", "signatory", "speaker"]
Need = Literal["captions", "dietary", "hearing-loop", "sign-language", "visa-letter", "wheelchair-access"]
Membership = Literal[
    "academia",
    "associate",
    "member-state",
    "observer",
    "other",
    "press",
    "regional-organization",
    "resolution-99",
    "sector-member",
    "un-agency",
]
Mode = Literal["on-site", "remote"]
Consent = Literal["everyone", "nobody", "participants"]
State = Literal["approved", "attended", "no-show", "pending", "rejected", "waitlisted", "withdrawn"]
Status = Literal["accepted", "declined", "delegated", "needs-action", "tentative"]
# No type checker could read 249 of them here.
Country: Any = Literal[forms.COUNTRIES]
