"""What a calendar asks for: its METHOD."""

from collections.abc import Sequence

from wtisd_model.codes import Code
from wtisd_model.findings import MessageError, finding
from wtisd_model.ical.method import Method
from wtisd_model.invitation.calendar.tree import Component
from wtisd_model.invitation.calendar.unfolding import line_path


def common_method(found: Sequence[Component]) -> Method | None:
    """Give the METHOD of calendars, which is the same in all of a file.

    Raises:
        MessageError: ``method-unknown`` or ``calendars-disagree``; ``calendar-scale-unknown`` for another calendar than
            the Gregorian.
    """
    methods: set[Method | None] = set()
    for calendar in found:
        scale = calendar.first("CALSCALE")
        if scale is not None and scale.value.strip().upper() != "GREGORIAN":
            raise MessageError(finding(Code.CALENDAR_SCALE_UNKNOWN, line_path(scale.line)))
        said = calendar.first("METHOD")
        if said is None:
            methods.add(None)
            continue
        method = known_method(said.value)
        if method is None:
            raise MessageError(finding(Code.METHOD_UNKNOWN, line_path(said.line), choices=", ".join(Method)))
        methods.add(method)
    if len(methods) > 1:
        raise MessageError(finding(Code.CALENDARS_DISAGREE))
    return methods.pop()


def known_method(value: str) -> Method | None:
    """Read METHOD, whose case means nothing (RFC 5545 section 3.7.2)."""
    return next((each for each in Method if each == value.strip().upper()), None)
