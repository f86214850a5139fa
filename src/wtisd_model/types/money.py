"""Money: an exact amount in a currency, never a float."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from attrs import field, frozen

from wtisd_model.codes import Code
from wtisd_model.data.currencies import MINOR_UNITS
from wtisd_model.findings import Finding, finding
from wtisd_model.schema.constraints import CodeList, DecimalNumber, decimals
from wtisd_model.schema.fields import Either, Invariant
from wtisd_model.schema.model import Model
from wtisd_model.types.number import with_places

CURRENCY: Final = CodeList("Currency", frozenset(MINOR_UNITS), Code.CURRENCY_UNKNOWN)

Currency = Annotated[str, CURRENCY]
"""A currency (ISO 4217)."""


def _within_minor_unit(amount: Decimal, currency: str) -> Iterator[Finding]:
    places = MINOR_UNITS[currency]
    if decimals(amount) > places:
        yield finding(Code.MONEY_MINOR_UNIT, "/amount", places=places)


@frozen(kw_only=True, eq=False, repr=False)
class Money(Model):
    """An amount that was promised or paid, held with the decimals of its currency: 5 USD is 5.00 USD."""

    INVARIANTS: ClassVar[tuple[Invariant, ...]] = (_within_minor_unit,)

    amount: Annotated[Decimal, DecimalNumber(0, 10**18, digits=18, places=4)] = field(converter=Either[Decimal, int])
    """The amount, not negative, with no more decimals than the currency has (schema.org MonetaryAmount value)."""
    currency: Currency
    """The currency (ISO 4217; schema.org currency)."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        # A converter does not see the currency.
        object.__setattr__(self, "amount", with_places(self.amount, MINOR_UNITS[self.currency]))
