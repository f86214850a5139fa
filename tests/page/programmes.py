"""Programmes as organizers have them."""

from datetime import UTC, datetime
from typing import Final

import wtisd_model as wm

TITLES: Final = (
    "Connecting the unconnected in the least developed countries",
    "Spectrum for community networks",
    "Financing rural broadband",
    "Digital skills for young people",
)
ABOUT: Final = (
    "Speakers from operators, regulators and ministries show what worked in their countries, what did not, and what it "
    "cost. A discussion with the audience follows."
)
ROOMS: Final = 4


def programme(sessions: int, days: int = 3) -> wm.Event:
    """Return an event with as many sessions in four rooms, with two speakers each, and half of them described."""
    return wm.Event(
        uid="programme@example.org",
        title=wm.LocalizedText("Digital Week", "en"),
        description=wm.LocalizedText(ABOUT, "en"),
        slot=wm.TimeSlot.at("2027-05-17T08:00", f"2027-05-{16 + days}T23:00", "Europe/Zurich"),
        locations=(_place("Hall"),),
        virtual_locations=(wm.VirtualLocation(uri="https://example.org/live"),),
        floor_languages=("en", "fr"),
        sessions=tuple(_session(number, -(-sessions // days)) for number in range(sessions)),
        updated=datetime(2027, 3, 1, tzinfo=UTC),
    )


def _place(room: str) -> wm.Location:
    name = wm.LocalizedText("Conference Centre", "en")
    return wm.Location(name=name, room=room, address="Main Street 1", locality="Geneva", country="CH")


def _session(number: int, a_day: int) -> wm.Session:
    day, place_of_day = divmod(number, a_day)
    hour, room = divmod(place_of_day, ROOMS)
    start = f"2027-05-{17 + day}T{9 + hour:02}:00"
    return wm.Session(
        id=f"s{number + 1}",
        title=wm.LocalizedText(TITLES[number % len(TITLES)], "en"),
        description=wm.LocalizedText(ABOUT, "en") if number % 2 else None,
        slot=wm.TimeSlot.at(start, f"{9 + hour:02}:45", "Europe/Zurich"),
        locations=(_place(f"Room {room + 1}"),),
        kind=wm.SessionKind.PANEL,
        floor_languages=("en",),
        people=(
            wm.Contact(
                name=f"Participant {2 * number + 1}", roles=frozenset({wm.Role.MODERATOR}), organization="Ministry 1"
            ),
            wm.Contact(
                name=f"Participant {2 * number + 2}", roles=frozenset({wm.Role.SPEAKER}), organization="Operator 2"
            ),
        ),
    )
