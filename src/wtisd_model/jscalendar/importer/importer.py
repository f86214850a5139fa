"""Reading JSCalendar documents: `from_jscalendar`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from wtisd_model.json.json_types import Payload
    from wtisd_model.json.limits import Limits
    from wtisd_model.reading.imported import Imported
    from wtisd_model.types.location import Location


def from_jscalendar(
    data: "Payload",
    *,
    zone: "str | ZoneInfo | None" = None,
    language: str = "und",
    place: "Location | None" = None,
    expand: "tuple[datetime, datetime] | None" = None,
    limits: "Limits | None" = None,
) -> "Imported":
    """Return the events of a JSCalendar document, as far as the model can hold them.

    The document is an Event, or a Group of Events and Tasks; Tasks are left out. An Event of a Group that names another
    one as its parent (``relatedTo``) becomes a session of it. Properties of versions 1.0 and 2.0 are read alike. Data
    of other programs whose names begin with a domain are kept in ``extensions``; the findings name all else that was
    left out, changed or inferred, by JSON Pointers into the document. What `to_jscalendar` wrote is read back, but for
    history, provenance and ``retention_days``.

    Args:
        data: UTF-8 bytes, a string, or a mapping.
        zone: the zone of times that have none ("floating") or one that is not known, and of whole days: its IANA name,
            ``Europe/Zurich``, or a ZoneInfo.
        language: the language of texts without ``locale``; by default ``und``, undetermined.
        place: where the rooms are that locations name: JSCalendar has neither a town nor a country.
        expand: the window in which the occurrences of recurring events are read, each as an event or a session of its
            own: two aware moments, the second not included. Without it, only the first occurrence is read.
        limits: how much the document may hold; by default as much as an Event.

    Raises:
        PayloadError: *data* is not JSON, or exceeds the limits.
        MessageError: no event can be read: ``wrong-type`` or ``value-unknown`` for another document or version,
            ``method-unknown``, ``event-missing``; or all errors of its events.
        InvalidValueError: ``zone-unknown``, ``language-unknown`` or ``wrong-type`` for an argument; ``moment-naive``,
            ``moment-unreadable`` or ``slot-ends-before-start`` for *expand*.
        TypeError: *data* is of another type, or *limits* are not Limits.

    Source: draft-ietf-calext-jscalendarbis-18; RFC 8984.
    """
    # Imported here, because only programs that read JSCalendar need it.
    from wtisd_model.jscalendar.importer.document import import_document

    return import_document(data, zone=zone, language=language, place=place, expand=expand, limits=limits)
