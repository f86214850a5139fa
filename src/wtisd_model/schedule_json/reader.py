"""Reading schedule.json."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wtisd_model.json.json_types import Payload
    from wtisd_model.json.limits import Limits
    from wtisd_model.reading.imported import Imported
    from wtisd_model.types.location import Location


def from_schedule_json(
    data: "Payload",
    *,
    zone: "str | ZoneInfo | None" = None,
    language: str = "und",
    place: "Location | None" = None,
    limits: "Limits | None" = None,
) -> "Imported":
    """Return the event of a schedule.json in version 1 or 2, as far as the model can hold it.

    The files of pretalx, frab, voctosched and the hub of the CCC are read, each as its program writes it. What no field
    can hold is reported once for each member; a few texts about sessions are kept in their extensions. Of a file that
    `to_schedule_json` wrote, the same uid, ids, times, titles and descriptions are read back.

    Args:
        data: UTF-8 bytes, a string, or a mapping such as ``json.loads`` returns.
        zone: the zone of the place if the file does not name it: its IANA name, ``Europe/Zurich``, or a ZoneInfo.
        language: the language of texts whose language the file does not state; by default ``und``, undetermined.
        place: where the rooms are: a schedule states neither town nor country of a room. Without it, the event has a
            venue that is announced later, and its sessions keep the names of rooms in their extensions.
        limits: how much the file may hold; by default as much as an Event.

    Returns:
        One event, and findings whose paths are JSON Pointers into the file.

    Raises:
        PayloadError: *data* is not JSON, or exceeds *limits*.
        MessageError: no event can be read: ``key-missing`` or ``wrong-type`` where it is no schedule; ``time-floating``
            or ``zone-unknown`` without a zone; or all that is wrong with the event itself.
        InvalidValueError: an argument is not allowed: ``zone-unknown``, ``language-unknown``, ``wrong-type``.
        TypeError: *data* is of another type, or *limits* are not Limits.
    """
    # Imported here, because few programs read schedules.
    from wtisd_model.schedule_json.event_reader import read_schedule

    return read_schedule(data, zone=zone, language=language, place=place, limits=limits)
