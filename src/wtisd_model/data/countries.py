"""Country codes, and hints for common mistakes.

Source: ISO 3166-1: the codes of two letters as in ``iso3166.tab`` of tzdata 2026.6, those of three as in CLDR (Babel
2.18.0). XK: Unicode UTS 35. Withdrawn codes: ISO 3166-3, if a single country succeeded. The other mistakes were
collected by hand, last on 2026-11-24. ``tests/data/generate.py`` writes the pairs.
"""

from typing import Final

_ALPHA_3 = """
ABW:AW AFG:AF AGO:AO AIA:AI ALA:AX ALB:AL AND:AD ARE:AE ARG:AR ARM:AM ASM:AS ATA:AQ ATF:TF ATG:AG AUS:AU AUT:AT AZE:AZ
BDI:BI BEL:BE BEN:BJ BES:BQ BFA:BF BGD:BD BGR:BG BHR:BH BHS:BS BIH:BA BLM:BL BLR:BY BLZ:BZ BMU:BM BOL:BO BRA:BR BRB:BB
BRN:BN BTN:BT BVT:BV BWA:BW CAF:CF CAN:CA CCK:CC CHE:CH CHL:CL CHN:CN CIV:CI CMR:CM COD:CD COG:CG COK:CK COL:CO COM:KM
CPV:CV CRI:CR CUB:CU CUW:CW CXR:CX CYM:KY CYP:CY CZE:CZ DEU:DE DJI:DJ DMA:DM DNK:DK DOM:DO DZA:DZ ECU:EC EGY:EG ERI:ER
ESH:EH ESP:ES EST:EE ETH:ET FIN:FI FJI:FJ FLK:FK FRA:FR FRO:FO FSM:FM GAB:GA GBR:GB GEO:GE GGY:GG GHA:GH GIB:GI GIN:GN
GLP:GP GMB:GM GNB:GW GNQ:GQ GRC:GR GRD:GD GRL:GL GTM:GT GUF:GF GUM:GU GUY:GY HKG:HK HMD:HM HND:HN HRV:HR HTI:HT HUN:HU
IDN:ID IMN:IM IND:IN IOT:IO IRL:IE IRN:IR IRQ:IQ ISL:IS ISR:IL ITA:IT JAM:JM JEY:JE JOR:JO JPN:JP KAZ:KZ KEN:KE KGZ:KG
KHM:KH KIR:KI KNA:KN KOR:KR KWT:KW LAO:LA LBN:LB LBR:LR LBY:LY LCA:LC LIE:LI LKA:LK LSO:LS LTU:LT LUX:LU LVA:LV MAC:MO
MAF:MF MAR:MA MCO:MC MDA:MD MDG:MG MDV:MV MEX:MX MHL:MH MKD:MK MLI:ML MLT:MT MMR:MM MNE:ME MNG:MN MNP:MP MOZ:MZ MRT:MR
MSR:MS MTQ:MQ MUS:MU MWI:MW MYS:MY MYT:YT NAM:NA NCL:NC NER:NE NFK:NF NGA:NG NIC:NI NIU:NU NLD:NL NOR:NO NPL:NP NRU:NR
NZL:NZ OMN:OM PAK:PK PAN:PA PCN:PN PER:PE PHL:PH PLW:PW PNG:PG POL:PL PRI:PR PRK:KP PRT:PT PRY:PY PSE:PS PYF:PF QAT:QA
REU:RE ROU:RO RUS:RU RWA:RW SAU:SA SDN:SD SEN:SN SGP:SG SGS:GS SHN:SH SJM:SJ SLB:SB SLE:SL SLV:SV SMR:SM SOM:SO SPM:PM
SRB:RS SSD:SS STP:ST SUR:SR SVK:SK SVN:SI SWE:SE SWZ:SZ SXM:SX SYC:SC SYR:SY TCA:TC TCD:TD TGO:TG THA:TH TJK:TJ TKL:TK
TKM:TM TLS:TL TON:TO TTO:TT TUN:TN TUR:TR TUV:TV TWN:TW TZA:TZ UGA:UG UKR:UA UMI:UM URY:UY USA:US UZB:UZ VAT:VA VCT:VC
VEN:VE VGB:VG VIR:VI VNM:VN VUT:VU WLF:WF WSM:WS YEM:YE ZAF:ZA ZMB:ZM ZWE:ZW
"""

# Codes of the European Union, withdrawn codes, and codes used in sport, on number plates and in ITU's own tables.
_MISTAKES = """
UK:GB EL:GR BU:MM DD:DE FX:FR TP:TL YD:YE ZR:CD BUR:MM DDR:DE ROM:RO TMP:TL YMD:YE ZAR:CD XKK:XK XKX:XK
CRO:HR DEN:DK GER:DE GRE:GR HOL:NL KSA:SA NED:NL POR:PT RSA:ZA SUI:CH UAE:AE
"""

_SHORT_BY_LONG = {long: short for long, _, short in (pair.partition(":") for pair in _ALPHA_3.split())}
_INTENDED = {mistake: country for mistake, _, country in (pair.partition(":") for pair in _MISTAKES.split())}

COUNTRIES: Final[frozenset[str]] = frozenset(_SHORT_BY_LONG.values()) | {"XK"}
"""The 249 two-letter codes (alpha-2) that are officially assigned, in upper case, and XK for Kosovo.

ISO 3166-1 leaves XA to XZ to its users. The European Commission, the IMF, SWIFT and Unicode CLDR use XK, and without it
nobody could say where an event in Pristina is. No code says anything about the status of a territory.
"""

COUNTRY_HINTS: Final[dict[str, str]] = {code.casefold(): known for code, known in (_SHORT_BY_LONG | _INTENDED).items()}
"""Invalid codes, casefolded (``che``, ``uk``), with the member of COUNTRIES to suggest instead."""
