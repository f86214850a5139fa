"""The names of this product and of its own properties in JSCalendar documents, and the words of JSCalendar."""

from typing import Any, Final, Literal

from wtisd_model.model.session import EventStatus

Object = dict[str, Any]
"""A JSON object."""

Version = Literal["1.0", "2.0"]

UTC: Final = "Etc/UTC"
"""The name that JSCalendar has for UTC (draft-ietf-calext-jscalendar-icalendar-30, timezone identifiers)."""

PRODUCT_NAME: Final = "-//wtisd_model//JSCalendar//EN"
"""Without a version, so that a release does not change documents (ISO 9070 formal public identifier)."""

VENDOR: Final = "wtisd-model"
"""The prefix of the properties and values that this package adds.

It has no dot, so that none of them can be one of the model's ``extensions``, whose names begin with a domain.
"""

FIELDS: Final = f"{VENDOR}:fields"
"""The model fields that no property of JSCalendar can hold, as JSON of this package."""

LOCALIZATIONS: Final = f"{VENDOR}:localizations"
"""The ``localizations`` of version 1.0 in version 2.0, which reserves that name (appendix A.3.3)."""

STATUSES: Final = {
    EventStatus.SCHEDULED: "confirmed",
    EventStatus.POSTPONED: "tentative",
    EventStatus.CANCELLED: "cancelled",
}
"""As in iCalendar, which has no word for what is postponed either."""

IMPLIED: Final = {"confirmed": EventStatus.SCHEDULED, "cancelled": EventStatus.CANCELLED}
"""What a status means where `FIELDS` do not say more. Tentative may also mean that it is not certain yet."""

SEQUENCES: Final = ("sequence", "changedSequence", "minimumSequence")
"""The keys of the numbers of an event's revisions in `FIELDS`, where each entry has its own."""
