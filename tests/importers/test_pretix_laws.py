"""A registration of drawn values in the shape of pretix comes back with what the table of the docs promises."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import wtisd_model.strategies as ours
from tests.hypothesis_profiles import LAW
from tests.importers.pretix_documents import order, page, position
from tests.importers.pretix_event import EVENT
from wtisd_model import ParticipationMode, Registration, RegistrationState, from_pretix
from wtisd_model.importers.pretix import PRETIX, Product

ITEMS = {ParticipationMode.ON_SITE: 1, ParticipationMode.REMOTE: 2}
STATES = {
    RegistrationState.PENDING: "n",
    RegistrationState.APPROVED: "p",
    RegistrationState.WITHDRAWN: "c",
}


def as_order(registration: Registration, number: int) -> dict[str, Any]:
    """Return a registration as pretix would write it: a ticket, and an add-on for each session."""
    participant = registration.participant
    assert participant is not None
    sessions = sorted(registration.session_ids)
    addons = [position(2 + index, item=100 + index, addon_to=501) for index in range(len(sessions))]
    ticket = position(
        item=ITEMS[registration.mode],
        attendee_name=participant.name,
        company=registration.organization,
        country=registration.country,
    )
    return order(
        ticket,
        *addons,
        code=f"A{number}",
        status=STATES[registration.state],
        email=participant.email,
        phone=participant.phone,
        locale=participant.language or "",
        datetime=registration.submitted_at.isoformat(),
        last_modified=registration.submitted_at.isoformat(),
    )


class TestLaws:
    """docs/how-to/coming-from-pretix.md, "What goes where"."""

    @LAW
    @given(st.sampled_from(sorted(STATES)).flatmap(lambda state: ours.registrations(state=state)))
    def test_what_is_read_of_a_registration_comes_back(self, registration: Registration) -> None:
        assume(registration.participant is not None)  # not purged
        sessions: dict[Product, str] = {
            100 + index: each for index, each in enumerate(sorted(registration.session_ids))
        }
        imported = from_pretix(
            page(as_order(registration, 7)), EVENT, modes={1: "on-site", 2: "remote"}, sessions=sessions
        )
        (back,) = imported.records
        assert imported.findings == ()
        assert back.id == "A7-1"
        assert back.participant is not None
        for name in ("name", "email", "phone", "language"):
            assert getattr(back.participant, name) == getattr(registration.participant, name)
        for name in ("organization", "country", "mode", "session_ids", "submitted_at", "state"):
            assert getattr(back, name) == getattr(registration, name)

    def test_the_tables_have_every_member_that_is_written(self) -> None:
        assert order().keys() <= PRETIX["Order"].known
        assert position().keys() - PRETIX["Order position"].known == {"seat", "valid_from", "valid_until", "blocked"}
