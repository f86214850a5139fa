"""Exact numbers, written so that equal ones look alike."""

from decimal import Decimal


def plain(value: Decimal | None) -> Decimal | None:
    """Hold a number without trailing zeros or exponent; what is no finite number is left for the check to refuse."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
