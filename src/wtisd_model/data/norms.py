"""How many interpreters a team has, and how long it works, as interpreters' associations and institutions publish it.

Each table is dated by its source: when that was published, where it says so, and when it was read for this package.
"""

import datetime as dt
from typing import Final, NamedTuple


class Source(NamedTuple):
    """Where a norm was published."""

    title: str
    """What it is called there."""
    url: str
    """The page."""
    published: dt.date | None
    """The day that it states as its own; None where it states none."""
    read: dt.date
    """The day on which it was read for this package."""


_READ = dt.date(2026, 11, 24)

SOURCES: Final[dict[str, Source]] = {
    "aiic": Source(
        "AIIC, Professional Standards, article 6",
        "http://www.skrivanek-bg.net/en/interpreting.php?sx=prof_standards",
        None,
        _READ,
    ),
    "aiic-canada": Source(
        "AIIC, Professional Practice Conditions for Conference Interpreters in Canada",
        "http://aiic.ca/node/14657/professional-practice-conditions-for-conference-interpreters-in-canada/lang/1",
        dt.date(2014, 9, 3),
        _READ,
    ),
    "un": Source(
        "United Nations Careers, Interpreters",
        "https://careers.un.org/lbw/home.aspx?viewtype=LCEFD&FId=2",
        None,
        _READ,
    ),
    "ep": Source(
        "European Parliament, Interpreting in the Parliament",
        "https://www.europarl.europa.eu/interpretation/en/interpreting-in-the-parliament",
        None,
        _READ,
    ),
}
"""Where each norm is published, by its word."""

SIGN_SOURCE: Final = Source(
    "AIIC Sign Language Network, Guidelines for positioning of sign language interpreters in conferences (2016)",
    "https://cnlse.es/es/recursos/biblioteca/guidelines-positioning-sign-language-interpreters-conferences-including-web",
    None,
    _READ,
)
"""Where the teams for signed languages are published."""

HOURS_SOURCE: Final = Source(
    "AIIC, the working day of a conference interpreter", "https://aiic.net/node/2375", None, _READ
)
"""Where the hours of work are published."""

REMOTE_SOURCE: Final = Source("AIIC, remote interpreting", "https://aiic.net/page/143", None, _READ)
"""Where the hours of work from afar are published."""

AIIC_SIMULTANEOUS: Final[dict[tuple[int, int], int]] = {
    (1, 1): 2,
    (1, 2): 4,
    (2, 1): 2,
    (2, 2): 3,
    (2, 3): 5,
    (2, 4): 7,
    (3, 1): 2,
    (3, 2): 3,
    (3, 3): 5,
    (3, 4): 7,
    (3, 5): 9,
    (4, 1): 2,
    (4, 2): 4,
    (4, 3): 6,
    (4, 4): 8,
    (4, 5): 10,
    (4, 6): 12,
}
"""Interpreters, by how many languages are used in the room and into how many is interpreted.

Into fewer than are used, it is into some of those; into more, it is into all of those and others. One copy of the table
has "1" before the "2" of four languages into one, and then the row once more; no team of simultaneous interpreters has
one member.
"""

AIIC_EACH_BOOTH: Final = 2
"""The general rule: so many interpreters at least in each booth."""

AIIC_SHORT_DAY: Final = 2
"""Interpreters for two languages both ways on a short day; how short, the norm does not say."""

CONSECUTIVE: Final[dict[int, int]] = {2: 2, 3: 3}
"""Interpreters by the number of languages, each into the others: article 6 of AIIC, and AIIC Canada for six hours."""

WHISPERED: Final = 2
"""Interpreters for one or two languages whispered into one other, for no more than two listeners (AIIC)."""

WHISPERED_FROM: Final = 2
"""The most languages that they whisper from."""

SIGNED: Final = (2, 3)
"""The fewest and the most interpreters for each pair of languages of which one is signed."""


class Hours(NamedTuple):
    """So many interpreters for a day of so much work."""

    surely: dt.timedelta
    """Up to here they suffice."""
    at_most: dt.timedelta
    """Up to here they may suffice."""
    heads: int
    """How many."""


CANADA_BOTH_WAYS: Final[tuple[Hours, ...]] = (
    Hours(dt.timedelta(minutes=40), dt.timedelta(minutes=40), 1),
    Hours(dt.timedelta(hours=3, minutes=30), dt.timedelta(hours=4), 2),
    Hours(dt.timedelta(hours=6), dt.timedelta(hours=6), 3),
    Hours(dt.timedelta(hours=8), dt.timedelta(hours=8), 4),
)
"""Two languages both ways in one booth. "Maximum 3.5 to 4 hours" leaves half an hour open."""

CANADA_THREE: Final = 6
"""Interpreters for three languages in Canada."""

CANADA_MANY: Final = 4
"""From so many languages on, Canada counts by booths."""

CANADA_EACH_BOOTH: Final = (2, 3)
"""Interpreters in each booth of these; three where the work is heavy or goes both ways."""

UN_BOOTHS: Final[dict[str, int]] = {"ar": 3, "en": 2, "es": 2, "fr": 2, "ru": 2, "zh": 3}
"""Interpreters in each booth of a meeting in the six languages; Arabic and Chinese are interpreted from, too."""

EP_EACH_BOOTH: Final = (2, 3)
"""Interpreters in each booth of the European Parliament: of a meeting in few languages, and in many."""

EP_MANY: Final = 7
"""From so many languages on they are many."""

SITTING: Final = dt.timedelta(hours=3)
"""The longest time that a team works before it rests."""

REST: Final = dt.timedelta(minutes=90)
"""The shortest rest between two sittings."""

SITTINGS: Final = 2
"""The most sittings of a day."""

REMOTE_DAY: Final = dt.timedelta(hours=3)
"""The longest time that a team works from afar in a day."""

OFFICIAL_LANGUAGES: Final[frozenset[str]] = frozenset(UN_BOOTHS)
"""The official languages of the United Nations and of ITU (Plenipotentiary Resolution 154)."""

OTHER_CODES: Final[dict[str, str]] = {"arb": "ar", "cmn": "zh"}
"""Codes of what is spoken where an official language is: Standard Arabic, Mandarin Chinese."""


def official_code(tag: str) -> str:
    """Give the code under which the official languages would have the language of a tag: zh for zh-Hans and for cmn."""
    first = tag.partition("-")[0]
    return OTHER_CODES.get(first, first)
