"""Series of events, such as the editions of a forum or the occurrences of a course."""

from typing import Annotated, Final

from attrs import frozen

from wtisd_model.schema.constraints import Integer
from wtisd_model.schema.model import Model
from wtisd_model.types.language import LocalizedText
from wtisd_model.types.text import LINE, Uid

EDITION: Final = Integer(1, 10_000)


@frozen(kw_only=True, eq=False, repr=False)
class Series(Model):
    """The series that an event belongs to (schema.org superEvent, an EventSeries).

    Raises:
        InvalidValueError: the first field that fails, with its code.
    """

    uid: Uid
    """The identifier of the series, which all its events share."""
    title: Annotated[LocalizedText, LINE] | None = None
    """The title of the series, without the year or number of an edition (schema.org name)."""
    edition: Annotated[int, EDITION] | None = None
    """The number of the event in the series, from 1."""
    previous: Uid | None = None
    """The uid of the event before it in the series (CPEV hasPreviousEvent)."""
    next: Uid | None = None
    """The uid of the event after it in the series (CPEV hasNextEvent)."""
