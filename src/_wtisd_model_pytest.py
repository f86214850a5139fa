"""The plugin of pytest: an event, registrations and a present moment, as fixtures.

It is outside of the package, which is loaded only when a test asks for one of them.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from wtisd_model import Event, Registration


@pytest.fixture(scope="session")
def wtisd_event() -> "Event":
    """Return WTISD-23, the reference event: 17 May 2023 in Geneva, on site and remote."""
    from wtisd_model import wtisd_23

    return wtisd_23()


@pytest.fixture(scope="session")
def wtisd_now() -> datetime:
    """Return 10 May 2023, 09:00 UTC: a week before `wtisd_event`, to pass as *now*. No clock is changed."""
    return datetime(2023, 5, 10, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def wtisd_registrations(wtisd_event: "Event", wtisd_now: datetime) -> "tuple[Registration, ...]":
    """Return six registrations for `wtisd_event`: two approved, and one in each other state before an event.

    In this order: pending, approved (on site), approved (remote), waitlisted, rejected, withdrawn.
    """
    from wtisd_model import Contact, ParticipationMode, Registration

    def registration(number: int, mode: ParticipationMode = ParticipationMode.ON_SITE) -> Registration:
        return Registration(
            id=f"participant-{number}",
            event_uid=wtisd_event.uid,
            participant=Contact(name=f"Participant {number}", email=f"participant{number}@example.org"),
            mode=mode,
            submitted_at=wtisd_now - timedelta(days=7) + timedelta(minutes=number),
        )

    at = wtisd_now - timedelta(days=1)
    return (
        registration(1),
        registration(2).approve(at=at),
        registration(3, ParticipationMode.REMOTE).approve(at=at),
        registration(4).waitlist(at=at),
        registration(5).reject(at=at),
        registration(6).withdraw(at=at),
    )
