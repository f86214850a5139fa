"""Calendars of the icalendar package as components of this package.

Texts are taken from its objects, not from the file that it would write: icalendar 7.3.2 writes a backslash before an
``N`` so that it is read as a line break.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, cast

import icalendar
from icalendar.prop import vBroken, vCategory, vText

from wtisd_model.codes import Code
from wtisd_model.contentlines.component import Component, EncodedValue, Property
from wtisd_model.contentlines.values import encode_text
from wtisd_model.errors import PayloadError
from wtisd_model.findings import finding
from wtisd_model.ical.parser import CalendarLimits


def component_of(source: icalendar.Component, limits: CalendarLimits, *, depth: int = 1) -> Component:
    """Return a component of the icalendar package, with everything in it, as a `Component`.

    Args:
        source: such as a calendar.
        limits: how deep components may lie inside one another.
        depth: how deep this one lies.

    Raises:
        PayloadError: ``payload-too-deep``.
    """
    if depth > limits.depth:
        raise PayloadError(finding(Code.PAYLOAD_TOO_DEEP, maximum=limits.depth))
    items: Iterable[tuple[str, Any]] = source.property_items(recursive=False, sorted=False)
    properties = [_property(name, value) for name, value in items if name not in {"BEGIN", "END"}]
    components = [component_of(each, limits, depth=depth + 1) for each in source.subcomponents]
    return Component((source.name or "").upper(), properties, components)


def _property(name: str, value: Any) -> Property:
    given = cast("Mapping[str, str | list[str]]", getattr(value, "params", {}))
    parameters = {key.upper(): (each,) if isinstance(each, str) else tuple(each) for key, each in given.items()}
    # The package parses some values that it cannot write; they are no value of any type, and reported as left out.
    encoded = "\0"
    with suppress(Exception):
        encoded = _encoded(value)
    return Property(name.upper(), EncodedValue(encoded), parameters)


def _encoded(value: Any) -> str:
    # `event["uid"] = "1"` puts a plain string into a component.
    if (isinstance(value, vText) and not isinstance(value, vBroken)) or type(value) is str:
        return encode_text(value)
    if isinstance(value, vCategory):
        return ",".join(map(encode_text, value.cats))
    written: str | bytes = value.to_ical()
    return written if isinstance(written, str) else written.decode()
