"""The uid of a VEVENT that has none of its own."""

import json
from typing import Final

from wtisd_model.ical.component import Component
from wtisd_model.ical.values import decode_text
from wtisd_model.types.uid import name_based_uid

_IDENTITY: Final = frozenset({"DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION"})
"""What distinguishes events of one calendar; all else may change although it is still the same event."""


def derived_uid(vevent: Component) -> str:
    """Return a uid that depends only on the times, the title and the place of a VEVENT.

    They give an equal uid in whatever order and however folded they are written. An event that is cancelled, or
    described in other words, keeps its uid; at another time, in another place or with another title it is another one.

    Source: RFC 9562 section 5.5 (UUID version 5).
    """
    content = sorted(
        (each.name, each.parameter("TZID") or "", decode_text(each.value))
        for each in vevent.properties
        if each.name in _IDENTITY
    )
    return name_based_uid(f"VEVENT {json.dumps(content)}")
