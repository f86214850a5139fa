"""Whom the commands about invitations are about: an event, and people with a seat."""

from datetime import UTC, datetime
from typing import Any

from attrs import evolve

import wtisd_model as wm
from wtisd_model import wtisd_23

STAMPED = datetime(2023, 4, 13, 9, tzinfo=UTC)

EVENT = evolve(
    wtisd_23(outside_facts=True), virtual_locations=(wm.VirtualLocation(uri="https://example.org/join?a=1"),)
)


def registration(number: int, **changes: Any) -> wm.Registration:
    usual = {
        "id": f"r-{number}",
        "event_uid": EVENT.uid,
        "participant": wm.Contact(
            name=f"Participant {number}",
            email=f"participant{number}@example.org",
            language="fr" if number % 2 else "en",
        ),
        "mode": wm.ParticipationMode.ON_SITE,
        "submitted_at": STAMPED,
    }
    return wm.Registration(**{**usual, **changes})


def seated(number: int, **changes: Any) -> wm.Registration:
    return registration(number, **changes).approve(at=STAMPED)
