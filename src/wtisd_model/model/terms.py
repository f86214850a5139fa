"""Terms of work of interpreters: how long, how often and with how many others they work."""

from typing import Annotated

from attrs import field, frozen

from wtisd_model.data.norms import TERMS
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


def terms_of(norm: str | Norm | Terms) -> Terms:
    """Return the terms of work by a norm: ``"un"``, ``"aiic"``, ``"aiic-canada"``, ``"apic"`` or ``"ep"``.

    Of what a norm leaves open, only a sitting and a rest have a limit, those of AIIC. Terms are returned as they are.

    Raises:
        InvalidValueError: ``value-unknown`` for another word.

    Source: `TERMS` in ``data/norms.py``.
    """
    if isinstance(norm, Terms):
        return norm
    agreement = TERMS[parse_enum(TERMS, norm, "/norm")]
    return Terms(
        name=agreement.name,
        source=agreement.source.url,
        booths=[
            BoothTeam(language=tag, heads=heads, both_ways=True) for tag, heads in sorted(agreement.both_ways.items())
        ],
        windows=[Window(days=days, sittings=sittings) for days, sittings in agreement.windows.items()],
        **agreement.numbers,
    )
