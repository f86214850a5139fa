"""Calendars of others, up to the limits: what may take a stranger's file long, each by its size."""

from collections.abc import Callable
from contextlib import suppress

from wtisd_model import MessageError, from_ical

OURS = "-//wtisd_model//iCalendar//EN"
START = "DTSTART;TZID=Europe/Zurich:20230517T143000\r\nDURATION:PT2H"
IN_A_ZONE = "DTSTART;TZID=X:20230517T143000\r\nDURATION:PT2H"
OBSERVANCE = (
    "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nEND:STANDARD\r\n"
)
PERSON = "ATTENDEE;CN=a{0};LANGUAGE=fr-CH:mailto:a{0}@example.org"
MANY = "SUMMARY;" + ";".join(f"A{number}={{0}}" for number in range(200)) + ":x"

Prepare = Callable[[int], Callable[[], object]]


def read(make: Callable[[int], str], product: str = OURS) -> Prepare:
    """Read the calendar that *make* gives the inside of."""

    def prepared(size: int) -> Callable[[], object]:
        whole = f"BEGIN:VCALENDAR\r\nPRODID:{product}\r\nVERSION:2.0\r\n{make(size)}END:VCALENDAR\r\n".encode()
        assert len(whole) <= 1_000_000
        assert whole.count(b"\n") < 20_000

        def act() -> None:
            with suppress(MessageError):
                from_ical(whole)

        return act

    return prepared


def events(count: int, *lines: str, when: str = START) -> str:
    """Write so many events; in *lines*, an @ is the number of the event."""
    inside = "".join(f"{line}\r\n" for line in lines)
    return "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\n{when}\r\n{inside.replace('@', str(number))}END:VEVENT\r\n"
        for number in range(count)
    )


def event(*lines: str) -> str:
    """Write one event with many lines."""
    return events(1, *lines)


def zone(count: int) -> str:
    """Write a zone with all that it may have, and times in it."""
    return f"BEGIN:VTIMEZONE\r\nTZID:X\r\n{OBSERVANCE * 100}END:VTIMEZONE\r\n" + events(count, when=IN_A_ZONE)


CALENDARS: dict[str, tuple[int, Prepare]] = {
    "plain events": (1_200, read(lambda n: events(n, "SUMMARY:x@"))),
    "full events": (
        900,
        read(
            lambda n: events(
                n,
                "SUMMARY;LANGUAGE=fr:x@",
                "LOCATION;LANGUAGE=fr:A@\\, B",
                "CATEGORIES:a,b,c@",
                'ORGANIZER;CN="x@":mailto:a@example.org',
                "URL:https://example.org/@",
            )
        ),
    ),
    "sessions": (1_200, read(lambda n: events(n, "SUMMARY:x@", "RELATED-TO:0"))),
    "people": (6_000, read(lambda n: event(*map(PERSON.format, range(n))))),
    "links": (6_000, read(lambda n: event(*(f"CONFERENCE;LABEL=a{i}:https://example.org/{i}" for i in range(n))))),
    "words": (60_000, read(lambda n: event("CATEGORIES:" + ",".join(map(str, range(n)))))),
    "places": (450, read(lambda n: events(n, "LOCATION:" + "@a\\, b\\; " * 80 + "a\\, b"))),
    "no places": (230, read(lambda n: events(n, "LOCATION:" + "a\\; \\, \\; " * 200 + " \\, d@"))),
    "semicolons": (230, read(lambda n: events(n, "LOCATION:" + "a\\; " * 500 + "c\\, d@"))),
    "parameters": (240, read(lambda n: event(*map(MANY.format, range(n))))),
    "quotes": (200, read(lambda n: event(*('SUMMARY;CN="a",' + '"b",' * 500 + ":x" for _ in range(n))))),
    "backslashes": (400_000, read(lambda n: event("DESCRIPTION:" + "\\" * n))),
    "line feeds": (200_000, read(lambda n: event("DESCRIPTION:" + "\\n" * n))),
    "controls": (400_000, read(lambda n: event("DESCRIPTION:" + "\x01" * n))),
    "blanks": (400_000, read(lambda n: event("DESCRIPTION:a" + " " * n + "b"))),
    "folds": (9_000, read(lambda n: event("DESCRIPTION:" + "\r\n a" * n))),
    "zones": (1_000, read(zone)),
    "calendars": (4_500, read(lambda n: "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\n" * n)),
    "components": (4_500, read(lambda n: "BEGIN:X\r\nEND:X\r\n" * n)),
}  # fmt: skip
"""What each is called, the size of which twice is near the limits, and how it is read."""

GREEDY_CALENDARS = {
    "plain calendar": "incoming.events(2400, 'SUMMARY:x@')",
    "full calendar": "incoming.events(3000, 'LOCATION:@a\\\\, b')",
    "words of a calendar": "incoming.event('CATEGORIES:' + ',' * 999_000)",
    "lines of a calendar": "incoming.event(*['CONTACT:a'] * 19_000)",
}
"""Contents of calendars whose memory is measured, in Python."""
