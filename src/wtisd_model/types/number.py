"""Exact arithmetic with decimal numbers, independent of the decimal context of the thread; numbers of revisions."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation
from functools import reduce
from typing import Annotated, Any, Final, cast

from wtisd_model.schema.constraints import Integer, decimals

SEQUENCE: Final = Integer(0, 2_147_483_647)  # RFC 5545 section 3.3.8: a signed integer of 32 bits

Revision = Annotated[int, SEQUENCE]
"""The number of a revision, as in calendars (RFC 5545 SEQUENCE)."""

# No field holds more digits, nor do sums of amounts and products with a rate (22 and 25 digits at most). A number of a
# million digits is refused before it is written out.
_MAX_DIGITS = 64
_EXACT = Context(prec=_MAX_DIGITS, traps=[Inexact])
_ROUNDING = Context(prec=_MAX_DIGITS, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])


def normalize_decimal(value: Decimal | int | None) -> Decimal | None:
    """Return the number without trailing zeros or exponent; return unchanged what no field can hold, and an int."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return cast("Decimal | None", value)  # an int is converted by `Model`
    return value if value and value.adjusted() > _MAX_DIGITS else without_trailing_zeros(value)


def decimal_of_number(value: Decimal | float | None) -> Decimal | None:
    """Return the number as `normalize_decimal` does; a float becomes the decimals that Python prints for it."""
    # NaN, infinity and other types are left for the check; so is an int, which `Model` converts.
    exact: Any = Decimal(float.__repr__(value + 0.0)) if isinstance(value, float) else value  # no -0.0
    return normalize_decimal(exact)


def without_trailing_zeros(value: Decimal) -> Decimal:
    """Return a finite number without trailing zeros or exponent."""
    return with_places(value, decimals(value))


def with_places(value: Decimal, places: int) -> Decimal:
    """Return a finite number with exactly *places* decimals, which have to be enough."""
    sign, digits, exponent = value.as_tuple()
    zeros = int(exponent) + places if value else 0
    return Decimal((sign, digits[:zeros] if zeros < 0 else digits + (0,) * zeros, -places))


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of numbers that fields hold."""
    return reduce(exact_add, values, Decimal(0))


def exact_add(one: Decimal, other: Decimal) -> Decimal:
    """Return the exact sum of two numbers that fields hold, or of sums of these."""
    return _EXACT.add(one, other)


def rounded_product(one: Decimal, other: Decimal, places: int) -> Decimal:
    """Return the product of two numbers that fields hold, with *places* decimals, rounded half to even."""
    return _ROUNDING.quantize(_ROUNDING.multiply(one, other), Decimal((0, (1,), -places)))


def to_units(value: Decimal, places: int) -> int:
    """Return a finite number in units of its last decimal: 1250 for 12.5 with 2 *places*."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * int(10**places) // denominator


def from_units(units: int, places: int) -> Decimal:
    """Return the number that `to_units` turns into *units*: 12.50 for 1250 with 2 *places*."""
    return Decimal(f"{units}E-{places}")  # a string is parsed exactly, whatever the context says


def split_by_shares(units: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Return *units* split in the ratio of *shares*, as whole numbers that add up to *units*.

    Each part is its exact share rounded down. The units left over go, one each, to the parts that lost most by
    rounding, and in a tie to the earlier part. A share of zero gets nothing.

    Args:
        units: the total, not negative, such as the minor units of an amount.
        shares: not negative, and not all zero; they need not add up to 100.

    Source: the largest remainder method (Hamilton).
    """
    whole = sum(shares)
    parts = [divmod(units * share, whole) for share in shares]
    left_over = units - sum(part for part, _ in parts)
    by_remainder = sorted(range(len(parts)), key=lambda index: -parts[index][1])
    one_more = frozenset(by_remainder[:left_over])
    return tuple(part + (index in one_more) for index, (part, _) in enumerate(parts))
