"""Totals once more, the slow and simple way: each pledge as a list of rows with fractions, which are then added up."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import floor

from attrs import frozen

from wtisd_model import Pledge, Rates
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.data.groups import GROUPS

COUNTED = ("submitted", "published", "in-progress", "suspended", "completed")


@frozen(kw_only=True)
class Entry:
    """What one pledge adds to one row."""

    key: str | None
    pledge: int
    currency: str | None
    amount: Fraction
    undivided: bool
    estimated: bool


Row = tuple[int, int, dict[str, Fraction], dict[str, Fraction], dict[str, Fraction]]
"""As in a Total: pledges, those without amount, amounts, undivided, estimated."""


def plain_totals(
    pledges: Sequence[Pledge], by: str, on: date, rates: Rates | None
) -> tuple[dict[str | None, Row], Row]:
    """Return each row by its key, and the whole."""
    entries = [
        entry
        for number, pledge in enumerate(pledges)
        if state_on(pledge, on) in COUNTED
        for entry in _entries(number, pledge, by, on, rates)
    ]
    keys = {entry.key for entry in entries}
    return {key: _row(entry for entry in entries if entry.key == key) for key in keys}, _whole(entries)


def state_on(pledge: Pledge, on: date) -> str | None:
    """Return the last state that it reached by the end of a day, in UTC."""
    if pledge.submitted_at.date() > on:
        return None
    begun = pledge.history[0].before if pledge.history else pledge.state.value
    return [begun, *(step.after for step in pledge.history if step.at.date() <= on)][-1]


def _entries(number: int, pledge: Pledge, by: str, on: date, rates: Rates | None) -> Iterator[Entry]:
    keys: list[str] = sorted(set(_keys(pledge, by, on)))
    rows: list[str | None] = [*keys] or [None]
    currency, amount = _money(pledge, rates)
    shares = {each.country: each.share for each in pledge.countries}
    parted = by == "country" and len(keys) > 1 and None not in shares.values()
    parts = _largest_remainder(amount, currency, {key: Fraction(shares[key] or 0) for key in keys}) if parted else {}
    for key in rows:
        yield Entry(
            key=key,
            pledge=number,
            currency=currency,
            amount=parts[str(key)] if parted else amount,
            undivided=len(keys) > 1 and not parted,
            estimated=pledge.amount_is_estimate,
        )


def _keys(pledge: Pledge, by: str, on: date) -> Iterable[str]:
    match by:
        case "country":
            return [each.country for each in pledge.countries]
        case "currency":
            return [] if pledge.pledged is None else [pledge.pledged.currency]
        case "focus-area":
            return [area.value for area in pledge.focus_areas]
        case "goal":
            return [goal.split(".")[0] for goal in pledge.goals]
        case "kind":
            return [pledge.kind.value]
        case "membership":
            return [] if pledge.pledger.membership is None else [pledge.pledger.membership.value]
        case "year":
            return [f"{pledge.submitted_at:%Y}"]
        case _:
            day = on if by == "group" else pledge.submitted_at.date()
            return [group for group in GROUPS if group in pledge.groups or _names_a_member(pledge, group, day)]


def _names_a_member(pledge: Pledge, group: str, day: date) -> bool:
    stays = GROUPS[group].stays
    return any(
        each.country in stays and stays[each.country].since <= day < (stays[each.country].until or date.max)
        for each in pledge.countries
    )


def _money(pledge: Pledge, rates: Rates | None) -> tuple[str | None, Fraction]:
    money = pledge.pledged
    if money is None:
        return None, Fraction(0)
    if rates is None or money.currency == rates.into:
        return money.currency, Fraction(money.amount)
    units = 10 ** MINOR_UNITS[rates.into]
    # Python's round() rounds fractions half to even.
    return rates.into, Fraction(round(Fraction(money.amount) * Fraction(rates.per[money.currency]) * units), units)


def _largest_remainder(amount: Fraction, currency: str | None, shares: dict[str, Fraction]) -> dict[str, Fraction]:
    units = 10 ** (0 if currency is None else MINOR_UNITS[currency])
    exact = {key: amount * units * share / sum(shares.values()) for key, share in shares.items()}
    parts = {key: floor(part) for key, part in exact.items()}
    while sum(parts.values()) < amount * units:
        waiting = [key for key in parts if parts[key] == floor(exact[key])]
        parts[min(waiting, key=lambda key: (parts[key] - exact[key], key))] += 1
    return {key: Fraction(part, units) for key, part in parts.items()}


def _row(entries: Iterable[Entry]) -> Row:
    given = list(entries)
    return (
        len(given),
        sum(entry.currency is None for entry in given),
        _added(given),
        _added(entry for entry in given if entry.undivided),
        _added(entry for entry in given if entry.estimated),
    )


def _whole(entries: Iterable[Entry]) -> Row:
    """Count each pledge once: all parts of a split amount, or one of its entries."""
    once: dict[tuple[int, str | None], Entry] = {}
    for entry in entries:
        once[entry.pledge, None if entry.undivided else entry.key] = entry
    pledges = {entry.pledge: entry.currency for entry in once.values()}
    _, _, amounts, undivided, estimated = _row(once.values())
    without = sum(currency is None for currency in pledges.values())
    return len(pledges), without, amounts, undivided, estimated


def _added(entries: Iterable[Entry]) -> dict[str, Fraction]:
    sums: dict[str, Fraction] = {}
    for entry in entries:
        if entry.currency is not None:
            sums[entry.currency] = sums.get(entry.currency, Fraction(0)) + entry.amount
    return sums
