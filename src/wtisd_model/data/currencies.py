"""Currency codes and their minor units: the number of decimals of an amount.

Source: ISO 4217, list one as published on 2026-01-01. Where amounts in practice have fewer decimals than in
the standard (none for IQD, according to CLDR), the standard applies.

Currencies that were withdrawn since 2003, the year of the first World Summit on the Information Society, stay readable,
so that old pledges do. Their last days as legal tender are those of CLDR, as in Babel 2.18.0, which
``tests/data/generate.py`` writes, and for BGN that of the Bulgarian National Bank.
"""

from datetime import date
from typing import Final

# Codes without a minor unit are omitted: precious metals, units of account, tests, "no currency". Only XDR and XUA, of
# the International Monetary Fund and the African Development Bank, are here all the same: pledges are made in them.
_CODES_BY_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG XDR XUA YER ZAR ZMW ZWG
""",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

_LAST_DAYS = """
ANG:2025-06-30 AZM:2006-12-31 BYR:2017-01-01 CSD:2006-10-25 CUC:2021-01-01 CYP:2008-01-31 EEK:2010-12-31 GHC:2007-12-31
HRK:2023-01-14 LTL:2014-12-31 LVL:2013-12-31 MGF:2004-12-31 MRO:2018-06-30 MTL:2008-01-31 MZM:2006-12-31 ROL:2006-12-31
SDD:2007-06-30 SIT:2007-01-14 SKK:2009-01-01 SLL:2023-12-31 SRG:2003-12-31 STD:2017-12-31 TMM:2009-01-01 TRL:2005-12-31
VEB:2008-06-30 VEF:2018-08-20 ZMK:2013-01-01 ZWD:2008-08-01 ZWL:2024-08-31 ZWR:2009-02-02
"""
_WITHOUT_DECIMALS = {"BYR", "MGF", "TRL"}

LAST_DAYS: Final[dict[str, date]] = {
    code: date.fromisoformat(day)
    for code, _, day in (pair.partition(":") for pair in f"{_LAST_DAYS} BGN:2026-01-31".split())
}
"""The last day as legal tender of each currency that was withdrawn: HRK 14 January 2023."""

MINOR_UNITS: Final[dict[str, int]] = {
    **{code: 0 if code in _WITHOUT_DECIMALS else 2 for code in LAST_DAYS},
    **{code: digits for digits, codes in _CODES_BY_DIGITS.items() for code in codes.split()},
}
"""The number of decimals by alphabetic code in upper case: USD 2, JPY 0, BHD 3, CLF 4."""
