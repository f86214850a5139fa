"""The uid of a VEVENT that has none of its own."""

import json
from typing import Final
from uuid import uuid5

from wtisd_model.ical.component import Component
from wtisd_model.ical.values import decode_text
from wtisd_model.types.uid import uid_namespace

_REVISION: Final = frozenset({"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS"})
"""What changes although the event is still the same: when it was written, and whether it takes place."""


def derived_uid(vevent: Component) -> str:
    """Return a uid that depends only on the content of a VEVENT: its properties, and the time zones of its times.

    Equal content gives an equal uid, in whatever order and however folded it is written. The revision does not count,
    so an event that is cancelled keeps its uid; after any other change it is another event.

    Source: RFC 9562 section 5.5 (UUID version 5).
    """
    content = sorted(
        (each.name, each.parameter("TZID") or "", decode_text(each.value))
        for each in vevent.properties
        if each.name not in _REVISION
    )
    return str(uuid5(uid_namespace(), f"VEVENT {json.dumps(content)}"))
