"""Exchange rates of a day, with which amounts in several currencies can be added up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, cast

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.findings import InvalidValueError, finding, pointer
from wtisd_model.schema.constraints import Date, DecimalNumber
from wtisd_model.schema.mapping import FrozenMapping
from wtisd_model.schema.model import EqMixin
from wtisd_model.types.money import CURRENCY
from wtisd_model.types.number import rounded_product

_PLACES: Final = 15
_RATE: Final = DecimalNumber(0, 10**9, digits=10, places=_PLACES)
_LEAST: Final = f"0.{1:0{_PLACES}}"


def _frozen(value: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    # Anything else is left for the check to refuse.
    return FrozenMapping(value) if isinstance(cast("object", value), Mapping) else value


@frozen(kw_only=True, eq=False, repr=False)
class Rates(EqMixin):
    """The value of other currencies in one currency, on a day.

    Raises:
        InvalidValueError: ``currency-unknown``, ``date-unreadable``, ``number-malformed``, ``number-out-of-range`` or
            ``wrong-type``. A rate is greater than zero; the rate of a currency into itself is 1.
    """

    into: str
    """The currency to convert into (ISO 4217)."""
    on: date
    """The day of the rates."""
    per: Mapping[str, Decimal] = field(converter=_frozen)
    """The value of one unit of each other currency: ``{"EUR": Decimal("1.0838")}``; at most 15 decimals."""

    def __attrs_post_init__(self) -> None:
        for name, found in (("into", CURRENCY.check(self.into)), ("on", Date().check(self.on))):
            if found is not None:
                raise InvalidValueError(found.prefixed(pointer(name)))
        if not isinstance(cast("object", self.per), Mapping):
            raise InvalidValueError(finding(Code.WRONG_TYPE, "/per", expected="mapping"))
        for currency, rate in self.per.items():
            found = CURRENCY.check(currency)
            if found is not None:
                raise InvalidValueError(found.prefixed("/per"))
            found = _RATE.check(rate)
            if found is None and not rate:
                found = finding(Code.NUMBER_OUT_OF_RANGE, minimum=_LEAST, maximum=_RATE.maximum)
            if found is None and currency == self.into and rate != 1:
                found = finding(Code.NUMBER_OUT_OF_RANGE, minimum=1, maximum=1)
            if found is not None:
                raise InvalidValueError(found.prefixed(pointer("per", currency)))

    def know(self, currency: str) -> bool:
        """Return True if amounts in *currency* can be converted."""
        return currency == self.into or currency in self.per

    def converted(self, amount: Decimal, currency: str) -> Decimal:
        """Return an amount of a known currency converted to `into`, rounded half to even at the minor unit."""
        if currency == self.into:
            return amount
        return rounded_product(amount, self.per[currency], MINOR_UNITS[self.into])
