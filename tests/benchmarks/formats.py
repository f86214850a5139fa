"""How long each format takes for an event of 5,000 sessions, compared with JSON, and whether time grows with size.

    python tests/benchmarks/formats.py

A row is what writes an event, what reads its bytes, or what exports as many pledges or registrations. Five times as
many may take eight times as long, the least of two rounds in turns; a row that takes longer has two more, four times at
most, since what disturbs a run never shortens it. Ends with 1 where a row still takes longer.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import wtisd_model as wm
from wtisd_model import to_iati, to_vcard
from wtisd_model.exports import badges, verify_ticket

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are imported from the checkout: tests.benchmarks

from tests.benchmarks.rounds import Times, race, ratios
from tests.benchmarks.scaling import event_of
from tests.importers.indico_documents import as_conference, result
from tests.importers.pretix_documents import order, page
from tests.importers.pretix_event import EVENT
from wtisd_model import CalendarLimits, from_indico, from_pretix

BOUND = 8.0
ROUNDS = 2
MORE = 4
FEW, MANY = 1000, 5000

STAMPED = datetime(2023, 4, 13, 8, 15, tzinfo=UTC)

WRITERS: dict[str, Callable[[wm.Event], bytes]] = {
    "to_json": wm.to_json,
    "to_ical": partial(wm.to_ical, stamped=STAMPED),
    "to_jcal": partial(wm.to_jcal, stamped=STAMPED),
    "to_jscalendar": partial(wm.to_jscalendar, stamped=STAMPED),
    "to_jsonld": wm.to_jsonld,
    "to_jsonld, CPEV": partial(wm.to_jsonld, profile="cpev"),
    "to_html": wm.to_html,
    "to_schedule_json": wm.to_schedule_json,
    "to_schedule_json, 2": partial(wm.to_schedule_json, version="2"),
    "to_schedule_xml": wm.to_schedule_xml,
}

LIMITS = wm.Limits(bytes=50_000_000, values=2_000_000)
CALENDAR_LIMITS = CalendarLimits(bytes=50_000_000, lines=1_000_000)


def _indico(event: wm.Event) -> bytes:
    return json.dumps(result(as_conference(event))).encode()


def _pretix(event: wm.Event) -> bytes:
    """Return as many orders as the event has sessions."""
    return json.dumps(page(*(order(code=f"A{number}") for number, _ in enumerate(event.sessions)))).encode()


def _table(event: wm.Event) -> bytes:
    """Return the sessions of an event as a table."""
    return b"".join(wm.to_csv(wm.Session, event.sessions, personal=True))


READERS: dict[str, tuple[Callable[[wm.Event], bytes], Callable[[bytes], object]]] = {
    "from_json": (wm.to_json, partial(wm.from_json, wm.Event)),
    "from_ical": (WRITERS["to_ical"], partial(wm.from_ical, limits=CALENDAR_LIMITS)),
    "from_jcal": (WRITERS["to_jcal"], partial(wm.from_jcal, limits=CALENDAR_LIMITS)),
    "from_jscalendar": (WRITERS["to_jscalendar"], wm.from_jscalendar),
    "from_indico": (_indico, partial(from_indico, limits=LIMITS)),
    "from_schedule_json": (wm.to_schedule_json, partial(wm.from_schedule_json, limits=LIMITS)),
    "from_pretix": (_pretix, partial(from_pretix, event=EVENT, modes={1: "on-site"}, limits=LIMITS)),
    "from_csv": (_table, lambda data: list(wm.from_csv(wm.Session, data))),
}
"""What makes the bytes, and what reads them."""


def rows(sessions: int) -> dict[str, Callable[[], object]]:
    """Return what each row does with an event of some *sessions*, or with as many pledges and registrations."""
    event = event_of(sessions, together=False)
    written = {name: partial(write, event) for name, write in WRITERS.items()}
    read = {name: partial(read, write(event)) for name, (write, read) in READERS.items()}
    return written | read | exports(event, sessions)


def exports(event: wm.Event, count: int) -> dict[str, Callable[[], object]]:
    """Return what writes *count* pledges as IATI, and as many participants as vCards and badges."""
    at = datetime(2023, 4, 14, 9, tzinfo=UTC)
    pledges = [
        wm.Pledge(
            id=f"p-{number}",
            title=wm.LocalizedText("Masts", "en"),
            pledger=wm.Organization(name=wm.LocalizedText("Operator 1", "en")),
            kind=wm.PledgeKind.FINANCIAL,
            focus_areas=frozenset({wm.FocusArea.ACCESS}),
            pledged=wm.Money(amount=Decimal(1000), currency="USD"),
            scope=wm.PledgeScope.GLOBAL,
            public=True,
            submitted_at=at,
        ).publish(at=at)
        for number in range(count)
    ]
    registrations = [
        wm.Registration(
            id=f"r-{number}",
            event_uid=event.uid,
            participant=wm.Contact(name=f"Participant {number}", email=f"p{number}@example.org"),
            organization="Ministry 1",
            mode=wm.ParticipationMode.ON_SITE,
            listing_consent=wm.ListingConsent.EVERYONE,
            submitted_at=at,
        ).approve(at=at)
        for number in range(count)
    ]
    union = wm.Organization(name=wm.LocalizedText("Union 1", "en"))
    iati = partial(to_iati, reporting_organization=union, reference="XM-1", organization_type="40", stamped=at)
    key = bytes(32)
    ticket = badges(registrations[-1:], event, key=key)[0].ticket
    return {
        "to_iati, pledges": partial(iati, pledges),
        "to_vcard, registrations": partial(to_vcard, registrations),
        "badges, registrations": partial(badges, registrations, event, key=key),
        "verify_ticket": partial(verify_ticket, ticket, registrations, event, key=key),
    }


def growth(few: Times, many: Times) -> dict[str, float]:
    """Return how many times as long each row takes for many sessions as for few, by the least times."""
    return {name: min(taken) / min(few[name]) for name, taken in many.items()}


def main() -> int:
    """Print for each row how many times as long it takes as `to_json`, and how it grows."""
    few_rows, many_rows = rows(FEW), rows(MANY)
    few, many = race(few_rows, ROUNDS), race(many_rows, ROUNDS)
    for _ in range(MORE):
        for name in [name for name, grown in growth(few, many).items() if grown > BOUND]:
            few[name] += race({name: few_rows[name]}, ROUNDS)[name]
            many[name] += race({name: many_rows[name]}, ROUNDS)[name]
    faster, grown = ratios(many, "to_json"), growth(few, many)
    for name in many:
        print(f"{name:24} {1 / faster[name]:6.1f} times to_json, {grown[name]:6.1f} times for 5 times the sessions")
    return int(max(grown.values()) > BOUND)


if __name__ == "__main__":
    sys.exit(main())
