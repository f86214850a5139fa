"""What a component is about, and which revision of it: UID and SEQUENCE."""

from typing import Final

from wtisd_model.codes import Code
from wtisd_model.findings import finding
from wtisd_model.invitation.calendar.content_line import Property
from wtisd_model.invitation.calendar.context import Context
from wtisd_model.invitation.calendar.tree import Component, single
from wtisd_model.invitation.calendar.unfolding import line_path
from wtisd_model.invitation.calendar.values import integer, text
from wtisd_model.model.event import Event
from wtisd_model.schema.constraints import compiled
from wtisd_model.schema.fields import constraint_of
from wtisd_model.types.text import IDENTIFIER, UID

# Of a session without a uid of its own: an id, a dot, and the uid of its event.
_LONG_UID: Final = rf"[!-~]{{1,{IDENTIFIER.maximum + 1 + UID.maximum}}}"

_SEQUENCE: Final = constraint_of(Event, "sequence")


def uid_of(component: Component, context: Context) -> str | None:
    """Read UID, which has to be one of ours: ASCII without blanks."""
    found = single(component, "UID", context.note)
    if found is None:
        context.note(finding(Code.PROPERTY_MISSING, line_path(component.line), property="UID"))
        return None
    uid = text(found.value)
    if not compiled(_LONG_UID).fullmatch(uid):
        context.note(finding(Code.UID_MALFORMED, line_path(found.line)))
        return None
    return uid


def sequence_of(found: Property | None) -> int | None:
    """Read SEQUENCE, which is 0 where it is not said (RFC 5545 section 3.8.7.4); None for what is no such number."""
    number = 0 if found is None else integer(found.value)
    return None if number is None or _SEQUENCE.check(number) is not None else number
