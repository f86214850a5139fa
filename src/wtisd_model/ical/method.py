"""METHOD of a calendar, and of all calendars of a file."""

from collections.abc import Iterable

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding, pointer
from wtisd_model.ical.component import Component
from wtisd_model.types.method import Method


def common_method(calendars: Iterable[Component]) -> Method | None:
    """Return the METHOD of the calendars of one file; None if they have none.

    Raises:
        MessageError: ``method-unknown``; ``calendars-disagree`` for several; ``calendar-scale-unknown`` for another
            calendar than the Gregorian.
    """
    methods: set[Method | None] = set()
    for calendar in calendars:
        scale = calendar.get("CALSCALE")
        if scale is not None and scale.value.strip().upper() != "GREGORIAN":
            raise MessageError(finding(Code.CALENDAR_SCALE_UNKNOWN, pointer("lines", scale.line)))
        stated = calendar.get("METHOD")
        method = None if stated is None else decode_method(stated.value)
        if stated is not None and method is None:
            raise MessageError(finding(Code.METHOD_UNKNOWN, pointer("lines", stated.line), choices=", ".join(Method)))
        methods.add(method)
    if len(methods) > 1:
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    return methods.pop()


def decode_method(value: str) -> Method | None:
    """Return the method of a name in upper or lower case; None if it is unknown (RFC 5545 section 3.7.2)."""
    return next((each for each in Method if each == value.strip().upper()), None)
