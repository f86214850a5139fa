"""Exact numbers, written so that equal ones look alike, whatever the decimal context of the thread says."""

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from functools import reduce

from wtisd_model.schema.constraints import decimals

# No field holds more digits; a number of a million digits is not written out before the check refuses it.
_MOST_DIGITS = 64


def plain(value: Decimal | None) -> Decimal | None:
    """Hold a number without trailing zeros or exponent; what no field can hold is left for the check to refuse."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return value
    return value if value and value.adjusted() > _MOST_DIGITS else shortest(value)


def shortest(value: Decimal) -> Decimal:
    """Write a finite number without trailing zeros or exponent."""
    return with_places(value, decimals(value))


def with_places(value: Decimal, places: int) -> Decimal:
    """Write a finite number with *places* decimals; it needs no more of them."""
    sign, digits, exponent = value.as_tuple()
    zeros = int(exponent) + places if value else 0
    return Decimal((sign, digits[:zeros] if zeros < 0 else digits + (0,) * zeros, -places))


def total(values: Iterable[Decimal]) -> Decimal:
    """Add up numbers that fields hold; a context of its own keeps the sum exact."""
    return reduce(Context(prec=_MOST_DIGITS, traps=[Inexact]).add, values, Decimal(0))


def units_of(value: Decimal, places: int) -> int:
    """Count a finite number in units of its last decimal: 12.5 with 2 *places* is 1250; it needs no more of them."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * int(10**places) // denominator


def in_units(units: int, places: int) -> Decimal:
    """Write so many units of the last decimal as a number: 1250 with 2 *places* is 12.50."""
    return Decimal(f"{units}E-{places}")  # a text is read exactly, whatever the context says
