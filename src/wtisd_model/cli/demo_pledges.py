"""The pledges of `demo`: numbered ones for the reference event, and what they come to."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from wtisd_model.cli.pledges import as_table
from wtisd_model.json.encoder import to_json
from wtisd_model.model.event import Event
from wtisd_model.model.pledge import CountryShare, FocusArea, Pledge, PledgeKind, PledgeScope, Target
from wtisd_model.planning.dimensions import Dimension
from wtisd_model.planning.totals import totals
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.money import Money
from wtisd_model.types.people import Membership, Organization

_ON: Final = date(2023, 5, 17)
"""The day of the event."""

_BY: Final = (Dimension.FOCUS_AREA, Dimension.COUNTRY, Dimension.GROUP, Dimension.MEMBERSHIP)

# Nobody made these, and nobody real is meant. The first is for three countries with shares; the second for two focus
# areas and two countries, and does not say how much for which; the third says no amount; the last is taken back.
_PLEDGES: Final[tuple[dict[str, Any], ...]] = (
    {
        "membership": Membership.MEMBER_STATE,
        "focus_areas": frozenset({FocusArea.ACCESS}),
        "pledged": Money(amount=Decimal("250000.01"), currency="USD"),
        "countries": (
            CountryShare(country="BT", share=Decimal("33.3333")),
            CountryShare(country="NE", share=Decimal("33.3333")),
            CountryShare(country="TD", share=Decimal("33.3334")),
        ),
    },
    {
        "membership": Membership.SECTOR_MEMBER,
        "focus_areas": frozenset({FocusArea.ACCESS, FocusArea.ADOPTION}),
        "pledged": Money(amount=Decimal(90_000), currency="USD"),
        "countries": (CountryShare(country="KE"), CountryShare(country="TD")),
    },
    {"membership": Membership.ACADEMIA, "focus_areas": frozenset({FocusArea.VALUE_CREATION})},
    {
        "membership": Membership.MEMBER_STATE,
        "focus_areas": frozenset({FocusArea.ADOPTION}),
        "pledged": Money(amount=Decimal(5_000_000), currency="JPY"),
        "countries": (CountryShare(country="WS"),),
    },
    {
        "membership": Membership.ASSOCIATE,
        "focus_areas": frozenset({FocusArea.ACCELERATE}),
        "pledged": Money(amount=Decimal(1_000_000), currency="USD"),
    },
)


def pledge_files(event: Event, letter: datetime) -> dict[str, bytes]:
    """Make the files about pledges, by their names; the pledges come in on the days after the letter."""
    pledges = tuple(_pledges(event, letter))
    return {
        "pledges.jsonl": b"".join(to_json(pledge) + b"\n" for pledge in pledges),
        "totals.txt": "\n".join(as_table(totals(pledges, by=by, on=_ON)) for by in _BY).encode(),
    }


def _pledges(event: Event, letter: datetime) -> Iterator[Pledge]:
    for number, said in enumerate(_PLEDGES, 1):
        came_in = letter + timedelta(days=number)
        published = _pledge(event, number, came_in, **said).publish(at=came_in + timedelta(days=7))
        yield published.withdraw(at=came_in + timedelta(days=14)) if number == len(_PLEDGES) else published


def _pledge(event: Event, number: int, came_in: datetime, *, membership: Membership, **said: Any) -> Pledge:
    return Pledge(
        id=f"p-{number}",
        event_uid=event.uid,
        title=_english(f"Pledge {number}"),
        pledger=Organization(
            name=_english(f"Pledger {number}"), email=f"pledger{number}@example.org", membership=membership
        ),
        kind=PledgeKind.FINANCIAL if "pledged" in said else PledgeKind.POLICY,
        scope=PledgeScope.COUNTRIES if "countries" in said else PledgeScope.GLOBAL,
        targets=(Target(text=_english("Schools online"), number=Decimal(10), unit="schools", due=date(2025, 12, 31)),),
        submitted_at=came_in,
        **said,
    )


def _english(text: str) -> LocalizedText:
    return LocalizedText(text=text, language="en")
