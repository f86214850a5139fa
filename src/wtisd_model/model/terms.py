"""Terms of work of interpreters: how long, how often and with how many others they work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Final

from attrs import evolve, field, frozen

from wtisd_model.data import norms
from wtisd_model.model.interpretation import Norm
from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.fields import Count, TupleOf
from wtisd_model.schema.model import Model
from wtisd_model.types.arguments import parse_enum
from wtisd_model.types.language import LanguageTag
from wtisd_model.types.text import LINE, Label

Minutes = Annotated[int, Integer(0, 10_080)]
"""Minutes, of a week at most."""
HeadCount = Annotated[int, Integer(1, 10)]
"""A number of interpreters."""


@frozen(kw_only=True, eq=False, repr=False)
class Window(Model):
    """A limit on the sittings in some days on end."""

    days: Annotated[int, Integer(1, 366)]
    """The number of local days on end."""
    sittings: Annotated[int, Integer(0, 1000)]
    """The maximum number of sittings in them."""


@frozen(kw_only=True, eq=False, repr=False)
class BoothTeam(Model):
    """The number of interpreters in the booth of one language."""

    language: LanguageTag
    """The language that the booth works into."""
    heads: HeadCount
    """The interpreters in it."""
    both_ways: bool = False
    """True if the booth also works from its language into others, which other booths hear."""


@frozen(kw_only=True, eq=False, repr=False)
class Terms(Model):
    """The terms of work of interpreters; a limit that is absent is not checked."""

    name: Label
    """The name of the norm or the agreement."""
    source: Annotated[str, LINE] | None = None
    """Where its text can be read."""
    heads: HeadCount = 2
    """The interpreters in a booth (ISO 23155: team strength)."""
    booths: Annotated[tuple[BoothTeam, ...], Count(maximum=200)] = field(default=(), converter=TupleOf[BoothTeam])
    """The languages whose booths differ from that."""
    fewest: HeadCount = 2
    """The minimum in a booth that has less than it should, unless the sitting is so short that one may be alone."""
    alone: Minutes | None = None
    """How long one may work alone, in minutes."""
    sitting: Annotated[int, Integer(15, 1440)] = 180
    """The maximum length of a sitting, which is work without a rest, in minutes; a longer session is split into equal
    parts."""
    rest: Minutes = 90
    """The minimum rest between two sittings of a day, in minutes; a shorter break does not end a sitting."""
    sittings: Annotated[int, Integer(0, 20)] | None = None
    """The maximum number of sittings in a local day."""
    day: Minutes | None = None
    """The maximum work in a local day, in minutes."""
    remote_day: Minutes | None = None
    """The maximum work in a local day on which they work remotely, in minutes."""
    night: Minutes | None = None
    """The minimum rest between the sittings of two local days, in minutes."""
    windows: Annotated[tuple[Window, ...], Count(maximum=20)] = field(default=(), converter=TupleOf[Window])
    """The limits over several days, such as a week."""
    room_change: Minutes = 0
    """The time to come from one room to another of the same town, in minutes."""
    travel: Minutes | None = None
    """The time to come from one town to another, in minutes."""


_MINUTE: Final = timedelta(minutes=1)

# The first object of a program checks a language, which would make a tenth of the import.
TERMS: Final[dict[str, Callable[[], Terms]]] = {
    "aiic": lambda: Terms(
        name="AIIC",
        source=norms.HOURS_SOURCE.url,
        heads=norms.AIIC_EACH_BOOTH,
        fewest=norms.AIIC_EACH_BOOTH,
        sitting=norms.SITTING // _MINUTE,
        rest=norms.REST // _MINUTE,
        sittings=norms.SITTINGS,
        remote_day=norms.REMOTE_DAY // _MINUTE,
    ),
    "aiic-canada": lambda: evolve(
        TERMS["aiic"](),
        name="AIIC Canada",
        source=norms.SOURCES["aiic-canada"].url,
        heads=norms.CANADA_EACH_BOOTH[0],
        fewest=norms.CANADA_EACH_BOOTH[0],
        alone=norms.CANADA_BOTH_WAYS[0].surely // _MINUTE,
    ),
    # Alone only where the assignment is shorter than an hour.
    "apic": lambda: Terms(
        name="APIC", source=norms.APIC_SOURCE.url, alone=59, sitting=240, rest=90, sittings=2, day=420
    ),
    "ep": lambda: Terms(
        name="European Parliament",
        source=norms.SOURCES["ep"].url,
        heads=norms.EP_EACH_BOOTH[0],
        fewest=norms.EP_EACH_BOOTH[0],
    ),
    # The rest is stated by a checklist for the agreement of 2019: https://usa.aiic.net/page/8876.
    "un": lambda: Terms(
        name="United Nations",
        source=norms.UN_SOURCE.url,
        booths=[
            BoothTeam(language=tag, heads=heads, both_ways=True)
            for tag, heads in norms.UN_BOOTHS.items()
            if heads > norms.UN_BOOTHS["en"]
        ],
        heads=norms.UN_BOOTHS["en"],
        fewest=norms.UN_BOOTHS["en"],
        sitting=180,
        rest=90,
        sittings=2,
        windows=[Window(days=7, sittings=8), Window(days=4, sittings=7), Window(days=3, sittings=5)],
    ),
}
"""What makes the terms of work, by the words of the norms.

AIIC Canada publishes no hours of its own, so it has those of AIIC. The European Parliament publishes none either, and
its larger booths in meetings of many languages (`norms.EP_MANY`) depend on the meeting. APIC asks for three in a booth
that works both ways for a day, which depends on it too. The texts of the Coordinated Organisations, of the World
Customs Organization and of ISO 23155 could not be read, so they have no entry.
"""


def terms_of(norm: str | Norm | Terms) -> Terms:
    """Return the terms of work by a norm: ``"un"``, ``"aiic"``, ``"aiic-canada"``, ``"apic"`` or ``"ep"``.

    Of what a norm leaves open, only a sitting and a rest have a limit, those of AIIC. Terms are returned as they are.

    Raises:
        InvalidValueError: ``value-unknown`` for another word.
    """
    return norm if isinstance(norm, Terms) else TERMS[parse_enum(TERMS, norm, "/norm")]()
