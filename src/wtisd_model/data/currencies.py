"""Currency codes and their minor units: the number of decimals of an amount.

Source: ISO 4217, list one as published on 2026-01-01. Where amounts in practice have fewer decimals than in
the standard (none for IQD, according to CLDR), the standard applies.

Currencies that were withdrawn since 2003, the year of the first World Summit on the Information Society, stay readable,
so that old pledges do. Their last days as legal tender are those of CLDR, as in Babel 2.18.0, which
``tests/data/generate.py`` writes, and for BGN that of the Bulgarian National Bank.
"""

from datetime import date
from typing import Final

from wtisd_model.data import code_lists, pairs

_LISTS: Final = code_lists("currencies")
_WITHOUT_DECIMALS = {"BYR", "MGF", "TRL"}

LAST_DAYS: Final[dict[str, date]] = {
    code: date.fromisoformat(day) for code, day in pairs(f"{_LISTS['last_days']} BGN:2026-01-31").items()
}
"""The last day as legal tender of each currency that was withdrawn: HRK 14 January 2023."""

MINOR_UNITS: Final[dict[str, int]] = {
    **{code: 0 if code in _WITHOUT_DECIMALS else 2 for code in LAST_DAYS},
    **{code: digits for digits in (0, 2, 3, 4) for code in _LISTS[str(digits)].split()},
}
"""The number of decimals by alphabetic code in upper case: USD 2, JPY 0, BHD 3, CLF 4."""
