"""How much a calendar may hold before anything in it is looked at."""

from typing import Annotated

from attrs import frozen

from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.model import Model


@frozen(kw_only=True, eq=False, repr=False)
class CalendarLimits(Model):
    """Bounds of an iCalendar object that somebody else wrote."""

    octets: Annotated[int, Integer(1, 1_000_000_000)] = 1_000_000
    """Bytes of the file; 1,000,000."""
    lines: Annotated[int, Integer(1, 100_000_000)] = 20_000
    """Lines as they stand in the file, each part of a folded one by itself; 20,000."""
    depth: Annotated[int, Integer(1, 100)] = 8
    """Components inside one another, the outermost included; 8."""
