"""Calendars of others, written out for tests; all people in them are made up."""

from collections.abc import Callable

import pytest

from wtisd_model import Finding, Imported, MessageError, from_ical

WHEN = ("DTSTART;TZID=Europe/Zurich:20230517T143000", "DTEND;TZID=Europe/Zurich:20230517T163000")
PLACE = "LOCATION:Seat\\, Geneva"


def vevent(*lines: str, uid: str = "e-1", when: tuple[str, ...] = WHEN, place: str | None = PLACE) -> str:
    """Write a VEVENT with what it must have, and *lines*."""
    where = () if place is None else (place,)
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20230420T081500Z", *when, "SUMMARY:Forum", *where, *lines, "END:VEVENT"]
    )


def vcalendar(*parts: str, product: str = "-//example.org//Agent//EN") -> bytes:
    """Write a VCALENDAR around *parts*."""
    return "\r\n".join(["BEGIN:VCALENDAR", f"PRODID:{product}", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()


def one(*lines: str, **changes: object) -> bytes:
    """Write a calendar with one event, which says *lines* too."""
    return vcalendar(vevent(*lines, **changes))  # type: ignore[arg-type]  # as vevent takes them


def codes(imported: Imported) -> list[str]:
    """List the codes of what was found, but for the country, which no calendar says."""
    return [each.code for each in imported.findings if each.code != "country-inferred"]


def refusals(act: Callable[[], object]) -> list[tuple[str, str]]:
    """Have *act* refused, and give what it is refused for: codes and paths."""
    return [(each.code, each.path) for each in _refused(act)]


def _refused(act: Callable[[], object]) -> tuple[Finding, ...]:
    with pytest.raises(MessageError) as caught:
        act()
    assert caught.value.__context__ is None
    return caught.value.findings


def read(data: bytes, **options: object) -> Imported:
    """Read a calendar that holds an event."""
    return from_ical(data, **options)  # type: ignore[arg-type]  # as from_ical takes them
