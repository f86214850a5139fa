"""Checks of the arguments and the result of the functions that read foreign documents."""

from collections.abc import Iterable, Sequence
from typing import cast
from zoneinfo import ZoneInfo

from wtisd_model.codes import Code
from wtisd_model.findings import Finding, InvalidValueError, MessageError, errors_in, finding
from wtisd_model.model.event import Event
from wtisd_model.types.arguments import require_valid
from wtisd_model.types.language import LANGUAGE
from wtisd_model.types.location import Location
from wtisd_model.types.timezone import require_zone


def require_defaults(zone: str | ZoneInfo | None, language: str, place: Location | None) -> str | None:
    """Return the name of the zone for times without one, or raise if one of the arguments is wrong.

    Raises:
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type``.
    """
    name = None if zone is None else require_zone(zone)
    require_valid(language, LANGUAGE, "/language")
    if not isinstance(cast("object", place), Location | None):
        raise InvalidValueError(finding(Code.WRONG_TYPE, "/place", expected="instance:Location"))
    return name


def require_events(
    events: Sequence[Event], findings: Iterable[Finding], path: str = "", *, may_be_empty: bool = False
) -> None:
    """Raise a MessageError if a document has no event that can be read: its errors, or else ``event-missing``.

    *may_be_empty* is True if its occurrences are all outside the window.
    """
    errors = errors_in(findings)
    if not events and (errors or not may_be_empty):
        raise MessageError(*(errors or [finding(Code.EVENT_MISSING, path)]))
