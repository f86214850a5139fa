"""Strategies for small pledges that differ only in what totals depend on.

`wtisd_model.strategies.pledges` draws every field in every script; that takes ten times as long, and seldom gives two
pledges that meet in a row.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st

from tests.samples.whole import organization, pledge
from wtisd_model import (
    CountryGroup,
    CountryShare,
    FocusArea,
    Membership,
    Money,
    Pledge,
    PledgeKind,
    PledgeScope,
    PledgeState,
)
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.strategies import money

DAYS = st.dates(date(2018, 1, 1), date(2026, 5, 15))
"""Days that all lists of groups cover."""

_BASE = pledge(kind=PledgeKind.POLICY, pledged=None, scope=PledgeScope.GLOBAL, countries=(), start=None)
_CODES = st.lists(st.sampled_from(("BT", "CH", "GQ", "KE", "NE", "ST", "TD", "VU")), max_size=4, unique=True)
_AMOUNTS = st.one_of(
    st.none(),
    # Where shares are cut alike, and where half a minor unit is rounded.
    st.builds(
        lambda units, currency: Money(amount=Decimal(units).scaleb(-MINOR_UNITS[currency]), currency=currency),
        st.integers(1, 11),
        st.sampled_from(("USD", "EUR", "JPY", "CLF")),
    ),
    money(positive=True),
)
_WHOLE = 1_000_000
_MOVES = st.sampled_from(
    (
        (),
        ("reject",),
        ("publish",),
        ("publish", "withdraw"),
        ("publish", "start_work"),
        ("publish", "start_work", "suspend"),
        ("publish", "start_work", "suspend", "resume", "complete"),
    )
)


@st.composite
def promises(draw: st.DrawFn) -> Pledge:
    """Draw a pledge submitted on one of `DAYS`, and its transitions."""
    at = datetime.combine(draw(DAYS), time(draw(st.integers(0, 23))), UTC)
    made = evolve(
        _BASE,
        kind=draw(st.sampled_from([kind for kind in PledgeKind if kind is not PledgeKind.FINANCIAL])),
        focus_areas=draw(st.frozensets(st.sampled_from(FocusArea), min_size=1)),
        pledged=(pledged := draw(_AMOUNTS)),
        amount_is_estimate=pledged is not None and draw(st.booleans()),
        pledger=organization(membership=draw(st.sampled_from((None, *Membership)))),
        countries=_shared(draw, draw(_CODES)),
        groups=draw(st.frozensets(st.sampled_from(CountryGroup), max_size=1)),
        goals=draw(st.frozensets(st.sampled_from(("1", "9", "9.1", "9.c", "10", "17")), max_size=3)),
        submitted_at=at,
        state=draw(st.sampled_from((PledgeState.SUBMITTED,) * 7 + (PledgeState.DRAFT,))),
    )
    for verb in () if made.state is PledgeState.DRAFT else draw(_MOVES):
        at += timedelta(days=draw(st.integers(0, 500)))
        made = getattr(made, verb)(at=at)
    return made


def _shared(draw: st.DrawFn, codes: list[str]) -> tuple[CountryShare, ...]:
    """Return countries with no shares, with nearly equal ones, or with any."""
    how = draw(st.sampled_from(("none", "equal", "any")))
    if how == "none" or not codes:
        return tuple(CountryShare(country=code) for code in codes)
    inner = [part * _WHOLE // len(codes) for part in range(1, len(codes))]
    if how == "any":
        inner = sorted(draw(st.integers(0, _WHOLE)) for _ in inner)
    return tuple(
        CountryShare(country=code, share=Decimal(high - low).scaleb(-4))
        for code, low, high in zip(codes, [0, *inner], [*inner, _WHOLE], strict=True)
    )
