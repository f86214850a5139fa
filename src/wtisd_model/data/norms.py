"""Published rules for the size and the working hours of teams of interpreters.

Each source has the date on which it was read for this package and, if it states one, its date of publication.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple


class Source(NamedTuple):
    """The publication of a norm."""

    title: str
    """The title."""
    url: str
    """The web page."""
    published: dt.date | None = None
    """The date of publication that it states, if any."""
    read: dt.date = dt.date(2026, 11, 24)
    """The day on which it was read for this package."""


SOURCES: Final[dict[str, Source]] = {
    "aiic": Source(
        "AIIC, Professional Standards, article 6", "http://www.skrivanek-bg.net/en/interpreting.php?sx=prof_standards"
    ),
    "aiic-canada": Source(
        "AIIC, Professional Practice Conditions for Conference Interpreters in Canada",
        "http://aiic.ca/node/14657/professional-practice-conditions-for-conference-interpreters-in-canada/lang/1",
        dt.date(2014, 9, 3),
    ),
    "un": Source("United Nations Careers, Interpreters", "https://careers.un.org/lbw/home.aspx?viewtype=LCEFD&FId=2"),
    "ep": Source(
        "European Parliament, Interpreting in the Parliament",
        "https://www.europarl.europa.eu/interpretation/en/interpreting-in-the-parliament",
    ),
}
"""The source of each norm, by the values of `Norm`."""

SIGN_SOURCE: Final = Source(
    "AIIC Sign Language Network, Guidelines for positioning of sign language interpreters in conferences (2016)",
    "https://cnlse.es/es/recursos/biblioteca/guidelines-positioning-sign-language-interpreters-conferences-including-web",
)
"""The source of the team sizes for signed languages."""

HOURS_SOURCE: Final = Source("AIIC, the working day of a conference interpreter", "https://aiic.net/node/2375")
"""The source of the working hours."""

REMOTE_SOURCE: Final = Source("AIIC, remote interpreting", "https://aiic.net/page/143")
"""The source of the working hours for remote interpretation."""

AIIC_SIMULTANEOUS: Final[dict[tuple[int, int], int]] = {
    (spoken, into): team
    for spoken, teams in {1: (2, 4), 2: (2, 3, 5, 7), 3: (2, 3, 5, 7, 9), 4: (2, 4, 6, 8, 10, 12)}.items()
    for into, team in enumerate(teams, 1)
}
"""Interpreters by (languages spoken, languages interpreted into).

Fewer target languages than spoken ones are a subset of those; more are a superset. One copy of the table has "1" before
the "2" of four languages into one, and then repeats the row; no team of simultaneous interpreters has one member.
"""

AIIC_EACH_BOOTH: Final = 2
"""The minimum number of interpreters in each booth, as a general rule."""

AIIC_SHORT_DAY: Final = 2
"""Interpreters for two languages in both directions on a short day; the norm does not define short."""

CONSECUTIVE: Final[dict[int, int]] = {2: 2, 3: 3}
"""Interpreters by the number of languages, all into all: article 6 of AIIC, and AIIC Canada for six hours."""

WHISPERED: Final = 2
"""Interpreters who whisper from one or two languages into another, for at most two listeners (AIIC)."""

WHISPERED_LISTENERS: Final[dict[str, int]] = {"aiic": 2}
"""The most listeners that they whisper to, by the norms that state a number."""

WHISPERED_FROM: Final = 2
"""The maximum number of languages that they whisper from."""

SIGNED: Final = (2, 3)
"""The minimum and maximum number of interpreters for each pair of a signed and another language."""


class Hours(NamedTuple):
    """The number of interpreters for a day with a given amount of work."""

    surely: dt.timedelta
    """They suffice up to this amount."""
    at_most: dt.timedelta
    """They may suffice up to this amount."""
    heads: int
    """The number of interpreters."""


CANADA_BOTH_WAYS: Final[tuple[Hours, ...]] = (
    Hours(dt.timedelta(minutes=40), dt.timedelta(minutes=40), 1),
    Hours(dt.timedelta(hours=3, minutes=30), dt.timedelta(hours=4), 2),
    Hours(dt.timedelta(hours=6), dt.timedelta(hours=6), 3),
    Hours(dt.timedelta(hours=8), dt.timedelta(hours=8), 4),
)
"""For two languages in both directions in one booth. "Maximum 3.5 to 4 hours" leaves half an hour open."""

CANADA_THREE: Final = 6
"""Interpreters for three languages in Canada."""

CANADA_MANY: Final = 4
"""From this number of languages on, Canada counts by booths."""

CANADA_EACH_BOOTH: Final = (2, 3)
"""Interpreters in each of these booths; three if the work is heavy or goes in both directions."""

UN_BOOTHS: Final[dict[str, int]] = {"ar": 3, "en": 2, "es": 2, "fr": 2, "ru": 2, "zh": 3}
"""Interpreters in each booth of a meeting in the six languages; the Arabic and Chinese booths also work into other
languages."""

EP_EACH_BOOTH: Final = (2, 3)
"""Interpreters in each booth of the European Parliament, for meetings in few and in many languages."""

EP_MANY: Final = 7
"""The number of languages that counts as many."""

SITTING: Final = dt.timedelta(hours=3)
"""The maximum working time before a break."""

REST: Final = dt.timedelta(minutes=90)
"""The minimum break between two sittings."""

SITTINGS: Final = 2
"""The maximum number of sittings in a day."""

REMOTE_DAY: Final = dt.timedelta(hours=3)
"""The maximum working time of a remote team in a day."""

UN_SOURCE: Final = Source(
    "AIIC, the agreement between the United Nations common system and AIIC of 2012",
    "https://aiic.net/page/3806",
    read=dt.date(2026, 11, 30),
)
"""The source of the working hours at the United Nations; of the agreement of 2019, only the beginning could be read."""

APIC_SOURCE: Final = Source(
    "APIC, Working conditions", "http://apic.org.pt/index.aspx?p=MenuPage&MenuId=11", read=dt.date(2026, 12, 1)
)
"""The source of the team size and the working hours in Portugal."""


OFFICIAL_LANGUAGES: Final[frozenset[str]] = frozenset(UN_BOOTHS)
"""The official languages of the United Nations and of ITU (Plenipotentiary Resolution 154)."""

OTHER_CODES: Final[dict[str, str]] = {"arb": "ar", "cmn": "zh"}
"""Official codes by the codes of their main spoken forms: Standard Arabic, Mandarin Chinese."""


def booth_language(tag: str) -> str:
    """Return the language that a booth for a tag works in: fr for fr-CA and fr-CH, zh for zh-Hans and cmn."""
    first = tag.partition("-")[0]
    return OTHER_CODES.get(first, first)


def booth_languages(tags: Iterable[str]) -> frozenset[str]:
    """Return the languages that the booths for some tags work in."""
    return frozenset(map(booth_language, tags))
