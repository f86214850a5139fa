"""What is exported: badges, the file for IATI, and cards of people in a public list."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from tests.samples.whole import contact, event, later, organization, pledge, registration, text
from wtisd_model import (
    Contact,
    ListingConsent,
    Pledge,
    PledgeState,
    Registration,
    RegistrationState,
    Role,
    to_iati,
    to_json,
)
from wtisd_model.strategies import pledges, registrations

KEY = b"k" * 32
ON_STAGE = frozenset(
    {
        *(Role.CHAIR, Role.VICE_CHAIR, Role.HOST, Role.MODERATOR),
        *(Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST, Role.RAPPORTEUR),
    }
)
"""The roles that a programme shows (decision 40)."""
EVENT = event(calls=(), series=None)


def seated(**changes: Any) -> Registration:
    return registration(**changes).approve(at=later(1))


REPORTER = organization(name=text("Union 1", fr="Union 1"))
LAST_DAY = datetime(2199, 12, 31, 23, 59, tzinfo=UTC)
"""Later than every moment of a drawn pledge."""


NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)
PUBLIC = (PledgeState.PUBLISHED, PledgeState.IN_PROGRESS, PledgeState.SUSPENDED, PledgeState.COMPLETED)
write = partial(to_iati, reporting_organization=REPORTER, reference="XM-DAC-00000", organization_type="40", stamped=NOW)


def public(**changes: Any) -> Pledge:
    """Return a public pledge that was published."""
    return pledge(**{"public": True, **changes}).publish(at=later(24))


def public_pledges() -> st.SearchStrategy[Pledge]:
    """Generate pledges that are written, in all states that are; XML has no U+FFFE and no U+FFFF."""
    made = st.sampled_from(PUBLIC).flatmap(lambda state: pledges(state=state))
    writable = made.filter(lambda each: not set("\ufffe\uffff") & set(to_json(each).decode()))
    return writable.map(lambda each: evolve(each, public=True))


def listed(**changes: Any) -> Registration:
    """Return a registration that was approved, of a person who agreed to be in a public list."""
    return registration(**{"listing_consent": "everyone", "participant": speaker(), **changes}).approve(at=later(1))


def speaker(**changes: Any) -> Contact:
    """Return a person whom a public list may name."""
    return contact(**{"roles": {Role.SPEAKER}, **changes})


def drawn() -> st.SearchStrategy[Registration]:
    """Generate registrations of people who are in a public list; its readers are told only of roles on stage."""
    states = st.sampled_from((RegistrationState.APPROVED, RegistrationState.ATTENDED))
    everyone = states.flatmap(lambda state: registrations(state=state)).filter(lambda each: each.purged_at is None)
    return everyone.map(_listed_for_everyone)


def _listed_for_everyone(drawn: Registration) -> Registration:
    person = drawn.participant
    assert person is not None
    roles = person.roles & ON_STAGE
    return evolve(drawn, listing_consent=ListingConsent.EVERYONE, participant=evolve(person, roles=roles))
